/*
 * tracer.h - two traced processes: what they stopped at, and letting them go on.
 *
 * The only user of ptrace. It classifies what waitpid() says into a stop and
 * leaves the process held; the director decides when it goes on. Nothing here
 * prints or judges.
 *
 * Source: ptrace(2), seccomp(2), "The SECCOMP_RET_TRACE stop"; wait(2).
 */
#ifndef STAGE_TRACER_H
#define STAGE_TRACER_H

#include "stage/actor.h"
#include "stage/sandbox.h"
#include "timeline/event.h"

enum hold {
	HOLD_NONE,    /* there is no process */
	HOLD_RUNNING, /* let go: it runs, or sleeps and nobody has looked yet */
	HOLD_ASLEEP,  /* the kernel says that it sleeps in its call */
	HOLD_PARK,    /* waits for its next action */
	HOLD_ENTRY,   /* at the entry of a call, which has not begun */
	HOLD_EXIT,    /* at the exit of a call, which is over */
	HOLD_SIGNAL,  /* a signal is about to be delivered */
	HOLD_STOPPED, /* by a stop signal (SIGSTOP) */
	HOLD_FREE,    /* a program, which is followed (program.h) and not held */
	HOLD_ENDED,
};

struct tracee {
	enum role role;
	enum hold hold;
	pid_t pid;            /* as the stage sees it */
	int own;              /* the same, as the process itself sees it */
	int pidfd;            /* or -1 */
	int stat;             /* its /proc/PID/stat, or -1 */
	int signal;           /* HOLD_SIGNAL: the one to deliver */
	bool in_call;         /* a call of the notation was entered and has not returned */
	long inner;           /* the system call being made: sigreturn is not the call */
	struct mailbox *box;
};

enum stop_kind {
	STOP_PARK,
	STOP_ENTRY,     /* nr, args */
	STOP_EXIT,      /* result, err */
	STOP_INTERRUPT, /* the call was interrupted by a signal and may be restarted */
	STOP_SIGNAL,    /* signal, fate */
	STOP_REFUSED,   /* nr: a call that the filter does not let through */
	STOP_STOPPED,   /* signal */
	STOP_ENDED,     /* signal or status */
};

struct stop {
	enum stop_kind kind;
	struct tracee *tracee;
	long nr;
	unsigned long args[6];
	long result;
	int err;
	int signal;
	enum signal_fate fate;
	int status;
};

/*
 * Start the role's process, which runs PLAY, and wait until it is parked (or, for a
 * PLAY that never parks, has begun). GIVE stays open in it as descriptor 3 (-1: none).
 * T->role and T->box are set by the caller. 0; -1 with WHY.
 */
int tracer_start(struct tracee *t, const struct sandbox *box, actor_main *play, int give,
		 struct str *why);

/* Take the next stop of the N tracees, if there is one; never blocks. One that is held stops
 * no more, but it may have been killed: those are asked only with ALL. */
bool tracer_next(struct tracee *tracees, size_t n, const struct sandbox *box, bool all,
		 struct stop *stop);

/* Let a held process go on; a held signal is delivered. */
void tracer_go(struct tracee *t);

/*
 * Turn the call that a parked process is held in into NR with ARGS: it is then held at the
 * entry of that call, *STOP says, and no stop but its exit follows. False: this kernel cannot
 * (PTRACE_SET_SYSCALL_INFO is of Linux 6.16), and nothing has changed.
 */
bool tracer_turn(struct tracee *t, long nr, const long args[6], struct stop *stop);

/* Ask the kernel whether a HOLD_RUNNING process sleeps in its call now. */
bool tracer_look(const struct tracee *t);

/* End the process and wait for it; T is HOLD_NONE after. */
void tracer_end(struct tracee *t);

/* Copy N bytes at ADDRESS of the process. Returns how many could be. */
size_t tracer_read(const struct tracee *t, unsigned long address, void *to, size_t n);

/* A copy of the process's descriptor FD, close-on-exec; -1 with errno. Close it at once. */
int tracer_borrow(const struct tracee *t, int fd);

#endif
