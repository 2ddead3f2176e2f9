/* stage/: what Linux really does, on all links, as tables. */
#include "base/clock.h"
#include "play.h"
#include "suites.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define HEAD "| Process A | Process B |\n|---|---|\n"
#define DEMO(keys) "<!-- demo: id=t " keys " -->\n" HEAD

/* What was done, by a script. */
static void deeds_of_either(void)
{
	CHECK(play_holds(DEMO("link=none") "| | `l = socket()` |\n| | `bind(l)` |\n| | `listen(l)` |\n"
			 "| | listens |\n| `socket()` | |\n| `connect()` | |\n| connects | |\n"
			 "| | `accept(l)` |\n| | accepts |\n| `write(sock, \"GET\\n\")` | |\n"
			 "| sends \"G*\\n\" | |\n| | `read()` |\n| | reads \"GET\\n\" |\n"
			 "| | `close()` |\n| | closes |\n| `signal(SIGPIPE, SIG_IGN)` | |\n"
			 "| `send()` | |\n| EPIPE | |\n| survives | |\n| `kill -9` | |\n"
			 "| closes | |\n| Terminated | |\n"));
	CHECK(play_holds(DEMO("link=unix") "| `recv()` | |\n| blocks | |\n| | `wait 60ms` |\n"
			 "| | `send()` |\n| waits 50ms | |\n| reads | |\n"));
	CHECK(play_holds(DEMO("link=tcp") "| | `sock2 = socket(AF_INET, SOCK_STREAM\\|SOCK_NONBLOCK)` |\n"
			 "| | `connect(sock2, addr(listener))` |\n| | EINPROGRESS |\n"
			 "| | `poll(sock2, POLLOUT)` |\n"
			 "| | `getsockopt(sock2, SOL_SOCKET, SO_ERROR)` |\n| | connects |\n"));
}

/* And what was not. */
static void deeds_of_nobody(void)
{
	struct play p;

	play_open(&p, DEMO("link=unix patience=100ms") "| `send()` | `recv()` |\n"
		  "| sends \"help\" | reads \"h\" |\n| `send()` | |\n| sends | |\n"
		  "| `recv()` | `kill -9` |\n| reads | |\n| | survives |\n");
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 2);
	CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 3);
	CHECK_TEXT(play_seen(&p, ROLE_A, 2), "= 5");
	CHECK_TEXT(play_seen(&p, ROLE_A, 6), "ECONNRESET");
	CHECK_TEXT(play_seen(&p, ROLE_B, 7), "Terminated");
	play_close(&p);
}

static void every_link_carries(void)
{
	static const char *const links[] = {"unix", "unix-seqpacket", "pair", "tcp",
					    "tcp6", "unix-dgram",     "udp"};
	char text[600];

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		snprintf(text, sizeof text,
			 DEMO("link=%s") "| `send(sock, \"hi\")` | |\n| `= 2` | |\n| | `recv()` |\n"
					 "| | `= \"hi\"` |\n| `recv()` | |\n| blocks | |\n"
					 "| | `send(sock, \"yes\\0no\", 6)` |\n| `= \"yes\\0no\"` | |\n",
			 links[i]);
		if (!CHECK(play_holds(text)))
			printf("    on %s\n", links[i]);
	}
}

/* The rows of doc's table "B goes away", one link after the other. */
static void peer_closes(void)
{
	CHECK(play_holds(DEMO("link=unix a-sigpipe=default") "| | `close()` |\n| `send()` | |\n"
			 "| EPIPE + SIGPIPE | |\n| Terminated | |\n"));
	CHECK(play_holds(DEMO("link=tcp") "| `signal(SIGPIPE, handler)` | |\n| | `close()` |\n"
			 "| GotFIN | |\n| `send()` | |\n| `= 5` | |\n| | RESET |\n| GotRST | |\n"
			 "| `recv()` | |\n| EOF | |\n| `send()` | |\n| EPIPE + SIGPIPE | |\n"
			 "| `recv()` | |\n| EOF | |\n"));
	CHECK(play_holds(DEMO("link=tcp a-misses=FIN") "| | `close()` |\n| | FIN |\n| `send()` | |\n"
			 "| | RESET |\n| GotRST | |\n| `recv()` | |\n| ECONNRESET | |\n"
			 "| `recv()` | |\n| EOF | |\n"));
}

