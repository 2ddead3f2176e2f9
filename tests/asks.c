/*
 * asks.c - a client for the labs that programs play: it asks twice, and its server is gone by then.
 *
 *     asks [ignore]   with SIGPIPE ignored
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void ask(int fd)
{
	if (write(fd, "GET\n", 4) < 0 && errno != EPIPE)
		exit(1);
}

int main(int argc, char **argv)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char answer[100];

	if (argc > 1 && strcmp(argv[1], "ignore") == 0)
		signal(SIGPIPE, SIG_IGN);
	snprintf(a.sun_path, sizeof a.sun_path, "%s", path ? path : "");
	if (connect(fd, (struct sockaddr *)&a, sizeof a) < 0)
		return 1;
	puts("connected");
	fflush(stdout);
	ask(fd);
	while (read(fd, answer, sizeof answer) > 0)
		;
	ask(fd);
	puts("the server has gone");
	return 0;
}
