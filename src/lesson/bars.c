#include "lesson/bars.h"

#include "lesson/lines.h"

#include <string.h>

/* Where the cell at P ends: a bar that is neither escaped nor in code, or END. */
static const char *cell_end(const char *p, const char *end)
{
	while (p < end && *p != '|') {
		const char *run = p, *close;

		if (*p == '\\' && p + 1 < end) {
			p += 2;
			continue;
		}
		while (p < end && *p == '`')
			p++;
		if (p == run) {
			p++;
			continue;
		}
		close = memmem(p, (size_t)(end - p), run, (size_t)(p - run));
		if (close)
			p = close + (p - run);
	}
	return p < end ? p : end;
}

static bool get_line(const struct source_lines *lines, int number, struct line *line)
{
	const char *p;

	number -= lines->first;
	if (number < 0 || (size_t)number >= lines->n)
		return false;
	p = lines->starts[number];
	*line = line_next(&p, lines->end);
	return true;
}

static bool begins_with_bar(struct line line)
{
	line = line_inside(line, true, NULL);
	return line.n > 0 && *line.p == '|';
}

static bool ends_with_bar(struct line line)
{
	line = line_trimmed(line);
	return line.n > 0 && line.p[line.n - 1] == '|';
}

/* The text of each cell moves one to the right; the last cell was only filled up. */
static void shift(struct block *row)
{
	size_t n = row->children.n;
	struct spans last = row->children.at[n - 1].spans;

	for (size_t i = n - 1; i > 0; i--)
		row->children.at[i].spans = row->children.at[i - 1].spans;
	row->children.at[0].spans = last;
}

/* What stands in LINE behind its first N cells; see struct block. */
static unsigned char extra_in(struct line line, size_t n)
{
	const char *p, *end, *stop;
	unsigned char extra = 0;
	size_t cells = 0;

	line = line_trimmed(line_inside(line, true, NULL));
	p = line.p;
	end = line.p + line.n;
	if (p < end && *p == '|')
		p++;
	for (; p < end; p = stop + 1) {
		stop = cell_end(p, end);
		if (++cells <= n)
			continue;
		extra = extra ? extra : 1;
		for (; p < stop; p++)
			if (*p != ' ' && *p != '\t')
				extra = 2;
	}
	return extra;
}

void bars_count(struct block *table, const struct source_lines *lines)
{
	struct line line;

	for (size_t i = 1; i < table->children.n; i++) {
		struct block *row = &table->children.at[i];

		if (get_line(lines, row->line, &line))
			row->extra = extra_in(line, row->children.n);
	}
}

void bars_mend(struct block *table, const struct source_lines *lines)
{
	struct line line;

	if (!get_line(lines, table->line, &line) || begins_with_bar(line))
		return;
	for (size_t i = 1; i < table->children.n; i++) {
		struct block *row = &table->children.at[i];
		size_t n = row->children.n;

		if (n > 1 && row->children.at[n - 1].spans.n == 0 &&
		    get_line(lines, row->line, &line) && begins_with_bar(line) &&
		    !ends_with_bar(line))
			shift(row);
	}
}
