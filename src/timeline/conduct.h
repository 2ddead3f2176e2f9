/*
 * conduct.h - what a role did, whatever calls it made for that.
 *
 * `connects`, `sends "GET\n"`, `reads "*\n"`, `survives`, `waits 200ms` speak of what was done:
 * whichever of send(), write() and writev() was called, on whatever descriptor, by whichever
 * thread, in one piece or many. Outcomes of a program's column are found in their order; other
 * things may happen in between. Any other outcome (ECONNREFUSED, EOF, exited 0) may stand among
 * them.
 *
 * connects   a connect() succeeded, or one that did not wait is known to have: after a poll() the
 *            socket has no error (SO_ERROR), connect() says EISCONN, or something was sent or read
 * accepts, listens: these calls succeeded
 * sends "x"  what was sent on one connection, from the outcome before this one on, begins with x.
 *            Without a string: something was sent
 * reads "x"  likewise what was read. A program may have read more than an outcome took, and
 *            have it in a buffer: the rest is still there for a later one
 * closes     a connection was closed for good (DID_CLOSE), or the process that had it ended; what
 *            only listens, or never was connected, is none
 * survives   after what came before it, the thread it happened to made another call or ended
 *            without a signal; another thread did so a while after; or a second went by. A child
 *            may be killed: that the program lives on is enough
 * waits 2s   for that long nothing was connected, accepted, sent, read or closed, and none of that
 *            failed; to wait in poll() or to look in vain (EAGAIN) is waiting. It is measured from
 *            the outcome before it or from the newest of those calls on, whichever is later
 * ECONNREFUSED and the like: a call failed so, or a socket was asked for its error and had this
 * exited 0, Terminated: the program itself did, not one of its children
 *
 * `sends` and `reads` take the bytes that they speak of: what came after these in the same piece
 * is left for the next outcome of the role, if that speaks of such bytes.
 *
 * The end of a process, by which it `closes` or `survives`, is still there for an `exited 0` below.
 *
 * Of a role that is scripted or played by keyboard (task 0) the same is looked for among its calls.
 * It `survives` when it asks for its next action, and `waits` only in a call: the time between
 * calls is not its own.
 *
 * Pure: an event list goes in.
 */
#ifndef TIMELINE_CONDUCT_H
#define TIMELINE_CONDUCT_H

#include "timeline/outcome.h"

struct conduct_state;

/* How far one role's events have been looked through, by one outcome after the other. All-zero:
 * nothing was found yet. */
struct conduct {
	struct conduct_state *state;
};

/*
 * Look for OUTCOME, said of ROLE, in the events from FROM on (those before belong to outcomes that
 * were found). NOW is the time since EVENT_BEGIN. Returns whether it occurred, and in *AT the index
 * of the event with which it did; *AT + 1 is FROM for the next. *AT is FROM - 1 when it was there
 * already (bytes that were left, a wait that was over).
 *
 * What was found is taken. While it is not found the same OUTCOME is looked for again when there
 * are more events, or time has gone by: each event is looked at once.
 */
bool conduct_find(struct conduct *c, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from, int64_t now, size_t *at);

/* Whether OUTCOME is one of those above that outcome.h does not know by itself (ABOUT_DOING). */
bool conduct_is(const struct outcome *outcome);

/* Whether a program plays ROLE. */
bool conduct_of_program(const struct events *events, enum role role);

/* Where the outcome after the newest verdict of ROLE that holds is looked for from. */
size_t conduct_from(const struct events *events, enum role role);

/* What a program did from FROM on, where OUTCOME was expected: as an outcome cell, and for
 * people (`sent "GE"`, `exited 1; before that connect(…) = -1 ENOENT …`). */
void conduct_seen(struct str *to, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from);
void conduct_seen_words(struct str *to, const struct outcome *outcome, enum role role,
			const struct events *events, size_t from);

/* Free what it owns; all-zero after. */
void conduct_free(struct conduct *c);

#endif
