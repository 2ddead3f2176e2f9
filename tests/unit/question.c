/* course/question: which lists are questions, and what belongs to an answer. */
#include "course/question.h"
#include "suites.h"

#include <string.h>

struct found {
	struct lesson *lesson;
	struct questions questions;
};

static struct found find(const char *text)
{
	struct errs errs = {0};
	struct found f = {.lesson = lesson_parse("test.md", text, strlen(text), &errs)};

	errs_print(&errs, stderr);
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	questions_find(&f.questions, f.lesson);
	return f;
}

static void drop(struct found *f)
{
	questions_free(&f->questions);
	CHECK_NUMBER(f->questions.list.n, 0);
	lesson_free(f->lesson);
}

/* Asserts that the spans of BLOCK read TEXT. */
static void check_block(const struct block *block, const char *text)
{
	struct str s = {0};

	CU_ASSERT_FATAL(block != NULL);
	spans_text(&s, &block->spans);
	CHECK_TEXT(str_text(&s), text);
	str_free(&s);
}

static void finds_parts(void)
{
	struct found f = find("# T\n"
			      "\n"
			      "What does `recv()` return?\n"
			      "\n"
			      "- [ ] 5\n"
			      "\n"
			      "  Nothing was sent.\n"
			      "\n"
			      "- [x] 0\n"
			      "\n"
			      "  The stream is at its end.\n"
			      "\n"
			      "  - a list\n"
			      "\n"
			      "- [ ] it blocks\n");
	const struct question *q;

	CU_ASSERT_FATAL(f.questions.list.n == 1);
	q = &f.questions.list.at[0];
	CHECK_NUMBER(q->number, 1);
	CHECK_NUMBER(q->line, 3);
	check_block(q->stem, "What does recv() return?");
	CHECK_NUMBER(q->list->line, 5);
	CU_ASSERT_FATAL(q->answers.n == 3);
	check_block(q->answers.at[0].text, "5");
	check_block(q->answers.at[0].why, "Nothing was sent.");
	CHECK_NUMBER(q->answers.at[0].n_why, 1);
	CHECK(!q->answers.at[0].right);
	check_block(q->answers.at[1].text, "0");
	CHECK_NUMBER(q->answers.at[1].n_why, 2);
	CHECK_NUMBER(q->answers.at[1].why[1].kind, BLOCK_LIST);
	CHECK(q->answers.at[1].right);
	check_block(q->answers.at[2].text, "it blocks");
	CHECK(q->answers.at[2].why == NULL);
	CHECK_NUMBER(q->answers.at[2].n_why, 0);
	drop(&f);
}

/* Without blank lines an item still has its text. */
static void tight_lists(void)
{
	struct found f = find("Which?\n"
			      "\n"
			      "- [x] this\n"
			      "- [ ] that\n");

	CU_ASSERT_FATAL(f.questions.list.n == 1 && f.questions.list.at[0].answers.n == 2);
	check_block(f.questions.list.at[0].answers.at[0].text, "this");
	check_block(f.questions.list.at[0].answers.at[1].text, "that");
	CHECK_NUMBER(f.questions.list.at[0].answers.at[1].n_why, 0);
	drop(&f);
}

static void counts_in_order(void)
{
	struct found f = find("One?\n\n- [x] a\n- [ ] b\n\n"
			      "- not a question\n- at all\n\n"
			      "> Two?\n>\n> - [ ] a\n> - [x] b\n\n"
			      "Three?\n\n<!-- note -->\n\n1. [x] a\n2. [ ] b\n\n"
			      "# Heading\n\n- [x] nobody asks\n");

	CU_ASSERT_FATAL(f.questions.list.n == 4);
	for (size_t i = 0; i < 4; i++)
		CHECK_NUMBER(f.questions.list.at[i].number, i + 1);
	check_block(f.questions.list.at[1].stem, "Two?");
	CHECK(f.questions.list.at[1].answers.at[1].right);
	check_block(f.questions.list.at[2].stem, "Three?");
	CHECK(f.questions.list.at[3].stem == NULL);
	CHECK_NUMBER(f.questions.list.at[3].line, 23);
	drop(&f);
}

/* Task lists inside an answer belong to it; items without a box are no answers. */
static void inner_lists(void)
{
	struct found f = find("One?\n\n- [x] a\n\n  - [ ] inner\n\n- [ ] b\n- plain\n- [ ]\n");

	CU_ASSERT_FATAL(f.questions.list.n == 1);
	CHECK_NUMBER(f.questions.list.at[0].answers.n, 2);
	drop(&f);
}

static void none(void)
{
	struct found f = find("# T\n\nText.\n\n- a\n- b\n");

	CHECK_NUMBER(f.questions.list.n, 0);
	drop(&f);
}

static const struct test tests[] = {
	{"finds_parts", finds_parts},
	{"tight_lists", tight_lists},
	{"counts_in_order", counts_in_order},
	{"inner_lists", inner_lists},
	{"none", none},
	{NULL, NULL},
};

const struct suite suite_question = {"question", NULL, NULL, tests};
