/*
 * A demo being played, without a stage: steps, scrubbing, what moves by itself, and how the
 * panes and the timeline show it.
 */
#include "feed.h"
#include "suites.h"

#include "base/clock.h"
#include "view/explain.h"
#include "view/ladder.h"
#include "view/pane.h"
#include "view/view.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static const struct feed_row pipe_rows[] = {
	{NULL, "close()", "B closes first."},
	{"send()", NULL, NULL},
	{NULL, NULL, NULL},
	{"EPIPE + SIGPIPE", NULL, NULL},
	{"Terminated", NULL, NULL},
};

static struct lesson *lesson;
static struct player player;

static void start(enum link link, const struct feed_row *rows, size_t n)
{
	lesson = feed_lesson(link, rows, n);
	player_start(&player, lesson, &lesson->demos.at[0]);
	feed_begin(&player);
}

static void stop(void)
{
	player_free(&player);
	feed_lesson_free(lesson);
}

static void start_pipe(void)
{
	start(LINK_UNIX, pipe_rows, sizeof pipe_rows / sizeof *pipe_rows);
}

/* As far as the end of the broken pipe. */
static void play_pipe(void)
{
	feed_begin_row(&player, 1000, 1);
	feed_call(&player, 1000, ROLE_B, "close(sock)");
	feed_return(&player, 2000, ROLE_B, 0, 0, false);
	feed_row_done(&player, 3000, 1);
	feed_begin_row(&player, 212000, 2);
	feed_call(&player, 213000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_return(&player, 214000, ROLE_A, -1, EPIPE, false);
	feed_row_done(&player, 215000, 2);
	feed_begin_row(&player, 216000, 4);
	feed_verdict(&player, 217000, ROLE_A, VERDICT_HOLDS, "EPIPE + SIGPIPE");
	feed_row_done(&player, 218000, 4);
	feed_begin_row(&player, 219000, 5);
	feed_signal(&player, 219500, ROLE_A, SIGPIPE);
	feed_end(&player, 220000, ROLE_A, SIGPIPE);
	feed_verdict(&player, 221000, ROLE_A, VERDICT_HOLDS, "Terminated");
	feed_row_done(&player, 222000, 5);
	player.asked = 5;
}

static void has(const struct canvas *c, const char *expected)
{
	char *text = feed_text(c);

	if (!CHECK(strstr(text, expected) != NULL))
		CHECK_TEXT(text, expected);
	free(text);
}

/* Some line of LINES, or one and the next, hold EXPECTED. */
static void has_lines(const struct lines *lines, const char *expected)
{
	struct str all = {0};

	for (size_t i = 0; i < lines->list.n; i++) {
		str_add(&all, i ? " " : "");
		line_print(&all, &lines->list.at[i]);
	}
	if (!strstr(str_text(&all), expected))
		CHECK_TEXT(str_text(&all), expected);
	str_free(&all);
}

static void has_not(const struct canvas *c, const char *unexpected)
{
	char *text = feed_text(c);

	if (!CHECK(strstr(text, unexpected) == NULL))
		CHECK_TEXT(text, unexpected);
	free(text);
}

static void empty_rows_are_no_steps(void)
{
	start_pipe();
	CHECK_NUMBER(player_steps(&player), 4);
	CHECK_NUMBER(player_next_row(&player, 0), 1);
	CHECK_NUMBER(player_next_row(&player, 2), 4);
	CHECK_NUMBER(player_next_row(&player, 5), 0);
	CHECK_NUMBER(player_step_number(&player, 4), 3);
	stop();
}

static void a_step_asks_for_the_next_row_once(void)
{
	struct request request;

	start_pipe();
	request = player_step(&player);
	CHECK_NUMBER(request.kind, REQUEST_STEP_TO);
	CHECK_NUMBER(request.arg, 1);
	/* It is not over: what is asked for now, however often, is due once when it is. */
	CHECK_NUMBER(player_step(&player).kind, REQUEST_NONE);
	CHECK_NUMBER(player_step(&player).kind, REQUEST_NONE);
	feed_begin_row(&player, 1, 1);
	CHECK_NUMBER(player_due(&player, 1), -1);
	feed_row_done(&player, 2, 1);
	CHECK_NUMBER(player_due(&player, 2), 0);
	CHECK_NUMBER(player_tick(&player, 2).arg, 2);
	feed_begin_row(&player, 3, 2);
	feed_row_done(&player, 4, 2);
	CHECK_NUMBER(player_due(&player, 4), -1);
	stop();
}

static void back_looks_and_forward_returns(void)
{
	struct request request;

	start_pipe();
	play_pipe();
	CHECK_NUMBER(player_row(&player), 5);
	CHECK(player_back(&player));
	CHECK_NUMBER(player_row(&player), 4);
	CHECK(player_back(&player));
	CHECK_NUMBER(player_row(&player), 2);
	CHECK(player_forward(&player));
	CHECK_NUMBER(player_row(&player), 4);
	CHECK(player_forward(&player));
	CHECK_NUMBER(player.looking, -1);
	CHECK(!player_forward(&player));
	for (int i = 0; i < 4; i++)
		CHECK(player_back(&player));
	CHECK_NUMBER(player_row(&player), 0);
	CHECK(!player_back(&player));
	/* Going on from here replays. */
	request = player_step(&player);
	CHECK_NUMBER(request.kind, REQUEST_REPLAY);
	CHECK_NUMBER(request.arg, 1);
	stop();
}

static void a_restart_drops_what_is_of_the_old_run(void)
{
	start_pipe();
	play_pipe();
	CHECK_NUMBER(player_restart(&player).kind, REQUEST_RESTART);
	feed_begin_row(&player, 300000, 5);
	CHECK_NUMBER(player_row(&player), 5);
	CHECK_NUMBER(player_step(&player).kind, REQUEST_NONE);
	feed_begin(&player);
	CHECK_NUMBER(player_row(&player), 0);
	CHECK_NUMBER(player_step(&player).arg, 1);
	stop();
}

static void nothing_moves_when_nothing_waits(void)
{
	start_pipe();
	CHECK_NUMBER(player_due(&player, 0), -1);
	player.asked = 1;
	feed_begin_row(&player, 1, 1);
	feed_call(&player, 1, ROLE_B, "recv(sock, buf, 4096, 0)");
	CHECK_NUMBER(player_due(&player, 0), -1);
	feed_blocked(&player, 2, ROLE_B);
	CHECK_NUMBER(player_due(&player, 0), 100 * CLOCK_MS);
	player_back(&player);
	CHECK_NUMBER(player_due(&player, 0), -1);
	player_forward(&player);
	feed_return(&player, 3, ROLE_B, 5, 0, true);
	CHECK_NUMBER(player_due(&player, 0), -1);
	stop();
}

static void automatic_steps_rest_between(void)
{
	start_pipe();
	player_automatic(&player, true, 0);
	CHECK_NUMBER(player_due(&player, 0), 0);
	CHECK_NUMBER(player_tick(&player, 0).arg, 1);
	CHECK_NUMBER(player_due(&player, 0), -1);
	feed_begin_row(&player, 1, 1);
	feed_row_done(&player, CLOCK_S, 1);
	CHECK_NUMBER(player_tick(&player, CLOCK_S).kind, REQUEST_NONE);
	CHECK(player_due(&player, CLOCK_S) > CLOCK_S / 2);
	CHECK_NUMBER(player_tick(&player, CLOCK_S * 4).arg, 2);
	/* It ends with the last row, and does not begin after it. */
	feed_begin_row(&player, 2, 5);
	CHECK(player.automatic);
	feed_row_done(&player, CLOCK_S * 5, 5);
	CHECK(!player.automatic);
	player_automatic(&player, true, 0);
	CHECK(!player.automatic);
	CHECK(player_back(&player));
	player_automatic(&player, true, 0);
	CHECK(player.automatic);
	stop();
}

static void check_request(struct request r, enum request_kind kind, int arg)
{
	CHECK_NUMBER(r.kind, kind);
	CHECK_NUMBER(r.arg, arg);
}

/* What is done by hand has a row; looking back and stepping on does it again up to there. */
static void deeds_are_done_again_where_they_were(void)
{
	start_pipe();
	CHECK(!player_meddled(&player, 9));
	check_request(player_do(&player, ROLE_A, "fill buffer"), REQUEST_DEED, 0);
	check_request(player_step(&player), REQUEST_STEP_TO, 1);
	/* While row 1 goes on, and when it is over. */
	feed_begin_row(&player, 1000, 1);
	check_request(player_do(&player, ROLE_B, "kill -STOP"), REQUEST_DEED, 1);
	feed_row_done(&player, 2000, 1);
	check_request(player_do(&player, ROLE_B, "kill -CONT"), REQUEST_DEED, 2);
	check_request(player_step(&player), REQUEST_STEP_TO, 2);
	feed_begin_row(&player, 3000, 2);
	feed_row_done(&player, 4000, 2);
	check_request(player_do(&player, ROLE_B, "kill -9"), REQUEST_DEED, 3);
	CHECK_NUMBER(player.deeds.n, 4);
	CHECK_NUMBER(player.deeds.at[0].row, 0);
	CHECK(!player.deeds.at[0].during);
	CHECK_NUMBER(player.deeds.at[1].row, 1);
	CHECK(player.deeds.at[1].during);
	CHECK_NUMBER(player.deeds.at[2].row, 1);
	CHECK(!player.deeds.at[2].during);
	CHECK_TEXT(player.deeds.at[3].text, "kill -9");
	CHECK(player_meddled(&player, 0));
	/* On from row 1: what came after it has not been. */
	CHECK(player_back(&player));
	check_request(player_step(&player), REQUEST_REPLAY, 2);
	CHECK_NUMBER(player.deeds.n, 3);
	CHECK(!player_may_do(&player));
	check_request(player_do(&player, ROLE_A, "kill -9"), REQUEST_NONE, 0);
	feed_begin(&player);
	/* A restart has none. */
	player_restart(&player);
	CHECK_NUMBER(player.deeds.n, 0);
	CHECK(!player_meddled(&player, 9));
	stop();
}

/* Looking back, the row that is looked at becomes the present, with the deed at its end. */
static void a_deed_while_looking_back(void)
{
	start_pipe();
	play_pipe();
	player.asked = 5;
	CHECK(player_back(&player));
	CHECK(player_back(&player));
	CHECK_NUMBER(player.looking, 2);
	check_request(player_do(&player, ROLE_A, "kill -9"), REQUEST_REPLAY, 2);
	CHECK_NUMBER(player.deeds.n, 1);
	CHECK_NUMBER(player.deeds.at[0].row, 2);
	CHECK(!player.deeds.at[0].during);
	CHECK(!player_meddled(&player, 1));
	CHECK(player_meddled(&player, 2));
	feed_begin(&player);
	CHECK_NUMBER(player.looking, -1);
	stop();
}

static void nothing_is_done_before_there_is_a_stage(void)
{
	start_pipe();
	player_gone(&player, "The stage has ended.");
	check_request(player_do(&player, ROLE_A, "kill -9"), REQUEST_NONE, 0);
	player_restart(&player);
	check_request(player_do(&player, ROLE_A, "kill -9"), REQUEST_NONE, 0);
	CHECK_NUMBER(player.deeds.n, 0);
	stop();
}

/* It is not the table's, also where the table has such a cell, and it says whose it is. */
static void what_is_by_hand_says_so(void)
{
	static const struct feed_row rows[] = {{"send()", NULL, NULL}, {"= 5", NULL, NULL}};
	struct canvas c;
	struct lines lines = {0};

	start(LINK_TCP, rows, 2);
	player_do(&player, ROLE_A, "cut wire");
	feed_deed(&player, 500, ROLE_NONE, "cut wire", true);
	feed_deed(&player, 600, ROLE_A, "misses nothing", true);
	canvas_start(&c, 80, 24, false);
	ladder_draw(&c, 0, 0, 80, 20, &player);
	has(&c, "by hand: cut wire");
	has(&c, "by hand: misses");
	canvas_clear(&c);
	pane_draw(&c, 0, 0, 40, 10, &player, ROLE_A, 0);
	has(&c, "by hand: misses nothing");
	canvas_free(&c);
	explain_lines(&lines, 78, &player);
	has_lines(&lines, "By hand: misses nothing; its socket refuses no segment any more.");
	/* Where nothing came of it, it does not say what it would have done. */
	feed_deed(&player, 700, ROLE_A, "fill buffer (its socket is closed)", true);
	lines_cut(&lines, 0);
	explain_lines(&lines, 78, &player);
	has_lines(&lines, "By hand: fill buffer (its socket is closed).");
	feed_begin_row(&player, 1000, 1);
	feed_call(&player, 1000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_return(&player, 2000, ROLE_A, 5, 0, false);
	feed_row_done(&player, 3000, 1);
	feed_begin_row(&player, 4000, 2);
	feed_verdict(&player, 5000, ROLE_A, VERDICT_DIFFERS, "= 4");
	feed_row_done(&player, 6000, 2);
	lines_cut(&lines, 0);
	explain_lines(&lines, 78, &player);
	has_lines(&lines, "The table knows nothing of what was done by hand.");
	lines_free(&lines);
	stop();
}

/* The first call is timed from the deed before it: there was none to time that from. */
static void a_call_after_a_deed_is_timed_from_it(void)
{
	static const struct feed_row rows[] = {{"cut wire", NULL, NULL}, {"send()", NULL, NULL}};
	struct canvas c;

	start(LINK_TCP, rows, 2);
	feed_begin_row(&player, 5000, 1);
	feed_deed(&player, 5000, ROLE_NONE, "cut wire", false);
	feed_row_done(&player, 6000, 1);
	feed_begin_row(&player, 305000, 2);
	feed_call(&player, 305000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	canvas_start(&c, 80, 24, false);
	ladder_draw(&c, 0, 0, 80, 20, &player);
	has(&c, "  0 µs  cut wire");
	has(&c, "+300 µs  send()");
	canvas_free(&c);
	stop();
}

static void check_state(const char *expected)
{
	struct str s = {0};

	pane_state(&s, &player, ROLE_A, player_end(&player));
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

static void a_pane_says_that_a_process_is_stopped(void)
{
	static const struct feed_row rows[] = {{"send()", NULL, NULL}};

	start(LINK_TCP, rows, 1);
	check_state("running");
	feed_signal(&player, 500, ROLE_A, SIGSTOP);
	check_state("stopped");
	feed_signal(&player, 600, ROLE_A, SIGCONT);
	check_state("running");
	feed_signal(&player, 700, ROLE_A, SIGSTOP);
	feed_end(&player, 800, ROLE_A, SIGKILL);
	check_state("killed by SIGKILL");
	stop();
}

static void a_pane_shows_calls_as_a_trace_does(void)
{
	struct canvas c;

	start_pipe();
	play_pipe();
	canvas_start(&c, 50, 9, false);
	pane_draw(&c, 0, 0, 50, 9, &player, ROLE_A, 0);
	has(&c, "┌ Process A · pid 4711 · killed by SIGPIPE ");
	has(&c, "│ connect(sock, \"demo.sock\") = 0 ");
	has(&c, "│ send(sock, \"hello\", 5, 0)   ");
	has(&c, "│     = -1 EPIPE (Broken pipe) ");
	has(&c, "│ --- SIGPIPE ---");
	has(&c, "│ +++ killed by SIGPIPE +++");
	canvas_free(&c);
	stop();
}

static void a_title_gives_up_what_matters_less(void)
{
	struct str s = {0};

	start_pipe();
	play_pipe();
	pane_title(&s, &player, ROLE_A, 36);
	CHECK_TEXT(str_text(&s), "A · pid 4711 · killed by SIGPIPE");
	str_cut(&s, 0);
	pane_title(&s, &player, ROLE_B, 36);
	CHECK_TEXT(str_text(&s), "Process B · pid 4712 · running");
	str_free(&s);
	stop();
}

static void a_blocked_call_has_a_bar_that_grows(void)
{
	struct canvas c;

	start_pipe();
	feed_begin_row(&player, 0, 1);
	feed_call(&player, 0, ROLE_B, "recv(sock, buf, 4096, 0)");
	feed_blocked(&player, 0, ROLE_B);
	canvas_start(&c, 50, 6, false);
	pane_draw(&c, 0, 0, 50, 6, &player, ROLE_B, 100 * CLOCK_MS);
	has(&c, "· blocked ");
	has(&c, "    ▒ waiting 0.1 s");
	canvas_clear(&c);
	pane_draw(&c, 0, 0, 50, 6, &player, ROLE_B, 1300 * CLOCK_MS);
	has(&c, "    ▒▒▒▒▒▒▒ waiting 1.3 s");
	canvas_free(&c);
	stop();
}

static void the_newest_calls_stay_in_a_small_pane(void)
{
	struct canvas c;

	start_pipe();
	play_pipe();
	canvas_start(&c, 50, 5, false);
	pane_draw(&c, 0, 0, 50, 5, &player, ROLE_A, 0);
	has(&c, "+++ killed by SIGPIPE +++");
	has_not(&c, "connect(");
	canvas_free(&c);
	stop();
}

static void the_ladder_fills_up(void)
{
	struct canvas c;

	start_pipe();
	canvas_start(&c, 80, 12, false);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	/* What is to come is there already. */
	has(&c, "EPIPE + SIGPIPE ");
	has_not(&c, "✓");
	has_not(&c, "wire");
	has(&c, "set-up  1 call · o shows it");
	play_pipe();
	canvas_clear(&c);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	has(&c, "      0 µs                                  │ close() = 0 ");
	has(&c, "   +212 µs  send() = -1 EPIPE               │ ");
	has(&c, "            EPIPE + SIGPIPE               ✓ │ ");
	has(&c, " ▸          Terminated                    ✓ │ ");
	CHECK_NUMBER(canvas_at(&c, 55, 3)->style, STYLE_DIM);
	canvas_free(&c);
	stop();
}

static void the_set_up_opens(void)
{
	struct canvas c;

	start_pipe();
	player.setup_open = true;
	canvas_start(&c, 80, 12, false);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	has(&c, "set-up  connect(sock, \"demo.sock\")");
	CHECK(ladder_is_setup(&player, 80, 12, 2));
	/* The call takes two lines, with its result. */
	CHECK(ladder_is_setup(&player, 80, 12, 3));
	CHECK(!ladder_is_setup(&player, 80, 12, 4));
	CHECK(!ladder_is_setup(&player, 80, 12, 1));
	canvas_free(&c);
	stop();
}

/* What this machine cannot do stands first, in one line until the set-up is opened. */
static void what_cannot_be_is_said_before_the_set_up(void)
{
	struct event cannot = {.kind = EVENT_CANNOT, .role = ROLE_NONE};
	struct canvas c;

	start_pipe();
	player_free(&player);
	player_start(&player, lesson, &lesson->demos.at[0]);
	player_event(&player, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE}, 0);
	cannot.text = mem_strdup("Segments cannot be seen here: a capture needs a network of its own, "
				 "and namespaces are refused here (unshare).");
	player_event(&player, cannot, 0);
	feed_begin_row(&player, 0, 0);
	feed_call(&player, 0, ROLE_A, "connect(sock, \"demo.sock\")");
	feed_call(&player, 0, ROLE_B, "close(listener)");
	feed_row_done(&player, 0, 0);
	canvas_start(&c, 80, 12, false);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	has(&c, "a capture needs a network of …");
	has(&c, "set-up  2 calls");
	player.setup_open = true;
	canvas_clear(&c);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	has(&c, "namespaces are refused here (unshare).");
	has(&c, "set-up  connect(");
	has(&c, "close(listener)");
	has(&c, "EPIPE + SIGPIPE");
	CHECK(!ladder_is_setup(&player, 80, 12, 3));
	CHECK(ladder_is_setup(&player, 80, 12, 4));
	CHECK(ladder_is_setup(&player, 80, 12, 5));
	CHECK(!ladder_is_setup(&player, 80, 12, 6));
	canvas_free(&c);
	stop();
}

static void a_difference_says_what_was_expected(void)
{
	static const struct feed_row rows[] = {{"recv()", NULL, NULL}, {"ECONNRESET", NULL, NULL}};
	struct canvas c;
	struct lines lines = {0};
	struct str s = {0};

	start(LINK_TCP, rows, 2);
	feed_begin_row(&player, 0, 1);
	feed_call(&player, 0, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_return(&player, 1000, ROLE_A, 0, 0, true);
	feed_begin_row(&player, 2000, 2);
	feed_verdict(&player, 3000, ROLE_A, VERDICT_DIFFERS, "EOF");
	canvas_start(&c, 80, 12, false);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	has(&c, "= 0 (EOF)           ✗ │");
	has(&c, "expected ECONNRESET");
	has(&c, "│ wire ");
	explain_lines(&lines, 78, &player);
	line_print(&s, &lines.list.at[0]);
	CHECK_TEXT(str_text(&s), "The table expects ECONNRESET of Process A, but what was seen is: "
				 "= 0 (EOF).");
	str_free(&s);
	lines_free(&lines);
	canvas_free(&c);
	stop();
}

static void the_wire_draws_arrows(void)
{
	static const struct feed_row rows[] = {{NULL, "close()", NULL}, {"send()", NULL, NULL}};
	struct canvas c;

	start(LINK_TCP, rows, 2);
	feed_begin_row(&player, 0, 1);
	feed_call(&player, 0, ROLE_B, "close(sock)");
	feed_segment(&player, 5000, ROLE_B, SEGMENT_FIN | SEGMENT_ACK, NULL, true);
	feed_begin_row(&player, 1000000, 2);
	feed_call(&player, 1000000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_segment(&player, 1022000, ROLE_A, SEGMENT_ACK | SEGMENT_PSH, "hello", false);
	canvas_start(&c, 80, 12, false);
	ladder_draw(&c, 0, 0, 80, 12, &player);
	has(&c, "5 µs       A never hears it │ ✗────── FIN ───── │");
	has(&c, "  22 µs                        │ ─── hello 5B ───▶ │");
	canvas_free(&c);
	stop();
}

static void a_long_timeline_keeps_the_newest_in_view(void)
{
	enum { ROWS = 60 };
	struct feed_row rows[ROWS];
	struct canvas c;

	for (int i = 0; i < ROWS; i++)
		rows[i] = (struct feed_row){i % 2 ? "recv()" : "send()", NULL, NULL};
	start(LINK_UNIX, rows, ROWS);
	for (int i = 1; i <= 30; i++) {
		feed_begin_row(&player, i * 1000, i);
		feed_call(&player, i * 1000, ROLE_A, "call()");
	}
	canvas_start(&c, 80, 10, false);
	ladder_draw(&c, 0, 0, 80, 10, &player);
	has(&c, "▸");
	has(&c, "more above and below");
	player.scroll = 1000;
	canvas_clear(&c);
	ladder_draw(&c, 0, 0, 80, 10, &player);
	has(&c, "set-up");
	has_not(&c, "more above");
	CHECK(player.scroll < ROWS);
	player.scroll = -1000;
	canvas_clear(&c);
	ladder_draw(&c, 0, 0, 80, 10, &player);
	has_not(&c, "more below");
	CHECK(player.scroll > -ROWS);
	canvas_free(&c);
	stop();
}

static void a_stage_that_is_gone_is_said(void)
{
	struct lines lines = {0};
	struct str s = {0};

	start_pipe();
	player_gone(&player, "The stage was ended by SIGKILL.");
	CHECK_NUMBER(player_step(&player).kind, REQUEST_NONE);
	explain_lines(&lines, 78, &player);
	line_print(&s, &lines.list.at[0]);
	CHECK_TEXT(str_text(&s), "The stage was ended by SIGKILL. Press r to start another.");
	CHECK_NUMBER(player_restart(&player).kind, REQUEST_RESTART);
	CHECK(player.trouble == NULL);
	str_free(&s);
	lines_free(&lines);
	stop();
}

const struct suite suite_player = {
	"player", NULL, NULL,
	(const struct test[]){
		{"empty-rows-are-no-steps", empty_rows_are_no_steps},
		{"a-step-asks-once", a_step_asks_for_the_next_row_once},
		{"back-and-forward", back_looks_and_forward_returns},
		{"restart", a_restart_drops_what_is_of_the_old_run},
		{"nothing-moves-when-nothing-waits", nothing_moves_when_nothing_waits},
		{"automatic", automatic_steps_rest_between},
		{"deeds-are-done-again", deeds_are_done_again_where_they_were},
		{"deed-while-looking-back", a_deed_while_looking_back},
		{"no-deed-without-a-stage", nothing_is_done_before_there_is_a_stage},
		{"by-hand", what_is_by_hand_says_so},
		{"timed_from_a_deed", a_call_after_a_deed_is_timed_from_it},
		{"a_pane_says_stopped", a_pane_says_that_a_process_is_stopped},
		{"pane", a_pane_shows_calls_as_a_trace_does},
		{"pane-title", a_title_gives_up_what_matters_less},
		{"bar", a_blocked_call_has_a_bar_that_grows},
		{"small-pane", the_newest_calls_stay_in_a_small_pane},
		{"ladder", the_ladder_fills_up},
		{"set-up", the_set_up_opens},
		{"cannot", what_cannot_be_is_said_before_the_set_up},
		{"difference", a_difference_says_what_was_expected},
		{"wire", the_wire_draws_arrows},
		{"long-timeline", a_long_timeline_keeps_the_newest_in_view},
		{"stage-gone", a_stage_that_is_gone_is_said},
		{NULL, NULL},
	},
};
