/*
 * Wrong: it waits until there is a file. Between bind() and listen() there is
 * one, and nobody behind it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
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
	const struct timespec pause = {.tv_nsec = 250000000};
	struct sockaddr_un to = address();
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);

	while (connect(sock, (struct sockaddr *)&to, sizeof to) < 0) {
		if (errno != ENOENT) {
			perror("connect");
			return 1;
		}
		nanosleep(&pause, NULL);
	}
	if (send(sock, "hello\n", 6, MSG_NOSIGNAL) < 0) {
		perror("send");
		return 1;
	}
	close(sock);
	return 0;
}
