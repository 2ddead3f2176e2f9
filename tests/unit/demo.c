/* lesson/: demos, their directives and links. */
#include "lesson/demo.h"

#include "base/clock.h"
#include "base/duration.h"
#include "lesson/action.h"
#include "lesson/lesson.h"
#include "parsing.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#define TABLE "| Process A | Process B |\n|---|---|\n"

static void durations(void)
{
	static const struct {
		const char *text;
		int64_t ns;
		const char *printed;
	} rows[] = {
		{"500ms", 500 * CLOCK_MS, "500ms"}, {"10s", 10 * CLOCK_S, "10s"},
		{"2m", 120 * CLOCK_S, "2m"}, {"1000ms", CLOCK_S, "1s"}, {"60s", 60 * CLOCK_S, "1m"},
		{"0s", 0, "0ms"}, {"1500ms", 1500 * CLOCK_MS, "1500ms"},
	};
	static const char *const wrong[] = {"", "5", "s", "ms", "5h", "5 s", "-5s", "5.5s", "5sx",
					    "99999999s"};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str s = {0};
		int64_t ns = -1;

		CHECK(duration_parse(rows[i].text, strlen(rows[i].text), &ns));
		CHECK_NUMBER(ns, rows[i].ns);
		duration_print(&s, ns);
		CHECK_TEXT(str_text(&s), rows[i].printed);
		str_free(&s);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		int64_t ns;

		CHECK(!duration_parse(wrong[i], strlen(wrong[i]), &ns));
	}
}

static void misses(void)
{
	static const char *const wrong[] = {"", "fin", "FIN,", ",FIN", "FIN RST", "FINN", "ALL"};
	struct str s = {0};
	unsigned which = 0;

	CHECK(misses_parse("FIN", 3, &which));
	CHECK_NUMBER(which, MISS_FIN);
	CHECK(misses_parse("data,RST,FIN", 12, &which));
	CHECK_NUMBER(which, MISS_FIN | MISS_RST | MISS_DATA);
	misses_print(&s, which);
	CHECK_TEXT(str_text(&s), "FIN,RST,data");
	CHECK(misses_parse("all", 3, &which));
	CHECK_NUMBER(which, MISS_ALL);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(!misses_parse(wrong[i], strlen(wrong[i]), &which));
	CHECK_NUMBER(which, MISS_ALL);
	str_free(&s);
}

static void links_are_whole(void)
{
	static const size_t steps[LINKS] = {7, 6, 7, 0, 7, 7, 6, 0};
	enum link link;

	for (int i = 0; i < LINKS; i++) {
		const struct link_spec *spec = link_spec((enum link)i);
		struct demo demo = {.link = (enum link)i};

		CHECK_NUMBER(spec->link, i);
		CHECK(spec->summary && *spec->summary);
		CHECK(link_find(spec->name, strlen(spec->name), &link) && (int)link == i);
		demo_make_prologue(&demo);
		CHECK_NUMBER(demo.prologue.rows.n, steps[i]);
		demo_free(&demo);
	}
	CHECK(!link_find("unix-", 5, &link));
	CHECK(!link_find("TCP", 3, &link));
	CHECK(!link_find("", 0, &link));
}

static void check_prologue_end(const char *text, const char *role_b)
{
	struct lesson *lesson = parsing(text, 0);
	const struct table *prologue = &lesson->demos.at[0].prologue;

	CHECK_TEXT(prologue->rows.at[prologue->rows.n - 1].cell[ROLE_B].text, role_b);
	lesson_free(lesson);
}

/* The set-up leaves B's listener open when a row speaks of it. */
static void listener_is_kept_when_named(void)
{
	check_prologue_end(TABLE "| | close() |\n", "close(listener)");
	check_prologue_end(TABLE "| | c = accept(listener) |\n", "sock = accept(listener)");
	check_prologue_end(TABLE "| connect(s, addr(listener)) | close() |\n",
			   "sock = accept(listener)");
	check_prologue_end(TABLE "| | poll({{sock, POLLIN}, {listener, POLLIN}}) |\n",
			   "sock = accept(listener)");
}

