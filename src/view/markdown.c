#include "view/markdown.h"

#include "base/utf8.h"
#include "course/comment.h"
#include "course/fact.h"
#include "course/predict.h"
#include "view/mdtable.h"

#include <stdio.h>
#include <string.h>

/* What stands before a block's lines: FIRST before the first, REST before the others. */
struct indent {
	char *first;
	char *rest;
	int columns;
};

struct setter {
	struct layout *layout;
	struct lines *lines;
	const struct lesson *lesson;
	const struct prediction *hidden; /* one for each demo, or NULL */
	int width;
	int most;
	struct links links;
	size_t noted;            /* footnotes that were printed */
	int depth;               /* of lists */
};

static void set_blocks(struct setter *s, const struct block *list, size_t n, struct indent *in,
		       bool tight);

/* INDENT with more text behind it. */
static struct indent indent_more(const struct indent *in, const char *first, const char *rest,
				 int columns)
{
	return (struct indent){str_make("%s%s", in->first, first), str_make("%s%s", in->rest, rest),
			       in->columns + columns};
}

static void indent_free(struct indent *in)
{
	free(in->first);
	free(in->rest);
}

/* The first line has been set: from now on all begin as the others. */
static void indent_used(struct indent *in)
{
	free(in->first);
	in->first = mem_strdup(in->rest);
}

static void gap(struct setter *s, const struct indent *in)
{
	if (s->lines->list.n == 0)
		return;
	line_add(lines_add(s->lines), STYLE_DIM, in->rest);
}

/* The gap after a heading, or after a line that leads to the next block, goes with it. */
static void glue_gap(struct setter *s)
{
	size_t n = s->lines->list.n;

	if (n > 1 && s->lines->list.at[n - 2].glue)
		s->lines->list.at[n - 1].glue = true;
}

static void glue_from(struct setter *s, size_t first)
{
	for (size_t i = first; i < s->lines->list.n; i++)
		s->lines->list.at[i].glue = true;
}

/* Spans as lines; returns the index of the first. */
static size_t set_spans(struct setter *s, const struct block *b, struct indent *in,
			enum style style)
{
	size_t first = s->lines->list.n;
	struct flow *f = flow_start(s->lines, s->width, in->first, in->rest, STYLE_DIM);

	spans_flow(f, b, style, &s->links);
	flow_end(f);
	indent_used(in);
	return first;
}

static char *plain_text(const struct block *b)
{
	struct str text = {0};

	for (size_t i = 0; i < b->spans.n; i++)
		str_add(&text, b->spans.at[i].text ? b->spans.at[i].text : " ");
	return str_take(&text);
}

static void set_heading(struct setter *s, const struct block *b, struct indent *in)
{
	struct heading_place place = {b->level, plain_text(b), s->lines->list.n};
	size_t first = set_spans(s, b, in, b->level <= 2 ? STYLE_HEADING : STYLE_BOLD);

	s->lines->list.at[first].heading = (int)s->layout->headings.n;
	vec_push(&s->layout->headings, place);
	glue_from(s, first);
}

static bool ends_in_colon(const struct block *b)
{
	const struct span *last = b->spans.n ? &b->spans.at[b->spans.n - 1] : NULL;
	size_t n = last && last->text ? strlen(last->text) : 0;

	return n > 0 && last->text[n - 1] == ':';
}

/* The question that B is the stem of, or the list, or -1. */
static int question_of(const struct setter *s, const struct block *b)
{
	const struct questions *questions = &s->layout->questions;

	for (size_t i = 0; i < questions->list.n; i++)
		if (questions->list.at[i].stem == b || questions->list.at[i].list == b)
			return (int)i;
	return -1;
}

/* All of a stem stays with its answers. */
static void mark_stem(struct setter *s, size_t first, int question)
{
	for (size_t i = first; i < s->lines->list.n; i++) {
		s->lines->list.at[i].question = question;
		s->lines->list.at[i].glue = true;
	}
}

/* A paragraph's first two lines stay together, and its last two. */
static void set_paragraph(struct setter *s, const struct block *b, struct indent *in)
{
	size_t first = set_spans(s, b, in, STYLE_NORMAL), end = s->lines->list.n;

	if (end - first > 1) {
		s->lines->list.at[first].glue = true;
		s->lines->list.at[end - 2].glue = true;
	}
	s->lines->list.at[end - 1].glue = ends_in_colon(b);
	if (question_of(s, b) >= 0)
		mark_stem(s, first, question_of(s, b));
}

