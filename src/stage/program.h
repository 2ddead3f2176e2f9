/*
 * program.h - roles that programs play: started, watched, bounded, and told as events.
 *
 * A program runs freely: its calls on sockets and pipes are told when they begin and when they
 * return, with all its threads and children, and nothing is held. What it prints is read from two
 * pipes and told line by line. It can read files but change none (readonly.h), has the stage's
 * network and no other, no privileges, and can make no namespaces. How much it may take is
 * bounded; what goes beyond ends it, and is said.
 *
 * Whether a Unix socket that lies in a directory outside the stage is connected to is looked at
 * when the call begins. A program that changes the address meanwhile, from another thread, gets
 * past that: this keeps mistakes in, and mischief out as far as one can see.
 *
 * Source: follow.h; credentials(7), getrlimit(2), capabilities(7).
 */
#ifndef STAGE_PROGRAM_H
#define STAGE_PROGRAM_H

#include "stage/calls.h"
#include "stage/meant.h"
#include "stage/prints.h"

#include <poll.h>

struct scene;

enum {
	PROGRAM_TASKS = 64,          /* processes and threads of a role at one time */
	PROGRAM_CALLS = 20000,       /* that are told in a run */
	PROGRAM_PRINTS = 64 << 10,   /* bytes of a role that are kept */
};

/* A process or thread of a program. It is told with its first call on a socket or a pipe: how a
 * program comes to be started is not what one wants to see. */
struct program_task {
	enum role role;
	unsigned task;       /* as follow.h counts them, */
	unsigned shown;      /* as they are told, from 1, the program itself; 0: not told yet */
	pid_t tid;
	bool thread;
};

struct programs {
	const char *const *words[ROLES]; /* what plays the role, NULL: a script; borrowed */
	struct follow *follow;           /* NULL: none was started in this run */
	struct calls *calls;
	struct prints prints;
	VEC(struct program_task) tasks;
	unsigned shown[ROLES];           /* how many of them were told */
	size_t told;                     /* calls, in this run */
	enum meant meant;                /* by the call that begins now */
	bool refused[ROLES];             /* it went too far: what is left of it is being killed */
	bool over[ROLES];                /* its first process has ended, */
	int64_t over_at[ROLES];          /* then (monotonic) */
	int64_t kill_at;                 /* what was asked to end is killed then; 0: nothing was */
};

/* Whether a program plays ROLE. */
bool program_plays(const struct scene *s, enum role role);

/* Start the program of ROLE. 0; -1: why not was told. */
int program_start(struct scene *s, enum role role);

/* Whether anything of it is left. */
bool program_lives(const struct scene *s, enum role role);

/* Whether a call that makes a connection is under way: whose ports are whose is not known yet. */
bool programs_join(const struct scene *s);

/* Take in one stop, and tell it. Returns whether there was one. */
bool programs_watch(struct scene *s);

/* Take in what was printed. Returns whether there was something. */
bool programs_hear(struct scene *s);

/* Look at calls that take their time, and kill what does not end. */
void programs_tick(struct scene *s);

/* When to tick at the latest (monotonic ns), or INT64_MAX. */
int64_t programs_due(const struct scene *s);

/* What is readable when something was printed: fills FDS, at most PRINTS_PIPES; returns how many. */
size_t programs_fds(const struct scene *s, struct pollfd *fds);

/* Ask what is left to end; it is killed when it has not within half a second. */
void programs_end(struct scene *s);

/* The run is over: kill what is left and free all but `words`. */
void programs_close(struct scene *s);

#endif
