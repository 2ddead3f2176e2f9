/*
 * Two runs compared, from event lists alone: which cell tells what, what counts as a difference,
 * what is said of it, and how tables that are not the same are aligned.
 */
#include "feed.h"
#include "suites.h"

#include "lesson/action.h"
#include "lesson/variant.h"

#include <errno.h>
#include <signal.h>

static struct lesson *lessons[RUNS];
static struct player players[RUNS];
static struct compare_run runs[RUNS];
static struct comparison now;

static void start_with(int i, enum link link, const struct feed_row *rows, size_t n)
{
	lessons[i] = feed_lesson(link, rows, n);
	player_start(&players[i], lessons[i], &lessons[i]->demos.at[0]);
	feed_begin(&players[i]);
}

#define START(i, link, rows) start_with(i, link, rows, sizeof rows / sizeof *rows)

static void compare(void)
{
	comparison_free(&now);
	for (int i = 0; i < RUNS; i++)
		runs[i] = variant_run(players[i].demo, &players[i].events,
				      players[i].events.list.n);
	compare_make(&now, runs, variant_number_varies);
}

static void stop(void)
{
	comparison_free(&now);
	for (int i = 0; i < RUNS; i++) {
		player_free(&players[i]);
		feed_lesson_free(lessons[i]);
	}
}

/* What run I saw in aligned row N (from 1) in ROLE's column. */
static const struct sight *sight(int i, size_t n, enum role role)
{
	return &now.rows.at[n - 1].sight[i][role];
}

static bool says_of(enum change_kind kind, const char *words)
{
	struct change change = {kind, ROLE_A, {"one,", "other,"}};
	struct str s = {0};
	bool found;

	compare_words(&s, &now, runs, &change);
	found = strstr(str_text(&s), words) != NULL;
	str_free(&s);
	return found;
}

/* A row with one call of ROLE that returns. */
static void called(int i, int row, enum role role, const char *text, long result, int err)
{
	struct player *p = &players[i];

	feed_begin_row(p, row * 1000, row);
	feed_call(p, row * 1000, role, text);
	feed_return(p, row * 1000, role, result, err, strncmp(text, "recv", 4) == 0);
	feed_row_done(p, row * 1000, row);
}

static void judged(int i, int row, enum role role, enum verdict verdict)
{
	feed_begin_row(&players[i], row * 1000, row);
	feed_verdict(&players[i], row * 1000, role, verdict, "");
	feed_row_done(&players[i], row * 1000, row);
}

static const struct feed_row pipe_rows[] = {
	{NULL, "close()", NULL},
	{"send()", NULL, NULL},
	{"EPIPE + SIGPIPE", NULL, NULL},
	{"Terminated", NULL, NULL},
};

/* The broken pipe over Unix in run 0, over TCP in run 1. */
static void play_pipes(void)
{
	START(0, LINK_UNIX, pipe_rows);
	START(1, LINK_TCP, pipe_rows);
	for (int i = 0; i < RUNS; i++)
		called(i, 1, ROLE_B, "close(sock)", 0, 0);
	called(0, 2, ROLE_A, "send(sock, \"hello\", 5, 0)", -1, EPIPE);
	called(1, 2, ROLE_A, "send(sock, \"hello\", 5, 0)", 5, 0);
}

static void end_pipes(void)
{
	feed_begin_row(&players[0], 3000, 3);
	feed_signal(&players[0], 3000, ROLE_A, SIGPIPE);
	feed_verdict(&players[0], 3000, ROLE_A, VERDICT_HOLDS, "EPIPE + SIGPIPE");
	feed_row_done(&players[0], 3000, 3);
	feed_begin_row(&players[0], 4000, 4);
	feed_end(&players[0], 4000, ROLE_A, SIGPIPE);
	feed_verdict(&players[0], 4000, ROLE_A, VERDICT_HOLDS, "Terminated");
	feed_row_done(&players[0], 4000, 4);
	judged(1, 3, ROLE_A, VERDICT_DIFFERS);
	judged(1, 4, ROLE_A, VERDICT_DIFFERS);
}

