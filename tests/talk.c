/*
 * talk.c - two sides of a conversation, for tests/trace.sh: programs that call what there is to
 * call on sockets, in ways that strace is asked about too.
 *
 *     talk MODE server|client ADDRESS
 *
 * ADDRESS is a path or a port of 127.0.0.1. The server prints `ready` once it listens.
 *
 * With `turns` no two of their calls race: what one does when the other has done something, it
 * does when there is a file ADDRESS.N that says so. In the end the client waits for what never
 * comes, and the server for nothing.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

union any {
	struct sockaddr sa;
	struct sockaddr_un un;
	struct sockaddr_in in;
};

static socklen_t address(union any *a, const char *text)
{
	memset(a, 0, sizeof *a);
	if (atoi(text)) {
		a->in.sin_family = AF_INET;
		a->in.sin_port = htons((unsigned short)atoi(text));
		a->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof a->in;
	}
	a->un.sun_family = AF_UNIX;
	snprintf(a->un.sun_path, sizeof a->un.sun_path, "%s", text);
	return sizeof a->un;
}

static int open_listener(const char *text)
{
	union any a;
	socklen_t len = address(&a, text);
	int one = 1, fd = socket(a.sa.sa_family, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, &a.sa, len) < 0 || listen(fd, 4) < 0)
		exit(1);
	puts("ready");
	fflush(stdout);
	return fd;
}

static int open_client(const char *text)
{
	union any a;
	socklen_t len = address(&a, text);
	int fd = socket(a.sa.sa_family, SOCK_STREAM, 0);

	if (connect(fd, &a.sa, len) < 0)
		exit(1);
	return fd;
}

static void must(ssize_t n)
{
	if (n < 0)
		perror("talk");
}

/* Each way to send and to receive once; the other side answers each with one byte. */
static void kinds_client(int fd)
{
	struct iovec parts[2] = {{(char[]){"on"}, 2}, {(char[]){"e\n"}, 2}};
	struct msghdr m = {.msg_iov = parts, .msg_iovlen = 2};
	struct pollfd p = {fd, POLLIN, 0};
	char b[16];

	must(send(fd, "one\n", 4, MSG_NOSIGNAL));
	must(recv(fd, b, 16, MSG_PEEK));
	must(recv(fd, b, 16, 0));
	must(write(fd, "two\0\377", 5));
	must(read(fd, b, 16));
	must(writev(fd, parts, 2));
	must(poll(&p, 1, -1));
	must(recvfrom(fd, b, 16, 0, NULL, NULL));
	must(sendmsg(fd, &m, 0));
	must(readv(fd, &(struct iovec){b, 16}, 1));
	must(recv(fd, b, 16, MSG_DONTWAIT));
	must(shutdown(fd, SHUT_WR));
	must(recv(fd, b, 16, 0));
	close(fd);
}

static void kinds_server(int fd)
{
	struct epoll_event e = {.events = EPOLLIN};
	struct iovec part;
	char b[16];
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
	int ep = epoll_create1(0);
	fd_set set;

	part = (struct iovec){b, sizeof b};
	must(recv(fd, b, 16, 0));
	must(send(fd, "1", 1, 0));
	must(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e));
	must(epoll_wait(ep, &e, 1, -1));
	must(recv(fd, b, 16, 0));
	must(send(fd, "2", 1, 0));
	FD_ZERO(&set);
	FD_SET(fd, &set);
	must(select(fd + 1, &set, NULL, NULL, NULL));
	must(recvmsg(fd, &m, 0));
	must(send(fd, "3", 1, 0));
	must(recv(fd, b, 16, 0));
	must(send(fd, "4", 1, 0));
	must(recv(fd, b, 16, 0));
	close(ep);
	close(fd);
}

static void *echo(void *data)
{
	int fd = *(int *)data;
	char b[64];
	ssize_t n;

	while ((n = recv(fd, b, sizeof b, 0)) > 0)
		must(send(fd, b, (size_t)n, 0));
	close(fd);
	return NULL;
}

static void ask(int fd)
{
	char b[64];

	for (int i = 0; i < 3; i++) {
		must(send(fd, "again", 5, 0));
		must(recv(fd, b, sizeof b, 0));
	}
	close(fd);
}

static volatile sig_atomic_t sends_on = -1;

static void on_signal(int sig)
{
	(void)sig;
	if (sends_on >= 0)
		must(send(sends_on, "again", 5, 0));
}

/* A wait that a timer interrupts: it gives EINTR, or goes on by itself, and its handler makes a
 * call of its own. */
static void interrupted(int fd, int flags)
{
	struct sigaction act = {.sa_handler = on_signal, .sa_flags = flags};
	struct itimerval soon = {.it_value = {0, 20000}};
	char b[16];

	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	must(recv(fd, b, 16, 0) < 0 && errno != EINTR ? -1 : 0);
}

/* One that is interrupted ends it. */
static void must_not_fail(ssize_t n)
{
	must(n);
	if (n < 0)
		exit(9);
}

