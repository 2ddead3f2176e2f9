/*
 * Wrong: it tries again and again without a pause. All processors of the machine
 * could be needed by the server that is to come back.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
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

/* Reads a line, byte by byte. False: none came whole. */
static bool line_in(int sock, char *line, size_t size)
{
	size_t n = 0;

	while (n + 1 < size && recv(sock, line + n, 1, 0) == 1)
		if (line[n++] == '\n') {
			line[n] = '\0';
			return true;
		}
	return false;
}

/* Asks once, on *sock, and makes that connection where there is none. */
static bool ask(int *sock, int number, const char *request)
{
	char line[64];
	int len = snprintf(line, sizeof line, "%d %s\n", number, request);

	if (*sock < 0)
		*sock = dial();
	if (*sock < 0 || send(*sock, line, (size_t)len, MSG_NOSIGNAL) < 0)
		return false;
	/* An answer to an older number may still come. It is not ours. */
	while (line_in(*sock, line, sizeof line))
		if (atoi(line) == number) {
			printf("%s", line);
			return true;
		}
	return false;
}

int main(void)
{
	int sock = -1;

	for (int i = 0; i < 2; i++)
		/* The number stays the same: the server knows it again. */
		while (!ask(&sock, i + 1, what[i])) {
			if (sock >= 0)
				close(sock);
			sock = -1;
		}
	return 0;
}
