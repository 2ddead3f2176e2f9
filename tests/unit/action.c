/* lesson/: cells that make something happen. */
#include "lesson/action.h"

#include "base/clock.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "parsing.h"
#include "suites.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* TEXT means WHOLE, is written SHORTLY, and both mean the same as TEXT. */
static void check_call(const char *text, const char *whole, const char *shortly)
{
	struct cell cell = {0};
	struct action *action = parsing_action(text, &cell);
	struct str s = {0};

	if (action) {
		action_print(&s, action);
		CHECK_TEXT(str_text(&s), whole);
		parsing_again(action, str_text(&s));
		str_cut(&s, 0);
		action_print_short(&s, action);
		CHECK_TEXT(str_text(&s), shortly);
		parsing_again(action, str_text(&s));
	}
	str_free(&s);
	cell_free(&cell);
}

/* TEXT is no action, and the error says SAYS. */
static void defaults_are_filled_in(void)
{
	check_call("close()", "close(sock)", "close()");
	check_call("send()", "send(sock, \"hello\", 5, 0)", "send()");
	check_call("write()", "write(sock, \"hello\", 5)", "write()");
	check_call("recv()", "recv(sock, buf, 4096, 0)", "recv()");
	check_call("read()", "read(sock, buf, 4096)", "read()");
	check_call("recvfrom()", "recvfrom(sock, buf, 4096, 0)", "recvfrom()");
	check_call("shutdown()", "shutdown(sock, SHUT_WR)", "shutdown()");
	check_call("accept()", "sock = accept(listener, NULL, NULL)", "accept()");
	check_call("socket()", "sock = socket(AF_UNIX, SOCK_STREAM, 0)", "socket()");
	check_call("bind()", "bind(listener, \"demo.sock\")", "bind()");
	check_call("connect()", "connect(sock, \"demo.sock\")", "connect()");
	check_call("listen()", "listen(listener, 16)", "listen()");
	check_call("poll()", "poll({sock, POLLIN}, 1, -1)", "poll()");
	check_call("dup()", "dup(sock)", "dup()");
	check_call("getsockopt()", "getsockopt(sock, SOL_SOCKET, SO_ERROR)", "getsockopt()");
	check_call("getsockname()", "getsockname(sock)", "getsockname()");
	check_call("getpeername()", "getpeername(sock)", "getpeername()");
	check_call("unlink()", "unlink(\"demo.sock\")", "unlink()");
	check_call("exit()", "exit(0)", "exit()");
	check_call("getpid()", "getpid()", "getpid()");
	check_call("recvfd()", "fd = recvfd(sock)", "recvfd()");
}

static void arguments_are_taken(void)
{
	check_call("send(sock, \"hi\")", "send(sock, \"hi\", 2, 0)", "send(sock, \"hi\")");
	check_call("send( sock ,\"hi\",2,0 )", "send(sock, \"hi\", 2, 0)", "send(sock, \"hi\")");
	check_call("send(sock, \"x\", 70000, MSG_DONTWAIT)",
		   "send(sock, \"x\", 70000, MSG_DONTWAIT)",
		   "send(sock, \"x\", 70000, MSG_DONTWAIT)");
	check_call("write(sock, \"hi\")", "write(sock, \"hi\", 2)", "write(sock, \"hi\")");
	check_call("recv(sock, 16)", "recv(sock, buf, 16, 0)", "recv(sock, 16)");
	check_call("recv(sock, buf, 16, MSG_PEEK)", "recv(sock, buf, 16, MSG_PEEK)",
		   "recv(sock, 16, MSG_PEEK)");
	check_call("recv(other)", "recv(other, buf, 4096, 0)", "recv(other)");
	check_call("socket(AF_INET, SOCK_DGRAM)", "sock = socket(AF_INET, SOCK_DGRAM, 0)",
		   "socket(AF_INET, SOCK_DGRAM)");
	check_call("connect(c2, \"127.0.0.1:7000\")", "connect(c2, \"127.0.0.1:7000\")",
		   "connect(c2, \"127.0.0.1:7000\")");
	check_call("connect(sock, addr(listener))", "connect(sock, addr(listener))",
		   "connect(sock, addr(listener))");
	check_call("setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})",
		   "setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})",
		   "setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})");
	check_call("fcntl(sock, F_SETFL, O_NONBLOCK)", "fcntl(sock, F_SETFL, O_NONBLOCK)",
		   "fcntl(sock, F_SETFL, O_NONBLOCK)");
	check_call("fcntl(sock, F_GETFL)", "fcntl(sock, F_GETFL, 0)", "fcntl(sock, F_GETFL)");
	check_call("chmod(\"demo.sock\", 0600)", "chmod(\"demo.sock\", 0600)",
		   "chmod(\"demo.sock\", 0600)");
	check_call("close(3);", "close(3)", "close(3)");
	check_call("recv(sock, n)", "recv(sock, buf, n, 0)", "recv(sock, n)");
}