static void each_thing_is_told_by_one_cell(void)
{
	play_pipes();
	compare();
	/* The outcome's row, which is still to come, tells what send() returned. */
	CHECK_NUMBER(sight(0, 2, ROLE_A)->kind, SIGHT_NONE);
	CHECK_NUMBER(sight(0, 3, ROLE_A)->kind, SIGHT_AHEAD);
	CHECK_NUMBER(now.first, SIZE_MAX);
	CHECK(says_of(CHANGE_LINK, "Up to here both runs show the same."));
	end_pipes();
	compare();
	CHECK_TEXT(sight(0, 3, ROLE_A)->saw, "EPIPE + SIGPIPE");
	CHECK_TEXT(sight(1, 3, ROLE_A)->saw, "= 5");
	CHECK_TEXT(sight(0, 4, ROLE_A)->saw, "Terminated");
	CHECK_NUMBER(sight(1, 4, ROLE_A)->kind, SIGHT_NOTHING);
	CHECK_NUMBER(now.first, 2);
	CHECK_NUMBER(now.first_role, ROLE_A);
	CHECK_NUMBER(now.differences, 2);
	stop();
}

static void why_is_said_where_it_is_true(void)
{
	play_pipes();
	end_pipes();
	compare();
	CHECK(says_of(CHANGE_LINK, "one, send() fails with EPIPE + SIGPIPE; other, send() returns 5."));
	CHECK(says_of(CHANGE_LINK, "knows at once"));
	CHECK(!says_of(CHANGE_SIGPIPE, "knows at once"));
	CHECK(!says_of(CHANGE_NOTHING, "knows at once"));
	CHECK(!says_of(CHANGE_TABLE, "knows at once"));
	/* Over a wire both: then it is no Unix socket that knows. */
	lessons[0]->demos.at[0].link = LINK_TCP;
	compare();
	CHECK_NUMBER(now.first, 2);
	CHECK(!says_of(CHANGE_LINK, "knows at once"));
	stop();
}

static void a_result_without_an_outcome_stands_with_its_call(void)
{
	static const struct feed_row rows[] = {
		{"send()", NULL, NULL},
		{NULL, "RESET", NULL},
		{"recv()", NULL, NULL},
	};

	START(0, LINK_UNIX, rows);
	START(1, LINK_TCP, rows);
	called(0, 1, ROLE_A, "send(sock, \"hello\", 5, 0)", -1, EPIPE);
	called(1, 1, ROLE_A, "send(sock, \"hello\", 5, 0)", 5, 0);
	judged(0, 2, ROLE_B, VERDICT_DIFFERS);
	judged(1, 2, ROLE_B, VERDICT_HOLDS);
	feed_begin_row(&players[0], 3000, 3);
	feed_signal(&players[0], 3000, ROLE_A, SIGPIPE);
	feed_end(&players[0], 3000, ROLE_A, SIGPIPE);
	player_event(&players[0], (struct event){.kind = EVENT_ROW_DONE, .role = ROLE_NONE, .row = 3,
						 .text = mem_strdup("Process A has ended")}, 3000);
	called(1, 3, ROLE_A, "recv(sock, buf, 4096, 0)", 0, 0);
	compare();
	CHECK_TEXT(sight(0, 1, ROLE_A)->saw, "EPIPE + SIGPIPE, Terminated");
	CHECK_NUMBER(now.first, 0);
	/* Without a wire there is no RST to be seen: that is no difference. */
	CHECK_NUMBER(sight(0, 2, ROLE_B)->kind, SIGHT_UNSEEN);
	CHECK_TEXT(sight(1, 2, ROLE_B)->saw, "RESET");
	CHECK(!now.rows.at[1].differs[ROLE_B]);
	CHECK_NUMBER(sight(0, 3, ROLE_A)->kind, SIGHT_UNMADE);
	CHECK_TEXT(sight(0, 3, ROLE_A)->saw, "Process A has ended");
	CHECK_TEXT(sight(1, 3, ROLE_A)->saw, "EOF");
	CHECK(now.rows.at[2].differs[ROLE_A]);
	stop();
}