static void peer_closes_with_unread_data(void)
{
	static const char *const links[] = {"tcp", "unix"};
	char text[600];

	for (size_t i = 0; i < 2; i++) {
		snprintf(text, sizeof text,
			 DEMO("link=%s") "| `signal(SIGPIPE, handler)` | |\n| `send()` | |\n"
					 "| | `close()` |\n| `recv()` | |\n| ECONNRESET | |\n"
					 "| `recv()` | |\n| EOF | |\n| `send()` | |\n"
					 "| EPIPE + SIGPIPE | |\n", links[i]);
		CHECK(play_holds(text));
	}
	CHECK(play_holds(DEMO("link=tcp") "| `signal(SIGPIPE, handler)` | |\n| `send()` | |\n"
			 "| | `close()` |\n| GotRST | |\n| `send()` | |\n| ECONNRESET | |\n"
			 "| `send()` | |\n| EPIPE + SIGPIPE | |\n| `recv()` | |\n| EOF | |\n"));
	CHECK(play_holds(DEMO("link=unix") "| `signal(SIGPIPE, handler)` | |\n| `send()` | |\n"
			 "| | `close()` |\n| `send()` | |\n| EPIPE + SIGPIPE | |\n| `recv()` | |\n"
			 "| ECONNRESET | |\n| `send()` | |\n| EPIPE + SIGPIPE | |\n"));
}

static void linger_and_silence(void)
{
	CHECK(play_holds(DEMO("link=tcp") "| | `setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})` |\n"
			 "| | `close()` |\n| | RESET |\n| GotRST | |\n| `recv()` | |\n"
			 "| ECONNRESET | |\n"));
	CHECK(play_holds(DEMO("link=tcp b-misses=all patience=6s")
			 "| `setsockopt(sock, IPPROTO_TCP, TCP_USER_TIMEOUT, 500)` | |\n"
			 "| `send(sock, \"x\")` | |\n| `= 1` | |\n| `recv()` | |\n| ETIMEDOUT | |\n"));
	CHECK(play_holds(DEMO("link=unix-dgram") "| | `close()` |\n| `send()` | |\n"
			 "| ECONNREFUSED | |\n| `send()` | |\n| ENOTCONN | |\n"));
	CHECK(play_holds(DEMO("link=unix-seqpacket") "| | `close()` |\n| `send()` | |\n| EPIPE | |\n"
			 "| `recv()` | |\n| EOF | |\n"));
}

/* A seqpacket's EPIPE comes without the signal: saying otherwise must not hold. */
static void wrong_tables_do_not_hold(void)
{
	struct play p;

	play_open(&p, DEMO("link=unix-seqpacket") "| | `close()` |\n| `send()` | |\n"
		      "| EPIPE + SIGPIPE | |\n| Terminated | |\n| `recv()` | |\n| `= 5` | |\n"
		      "| blocks | |\n");
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 4);
	CHECK_TEXT(play_seen(&p, ROLE_A, 3), "EPIPE");
	CHECK_TEXT(play_seen(&p, ROLE_A, 4), "");
	CHECK_TEXT(play_seen(&p, ROLE_A, 6), "EOF");
	CHECK_TEXT(play_seen(&p, ROLE_A, 7), "EOF");
	play_close(&p);
}

