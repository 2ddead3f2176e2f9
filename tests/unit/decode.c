/* stage/decode: system calls in the words of C. Who is looked at is this process itself. */
#include "stage/decode.h"
#include "suites.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#define AT(x) ((unsigned long)(x))

/* What a call about descriptors of this process is written as. */
static struct {
	struct decoder decoder;
	struct doing doing;
	struct follow_stop stop;
	struct str text;
	int pair[2];  /* sockets */
	bool sees;    /* a process may read itself as it reads another */
} k;

static int start(void)
{
	char c = 'x', copy = 0;

	decoder_start(&k.decoder);
	k.sees = follow_read(getpid(), AT(&c), &copy, 1) == 1 && copy == 'x';
	return socketpair(AF_UNIX, SOCK_STREAM, 0, k.pair);
}

static int end(void)
{
	close(k.pair[0]);
	close(k.pair[1]);
	decoder_free(&k.decoder);
	str_free(&k.text);
	return 0;
}

static const char *call(long nr, unsigned long a, unsigned long b, unsigned long c, unsigned long d,
			unsigned long e, unsigned long f)
{
	k.stop = (struct follow_stop){.kind = FOLLOW_ENTRY, .tid = getpid(), .pid = getpid(),
				      .nr = nr, .args = {a, b, c, d, e, f}};
	str_cut(&k.text, 0);
	return decode_entry(&k.decoder, &k.stop, &k.text, &k.doing) ? str_text(&k.text) : "(none)";
}

/* The same with the descriptor's number as #. */
static const char *about(int fd, long nr, unsigned long b, unsigned long c, unsigned long d,
			 unsigned long e, unsigned long f)
{
	static char text[600];
	char number[16];
	const char *at, *whole = call(nr, AT(fd), b, c, d, e, f);

	snprintf(number, sizeof number, "(%d", fd);
	at = strstr(whole, number);
	if (!at)
		return whole;
	snprintf(text, sizeof text, "%.*s(#%s", (int)(at - whole), whole, at + strlen(number));
	return text;
}

/* What the call that was entered last returned. The event is the caller's. */
static struct event left(long result, int err, int new[2])
{
	struct event e = {.kind = EVENT_RETURN};

	k.stop.kind = FOLLOW_EXIT;
	k.stop.result = result;
	k.stop.err = err;
	decode_exit(&k.doing, &k.stop, &e, new);
	return e;
}

static bool cannot_see(void)
{
	if (!k.sees)
		skip_test("a process may not be read here (process_vm_readv)");
	return !k.sees;
}

static void what_is_sent(void)
{
	static char long_text[40];
	struct iovec parts[2] = {{(char *)"one", 3}, {(char *)"two", 3}};
	int fd = k.pair[0];

	if (cannot_see())
		return;
	memset(long_text, 'a', sizeof long_text);
	CHECK_TEXT(about(fd, SYS_sendto, AT("hello"), 5, 0, 0, 0), "send(#, \"hello\", 5, 0)");
	CHECK_TEXT(about(fd, SYS_sendto, AT("hello"), 5, MSG_NOSIGNAL | MSG_DONTWAIT, 0, 0),
		   "send(#, \"hello\", 5, MSG_DONTWAIT|MSG_NOSIGNAL)");
	CHECK_TEXT(about(fd, SYS_write, AT("a\0\"\n\377"), 5, 0, 0, 0),
		   "write(#, \"a\\0\\\"\\n\\377\", 5)");
	CHECK_TEXT(about(fd, SYS_write, AT("h\303\251!"), 4, 0, 0, 0), "write(#, \"h\303\251!\", 4)");
	CHECK_TEXT(about(fd, SYS_write, AT(long_text), sizeof long_text, 0, 0, 0),
		   "write(#, \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"…, 40)");
	CHECK_TEXT(about(fd, SYS_write, AT(""), 0, 0, 0, 0), "write(#, \"\", 0)");
	CHECK_TEXT(about(fd, SYS_writev, AT(parts), 2, 0, 0, 0), "writev(#, {\"one\", \"two\"}, 2)");
	CHECK(k.doing.use == USE_WRITES && k.doing.fd == fd && k.doing.kind == FD_SOCKET);
}

/* What the call that was entered last did, and the bytes that it says were SENT. */
static void check_did(long result, int err, enum did did, const char *sent)
{
	int new[2];
	struct event e = left(result, err, new);

	CHECK_NUMBER(e.u.ret.did, did);
	CHECK_NUMBER(e.u.ret.socket, k.doing.inode);
	CHECK_TEXT(e.u.ret.sent, sent);
	CHECK_NUMBER(e.u.ret.sent_len, sent ? strlen(sent) : 0);
	event_clear(&e);
}

