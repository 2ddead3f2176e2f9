/*
 * parsing.h - lessons that tests write.
 */
#ifndef UNIT_PARSING_H
#define UNIT_PARSING_H

#include "lesson/lesson.h"

#include <stddef.h>

/* The lesson x of this text, which must give so many ERRORS; where none is expected those that
 * come are shown. The caller frees it. */
struct lesson *parsing(const char *text, size_t errors);

/* The first error that TEXT gives must be at LINE and hold what it SAYS. */
void parsing_error(const char *text, int line, const char *says);

#endif
