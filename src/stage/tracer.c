#include "stage/tracer.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* The kernel's own values for "this call may be restarted", never seen by a
 * program. Source: include/linux/errno.h. */
enum { ERR_RESTART_FIRST = 512, ERR_RESTART_LAST = 516 };

/* The op values of PTRACE_GET_SYSCALL_INFO, ptrace(2); their headers differ. */
enum { INFO_ENTRY = 1, INFO_EXIT = 2, INFO_SECCOMP = 3 };

/* ptrace(2); headers older than Linux 6.16 do not have it. */
enum { SET_SYSCALL_INFO = 0x4212 };

/* si_code of the SIGSYS that a seccomp filter sends, seccomp(2). */
enum { SIGSYS_BY_SECCOMP = 1 };

static void reset_signals(bool ignore_sigpipe)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	if (ignore_sigpipe)
		signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child. Without namespaces the death signal is what ends an actor whose
 * stage was killed before the tracer's EXITKILL was set. */
static _Noreturn void become_actor(struct tracee *t, const struct sandbox *box, actor_main *play,
				   int give, pid_t stage)
{
	static const char *const names[] = {"process-A", "process-B"};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!box->init && getppid() != stage)
		_exit(1);
	prctl(PR_SET_NAME, names[t->role]);
	t->box->pid = (int)getpid();
	reset_signals(t->box->ignore_sigpipe);
	sandbox_confine(box, give);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		_exit(2);
	raise(SIGSTOP);
	if (sandbox_close(box) < 0)
		_exit(3);
	play(t->box);
	_exit(0);
}

static int open_proc(const struct sandbox *box, pid_t pid, const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "%d/%s", (int)pid, name);
	return openat(box->proc, path, O_RDONLY | O_CLOEXEC);
}

static int first_stop(struct tracee *t, struct str *why)
{
	long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD;
	int status;

	if (waitpid(t->pid, &status, __WALL) != t->pid) {
		str_addf(why, _("%1$s is lost: %2$s"), role_name(t->role), strerror(errno));
		return -1;
	}
	if (!WIFSTOPPED(status)) {
		str_addf(why, _("%s cannot be traced here; `socktutor doctor` says more"),
			 role_name(t->role));
		return -1;
	}
	t->own = t->box->pid; /* it has run nothing yet that could have changed it */
	if (ptrace(PTRACE_SETOPTIONS, t->pid, NULL, options) < 0 ||
	    ptrace(PTRACE_CONT, t->pid, NULL, NULL) < 0) {
		str_addf(why, _("%1$s cannot be traced here: %2$s"), role_name(t->role),
			 strerror(errno));
		return -1;
	}
	t->hold = HOLD_RUNNING;
	return 0;
}

int tracer_start(struct tracee *t, const struct sandbox *box, actor_main *play, int give,
		 struct str *why)
{
	pid_t stage = getpid();

	t->in_call = false;
	t->pidfd = t->stat = -1;
	t->box->used = 0;
	t->box->mail = MAIL_NONE;
	t->pid = fork();
	if (t->pid == 0)
		become_actor(t, box, play, give, stage);
	if (t->pid < 0) {
		str_addf(why, _("no process can be made: %s"), strerror(errno));
		return -1;
	}
	t->hold = HOLD_RUNNING;
	if (first_stop(t, why) < 0)
		return -1;
	t->stat = open_proc(box, t->pid, "stat");
#ifdef SYS_pidfd_open
	t->pidfd = (int)syscall(SYS_pidfd_open, t->pid, 0);
#endif
	return 0;
}

/* What SIG will do to the process. Source: proc_pid_status(5), SigIgn and SigCgt. */
static enum signal_fate find_fate(const struct sandbox *box, pid_t pid, int sig)
{
	int fd = open_proc(box, pid, "status");
	char text[4096];
	const char *at;
	ssize_t n;

