/*
 * loop.h - waiting for keys, signals, stages and the clock: libevent, and its only user.
 *
 * Nothing here polls: with no timer set, a waiting tutorial makes no system call.
 */
#ifndef TERM_LOOP_H
#define TERM_LOOP_H

#include <stddef.h>
#include <stdint.h>

struct loop;

/* What is called when something comes; CONTEXT is the loop's. */
struct loop_calls {
	void (*input)(void *context);           /* standard input is readable, or gone */
	void (*stage)(void *context, size_t which); /* that stage's descriptor is readable */
	void (*visit)(void *context);           /* somebody wants to read the notes */
	void (*timer)(void *context);           /* the time set has passed */
	void (*signal)(void *context, int sig); /* one of those that loop.c names */
};

/* CALLS (static) and CONTEXT are borrowed until loop_free(). NULL when the system has no room
 * for it. */
struct loop *loop_new(const struct loop_calls *calls, void *context);

/* How many stages there may be at a time. */
enum { LOOP_STAGES = 2 };

/* Watch FD as the descriptor of stage WHICH, instead of what was watched before; -1: none. */
void loop_watch(struct loop *loop, size_t which, int fd);

/* The same for the descriptor that readers of the notes connect to. */
void loop_listen(struct loop *loop, int fd);

/* Call timer() once, NS nanoseconds from now, instead of what was set before; -1: never. */
void loop_set_timer(struct loop *loop, int64_t ns);

/* Wait and call until loop_stop(). */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

void loop_free(struct loop *loop);

#endif
