/*
 * Wrong: it takes what one recv() brings for the whole answer.
 */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static const char numbers[] = "3\n1\n2\n";

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

int main(void)
{
	char buf[4096];
	ssize_t n;
	int sock = dial();

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	if (send(sock, numbers, sizeof numbers - 1, MSG_NOSIGNAL) < 0) {
		perror("send");
		return 1;
	}
	shutdown(sock, SHUT_WR);
	n = recv(sock, buf, sizeof buf, 0);
	if (n > 0)
		fwrite(buf, 1, (size_t)n, stdout);
	return 0;
}
