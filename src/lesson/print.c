/*
 * print.c - a lesson as Markdown, in one canonical form.
 *
 * Every line begins with the prefix of the quotes and items it stands in; the
 * first line of an item begins with its mark instead.
 */
#include "lesson/lesson.h"

#include "base/mem.h"
#include "lesson/front.h"
#include "lesson/print.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_NUMBER_MOST = 999999999 };

struct printer {
	struct str *to;
	const struct lesson *lesson;
	struct str prefix;      /* of the lines of the block being printed */
	bool begun;             /* the prefix of the next line is there already */
};

static void begin_line(struct printer *pr)
{
	if (!pr->begun)
		str_addn(pr->to, str_text(&pr->prefix), pr->prefix.len);
	pr->begun = false;
}

static void end_line(struct printer *pr)
{
	/* No line ends in white space, also not that of a prefix. */
	while (pr->to->len && pr->to->p[pr->to->len - 1] == ' ')
		str_cut(pr->to, pr->to->len - 1);
	str_addc(pr->to, '\n');
}

static void blank_line(struct printer *pr)
{
	begin_line(pr);
	end_line(pr);
}

static void print_lines(struct printer *pr, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		begin_line(pr);
		str_addn(pr->to, text, n);
		end_line(pr);
		text += n + (text[n] == '\n');
	}
}

/*
 * Leaves.
 */

static void print_heading(struct printer *pr, const struct block *block)
{
	begin_line(pr);
	for (int i = 0; i < block->level; i++)
		str_addc(pr->to, '#');
	str_addc(pr->to, ' ');
	spans_print(pr->to, &block->spans, PLACE_HEADING, "");
	end_line(pr);
}

static void print_paragraph(struct printer *pr, const struct block *block)
{
	begin_line(pr);
	spans_print(pr->to, &block->spans, PLACE_PARAGRAPH, str_text(&pr->prefix));
	end_line(pr);
}

