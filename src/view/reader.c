/*
 * A lesson's text, page by page.
 */
#include "view/view.h"

#include "base/utf8.h"

#include <string.h>

enum {
	TOP = 2,            /* header and a blank line */
	BOTTOM = 2,         /* a line for messages, and the key bar */
	MAP_FROM = 100,     /* columns from which on the headings stand at the right */
	MAP_LEAST = 20,
};

static const struct binding keys[] = {
	{{' ', INPUT_PAGE_DOWN, INPUT_RIGHT, 'l', 'f'}, OP_PAGE_DOWN, "Space", "next page",
	 "next page (also PgDn, →, l)"},
	{{'b', INPUT_PAGE_UP, INPUT_LEFT, 'h', INPUT_BACKSPACE}, OP_PAGE_UP, "b", "page back",
	 "page before (also PgUp, ←, h)"},
	{{INPUT_ENTER}, OP_ENTER, "Enter", "run demo", "run the demo that is marked on this page"},
	{{INPUT_TAB}, OP_NEXT_DEMO, "Tab", "next demo",
	 "go to the next demo (Shift-Tab: the one before)"},
	{{INPUT_BACKTAB}, OP_PREVIOUS_DEMO, "", NULL, NULL},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "↑↓", NULL,
	 "demo before or after on this page, else page before or after"},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", "search", "search in this lesson"},
	{{'n'}, OP_AGAIN, "n N", NULL, "next place found, the one before"},
	{{'N'}, OP_AGAIN_BACK, "", NULL, NULL},
	{{'i'}, OP_EXPLAIN, "i", NULL, "what the names on this page mean (or click on one)"},
	{{'g', INPUT_HOME}, OP_FIRST, "g G", NULL, "first page, last page"},
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", "help", "this help; any key closes it"},
	{{'q', INPUT_ESC}, OP_LEAVE, "q", "lessons", "back to the lessons (also Esc)"},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct page *page_now(const struct reader *r)
{
	return &r->layout.pages.at[r->page];
}

/* The demo with its line on the page now, the first (or last) of them, or -1. */
static int page_demo(const struct reader *r, bool last)
{
	const struct page *page = page_now(r);
	int demo = -1;

	for (size_t i = page->first; i < page->first + page->n; i++) {
		const struct line *line = &r->layout.lines.list.at[i];

		if (line->demo_foot && (demo < 0 || last))
			demo = line->demo;
	}
	return demo;
}

static int text_width(const struct model *m)
{
	return m->columns - 4 < LAYOUT_TEXT ? m->columns - 4 : LAYOUT_TEXT;
}

/* Where the text's column begins: in the middle of what the map leaves. */
static int text_x(const struct model *m)
{
	int room = m->columns >= MAP_FROM ? m->columns - MAP_LEAST : m->columns;
	int x = (room - text_width(m)) / 2;

	return x < 2 ? 2 : x;
}

/* Set the text for the screen's size, at the place where it was. */
static void fit(struct model *m)
{
	struct reader *r = &m->reader;
	int most = m->columns - text_x(m) - 1;
	size_t weight = 0;
	bool again = r->layout.pages.n > 0;

	if (again && r->columns == m->columns && r->rows == m->rows)
		return;
	if (again)
		weight = layout_weight(&r->layout, page_now(r)->first);
	layout_free(&r->layout);
	layout_make(&r->layout, r->lesson, text_width(m), most < LAYOUT_MOST ? most : LAYOUT_MOST,
		    m->ascii);
	layout_pages(&r->layout, m->rows - TOP - BOTTOM);
	r->page = again ? layout_page_of(&r->layout, layout_at_weight(&r->layout, weight)) : 0;
	r->demo = page_demo(r, false);
	r->columns = m->columns;
	r->rows = m->rows;
}

