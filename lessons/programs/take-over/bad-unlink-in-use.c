/*
 * Wrong: it removes the file only when the name is taken. That sounds careful,
 * but EADDRINUSE does not say whether the one who has it is alive.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
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
	struct sockaddr_un at = address();
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	while (bind(listener, (struct sockaddr *)&at, sizeof at) < 0) {
		if (errno != EADDRINUSE) {
			perror("bind");
			return 1;
		}
		unlink(at.sun_path);
	}
	if (listen(listener, 16) < 0)
		return 1;
	return greet(listener);
}