static void what_was_sent(void)
{
	struct iovec parts[40];
	struct msghdr m = {.msg_iov = parts, .msg_iovlen = 2};
	struct mmsghdr two[2] = {{.msg_hdr = m, .msg_len = 4}, {.msg_hdr = m, .msg_len = 1}};
	int fd = k.pair[0];

	if (cannot_see())
		return;
	for (size_t i = 0; i < 40; i++)
		parts[i] = (struct iovec){(char *)"ab", 2};
	k.decoder.whole = true;
	about(fd, SYS_sendto, AT("hello"), 5, 0, 0, 0);
	check_did(5, 0, DID_SEND, "hello");
	about(fd, SYS_write, AT("hello"), 5, 0, 0, 0);
	check_did(2, 0, DID_SEND, "he");
	about(fd, SYS_write, AT("hello"), 5, 0, 0, 0);
	check_did(-1, EPIPE, DID_SEND, NULL);
	about(fd, SYS_writev, AT(parts), 40, 0, 0, 0);
	check_did(37, 0, DID_SEND, "ababababababababababababababababababa");
	about(fd, SYS_sendmsg, AT(&m), 0, 0, 0, 0);
	check_did(3, 0, DID_SEND, "aba");
	about(fd, SYS_sendmmsg, AT(two), 2, 0, 0, 0);
	check_did(2, 0, DID_SEND, "ababa");
	about(fd, SYS_sendmmsg, AT(two), 2, 0, 0, 0);
	check_did(1, 0, DID_SEND, "abab");
	about(fd, SYS_write, 1, 5, 0, 0, 0);
	check_did(5, 0, DID_SEND, NULL);
	k.decoder.whole = false;
	about(fd, SYS_write, AT("hello"), 5, 0, 0, 0);
	check_did(5, 0, DID_SEND, NULL);
}

/* Of much the beginning is kept. */
static void much_is_sent(void)
{
	static char much[3 * DECODE_WHOLE_BYTES];
	int new[2];
	struct event e;

	if (cannot_see())
		return;
	k.decoder.whole = true;
	about(k.pair[0], SYS_write, AT(much), sizeof much, 0, 0, 0);
	e = left(sizeof much, 0, new);
	CHECK_NUMBER(e.u.ret.sent_len, DECODE_WHOLE_BYTES);
	event_clear(&e);
	about(k.pair[0], SYS_read, AT(much), sizeof much, 0, 0, 0);
	e = left(sizeof much, 0, new);
	CHECK_NUMBER(e.u.ret.len, DECODE_WHOLE_BYTES);
	event_clear(&e);
	k.decoder.whole = false;
	about(k.pair[0], SYS_read, AT(much), sizeof much, 0, 0, 0);
	e = left(sizeof much, 0, new);
	CHECK_NUMBER(e.u.ret.len, DECODE_KEPT_BYTES);
	event_clear(&e);
}

static void what_it_did(void)
{
	int fd = k.pair[0], value = 0;
	socklen_t len = sizeof value;
	char buf[8];

	about(fd, SYS_recvfrom, AT(buf), sizeof buf, 0, 0, 0);
	check_did(-1, EAGAIN, DID_READ, NULL);
	about(fd, SYS_recvfrom, AT(buf), sizeof buf, MSG_PEEK, 0, 0);
	check_did(3, 0, DID_WAIT, NULL);
	about(fd, SYS_recvfrom, AT(buf), sizeof buf, MSG_ERRQUEUE, 0, 0);
	check_did(3, 0, DID_OTHER, NULL);
	about(fd, SYS_getsockopt, SOL_SOCKET, SO_ERROR, AT(&value), AT(&len), 0);
	check_did(0, 0, DID_CONFIRM, NULL);
	about(fd, SYS_getsockopt, SOL_SOCKET, SO_TYPE, AT(&value), AT(&len), 0);
	check_did(0, 0, DID_OTHER, NULL);
	about(fd, SYS_shutdown, SHUT_RD, 0, 0, 0, 0);
	check_did(0, 0, DID_OTHER, NULL);
	about(fd, SYS_shutdown, SHUT_WR, 0, 0, 0, 0);
	check_did(0, 0, DID_SHUT, NULL);
	about(fd, SYS_close, 0, 0, 0, 0, 0);
	check_did(0, 0, DID_CLOSE, NULL);
	about(fd, SYS_listen, 5, 0, 0, 0, 0);
	check_did(0, 0, DID_LISTEN, NULL);
}

