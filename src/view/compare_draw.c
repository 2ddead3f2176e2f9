/*
 * compare_draw.c - the menu of what can be changed, and two runs side by side.
 */
#include "view/compare.h"

#include "base/text.h"
#include "view/flow.h"
#include "view/view.h"

#include <stdio.h>

enum {
	NUMBER = 4,        /* mark and number of a row, and a space */
	BETWEEN = 3,       /* between two columns */
	FOUR_COLUMNS = 100,/* from here on each role has its own */
	WORDS_LEAST = 2,   /* lines for what is said of the two */
	WORDS_MOST = 6,
	AHEAD = 2,         /* lines to come that stay in view */
};

/*
 * The menu.
 */

static size_t menu_room(const struct model *m)
{
	return (size_t)(m->rows - 2 - COMPARE_MENU_TOP);
}

size_t compare_menu_first(const struct model *m)
{
	size_t room = menu_room(m);

	return m->comparing.marked < room ? 0 : m->comparing.marked - room + 1;
}

static void menu_words(struct lines *out, int width, const struct model *m)
{
	flow_all(out, width, STYLE_NORMAL,
		 _("The demo then runs a second time, on a stage of its own, beside this one."));
	if (m->player.demo->link == LINK_NONE)
		flow_all(out, width, STYLE_DIM,
			 _("It makes its sockets itself: there is no link that could be another."));
	if (!m->editor.changed)
		flow_all(out, width, STYLE_DIM,
			 _("Any one cell: change it with m; then c compares with the lesson's own "
			   "table."));
	if (m->asking.state == ASKING_LATER)
		flow_all(out, width, STYLE_DIM,
			 _("What this demo asks is skipped then: the comparison shows it."));
}

void compare_draw_menu(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	const struct comparing *comparing = &m->comparing;
	size_t room = menu_room(m), first = compare_menu_first(m), n = 0;
	struct lines words = {.ascii = c->ascii};

	canvas_box(c, x, y, w, h, _("What is to be changed?"), STYLE_HEADING);
	for (size_t i = first; i < comparing->ways.n && n < room; i++, n++) {
		enum style style = i == comparing->marked ? STYLE_SELECTED : STYLE_NORMAL;
		int at = COMPARE_MENU_TOP + (int)n;

		if (i == comparing->marked)
			canvas_text(c, x + 2, at, 1, STYLE_ACCENT, "▸");
		canvas_short(c, x + 4, at, w - 6, style, comparing->ways.at[i].label);
	}
	menu_words(&words, w - 6, m);
	for (size_t i = 0; i < words.list.n && n + 1 + i < room; i++)
		line_draw(c, x + 4, COMPARE_MENU_TOP + (int)(n + 1 + i), w - 6, &words.list.at[i]);
	lines_free(&words);
}

/*
 * Two runs.
 */

/* Where things stand. A run has one column for both roles, or one for each. */
struct places {
	int x, w;
	bool four;
	int column[RUNS][ROLES]; /* where the text begins */
	int width[RUNS];         /* of a column */
};

static struct places find_places(int x, int w)
{
	struct places p = {.x = x + 1, .w = w - 2, .four = w >= FOUR_COLUMNS};
	int room = p.w - NUMBER - BETWEEN;

	for (int run = 0; run < RUNS; run++) {
		int from = p.x + NUMBER + (run ? (room + 1) / 2 + BETWEEN : 0);
		int width = run ? room / 2 : (room + 1) / 2;

		p.width[run] = p.four ? (width - BETWEEN) / 2 : width;
		p.column[run][ROLE_A] = from;
		p.column[run][ROLE_B] = p.four ? from + p.width[run] + BETWEEN : from;
	}
	return p;
}

/* One aligned row, set: the lines of each column. */
struct pair {
	struct lines cell[RUNS][ROLES];
	int height;
	bool first;      /* the first difference */
	bool differs;
	bool newest;
	int number;      /* of the first table's row; 0: it has none */
};

