/*
 * Wrong: it has taken the name, and forgets to listen. Now its clients are
 * refused as those of the dead server were.
 */
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
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);

	while (connect(sock, (struct sockaddr *)&at, sizeof at) == 0) {
		close(sock);
		nanosleep(&pause, NULL);
		sock = socket(AF_UNIX, SOCK_STREAM, 0);
	}
	close(sock);
	unlink(at.sun_path);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0)
		return 1;
	return greet(listener);
}
