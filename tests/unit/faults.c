/* stage/: every fault on every link, as tables that real processes carry out. */
#include "base/clock.h"
#include "base/str.h"
#include "play.h"
#include "suites.h"

#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEAD "| Process A | Process B |\n|---|---|\n"
#define DEMO(keys) "<!-- demo: id=t " keys " -->\n" HEAD

static const char *const unix_links[] = {"unix", "unix-dgram", "unix-seqpacket", "pair"};
static const char *const wired_links[] = {"tcp", "tcp6", "udp"};

enum { UNIX_LINKS = 4, WIRED_LINKS = 3, TCP_LINKS = 2 };

/* The rows on that link hold. */
static void check_holds(const char *link, const char *rows)
{
	char text[1200];

	snprintf(text, sizeof text, DEMO("link=%s patience=4s") "%s", link, rows);
	if (!CHECK(play_holds(text)))
		printf("    on %s\n", link);
}

/* The text of the first event of KIND, or "(none)"; the caller's until play_close(). */
static const char *text_of(const struct play *p, enum event_kind kind)
{
	size_t i = play_find(p, kind, ROLE_NONE, 0);

	return i == EVENT_NONE || !p->events.list.at[i].text ? "(none)" : p->events.list.at[i].text;
}

static void a_cut_wire_carries_nothing(void)
{
	for (size_t i = 0; i < WIRED_LINKS; i++)
		check_holds(wired_links[i],
			    "| `cut wire` | |\n| `send()` | |\n| `= 5` | |\n| | `recv()` |\n"
			    "| | blocks |\n| | `wait 50ms` |\n| | blocks |\n");
	/* TCP sends it again once the wire is mended; a datagram is lost for good. */
	for (size_t i = 0; i < TCP_LINKS; i++)
		check_holds(wired_links[i],
			    "| | `cut wire` |\n| `send()` | |\n| | `recv()` |\n| | blocks |\n"
			    "| | `mend wire` |\n| | `= \"hello\"` |\n");
	check_holds("udp", "| | `cut wire` |\n| `send()` | |\n| | `mend wire` |\n| | `recv()` |\n"
			   "| | blocks |\n| `send(sock, \"again\")` | |\n| | `= \"again\"` |\n");
}

/* A socket that is gone, a process that is gone, a port at which nobody listens: on a wire that
 * is cut the kernel does not answer for them either. */
static void nobody_answers_on_a_cut_wire(void)
{
	for (size_t i = 0; i < TCP_LINKS; i++) {
		check_holds(wired_links[i],
			    "| `send()` | |\n| `cut wire` | |\n| | `close()` |\n| `send()` | |\n"
			    "| `= 5` | |\n| `recv()` | |\n| blocks | |\n");
		check_holds(wired_links[i],
			    "| `cut wire` | |\n| | `kill -9` |\n| | Killed |\n| `send()` | |\n"
			    "| `= 5` | |\n| `recv()` | |\n| blocks | |\n");
		/* What the kernel still holds for the one that was killed says its FIN again. */
		check_holds(wired_links[i],
			    "| `cut wire` | |\n| | `kill -9` |\n| `recv()` | |\n| blocks | |\n"
			    "| `mend wire` | |\n| EOF | |\n");
	}
	check_holds("udp", "| | `close()` |\n| `cut wire` | |\n| `send()` | |\n| `send()` | |\n"
			   "| `= 5` | |\n| `mend wire` | |\n| `send()` | |\n| `= 5` | |\n"
			   "| `send()` | |\n| ECONNREFUSED | |\n");
	check_holds("none", "| | `listener = socket(AF_INET)` |\n| | `bind(listener, \"127.0.0.1:0\")` |\n"
			    "| | `listen(listener)` |\n| | `cut wire` |\n| `socket(AF_INET)` | |\n"
			    "| `connect(sock, addr(listener))` | |\n| blocks | |\n| | `close(listener)` |\n"
			    "| `wait 20ms` | |\n| blocks | |\n");
}

