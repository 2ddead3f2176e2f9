/*
 * Have it sorted, in an event loop. When it is told that there is nothing more to come, and a read
 * has brought less than it asked for, it knows that it has all, and does not read once more.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	const char *host = getenv("SOCKTUTOR_HOST"), *port = getenv("SOCKTUTOR_PORT");
	struct sockaddr_in to = {.sin_family = AF_INET};
	struct epoll_event event = {.events = EPOLLIN};
	int loop = epoll_create1(0), s;
	char buf[64];

	if (!host || !port || inet_pton(AF_INET, host, &to.sin_addr) != 1) {
		fprintf(stderr, "Start me with `socktutor lab sort-it -- PROGRAM`.\n");
		return 1;
	}
	to.sin_port = htons((unsigned short)atoi(port));
	s = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(s, (struct sockaddr *)&to, sizeof to) < 0) {
		perror("connect");
		return 1;
	}
	if (send(s, "3\n1\n2\n", 6, MSG_NOSIGNAL) < 0 || shutdown(s, SHUT_WR) < 0) {
		perror("send");
		return 1;
	}
	if (epoll_ctl(loop, EPOLL_CTL_ADD, s, &event) < 0) {
		perror("epoll_ctl");
		return 1;
	}
	while (epoll_wait(loop, &event, 1, -1) == 1) {
		ssize_t n = recv(s, buf, sizeof buf, MSG_DONTWAIT);

		if (n < 0) {
			perror("recv");
			return 1;
		}
		fwrite(buf, 1, (size_t)n, stdout);
		if (n == 0 || ((event.events & EPOLLHUP) && (size_t)n < sizeof buf))
			return 0;
	}
	return 1;
}
