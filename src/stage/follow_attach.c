#include "stage/follow_attach.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

#ifdef __x86_64__
#include <elf.h>
#include <sys/user.h>
#endif

/* The first N - 1 bytes of a file of /proc; "" when it cannot be read. */
static void read_start(const char *path, char *text, size_t n)
{
	FILE *file = fopen(path, "re");
	size_t got = file ? fread(text, 1, n - 1, file) : 0;

	text[got] = '\0';
	if (file)
		fclose(file);
}

static long status_of(const char *status, const char *key)
{
	const char *at = strstr(status, key);

	return at ? strtol(at + strlen(key), NULL, 10) : 0;
}

/* Why the kernel did not allow it: errno says EPERM for all of these. */
static void explain(pid_t pid, struct str *why)
{
	char path[64], status[4096], scope[16];
	long tracer;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	read_start(path, status, sizeof status);
	read_start("/proc/sys/kernel/yama/ptrace_scope", scope, sizeof scope);
	tracer = status_of(status, "\nTracerPid:");
	if (strstr(status, "\nState:\tZ"))
		str_addf(why, _("process %d has ended already"), (int)pid);
	else if (tracer)
		str_addf(why, _("process %1$d is traced already, by process %2$ld; only one can"),
			 (int)pid, tracer);
	else if (geteuid() != 0 && status_of(status, "\nUid:") != (long)geteuid())
		str_addf(why, _("process %d belongs to another user: root may trace it"), (int)pid);
	else if (atoi(scope) > 0)
		str_addf(why,
			 _("process %1$d may not be traced: kernel.yama.ptrace_scope is %2$d here, "
			   "so only root may (sudo sysctl kernel.yama.ptrace_scope=0 changes that)"),
			 (int)pid, atoi(scope));
	else
		str_addf(why, _("the system does not let process %d be traced"), (int)pid);
}

/* It is stopped once: only from a stop on are its calls seen. */
static int seize(pid_t tid)
{
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
				PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC;

	if (ptrace(PTRACE_SEIZE, tid, NULL, (void *)options) < 0)
		return -1;
	ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
	return 0;
}

/* One look through the threads. Whether any was new; those that are followed cannot be seized
 * again. */
static bool seize_new(DIR *threads, pid_t pid, void (*add)(void *data, pid_t pid, pid_t tid),
		      void *data)
{
	bool any = false;

	rewinddir(threads);
	for (const struct dirent *e; (e = readdir(threads));) {
		pid_t tid = (pid_t)atoi(e->d_name);

		if (tid <= 0 || seize(tid) < 0)
			continue;
		add(data, pid, tid);
		any = true;
	}
	return any;
}

/* Whether PID may be tried at all. */
static bool is_process(pid_t pid, struct str *why)
{
	char path[64], status[4096];
	long process;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	read_start(path, status, sizeof status);
	process = status_of(status, "\nTgid:");
	if (!*status)
		str_addf(why, _("there is no process %d"), (int)pid);
	else if (process != (long)pid)
		str_addf(why, _("%1$d is a thread of process %2$ld, which can be attached to as a whole"),
			 (int)pid, process);
	else if (pid == getpid() || pid == getppid())
		str_addf(why, _("process %d is this tutor itself"), (int)pid);
	else
		return true;
	return false;
}

int attach_all(pid_t pid, void (*add)(void *data, pid_t pid, pid_t tid), void *data,
	       struct str *why)
{
	char path[64];
	DIR *threads;

	if (!is_process(pid, why))
		return -1;
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	threads = opendir(path);
	if (!threads || seize(pid) < 0) {
		explain(pid, why);
		if (threads)
			closedir(threads);
		return -1;
	}
	add(data, pid, pid);
	while (seize_new(threads, pid, add, data))
		;
	closedir(threads);
	return 0;
}

/* Whether a signal waits for the task: then it is that which interrupts. */
static bool has_signal(pid_t tid)
{
	char path[64], status[4096];
	unsigned long long pending = 0, blocked = 0;
	const char *at;

	snprintf(path, sizeof path, "/proc/%d/status", (int)tid);
	read_start(path, status, sizeof status);
	if ((at = strstr(status, "\nSigPnd:")))
		pending |= strtoull(at + strlen("\nSigPnd:"), NULL, 16);
	if ((at = strstr(status, "\nShdPnd:")))
		pending |= strtoull(at + strlen("\nShdPnd:"), NULL, 16);
	if ((at = strstr(status, "\nSigBlk:")))
		blocked = strtoull(at + strlen("\nSigBlk:"), NULL, 16);
	return (pending & ~blocked) != 0;
}

#ifdef __x86_64__
void attach_mend(pid_t tid)
{
	enum { CALL_BYTES = 2 }; /* of the instruction that makes a call */
	struct user_regs_struct regs;
	struct iovec at = {&regs, sizeof regs};

	if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &at) < 0 || at.iov_len != sizeof regs)
		return;
	/* In no call orig_rax is -1; after a handler, too. */
	if ((long)regs.orig_rax < 0 || (long)regs.rax != -EINTR || has_signal(tid))
		return;
	regs.rax = regs.orig_rax;
	regs.rip -= CALL_BYTES;
	ptrace(PTRACE_SETREGSET, tid, (void *)NT_PRSTATUS, &at);
}
#else
void attach_mend(pid_t tid)
{
	(void)tid;
	(void)has_signal;
}
#endif
