/*
 * span.h - runs of text in one style, as a paragraph, a heading or a cell has them.
 *
 * Tidy spans have one form only, so that equal text has equal records: no
 * two neighbours look the same, white space is one space, stands neither first nor last,
 * and carries a style only where both its neighbours do.
 */
#ifndef LESSON_SPAN_H
#define LESSON_SPAN_H

#include "base/str.h"

#include <stdbool.h>

/* Styles of a span, joined by | . */
enum { SPAN_EM = 1, SPAN_STRONG = 2, SPAN_CODE = 4, SPAN_LINK = 8, SPAN_IMAGE = 16,
       SPAN_STRIKE = 32, SPAN_BREAK = 64 /* a hard line break; no text */ };

struct span {
	unsigned style;
	char *text;         /* valid UTF-8 without control characters; owned */
	char *href;         /* SPAN_LINK, SPAN_IMAGE: owned, else NULL */
};

struct spans {
	struct span *at;    /* owned, as vec.h has it */
	size_t n, cap;
};

/* Append the N bytes at TEXT. HREF is copied, or NULL. */
void spans_add(struct spans *spans, unsigned style, const char *text, size_t n, const char *href);

/* Bring into the one form. Without BREAKS line breaks become spaces. */
void spans_tidy(struct spans *spans, bool breaks);

/* Append the text alone. */
void spans_text(struct str *to, const struct spans *spans);

/* Append as Markdown. Tidy spans come back the same when parsed, in a place of that kind. */
enum span_place {
	PLACE_PARAGRAPH, /* begins a line; line breaks continue it after PREFIX */
	PLACE_HEADING,   /* after `# ` */
	PLACE_CELL,      /* in a table */
};
void spans_print(struct str *to, const struct spans *spans, enum span_place place,
		 const char *prefix);

/* The length of the shortest run of backticks that is not in TEXT, at most 32; 0 when
 * there is none: then TEXT cannot be a code span. */
size_t span_code_fence(const char *text);

bool spans_same(const struct spans *a, const struct spans *b);

void spans_free(struct spans *spans);

#endif
