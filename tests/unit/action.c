/* lesson/: cells that make something happen. */
#include "lesson/action.h"

#include "base/clock.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "suites.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Parse TEXT, which is an action; NULL after a failed assertion. */
static struct action *parse(const char *text, struct cell *cell)
{
	struct errs errs = {0};
	int status = cell_parse(cell, text, "x.md", 1, &errs);

	if (errs.list.n)
		CHECK_TEXT(errs.list.at[0].text, text);
	errs_free(&errs);
	CHECK_NUMBER(status, 0);
	CHECK_NUMBER(cell->kind, CELL_ACTION);
	return cell->kind == CELL_ACTION ? cell->action : NULL;
}

static void check_again(const struct action *action, const char *text)
{
	struct cell cell = {0};
	struct action *again = parse(text, &cell);

	if (CHECK(again != NULL))
		CHECK(action_same(action, again));
	cell_free(&cell);
}

/* TEXT means WHOLE, is written SHORTLY, and both mean the same as TEXT. */
static void check_call(const char *text, const char *whole, const char *shortly)
{
	struct cell cell = {0};
	struct action *action = parse(text, &cell);
	struct str s = {0};

	if (action) {
		action_print(&s, action);
		CHECK_TEXT(str_text(&s), whole);
		check_again(action, str_text(&s));
		str_cut(&s, 0);
		action_print_short(&s, action);
		CHECK_TEXT(str_text(&s), shortly);
		check_again(action, str_text(&s));
	}
	str_free(&s);
	cell_free(&cell);
}

/* TEXT is no action, and the error says SAYS. */
static void check_wrong(const char *text, const char *says)
{
	struct cell cell = {0};
	struct errs errs = {0};

	CHECK_NUMBER(cell_parse(&cell, text, "x.md", 7, &errs), -1);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n == 1) {
		CHECK_TEXT(errs.list.at[0].file, "x.md");
		CHECK_NUMBER(errs.list.at[0].line, 7);
		if (!strstr(errs.list.at[0].text, says))
			CHECK_TEXT(errs.list.at[0].text, says);
	}
	errs_free(&errs);
	cell_free(&cell);
}

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
	check_wrong("poll({sock, POLLIN}, 2, 1000)", "its second argument is 1");
	check_wrong("poll({sock, POLLIN, 0})", "poll() takes");
	check_wrong("poll(\"x\")", "poll() takes");
	check_wrong("poll({{sock, POLLIN}, listener})", "poll() takes");
}

static void polled_are_pairs(void)
{
	struct cell cell = {0};
	struct action *action = parse("poll(sock, POLLIN, 5)", &cell);

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
	struct action *action = parse(text, &cell);

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
	check_wrong("EPIPE = close()", "nothing more after the outcome");
	check_wrong("X = close()", "lower-case");
	check_wrong("buf = close()", "word of the notation");
	check_wrong("a, b = close()", "gives one result");
	check_wrong("a, a = pipe()", "the same");
	check_wrong("a[0] = pipe()", "two descriptors");
	check_wrong("a = exit()", "never returns");
	check_wrong("a b = dup()", "expected =");
	check_wrong("a[7] = dup()", "[");
	check_wrong("= = dup()", "after =");
}

static void check_string(const char *text, const char *bytes, size_t len)
{
	struct cell cell = {0};
	char *all = str_make("send(sock, %s)", text);
	struct action *action = parse(all, &cell);

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
	check_wrong("send(sock, \"a)", "no end");
	check_wrong("send(sock, \"\\q\")", "no escape \\q");
	check_wrong("send(sock, \"\\x\")", "hex");
	check_wrong("send(sock, \"\\x100\")", "hex");
	check_wrong("send(sock, \"\\400\")", "more than a byte");
	check_wrong("send(sock, \"\\", "backslash");
}

static void numbers_are_those_of_c(void)
{
	check_call("exit(0x10)", "exit(0x10)", "exit(0x10)");
	check_call("exit(010)", "exit(010)", "exit(010)");
	check_call("exit(-1)", "exit(-1)", "exit(-1)");
	check_wrong("exit(08)", "not a number");
	check_wrong("exit(1x)", "not a number");
	check_wrong("exit(99999999999)", "too big");
	check_wrong("exit(--1)", "number");
}

