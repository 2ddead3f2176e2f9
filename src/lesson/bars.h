/*
 * bars.h - tables whose rows have no outer bars. Private to the lesson module.
 *
 * In such a table a row may begin with an empty cell, so with white space and a bar:
 *
 *     Process A | Process B
 *     ----------|----------
 *               | `close()`
 *
 * Markdown takes that bar for an outer one and moves the row to the left. When the
 * header has no outer bar, it is moved back.
 */
#ifndef LESSON_BARS_H
#define LESSON_BARS_H

#include "lesson/lesson.h"

/* Lines of the source, from line FIRST on; the Ith is from starts[I] to starts[I + 1] or END. */
struct source_lines {
	const char *const *starts;
	size_t n;
	int first;
	const char *end;
};

/* Find the rows of TABLE, which have their lines, with more cells than it has columns. */
void bars_count(struct block *table, const struct source_lines *lines);

/* Mend the rows of TABLE, which have their lines. */
void bars_mend(struct block *table, const struct source_lines *lines);

#endif
