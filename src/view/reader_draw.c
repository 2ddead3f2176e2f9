/*
 * reader_draw.c - a page of a lesson's text, the headings beside it, and what a reader is told.
 */
#include "view/reader_draw.h"

#include "base/utf8.h"

#include <string.h>

enum {
	MAP_FROM = 100,     /* columns from which on the headings stand at the right */
	MAP_LEAST = 20,
};

const struct page *reader_page_now(const struct reader *r)
{
	return &r->layout.pages.at[r->page];
}

const struct line *reader_line_at(const struct reader *r, size_t i)
{
	return &r->layout.lines.list.at[i];
}

const struct line *reader_focus_line(const struct reader *r)
{
	return r->focus == SIZE_MAX ? NULL : reader_line_at(r, r->focus);
}

int reader_text_width(const struct model *m)
{
	return m->columns - 4 < LAYOUT_TEXT ? m->columns - 4 : LAYOUT_TEXT;
}

int reader_text_x(const struct model *m)
{
	int room = m->columns >= MAP_FROM ? m->columns - MAP_LEAST : m->columns;
	int x = (room - reader_text_width(m)) / 2;

	return x < 2 ? 2 : x;
}

static void mark_found(struct canvas *c, int x, int y, const struct line *line, const char *sought)
{
	struct str s = {0};
	const char *text, *at;

	line_print(&s, line);
	text = str_text(&s);
	for (at = strcasestr(text, sought); at; at = strcasestr(at + 1, sought))
		canvas_restyle(c, x + (int)utf8_columns_n(text, (size_t)(at - text)), y,
			       (int)utf8_columns_n(at, strlen(sought)), STYLE_FOUND);
	str_free(&s);
}

/* Whether line I belongs to what is marked. */
static bool is_marked(const struct reader *r, size_t i)
{
	const struct line *focus = reader_focus_line(r), *line = reader_line_at(r, i);

	if (!focus || i < r->focus)
		return false;
	return i == r->focus || (line->question >= 0 && line->question == focus->question &&
				 line->answer == focus->answer);
}

static void draw_line(struct canvas *c, const struct model *m, size_t i, int y)
{
	const struct reader *r = &m->reader;
	const struct line *line = &r->layout.lines.list.at[i];
	int x = reader_text_x(m);
	int used = line_draw(c, x, y, c->columns - x, line);

	if (is_marked(r, i))
		canvas_restyle(c, x, y, used, STYLE_SELECTED);
	quiz_mark(c, &r->quiz, &r->layout, i, x, y);
	if (m->sought)
		mark_found(c, x, y, line, m->sought);
}

/* The heading that the page is under: the last at or before its first full line. */
static int heading_now(const struct reader *r)
{
	const struct page *page = reader_page_now(r);
	int now = -1;

	for (size_t i = 0; i < r->layout.headings.n; i++)
		if (r->layout.headings.at[i].line <= page->first + 1)
			now = (int)i;
	return now;
}

static void draw_map(struct canvas *c, const struct model *m)
{
	const struct reader *r = &m->reader;
	int x = reader_text_x(m) + reader_text_width(m) + 4, w = c->columns - x - 1, now = heading_now(r);
	int room = c->rows - READER_TOP - READER_BOTTOM, n = (int)r->layout.headings.n;
	int first = n > room && now > room / 2 ? now - room / 2 : 0;

	if (c->columns < MAP_FROM || w < 8)
		return;
	for (int i = first; i < n && i - first < room; i++) {
		const struct heading_place *h = &r->layout.headings.at[i];
		int y = READER_TOP + i - first, indent = h->level > 2 ? 2 : 0;

		if (i == now)
			canvas_text(c, x - 2, y, 1, STYLE_ACCENT, "▸");
		canvas_short(c, x + indent, y, w - indent, i == now ? STYLE_NORMAL : STYLE_DIM,
			     h->text);
	}
}

/* Why the chosen answer is right or wrong, beside its question where that is on the page. */
static void draw_reason(struct canvas *c, const struct model *m)
{
	const struct reader *r = &m->reader;
	const struct page *page = reader_page_now(r);
	struct quiz_place place = {
		.x = reader_text_x(m) - 2, .w = reader_text_width(m) + 4,
		.from = READER_TOP, .end = READER_TOP,
		.top = READER_TOP, .bottom = c->rows - READER_BOTTOM + 1,
	};

	for (size_t i = page->first; i < page->first + page->n; i++) {
		int y = READER_TOP + (int)(i - page->first);

		if (reader_line_at(r, i)->question != r->quiz.question)
			continue;
		place.from = place.end == READER_TOP ? y : place.from;
		place.end = y + 1;
	}
	quiz_draw(c, &r->quiz, &r->layout, &place);
}

void reader_draw(struct canvas *c, const struct model *m)
{
	const struct reader *r = &m->reader;
	const struct page *page = reader_page_now(r);
	struct str s = {0};
	int x = reader_text_x(m), from;

	str_addf(&s, _("page %1$zu of %2$zu"), r->page + 1, r->layout.pages.n);
	from = canvas_right(c, x, 0, reader_text_width(m), STYLE_DIM, str_text(&s));
	canvas_short(c, x, 0, from - x - 2, STYLE_DIM, r->lesson->title);
	for (size_t i = 0; i < page->n; i++)
		draw_line(c, m, page->first + i, READER_TOP + (int)i);
	draw_map(c, m);
	if (quiz_tells(&r->quiz))
		draw_reason(c, m);
	str_free(&s);
}
