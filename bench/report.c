/*
 * The table: a Markdown one, so that a run can be pasted into a document.
 */
#include "bench.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CELLS = 5 };

static const int widths[CELLS] = {6, 49, 28, 50, 13};

static void print_cells(const char *const cells[CELLS])
{
	for (int i = 0; i < CELLS; i++) {
		int spare = widths[i] - (int)utf8_columns(cells[i]);

		printf("| %s%*s ", cells[i], spare > 0 ? spare : 0, "");
	}
	puts("|");
	fflush(stdout);
}

void report_heading(void)
{
	static const char *const heads[CELLS] = {"ratio", "what", "socktutor", "beside it", "goal"};

	print_cells(heads);
	for (int i = 0; i < CELLS; i++) {
		fputs("|", stdout);
		for (int j = 0; j < widths[i] + 2; j++)
			putchar('-');
	}
	puts("|");
}

static void print_scaled(struct str *to, double value, const char *const *names, double step)
{
	while (value >= step && names[1]) {
		value /= step;
		names++;
	}
	str_addf(to, "%.*f %s", value >= 100 || value == (double)(long)value ? 0 : value >= 10 ? 1
		 : 2, value, *names);
}

static void print_value(struct str *to, enum unit unit, double value)
{
	static const char *const times[] = {"ns", "µs", "ms", "s", NULL};
	static const char *const sizes[] = {"B", "KiB", "MiB", "GiB", NULL};

	switch (unit) {
	case UNIT_TIME:
		print_scaled(to, value, times, 1000);
		return;
	case UNIT_MEMORY:
		print_scaled(to, value, sizes, 1024);
		return;
	case UNIT_BYTES:
		str_addf(to, "%.0f B", value);
		return;
	case UNIT_COUNT:
		str_addf(to, "%g", value);
		return;
	}
}

/* `31 µs (30 to 33)`: the median, and the middle half when the samples differ. */
static void print_samples(struct str *to, enum unit unit, struct samples *s)
{
	double low = samples_at(s, 0.25), high = samples_at(s, 0.75);
	struct str a = {0}, b = {0};

	print_value(to, unit, samples_at(s, 0.5));
	print_value(&a, unit, low);
	print_value(&b, unit, high);
	if (strcmp(str_text(&a), str_text(&b)) != 0)
		str_addf(to, " (%s–%s)", str_text(&a), str_text(&b));
	str_free(&a);
	str_free(&b);
}

static void print_goal(struct str *to, const struct row *row, double value)
{
	if (!row->has_goal)
		return;
	if (row->there) {
		str_addf(to, "≤ %.2f", row->goal);
	} else {
		str_add(to, row->goal > 0 ? "< " : "");
		print_value(to, row->unit, row->goal);
	}
	str_add(to, value <= row->goal ? " met" : " missed");
}

void report_row(const struct row *row)
{
	struct str cell[CELLS] = {0};
	const char *texts[CELLS];
	double here = samples_at(row->here, 0.5);
	double there = row->there ? samples_at(row->there, 0.5) : row->goal;

	if (there > 0)
		str_addf(&cell[0], "%.2f", here / there);
	str_add(&cell[1], row->what);
	print_samples(&cell[2], row->unit, row->here);
	if (row->there) {
		str_addf(&cell[3], "%s: ", row->peer);
		print_samples(&cell[3], row->unit, row->there);
	}
	print_goal(&cell[4], row, row->there ? here / there : here);
	for (int i = 0; i < CELLS; i++)
		texts[i] = str_text(&cell[i]);
	print_cells(texts);
	for (int i = 0; i < CELLS; i++)
		str_free(&cell[i]);
}

void report_missing(const char *what, const char *why, ...)
{
	const char *texts[CELLS] = {"–", what, "", "", ""};
	struct str s = {0};
	va_list ap;

	va_start(ap, why);
	str_addv(&s, why, ap);
	va_end(ap);
	texts[3] = str_text(&s);
	print_cells(texts);
	str_free(&s);
}
