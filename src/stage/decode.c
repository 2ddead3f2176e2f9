#include "stage/decode.h"

#include "stage/decode_args.h"
#include "stage/decode_result.h"

#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECES = 6 };

struct shape {
	const char *syscall;
	const char *name;    /* what the program called */
	enum fd_use use;
	enum did did;        /* what its success means for a conversation; see what_it_did() */
	bool makes;          /* it makes descriptors: worth showing whatever it is about */
	bool gives_fd;       /* its result is a descriptor */
	enum piece pieces[PIECES];
};

static const struct shape shapes[] = {
	{"socket", "socket", USE_OTHER, DID_OTHER, true, true, {P_DOMAIN, P_TYPE, P_PROTOCOL}},
	{"socketpair", "socketpair", USE_OTHER, DID_OTHER, true, false,
	 {P_DOMAIN, P_TYPE, P_PROTOCOL, P_PAIR}},
	{"pipe", "pipe", USE_MAKES_PIPE, DID_OTHER, true, false, {P_PAIR}},
	{"pipe2", "pipe2", USE_MAKES_PIPE, DID_OTHER, true, false, {P_PAIR, P_OPEN_FLAGS}},
	{"bind", "bind", USE_OTHER, DID_OTHER, false, false, {P_FD, P_ADDRESS}},
	{"listen", "listen", USE_LISTENS, DID_LISTEN, false, false, {P_FD, P_INT}},
	{"accept", "accept", USE_JOINS, DID_ACCEPT, false, true, {P_FD, P_OUT_ADDRESS_SHOWN}},
	{"accept4", "accept4", USE_JOINS, DID_ACCEPT, false, true,
	 {P_FD, P_OUT_ADDRESS_SHOWN, P_SOCK_FLAGS}},
	{"connect", "connect", USE_JOINS, DID_CONNECT, false, false, {P_FD, P_ADDRESS}},
	{"shutdown", "shutdown", USE_OTHER, DID_SHUT, false, false, {P_FD, P_HOW}},
	{"close", "close", USE_OTHER, DID_CLOSE, false, false, {P_FD}},
	{"sendto", "sendto", USE_WRITES, DID_SEND, false, false,
	 {P_FD, P_IN, P_MSG_FLAGS, P_ADDRESS}},
	{"send", "send", USE_WRITES, DID_SEND, false, false, {P_FD, P_IN, P_MSG_FLAGS}},
	{"sendmsg", "sendmsg", USE_WRITES, DID_SEND, false, false, {P_FD, P_IN_MSG, P_MSG_FLAGS}},
	{"sendmmsg", "sendmmsg", USE_WRITES, DID_SEND, false, false,
	 {P_FD, P_IN_MSGS, P_MSG_FLAGS}},
	{"recvfrom", "recvfrom", USE_READS, DID_READ, false, false,
	 {P_FD, P_OUT, P_MSG_FLAGS, P_OUT_ADDRESS}},
	{"recv", "recv", USE_READS, DID_READ, false, false, {P_FD, P_OUT, P_MSG_FLAGS}},
	{"recvmsg", "recvmsg", USE_READS, DID_READ, false, false, {P_FD, P_OUT_MSG, P_MSG_FLAGS}},
	{"recvmmsg", "recvmmsg", USE_READS, DID_READ, false, false,
	 {P_FD, P_OUT_MSGS, P_MSG_FLAGS, P_TIMESPEC}},
	{"read", "read", USE_READS, DID_READ, false, false, {P_FD, P_OUT}},
	{"readv", "readv", USE_READS, DID_READ, false, false, {P_FD, P_OUT_PARTS}},
	{"write", "write", USE_WRITES, DID_SEND, false, false, {P_FD, P_IN}},
	{"writev", "writev", USE_WRITES, DID_SEND, false, false, {P_FD, P_IN_PARTS}},
	{"sendfile", "sendfile", USE_WRITES, DID_SEND, false, false,
	 {P_FD, P_FD, P_POINTER, P_LENGTH}},
	{"splice", "splice", USE_OTHER, DID_OTHER, false, false,
	 {P_FD, P_POINTER, P_FD, P_POINTER, P_LENGTH, P_INT}},
	{"setsockopt", "setsockopt", USE_OTHER, DID_OTHER, false, false, {P_FD, P_OPTION}},
	{"getsockopt", "getsockopt", USE_OTHER, DID_CONFIRM, false, false, {P_FD, P_OUT_OPTION}},
	{"getsockname", "getsockname", USE_OTHER, DID_OTHER, false, false,
	 {P_FD, P_OUT_ADDRESS_SHOWN}},
	{"getpeername", "getpeername", USE_OTHER, DID_OTHER, false, false,
	 {P_FD, P_OUT_ADDRESS_SHOWN}},
	{"dup", "dup", USE_OTHER, DID_OTHER, false, true, {P_FD}},
	{"dup2", "dup2", USE_OTHER, DID_OTHER, false, true, {P_FD, P_FD}},
	{"dup3", "dup3", USE_OTHER, DID_OTHER, false, true, {P_FD, P_FD, P_CLOEXEC}},
	{"fcntl", "fcntl", USE_OTHER, DID_OTHER, false, false, {P_FD, P_FCNTL}},
	{"ioctl", "ioctl", USE_OTHER, DID_OTHER, false, false, {P_FD, P_IOCTL}},
	{"poll", "poll", USE_OTHER, DID_WAIT, false, false, {P_POLLS, P_MS}},
	{"ppoll", "ppoll", USE_OTHER, DID_WAIT, false, false,
	 {P_POLLS, P_TIMESPEC, P_POINTER, P_SKIP}},
	{"select", "select", USE_OTHER, DID_WAIT, false, false, {P_SETS, P_TIMEVAL}},
	{"pselect6", "pselect", USE_OTHER, DID_WAIT, false, false, {P_SETS, P_TIMESPEC, P_SKIP}},
	{"epoll_ctl", "epoll_ctl", USE_OTHER, DID_OTHER, false, false,
	 {P_INT, P_EPOLL_OP, P_FD, P_EPOLL_EVENT}},
	{"epoll_wait", "epoll_wait", USE_OTHER, DID_WAIT, true, false, {P_INT, P_OUT_EVENTS, P_MS}},
	{"epoll_pwait", "epoll_wait", USE_OTHER, DID_WAIT, true, false,
	 {P_INT, P_OUT_EVENTS, P_MS, P_SKIP}},
	{"epoll_pwait2", "epoll_pwait2", USE_OTHER, DID_WAIT, true, false,
	 {P_INT, P_OUT_EVENTS, P_TIMESPEC, P_SKIP}},
};