static void headers_name_the_columns(void)
{
	struct lesson *lesson =
		parsing("| why | **process b**: server | Process A (client) | Seen |\n"
		      "|---|---|---|---|\n| note | `recv()` | `send()` | old |\n",
		      0);
	const struct demo *demo = lesson->demos.n ? &lesson->demos.at[0] : NULL;

	if (CHECK(demo != NULL)) {
		CHECK_TEXT(demo->setup[ROLE_A].label, "client");
		CHECK_TEXT(demo->setup[ROLE_B].label, "server");
		CHECK_NUMBER(demo->n_notes, 1);
		CHECK_TEXT(demo->note_heads[0], "why");
		CHECK_TEXT(demo->table.rows.at[0].note, "note");
		CHECK_TEXT(demo->table.rows.at[0].cell[ROLE_A].text, "send()");
		CHECK_TEXT(demo->table.rows.at[0].cell[ROLE_B].text, "recv()");
	}
	lesson_free(lesson);
}

static void check_no_demo(const char *text)
{
	struct lesson *lesson = parsing(text, 0);

	CHECK_NUMBER(lesson->demos.n, 0);
	lesson_free(lesson);
}

static void other_tables_are_tables(void)
{
	check_no_demo("| Process A | Other |\n|---|---|\n| close() | |\n");
	check_no_demo("| Process Alpha | Process B |\n|---|---|\n| close() | |\n");
	check_no_demo("| A | B |\n|---|---|\n| close() | |\n");
	check_no_demo("| Process A and | Process B |\n|---|---|\n| close() | |\n");
}

/* As published: bold, no outer bars, a row that begins with a bar, empty rows. */
static void tables_without_outer_bars(void)
{
	struct lesson *lesson = parsing("**Process A** | **Process B**\n---|---\n"
				      "          | `close()`\n"
				      "`send()`  |\n"
				      "          |\n"
				      "          | `RESET`\n", 0);
	const struct table *table = &lesson->demos.at[0].table;

	CHECK_NUMBER(table->rows.n, 3);
	CHECK_TEXT(table->rows.at[0].cell[ROLE_B].text, "close()");
	CHECK_NUMBER(table->rows.at[0].cell[ROLE_A].kind, CELL_EMPTY);
	CHECK_TEXT(table->rows.at[1].cell[ROLE_A].text, "send()");
	CHECK_TEXT(table->rows.at[2].cell[ROLE_B].text, "RESET");
	CHECK_NUMBER(table->rows.at[0].line, 3);
	CHECK_NUMBER(table->rows.at[2].line, 6);
	CHECK_NUMBER(lesson->demos.at[0].link, LINK_TCP);
	lesson_free(lesson);
}

static void cells_keep_their_text(void)
{
	struct lesson *lesson = parsing(TABLE "| `send(sock, \"a\\|b\")` | plain = dup() |\n"
					    "| ``poll(sock, POLLIN\\|POLLHUP)`` | kill -9 |\n"
					    "| **EPIPE** | = 1 POLLIN\\|POLLHUP |\n", 0);
	const struct table *table = &lesson->demos.at[0].table;

	CHECK_TEXT(table->rows.at[0].cell[ROLE_A].text, "send(sock, \"a|b\")");
	CHECK(table->rows.at[0].cell[ROLE_A].code);
	CHECK_TEXT(table->rows.at[0].cell[ROLE_B].text, "plain = dup()");
	CHECK(!table->rows.at[0].cell[ROLE_B].code);
	CHECK_TEXT(table->rows.at[1].cell[ROLE_A].text, "poll(sock, POLLIN|POLLHUP)");
	CHECK_TEXT(table->rows.at[2].cell[ROLE_A].text, "EPIPE");
	CHECK_TEXT(table->rows.at[2].cell[ROLE_B].text, "= 1 POLLIN|POLLHUP");
	CHECK(table->rows.at[2].cell[ROLE_B].code);
	lesson_free(lesson);
}

