/*
 * The wire panel, without a stage: every segment, and for Unix sockets what calls moved.
 */
#include "feed.h"
#include "suites.h"

#include "view/view.h"
#include "view/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

static const struct feed_row rows[] = {
	{NULL, "close()", NULL},
	{"send()", NULL, NULL},
	{"recv()", NULL, NULL},
	{"EOF", NULL, NULL},
};

static struct lesson *lesson;
static struct model model;

static void start(enum link link)
{
	lesson = feed_lesson(link, rows, sizeof rows / sizeof *rows);
	model = (struct model){0};
	player_start(&model.player, lesson, &lesson->demos.at[0]);
	feed_begin(&model.player);
}

static void stop(void)
{
	player_free(&model.player);
	feed_lesson_free(lesson);
}

/* A segment of which all is given. */
static void give(int64_t ns, int row, enum role role, struct segment s, const char *bytes)
{
	if (s.protocol == PROTOCOL_TCP && bytes)
		s.len = (uint32_t)strlen(bytes);
	if (bytes)
		memcpy(s.start, bytes, strlen(bytes) < sizeof s.start ? strlen(bytes) : sizeof s.start);
	s.from = s.from ? s.from : role == ROLE_A ? 40000 : 7000;
	s.to = s.to ? s.to : role == ROLE_A ? 7000 : 40000;
	player_event(&model.player,
		     (struct event){.ns = ns, .kind = EVENT_SEGMENT, .role = role, .row = row,
				    .u.segment = s}, ns);
}

static void drawn(struct str *to, int columns, int lines, bool ascii)
{
	struct canvas c;

	canvas_start(&c, columns, lines, ascii);
	panel_wire.draw(&c, 0, 0, columns, lines, &model);
	canvas_print(to, &c);
	canvas_free(&c);
}