static void addresses_may_follow_the_bytes(void)
{
	check_call("sendto(sock, \"hi\", addr(peer))", "sendto(sock, \"hi\", 2, 0, addr(peer))",
		   "sendto(sock, \"hi\", addr(peer))");
	check_call("sendto(sock, \"hi\", 2, 0, \"b.sock\")",
		   "sendto(sock, \"hi\", 2, 0, \"b.sock\")", "sendto(sock, \"hi\", \"b.sock\")");
	check_call("sendto(sock, \"hi\", 2, MSG_OOB, \"b.sock\")",
		   "sendto(sock, \"hi\", 2, MSG_OOB, \"b.sock\")",
		   "sendto(sock, \"hi\", 2, MSG_OOB, \"b.sock\")");
	check_call("sendto(sock, \"hi\", 2, 0, NULL)", "sendto(sock, \"hi\", 2, 0, NULL)",
		   "sendto(sock, \"hi\", 2, 0, NULL)");
}

static void polls_are_written_in_many_ways(void)
{
	static const char one[] = "poll({sock, POLLIN}, 1, 1000)";
	static const char two[] = "poll({{sock, POLLIN}, {listener, POLLOUT}}, 2, 1000)";

	check_call("poll(sock, POLLIN, 1000)", one, "poll(sock, POLLIN, 1000)");
	check_call("poll({sock, POLLIN}, 1, 1000)", one, "poll(sock, POLLIN, 1000)");
	check_call("poll({sock, POLLIN}, 1000)", one, "poll(sock, POLLIN, 1000)");
	check_call("poll({{sock, POLLIN}}, 1, 1000)", one, "poll(sock, POLLIN, 1000)");
	check_call("poll(sock)", "poll({sock, POLLIN}, 1, -1)", "poll()");
	check_call(two, two, "poll({{sock, POLLIN}, {listener, POLLOUT}}, 1000)");
	check_call("poll({{sock, POLLIN}, {listener, POLLOUT}}, 1000)", two,
		   "poll({{sock, POLLIN}, {listener, POLLOUT}}, 1000)");
	parsing_no_action("poll({sock, POLLIN}, 2, 1000)", "its second argument is 1");
	parsing_no_action("poll({sock, POLLIN, 0})", "poll() takes");
	parsing_no_action("poll(\"x\")", "poll() takes");
	parsing_no_action("poll({{sock, POLLIN}, listener})", "poll() takes");
}

static void polled_are_pairs(void)
{
	struct cell cell = {0};
	struct action *action = parsing_action("poll(sock, POLLIN, 5)", &cell);

	if (action) {
		CHECK_NUMBER(action->n_args, 2);
		CHECK_NUMBER(action->args[0].n_items, 1);
		CHECK_NUMBER(action->args[0].items[0].n_items, 2);
		CHECK_TEXT(action->args[0].items[0].items[0].text, "sock");
		CHECK_NUMBER(action->args[1].number, 5);
	}
	cell_free(&cell);
}

