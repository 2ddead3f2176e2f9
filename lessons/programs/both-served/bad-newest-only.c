/*
 * Wrong: when a second client comes it turns to that one, and forgets the
 * first.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Listens at the path that the environment names. */
static int serve(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	if (!path || listener < 0)
		return -1;
	snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 ||
	    listen(listener, 16) < 0)
		return -1;
	return listener;
}

/* Sends back what a client sends. False: it has left. */
static bool echo(int client)
{
	char buf[4096];
	ssize_t n = recv(client, buf, sizeof buf, 0);

	return n > 0 && send(client, buf, (size_t)n, MSG_NOSIGNAL) == n;
}

int main(void)
{
	struct pollfd on[2] = {{.events = POLLIN}, {.fd = -1, .events = POLLIN}};
	int listener = serve();

	if (listener < 0) {
		perror("listen");
		return 1;
	}
	on[0].fd = listener;
	while (poll(on, 2, -1) > 0) {
		if (on[0].revents)
			on[1].fd = accept(listener, NULL, NULL);
		else if (on[1].revents && !echo(on[1].fd)) {
			close(on[1].fd);
			on[1].fd = -1;
		}
	}
	return 1;
}
