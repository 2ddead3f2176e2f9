/*
 * Wrong: it asks whether the server is still there, and then writes without a
 * plan. Between the two the server has all the time it needs to die.
 */
#include <errno.h>
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

int main(void)
{
	const struct timespec tenth = {.tv_nsec = 100000000};
	int sock = dial();
	char byte;

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	for (;;) {
		if (recv(sock, &byte, 1, MSG_DONTWAIT) == 0) {
			printf("the server is gone\n");
			return 0;
		}
		if (write(sock, "tick\n", 5) < 0) {
			printf("the server is gone: %s\n", strerror(errno));
			return 0;
		}
		nanosleep(&tenth, NULL);
	}
}
