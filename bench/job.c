#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

bool job_find(struct str *path, const char *name)
{
	const char *at = getenv("PATH");

	while (at && *at) {
		size_t n = strcspn(at, ":");

		str_cut(path, 0);
		str_addn(path, at, n);
		str_addf(path, "/%s", name);
		if (n > 0 && access(path->p, X_OK) == 0)
			return true;
		at += n + (at[n] == ':');
	}
	str_cut(path, 0);
	return false;
}

static void pin(void)
{
	int here = sched_getcpu();
	cpu_set_t one;

	if (here < 0)
		return;
	CPU_ZERO(&one);
	CPU_SET((size_t)here, &one);
	sched_setaffinity(0, sizeof one, &one);
}

static _Noreturn void become(const char *const *argv, int out, bool pinned)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (pinned)
		pin();
	dup2(null, STDIN_FILENO);
	dup2(null, STDERR_FILENO);
	dup2(out, STDOUT_FILENO);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

int job_run(struct str *to, const char *const *argv, bool pinned)
{
	int ends[2], status;
	char buffer[4096];
	ssize_t n;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		become(argv, ends[1], pinned);
	close(ends[1]);
	while (pid > 0 && (n = read(ends[0], buffer, sizeof buffer)) != 0)
		if (n > 0)
			str_addn(to, buffer, (size_t)n);
		else if (errno != EINTR)
			break;
	close(ends[0]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}
