/*
 * trace.h - two programs as they are, as one list of events.
 *
 * Process A and Process B are commands of the user's. What they call on sockets and pipes, what
 * came of it, the signals that met them and their ends are told as events while they run. What
 * they print goes where they print it.
 */
#ifndef STAGE_TRACE_H
#define STAGE_TRACE_H

#include "base/str.h"
#include "timeline/event.h"

struct trace_plan {
	const char *command[ROLES]; /* for sh -c; NULL: there is no such process */
	enum role server;           /* the other one is started when this one listens, or is gone;
	                             * ROLE_NONE: both at once */
	enum role until;            /* when this one is over, the other is ended; or ROLE_NONE */
	bool pipes;                 /* with the pipes between the parts of one program */
	int output;                 /* what becomes their standard output; -1: ours */
	/* E happened; its text and bytes are the callee's. Rows are counted from 1: a call and its
	 * return have one row. */
	void (*tell)(void *data, struct event *e);
	void *data;
};

/* Run both to their ends; a SIGINT, SIGTERM or SIGHUP to this process ends them, and they are
 * killed when they do not end within a second. No process that they made is left. 0; -1 with WHY:
 * one could not be started or traced, and the other was ended. */
int trace_run(const struct trace_plan *plan, struct str *why);

#endif
