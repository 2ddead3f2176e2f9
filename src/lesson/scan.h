/*
 * scan.h - a cursor over the text of one cell, and the words it is made of.
 *
 * The first thing that is wrong is kept as a sentence and stops the scan:
 * every function then returns false. White space before a word is skipped.
 * Private to the lesson module.
 */
#ifndef LESSON_SCAN_H
#define LESSON_SCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct scan {
	const char *p;
	const char *end;
	struct str wrong;   /* what is wrong; what would be right; owned */
	bool bad;
};

/* A piece of the text; borrowed. */
struct word {
	const char *p;
	size_t len;
};

/* TEXT is borrowed. Free `wrong` with str_free() in the end. */
struct scan scan_start(const char *text);

/* A second cursor at the same place, to look ahead with; its `wrong` is its own. */
struct scan scan_ahead(const struct scan *scan);

/* Keep what is wrong, unless something was before; FORMAT is translated here, as is the WHAT of
 * scan_expected(). Always returns false. */
bool scan_fail(struct scan *scan, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Fail: WHAT was expected where the scan is. */
bool scan_expected(struct scan *scan, const char *what);

/* Whether only white space is left. */
bool scan_at_end(struct scan *scan);

/* The next character that is not white space, or 0 at the end. */
char scan_peek(struct scan *scan);

/* Take C when it comes next. */
bool scan_take(struct scan *scan, char c);

/* Take an identifier, [A-Za-z_][A-Za-z0-9_]*, when one comes next. Never fails the scan. */
bool scan_word(struct scan *scan, struct word *word);

/* Take an integer as C writes it: decimal, 0x, 0 octal, with a sign or without. */
bool scan_number(struct scan *scan, long *value);

/* Take a C string with its quotes; its bytes are appended to BYTES. */
bool scan_string(struct scan *scan, struct str *bytes);

/* The same, where `*` stands for any bytes and `\*` for a star: appended as timeline/pattern.h keeps
 * it. */
bool scan_pattern(struct scan *scan, struct str *pattern);

/* Whether WORD is TEXT; with the _any form without regard to upper and lower case. */
bool word_is(struct word word, const char *text);
bool word_is_any(struct word word, const char *text);

/* How much of WORD an error shows, in bytes: for "%.*s". */
int word_show(struct word word);

/* A NUL-terminated copy, which the caller frees. */
char *word_copy(struct word word);

/* The nearest to WORD of all the names that NAME_AT gives until it returns NULL, for "(did
 * you mean 'NAME'?)"; or NULL. */
const char *word_nearest(struct word word, const char *(*name_at)(size_t i));

#endif
