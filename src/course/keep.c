#include "course/keep.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define LOCK_PATIENCE (5 * CLOCK_S)   /* a save takes some milliseconds */

static int failed(struct str *why, const char *path, const char *what)
{
	const char *reason = strerror(errno);

	/* TRANSLATORS: a file, what could not be done with it ("written"), and why not */
	str_addf(why, _("%1$s cannot be %2$s: %3$s."), path, _(what), reason);
	return -1;
}

/* The specification: a relative path is to be ignored. */
static const char *absolute(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] == '/' ? value : NULL;
}

static char *find_directory(void)
{
	const char *state = absolute("XDG_STATE_HOME"), *home = absolute("HOME");

	if (state)
		return str_make("%s/socktutor", state);
	return home ? str_make("%s/.local/state/socktutor", home) : NULL;
}

/* Some keep such files elsewhere and link to them: the link stays. */
static char *follow(char *path)
{
	char *real = realpath(path, NULL);

	if (!real)
		return path;
	free(path);
	return real;
}

void keep_find(struct keep *keep, const char *name, struct str *why)
{
	char *base = find_directory(), *path;

	*keep = (struct keep){0};
	if (!base) {
		str_add(why, _("Neither XDG_STATE_HOME nor HOME names a directory."));
		return;
	}
	path = str_make("%s/%s", base, name);
	keep->directory = mem_strndup(path, (size_t)(strrchr(path, '/') - path));
	keep->lock = str_make("%.*s.lock", (int)(strrchr(path, '.') - path), path);
	keep->path = follow(path);
	free(base);
}

static int make_one(const char *path)
{
	struct stat st;
	int err;

	if (mkdir(path, 0700) == 0)
		return 0;
	err = errno;
	/* Where the parent cannot be written it may say so first, though the directory is there. */
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	errno = err == EEXIST ? ENOTDIR : err;
	return -1;
}

int keep_make(const struct keep *keep, struct str *why)
{
	char *path = mem_strdup(keep->directory), *slash = path;
	int made = 0;

	while (made == 0 && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		made = make_one(path);
		*slash = '/';
	}
	if (made == 0)
		made = make_one(path);
	if (made < 0)
		failed(why, path, N_("made"));
	free(path);
	return made;
}

static enum keep_found read_all(int fd, const struct keep *keep, struct str *text, struct str *why)
{
	char buffer[8192];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			failed(why, keep->path, N_("read"));
			return KEEP_FAILED;
		}
		str_addn(text, buffer, (size_t)n);
		if (text->len > KEEP_MOST)
			return KEEP_TOO_BIG;
	}
	return KEEP_READ;
}

enum keep_found keep_read(const struct keep *keep, struct str *text, struct str *why)
{
	/* O_NONBLOCK: a FIFO of that name must not hold the tutor up. */
	int fd = open(keep->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum keep_found found;
	struct stat st;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return KEEP_MISSING;
	if (fd < 0) {
		failed(why, keep->path, N_("read"));
		return KEEP_FAILED;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		found = read_all(fd, keep, text, why);
	} else {
		str_addf(why, _("%s is no file."), keep->path);
		found = KEEP_FAILED;
	}
	close(fd);
	return found;
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* Until the lock is ours or the alarm has interrupted the wait when its time was over. */
static int sleep_for_lock(int fd)
{
	int64_t end = clock_now() + LOCK_PATIENCE;
	int got;

	do
		got = flock(fd, LOCK_EX);
	while (got < 0 && errno == EINTR && clock_now() < end);
	if (got < 0 && errno == EINTR)
		errno = EWOULDBLOCK;
	return got;
}

/* flock() knows no time limit, and who holds the lock may have been stopped: an alarm ends the
 * wait. It comes again and again, in case the first is there before the wait has begun. */
static int wait_for_lock(int fd)
{
	const struct itimerval when = {.it_value.tv_sec = LOCK_PATIENCE / CLOCK_S,
				       .it_interval.tv_usec = 10000};
	const struct itimerval never = {.it_value.tv_sec = 0};
	struct sigaction act = {.sa_handler = on_alarm}, before;
	int got = flock(fd, LOCK_EX | LOCK_NB), err;

	if (got == 0 || errno != EWOULDBLOCK)
		return got;
	sigaction(SIGALRM, &act, &before);
	setitimer(ITIMER_REAL, &when, NULL);
	got = sleep_for_lock(fd);
	err = errno;
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &before, NULL);
	errno = err;
	return got;
}

int keep_lock(const struct keep *keep, struct str *why)
{
	int fd;

	if (keep_make(keep, why) < 0)
		return -1;
	fd = open(keep->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return failed(why, keep->lock, N_("opened"));
	if (wait_for_lock(fd) == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		str_addf(why, _("Another socktutor holds %s."), keep->lock);
	else
		failed(why, keep->lock, N_("locked"));
	close(fd);
	return -1;
}

static int write_new(const char *path, const struct str *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	int written, err;

	if (fd < 0)
		return -1;
	written = file_write(fd, text);
	err = errno;
	/* A full disk may show as late as here. */
	if (close(fd) == 0 || written < 0)
		errno = err;
	else
		written = -1;
	return written;
}

/* So that the name, too, is on the disk. Where a directory cannot be synced, it cannot. */
static void sync_directory(const char *path)
{
	char *directory = mem_strndup(path, (size_t)(strrchr(path, '/') - path));
	int fd = open(*directory ? directory : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(directory);
}

int keep_write(const struct keep *keep, const struct str *text, struct str *why)
{
	/* One name, whoever writes: the lock is held, and what a killed tutor left is replaced. */
	char *new = str_make("%s.new", keep->path);
	int written = write_new(new, text);

	if (written == 0)
		written = rename(new, keep->path);
	if (written == 0) {
		sync_directory(keep->path);
	} else {
		failed(why, keep->path, N_("written"));
		unlink(new);
	}
	free(new);
	return written;
}

char *keep_put_aside(const struct keep *keep, struct str *why)
{
	struct stat st;
	char *aside;

	for (int n = 1;; n++) {
		aside = str_make("%s.damaged-%d", keep->path, n);
		if (lstat(aside, &st) < 0)
			break;
		free(aside);
	}
	if (rename(keep->path, aside) == 0) {
		sync_directory(aside);
		return aside;
	}
	failed(why, keep->path, N_("put aside"));
	free(aside);
	return NULL;
}

void keep_free(struct keep *keep)
{
	free(keep->directory);
	free(keep->path);
	free(keep->lock);
	*keep = (struct keep){0};
}
