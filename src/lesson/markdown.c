#include "lesson/markdown.h"

#include "base/mem.h"
#include "lesson/bars.h"
#include "lesson/entity.h"
#include "lesson/html.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS_MOST = 64,         /* of a table: md4c fills up short rows, row for row */
	HREFS_MOST = 4 << 20,      /* bytes of link targets: references may repeat a long one */
	STYLES = 6,                /* SPAN_EM to SPAN_STRIKE */
};

struct builder {
	const struct source *source;
	struct errs *errs;
	struct blocks *done;          /* blocks of the document */
	struct blocks open;           /* those being built, outermost first */
	struct blocks held;           /* comments inside a paragraph, which come after it */
	VEC(const char *) starts;     /* of the lines */
	int line;                     /* the newest that is known */
	int depth;                    /* open lists and quotes */
	int skipped;                  /* those that are nested too deeply */
	int styles[STYLES];           /* how many spans of each style are open */
	char *href;                   /* of the open link or image; owned */
	bool named;                   /* that has text */
	size_t hrefs;                 /* bytes of all so far */
	struct str html;              /* raw HTML being collected */
	bool implicit;                /* the newest open block is a paragraph md4c left out */
};

/*
 * Lines.
 */

static void find_lines(struct builder *b)
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
	return (int)low + 1;
}

/* Some of what md4c hands out is its own text: then the line is the last one known. */
static void see_text(struct builder *b, const char *p)
{
	if (p < b->source->start || p >= b->source->end)
		return;
	b->line = line_of(b, p);
	for (size_t i = b->open.n; i-- > 0 && b->open.at[i].line == 0;)
		b->open.at[i].line = b->line;
}

/*
 * Blocks.
 */

static struct block *top(struct builder *b)
{
	return b->open.n ? &b->open.at[b->open.n - 1] : NULL;
}

static void open_block(struct builder *b, enum block_kind kind)
{
	vec_push(&b->open, (struct block){.kind = kind});
}

static void add_done(struct builder *b, struct block block)
{
	struct block *parent = top(b);

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
	case BLOCK_COMMENT:
		break;
	}
	return false;
}

static void tidy_table(const struct builder *b, struct block *table)
{
	struct source_lines lines = {b->starts.at, b->starts.n, b->source->end};

	number_rows(table);
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
	case BLOCK_COMMENT:
		break;
	}
}

/* Comments that stood inside a paragraph or a table come after it. */
static void release_held(struct builder *b)
{
	const struct block *parent = top(b);

	if (parent && parent->kind != BLOCK_ITEM && parent->kind != BLOCK_QUOTE)
		return;
	for (size_t i = 0; i < b->held.n; i++)
		add_done(b, b->held.at[i]);
	b->held.n = 0;
}

static void close_block(struct builder *b)
{
	struct block block = b->open.at[--b->open.n];

	if (block.line == 0 && block.kind != BLOCK_ROW && block.kind != BLOCK_CELL)
		block.line = b->line;
	tidy_block(b, &block);
	if (is_nothing(&block))
		block_free(&block);
	else
		add_done(b, block);
	release_held(b);
}

static void flush_html(struct builder *b);

static void close_implicit(struct builder *b)
{
	flush_html(b);
	if (b->implicit) {
		b->implicit = false;
		close_block(b);
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

	for (int i = 0; i < STYLES; i++)
		if (b->styles[i] > 0)
			style |= 1u << i;
	if (style & SPAN_LINK)
		style &= ~(unsigned)SPAN_IMAGE;
	if (style & SPAN_IMAGE)
		style = SPAN_IMAGE;
	return style;
}

static void add_text(struct builder *b, const char *p, size_t n)
{
	unsigned style = style_now(b);
	bool linked = style & (SPAN_LINK | SPAN_IMAGE);
	struct block *block = top(b);

	if (!block || block->kind == BLOCK_ITEM || block->kind == BLOCK_QUOTE) {
		open_block(b, BLOCK_PARAGRAPH);
		b->implicit = true;
		block = top(b);
		block->line = b->line;
	}
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
		add_text(use->builder, p, n);
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

static void flush_html(struct builder *b)
{
	const struct block *block = top(b);

	if (b->html.len > 0 && !(block && block->kind == BLOCK_COMMENT))
		split_html(b, false, b->line);
}

/*
 * md4c's callbacks: blocks.
 */

static bool is_nesting(MD_BLOCKTYPE type)
{
	return type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_QUOTE;
}

/* Lists and quotes that are nested too deeply lose their frame, not their text. */
static bool skips_enter(struct builder *b, MD_BLOCKTYPE type)
{
	if (is_nesting(type)) {
		if (b->skipped > 0 || b->depth == LESSON_MOST_DEPTH) {
			if (b->skipped++ == 0)
				errs_add(b->errs, b->source->file, b->line,
					 "lists and quotes are nested more than %d deep; a lesson "
					 "needs three at most", LESSON_MOST_DEPTH);
			return true;
		}
		b->depth++;
	}
	return type == MD_BLOCK_LI && b->skipped > 0;
}

static bool skips_leave(struct builder *b, MD_BLOCKTYPE type)
{
	if (b->skipped > 0 && (is_nesting(type) || type == MD_BLOCK_LI)) {
		b->skipped -= is_nesting(type);
		return true;
	}
	b->depth -= is_nesting(type);
	return false;
}

static enum align align_of(MD_ALIGN align)
{
	switch (align) {
	case MD_ALIGN_DEFAULT:
		return ALIGN_NONE;
	case MD_ALIGN_LEFT:
		return ALIGN_LEFT;
	case MD_ALIGN_CENTER:
		return ALIGN_CENTER;
	case MD_ALIGN_RIGHT:
		return ALIGN_RIGHT;
	}
	return ALIGN_NONE;
}

/* A link's target or a code block's language, with its references resolved. */
static char *attribute(const MD_ATTRIBUTE *a)
{
	struct str s = {0};
	char *clean;

	for (int i = 0; a->text && a->substr_offsets[i] < a->size; i++) {
		const char *p = a->text + a->substr_offsets[i];
		size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];

		if (a->substr_types[i] == MD_TEXT_ENTITY)
			entity_add(&s, p, n);
		else
			str_addn(&s, p, n);
	}
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] == '\t' || s.p[i] == '\n')
			s.p[i] = ' ';
	clean = html_trim(str_text(&s), s.len);
	str_free(&s);
	return clean;
}

