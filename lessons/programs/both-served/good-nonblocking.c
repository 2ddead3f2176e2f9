/*
 * Sockets that never wait, asked in turn, and a short sleep after each round.
 * It works, and wakes up a hundred times a second for nothing: that is what
 * poll() is for.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
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

int main(void)
{
	const struct timespec pause = {.tv_nsec = 10000000};
	int clients[64];
	int n = 0;
	int listener = serve();

	if (listener < 0) {
		perror("listen");
		return 1;
	}
	fcntl(listener, F_SETFL, O_NONBLOCK);
	for (;;) {
		int client = n < 64 ? accept(listener, NULL, NULL) : -1;

		if (client >= 0)
			clients[n++] = client;
		for (int i = n - 1; i >= 0; i--) {
			char buf[4096];
			ssize_t got = recv(clients[i], buf, sizeof buf,
					   MSG_DONTWAIT);

			if (got > 0)
				send(clients[i], buf, (size_t)got, MSG_NOSIGNAL);
			if (got == 0 || (got < 0 && errno != EAGAIN)) {
				close(clients[i]);
				clients[i] = clients[--n];
			}
		}
		nanosleep(&pause, NULL);
	}
}