static void directives_set_it_up(void)
{
	struct lesson *lesson = parsing("<!-- demo: id=gone link=tcp6 a-misses=FIN,RST\n"
				      "b-misses=all a-sigpipe=ignore b-sigpipe=default\n"
				      "settings=tcp_retries2=3 patience=10s at-once=1-2 "
				      "title=\"A \\\"title\\\" --\\>\" -->\n\n" TABLE
				      "| close() | |\n| | close() |\n", 0);
	const struct demo *demo = &lesson->demos.at[0];

	CHECK_NUMBER(demo->at_once.first, 1);
	CHECK_NUMBER(demo->at_once.last, 2);
	CHECK_TEXT(demo->id, "gone");
	CHECK_TEXT(demo->title, "A \"title\" -->");
	CHECK_NUMBER(demo->link, LINK_TCP6);
	CHECK_NUMBER(demo->setup[ROLE_A].misses, MISS_FIN | MISS_RST);
	CHECK_NUMBER(demo->setup[ROLE_B].misses, MISS_ALL);
	CHECK(demo->setup[ROLE_A].ignores_sigpipe);
	CHECK(!demo->setup[ROLE_B].ignores_sigpipe);
	CHECK_NUMBER(demo->patience, 10 * CLOCK_S);
	CHECK(demo->settings.of[SETTING_RETRIES2].given);
	CHECK_NUMBER(demo->settings.of[SETTING_RETRIES2].value, 3);
	CHECK(!demo->settings.of[SETTING_SYN_RETRIES].given);
	CHECK_NUMBER(demo->directive_line, 1);
	CHECK_NUMBER(demo->line, 5);
	lesson_free(lesson);
}

static void defaults(void)
{
	struct lesson *lesson = parsing("# A Title, here!\n\n" TABLE "| close() | |\n\n"
				      "## Two\n\n" TABLE "| FIN | close() |\n\n" TABLE
				      "| close() | |\n", 0);

	if (CHECK(lesson->demos.n == 3)) {
		CHECK_TEXT(lesson->demos.at[0].id, "a-title-here");
		CHECK_TEXT(lesson->demos.at[0].title, "A Title, here!");
		CHECK_NUMBER(lesson->demos.at[0].link, LINK_UNIX);
		CHECK_NUMBER(lesson->demos.at[0].patience, 2 * CLOCK_S);
		CHECK_NUMBER(lesson->demos.at[0].number, 1);
		CHECK_TEXT(lesson->demos.at[1].id, "two");
		CHECK_NUMBER(lesson->demos.at[1].link, LINK_TCP);
		CHECK_TEXT(lesson->demos.at[2].id, "two-2");
		CHECK(lesson_demo(lesson, "two-2") == &lesson->demos.at[2]);
		CHECK(lesson_demo(lesson, "three") == NULL);
	}
	lesson_free(lesson);
	lesson = parsing(TABLE "| close() | |\n", 0);
	CHECK_TEXT(lesson->demos.at[0].id, "demo");
	lesson_free(lesson);
}

