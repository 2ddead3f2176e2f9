/*
 * trace_live.h - how a trace with a channel waits: for stops, commands, signals and what is
 * printed, all at once.
 */
#ifndef STAGE_TRACE_LIVE_H
#define STAGE_TRACE_LIVE_H

#include "stage/channel.h"
#include "stage/follow.h"
#include "stage/prints.h"
#include "stage/trace.h"

struct trace_live {
	int channel;
	int signals;            /* signalfd(2): those that follow_open() has blocked */
	bool hung_up;           /* nobody is at the other end of the channel */
	bool reads;             /* what is printed is read */
	struct prints prints;
	struct outbox outbox;
	VEC(struct trace_command) commands;
	VEC(struct follow_stop) caught;
};

/* After follow_open(). PRINTS: what programs print is told to TELL. 0, or -1 with errno. */
int live_open(struct trace_live *l, int channel, bool prints,
	      void (*tell)(void *data, struct event *e), void *data);
void live_close(struct trace_live *l);

/* Put E, which is freed, on its way; it is sent by live_wait() at the latest. */
void live_tell(struct trace_live *l, struct event *e);
void live_flush(struct trace_live *l);

/* Wait up to NS (-1: as long as it takes) until something has come, a stop of a task too, and take
 * it in. */
void live_wait(struct trace_live *l, int64_t ns);

/* Tell what was printed by now: it comes before what is told next. */
void live_hear(struct trace_live *l);

/* The next that was taken in; false: there is none. */
bool live_command(struct trace_live *l, struct trace_command *command);
bool live_signal(struct trace_live *l, struct follow_stop *caught);

#endif
