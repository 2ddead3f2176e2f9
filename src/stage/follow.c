#include "stage/follow.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/follow_attach.h"
#include "stage/follow_start.h"

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* "This call may be restarted", never seen by a program. Source: include/linux/errno.h. */
enum { ERR_RESTART_FIRST = 512, ERR_RESTART_LAST = 516 };

/* The op values of PTRACE_GET_SYSCALL_INFO, ptrace(2); their headers differ. */
enum { INFO_ENTRY = 1, INFO_EXIT = 2, INFO_SECCOMP = 3 };

/* A stop of a whole process, or a new task; ptrace(2). Some headers do not have it. */
enum { STOP_OF_GROUP = 128 };

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
};

struct follow *follow_open_beside(bool (*own)(void *owner, pid_t pid), void *owner)
{
	struct follow *f = mem_zero(1, sizeof *f);

	f->own = own;
	f->owner = owner;
	sigemptyset(&f->waited);
	sigemptyset(&f->before);
	return f;
}

struct follow *follow_open(void)
{
	struct follow *f = mem_zero(1, sizeof *f);

	sigemptyset(&f->waited);
	sigaddset(&f->waited, SIGCHLD);
	sigaddset(&f->waited, SIGINT);
	sigaddset(&f->waited, SIGTERM);
	sigaddset(&f->waited, SIGHUP);
	sigprocmask(SIG_BLOCK, &f->waited, &f->before);
	return f;
}

/*
 * Tasks.
 */

static struct task *find(struct follow *f, pid_t tid)
{
	if (f->last < f->tasks.n && f->tasks.at[f->last]->tid == tid)
		return f->tasks.at[f->last];
	for (size_t i = 0; i < f->tasks.n; i++)
		if (f->tasks.at[i]->tid == tid) {
			f->last = i;
			return f->tasks.at[i];
		}
	return NULL;
}

static struct task *add(struct follow *f, pid_t tid, pid_t pid, enum role role)
{
	struct task *t = mem_zero(1, sizeof *t);

	t->tid = tid;
	t->pid = pid;
	t->role = role;
	if (role != ROLE_NONE)
		t->number = ++f->numbers[role];
	vec_push(&f->tasks, t);
	return t;
}

static void drop(struct follow *f, struct task *t)
{
	for (size_t i = 0; i < f->tasks.n; i++)
		if (f->tasks.at[i] == t) {
			f->tasks.at[i] = f->tasks.at[--f->tasks.n];
			break;
		}
	free(t);
}

static struct follow_stop stop_of(const struct task *t, enum follow_kind kind)
{
	return (struct follow_stop){.kind = kind, .ns = clock_now(), .role = t->role,
				    .task = t->number, .tid = t->tid, .pid = t->pid,
				    .program = t->program};
}

/* A line of /proc/TID/status as a number; 0: there is none. */
static unsigned long long ask_status(pid_t tid, const char *key, int base)
{
	char path[64], text[4096];
	const char *at;
	size_t n;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)tid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	n = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[n] = '\0';
	at = strstr(text, key);
	return at ? strtoull(at + strlen(key), NULL, base) : 0;
}

/* A task that was not known: a thread or child of one that is. Which of both is told first, the
 * new task's own stop or its parent's, is open. */
static struct task *adopt(struct follow *f, pid_t tid, const struct task *parent)
{
	pid_t pid = (pid_t)ask_status(tid, "\nTgid:", 10);
	struct task *t;

	if (!parent && pid && pid != tid)
		parent = find(f, pid);
	if (!parent)
		parent = find(f, (pid_t)ask_status(tid, "\nPPid:", 10));
	t = add(f, tid, pid ? pid : tid, parent ? parent->role : ROLE_NONE);
	t->attached = parent && parent->attached;
	return t;
}

/*
 * Going on.
 */

/* A call under way must be seen to return; else only the filter stops the task, where it has one. */
static void go(struct task *t)
{
	int sig = t->signal;

	t->signal = 0;
	t->held = false;
	if (t->listens)
		ptrace(PTRACE_LISTEN, t->tid, NULL, NULL);
	else
		ptrace(t->depth || t->attached ? PTRACE_SYSCALL : PTRACE_CONT, t->tid, NULL, (void *)(long)sig);
	t->listens = false;
}

