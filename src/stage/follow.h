/*
 * follow.h - programs as they are, followed by ptrace: what they stopped at, and going on.
 *
 * A program is a command line of the user's, run by sh in a process of its own, with all its
 * threads and children. It is not confined in any way: following is watching. A seccomp filter
 * stops it at the system calls that were asked for and at no others; those run at full speed.
 *
 * Or it is a process that runs already, and is attached to. It has no such filter: it stops at
 * every call, and is let go on at those that nobody asked for. It is never ended from here, and
 * goes on as before when this process has ended, however that ended.
 *
 * Each thread and each process is a task. A task that stopped is held until follow_go(). A call is
 * entered once and left once, whatever interrupts and restarts it in between.
 *
 * This part knows processes and numbers of calls; what a call means is for decode.h.
 *
 * Source: ptrace(2) (PTRACE_SEIZE, "Attaching and detaching"), seccomp(2), wait(2), signal(7)
 * ("Interruption of system calls").
 */
#ifndef STAGE_FOLLOW_H
#define STAGE_FOLLOW_H

#include "base/str.h"
#include "timeline/event.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

struct follow;

/* What becomes of a program that is not the program's to say. */
struct follow_plan {
	const char *command;        /* for sh -c; or NULL: */
	const char *const *words;   /* the program itself and its arguments, NULL ends them */
	const char *const *calls;   /* names of system calls to stop at, NULL ends them; a name that
	                             * this architecture does not have is passed over */
	const char *const *refused; /* likewise those that it must not make: FOLLOW_REFUSED. Then no
	                             * call goes past the filter: not those of other architectures,
	                             * nor what is done by io_uring. NULL: watching is all */
	int output;                 /* becomes its standard output; -1: it keeps ours */
	void (*prepare)(void *data, enum role role); /* in the new process, before all; or NULL */
	void *data;
};

enum follow_kind {
	FOLLOW_START,   /* a task exists */
	FOLLOW_EXEC,    /* it runs another program now; foreign: of another architecture, whose calls
	                 * are not seen */
	FOLLOW_ENTRY,   /* it is about to make a call: nr, args */
	FOLLOW_EXIT,    /* that call returned: nr, args, result, err */
	FOLLOW_SIGNAL,  /* a signal is about to be delivered: signal, fate */
	FOLLOW_REFUSED, /* it is about to make a call that is refused: nr; it must not go on but
	                 * be killed */
	FOLLOW_END,     /* it is gone: signal or status */
};

struct follow_stop {
	enum follow_kind kind;
	int64_t ns;            /* CLOCK_MONOTONIC, when the stop was taken in */
	enum role role;        /* ROLE_NONE: a child whose parent was killed, not known yet */
	unsigned task;         /* its number in its role, from 1, the program itself */
	pid_t tid;
	pid_t pid;             /* the process that it is a thread of; tid, when it is its first */
	bool program;          /* it is the program's own process, by its first thread or by one that
	                        * took its place with execve() */
	bool foreign;          /* EXEC */
	bool started;          /* END of the program: its command was found */
	long nr;
	unsigned long args[6];
	size_t call;           /* ENTRY, EXIT: which call, counted from 1 over all */
	long result;
	int err;
	int signal;
	enum signal_fate fate;
	int status;
};

enum follow_news {
	FOLLOW_STOPPED,  /* *STOP says what */
	FOLLOW_QUIET,    /* nothing happened in that time */
	FOLLOW_CAUGHT,   /* this process got SIGINT, SIGTERM or SIGHUP: stop->signal; stop->status is
	                  * 1 when it came from the terminal, and so to the programs too */
	FOLLOW_OVER,     /* no task is left */
};

/* Begin. SIGINT, SIGTERM, SIGHUP and SIGCHLD are blocked in this process from now on, and all
 * children that it has are taken for tasks. */
struct follow *follow_open(void);

/* The same beside others: this process has children of its own, of which OWN (with OWNER) knows;
 * it has blocked SIGCHLD and takes it in itself. Then follow_look() is what to call, and
 * follow_next() must not be. */
struct follow *follow_open_beside(bool (*own)(void *owner, pid_t pid), void *owner);

/* Start the program of ROLE; it runs at once. 0; -1 with WHY. */
int follow_start(struct follow *f, enum role role, const struct follow_plan *plan, struct str *why);

/* Attach to the process PID with all its threads, as the program of ROLE; CALLS as in a plan. A
 * call that it is in comes about as one that it enters, for it is begun again; on machines other
 * than x86-64 those that signal(7) names for stop signals (epoll_wait() and others) fail with
 * EINTR instead. 0; -1 with
 * WHY. */
int follow_attach(struct follow *f, enum role role, pid_t pid, const char *const *calls,
		  struct str *why);

/* Wait up to NS nanoseconds (-1: as long as it takes) for what happens next. A task that stopped
 * before and was not let go stays held. */
enum follow_news follow_next(struct follow *f, int64_t ns, struct follow_stop *stop);

/* Take the next stop that is there already; never blocks. False: there is none. A child of this
 * process that is not followed and has something to tell is left to others. */
bool follow_look(struct follow *f, struct follow_stop *stop);

/* Let the task of STOP go on. PASS, at an ENTRY: its EXIT is of no interest. */
void follow_go(struct follow *f, const struct follow_stop *stop, bool pass);

/* Whether a task is left. */
bool follow_any(const struct follow *f);

/* How many tasks ROLE has; how many of these were not attached to. */
size_t follow_left(const struct follow *f, enum role role);
size_t follow_started(const struct follow *f, enum role role);

/* The Ith process of ROLE, or 0: there are no more. */
pid_t follow_process(const struct follow *f, enum role role, size_t i);

/* Send SIG to every process of ROLE (ROLE_NONE: of both) that was not attached to. */
void follow_signal(struct follow *f, enum role role, int sig);

/* Copy up to N bytes at ADDRESS of the process TID. Returns how many could be. */
size_t follow_read(pid_t tid, unsigned long address, void *to, size_t n);

/* Kill what is left, wait for it, and give the signals back. NULL is nothing. What was attached to
 * is not killed: it is let go where it is held, and else by the end of this process, which is to
 * come soon: to let it go earlier would be to interrupt its call. */
void follow_close(struct follow *f);

#endif
