#include "stage/decode_put.h"

#include "lesson/action.h"
#include "stage/address.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>

enum { SHOWN_POLLS = 16, CONTROL_ROOM = 512 };

bool put_read(pid_t tid, unsigned long at, void *to, size_t n)
{
	return at != 0 && follow_read(tid, at, to, n) == n;
}

/*
 * Values.
 */

void put_pointer(struct str *to, unsigned long at)
{
	if (at)
		str_addf(to, "%#lx", at);
	else
		str_add(to, "NULL");
}

void put_named(struct str *to, const char *prefix, long value)
{
	const char *name = constant_name(prefix, value);

	if (name)
		str_add(to, name);
	else
		str_addf(to, "%ld", value);
}

/* The N bytes at AT in quotes, shortened; the address alone when they cannot be read. */
void put_bytes(struct str *to, pid_t tid, unsigned long at, size_t n)
{
	char bytes[DECODE_TEXT_BYTES + 4]; /* the rest of a letter that begins in the last byte */
	size_t got = follow_read(tid, at, bytes, n < sizeof bytes ? n : sizeof bytes);

	if (got == 0 && n > 0) {
		put_pointer(to, at);
		return;
	}
	str_addc(to, '"');
	if (str_add_quoted(to, bytes, got, DECODE_TEXT_BYTES) && got == n)
		str_addc(to, '"');
	else
		str_add(to, "\"…");
}

void put_type(struct str *to, long value)
{
	put_named(to, "SOCK_", value & 0xf);
	if (value & ~0xfL) {
		str_addc(to, '|');
		constant_flags(to, "SOCK_", (unsigned long)value & ~0xfUL);
	}
}

bool put_address(struct str *to, pid_t tid, unsigned long at, unsigned long len)
{
	struct address a = {0};

	a.len = (socklen_t)(len < sizeof a.u ? len : sizeof a.u);
	if (!at)
		return false;
	if (a.len < sizeof(sa_family_t) || !put_read(tid, at, &a.u, a.len)) {
		str_addf(to, "%#lx, %lu", at, len);
		return true;
	}
	str_addc(to, '"');
	address_print(to, &a);
	str_addc(to, '"');
	return true;
}

void put_timespec(struct str *to, pid_t tid, unsigned long at)
{
	struct timespec t;

	if (put_read(tid, at, &t, sizeof t))
		str_addf(to, "{%lld, %ld}", (long long)t.tv_sec, t.tv_nsec);
	else
		put_pointer(to, at);
}

void put_timeval(struct str *to, pid_t tid, unsigned long at)
{
	struct timeval t;

	if (put_read(tid, at, &t, sizeof t))
		str_addf(to, "{%lld, %ld}", (long long)t.tv_sec, (long)t.tv_usec);
	else
		put_pointer(to, at);
}

/*
 * Lists.
 */

bool put_read_parts(struct parts *parts, pid_t tid, unsigned long at, unsigned long n)
{
	parts->n = n < MOST_PARTS ? n : MOST_PARTS;
	return n == 0 || put_read(tid, at, parts->at, parts->n * sizeof *parts->at);
}

void put_parts(struct str *to, pid_t tid, unsigned long at, unsigned long n, bool in)
{
	struct parts parts;

	if (!put_read_parts(&parts, tid, at, n)) {
		put_pointer(to, at);
		return;
	}
	str_addc(to, '{');
	for (size_t i = 0; i < parts.n; i++) {
		if (i)
			str_add(to, ", ");
		if (in)
			put_bytes(to, tid, (unsigned long)parts.at[i].iov_base,
				  parts.at[i].iov_len);
		else
			str_addf(to, "buf[%zu]", parts.at[i].iov_len);
	}
	str_add(to, n > parts.n ? ", …}" : "}");
}

/* The descriptors that a message carries: `SCM_RIGHTS {5}`. */
void put_rights(struct str *to, pid_t tid, const struct msghdr *m, const char *before)
{
	union {
		struct cmsghdr head;
		char room[CONTROL_ROOM];
	} control;
	struct msghdr here = {.msg_control = control.room};
	int fd;

	here.msg_controllen =
		m->msg_controllen < CONTROL_ROOM ? m->msg_controllen : CONTROL_ROOM;
	if (m->msg_controllen == 0 ||
	    !put_read(tid, (unsigned long)m->msg_control, control.room, here.msg_controllen))
		return;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&here); c; c = CMSG_NXTHDR(&here, c)) {
		size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof fd;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
		    c->cmsg_len > here.msg_controllen || c->cmsg_len < CMSG_LEN(0))
			continue;
		str_addf(to, "%sSCM_RIGHTS {", before);
		for (size_t i = 0; i < n; i++) {
			memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
			str_addf(to, "%s%d", i ? ", " : "", fd);
		}
		str_addc(to, '}');
	}
}

