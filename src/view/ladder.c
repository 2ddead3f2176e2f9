#include "view/ladder.h"

#include "base/text.h"
#include "view/rung.h"

enum {
	TIME = 8,
	TIME_WIDTH = 12,   /* space, mark, time, two spaces */
	START_WIDTH = 10,  /* another time and two spaces */
	ROOMY = 100,       /* columns from which on there is room for that */
	WIRE_LEAST = 15,
	WIRE_MOST = 48,
	AHEAD = 2,         /* rungs to come that stay in view below the newest */
	FRAME = 3,         /* border, heading, border */
};

/* Whether segments can be seen, or were. */
static bool has_wire(const struct player *p)
{
	if (p->live.rows_only)
		return false;
	if (demo_has_wire(p->demo) || demo_needs_wire(p->demo))
		return true;
	for (size_t i = 0; i < p->live.rows.n; i++)
		if (p->live.rows.at[i].kind == TROW_WIRE)
			return true;
	return false;
}

struct ladder_columns ladder_columns_for(const struct player *p, int x, int w)
{
	int start = w >= ROOMY ? START_WIDTH : 0;
	struct ladder_columns c = {.x = x + 1, .start = start, .time = TIME_WIDTH + start};
	int room = w - 2 - c.time - 1;

	if (has_wire(p)) {
		room -= 2 * RUNG_GAP;
		c.wire = room * 3 / 10;
		c.wire = c.wire < WIRE_LEAST ? WIRE_LEAST : c.wire;
		c.wire = c.wire > WIRE_MOST ? WIRE_MOST : c.wire;
		room -= c.wire;
	} else {
		room -= RUNG_GAP;
	}
	c.cell[ROLE_A] = (room + 1) / 2;
	c.cell[ROLE_B] = room / 2;
	return c;
}

int ladder_cell_x(const struct ladder_columns *c, enum role role)
{
	int x = c->x + c->time;

	if (role == ROLE_A)
		return x;
	return x + c->cell[ROLE_A] + RUNG_GAP + (c->wire ? c->wire + RUNG_GAP : 0);
}

int ladder_wire_x(const struct ladder_columns *c)
{
	return c->x + c->time + c->cell[ROLE_A] + RUNG_GAP;
}

static void draw_bars(struct canvas *c, const struct ladder_columns *col, int y, int h)
{
	canvas_fill(c, ladder_cell_x(col, ROLE_B) - 2, y, 1, h, STYLE_DIM, "│");
	if (col->wire)
		canvas_fill(c, ladder_wire_x(col) - 2, y, 1, h, STYLE_DIM, "│");
}

static void draw_heading(struct canvas *c, const struct ladder_columns *col, int y)
{
	/* TRANSLATORS: above times: since the run began, and since the step did */
	canvas_right(c, col->x + 2, y, TIME, STYLE_DIM, col->start ? _("start") : _("time"));
	if (col->start)
		canvas_right(c, col->x + 2 + col->start, y, TIME, STYLE_DIM, _("step"));
	canvas_text(c, ladder_cell_x(col, ROLE_A), y, col->cell[ROLE_A], STYLE_DIM, "Process A");
	canvas_text(c, ladder_cell_x(col, ROLE_B), y, col->cell[ROLE_B], STYLE_DIM, "Process B");
	if (col->wire)
		canvas_text(c, ladder_wire_x(col), y, col->wire, STYLE_DIM, _("wire"));
}

void ladder_draw_columns(struct canvas *c, const struct ladder_columns *col, int y, int h)
{
	draw_bars(c, col, y, h);
	draw_heading(c, col, y);
}

void ladder_draw_time(struct canvas *c, const struct ladder_columns *col, int y, int64_t ns,
		      int64_t since)
{
	struct str start = {0}, time = {0};

	rung_time(&start, "", ns);
	if (since >= 0)
		rung_time(&time, "+", since);
	if (col->start || since < 0)
		canvas_right(c, col->x + 2, y, TIME, STYLE_DIM, str_text(&start));
	if (since >= 0)
		canvas_right(c, col->x + 2 + col->start, y, TIME, STYLE_DIM, str_text(&time));
	str_free(&start);
	str_free(&time);
}

/* Where a rung is drawn: lines before TOP or from BOTTOM on are cut off. */
struct frame {
	int top;
	int bottom;
};

static void draw_cell(struct canvas *c, const struct ladder_columns *col, const struct rung *r,
		      enum role role, int y, const struct frame *f)
{
	int x = ladder_cell_x(col, role), w = col->cell[role];

	for (size_t i = 0; i < r->cell[role].list.n; i++) {
		const struct line *line = &r->cell[role].list.at[i];
		int at = y + (int)i;
		int spare = r->right[role] ? w - line_columns(line) : 0;

		if (at >= f->top && at < f->bottom)
			line_draw(c, x + spare, at, w - spare, line);
	}
	if (r->mark[role] && y >= f->top && y < f->bottom)
		canvas_right(c, x + w - 3, y, 3, r->mark_style[role], r->mark[role]);
}

