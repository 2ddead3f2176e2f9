/*
 * hint.h - what a cell that cannot be read was probably meant to say. Private to the lesson
 * module.
 */
#ifndef LESSON_HINT_H
#define LESSON_HINT_H

#include <stdbool.h>

/*
 * A cell that is right and likely what TEXT, which is neither an action nor an outcome, was meant
 * for: `poll(sock, POLLIN)` for `select(…)`, `ECONNRESET` for its words, `= 5` for `5`. The caller
 * frees it. NULL where nothing is known; a slip of the fingers is for near.h.
 */
char *hint_cell(const char *text);

/* Whether a quote stands at P that is not the one of C's strings. */
bool hint_is_quote(const char *p);

#endif