void follow_go(struct follow *f, const struct follow_stop *stop, bool pass)
{
	struct task *t = stop->kind == FOLLOW_END ? NULL : find(f, stop->tid);

	/* What came with its START is told first. */
	if (!t || f->ready.n)
		return;
	if (pass && stop->kind == FOLLOW_ENTRY && t->depth) {
		t->depth--;
		t->inside = false;
	}
	go(t);
}

/*
 * Stops, classified. Each returns whether there is something to tell; if not, the task goes on.
 */

static bool returned(struct task *t, struct follow_stop *stop, long result, int err)
{
	struct underway *u = &t->pile[--t->depth];

	*stop = stop_of(t, FOLLOW_EXIT);
	stop->nr = u->nr;
	memcpy(stop->args, u->args, sizeof stop->args);
	stop->call = u->call;
	stop->result = err ? -1 : result;
	stop->err = err;
	t->inside = false;
	return true;
}

static bool call_left(struct task *t, struct follow_stop *stop, long result, bool is_error)
{
	struct underway *top = t->depth ? &t->pile[t->depth - 1] : NULL;

	if (!top)
		return false;
	/* The handler is over, and what it interrupted comes back as an error, not again. */
	if (t->inner == SYS_rt_sigreturn)
		return top->interrupted && is_error && result == -EINTR &&
		       returned(t, stop, -1, EINTR);
	if (!t->inside)
		return false;
	if (is_error && result <= -ERR_RESTART_FIRST && result >= -ERR_RESTART_LAST) {
		top->interrupted = true;
		t->inside = false;
		return false;
	}
	return returned(t, stop, result, is_error ? (int)-result : 0);
}

static bool call_entered(struct follow *f, struct task *t, struct follow_stop *stop,
			 const struct __ptrace_syscall_info *info)
{
	struct underway *top = t->depth ? &t->pile[t->depth - 1] : NULL;

	if (t->role == ROLE_NONE && info->op == INFO_SECCOMP && info->seccomp.ret_data < ROLES) {
		t->role = (enum role)info->seccomp.ret_data;
		t->number = ++f->numbers[t->role];
	}
	t->inner = (long)info->seccomp.nr;
	if (info->seccomp.ret_data >= SPAWN_REFUSED) {
		*stop = stop_of(t, FOLLOW_REFUSED);
		stop->nr = t->inner;
		return true;
	}
	t->inside = true;
	if (top && top->interrupted && top->nr == t->inner && top->ip == info->instruction_pointer &&
	    top->sp == info->stack_pointer) {
		top->interrupted = false;
		return false;
	}
	/* Handlers that were left by a jump: the oldest never returns. */
	if (t->depth == PILE) {
		memmove(&t->pile[0], &t->pile[1], (PILE - 1) * sizeof t->pile[0]);
		t->depth--;
	}
	top = &t->pile[t->depth++];
	*top = (struct underway){.nr = t->inner, .ip = info->instruction_pointer,
				 .sp = info->stack_pointer, .call = ++f->calls};
	for (size_t i = 0; i < 6; i++)
		top->args[i] = (unsigned long)info->seccomp.args[i];
	*stop = stop_of(t, FOLLOW_ENTRY);
	stop->nr = top->nr;
	stop->call = top->call;
	memcpy(stop->args, top->args, sizeof stop->args);
	return true;
}

/* It was attached to, and turns out to be built for another architecture. */
static bool foreign_call(struct task *t, struct follow_stop *stop)
{
	if (t->foreign)
		return false;
	t->foreign = true;
	*stop = stop_of(t, FOLLOW_EXEC);
	stop->foreign = true;
	return true;
}

