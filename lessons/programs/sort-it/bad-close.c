/*
 * Wrong: it says the end with close(). That ends both directions: the answer
 * comes, and finds nobody.
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

/* Prints what comes, up to the end of the stream. */
static int print_all(int sock)
{
	char buf[4096];
	ssize_t n;

	/* One recv() brings what is there just now. Only 0 is the end. */
	while ((n = recv(sock, buf, sizeof buf, 0)) > 0)
		fwrite(buf, 1, (size_t)n, stdout);
	if (n < 0)
		perror("recv");
	return n < 0;
}

int main(void)
{
	int sock = dial();

	if (sock < 0) {
		perror("connect");
		return 1;
	}
	if (send(sock, numbers, sizeof numbers - 1, MSG_NOSIGNAL) < 0) {
		perror("send");
		return 1;
	}
	close(sock);
	return print_all(sock);
}