static void flags_are_joined(void)
{
	struct cell cell = {0};
	struct action *action = parse("send(sock, \"x\", 1, MSG_OOB | MSG_DONTWAIT|4)", &cell);

	if (action) {
		CHECK_NUMBER(action->args[3].number, MSG_OOB | MSG_DONTWAIT | 4);
		CHECK_TEXT(action->args[3].text, "MSG_OOB|MSG_DONTWAIT|4");
	}
	cell_free(&cell);
	check_wrong("send(sock, \"x\", 1, MSG_NOSIGNL)", "did you mean 'MSG_NOSIGNAL'?");
	check_wrong("send(sock, \"x\", 1, MSG_OOB|)", "after |");
	check_wrong("send(sock, \"x\", 1, MSG_OOB|sock)", "no constant");
}

static void handlers_are_words(void)
{
	struct cell cell = {0};
	struct action *action = parse("signal(SIGPIPE, handler)", &cell);

	if (action) {
		CHECK_NUMBER(action->args[0].number, SIGPIPE);
		CHECK_NUMBER(action->args[1].kind, ARG_NUMBER);
		CHECK_NUMBER(action->args[1].number, HANDLER_RUN);
	}
	cell_free(&cell);
	check_call("signal(SIGPIPE, SIG_IGN)", "signal(SIGPIPE, SIG_IGN)",
		   "signal(SIGPIPE, SIG_IGN)");
	check_wrong("signal(SIGPIPE, foo)", "SIG_IGN, SIG_DFL or handler");
	check_wrong("signal(SIGPIPE)", "needs its handler");
	check_wrong("close(SIG_IGN)", "not a word");
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
	struct action *action = parse(text, &cell);

	if (action)
		CHECK_NUMBER(action->args[2].number, LESSON_MOST_STRING);
	cell_free(&cell);
	free(text);
	text = long_send(LESSON_MOST_STRING + 1);
	check_wrong(text, "too long");
	free(text);
	check_call("recv(sock, 1048576)", "recv(sock, buf, 1048576, 0)", "recv(sock, 1048576)");
	check_wrong("recv(sock, 1048577)", "at most 1048576");
	check_wrong("recv(sock, -1)", "at least 0");
	check_wrong("send(sock, \"\", 1)", "empty string");
}

static void mistakes_are_named(void)
{
	check_wrong("sned()", "no function 'sned' (did you mean 'send'?)");
	check_wrong("frobnicate()", "no function 'frobnicate'");
	check_wrong("send(\"hi\")", "send(sock, \"hi\")");
	check_wrong("bind(\"x\")", "bind(listener, \"x\")");
	check_wrong("recv", "recv()");
	check_wrong("close(sock", "closing parenthesis");
	check_wrong("close(sock, sock)", "too many arguments for close(sockfd)");
	check_wrong("getpid(1)", "too many arguments");
	check_wrong("close(sock) close(sock)", "nothing more after the action");
	check_wrong("send(sock, 5)", "a \"string\", not a number (5)");
	check_wrong("fcntl(sock)", "needs its cmd");
	check_wrong("sendto()", "needs its addr");
	check_wrong("setsockopt(sock, SOL_SOCKET, SO_LINGER)", "needs its optval");
	check_wrong("connect(sock, 5)", "an address such as");
	check_wrong("connect(sock, addr)", "an address such as");
	check_wrong("connect(sock, addr())", "addr() needs a name");
	check_wrong("connect(sock, addr(x)", "closing parenthesis");
	check_wrong("close(sokc, )", "expected an argument");
	check_wrong("setsockopt(sock, 1, 2, {1, {2, {3}}})", "too many braces");
	check_wrong("setsockopt(sock, 1, 2, {1, 2)", "no closing }");
	check_wrong("accept(listener, 5)", "NULL");
	check_wrong("clsoe", "did you mean 'close()'?");
}

static void check_director(const char *text, enum deed_kind kind, int sig, int64_t ns,
			   unsigned misses, const char *printed)
{
	struct cell cell = {0};
	struct action *action = parse(text, &cell);
	struct str s = {0};

	if (action) {
		CHECK_NUMBER(action->kind, ACTION_DEED);
		CHECK_NUMBER(action->deed->kind, kind);
		CHECK_NUMBER(action->signal, sig);
		CHECK_NUMBER(action->ns, ns);
		CHECK_NUMBER(action->misses, misses);
		action_print(&s, action);
		CHECK_TEXT(str_text(&s), printed);
		check_again(action, str_text(&s));
	}
	str_free(&s);
	cell_free(&cell);
}