static void check_names(const char *text, const char *first, const char *second)
{
	struct cell cell = {0};
	struct action *action = parsing_action(text, &cell);

	if (action) {
		CHECK_TEXT(action->names[0], first);
		CHECK_TEXT(action->names[1], second);
	}
	cell_free(&cell);
}

static void results_get_names(void)
{
	check_names("accept()", "sock", NULL);
	check_names("c2 = accept()", "c2", NULL);
	check_names("n = recv()", "n", NULL);
	check_names("recvfd()", "fd", NULL);
	check_names("dup()", NULL, NULL);
	check_names("pipe()", "fds[0]", "fds[1]");
	check_names("p = pipe()", "p[0]", "p[1]");
	check_names("pipe(p)", "p[0]", "p[1]");
	check_names("r, w = pipe()", "r", "w");
	check_names("socketpair(AF_UNIX, SOCK_STREAM, 0, sv)", "sv[0]", "sv[1]");
	check_names("close(fds[0])", NULL, NULL);
	check_call("r, w = pipe()", "r, w = pipe()", "r, w = pipe()");
	check_call("fds = pipe()", "pipe(fds)", "pipe()");
	check_call("a, b = socketpair()", "a, b = socketpair(AF_UNIX, SOCK_STREAM, 0)",
		   "a, b = socketpair()");
	check_call("x = pipe(y)", "pipe(x)", "pipe(x)");
}

static void wrong_names_are_refused(void)
{
	parsing_no_action("EPIPE = close()", "nothing more after the outcome");
	parsing_no_action("X = close()", "lower-case");
	parsing_no_action("buf = close()", "word of the notation");
	parsing_no_action("a, b = close()", "gives one result");
	parsing_no_action("a, a = pipe()", "the same");
	parsing_no_action("a[0] = pipe()", "two descriptors");
	parsing_no_action("a = exit()", "never returns");
	parsing_no_action("a b = dup()", "expected =");
	parsing_no_action("a[7] = dup()", "[");
	parsing_no_action("= = dup()", "after =");
}

static void check_string(const char *text, const char *bytes, size_t len)
{
	struct cell cell = {0};
	char *all = str_make("send(sock, %s)", text);
	struct action *action = parsing_action(all, &cell);

	if (action) {
		CHECK_NUMBER(action->args[1].len, len);
		CHECK(action->args[1].len == len &&
		      memcmp(action->args[1].bytes, bytes, len) == 0);
		CHECK_NUMBER(action->args[2].number, len);
	}
	cell_free(&cell);
	free(all);
}

static void strings_have_escapes(void)
{
	check_string("\"\"", "", 0);
	check_string("\"a b\"", "a b", 3);
	check_string("\"\\n\\t\\r\\a\\b\\f\\v\\e\"", "\n\t\r\a\b\f\v\033", 8);
	check_string("\"\\\"\\\\\\'\\?\"", "\"\\'?", 4);
	check_string("\"a\\0b\"", "a\0b", 3);
	check_string("\"\\1012\"", "A2", 2);
	check_string("\"\\x41\\x00\"", "A\0", 2);
	check_string("\"\\377\"", "\377", 1);
	check_string("\"é|,)\"", "é|,)", 5);
	parsing_no_action("send(sock, \"a)", "no end");
	parsing_no_action("send(sock, \"\\q\")", "no escape \\q");
	parsing_no_action("send(sock, \"\\x\")", "hex");
	parsing_no_action("send(sock, \"\\x100\")", "hex");
	parsing_no_action("send(sock, \"\\400\")", "more than a byte");
	parsing_no_action("send(sock, \"\\", "backslash");
}

static void numbers_are_those_of_c(void)
{
	check_call("exit(0x10)", "exit(0x10)", "exit(0x10)");
	check_call("exit(010)", "exit(010)", "exit(010)");
	check_call("exit(-1)", "exit(-1)", "exit(-1)");
	parsing_no_action("exit(08)", "not a number");
	parsing_no_action("exit(1x)", "not a number");
	parsing_no_action("exit(99999999999)", "too big");
	parsing_no_action("exit(--1)", "number");
}

