/*
 * It calls at the address before it touches anything. Only an answer tells
 * whether somebody lives there: a file may be left behind.
 *
 * Between the question and unlink() another new server may do the same. If
 * that can happen to you, take a lock first: flock() on a file of its own.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Where the server is to be found. The path is in the environment. */
static struct sockaddr_un address(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");

	snprintf(at.sun_path, sizeof at.sun_path, "%s", path ? path : "");
	return at;
}

/* Tells each client that we are there. */
static int greet(int listener)
{
	for (;;) {
		int client = accept(listener, NULL, NULL);

		if (client < 0)
			return 1;
		send(client, "ready\n", 6, MSG_NOSIGNAL);
		close(client);
	}
}

int main(void)
{
	const struct timespec pause = {.tv_nsec = 250000000};
	struct sockaddr_un at = address();
	int listener;

	for (;;) {
		int sock = socket(AF_UNIX, SOCK_STREAM, 0);
		int failed = connect(sock, (struct sockaddr *)&at, sizeof at);
		int why = errno;

		close(sock);
		if (failed && why == ECONNREFUSED)
			unlink(at.sun_path); /* a file, and nobody behind it */
		else if (failed && why != ENOENT)
			return 1;
		if (failed)
			break;
		nanosleep(&pause, NULL);
	}
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 ||
	    listen(listener, 16) < 0) {
		perror("bind");
		return 1;
	}
	return greet(listener);
}