static const struct feed_row wait_rows[] = {
	{"recv()", NULL, NULL},
	{NULL, "send()", NULL},
	{"= \"hello\"", NULL, NULL},
};

/* A sleeps in recv() and is woken before (EARLY) or after B has sent. */
static void play_wait(int i, bool sleeps, bool early)
{
	struct player *p = &players[i];

	START(i, LINK_UNIX, wait_rows);
	feed_begin_row(p, 1000, 1);
	feed_call(p, 1000, ROLE_A, "recv(sock, buf, 4096, 0)");
	if (sleeps)
		feed_blocked(p, 1000, ROLE_A);
	if (early)
		feed_return(p, 1000, ROLE_A, 0, 0, true);
	feed_row_done(p, 1000, 1);
	called(i, 2, ROLE_B, "send(sock, \"hello\", 5, 0)", 5, 0);
	feed_begin_row(p, 3000, 3);
	if (!early)
		feed_return(p, 3000, ROLE_A, 0, 0, true);
	feed_verdict(p, 3000, ROLE_A, VERDICT_DIFFERS, "EOF");
	feed_row_done(p, 3000, 3);
}

static void a_nap_is_no_difference_but_a_wait_is(void)
{
	play_wait(0, true, true);
	play_wait(1, false, true);
	compare();
	CHECK_NUMBER(now.first, SIZE_MAX);
	stop();
	play_wait(0, true, false);
	play_wait(1, false, true);
	compare();
	CHECK_NUMBER(now.first, 0);
	CHECK_TEXT(sight(0, 1, ROLE_A)->saw, "blocks");
	CHECK_NUMBER(sight(1, 1, ROLE_A)->kind, SIGHT_NONE);
	CHECK_TEXT(sight(0, 3, ROLE_A)->saw, "EOF");
	stop();
}

static void names_for_things_need_not_be_the_same(void)
{
	static const struct feed_row rows[] = {
		{"copy = dup(sock)", NULL, NULL},
		{"getpid()", NULL, NULL},
		{"send()", NULL, NULL},
	};

	for (int i = 0; i < RUNS; i++) {
		START(i, LINK_UNIX, rows);
		called(i, 1, ROLE_A, "copy = dup(sock)", 4 + i, 0);
		called(i, 2, ROLE_A, "getpid()", 4711 + i, 0);
		called(i, 3, ROLE_A, "send(sock, \"hello\", 5, 0)", 5, 0);
	}
	compare();
	CHECK_NUMBER(now.first, SIZE_MAX);
	CHECK(says_of(CHANGE_NOTHING, "Both runs show the same."));
	CHECK_TEXT(sight(1, 1, ROLE_A)->saw, "= 5");
	comparison_free(&now);
	/* Told otherwise, their numbers count; and what send() returns always does. */
	compare_make(&now, runs, NULL);
	CHECK_NUMBER(now.first, 0);
	players[1].events.list.at[players[1].events.list.n - 2].u.ret.result = 4;
	compare();
	CHECK_NUMBER(now.first, 2);
	stop();
}

static void rows_put_in_and_taken_out_are_aligned(void)
{
	static const struct feed_row more[] = {
		{NULL, "close()", NULL},
		{"setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, 1)", NULL, NULL},
		{"send(sock, \"x\")", NULL, NULL},
		{"EPIPE + SIGPIPE", NULL, NULL},
	};
	static const int expected[][RUNS] = {{1, 1}, {0, 2}, {2, 3}, {3, 4}, {4, 0}};

	START(0, LINK_UNIX, pipe_rows);
	START(1, LINK_UNIX, more);
	compare();
	CHECK_NUMBER(now.rows.n, 5);
	for (size_t i = 0; i < 5 && i < now.rows.n; i++)
		for (int run = 0; run < RUNS; run++)
			CHECK_NUMBER(now.rows.at[i].row[run], expected[i][run]);
	CHECK(says_of(CHANGE_TABLE, "Nothing has been carried out yet."));
	/* A row that stands in one alone is no difference by itself. */
	called(0, 1, ROLE_B, "close(sock)", 0, 0);
	called(1, 1, ROLE_B, "close(sock)", 0, 0);
	called(1, 2, ROLE_A, "setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, 1)", 0, 0);
	compare();
	CHECK_NUMBER(now.first, SIZE_MAX);
	CHECK_TEXT(sight(1, 2, ROLE_A)->saw, "= 0");
	stop();
}