/* What one cell comes to, behind the role's letter when both have one column. */
static void add_cell(struct lines *out, int width, const char *prefix, const struct cell *cell,
		     const struct sight *sight, bool strong)
{
	bool dim = sight->kind == SIGHT_AHEAD || sight->kind == SIGHT_UNSEEN;
	struct flow *f = flow_start(out, width, prefix, *prefix ? "  " : "", STYLE_DIM);
	struct str words = {0};

	sight_words(&words, sight, cell);
	if (cell->kind == CELL_ACTION || dim)
		flow_text(f, dim ? STYLE_DIM : STYLE_NORMAL, cell->text);
	if ((cell->kind == CELL_ACTION || dim) && words.len)
		flow_text(f, STYLE_NORMAL, " ");
	if (words.len)
		flow_text(f, strong ? STYLE_ACCENT : dim ? STYLE_DIM : STYLE_NORMAL,
			  str_text(&words));
	if (sight->wire) {
		flow_text(f, STYLE_DIM, cell->kind == CELL_EMPTY ? "" : " · ");
		flow_text(f, STYLE_DIM, sight->wire);
	}
	flow_end(f);
	str_free(&words);
}

static void set_cell(struct pair *pair, const struct places *places, const struct compare_row *row,
		     const struct compare_run *runs, int run, enum role role)
{
	const struct sight *sight = &row->sight[run][role];
	struct lines *out = &pair->cell[run][places->four ? role : ROLE_A];
	const struct cell *cell;
	const char *prefix = places->four ? "" : role == ROLE_A ? "A " : "B ";

	if (!row->row[run])
		return;
	cell = &runs[run].table->rows.at[row->row[run] - 1].cell[role];
	if (cell->kind != CELL_EMPTY || sight->wire)
		add_cell(out, places->width[run], prefix, cell, sight, row->differs[role]);
	if ((int)out->list.n > pair->height)
		pair->height = (int)out->list.n;
}

static void set_pair(struct pair *pair, const struct places *places, const struct comparison *c,
		     const struct compare_run *runs, size_t i, bool ascii)
{
	const struct compare_row *row = &c->rows.at[i];

	*pair = (struct pair){.height = 1, .first = i == c->first,
			      .differs = row->differs[ROLE_A] || row->differs[ROLE_B],
			      .number = row->row[0]};
	for (int run = 0; run < RUNS; run++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			pair->cell[run][role].ascii = ascii;
			set_cell(pair, places, row, runs, run, role);
		}
}

static void free_pair(struct pair *pair)
{
	for (int run = 0; run < RUNS; run++)
		for (int role = 0; role < ROLES; role++)
			lines_free(&pair->cell[run][role]);
}

/* Lines before TOP or from BOTTOM on are cut off. */
struct frame {
	int top;
	int bottom;
};

static void draw_lines(struct canvas *c, const struct frame *f, int x, int y, int w,
		       const struct lines *lines)
{
	for (size_t i = 0; i < lines->list.n; i++)
		if (y + (int)i >= f->top && y + (int)i < f->bottom)
			line_draw(c, x, y + (int)i, w, &lines->list.at[i]);
}

static void draw_pair(struct canvas *c, const struct frame *f, const struct places *p, int y,
		      const struct pair *pair)
{
	char number[12];

	for (int run = 0; run < RUNS; run++)
		for (int role = 0; role < ROLES; role++)
			draw_lines(c, f, p->column[run][role], y, p->width[run],
				   &pair->cell[run][role]);
	if (y < f->top || y >= f->bottom)
		return;
	if (pair->number)
		snprintf(number, sizeof number, "%d", pair->number);
	else
		snprintf(number, sizeof number, "+");
	canvas_right(c, p->x + 1, y, NUMBER - 2, STYLE_DIM, number);
	if (pair->newest)
		canvas_text(c, p->x, y, 1, STYLE_ACCENT, "▸");
	if (pair->differs)
		canvas_text(c, p->column[1][ROLE_A] - 2, y, 1,
			    pair->first ? STYLE_ACCENT : STYLE_DIM, c->ascii ? "#" : "≠");
}

static void draw_bars(struct canvas *c, const struct places *p, int y, int h)
{
	canvas_fill(c, p->column[1][ROLE_A] - 2, y, 1, h, STYLE_DIM, "│");
	for (int run = 0; p->four && run < RUNS; run++)
		canvas_fill(c, p->column[run][ROLE_B] - 2, y, 1, h, STYLE_DIM, "┊");
}

