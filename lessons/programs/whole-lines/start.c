/*
 * A client that answers each line with its length.
 *
 * It calls recv(), takes what comes for a line, and answers. Run it, and see
 * what it takes for a line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
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
	char line[4096];
	char answer[32];
	int sock = dial();
	ssize_t n;

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	while ((n = recv(sock, line, sizeof line, 0)) > 0) {
		/* The newline at its end does not count. */
		int len = snprintf(answer, sizeof answer, "%zd\n", n - 1);

		if (send(sock, answer, (size_t)len, MSG_NOSIGNAL) < 0)
			return 1;
	}
	return 0;
}
