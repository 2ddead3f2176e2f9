/*
 * One process and poll(): it sleeps until any of its sockets has news, and
 * never in a call on one of them.
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
	struct pollfd on[64] = {{.events = POLLIN}};
	nfds_t n = 1;
	int listener = serve();

	if (listener < 0) {
		perror("listen");
		return 1;
	}
	on[0].fd = listener;
	while (poll(on, n, -1) > 0) {
		/* Backwards: one that leaves is replaced by the last. */
		for (nfds_t i = n - 1; i > 0; i--)
			if (on[i].revents && !echo(on[i].fd)) {
				close(on[i].fd);
				on[i] = on[--n];
			}
		if (on[0].revents && n < 64) {
			int client = accept(listener, NULL, NULL);

			if (client >= 0)
				on[n++] = (struct pollfd){client, POLLIN, 0};
		}
	}
	return 1;
}
