/*
 * stage/lens: what the stage tells of its sockets, beside what ss tells of them in the same network.
 */
#include "base/clock.h"
#include "play.h"
#include "suites.h"
#include "timeline/lens.h"
#include "timeline/lens_way.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD "| Process A | Process B |\n|---|---|\n"
#define DEMO(keys) "<!-- demo: id=t " keys " -->\n" HEAD

/* A demo being played, and the sockets as of its newest event. */
struct seen {
	struct play play;
	struct lenses lenses;
	size_t taken;
};

static void take(struct seen *s)
{
	for (; s->taken < s->play.events.list.n; s->taken++)
		lenses_take(&s->lenses, &s->play.events, s->taken);
}

/* Take in what has come within NS. Returns whether there was something. */
static bool take_more(struct seen *s, int64_t ns)
{
	struct event e;
	bool any = false;

	while (stage_wait(s->play.stage, &e, any ? 0 : ns) == STAGE_EVENT) {
		events_add(&s->play.events, e);
		any = true;
	}
	take(s);
	return any;
}

static void open_seen(struct seen *s, const char *markdown)
{
	*s = (struct seen){.taken = 0};
	play_open(&s->play, markdown);
	play_to(&s->play, 0);
	take(s);
}

static void close_seen(struct seen *s)
{
	lenses_free(&s->lenses);
	play_close(&s->play);
}

static const struct event *newest(const struct seen *s, size_t i)
{
	size_t at = s->lenses.list.at[i].newest;

	return at == EVENT_NONE ? NULL : &s->play.events.list.at[at];
}

/*
 * What ss says.
 */

/* Inside the stage's network: as root it has no user namespace of its own. */
static void run_inside(struct str *out, const struct seen *s, const char *command)
{
	char *whole = str_make("nsenter -t %d %s -n %s 2>&1", stage_pid(s->play.stage),
			       geteuid() == 0 ? "" : "-U --preserve-credentials", command);
	FILE *f = popen(whole, "r");
	char line[512];

	while (f && fgets(line, sizeof line, f))
		str_add(out, line);
	if (f)
		pclose(f);
	free(whole);
}

struct told {
	char state[16];
	unsigned received, sent;
	unsigned port, peer;  /* of Unix sockets: inodes */
};

static unsigned last_number(const char *text)
{
	const char *colon = strrchr(text, ':');

	return (unsigned)strtoul(colon ? colon + 1 : text, NULL, 10);
}

static bool read_internet(struct told *t, const char *line)
{
	char local[64], peer[64];

	if (sscanf(line, "%15s %u %u %63s %63s", t->state, &t->received, &t->sent, local, peer) != 5)
		return false;
	t->port = last_number(local);
	t->peer = last_number(peer);
	return true;
}

static bool read_unix(struct told *t, const char *line)
{
	char path[64], other[64];

	return sscanf(line, "%*s %15s %u %u %63s %u %63s %u", t->state, &t->received, &t->sent, path,
		      &t->port, other, &t->peer) == 7;
}

/* ss has names of its own: ESTAB, FIN-WAIT-1. */
static const char *ss_name(const struct lens *l)
{
	static const char *const names[LENS_STATES] = {
		"?",      "ESTAB",      "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT",
		"UNCONN", "CLOSE-WAIT", "LAST-ACK", "LISTEN",   "CLOSING",
	};

	return names[l->state];
}

/* SYN and FIN count in the queues of ss. */
static bool tcp_agrees(const struct lens *l, const struct told *t)
{
	bool got_fin = l->state == LENS_CLOSE_WAIT || l->state == LENS_LAST_ACK ||
		       l->state == LENS_CLOSING;
	bool one_more = l->state == LENS_FIN_WAIT1 || l->state == LENS_LAST_ACK ||
			l->state == LENS_CLOSING || l->state == LENS_SYN_SENT;

	if (strcmp(t->state, ss_name(l)) != 0)
		return false;
	if (l->state == LENS_LISTEN)
		return t->received == l->queue && t->sent == l->backlog;
	if (l->state == LENS_SYN_RECV || l->state == LENS_TIME_WAIT)
		return true;
	return t->received - (got_fin && t->received > 0 ? 1 : 0) == l->unread &&
	       t->sent == l->unacked + l->unsent + (one_more ? 1 : 0);
}

