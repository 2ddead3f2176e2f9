/*
 * Two threads: one sends, the other does its own work. SIGPIPE belongs to the
 * thread that wrote; unplanned, it would still end them both.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Connects to the server. Its address is in the environment. */
static int dial(void)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);

	if (!path || sock < 0)
		return -1;
	snprintf(to.sun_path, sizeof to.sun_path, "%s", path);
	if (connect(sock, (struct sockaddr *)&to, sizeof to) < 0) {
		close(sock);
		return -1;
	}
	return sock;
}

static void *sender(void *arg)
{
	const struct timespec tenth = {.tv_nsec = 100000000};
	int sock = *(int *)arg;

	while (send(sock, "tick\n", 5, MSG_NOSIGNAL) >= 0)
		nanosleep(&tenth, NULL);
	printf("the server is gone: %s\n", strerror(errno));
	return NULL;
}

int main(void)
{
	int sock = dial();
	pthread_t thread;

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	if (pthread_create(&thread, NULL, sender, &sock) != 0)
		return 1;
	/* ... the work of the main thread ... */
	pthread_join(thread, NULL);
	return 0;
}
