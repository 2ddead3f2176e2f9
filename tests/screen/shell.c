#include "shell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void tell(int fd, pid_t pid, int status)
{
	struct shell_news news = {pid, status};

	if (write(fd, &news, sizeof news) != sizeof news)
		_exit(1);
}

/* The terminal's foreground group; a shell must not be stopped for setting it. */
static void give_terminal(pid_t group)
{
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(STDIN_FILENO, group);
	signal(SIGTTOU, SIG_DFL);
}

static pid_t start_job(char *const *argv)
{
	pid_t pid = fork();

	if (pid == 0) {
		setpgid(0, 0);
		give_terminal(getpid());
		execv(argv[0], argv);
		_exit(127);
	}
	setpgid(pid, pid);
	give_terminal(pid);
	return pid;
}

_Noreturn void shell_run(char *const *argv, int news, int wake)
{
	pid_t pid;
	char c;

	signal(SIGPIPE, SIG_DFL);
	fcntl(news, F_SETFD, FD_CLOEXEC);
	fcntl(wake, F_SETFD, FD_CLOEXEC);
	pid = start_job(argv);
	tell(news, pid, -1);
	for (;;) {
		int status;

		if (waitpid(pid, &status, WUNTRACED) != pid) {
			if (errno == EINTR)
				continue;
			_exit(1);
		}
		give_terminal(getpgrp());
		tell(news, pid, status);
		/* The shell stays, and the terminal with it, until it is told to go on. */
		if (read(wake, &c, 1) != 1 || !WIFSTOPPED(status))
			_exit(0);
		give_terminal(pid);
		kill(-pid, SIGCONT);
	}
}