static bool unix_agrees(const struct lens *l, const struct told *t)
{
	if (strcmp(t->state, ss_name(l)) != 0)
		return false;
	return t->received == (l->state == LENS_LISTEN ? l->queue : l->unread);
}

static const struct lens *find_tcp(const struct seen *s, const struct told *t)
{
	for (size_t i = s->lenses.list.n; i-- > 0;) {
		const struct event *e = newest(s, i);

		if (e && lens_is_tcp(&e->u.lens) && e->u.lens.state != LENS_GONE &&
		    e->u.lens.port == t->port && e->u.lens.peer_port == t->peer)
			return &e->u.lens;
	}
	return NULL;
}

static const struct lens *find_unix(const struct seen *s, const struct told *t)
{
	for (size_t i = 0; i < s->lenses.list.n; i++) {
		const struct event *e = newest(s, i);

		if (e && e->u.lens.domain == AF_UNIX && e->u.lens.state != LENS_GONE &&
		    e->u.lens.inode == t->port)
			return &e->u.lens;
	}
	return NULL;
}

/* Sockets that ss must have told of: those in the kernel's tables. */
static size_t count_told(const struct seen *s, bool tcp)
{
	size_t n = 0;

	for (size_t i = 0; i < s->lenses.list.n; i++) {
		const struct event *e = newest(s, i);

		n += e && e->u.lens.state != LENS_GONE && lens_is_tcp(&e->u.lens) == tcp &&
		     (!tcp || e->u.lens.state != LENS_CLOSE);
	}
	return n;
}

/* Whether TEXT, what ss said, is what the lens saw: each socket, in both. */
static bool agrees(const struct seen *s, const char *text, bool tcp, struct str *why)
{
	size_t n = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = mem_strndup(text, len);
		struct told t;
		const struct lens *l = NULL;

		text += len + (text[len] == '\n');
		if (tcp ? read_internet(&t, line) : read_unix(&t, line))
			l = tcp ? find_tcp(s, &t) : find_unix(s, &t);
		/* One that is bound and does not listen is told of by newer versions alone; an end
		 * that nobody has accepted has no inode. */
		if (tcp ? strcmp(t.state, "UNCONN") == 0 : t.port == 0) {
			free(line);
			continue;
		}
		n++;
		if (!l || !(tcp ? tcp_agrees(l, &t) : unix_agrees(l, &t))) {
			str_addf(why, "ss: %s\n    the lens: %s, unread %u, unacked %u\n", line,
				 l ? lens_state_name(l) : "(nothing)", l ? l->unread : 0,
				 l ? l->unacked : 0);
			free(line);
			return false;
		}
		free(line);
	}
	if (n != count_told(s, tcp))
		str_addf(why, "ss tells of %zu sockets, the lens of %zu\n", n, count_told(s, tcp));
	return n == count_told(s, tcp);
}

/*
 * Both are asked one after the other, so the kernel may be a segment further for one of them. Then
 * the stage has more to tell, and they are compared once more; when it has not, they differ.
 */
static bool come_to_agree(struct seen *s, bool tcp)
{
	struct str why = {0};
	bool same = false, more = true;

	take(s);
	while (!same && more) {
		struct str text = {0};

		str_cut(&why, 0);
		take_more(s, 0);
		run_inside(&text, s, tcp ? "ss -Htan" : "ss -Hxan");
		same = agrees(s, str_text(&text), tcp, &why);
		more = same || take_more(s, 2 * CLOCK_S);
		str_free(&text);
	}
	if (!same)
		fputs(str_text(&why), stdout);
	str_free(&why);
	return same;
}

/* Carry out all rows; after each, ss must agree. */
static void play_beside_ss(const char *markdown, bool tcp)
{
	struct seen s;

	open_seen(&s, markdown);
	CHECK(come_to_agree(&s, tcp));
	for (int row = 1; row <= (int)s.play.demo->table.rows.n; row++) {
		play_to(&s.play, row);
		if (!CHECK(come_to_agree(&s, tcp)))
			printf("    row %d of:\n%s", row, markdown);
	}
	close_seen(&s);
}