/* EPIPE, then SIGPIPE, then the end: three things, in this order, one step each. */
static void order_of_a_broken_pipe(void)
{
	struct play p;
	size_t ret, sig, end;

	play_open(&p, DEMO("link=unix") "| | `close()` |\n| `send()` | |\n| EPIPE + SIGPIPE | |\n"
		      "| Terminated | |\n");
	play_to(&p, 2);
	ret = play_find(&p, EVENT_RETURN, ROLE_A, play_find(&p, EVENT_ROW_DONE, ROLE_NONE, 0));
	CU_ASSERT_FATAL(ret != EVENT_NONE);
	CHECK_NUMBER(p.events.list.at[ret].u.ret.err, EPIPE);
	CHECK(play_find(&p, EVENT_SIGNAL, ROLE_A, 0) == EVENT_NONE);
	play_to(&p, 3);
	sig = play_find(&p, EVENT_SIGNAL, ROLE_A, 0);
	CU_ASSERT_FATAL(sig != EVENT_NONE);
	CHECK_NUMBER(p.events.list.at[sig].u.signal.number, SIGPIPE);
	CHECK(play_find(&p, EVENT_END, ROLE_A, 0) == EVENT_NONE);
	play_to(&p, 4);
	end = play_find(&p, EVENT_END, ROLE_A, 0);
	CU_ASSERT_FATAL(end != EVENT_NONE);
	CHECK(ret < sig && sig < end);
	CHECK(p.events.list.at[ret].ns <= p.events.list.at[sig].ns &&
	      p.events.list.at[sig].ns <= p.events.list.at[end].ns);
	play_close(&p);
}

static void blocked_calls_complete_later(void)
{
	struct play p;

	CHECK(play_holds(DEMO("link=unix") "| `recv()` | |\n| blocks | |\n| | `send(sock, \"x\")` |\n"
			 "| | `= 1` |\n| `= \"x\"` | |\n"));
	/* Also when no row waits for it. */
	play_open(&p, DEMO("link=unix") "| `recv()` | |\n| | `send(sock, \"x\")` |\n| | `getpid()` |\n");
	play_to(&p, 2);
	play_to(&p, 3);
	CHECK(play_find(&p, EVENT_BLOCKED, ROLE_A, 0) < play_find(&p, EVENT_RETURN, ROLE_A,
				play_find(&p, EVENT_BLOCKED, ROLE_A, 0)));
	play_close(&p);
}

static void a_pending_call_fails_the_row(void)
{
	struct play p;
	int64_t start = clock_now();
	size_t failed = EVENT_NONE;

	play_open(&p, DEMO("link=unix patience=200ms") "| `recv()` | |\n| `send()` | |\n| `send()` | |\n");
	play_all(&p);
	for (size_t i = 0; i < p.events.list.n; i++)
		if (p.events.list.at[i].kind == EVENT_ROW_DONE && p.events.list.at[i].text)
			failed = i;
	CU_ASSERT_FATAL(failed != EVENT_NONE);
	CHECK(strstr(p.events.list.at[failed].text, "has not returned") != NULL);
	CHECK(!p.gone);
	CHECK(clock_now() - start < 10 * CLOCK_S);
	play_close(&p);
}

/* What a call before it gave is not what was seen of a call that was never made. */
static void outcomes_of_calls_never_made(void)
{
	struct play p;

	play_open(&p, DEMO("link=unix") "| | `close()` |\n| `send()` | |\n| `= 5` | |\n"
		      "| `recv()` | |\n| EPIPE | |\n");
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 0);
	CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 2);
	CHECK_TEXT(play_seen(&p, ROLE_A, 3), "EPIPE");
	CHECK_TEXT(play_seen(&p, ROLE_A, 5), "Terminated");
	play_close(&p);
}

/* SIGURG goes to who asked for it: the process itself, and nobody else. */
static void signals_of_a_socket(void)
{
	CHECK(play_holds(DEMO("link=tcp") "| | `signal(SIGURG, handler)` |\n| | `me = getpid()` |\n"
			 "| | `fcntl(sock, F_SETOWN, me)` |\n| | `= 0` |\n"
			 "| `send(sock, \"u!\", 2, MSG_OOB)` | |\n| | SIGURG |\n"
			 "| | `recv(sock, 1, MSG_OOB)` |\n| | `= \"!\"` |\n"));
	/* Its number is not 1: that is the first process of the namespace. */
	CHECK(play_holds(DEMO("link=pair") "| `send(sock, \"x\")` | |\n| | `n = recv(sock, 2)` |\n"
			 "| | `= 1` |\n| | `fcntl(sock, F_SETOWN, n)` |\n| | Killed |\n"));
}