	if (fd < 0)
		return FATE_DEFAULT;
	n = read(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	at = strstr(text, "\nSigIgn:");
	if (at && strtoull(at + 8, NULL, 16) >> (sig - 1) & 1)
		return FATE_IGNORED;
	at = strstr(text, "\nSigCgt:");
	return at && strtoull(at + 8, NULL, 16) >> (sig - 1) & 1 ? FATE_HANDLED : FATE_DEFAULT;
}

static bool restarts(long result)
{
	return result <= -ERR_RESTART_FIRST && result >= -ERR_RESTART_LAST;
}

static bool syscall_exit(struct tracee *t, struct stop *stop, long result, bool is_error)
{
	if (!t->in_call || t->inner == SYS_rt_sigreturn)
		return false;
	if (is_error && restarts(result)) {
		t->hold = HOLD_EXIT;
		stop->kind = STOP_INTERRUPT;
		return true;
	}
	t->in_call = false;
	t->hold = HOLD_EXIT;
	stop->kind = STOP_EXIT;
	stop->result = is_error ? -1 : result;
	stop->err = is_error ? (int)-result : 0;
	return true;
}

static bool seccomp_stop(struct tracee *t, struct stop *stop,
			 const struct __ptrace_syscall_info *info)
{
	t->inner = (long)info->seccomp.nr;
	if (info->seccomp.ret_data == SECCOMP_PARK) {
		t->hold = HOLD_PARK;
		stop->kind = STOP_PARK;
		return true;
	}
	/* The same call again after an interruption: still one call. */
	if (t->in_call)
		return false;
	t->in_call = true;
	t->hold = HOLD_ENTRY;
	stop->kind = STOP_ENTRY;
	stop->nr = t->inner;
	for (size_t i = 0; i < 6; i++)
		stop->args[i] = (unsigned long)info->seccomp.args[i];
	return true;
}

/* Returns false when the stop tells nothing: the process goes on at once. */
static bool syscall_stop(struct tracee *t, struct stop *stop)
{
	struct __ptrace_syscall_info info;
	long n = ptrace(PTRACE_GET_SYSCALL_INFO, t->pid, (void *)sizeof info, &info);

	if (n <= 0)
		return false;
	switch (info.op) {
	case INFO_SECCOMP:
		return seccomp_stop(t, stop, &info);
	case INFO_EXIT:
		return syscall_exit(t, stop, (long)info.exit.rval, info.exit.is_error);
	case INFO_ENTRY:
		t->inner = (long)info.entry.nr;
		return false;
	default:
		return false;
	}
}

static bool signal_stop(struct tracee *t, const struct sandbox *box, int sig, struct stop *stop)
{
	siginfo_t info;

	stop->signal = sig;
	if (ptrace(PTRACE_GETSIGINFO, t->pid, NULL, &info) < 0) {
		t->hold = HOLD_STOPPED;
		stop->kind = STOP_STOPPED;
		return true;
	}
	t->hold = HOLD_SIGNAL;
	t->signal = sig;
	if (sig == SIGSYS && info.si_code == SIGSYS_BY_SECCOMP) {
		stop->kind = STOP_REFUSED;
		stop->nr = info.si_syscall;
		return true;
	}
	stop->kind = STOP_SIGNAL;
	stop->fate = find_fate(box, t->pid, sig);
	return true;
}

static void forget(struct tracee *t, enum hold hold)
{
	if (t->stat >= 0)
		close(t->stat);
	if (t->pidfd >= 0)
		close(t->pidfd);
	t->stat = t->pidfd = -1;
	t->in_call = false;
	t->hold = hold;
}

static bool ended(struct tracee *t, int status, struct stop *stop)
{
	stop->kind = STOP_ENDED;
	stop->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	stop->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	forget(t, HOLD_ENDED);
	return true;
}

/* Classify a wait status. */
static bool classify(struct tracee *t, const struct sandbox *box, int status, struct stop *stop)
{
	*stop = (struct stop){.tracee = t};
	if (!WIFSTOPPED(status))
		return ended(t, status, stop);
	if (status >> 16 == PTRACE_EVENT_SECCOMP || WSTOPSIG(status) == (SIGTRAP | 0x80))
		return syscall_stop(t, stop);
	if (status >> 16)
		return false;
	return signal_stop(t, box, WSTOPSIG(status), stop);
}

bool tracer_next(struct tracee *tracees, size_t n, const struct sandbox *box, bool all,
		 struct stop *stop)
{
	int status;

