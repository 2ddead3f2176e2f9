#include "stage/follow_start.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static int add_rules(scmp_filter_ctx filter, const char *const *names, uint32_t action)
{
	for (const char *const *name = names; *name; name++) {
		int nr = seccomp_syscall_resolve_name(*name);
		int got = nr < 0 ? 0 : seccomp_rule_add(filter, action, nr, 0);

		if (got < 0 && got != -EEXIST)
			return got;
	}
	return 0;
}

/*
 * What would go past the filter: calls that are made by the kernel for a queue, and namespaces, in
 * which a program has privileges. clone3() keeps its flags where no filter can look; libraries do
 * without it when it is not there.
 *
 * splice() and sendfile() move bytes that nobody sees, and while they wait for a socket they hold the
 * pipe that is written to: whoever reads what the program prints would wait for ever. Programs
 * that use them do without where they are no use (EINVAL).
 */
static int close_gaps(scmp_filter_ctx filter, const struct follow_plan *plan, enum role role)
{
	static const char *const absent[] = {"clone3", "io_uring_setup", "io_uring_enter",
					     "io_uring_register", NULL};
	static const char *const useless[] = {"splice", "sendfile", "sendfile64", NULL};
	int got = add_rules(filter, absent, SCMP_ACT_ERRNO(ENOSYS));

	if (got == 0)
		got = add_rules(filter, useless, SCMP_ACT_ERRNO(EINVAL));
	if (got == 0)
		got = add_rules(filter, plan->refused, SCMP_ACT_TRACE(SPAWN_REFUSED + (uint16_t)role));
	if (got == 0)
		got = seccomp_rule_add(filter, SCMP_ACT_TRACE(SPAWN_REFUSED + (uint16_t)role),
				       SCMP_SYS(clone), 1,
				       SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
	return got;
}

/* All other calls, and those of programs of another architecture, run as if nothing were there. */
static int load_filter(const struct follow_plan *plan, enum role role)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int got;

	if (!filter)
		return -ENOMEM;
	got = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
			       plan->refused ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ALLOW);
	/* The first rule for a call is the one that counts. */
	if (got == 0 && plan->refused)
		got = close_gaps(filter, plan, role);
	if (got == 0)
		got = add_rules(filter, plan->calls, SCMP_ACT_TRACE((uint16_t)role));
	if (got == 0)
		got = seccomp_load(filter);
	seccomp_release(filter);
	return got;
}

/* Whether it is one command, of which sh does nothing more than start it: nothing outside quotes
 * that joins commands. */
static bool is_simple(const char *command)
{
	char quote = 0;

	for (const char *p = command; *p; p++) {
		if (*p == '\\' && quote != '\'' && p[1])
			p++;
		else if (quote)
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '&' && p > command && (p[-1] == '>' || p[-1] == '<'))
			continue;
		else if (strchr(";&|()`\n", *p))
			return false;
	}
	return !quote;
}

/* Whether the first word of COMMAND is a program: sh's own words mostly are none. */
static bool is_program(const char *command)
{
	const char *path = getenv("PATH");
	int len = (int)strcspn(command, " \t<>\"'\\$*?[~=");
	struct str s = {0};
	bool found = false;

	if (len == 0 || strchr("\"'\\$*?[~=", command[len] ? command[len] : ' '))
		return false;
	if (memchr(command, '/', (size_t)len))
		return true;
	while (path && *path && !found) {
		int n = (int)strcspn(path, ":");

		str_cut(&s, 0);
		str_addf(&s, "%.*s/%.*s", n, path, len, command);
		found = access(str_text(&s), X_OK) == 0;
		path += n + (path[n] == ':');
	}
	str_free(&s);
	return found;
}

/* What sh is given: it becomes the program where it can, so that this is the first task. */
static char *shell_text(const char *command)
{
	command += strspn(command, " \t");
	return str_make("%s%s", is_simple(command) && is_program(command) ? "exec " : "", command);
}

/* In the child: wait until it is followed, then become the program. */
static _Noreturn void become(enum role role, const struct follow_plan *plan, const sigset_t *mask,
			     int ready)
{
	char *text = plan->command ? shell_text(plan->command) : NULL;
	char c;

	if (read(ready, &c, 1) != 1)
		_exit(SPAWN_NO_FILTER);
	close(ready);
	if (plan->prepare)
		plan->prepare(plan->data, role);
	if (plan->output >= 0)
		dup2(plan->output, STDOUT_FILENO);
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (load_filter(plan, role) < 0)
		_exit(SPAWN_NO_FILTER);
	if (text)
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	else
		execvp(plan->words[0], (char *const *)plan->words);
	/* ENOENT is also said of a script whose interpreter is not there. */
	if (!text && (errno != ENOENT || access(plan->words[0], F_OK) == 0))
		_exit(SPAWN_NOT_RUN);
	_exit(SPAWN_NO_SHELL);
}

static int seize(pid_t pid)
{
	unsigned long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD |
				PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
				PTRACE_O_TRACEEXEC;

	return ptrace(PTRACE_SEIZE, pid, NULL, (void *)options) < 0 ? -1 : 0;
}

pid_t follow_spawn(enum role role, const struct follow_plan *plan, const sigset_t *mask,
		   struct str *why)
{
	int ends[2];
	pid_t pid;
	bool fine;

	if (pipe2(ends, O_CLOEXEC) < 0) {
		str_addf(why, _("no process can be made: %s"), strerror(errno));
		return -1;
	}
	pid = fork();
	if (pid == 0) {
		close(ends[1]);
		become(role, plan, mask, ends[0]);
	}
	close(ends[0]);
	fine = pid > 0 && seize(pid) == 0;
	if (pid < 0)
		str_addf(why, _("no process can be made: %s"), strerror(errno));
	else if (!fine)
		str_addf(why, _("%1$s cannot be traced here: %2$s"), role_name(role),
			 strerror(errno));
	if (fine && write(ends[1], "", 1) < 0)
		fine = false;
	close(ends[1]);
	if (!fine && pid > 0)
		waitpid(pid, NULL, __WALL); /* its read ends with the pipe */
	return fine ? pid : -1;
}
