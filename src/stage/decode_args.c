#include "stage/decode_args.h"

#include "base/names.h"
#include "lesson/action.h"
#include "stage/decode_put.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

unsigned args_taken(enum piece piece)
{
	switch (piece) {
	case P_END:
		return 0;
	case P_IN:
	case P_OUT:
	case P_IN_PARTS:
	case P_OUT_PARTS:
	case P_IN_MSGS:
	case P_OUT_MSGS:
	case P_ADDRESS:
	case P_OUT_ADDRESS:
	case P_OUT_ADDRESS_SHOWN:
	case P_POLLS:
	case P_FCNTL:
	case P_IOCTL:
	case P_OUT_EVENTS:
		return 2;
	case P_OPTION:
	case P_OUT_OPTION:
	case P_SETS:
		return 4;
	case P_FD:
	case P_INT:
	case P_LENGTH:
	case P_IN_MSG:
	case P_OUT_MSG:
	case P_MSG_FLAGS:
	case P_DOMAIN:
	case P_TYPE:
	case P_PROTOCOL:
	case P_HOW:
	case P_SOCK_FLAGS:
	case P_OPEN_FLAGS:
	case P_CLOEXEC:
	case P_PAIR:
	case P_MS:
	case P_TIMESPEC:
	case P_TIMEVAL:
	case P_EPOLL_OP:
	case P_EPOLL_EVENT:
	case P_SKIP:
	case P_POINTER:
		return 1;
	}
	return 1;
}

/*
 * The table.
 */

bool args_put(struct str *to, enum piece piece, pid_t tid, const unsigned long *a)
{
	switch (piece) {
	case P_END:
	case P_SKIP:
		return false;
	case P_OUT_ADDRESS:
		str_add(to, a[0] ? "&addr, &len" : "");
		return a[0] != 0;
	case P_OUT_ADDRESS_SHOWN:
		str_add(to, a[0] ? "&addr, &len" : "NULL, NULL");
		return true;
	case P_FD:
	case P_INT:
	case P_MS:
		str_addf(to, "%d", (int)a[0]);
		return true;
	case P_LENGTH:
		str_addf(to, "%lu", a[0]);
		return true;
	case P_IN:
		put_bytes(to, tid, a[0], a[1]);
		str_addf(to, ", %lu", a[1]);
		return true;
	case P_OUT:
		str_addf(to, "%s, %lu", a[0] ? "buf" : "NULL", a[1]);
		return true;
	case P_IN_PARTS:
	case P_OUT_PARTS:
		put_parts(to, tid, a[0], a[1], piece == P_IN_PARTS);
		str_addf(to, ", %lu", a[1]);
		return true;
	case P_IN_MSG:
	case P_OUT_MSG:
		put_message(to, tid, a[0], piece == P_IN_MSG);
		return true;
	case P_IN_MSGS:
	case P_OUT_MSGS:
		put_messages(to, tid, a[0], a[1], piece == P_IN_MSGS);
		return true;
	case P_MSG_FLAGS:
		constant_flags(to, "MSG_", (unsigned)a[0]);
		return true;
	case P_ADDRESS:
		return put_address(to, tid, a[0], (unsigned)a[1]);
	case P_DOMAIN:
		put_named(to, "AF_", (int)a[0]);
		return true;
	case P_TYPE:
		put_type(to, (int)a[0]);
		return true;
	case P_PROTOCOL:
		if ((int)a[0])
			put_named(to, "IPPROTO_", (int)a[0]);
		else
			str_addc(to, '0');
		return true;
	case P_HOW:
		put_named(to, "SHUT_", (int)a[0]);
		return true;
	case P_SOCK_FLAGS:
		constant_flags(to, "SOCK_", (unsigned)a[0]);
		return true;
	case P_OPEN_FLAGS:
	case P_CLOEXEC:
		constant_flags(to, "O_", (unsigned)a[0]);
		return true;
	case P_OPTION:
		put_option_name(to, a);
		str_add(to, ", ");
		put_option_value(to, tid, a, (unsigned)a[3]);
		return true;
	case P_OUT_OPTION:
		put_option_name(to, a);
		return true;
	case P_PAIR:
		str_add(to, "fds");
		return true;
	case P_POLLS:
		put_polls(to, tid, a);
		return true;
	case P_SETS:
		put_sets(to, tid, a);
		return true;
	case P_TIMESPEC:
		put_timespec(to, tid, a[0]);
		return true;
	case P_TIMEVAL:
		put_timeval(to, tid, a[0]);
		return true;
	case P_FCNTL:
		put_fcntl(to, a);
		return true;
	case P_IOCTL:
		put_ioctl(to, tid, a);
		return true;
	case P_EPOLL_OP:
		put_epoll_op(to, (int)a[0]);
		return true;
	case P_EPOLL_EVENT:
		put_epoll_event(to, tid, a[0]);
		return true;
	case P_OUT_EVENTS:
		str_addf(to, "events, %d", (int)a[1]);
		return true;
	case P_POINTER:
		put_pointer(to, a[0]);
		return true;
	}
	return false;
}