static bool can_look_inside(void)
{
	if (!play_isolated())
		skip_test("no network of its own to look into");
	else if (system("nsenter --version >/dev/null 2>&1 && ss -V >/dev/null 2>&1") != 0)
		skip_test("ss or nsenter is missing");
	else
		return true;
	return false;
}

/* Whether ROLE's socket was seen in these states one after the other, with others in between. */
static bool went(const struct seen *s, enum role role, const uint8_t *states, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < s->play.events.list.n && at < n; i++) {
		const struct event *e = &s->play.events.list.at[i];

		if (e->kind == EVENT_LENS && e->role == role && e->u.lens.state == states[at])
			at++;
	}
	return at == n;
}
#define WENT(s, role, ...) \
	CHECK(went(s, role, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})))

/* After the last row: until ROLE's socket is in STATE, as the kernel's timers bring it there. */
static bool comes_to(struct seen *s, enum role role, uint8_t state)
{
	do {
		for (size_t i = 0; i < s->lenses.list.n; i++) {
			const struct event *e = newest(s, i);

			if (e && e->role == role && e->u.lens.state == state)
				return true;
		}
	} while (take_more(s, 10 * CLOCK_S));
	return false;
}

/*
 * The tests.
 */

#define OPENING                                                                   \
	"| | `listener = socket(AF_INET, SOCK_STREAM)` |\n"                       \
	"| | `bind(listener, \"127.0.0.1:0\")` |\n| | `listen(listener, 5)` |\n"  \
	"| `sock = socket(AF_INET, SOCK_STREAM)` | |\n"                           \
	"| `connect(sock, addr(listener))` | |\n"

static void openings_and_closings(void)
{
	if (!can_look_inside())
		return;
	/* From nothing; A closes first; then with unread bytes in the queue; then B first. */
	play_beside_ss(DEMO("link=none") OPENING "| | `sock = accept(listener)` |\n| `close()` | |\n"
		       "| | `recv()` |\n| | `close()` |\n| | `close(listener)` |\n", true);
	play_beside_ss(DEMO("link=none") OPENING "| `send(sock, \"hi\")` | |\n"
		       "| | `sock = accept(listener)` |\n| | `close(listener)` |\n| | `recv(sock, 1)` |\n"
		       "| | `recv(sock, 1)` |\n| | `close()` |\n| `recv()` | |\n| `close()` | |\n", true);
	play_beside_ss(DEMO("link=tcp6") "| `send(sock, \"hi\")` | |\n| | `recv()` |\n| | `close()` |\n"
		       "| `close()` | |\n", true);
}

static void half_closes_and_resets(void)
{
	if (!can_look_inside())
		return;
	play_beside_ss(DEMO("link=tcp") "| `shutdown()` | |\n| | `recv()` |\n| | `send()` |\n"
		       "| | `send()` |\n| `recv()` | |\n| | `close()` |\n| `recv()` | |\n| `close()` | |\n",
		       true);
	play_beside_ss(DEMO("link=tcp") "| `send()` | |\n| | `close()` |\n| `recv()` | |\n"
		       "| `close()` | |\n", true);
	play_beside_ss(DEMO("link=tcp") "| | `setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})` |\n"
		       "| | `close()` |\n| `recv()` | |\n", true);
	play_beside_ss(DEMO("link=tcp") "| | `kill -9` |\n| `send()` | |\n| `send()` | |\n", true);
	/* B's goodbye is lost: it stays in FIN_WAIT1, and A does not know. */
	play_beside_ss(DEMO("link=tcp a-misses=FIN") "| | `close()` |\n| `send()` | |\n", true);
}

static void unix_sockets(void)
{
	if (!can_look_inside())
		return;
	play_beside_ss(DEMO("link=none") "| | `listener = socket(AF_UNIX)` |\n"
		       "| | `bind(listener, \"x.sock\")` |\n| | `listen(listener, 5)` |\n"
		       "| `sock = socket(AF_UNIX)` | |\n| `connect(sock, \"x.sock\")` | |\n"
		       "| `send()` | |\n| | `sock = accept(listener)` |\n| | `recv(sock, 2)` |\n"
		       "| | `unlink(\"x.sock\")` |\n| `close()` | |\n| | `recv()` |\n", false);
	play_beside_ss(DEMO("link=unix-dgram") "| `send()` | |\n| | `close()` |\n", false);
	play_beside_ss(DEMO("link=unix-seqpacket") "| `send()` | |\n| | `shutdown(sock, SHUT_RD)` |\n",
		       false);
}

