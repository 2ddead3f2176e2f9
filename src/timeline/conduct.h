/*
 * conduct.h - what a role did, whatever calls it made for that.
 *
 * `connects`, `sends "GET\n"`, `reads "*\n"`, `survives`, `waits 200ms` speak of what was done:
 * whichever of send(), write() and writev() was called, on whatever descriptor, by whichever
 * thread, in one piece or many. Outcomes of a program's column are found in their order; other
 * things may happen in between. Any other outcome (ECONNREFUSED, EOF, exited 0) may stand among
 * them.
 *
 * connects   a connect() succeeded, or one that did not wait is known to have
 * accepts, listens
 * sends "x"  what was sent on one connection, since what an outcome before this one has taken of
 *            it, begins with these bytes; `*` stands for any number of any bytes, as few as
 *            possible. Without a string: something was sent
 * reads "x"  likewise what was read
 * closes     a connection was closed, also by the end of the process
 * survives   after what came before it made another call, or ended without a signal
 * waits 2s   for that long nothing was connected, accepted, sent, read or closed, and none of that
 *            failed; to wait in poll() or to look in vain (EAGAIN) is waiting
 *
 * Pure: an event list goes in.
 */
#ifndef TIMELINE_CONDUCT_H
#define TIMELINE_CONDUCT_H

#include "timeline/outcome.h"

struct conduct_stream;

/* How far one role's events have been looked through. All-zero: nothing was found yet. */
struct conduct {
	VEC(struct conduct_stream *) streams;
	size_t seen;      /* events before this one were looked at */
};

/*
 * Look for OUTCOME, said of ROLE, in the events from FROM on (those before belong to rows that
 * are over; the event FROM - 1 may still have bytes left that no outcome took). NOW is the time since
 * EVENT_BEGIN. Returns whether it occurred, and in *AT the index of the event with which it did.
 * What was found is taken: the next call looks for the next outcome.
 */
bool conduct_find(struct conduct *c, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from, int64_t now, size_t *at);

/* Whether OUTCOME is one of those above. */
bool conduct_is(const struct outcome *outcome);

/* Free what it owns; all-zero after. */
void conduct_free(struct conduct *c);

#endif