static void flags_are_joined(void)
{
	struct cell cell = {0};
	struct action *action = parsing_action("send(sock, \"x\", 1, MSG_OOB | MSG_DONTWAIT|4)", &cell);

	if (action) {
		CHECK_NUMBER(action->args[3].number, MSG_OOB | MSG_DONTWAIT | 4);
		CHECK_TEXT(action->args[3].text, "MSG_OOB|MSG_DONTWAIT|4");
	}
	cell_free(&cell);
	parsing_no_action("send(sock, \"x\", 1, MSG_NOSIGNL)", "did you mean 'MSG_NOSIGNAL'?");
	parsing_no_action("send(sock, \"x\", 1, MSG_OOB|)", "after |");
	parsing_no_action("send(sock, \"x\", 1, MSG_OOB|sock)", "no constant");
}

static void handlers_are_words(void)
{
	struct cell cell = {0};
	struct action *action = parsing_action("signal(SIGPIPE, handler)", &cell);

	if (action) {
		CHECK_NUMBER(action->args[0].number, SIGPIPE);
		CHECK_NUMBER(action->args[1].kind, ARG_NUMBER);
		CHECK_NUMBER(action->args[1].number, HANDLER_RUN);
	}
	cell_free(&cell);
	check_call("signal(SIGPIPE, SIG_IGN)", "signal(SIGPIPE, SIG_IGN)",
		   "signal(SIGPIPE, SIG_IGN)");
	parsing_no_action("signal(SIGPIPE, foo)", "SIG_IGN, SIG_DFL or handler");
	parsing_no_action("signal(SIGPIPE)", "needs its handler");
	parsing_no_action("close(SIG_IGN)", "not a word");
}

/* send() of N bytes, as text. */
static char *long_send(int n)
{
	struct str s = {0};

	str_add(&s, "send(sock, \"");
	for (int i = 0; i < n; i++)
		str_addc(&s, 'x');
	str_add(&s, "\")");
	return str_take(&s);
}

static void limits_hold(void)
{
	char *text = long_send(LESSON_MOST_STRING);
	struct cell cell = {0};
	struct action *action = parsing_action(text, &cell);

	if (action)
		CHECK_NUMBER(action->args[2].number, LESSON_MOST_STRING);
	cell_free(&cell);
	free(text);
	text = long_send(LESSON_MOST_STRING + 1);
	parsing_no_action(text, "too long");
	free(text);
	check_call("recv(sock, 1048576)", "recv(sock, buf, 1048576, 0)", "recv(sock, 1048576)");
	parsing_no_action("recv(sock, 1048577)", "at most 1048576");
	parsing_no_action("recv(sock, -1)", "at least 0");
	parsing_no_action("send(sock, \"\", 1)", "empty string");
}

static void is_action(const char *text)
{
	struct cell cell = {0};

	CHECK(parsing_action(text, &cell) != NULL);
	cell_free(&cell);
}

/* To C all of them are numbers; here each is refused where another kind belongs. */
static void constants_have_their_place(void)
{
	parsing_no_action("shutdown(SHUT_RD)", "shutdown(sock, SHUT_RD)");
	parsing_no_action("fcntl(F_GETFL)", "fcntl(sock, F_GETFL)");
	parsing_no_action("recv(sock, MSG_PEEK)", "a number of bytes, not a constant");
	parsing_no_action("send(sock, \"x\", MSG_NOSIGNAL)", "a number of bytes, not a constant");
	parsing_no_action("recv(sock, 1, O_NONBLOCK)",
			  "O_NONBLOCK is nothing for the flags of recv()");
	parsing_no_action("recv(sock, 1, MSG_PEEK|SHUT_WR)", "nothing for the flags");
	parsing_no_action("getsockopt(sock, SO_ERROR)", "getsockopt(sock, SOL_SOCKET, SO_ERROR)");
	parsing_no_action("setsockopt(sock, TCP_NODELAY, 1)", "IPPROTO_TCP, TCP_NODELAY");
	parsing_no_action("socket(SOCK_DGRAM)", "nothing for the domain of socket()");
	parsing_no_action("poll(sock, 1000)", "poll(sock, POLLIN, 1000)");
	parsing_no_action("poll(sock, POLLIN, POLLOUT)", "not a constant (POLLOUT)");
	is_action("close(STDERR_FILENO)");
	is_action("socket(1, 2, 0)");
	is_action("recv(sock, 1, 0x40|2)");
	is_action("poll(sock, 0, 1000)");
	is_action("recv(sock,\u00a016)");
}

