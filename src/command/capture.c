#include "command/capture.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failed(const struct capture *capture, struct str *why)
{
	str_addf(why, "%s cannot be written: %s", capture->name, strerror(errno));
	return -1;
}

/* The directory that the file will be in. */
static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* Where the file system has no files without names: one that is removed when all goes well. */
static int open_temporary(struct capture *capture)
{
	mode_t mask = umask(0);

	umask(mask);
	capture->temporary = str_make("%s.XXXXXX", capture->path);
	capture->fd = mkostemp(capture->temporary, O_CLOEXEC);
	if (capture->fd >= 0)
		fchmod(capture->fd, 0666 & ~mask);
	return capture->fd;
}

static int open_nameless(struct capture *capture)
{
	char *directory = directory_of(capture->path);

	capture->fd = open(directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
	free(directory);
	return capture->fd >= 0 ? capture->fd : open_temporary(capture);
}

int capture_open(struct capture *capture, const char *name, struct str *why)
{
	char *real = realpath(name, NULL);
	struct stat st;
	bool there = real && stat(real, &st) == 0;

	*capture = (struct capture){.name = name, .path = real ? real : mem_strdup(name), .fd = -1};
	capture->direct = there && !S_ISREG(st.st_mode);
	if (!there && (!*name || name[strlen(name) - 1] == '/')) {
		errno = *name ? EISDIR : ENOENT;
		return failed(capture, why);
	}
	if (capture->direct)
		capture->fd = open(capture->path, O_WRONLY | O_CLOEXEC);
	else if (there && access(capture->path, W_OK) < 0)
		return failed(capture, why);
	else
		open_nameless(capture);
	return capture->fd < 0 ? failed(capture, why) : 0;
}

struct stage_options capture_options(const struct capture *capture)
{
	return (struct stage_options){.capture = capture->name != NULL, .file = capture->fd,
				      .begun = capture->begun};
}

/* A new name beside the old one, and then in its place. */
static int link_nameless(struct capture *capture)
{
	char *from = str_make("/proc/self/fd/%d", capture->fd);
	int got;

	capture->temporary = str_make("%s.%ld", capture->path, (long)getpid());
	got = linkat(AT_FDCWD, from, AT_FDCWD, capture->temporary, AT_SYMLINK_FOLLOW);
	free(from);
	return got;
}

static int give_name(struct capture *capture)
{
	if (fsync(capture->fd) < 0 || (!capture->temporary && link_nameless(capture) < 0))
		return -1;
	return rename(capture->temporary, capture->path);
}

int capture_close(struct capture *capture, struct str *why)
{
	bool nothing = capture->lacks && capture->segments == 0;
	bool wanted = capture->begun && !capture->failed && !nothing;
	int got = 0;

	if (capture->fd >= 0 && !capture->direct) {
		if (wanted && give_name(capture) < 0)
			got = failed(capture, why);
		if ((!wanted || got < 0) && capture->temporary)
			unlink(capture->temporary);
	}
	if (capture->fd >= 0)
		close(capture->fd);
	free(capture->path);
	free(capture->temporary);
	*capture = (struct capture){.fd = -1};
	return got;
}