/* The connection that nobody has accepted yet is B's; the SYN that was answered, too. */
static void what_waits(void)
{
	struct seen s;

	if (!can_look_inside())
		return;
	open_seen(&s, DEMO("link=none") OPENING "| `send(sock, \"hi\")` | |\n"
		  "| | `sock = accept(listener)` |\n| | `close(listener)` |\n");
	play_to(&s.play, 6);
	CHECK(come_to_agree(&s, true));
	CU_ASSERT_FATAL(s.lenses.list.n == 3);
	CHECK_NUMBER(newest(&s, 0)->u.lens.queue, 1);
	CHECK_NUMBER(newest(&s, 2)->role, ROLE_B);
	CHECK_NUMBER(newest(&s, 2)->u.lens.unread, 2);
	CHECK(newest(&s, 2)->u.lens.is & LENS_WAITS && !lens_is_held(&newest(&s, 2)->u.lens));
	play_to(&s.play, 8);
	take(&s);
	CHECK_NUMBER(s.lenses.list.n, 3);
	CHECK(!(newest(&s, 2)->u.lens.is & LENS_WAITS) && lens_is_held(&newest(&s, 2)->u.lens));
	CHECK_NUMBER(newest(&s, 2)->u.lens.peer, newest(&s, 1)->u.lens.socket);
	CHECK_NUMBER(newest(&s, 0)->u.lens.state, LENS_GONE);
	close_seen(&s);

	open_seen(&s, DEMO("link=none a-misses=all") OPENING);
	play_to(&s.play, 5);
	CHECK(come_to_agree(&s, true));
	WENT(&s, ROLE_A, LENS_SYN_SENT);
	WENT(&s, ROLE_B, LENS_LISTEN, LENS_SYN_RECV);
	close_seen(&s);
}

/* Both have said goodbye and have not heard the other's. */
static void simultaneous_close(void)
{
	struct seen s;

	if (!can_look_inside())
		return;
	/* Not at the same moment, or their FINs would be sent again in the same one. */
	open_seen(&s, DEMO("link=tcp") "| `cut wire` | |\n| `shutdown()` | |\n| `wait 100ms` | |\n"
		  "| | `shutdown()` |\n| `mend wire` | |\n");
	play_to(&s.play, 5);
	take(&s);
	WENT(&s, ROLE_A, LENS_ESTABLISHED, LENS_FIN_WAIT1);
	WENT(&s, ROLE_B, LENS_ESTABLISHED, LENS_FIN_WAIT1);
	CHECK(comes_to(&s, ROLE_A, LENS_TIME_WAIT));
	CHECK(comes_to(&s, ROLE_B, LENS_TIME_WAIT));
	CHECK(come_to_agree(&s, true));
	/* A's FIN, sent again first, makes B wait in CLOSING. */
	WENT(&s, ROLE_A, LENS_FIN_WAIT1, LENS_FIN_WAIT2, LENS_TIME_WAIT);
	WENT(&s, ROLE_B, LENS_FIN_WAIT1, LENS_CLOSING, LENS_TIME_WAIT);
	close_seen(&s);
}

/* Whether ROLE's socket came by way of ARROW, as the diagram draws it. */
static bool came_by(const struct seen *s, enum role role, enum lens_arrow arrow)
{
	for (size_t i = 0; i < s->lenses.list.n; i++) {
		const struct event *e = newest(s, i);
		struct lens_way way;

		if (!e || e->role != role)
			continue;
		lens_way_find(&way, &s->play.events, s->play.events.list.n, e->u.lens.socket);
		return way.arrow[arrow] != WAY_NOT;
	}
	return false;
}