static void wrong_directives(void)
{
	parsing_error("<!-- demo: lnk=tcp -->\n" TABLE "| close() | |\n", 1, "did you mean 'link'?");
	parsing_error("<!-- demo:\nlink=tpc -->\n" TABLE "| close() | |\n", 2, "did you mean 'tcp'?");
	parsing_error("<!-- demo: id=A -->\n" TABLE "| close() | |\n", 1, "lower-case words");
	parsing_error("<!-- demo: id=a- -->\n" TABLE "| close() | |\n", 1, "lower-case words");
	parsing_error("<!-- demo: a-misses=fin -->\n" TABLE "| close() | |\n", 1, "FIN, RST, data");
	parsing_error("<!-- demo: b-sigpipe=no -->\n" TABLE "| close() | |\n", 1,
		    "default or ignore");
	parsing_error("<!-- demo: patience=11m -->\n" TABLE "| close() | |\n", 1, "at most 10m");
	parsing_error("<!-- demo: at-once=2-1 -->\n" TABLE "| close() | |\n| | close() |\n", 1,
		    "the first and the last of some rows, such as 8-11");
	parsing_error("<!-- demo: at-once=2 -->\n" TABLE "| close() | |\n| | close() |\n", 1, "such as");
	parsing_error("<!-- demo: at-once=1-2x -->\n" TABLE "| close() | |\n| | close() |\n", 1,
		    "such as");
	parsing_error("<!-- demo: link=tcp settings=tcp_syn_retrys=1 -->\n" TABLE "| close() | |\n", 1,
		    "no setting 'tcp_syn_retrys' (did you mean 'tcp_syn_retries'?)");
	parsing_error("<!-- demo: link=tcp settings=ip_forward=1 -->\n" TABLE "| close() | |\n", 1,
		    "no setting 'ip_forward'; there are tcp_syn_retries, ");
	parsing_error("<!-- demo: link=tcp settings=tcp_syn_retries=0 -->\n" TABLE "| close() | |\n", 1,
		    "tcp_syn_retries is a number from 1 to 127");
	parsing_error("<!-- demo: link=tcp settings=tcp_retries2=256 -->\n" TABLE "| close() | |\n", 1,
		    "tcp_retries2 is a number from 0 to 255");
	parsing_error("<!-- demo: link=tcp settings=tcp_retries2=-1 -->\n" TABLE "| close() | |\n", 1,
		    "tcp_retries2 is a number from 0 to 255");
	parsing_error("<!-- demo: link=tcp settings=tcp_retries2 -->\n" TABLE "| close() | |\n", 1,
		    "tcp_retries2 is a number from 0 to 255");
	parsing_error("<!-- demo: link=tcp settings=tcp_retries2=4294967299 -->\n" TABLE
		    "| close() | |\n", 1, "tcp_retries2 is a number from 0 to 255");
	parsing_error("<!-- demo: link=tcp settings=\"tcp_retries2=3,\" -->\n" TABLE "| close() | |\n", 1,
		    "no setting ''; there are");
	parsing_error("<!-- demo: link=tcp settings=tcp_retries2=3,tcp_retries2=3 -->\n" TABLE
		    "| close() | |\n", 1, "tcp_retries2 is given twice");
	parsing_error("<!-- demo: id=a id=b -->\n" TABLE "| close() | |\n", 1, "given twice");
	parsing_error("<!-- demo: title=\"x -->\n" TABLE "| close() | |\n", 1, "no closing");
	parsing_error("<!-- demo: id -->\n" TABLE "| close() | |\n", 1, "needs a value");
	parsing_error("<!-- demo: colour=red -->\n" TABLE "| close() | |\n", 1, "there are id, link");
	parsing_error("<!-- demo: id=a -->\n\ntext\n\n" TABLE "| close() | |\n", 1, "right before");
	parsing_error("<!-- demo: id=a -->\n\n| a | b |\n|---|---|\n", 1, "right before");
	parsing_error("x\n\n<!-- demo: id=a -->\n", 3, "right before");
}