void put_message(struct str *to, pid_t tid, unsigned long at, bool in)
{
	struct msghdr m;

	if (!put_read(tid, at, &m, sizeof m)) {
		put_pointer(to, at);
		return;
	}
	str_addc(to, '{');
	if (in && put_address(to, tid, (unsigned long)m.msg_name, m.msg_namelen))
		str_add(to, ", ");
	put_parts(to, tid, (unsigned long)m.msg_iov, (unsigned long)m.msg_iovlen, in);
	if (in)
		put_rights(to, tid, &m, ", ");
	str_addc(to, '}');
}

void put_messages(struct str *to, pid_t tid, unsigned long at, unsigned long n, bool in)
{
	size_t most = n < MOST_PARTS ? n : MOST_PARTS;

	str_addc(to, '{');
	for (size_t i = 0; i < most; i++) {
		if (i)
			str_add(to, ", ");
		put_message(to, tid, at + i * sizeof(struct mmsghdr), in);
	}
	str_addf(to, "%s}, %lu", n > most ? ", …" : "", n);
}

size_t put_read_polls(struct pollfd *polls, pid_t tid, const unsigned long *a)
{
	size_t n = a[1] < MOST_POLLS ? a[1] : MOST_POLLS;

	return n && a[0] ? follow_read(tid, a[0], polls, n * sizeof *polls) / sizeof *polls : 0;
}

void put_polls(struct str *to, pid_t tid, const unsigned long *a)
{
	struct pollfd polls[MOST_POLLS];
	size_t n = put_read_polls(polls, tid, a);

	str_addc(to, '{');
	for (size_t i = 0; i < n && i < SHOWN_POLLS; i++) {
		str_addf(to, "%s{%d, ", i ? ", " : "", polls[i].fd);
		constant_flags(to, "POLL", (unsigned short)polls[i].events);
		str_addc(to, '}');
	}
	str_addf(to, "%s}, %lu", n > SHOWN_POLLS ? ", …" : "", a[1]);
}

void put_polled(struct str *to, pid_t tid, const unsigned long *a)
{
	struct pollfd polls[MOST_POLLS];
	size_t n = put_read_polls(polls, tid, a), shown = 0;

	for (size_t i = 0; i < n && shown < SHOWN_POLLS; i++) {
		if (!polls[i].revents)
			continue;
		if (n > 1)
			str_addf(to, "%s%d ", shown ? ", " : "", polls[i].fd);
		constant_flags(to, "POLL", (unsigned short)polls[i].revents);
		shown++;
	}
}

/* A set of select(), as far as the program says that it has one. */
bool put_read_set(fd_set *set, pid_t tid, unsigned long at, unsigned long n)
{
	size_t words = (n + 8 * sizeof(long) - 1) / (8 * sizeof(long));

	FD_ZERO(set);
	return n <= FD_SETSIZE && put_read(tid, at, set, words * sizeof(long));
}

static void put_set(struct str *to, pid_t tid, unsigned long at, unsigned long n)
{
	size_t before;
	fd_set set;

	if (!put_read_set(&set, tid, at, n)) {
		put_pointer(to, at);
		return;
	}
	str_addc(to, '{');
	before = to->len;
	for (int fd = 0; fd < (int)n; fd++)
		if (FD_ISSET(fd, &set))
			str_addf(to, "%s%d", to->len > before ? ", " : "", fd);
	str_addc(to, '}');
}

void put_sets(struct str *to, pid_t tid, const unsigned long *a)
{
	str_addf(to, "%lu", a[0]);
	for (int i = 1; i <= 3; i++) {
		str_add(to, ", ");
		put_set(to, tid, a[i], a[0]);
	}
}

void put_selected(struct str *to, pid_t tid, const unsigned long *a)
{
	static const char *const names[] = {NULL, "read", "write", "except"};
	fd_set set;

	for (int i = 1; i <= 3; i++) {
		bool any = false;

		if (!put_read_set(&set, tid, a[i], a[0]))
			continue;
		for (int fd = 0; fd < (int)a[0]; fd++)
			any = any || FD_ISSET(fd, &set);
		if (!any)
			continue;
		str_addf(to, "%s%s ", to->len ? ", " : "", names[i]);
		put_set(to, tid, a[i], a[0]);
	}
}

