/*
 * epoll is Linux's own: the kernel keeps the list of sockets, and hands out
 * those that have news.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Listens at the path that the environment names. */
static int serve(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	const char *path = getenv("SOCKTUTOR_SOCKET");
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	if (!path || listener < 0)
		return -1;
	snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 ||
	    listen(listener, 16) < 0)
		return -1;
	return listener;
}

/* Sends back what a client sends. False: it has left. */
static bool echo(int client)
{
	char buf[4096];
	ssize_t n = recv(client, buf, sizeof buf, 0);

	return n > 0 && send(client, buf, (size_t)n, MSG_NOSIGNAL) == n;
}

int main(void)
{
	int listener = serve();
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event e = {.events = EPOLLIN, .data.fd = listener};

	if (listener < 0) {
		perror("listen");
		return 1;
	}
	if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e) < 0)
		return 1;
	while (epoll_wait(epoll, &e, 1, -1) == 1) {
		int fd = e.data.fd;

		if (fd != listener) {
			if (!echo(fd))
				close(fd); /* which takes it off the list, too */
			continue;
		}
		fd = accept(listener, NULL, NULL);
		e = (struct epoll_event){.events = EPOLLIN, .data.fd = fd};
		if (fd >= 0)
			epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
	}
	return 1;
}