static void mistakes_are_named(void)
{
	parsing_no_action("sned()", "no function 'sned' (did you mean 'send'?)");
	parsing_no_action("frobnicate()", "no function 'frobnicate'");
	parsing_no_action("send(\"hi\")", "send(sock, \"hi\")");
	parsing_no_action("bind(\"x\")", "bind(listener, \"x\")");
	parsing_no_action("recv", "recv()");
	parsing_no_action("close(sock", "closing parenthesis");
	parsing_no_action("close(sock, sock)", "too many arguments for close(sockfd)");
	parsing_no_action("getpid(1)", "too many arguments");
	parsing_no_action("close(sock) close(sock)", "nothing more after the action");
	parsing_no_action("send(sock, 5)", "a \"string\", not a number (5)");
	parsing_no_action("fcntl(sock)", "needs its cmd");
	parsing_no_action("sendto()", "needs its addr");
	parsing_no_action("setsockopt(sock, SOL_SOCKET, SO_LINGER)", "needs its optval");
	parsing_no_action("connect(sock, 5)", "an address such as");
	parsing_no_action("connect(sock, addr)", "an address such as");
	parsing_no_action("connect(sock, addr())", "addr() needs a name");
	parsing_no_action("connect(sock, addr(x)", "closing parenthesis");
	parsing_no_action("close(sokc, )", "expected an argument");
	parsing_no_action("setsockopt(sock, 1, 2, {1, {2, {3}}})", "too many braces");
	parsing_no_action("setsockopt(sock, 1, 2, {1, 2)", "no closing }");
	parsing_no_action("accept(listener, 5)", "NULL");
	parsing_no_action("send(sock, “hello”)", "two straight \"");
	parsing_no_action("send(sock, 'hello')", "two straight \"");
	parsing_no_action("select(sock)", "did you mean 'poll(sock, POLLIN)'?");
	parsing_no_action("kill(1, SIGTERM)", "did you mean 'kill -TERM'?");
	parsing_no_action("wait(200ms)", "did you mean 'wait 200ms'?");
	parsing_no_action("signal(SIGPIPE, SIG_IGNORE)", "did you mean 'SIG_IGN'?");
	parsing_no_action("clsoe", "did you mean 'close()'?");
}

/* What may stand for a parameter that has no default. */
static const char *sample(const struct param *param)
{
	if (param->kind == PARAM_POLLFDS)
		return "{sock, POLLIN}, 1";
	if (param->fallback)
		return param->fallback;
	switch (param->kind) {
	case PARAM_BYTES:
	case PARAM_ADDRESS:
	case PARAM_PATH:
		return "\"x\"";
	case PARAM_LENGTH:
		return "3";
	case PARAM_HANDLER:
		return "SIG_IGN";
	default:
		return "1";
	}
}

/* `NAME(` and all arguments, then EXTRA. */
static char *full_call(const struct call *call, const char *extra)
{
	struct str s = {0};
	bool first = true;

	str_addf(&s, "%s(", call->name);
	for (const struct param *p = call->params; p->kind != PARAM_END; p++)
		if (p->name) {
			str_addf(&s, "%s%s", first ? "" : ", ", sample(p));
			first = false;
		}
	str_addf(&s, "%s%s)", first || !*extra ? "" : ", ", extra);
	return str_take(&s);
}

