/*
 * outcome_kind.h - what a kind of outcome is: one row of a table.
 *
 * Whoever prints, parses, checks, judges or tells an outcome asks its row here and does not ask
 * which kind it is. So a new kind is a value of enum outcome_kind, its row, and the function that
 * says what event it comes about with (doc/HOWTO-outcome.md).
 */
#ifndef TIMELINE_OUTCOME_KIND_H
#define TIMELINE_OUTCOME_KIND_H

#include "timeline/outcome.h"

/* What it speaks of, which says how it is judged and what is told where it did not come about. */
enum outcome_about {
	ABOUT_RESULT, /* what the newest call returned */
	ABOUT_SLEEP,  /* that the newest call has not returned, and the process sleeps in it */
	ABOUT_SIGNAL, /* a signal that reached the process */
	ABOUT_END,    /* how the process ended */
	ABOUT_SENT,   /* a segment that the role's side put on the wire */
	ABOUT_GOT,    /* a segment that reached the role's socket */
	ABOUT_DOING,  /* what was done, whatever calls were made for it (timeline/conduct.h) */
};

/* How it is written. */
enum outcome_form {
	FORM_WORD,    /* its word alone: `EOF` */
	FORM_STATUS,  /* its word and an exit status, 0 to 255: `exited 0` */
	FORM_PATTERN, /* its word and, where not any bytes will do, a pattern: `sends "GET*"` */
	FORM_TIME,    /* its word and a time: `waits 200ms` */
	FORM_NUMBER,  /* no word: `= 5`, `= 1 POLLIN` */
	FORM_BYTES,   /* no word: `= "hello"` */
	FORM_ERROR,   /* the name of an error: `EPIPE` */
	FORM_SIGNAL,  /* the name of a signal: `SIGPIPE` */
};

/* What must stand above it in its column, as nothing could have led to it else. */
enum outcome_cause {
	CAUSE_NOTHING,
	CAUSE_ACTION, /* any action */
	CAUSE_CALL,   /* a call, which is what it speaks of */
};

struct outcome_word {
	const char *text;
	uint8_t flag;     /* of a segment, else 0 */
};

enum { OUTCOME_WORDS = 3 }; /* that a kind has at the most */

struct conduct_state;

struct outcome_spec {
	struct outcome_word words[OUTCOME_WORDS + 1]; /* the first with its flag is printed; a text
						       * of NULL is the end */
	enum outcome_about about;
	enum outcome_form form;
	enum outcome_cause cause;
	bool sleeps;      /* a call that always returns at once cannot have it */
	enum did did;     /* what a call does that can have it, DID_OTHER: nothing of this kind */
	enum did also;    /* or this; DID_OTHER: nothing else */
	const char *call; /* ABOUT_DOING, of a call: the name of one that does it */

	/* ABOUT_RESULT, ABOUT_END: whether it says what E, a return or an end, says. */
	bool (*matches)(const struct outcome *outcome, const struct event *e);

	/* ABOUT_DOING: whether E, which is of the role, is what it comes about with. See
	 * timeline/conduct_kinds.h. */
	bool (*comes)(struct conduct_state *search, const struct event *e);
};

/* The row of KIND. */
const struct outcome_spec *outcome_spec(enum outcome_kind kind);

/* The Ith of all words of all kinds, and in *KIND whose it is; NULL after the last. */
const struct outcome_word *outcome_word(size_t i, enum outcome_kind *kind);

/* The row of ABOUT_DOING that speaks of calls that do this, or NULL. */
const struct outcome_spec *outcome_doing(enum did did);

/* What OUTCOME speaks of. */
enum outcome_about outcome_about(const struct outcome *outcome);

#endif
