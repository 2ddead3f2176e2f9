/*
 * parsing.h - lessons and cells that tests write.
 */
#ifndef UNIT_PARSING_H
#define UNIT_PARSING_H

#include "lesson/action.h"
#include "lesson/lesson.h"

#include <stddef.h>

/* The lesson x of this text, which must give so many ERRORS; where none is expected those that
 * come are shown. The caller frees it. */
struct lesson *parsing(const char *text, size_t errors);

/* The first error that TEXT gives must be at LINE and hold what it SAYS. */
void parsing_error(const char *text, int line, const char *says);

/* The action that the cell of this TEXT holds, which is *CELL's; NULL after a failed check. */
struct action *parsing_action(const char *text, struct cell *cell);

/* TEXT is an action, the same as ACTION. */
void parsing_again(const struct action *action, const char *text);

/* TEXT is no right cell, and its one error SAYS this. */
void parsing_no_action(const char *text, const char *says);

#endif
