#include "pty.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BOUND_MS = 10000, QUIET_MS = 100 };

/* The same surroundings for every program, and none that change it from outside. */
static void set_surroundings(const char *home)
{
	static const char *const unset[] = {"LESS", "LESSOPEN", "LESSCLOSE", "LINES", "COLUMNS",
					    "NO_COLOR", "ACCESSIBLE", "ESCDELAY", "LANGUAGE"};

	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LESSHISTFILE", "-", 1);
	setenv("XDG_STATE_HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
}

static _Noreturn void become(const struct pty *p, const char *const *argv, const char *name)
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
	set_surroundings(p->home);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static void remove_home(struct pty *p)
{
	nftw(p->home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(p->home);
	p->home = NULL;
}

/* The tutor does not explain itself to one who has been there. */
static void be_known(const struct pty *p)
{
	char *directory = str_make("%s/socktutor", p->home);
	char *path = str_make("%s/progress.json", directory);
	FILE *f;

	mkdir(directory, 0700);
	f = fopen(path, "w");
	if (f) {
		fputs("{\"socktutor-progress\": 1, \"visited\": true}\n", f);
		fclose(f);
	}
	free(path);
	free(directory);
}

static bool make_home(struct pty *p)
{
	const char *base = getenv("TMPDIR");

	p->home = str_make("%s/socktutor-bench-XXXXXX", base && *base ? base : "/tmp");
	if (mkdtemp(p->home)) {
		be_known(p);
		return true;
	}
	free(p->home);
	return false;
}

/* The terminal's other side, or NULL. */
static const char *make_terminal(struct pty *p)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};

	p->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (p->fd < 0)
		return NULL;
	if (grantpt(p->fd) == 0 && unlockpt(p->fd) == 0 && ioctl(p->fd, TIOCSWINSZ, &size) == 0)
		return ptsname(p->fd);
	close(p->fd);
	return NULL;
}

bool pty_open(struct pty *p, const char *const *argv)
{
	const char *name;

	*p = (struct pty){.fd = -1};
	if (!make_home(p))
		return false;
	name = make_terminal(p);
	if (!name) {
		remove_home(p);
		return false;
	}
	p->start = clock_now();
	p->pid = fork();
	if (p->pid == 0)
		become(p, argv, name);
	if (p->pid > 0)
		return true;
	close(p->fd);
	remove_home(p);
	return false;
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
	remove_home(p);
}