static void signals_and_ends(void)
{
	CHECK(play_holds(DEMO("") "| `signal(SIGTERM, handler)` | |\n| `= 0 SIG_DFL` | |\n"
			 "| `recv()` | |\n| blocks | |\n| `kill -TERM` | |\n| SIGTERM | |\n"
			 "| | `send()` |\n| `= \"hello\"` | |\n| `poll()` | |\n| blocks | |\n"
			 "| `kill -TERM` | |\n| EINTR | |\n| `kill -9` | |\n| Terminated | |\n"
			 "| | `recv()` |\n| | EOF |\n"));
	CHECK(play_holds(DEMO("a-sigpipe=ignore") "| | `close()` |\n| `send()` | |\n| EPIPE | |\n"
			 "| `getpid()` | |\n| `exit(3)` | |\n| exited 3 | |\n"));
	CHECK(play_holds(DEMO("") "| `exit()` | |\n| exited 0 | |\n| | `recv()` |\n| | EOF |\n"));
}

static void ignored_signals_do_not_reach(void)
{
	struct play p;

	play_open(&p, DEMO("a-sigpipe=ignore") "| | `close()` |\n| `send()` | |\n| EPIPE + SIGPIPE | |\n");
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 1);
	CHECK_TEXT(play_seen(&p, ROLE_A, 3), "EPIPE");
	play_close(&p);
}

static void calls_of_the_notation(void)
{
	CHECK(play_holds(DEMO("link=none") "| `s = socket(AF_UNIX)` | |\n| `= 3` | |\n"
			 "| `bind(s, \"x.sock\")` | |\n| `= 0` | |\n| `getsockname(s)` | |\n"
			 "| `= \"x.sock\"` | |\n| `t = dup(s)` | |\n| `= 4` | |\n"
			 "| `fcntl(s, F_SETFL, O_NONBLOCK)` | |\n| `fcntl(s, F_GETFL)` | |\n"
			 "| `= 2050 O_RDWR\\|O_NONBLOCK` | |\n| `listen(s)` | |\n| `= 0` | |\n"
			 "| `c = accept(s)` | |\n| EAGAIN | |\n| `chmod(\"x.sock\", 0)` | |\n| `= 0` | |\n"
			 "| `unlink(\"x.sock\")` | |\n| `= 0` | |\n| `pipe(p)` | |\n| `= 0 {5, 6}` | |\n"
			 "| `write(p[1], \"abc\")` | |\n| `= 3` | |\n| `read(p[0], 2)` | |\n| `= \"ab\"` | |\n"
			 "| `poll(p[0], POLLIN, 0)` | |\n| `= 1 POLLIN` | |\n"
			 "| `fcntl(p[0], F_SETFL, O_NONBLOCK)` | |\n| `fcntl(p[0], F_GETFL)` | |\n"
			 "| `= 2048 O_RDONLY\\|O_NONBLOCK` | |\n"));
	CHECK(play_holds(DEMO("link=none") "| `socketpair(AF_UNIX, SOCK_STREAM, 0, sv)` | |\n| `= 0 {3, 4}` | |\n"
			 "| `getsockopt(sv[0], SOL_SOCKET, SO_ERROR)` | |\n| `= 0 0` | |\n"
			 "| `close(sv[1])` | |\n| `poll(sv[0], POLLIN, 0)` | |\n| `= 1 POLLIN\\|POLLHUP` | |\n"));
}

static void a_descriptor_is_passed(void)
{
	CHECK(play_holds(DEMO("link=unix") "| `pipe(p)` | |\n| `sendfd(sock, p[0])` | |\n| `= 1` | |\n"
			 "| | `got = recvfd(sock)` |\n| `write(p[1], \"through\")` | |\n"
			 "| | `read(got, 7)` |\n| | `= \"through\"` |\n| `close(sock)` | |\n"
			 "| | `f = recvfd(sock)` |\n| | EOF |\n"));
}