enum { SHAPES = sizeof shapes / sizeof *shapes };

const char *const *decode_calls(void)
{
	static const char *const names[] = {
		"socket", "socketpair", "pipe", "pipe2", "bind", "listen", "accept", "accept4",
		"connect", "shutdown", "close", "sendto", "send", "sendmsg", "sendmmsg",
		"recvfrom", "recv", "recvmsg", "recvmmsg", "read", "readv", "write", "writev",
		"sendfile", "splice", "setsockopt", "getsockopt", "getsockname", "getpeername", "dup",
		"dup2", "dup3", "fcntl", "ioctl", "poll", "ppoll", "select", "pselect6", "epoll_ctl",
		"epoll_wait", "epoll_pwait", "epoll_pwait2", NULL,
	};
	_Static_assert(sizeof names / sizeof *names == SHAPES + 1, "a name for each shape");

	return names;
}

/* Pipes have a file system of their own. */
static unsigned long pipe_device(void)
{
	struct stat st = {0};
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return 0;
	fstat(ends[0], &st);
	close(ends[0]);
	close(ends[1]);
	return (unsigned long)st.st_dev;
}

void decoder_apart(struct decoder *d, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && (S_ISSOCK(st.st_mode) || S_ISFIFO(st.st_mode)))
		vec_push(&d->apart, (unsigned long)st.st_ino);
}

void decoder_start(struct decoder *d)
{
	*d = (struct decoder){0};
	for (size_t i = 0; i < SHAPES; i++) {
		int nr = seccomp_syscall_resolve_name(shapes[i].syscall);

		if (nr >= 0) {
			vec_room(&d->rows);
			d->rows.at[d->rows.n].nr = nr;
			d->rows.at[d->rows.n++].shape = &shapes[i];
		}
	}
	d->pipes = pipe_device();
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		decoder_apart(d, fd);
}

void decoder_free(struct decoder *d)
{
	vec_free(&d->rows);
	vec_free(&d->apart);
}

/* The links of /proc lead to the very object, also to those without a name. Source: proc(5). */
enum fd_kind decode_fd(const struct decoder *d, pid_t tid, int fd, unsigned long *inode)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)tid, fd);
	if (fd < 0 || stat(path, &st) < 0)
		return FD_UNKNOWN;
	if (!S_ISSOCK(st.st_mode) && !S_ISFIFO(st.st_mode))
		return FD_OTHER;
	*inode = (unsigned long)st.st_ino;
	for (size_t i = 0; i < d->apart.n; i++)
		if (d->apart.at[i] == *inode)
			return FD_APART;
	if (S_ISSOCK(st.st_mode))
		return FD_SOCKET;
	return (unsigned long)st.st_dev == d->pipes ? FD_PIPE : FD_FIFO;
}

static const struct shape *find_shape(const struct decoder *d, long nr)
{
	for (size_t i = 0; i < d->rows.n; i++)
		if (d->rows.at[i].nr == nr)
			return d->rows.at[i].shape;
	return NULL;
}

/* Sees a descriptor of a call; a pipe without a name counts for less than the others. */
struct looking {
	const struct decoder *decoder;
	pid_t tid;
	struct doing *doing;
};

