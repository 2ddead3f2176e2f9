/* stage/prints: what programs print; view/trace: the screen that shows what is traced. */
#include "base/clock.h"
#include "stage/prints.h"
#include "suites.h"
#include "view/trace.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * What programs print.
 */

/* The lines, `A1 text`, in one string each with its newline; where it is cut, `A1 text (cut)`. */
enum { MOST = 100000 }; /* bytes that are told */

static void note_line(void *data, struct event *e)
{
	str_addf(data, "%s%d %s%s\n", e->role == ROLE_A ? "A" : "B", e->u.output.fd, e->text,
		 e->u.output.cut ? " (cut)" : "");
	event_clear(e);
}

static void lines_are_told(void)
{
	struct str said = {0};
	struct prints p;

	CU_ASSERT_FATAL(prints_open(&p, MOST, note_line, &said) == 0);
	dprintf(p.pipes[0].write, "one\ntw");
	dprintf(p.pipes[3].write, "\033[31mred\a\n");
	for (size_t i = 0; i < PRINTS_PIPES; i++)
		prints_read(&p, i);
	CHECK_TEXT(str_text(&said), "A1 one\nB2 \xef\xbf\xbd[31mred\xef\xbf\xbd\n");
	dprintf(p.pipes[0].write, "o\n\nlast");
	prints_started(&p, ROLE_A);
	prints_started(&p, ROLE_B);
	str_cut(&said, 0);
	prints_finish(&p, ROLE_A); /* what ends without a newline is a line, too */
	CHECK_TEXT(str_text(&said), "A1 two\nA1 \nA1 last\n");
	prints_close(&p);
	str_free(&said);
}

static void endless_output_is_bounded(void)
{
	static char many[PRINTS_LINE + 100];
	struct str said = {0};
	struct prints p;

	memset(many, 'x', sizeof many);
	CU_ASSERT_FATAL(prints_open(&p, MOST, note_line, &said) == 0);
	CU_ASSERT_FATAL(write(p.pipes[2].write, many, sizeof many) == (ssize_t)sizeof many);
	CU_ASSERT_FATAL(write(p.pipes[2].write, "\n", 1) == 1);
	prints_read(&p, 2);
	CHECK_NUMBER(said.len, sizeof many + 2 * strlen("B1 \n")); /* in two pieces */
	for (int i = 0; i < 2 * MOST / (int)sizeof many; i++) {
		CU_ASSERT_FATAL(write(p.pipes[2].write, many, sizeof many) == (ssize_t)sizeof many);
		prints_read(&p, 2); /* it never blocks, and the program goes on */
	}
	CHECK(said.len < MOST + 2 * PRINTS_LINE);
	CHECK(strstr(str_text(&said), " (cut)\n") != NULL);
	CHECK_TEXT(strstr(str_text(&said), " (cut)\n"), " (cut)\n");
	str_cut(&said, 0);
	dprintf(p.pipes[0].write, "A is not cut for that\n");
	prints_read(&p, 0);
	CHECK_TEXT(str_text(&said), "A1 A is not cut for that\n");
	prints_close(&p);
	str_free(&said);
}

/*
 * The screen.
 */

static struct trace_view v;
static struct canvas canvas;
static struct str shown;

