/*
 * demo_print.c - a demo as the table it came from.
 */
#include "lesson/print.h"

#include "base/mem.h"
#include "lesson/grid.h"

#include <stdlib.h>
#include <string.h>

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
	char *text = grid_text(name, false);

	free(name);
	return text;
}

static void fill_header(struct grid *grid, const struct demo *demo, bool seen)
{
	*grid_cell(grid, 0, 0) = print_role(demo, ROLE_A);
	*grid_cell(grid, 0, 1) = print_role(demo, ROLE_B);
	for (size_t i = 0; i < demo->n_notes; i++)
		*grid_cell(grid, 0, 2 + i) = grid_text(demo->note_heads[i], false);
	if (seen)
		*grid_cell(grid, 0, 2 + demo->n_notes) = mem_strdup("Seen");
}

static char *print_cell(const struct cell *cell, const char *instead)
{
	if (instead)
		return grid_text(instead, true);
	return grid_text(cell->text, cell->code);
}

static void fill_row(struct grid *grid, const struct demo *demo, size_t i,
		     const struct seen_row *seen)
{
	const struct table_row *row = &demo->table.rows.at[i];

	for (int role = 0; role < ROLES; role++)
		*grid_cell(grid, i + 1, (size_t)role) =
			print_cell(&row->cell[role], seen ? seen->cell[role] : NULL);
	for (size_t k = 0; k < demo->n_notes; k++)
		*grid_cell(grid, i + 1, 2 + k) = print_spans(&demo->notes[i * demo->n_notes + k]);
	if (seen)
		*grid_cell(grid, i + 1, 2 + demo->n_notes) =
			grid_text(seen->seen ? seen->seen : "", true);
}

void demo_print_table(struct str *to, const struct demo *demo, const struct seen_row *seen)
{
	struct grid grid;

	grid_start(&grid, demo->table.rows.n + 1, 2 + demo->n_notes + (seen ? 1 : 0));
	fill_header(&grid, demo, seen != NULL);
	for (size_t i = 0; i < demo->table.rows.n; i++)
		fill_row(&grid, demo, i, seen ? &seen[i] : NULL);
	grid_print(to, &grid);
	grid_free(&grid);
}

void demo_print(struct str *to, const struct demo *demo, const struct seen_row *seen)
{
	size_t start = to->len;

	demo_print_directive(to, demo);
	if (to->len > start)
		str_add(to, "\n\n");
	demo_print_table(to, demo, seen);
}
