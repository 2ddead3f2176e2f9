/*
 * A thread for each client. One may sleep in recv(), the others do not notice.
 */
#include <pthread.h>
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

static void *conversation(void *arg)
{
	int client = *(int *)arg;

	free(arg);
	while (echo(client))
		;
	close(client);
	return NULL;
}

int main(void)
{
	int listener = serve();

	if (listener < 0) {
		perror("listen");
		return 1;
	}
	for (;;) {
		int *client = malloc(sizeof *client);
		pthread_t thread;

		if (!client)
			return 1;
		*client = accept(listener, NULL, NULL);
		if (*client < 0 ||
		    pthread_create(&thread, NULL, conversation, client) != 0)
			return 1;
		pthread_detach(thread);
	}
}