/* What is drawn as lost is what was lost. */
static void what_is_cut_off_is_drawn_as_lost(void)
{
	struct play p;
	size_t lost = 0, rst = 0;

	play_open(&p, DEMO("link=tcp") "| `send()` | |\n| | `cut wire` |\n| | `close()` |\n"
		      "| `send(sock, \"more\")` | |\n");
	play_all(&p);
	for (size_t i = 0; i < p.events.list.n; i++) {
		const struct event *e = &p.events.list.at[i];

		if (e->kind != EVENT_SEGMENT || e->row < 3)
			continue;
		lost += e->u.segment.lost;
		rst += (e->u.segment.flags & SEGMENT_RST) != 0 && e->role == ROLE_B;
		CHECK(e->u.segment.lost);
	}
	if (!play_denied(&p)) {
		CHECK(lost >= 2);
		CHECK_NUMBER(rst, 1); /* of its close(); not one more for what A sends then */
	}
	play_close(&p);
}

static void a_role_misses_what_it_is_told(void)
{
	for (size_t i = 0; i < TCP_LINKS; i++) {
		check_holds(wired_links[i],
			    "| `misses FIN` | |\n| | `close()` |\n| | FIN |\n| `recv()` | |\n"
			    "| blocks | |\n| `misses nothing` | |\n| EOF | |\n");
		check_holds(wired_links[i],
			    "| `send()` | |\n| `misses RST` | |\n| | `close()` |\n| | RESET |\n"
			    "| `recv()` | |\n| blocks | |\n");
		check_holds(wired_links[i],
			    "| | `misses data` |\n| `send()` | |\n| | `recv()` |\n| | blocks |\n"
			    "| | `misses nothing` |\n| | `= \"hello\"` |\n");
		check_holds(wired_links[i],
			    "| `misses all` | |\n| | `send()` |\n| | `close()` |\n| | FIN |\n"
			    "| `recv()` | |\n| blocks | |\n");
	}
	check_holds("udp", "| | `misses data` |\n| `send()` | |\n| | `recv()` |\n| | blocks |\n"
			   "| | `misses nothing` |\n| `send(sock, \"x\")` | |\n| | `= \"x\"` |\n");
	check_holds("udp", "| | `misses all` |\n| `send()` | |\n| `= 5` | |\n| | `recv()` |\n| | blocks |\n");
}

/* Calls on a socket that misses something leave that as it is; a socket that was made from it
 * misses the same. */
static void what_is_missed_stays_missed(void)
{
	check_holds("tcp", "| `misses FIN` | |\n| `send()` | |\n| `copy = dup(sock)` | |\n"
			   "| `getsockname(copy)` | |\n| | `recv()` |\n| | `close()` |\n| | FIN |\n"
			   "| `recv()` | |\n| blocks | |\n");
	for (int got = 0; got < 2; got++) {
		struct play p;

		play_open(&p, got ? DEMO("link=tcp patience=300ms")
				    "| `misses FIN` | |\n| `send()` | |\n| | `recv()` |\n"
				    "| | `close()` |\n| GotFIN | |\n"
				  : DEMO("link=tcp patience=300ms")
				    "| `misses FIN` | |\n| `send()` | |\n| | `recv()` |\n"
				    "| `misses nothing` | |\n| | `close()` |\n| GotFIN | |\n");
		play_all(&p);
		if (!play_denied(&p))
			CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), got);
		play_close(&p);
	}
}

