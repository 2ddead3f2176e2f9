/* lesson/: the table of functions, and the constants. */
#include "base/near.h"
#include "lesson/action.h"
#include "lesson/call.h"
#include "suites.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static size_t count_params(const struct call *call)
{
	size_t n = 0;

	while (n < CALL_PARAMS && call->params[n].kind != PARAM_END)
		n++;
	return n;
}

static void all_functions_are_there(void)
{
	static const char *const names[] = {
		"socket", "socketpair", "bind", "listen", "accept", "accept4", "connect",
		"shutdown", "close", "send", "sendto", "recv", "recvfrom", "read", "write",
		"setsockopt", "getsockopt", "getsockname", "getpeername", "poll", "fcntl", "dup",
		"pipe", "unlink", "chmod", "signal", "getpid", "exit", "sendfd", "recvfd",
	};
	size_t n = sizeof names / sizeof *names;

	for (size_t i = 0; i < n; i++) {
		const struct call *call = call_find(names[i], strlen(names[i]));

		if (CHECK(call != NULL))
			CHECK_TEXT(call->name, names[i]);
	}
	CHECK(call_at(n - 1) != NULL);
	CHECK(call_at(n) == NULL);
}

static void rows_are_whole(void)
{
	const struct call *call;

	for (size_t i = 0; (call = call_at(i)) != NULL; i++) {
		CHECK(call_find(call->name, strlen(call->name)) == call);
		CHECK(call->nr >= 0);
		CHECK(call->summary && strlen(call->summary) > 10 && strlen(call->summary) < 70);
		CHECK(count_params(call) < CALL_PARAMS);
		for (size_t k = 0; k < count_params(call); k++)
			CHECK(call->params[k].name || !call->params[k].fallback);
	}
}

static void find_is_exact(void)
{
	CHECK(call_find("send", 4) != NULL);
	CHECK(call_find("sendto", 4) == call_find("send", 4));
	CHECK(call_find("sen", 3) == NULL);
	CHECK(call_find("Send", 4) == NULL);
	CHECK(call_find("", 0) == NULL);
	CHECK(call_find("sendmsg", 7) == NULL);
}

static void reads_are_known(void)
{
	static const char *const reads[] = {"recv", "recvfrom", "read", "recvfd"};
	const struct call *call;
	size_t n = 0;

	for (size_t i = 0; i < 4; i++)
		CHECK(call_reads(call_find(reads[i], strlen(reads[i]))));
	for (size_t i = 0; (call = call_at(i)) != NULL; i++)
		n += call_reads(call);
	CHECK_NUMBER(n, 4);
}

/* Those that old architectures alone have, or none, would not build or not run on others. */
static void system_calls_are_universal(void)
{
	static const struct {
		const char *name;
		long nr;
	} rows[] = {
		{"send", SYS_sendto}, {"recv", SYS_recvfrom}, {"accept", SYS_accept4},
		{"poll", SYS_ppoll}, {"pipe", SYS_pipe2}, {"unlink", SYS_unlinkat},
		{"chmod", SYS_fchmodat}, {"signal", SYS_rt_sigaction}, {"exit", SYS_exit_group},
		{"sendfd", SYS_sendmsg}, {"recvfd", SYS_recvmsg},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_NUMBER(call_find(rows[i].name, strlen(rows[i].name))->nr, rows[i].nr);
}

static void constants_have_values(void)
{
	static const struct {
		const char *name;
		long value;
	} rows[] = {
		{"AF_UNIX", AF_UNIX}, {"SOCK_SEQPACKET", SOCK_SEQPACKET}, {"MSG_PEEK", MSG_PEEK},
		{"SHUT_RDWR", SHUT_RDWR}, {"SO_LINGER", SO_LINGER}, {"POLLRDHUP", POLLRDHUP},
		{"O_NONBLOCK", O_NONBLOCK}, {"SIGPIPE", SIGPIPE}, {"F_SETFL", F_SETFL},
	};
	long value;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		CHECK(constant_value(rows[i].name, strlen(rows[i].name), &value));
		CHECK_NUMBER(value, rows[i].value);
	}
	CHECK(!constant_value("AF_UNI", 6, &value));
	CHECK(!constant_value("AF_UNIXX", 8, &value));
	CHECK(!constant_value("af_unix", 7, &value));
	CHECK(!constant_value("EPIPE", 5, &value));
	CHECK(!constant_value("", 0, &value));
}

/* Each is listed once, signals too. */
static void constants_are_listed(void)
{
	const char *name, *other;
	size_t n = 0;
	long value;

	for (; (name = constant_at(n)) != NULL; n++) {
		CHECK(constant_value(name, strlen(name), &value));
		for (size_t k = 0; k < n && (other = constant_at(k)) != NULL; k++)
			if (strcmp(name, other) == 0)
				CHECK_TEXT(name, "listed once");
	}
	CHECK(n > 150);
}

static void check_flags(const char *prefix, unsigned long value, const char *expected)
{
	struct str s = {0};

	constant_flags(&s, prefix, value);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

static void flags_are_named(void)
{
	check_flags("POLL", 0, "0");
	check_flags("POLL", POLLHUP | POLLIN, "POLLIN|POLLHUP");
	check_flags("POLL", POLLIN | 0x10000, "POLLIN|0x10000");
	check_flags("POLL", 0x10000, "0x10000");
	check_flags("O_", O_RDWR | O_NONBLOCK, "O_RDWR|O_NONBLOCK");
	check_flags("O_", O_WRONLY | O_SYNC, "O_WRONLY|O_SYNC");
	check_flags("FD_", FD_CLOEXEC, "FD_CLOEXEC");
	check_flags("NONE_", 3, "0x3");
}

static const struct test tests[] = {
	{"all-functions-are-there", all_functions_are_there},
	{"rows-are-whole", rows_are_whole},
	{"find-is-exact", find_is_exact},
	{"reads-are-known", reads_are_known},
	{"system-calls-are-universal", system_calls_are_universal},
	{"constants-have-values", constants_have_values},
	{"constants-are-listed", constants_are_listed},
	{"flags-are-named", flags_are_named},
	{NULL, NULL},
};

const struct suite suite_call = {"call", NULL, NULL, tests};