static void addresses_of_either_role(void)
{
	CHECK(play_holds(DEMO("link=none") "| | `listener = socket(AF_INET)` |\n"
			 "| | `bind(listener, \"127.0.0.1:0\")` |\n| | `listen(listener)` |\n"
			 "| `sock = socket(AF_INET)` | |\n| `connect(sock, addr(listener))` | |\n| `= 0` | |\n"
			 "| | `sock = accept(listener)` |\n| `send()` | |\n| | `recv()` |\n"
			 "| | `= \"hello\"` |\n"));
	CHECK(play_holds(DEMO("link=none") "| `sock = socket(AF_INET, SOCK_DGRAM)` | |\n"
			 "| `sendto(sock, \"x\", 1, 0, \"127.0.0.1:9\")` | |\n| `= 1` | |\n"
			 "| `sock = socket(AF_UNIX)` | |\n| `connect(sock, \"@nobody\")` | |\n"
			 "| ECONNREFUSED | |\n| `connect(sock, \"gone.sock\")` | |\n| ENOENT | |\n"));
}

/* `again` gets the number that `listener` had; addr(listener) is not its address. */
static void the_address_of_what_was_closed(void)
{
	CHECK(play_holds(DEMO("link=none") "| | `listener = socket(AF_INET)` |\n"
			 "| | `bind(listener, \"127.0.0.1:0\")` |\n| | `listen(listener)` |\n"
			 "| | `close(listener)` |\n| | `again = socket(AF_INET)` |\n"
			 "| `sock = socket(AF_INET)` | |\n| `connect(sock, addr(listener))` | |\n"
			 "| ECONNREFUSED | |\n| | `bind(again, addr(listener))` |\n| | `= 0` |\n"
			 "| | `listen(again)` |\n| `connect(sock, addr(listener))` | |\n| `= 0` | |\n"));
}

/* A datagram without bytes is no end. */
static void an_empty_datagram(void)
{
	static const char *const links[] = {"unix-dgram", "udp"};
	char text[512];
	struct play p;

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		snprintf(text, sizeof text, DEMO("link=%s") "| `send(sock, \"\")` | |\n| `= 0` | |\n"
			 "| | `recv()` |\n| | `= \"\"` |\n| `send()` | |\n| | `recv()` |\n"
			 "| | `= \"hello\"` |\n", links[i]);
		CHECK(play_holds(text));
	}
	play_open(&p, DEMO("link=udp") "| `send(sock, \"\")` | |\n| | `recv()` |\n| | EOF |\n");
	play_all(&p);
	CHECK_TEXT(play_seen(&p, ROLE_B, 3), "= 0");
	play_close(&p);
}

/* A byte without a descriptor gives the name none: it would be that of standard output. */
static void no_descriptor_is_passed(void)
{
	struct play p;

	play_open(&p, DEMO("link=tcp") "| `send(sock, \"x\")` | |\n| | `fd = recvfd(sock)` |\n"
		      "| | `= 1` |\n| | `close(fd)` |\n| | `= 0` |\n");
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 1);
	play_close(&p);
}

static void the_wire_is_cut_and_mended(void)
{
	CHECK(play_holds(DEMO("link=tcp patience=4s") "| | `cut wire` |\n| `send(sock, \"x\")` | |\n| `= 1` | |\n"
			 "| | `recv()` |\n| | blocks |\n| `mend wire` | |\n| | `= \"x\"` |\n"));
}

static void runs_do_not_differ(void)
{
	struct play p;
	int held = 0;
	bool denied = false;

	play_open(&p, DEMO("link=tcp a-misses=FIN") "| | `close()` |\n| `send()` | |\n| | RESET |\n"
		      "| GotRST | |\n| `recv()` | |\n| ECONNRESET | |\n");
	for (int i = 0; i < 50; i++) {
		play_all(&p);
		held += play_count(&p, VERDICT_HOLDS) == 3;
		denied = denied || play_denied(&p);
		play_again(&p);
	}
	if (denied)
		skip_test("the wire cannot be seen or changed here");
	else
		CHECK_NUMBER(held, 50);
	play_close(&p);
}

/* A port that the table names is free again in the next run, also when its connection is
 * still in TIME_WAIT. */
