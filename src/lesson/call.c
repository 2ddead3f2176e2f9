#include "lesson/call.h"

#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>

/*
 * Shorthands, so that a row reads like the synopsis in the man page. Those with a
 * name are written in the notation, ZERO and OUT are only passed to the kernel.
 */
#define FD(fallback) {PARAM_FD, "sockfd", fallback}
#define INT(name, fallback) {PARAM_INT, name, fallback}
#define BYTES {PARAM_BYTES, "buf", "\"hello\""}
#define BUFFER {PARAM_BUFFER, "buf", "buf"}
#define LENGTH(fallback) {PARAM_LENGTH, "len", fallback}
#define ADDRESS(fallback) {PARAM_ADDRESS, "addr", fallback}
#define PATH {PARAM_PATH, "path", "\"demo.sock\""}
#define PAIR {PARAM_PAIR, "fds", "fds"}
#define NIL(name) {PARAM_NULL, name, "NULL"}
#define ZERO {PARAM_ZERO, NULL, NULL}
#define OUT(kind) {kind, NULL, NULL}

static const struct call calls[] = {
	{"socket", SYS_socket,
	 {INT("domain", "AF_UNIX"), INT("type", "SOCK_STREAM"), INT("protocol", "0")},
	 RESULT_FD, DID_OTHER, "sock", "make a socket"},
	{"socketpair", SYS_socketpair,
	 {INT("domain", "AF_UNIX"), INT("type", "SOCK_STREAM"), INT("protocol", "0"), PAIR},
	 RESULT_PAIR, DID_OTHER, NULL, "make two sockets that are joined"},
	{"bind", SYS_bind, {FD("listener"), ADDRESS("\"demo.sock\"")},
	 RESULT_ZERO, DID_OTHER, NULL, "give a socket its address"},
	{"listen", SYS_listen, {FD("listener"), INT("backlog", "16")},
	 RESULT_ZERO, DID_LISTEN, NULL, "let others connect to a socket"},
	{"accept", SYS_accept4, {FD("listener"), NIL("addr"), NIL("addrlen"), ZERO},
	 RESULT_FD, DID_ACCEPT, "sock", "take the next connection of a listener"},
	{"accept4", SYS_accept4,
	 {FD("listener"), NIL("addr"), NIL("addrlen"), INT("flags", "0")},
	 RESULT_FD, DID_ACCEPT, "sock", "accept, with flags for the new descriptor"},
	{"connect", SYS_connect, {FD("sock"), ADDRESS("\"demo.sock\"")},
	 RESULT_ZERO, DID_CONNECT, NULL, "join a socket to an address"},
	{"shutdown", SYS_shutdown, {FD("sock"), INT("how", "SHUT_WR")},
	 RESULT_ZERO, DID_SHUT, NULL, "close one or both directions of a connection"},
	{"close", SYS_close, {FD("sock")},
	 RESULT_ZERO, DID_CLOSE, NULL, "give a descriptor back"},
	{"send", SYS_sendto, {FD("sock"), BYTES, LENGTH(NULL), INT("flags", "0"), ZERO, ZERO},
	 RESULT_COUNT, DID_SEND, NULL, "send bytes on a connected socket"},
	{"sendto", SYS_sendto,
	 {FD("sock"), BYTES, LENGTH(NULL), INT("flags", "0"), ADDRESS(NULL)},
	 RESULT_COUNT, DID_SEND, NULL, "send bytes to an address"},
	{"recv", SYS_recvfrom,
	 {FD("sock"), BUFFER, LENGTH("4096"), INT("flags", "0"), ZERO, ZERO},
	 RESULT_BYTES, DID_READ, NULL, "receive bytes from a connected socket"},
	{"recvfrom", SYS_recvfrom,
	 {FD("sock"), BUFFER, LENGTH("4096"), INT("flags", "0"), OUT(PARAM_OUT_ADDR)},
	 RESULT_BYTES_FROM, DID_READ, NULL, "receive bytes, and learn who sent them"},
	{"read", SYS_read, {FD("sock"), BUFFER, LENGTH("4096")},
	 RESULT_BYTES, DID_READ, NULL, "receive bytes from any descriptor"},
	{"write", SYS_write, {FD("sock"), BYTES, LENGTH(NULL)},
	 RESULT_COUNT, DID_SEND, NULL, "send bytes on any descriptor"},
	{"setsockopt", SYS_setsockopt,
	 {FD("sock"), INT("level", NULL), INT("optname", NULL), {PARAM_OPTVAL, "optval", NULL}},
	 RESULT_ZERO, DID_OTHER, NULL, "set a socket option"},
	{"getsockopt", SYS_getsockopt,
	 {FD("sock"), INT("level", "SOL_SOCKET"), INT("optname", "SO_ERROR"),
	  OUT(PARAM_OUT_OPT)},
	 RESULT_OPTION, DID_CONFIRM, NULL, "ask for a socket option, as for the pending error"},
	{"getsockname", SYS_getsockname, {FD("sock"), OUT(PARAM_OUT_ADDR)},
	 RESULT_ADDRESS, DID_OTHER, NULL, "ask for a socket's own address"},
	{"getpeername", SYS_getpeername, {FD("sock"), OUT(PARAM_OUT_ADDR)},
	 RESULT_ADDRESS, DID_OTHER, NULL, "ask for the address a socket is connected to"},
	{"poll", SYS_ppoll,
	 {{PARAM_POLLFDS, "fds", "{sock, POLLIN}"}, {PARAM_TIMEOUT, "timeout", "-1"}},
	 RESULT_EVENTS, DID_WAIT, NULL, "wait until something can be done with a descriptor"},
	{"fcntl", SYS_fcntl, {FD("sock"), INT("cmd", NULL), INT("arg", "0")},
	 RESULT_NUMBER, DID_OTHER, NULL, "ask for or set a descriptor's flags"},
	{"dup", SYS_dup, {FD("sock")},
	 RESULT_FD, DID_OTHER, NULL, "make a second descriptor of the same socket"},
	{"pipe", SYS_pipe2, {PAIR, ZERO},
	 RESULT_PAIR, DID_OTHER, NULL, "make a pipe: read from the first, write to the second"},
	{"unlink", SYS_unlinkat, {PATH, ZERO},
	 RESULT_ZERO, DID_OTHER, NULL, "remove a file"},
	{"chmod", SYS_fchmodat, {PATH, INT("mode", NULL)},
	 RESULT_ZERO, DID_OTHER, NULL, "say who may use a file"},
	{"signal", SYS_rt_sigaction,
	 {INT("signum", "SIGPIPE"), {PARAM_HANDLER, "handler", NULL}},
	 RESULT_HANDLER, DID_OTHER, NULL, "say what a signal does: SIG_IGN, SIG_DFL or handler"},
	{"getpid", SYS_getpid, {{PARAM_END, NULL, NULL}},
	 RESULT_NUMBER, DID_OTHER, NULL, "ask for the process's number"},
	{"exit", SYS_exit_group, {INT("status", "0")},
	 RESULT_NEVER, DID_OTHER, NULL, "end the process"},
	{"sendfd", SYS_sendmsg, {FD("sock"), {PARAM_PASS_FD, "fd", NULL}, ZERO},
	 RESULT_COUNT, DID_SEND, NULL, "pass a descriptor to the peer (SCM_RIGHTS)"},
	{"recvfd", SYS_recvmsg, {FD("sock"), OUT(PARAM_OUT_FD), ZERO},
	 RESULT_GIVEN_FD, DID_READ, "fd", "receive a descriptor that the peer passed"},
};

enum { N_CALLS = sizeof calls / sizeof *calls };

const struct call *call_find(const char *name, size_t len)
{
	for (size_t i = 0; i < N_CALLS; i++)
		if (strlen(calls[i].name) == len && memcmp(calls[i].name, name, len) == 0)
			return &calls[i];
	return NULL;
}

const struct call *call_at(size_t i)
{
	return i < N_CALLS ? &calls[i] : NULL;
}

bool call_fcntl_is_fine(long cmd)
{
	static const int fine[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL,
				   F_GETOWN, F_SETOWN, F_GETPIPE_SZ, F_SETPIPE_SZ};

	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		if (cmd == fine[i])
			return true;
	return false;
}

bool call_reads(const struct call *call)
{
	return call->result == RESULT_BYTES || call->result == RESULT_BYTES_FROM ||
	       call->result == RESULT_GIVEN_FD;
}