/*
 * What came back.
 */

/* Up to N bytes of the PARTS, as much as is kept. */
static void keep_parts(struct event *ret, pid_t tid, const struct parts *parts, size_t n)
{
	char kept[DECODE_KEPT_BYTES];
	size_t have = 0;

	if (ret->u.ret.bytes)
		return;
	for (size_t i = 0; i < parts->n && have < sizeof kept && n > 0; i++) {
		size_t want = parts->at[i].iov_len < n ? parts->at[i].iov_len : n;
		size_t fits = want < sizeof kept - have ? want : sizeof kept - have;

		have += follow_read(tid, (unsigned long)parts->at[i].iov_base, kept + have, fits);
		n -= want;
	}
	if (have == 0)
		return;
	ret->u.ret.bytes = mem_alloc(have + 1);
	memcpy(ret->u.ret.bytes, kept, have);
	ret->u.ret.bytes[have] = '\0';
	ret->u.ret.len = have;
}

static void keep_bytes(struct event *ret, pid_t tid, unsigned long at, unsigned long room, long n)
{
	struct parts one = {.n = 1};

	one.at[0] = (struct iovec){(void *)at, room};
	if (n > 0)
		keep_parts(ret, tid, &one, (size_t)n);
}

static void detail_address(struct str *to, pid_t tid, const unsigned long *a)
{
	socklen_t len;
	size_t before = to->len;

	if (to->len)
		str_addc(to, ' ');
	/* A Unix socket without a name has nothing to say. */
	if (!put_read(tid, a[1], &len, sizeof len) || len <= sizeof(sa_family_t) ||
	    !put_address(to, tid, a[0], len))
		str_cut(to, before);
}

static void detail_message(struct event *ret, struct str *to, pid_t tid, unsigned long at, long n)
{
	struct parts parts;
	struct msghdr m;

	if (!put_read(tid, at, &m, sizeof m))
		return;
	if (n > 0 && put_read_parts(&parts, tid, (unsigned long)m.msg_iov, (unsigned long)m.msg_iovlen))
		keep_parts(ret, tid, &parts, (size_t)n);
	if (m.msg_name && m.msg_namelen > sizeof(sa_family_t))
		put_address(to, tid, (unsigned long)m.msg_name, m.msg_namelen);
	put_rights(to, tid, &m, to->len ? " " : "");
}

static void detail_pair(struct str *to, pid_t tid, unsigned long at, int new[2])
{
	int pair[2];

	if (!put_read(tid, at, pair, sizeof pair))
		return;
	new[0] = pair[0];
	new[1] = pair[1];
	str_addf(to, "{%d, %d}", pair[0], pair[1]);
}

static void detail_option(struct str *to, pid_t tid, const unsigned long *a)
{
	socklen_t len;
	int value;

	if (!put_read(tid, a[3], &len, sizeof len))
		return;
	if ((int)a[0] == SOL_SOCKET && (int)a[1] == SO_ERROR && len == sizeof value &&
	    put_read(tid, a[2], &value, sizeof value) && errno_name(value))
		str_add(to, errno_name(value));
	else
		put_option_value(to, tid, a, len);
}