static void named_ports_are_free_again(void)
{
	struct play p;
	int held = 0;

	play_open(&p, DEMO("link=none") "| | `listener = socket(AF_INET)` |\n"
		      "| | `bind(listener, \"127.0.0.1:7000\")` |\n| | `= 0` |\n"
		      "| | `listen(listener)` |\n| `sock = socket(AF_INET)` | |\n"
		      "| `connect(sock, \"127.0.0.1:7000\")` | |\n| `= 0` | |\n"
		      "| | `sock = accept(listener)` |\n| | `close(sock)` |\n| | FIN |\n"
		      "| `close(sock)` | |\n| FIN | |\n");
	for (int i = 0; i < 3; i++) {
		play_all(&p);
		held += play_count(&p, VERDICT_HOLDS) == 4;
		play_again(&p);
	}
	CHECK_NUMBER(held, 3);
	play_close(&p);
}

/* Nobody's port: the answer is told with the call, and whose segment is whose is known. */
static void refused_by_nobody(void)
{
	struct play p;
	size_t syn, rst, ret;

	play_open(&p, DEMO("link=none") "| `sock = socket(AF_INET)` | |\n"
		      "| | `u = socket(AF_INET, SOCK_DGRAM)` |\n"
		      "| `connect(sock, \"127.0.0.1:7000\")` | |\n| ECONNREFUSED | |\n");
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	syn = play_find(&p, EVENT_SEGMENT, ROLE_A, 0);
	rst = play_find(&p, EVENT_SEGMENT, ROLE_B, 0);
	CU_ASSERT_FATAL(syn != EVENT_NONE && rst != EVENT_NONE);
	ret = play_find(&p, EVENT_RETURN, ROLE_A, rst);
	CHECK(syn < rst && ret != EVENT_NONE);
	play_close(&p);
}

static void without_namespaces(void)
{
	struct play p;

	play_open_with(&p, DEMO("link=tcp") "| | `close()` |\n| `send()` | |\n| `= 5` | |\n| | RESET |\n",
		       actor_script, true);
	play_all(&p);
	CHECK_TEXT(play_seen(&p, ROLE_A, 3), "= 5");
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	CHECK_NUMBER(play_count(&p, VERDICT_UNSEEN), 1);
	CHECK(play_find(&p, EVENT_CANNOT, ROLE_NONE, 0) != EVENT_NONE);
	CHECK(play_find(&p, EVENT_SEGMENT, ROLE_NONE, 0) == EVENT_NONE);
	play_close(&p);
}

static const struct test tests[] = {
	{"deeds-of-either", deeds_of_either},
	{"deeds-of-nobody", deeds_of_nobody},
	{"every_link_carries", every_link_carries},
	{"peer_closes", peer_closes},
	{"peer_closes_with_unread_data", peer_closes_with_unread_data},
	{"linger_and_silence", linger_and_silence},
	{"wrong_tables_do_not_hold", wrong_tables_do_not_hold},
	{"order_of_a_broken_pipe", order_of_a_broken_pipe},
	{"blocked_calls_complete_later", blocked_calls_complete_later},
	{"a_pending_call_fails_the_row", a_pending_call_fails_the_row},
	{"outcomes_of_calls_never_made", outcomes_of_calls_never_made},
	{"signals_of_a_socket", signals_of_a_socket},
	{"signals_and_ends", signals_and_ends},
	{"ignored_signals_do_not_reach", ignored_signals_do_not_reach},
	{"calls_of_the_notation", calls_of_the_notation},
	{"a_descriptor_is_passed", a_descriptor_is_passed},
	{"addresses_of_either_role", addresses_of_either_role},
	{"the_address_of_what_was_closed", the_address_of_what_was_closed},
	{"an_empty_datagram", an_empty_datagram},
	{"no_descriptor_is_passed", no_descriptor_is_passed},
	{"the_wire_is_cut_and_mended", the_wire_is_cut_and_mended},
	{"runs_do_not_differ", runs_do_not_differ},
	{"named_ports_are_free_again", named_ports_are_free_again},
	{"refused_by_nobody", refused_by_nobody},
	{"without_namespaces", without_namespaces},
	{0},
};

const struct suite suite_stage = {"stage", NULL, NULL, tests};
