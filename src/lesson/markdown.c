#include "lesson/markdown.h"

#include "lesson/builder.h"
#include "lesson/entity.h"
#include "lesson/html.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS_MOST = 64,         /* of a table: md4c fills up short rows, row for row */
	HREFS_MOST = 4 << 20,      /* bytes of link targets: references may repeat a long one */
};

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
	builder_open(b, BLOCK_ITEM);
	if (detail->is_task)
		builder_top(b)->task = detail->task_mark == ' ' ? TASK_OPEN : TASK_RIGHT;
}

static void enter_code(struct builder *b, const MD_BLOCK_CODE_DETAIL *detail)
{
	char *info = attribute(&detail->info);

	builder_open(b, BLOCK_CODE);
	builder_top(b)->level = detail->fence_char != 0;
	if (*info)
		builder_top(b)->info = info;
	else
		free(info);
}

/* Say WHAT is too big, once. md4c does not heed every answer that asks it to stop. */
static int stop(struct builder *b, const char *what, int most)
{
	if (!b->stopped)
		errs_add(b->errs, b->source->file, b->line,
			 "%s, at most %d; what follows is left out", what, most);
	b->stopped = true;
	return 1;
}

static int enter_table(struct builder *b, const MD_BLOCK_TABLE_DETAIL *detail)
{
	if (detail->col_count > COLUMNS_MOST)
		return stop(b, "the table after this line has too many columns", COLUMNS_MOST);
	builder_open(b, BLOCK_TABLE);
	return 0;
}

static void enter_list(struct builder *b, int level, int tight)
{
	builder_open(b, BLOCK_LIST);
	builder_top(b)->level = level;
	builder_top(b)->tight = tight != 0;
}

static int open_for(struct builder *b, MD_BLOCKTYPE type, void *detail)
{
	switch (type) {
	case MD_BLOCK_DOC:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
		return 0;
	case MD_BLOCK_QUOTE:
		builder_open(b, BLOCK_QUOTE);
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
		builder_open(b, BLOCK_RULE);
		return 0;
	case MD_BLOCK_H:
		builder_open(b, BLOCK_HEADING);
		builder_top(b)->level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
		return 0;
	case MD_BLOCK_CODE:
		enter_code(b, detail);
		return 0;
	case MD_BLOCK_HTML:
		builder_open(b, BLOCK_COMMENT);
		return 0;
	case MD_BLOCK_P:
		builder_open(b, BLOCK_PARAGRAPH);
		return 0;
	case MD_BLOCK_TABLE:
		return enter_table(b, detail);
	case MD_BLOCK_TR:
		builder_open(b, BLOCK_ROW);
		return 0;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		builder_open(b, BLOCK_CELL);
		builder_top(b)->align = align_of(((MD_BLOCK_TD_DETAIL *)detail)->align);
		return 0;
	}
	return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	if (b->stopped)
		return 1;
	builder_close_implicit(b);
	return skips_enter(b, type) ? 0 : open_for(b, type, detail);
}

static void close_code(struct builder *b)
{
	struct block *block = builder_top(b);

	block->text = str_take(&b->html);
	if (block->level && block->line > 1)
		block->line--; /* the fence stands above the first line of the text */
	block->level = 0;
	builder_close(b);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	(void)detail;
	if (b->stopped)
		return 1;
	if (type == MD_BLOCK_HTML || type == MD_BLOCK_CODE) {
		(type == MD_BLOCK_HTML ? builder_close_html : close_code)(b);
		return 0;
	}
	builder_close_implicit(b);
	if (type == MD_BLOCK_DOC || type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY ||
	    skips_leave(b, type))
		return 0;
	builder_close(b);
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

	if (b->stopped)
		return 1;
	builder_flush_html(b);
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
	return stop(b, "the targets of all links have too many bytes together", HREFS_MOST);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct builder *b = user;

	(void)detail;
	if (b->stopped)
		return 1;
	builder_flush_html(b);
	/* A link or image without a text is shown as its target. */
	if ((type == MD_SPAN_A || type == MD_SPAN_IMG) && b->href && !b->named)
		builder_text(b, b->href, strlen(b->href));
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
	struct block *block = builder_top(b);

	if (block && block->kind != BLOCK_ITEM && block->kind != BLOCK_QUOTE)
		spans_add(&block->spans, b->styles[4] ? 0 : SPAN_BREAK, b->styles[4] ? " " : "",
			  b->styles[4] ? 1 : 0, NULL);
}

/* In a table `\|` inside code stands for `|`. */
static void add_code(struct builder *b, const char *p, size_t n)
{
	const struct block *block = builder_top(b);
	struct str s = {0};

	for (size_t i = 0; i < n; i++)
		if (!(p[i] == '\\' && i + 1 < n && p[i + 1] == '|' && block &&
		      block->kind == BLOCK_CELL))
			str_addc(&s, p[i]);
	builder_text(b, str_text(&s), s.len);
	str_free(&s);
}

static void add_entity(struct builder *b, const char *p, size_t n)
{
	struct str s = {0};

	entity_add(&s, p, n);
	builder_text(b, str_text(&s), s.len);
	str_free(&s);
}

static void take_text(struct builder *b, MD_TEXTTYPE type, const char *p, size_t n)
{
	switch (type) {
	case MD_TEXT_NULLCHAR:
		builder_text(b, "\xef\xbf\xbd", 3);
		break;
	case MD_TEXT_BR:
		add_break(b);
		break;
	case MD_TEXT_SOFTBR:
		builder_text(b, " ", 1);
		break;
	case MD_TEXT_ENTITY:
		add_entity(b, p, n);
		break;
	case MD_TEXT_CODE:
		add_code(b, p, n);
		break;
	case MD_TEXT_NORMAL:
	case MD_TEXT_LATEXMATH:
		builder_text(b, p, n);
		break;
	case MD_TEXT_HTML:
		str_addn(&b->html, p, n);
		break;
	}
}

static int take_any_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *user)
{
	struct builder *b = user;
	const struct block *block = builder_top(b);

	if (b->stopped)
		return 1;
	if (type != MD_TEXT_HTML && !(block && block->kind == BLOCK_CODE))
		builder_flush_html(b);
	builder_see(b, p);
	if (block && block->kind == BLOCK_CODE)
		str_addn(&b->html, p, n);
	else
		take_text(b, type, p, n);
	return 0;
}

/*
 * The whole.
 */

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
	struct builder b = {.source = source, .errs = errs, .done = blocks, .line = source->line};
	const char *start = source->text - source->pad;

	builder_find_lines(&b);
	md_parse(start, (MD_SIZE)(source->end - start), &parser, &b);
	/* Stopped early: what is open is closed, so that nothing that was read is lost. */
	while (b.open.n > 0) {
		b.implicit = false;
		builder_close(&b);
	}
	builder_release_held(&b);
	builder_free(&b);
}
