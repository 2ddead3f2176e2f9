/*
 * It makes a file of its own, listens, and then lets it take the place of the
 * old one: rename() does that in one step, and no client finds the name
 * missing.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
	struct sockaddr_un mine = at;
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	size_t len = strlen(at.sun_path);

	if (len + 4 >= sizeof mine.sun_path)
		return 1;
	memcpy(mine.sun_path + len, ".new", 5);
	for (;;) {
		int sock = socket(AF_UNIX, SOCK_STREAM, 0);
		int failed = connect(sock, (struct sockaddr *)&at, sizeof at);
		int why = errno;

		close(sock);
		if (failed && why != ECONNREFUSED && why != ENOENT)
			return 1;
		if (failed)
			break;
		nanosleep(&pause, NULL);
	}
	unlink(mine.sun_path); /* nobody but us uses this name */
	if (bind(listener, (struct sockaddr *)&mine, sizeof mine) < 0 ||
	    listen(listener, 16) < 0 || rename(mine.sun_path, at.sun_path) < 0) {
		perror("bind");
		return 1;
	}
	return greet(listener);
}
