/*
 * The same with a stream of the C library, which collects lines by itself.
 * SIGPIPE is ignored, since fprintf() knows no MSG_NOSIGNAL.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static const char *const what[] = {"pay 5", "pay 3"};

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

static FILE *server;

/* Asks once, and makes a connection where there is none. */
static bool ask(int number, const char *request)
{
	char line[64];

	if (!server) {
		int sock = dial();

		server = sock < 0 ? NULL : fdopen(sock, "r+");
	}
	if (!server)
		return false;
	fprintf(server, "%d %s\n", number, request);
	if (fflush(server) != 0)
		return false;
	/* An answer to an older number may still come. It is not ours. */
	while (fgets(line, sizeof line, server))
		if (atoi(line) == number && strchr(line, '\n')) {
			printf("%s", line);
			return true;
		}
	return false;
}

int main(void)
{
	const struct timespec pause = {.tv_nsec = 100000000};

	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < 2; i++)
		while (!ask(i + 1, what[i])) {
			if (server)
				fclose(server);
			server = NULL;
			nanosleep(&pause, NULL);
		}
	return 0;
}