static void segments_come_late(void)
{
	for (size_t i = 0; i < WIRED_LINKS; i++) {
		check_holds(wired_links[i],
			    "| | `delay 60ms` |\n| `send()` | |\n| `= 5` | |\n| | `recv()` |\n"
			    "| | blocks |\n| | `= \"hello\"` |\n");
		/* The other direction is as it was; what is under way keeps its order. */
		check_holds(wired_links[i],
			    "| | `delay 60ms` |\n| | `send()` |\n| `recv(sock, buf, 5, MSG_DONTWAIT)` | |\n"
			    "| `= \"hello\"` | |\n| `send(sock, \"1\")` | |\n| `send(sock, \"2\")` | |\n"
			    "| | `delay 0ms` |\n| `send(sock, \"3\")` | |\n| | `recv(sock, 1)` |\n"
			    "| | `= \"1\"` |\n| | `recv(sock, 1)` |\n| | `= \"2\"` |\n"
			    "| | `recv(sock, 1)` |\n| | `= \"3\"` |\n");
	}
	for (size_t i = 0; i < TCP_LINKS; i++)
		check_holds(wired_links[i],
			    "| `delay 60ms` | |\n| | `delay 60ms` |\n| | `close()` |\n| | FIN |\n"
			    "| `recv(sock, buf, 1, MSG_DONTWAIT)` | |\n| EAGAIN | |\n| GotFIN | |\n"
			    "| `send()` | |\n| `= 5` | |\n| | RESET |\n| GotRST | |\n");
	/* Ports that are opened later count as well, and what answers for nobody comes late too. */
	check_holds("none", "| `delay 60ms` | |\n| | `listener = socket(AF_INET)` |\n"
			    "| | `bind(listener, \"127.0.0.1:0\")` |\n| | `listen(listener)` |\n"
			    "| `socket(AF_INET)` | |\n| `connect(sock, addr(listener))` | |\n"
			    "| blocks | |\n| `= 0` | |\n");
	check_holds("udp", "| `delay 60ms` | |\n| | `close()` |\n| `send()` | |\n| `send()` | |\n"
			   "| `= 5` | |\n| `recv()` | |\n| blocks | |\n| ECONNREFUSED | |\n");
}

/* A late segment is seen twice: when it was sent, and when it arrives, not before. */
static void what_is_late_is_drawn_twice(void)
{
	struct play p;
	int64_t sent = 0, came = 0;

	play_open(&p, DEMO("link=tcp") "| | `delay 60ms` |\n| `send()` | |\n| | `recv()` |\n"
		      "| | blocks |\n| | `= \"hello\"` |\n");
	play_all(&p);
	for (size_t i = 0; i < p.events.list.n; i++) {
		const struct event *e = &p.events.list.at[i];

		if (e->kind != EVENT_SEGMENT || e->row == 0 || e->u.segment.len == 0 ||
		    e->u.segment.again)
			continue;
		CHECK(!e->u.segment.lost);
		CHECK(e->u.segment.held != e->u.segment.late);
		if (e->u.segment.held)
			sent = e->ns;
		else if (!came)
			came = e->ns;
	}
	if (!play_denied(&p)) {
		CHECK(sent > 0);
		CHECK(came - sent >= 60 * CLOCK_MS);
	}
	play_close(&p);
}

static void a_buffer_is_filled(void)
{
	static const char *const streams[] = {"unix", "unix-seqpacket", "pair", "tcp", "tcp6"};

	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		check_holds(streams[i], "| `fill buffer` | |\n| `send(sock, \"x\", 1, MSG_DONTWAIT)` | |\n"
					"| EAGAIN | |\n| `send(sock, \"x\")` | |\n| blocks | |\n");
		/* B can read what the director put in. */
		check_holds(streams[i], "| `fill buffer` | |\n| | `recv(sock, 4)` |\n| | `= \"....\"` |\n");
	}
	check_holds("unix-dgram", "| `fill buffer` | |\n| `send(sock, \"x\", 1, MSG_DONTWAIT)` | |\n"
				  "| EAGAIN | |\n");
}

/* What waits on a socket is the process's to find. */
static void filling_takes_no_error_away(void)
{
	check_holds("tcp", "| `signal(SIGPIPE, handler)` | |\n| `send()` | |\n| | `close()` |\n"
			   "| GotRST | |\n| `fill buffer` | |\n| `recv()` | |\n| ECONNRESET | |\n");
	check_holds("unix", "| `send()` | |\n| | `close()` |\n| `fill buffer` | |\n| `recv()` | |\n"
			    "| ECONNRESET | |\n");
}