static void draw_rung(struct canvas *c, const struct ladder_columns *col, const struct rung *r,
		      int y, const struct frame *f)
{
	int x = ladder_cell_x(col, ROLE_A);
	int across = ladder_cell_x(col, ROLE_B) + col->cell[ROLE_B] - x;

	for (size_t i = 0; i < r->across.list.n; i++) {
		int at = y + (int)i;

		if (at < f->top || at >= f->bottom)
			continue;
		canvas_fill(c, x - 1, at, across + 1, 1, STYLE_NORMAL, " ");
		line_draw(c, x, at, across, &r->across.list.at[i]);
	}
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		draw_cell(c, col, r, role, y, f);
	if (y < f->top || y >= f->bottom)
		return;
	if (r->newest)
		canvas_text(c, col->x + 1, y, 1, STYLE_ACCENT, "▸");
	canvas_right(c, col->x + 2 + col->start, y, TIME, STYLE_DIM, str_text(&r->time));
	if (col->start)
		canvas_right(c, col->x + 2, y, TIME, STYLE_DIM, str_text(&r->start));
	if (r->wire.len)
		canvas_text(c, ladder_wire_x(col), y, col->wire, r->style, str_text(&r->wire));
}

static int rung_height(const struct player *p, size_t i, const struct ladder_columns *col)
{
	struct rung r;
	int height;

	rung_make(&r, p, i, col, false);
	height = r.height;
	rung_free(&r);
	return height;
}

/* The rungs in view. */
struct window {
	size_t first;
	size_t end;
	int above;       /* lines of the first that are cut off */
};

/* From LAST up as many as fit in ROOM lines; when the top is reached, more below. */
static struct window window_from(const struct player *p, const struct ladder_columns *col,
				 size_t last, int room)
{
	struct window w = {last + 1, last + 1, 0};
	size_t n = rung_count(p);
	int used = 0;

	while (w.first > 0 && used < room)
		used += rung_height(p, --w.first, col);
	if (used > room)
		w.above = used - room;
	while (w.end < n && used < room) {
		int more = rung_height(p, w.end, col);

		if (used + more > room)
			break;
		used += more;
		w.end++;
	}
	return w;
}

/* The last rung in view when nothing is scrolled: the newest, what it brought about, and a
 * little of what is to come. */
static size_t last_unscrolled(const struct player *p)
{
	size_t n = rung_count(p), last = rung_last(p) + AHEAD;

	return last < n ? last : n - 1;
}

static struct window find_window(struct player *p, const struct ladder_columns *col, int room)
{
	size_t base = last_unscrolled(p), n = rung_count(p), last;
	struct window w;

	if (p->scroll < 0 && base + (size_t)-p->scroll >= n)
		p->scroll = -(int)(n - 1 - base);
	if (p->scroll > 0 && (size_t)p->scroll > base)
		p->scroll = (int)base;
	last = p->scroll < 0 ? base + (size_t)-p->scroll : base - (size_t)p->scroll;
	w = window_from(p, col, last, room);
	if (p->scroll > 0 && w.end - 1 > last)
		p->scroll = w.end - 1 < base ? (int)(base - (w.end - 1)) : 0;
	return w;
}

void ladder_draw_more(struct canvas *c, int x, int y, int w, bool above, bool below)
{
	const char *text = above && below ? _(" more above and below ")
			   : above	  ? _(" more above ")
					  : _(" more below ");

	if (above || below)
		canvas_right(c, x + 1, y, w - 3, STYLE_DIM, text);
}

void ladder_draw(struct canvas *c, int x, int y, int w, int h, struct player *p)
{
	struct ladder_columns col = ladder_columns_for(p, x, w);
	struct frame f = {y + 2, y + h - 1};
	struct window win;
	int at;

	canvas_box(c, x, y, w, h, p->live.rows_only ? _("The goal") : _("Timeline"), STYLE_NORMAL);
	if (h <= FRAME || rung_count(p) == 0)
		return;
	ladder_draw_columns(c, &col, y + 1, h - 2);
	win = find_window(p, &col, h - FRAME);
	at = f.top - win.above;
	for (size_t i = win.first; i < win.end; i++) {
		struct rung r;

		rung_make(&r, p, i, &col, c->ascii);
		draw_rung(c, &col, &r, at, &f);
		at += r.height;
		rung_free(&r);
	}
	ladder_draw_more(c, x, y + h - 1, w, win.first > 0 || win.above > 0, win.end < rung_count(p));
}

int ladder_wants(const struct player *p, int w)
{
	struct ladder_columns col = ladder_columns_for(p, 0, w);
	int lines = FRAME + 1;

	for (size_t i = 0; i < p->demo->table.rows.n; i++) {
		const struct table_row *row = &p->demo->table.rows.at[i];
		int most = 0;

		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			struct lines cell = {0};
			int n = 0;

			if (row->cell[role].kind != CELL_EMPTY)
				n = (int)flow_all(&cell, col.cell[role] - 2, STYLE_NORMAL,
						  row->cell[role].text);
			most = n > most ? n : most;
			lines_free(&cell);
		}
		/* Over a wire most calls bring about a segment. */
		lines += most + (most && col.wire ? 1 : 0);
	}
	return lines;
}

bool ladder_is_setup(struct player *p, int w, int h, int line)
{
	struct ladder_columns col = ladder_columns_for(p, 0, w);
	struct window win;

	if (h <= FRAME || rung_count(p) == 0 || line < 2 || line >= h - 1)
		return false;
	win = find_window(p, &col, h - FRAME);
	line -= 2 - win.above;
	for (size_t i = win.first; i < win.end; i++) {
		line -= rung_height(p, i, &col);
		if (line < 0)
			return rung_is_setup(p, i);
	}
	return false;
}