static void segments_count_when_all_else_is_the_same(void)
{
	static const struct feed_row rows[] = {{NULL, "close()", NULL}};

	for (int i = 0; i < RUNS; i++) {
		START(i, LINK_TCP, rows);
		feed_begin_row(&players[i], 1000, 1);
		feed_call(&players[i], 1000, ROLE_B, "close(sock)");
		feed_segment(&players[i], 1000, ROLE_B,
			     i ? SEGMENT_RST : SEGMENT_FIN | SEGMENT_ACK, NULL, false);
		feed_segment(&players[i], 1000, ROLE_B, SEGMENT_ACK, "hello", false);
		feed_return(&players[i], 1000, ROLE_B, 0, 0, false);
		feed_row_done(&players[i], 1000, 1);
	}
	compare();
	CHECK_NUMBER(now.first, SIZE_MAX);
	CHECK_TEXT(sight(0, 1, ROLE_B)->wire, "FIN");
	CHECK_TEXT(sight(1, 1, ROLE_B)->wire, "RST");
	/* That one did not come is known when both are over. */
	for (int i = 0; i < RUNS; i++)
		player_event(&players[i], (struct event){.kind = EVENT_DONE, .row = 1}, 2000);
	compare();
	CHECK_NUMBER(now.first, 0);
	CHECK_NUMBER(now.first_role, ROLE_B);
	CHECK(says_of(CHANGE_TABLE, "what Process B's side sends does not"));
	stop();
}

static void a_segment_in_a_row_of_one_alone_is_told(void)
{
	static const struct feed_row one[] = {{NULL, "close()", NULL}};
	static const struct feed_row other[] = {
		{NULL, "shutdown(sock, SHUT_WR)", NULL},
		{NULL, "close()", NULL},
	};

	START(0, LINK_TCP, one);
	START(1, LINK_TCP, other);
	called(0, 1, ROLE_B, "close(sock)", 0, 0);
	feed_begin_row(&players[1], 1000, 1);
	feed_call(&players[1], 1000, ROLE_B, "shutdown(sock, SHUT_WR)");
	feed_segment(&players[1], 1000, ROLE_B, SEGMENT_FIN | SEGMENT_ACK, NULL, false);
	feed_return(&players[1], 1000, ROLE_B, 0, 0, false);
	feed_row_done(&players[1], 1000, 1);
	called(1, 2, ROLE_B, "close(sock)", 0, 0);
	for (int i = 0; i < RUNS; i++)
		player_event(&players[i], (struct event){.kind = EVENT_DONE, .row = 1}, 2000);
	compare();
	CHECK_NUMBER(now.first, 0);
	CHECK_NUMBER(now.rows.at[0].row[0], 0);
	CHECK(says_of(CHANGE_TABLE, "what Process B's side sends does not"));
	stop();
}

const struct suite suite_compare = {
	.name = "compare",
	.tests = (const struct test[]){
		{"cells", each_thing_is_told_by_one_cell},
		{"why", why_is_said_where_it_is_true},
		{"calls", a_result_without_an_outcome_stands_with_its_call},
		{"nap", a_nap_is_no_difference_but_a_wait_is},
		{"names", names_for_things_need_not_be_the_same},
		{"rows", rows_put_in_and_taken_out_are_aligned},
		{"segments", segments_count_when_all_else_is_the_same},
		{"one-sided", a_segment_in_a_row_of_one_alone_is_told},
		{NULL, NULL},
	},
};
