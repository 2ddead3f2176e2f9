#include "stage/decode_args.h"

#include "lesson/action.h"
#include "stage/decode_put.h"
#include "stage/decode_result.h"

#include <poll.h>
#include <sys/socket.h>

/*
 * Each writes the arguments at A.
 */

static void number(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	str_addf(to, "%d", (int)a[0]);
}

static void length(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	str_addf(to, "%lu", a[0]);
}

static void in_bytes(struct str *to, pid_t tid, const unsigned long *a)
{
	put_bytes(to, tid, a[0], a[1]);
	str_addf(to, ", %lu", a[1]);
}

static void out_bytes(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	str_addf(to, "%s, %lu", a[0] ? "buf" : "NULL", a[1]);
}

static void in_parts(struct str *to, pid_t tid, const unsigned long *a)
{
	put_parts(to, tid, a[0], a[1], true);
	str_addf(to, ", %lu", a[1]);
}

static void out_parts(struct str *to, pid_t tid, const unsigned long *a)
{
	put_parts(to, tid, a[0], a[1], false);
	str_addf(to, ", %lu", a[1]);
}

static void in_message(struct str *to, pid_t tid, const unsigned long *a)
{
	put_message(to, tid, a[0], true);
}

static void out_message(struct str *to, pid_t tid, const unsigned long *a)
{
	put_message(to, tid, a[0], false);
}

static void in_messages(struct str *to, pid_t tid, const unsigned long *a)
{
	put_messages(to, tid, a[0], a[1], true);
}

static void out_messages(struct str *to, pid_t tid, const unsigned long *a)
{
	put_messages(to, tid, a[0], a[1], false);
}

static void message_flags(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	constant_flags(to, "MSG_", (unsigned)a[0]);
}

static void address(struct str *to, pid_t tid, const unsigned long *a)
{
	put_address(to, tid, a[0], (unsigned)a[1]);
}

static void out_address(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	str_add(to, a[0] ? "&addr, &len" : "");
}

static void out_address_shown(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	str_add(to, a[0] ? "&addr, &len" : "NULL, NULL");
}

static void domain(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_named(to, "AF_", (int)a[0]);
}

static void type(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_type(to, (int)a[0]);
}

static void protocol(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	if ((int)a[0])
		put_named(to, "IPPROTO_", (int)a[0]);
	else
		str_addc(to, '0');
}

static void how(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_named(to, "SHUT_", (int)a[0]);
}

static void socket_flags(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	constant_flags(to, "SOCK_", (unsigned)a[0]);
}

static void open_flags(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	constant_flags(to, "O_", (unsigned)a[0]);
}

static void option(struct str *to, pid_t tid, const unsigned long *a)
{
	put_option_name(to, a);
	str_add(to, ", ");
	put_option_value(to, tid, a, (unsigned)a[3]);
}

static void out_option(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_option_name(to, a);
}

static void pair(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	(void)a;
	str_add(to, "fds");
}

static void timespec(struct str *to, pid_t tid, const unsigned long *a)
{
	put_timespec(to, tid, a[0]);
}

static void timeval(struct str *to, pid_t tid, const unsigned long *a)
{
	put_timeval(to, tid, a[0]);
}

static void fcntl_command(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_fcntl(to, a);
}

static void epoll_op(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_epoll_op(to, (int)a[0]);
}

static void epoll_event(struct str *to, pid_t tid, const unsigned long *a)
{
	put_epoll_event(to, tid, a[0]);
}

static void out_events(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	str_addf(to, "events, %d", (int)a[1]);
}

static void pointer(struct str *to, pid_t tid, const unsigned long *a)
{
	(void)tid;
	put_pointer(to, a[0]);
}

static const struct {
	unsigned taken; /* of the system call's arguments */
	/* NULL: nothing is written. */
	void (*put)(struct str *to, pid_t tid, const unsigned long *a);
	/* NULL: the kernel fills nothing in, and takes nothing. */
	void (*result)(const struct returned *r, const unsigned long *a);
} pieces[] = {
	[P_FD] = {1, number, NULL},
	[P_INT] = {1, number, NULL},
	[P_LENGTH] = {1, length, NULL},
	[P_IN] = {2, in_bytes, result_sent},
	[P_OUT] = {2, out_bytes, result_bytes},
	[P_IN_PARTS] = {2, in_parts, result_sent_parts},
	[P_OUT_PARTS] = {2, out_parts, result_parts},
	[P_IN_MSG] = {1, in_message, result_sent_message},
	[P_OUT_MSG] = {1, out_message, result_message},
	[P_IN_MSGS] = {2, in_messages, result_sent_messages},
	[P_OUT_MSGS] = {2, out_messages, result_messages},
	[P_MSG_FLAGS] = {1, message_flags, NULL},
	[P_ADDRESS] = {2, address, NULL},
	[P_OUT_ADDRESS] = {2, out_address, result_address},
	[P_OUT_ADDRESS_SHOWN] = {2, out_address_shown, result_address},
	[P_DOMAIN] = {1, domain, NULL},
	[P_TYPE] = {1, type, NULL},
	[P_PROTOCOL] = {1, protocol, NULL},
	[P_HOW] = {1, how, NULL},
	[P_SOCK_FLAGS] = {1, socket_flags, NULL},
	[P_OPEN_FLAGS] = {1, open_flags, NULL},
	[P_CLOEXEC] = {1, open_flags, NULL},
	[P_OPTION] = {4, option, NULL},
	[P_OUT_OPTION] = {4, out_option, result_option},
	[P_PAIR] = {1, pair, result_pair},
	[P_POLLS] = {2, put_polls, result_polls},
	[P_SETS] = {4, put_sets, result_sets},
	[P_MS] = {1, number, NULL},
	[P_TIMESPEC] = {1, timespec, NULL},
	[P_TIMEVAL] = {1, timeval, NULL},
	[P_FCNTL] = {2, fcntl_command, result_fcntl},
	[P_IOCTL] = {2, put_ioctl, result_ioctl},
	[P_EPOLL_OP] = {1, epoll_op, NULL},
	[P_EPOLL_EVENT] = {1, epoll_event, NULL},
	[P_OUT_EVENTS] = {2, out_events, result_events},
	[P_SKIP] = {1, NULL, NULL},
	[P_POINTER] = {1, pointer, NULL},
};

unsigned args_taken(enum piece piece)
{
	return pieces[piece].taken;
}

bool args_put(struct str *to, enum piece piece, pid_t tid, const unsigned long *a)
{
	size_t before = to->len;

	if (pieces[piece].put)
		pieces[piece].put(to, tid, a);
	return to->len > before;
}

void args_result(const struct returned *r, enum piece piece, const unsigned long *a)
{
	if (pieces[piece].result)
		pieces[piece].result(r, a);
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