/*
 * Options, flags and commands.
 */

static const char *option_prefix(long level)
{
	switch (level) {
	case SOL_SOCKET:
		return "SO_";
	case IPPROTO_TCP:
		return "TCP_";
	case IPPROTO_IP:
		return "IP_";
	case IPPROTO_IPV6:
		return "IPV6_";
	case IPPROTO_UDP:
		return "UDP_";
	default:
		return "?";
	}
}

void put_option_name(struct str *to, const unsigned long *a)
{
	put_named(to, "SOL_", (int)a[0]);
	str_add(to, ", ");
	put_named(to, option_prefix((int)a[0]), (int)a[1]);
}

void put_option_value(struct str *to, pid_t tid, const unsigned long *a, size_t len)
{
	bool socket = (int)a[0] == SOL_SOCKET;
	int value[2];
	struct timeval t;

	if (socket && ((int)a[1] == SO_RCVTIMEO || (int)a[1] == SO_SNDTIMEO) && len == sizeof t)
		put_timeval(to, tid, a[2]);
	else if (len == sizeof(int) && put_read(tid, a[2], value, sizeof(int)))
		str_addf(to, "%d", value[0]);
	else if (socket && (int)a[1] == SO_LINGER && put_read(tid, a[2], value, sizeof value))
		str_addf(to, "{%d, %d}", value[0], value[1]);
	else
		str_addf(to, "%zu bytes", len);
}

void put_fcntl(struct str *to, const unsigned long *a)
{
	int command = (int)a[0];

	put_named(to, "F_", command);
	if (command == F_SETFL) {
		str_add(to, ", ");
		constant_flags(to, "O_", a[1] & (O_NONBLOCK | O_APPEND | O_ASYNC | O_DIRECT));
	} else if (command == F_SETFD) {
		str_add(to, a[1] & FD_CLOEXEC ? ", FD_CLOEXEC" : ", 0");
	} else if (command != F_GETFL && command != F_GETFD && command != F_GETOWN) {
		str_addf(to, ", %ld", (long)a[1]);
	}
}

static void put_epoll_flags(struct str *to, uint32_t events)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {
		{EPOLLIN, "EPOLLIN"}, {EPOLLPRI, "EPOLLPRI"}, {EPOLLOUT, "EPOLLOUT"},
		{EPOLLERR, "EPOLLERR"}, {EPOLLHUP, "EPOLLHUP"}, {EPOLLRDHUP, "EPOLLRDHUP"},
		{EPOLLET, "EPOLLET"}, {EPOLLONESHOT, "EPOLLONESHOT"},
	};
	size_t before = to->len;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(events & names[i].flag))
			continue;
		str_addf(to, "%s%s", to->len > before ? "|" : "", names[i].name);
		events &= ~names[i].flag;
	}
	if (events || to->len == before)
		str_addf(to, to->len > before ? "|%#x" : "%#x", events);
}

void put_ioctl(struct str *to, pid_t tid, const unsigned long *a)
{
	int on;

	if (a[0] == FIONBIO && put_read(tid, a[1], &on, sizeof on))
		str_addf(to, "FIONBIO, {%d}", on);
	else if (a[0] == FIONREAD)
		str_add(to, "FIONREAD");
	else
		str_addf(to, "%#lx, %#lx", a[0], a[1]);
}

void put_epoll_op(struct str *to, int op)
{
	static const char *const names[] = {
		[EPOLL_CTL_ADD] = "EPOLL_CTL_ADD", [EPOLL_CTL_DEL] = "EPOLL_CTL_DEL",
		[EPOLL_CTL_MOD] = "EPOLL_CTL_MOD",
	};

	if (op > 0 && (size_t)op < sizeof names / sizeof *names && names[op])
		str_add(to, names[op]);
	else
		str_addf(to, "%d", op);
}

void put_epoll_event(struct str *to, pid_t tid, unsigned long at)
{
	struct epoll_event e;

	if (put_read(tid, at, &e, sizeof e))
		put_epoll_flags(to, e.events);
	else
		put_pointer(to, at);
}

void put_epolled(struct str *to, pid_t tid, unsigned long at, long n)
{
	for (long i = 0; i < n && i < SHOWN_POLLS; i++) {
		if (i)
			str_add(to, ", ");
		put_epoll_event(to, tid, at + (unsigned long)i * sizeof(struct epoll_event));
	}
}
