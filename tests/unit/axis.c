/*
 * The timeline in true time: where the lines stand, what is folded, and how it is drawn.
 */
#include "feed.h"
#include "suites.h"

#include "base/clock.h"
#include "view/axis.h"
#include "view/view.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { US = 1000 };

static const struct feed_row rows[] = {
	{NULL, "close()", NULL},   {"send()", NULL, NULL}, {NULL, "RESET", NULL},
	{"recv()", NULL, NULL},    {"EOF", NULL, NULL},
};

static struct lesson *lesson;
static struct player player;

static void start(enum link link)
{
	lesson = feed_lesson(link, rows, sizeof rows / sizeof *rows);
	player_start(&player, lesson, &lesson->demos.at[0]);
	player.true_time = true;
	feed_begin(&player);
}

static void stop(void)
{
	player_free(&player);
	feed_lesson_free(lesson);
}

/* B's FIN and A's bytes with their answer, half a second apart. */
static void play(void)
{
	struct player *p = &player;

	feed_begin_row(p, 1000 * US, 1);
	feed_call(p, 1000 * US, ROLE_B, "close(sock)");
	feed_segment(p, 1005 * US, ROLE_B, SEGMENT_FIN, NULL, true);
	feed_return(p, 1015 * US, ROLE_B, 0, 0, false);
	feed_row_done(p, 1020 * US, 1);
	feed_begin_row(p, 501000 * US, 2);
	feed_call(p, 501000 * US, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_segment(p, 501020 * US, ROLE_A, SEGMENT_PSH, "hello", false);
	feed_segment(p, 501030 * US, ROLE_B, SEGMENT_RST, NULL, false);
	feed_return(p, 501040 * US, ROLE_A, 5, 0, false);
	feed_row_done(p, 501050 * US, 2);
}

static void expect(int columns, int lines, bool ascii, int64_t now, const char *expected)
{
	struct canvas c;
	char *text;

	canvas_start(&c, columns, lines, ascii);
	axis_draw(&c, 0, 0, columns, lines, &player, now);
	text = feed_text(&c);
	CHECK_TEXT(text, expected);
	free(text);
	canvas_free(&c);
}

static void expect_in(int columns, int lines, bool ascii, int64_t now, const char *part, bool there)
{
	struct canvas c;
	char *text;

	canvas_start(&c, columns, lines, ascii);
	axis_draw(&c, 0, 0, columns, lines, &player, now);
	text = feed_text(&c);
	if (!CHECK((strstr(text, part) != NULL) == there))
		CHECK_TEXT(text, part);
	free(text);
	canvas_free(&c);
}

static void distance_is_time(void)
{
	start(LINK_TCP);
	play();
	expect(80, 17, false, CLOCK_S,
	       "┌ Timeline in true time ───────────────────────────────────────────────────────┐\n"
	       "│      time  Process A             │ wire              │ Process B             │\n"
	       "│    set-up  1 call, 0 µs · o shows it                                         │\n"
	       "│ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ ⋯ 1.0 ms ⋯ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ a line: 5 µs ┈┈ │\n"
	       "│    1.0 ms                        │                   │ close()               │\n"
	       "│     +5 µs                        │ ✗────── FIN ───── │ ╎                     │\n"
	       "│                                  │                   │ ╎                     │\n"
	       "│    +15 µs                        │                   │ = 0                   │\n"
	       "│ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ ⋯ 499 ms ⋯ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ a line: 10 µs ┈┈ │\n"
	       "│ ▸  501 ms  send()                │                   │                       │\n"
	       "│            ╎                     │                   │                       │\n"
	       "│    +20 µs  ╎                     │ ─── hello 5B ───▶ │                       │\n"
	       "│    +30 µs  ╎                     │ ◀────── RST ───── │                       │\n"
	       "│    +40 µs  = 5                   │                   │                       │\n"
	       "│                                  │                   │                       │\n"
	       "│                                  │                   │                       │\n"
	       "└──────────────────────────────────────────────────────────────────────────────┘\n");
	stop();
}

static void ascii_says_the_same(void)
{
	start(LINK_TCP);
	play();
	expect_in(80, 17, true, CLOCK_S, "|    +20 us  |                     | --- hello 5B ---> |", true);
	expect_in(80, 17, true, CLOCK_S, " ... 499 ms ... ", true);
	expect_in(80, 17, true, CLOCK_S, " a line: 10 us ", true);
	stop();
}

static void a_wide_one_has_both_times(void)
{
	start(LINK_TCP);
	play();
	expect_in(120, 17, false, CLOCK_S, "│     start      step  Process A", true);
	expect_in(120, 17, false, CLOCK_S, "│    501 ms    +20 µs  ╎", true);
	stop();
}

static void looking_back_shows_no_more_than_was(void)
{
	start(LINK_TCP);
	play();
	player_back(&player);
	expect_in(80, 17, false, CLOCK_S, "send()", false);
	expect_in(80, 17, false, CLOCK_S, "▸  1.0 ms", true);
	stop();
}

static void who_waits_has_a_bar(void)
{
	start(LINK_UNIX);
	feed_begin_row(&player, CLOCK_S, 4);
	feed_call(&player, CLOCK_S, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_blocked(&player, CLOCK_S + 10 * US, ROLE_A);
	expect_in(80, 12, false, CLOCK_S + 20 * CLOCK_MS, "▒", false); /* not long enough to say so */
	expect_in(80, 12, false, 91 * CLOCK_S,
		  "│ ┈┈┈┈┈┈┈┈┈┈┈▒┈ ⋯ 1 min 30 s ⋯ ┈┈┈┈", true);
	feed_begin_row(&player, 61 * CLOCK_S, 5);
	feed_call(&player, 61 * CLOCK_S, ROLE_B, "send(sock, \"x\", 1, 0)");
	feed_return(&player, 61 * CLOCK_S + 5 * US, ROLE_B, 1, 0, false);
	feed_return(&player, 61 * CLOCK_S + 9 * US, ROLE_A, 1, 0, true);
	feed_verdict(&player, 61 * CLOCK_S + 20 * US, ROLE_A, VERDICT_HOLDS, "= 1");
	expect(80, 12, false, 99 * CLOCK_S,
	       "┌ Timeline in true time ───────────────────────────────────────────────────────┐\n"
	       "│      time  Process A             │ wire              │ Process B             │\n"
	       "│    set-up  1 call, 0 µs · o shows it                                         │\n"
	       "│ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ ⋯ 1.00 s ⋯ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ │\n"
	       "│    1.00 s  recv()                │                   │                       │\n"
	       "│ ┈┈┈┈┈┈┈┈┈┈┈▒┈ ⋯ 1 min 00 s ⋯ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ a line: 5 µs ┈┈ │\n"
	       "│     1m01s  ▒                     │                   │ send(sock, \"x\", 1,…   │\n"
	       "│            ▒                     │                   │                       │\n"
	       "│ ▸   +9 µs  = 1                 ✓ │                   │                       │\n"
	       "│                                  │                   │                       │\n"
	       "│                                  │                   │                       │\n"
	       "└──────────────────────────────────────────────────────────────────────────────┘\n");
	stop();
}

/*
 * The scale, with times as they come.
 */

static void feed_times(const int64_t *us, size_t n)
{
	feed_begin_row(&player, us[0] * US, 2);
	for (size_t i = 0; i < n; i++)
		feed_segment(&player, us[i] * US, i % 2 ? ROLE_A : ROLE_B, SEGMENT_RST, NULL, false);
}

/* `0 3 | 7`: the distance in lines of each item from its stretch's first, `|` a fold. */
static void check_axis(const int64_t *us, size_t n, int empty, const char *expected)
{
	struct axis axis;
	struct str s = {0};
	int line = 0;

	start(LINK_TCP);
	feed_times(us, n);
	axis_make(&axis, &player, empty, CLOCK_S);
	for (size_t i = 0; i < axis.lines.n; i++) {
		const struct axis_line *l = &axis.lines.at[i];

		if (l->kind == AXIS_FOLD && s.len)
			str_add(&s, " |");
		line = l->kind == AXIS_FOLD ? -1 : line + 1;
		if (l->kind == AXIS_ITEM)
			str_addf(&s, "%s%d", s.len ? " " : "", line);
	}
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
	axis_free(&axis);
	stop();
}

#define AXIS(empty, expected, ...) \
	check_axis((const int64_t[]){__VA_ARGS__}, \
		   sizeof (int64_t[]){__VA_ARGS__} / sizeof(int64_t), empty, expected)

static void scales(void)
{
	AXIS(3, "0", 100);
	AXIS(3, "0 1 2", 10, 20, 30);
	AXIS(3, "0 1 3 4", 10, 20, 40, 50);
	AXIS(3, "0 1 5", 10, 20, 60);
	AXIS(3, "0 1 | 0", 10, 20, 61);
	AXIS(9, "0 1 5", 10, 20, 61);
	AXIS(3, "0 | 0 1", 10, 51, 61); /* what is near stands near */
	AXIS(3, "0 1 3 | 0 1 3", 0, 7, 14, 1000000, 1000007, 1000014);
	AXIS(3, "0 1 2 | 0 1 2", 0, 1000000, 2000000, 3000000, 3000001, 3000002);
	AXIS(5, "0 1 3 | 0", 200, 400, 800, 60000000);
	AXIS(3, "0 1 2 3", 5, 5, 5, 5); /* at once: in their order, each on a line */
	AXIS(3, "0 1 2 4 5", 0, 12, 24, 40, 53); /* a line is 10 µs; rounded from the first, not summed */
	/* Whatever the order in which they were told. */
	AXIS(3, "0 1 2", 30, 10, 20);
}

/* Lines are as far apart as times are, to within half a line, and units are round. */
static void any_times(void)
{
	unsigned chance = 1;

	for (int round = 0; round < 200; round++) {
		struct axis axis;
		int64_t us[40], t = 1, first = 0, unit = 0, line = 0;

		for (size_t i = 0; i < 40; i++) {
			chance = chance * 1103515245 + 12345;
			t += 1 + (int64_t)((chance >> 8) % (1u << (chance >> 28)) * (chance >> 24 & 7));
			us[i] = t;
		}
		start(LINK_TCP);
		feed_times(us, 40);
		axis_make(&axis, &player, 2 + round % 9, CLOCK_S);
		for (size_t i = 0; i < axis.lines.n; i++) {
			const struct axis_line *l = &axis.lines.at[i];

			if (l->kind == AXIS_FOLD) {
				unit = l->unit;
				line = -1;
				first = 0;
				continue;
			}
			line++;
			if (l->kind != AXIS_ITEM)
				continue;
			first = first ? first : l->ns;
			if (unit && !CHECK(llabs(l->ns - first - line * unit) * 2 <= unit))
				break;
		}
		axis_free(&axis);
		stop();
	}
}

static void it_scrolls(void)
{
	start(LINK_TCP);
	play();
	expect_in(80, 9, false, CLOCK_S, "= 5", true);
	expect_in(80, 9, false, CLOCK_S, " more above ─┘", true);
	player.scroll = 3;
	expect_in(80, 9, false, CLOCK_S, "= 5", false);
	expect_in(80, 9, false, CLOCK_S, " more above and below ─┘", true);
	player.scroll = 1000;
	expect_in(80, 9, false, CLOCK_S, "set-up", true);
	CHECK_NUMBER(player.scroll, 12 - 6);
	player.scroll = -5;
	expect_in(80, 9, false, CLOCK_S, "= 5", true);
	CHECK_NUMBER(player.scroll, 0);
	stop();
}

static void signals_and_ends_stand_where_they_came(void)
{
	start(LINK_UNIX);
	feed_begin_row(&player, CLOCK_S, 2);
	feed_call(&player, CLOCK_S, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_return(&player, CLOCK_S + 10 * US, ROLE_A, -1, EPIPE, false);
	feed_signal(&player, CLOCK_S + 20 * US, ROLE_A, SIGPIPE);
	feed_end(&player, CLOCK_S + 40 * US, ROLE_A, SIGPIPE);
	expect_in(80, 20, false, 2 * CLOCK_S, "1.00 s  send() = -1 EPIPE", true);
	expect_in(80, 20, false, 2 * CLOCK_S, "+20 µs  SIGPIPE", true);
	expect_in(80, 20, false, 2 * CLOCK_S, "+40 µs  killed by SIGPIPE", true);
	stop();
}

const struct suite suite_axis = {
	"axis", NULL, NULL,
	(const struct test[]){
		{"distance", distance_is_time},
		{"ascii", ascii_says_the_same},
		{"wide", a_wide_one_has_both_times},
		{"looking-back", looking_back_shows_no_more_than_was},
		{"waits", who_waits_has_a_bar},
		{"scales", scales},
		{"any-times", any_times},
		{"scrolls", it_scrolls},
		{"signals", signals_and_ends_stand_where_they_came},
		{NULL, NULL},
	},
};
