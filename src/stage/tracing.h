/*
 * tracing.h - a trace in a process of its own, for whoever must not wait for it.
 *
 * Events come through a descriptor and commands go there; neither blocks the caller. The process
 * ends when its channel does: what it started is ended then, and what it attached to goes on.
 */
#ifndef STAGE_TRACING_H
#define STAGE_TRACING_H

#include "stage/trace.h"

struct tracing;

enum tracing_news { TRACING_EVENT, TRACING_NOTHING, TRACING_OVER };

/* Start the process, which does what PLAN says (`tell`, `live` and `channel` are filled in here).
 * APART: with nothing of ours but standard error, and without our terminal. NULL with WHY. */
struct tracing *tracing_open(const struct trace_plan *plan, bool apart, struct str *why);

/* To be waited on. */
int tracing_fd(const struct tracing *t);

/* The next event, which the caller owns; never blocks. Over: there will be none any more. */
enum tracing_news tracing_next(struct tracing *t, struct event *e);

/* Give all events to TELL until it is over. A SIGINT, SIGTERM or SIGHUP that comes meanwhile ends
 * it. */
void tracing_relay(struct tracing *t, void (*tell)(void *data, struct event *e), void *data);

void tracing_tell(struct tracing *t, enum trace_word word, enum role role);

/* Once it is over: why it could not be done, or NULL. */
const char *tracing_why(const struct tracing *t);

/* End it. NULL is nothing. */
void tracing_close(struct tracing *t);

#endif