static bool look_at(void *data, int fd)
{
	struct looking *l = data;
	unsigned long inode = 0;
	enum fd_kind kind = decode_fd(l->decoder, l->tid, fd, &inode);

	if (kind != FD_SOCKET && kind != FD_FIFO && kind != FD_PIPE)
		return false;
	if (kind == FD_PIPE && l->doing->fd >= 0)
		return false;
	l->doing->fd = fd;
	l->doing->kind = kind;
	l->doing->inode = inode;
	return kind != FD_PIPE;
}

static bool worth_showing(const struct decoder *d, const struct follow_stop *stop,
			  struct doing *doing)
{
	struct looking l = {d, stop->tid, doing};
	const enum piece *p = doing->shape->pieces;
	unsigned at = 0;

	for (size_t i = 0; i < PIECES && p[i] != P_END; at += args_taken(p[i++]))
		if (args_each_fd(p[i], stop->tid, stop->args + at, look_at, &l))
			return true;
	if (doing->shape->use == USE_MAKES_PIPE)
		doing->kind = FD_PIPE;
	return doing->fd >= 0 || doing->shape->makes;
}

/* What the C library makes of send(), recv() and select() on some machines. */
static const char *name_of(const struct shape *shape, const struct follow_stop *stop)
{
	if (strcmp(shape->name, "sendto") == 0 && stop->args[4] == 0)
		return "send";
	if (strcmp(shape->name, "recvfrom") == 0 && stop->args[4] == 0)
		return "recv";
	if (strcmp(shape->name, "pselect") == 0 && stop->args[5] == 0)
		return "select";
	return shape->name;
}

bool decode_entry(const struct decoder *d, const struct follow_stop *stop, struct str *to,
		  struct doing *doing)
{
	const struct shape *shape = find_shape(d, stop->nr);
	unsigned at = 0;
	bool any = false;

	*doing = (struct doing){.shape = shape, .fd = -1};
	if (!shape || !worth_showing(d, stop, doing))
		return false;
	doing->use = shape->use;
	doing->whole = d->whole;
	str_addf(to, "%s(", name_of(shape, stop));
	for (size_t i = 0; i < PIECES && shape->pieces[i] != P_END; i++) {
		size_t before = to->len;

		if (any)
			str_add(to, ", ");
		if (args_put(to, shape->pieces[i], stop->tid, stop->args + at))
			any = true;
		else
			str_cut(to, before);
		at += args_taken(shape->pieces[i]);
	}
	str_addc(to, ')');
	return true;
}

/* The arguments of the call that PIECE takes, or NULL. */
static const unsigned long *find_piece(const struct shape *shape, const struct follow_stop *stop,
				       enum piece piece)
{
	unsigned at = 0;

	for (size_t i = 0; i < PIECES && shape->pieces[i] != P_END; i++) {
		if (shape->pieces[i] == piece)
			return stop->args + at;
		at += args_taken(shape->pieces[i]);
	}
	return NULL;
}

/* Some calls do it with some arguments only. */
static enum did what_it_did(const struct shape *shape, const struct follow_stop *stop)
{
	const unsigned long *flags = find_piece(shape, stop, P_MSG_FLAGS);
	const unsigned long *option = find_piece(shape, stop, P_OUT_OPTION);
	const unsigned long *direction = find_piece(shape, stop, P_HOW);

	if (shape->did == DID_READ && flags && flags[0] & MSG_ERRQUEUE)
		return DID_OTHER;
	/* What is only looked at will be read again. */
	if (shape->did == DID_READ && flags && flags[0] & MSG_PEEK)
		return DID_WAIT;
	if (option && ((int)option[0] != SOL_SOCKET || (int)option[1] != SO_ERROR))
		return DID_OTHER;
	if (direction && (int)direction[0] == SHUT_RD)
		return DID_OTHER;
	return shape->did;
}

void decode_exit(const struct doing *doing, const struct follow_stop *stop, struct event *ret,
		 int new[2])
{
	const struct shape *shape = doing->shape;
	struct str detail = {0};
	const struct returned r = {ret, &detail, stop->tid, stop->result, new, doing->whole};
	unsigned at = 0;

	new[0] = new[1] = -1;
	ret->u.ret.result = stop->result;
	ret->u.ret.err = stop->err;
	ret->u.ret.reads = shape->use == USE_READS;
	ret->u.ret.did = what_it_did(shape, stop);
	ret->u.ret.socket = doing->inode;
	if (stop->err)
		return;
	if (shape->gives_fd)
		new[0] = (int)stop->result;
	for (size_t i = 0; i < PIECES && shape->pieces[i] != P_END; i++) {
		args_result(&r, shape->pieces[i], stop->args + at);
		at += args_taken(shape->pieces[i]);
	}
	if (detail.len)
		ret->text = str_take(&detail);
	str_free(&detail);
}
