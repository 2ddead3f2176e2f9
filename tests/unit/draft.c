/* lesson/draft: a table being changed. */
#include "lesson/draft.h"

#include "suites.h"

#include <stdlib.h>
#include <string.h>

static const char text[] =
	"# Pipes\n\n"
	"<!-- demo: id=classic link=unix patience=3s -->\n\n"
	"| Process A (client) | Process B | Why |\n|---|---|---|\n"
	"|  | `close()` | B goes *first* |\n"
	"| `send()` |  |  |\n"
	"| `EPIPE + SIGPIPE` |  | both |\n";

struct fixture {
	struct lesson *lesson;
	struct draft draft;
};

static struct fixture start(void)
{
	struct errs errs = {0};
	struct fixture f = {.lesson = lesson_parse("pipes.md", text, strlen(text), &errs)};

	CHECK_NUMBER(errs.list.n, 0);
	draft_start(&f.draft, f.lesson, &f.lesson->demos.at[0]);
	return f;
}

static void end(struct fixture *f)
{
	draft_free(&f->draft);
	lesson_free(f->lesson);
}

/* Cells as `a/b a/b`. */
static void check_cells(const struct draft *d, const char *expected)
{
	struct str s = {0};

	for (size_t i = 0; i < d->rows.list.n; i++)
		str_addf(&s, "%s%s/%s", i ? " " : "", d->rows.list.at[i].cell[ROLE_A],
			 d->rows.list.at[i].cell[ROLE_B]);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

#define CELLS "/close() send()/ EPIPE + SIGPIPE/"

static void changes(void)
{
	struct fixture f = start();
	struct draft *d = &f.draft;

	CHECK(draft_unchanged(d));
	CHECK(draft_set(d, 1, ROLE_A, "recv()"));
	CHECK(!draft_set(d, 1, ROLE_A, "recv()"));
	check_cells(d, "/close() recv()/ EPIPE + SIGPIPE/");
	CHECK(draft_insert(d, 3));
	CHECK(draft_insert(d, 0));
	check_cells(d, "/ /close() recv()/ EPIPE + SIGPIPE/ /");
	CHECK(draft_delete(d, 0));
	CHECK(draft_move(d, 0, 2));
	check_cells(d, "recv()/ EPIPE + SIGPIPE/ /close() /");
	CHECK(draft_swap(d, 0));
	CHECK(draft_move_cell(d, 0, ROLE_B, 3));
	check_cells(d, "/ EPIPE + SIGPIPE/ /close() /recv()");
	CHECK(!draft_move(d, 0, 4));
	CHECK(!draft_move_cell(d, 0, ROLE_A, 4));
	CHECK(!draft_unchanged(d));
	CHECK(draft_original(d));
	check_cells(d, CELLS);
	CHECK(!draft_original(d));
	end(&f);
}

static void undo(void)
{
	struct fixture f = start();
	struct draft *d = &f.draft;

	CHECK(!draft_undo(d));
	draft_set(d, 0, ROLE_B, "exit(0)");
	draft_delete(d, 1);
	draft_delete(d, 0);
	CHECK(draft_undo(d));
	CHECK(draft_undo(d));
	check_cells(d, "/exit(0) send()/ EPIPE + SIGPIPE/");
	CHECK(draft_redo(d));
	check_cells(d, "/exit(0) EPIPE + SIGPIPE/");
	CHECK(draft_undo(d));
	CHECK(draft_undo(d));
	CHECK(draft_unchanged(d));
	CHECK(!draft_undo(d));
	draft_set(d, 0, ROLE_A, "x");
	CHECK(!draft_redo(d));
	for (int i = 0; i < 5; i++)
		draft_delete(d, 0);
	check_cells(d, "/");
	CHECK(!draft_delete(d, 0));
	end(&f);
}

/* What it prints is a lesson like any other, notes, settings and all. */
static void becomes_a_lesson(void)
{
	struct fixture f = start();
	struct errs errs = {0};
	struct lesson *lesson;

	draft_insert(&f.draft, 1);
	draft_set(&f.draft, 1, ROLE_A, "send(sock, \"a|b\")");
	lesson = draft_lesson(&f.draft, &errs);
	CHECK_NUMBER(errs.list.n, 0);
	if (CHECK(lesson)) {
		const struct demo *demo = &lesson->demos.at[0];

		CHECK_TEXT(lesson->title, "Pipes: Pipes");
		CHECK_TEXT(demo->id, "classic");
		CHECK_NUMBER(demo->patience / 1000000000, 3);
		CHECK_TEXT(demo->setup[ROLE_A].label, "client");
		CHECK_NUMBER(demo->table.rows.n, 4);
		CHECK_TEXT(demo->table.rows.at[0].note, "B goes first");
		CHECK_TEXT(demo->table.rows.at[1].cell[ROLE_A].text, "send(sock, \"a|b\")");
		CHECK(!demo->table.rows.at[1].note || !*demo->table.rows.at[1].note);
		CHECK_TEXT(demo->table.rows.at[3].note, "both");
	}
	lesson_free(lesson);
	errs_free(&errs);
	end(&f);
}

/* The link stays, though a default link would now be another. */
static void keeps_its_link(void)
{
	struct fixture f = start();
	struct errs errs = {0};
	struct lesson *lesson;

	draft_set(&f.draft, 2, ROLE_A, "GotRST");
	lesson = draft_lesson(&f.draft, &errs);
	if (CHECK(lesson))
		CHECK_NUMBER(lesson->demos.at[0].link, LINK_UNIX);
	CHECK_NUMBER(errs.list.n, 1);
	CHECK_NUMBER(errs.list.n ? errs.list.at[0].line : 0, 3);
	lesson_free(lesson);
	errs_free(&errs);
	end(&f);
}

static void says_which_row(void)
{
	struct fixture f = start();
	struct errs errs = {0};

	draft_set(&f.draft, 1, ROLE_A, "sned()");
	CHECK(!draft_lesson(&f.draft, &errs));
	if (CHECK(errs.list.n > 0)) {
		CHECK_NUMBER(errs.list.at[0].line, 2);
		CHECK(strstr(errs.list.at[0].text, "did you mean 'send'?"));
	}
	errs_free(&errs);
	end(&f);
}

static const struct test tests[] = {
	{"changes", changes},
	{"undo", undo},
	{"becomes a lesson", becomes_a_lesson},
	{"keeps its link", keeps_its_link},
	{"says which row", says_which_row},
	{NULL, NULL},
};

const struct suite suite_draft = {"draft", NULL, NULL, tests};
