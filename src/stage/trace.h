/*
 * trace.h - two programs as they are, as one list of events.
 *
 * Process A and Process B are commands of the user's, or processes that run already. What they
 * call on sockets and pipes, what came of it, the signals that met them and their ends are told as
 * events while they run. What they print goes where they print it, or is told too.
 *
 * With a channel the events go there, and commands come from there; then each call can be held at
 * its entry (tracing.h has a process for that).
 */
#ifndef STAGE_TRACE_H
#define STAGE_TRACE_H

#include "base/str.h"
#include "timeline/event.h"

#include <sys/types.h>

struct trace_plan {
	const char *command[ROLES]; /* for sh -c; NULL: there is no such process */
	enum role server;           /* the other one is started when this one listens, or is gone;
	                             * ROLE_NONE: both at once */
	enum role until;            /* when this one is over, the other is ended; or ROLE_NONE */
	bool pipes;                 /* with the pipes between the parts of one program */
	int output;                 /* what becomes their standard output; -1: ours */
	pid_t attach[ROLES];        /* instead of a command, only with a channel: the process to
	                             * attach to; 0: none */
	bool live;                  /* there is a channel; `tell` is not called */
	int channel;
	bool prints;                /* with a channel: what they print is told, line by line, and
	                             * their standard input is empty */
	bool hold;                  /* with a channel: each call is held at its entry */
	/* E happened; its text and bytes are the callee's. Rows are counted from 1: a call and its
	 * return have one row. */
	void (*tell)(void *data, struct event *e);
	void *data;
};

/* What comes through the channel. Its end means TRACE_END, too. */
enum trace_word {
	TRACE_STEP,   /* the call of `role` (ROLE_NONE: of either) that was held first goes on:
	               * EVENT_ROW says which */
	TRACE_HOLD,   /* calls are held from now on */
	TRACE_LET_GO, /* they are not, and all that are go on */
	TRACE_END,    /* end what was started, let go what was attached to */
};

struct trace_command {
	enum trace_word word;
	enum role role;
};

/* Run both to their ends; a SIGINT, SIGTERM or SIGHUP to this process ends them, and they are
 * killed when they do not end within a second. No process that they made is left. 0; -1 with WHY:
 * one could not be started or traced, and the other was ended; a DONE has that as its text. What
 * was attached to is let go when this process ends. */
int trace_run(const struct trace_plan *plan, struct str *why);

#endif
