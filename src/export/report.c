/*
 * The reports of many learners as one table, as wide as there is room for.
 */
#include "export/report.h"

#include "base/text.h"
#include "base/utf8.h"
#include "lesson/grid.h"

#include <jansson.h>
#include <string.h>

/* What the table is made of. */
struct sheet {
	const struct report *reports;
	size_t n;
	VEC(const char *) labs;   /* ids, in the order in which the reports have them */
};

static const struct report_lab *find_lab(const struct report *report, const char *id)
{
	for (size_t i = 0; i < report->labs.n; i++)
		if (strcmp(report->labs.at[i].id, id) == 0)
			return &report->labs.at[i];
	return NULL;
}

static void add_lab(struct sheet *sheet, const char *id)
{
	for (size_t i = 0; i < sheet->labs.n; i++)
		if (strcmp(sheet->labs.at[i], id) == 0)
			return;
	vec_push(&sheet->labs, id);
}

static void sheet_start(struct sheet *sheet, const struct report *reports, size_t n)
{
	*sheet = (struct sheet){.reports = reports, .n = n};
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < reports[i].labs.n; j++)
			add_lab(sheet, reports[i].labs.at[j].id);
}

static const char *short_name(const char *id)
{
	const char *hash = strchr(id, '#');

	return hash ? hash + 1 : id;
}

/* `survive`, or `broken-pipe#survive` where another lesson has a lab of that name. */
static const char *lab_name(const struct sheet *sheet, size_t lab)
{
	const char *id = sheet->labs.at[lab];

	for (size_t i = 0; i < sheet->labs.n; i++)
		if (i != lab && strcmp(short_name(sheet->labs.at[i]), short_name(id)) == 0)
			return id;
	return short_name(id);
}

/* How far one learner is with one lab; the caller frees it. */
static char *cell_text(const struct report *report, const char *id)
{
	const struct report_lab *lab = find_lab(report, id);

	if (!lab)
		return NULL;
	if (lab->met)
		return str_make("✓ %zu", lab->attempts);
	return str_make("%zu/%zu · %zu", lab->held, lab->rows, lab->attempts);
}

static size_t count_met(const struct sheet *sheet, size_t lab)
{
	size_t met = 0;

	for (size_t i = 0; i < sheet->n; i++) {
		const struct report_lab *found = find_lab(&sheet->reports[i], sheet->labs.at[lab]);

		met += found && found->met;
	}
	return met;
}

static char *met_text(const struct sheet *sheet, size_t lab)
{
	/* TRANSLATORS: how many learners, of how many, have met a lab's goal */
	return str_make(_("%1$zu of %2$zu"), count_met(sheet, lab), sheet->n);
}

/* Learners FIRST to END in rows, labs in columns, and a foot line. */
static void print_wide(struct str *to, const struct sheet *sheet)
{
	size_t foot = sheet->n + 1;
	struct grid grid;

	grid_start(&grid, foot + 1, sheet->labs.n + 1);
	*grid_cell(&grid, 0, 0) = grid_text(_("Learner"), false);
	*grid_cell(&grid, foot, 0) = grid_text(_("met by"), false);
	for (size_t i = 0; i < sheet->n; i++)
		*grid_cell(&grid, i + 1, 0) = grid_text(sheet->reports[i].name, false);
	for (size_t j = 0; j < sheet->labs.n; j++) {
		*grid_cell(&grid, 0, j + 1) = grid_text(lab_name(sheet, j), false);
		*grid_cell(&grid, foot, j + 1) = met_text(sheet, j);
		for (size_t i = 0; i < sheet->n; i++)
			*grid_cell(&grid, i + 1, j + 1) =
				cell_text(&sheet->reports[i], sheet->labs.at[j]);
	}
	grid_print(to, &grid);
	grid_free(&grid);
}

/* Labs in rows, the learners FIRST to END in columns; how many have met it in the last column of
 * the table that has the last of them. */
static void print_tall(struct str *to, const struct sheet *sheet, size_t first, size_t end)
{
	bool last = end == sheet->n;
	struct grid grid;

	grid_start(&grid, sheet->labs.n + 1, end - first + 1 + last);
	*grid_cell(&grid, 0, 0) = grid_text(_("Lab"), false);
	if (last)
		*grid_cell(&grid, 0, end - first + 1) = grid_text(_("met by"), false);
	for (size_t i = first; i < end; i++)
		*grid_cell(&grid, 0, i - first + 1) = grid_text(sheet->reports[i].name, false);
	for (size_t j = 0; j < sheet->labs.n; j++) {
		*grid_cell(&grid, j + 1, 0) = grid_text(lab_name(sheet, j), false);
		if (last)
			*grid_cell(&grid, j + 1, end - first + 1) = met_text(sheet, j);
		for (size_t i = first; i < end; i++)
			*grid_cell(&grid, j + 1, i - first + 1) =
				cell_text(&sheet->reports[i], sheet->labs.at[j]);
	}
	grid_print(to, &grid);
	grid_free(&grid);
}

/* All lines of a grid are as wide as its first. */
static bool fits(const struct str *text, size_t from, size_t width)
{
	const char *line = str_text(text) + from;

	return width == 0 || utf8_columns_n(line, strcspn(line, "\n")) <= width;
}

/* As many learners in each table as fit; one at least. */
static void print_parts(struct str *to, const struct sheet *sheet, size_t width)
{
	for (size_t first = 0, end; first < sheet->n; first = end) {
		size_t from = to->len;

		for (end = sheet->n;; end--) {
			print_tall(to, sheet, first, end);
			if (end == first + 1 || fits(to, from, width))
				break;
			str_cut(to, from);
		}
		if (end < sheet->n)
			str_addc(to, '\n');
	}
}

void export_report(struct str *to, const struct report *reports, size_t n, size_t width)
{
	size_t from = to->len;
	struct sheet sheet;

	sheet_start(&sheet, reports, n);
	print_wide(to, &sheet);
	if (!fits(to, from, width)) {
		str_cut(to, from);
		print_parts(to, &sheet, width);
	}
	str_addf(to, "\n%s\n", _("✓ 3: met, after 3 attempts. 2/7 · 5: 2 of its 7 rows held at best, in 5 "
				 "attempts. Empty: not tried."));
	vec_free(&sheet.labs);
}

/*
 * JSON lines.
 */

static void add_line(struct str *to, json_t *line)
{
	char *text = json_dumps(line, JSON_COMPACT);

	str_addf(to, "%s\n", text);
	free(text);
	json_decref(line);
}

static json_t *lab_json(const struct report *report, const struct report_lab *lab)
{
	json_t *o = json_object(), *said = report_lab_json(lab);

	json_object_set_new(o, "learner", json_string(report->name));
	json_object_set_new(o, "lab", json_string(lab->id));
	json_object_update(o, said);
	json_decref(said);
	return o;
}

void export_report_json(struct str *to, const struct report *reports, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < reports[i].labs.n; j++)
			add_line(to, lab_json(&reports[i], &reports[i].labs.at[j]));
}
