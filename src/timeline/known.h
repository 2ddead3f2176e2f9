/*
 * known.h - what a role's events say of its connections and processes, as far as they were taken
 * in. Private to conduct.c and conduct_seen.c.
 */
#ifndef TIMELINE_KNOWN_H
#define TIMELINE_KNOWN_H

#include "timeline/pattern.h"
#include "timeline/event.h"

/*
 * What one return says. E may be of any kind: then it says nothing.
 */

/* The call did this, with success. */
bool did_well(const struct event *e, enum did did);

/* It failed, and may be made again at once: nothing was done (EAGAIN, EINTR, EINPROGRESS). */
bool did_in_vain(const struct event *e);

/* Something was done, or tried and refused: what waiting is the opposite of. */
bool did_act(const struct event *e);

enum way { WAY_SENT, WAY_READ, WAYS };

/* Bytes went that way. */
bool did_move(const struct event *e, enum way way);

/* Those that were kept, their number in *N; NULL: none were. */
const char *did_bytes(const struct event *e, enum way way, size_t *n);

/*
 * What all of them say.
 */

/* A place in the bytes of a connection: so many of an event's are behind it. */
struct place {
	size_t event;
	size_t bytes;
};

/* What is compared with a pattern begins where the last outcome left off, or where its search did. */
enum start { START_LEFT, START_FROM, STARTS };

struct matching {
	struct pattern_walk walk;
	bool broken;
};

/* A socket or a pipe. */
struct connection {
	unsigned long id;
	unsigned task;           /* that used it last */
	bool connected;          /* or accepted, or bytes went through it */
	bool connecting;         /* connect() did not wait, */
	size_t waits;            /* and so many had by then; see below */
	bool closed;
	/* For who looks for bytes: */
	bool has_left[WAYS];
	struct place left[WAYS]; /* what an outcome has not taken begins there */
	size_t search;           /* which one these are of: */
	struct matching matching[STARTS];
};

/* All-zero: nothing was taken in. */
struct known {
	VEC(struct connection) connections; /* those that are closed, and have nothing left, may have
	                                     * been forgotten */
	size_t newest;          /* index of the one that was used last */
	size_t crowded;         /* so many are looked through for some to forget */
	VEC(bool) threads;      /* [task]: no process of its own */
	size_t alive;           /* processes */
	bool gone;              /* there were some, and all have ended */
	bool scripted, in_call; /* no program plays the role; it has not come back yet */
	size_t waits;           /* how often something was waited for, and came */
	size_t end;             /* events before this one were taken in */
};

/* Take in the events of ROLE up to (not including) index END. */
void known_take(struct known *k, enum role role, const struct events *events, size_t end);

/* The connection ID, or NULL; valid until the next event or known_connection(). */
struct connection *known_find(struct known *k, unsigned long id);

/* The same; it is made when it was not known. */
struct connection *known_connection(struct known *k, unsigned long id);

/* Whether E, the next event of the role, shows that a connection is there that was asked for;
 * closes one for good, the end of a process included. */
bool known_connects(struct known *k, const struct event *e);
bool known_closes(struct known *k, const struct event *e);

bool known_is_thread(const struct known *k, unsigned task);

void known_free(struct known *k);

#endif
