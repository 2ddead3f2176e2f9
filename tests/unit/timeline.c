/* timeline/: rows, words and verdicts from event lists, without any process. */
#include "lesson/action.h"
#include "suites.h"
#include "timeline/timeline.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A list under construction: what the next events are about. */
struct script {
	struct events events;
	int row;
	uint32_t calls;
	int64_t ns;
};

static struct event *add(struct script *s, enum event_kind kind, enum role role)
{
	s->ns += 1000;
	events_add(&s->events, (struct event){.kind = kind, .role = role, .row = s->row, .ns = s->ns});
	return &s->events.list.at[s->events.list.n - 1];
}

static void begin(struct script *s)
{
	*s = (struct script){0};
	add(s, EVENT_BEGIN, ROLE_NONE);
	add(s, EVENT_ROW, ROLE_NONE);
}

static void row(struct script *s)
{
	add(s, EVENT_ROW_DONE, ROLE_NONE);
	s->row++;
	add(s, EVENT_ROW, ROLE_NONE);
}

static void call(struct script *s, enum role role, const char *text)
{
	struct event *e = add(s, EVENT_CALL, role);

	e->call = ++s->calls;
	e->text = strdup(text);
}

static struct event *returned(struct script *s, enum role role, long result, int err)
{
	struct event *e = add(s, EVENT_RETURN, role);

	for (size_t i = 0; i < s->events.list.n; i++)
		if (s->events.list.at[i].kind == EVENT_CALL && s->events.list.at[i].role == role)
			e->call = s->events.list.at[i].call;
	e->u.ret.result = result;
	e->u.ret.err = err;
	return e;
}

static void read_bytes(struct script *s, enum role role, const char *bytes, size_t len)
{
	struct event *e = returned(s, role, (long)len, 0);

	e->u.ret.reads = true;
	e->u.ret.bytes = len ? mem_strndup(bytes, len) : NULL;
	e->u.ret.len = len;
}

static void signalled(struct script *s, enum role role, int number, enum signal_fate fate)
{
	struct event *e = add(s, EVENT_SIGNAL, role);

	e->u.signal.number = number;
	e->u.signal.fate = fate;
}

static void ended(struct script *s, enum role role, int sig, int status)
{
	struct event *e = add(s, EVENT_END, role);

	e->u.end.signal = sig;
	e->u.end.status = status;
}

static size_t segment(struct script *s, enum role from, uint8_t flags, uint32_t len, bool lost)
{
	struct event *e = add(s, EVENT_SEGMENT, from);

	e->u.segment = (struct segment){.protocol = PROTOCOL_TCP, .flags = flags, .len = len,
					.lost = lost, .receiver = (uint8_t)role_other(from)};
	memcpy(e->u.segment.start, "hello world!", 12);
	return s->events.list.n - 1;
}

static void verdict(struct script *s, enum role role, enum verdict v, size_t claim)
{
	struct event *e = add(s, EVENT_VERDICT, role);

	e->u.verdict.verdict = v;
	e->u.verdict.claim = claim;
}

/* The verdict on the outcome written TEXT in ROLE's column, by all events so far. */
static enum verdict judge(const struct script *s, enum role role, const char *text)
{
	struct cell cell = {0};
	struct errs errs = {0};
	enum verdict v = VERDICT_PENDING;

	if (CHECK(cell_parse(&cell, text, "test", 1, &errs) == 0) && CHECK(cell.kind == CELL_OUTCOME))
		v = outcome_judge(&cell.outcome, role, &s->events).verdict;
	errs_print(&errs, stdout);
	errs_free(&errs);
	cell_free(&cell);
	return v;
}

