/*
 * demo_print.c - a demo as the table it came from.
 */
#include "lesson/print.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Wider columns are not filled up: one long cell would push all others off the screen. */
enum { FILL_MOST = 60 };

/* The table as text: cells[row * n + column]; row 0 is the header. */
struct grid {
	size_t rows, columns;
	char **cells;           /* owned */
};

static char **cell_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->cells[row * grid->columns + column];
}

/* TEXT as the spans of a cell print it. */
static char *print_text(const char *text, unsigned style)
{
	struct spans spans = {0};
	struct str s = {0};

	if (*text)
		spans_add(&spans, style, text, strlen(text), NULL);
	spans_print(&s, &spans, PLACE_CELL, "");
	spans_free(&spans);
	return str_take(&s);
}

static char *print_spans(const struct spans *spans)
{
	struct str s = {0};

	spans_print(&s, spans, PLACE_CELL, "");
	return str_take(&s);
}

static char *print_role(const struct demo *demo, enum role role)
{
	const char *label = demo->setup[role].label;
	char *name = str_make(label ? "Process %c (%s)" : "Process %c",
			      role == ROLE_A ? 'A' : 'B', label);
	char *text = print_text(name, 0);

	free(name);
	return text;
}

static void fill_header(struct grid *grid, const struct demo *demo, bool seen)
{
	*cell_at(grid, 0, 0) = print_role(demo, ROLE_A);
	*cell_at(grid, 0, 1) = print_role(demo, ROLE_B);
	for (size_t i = 0; i < demo->n_notes; i++)
		*cell_at(grid, 0, 2 + i) = print_text(demo->note_heads[i], 0);
	if (seen)
		*cell_at(grid, 0, 2 + demo->n_notes) = mem_strdup("Seen");
}

static char *print_cell(const struct cell *cell, const char *instead)
{
	if (instead)
		return print_text(instead, SPAN_CODE);
	return print_text(cell->text, cell->code ? SPAN_CODE : 0);
}

static void fill_row(struct grid *grid, const struct demo *demo, size_t i,
		     const struct seen_row *seen)
{
	const struct table_row *row = &demo->table.rows.at[i];

	for (int role = 0; role < ROLES; role++)
		*cell_at(grid, i + 1, (size_t)role) =
			print_cell(&row->cell[role], seen ? seen->cell[role] : NULL);
	for (size_t k = 0; k < demo->n_notes; k++)
		*cell_at(grid, i + 1, 2 + k) = print_spans(&demo->notes[i * demo->n_notes + k]);
	if (seen)
		*cell_at(grid, i + 1, 2 + demo->n_notes) =
			print_text(seen->seen ? seen->seen : "", SPAN_CODE);
}

static size_t column_width(const struct grid *grid, size_t column)
{
	size_t most = 3;

	for (size_t row = 0; row < grid->rows; row++) {
		size_t width = utf8_columns(*cell_at(grid, row, column));

		if (width > most && width <= FILL_MOST)
			most = width;
	}
	return most;
}

static void print_row(struct str *to, const struct grid *grid, size_t row, const size_t *widths)
{
	str_addc(to, '|');
	for (size_t i = 0; i < grid->columns; i++) {
		const char *text = *cell_at(grid, row, i);

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

static void print_grid(struct str *to, const struct grid *grid)
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

void demo_print_table(struct str *to, const struct demo *demo, const struct seen_row *seen)
{
	struct grid grid = {.rows = demo->table.rows.n + 1,
			    .columns = 2 + demo->n_notes + (seen ? 1 : 0)};

	grid.cells = mem_zero(grid.rows * grid.columns, sizeof *grid.cells);
	fill_header(&grid, demo, seen != NULL);
	for (size_t i = 0; i < demo->table.rows.n; i++)
		fill_row(&grid, demo, i, seen ? &seen[i] : NULL);
	print_grid(to, &grid);
	for (size_t i = 0; i < grid.rows * grid.columns; i++)
		free(grid.cells[i]);
	free(grid.cells);
}

void demo_print(struct str *to, const struct demo *demo, const struct seen_row *seen)
{
	size_t start = to->len;

	demo_print_directive(to, demo);
	if (to->len > start)
		str_add(to, "\n\n");
	demo_print_table(to, demo, seen);
}