static size_t longest_run(const char *text, char c)
{
	size_t longest = 0, run = 0;

	for (; *text; text++) {
		run = *text == c ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

static void add_fence(struct str *to, char c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_addc(to, c);
}

/* A language with a backtick in it cannot follow backticks. */
static void print_code(struct printer *pr, const struct block *block)
{
	const char *info = block->info ? block->info : "";
	char c = strchr(info, '`') ? '~' : '`';
	size_t n = longest_run(block->text, c) < 3 ? 3 : longest_run(block->text, c) + 1;

	begin_line(pr);
	add_fence(pr->to, c, n);
	if (*info == c)
		str_addc(pr->to, ' ');
	for (const char *p = info; *p; p++) {
		if (*p == '\\' || *p == '&')
			str_addc(pr->to, '\\');
		str_addc(pr->to, *p);
	}
	end_line(pr);
	print_lines(pr, block->text);
	begin_line(pr);
	add_fence(pr->to, c, n);
	end_line(pr);
}

static void print_rule(struct printer *pr)
{
	begin_line(pr);
	str_add(pr->to, "***");
	end_line(pr);
}

static void print_comment(struct printer *pr, const struct block *block)
{
	char *text = str_make("<!-- %s -->", block->text);

	print_lines(pr, text);
	free(text);
}

static void print_row(struct printer *pr, const struct block *row)
{
	begin_line(pr);
	str_addc(pr->to, '|');
	for (size_t i = 0; i < row->children.n; i++) {
		str_addc(pr->to, ' ');
		spans_print(pr->to, &row->children.at[i].spans, PLACE_CELL, "");
		str_add(pr->to, " |");
	}
	end_line(pr);
}

static const char *align_text(enum align align)
{
	switch (align) {
	case ALIGN_NONE:
		return "---|";
	case ALIGN_LEFT:
		return ":--|";
	case ALIGN_CENTER:
		return ":-:|";
	case ALIGN_RIGHT:
		return "--:|";
	}
	return "---|";
}

static void print_table(struct printer *pr, const struct block *table)
{
	const struct block *header = &table->children.at[0];

	print_row(pr, header);
	begin_line(pr);
	str_addc(pr->to, '|');
	for (size_t i = 0; i < header->children.n; i++)
		str_add(pr->to, align_text(header->children.at[i].align));
	end_line(pr);
	for (size_t i = 1; i < table->children.n; i++)
		print_row(pr, &table->children.at[i]);
}

/* Whether BLOCK would belong to a lab if no directive stood before it. */
static bool follows_lab(const struct lesson *lesson, const struct block *block)
{
	const struct block *first = lesson->blocks.at;

	if (block < first || block >= first + lesson->blocks.n)
		return false;
	for (const struct block *b = block; b-- > first;) {
		if (b->kind == BLOCK_HEADING || b->kind == BLOCK_DEMO)
			return false;
		if (b->kind == BLOCK_COMMENT && lab_is(b->text))
			return true;
	}
	return false;
}

static void print_demo(struct printer *pr, const struct block *block, bool tight)
{
	const struct demo *demo = &pr->lesson->demos.at[block->demo];
	struct str s = {0};

	demo_print_directive(&s, demo);
	if (!s.len && follows_lab(pr->lesson, block))
		str_add(&s, "<!-- demo: -->");
	if (s.len) {
		print_lines(pr, str_text(&s));
		if (!tight)
			blank_line(pr);
	}
	str_cut(&s, 0);
	demo_print_table(&s, demo, NULL);
	print_lines(pr, str_text(&s));
	str_free(&s);
}

/* Its directive is a comment of its own. */
static void print_lab(struct printer *pr, const struct block *block)
{
	struct str s = {0};

	demo_print_table(&s, &pr->lesson->lab_tables.at[block->demo].demo, NULL);
	print_lines(pr, str_text(&s));
	str_free(&s);
}

/*
 * Containers.
 */

static void print_blocks(struct printer *pr, const struct blocks *blocks, bool tight, int depth);

static void print_quote(struct printer *pr, const struct block *block, int depth)
{
	size_t len = pr->prefix.len;

	begin_line(pr);
	str_add(pr->to, "> ");
	pr->begun = true;
	str_add(&pr->prefix, "> ");
	print_blocks(pr, &block->children, false, depth + 1);
	str_cut(&pr->prefix, len);
}

/* The mark of item I; OTHER tells lists apart that touch. */
static void item_mark(struct str *mark, const struct block *list, size_t i, bool other)
{
	long long number = (long long)list->level + (long long)i;

	if (list->level < 0)
		str_add(mark, other ? "+ " : "- ");
	else
		str_addf(mark, "%lld%s", number < ITEM_NUMBER_MOST ? number : ITEM_NUMBER_MOST,
			 other ? ") " : ". ");
}

static void print_item(struct printer *pr, const struct block *item, const char *mark, bool tight,
		       int depth)
{
	size_t len = pr->prefix.len;

	begin_line(pr);
	str_add(pr->to, mark);
	if (item->task != TASK_NONE)
		str_add(pr->to, item->task == TASK_RIGHT ? "[x] " : "[ ] ");
	for (size_t i = 0; mark[i]; i++)
		str_addc(&pr->prefix, ' ');
	pr->begun = true;
	/* An item that is seen to be empty takes the lines after it for its own. */
	if (item->children.n)
		print_blocks(pr, &item->children, tight, depth + 1);
	else
		print_lines(pr, "<!-- -->");
	str_cut(&pr->prefix, len);
}

static void print_list(struct printer *pr, const struct block *list, bool other, int depth)
{
	for (size_t i = 0; i < list->children.n; i++) {
		struct str mark = {0};

		if (i > 0 && !list->tight)
			blank_line(pr);
		item_mark(&mark, list, i, other);
		print_item(pr, &list->children.at[i], str_text(&mark), list->tight, depth);
		str_free(&mark);
	}
}

static void print_block(struct printer *pr, const struct block *block, bool tight, bool other,
			int depth)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		print_heading(pr, block);
		break;
	case BLOCK_PARAGRAPH:
		print_paragraph(pr, block);
		break;
	case BLOCK_CODE:
		print_code(pr, block);
		break;
	case BLOCK_LIST:
		print_list(pr, block, other, depth);
		break;
	case BLOCK_QUOTE:
		print_quote(pr, block, depth);
		break;
	case BLOCK_RULE:
		print_rule(pr);
		break;
	case BLOCK_TABLE:
		print_table(pr, block);
		break;
	case BLOCK_DEMO:
		print_demo(pr, block, tight);
		break;
	case BLOCK_LAB:
		print_lab(pr, block);
		break;
	case BLOCK_COMMENT:
		print_comment(pr, block);
		break;
	case BLOCK_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		break; /* printed by what they stand in */
	}
}

static bool same_list_kind(const struct block *a, const struct block *b)
{
	return a->kind == BLOCK_LIST && b->kind == BLOCK_LIST &&
	       (a->level < 0) == (b->level < 0);
}

/* Two lists that touch have different marks, and so has a list at the very start of an
 * item, since `- - -` is a rule. */
static void print_blocks(struct printer *pr, const struct blocks *blocks, bool tight, int depth)
{
	bool other = depth % 2;

	for (size_t i = 0; i < blocks->n; i++) {
		if (i > 0 && !tight)
			blank_line(pr);
		if (i > 0 && same_list_kind(&blocks->at[i - 1], &blocks->at[i]))
			other = !other;
		print_block(pr, &blocks->at[i], tight, other, depth);
	}
}

void lesson_print(struct str *to, const struct lesson *lesson)
{
	struct printer pr = {.to = to, .lesson = lesson};
	char *title = lesson_default_title(lesson);

	front_print(to, lesson, title);
	print_blocks(&pr, &lesson->blocks, false, 0);
	str_free(&pr.prefix);
	free(title);
}