/* What would be passed over in silence, and what is written in another way. */
static void slips(void)
{
	struct lesson *lesson;

	parsing_error("<!-- demo link=tcp -->\n" TABLE "| close() | |\n", 1, "<!-- demo: … -->");
	parsing_error("<!-- Demo: link=tcp -->\n" TABLE "| close() | |\n", 1, "<!-- demo: … -->");
	parsing_error("<!-- dmeo: link=tcp -->\n" TABLE "| close() | |\n", 1, "<!-- demo: … -->");
	parsing_error("<!-- link=tcp -->\n" TABLE "| close() | |\n", 1, "<!-- demo: … -->");
	parsing_error("<!-- predict row=1 -->\n" TABLE "| close() | |\n", 1, "<!-- predict: … -->");
	lesson_free(parsing("<!-- a demo of what is to come; see below -->\n" TABLE "| close() | |\n",
			    0));
	parsing_error("<!-- demo: title=Two words\nlink=tcp -->\n" TABLE "| close() | |\n", 1,
		      "title=\"Two words\"");
	parsing_error("<!-- demo: title='Two words' -->\n" TABLE "| close() | |\n", 1,
		      ": title=\"Two words\"");
	parsing_error("<!-- demo: link=tcp a-misses=FIN, RST id=x -->\n" TABLE "| close() | |\n", 1,
		      "a-misses=\"FIN, RST\"");
	parsing_error("<!-- demo: id=x tcp -->\n" TABLE "| close() | |\n", 1, "link=tcp");
	parsing_error("<!-- demo: title=\"a\nb\"\nlink=tpc -->\n" TABLE "| close() | |\n", 3, "tcp");
	parsing_error("| Proces A | Process B |\n|---|---|\n| close() | |\n", 1,
		      "no column 'Proces A' (did you mean 'Process A'?)");
	parsing_error("<!-- demo: id=x -->\n\n| ProcessA | ProcessB |\n|---|---|\n| close() | |\n", 3,
		      "no column 'ProcessA'");
	parsing_error("| Process A | Process A |\n|---|---|\n| close() | |\n", 1, "two columns Process A");
	parsing_error("| Process A | Process B | Process B |\n|---|---|---|\n| close() | | |\n", 1,
		      "two columns Process B");
	lesson_free(parsing("| Process B | Process C |\n|---|---|\n| close() | |\n", 0));
	parsing_error("---\ntitle: x\n\nText.\n", 1, "has no end");
	parsing_error(TABLE "| send(sock, \"a|b\") | |\n| = 3 | |\n", 3, "written \\|");
	parsing_error(TABLE "| | recv(sock, 1, MSG_PEEK|MSG_TRUNC) |\n", 3, "written \\|");
	parsing_error(TABLE "| close() | | lost |\n", 3, "written \\|");
	lesson_free(parsing(TABLE "| close() | | |\n", 0));
	lesson_free(parsing(TABLE "| `send(sock, \"a\\|b\")` | `recv(sock, 1, 1|2)` |\n", 0));
	lesson = parsing("<!-- demo: link = tcp a-misses=\"FIN, RST\" "
			 "settings=\"tcp_retries2=3, tcp_fin_timeout=5\" -->\n" TABLE "| close() | |\n", 0);
	CHECK_NUMBER(lesson->demos.at[0].link, LINK_TCP);
	CHECK_NUMBER(lesson->demos.at[0].setup[ROLE_A].misses, MISS_FIN | MISS_RST);
	CHECK_NUMBER(lesson->demos.at[0].settings.of[SETTING_FIN_TIMEOUT].value, 5);
	lesson_free(lesson);
}

static void errors_have_their_line(void)
{
	parsing_error(TABLE "| close() | |\n| | sned() |\n", 4, "did you mean 'send'?");
	parsing_error("- x\n\n  | Process A | Process B |\n  |---|---|\n  | | |\n  | clse() | |\n", 6,
		    "did you mean 'close'?");
}

static void check_directive(const char *text, const char *expected)
{
	struct lesson *lesson = parsing(text, 0);
	struct str s = {0};

	demo_print_directive(&s, &lesson->demos.at[0]);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
	lesson_free(lesson);
}