static void bytes_are_told(void)
{
	struct play p;
	unsigned long bytes = 0;

	play_open(&p, DEMO("link=unix") "| `fill buffer` | |\n| `getpid()` | |\n");
	play_all(&p);
	CHECK_NUMBER(sscanf(text_of(&p, EVENT_DIRECTOR), "fill buffer (%lu bytes, then it is full)",
			    &bytes), 1);
	CHECK(bytes > 10000);
	play_close(&p);
	play_open(&p, DEMO("link=unix") "| | `close()` |\n| `fill buffer` | |\n");
	play_all(&p);
	CHECK_TEXT(text_of(&p, EVENT_DIRECTOR),
		   "fill buffer (nothing is put in: an error or the end waits there)");
	play_close(&p);
	play_open(&p, DEMO("link=unix") "| `close()` | |\n| `fill buffer` | |\n");
	play_all(&p);
	CHECK_TEXT(text_of(&p, EVENT_DIRECTOR), "fill buffer (its socket is closed)");
	play_close(&p);
}

/* Where there is no wire, that is what is said, and what the kernel does then counts. */
static void unix_links_have_nothing_to_cut(void)
{
	static const char *const deeds[] = {"cut wire", "mend wire", "misses data", "misses all",
					    "misses nothing", "delay 50ms", "delay 0ms"};
	char text[600], says[40];

	for (size_t i = 0; i < UNIX_LINKS; i++)
		for (size_t k = 0; k < sizeof deeds / sizeof *deeds; k++) {
			struct play p;
			const char *said;

			snprintf(text, sizeof text, DEMO("link=%s") "| | `%s` |\n| `send()` | |\n"
				 "| | `recv()` |\n| | `= \"hello\"` |\n| | `= 7` |\n",
				 unix_links[i], deeds[k]);
			snprintf(says, sizeof says, "%s: ", deeds[k]);
			play_open(&p, text);
			play_all(&p);
			said = text_of(&p, EVENT_CANNOT);
			if (!CHECK(strncmp(said, says, strlen(says)) == 0) ||
			    !CHECK(strstr(said, "between Unix sockets") != NULL))
				printf("    on %s: %s\n", unix_links[i], said);
			CHECK(play_find(&p, EVENT_DIRECTOR, ROLE_NONE, 0) == EVENT_NONE ||
			      strcmp(unix_links[i], "pair") == 0);
			CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
			CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 1);
			play_close(&p);
		}
}

static void udp_has_no_goodbye_and_no_full_buffer(void)
{
	static const char *const deeds[] = {"misses FIN", "misses RST", "fill buffer"};
	char text[300];

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		struct play p;

		snprintf(text, sizeof text, DEMO("link=udp") "| `%s` | |\n| `getpid()` | |\n", deeds[i]);
		play_open(&p, text);
		play_all(&p);
		CHECK(strstr(text_of(&p, EVENT_CANNOT), "UDP") != NULL);
		play_close(&p);
	}
}

/* Faults are of one run: the next one begins without them. */
static void a_new_run_has_no_faults(void)
{
	struct play p;

	play_open(&p, DEMO("link=tcp patience=300ms") "| `send()` | |\n| | `recv()` |\n| | `= \"hello\"` |\n"
		      "| | `delay 10s` |\n| `misses FIN` | |\n| `cut wire` | |\n| `send()` | |\n");
	play_all(&p);
	play_again(&p);
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	CHECK_NUMBER(play_count(&p, VERDICT_DIFFERS), 0);
	play_close(&p);
}

/* Without namespaces: what needs a network of its own is said in one sentence, once; the rest
 * goes on. */
static void without_namespaces(void)
{
	struct play p;

	play_open_with(&p, DEMO("link=tcp") "| | `delay 50ms` |\n| `send()` | |\n| | `recv()` |\n"
		       "| | `= \"hello\"` |\n", actor_script, true);
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	for (size_t i = 0, n = 0; i < p.events.list.n; i++)
		if (p.events.list.at[i].kind == EVENT_CANNOT &&
		    p.events.list.at[i].u.cannot == CANNOT_DELAY)
			CHECK_NUMBER(++n, 1);
	play_close(&p);
	play_open_with(&p, DEMO("link=unix") "| `fill buffer` | |\n| `send()` | |\n| blocks | |\n"
		       "| | `kill -9` |\n| | Killed |\n", actor_script, true);
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 2);
	play_close(&p);
}

