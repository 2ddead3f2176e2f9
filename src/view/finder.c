/*
 * All lessons, cards and demos, searched as one types.
 */
#include "view/finder.h"

#include "base/utf8.h"
#include "view/view.h"

#include <string.h>

enum {
	TOP = 3,          /* heading, what is typed, rule */
	BOTTOM = 2,       /* a line for messages, and the key bar */
	HITS_MOST = 200,
	TEXT_MOST = 200,  /* bytes */
	KIND = 8,         /* columns of the kind of hit */
	WHERE = 22,       /* columns of the lesson it is in */
};

static const struct binding keys[] = {
	{{INPUT_UP, INPUT_BACKTAB, INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("choose"), NULL},
	{{INPUT_DOWN, INPUT_TAB, INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "PgUp PgDn", N_("page"), NULL},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "", NULL, NULL},
	{{INPUT_HOME}, OP_FIRST, "", NULL, NULL},
	{{INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("open"), NULL},
	{{INPUT_ESC}, OP_LEAVE, "Esc", N_("back"), NULL},
	{{KEYS_ANY}, OP_TYPE, "", NULL, NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

void finder_free(struct finder *finder)
{
	str_free(&finder->text);
	hits_free(&finder->hits);
}

void model_open_finder(struct model *m)
{
	struct finder *f = &m->finder;

	player_automatic(&m->player, false, m->now);
	str_cut(&f->text, 0);
	hits_free(&f->hits);
	f->chosen = 0;
	f->open = true;
	f->from = (int)m->view;
	f->left = false;
	f->lesson = m->view == VIEW_HOME ? SIZE_MAX : model_lesson_index(m);
	f->line = f->lesson == SIZE_MAX ? 0 : reader_place(&m->reader);
	m->view = VIEW_FINDER;
}

void model_close_finder(struct model *m)
{
	struct finder *f = &m->finder;

	f->open = false;
	if (f->left && f->lesson != SIZE_MAX)
		model_go(m, f->lesson, f->line);
	else
		m->view = (enum view_id)f->from;
}

static bool presents(const struct model *m)
{
	return m->finder.from == VIEW_PRESENT;
}

static int room(const struct model *m)
{
	return m->rows - TOP - BOTTOM;
}

/* The first hit in view: the chosen one stays in the middle where it can. */
static size_t first_shown(const struct model *m)
{
	size_t n = m->finder.hits.list.n, chosen = m->finder.chosen, lines = (size_t)room(m);

	if (n <= lines || chosen < lines / 2)
		return 0;
	return chosen - lines / 2 + lines > n ? n - lines : chosen - lines / 2;
}

static const char *kind_word(enum hit_kind kind)
{
	switch (kind) {
	case HIT_LESSON:
		return _("lesson");
	case HIT_HEADING:
		return _("heading");
	case HIT_DEMO:
		return _("demo");
	case HIT_TEXT:
		return _("text");
	case HIT_CARD:
		return _("card");
	}
	return "";
}

/* The text of HIT in W columns from X, with what matched in view and marked. */
static void draw_text(struct canvas *c, const struct hit *hit, int x, int y, int w,
		      enum style style)
{
	int before = (int)utf8_columns_n(hit->text, hit->at);
	int found = (int)utf8_columns_n(hit->text + hit->at, hit->len);
	const char *text = hit->text;

	/* Cut at its beginning when the match would not be seen. */
	if (before + found > w - 1) {
		int after = (int)utf8_columns(hit->text + hit->at + hit->len);
		int skip = before + found + (after < w / 4 ? after : w / 4) + 1 - w;

		for (int gone = 0; gone < skip && text < hit->text + hit->at;) {
			uint32_t cp;
			size_t step = utf8_get(text, strlen(text), &cp);

			gone += utf8_width(cp);
			text += step;
		}
		before = (int)utf8_columns_n(text, (size_t)(hit->text + hit->at - text)) + 1;
		canvas_text(c, x, y, 1, STYLE_DIM, "…");
		canvas_short(c, x + 1, y, w - 1, style, text);
	} else {
		canvas_short(c, x, y, w, style, text);
	}
	if (before < w)
		canvas_restyle(c, x + before, y, before + found < w ? found : w - before,
			       STYLE_FOUND);
}

static void draw_hit(struct canvas *c, const struct model *m, size_t i, int y)
{
	const struct hit *hit = &m->finder.hits.list.at[i];
	bool chosen = i == m->finder.chosen;
	bool lesson = hit->kind == HIT_DEMO || hit->kind == HIT_TEXT || hit->kind == HIT_HEADING;
	int x = 3 + KIND, end = c->columns - 2;

	if (chosen)
		canvas_text(c, 1, y, 1, STYLE_ACCENT, "▸");
	canvas_text(c, 3, y, KIND - 1, chosen ? STYLE_ACCENT : STYLE_DIM, kind_word(hit->kind));
	if (lesson) {
		canvas_short(c, end - WHERE, y, WHERE, STYLE_DIM,
			     m->shelf->lessons.at[hit->lesson]->title);
		end -= WHERE + 2;
	}
	draw_text(c, hit, x, y, end - x, chosen ? STYLE_BOLD : STYLE_NORMAL);
}

static void draw_nothing(struct canvas *c, const struct model *m)
{
	const char *text = m->finder.text.len
				   ? _("Nothing has all of these words.")
				   : _("Type what you look for: an error, a call, a word of a "
				       "lesson. Several words are looked for together, in any "
				       "order.");
	struct lines lines = {.ascii = c->ascii};

	flow_all(&lines, c->columns - 6 < LAYOUT_TEXT ? c->columns - 6 : LAYOUT_TEXT, STYLE_DIM,
		 text);
	for (size_t i = 0; i < lines.list.n; i++)
		line_draw(c, 3, TOP + (int)i, c->columns - 4, &lines.list.at[i]);
	lines_free(&lines);
}

static void draw(struct canvas *c, struct model *m)
{
	const struct finder *f = &m->finder;
	size_t n = f->hits.list.n, first = first_shown(m);
	struct str s = {0};
	int x;

	canvas_short(c, 1, 0, c->columns - 22, STYLE_HEADING,
		     presents(m) ? _("Search in this lesson and the cards")
				 : _("Search in all lessons, demos and cards"));
	if (f->text.len) {
		if (n == HITS_MOST)
			str_addf(&s, _("%zu and more found"), n);
		else
			str_addf(&s, ngettext("%zu found", "%zu found", n), n);
		canvas_right(c, c->columns - 20, 0, 19, STYLE_DIM, str_text(&s));
	}
	x = 1 + canvas_text(c, 1, 1, 2, STYLE_KEY, "/");
	x += canvas_text(c, x, 1, c->columns - x - 2, STYLE_NORMAL, str_text(&f->text));
	c->cursor_x = x;
	c->cursor_y = 1;
	canvas_fill(c, 1, 2, c->columns - 2, 1, STYLE_DIM, "─");
	for (size_t i = first; i < n && i - first < (size_t)room(m); i++)
		draw_hit(c, m, i, TOP + (int)(i - first));
	if (n == 0)
		draw_nothing(c, m);
	str_free(&s);
}

static void find(struct model *m)
{
	struct finder *f = &m->finder;
	const struct shelf all = *m->shelf;
	struct shelf one = all;

	if (!presents(m)) {
		search_find(&f->hits, str_text(&f->text), &all, m->cards, f->lesson, HITS_MOST);
		return;
	}
	one.lessons.at += f->lesson;
	one.lessons.n = 1;
	search_find(&f->hits, str_text(&f->text), &one, m->cards, 0, HITS_MOST);
	for (size_t i = 0; i < f->hits.list.n; i++)
		if (f->hits.list.at[i].kind != HIT_CARD)
			f->hits.list.at[i].lesson = f->lesson;
}

/* A key that is no command goes into what is looked for. */
static void type(struct model *m, uint32_t key)
{
	struct finder *f = &m->finder;

	if (key == INPUT_BACKSPACE)
		model_rub_out(&f->text);
	else if (key < INPUT_UP && utf8_printable(key) && f->text.len < TEXT_MOST)
		str_addu(&f->text, key);
	else
		return;
	f->chosen = 0;
	find(m);
}

/* To the place of HIT, and to the stage when it is a demo. */
static struct request go(struct model *m, const struct hit *hit)
{
	struct finder *f = &m->finder;

	/* In the lesson that was open the search is over; else one may want to come back to it. */
	f->open = hit->lesson != f->lesson || f->left;
	f->left = true;
	if (presents(m))
		return model_go_to_slide(m, hit->line);
	model_go(m, hit->lesson, hit->line);
	free(m->sought);
	m->sought = mem_strdup(str_text(&f->text));
	if (hit->kind == HIT_DEMO)
		return (struct request){REQUEST_DEMO, (int)hit->demo};
	return (struct request){REQUEST_READ, 0};
}

static struct request open(struct model *m)
{
	struct finder *f = &m->finder;
	const struct hit *hit;

	if (f->chosen >= f->hits.list.n)
		return (struct request){REQUEST_NONE, 0};
	hit = &f->hits.list.at[f->chosen];
	if (hit->kind != HIT_CARD)
		return go(m, hit);
	card_box_add(&m->box, &m->cards->list.at[hit->card]);
	return (struct request){REQUEST_NONE, 0};
}

static void choose(struct model *m, int by)
{
	int n = (int)m->finder.hits.list.n, at = (int)m->finder.chosen + by;

	if (n > 0)
		m->finder.chosen = (size_t)(at < 0 ? 0 : at >= n ? n - 1 : at);
}

static struct request click(struct model *m, const struct input *input)
{
	size_t at = first_shown(m) + (size_t)(input->y - TOP);

	if (input->y < TOP || input->y >= TOP + room(m) || at >= m->finder.hits.list.n)
		return (struct request){REQUEST_NONE, 0};
	m->finder.chosen = at;
	return open(m);
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	if (op == OP_LEAVE)
		return (struct request){REQUEST_CLOSE, 0};
	if (op == OP_ENTER)
		return open(m);
	if (op == OP_CLICK)
		return click(m, input);
	if (op == OP_UP || op == OP_DOWN)
		choose(m, op == OP_UP ? -1 : 1);
	else if (op == OP_PAGE_UP || op == OP_PAGE_DOWN)
		choose(m, op == OP_PAGE_UP ? -room(m) : room(m));
	else if (op == OP_FIRST || op == OP_LAST)
		choose(m, op == OP_FIRST ? -HITS_MOST : HITS_MOST);
	else if (op == OP_TYPE)
		type(m, input->key);
	return (struct request){REQUEST_NONE, 0};
}

const struct view view_finder = {N_("Search"), keys, draw, handle, NULL};
