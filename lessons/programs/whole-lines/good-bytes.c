/*
 * One byte after the other. It is slow, a call for each byte, but nothing is
 * easier to get right.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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
	size_t len = 0;
	int sock = dial();
	char c;

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	while (read(sock, &c, 1) == 1) {
		if (c != '\n') {
			len++;
			continue;
		}
		if (!answer(sock, len))
			return 1;
		len = 0;
	}
	return 0;
}