static void directives_are_printed(void)
{
	check_directive(TABLE "| close() | |\n", "");
	check_directive("<!-- demo: -->\n" TABLE "| close() | |\n", "");
	check_directive("<!-- demo: link=unix -->\n" TABLE "| close() | |\n",
			"<!-- demo: link=unix -->");
	check_directive(
		"<!-- demo: title=\"a --\\> \\\"b\" id=x patience=90s b-misses=RST,FIN -->\n" TABLE
		"| close() | |\n",
		"<!-- demo: id=x b-misses=FIN,RST patience=90s title=\"a --\\> \\\"b\" -->");
	check_directive(
		"<!-- demo: settings=\"tcp_retries2=3,tcp_syn_retries=1\" patience=9s link=tcp -->\n" TABLE
		"| close() | |\n",
		"<!-- demo: link=tcp patience=9s settings=tcp_syn_retries=1,tcp_retries2=3 -->");
}

static void changes_are_printed(void)
{
	struct lesson *lesson = parsing(TABLE "| close() | |\n", 0);
	struct demo *demo = &lesson->demos.at[0];
	enum link link = LINK_UDP;
	unsigned missed = MISS_FIN;
	struct demo_changes changes = {.link = &link, .misses = {NULL, &missed}};
	struct str s = {0};

	demo_change(demo, &changes);
	demo_print_directive(&s, demo);
	CHECK_TEXT(str_text(&s), "<!-- demo: link=udp b-misses=FIN -->");
	CHECK_NUMBER(demo->prologue.rows.n, 6);
	str_free(&s);
	lesson_free(lesson);
}

static void demos_are_printed(void)
{
	struct lesson *lesson = parsing("<!-- demo: id=x -->\n| Process A (c) | Process B | Why |\n"
				      "|-|-|-|\n| `send()` | | *a* `b` |\n| | = 5 | |\n", 0);
	char text[] = "recv() = 0", eof[] = "EOF";
	struct seen_row seen[2] = {{NULL, {NULL, NULL}}, {text, {NULL, eof}}};
	struct str s = {0};

	demo_print(&s, &lesson->demos.at[0], NULL);
	CHECK_TEXT(str_text(&s), "<!-- demo: id=x -->\n\n"
				 "| Process A (c) | Process B | Why     |\n"
				 "|---------------|-----------|---------|\n"
				 "| `send()`      |           | _a_ `b` |\n"
				 "|               | = 5       |         |\n");
	str_cut(&s, 0);
	demo_print(&s, &lesson->demos.at[0], seen);
	CHECK_TEXT(str_text(&s), "<!-- demo: id=x -->\n\n"
				 "| Process A (c) | Process B | Why     | Seen         |\n"
				 "|---------------|-----------|---------|--------------|\n"
				 "| `send()`      |           | _a_ `b` |              |\n"
				 "|               | `EOF`     |         | `recv() = 0` |\n");
	str_free(&s);
	lesson_free(lesson);
}

static void check_steps(const char *at_once, const int *ends)
{
	char *text = str_make("<!-- demo: id=x link=unix%s -->\n"
			      "| Process A | Process B | Why |\n|---|---|---|\n"
			      "| send() | | |\n| = 5 | | |\n| | | note |\n| | recv() | |\n"
			      "| | = 5 | |\n| | | note |\n", at_once);
	struct lesson *lesson = parsing(text, 0);
	int row = 0;

	do {
		row = demo_next_step(&lesson->demos.at[0], row);
		CHECK_NUMBER(row, *ends);
	} while (*ends++ && row);
	lesson_free(lesson);
	free(text);
}

static void steps_are_rows_or_several(void)
{
	check_steps("", (const int[]){1, 2, 4, 5, 0});
	check_steps(" at-once=1-2", (const int[]){2, 4, 5, 0});
	check_steps(" at-once=2-4", (const int[]){1, 4, 5, 0});
	check_steps(" at-once=4-6", (const int[]){1, 2, 6, 0});
	check_steps(" at-once=1-6", (const int[]){6, 0});
}

static void needs_the_wire(void)
{
	struct lesson *lesson = parsing(TABLE "| close() | RESET |\n", 0);

	CHECK(demo_needs_wire(&lesson->demos.at[0]));
	lesson_free(lesson);
	lesson = parsing(TABLE "| close() | cut wire |\n", 0);
	CHECK(!demo_needs_wire(&lesson->demos.at[0]));
	lesson_free(lesson);
}

