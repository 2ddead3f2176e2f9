/*
 * deed.h - what the director can do from outside: one row each in deed.c.
 *
 * A row says how the deed is written, what it is done to, on which links it makes sense and
 * why not on the others, and what undoes it. The parser, the printer, lint, the completion,
 * the stage and the menu of a demo all read this row. Adding a deed is adding a row here and
 * one of what carries it out, in stage/deeds.c.
 */
#ifndef LESSON_DEED_H
#define LESSON_DEED_H

#include "base/str.h"
#include "lesson/demo.h"

#include <stdbool.h>

enum deed_kind {
	DEED_KILL,   /* signal */
	DEED_CUT,
	DEED_MEND,
	DEED_WAIT,   /* ns */
	DEED_MISSES, /* misses */
	DEED_DELAY,  /* ns */
	DEED_FILL,
};
enum { DEEDS = DEED_FILL + 1 };

/* What the director has in hand. */
enum deed_on {
	DEED_ON_PROCESS, /* the process of its column */
	DEED_ON_SOCKET,  /* that process's socket */
	DEED_ON_WAY,     /* what is on its way to that role */
	DEED_ON_WIRE,    /* what is between the two: it does not matter in which column it stands */
	DEED_ON_NOBODY,  /* it lets time pass */
};

struct action;
struct scan;

struct deed {
	enum deed_kind kind;
	enum deed_on on;
	const char *word;       /* that it begins with */
	const char *examples[6]; /* written whole, ended by NULL: `delay 200ms`, `delay 0ms` */
	const char *undo;       /* a deed that takes it back, written whole, or NULL */
	const char *summary;    /* what happens: half a sentence for help and lists; N_() */
	const char *ending;     /* the same of a deed that takes another back by its argument, as
				 * `delay 0ms` does; NULL: there is no such */
	/* Parse what follows the word. The scan is bad when it is wrong. */
	bool (*parse)(struct scan *scan, struct action *action);
	/* Append what follows the word, with the space before it; NULL: nothing does. */
	void (*print)(struct str *to, const struct action *action);
	/* Why it cannot be done on LINK (N_(), no capital, no full stop), or NULL when it can.
	 * NULL: it always can. */
	const char *(*why_not)(const struct action *action, enum link link);
};

/* The Ith row, or NULL after the last. */
const struct deed *deed_at(size_t i);

/* The row of KIND. */
const struct deed *deed_of(enum deed_kind kind);

/* Why ACTION, a deed, cannot be done on LINK, to stand behind a colon; NULL when it can. */
const char *deed_why_not(const struct action *action, enum link link);

/* What ACTION, a deed, does: half a sentence in the learner's language. */
const char *deed_summary(const struct action *action);

/* The same of the text of an EVENT_DIRECTOR: a deed, and perhaps how it was done in
 * parentheses. NULL when it is
 * none. */
const char *deed_summary_of(const char *text);

/* Append the deed ACTION as it is written in a cell. */
void deed_print(struct str *to, const struct action *action);

#endif
