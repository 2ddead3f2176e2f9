/*
 * A client that has two payments made. Each request has its number.
 *
 * It sends one, waits for the answer, and sends the next. Run it, and see what
 * it knows when the server goes away in between.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const what[] = {"pay 5", "pay 3"};

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

/* Reads a line, byte by byte. False: none came whole. */
static bool line_in(int sock, char *line, size_t size)
{
	size_t n = 0;

	while (n + 1 < size && recv(sock, line + n, 1, 0) == 1)
		if (line[n++] == '\n') {
			line[n] = '\0';
			return true;
		}
	return false;
}

int main(void)
{
	int sock = dial();

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
		char line[64];
		int len = snprintf(line, sizeof line, "%zu %s\n", i + 1, what[i]);

		if (send(sock, line, (size_t)len, MSG_NOSIGNAL) < 0 ||
		    !line_in(sock, line, sizeof line)) {
			fprintf(stderr, "no answer to number %zu\n", i + 1);
			return 1;
		}
		printf("%s", line);
	}
	return 0;
}
