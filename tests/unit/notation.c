/* doc/NOTATION.md: every example in it is right, and it names all that there is. */
#include "lesson/check.h"

#include "base/mem.h"
#include "lesson/action.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

static struct lesson *doc;

static int start(void)
{
	struct errs errs = {0};

	doc = lesson_read(SOCKTUTOR_SOURCE_DIR "/doc/NOTATION.md", &errs);
	errs_print(&errs, stderr);
	errs_free(&errs);
	return doc ? 0 : -1;
}

static int end(void)
{
	lesson_free(doc);
	return 0;
}

static void check_cell(const char *text, int line)
{
	struct cell cell = {0};
	struct errs errs = {0};

	CHECK_NUMBER(cell_parse(&cell, text, "NOTATION.md", line, &errs), 0);
	for (size_t i = 0; i < errs.list.n; i++)
		CHECK_TEXT(errs.list.at[i].text, text);
	CHECK(cell.kind != CELL_EMPTY);
	errs_free(&errs);
	cell_free(&cell);
}

static bool is_head(const struct block *cell, const char *text)
{
	struct str s = {0};
	bool same;

	spans_text(&s, &cell->spans);
	same = str_same(str_text(&s), text);
	str_free(&s);
	return same;
}

/* Column I of a table called HEAD, or SIZE_MAX. */
static size_t column_of(const struct block *table, const char *head)
{
	const struct block *header = &table->children.at[0];

	for (size_t i = 0; i < header->children.n; i++)
		if (is_head(&header->children.at[i], head))
			return i;
	return SIZE_MAX;
}

/* Parse all code in the column HEAD of all tables; returns how much there was. */
static size_t check_column(const char *head)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->blocks.n; i++) {
		const struct block *table = &doc->blocks.at[i];
		size_t column = table->kind == BLOCK_TABLE ? column_of(table, head) : SIZE_MAX;

		for (size_t row = 1; column != SIZE_MAX && row < table->children.n; row++) {
			const struct block *line = &table->children.at[row];
			const struct spans *spans = &line->children.at[column].spans;

			for (size_t k = 0; k < spans->n; k++)
				if (spans->at[k].style & SPAN_CODE) {
					check_cell(spans->at[k].text, line->line);
					n++;
				}
		}
	}
	return n;
}

static void examples_are_right(void)
{
	CHECK(check_column("Write") > 50);
	CHECK(check_column("Written in full") >= 30);
	CHECK(check_column("At least") >= 30);
}

static void has_no_errors(void)
{
	struct errs errs = {0};

	lesson_check(doc, NULL, &errs);
	for (size_t i = 0; i < errs.list.n; i++)
		CHECK_TEXT(errs.list.at[i].text, "no error");
	CHECK_NUMBER(errs.list.n, 0);
	CHECK_NUMBER(doc->demos.n, 1);
	errs_free(&errs);
}

/* Whether NAME is code in the first column of some table. */
static bool is_named(const char *name)
{
	for (size_t i = 0; i < doc->blocks.n; i++) {
		const struct block *table = &doc->blocks.at[i];

		for (size_t row = 1; table->kind == BLOCK_TABLE && row < table->children.n; row++)
			if (is_head(&table->children.at[row].children.at[0], name))
				return true;
	}
	return false;
}

/* Whether code in a column `Write` begins with WORD. */
static bool is_written(const char *word)
{
	for (size_t i = 0; i < doc->blocks.n; i++) {
		const struct block *table = &doc->blocks.at[i];

		if (table->kind != BLOCK_TABLE || column_of(table, "Write") != 0)
			continue;
		for (size_t row = 1; row < table->children.n; row++) {
			const struct spans *spans = &table->children.at[row].children.at[0].spans;

			for (size_t k = 0; k < spans->n; k++)
				if (strncmp(spans->at[k].text, word, strlen(word)) == 0 &&
				    spans->at[k].style & SPAN_CODE)
					return true;
		}
	}
	return false;
}

static void all_is_named(void)
{
	const struct deed *deed;
	static const char *const keys[] = {"id", "link", "a-misses", "b-misses", "a-sigpipe",
					   "b-sigpipe", "patience", "settings", "title", "summary", "minutes",
					   "order", "after"};
	const struct call *call;

	for (size_t i = 0; (call = call_at(i)) != NULL; i++)
		if (!is_named(call->name))
			CHECK_TEXT(call->name, "named in NOTATION.md");
	for (int i = 0; i < LINKS; i++)
		if (!is_named(link_spec((enum link)i)->name))
			CHECK_TEXT(link_spec((enum link)i)->name, "named in NOTATION.md");
	for (int id = 0; id < SETTINGS; id++)
		if (!is_named(setting_spec((enum setting)id)->name))
			CHECK_TEXT(setting_spec((enum setting)id)->name, "named in NOTATION.md");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!is_named(keys[i]))
			CHECK_TEXT(keys[i], "named in NOTATION.md");
	CHECK(!is_named("sned"));
	for (size_t i = 0; (deed = deed_at(i)) != NULL; i++) {
		for (size_t k = 0; deed->examples[k]; k++)
			if (!is_written(deed->examples[k]))
				CHECK_TEXT(deed->examples[k], "written in NOTATION.md");
		if (deed->undo && !is_written(deed->undo))
			CHECK_TEXT(deed->undo, "written in NOTATION.md");
	}
	CHECK(!is_written("cut rope"));
}

/* What stands in `Written in full` is what the screen shows for `At least`. */
static void defaults_are_told(void)
{
	for (size_t i = 0; i < doc->blocks.n; i++) {
		const struct block *table = &doc->blocks.at[i];

		if (table->kind != BLOCK_TABLE || column_of(table, "Written in full") != 1)
			continue;
		for (size_t row = 1; row < table->children.n; row++) {
			const struct block *line = &table->children.at[row];
			struct cell cell = {0};
			struct errs errs = {0};
			struct str s = {0};

			cell_parse(&cell, line->children.at[2].spans.at[0].text, "x", 1, &errs);
			if (CHECK(cell.kind == CELL_ACTION))
				action_print(&s, cell.action);
			CHECK_TEXT(str_text(&s), line->children.at[1].spans.at[0].text);
			str_free(&s);
			cell_free(&cell);
			errs_free(&errs);
		}
	}
}

static const struct test tests[] = {
	{"examples-are-right", examples_are_right},
	{"has-no-errors", has_no_errors},
	{"all-is-named", all_is_named},
	{"defaults-are-told", defaults_are_told},
	{NULL, NULL},
};

const struct suite suite_notation = {"notation", start, end, tests};