static void check_has_wire(bool has, const char *directive, const char *row)
{
	char *text = str_make("%s\n" TABLE "%s\n", directive, row);
	struct lesson *lesson = parsing(text, 0);

	CHECK_NUMBER(demo_has_wire(&lesson->demos.at[0]), has);
	lesson_free(lesson);
	free(text);
}

static void has_a_wire(void)
{
	check_has_wire(true, "<!-- demo: link=tcp -->", "| close() | |");
	check_has_wire(true, "<!-- demo: link=udp -->", "| close() | |");
	check_has_wire(false, "<!-- demo: link=unix -->", "| close() | |");
	check_has_wire(true, "<!-- demo: link=unix -->", "| s = socket(AF_INET) | |");
	check_has_wire(false, "<!-- demo: link=pair -->", "| close() | |");
	check_has_wire(false, "<!-- demo: link=none -->", "| s = socket(AF_UNIX) | |");
	check_has_wire(true, "<!-- demo: link=none -->", "| s = socket(AF_INET) | |");
	check_has_wire(true, "<!-- demo: link=none -->", "| | s = socket(AF_INET6, SOCK_DGRAM) |");
}

static char *many(const char *before, const char *each, int n)
{
	struct str s = {0};

	str_add(&s, before);
	for (int i = 0; i < n; i++)
		str_add(&s, each);
	return str_take(&s);
}

static void limits_hold(void)
{
	char *text = many(TABLE, "| close() | |\n", LESSON_MOST_ROWS);
	struct lesson *lesson = parsing(text, 0);

	CHECK_NUMBER(lesson->demos.at[0].table.rows.n, LESSON_MOST_ROWS);
	lesson_free(lesson);
	free(text);
	text = many(TABLE, "| close() | |\n", LESSON_MOST_ROWS + 1);
	parsing_error(text, LESSON_MOST_ROWS + 3, "at most 200 rows");
	free(text);
	text = many("", TABLE "| close() | |\n\n", LESSON_MOST_DEMOS);
	lesson = parsing(text, 0);
	CHECK_NUMBER(lesson->demos.n, LESSON_MOST_DEMOS);
	lesson_free(lesson);
	free(text);
	text = many("", TABLE "| close() | |\n\n", LESSON_MOST_DEMOS + 2);
	lesson = parsing(text, 1);
	CHECK_NUMBER(lesson->demos.n, LESSON_MOST_DEMOS);
	CHECK_NUMBER(lesson->blocks.n, LESSON_MOST_DEMOS + 2);
	CHECK_NUMBER(lesson->blocks.at[LESSON_MOST_DEMOS].kind, BLOCK_TABLE);
	lesson_free(lesson);
	free(text);
}

static const struct test tests[] = {
	{"durations", durations},
	{"misses", misses},
	{"links-are-whole", links_are_whole},
	{"listener-is-kept-when-named", listener_is_kept_when_named},
	{"headers-name-the-columns", headers_name_the_columns},
	{"other-tables-are-tables", other_tables_are_tables},
	{"tables-without-outer-bars", tables_without_outer_bars},
	{"cells-keep-their-text", cells_keep_their_text},
	{"directives-set-it-up", directives_set_it_up},
	{"defaults", defaults},
	{"wrong-directives", wrong_directives},
	{"errors-have-their-line", errors_have_their_line},
	{"directives-are-printed", directives_are_printed},
	{"changes-are-printed", changes_are_printed},
	{"demos-are-printed", demos_are_printed},
	{"steps-are-rows-or-several", steps_are_rows_or_several},
	{"needs-the-wire", needs_the_wire},
	{"slips", slips},
	{"has-a-wire", has_a_wire},
	{"limits-hold", limits_hold},
	{NULL, NULL},
};

const struct suite suite_demo = {"demo", NULL, NULL, tests};
