/*
 * A limit for the whole answer: poll() waits for what is left of the second.
 */
#include <netdb.h>
#include <poll.h>
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

/* The time in milliseconds, by a clock that nobody sets. */
static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for an answer, a second in all, however many pieces it comes in. */
static bool answer(int sock)
{
	struct pollfd on = {.fd = sock, .events = POLLIN};
	long end = now() + 1000;
	char line[64];
	size_t have = 0;

	while (have == 0 || line[have - 1] != '\n') {
		long left = end - now();
		ssize_t n;

		if (left <= 0 || poll(&on, 1, (int)left) <= 0)
			return false;
		n = recv(sock, line + have, sizeof line - have, 0);
		if (n <= 0)
			return false;
		have += (size_t)n;
		if (have == sizeof line)
			return false;
	}
	fwrite(line, 1, have, stdout);
	return true;
}

int main(void)
{
	int sock = dial();

	if (sock < 0) {
		perror("connect");
		return 1;
	}
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
