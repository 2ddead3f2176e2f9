/*
 * A socket that never waits, and poll(). It may be woken for half a line, so
 * it keeps what it has until the rest is there.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Connects to the server. Its address is in the environment. */
static int dial(void)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);

	if (!path || sock < 0)
		return -1;
	snprintf(to.sun_path, sizeof to.sun_path, "%s", path);
	if (connect(sock, (struct sockaddr *)&to, sizeof to) < 0) {
		close(sock);
		return -1;
	}
	return sock;
}

/* Tells the server how long a line was. */
static bool answer(int sock, size_t len)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%zu\n", len);

	return send(sock, text, (size_t)n, MSG_NOSIGNAL) == n;
}

int main(void)
{
	char buf[4096];
	size_t have = 0;
	int sock = dial();
	struct pollfd on = {.fd = sock, .events = POLLIN};

	if (sock < 0 || fcntl(sock, F_SETFL, O_NONBLOCK) < 0) {
		perror("connect");
		return 1;
	}
	while (poll(&on, 1, -1) > 0) {
		ssize_t n = recv(sock, buf + have, sizeof buf - have, 0);
		size_t start = 0;

		if (n < 0 && errno == EAGAIN)
			continue;
		if (n <= 0)
			return n < 0;
		have += (size_t)n;
		for (size_t i = 0; i < have; i++)
			if (buf[i] == '\n') {
				if (!answer(sock, i - start))
					return 1;
				start = i + 1;
			}
		have -= start;
		memmove(buf, buf + start, have);
		if (have == sizeof buf)
			return 1; /* a line that is longer than we want to hold */
	}
	return 1;
}
