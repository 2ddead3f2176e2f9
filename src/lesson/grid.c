#include "lesson/grid.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "lesson/span.h"

#include <stdlib.h>
#include <string.h>

/* Wider columns are not filled up: one long cell would push all others off the screen. */
enum { FILL_MOST = 60 };

void grid_start(struct grid *grid, size_t rows, size_t columns)
{
	*grid = (struct grid){rows, columns, mem_zero(rows * columns, sizeof *grid->cells)};
}

char **grid_cell(const struct grid *grid, size_t row, size_t column)
{
	return &grid->cells[row * grid->columns + column];
}

char *grid_text(const char *text, bool code)
{
	struct spans spans = {0};
	struct str s = {0};

	if (*text)
		spans_add(&spans, code ? SPAN_CODE : 0, text, strlen(text), NULL);
	spans_print(&s, &spans, PLACE_CELL, "");
	spans_free(&spans);
	return str_take(&s);
}

static const char *text_at(const struct grid *grid, size_t row, size_t column)
{
	const char *text = *grid_cell(grid, row, column);

	return text ? text : "";
}

static size_t column_width(const struct grid *grid, size_t column)
{
	size_t most = 3;

	for (size_t row = 0; row < grid->rows; row++) {
		size_t width = utf8_columns(text_at(grid, row, column));

		if (width > most && width <= FILL_MOST)
			most = width;
	}
	return most;
}

static void print_row(struct str *to, const struct grid *grid, size_t row, const size_t *widths)
{
	str_addc(to, '|');
	for (size_t i = 0; i < grid->columns; i++) {
		const char *text = text_at(grid, row, i);

		str_addf(to, " %s", text);
		for (size_t n = utf8_columns(text); n < widths[i]; n++)
			str_addc(to, ' ');
		str_add(to, " |");
	}
	str_addc(to, '\n');
}

static void print_rule(struct str *to, size_t columns, const size_t *widths)
{
	str_addc(to, '|');
	for (size_t i = 0; i < columns; i++) {
		for (size_t n = 0; n < widths[i] + 2; n++)
			str_addc(to, '-');
		str_addc(to, '|');
	}
	str_addc(to, '\n');
}

void grid_print(struct str *to, const struct grid *grid)
{
	size_t *widths = mem_zero(grid->columns, sizeof *widths);

	for (size_t i = 0; i < grid->columns; i++)
		widths[i] = column_width(grid, i);
	for (size_t row = 0; row < grid->rows; row++) {
		print_row(to, grid, row, widths);
		if (row == 0)
			print_rule(to, grid->columns, widths);
	}
	free(widths);
}

void grid_free(struct grid *grid)
{
	for (size_t i = 0; i < grid->rows * grid->columns; i++)
		free(grid->cells[i]);
	free(grid->cells);
	*grid = (struct grid){0};
}