static void set_code(struct setter *s, const struct block *b, struct indent *in)
{
	struct indent inner = indent_more(in, "  ", "  ", 2);
	const char *text = b->text ? b->text : "";
	size_t first = s->lines->list.n;

	do {
		size_t n = strcspn(text, "\n");
		char *line = mem_strndup(text, n);
		struct flow *f = flow_start(s->lines, s->most, inner.first, inner.rest, STYLE_DIM);

		flow_raw(f, STYLE_CODE, line);
		flow_end(f);
		free(line);
		indent_used(&inner);
		text += n + (text[n] == '\n');
	} while (*text);
	glue_from(s, first);
	s->lines->list.at[s->lines->list.n - 1].glue = false;
	indent_free(&inner);
	indent_used(in);
}

const char *layout_box(bool ascii)
{
	return ascii ? "[ ]" : "☐";
}

static void item_mark(const struct setter *s, const struct block *list, size_t i, struct str *mark)
{
	static const char *const bullets[] = {"•", "◦", "-"};

	if (list->children.at[i].task != TASK_NONE)
		str_addf(mark, "%s ", layout_box(s->lines->ascii));
	else if (list->level >= 0)
		str_addf(mark, "%d. ", list->level + (int)i);
	else
		str_addf(mark, "%s ", bullets[s->depth < 3 ? s->depth : 2]);
}

static void set_item(struct setter *s, const struct block *list, size_t i, struct indent *in)
{
	const struct block *item = &list->children.at[i];
	struct str mark = {0};
	char *rest;
	struct indent inner;
	int columns;

	item_mark(s, list, i, &mark);
	columns = (int)utf8_columns(str_text(&mark));
	rest = str_make("%*s", columns, "");
	inner = indent_more(in, str_text(&mark), rest, columns);
	s->depth++;
	if (item->children.n)
		set_blocks(s, item->children.at, item->children.n, &inner, list->tight);
	else
		line_add(lines_add(s->lines), STYLE_DIM, inner.first);
	s->depth--;
	indent_used(in);
	indent_free(&inner);
	free(rest);
	str_free(&mark);
}

static void set_answer(struct setter *s, const struct answer *answer, size_t number,
		       struct indent *in)
{
	char *mark = str_make("%s %zu  ", layout_box(s->lines->ascii), number);
	int columns = (int)utf8_columns(mark);
	char *rest = str_make("%*s", columns, "");
	struct indent inner = indent_more(in, mark, rest, columns);

	set_spans(s, answer->text, &inner, STYLE_NORMAL);
	indent_used(in);
	indent_free(&inner);
	free(rest);
	free(mark);
}

/* A question's answers; why they are right or wrong is not told here. */
static void set_answers(struct setter *s, int question, struct indent *in)
{
	const struct question *q = &s->layout->questions.list.at[question];
	size_t begin = s->lines->list.n;

	for (size_t i = 0; i < q->answers.n; i++) {
		size_t first = s->lines->list.n;

		set_answer(s, &q->answers.at[i], i + 1, in);
		s->lines->list.at[first].answer_head = true;
		for (size_t k = first; k < s->lines->list.n; k++)
			s->lines->list.at[k].answer = (int)i;
	}
	mark_stem(s, begin, question);
	if (s->lines->list.n)
		s->lines->list.at[s->lines->list.n - 1].glue = false;
}

static void set_list(struct setter *s, const struct block *b, struct indent *in)
{
	int question = question_of(s, b);

	if (question >= 0) {
		set_answers(s, question, in);
		return;
	}
	for (size_t i = 0; i < b->children.n; i++) {
		if (i > 0 && !b->tight)
			gap(s, in);
		set_item(s, b, i, in);
	}
}

static void set_quote(struct setter *s, const struct block *b, struct indent *in)
{
	struct indent inner = indent_more(in, "│ ", "│ ", 2);

	set_blocks(s, b->children.at, b->children.n, &inner, false);
	indent_free(&inner);
	indent_used(in);
}

static void set_rule(struct setter *s, struct indent *in)
{
	struct line *line = lines_add(s->lines);

	line_add(line, STYLE_DIM, in->first);
	for (int i = in->columns; i < s->width; i++)
		line_add(line, STYLE_DIM, "─");
	indent_used(in);
}

/* The fact that the comment B asks for, if it is one, appended to TO (may be NULL). */
static bool fact_here(struct str *to, const struct block *b)
{
	const char *p = b->kind == BLOCK_COMMENT && b->text ? comment_after(b->text, "here") : NULL;
	struct comment_pair pair;
	struct str text = {0};
	bool found = false;

	if (!p || !comment_next(&p, &pair))
		return false;
	found = fact_print(&text, pair.key);
	if (to)
		str_add(to, str_text(&text));
	comment_pair_free(&pair);
	str_free(&text);
	return found;
}

/* Whether there is anything of block I to see. */
static bool shows(const struct block *list, size_t i)
{
	if (list[i].aside)
		return false;
	if (i > 0 && list[i].kind == BLOCK_PARAGRAPH && block_is_note(&list[i - 1]))
		return false;
	return list[i].kind != BLOCK_COMMENT || fact_here(NULL, &list[i]);
}

