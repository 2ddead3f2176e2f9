/*
 * It asks for the name, and only when that is taken it looks by whom. The
 * question is asked without waiting: a server whose queue is full is alive,
 * too.
 */
#include <errno.h>
#include <stdbool.h>
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

static bool somebody_is_there(const struct sockaddr_un *at)
{
	int sock = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int failed = connect(sock, (const struct sockaddr *)at, sizeof *at);
	bool nobody = failed && errno == ECONNREFUSED;

	close(sock);
	return !nobody;
}

int main(void)
{
	const struct timespec pause = {.tv_nsec = 250000000};
	struct sockaddr_un at = address();
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	while (bind(listener, (struct sockaddr *)&at, sizeof at) < 0) {
		if (errno != EADDRINUSE) {
			perror("bind");
			return 1;
		}
		if (somebody_is_there(&at))
			nanosleep(&pause, NULL);
		else
			unlink(at.sun_path);
	}
	if (listen(listener, 16) < 0)
		return 1;
	return greet(listener);
}
