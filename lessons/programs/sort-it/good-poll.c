/*
 * A socket that never waits: it sends when there is room, and reads when there
 * is something, until both directions are done.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
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
	const char *next = numbers;
	size_t left = sizeof numbers - 1;
	int sock = dial();
	struct pollfd on = {.fd = sock, .events = POLLIN | POLLOUT};

	if (sock < 0 || fcntl(sock, F_SETFL, O_NONBLOCK) < 0) {
		perror("connect");
		return 1;
	}
	while (poll(&on, 1, -1) > 0) {
		if ((on.revents & POLLOUT) && left) {
			ssize_t n = send(sock, next, left, MSG_NOSIGNAL);

			if (n < 0 && errno != EAGAIN)
				return 1;
			next += n > 0 ? n : 0;
			left -= n > 0 ? (size_t)n : 0;
			if (!left) {
				shutdown(sock, SHUT_WR);
				on.events = POLLIN;
			}
		}
		if (on.revents & (POLLIN | POLLHUP | POLLERR)) {
			char buf[4096];
			ssize_t n = recv(sock, buf, sizeof buf, 0);

			if (n > 0)
				fwrite(buf, 1, (size_t)n, stdout);
			else if (n == 0 || errno != EAGAIN)
				return n < 0;
		}
	}
	return 1;
}
