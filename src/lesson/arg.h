/*
 * arg.h - the arguments between a call's parentheses. Private to the lesson module;
 * struct arg itself is in lesson/action.h.
 */
#ifndef LESSON_ARG_H
#define LESSON_ARG_H

#include "lesson/action.h"
#include "lesson/scan.h"

enum { ARG_ITEMS_MOST = 16 }; /* items of a {struct}: as many descriptors can be polled */

/* Take one argument. On success ARG owns its texts (arg_free()); on failure
 * it is empty and the scan says why. */
bool arg_scan(struct scan *scan, struct arg *arg);

/* Take a NAME: `sock`, `fds[0]`. Returns an owned copy, or NULL. */
char *arg_scan_name(struct scan *scan);

/* Say what WORD, which is not in lower case and no constant, might have been. */
bool arg_no_constant(struct scan *scan, struct word word);

/* Make ARG the number VALUE, written as TEXT (copied). */
void arg_number(struct arg *arg, long value, const char *text);

/* Whether A and B have the same value. */
bool arg_same(const struct arg *a, const struct arg *b);

/* What kind of thing it is, for errors: "a string". */
const char *arg_kind_words(const struct arg *arg);

/* Free what it owns; it is empty after. */
void arg_free(struct arg *arg);

#endif
