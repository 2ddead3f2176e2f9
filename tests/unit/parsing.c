#include "parsing.h"

#include "lesson/action.h"
#include "suites.h"

#include <string.h>

struct lesson *parsing(const char *text, size_t errors)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("x.md", text, strlen(text), &errs);

	CHECK_NUMBER(errs.list.n, errors);
	for (size_t i = 0; i < errs.list.n && errors == 0; i++)
		CHECK_TEXT(errs.list.at[i].text, "no error");
	errs_free(&errs);
	return lesson;
}

void parsing_error(const char *text, int line, const char *says)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("x.md", text, strlen(text), &errs);

	if (CHECK(errs.list.n > 0)) {
		CHECK_NUMBER(errs.list.at[0].line, line);
		if (!strstr(errs.list.at[0].text, says))
			CHECK_TEXT(errs.list.at[0].text, says);
	}
	errs_free(&errs);
	lesson_free(lesson);
}

struct action *parsing_action(const char *text, struct cell *cell)
{
	struct errs errs = {0};
	int status = cell_parse(cell, text, "x.md", 1, &errs);

	if (errs.list.n)
		CHECK_TEXT(errs.list.at[0].text, text);
	errs_free(&errs);
	CHECK_NUMBER(status, 0);
	CHECK_NUMBER(cell->kind, CELL_ACTION);
	return cell->kind == CELL_ACTION ? cell->action : NULL;
}

void parsing_again(const struct action *action, const char *text)
{
	struct cell cell = {0};
	struct action *again = parsing_action(text, &cell);

	if (CHECK(again != NULL))
		CHECK(action_same(action, again));
	cell_free(&cell);
}

void parsing_no_action(const char *text, const char *says)
{
	struct cell cell = {0};
	struct errs errs = {0};

	CHECK_NUMBER(cell_parse(&cell, text, "x.md", 7, &errs), -1);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n == 1) {
		CHECK_TEXT(errs.list.at[0].file, "x.md");
		CHECK_NUMBER(errs.list.at[0].line, 7);
		if (!strstr(errs.list.at[0].text, says))
			CHECK_TEXT(errs.list.at[0].text, says);
	}
	errs_free(&errs);
	cell_free(&cell);
}