/* At the same moment: no snapshot has what they passed, and the segments tell it. */
static void both_at_once(void)
{
	struct seen s;

	if (!can_look_inside())
		return;
	open_seen(&s, DEMO("link=tcp") "| `cut wire` | |\n| `shutdown()` | `shutdown()` |\n"
		  "| `mend wire` | |\n");
	play_to(&s.play, 3);
	take(&s);
	CHECK(comes_to(&s, ROLE_A, LENS_TIME_WAIT));
	CHECK(comes_to(&s, ROLE_B, LENS_TIME_WAIT));
	/* Each FIN is sent again by a timer of its own: one may have been heard before the other. */
	CHECK(came_by(&s, ROLE_A, ARROW_BOTH_CLOSE) || came_by(&s, ROLE_B, ARROW_BOTH_CLOSE));
	CHECK(!came_by(&s, ROLE_A, ARROW_BOTH_ACKED) || !came_by(&s, ROLE_B, ARROW_BOTH_ACKED));
	close_seen(&s);
	/* A socket that calls itself. */
	open_seen(&s, DEMO("link=none") "| `s = socket(AF_INET)` | |\n"
		  "| `bind(s, \"127.0.0.1:7000\")` | |\n| `connect(s, \"127.0.0.1:7000\")` | |\n");
	play_to(&s.play, 3);
	take(&s);
	CHECK(came_by(&s, ROLE_A, ARROW_BOTH_CALL));
	CHECK(!came_by(&s, ROLE_A, ARROW_ANSWERED));
	close_seen(&s);
}

/* What was not read is still there while the connection waits in TIME_WAIT. */
static void unread_in_time_wait(void)
{
	struct seen s;

	if (!can_look_inside())
		return;
	open_seen(&s, DEMO("link=tcp") "| `shutdown()` | |\n| | `send(sock, \"hello\")` |\n"
		  "| | `close()` |\n| `recv(sock, 2)` | |\n| `recv()` | |\n| `close()` | |\n");
	play_to(&s.play, 3);
	take(&s);
	CHECK(comes_to(&s, ROLE_A, LENS_TIME_WAIT));
	CHECK_NUMBER(newest(&s, 0)->u.lens.unread, 5);
	CHECK(newest(&s, 0)->u.lens.knows & LENS_KNOWS_UNREAD);
	play_to(&s.play, 4);
	take(&s);
	CHECK_NUMBER(newest(&s, 0)->u.lens.unread, 3);
	play_to(&s.play, 5);
	take(&s);
	CHECK_NUMBER(newest(&s, 0)->u.lens.unread, 0);
	play_to(&s.play, 6);
	take(&s);
	CHECK_NUMBER(newest(&s, 0)->u.lens.state, LENS_TIME_WAIT);
	CHECK(come_to_agree(&s, true));
	close_seen(&s);
}

/* A datagram socket whose peer has gone is connected to nobody. */
static void peers_of_datagrams(void)
{
	struct seen s;

	open_seen(&s, DEMO("link=unix-dgram") "| `send()` | |\n| | `close()` |\n| `send()` | |\n");
	play_to(&s.play, 1);
	take(&s);
	CHECK(strstr(newest(&s, 0)->text, "a.sock → b.sock"));
	play_to(&s.play, 3);
	take(&s);
	CHECK_NUMBER(newest(&s, 0)->u.lens.state, LENS_CLOSE);
	CHECK(!strstr(newest(&s, 0)->text, "b.sock"));
	close_seen(&s);
}

/* A socket that the kernel's own timer ends is seen to end, though nothing else happens. */
static void timers(void)
{
	struct seen s;
	size_t before;

	if (!can_look_inside())
		return;
	open_seen(&s, DEMO("link=tcp") "| `setsockopt(sock, IPPROTO_TCP, TCP_LINGER2, 1)` | |\n"
		  "| `close()` | |\n");
	play_to(&s.play, 2);
	take(&s);
	CHECK(comes_to(&s, ROLE_A, LENS_FIN_WAIT2));
	CHECK(come_to_agree(&s, true));
	before = s.play.events.list.n;
	CHECK(comes_to(&s, ROLE_A, LENS_GONE));
	for (size_t i = before; i < s.play.events.list.n; i++)
		CHECK_NUMBER(s.play.events.list.at[i].kind, EVENT_LENS);
	CHECK(come_to_agree(&s, true));
	close_seen(&s);
}

