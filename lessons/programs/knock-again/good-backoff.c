/*
 * Each pause is longer than the one before, up to a second. A server that many
 * clients wait for is not overrun by them when it comes back.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The server's address. The path is in the environment. */
static struct sockaddr_un address(void)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");

	snprintf(to.sun_path, sizeof to.sun_path, "%s", path ? path : "");
	return to;
}

int main(void)
{
	struct sockaddr_un to = address();
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);
	int ms = 20;

	while (connect(sock, (struct sockaddr *)&to, sizeof to) < 0) {
		if (errno != ENOENT && errno != ECONNREFUSED) {
			perror("connect");
			return 1;
		}
		poll(NULL, 0, ms); /* no socket to wait for: only the time */
		ms = ms < 500 ? ms * 2 : 1000;
	}
	if (send(sock, "hello\n", 6, MSG_NOSIGNAL) < 0) {
		perror("send");
		return 1;
	}
	close(sock);
	return 0;
}
