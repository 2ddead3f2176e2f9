#include "plain/narrow.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "view/ascii.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How many of the N bytes at P are whole characters: a read may end within one. */
static size_t whole(const char *p, size_t n)
{
	size_t back = 0;

	while (back < 3 && back < n && ((unsigned char)p[n - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < n && ((unsigned char)p[n - 1 - back] & 0xc0) == 0xc0) {
		unsigned char lead = (unsigned char)p[n - 1 - back];
		size_t needs = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;

		return back < needs ? n - 1 - back : n;
	}
	return n;
}

/* Append TEXT in ASCII; ALL as in narrow_start(). */
static void add_narrow(struct str *to, const char *text, bool all)
{
	char *ascii = ascii_text(text);
	size_t n = strlen(ascii);

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t step = utf8_get(ascii + i, n - i, &cp);

		if (cp < 0x80 || !all)
			str_addn(to, ascii + i, step);
		else
			str_addc(to, '?');
		i += step;
	}
	free(ascii);
}

/* Returns 0, or an errno. */
static int write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR)
			return errno;
		p += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return 0;
}

/* What can no longer be written is taken in all the same, so that the tutorial ends as ever. */
static int pass_on(int from, int to, bool all)
{
	char buffer[4096];
	size_t kept = 0;
	int failed = 0;
	ssize_t n;

	while ((n = read(from, buffer + kept, sizeof buffer - kept)) > 0 ||
	       (n < 0 && errno == EINTR)) {
		size_t have = kept + (n > 0 ? (size_t)n : 0), end = whole(buffer, have);
		char *text = mem_strndup(buffer, end);
		struct str out = {0};

		add_narrow(&out, text, all);
		if (!failed)
			failed = write_all(to, str_text(&out), out.len);
		free(text);
		str_free(&out);
		kept = have - end;
		memmove(buffer, buffer + end, kept);
	}
	return failed;
}

void narrow_start(struct narrow *n, bool all)
{
	int ends[2];

	*n = (struct narrow){.pid = -1, .before = -1};
	fflush(stdout);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	n->before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	n->pid = n->before < 0 ? -1 : fork();
	if (n->pid == 0) {
		close(ends[1]);
		_exit(pass_on(ends[0], n->before, all));
	}
	if (n->pid > 0)
		dup2(ends[1], STDOUT_FILENO);
	close(ends[0]);
	close(ends[1]);
}

int narrow_end(struct narrow *n)
{
	int status = 0;

	fflush(stdout);
	if (n->pid > 0) {
		dup2(n->before, STDOUT_FILENO);
		while (waitpid(n->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	if (n->before >= 0)
		close(n->before);
	return WIFEXITED(status) ? WEXITSTATUS(status) : EPIPE;
}
