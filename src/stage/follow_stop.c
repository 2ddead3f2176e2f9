/*
 * What the stops of tasks mean.
 */
#include "stage/follow_attach.h"
#include "stage/follow_start.h"
#include "stage/follow_task.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* "This call may be restarted", never seen by a program. Source: include/linux/errno.h. */
enum { ERR_RESTART_FIRST = 512, ERR_RESTART_LAST = 516 };

/* The op values of PTRACE_GET_SYSCALL_INFO, ptrace(2); their headers differ. */
enum { INFO_ENTRY = 1, INFO_EXIT = 2, INFO_SECCOMP = 3 };

/* A stop of a whole process, or a new task; ptrace(2). Some headers do not have it. */
enum { STOP_OF_GROUP = 128 };

/*
 * Each returns whether there is something to tell; if not, the task goes on.
 */

static bool returned(struct task *t, struct follow_stop *stop, long result, int err)
{
	struct underway *u = &t->pile[--t->depth];

	*stop = task_stop(t, FOLLOW_EXIT);
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
		*stop = task_stop(t, FOLLOW_REFUSED);
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
	*stop = task_stop(t, FOLLOW_ENTRY);
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
	*stop = task_stop(t, FOLLOW_EXEC);
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
	if (task_status(tid, "\nSigIgn:", 16) >> (sig - 1) & 1)
		return FATE_IGNORED;
	return task_status(tid, "\nSigCgt:", 16) >> (sig - 1) & 1 ? FATE_HANDLED : FATE_DEFAULT;
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
	*stop = task_stop(t, FOLLOW_SIGNAL);
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
	other = former && (pid_t)former != (*t)->tid ? task_find(f, (pid_t)former) : NULL;
	if (!other)
		return;
	other->tid = (*t)->tid;
	other->execs = (*t)->execs;
	other->shells = (*t)->shells;
	other->program = (*t)->program;
	task_drop(f, *t);
	*t = other;
}

static bool exec_stop(struct follow *f, struct task *t, struct follow_stop *stop)
{
	struct __ptrace_syscall_info info;

	take_over(f, &t);
	t->depth = 0;
	t->inside = false;
	t->execs++;
	*stop = task_stop(t, FOLLOW_EXEC);
	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, (void *)sizeof info, &info) <= 0)
		return true;
	/* The first is sh, which runs on this machine, so its architecture is taken for ours. */
	if (!f->arch)
		f->arch = info.arch;
	stop->foreign = info.arch != f->arch;
	return true;
}

/* The new task may have stopped already; its own first stop tells it. It may even have ended since:
 * where its parent was slow to stop, all of it was told before this, and what its parent has not
 * waited for is nobody's to trace. */
static void child_stop(struct follow *f, struct task *t)
{
	unsigned long tid = 0;

	if (ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &tid) == 0 && tid &&
	    !task_find(f, (pid_t)tid) && task_status((pid_t)tid, "\nTracerPid:", 10))
		task_adopt(f, (pid_t)tid, t);
}

/* A new task's first stop, or that of a process that was stopped as a whole. */
static bool group_stop(struct task *t, int sig, struct follow_stop *stop)
{
	t->listens = sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU;
	if (t->told || t->role == ROLE_NONE)
		return false;
	t->told = true;
	if (t->attached && sig == SIGTRAP)
		attach_mend(t->tid);
	*stop = task_stop(t, FOLLOW_START);
	return true;
}

static bool ended(struct follow *f, struct task *t, int status, struct follow_stop *stop)
{
	*stop = task_stop(t, FOLLOW_END);
	stop->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	stop->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	stop->started = t->execs > t->shells || f->numbers[t->role] > 1 ||
			(stop->status != SPAWN_NO_FILTER && stop->status != SPAWN_NO_SHELL &&
			 (stop->status != SPAWN_NOT_RUN || t->shells));
	if (!t->told && t->role != ROLE_NONE) {
		vec_push(&f->ready, *stop);
		*stop = task_stop(t, FOLLOW_START);
	}
	task_drop(f, t);
	return true;
}

bool task_classify(struct follow *f, struct task *t, int status, struct follow_stop *stop)
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