/* TEXT prints as it is, and is of KIND (DEEDS: any). */
static void check_director_text(const char *text, enum deed_kind kind)
{
	struct cell cell = {0};
	struct action *action = parse(text, &cell);
	struct str s = {0};

	if (action) {
		CHECK_NUMBER(action->kind, ACTION_DEED);
		CHECK(kind == (enum deed_kind)DEEDS || action->deed->kind == kind);
		action_print(&s, action);
		CHECK_TEXT(str_text(&s), text);
	}
	str_free(&s);
	cell_free(&cell);
}

static void director_has_words(void)
{
	check_director("kill -9", DEED_KILL, SIGKILL, 0, 0, "kill -9");
	check_director("kill -KILL", DEED_KILL, SIGKILL, 0, 0, "kill -9");
	check_director("kill -TERM", DEED_KILL, SIGTERM, 0, 0, "kill -TERM");
	check_director("kill -SIGPIPE", DEED_KILL, SIGPIPE, 0, 0, "kill -PIPE");
	check_director("kill -STOP", DEED_KILL, SIGSTOP, 0, 0, "kill -STOP");
	check_director("cut wire", DEED_CUT, 0, 0, 0, "cut wire");
	check_director("mend  wire", DEED_MEND, 0, 0, 0, "mend wire");
	check_director("wait 200ms", DEED_WAIT, 0, 200 * CLOCK_MS, 0, "wait 200ms");
	check_director("wait 2s", DEED_WAIT, 0, 2 * CLOCK_S, 0, "wait 2s");
	check_director("wait 90s", DEED_WAIT, 0, 90 * CLOCK_S, 0, "wait 90s");
	check_director("misses FIN", DEED_MISSES, 0, 0, MISS_FIN, "misses FIN");
	check_director("misses RST,FIN", DEED_MISSES, 0, 0, MISS_FIN | MISS_RST,
		       "misses FIN,RST");
	check_director("misses data ", DEED_MISSES, 0, 0, MISS_DATA, "misses data");
	check_director("Misses  all", DEED_MISSES, 0, 0, MISS_ALL, "misses all");
	check_director("misses Nothing", DEED_MISSES, 0, 0, 0, "misses nothing");
	check_director("delay 200ms", DEED_DELAY, 0, 200 * CLOCK_MS, 0, "delay 200ms");
	check_director("delay 0ms", DEED_DELAY, 0, 0, 0, "delay 0ms");
	check_director("delay 0s", DEED_DELAY, 0, 0, 0, "delay 0ms");
	check_director("delay 10m", DEED_DELAY, 0, 600 * CLOCK_S, 0, "delay 10m");
	check_director("fill buffer", DEED_FILL, 0, 0, 0, "fill buffer");
	check_wrong("kill", "kill -9");
	check_wrong("kill 9", "kill -9");
	check_wrong("kill -999", "kill -9");
	check_wrong("kill -PIP", "kill -9");
	check_wrong("cut rope", "cut wire");
	check_wrong("mend", "mend wire");
	check_wrong("wait", "wait 200ms");
	check_wrong("wait 2", "wait 200ms");
	check_wrong("wait 2s more", "wait 200ms");
	check_wrong("misses", "misses FIN");
	check_wrong("misses SYN", "misses FIN");
	check_wrong("misses FIN RST", "misses FIN,RST");
	check_wrong("misses FIN,nothing", "misses nothing");
	check_wrong("delay", "delay 200ms");
	check_wrong("delay 200", "delay 200ms");
	check_wrong("delay 11m", "at most 10m");
	check_wrong("fill", "fill buffer");
	check_wrong("fill glass", "fill buffer");
	check_wrong("fill buffer twice", "nothing more");
	check_wrong("kill -9 -9", "nothing more");
	check_wrong("mises FIN", "did you mean 'misses'?");
	check_wrong("fill()", "no function 'fill'");
}

/* A new row of the director's table is tested by being there. */
static void every_deed_is_read_and_printed(void)
{
	const struct deed *deed;

	for (size_t i = 0; (deed = deed_at(i)) != NULL; i++) {
		CHECK(deed_of(deed->kind) == deed);
		CHECK(deed->examples[0] != NULL);
		for (size_t k = 0; deed->examples[k]; k++)
			check_director_text(deed->examples[k], deed->kind);
		if (deed->undo)
			check_director_text(deed->undo, (enum deed_kind)DEEDS);
		CHECK(deed->summary && *deed->summary);
	}
}