/* A timer that was wound up anew, for less than it had left, is told as it is now. */
static void timers_wound_up_anew(void)
{
	struct seen s;

	if (!can_look_inside())
		return;
	open_seen(&s, DEMO("link=tcp") "| `setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, 1)` | |\n"
		  "| `setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, 300)` | |\n"
		  "| `setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, 600)` | |\n");
	play_to(&s.play, 2);
	take(&s);
	CHECK_NUMBER(newest(&s, 0)->u.lens.timer, LENS_TIMER_KEEPALIVE);
	CHECK(newest(&s, 0)->u.lens.timer_ms <= 300 * 1000);
	play_to(&s.play, 3);
	take(&s);
	CHECK(newest(&s, 0)->u.lens.timer_ms > 300 * 1000);
	CHECK(newest(&s, 0)->u.lens.timer_ms <= 600 * 1000);
	close_seen(&s);
}

/* How often the stage has slept and been woken. */
static long wakings(const struct seen *s)
{
	char path[64], line[256];
	long n = -1;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/status", stage_pid(s->play.stage));
	f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		sscanf(line, "voluntary_ctxt_switches: %ld", &n);
	if (f)
		fclose(f);
	return n;
}

/* While nothing can change nothing is asked. */
static void rest(void)
{
	struct seen s;
	long before;

	open_seen(&s, DEMO("link=tcp") "| `send()` | |\n| `recv()` | |\n");
	play_to(&s.play, 2);
	while (take_more(&s, CLOCK_S / 4))
		;
	before = wakings(&s);
	CHECK(!take_more(&s, CLOCK_S / 2));
	CHECK_NUMBER(wakings(&s), before);
	close_seen(&s);
}

static const struct event *last_return(const struct seen *s)
{
	size_t i = s->play.events.list.n;

	while (i > 0 && s->play.events.list.at[i - 1].kind != EVENT_RETURN)
		i--;
	CU_ASSERT_FATAL(i > 0);
	return &s->play.events.list.at[i - 1];
}

/* An error that waits is seen, and is still there for whoever asks for it. */
static void pending_errors(void)
{
	struct seen s;

	open_seen(&s, DEMO("link=tcp") "| `send()` | |\n| | `close()` |\n"
		  "| `getsockopt(sock, SOL_SOCKET, SO_ERROR)` | |\n");
	play_to(&s.play, 2);
	take(&s);
	CU_ASSERT_FATAL(s.lenses.list.n > 0);
	CHECK(newest(&s, 0)->u.lens.is & LENS_ERROR);
	CHECK_NUMBER(newest(&s, 0)->u.lens.state, LENS_CLOSE);
	play_to(&s.play, 3);
	take(&s);
	CHECK(!(newest(&s, 0)->u.lens.is & LENS_ERROR));
	CHECK_TEXT(last_return(&s)->text, "ECONNRESET");
	close_seen(&s);
}

/* What stands in the timeline of a role whose descriptor travels in a message. */
static void passed_on(void)
{
	struct seen s;

	open_seen(&s, DEMO("link=unix") "| `extra = socket(AF_UNIX)` | |\n| `sendfd(sock, extra)` | |\n"
		  "| `close(extra)` | |\n| | `got = recvfd(sock)` |\n");
	play_to(&s.play, 3);
	take(&s);
	CU_ASSERT_FATAL(s.lenses.list.n == 3);
	CHECK(newest(&s, 2)->u.lens.is & LENS_ON_ITS_WAY && newest(&s, 2)->role == ROLE_A);
	play_to(&s.play, 4);
	take(&s);
	CHECK_NUMBER(newest(&s, 2)->role, ROLE_B);
	CHECK(!(newest(&s, 2)->u.lens.is & LENS_ON_ITS_WAY));
	CHECK(strncmp(newest(&s, 2)->text, "got:", 4) == 0);
	close_seen(&s);
}