static bool call_stop(struct follow *f, struct task *t, struct follow_stop *stop)
{
	struct __ptrace_syscall_info info = {0};

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, (void *)sizeof info, &info) <= 0)
		return false;
	if (t->attached && info.arch != seccomp_arch_native())
		return foreign_call(t, stop);
	switch (info.op) {
	case INFO_SECCOMP:
		return call_entered(f, t, stop, &info);
	case INFO_EXIT:
		return call_left(t, stop, (long)info.exit.rval, info.exit.is_error);
	case INFO_ENTRY:
		/* nr and args are where those of INFO_SECCOMP are. */
		if (t->attached && info.entry.nr < NUMBERS && f->wanted[info.entry.nr])
			return call_entered(f, t, stop, &info);
		t->inner = (long)info.entry.nr;
		t->inside = t->inner == SYS_restart_syscall && t->depth &&
			    t->pile[t->depth - 1].interrupted;
		return false;
	default:
		return false;
	}
}

/* What SIG will do to the process. Source: proc_pid_status(5), SigIgn and SigCgt. */
static enum signal_fate find_fate(pid_t tid, int sig)
{
	if (ask_status(tid, "\nSigIgn:", 16) >> (sig - 1) & 1)
		return FATE_IGNORED;
	return ask_status(tid, "\nSigCgt:", 16) >> (sig - 1) & 1 ? FATE_HANDLED : FATE_DEFAULT;
}

/* Signals whose default is to be ignored: only a handler makes them worth telling. */
static bool idle_signal(int sig)
{
	return sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH || sig == SIGCONT;
}

static bool signal_stop(struct task *t, int sig, struct follow_stop *stop)
{
	enum signal_fate fate = find_fate(t->tid, sig);

	t->signal = sig;
	if (idle_signal(sig) && fate != FATE_HANDLED)
		return false;
	*stop = stop_of(t, FOLLOW_SIGNAL);
	stop->signal = sig;
	stop->fate = fate;
	return true;
}

/* The other threads are gone; the one that called execve() has the process's own number now. */
static void take_over(struct follow *f, struct task **t)
{
	unsigned long former = 0;
	struct task *other;

	ptrace(PTRACE_GETEVENTMSG, (*t)->tid, NULL, &former);
	other = former && (pid_t)former != (*t)->tid ? find(f, (pid_t)former) : NULL;
	if (!other)
		return;
	other->tid = (*t)->tid;
	other->execs = (*t)->execs;
	other->shells = (*t)->shells;
	other->program = (*t)->program;
	drop(f, *t);
	*t = other;
}

static bool exec_stop(struct follow *f, struct task *t, struct follow_stop *stop)
{
	struct __ptrace_syscall_info info;

	take_over(f, &t);
	t->depth = 0;
	t->inside = false;
	t->execs++;
	*stop = stop_of(t, FOLLOW_EXEC);
	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, (void *)sizeof info, &info) <= 0)
		return true;
	/* The first is sh, which runs on this machine, so its architecture is taken for ours. */
	if (!f->arch)
		f->arch = info.arch;
	stop->foreign = info.arch != f->arch;
	return true;
}

/* The new task may have stopped already; its own first stop tells it. */
static void child_stop(struct follow *f, struct task *t)
{
	unsigned long tid = 0;

	if (ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &tid) == 0 && tid && !find(f, (pid_t)tid))
		adopt(f, (pid_t)tid, t);
}

/* A new task's first stop, or that of a process that was stopped as a whole. */
static bool group_stop(struct task *t, int sig, struct follow_stop *stop)
{
	t->listens = sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU;
	if (t->told || t->role == ROLE_NONE)
		return false;
	t->told = true;
	*stop = stop_of(t, FOLLOW_START);
	return true;
}

static bool ended(struct follow *f, struct task *t, int status, struct follow_stop *stop)
{
	*stop = stop_of(t, FOLLOW_END);
	stop->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	stop->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	stop->started = t->execs > t->shells || f->numbers[t->role] > 1 ||
			(stop->status != 126 && stop->status != 127);
	if (!t->told && t->role != ROLE_NONE) {
		vec_push(&f->ready, *stop);
		*stop = stop_of(t, FOLLOW_START);
	}
	drop(f, t);
	return true;
}

