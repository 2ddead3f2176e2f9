/*
 * Wrong: it finds the newline, answers, and throws away what stood behind it.
 * That was the beginning of the next line.
 */
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
	ssize_t n;

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	while ((n = recv(sock, buf + have, sizeof buf - have, 0)) > 0) {
		char *end;

		have += (size_t)n;
		end = memchr(buf, '\n', have);
		if (end) {
			if (!answer(sock, (size_t)(end - buf)))
				return 1;
			have = 0;
		}
	}
	return n < 0;
}