static void enter_item(struct builder *b, const MD_BLOCK_LI_DETAIL *detail)
{
	open_block(b, BLOCK_ITEM);
	if (detail->is_task)
		top(b)->task = detail->task_mark == ' ' ? TASK_OPEN : TASK_RIGHT;
}

static void enter_code(struct builder *b, const MD_BLOCK_CODE_DETAIL *detail)
{
	char *info = attribute(&detail->info);

	open_block(b, BLOCK_CODE);
	top(b)->level = detail->fence_char != 0;
	if (*info)
		top(b)->info = info;
	else
		free(info);
}

static int enter_table(struct builder *b, const MD_BLOCK_TABLE_DETAIL *detail)
{
	if (detail->col_count > COLUMNS_MOST) {
		errs_add(b->errs, b->source->file, b->line,
			 "a table after this line has %u columns; at most %d can be shown, and "
			 "what follows is left out", detail->col_count, COLUMNS_MOST);
		return 1;
	}
	open_block(b, BLOCK_TABLE);
	return 0;
}

static void enter_list(struct builder *b, int level, int tight)
{
	open_block(b, BLOCK_LIST);
	top(b)->level = level;
	top(b)->tight = tight != 0;
}

static int open_for(struct builder *b, MD_BLOCKTYPE type, void *detail)
{
	switch (type) {
	case MD_BLOCK_DOC:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
		return 0;
	case MD_BLOCK_QUOTE:
		open_block(b, BLOCK_QUOTE);
		return 0;
	case MD_BLOCK_UL:
		enter_list(b, -1, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight);
		return 0;
	case MD_BLOCK_OL:
		enter_list(b, (int)((MD_BLOCK_OL_DETAIL *)detail)->start,
			   ((MD_BLOCK_OL_DETAIL *)detail)->is_tight);
		return 0;
	case MD_BLOCK_LI:
		enter_item(b, detail);
		return 0;
	case MD_BLOCK_HR:
		open_block(b, BLOCK_RULE);
		return 0;
	case MD_BLOCK_H:
		open_block(b, BLOCK_HEADING);
		top(b)->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
		return 0;
	case MD_BLOCK_CODE:
		enter_code(b, detail);
		return 0;
	case MD_BLOCK_HTML:
		open_block(b, BLOCK_COMMENT);
		return 0;
	case MD_BLOCK_P:
		open_block(b, BLOCK_PARAGRAPH);
		return 0;
	case MD_BLOCK_TABLE:
		return enter_table(b, detail);
	case MD_BLOCK_TR:
		open_block(b, BLOCK_ROW);
		return 0;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		open_block(b, BLOCK_CELL);
		top(b)->align = align_of(((MD_BLOCK_TD_DETAIL *)detail)->align);
		return 0;
	}
	return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	close_implicit(b);
	return skips_enter(b, type) ? 0 : open_for(b, type, detail);
}

/* An HTML block was collected as text: it becomes comments and paragraphs. */
static void close_html(struct builder *b)
{
	struct block block = b->open.at[--b->open.n];

	split_html(b, true, block.line ? block.line : b->line);
	block_free(&block);
}

static void close_code(struct builder *b)
{
	struct block *block = top(b);

	block->text = str_take(&b->html);
	if (block->level && block->line > 1)
		block->line--; /* the fence stands above the first line of the text */
	block->level = 0;
	close_block(b);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	(void)detail;
	if (type == MD_BLOCK_HTML || type == MD_BLOCK_CODE) {
		(type == MD_BLOCK_HTML ? close_html : close_code)(b);
		return 0;
	}
	close_implicit(b);
	if (type == MD_BLOCK_DOC || type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY ||
	    skips_leave(b, type))
		return 0;
	close_block(b);
	return 0;
}

