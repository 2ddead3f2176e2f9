/*
 * follow_task.h - tasks that are followed, and what their stops mean: follow.c's own.
 */
#ifndef STAGE_FOLLOW_TASK_H
#define STAGE_FOLLOW_TASK_H

#include "base/vec.h"
#include "stage/follow.h"

#include <stdint.h>

/* A call that was entered. A handler that interrupts one may make another: they pile up. */
struct underway {
	long nr;
	unsigned long args[6];
	uint64_t ip, sp;       /* where it was made: made there again, it is restarted */
	size_t call;
	bool interrupted;
};

enum { PILE = 4 };

struct task {
	pid_t tid, pid;
	enum role role;
	unsigned number;
	unsigned execs;
	unsigned shells;       /* how many of them are not the program's: sh's own */
	bool program;          /* see follow.h */
	struct underway pile[PILE];
	size_t depth;
	long inner;            /* the system call that it makes now, */
	bool inside;           /* which is the one on top of the pile */
	int signal;            /* to deliver when it goes on */
	bool listens;          /* stopped with its whole process: it waits for SIGCONT */
	bool foreign;
	bool told;             /* START was told */
	bool attached;         /* it or who made it was there before us */
	bool held;             /* it stands in a stop */
};

/* Numbers of system calls go up to about 460. */
enum { NUMBERS = 1024 };

struct follow {
	VEC(struct task *) tasks;
	size_t last;           /* index of the task found last */
	unsigned numbers[ROLES + 1];
	size_t calls;
	uint32_t arch;         /* our own, 0: not known yet */
	bool wanted[NUMBERS];  /* the calls at which what is attached stops to be told */
	sigset_t waited, before;
	VEC(struct follow_stop) ready; /* told before anything new is waited for */
	bool (*own)(void *owner, pid_t pid); /* whether a child is another's; NULL: none is */
	void *owner;
	enum role orphans;     /* whose a task is taken for when nobody knows who made it */
};

struct task *task_find(struct follow *f, pid_t tid);

/* A new one, which belongs to F. */
struct task *task_add(struct follow *f, pid_t tid, pid_t pid, enum role role);
void task_drop(struct follow *f, struct task *t);

/* A task that was not known: a thread or child of PARENT, or (NULL) of one that is known. Which of
 * both is told first, the new task's own stop or its parent's, is open. */
struct task *task_adopt(struct follow *f, pid_t tid, const struct task *parent);

/* A stop of KIND of the task, now. */
struct follow_stop task_stop(const struct task *t, enum follow_kind kind);

/* What follows KEY, `\nKEY:`, in /proc/TID/status as a number; 0: there is none. */
unsigned long long task_status(pid_t tid, const char *key, int base);

/* What waitpid() says of the task. Returns whether there is something to tell, *STOP; if not, it
 * is to go on. T may be gone after. */
bool task_classify(struct follow *f, struct task *t, int status, struct follow_stop *stop);

#endif