static int start(void)
{
	trace_view_start(&v);
	v.columns = 80;
	v.rows = 24;
	v.now = 0;
	canvas_start(&canvas, 80, 24, false);
	trace_view_event(&v, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	return 0;
}

static int end(void)
{
	trace_view_free(&v);
	canvas_free(&canvas);
	str_free(&shown);
	return 0;
}

static void again(void)
{
	end();
	start();
}

static void call(enum role role, unsigned task, int row, const char *text)
{
	trace_view_event(&v, (struct event){.kind = EVENT_CALL, .ns = row * CLOCK_MS, .role = role,
					    .task = task, .row = row, .call = (uint32_t)row,
					    .text = mem_strdup(text)});
}

static void happens(enum event_kind kind, enum role role, unsigned task, int row)
{
	trace_view_event(&v, (struct event){.kind = kind, .ns = row * CLOCK_MS, .role = role,
					    .task = task, .row = row, .call = (uint32_t)row});
}

static const char *screen(void)
{
	str_cut(&shown, 0);
	trace_view_draw(&canvas, &v);
	canvas_print(&shown, &canvas);
	return str_text(&shown);
}

static bool shows(const char *text)
{
	return strstr(screen(), text) != NULL;
}

static enum trace_wish press(uint32_t key)
{
	return trace_view_input(&v, &(struct input){.key = key});
}

static void a_call_is_one_row(void)
{
	again();
	trace_view_event(&v, (struct event){.kind = EVENT_START, .role = ROLE_A, .task = 1,
					    .u.pid = 4711});
	CHECK(shows("Process A · pid 4711 · running"));
	CHECK(shows("Process B · not started"));
	call(ROLE_A, 1, 1, "recv(3, buf, 16, 0)");
	call(ROLE_B, 2, 2, "send(4, \"x\", 1, 0)");
	CHECK(shows("recv(3, buf, 16, 0) …"));
	happens(EVENT_BLOCKED, ROLE_A, 1, 1);
	v.now = 1400 * CLOCK_MS;
	CHECK(shows("recv(3, buf, 16, 0) waits"));
	CHECK(shows("waiting 1.3 s"));
	CHECK(shows("· blocked"));
	CHECK(trace_view_due(&v) > 0);
	happens(EVENT_RETURN, ROLE_B, 2, 2);
	happens(EVENT_RETURN, ROLE_A, 1, 1);
	CHECK(shows("recv(3, buf, 16, 0) = 0"));
	CHECK(shows("B.2: send(4, \"x\", 1, 0) = 0"));
	CHECK_NUMBER(v.list.n, 2);
	CHECK_NUMBER(v.under_way.n, 0);
	CHECK_NUMBER(trace_view_due(&v), -1);
}

static void what_never_returns_is_said(void)
{
	again();
	call(ROLE_A, 2, 1, "accept(3, NULL, NULL)");
	call(ROLE_A, 1, 2, "close(3)");
	happens(EVENT_END, ROLE_A, 2, 3);
	CHECK(shows("accept(3, NULL, … = ?") || shows("accept(3, NULL, NULL) = ?"));
	CHECK_NUMBER(v.under_way.n, 1); /* the other thread is in its own */
	CHECK(!shows("exited 0 ──"));
	happens(EVENT_DONE, ROLE_NONE, 0, 3);
	CHECK(shows("over"));
	CHECK_NUMBER(v.under_way.n, 0);
}

static void who_moves_is_chosen(void)
{
	again();
	v.holds = true;
	CHECK(press(' ') == WISH_NOTHING);
	CHECK(shows("No call is held"));
	call(ROLE_B, 1, 1, "connect(3, \"x.sock\")");
	happens(EVENT_READY, ROLE_B, 1, 1);
	CHECK(shows("Next: B: connect(3, \"x.sock\")"));
	CHECK(press('A') == WISH_NOTHING);
	CHECK(shows("No call of A is held"));
	CHECK(press('b') == WISH_STEP && v.role == ROLE_B);
	CHECK(press(' ') == WISH_STEP && v.role == ROLE_NONE);
	happens(EVENT_ROW, ROLE_B, 1, 1);
	CHECK(press(' ') == WISH_NOTHING); /* that one went on */
	CHECK(press('h') == WISH_LET_GO && !v.holds);
	CHECK(press(' ') == WISH_NOTHING && !v.message); /* no key of this table */
	CHECK(press('h') == WISH_HOLD && v.holds);
	happens(EVENT_DONE, ROLE_NONE, 0, 1);
	CHECK(press('h') == WISH_NOTHING);
	CHECK(press('q') == WISH_LEAVE);
}

static void output_is_no_call(void)
{
	again();
	trace_view_event(&v, (struct event){.kind = EVENT_OUTPUT, .role = ROLE_B, .task = 1,
					    .text = mem_strdup("to whom it may concern"),
					    .u.output.fd = 2});
	CHECK(shows("2│ to whom it may concern"));
	CHECK_NUMBER(v.list.n, 0);
	CHECK_NUMBER(v.calls, 0);
}

static void search(const char *text)
{
	press('/');
	while (*text)
		press((unsigned char)*text++);
	press(INPUT_ENTER);
}

/* However much there is, only what is visible is drawn, and looking back is at once. */
static void many_calls_are_no_burden(void)
{
	enum { MANY = 100000 };
	char text[40];
	int64_t began;

	again();
	for (int i = 1; i <= MANY; i++) {
		snprintf(text, sizeof text, "send(3, \"n%d\", 5, 0)", i);
		call(i % 2 ? ROLE_A : ROLE_B, 1, i, text);
		happens(EVENT_RETURN, i % 2 ? ROLE_A : ROLE_B, 1, i);
	}
	CHECK(shows("100000 calls"));
	CHECK(shows("n100000"));
	press('g');
	CHECK(shows("row 1 of 100000"));
	CHECK(shows("\"n1\"") && !shows("n100000"));
	search("n77777\"");
	CHECK(shows("row 77777 of 100000"));
	press('n'); /* it is the only one */
	CHECK(shows("row 77777 of 100000"));
	search("not there");
	CHECK(shows("No row has that."));
	press(INPUT_UP);
	CHECK(shows("row 77776 of"));
	press(INPUT_PAGE_DOWN);
	CHECK(!shows("row 77776 of"));
	press('G');
	CHECK(shows("n100000") && v.follows);
	/* Drawing a hundred times takes less than taking so many calls in would. */
	began = clock_now();
	for (int i = 0; i < 100; i++)
		screen();
	CHECK(clock_now() - began < 10 * CLOCK_S);
}

static void small_screens(void)
{
	again();
	call(ROLE_A, 1, 1, "recv(3, buf, 16, 0)");
	v.columns = 60;
	v.rows = 16;
	CHECK(shows("Timeline"));
	v.columns = 59;
	CHECK(shows("needs at least 60 columns"));
	CHECK(press(' ') == WISH_NOTHING);
	CHECK(press('q') == WISH_LEAVE);
	v.columns = 200;
	v.rows = 60;
	CHECK(shows("recv(3, buf, 16, 0)"));
}

static const struct test tests[] = {
	{"lines_are_told", lines_are_told},
	{"endless_output_is_bounded", endless_output_is_bounded},
	{"a_call_is_one_row", a_call_is_one_row},
	{"what_never_returns_is_said", what_never_returns_is_said},
	{"who_moves_is_chosen", who_moves_is_chosen},
	{"output_is_no_call", output_is_no_call},
	{"many_calls_are_no_burden", many_calls_are_no_burden},
	{"small_screens", small_screens},
	{0},
};

const struct suite suite_tracing = {"tracing", start, end, tests};
