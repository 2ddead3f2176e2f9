#include "lesson/builder.h"

#include "base/mem.h"
#include "lesson/bars.h"
#include "lesson/html.h"

#include <stdlib.h>
#include <string.h>

/*
 * Lines.
 */

void builder_find_lines(struct builder *b)
{
	const char *p = b->source->text;

	while (p) {
		vec_push(&b->starts, p);
		p = memchr(p, '\n', (size_t)(b->source->end - p));
		p = p ? p + 1 : NULL;
	}
}

static int line_of(const struct builder *b, const char *p)
{
	size_t low = 0, high = b->starts.n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (b->starts.at[middle] <= p)
			low = middle;
		else
			high = middle;
	}
	return (int)low + b->source->line;
}

/* Some of what md4c hands out is its own text: then the line is the last one known. */
void builder_see(struct builder *b, const char *p)
{
	if (p < b->source->text || p >= b->source->end)
		return;
	b->line = line_of(b, p);
	for (size_t i = b->open.n; i-- > 0 && b->open.at[i].line == 0;)
		b->open.at[i].line = b->line;
}

/*
 * Blocks.
 */

struct block *builder_top(struct builder *b)
{
	return b->open.n ? &b->open.at[b->open.n - 1] : NULL;
}

void builder_open(struct builder *b, enum block_kind kind)
{
	vec_push(&b->open, (struct block){.kind = kind});
}

static void add_done(struct builder *b, struct block block)
{
	struct block *parent = builder_top(b);

	if (parent)
		vec_push(&parent->children, block);
	else
		vec_push(b->done, block);
}

/* Rows follow each other line by line, below the header and the line under it. */
static void number_rows(struct block *table)
{
	int header = 0;

	for (size_t i = 0; i < table->children.n && header <= 0; i++)
		if (table->children.at[i].line > 0)
			header = table->children.at[i].line - (int)i - (i > 0);
	table->line = header > 0 ? header : table->line;
	for (size_t i = 0; i < table->children.n; i++)
		table->children.at[i].line = table->line + (int)i + (i > 0);
}

/* Whether there is nothing left of a block that would be printed. */
static bool is_nothing(const struct block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
	case BLOCK_PARAGRAPH:
		return block->spans.n == 0;
	case BLOCK_LIST:
	case BLOCK_QUOTE:
	case BLOCK_TABLE:
		return block->children.n == 0;
	case BLOCK_CODE:
	case BLOCK_ITEM:
	case BLOCK_RULE:
	case BLOCK_ROW:
	case BLOCK_CELL:
	case BLOCK_DEMO:
	case BLOCK_LAB:
	case BLOCK_COMMENT:
		break;
	}
	return false;
}

static void tidy_table(const struct builder *b, struct block *table)
{
	struct source_lines lines = {b->starts.at, b->starts.n, b->source->line, b->source->end};

	number_rows(table);
	bars_count(table, &lines);
	bars_mend(table, &lines);
}

/* An answer is text: after its box nothing else can begin (an underlined heading is text
 * until its line comes). */
static void tidy_item(struct block *item)
{
	struct block *first = item->children.n ? &item->children.at[0] : NULL;

	if (item->task == TASK_NONE || !first)
		return;
	if (first->kind == BLOCK_HEADING) {
		first->kind = BLOCK_PARAGRAPH;
		first->level = 0;
	}
	if (first->kind != BLOCK_PARAGRAPH)
		item->task = TASK_NONE;
}

static void tidy_block(const struct builder *b, struct block *block)
{
	switch (block->kind) {
	case BLOCK_PARAGRAPH:
		spans_tidy(&block->spans, true);
		break;
	case BLOCK_HEADING:
	case BLOCK_CELL:
		spans_tidy(&block->spans, false);
		break;
	case BLOCK_LIST:
		block_tidy_list(block);
		break;
	case BLOCK_TABLE:
		tidy_table(b, block);
		break;
	case BLOCK_CODE:
		html_tidy_lines(&block->text, true);
		break;
	case BLOCK_ITEM:
		tidy_item(block);
		break;
	case BLOCK_QUOTE:
	case BLOCK_RULE:
	case BLOCK_ROW:
	case BLOCK_DEMO:
	case BLOCK_LAB:
	case BLOCK_COMMENT:
		break;
	}
}

/* Comments that stood inside a paragraph or a table come after it. */
void builder_release_held(struct builder *b)
{
	const struct block *parent = builder_top(b);

	if (parent && parent->kind != BLOCK_ITEM && parent->kind != BLOCK_QUOTE)
		return;
	for (size_t i = 0; i < b->held.n; i++)
		add_done(b, b->held.at[i]);
	b->held.n = 0;
}