/* A program may give any number for an address. */
static void what_cannot_be_read(void)
{
	int fd = k.pair[0];

	CHECK_TEXT(about(fd, SYS_sendto, 8, 5, 0, 0, 0), "send(#, 0x8, 5, 0)");
	CHECK_TEXT(about(fd, SYS_sendto, 0, 5, 0, 0, 0), "send(#, NULL, 5, 0)");
	CHECK_TEXT(about(fd, SYS_writev, 8, 2, 0, 0, 0), "writev(#, 0x8, 2)");
	CHECK_TEXT(about(fd, SYS_sendmsg, 8, 0, 0, 0, 0), "sendmsg(#, 0x8, 0)");
	CHECK_TEXT(about(fd, SYS_connect, 8, 16, 0, 0, 0), "connect(#, 0x8, 16)");
	CHECK_TEXT(about(fd, SYS_connect, 0, 0, 0, 0, 0), "connect(#)");
	CHECK_TEXT(about(fd, SYS_setsockopt, SOL_SOCKET, SO_LINGER, 8, 4, 0),
		   "setsockopt(#, SOL_SOCKET, SO_LINGER, 4 bytes)");
}

static void addresses(void)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "demo.sock"};
	struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0name"};
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(7000)};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(7000)};
	char expected[60];
	int fd = k.pair[0];

	if (cannot_see())
		return;
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in6.sin6_addr = in6addr_loopback;
	CHECK_TEXT(about(fd, SYS_connect, AT(&un), sizeof un, 0, 0, 0), "connect(#, \"demo.sock\")");
	CHECK(k.doing.use == USE_JOINS);
	CHECK_TEXT(about(fd, SYS_connect, AT(&hidden), sizeof(sa_family_t) + 5, 0, 0, 0),
		   "connect(#, \"@name\")");
	CHECK_TEXT(about(fd, SYS_bind, AT(&in), sizeof in, 0, 0, 0), "bind(#, \"127.0.0.1:7000\")");
	CHECK_TEXT(about(fd, SYS_bind, AT(&in6), sizeof in6, 0, 0, 0), "bind(#, \"[::1]:7000\")");
	CHECK_TEXT(about(fd, SYS_sendto, AT("x"), 1, 0, AT(&in), sizeof in),
		   "sendto(#, \"x\", 1, 0, \"127.0.0.1:7000\")");
	snprintf(expected, sizeof expected, "bind(#, %#lx, 1)", AT(&un)); /* too short to be one */
	CHECK_TEXT(about(fd, SYS_bind, AT(&un), 1, 0, 0, 0), expected);
}

static void what_is_made(void)
{
	CHECK_TEXT(call(SYS_socket, AF_INET, SOCK_STREAM, 0, 0, 0, 0),
		   "socket(AF_INET, SOCK_STREAM, 0)");
	CHECK_TEXT(call(SYS_socket, AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP, 0,
			0, 0),
		   "socket(AF_INET6, SOCK_DGRAM|SOCK_NONBLOCK|SOCK_CLOEXEC, IPPROTO_UDP)");
	CHECK_TEXT(call(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET, 0, AT(k.pair), 0, 0),
		   "socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds)");
	CHECK_TEXT(call(SYS_pipe2, AT(k.pair), O_CLOEXEC, 0, 0, 0, 0), "pipe2(fds, O_CLOEXEC)");
	CHECK(k.doing.use == USE_MAKES_PIPE && k.doing.kind == FD_PIPE);
}

static void options_and_flags(void)
{
	struct timeval time = {2, 500000};
	struct linger linger = {1, 0};
	int one = 1, fd = k.pair[0];

	if (cannot_see())
		return;
	CHECK_TEXT(about(fd, SYS_setsockopt, SOL_SOCKET, SO_REUSEADDR, AT(&one), sizeof one, 0),
		   "setsockopt(#, SOL_SOCKET, SO_REUSEADDR, 1)");
	CHECK_TEXT(about(fd, SYS_setsockopt, SOL_SOCKET, SO_RCVTIMEO, AT(&time), sizeof time, 0),
		   "setsockopt(#, SOL_SOCKET, SO_RCVTIMEO, {2, 500000})");
	CHECK_TEXT(about(fd, SYS_setsockopt, SOL_SOCKET, SO_LINGER, AT(&linger), sizeof linger, 0),
		   "setsockopt(#, SOL_SOCKET, SO_LINGER, {1, 0})");
	CHECK_TEXT(about(fd, SYS_shutdown, SHUT_WR, 0, 0, 0, 0), "shutdown(#, SHUT_WR)");
	CHECK_TEXT(about(fd, SYS_shutdown, 9, 0, 0, 0, 0), "shutdown(#, 9)");
	CHECK_TEXT(about(fd, SYS_fcntl, F_SETFL, O_RDWR | O_NONBLOCK, 0, 0, 0),
		   "fcntl(#, F_SETFL, O_NONBLOCK)");
	CHECK_TEXT(about(fd, SYS_fcntl, F_GETFL, 77, 0, 0, 0), "fcntl(#, F_GETFL)");
	CHECK_TEXT(about(fd, SYS_ioctl, FIONBIO, AT(&one), 0, 0, 0), "ioctl(#, FIONBIO, {1})");
	CHECK_TEXT(about(fd, SYS_accept4, 0, 0, SOCK_NONBLOCK, 0, 0),
		   "accept4(#, NULL, NULL, SOCK_NONBLOCK)");
}

