/*
 * A socket that never waits, and poll() that waits in its place. SIGPIPE does
 * not care about that: the flag is needed all the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

int main(void)
{
	const struct timespec tenth = {.tv_nsec = 100000000};
	int sock = dial();
	struct pollfd on = {.fd = sock, .events = POLLOUT};

	if (sock < 0 || fcntl(sock, F_SETFL, O_NONBLOCK) < 0) {
		perror("connect");
		return 1;
	}
	for (;;) {
		if (poll(&on, 1, -1) < 0) {
			perror("poll");
			return 1;
		}
		/* POLLHUP would say it as well. The error says why. */
		if (send(sock, "tick\n", 5, MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
			printf("the server is gone: %s\n", strerror(errno));
			return 0;
		}
		nanosleep(&tenth, NULL);
	}
}