static void go_to_page(struct reader *r, size_t page, bool last_demo)
{
	if (page >= r->layout.pages.n)
		page = r->layout.pages.n - 1;
	r->page = page;
	r->demo = page_demo(r, last_demo);
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

static void draw_line(struct canvas *c, const struct model *m, size_t i, int y)
{
	const struct reader *r = &m->reader;
	const struct line *line = &r->layout.lines.list.at[i];
	int x = text_x(m);
	int used = line_draw(c, x, y, c->columns - x, line);

	if (line->demo_foot && line->demo == r->demo)
		canvas_restyle(c, x, y, used, STYLE_SELECTED);
	if (m->sought)
		mark_found(c, x, y, line, m->sought);
}

/* The heading that the page is under: the last at or before its first full line. */
static int heading_now(const struct reader *r)
{
	const struct page *page = page_now(r);
	int now = -1;

	for (size_t i = 0; i < r->layout.headings.n; i++)
		if (r->layout.headings.at[i].line <= page->first + 1)
			now = (int)i;
	return now;
}

static void draw_map(struct canvas *c, const struct model *m)
{
	const struct reader *r = &m->reader;
	int x = text_x(m) + text_width(m) + 4, w = c->columns - x - 1, now = heading_now(r);
	int room = c->rows - TOP - BOTTOM, n = (int)r->layout.headings.n;
	int first = n > room && now > room / 2 ? now - room / 2 : 0;

	if (c->columns < MAP_FROM || w < 8)
		return;
	for (int i = first; i < n && i - first < room; i++) {
		const struct heading_place *h = &r->layout.headings.at[i];
		int y = TOP + i - first, indent = h->level > 2 ? 2 : 0;

		if (i == now)
			canvas_text(c, x - 2, y, 1, STYLE_ACCENT, "▸");
		canvas_short(c, x + indent, y, w - indent, i == now ? STYLE_NORMAL : STYLE_DIM,
			     h->text);
	}
}

static void draw(struct canvas *c, struct model *m)
{
	struct reader *r = &m->reader;
	const struct page *page;
	struct str s = {0};
	int x, from;

	fit(m);
	page = page_now(r);
	x = text_x(m);
	str_addf(&s, "page %zu of %zu", r->page + 1, r->layout.pages.n);
	from = canvas_right(c, x, 0, text_width(m), STYLE_DIM, str_text(&s));
	canvas_short(c, x, 0, from - x - 2, STYLE_DIM, r->lesson->title);
	for (size_t i = 0; i < page->n; i++)
		draw_line(c, m, page->first + i, TOP + (int)i);
	draw_map(c, m);
	str_free(&s);
}

/* Whether TEXT begins on line I; it may end on the next. */
static bool line_has(const struct reader *r, size_t i, const char *text)
{
	struct str s = {0};
	const char *at;
	bool found;
	size_t len;

	line_print(&s, &r->layout.lines.list.at[i]);
	len = s.len;
	if (i + 1 < r->layout.lines.list.n) {
		str_addc(&s, ' ');
		line_print(&s, &r->layout.lines.list.at[i + 1]);
	}
	at = strcasestr(str_text(&s), text);
	found = at && (size_t)(at - str_text(&s)) < len;
	str_free(&s);
	return found;
}

static bool page_has(const struct reader *r, size_t page, const char *text)
{
	const struct page *p = &r->layout.pages.at[page];

	for (size_t i = p->first; i < p->first + p->n; i++)
		if (line_has(r, i, text))
			return true;
	return false;
}

/* Go to the next page that has what is sought, beginning with the OFFth from here. */
static void find(struct model *m, const char *text, size_t off, bool back)
{
	struct reader *r = &m->reader;
	size_t n;

	fit(m);
	n = r->layout.pages.n;
	for (size_t i = off; i < n + off; i++) {
		size_t page = (r->page + (back ? n * 2 - i : i)) % n;

		if (page_has(r, page, text)) {
			go_to_page(r, page, false);
			return;
		}
	}
	model_say(m, "That is not in this lesson.");
}

static void search(struct model *m, const char *text)
{
	find(m, text, 0, false);
}

/* Another demo of the lesson, on whatever page it stands. */
static void choose_demo(struct reader *r, int by)
{
	const struct page *page = page_now(r);
	int n = (int)r->lesson->demos.n, best = -1;

	if (r->demo >= 0) {
		best = r->demo + by;
	} else {
		for (int i = 0; i < n; i++) {
			size_t line = layout_demo_line(&r->layout, i);

			if (by > 0 && best < 0 && line >= page->first)
				best = i;
			if (by < 0 && line < page->first)
				best = i;
		}
	}
	if (best < 0 || best >= n || layout_demo_line(&r->layout, best) == SIZE_MAX)
		return;
	r->page = layout_page_of(&r->layout, layout_demo_line(&r->layout, best));
	r->demo = best;
}

/* Down: the next demo on this page, or the next page. */
static void move_down(struct reader *r)
{
	if (r->demo >= 0 && r->demo != page_demo(r, true))
		choose_demo(r, 1);
	else if (r->page + 1 < r->layout.pages.n)
		go_to_page(r, r->page + 1, false);
}

static void move_up(struct reader *r)
{
	if (r->demo >= 0 && r->demo != page_demo(r, false))
		choose_demo(r, -1);
	else if (r->page > 0)
		go_to_page(r, r->page - 1, true);
}

static struct request click(struct model *m, const struct input *input)
{
	struct reader *r = &m->reader;
	size_t at = page_now(r)->first + (size_t)(input->y - TOP);
	int demo;

	if (input->y < TOP || at >= page_now(r)->first + page_now(r)->n)
		return (struct request){REQUEST_NONE, 0};
	demo = r->layout.lines.list.at[at].demo;
	if (demo >= 0)
		return (struct request){REQUEST_DEMO, demo};
	model_explain_word(m, input->x, input->y);
	return (struct request){REQUEST_NONE, 0};
}

/* Names stand as code. */
static void explain(struct model *m)
{
	const struct reader *r = &m->reader;
	const struct page *page = page_now(r);

	for (size_t i = page->first; i < page->first + page->n; i++) {
		const struct line *line = &r->layout.lines.list.at[i];

		for (size_t k = 0; k < line->runs.n; k++)
			if (line->runs.at[k].style == STYLE_CODE)
				card_box_text(&m->box, m->cards, line->runs.at[k].text);
	}
	if (!card_box_shows(&m->box))
		model_say(m, "Nothing on this page has a card.");
}

static struct request enter(struct model *m)
{
	if (m->reader.demo >= 0)
		return (struct request){REQUEST_DEMO, m->reader.demo};
	model_say(m, m->reader.lesson->demos.n ? "No demo on this page; Tab goes to the next."
					       : "This lesson has no demo.");
	return (struct request){REQUEST_NONE, 0};
}

static void move(struct reader *r, enum op op)
{
	if (op == OP_PAGE_DOWN && r->page + 1 < r->layout.pages.n)
		go_to_page(r, r->page + 1, false);
	else if (op == OP_PAGE_UP && r->page > 0)
		go_to_page(r, r->page - 1, false);
	else if (op == OP_FIRST)
		go_to_page(r, 0, false);
	else if (op == OP_LAST)
		go_to_page(r, r->layout.pages.n, false);
	else if (op == OP_DOWN)
		move_down(r);
	else if (op == OP_UP)
		move_up(r);
	else if (op == OP_NEXT_DEMO || op == OP_PREVIOUS_DEMO)
		choose_demo(r, op == OP_NEXT_DEMO ? 1 : -1);
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	fit(m);
	if (op == OP_LEAVE)
		return (struct request){REQUEST_CLOSE, 0};
	if (op == OP_ENTER)
		return enter(m);
	if (op == OP_CLICK)
		return click(m, input);
	if ((op == OP_AGAIN || op == OP_AGAIN_BACK) && m->sought)
		find(m, m->sought, 1, op == OP_AGAIN_BACK);
	else if (op == OP_EXPLAIN)
		explain(m);
	else
		move(&m->reader, op);
	return (struct request){REQUEST_NONE, 0};
}

const struct view view_reader = {"Reading a lesson", keys, draw, handle, search, NULL};