static bool classify(struct follow *f, struct task *t, int status, struct follow_stop *stop)
{
	if (!WIFSTOPPED(status))
		return ended(f, t, status, stop);
	switch (status >> 16) {
	case PTRACE_EVENT_SECCOMP:
		return call_stop(f, t, stop);
	case PTRACE_EVENT_EXEC:
		return exec_stop(f, t, stop);
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		child_stop(f, t);
		return false;
	case STOP_OF_GROUP:
		return group_stop(t, WSTOPSIG(status), stop);
	case 0:
		break;
	default:
		return false;
	}
	if (WSTOPSIG(status) == (SIGTRAP | 0x80))
		return call_stop(f, t, stop);
	return signal_stop(t, WSTOPSIG(status), stop);
}

/* A task whose START was not told yet: that comes first, then STOP. */
static void tell_start(struct follow *f, struct follow_stop *stop)
{
	struct task *t = find(f, stop->tid);

	if (!t || t->told || t->role == ROLE_NONE)
		return;
	t->told = true;
	vec_push(&f->ready, *stop);
	*stop = stop_of(t, FOLLOW_START);
}

/* The next child that has something to tell and is not another's; 0: there is none. */
static pid_t wait_any(struct follow *f, int *status)
{
	siginfo_t info = {0};

	if (!f->own)
		return waitpid(-1, status, WNOHANG | __WALL);
	if (waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL) < 0 ||
	    info.si_pid == 0 || f->own(f->owner, info.si_pid))
		return 0;
	return waitpid(info.si_pid, status, WNOHANG | __WALL);
}

bool follow_look(struct follow *f, struct follow_stop *stop)
{
	int status;
	pid_t tid;

	if (f->ready.n) {
		*stop = f->ready.at[0];
		f->ready.n = 0;
		return true;
	}
	while ((tid = wait_any(f, &status)) > 0) {
		struct task *t = find(f, tid);

		if (!t && !WIFSTOPPED(status))
			continue;
		if (!t)
			t = adopt(f, tid, NULL);
		t->held = WIFSTOPPED(status);
		if (classify(f, t, status, stop)) {
			if (stop->kind != FOLLOW_START && stop->kind != FOLLOW_END)
				tell_start(f, stop);
			return true;
		}
		go(t);
	}
	return false;
}

enum follow_news follow_next(struct follow *f, int64_t ns, struct follow_stop *stop)
{
	struct timespec left = {.tv_sec = (time_t)(ns / CLOCK_S), .tv_nsec = (long)(ns % CLOCK_S)};
	siginfo_t info;
	int sig;

	for (;;) {
		if (follow_look(f, stop))
			return FOLLOW_STOPPED;
		if (f->tasks.n == 0)
			return FOLLOW_OVER;
		sig = ns < 0 ? sigwaitinfo(&f->waited, &info)
			     : sigtimedwait(&f->waited, &info, &left);
		if (sig < 0 && errno == EAGAIN)
			return FOLLOW_QUIET;
		if (sig > 0 && sig != SIGCHLD) {
			*stop = (struct follow_stop){.signal = sig, .ns = clock_now(),
						     .role = ROLE_NONE,
						     .status = info.si_code > 0};
			return FOLLOW_CAUGHT;
		}
	}
}

/*
 * The rest.
 */

int follow_start(struct follow *f, enum role role, const struct follow_plan *plan, struct str *why)
{
	pid_t pid = follow_spawn(role, plan, &f->before, why);
	struct task *t;

	if (pid < 0)
		return -1;
	t = add(f, pid, pid, role);
	t->program = true;
	t->shells = plan->command ? 1 : 0;
	return 0;
}

struct attaching {
	struct follow *follow;
	enum role role;
};

static void attach_one(void *data, pid_t pid, pid_t tid)
{
	struct attaching *a = data;
	struct task *t = add(a->follow, tid, pid, a->role);

	t->program = tid == pid;
	t->execs = 2; /* it is the program already */
	t->attached = true;
}

int follow_attach(struct follow *f, enum role role, pid_t pid, const char *const *calls,
		  struct str *why)
{
	struct attaching a = {f, role};