/* The file of a path, and whether it is still the socket's. */
static void files(void)
{
	struct seen s;

	open_seen(&s, DEMO("link=none") "| | `listener = socket(AF_UNIX)` |\n"
		  "| | `bind(listener, \"x.sock\")` |\n| | `listen(listener, 5)` |\n"
		  "| `unlink(\"x.sock\")` | |\n| | `again = socket(AF_UNIX)` |\n"
		  "| | `bind(again, \"x.sock\")` |\n");
	play_to(&s.play, 3);
	take(&s);
	CHECK(newest(&s, 0)->u.lens.is & LENS_FILE);
	play_to(&s.play, 4);
	take(&s);
	CHECK(newest(&s, 0)->u.lens.is & LENS_FILE_GONE);
	play_to(&s.play, 6);
	take(&s);
	/* Another's file has the name. */
	CHECK(newest(&s, 0)->u.lens.is & LENS_FILE_GONE);
	CHECK(newest(&s, 1)->u.lens.is & LENS_FILE);
	close_seen(&s);
	/* It outlives its socket. */
	open_seen(&s, DEMO("link=none") "| | `listener = socket(AF_UNIX)` |\n"
		  "| | `bind(listener, \"x.sock\")` |\n| | `close(listener)` |\n"
		  "| `unlink(\"x.sock\")` | |\n");
	play_to(&s.play, 3);
	take(&s);
	CHECK(newest(&s, 0)->u.lens.state == LENS_GONE && newest(&s, 0)->u.lens.is & LENS_FILE);
	play_to(&s.play, 4);
	take(&s);
	CHECK(newest(&s, 0)->u.lens.is & LENS_FILE_GONE);
	close_seen(&s);
}

/* Without namespaces the roles' own sockets are seen all the same. */
static void without_namespaces(void)
{
	struct seen s = {.taken = 0};

	play_open_with(&s.play, DEMO("link=tcp") "| | `close()` |\n| `recv()` | |\n", actor_script,
		       true);
	play_to(&s.play, 2);
	take(&s);
	while (!went(&s, ROLE_B, (const uint8_t[]){LENS_FIN_WAIT2}, 1) && take_more(&s, 2 * CLOCK_S))
		;
	CHECK_NUMBER(s.lenses.list.n, 2);
	WENT(&s, ROLE_A, LENS_ESTABLISHED, LENS_CLOSE_WAIT);
	WENT(&s, ROLE_B, LENS_ESTABLISHED, LENS_FIN_WAIT2);
	close_seen(&s);
}

/* The comparison itself: what is not the same is found. */
static void comparison(void)
{
	struct lens l = {.domain = AF_INET, .type = SOCK_STREAM, .state = LENS_CLOSE_WAIT,
			 .port = 7000, .peer_port = 7001, .unread = 5};
	struct event e = {.kind = EVENT_LENS, .role = ROLE_A, .u.lens = l};
	struct seen s = {.taken = 0};
	struct str why = {0};

	e.u.lens.socket = 1;
	events_add(&s.play.events, e);
	take(&s);
	CHECK(agrees(&s, "CLOSE-WAIT 6 0 127.0.0.1:7000 127.0.0.1:7001\n", true, &why));
	CHECK(!agrees(&s, "CLOSE-WAIT 5 0 127.0.0.1:7000 127.0.0.1:7001\n", true, &why));
	CHECK(!agrees(&s, "CLOSE-WAIT 6 1 127.0.0.1:7000 127.0.0.1:7001\n", true, &why));
	CHECK(!agrees(&s, "ESTAB 6 0 127.0.0.1:7000 127.0.0.1:7001\n", true, &why));
	CHECK(!agrees(&s, "CLOSE-WAIT 6 0 127.0.0.1:7000 127.0.0.1:7002\n", true, &why));
	CHECK(!agrees(&s, "", true, &why));
	CHECK(!agrees(&s, "CLOSE-WAIT 6 0 127.0.0.1:7000 127.0.0.1:7001\n"
			  "LISTEN 0 5 127.0.0.1:7000 0.0.0.0:*\n", true, &why));
	str_free(&why);
	lenses_free(&s.lenses);
	events_free(&s.play.events);
}

static const struct test tests[] = {
	{"comparison", comparison},
	{"openings_and_closings", openings_and_closings},
	{"half_closes_and_resets", half_closes_and_resets},
	{"unix_sockets", unix_sockets},
	{"what_waits", what_waits},
	{"simultaneous_close", simultaneous_close},
	{"both_at_once", both_at_once},
	{"unread_in_time_wait", unread_in_time_wait},
	{"peers_of_datagrams", peers_of_datagrams},
	{"timers", timers},
	{"timers_wound_up_anew", timers_wound_up_anew},
	{"rest", rest},
	{"pending_errors", pending_errors},
	{"passed_on", passed_on},
	{"files", files},
	{"without_namespaces", without_namespaces},
	{NULL, NULL},
};

const struct suite suite_lens_stage = {"lens-stage", NULL, NULL, tests};