/* The heading; returns how many lines it takes. */
static int draw_heading(struct canvas *c, const struct places *p, int y, const struct model *m)
{
	for (int run = 0; run < RUNS; run++) {
		int w = p->four ? 2 * p->width[run] + BETWEEN : p->width[run];

		if (p->four)
			canvas_fill(c, p->column[run][ROLE_B] - 2, y, 1, 1, STYLE_NORMAL, " ");
		canvas_short(c, p->column[run][ROLE_A], y, w, STYLE_HEADING,
			     str_text(&m->comparing.head[run]));
		for (enum role role = ROLE_A; p->four && role < ROLE_NONE; role++)
			canvas_text(c, p->column[run][role], y + 1, p->width[run], STYLE_DIM,
				    role_name(role));
	}
	return p->four ? 2 : 1;
}

/* The line, of all that the rows take, that comes first: so that the newest is in view. */
static int first_line(struct comparing *c, const struct pair *pairs, size_t n, int room)
{
	int total = 0, until = 0, first;

	for (size_t i = 0; i < n; i++) {
		total += pairs[i].height;
		if (i + 1 == c->at)
			until = total;
	}
	first = until + AHEAD - room;
	if (first > total - room)
		first = total - room;
	if (first < 0)
		first = 0;
	if (c->scroll > first)
		c->scroll = first;
	if (first - c->scroll > total - room)
		c->scroll = total > room ? first - (total - room) : c->scroll > 0 ? c->scroll : 0;
	return first - c->scroll;
}

static void draw_table(struct canvas *c, int x, int y, int w, int h, struct model *m,
		       const struct comparison *now, const struct compare_run *runs)
{
	struct places places = find_places(x, w);
	struct pair *pairs = mem_zero(now->rows.n, sizeof *pairs);
	struct frame f = {y + 1, y + h - 1};
	int at;

	canvas_box(c, x, y, w, h, _("Two runs, one change"), STYLE_NORMAL);
	draw_bars(c, &places, y + 1, h - 2);
	f.top += draw_heading(c, &places, y + 1, m);
	for (size_t i = 0; i < now->rows.n; i++) {
		set_pair(&pairs[i], &places, now, runs, i, c->ascii);
		pairs[i].newest = i + 1 == m->comparing.at;
	}
	at = f.top - first_line(&m->comparing, pairs, now->rows.n, f.bottom - f.top);
	for (size_t i = 0; i < now->rows.n; i++) {
		draw_pair(c, &f, &places, at, &pairs[i]);
		at += pairs[i].height;
		free_pair(&pairs[i]);
	}
	free(pairs);
}

/*
 * What is said of them.
 */

static void add_trouble(struct lines *out, int width, const struct model *m, int run,
			const struct player *p)
{
	struct str s = {0};

	if (!p->trouble)
		return;
	str_addf(&s, _("%1$s: %2$s Press r to start both anew."),
		 str_text(&m->comparing.head[run]), p->trouble);
	flow_all(out, width, STYLE_BAD, str_text(&s));
	str_free(&s);
}

static void all_words(struct lines *out, int width, const struct model *m,
		      const struct comparison *now, const struct compare_run *runs)
{
	const struct comparing *c = &m->comparing;
	struct str words = {0};

	add_trouble(out, width, m, 0, &m->player);
	add_trouble(out, width, m, 1, &c->other);
	compare_words(&words, now, runs, &c->change);
	if (c->note.len)
		str_addf(&words, " %s", str_text(&c->note));
	if (m->player.deeds.n)
		str_addf(&words, " %s", _("What you did by hand is in the first run alone."));
	flow_all(out, width, STYLE_NORMAL, str_text(&words));
	str_free(&words);
}

/* Lines for the words: as many as they ever take in most demos, so that nothing moves. */
static int words_room(const struct model *m, int h)
{
	int room = m->columns >= FOUR_COLUMNS ? WORDS_MOST - 1 : WORDS_MOST;

	return room > h / 3 ? (h / 3 > WORDS_LEAST ? h / 3 : WORDS_LEAST) : room;
}

void compare_draw_runs(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	struct compare_run runs[RUNS];
	struct comparison now;
	struct lines words = {.ascii = c->ascii};
	int room = words_room(m, h);

	compare_look(&now, runs, m);
	draw_table(c, x, y, w, h - room, m, &now, runs);
	all_words(&words, w - 2, m, &now, runs);
	for (size_t i = 0; i < words.list.n && (int)i < room; i++)
		line_draw(c, x + 1, y + h - room + (int)i, w - 2, &words.list.at[i]);
	lines_free(&words);
	comparison_free(&now);
}