	for (; *calls; calls++) {
		int nr = seccomp_syscall_resolve_name(*calls);

		if (nr >= 0 && nr < NUMBERS)
			f->wanted[nr] = true;
	}
	return attach_all(pid, attach_one, &a, why);
}

bool follow_any(const struct follow *f)
{
	return f->tasks.n > 0;
}

size_t follow_started(const struct follow *f, enum role role)
{
	size_t n = 0;

	for (size_t i = 0; i < f->tasks.n; i++)
		n += f->tasks.at[i]->role == role && !f->tasks.at[i]->attached;
	return n;
}

size_t follow_left(const struct follow *f, enum role role)
{
	size_t n = 0;

	for (size_t i = 0; i < f->tasks.n; i++)
		n += f->tasks.at[i]->role == role;
	return n;
}

pid_t follow_process(const struct follow *f, enum role role, size_t i)
{
	for (size_t k = 0; k < f->tasks.n; k++) {
		const struct task *t = f->tasks.at[k];

		if (t->role == role && t->tid == t->pid && i-- == 0)
			return t->pid;
	}
	return 0;
}

void follow_signal(struct follow *f, enum role role, int sig)
{
	for (size_t i = 0; i < f->tasks.n; i++) {
		const struct task *t = f->tasks.at[i];

		if (t->tid == t->pid && !t->attached && (role == ROLE_NONE || t->role == role))
			kill(t->pid, sig);
	}
}

size_t follow_read(pid_t tid, unsigned long address, void *to, size_t n)
{
	struct iovec here = {to, n};
	struct iovec there = {(void *)address, n}; /* an address of the other process */
	ssize_t got = process_vm_readv(tid, &here, 1, &there, 1, 0);

	return got > 0 ? (size_t)got : 0;
}

/* Who stands in a stop goes on with what it stopped for. */
static void let_go(struct task *t)
{
	if (t->attached && t->held)
		ptrace(PTRACE_DETACH, t->tid, NULL, (void *)(long)t->signal);
}

/* Whether there is a task that was attached to, or one that was not. */
static bool has(const struct follow *f, bool attached)
{
	for (size_t i = 0; i < f->tasks.n; i++)
		if (f->tasks.at[i]->attached == attached)
			return true;
	return false;
}

static void end_one(struct follow *f, pid_t tid, int status)
{
	struct task *t = find(f, tid);

	if (t && t->attached && WIFSTOPPED(status)) {
		t->held = true;
		t->signal = status >> 16 == 0 && WSTOPSIG(status) != (SIGTRAP | 0x80) ? WSTOPSIG(status) : 0;
	} else if (WIFSTOPPED(status)) {
		kill(tid, SIGKILL);
	} else if (t) {
		drop(f, t);
	}
}

/* A child that was born meanwhile is told by waitpid(), and killed then. Beside others only those
 * that are known are waited for: what they leave ends with the sandbox they are in. */
static void end_all(struct follow *f)
{
	bool more = !f->own && has(f, false);
	int status;

	follow_signal(f, ROLE_NONE, SIGKILL);
	for (pid_t tid; more && (tid = waitpid(-1, &status, __WALL)) > 0;) {
		end_one(f, tid, status);
		/* What is attached does not end: then those that are known are all there are. */
		more = has(f, false) || !has(f, true);
	}
	for (size_t i = 0; i < f->tasks.n; i++)
		let_go(f->tasks.at[i]);
	for (size_t i = 0; f->own && i < f->tasks.n; i++)
		while (waitpid(f->tasks.at[i]->tid, &status, __WALL) > 0 && WIFSTOPPED(status))
			kill(f->tasks.at[i]->tid, SIGKILL);
}

void follow_close(struct follow *f)
{
	struct timespec now = {0};

	if (!f)
		return;
	end_all(f);
	while (!f->own && sigtimedwait(&f->waited, &(siginfo_t){0}, &now) > 0)
		;
	if (!f->own)
		sigprocmask(SIG_SETMASK, &f->before, NULL);
	for (size_t i = 0; i < f->tasks.n; i++)
		free(f->tasks.at[i]);
	vec_free(&f->tasks);
	vec_free(&f->ready);
	free(f);
}