/* Nothing is added to a block that is closed: it keeps no room for more. */
static void shrink(struct block *block)
{
	if (block->children.n > 0) {
		block->children.cap = block->children.n;
		block->children.at = mem_resize(block->children.at, block->children.n,
						sizeof *block->children.at);
	}
	if (block->spans.n > 0) {
		block->spans.cap = block->spans.n;
		block->spans.at = mem_resize(block->spans.at, block->spans.n,
					     sizeof *block->spans.at);
	}
}

void builder_close(struct builder *b)
{
	struct block block = b->open.at[--b->open.n];

	if (block.line == 0 && block.kind != BLOCK_ROW && block.kind != BLOCK_CELL)
		block.line = b->line;
	tidy_block(b, &block);
	shrink(&block);
	if (is_nothing(&block))
		block_free(&block);
	else
		add_done(b, block);
	builder_release_held(b);
}

void builder_close_implicit(struct builder *b)
{
	builder_flush_html(b);
	if (b->implicit) {
		b->implicit = false;
		builder_close(b);
	}
}

/*
 * HTML.
 */

struct html_use {
	struct builder *builder;
	bool block;             /* an HTML block, not HTML inside a paragraph */
};

static unsigned style_now(const struct builder *b)
{
	unsigned style = 0;

	for (int i = 0; i < BUILDER_STYLES; i++)
		if (b->styles[i] > 0)
			style |= 1u << i;
	if (style & SPAN_LINK)
		style &= ~(unsigned)SPAN_IMAGE;
	if (style & SPAN_IMAGE)
		style = SPAN_IMAGE;
	return style;
}

void builder_text(struct builder *b, const char *p, size_t n)
{
	unsigned style = style_now(b);
	struct block *block = builder_top(b);
	bool linked;

	if (!block || block->kind == BLOCK_ITEM || block->kind == BLOCK_QUOTE) {
		builder_open(b, BLOCK_PARAGRAPH);
		b->implicit = true;
		block = builder_top(b);
		block->line = b->line;
	}
	/* md4c may close a link inside an image, or the other way round. */
	if (!b->href)
		style &= ~(unsigned)(SPAN_LINK | SPAN_IMAGE);
	linked = style & (SPAN_LINK | SPAN_IMAGE);
	spans_add(&block->spans, style, p, n, linked ? b->href : NULL);
	b->named = b->named || linked;
}

static void use_comment(void *user, char *text, int line)
{
	struct html_use *use = user;
	struct block block = {.kind = BLOCK_COMMENT, .line = line, .text = text};

	if (!*text)
		free(text); /* it only keeps apart what stands around it */
	else if (use->block)
		add_done(use->builder, block);
	else
		vec_push(&use->builder->held, block);
}

/* HTML that is no comment is shown as it is written. */
static void use_other(void *user, const char *p, size_t n, int line)
{
	struct html_use *use = user;
	struct block block = {.kind = BLOCK_PARAGRAPH, .line = line};

	if (!use->block) {
		builder_text(use->builder, p, n);
		return;
	}
	spans_add(&block.spans, 0, p, n, NULL);
	spans_tidy(&block.spans, true);
	if (block.spans.n)
		add_done(use->builder, block);
	else
		block_free(&block);
}

static void split_html(struct builder *b, bool block, int line)
{
	struct html_use use = {b, block};
	struct html_user user = {use_comment, use_other, &use};
	struct str text = b->html;

	b->html = (struct str){0};
	if (!html_split(str_text(&text), text.len, line, &user))
		errs_add(b->errs, b->source->file, line,
			 "this comment has no end; it needs -->");
	str_free(&text);
}

void builder_flush_html(struct builder *b)
{
	const struct block *block = builder_top(b);

	if (b->html.len > 0 && !(block && block->kind == BLOCK_COMMENT))
		split_html(b, false, b->line);
}

/* An HTML block was collected as text: it becomes comments and paragraphs. */
void builder_close_html(struct builder *b)
{
	struct block block = b->open.at[--b->open.n];

	split_html(b, true, block.line ? block.line : b->line);
	block_free(&block);
}

/*
 * The end.
 */

static void free_all(struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++)
		block_free(&blocks->at[i]);
	vec_free(blocks);
}

void block_free(struct block *block)
{
	free_all(&block->children);
	spans_free(&block->spans);
	free(block->text);
	free(block->info);
	*block = (struct block){0};
}

void builder_free(struct builder *b)
{
	vec_free(&b->open);
	vec_free(&b->held);
	vec_free(&b->starts);
	str_free(&b->html);
	free(b->href);
}