static void what_is_waited_for(void)
{
	struct pollfd polls[2] = {{-1, POLLIN, 0}, {k.pair[0], POLLIN | POLLOUT, 0}};
	struct timespec time = {0, 1000};
	struct epoll_event event = {.events = EPOLLIN | EPOLLET};
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	char expected[200];
	fd_set set;

	if (cannot_see()) {
		close(epoll);
		return;
	}
	snprintf(expected, sizeof expected,
		 "ppoll({{-1, POLLIN}, {%d, POLLIN|POLLOUT}}, 2, {0, 1000}, NULL)", k.pair[0]);
	CHECK_TEXT(call(SYS_ppoll, AT(polls), 2, AT(&time), 0, 8, 0), expected);
	CHECK_NUMBER(k.doing.fd, k.pair[0]);
	CHECK_TEXT(call(SYS_ppoll, AT(polls), 1, AT(&time), 0, 8, 0), "(none)");
	FD_ZERO(&set);
	FD_SET(k.pair[0], &set);
	snprintf(expected, sizeof expected, "select(%d, {%d}, NULL, NULL, {0, 1000})",
		 k.pair[0] + 1, k.pair[0]);
	CHECK_TEXT(call(SYS_pselect6, AT(k.pair[0] + 1), AT(&set), 0, 0, AT(&time), 0), expected);
	snprintf(expected, sizeof expected, "epoll_ctl(%d, EPOLL_CTL_ADD, %d, EPOLLIN|EPOLLET)", epoll,
		 k.pair[0]);
	CHECK_TEXT(call(SYS_epoll_ctl, AT(epoll), EPOLL_CTL_ADD, AT(k.pair[0]), AT(&event), 0, 0),
		   expected);
	close(epoll);
}

static void descriptors_in_messages(void)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control = {0};
	struct iovec part = {(char *)"!", 1};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
			   .msg_controllen = sizeof control.room};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	int fds[2] = {5, 6};

	if (cannot_see())
		return;
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof fds);
	memcpy(CMSG_DATA(c), fds, sizeof fds);
	CHECK_TEXT(about(k.pair[0], SYS_sendmsg, AT(&m), MSG_NOSIGNAL, 0, 0, 0),
		   "sendmsg(#, {{\"!\"}, SCM_RIGHTS {5, 6}}, MSG_NOSIGNAL)");
	c->cmsg_len = 4000; /* longer than the message: nothing of it is believed */
	CHECK_TEXT(about(k.pair[0], SYS_sendmsg, AT(&m), 0, 0, 0, 0), "sendmsg(#, {{\"!\"}}, 0)");
}

/* Only sockets and pipes are shown. */
static void what_is_passed_over(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), ends[2];
	struct decoder other;
	char b[4];

	CHECK_TEXT(call(SYS_read, AT(null), AT(b), 4, 0, 0, 0), "(none)");
	CHECK_TEXT(call(SYS_read, 9999, AT(b), 4, 0, 0, 0), "(none)");
	CHECK_TEXT(call(SYS_read, AT(-1), AT(b), 4, 0, 0, 0), "(none)");
	CHECK_TEXT(call(SYS_getpid, 0, 0, 0, 0, 0, 0), "(none)");
	close(null);
	CU_ASSERT_FATAL(pipe2(ends, O_CLOEXEC) == 0);
	CHECK_TEXT(about(ends[0], SYS_read, AT(b), 4, 0, 0, 0), "read(#, buf, 4)");
	CHECK(k.doing.kind == FD_PIPE && k.doing.inode != 0);
	/* What they print is none of their conversation. */
	decoder_start(&other);
	decoder_apart(&other, ends[0]);
	CHECK(!decode_entry(&other, &k.stop, &k.text, &k.doing));
	decoder_free(&other);
	close(ends[0]);
	close(ends[1]);
}

