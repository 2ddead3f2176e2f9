#include "lesson/bars.h"

#include "lesson/lines.h"

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
