/*
 * outcome.h - what a cell says was seen, and whether it was.
 *
 * Outcomes speak of the newest call of their own column. Segments are the
 * exception: `RESET` holds when that role's side put a segment with RST on
 * the wire at any time since row 1 that no earlier outcome cell has claimed,
 * since the kernel sends it when it will, often before the call returns.
 *
 * Pure: an event list and a cell go in, a verdict comes out. What a kind is says its row in
 * timeline/outcome_kind.h.
 */
#ifndef TIMELINE_OUTCOME_H
#define TIMELINE_OUTCOME_H

#include "base/str.h"
#include "timeline/event.h"

enum outcome_kind {
	OUTCOME_RETURNS,    /* `= 5`, `= 1 POLLIN`: number, detail (NULL: any) */
	OUTCOME_BYTES,      /* `= "hello"`: bytes, or an address that the call gave */
	OUTCOME_EOF,        /* `EOF`: 0 from a read */
	OUTCOME_FAILS,      /* `EPIPE`: err; `EPIPE + SIGPIPE`: and sig */
	OUTCOME_BLOCKS,     /* `blocks` */
	OUTCOME_SIGNAL,     /* `SIGPIPE`: sig reached the process */
	OUTCOME_TERMINATED, /* `Terminated`: a signal ended the process */
	OUTCOME_EXITED,     /* `exited 0`: number */
	OUTCOME_SENT,       /* `RESET`, `FIN`: flag */
	OUTCOME_GOT,        /* `GotRST`, `GotFIN`: flag */
	/* What was done, whatever calls were made for it (timeline/conduct.h). */
	OUTCOME_LISTENS,    /* `listens` */
	OUTCOME_CONNECTS,   /* `connects` */
	OUTCOME_ACCEPTS,    /* `accepts` */
	OUTCOME_SENDS,      /* `sends "GET\n"`: bytes, a pattern (timeline/pattern.h); NULL: any */
	OUTCOME_READS,      /* `reads "OK\n"`: likewise */
	OUTCOME_CLOSES,     /* `closes` */
	OUTCOME_SURVIVES,   /* `survives` */
	OUTCOME_WAITS,      /* `waits 200ms`: number, in nanoseconds */
};
enum { OUTCOME_KINDS = OUTCOME_WAITS + 1 };

struct outcome {
	enum outcome_kind kind;
	long number;
	int err;
	int sig;        /* also with RETURNS, BYTES, EOF and FAILS: `… + SIGPIPE`; 0: says nothing */
	uint8_t flag;   /* SEGMENT_RST or SEGMENT_FIN */
	char *bytes;    /* owned, NUL-terminated beyond len */
	size_t len;
	char *detail;   /* owned, or NULL */
};

struct judgement {
	enum verdict verdict;
	size_t claim;   /* SENT, GOT: the segment's index in the list, else EVENT_NONE */
	size_t with;    /* of a program: what it came to hold with; see EVENT_VERDICT */
};

/* Judge OUTCOME, which stands in ROLE's column, by all EVENTS so far. PENDING
 * means that more may come; the director gives it the demo's patience. */
struct judgement outcome_judge(const struct outcome *outcome, enum role role,
			       const struct events *events);

/* Whether event I is the one with which OUTCOME, said of ROLE, comes to hold: the return, the
 * signal, the end, the segment. What comes after it in the list does not matter. For LISTENS to
 * WAITS there is conduct_find(). */
bool outcome_occurs(const struct outcome *outcome, enum role role, const struct events *events,
		    size_t i);

/* The verdict when patience has run out on a PENDING outcome: DIFFERS, or
 * UNSEEN where this machine could not do what the demo is about. */
enum verdict outcome_give_up(const struct events *events);

/* Append what was seen where OUTCOME was expected, written as an outcome cell
 * that can stand in its place: `= 5`, `EOF`, `EPIPE + SIGPIPE`, `blocks`;
 * nothing at all is the empty string. */
void outcome_seen(struct str *to, const struct outcome *outcome, enum role role,
		  const struct events *events);

/* The same for people: `= 0 (EOF)`, `= -1 EPIPE (Broken pipe)`, `nothing yet`. */
void outcome_seen_words(struct str *to, const struct outcome *outcome, enum role role,
			const struct events *events);

/* Append OUTCOME in its one canonical spelling. */
void outcome_print(struct str *to, const struct outcome *outcome);

/* Whether two outcomes say the same. */
bool outcome_same(const struct outcome *a, const struct outcome *b);

/* Whether it speaks of what a call did: returned, or blocks. */
bool outcome_needs_call(const struct outcome *outcome);

/* Whether it speaks of the wire, which needs a capture. */
bool outcome_needs_wire(const struct outcome *outcome);

/* Free what it owns. */
void outcome_free(struct outcome *outcome);

#endif