/*
 * By hand.
 */

static int do_by_hand(struct play *p, int row, bool during, enum role role, const char *text)
{
	return stage_deed(p->stage, &(struct stage_deed){row, during, role, text});
}

/* The index of the Nth EVENT_DIRECTOR by hand (from 0), or EVENT_NONE. */
static size_t find_by_hand(const struct play *p, size_t n)
{
	for (size_t i = 0; i < p->events.list.n; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_DIRECTOR && e->u.director.by_hand && n-- == 0)
			return i;
	}
	return EVENT_NONE;
}

static size_t find_row_done(const struct play *p, int row)
{
	for (size_t i = 0; i < p->events.list.n; i++)
		if (p->events.list.at[i].kind == EVENT_ROW_DONE && p->events.list.at[i].row == row)
			return i;
	return EVENT_NONE;
}

/* Asked for in advance, as a replay does, each is done when its row is over. */
static void by_hand_each_has_its_row(void)
{
	struct play p;
	size_t first, second;

	play_open(&p, DEMO("link=unix") "| `send()` | |\n| | `recv()` |\n| | `= \"hello\"` |\n"
		      "| `recv()` | |\n| EOF | |\n");
	CHECK_NUMBER(do_by_hand(&p, 0, false, ROLE_B, "fill buffer"), 0);
	CHECK_NUMBER(do_by_hand(&p, 3, false, ROLE_B, "kill -9"), 0);
	play_all(&p);
	first = find_by_hand(&p, 0);
	second = find_by_hand(&p, 1);
	CU_ASSERT_FATAL(first != EVENT_NONE && second != EVENT_NONE);
	CHECK_NUMBER(p.events.list.at[first].role, ROLE_B);
	CHECK(find_row_done(&p, 0) < first && first < find_row_done(&p, 1));
	CHECK_NUMBER(p.events.list.at[second].role, ROLE_B);
	CHECK(find_row_done(&p, 3) < second && second < find_row_done(&p, 4));
	/* The process was gone before the next row began. */
	CHECK(play_find(&p, EVENT_END, ROLE_B, 0) < find_row_done(&p, 4));
	CHECK_TEXT(play_seen(&p, ROLE_B, 3), "= \"hello\"");
	CHECK_NUMBER(strncmp(play_seen(&p, ROLE_A, 5), "= \"....", 7), 0);
	play_close(&p);
}

/* A row that waits for it would not be over without it. */
static void by_hand_while_a_row_goes_on(void)
{
	struct play p;
	int64_t start = clock_now();
	size_t i;

	play_open(&p, DEMO("link=unix patience=10s") "| | `recv()` |\n| | EOF |\n| | `getpid()` |\n");
	CHECK_NUMBER(do_by_hand(&p, 2, true, ROLE_A, "kill -9"), 0);
	play_all(&p);
	i = find_by_hand(&p, 0);
	CHECK(i != EVENT_NONE && p.events.list.at[i].row == 2);
	CHECK(i < find_row_done(&p, 2));
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	CHECK(clock_now() - start < 5 * CLOCK_S);
	play_close(&p);
	/* Not before the row's own action has begun. */
	play_open(&p, DEMO("link=unix") "| `send()` | |\n| `= 5` | |\n| | `recv()` |\n"
		      "| | `= \"hello\"` |\n");
	CHECK_NUMBER(do_by_hand(&p, 1, true, ROLE_A, "kill -9"), 0);
	play_all(&p);
	i = find_by_hand(&p, 0);
	CHECK(i != EVENT_NONE && play_find(&p, EVENT_RETURN, ROLE_A, find_row_done(&p, 0)) < i);
	CHECK_TEXT(play_seen(&p, ROLE_B, 4), "= \"hello\"");
	play_close(&p);
}

