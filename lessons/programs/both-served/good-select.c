/*
 * The same with select(), which is older and knows descriptors below 1024
 * only.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
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
	int listener = serve();
	int most = listener;
	fd_set all;
	fd_set ready;

	if (listener < 0) {
		perror("listen");
		return 1;
	}
	FD_ZERO(&all);
	FD_SET(listener, &all);
	for (;;) {
		ready = all;
		if (select(most + 1, &ready, NULL, NULL, NULL) < 0)
			return 1;
		for (int fd = 0; fd <= most; fd++) {
			if (!FD_ISSET(fd, &ready))
				continue;
			if (fd != listener) {
				if (!echo(fd)) {
					FD_CLR(fd, &all);
					close(fd);
				}
				continue;
			}
			fd = accept(listener, NULL, NULL);
			if (fd >= FD_SETSIZE) {
				close(fd);
			} else if (fd >= 0) {
				FD_SET(fd, &all);
				most = fd > most ? fd : most;
			}
			break; /* the next select() has the rest of the news */
		}
	}
}
