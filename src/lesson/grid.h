/*
 * grid.h - a Markdown table to be printed, its columns filled up to one width.
 */
#ifndef LESSON_GRID_H
#define LESSON_GRID_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct grid {
	size_t rows;     /* row 0 is the header */
	size_t columns;
	char **cells;    /* owned; NULL is empty */
};

void grid_start(struct grid *grid, size_t rows, size_t columns);

/* The place of a cell: its text is Markdown already, and the grid owns it from then on. */
char **grid_cell(const struct grid *grid, size_t row, size_t column);

/* TEXT, a cell's, as Markdown: what means something there is escaped. CODE: as inline code. The
 * caller frees it. */
char *grid_text(const char *text, bool code);

void grid_print(struct str *to, const struct grid *grid);

void grid_free(struct grid *grid);

#endif
