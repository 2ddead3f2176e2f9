/*
 * The program that strace is given: the calls of a demo's rows, made by a plain process.
 */
#include "bench.h"

#include "base/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *twin_name(enum twin_kind kind)
{
	static const char *const names[TWIN_KINDS] = {"pair", "getpid", "file"};

	return names[kind];
}

/* One process holds both ends: nobody has to be woken, which is the cheapest for a tracer. */
static bool call_pair(int n, const int ends[2])
{
	char buf[16];

	for (int i = 0; i < n; i += 2)
		if (send(ends[0], "hello", 5, 0) != 5 || recv(ends[1], buf, sizeof buf, 0) != 5)
			return false;
	return true;
}

static bool call_getpid(int n)
{
	for (int i = 0; i < n; i++)
		if (syscall(SYS_getpid) < 0)
			return false;
	return true;
}

static bool call_file(int n, int fd)
{
	char buf[16];

	for (int i = 0; i < n; i++)
		if (read(fd, buf, sizeof buf) < 0)
			return false;
	return true;
}

static bool call(const char *kind, int n, const int ends[2])
{
	int fd;
	bool ok;

	if (strcmp(kind, twin_name(TWIN_PAIR)) == 0)
		return call_pair(n, ends);
	if (strcmp(kind, twin_name(TWIN_GETPID)) == 0)
		return call_getpid(n);
	fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	ok = fd >= 0 && call_file(n, fd);
	close(fd);
	return ok;
}

int twin_run(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 0, ends[2];
	int64_t start;
	bool ok;

	if (n < 2 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
		return 2;
	start = clock_now();
	ok = call(argv[0], n, ends);
	printf("%.1f\n", (double)(clock_now() - start) / n);
	return ok ? 0 : 1;
}