/*
 * md4c's callbacks: spans and text.
 */

static int style_index(MD_SPANTYPE type)
{
	switch (type) {
	case MD_SPAN_EM:
		return 0;
	case MD_SPAN_STRONG:
		return 1;
	case MD_SPAN_CODE:
		return 2;
	case MD_SPAN_A:
		return 3;
	case MD_SPAN_IMG:
		return 4;
	case MD_SPAN_DEL:
		return 5;
	case MD_SPAN_LATEXMATH:
	case MD_SPAN_LATEXMATH_DISPLAY:
	case MD_SPAN_WIKILINK:
	case MD_SPAN_U:
		break;
	}
	return -1;
}

/* Whether a link is opened or closed that is not inside another or an image. */
static bool is_outer_link(const struct builder *b, MD_SPANTYPE type)
{
	return (type == MD_SPAN_A || type == MD_SPAN_IMG) && b->styles[3] + b->styles[4] == 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	flush_html(b);
	if (is_outer_link(b, type)) {
		b->href = attribute(type == MD_SPAN_A ? &((MD_SPAN_A_DETAIL *)detail)->href
						      : &((MD_SPAN_IMG_DETAIL *)detail)->src);
		b->hrefs += strlen(b->href);
		b->named = false;
	}
	if (style_index(type) >= 0)
		b->styles[style_index(type)]++;
	if (b->hrefs <= HREFS_MOST)
		return 0;
	errs_add(b->errs, b->source->file, b->line, "the targets of all links together are longer "
		 "than %d bytes; what follows is left out", HREFS_MOST);
	return 1;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	(void)detail;
	flush_html(b);
	/* A link or image without a text is shown as its target. */
	if ((type == MD_SPAN_A || type == MD_SPAN_IMG) && b->href && !b->named)
		add_text(b, b->href, strlen(b->href));
	if (style_index(type) >= 0)
		b->styles[style_index(type)]--;
	if (is_outer_link(b, type)) {
		free(b->href);
		b->href = NULL;
	}
	return 0;
}

static void add_break(struct builder *b)
{
	struct block *block = top(b);

	if (block && block->kind != BLOCK_ITEM && block->kind != BLOCK_QUOTE)
		spans_add(&block->spans, b->styles[4] ? 0 : SPAN_BREAK, b->styles[4] ? " " : "",
			  b->styles[4] ? 1 : 0, NULL);
}

/* In a table `\|` inside code stands for `|`. */
static void add_code(struct builder *b, const char *p, size_t n)
{
	const struct block *block = top(b);
	struct str s = {0};

	for (size_t i = 0; i < n; i++)
		if (!(p[i] == '\\' && i + 1 < n && p[i + 1] == '|' && block &&
		      block->kind == BLOCK_CELL))
			str_addc(&s, p[i]);
	add_text(b, str_text(&s), s.len);
	str_free(&s);
}

static void add_entity(struct builder *b, const char *p, size_t n)
{
	struct str s = {0};

	entity_add(&s, p, n);
	add_text(b, str_text(&s), s.len);
	str_free(&s);
}

static void take_text(struct builder *b, MD_TEXTTYPE type, const char *p, size_t n)
{
	switch (type) {
	case MD_TEXT_NULLCHAR:
		add_text(b, "\xef\xbf\xbd", 3);
		break;
	case MD_TEXT_BR:
		add_break(b);
		break;
	case MD_TEXT_SOFTBR:
		add_text(b, " ", 1);
		break;
	case MD_TEXT_ENTITY:
		add_entity(b, p, n);
		break;
	case MD_TEXT_CODE:
		add_code(b, p, n);
		break;
	case MD_TEXT_NORMAL:
	case MD_TEXT_LATEXMATH:
		add_text(b, p, n);
		break;
	case MD_TEXT_HTML:
		str_addn(&b->html, p, n);
		break;
	}
}

static int take_any_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *user)
{
	struct builder *b = user;
	const struct block *block = top(b);

	if (type != MD_TEXT_HTML && !(block && block->kind == BLOCK_CODE))
		flush_html(b);
	see_text(b, p);
	if (block && block->kind == BLOCK_CODE)
		str_addn(&b->html, p, n);
	else
		take_text(b, type, p, n);
	return 0;
}

/*
 * The whole.
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

void markdown_parse(struct blocks *blocks, const struct source *source, struct errs *errs)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_STRIKETHROUGH,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = take_any_text,
	};
	struct builder b = {.source = source, .errs = errs, .done = blocks, .line = 1};

	find_lines(&b);
	b.line = line_of(&b, source->start);
	md_parse(source->start, (MD_SIZE)(source->end - source->start), &parser, &b);
	/* Stopped early: what is open is closed, so that nothing that was read is lost. */
	while (b.open.n > 0) {
		b.implicit = false;
		close_block(&b);
	}
	release_held(&b);
	vec_free(&b.open);
	vec_free(&b.held);
	vec_free(&b.starts);
	str_free(&b.html);
	free(b.href);
}
