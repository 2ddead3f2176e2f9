/* A demo whose role closes with other bytes unread than it does: what is changed, and how. */
#include "feed.h"
#include "suites.h"

#include "lesson/unread.h"

static struct lesson *lesson;
static struct lesson *made;
static struct unread unread;

static void start_with(enum link link, const struct feed_row *rows, size_t n)
{
	lesson = feed_lesson(link, rows, n);
	unread = unread_find(&lesson->demos.at[0]);
	made = unread.kind == UNREAD_NONE
		       ? NULL
		       : unread_make(lesson, &lesson->demos.at[0], unread);
}

#define START(link, rows) start_with(link, rows, sizeof rows / sizeof *rows)

static void stop(void)
{
	lesson_free(made);
	feed_lesson_free(lesson);
}

static size_t n_rows(void)
{
	return made ? made->demos.at[0].table.rows.n : 0;
}

/* The cell of ROLE in row N (from 1) of what was made. */
static const char *cell(size_t n, enum role role)
{
	return n <= n_rows() ? made->demos.at[0].table.rows.at[n - 1].cell[role].text : NULL;
}

static void who_reads_no_longer_does(void)
{
	static const struct feed_row rows[] = {
		{"send()", NULL, NULL},
		{NULL, "recv()", NULL},
		{NULL, "= \"hello\"", NULL},
		{NULL, "close()", NULL},
		{"recv()", NULL, NULL},
		{"EOF", NULL, NULL},
	};

	START(LINK_TCP, rows);
	CHECK_NUMBER(unread.kind, UNREAD_SKIP);
	CHECK_NUMBER(unread.role, ROLE_B);
	CHECK_NUMBER(unread.row, 4);
	CHECK(made != NULL);
	for (size_t i = 1; i < n_rows(); i++)
		CHECK(!str_same(cell(i, ROLE_B), "recv()"));
	CHECK_TEXT(cell(1, ROLE_A), "send()");
	CHECK_TEXT(cell(n_rows(), ROLE_A), "EOF");
	stop();
}

static void who_does_not_read_does(void)
{
	static const struct feed_row rows[] = {
		{"send()", NULL, NULL},
		{NULL, "close()", NULL},
	};

	START(LINK_UNIX, rows);
	CHECK_NUMBER(unread.kind, UNREAD_READ);
	CHECK_NUMBER(n_rows(), 3);
	CHECK_TEXT(cell(2, ROLE_B), "recv()");
	CHECK_TEXT(cell(3, ROLE_B), "close()");
	stop();
}

static void who_has_nothing_to_read_gets_something(void)
{
	static const struct feed_row rows[] = {
		{NULL, "close()", NULL},
		{"send()", NULL, NULL},
	};
	struct str words = {0};

	START(LINK_UNIX, rows);
	CHECK_NUMBER(unread.kind, UNREAD_SEND);
	CHECK_NUMBER(n_rows(), 3);
	CHECK_TEXT(cell(1, ROLE_A), "send()");
	CHECK_TEXT(cell(2, ROLE_B), "close()");
	unread_words(&words, unread);
	CHECK_TEXT(str_text(&words), "B has bytes unread when it closes");
	str_free(&words);
	stop();
}

static void where_nothing_can_be_done_nothing_is(void)
{
	static const struct feed_row open[] = {{"send()", NULL, NULL}};
	static const struct feed_row mute[] = {
		{"shutdown(sock, SHUT_WR)", NULL, NULL},
		{NULL, "close()", NULL},
	};
	static const struct feed_row killed[] = {
		{"kill -9", NULL, NULL},
		{NULL, "close()", NULL},
	};
	static const struct feed_row own[] = {
		{"sock = socket(AF_UNIX)", NULL, NULL},
		{"close(sock)", NULL, NULL},
	};

	START(LINK_TCP, open);
	CHECK_NUMBER(unread.kind, UNREAD_NONE);
	stop();
	START(LINK_TCP, mute);
	CHECK_NUMBER(unread.kind, UNREAD_NONE);
	stop();
	START(LINK_TCP, killed);
	CHECK_NUMBER(unread.kind, UNREAD_NONE);
	stop();
	START(LINK_NONE, own);
	CHECK_NUMBER(unread.kind, UNREAD_NONE);
	stop();
}

const struct suite suite_unread = {
	.name = "unread",
	.tests = (const struct test[]){
		{"skip", who_reads_no_longer_does},
		{"read", who_does_not_read_does},
		{"send", who_has_nothing_to_read_gets_something},
		{"none", where_nothing_can_be_done_nothing_is},
		{NULL, NULL},
	},
};
