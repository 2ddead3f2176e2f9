#include "stage/follow.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/follow_attach.h"
#include "stage/follow_start.h"
#include "stage/follow_task.h"

#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>

struct follow *follow_open_beside(bool (*own)(void *owner, pid_t pid), void *owner)
{
	struct follow *f = mem_zero(1, sizeof *f);

	f->orphans = ROLE_NONE;
	f->own = own;
	f->owner = owner;
	sigemptyset(&f->waited);
	sigemptyset(&f->before);
	return f;
}

struct follow *follow_open(void)
{
	struct follow *f = mem_zero(1, sizeof *f);

	f->orphans = ROLE_NONE;
	sigemptyset(&f->waited);
	sigaddset(&f->waited, SIGCHLD);
	sigaddset(&f->waited, SIGINT);
	sigaddset(&f->waited, SIGTERM);
	sigaddset(&f->waited, SIGHUP);
	sigprocmask(SIG_BLOCK, &f->waited, &f->before);
	return f;
}

/*
 * Going on.
 */

/* A call under way must be seen to return; else only the filter stops the task. What is attached
 * has none. */
static void go(struct task *t)
{
	int sig = t->signal;

	t->signal = 0;
	t->held = false;
	if (t->listens)
		ptrace(PTRACE_LISTEN, t->tid, NULL, NULL);
	else
		ptrace(t->depth || t->attached ? PTRACE_SYSCALL : PTRACE_CONT, t->tid, NULL,
		       (void *)(long)sig);
	t->listens = false;
}

void follow_go(struct follow *f, const struct follow_stop *stop, bool pass)
{
	struct task *t = stop->kind == FOLLOW_END ? NULL : task_find(f, stop->tid);

	/* What came with its START is told first. */
	if (!t || f->ready.n)
		return;
	if (pass && stop->kind == FOLLOW_ENTRY && t->depth) {
		t->depth--;
		t->inside = false;
	}
	go(t);
}

/* A task whose START was not told yet: that comes first, then STOP. */
static void tell_start(struct follow *f, struct follow_stop *stop)
{
	struct task *t = task_find(f, stop->tid);

	if (!t || t->told || t->role == ROLE_NONE)
		return;
	t->told = true;
	vec_push(&f->ready, *stop);
	*stop = task_stop(t, FOLLOW_START);
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
		struct task *t = task_find(f, tid);

		if (!t && !WIFSTOPPED(status))
			continue;
		if (!t)
			t = task_adopt(f, tid, NULL);
		t->held = WIFSTOPPED(status);
		if (task_classify(f, t, status, stop)) {
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
	t = task_add(f, pid, pid, role);
	t->program = true;
	t->shells = plan->command ? 1 : 0;
	/* What a killed program leaves behind must not go its own way where programs are bounded. */
	if (f->own)
		f->orphans = role;
	return 0;
}

struct attaching {
	struct follow *follow;
	enum role role;
};

static void attach_one(void *data, pid_t pid, pid_t tid)
{
	struct attaching *a = data;
	struct task *t = task_add(a->follow, tid, pid, a->role);

	t->program = tid == pid;
	t->execs = 2; /* it is the program already */
	t->attached = true;
}

static bool has_stopped(pid_t tid)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)tid, &info, WSTOPPED | WEXITED | WNOHANG | WNOWAIT | __WALL) < 0 ||
	       info.si_pid != 0;
}

/*
 * Wait until those that were attached to have stopped: a call that one of them is in could else be
 * over, by what the other program does, before it is seen. What cannot be interrupted, in a sleep
 * for a disk, is not waited for long.
 */
static void settle(const struct follow *f)
{
	int64_t until = clock_now() + CLOCK_S, left;
	struct timespec time;
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (size_t i = 0; i < f->tasks.n; i++)
		while (f->tasks.at[i]->attached && !has_stopped(f->tasks.at[i]->tid) &&
		       (left = until - clock_now()) > 0) {
			time = (struct timespec){left / CLOCK_S, (long)(left % CLOCK_S)};
			sigtimedwait(&child, NULL, &time);
		}
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
	if (attach_all(pid, attach_one, &a, why) < 0)
		return -1;
	settle(f);
	return 0;
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
	struct task *t = task_find(f, tid);

	if (t && t->attached && WIFSTOPPED(status)) {
		int sig = status >> 16 == 0 ? WSTOPSIG(status) : 0;

		t->held = true;
		t->signal = sig == (SIGTRAP | 0x80) ? 0 : sig;
	} else if (WIFSTOPPED(status)) {
		kill(tid, SIGKILL);
	} else if (t) {
		task_drop(f, t);
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