/* What is done by hand goes with no row of the table, also when that has just such a cell. */
static void by_hand_is_marked(void)
{
	struct play p;
	size_t i;

	play_open(&p, DEMO("link=tcp") "| `cut wire` | |\n| `getpid()` | |\n");
	play_to(&p, 1);
	i = play_find(&p, EVENT_DIRECTOR, ROLE_NONE, 0);
	CHECK(i != EVENT_NONE && !p.events.list.at[i].u.director.by_hand);
	CHECK_NUMBER(do_by_hand(&p, 1, false, ROLE_B, "mend wire"), 0);
	play_all(&p);
	i = find_by_hand(&p, 0);
	CHECK(i != EVENT_NONE && p.events.list.at[i].row == 1);
	if (i != EVENT_NONE)
		CHECK_TEXT(p.events.list.at[i].text, "mend wire");
	/* Also after the last row. */
	CHECK_NUMBER(do_by_hand(&p, 2, false, ROLE_A, "kill -9"), 0);
	play_until(&p, EVENT_END);
	CHECK(find_by_hand(&p, 1) != EVENT_NONE);
	play_close(&p);
}

/* Nothing but deeds of the director can be done by hand; a new run has none of them. */
static void by_hand_only_deeds(void)
{
	static const char *const wrong[] = {"close()", "= 5", "wait 5s", "cut rope", "", "kill"};
	char longer[STAGE_DEED_MOST + 2];
	struct play p;

	play_open(&p, DEMO("link=unix") "| `send()` | |\n| `= 5` | |\n");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_NUMBER(do_by_hand(&p, 0, false, ROLE_A, wrong[i]), 0);
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	CHECK_NUMBER(do_by_hand(&p, 0, false, ROLE_A, longer), -1);
	CHECK_NUMBER(do_by_hand(&p, 0, false, ROLE_NONE, "kill -9"), 0);
	CHECK_NUMBER(do_by_hand(&p, 2, false, ROLE_A, "kill -9"), 0);
	play_to(&p, 1);
	CHECK(find_by_hand(&p, 0) == EVENT_NONE);
	play_again(&p);
	play_all(&p);
	CHECK(find_by_hand(&p, 0) == EVENT_NONE);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	play_close(&p);
}

/* On a link that has nothing of the kind it is said by the stage, too. */
static void by_hand_on_a_unix_link(void)
{
	struct play p;

	play_open(&p, DEMO("link=pair") "| `send()` | |\n| `= 5` | |\n");
	CHECK_NUMBER(do_by_hand(&p, 0, false, ROLE_A, "cut wire"), 0);
	play_all(&p);
	CHECK(find_by_hand(&p, 0) == EVENT_NONE);
	CHECK(strstr(text_of(&p, EVENT_CANNOT), "cut wire: there is no wire") != NULL);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	play_close(&p);
}

/*
 * A process that is stopped.
 */

static void a_stopped_process_goes_on(void)
{
	static const char *const links[] = {"unix", "unix-dgram", "tcp", "udp"};

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		check_holds(links[i], "| | `kill -STOP` |\n| `send()` | |\n| `= 5` | |\n"
				      "| | `kill -CONT` |\n| | `recv()` |\n| | `= \"hello\"` |\n");
		/* Asleep in a call, and stopped in it. */
		check_holds(links[i], "| | `recv()` |\n| | blocks |\n| | `kill -STOP` |\n"
				      "| `send()` | |\n| `= 5` | blocks |\n| | `kill -CONT` |\n"
				      "| | `= \"hello\"` |\n");
	}
	/* Other signals wait until it goes on, but for the one that nobody can keep waiting. */
	check_holds("tcp", "| | `kill -STOP` |\n| | `kill -TERM` |\n| `send()` | |\n| `= 5` | |\n"
			   "| | `kill -CONT` |\n| | Terminated |\n");
	check_holds("tcp", "| | `kill -STOP` |\n| | `kill -9` |\n| | Killed |\n");
}