static void set_fact(struct setter *s, const struct block *b, struct indent *in)
{
	struct str text = {0};
	struct flow *f;

	if (!fact_here(&text, b))
		return;
	f = flow_start(s->lines, s->width, in->first, in->rest, STYLE_DIM);
	flow_text(f, STYLE_NORMAL, str_text(&text));
	flow_end(f);
	indent_used(in);
	str_free(&text);
}

static void set_one(struct setter *s, const struct block *b, struct indent *in)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		set_heading(s, b, in);
		return;
	case BLOCK_PARAGRAPH:
		set_paragraph(s, b, in);
		return;
	case BLOCK_CODE:
		set_code(s, b, in);
		return;
	case BLOCK_LIST:
		set_list(s, b, in);
		return;
	case BLOCK_QUOTE:
		set_quote(s, b, in);
		return;
	case BLOCK_RULE:
		set_rule(s, in);
		return;
	case BLOCK_TABLE:
		table_lines(s->lines, b, s->width - in->columns, in->first, &s->links);
		return;
	case BLOCK_DEMO:
		demo_lines(s->lines, &s->lesson->demos.at[b->demo], (int)b->demo,
			   s->width - in->columns, in->first,
			   s->hidden ? &s->hidden[b->demo] : NULL);
		return;
	case BLOCK_LAB:
		demo_lines(s->lines, &s->lesson->lab_tables.at[b->demo].demo, -1,
			   s->width - in->columns, in->first, NULL);
		if (!b->aside)
			lab_foot(s->lines, s->lesson, s->lesson->lab_tables.at[b->demo].lab,
				 in->first);
		return;
	case BLOCK_COMMENT:
		set_fact(s, b, in);
		return;
	case BLOCK_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		return;
	}
}

static void set_block(struct setter *s, const struct block *b, struct indent *in)
{
	size_t first = s->lines->list.n;

	set_one(s, b, in);
	if (s->lines->list.n > first)
		s->lines->list.at[first].block = b->line;
}

static void set_blocks(struct setter *s, const struct block *list, size_t n, struct indent *in,
		       bool tight)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (!shows(list, i))
			continue;
		if (any && !tight) {
			gap(s, in);
			glue_gap(s);
		}
		set_block(s, &list[i], in);
		any = true;
	}
}

/* The addresses of the links since the last time. */
static void set_footnotes(struct setter *s)
{
	for (; s->noted < s->links.list.n; s->noted++) {
		char *mark = str_make("[%zu] ", s->noted + 1);
		struct flow *f = flow_start(s->lines, s->most, mark, "    ", STYLE_DIM);

		s->lines->list.at[s->lines->list.n - 1].glue = true;
		flow_text(f, STYLE_DIM, s->links.list.at[s->noted]);
		flow_end(f);
		free(mark);
	}
}

void layout_make(struct layout *layout, const struct lesson *lesson, int width, int most,
		 bool ascii)
{
	layout_make_hiding(layout, lesson, width, most, ascii, NULL);
}

void block_lines(struct lines *out, int width, const struct lesson *lesson, const struct block *b)
{
	struct layout none = {.lines.ascii = out->ascii};
	struct setter s = {.layout = &none, .lines = out, .lesson = lesson, .width = width,
			   .most = width};
	struct indent in = {mem_strdup(""), mem_strdup(""), 0};

	if (b->kind != BLOCK_COMMENT)
		set_one(&s, b, &in);
	indent_free(&in);
	vec_free(&s.links.list);
}

/* The text after a demo that the lesson lets one predict tells how it went. It is on another page
 * also when nothing is asked (any more): a place keeps its page. */
static void end_page_after(struct setter *s, const struct block *b)
{
	if (b->kind == BLOCK_DEMO && predict_is_given(s->lesson, b->demo))
		s->lines->list.at[s->lines->list.n - 1].page_ends = true;
}

void layout_make_hiding(struct layout *layout, const struct lesson *lesson, int width, int most,
			bool ascii, const struct prediction *hidden)
{
	struct setter s = {.layout = layout, .lesson = lesson, .hidden = hidden, .width = width,
			   .most = most};
	bool any = false;

	*layout = (struct layout){.lines.ascii = ascii};
	s.lines = &layout->lines;
	questions_find(&layout->questions, lesson);
	for (size_t i = 0; i < lesson->blocks.n; i++) {
		struct indent in = {mem_strdup(""), mem_strdup(""), 0};

		if (shows(lesson->blocks.at, i)) {
			if (any) {
				gap(&s, &in);
				glue_gap(&s);
			}
			set_block(&s, &lesson->blocks.at[i], &in);
			set_footnotes(&s);
			end_page_after(&s, &lesson->blocks.at[i]);
			any = true;
		}
		indent_free(&in);
	}
	vec_free(&s.links.list);
}
