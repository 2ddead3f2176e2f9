/*
 * A thread reads, and whoever asked waits for it: for a second, by a
 * condition. The reader may sleep for ever, it is nobody's time that it
 * wastes.
 */
#include <netdb.h>
#include <pthread.h>
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

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t came = PTHREAD_COND_INITIALIZER;
static int answers;

/* Counts the answers: each ends with a newline. */
static void *reader(void *arg)
{
	int sock = *(int *)arg;
	char buf[64];
	ssize_t n;

	while ((n = recv(sock, buf, sizeof buf, 0)) > 0) {
		pthread_mutex_lock(&lock);
		for (ssize_t i = 0; i < n; i++)
			answers += buf[i] == '\n';
		pthread_cond_signal(&came);
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

/* Waits a second for answer number N. */
static bool answered(int n)
{
	struct timespec end;
	int failed = 0;

	clock_gettime(CLOCK_REALTIME, &end); /* the clock of conditions */
	end.tv_sec++;
	pthread_mutex_lock(&lock);
	while (answers < n && !failed)
		failed = pthread_cond_timedwait(&came, &lock, &end);
	pthread_mutex_unlock(&lock);
	return !failed;
}

int main(void)
{
	int sock = dial();
	pthread_t thread;

	if (sock < 0 || pthread_create(&thread, NULL, reader, &sock) != 0) {
		perror("connect");
		return 1;
	}
	for (int i = 1; i <= 2; i++) {
		if (send(sock, "ping\n", 5, MSG_NOSIGNAL) < 0)
			return 1;
		if (!answered(i)) {
			fprintf(stderr, "no answer\n");
			return 2;
		}
	}
	return 0;
}
