#include "stage/probe.h"

#include "stage/miss.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void ask_address(int (*ask)(int, struct sockaddr *, socklen_t *), int fd, struct address *a)
{
	a->len = sizeof a->u;
	if (ask(fd, &a->u.sa, &a->len) < 0)
		a->len = 0;
}

static int get_local(int fd, struct sockaddr *sa, socklen_t *len)
{
	return getsockname(fd, sa, len);
}

static int get_peer(int fd, struct sockaddr *sa, socklen_t *len)
{
	return getpeername(fd, sa, len);
}

static void set_family(struct probe *probe, int type)
{
	sa_family_t family = probe->local.u.sa.sa_family;

	probe->internet = family == AF_INET || family == AF_INET6;
	probe->datagrams = type == SOCK_DGRAM;
	probe->protocol = type == SOCK_DGRAM ? PROTOCOL_UDP : PROTOCOL_TCP;
}

static bool ask_copy(struct probe *probe, int fd)
{
	socklen_t len = sizeof(int);
	int type;

	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) < 0)
		return false;
	ask_address(get_local, fd, &probe->local);
	ask_address(get_peer, fd, &probe->peer);
	set_family(probe, type);
	if (probe->internet)
		probe->misses = miss_asked(fd, probe->protocol);
	return true;
}

/*
 * The second way: the descriptor's inode, looked up in the tables of /proc/PID/net.
 * Source: proc_pid_net(5), net/ipv4/tcp_ipv4.c (tcp4_seq_show).
 */

static unsigned long socket_inode(const struct tracee *t, const struct sandbox *box, int fd)
{
	char path[64], link[64];
	ssize_t n;

	snprintf(path, sizeof path, "%d/fd/%d", (int)t->pid, fd);
	n = readlinkat(box->proc, path, link, sizeof link - 1);
	if (n <= 0)
		return 0;
	link[n] = '\0';
	return strncmp(link, "socket:[", 8) == 0 ? strtoul(link + 8, NULL, 10) : 0;
}

/* `0100007F:1F90`: the address in the machine's byte order, word by word. */
static void read_hex_address(struct address *a, const char *hex)
{
	const char *colon = strchr(hex, ':');
	size_t words = colon ? (size_t)(colon - hex) / 8 : 0;
	uint32_t word[4] = {0};
	unsigned port = 0;

	for (size_t i = 0; i < words && i < 4; i++)
		sscanf(hex + 8 * i, "%8x", &word[i]);
	if (colon)
		sscanf(colon + 1, "%4x", &port);
	memset(a, 0, sizeof *a);
	if (words == 1) {
		struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

		memcpy(&in.sin_addr, word, sizeof in.sin_addr);
		memcpy(&a->u, &in, sizeof in);
		a->len = sizeof in;
	} else {
		struct sockaddr_in6 in = {.sin6_family = AF_INET6,
					  .sin6_port = htons((uint16_t)port)};

		memcpy(&in.sin6_addr, word, sizeof in.sin6_addr);
		memcpy(&a->u, &in, sizeof in);
		a->len = sizeof in;
	}
}

/* One line of a table: fills PROBE when it is INODE's. */
static bool read_internet_line(struct probe *probe, const char *line, unsigned long inode)
{
	char local[64], peer[64];
	unsigned long found = 0;

	if (sscanf(line, " %*s %63s %63s %*s %*s %*s %*s %*s %*s %lu", local, peer, &found) != 3 ||
	    found != inode)
		return false;
	read_hex_address(&probe->local, local);
	read_hex_address(&probe->peer, peer);
	if (address_port(&probe->peer) == 0)
		probe->peer.len = 0;
	return true;
}

static bool read_unix_line(struct probe *probe, const char *line, unsigned long inode)
{
	unsigned long found = 0;
	unsigned type = 0;
	int at = 0;

	if (sscanf(line, " %*s %*s %*s %*s %x %*s %lu %n", &type, &found, &at) < 2 ||
	    found != inode)
		return false;
	probe->datagrams = type == SOCK_DGRAM;
	probe->local.u.sa.sa_family = AF_UNIX;
	if (at > 0 && line[at] && line[at] != '\n')
		address_parse(&probe->local, line + at, strcspn(line + at, "\n"));
	return true;
}

static FILE *open_table(const struct tracee *t, const struct sandbox *box, const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof path, "%d/net/%s", (int)t->pid, name);
	fd = openat(box->proc, path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? NULL : fdopen(fd, "r");
}

static bool look_up(struct probe *probe, const struct tracee *t, const struct sandbox *box, int fd)
{
	static const struct {
		const char *name;
		int type;
		bool (*read)(struct probe *, const char *, unsigned long);
	} tables[] = {
		{"tcp", SOCK_STREAM, read_internet_line}, {"tcp6", SOCK_STREAM, read_internet_line},
		{"udp", SOCK_DGRAM, read_internet_line},  {"udp6", SOCK_DGRAM, read_internet_line},
		{"unix", SOCK_STREAM, read_unix_line},
	};
	unsigned long inode = socket_inode(t, box, fd);
	bool found = false;

	for (size_t i = 0; inode && !found && i < sizeof tables / sizeof *tables; i++) {
		FILE *table = open_table(t, box, tables[i].name);
		char line[512];

		while (table && !found && fgets(line, sizeof line, table))
			found = tables[i].read(probe, line, inode);
		if (table)
			fclose(table);
		if (found)
			set_family(probe, probe->datagrams ? SOCK_DGRAM : tables[i].type);
	}
	return found;
}

bool probe_socket(struct probe *probe, const struct tracee *t, const struct sandbox *box, int fd)
{
	int copy = tracer_borrow(t, fd);
	bool got;

	*probe = (struct probe){.protocol = PROTOCOL_TCP};
	if (copy < 0)
		return errno != EBADF && look_up(probe, t, box, fd);
	got = ask_copy(probe, copy);
	close(copy);
	return got;
}

int probe_miss(const struct tracee *t, int fd, unsigned misses, enum protocol protocol)
{
	int copy = tracer_borrow(t, fd), got;

	if (copy < 0)
		return -1;
	got = miss_apply(copy, misses, protocol);
	close(copy);
	return got;
}