/* Words of the director may be names all the same. */
static void deeds_may_be_names(void)
{
	struct cell cell = {0};
	struct action *action = parse("delay = dup(sock)", &cell);

	if (action) {
		CHECK_NUMBER(action->kind, ACTION_CALL);
		CHECK_TEXT(action->names[0], "delay");
	}
	cell_free(&cell);
}

static bool can(const char *text, enum link link)
{
	struct cell cell = {0};
	struct action *action = parse(text, &cell);
	bool may = action && !deed_why_not(action, link);

	cell_free(&cell);
	return may;
}

/* Each deed on each link: what must be possible, and what must not. */
static void deeds_know_their_links(void)
{
	static const enum link unix_links[] = {LINK_UNIX, LINK_UNIX_DGRAM, LINK_UNIX_SEQPACKET,
					       LINK_PAIR};
	static const enum link tcp_links[] = {LINK_TCP, LINK_TCP6, LINK_NONE};
	static const char *const wire[] = {"cut wire", "mend wire", "misses FIN", "misses data",
					   "misses nothing", "delay 200ms", "delay 0ms"};

	for (size_t i = 0; i < sizeof wire / sizeof *wire; i++) {
		for (size_t k = 0; k < sizeof unix_links / sizeof *unix_links; k++)
			CHECK(!can(wire[i], unix_links[k]));
		for (size_t k = 0; k < sizeof tcp_links / sizeof *tcp_links; k++)
			CHECK(can(wire[i], tcp_links[k]));
	}
	for (int link = 0; link < LINKS; link++) {
		CHECK(can("kill -9", (enum link)link));
		CHECK(can("wait 1s", (enum link)link));
		CHECK(can("fill buffer", (enum link)link) == (link != LINK_UDP));
	}
	CHECK(can("cut wire", LINK_UDP));
	CHECK(can("delay 200ms", LINK_UDP));
	CHECK(can("misses data", LINK_UDP));
	CHECK(can("misses all", LINK_UDP));
	CHECK(!can("misses FIN", LINK_UDP));
	CHECK(!can("misses RST,data", LINK_UDP));
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
		struct action *action = parse(text, &cell);
		struct str s = {0};

		if (action) {
			CHECK(action->call == call);
			action_print(&s, action);
			check_again(action, str_text(&s));
			str_cut(&s, 0);
			action_print_short(&s, action);
			check_again(action, str_text(&s));
		}
		if (call->params[0].name)
			check_wrong(more, "too many arguments");
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
			check_wrong(text, "needs its");
		} else {
			struct cell cell = {0};

			CHECK(parse(text, &cell) != NULL);
			cell_free(&cell);
		}
		free(text);
	}
}

static void sameness_is_by_value(void)
{
	struct cell a = {0}, b = {0};

	CHECK(action_same(parse("exit(16)", &a), parse("exit(0x10)", &b)));
	CHECK(!action_same(parse("exit(16)", &a), parse("exit(17)", &b)));
	CHECK(!action_same(parse("send(sock, \"a\")", &a), parse("send(sock, \"b\")", &b)));
	CHECK(action_same(parse("send(sock, \"a\")", &a), parse("send(sock, \"\\x61\", 1)", &b)));
	CHECK(!action_same(parse("accept()", &a), parse("c = accept()", &b)));
	CHECK(!action_same(parse("kill -9", &a), parse("kill -TERM", &b)));
	CHECK(!action_same(parse("wait 1s", &a), parse("wait 2s", &b)));
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
	{"director-has-words", director_has_words},
	{"every-deed-is-read-and-printed", every_deed_is_read_and_printed},
	{"deeds-may-be-names", deeds_may_be_names},
	{"deeds-know-their-links", deeds_know_their_links},
	{"every-row-is-read-and-printed", every_row_is_read_and_printed},
	{"every-row-has-defaults", every_row_has_defaults},
	{"sameness-is-by-value", sameness_is_by_value},
	{"freeing-nothing-is-fine", freeing_nothing_is_fine},
	{NULL, NULL},
};

const struct suite suite_action = {"action", NULL, NULL, tests};
