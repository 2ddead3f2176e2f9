/*
 * lines.h - the lines of a Markdown source, where md4c does not tell enough. Private to
 * the lesson module.
 */
#ifndef LESSON_LINES_H
#define LESSON_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* A line without its newline; borrowed. */
struct line {
	const char *p;
	size_t n;
};

/* The line at *P, before END; *P then points to the next one, or END. */
struct line line_next(const char **p, const char *end);

/* What stands in the quotes and, with ITEMS, the list items that LINE begins. INDENT (may
 * be NULL) is how far it is indented in there. */
struct line line_inside(struct line line, bool items, size_t *indent);

/* LINE without white space at its end. */
struct line line_trimmed(struct line line);

#endif