static void check_seen(const struct script *s, enum role role, const char *expected_text,
		       const char *cell_text, const char *words)
{
	struct cell cell = {0};
	struct errs errs = {0};
	struct str seen = {0}, said = {0};

	if (!CHECK(cell_parse(&cell, expected_text, "test", 1, &errs) == 0))
		return;
	outcome_seen(&seen, &cell.outcome, role, &s->events);
	outcome_seen_words(&said, &cell.outcome, role, &s->events);
	CHECK_TEXT(str_text(&seen), cell_text);
	CHECK_TEXT(str_text(&said), words);
	str_free(&seen);
	str_free(&said);
	cell_free(&cell);
}

#define HOLDS(role, text) CHECK_NUMBER(judge(&s, role, text), VERDICT_HOLDS)
#define DIFFERS(role, text) CHECK_NUMBER(judge(&s, role, text), VERDICT_DIFFERS)
#define PENDING(role, text) CHECK_NUMBER(judge(&s, role, text), VERDICT_PENDING)

static void results(void)
{
	struct script s;

	begin(&s);
	row(&s);
	DIFFERS(ROLE_A, "= 5"); /* no call at all */
	call(&s, ROLE_A, "send(sock, \"hello\", 5, 0)");
	PENDING(ROLE_A, "= 5");
	returned(&s, ROLE_A, 5, 0);
	HOLDS(ROLE_A, "= 5");
	DIFFERS(ROLE_A, "= 4");
	DIFFERS(ROLE_A, "EPIPE");
	DIFFERS(ROLE_A, "EOF");
	DIFFERS(ROLE_A, "blocks");
	DIFFERS(ROLE_B, "= 5"); /* the other column */
	check_seen(&s, ROLE_A, "ECONNRESET", "= 5", "= 5");
	events_free(&s.events);
}

static void reads(void)
{
	struct script s;

	begin(&s);
	row(&s);
	call(&s, ROLE_A, "recv(sock, buf, 4096, 0)");
	read_bytes(&s, ROLE_A, "a\0b", 3);
	HOLDS(ROLE_A, "= \"a\\0b\"");
	HOLDS(ROLE_A, "= 3");
	DIFFERS(ROLE_A, "= \"a\"");
	DIFFERS(ROLE_A, "EOF");
	check_seen(&s, ROLE_A, "EOF", "= \"a\\0b\"", "= \"a\\0b\"");
	call(&s, ROLE_A, "recv(sock, buf, 4096, 0)");
	read_bytes(&s, ROLE_A, "", 0);
	HOLDS(ROLE_A, "EOF");
	HOLDS(ROLE_A, "= 0");
	DIFFERS(ROLE_A, "= \"a\\0b\"");
	check_seen(&s, ROLE_A, "ECONNRESET", "EOF", "= 0 (EOF)");
	events_free(&s.events);
}

static void errors_and_signals(void)
{
	struct script s;

	begin(&s);
	row(&s);
	call(&s, ROLE_A, "send(sock, \"hello\", 5, 0)");
	returned(&s, ROLE_A, -1, EPIPE);
	HOLDS(ROLE_A, "EPIPE");
	HOLDS(ROLE_A, "= -1 EPIPE");
	PENDING(ROLE_A, "EPIPE + SIGPIPE"); /* it may still come */
	PENDING(ROLE_A, "Terminated");
	signalled(&s, ROLE_A, SIGPIPE, FATE_DEFAULT);
	HOLDS(ROLE_A, "EPIPE + SIGPIPE");
	HOLDS(ROLE_A, "SIGPIPE");
	PENDING(ROLE_A, "Terminated");
	ended(&s, ROLE_A, SIGPIPE, 0);
	HOLDS(ROLE_A, "Terminated");
	DIFFERS(ROLE_A, "exited 0");
	check_seen(&s, ROLE_A, "= 5", "EPIPE + SIGPIPE", "= -1 EPIPE (Broken pipe) + SIGPIPE");
	events_free(&s.events);
}

