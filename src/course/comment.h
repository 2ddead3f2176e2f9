/*
 * comment.h - comments that set something up: `<!-- predict: row=6 choices="EOF; blocks" -->`.
 */
#ifndef COURSE_COMMENT_H
#define COURSE_COMMENT_H

#include "base/str.h"

#include <stdbool.h>

struct comment_pair {
	char *key;      /* owned, as the value */
	char *value;    /* without its quotes; NULL when there was no `=` */
};

/* What follows `NAME:` in the comment TEXT (its inside), or NULL when it is another. Borrowed. */
const char *comment_after(const char *text, const char *name);

/*
 * Read the next pair at *P, which moves on. A value is a bare word, or "text" in which \ takes
 * the next character as it is. Returns false at the end, and when the text of a value has no
 * closing quote; then *P is NULL.
 */
bool comment_next(const char **p, struct comment_pair *pair);

/* Free what it owns. */
void comment_pair_free(struct comment_pair *pair);

#endif
