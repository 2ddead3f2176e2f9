/*
 * With streams of the C library: what was printed must be out before the end
 * is said, so fflush() comes before shutdown().
 */
#include <netdb.h>
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

int main(void)
{
	char line[64];
	int sock = dial();
	FILE *server = sock < 0 ? NULL : fdopen(sock, "r+");

	if (!server) {
		perror("connect");
		return 1;
	}
	for (const char *n = "312"; *n; n++)
		fprintf(server, "%c\n", *n);
	if (fflush(server) != 0 || shutdown(fileno(server), SHUT_WR) < 0)
		return 1;
	while (fgets(line, sizeof line, server))
		fputs(line, stdout);
	fclose(server);
	return 0;
}