static void signals_that_do_not_reach(void)
{
	struct script s;

	begin(&s);
	row(&s);
	call(&s, ROLE_A, "send(sock, \"hello\", 5, 0)");
	returned(&s, ROLE_A, -1, EPIPE);
	signalled(&s, ROLE_A, SIGPIPE, FATE_IGNORED);
	PENDING(ROLE_A, "EPIPE + SIGPIPE");
	add(&s, EVENT_READY, ROLE_A); /* now nothing can come any more */
	DIFFERS(ROLE_A, "EPIPE + SIGPIPE");
	DIFFERS(ROLE_A, "SIGPIPE");
	DIFFERS(ROLE_A, "Terminated");
	HOLDS(ROLE_A, "EPIPE");
	check_seen(&s, ROLE_A, "EPIPE + SIGPIPE", "EPIPE", "= -1 EPIPE (Broken pipe)");
	check_seen(&s, ROLE_A, "Terminated", "", "it lives on");
	add(&s, EVENT_DIRECTOR, ROLE_A); /* kill -TERM: something is on its way again */
	PENDING(ROLE_A, "Terminated");
	events_free(&s.events);
}

static void blocking(void)
{
	struct script s;

	begin(&s);
	row(&s);
	call(&s, ROLE_A, "recv(sock, buf, 4096, 0)");
	PENDING(ROLE_A, "blocks");
	add(&s, EVENT_BLOCKED, ROLE_A)->call = s.calls;
	HOLDS(ROLE_A, "blocks");
	PENDING(ROLE_A, "= \"x\"");
	check_seen(&s, ROLE_A, "= \"x\"", "blocks", "it still blocks");
	read_bytes(&s, ROLE_A, "x", 1);
	DIFFERS(ROLE_A, "blocks");
	HOLDS(ROLE_A, "= \"x\"");
	events_free(&s.events);
}

static void segments(void)
{
	struct script s;
	size_t first;

	begin(&s);
	segment(&s, ROLE_B, SEGMENT_FIN, 0, false); /* in the set-up: counts for nothing */
	row(&s);
	PENDING(ROLE_B, "FIN");
	segment(&s, ROLE_B, SEGMENT_FIN | SEGMENT_ACK, 0, true);
	HOLDS(ROLE_B, "FIN");
	PENDING(ROLE_A, "GotFIN"); /* lost */
	PENDING(ROLE_A, "FIN");
	first = segment(&s, ROLE_B, SEGMENT_RST, 0, false);
	HOLDS(ROLE_B, "RESET");
	HOLDS(ROLE_A, "GotRST");
	verdict(&s, ROLE_B, VERDICT_HOLDS, first);
	PENDING(ROLE_B, "RESET"); /* claimed: the next cell wants another */
	HOLDS(ROLE_A, "GotRST");  /* the other column has not claimed it */
	segment(&s, ROLE_B, SEGMENT_RST, 0, false);
	HOLDS(ROLE_B, "RESET");
	events_free(&s.events);
}

static void what_cannot_be_seen(void)
{
	struct script s;

	begin(&s);
	add(&s, EVENT_CANNOT, ROLE_NONE)->u.cannot = CANNOT_WIRE;
	row(&s);
	CHECK_NUMBER(judge(&s, ROLE_B, "RESET"), VERDICT_UNSEEN);
	call(&s, ROLE_A, "send()");
	returned(&s, ROLE_A, 5, 0);
	DIFFERS(ROLE_A, "= 4");
	add(&s, EVENT_CANNOT, ROLE_A)->u.cannot = CANNOT_MISS;
	CHECK_NUMBER(judge(&s, ROLE_A, "= 4"), VERDICT_UNSEEN);
	HOLDS(ROLE_A, "= 5");
	events_free(&s.events);
}