static void detail_fcntl(struct str *to, int command, long result)
{
	if (command == F_GETFL) {
		put_named(to, "O_", result & O_ACCMODE);
		if (result & (O_NONBLOCK | O_APPEND | O_ASYNC)) {
			str_addc(to, '|');
			constant_flags(to, "O_",
				       (unsigned long)result & (O_NONBLOCK | O_APPEND | O_ASYNC));
		}
	} else if (command == F_GETFD && result) {
		str_add(to, "FD_CLOEXEC");
	}
}

static void detail_ioctl(struct str *to, pid_t tid, const unsigned long *a)
{
	int n;

	if (a[0] == FIONREAD && put_read(tid, a[1], &n, sizeof n))
		str_addf(to, "%d", n);
}

void args_result(struct event *ret, struct str *detail, enum piece piece, pid_t tid,
		 const unsigned long *a, long result, int new[2])
{
	struct parts parts;

	switch (piece) {
	case P_OUT:
		keep_bytes(ret, tid, a[0], a[1], result);
		return;
	case P_OUT_PARTS:
		if (result > 0 && put_read_parts(&parts, tid, a[0], a[1]))
			keep_parts(ret, tid, &parts, (size_t)result);
		return;
	case P_OUT_MSG:
		detail_message(ret, detail, tid, a[0], result);
		return;
	case P_OUT_ADDRESS:
	case P_OUT_ADDRESS_SHOWN:
		if (a[0])
			detail_address(detail, tid, a);
		return;
	case P_PAIR:
		detail_pair(detail, tid, a[0], new);
		return;
	case P_OUT_OPTION:
		detail_option(detail, tid, a);
		return;
	case P_POLLS:
		if (result > 0)
			put_polled(detail, tid, a);
		return;
	case P_SETS:
		if (result > 0)
			put_selected(detail, tid, a);
		return;
	case P_OUT_EVENTS:
		put_epolled(detail, tid, a[0], result);
		return;
	case P_FCNTL:
		detail_fcntl(detail, (int)a[0], result);
		if ((int)a[0] == F_DUPFD || (int)a[0] == F_DUPFD_CLOEXEC)
			new[0] = (int)result;
		return;
	case P_IOCTL:
		detail_ioctl(detail, tid, a);
		return;
	case P_END:
	case P_FD:
	case P_INT:
	case P_LENGTH:
	case P_IN:
	case P_IN_PARTS:
	case P_IN_MSG:
	case P_IN_MSGS:
	case P_OUT_MSGS:
	case P_MSG_FLAGS:
	case P_ADDRESS:
	case P_DOMAIN:
	case P_TYPE:
	case P_PROTOCOL:
	case P_HOW:
	case P_SOCK_FLAGS:
	case P_OPEN_FLAGS:
	case P_CLOEXEC:
	case P_OPTION:
	case P_MS:
	case P_TIMESPEC:
	case P_TIMEVAL:
	case P_EPOLL_OP:
	case P_EPOLL_EVENT:
	case P_SKIP:
	case P_POINTER:
		return;
	}
}

bool args_each_fd(enum piece piece, pid_t tid, const unsigned long *a,
		  bool (*see)(void *data, int fd), void *data)
{
	struct pollfd polls[MOST_POLLS];
	size_t n;
	fd_set set;

	if (piece == P_FD)
		return see(data, (int)a[0]);
	if (piece == P_POLLS) {
		n = put_read_polls(polls, tid, a);
		for (size_t i = 0; i < n; i++)
			if (see(data, polls[i].fd))
				return true;
	}
	if (piece == P_SETS) {
		for (int i = 1; i <= 3; i++) {
			if (!put_read_set(&set, tid, a[i], a[0]))
				continue;
			for (int fd = 0; fd < (int)a[0]; fd++)
				if (FD_ISSET(fd, &set) && see(data, fd))
					return true;
		}
	}
	return false;
}