/* Wait in calls that the kernel does not begin again when something stops the process. */
static void wait_patiently(int fd)
{
	struct timeval time = {1000, 0};
	struct epoll_event event = {.events = EPOLLIN};
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	char b[16];

	must(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
	must(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
	puts("in epoll_wait()");
	fflush(stdout);
	must_not_fail(epoll_wait(epoll, &event, 1, -1));
	must_not_fail(recv(fd, b, 1, 0));
	puts("in recv()");
	fflush(stdout);
	must_not_fail(recv(fd, b, 1, 0));
}

/* Turn N of those at TEXT is over. */
static void turn_over(const char *text, int n)
{
	char path[200];

	snprintf(path, sizeof path, "%s.%d", text, n);
	close(open(path, O_WRONLY | O_CREAT, 0600));
}

static void wait_turn(const char *text, int n)
{
	char path[200];

	snprintf(path, sizeof path, "%s.%d", text, n);
	while (access(path, F_OK) < 0)
		usleep(1000);
}

static void serve_in_turns(int listener, const char *text)
{
	char b[16];
	int fd;

	turn_over(text, 1);
	wait_turn(text, 2);
	fd = accept(listener, NULL, NULL);
	must(fd);
	turn_over(text, 3);
	wait_turn(text, 4);
	must(recv(fd, b, 16, 0));
	must(send(fd, "well", 4, 0));
	turn_over(text, 5);
	for (;;)
		pause();
}

static void visit_in_turns(const char *text)
{
	char b[16];
	int fd;

	wait_turn(text, 1);
	fd = open_client(text);
	turn_over(text, 2);
	wait_turn(text, 3);
	must(send(fd, "hello", 5, 0));
	turn_over(text, 4);
	wait_turn(text, 5);
	must(recv(fd, b, 16, 0));
	must(recv(fd, b, 16, 0));
}

static void serve(const char *mode, int listener)
{
	pthread_t threads[2];
	int fds[2];
	char b[16];

	fds[0] = accept(listener, NULL, NULL);
	if (strcmp(mode, "kinds") == 0) {
		kinds_server(fds[0]);
	} else if (strcmp(mode, "fork") == 0) {
		if (fork() == 0) {
			echo(&fds[0]);
			_exit(7);
		}
		close(fds[0]);
		wait(NULL);
	} else if (strcmp(mode, "threads") == 0) {
		fds[1] = accept(listener, NULL, NULL);
		for (int i = 0; i < 2; i++)
			pthread_create(&threads[i], NULL, echo, &fds[i]);
		for (int i = 0; i < 2; i++)
			pthread_join(threads[i], NULL);
	} else if (strcmp(mode, "patient") == 0) {
		wait_patiently(fds[0]);
	} else if (strcmp(mode, "signal") == 0) {
		must(recv(fds[0], b, 16, 0));
		must(send(fds[0], "x", 1, 0));
		close(fds[0]);
	} else {
		must(recv(fds[0], b, 16, 0));
		if (strcmp(mode, "kill") == 0)
			kill(getpid(), SIGKILL);
		close(fds[0]);
	}
	close(listener);
}

static void *become(void *data)
{
	(void)data;
	execlp("sh", "sh", "-c", "exit 5", (char *)NULL);
	return NULL;
}

/* A child that stops itself, and is let go on once it has stopped. */
static void stop_and_go(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		raise(SIGSTOP);
		_exit(3);
	}
	must(waitpid(pid, &status, WUNTRACED));
	must(WIFSTOPPED(status) ? 0 : -1);
	must(kill(pid, SIGCONT));
	must(waitpid(pid, &status, 0));
	must(WIFEXITED(status) && WEXITSTATUS(status) == 3 ? 0 : -1);
}

static void visit(const char *mode, const char *text)
{
	int fd = open_client(text), other;
	char b[16];

	if (strcmp(mode, "kinds") == 0) {
		kinds_client(fd);
	} else if (strcmp(mode, "fork") == 0) {
		ask(fd);
	} else if (strcmp(mode, "threads") == 0) {
		other = open_client(text);
		ask(fd);
		ask(other);
	} else if (strcmp(mode, "signal") == 0) {
		interrupted(fd, 0);
		sends_on = fd;
		interrupted(fd, SA_RESTART);
		close(fd);
	} else if (strcmp(mode, "patient") == 0) {
		while (read(STDIN_FILENO, b, 1) == 1)
			must(send(fd, b, 1, 0));
	} else if (strcmp(mode, "exec") == 0) {
		dup2(fd, 0);
		execlp("sh", "sh", "-c", "echo hello >&0", (char *)NULL);
	} else if (strcmp(mode, "stop") == 0) {
		stop_and_go();
		must(send(fd, "last", 4, 0));
		close(fd);
	} else if (strcmp(mode, "become") == 0) {
		pthread_t thread;

		pthread_create(&thread, NULL, become, NULL);
		must(recv(fd, b, 16, 0));
	} else {
		must(send(fd, "last", 4, 0));
		must(recv(fd, b, 16, 0));
		close(fd);
	}
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	if (strcmp(argv[1], "turns") == 0 && strcmp(argv[2], "server") == 0)
		serve_in_turns(open_listener(argv[3]), argv[3]);
	else if (strcmp(argv[1], "turns") == 0)
		visit_in_turns(argv[3]);
	else if (strcmp(argv[2], "server") == 0)
		serve(argv[1], open_listener(argv[3]));
	else
		visit(argv[1], argv[3]);
	return 0;
}