/* The classic table as the stage tells it. */
static void play_classic(struct script *s)
{
	size_t rst;

	begin(s);
	call(s, ROLE_A, "sock = socket(AF_INET, SOCK_STREAM, 0)");
	returned(s, ROLE_A, 3, 0);
	row(s);
	call(s, ROLE_B, "close(sock)");
	segment(s, ROLE_B, SEGMENT_FIN | SEGMENT_ACK, 0, true);
	returned(s, ROLE_B, 0, 0);
	row(s);
	call(s, ROLE_A, "send(sock, \"hello\", 5, 0)");
	segment(s, ROLE_A, SEGMENT_PSH | SEGMENT_ACK, 5, false);
	segment(s, ROLE_B, SEGMENT_ACK, 0, false);
	rst = segment(s, ROLE_B, SEGMENT_RST, 0, false);
	returned(s, ROLE_A, 5, 0);
	row(s);
	verdict(s, ROLE_B, VERDICT_HOLDS, rst);
	row(s);
	verdict(s, ROLE_A, VERDICT_HOLDS, rst);
	add(s, EVENT_ROW_DONE, ROLE_NONE);
	add(s, EVENT_DONE, ROLE_NONE);
}

static void rows_of_the_classic_table(void)
{
	struct script s;
	struct timeline t;

	play_classic(&s);
	timeline_start(&t, NULL, &s.events);
	timeline_feed(&t, s.events.list.n);
	/* set-up, close, FIN, send, hello, RESET with the RST on its row, GotRST */
	CU_ASSERT_FATAL(t.rows.n == 7);
	CHECK_NUMBER(t.rows.at[0].kind, TROW_SETUP);
	CHECK_NUMBER(t.rows.at[1].row, 1);
	CHECK_NUMBER(t.rows.at[2].kind, TROW_WIRE);
	CHECK_NUMBER(t.rows.at[4].kind, TROW_WIRE);
	CHECK_NUMBER(t.rows.at[5].kind, TROW_TABLE);
	CHECK(t.rows.at[5].wire != EVENT_NONE && t.rows.at[5].cell[ROLE_B].verdict != EVENT_NONE);
	CHECK(t.rows.at[6].wire == EVENT_NONE);
	CHECK(t.rows.at[3].cell[ROLE_A].result != EVENT_NONE);
	CHECK(t.done);
	timeline_free(&t);
	events_free(&s.events);
}

/* Fed one by one or at once, and rebuilt for a step back, the rows are the same. */
static void feeding_and_scrubbing(void)
{
	struct script s;
	struct timeline once, slow, back;

	play_classic(&s);
	timeline_start(&once, NULL, &s.events);
	timeline_feed(&once, s.events.list.n);
	timeline_start(&slow, NULL, &s.events);
	for (size_t i = 0; i <= s.events.list.n; i++)
		timeline_feed(&slow, i);
	CU_ASSERT_FATAL(once.rows.n == slow.rows.n);
	CHECK(memcmp(once.rows.at, slow.rows.at, once.rows.n * sizeof *once.rows.at) == 0);
	timeline_start(&back, NULL, &s.events);
	timeline_feed(&back, timeline_step_end(&s.events, 2));
	CHECK_NUMBER(back.row, 2);
	CHECK_NUMBER(back.rows.n, 6); /* the RST is still on a row of its own */
	CHECK(!back.done);
	timeline_free(&back);
	timeline_start(&back, NULL, &s.events);
	timeline_feed(&back, timeline_step_end(&s.events, 0));
	CHECK_NUMBER(back.rows.n, 1);
	timeline_free(&back);
	timeline_free(&once);
	timeline_free(&slow);
	events_free(&s.events);
}

/* A segment's row goes when an outcome claims it; calls and returns keep to their rows. */
static void rows_move_up(void)
{
	struct script s;
	struct timeline t;
	size_t rst;

	begin(&s);
	row(&s);
	call(&s, ROLE_B, "recv(sock, buf, 16, 0)");
	rst = segment(&s, ROLE_B, SEGMENT_RST, 0, false);
	row(&s);
	call(&s, ROLE_A, "send(sock, \"hi\", 2, 0)");
	verdict(&s, ROLE_B, VERDICT_HOLDS, rst);
	returned(&s, ROLE_A, 2, 0);
	returned(&s, ROLE_B, 0, 0);
	timeline_start(&t, NULL, &s.events);
	timeline_feed(&t, s.events.list.n);
	/* set-up, recv, send with the RST on its row */
	CU_ASSERT_FATAL(t.rows.n == 3);
	CHECK(t.rows.at[1].cell[ROLE_B].result == s.events.list.n - 1);
	CHECK(t.rows.at[1].cell[ROLE_A].result == EVENT_NONE);
	CHECK(t.rows.at[2].cell[ROLE_A].result == s.events.list.n - 2);
	CHECK(t.rows.at[2].wire == rst);
	timeline_free(&t);
	events_free(&s.events);
}

