/*
 * Wrong: it waits a little before it reads, so that everything can arrive. How
 * long is long enough? The one who sends decides that.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
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
	const struct timespec tenth = {.tv_nsec = 100000000};
	char line[4096];
	int sock = dial();
	ssize_t n;

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	for (;;) {
		nanosleep(&tenth, NULL);
		n = recv(sock, line, sizeof line, 0);
		if (n <= 0)
			return n < 0;
		if (!answer(sock, (size_t)n - 1))
			return 1;
	}
}
