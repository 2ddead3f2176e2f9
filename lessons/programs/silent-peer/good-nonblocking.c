/*
 * A socket that never waits, looked at a hundred times a second. poll() would
 * be better, but this one has an end as well.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Connects to the server. Host and port are in the environment. */
static int dial(void)
{
	const struct addrinfo want = {.ai_socktype = SOCK_STREAM};
	const char *host = getenv("SOCKTUTOR_HOST");
	const char *port = getenv("SOCKTUTOR_PORT");
	struct addrinfo *to;
	int sock;

	if (!host || !port || getaddrinfo(host, port, &want, &to) != 0)
		return -1;
	sock = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
	if (sock >= 0 && connect(sock, to->ai_addr, to->ai_addrlen) < 0) {
		close(sock);
		sock = -1;
	}
	freeaddrinfo(to);
	return sock;
}

/* Waits for an answer: a hundred looks, a hundredth of a second apart. */
static bool answer(int sock)
{
	const struct timespec pause = {.tv_nsec = 10000000};
	char line[64];
	size_t have = 0;

	for (int looks = 0; looks < 100; looks++) {
		ssize_t n = recv(sock, line + have, sizeof line - have, 0);

		if (n == 0 || (n < 0 && errno != EAGAIN))
			return false;
		have += n > 0 ? (size_t)n : 0;
		if (have > 0 && line[have - 1] == '\n') {
			fwrite(line, 1, have, stdout);
			return true;
		}
		if (have == sizeof line)
			return false;
		nanosleep(&pause, NULL);
	}
	return false;
}

int main(void)
{
	int sock = dial();

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	if (fcntl(sock, F_SETFL, O_NONBLOCK) < 0)
		return 1;
	for (int i = 0; i < 2; i++) {
		if (send(sock, "ping\n", 5, MSG_NOSIGNAL) < 0)
			return 1;
		if (!answer(sock)) {
			fprintf(stderr, "no answer\n");
			return 2;
		}
	}
	return 0;
}