/* A new row of the table is tested by being there. */
static void every_row_is_read_and_printed(void)
{
	const struct call *call;

	for (size_t i = 0; (call = call_at(i)) != NULL; i++) {
		char *text = full_call(call, ""), *more = full_call(call, "1, 2, 3, 4");
		struct cell cell = {0};
		struct action *action = parsing_action(text, &cell);
		struct str s = {0};

		if (action) {
			CHECK(action->call == call);
			action_print(&s, action);
			parsing_again(action, str_text(&s));
			str_cut(&s, 0);
			action_print_short(&s, action);
			parsing_again(action, str_text(&s));
		}
		if (call->params[0].name)
			parsing_no_action(more, "too many arguments");
		str_free(&s);
		cell_free(&cell);
		free(text);
		free(more);
	}
}

/* Without arguments a call is right, or the error says which one is missing. */
static void every_row_has_defaults(void)
{
	const struct call *call;

	for (size_t i = 0; (call = call_at(i)) != NULL; i++) {
		char *text = str_make("%s()", call->name);
		bool needs = false;

		for (const struct param *p = call->params; p->kind != PARAM_END; p++)
			needs = needs || (p->name && !p->fallback && p->kind != PARAM_LENGTH);
		if (needs) {
			parsing_no_action(text, "needs its");
		} else {
			struct cell cell = {0};

			CHECK(parsing_action(text, &cell) != NULL);
			cell_free(&cell);
		}
		free(text);
	}
}

static void sameness_is_by_value(void)
{
	struct cell a = {0}, b = {0};

	CHECK(action_same(parsing_action("exit(16)", &a), parsing_action("exit(0x10)", &b)));
	CHECK(!action_same(parsing_action("exit(16)", &a), parsing_action("exit(17)", &b)));
	CHECK(!action_same(parsing_action("send(sock, \"a\")", &a), parsing_action("send(sock, \"b\")", &b)));
	CHECK(action_same(parsing_action("send(sock, \"a\")", &a), parsing_action("send(sock, \"\\x61\", 1)", &b)));
	CHECK(!action_same(parsing_action("accept()", &a), parsing_action("c = accept()", &b)));
	CHECK(!action_same(parsing_action("kill -9", &a), parsing_action("kill -TERM", &b)));
	CHECK(!action_same(parsing_action("wait 1s", &a), parsing_action("wait 2s", &b)));
	cell_free(&a);
	cell_free(&b);
}

static void freeing_nothing_is_fine(void)
{
	struct cell cell = {0};

	action_free(NULL);
	cell_free(&cell);
	cell_free(&cell);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
}

static const struct test tests[] = {
	{"defaults-are-filled-in", defaults_are_filled_in},
	{"arguments-are-taken", arguments_are_taken},
	{"addresses-may-follow-the-bytes", addresses_may_follow_the_bytes},
	{"polls-are-written-in-many-ways", polls_are_written_in_many_ways},
	{"polled-are-pairs", polled_are_pairs},
	{"results-get-names", results_get_names},
	{"wrong-names-are-refused", wrong_names_are_refused},
	{"strings-have-escapes", strings_have_escapes},
	{"numbers-are-those-of-c", numbers_are_those_of_c},
	{"flags-are-joined", flags_are_joined},
	{"handlers-are-words", handlers_are_words},
	{"limits-hold", limits_hold},
	{"mistakes-are-named", mistakes_are_named},
	{"constants-have-their-place", constants_have_their_place},
	{"every-row-is-read-and-printed", every_row_is_read_and_printed},
	{"every-row-has-defaults", every_row_has_defaults},
	{"sameness-is-by-value", sameness_is_by_value},
	{"freeing-nothing-is-fine", freeing_nothing_is_fine},
	{NULL, NULL},
};

const struct suite suite_action = {"action", NULL, NULL, tests};
