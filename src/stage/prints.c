#include "stage/prints.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Its reading end must not block us; its writing end blocks the program, as a pipe does. */
static int open_pipe(struct prints *p, size_t i)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	p->pipes[i].read = ends[0];
	p->pipes[i].write = ends[1];
	return 0;
}

int prints_open(struct prints *p, size_t most, void (*tell)(void *data, struct event *e),
		void *data)
{
	*p = (struct prints){.most = most, .tell = tell, .data = data};
	for (size_t i = 0; i < PRINTS_PIPES; i++)
		p->pipes[i].read = p->pipes[i].write = -1;
	p->input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	for (size_t i = 0; i < PRINTS_PIPES; i++)
		if (p->input < 0 || open_pipe(p, i) < 0) {
			int error = errno;

			prints_close(p);
			errno = error;
			return -1;
		}
	return 0;
}

void prints_become(void *data, enum role role)
{
	struct prints *p = data;

	dup2(p->input, STDIN_FILENO);
	dup2(p->pipes[2 * role].write, STDOUT_FILENO);
	dup2(p->pipes[2 * role + 1].write, STDERR_FILENO);
}

void prints_started(struct prints *p, enum role role)
{
	close_end(&p->pipes[2 * role].write);
	close_end(&p->pipes[2 * role + 1].write);
}

static void tell_line(struct prints *p, size_t i)
{
	enum role role = i < 2 ? ROLE_A : ROLE_B;
	struct str *line = &p->pipes[i].line;
	struct event e = {.kind = EVENT_OUTPUT, .role = role, .task = 1};

	if (p->told[role] < p->most) {
		p->told[role] += line->len + 1;
		e.text = utf8_clean(str_text(line), line->len);
		e.u.output.fd = i % 2 ? STDERR_FILENO : STDOUT_FILENO;
		e.u.output.cut = p->told[role] >= p->most;
		p->tell(p->data, &e);
	}
	str_cut(line, 0);
}

static void take_bytes(struct prints *p, size_t i, const char *at, size_t n)
{
	struct str *line = &p->pipes[i].line;

	while (n > 0) {
		const char *end = memchr(at, '\n', n);
		size_t len = end ? (size_t)(end - at) : n, room = PRINTS_LINE - line->len;
		bool whole = end && len <= room;

		if (len > room)
			len = room;
		str_addn(line, at, len);
		if (whole || line->len == PRINTS_LINE)
			tell_line(p, i);
		at += len + whole;
		n -= len + whole;
	}
}

bool prints_read(struct prints *p, size_t i)
{
	char bytes[16 << 10];
	ssize_t got;

	if (p->pipes[i].read < 0)
		return false;
	got = read(p->pipes[i].read, bytes, sizeof bytes);
	if (got > 0)
		take_bytes(p, i, bytes, (size_t)got);
	else if (got == 0 || (errno != EAGAIN && errno != EINTR))
		close_end(&p->pipes[i].read);
	return got > 0;
}

void prints_finish(struct prints *p, enum role role)
{
	enum { MOST = 64 }; /* somebody else may write to them, without end */

	for (size_t i = 2 * role; i < 2 * (size_t)role + 2; i++) {
		for (int n = 0; n < MOST && prints_read(p, i); n++)
			;
		if (p->pipes[i].line.len)
			tell_line(p, i);
	}
}

void prints_close(struct prints *p)
{
	for (size_t i = 0; i < PRINTS_PIPES; i++) {
		close_end(&p->pipes[i].read);
		close_end(&p->pipes[i].write);
		str_free(&p->pipes[i].line);
	}
	close_end(&p->input);
}