	for (size_t i = 0; i < n; i++) {
		struct tracee *t = &tracees[i];

		if (t->hold == HOLD_NONE || t->hold == HOLD_ENDED || t->hold == HOLD_FREE)
			continue;
		if (!all && t->hold != HOLD_RUNNING && t->hold != HOLD_ASLEEP)
			continue;
		while (waitpid(t->pid, &status, WNOHANG | __WALL) == t->pid) {
			if (classify(t, box, status, stop))
				return true;
			ptrace(PTRACE_SYSCALL, t->pid, NULL, NULL);
		}
	}
	return false;
}

void tracer_go(struct tracee *t)
{
	/* A call under way must be seen to return. */
	bool to_exit = t->hold == HOLD_ENTRY || t->in_call;
	long sig = t->hold == HOLD_SIGNAL ? t->signal : 0;

	t->hold = HOLD_RUNNING;
	ptrace(to_exit ? PTRACE_SYSCALL : PTRACE_CONT, t->pid, NULL, (void *)sig);
}

bool tracer_turn(struct tracee *t, long nr, const long args[6], struct stop *stop)
{
	struct __ptrace_syscall_info info;

	if (t->hold != HOLD_PARK)
		return false;
	memset(&info, 0, sizeof info);
	info.op = INFO_SECCOMP;
	info.seccomp.nr = (unsigned long)nr;
	*stop = (struct stop){.kind = STOP_ENTRY, .tracee = t, .nr = nr};
	for (size_t i = 0; i < 6; i++)
		info.seccomp.args[i] = stop->args[i] = (unsigned long)args[i];
	if (ptrace((__typeof__(PTRACE_CONT))SET_SYSCALL_INFO, t->pid, (void *)sizeof info,
		   &info) < 0)
		return false;
	t->inner = nr;
	t->in_call = true;
	t->hold = HOLD_ENTRY;
	return true;
}

bool tracer_look(const struct tracee *t)
{
	char text[256], *at;
	ssize_t n;

	if (t->hold != HOLD_RUNNING || t->stat < 0 || !t->in_call)
		return false;
	n = pread(t->stat, text, sizeof text - 1, 0);
	if (n <= 0)
		return false;
	text[n] = '\0';
	at = strrchr(text, ')');
	return at && at[1] == ' ' && at[2] == 'S';
}

void tracer_end(struct tracee *t)
{
	if (t->hold != HOLD_NONE && t->hold != HOLD_ENDED && t->pid > 0) {
		kill(t->pid, SIGKILL);
		while (waitpid(t->pid, NULL, __WALL) < 0 && errno == EINTR)
			;
	}
	if (t->hold != HOLD_NONE)
		forget(t, HOLD_NONE);
	t->pid = 0;
}

size_t tracer_read(const struct tracee *t, unsigned long address, void *to, size_t n)
{
	struct iovec here = {to, n};
	struct iovec there = {(void *)address, n}; /* an address of the other process */
	ssize_t got = process_vm_readv(t->pid, &here, 1, &there, 1, 0);

	return got > 0 ? (size_t)got : 0;
}

int tracer_borrow(const struct tracee *t, int fd)
{
#ifdef SYS_pidfd_getfd
	if (t->pidfd >= 0)
		return (int)syscall(SYS_pidfd_getfd, t->pidfd, fd, 0);
#endif
	errno = ENOSYS;
	return -1;
}
