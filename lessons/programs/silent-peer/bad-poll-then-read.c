/*
 * Wrong: the wait for the first byte has an end, the wait for the rest has
 * none.
 */
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
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

/* Waits for an answer. */
static bool answer(int sock)
{
	struct pollfd on = {.fd = sock, .events = POLLIN};
	char line[64];

	if (poll(&on, 1, 1000) <= 0)
		return false;
	if (recv(sock, line, 5, MSG_WAITALL) != 5)
		return false;
	fwrite(line, 1, 5, stdout);
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