static void expect(int columns, int lines, const char *expected)
{
	struct str s = {0};

	drawn(&s, columns, lines, false);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

static void expect_in(int columns, int lines, bool ascii, const char *part, bool there)
{
	struct str s = {0};

	drawn(&s, columns, lines, ascii);
	if (!CHECK((strstr(str_text(&s), part) != NULL) == there))
		CHECK_TEXT(str_text(&s), part);
	str_free(&s);
}

static void handshake(void)
{
	give(4000, 0, ROLE_A, (struct segment){.flags = SEGMENT_SYN, .window = 65495}, NULL);
	give(6000, 0, ROLE_B,
	     (struct segment){.flags = SEGMENT_SYN | SEGMENT_ACK, .ack = 1, .window = 65483}, NULL);
	give(7000, 0, ROLE_A,
	     (struct segment){.flags = SEGMENT_ACK, .seq = 1, .ack = 1, .window = 64}, NULL);
}

/* B's FIN is lost and sent again; A's bytes meet a reset. */
static void play(void)
{
	struct player *p = &model.player;

	handshake();
	feed_begin_row(p, 1000000, 1);
	feed_call(p, 1001000, ROLE_B, "close(sock)");
	give(1006000, 1, ROLE_B,
	     (struct segment){.flags = SEGMENT_FIN | SEGMENT_ACK, .seq = 1, .ack = 1, .window = 64,
			      .lost = true}, NULL);
	feed_return(p, 1016000, ROLE_B, 0, 0, false);
	feed_row_done(p, 1017000, 1);
	give(211006000, 1, ROLE_B,
	     (struct segment){.flags = SEGMENT_FIN | SEGMENT_ACK, .seq = 1, .ack = 1, .window = 64,
			      .lost = true, .again = true}, NULL);
	feed_begin_row(p, 300000000, 2);
	feed_call(p, 300010000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	give(300032000, 2, ROLE_A,
	     (struct segment){.flags = SEGMENT_PSH | SEGMENT_ACK, .seq = 1, .ack = 1, .window = 64},
	     "hello");
	give(300044000, 2, ROLE_B, (struct segment){.flags = SEGMENT_RST, .seq = 1}, NULL);
	feed_return(p, 300049000, ROLE_A, 5, 0, false);
	feed_row_done(p, 300050000, 2);
}

static void every_segment_has_a_line(void)
{
	start(LINK_TCP);
	play();
	expect(80, 13,
	       "┌ Wire ───────────────────────────────────── 7 segments, 2 lost, 1 sent again ─┐\n"
	       "│        time  A         B flags       seq ack bytes window                    │\n"
	       "│        0 µs  set-up                                                          │\n"
	       "│       +4 µs  │────────▶│ SYN           0         0  65495                    │\n"
	       "│       +6 µs  │◀────────│ SYN ACK       0   1     0  65483                    │\n"
	       "│       +7 µs  │────────▶│ ACK           1   1     0     64                    │\n"
	       "│      1.0 ms  step 1 · B close()                                              │\n"
	       "│       +5 µs  │   ✗─────│ FIN ACK       1   1     0     64 lost               │\n"
	       "│     +210 ms  │   ✗─────│ FIN ACK       1   1     0     64 lost, again        │\n"
	       "│      300 ms  step 2 · A send()                                               │\n"
	       "│      +22 µs  │────────▶│ PSH ACK       1   1     5     64 \"hello\"            │\n"
	       "│      +34 µs  │◀────────│ RST           1         0      0                    │\n"
	       "└──────────────────────────────────────────────────────────────────────────────┘\n");
	stop();
}

static void it_shows_the_moment_that_is_looked_at(void)
{
	start(LINK_TCP);
	play();
	player_back(&model.player);
	expect_in(80, 13, false, "RST", false);
	expect_in(80, 13, false, "FIN ACK", true);
	expect_in(80, 13, false, "2 sent again", false);
	stop();
}

static void it_scrolls(void)
{
	struct request request = {REQUEST_NONE, 0};
	struct input up = {INPUT_UP, 0, 0};

	start(LINK_TCP);
	play();
	expect_in(80, 8, false, "RST", true);
	expect_in(80, 8, false, " more above ─┘", true);
	CHECK(panel_wire.handle(&model, OP_UP, &up, &request));
	expect_in(80, 8, false, "RST", false);
	expect_in(80, 8, false, " more above and below ─┘", true);
	CHECK(panel_wire.handle(&model, OP_FIRST, &up, &request));
	expect_in(80, 8, false, "set-up", true);
	expect_in(80, 8, false, " more below ─┘", true);
	CHECK(panel_wire.handle(&model, OP_DOWN, &up, &request));
	expect_in(80, 8, false, "set-up", false);
	CHECK(panel_wire.handle(&model, OP_LAST, &up, &request));
	CHECK(panel_wire.handle(&model, OP_PAGE_DOWN, &up, &request));
	expect_in(80, 8, false, "RST", true);
	/* A step is not the panel's; it brings the newest into view. */
	CHECK(panel_wire.handle(&model, OP_PAGE_UP, &up, &request));
	CHECK(!panel_wire.handle(&model, OP_STEP, &up, &request));
	expect_in(80, 8, false, "RST", true);
	stop();
}

static void ascii_says_the_same(void)
{
	start(LINK_TCP);
	play();
	expect_in(80, 13, true, "|   x-----| FIN ACK       1   1     0     64 lost, again", true);
	expect_in(80, 13, true, "+22 us  |-------->| PSH ACK", true);
	stop();
}

static void a_narrow_one_says_what_became_of_it(void)
{
	start(LINK_TCP);
	play();
	expect_in(60, 13, false, "window", false);
	expect_in(60, 13, false, "│   ✗─────│ FIN ACK       1   1     0 again │", true);
	stop();
}

static void a_wide_one_says_how_far_apart(void)
{
	start(LINK_TCP);
	play();
	expect_in(120, 20, false, "+34 µs        12 µs  │", true);
	expect_in(120, 20, false, "+210 ms       210 ms  │", true);
	stop();
}

static void a_quiet_step_is_said(void)
{
	start(LINK_TCP);
	play();
	feed_begin_row(&model.player, 400000000, 3);
	feed_call(&model.player, 400000000, ROLE_A, "recv(sock, buf, 4096, 0)");
	expect_in(80, 20, false, "400 ms  step 3 · A recv()", true);
	expect_in(80, 20, false, "nothing crossed the wire", true);
	stop();
}

static void connections_are_told_apart(void)
{
	start(LINK_TCP);
	handshake();
	expect_in(80, 20, false, "B's port", false);
	give(9000, 0, ROLE_A, (struct segment){.flags = SEGMENT_SYN, .from = 40002}, NULL);
	expect_in(80, 20, false, "A's port 40000, B's port 7000", true);
	expect_in(80, 20, false, "A's port 40002, B's port 7000", true);
	stop();
}

static void a_probe_is_named(void)
{
	start(LINK_TCP);
	handshake();
	expect_in(80, 20, false, "probe", false);
	feed_begin_row(&model.player, 1000000, 1);
	give(1000000, 1, ROLE_A, (struct segment){.flags = SEGMENT_ACK, .seq = 1, .ack = 1}, "x");
	give(1001000, 1, ROLE_A, (struct segment){.flags = SEGMENT_ACK, .seq = 2, .ack = 1}, NULL);
	expect_in(80, 20, false, "probe", false);
	give(1002000, 1, ROLE_A,
	     (struct segment){.flags = SEGMENT_ACK, .seq = 1, .ack = 1, .lost = true}, NULL);
	expect_in(80, 20, false, "lost, probe", true);
	stop();
}

static void datagrams_have_no_numbers(void)
{
	start(LINK_UDP);
	give(4000, 0, ROLE_A, (struct segment){.protocol = PROTOCOL_UDP, .len = 5}, "hello");
	give(5000, 0, ROLE_B, (struct segment){.protocol = PROTOCOL_ICMP, .flags = 3}, NULL);
	expect_in(80, 20, false, "│────────▶│ UDP                     5        \"hello\"", true);
	expect_in(80, 20, false, "│◀────────│ ICMP                             port unreachable", true);
	stop();
}

static void where_there_is_no_capture_it_says_why(void)
{
	start(LINK_TCP);
	player_event(&model.player,
		     (struct event){.kind = EVENT_CANNOT, .role = ROLE_NONE, .u.cannot = CANNOT_WIRE,
				    .text = strdup("Segments cannot be seen here: no capture.")}, 0);
	expect_in(80, 20, false, "Segments cannot be seen here: no capture.", true);
	stop();
}

/* A sends 3 and 2 bytes, B reads 5; then A's recv() waits. */
static void move(void)
{
	struct player *p = &model.player;

	feed_begin_row(p, 1000, 2);
	feed_call(p, 1000, ROLE_A, "send(sock, \"abc\", 3, 0)");
	feed_return(p, 3000, ROLE_A, 3, 0, false);
	feed_call(p, 4000, ROLE_A, "write(sock, \"de\", 2)");
	feed_return(p, 5000, ROLE_A, 2, 0, false);
	feed_call(p, 6000, ROLE_B, "getpid()");
	feed_return(p, 6000, ROLE_B, 4711, 0, false);
	feed_row_done(p, 6000, 2);
	feed_begin_row(p, 7000, 3);
	feed_call(p, 7000, ROLE_B, "read(sock, buf, 4096)");
	feed_return(p, 8000, ROLE_B, 5, 0, true);
	feed_call(p, 9000, ROLE_A, "send(sock, \"x\", 1, 0)");
	feed_return(p, 9000, ROLE_A, -1, ECONNREFUSED, false);
	feed_call(p, 9000, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_blocked(p, 9500, ROLE_A);
}

static void unix_sockets_show_what_calls_moved(void)
{
	start(LINK_UNIX);
	move();
	expect(80, 11,
	       "┌ No wire: what the calls moved ───────────────────────────────────────────────┐\n"
	       "│        time  A             in between             B by call                  │\n"
	       "│        1 µs  step 2 · A send()                                               │\n"
	       "│       +0 µs  │────3 B───▶│        3 ▶│           │ send = 3                  │\n"
	       "│       +3 µs  │────2 B───▶│        5 ▶│           │ write = 2                 │\n"
	       "│        7 µs  step 3 · A recv()                                               │\n"
	       "│       +1 µs  │           │           │────5 B───▶│ read = 5                  │\n"
	       "│       +2 µs  │ECONNREFU…✗│           │           │ send = -1 ECONNREFUSED (… │\n"
	       "│       +2 µs  │ waits     │           │           │ recv                      │\n"
	       "│                                                                              │\n"
	       "└─ in between: sent and not read, by what calls returned ──────────────────────┘\n");
	stop();
}

/* What the kernel says of a socket of ROLE. */
static void lens(int64_t ns, enum role role, uint32_t unread, bool gone)
{
	struct event e = {.ns = ns, .kind = EVENT_LENS, .role = role, .row = 3,
			  .text = strdup("sock:")};

	e.u.lens = (struct lens){.socket = 1 + (uint32_t)role, .domain = AF_UNIX, .type = SOCK_STREAM,
				 .state = gone ? LENS_GONE : LENS_ESTABLISHED,
				 .knows = LENS_KNOWS_UNREAD, .unread = unread};
	player_event(&model.player, e, ns);
}

static void the_kernel_s_word_is_better_than_a_sum(void)
{
	start(LINK_UNIX);
	move();
	lens(10000, ROLE_B, 2, false);
	lens(10000, ROLE_A, 7, false);
	feed_row_done(&model.player, 10000, 3);
	expect_in(80, 11, false, "│ waits     │◀ 7     2 ▶│", true);
	expect_in(80, 11, false, "│────2 B───▶│        5 ▶│", true);
	expect_in(80, 11, false, "as the kernel said", true);
	lens(10000, ROLE_B, 0, true);
	feed_row_done(&model.player, 10000, 3);
	expect_in(80, 11, false, "│ waits     │◀ 7        │", true);
	/* It says so only when that changes: what it said last still holds after this step. */
	feed_begin_row(&model.player, 20000, 4);
	feed_call(&model.player, 20000, ROLE_B, "send(sock, \"xy\", 2, 0)");
	feed_return(&model.player, 21000, ROLE_A, 2, 0, true);
	feed_return(&model.player, 22000, ROLE_B, 2, 0, false);
	lens(22000, ROLE_A, 3, false);
	feed_row_done(&model.player, 23000, 4);
	expect_in(80, 20, false, "│           │◀ 9        │◀───2 B────│ send = 2", true);
	expect_in(80, 20, false, "│◀───2 B────│◀ 3        │           │ recv = 2", true);
	stop();
}

const struct suite suite_wire = {
	"wire", NULL, NULL,
	(const struct test[]){
		{"lines", every_segment_has_a_line},
		{"looking-back", it_shows_the_moment_that_is_looked_at},
		{"scrolls", it_scrolls},
		{"ascii", ascii_says_the_same},
		{"narrow", a_narrow_one_says_what_became_of_it},
		{"wide", a_wide_one_says_how_far_apart},
		{"quiet", a_quiet_step_is_said},
		{"connections", connections_are_told_apart},
		{"datagrams", datagrams_have_no_numbers},
		{"probe", a_probe_is_named},
		{"no-capture", where_there_is_no_capture_it_says_why},
		{"moves", unix_sockets_show_what_calls_moved},
		{"moves-lens", the_kernel_s_word_is_better_than_a_sum},
		{NULL, NULL},
	},
};