/* A row of two calls began with the first: what that sent did not come before it. */
static void two_calls_begin_with_the_first(void)
{
	struct script s;
	struct timeline t;
	int64_t called;

	begin(&s);
	row(&s);
	call(&s, ROLE_A, "send(sock, \"hi\", 2, 0)");
	called = s.events.list.at[s.events.list.n - 1].ns;
	segment(&s, ROLE_A, SEGMENT_PSH, 2, false);
	returned(&s, ROLE_A, 2, 0);
	call(&s, ROLE_B, "send(sock, \"ho\", 2, 0)");
	timeline_start(&t, NULL, &s.events);
	timeline_feed(&t, s.events.list.n);
	CU_ASSERT_FATAL(t.rows.n == 3);
	CHECK(t.rows.at[1].ns == called);
	CHECK(t.rows.at[2].ns >= t.rows.at[1].ns);
	CHECK(s.events.list.at[s.events.list.n - 1].ns > called);
	timeline_free(&t);
	events_free(&s.events);
}

static void what_the_table_does_not_say_has_a_row(void)
{
	struct script s;
	struct timeline t;

	begin(&s);
	row(&s);
	call(&s, ROLE_A, "send(sock, \"hello\", 5, 0)");
	returned(&s, ROLE_A, -1, EPIPE);
	signalled(&s, ROLE_A, SIGPIPE, FATE_IGNORED); /* reached nobody: no row */
	signalled(&s, ROLE_A, SIGTERM, FATE_DEFAULT);
	ended(&s, ROLE_A, SIGTERM, 0);
	timeline_start(&t, NULL, &s.events);
	timeline_feed(&t, s.events.list.n);
	CU_ASSERT_FATAL(t.rows.n == 4);
	CHECK_NUMBER(t.rows.at[2].kind, TROW_EVENT);
	CHECK_NUMBER(s.events.list.at[t.rows.at[3].event].kind, EVENT_END);
	timeline_free(&t);
	events_free(&s.events);
}

static void check_arrow(enum role from, uint8_t flags, uint32_t len, bool lost, size_t width,
			bool ascii, const char *expected)
{
	struct script s;
	struct str text = {0};

	begin(&s);
	segment(&s, from, flags, len, lost);
	timeline_arrow(&text, &s.events.list.at[s.events.list.n - 1], width, ascii);
	CHECK_TEXT(str_text(&text), expected);
	str_free(&text);
	events_free(&s.events);
}

static void arrows(void)
{
	check_arrow(ROLE_A, SEGMENT_PSH | SEGMENT_ACK, 5, false, 20, false, "───── hello 5B ────▶");
	check_arrow(ROLE_B, SEGMENT_RST, 0, false, 11, false, "◀─── RST ──");
	check_arrow(ROLE_B, SEGMENT_FIN | SEGMENT_ACK, 0, true, 11, true, "x--- FIN --");
	check_arrow(ROLE_A, SEGMENT_FIN, 0, false, 8, true, "--FIN-->");
	check_arrow(ROLE_A, SEGMENT_PSH, 100, false, 6, true, "-100B>");
	check_arrow(ROLE_A, SEGMENT_PSH, 100, false, 5, true, "-10~>");
	check_arrow(ROLE_A, SEGMENT_PSH, 100, false, 10, true, "---100B-->");
}