static void a_stopped_process_takes_no_action(void)
{
	struct play p;

	play_open(&p, DEMO("link=unix patience=100ms") "| | `kill -STOP` |\n| | `send()` |\n"
		      "| `getpid()` | |\n");
	play_all(&p);
	CHECK(!p.gone);
	for (size_t i = 0; i < p.events.list.n; i++)
		if (p.events.list.at[i].kind == EVENT_ROW_DONE && p.events.list.at[i].row == 2)
			CHECK_TEXT(p.events.list.at[i].text,
				   "Process B cannot take this action: it is stopped");
	play_close(&p);
}

static bool write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	bool fine = f && fputs(text, f) >= 0;

	return f && fclose(f) == 0 && fine;
}

/* A network in which this process may do all, as root may in the machine's. */
static bool have_own_network(void)
{
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	char *map = str_make("0 %u 1", (unsigned)geteuid());
	bool fine = unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 &&
		    write_text("/proc/self/uid_map", map);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	free(map);
	return fine && ioctl(fd, SIOCSIFFLAGS, &lo) == 0;
}

/* By filters on the sockets, as where the loopback takes none: it holds for all that is open.
 * Returns how many verdicts hold, or -1. */
static int cut_on_the_sockets(void)
{
	struct play p;
	int holds;

	play_open_with(&p, DEMO("link=tcp patience=4s") "| `cut wire` | |\n| `send()` | |\n"
		       "| | `recv()` |\n| | blocks |\n| `mend wire` | |\n| | `= \"hello\"` |\n",
		       actor_script, true);
	play_all(&p);
	holds = play_denied(&p) ? -1 : (int)play_count(&p, VERDICT_HOLDS);
	play_close(&p);
	return holds;
}

/* For a filter on a TCP socket newer kernels want rights over its network: a process apart has
 * them where it can have a network of its own, and otherwise root has them. */
static void a_wire_cut_on_the_sockets(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		have_own_network();
		_exit(cut_on_the_sockets() & 0xff);
	}
	if (!CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status)))
		return;
	if (WEXITSTATUS(status) == 0xff)
		skip_test("sockets take no filter here");
	else
		CHECK_NUMBER(WEXITSTATUS(status), 2);
}

static const struct test tests[] = {
	{"a_cut_wire_carries_nothing", a_cut_wire_carries_nothing},
	{"nobody_answers_on_a_cut_wire", nobody_answers_on_a_cut_wire},
	{"what_is_cut_off_is_drawn_as_lost", what_is_cut_off_is_drawn_as_lost},
	{"a_role_misses_what_it_is_told", a_role_misses_what_it_is_told},
	{"what_is_missed_stays_missed", what_is_missed_stays_missed},
	{"segments_come_late", segments_come_late},
	{"what_is_late_is_drawn_twice", what_is_late_is_drawn_twice},
	{"a_buffer_is_filled", a_buffer_is_filled},
	{"filling_takes_no_error_away", filling_takes_no_error_away},
	{"bytes_are_told", bytes_are_told},
	{"unix_links_have_nothing_to_cut", unix_links_have_nothing_to_cut},
	{"udp_has_no_goodbye_and_no_full_buffer", udp_has_no_goodbye_and_no_full_buffer},
	{"a_new_run_has_no_faults", a_new_run_has_no_faults},
	{"without_namespaces", without_namespaces},
	{"by_hand_each_has_its_row", by_hand_each_has_its_row},
	{"by_hand_while_a_row_goes_on", by_hand_while_a_row_goes_on},
	{"by_hand_is_marked", by_hand_is_marked},
	{"by_hand_only_deeds", by_hand_only_deeds},
	{"by_hand_on_a_unix_link", by_hand_on_a_unix_link},
	{"a_stopped_process_goes_on", a_stopped_process_goes_on},
	{"a_stopped_process_takes_no_action", a_stopped_process_takes_no_action},
	{"a_wire_cut_on_the_sockets", a_wire_cut_on_the_sockets},
	{0},
};

const struct suite suite_faults = {"faults", NULL, NULL, tests};
