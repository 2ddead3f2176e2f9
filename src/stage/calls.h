/*
 * calls.h - the calls of programs that are followed, as events.
 *
 * At the entry of a call it is told whole (EVENT_CALL), at its exit what came of it
 * (EVENT_RETURN), both with the descriptor they are about and whose peer that is. Calls that are
 * about no socket and no pipe are passed over.
 */
#ifndef STAGE_CALLS_H
#define STAGE_CALLS_H

#include "stage/decode.h"
#include "stage/follow.h"

struct calls;

struct calls_plan {
	bool pipes; /* with the pipes between the parts of one program */
	bool whole; /* the bytes are compared with outcomes: see decode.h */
	/* Whether the call that is entered is about somebody who is no part of the conversation
	 * (DID_ELSEWHERE), on a socket of TYPE (SOCK_*, 0: not known). A connect() says so for all
	 * that is done with its socket until the next. NULL: nobody is. */
	bool (*elsewhere)(void *data, int type);
	/* E happened: its time is CLOCK_MONOTONIC, and its text and bytes are the callee's. Of a CALL
	 * it fills in the number and the row, which the RETURN then has too. */
	void (*tell)(void *data, struct event *e);
	void *data;
};

struct calls *calls_open(const struct calls_plan *plan);
void calls_close(struct calls *c);

/* The programs print to what FD, a pipe, is the other end of: that is no conversation. */
void calls_apart(struct calls *c, int fd);

/* An event of KIND of the task that STOP is about. */
struct event calls_event(const struct follow_stop *stop, enum event_kind kind);

/* STOP is an ENTRY. Returns whether it was told; else its EXIT is of no interest. */
bool calls_enter(struct calls *c, const struct follow_stop *stop);

/* STOP is an EXIT. What its call is about, until it is left; NULL: its entry was not told. */
const struct doing *calls_doing(const struct calls *c, const struct follow_stop *stop);

/* STOP is an EXIT. Tell what came of the call, if its entry was told. */
void calls_leave(struct calls *c, const struct follow_stop *stop);

/* What the task TID was about never returns. */
void calls_forget(struct calls *c, pid_t tid);

/* A task that may sleep in its call, for whoever looks: the Ith of those that have been told and
 * not returned. False: there are no more. */
struct calls_pending {
	pid_t tid;
	enum role role;
	unsigned task;
	uint32_t call;  /* its number, */
	int row;        /* its row, */
	int64_t since;  /* and when it was told, CLOCK_MONOTONIC */
	bool joins;     /* its socket may get a port by it: connect(), accept(), a datagram */
	int64_t look_at; /* the caller's own, 0 at first */
};
struct calls_pending *calls_at(struct calls *c, size_t i);

/* STOP is an EXIT. The same of its call, until it is left; NULL: its entry was not told. */
const struct calls_pending *calls_pending(const struct calls *c, const struct follow_stop *stop);

#endif