static void pipes_with_names(void)
{
	char directory[] = "/tmp/socktutor-decode.XXXXXX", path[64];
	char b[4];
	int fd;

	CU_ASSERT_FATAL(mkdtemp(directory) != NULL);
	snprintf(path, sizeof path, "%s/fifo", directory);
	CU_ASSERT_FATAL(mkfifo(path, 0600) == 0);
	fd = open(path, O_RDWR | O_CLOEXEC);
	CHECK_TEXT(about(fd, SYS_read, AT(b), 4, 0, 0, 0), "read(#, buf, 4)");
	CHECK(k.doing.kind == FD_FIFO);
	close(fd);
	unlink(path);
	rmdir(directory);
}

static void what_was_read(void)
{
	static char big[1000];
	struct event e;
	int new[2];

	if (cannot_see())
		return;
	memcpy(big, "hello", 5);
	about(k.pair[0], SYS_read, AT(big), sizeof big, 0, 0, 0);
	e = left(5, 0, new);
	CHECK_NUMBER(e.u.ret.result, 5);
	CHECK(e.u.ret.reads && new[0] < 0);
	CHECK_TEXT(e.u.ret.bytes, "hello");
	event_clear(&e);
	e = left(sizeof big, 0, new); /* only the beginning is kept */
	CHECK_NUMBER(e.u.ret.len, DECODE_KEPT_BYTES);
	event_clear(&e);
	e = left(0, 0, new);
	CHECK(e.u.ret.bytes == NULL && e.u.ret.reads);
	e = left(-1, ECONNRESET, new);
	CHECK_NUMBER(e.u.ret.err, ECONNRESET);
	CHECK(e.u.ret.bytes == NULL && e.text == NULL);
	about(k.pair[0], SYS_read, 8, 10, 0, 0, 0); /* it cannot have been: nothing is made up */
	e = left(5, 0, new);
	CHECK(e.u.ret.bytes == NULL);
	event_clear(&e);
}

static void what_was_given(void)
{
	int pair[2] = {7, 8}, error = ECONNREFUSED, new[2];
	struct pollfd polled = {k.pair[0], POLLIN, POLLIN | POLLHUP};
	socklen_t len = sizeof error;
	struct event e;

	if (cannot_see())
		return;
	about(k.pair[0], SYS_accept4, 0, 0, 0, 0, 0);
	e = left(9, 0, new);
	CHECK_NUMBER(new[0], 9);
	event_clear(&e);
	call(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, AT(pair), 0, 0);
	e = left(0, 0, new);
	CHECK_TEXT(e.text, "{7, 8}");
	CHECK(new[0] == 7 && new[1] == 8);
	event_clear(&e);
	about(k.pair[0], SYS_getsockopt, SOL_SOCKET, SO_ERROR, AT(&error), AT(&len), 0);
	e = left(0, 0, new);
	CHECK_TEXT(e.text, "ECONNREFUSED");
	event_clear(&e);
	call(SYS_ppoll, AT(&polled), 1, 0, 0, 8, 0);
	e = left(1, 0, new);
	CHECK_TEXT(e.text, "POLLIN|POLLHUP");
	event_clear(&e);
	about(k.pair[0], SYS_fcntl, F_GETFL, 0, 0, 0, 0);
	e = left(O_RDWR | O_NONBLOCK, 0, new);
	CHECK_TEXT(e.text, "O_RDWR|O_NONBLOCK");
	event_clear(&e);
	about(k.pair[0], SYS_fcntl, F_DUPFD_CLOEXEC, 3, 0, 0, 0);
	e = left(11, 0, new);
	CHECK_NUMBER(new[0], 11);
	event_clear(&e);
}

static const struct test tests[] = {
	{"what_is_sent", what_is_sent},
	{"what_cannot_be_read", what_cannot_be_read},
	{"addresses", addresses},
	{"what_is_made", what_is_made},
	{"options_and_flags", options_and_flags},
	{"what_is_waited_for", what_is_waited_for},
	{"descriptors_in_messages", descriptors_in_messages},
	{"what_is_passed_over", what_is_passed_over},
	{"pipes_with_names", pipes_with_names},
	{"what_was_read", what_was_read},
	{"what_was_given", what_was_given},
	{"what_was_sent", what_was_sent},
	{"much_is_sent", much_is_sent},
	{"what_it_did", what_it_did},
	{0},
};

const struct suite suite_decode = {"decode", start, end, tests};
