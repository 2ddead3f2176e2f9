#include "pty.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BOUND_MS = 10000, QUIET_MS = 100 };

/* The same surroundings for every program, and none that change it from outside. */
static void set_surroundings(void)
{
	static const char *const unset[] = {"LESS", "LESSOPEN", "LESSCLOSE", "LINES", "COLUMNS",
					    "NO_COLOR", "ACCESSIBLE", "ESCDELAY"};

	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LESSHISTFILE", "-", 1);
	setenv("XDG_STATE_HOME", "/nonexistent", 1);
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
}

static _Noreturn void become(const char *const *argv, const char *name)
{
	int tty;

	setsid();
	tty = open(name, O_RDWR);
	if (tty < 0 || ioctl(tty, TIOCSCTTY, 0) < 0)
		_exit(126);
	for (int fd = 0; fd < 3; fd++)
		dup2(tty, fd);
	if (tty > 2)
		close(tty);
	set_surroundings();
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

bool pty_open(struct pty *p, const char *const *argv)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	const char *name;

	*p = (struct pty){.fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
	if (p->fd < 0)
		return false;
	if (grantpt(p->fd) < 0 || unlockpt(p->fd) < 0 || !(name = ptsname(p->fd)) ||
	    ioctl(p->fd, TIOCSWINSZ, &size) < 0) {
		close(p->fd);
		return false;
	}
	p->pid = fork();
	if (p->pid == 0)
		become(argv, name);
	return p->pid > 0;
}

/* Take in what there is, waiting at most MS. Returns whether anything came. */
static bool take(struct pty *p, int ms)
{
	struct pollfd fd = {p->fd, POLLIN, 0};
	char buffer[16384];
	ssize_t n;

	if (poll(&fd, 1, ms) <= 0)
		return false;
	n = read(p->fd, buffer, sizeof buffer);
	if (n > 0)
		str_addn(&p->out, buffer, (size_t)n);
	return n > 0;
}

bool pty_until(struct pty *p, const char *text, size_t from)
{
	int64_t until = clock_now() + BOUND_MS * CLOCK_MS;

	while (p->out.len <= from || !strstr(p->out.p + from, text))
		if (!take(p, BOUND_MS) || clock_now() > until)
			return false;
	return true;
}

void pty_rest(struct pty *p)
{
	while (take(p, QUIET_MS))
		;
}

void pty_type(struct pty *p, const char *keys)
{
	while (*keys) {
		ssize_t n = write(p->fd, keys, strlen(keys));

		if (n < 0 && errno != EINTR)
			return;
		keys += n > 0 ? n : 0;
	}
}

void pty_close(struct pty *p, const char *keys)
{
	bool ends = keys != NULL;

	if (keys)
		pty_type(p, keys);
	/* The last to let go of the terminal ends the reading. */
	while (ends && take(p, BOUND_MS))
		;
	close(p->fd);
	if (!ends)
		kill(p->pid, SIGTERM);
	while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
		;
	str_free(&p->out);
}