static void count_arrow(size_t times, size_t width, bool ascii, const char *expected)
{
	struct script s;
	struct str text = {0};

	size_t i;

	begin(&s);
	i = segment(&s, ROLE_A, SEGMENT_PSH, 5, true);
	s.events.list.at[i].u.segment.again = true;
	timeline_arrows(&text, &s.events.list.at[i], times, width, ascii);
	CHECK_TEXT(str_text(&text), expected);
	str_free(&text);
	events_free(&s.events);
}

static void counted_arrows(void)
{
	count_arrow(1, 24, false, "──── again hello 5B ───✗");
	count_arrow(4, 28, false, "──── again hello 5B ×4 ────✗");
	count_arrow(4, 22, true, "--again hello 5B x4--x");
	count_arrow(12, 15, false, "─again 5B ×12─✗");
	count_arrow(12, 8, false, "─a… ×12✗");
	count_arrow(12, 5, false, "─ag…✗");
}

/* A segment sent again: SEQ tells the segments of one direction apart. */
static void again(struct script *s, enum role from, uint8_t flags, uint32_t seq)
{
	size_t i = segment(s, from, flags, 0, true);

	s->events.list.at[i].u.segment.again = true;
	s->events.list.at[i].u.segment.seq = seq;
}

static size_t times_of(const struct timeline *t, size_t row)
{
	return row < t->rows.n && t->rows.at[row].kind == TROW_WIRE ? t->rows.at[row].times : 0;
}

static void what_is_sent_again_and_again_takes_one_row(void)
{
	struct script s;
	struct timeline t;

	begin(&s);
	row(&s);
	segment(&s, ROLE_B, SEGMENT_FIN, 0, true);
	again(&s, ROLE_B, SEGMENT_FIN, 0);
	again(&s, ROLE_B, SEGMENT_FIN, 0);
	again(&s, ROLE_A, SEGMENT_FIN, 0); /* another one, in between */
	again(&s, ROLE_B, SEGMENT_FIN, 0);
	again(&s, ROLE_B, SEGMENT_FIN, 7);
	segment(&s, ROLE_B, SEGMENT_RST, 0, true);
	again(&s, ROLE_B, SEGMENT_FIN, 7); /* news came between */
	row(&s);
	again(&s, ROLE_B, SEGMENT_FIN, 7); /* a step came between */
	timeline_start(&t, NULL, &s.events);
	timeline_feed(&t, s.events.list.n);
	CHECK_NUMBER(times_of(&t, 2), 1);
	CHECK_NUMBER(times_of(&t, 3), 3);
	CHECK_NUMBER(times_of(&t, 4), 1);
	CHECK_NUMBER(times_of(&t, 5), 1);
	CHECK_NUMBER(times_of(&t, 6), 1);
	CHECK_NUMBER(times_of(&t, 7), 1);
	CHECK_NUMBER(times_of(&t, 9), 1);
	CHECK_NUMBER(t.rows.n, 10);
	timeline_free(&t);
	events_free(&s.events);
}

static const struct test tests[] = {
	{"results", results},
	{"reads", reads},
	{"errors_and_signals", errors_and_signals},
	{"signals_that_do_not_reach", signals_that_do_not_reach},
	{"blocking", blocking},
	{"segments", segments},
	{"what_cannot_be_seen", what_cannot_be_seen},
	{"rows_of_the_classic_table", rows_of_the_classic_table},
	{"feeding_and_scrubbing", feeding_and_scrubbing},
	{"rows_move_up", rows_move_up},
	{"two_calls_begin_with_the_first", two_calls_begin_with_the_first},
	{"what_the_table_does_not_say_has_a_row", what_the_table_does_not_say_has_a_row},
	{"arrows", arrows},
	{"counted-arrows", counted_arrows},
	{"sent-again", what_is_sent_again_and_again_takes_one_row},
	{0},
};

const struct suite suite_timeline = {"timeline", NULL, NULL, tests};
