/*
 * The timeline in true time, drawn.
 */
#include "view/axis.h"

#include "base/clock.h"
#include "base/text.h"
#include "view/ladder.h"
#include "view/rung.h"

#include <string.h>

enum {
	FRAME = 3,        /* border, heading, border */
	EMPTY_LEAST = 3,  /* empty lines between two others, at most: the more room, the more */
	EMPTY_MOST = 10,
};

/* What a line is drawn from. */
struct brush {
	struct canvas *c;
	const struct ladder_columns *col;
	const struct player *p;
	int y;
};

static const struct event *event_at(const struct brush *b, size_t i)
{
	return &b->p->events.list.at[i];
}

static enum style style_of(const struct brush *b, const struct event *e)
{
	return e->row > 0 && e->row == player_row(b->p) ? STYLE_BOLD : STYLE_NORMAL;
}

static void draw_bar(const struct brush *b, enum role role, enum axis_wait wait)
{
	int x = ladder_cell_x(b->col, role);

	if (wait == AXIS_BLOCKED)
		canvas_text(b->c, x, b->y, 1, STYLE_ACCENT, "▒");
	else if (wait == AXIS_IN_CALL)
		canvas_text(b->c, x, b->y, 1, STYLE_DIM, "╎");
}

static void draw_cell(const struct brush *b, enum role role, enum style style, const char *text)
{
	canvas_short(b->c, ladder_cell_x(b->col, role), b->y, b->col->cell[role] - 2, style, text);
}

/* What others do to a role: beside its bar, if it has one. */
static void draw_beside(const struct brush *b, const struct axis_line *line, enum role role,
			enum style style, const char *text)
{
	int bar = line->wait[role] == AXIS_FREE ? 0 : 2;

	canvas_short(b->c, ladder_cell_x(b->col, role) + bar, b->y, b->col->cell[role] - 2 - bar,
		     style, text);
}

/* As the table writes it, where it does. */
static const char *call_text(const struct brush *b, const struct event *e)
{
	const struct table *table = &b->p->demo->table;
	const struct cell *cell;

	if (e->row < 1 || (size_t)e->row > table->rows.n)
		return e->text ? e->text : "";
	cell = &table->rows.at[e->row - 1].cell[e->role];
	return cell->kind == CELL_ACTION ? cell->text : e->text ? e->text : "";
}

static void draw_call(const struct brush *b, const struct axis_line *line, const struct event *e)
{
	struct str s = {0};

	str_add(&s, call_text(b, e));
	if (line->result != EVENT_NONE) {
		str_addc(&s, ' ');
		rung_result_words(&s, event_at(b, line->result));
	}
	draw_cell(b, e->role, style_of(b, e), str_text(&s));
	str_free(&s);
}

/* What the director does stands in the column of the table that says so. */
static void draw_deed(const struct brush *b, const struct axis_line *line, const struct event *e)
{
	const struct table *table = &b->p->demo->table;
	enum role role = e->role;
	char *words;

	if (role == ROLE_NONE && !e->u.director.by_hand && e->row > 0 && (size_t)e->row <= table->rows.n &&
	    table->rows.at[e->row - 1].cell[ROLE_A].kind != CELL_ACTION &&
	    table->rows.at[e->row - 1].cell[ROLE_B].kind == CELL_ACTION)
		role = ROLE_B;
	words = str_make(e->u.director.by_hand ? _("by hand: %s") : "%s", e->text ? e->text : "");
	draw_beside(b, line, role == ROLE_NONE ? ROLE_A : role, style_of(b, e), words);
	free(words);
}

static void draw_segment(const struct brush *b, const struct axis_line *line, const struct event *e)
{
	struct str s = {0};

	if (b->col->wire >= 5) {
		timeline_arrow(&s, e, (size_t)b->col->wire, b->c->ascii);
		canvas_text(b->c, ladder_wire_x(b->col), b->y, b->col->wire, style_of(b, e),
			    str_text(&s));
	}
	str_free(&s);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		const struct event *verdict =
			line->mark[role] == EVENT_NONE ? NULL : event_at(b, line->mark[role]);

		if (verdict && verdict->text)
			draw_beside(b, line, role, style_of(b, e), verdict->text);
	}
}

static void draw_words(const struct brush *b, const struct event *e)
{
	struct str s = {0};

	if (e->kind == EVENT_RETURN)
		rung_result_words(&s, e);
	else
		rung_event_words(&s, e);
	draw_cell(b, e->role < ROLE_NONE ? e->role : ROLE_A, style_of(b, e), str_text(&s));
	str_free(&s);
}

static void draw_marks(const struct brush *b, const struct axis_line *line)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		int x = ladder_cell_x(b->col, role) + b->col->cell[role] - 3;

		if (line->mark[role] == EVENT_NONE)
			continue;
		switch (event_at(b, line->mark[role])->u.verdict.verdict) {
		case VERDICT_HOLDS:
			canvas_right(b->c, x, b->y, 3, STYLE_GOOD, "✓");
			break;
		case VERDICT_DIFFERS:
			canvas_right(b->c, x, b->y, 3, STYLE_BAD, "✗");
			break;
		case VERDICT_UNSEEN:
			canvas_right(b->c, x, b->y, 3, STYLE_DIM, "?");
			break;
		case VERDICT_PENDING:
			break;
		}
	}
}

static void draw_item(const struct brush *b, const struct axis_line *line)
{
	const struct event *e = event_at(b, line->event);

	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (role != e->role || e->kind == EVENT_SEGMENT || e->kind == EVENT_DIRECTOR)
			draw_bar(b, role, line->wait[role]);
	ladder_draw_time(b->c, b->col, b->y, line->ns, line->since ? line->since : -1);
	if (e->kind == EVENT_CALL)
		draw_call(b, line, e);
	else if (e->kind == EVENT_SEGMENT)
		draw_segment(b, line, e);
	else if (e->kind == EVENT_DIRECTOR)
		draw_deed(b, line, e);
	else
		draw_words(b, e);
	draw_marks(b, line);
}

static void draw_setup(const struct brush *b, const struct axis_line *line)
{
	int x = ladder_cell_x(b->col, ROLE_A);
	int right = ladder_cell_x(b->col, ROLE_B) + b->col->cell[ROLE_B];
	struct str s = {0}, time = {0};
	size_t calls = 0;

	for (size_t i = 0; i < player_end(b->p) && event_at(b, i)->row == 0; i++)
		calls += event_at(b, i)->kind == EVENT_CALL;
	clock_print(&time, line->ns);
	if (calls)
		str_addf(&s, ngettext("%zu call, %s · o shows it", "%zu calls, %s · o shows them",
				      calls), calls, str_text(&time));
	else
		str_add(&s, _("no calls"));
	canvas_right(b->c, b->col->x + 2, b->y, 8, STYLE_DIM, _("set-up"));
	canvas_fill(b->c, x - 1, b->y, right - x + 1, 1, STYLE_NORMAL, " ");
	canvas_short(b->c, x, b->y, right - x, STYLE_DIM, str_text(&s));
	str_free(&s);
	str_free(&time);
}

/* `┈┈┈ ⋯ 1.20 s ⋯ ┈┈┈ a line: 5 µs ┈┈`, and the bars of those who wait so long. */
static void draw_fold(const struct brush *b, const struct axis_line *line)
{
	int x = b->col->x + 1, right = ladder_cell_x(b->col, ROLE_B) + b->col->cell[ROLE_B];
	int w = right - x, n;
	struct str s = {0};

	canvas_fill(b->c, x, b->y, w, 1, STYLE_DIM, "┈");
	str_add(&s, " ⋯ ");
	clock_print(&s, line->ns > 0 ? line->ns : 0);
	str_add(&s, " ⋯ ");
	n = canvas_columns(b->c, str_text(&s));
	canvas_text(b->c, ladder_cell_x(b->col, ROLE_A) + b->col->cell[ROLE_A] / 2 - n / 2, b->y, n,
		    STYLE_NORMAL, str_text(&s));
	str_cut(&s, 0);
	if (line->unit) {
		struct str unit = {0};

		clock_print(&unit, line->unit);
		str_addf(&s, _(" a line: %s "), str_text(&unit));
		canvas_right(b->c, x, b->y, w - 2, STYLE_DIM, str_text(&s));
		str_free(&unit);
	}
	str_free(&s);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (line->wait[role] != AXIS_FREE)
			draw_bar(b, role, line->wait[role]);
}

static void draw_line(const struct brush *b, const struct axis_line *line)
{
	switch (line->kind) {
	case AXIS_SETUP:
		draw_setup(b, line);
		return;
	case AXIS_ITEM:
		draw_item(b, line);
		return;
	case AXIS_EMPTY:
		for (enum role role = ROLE_A; role < ROLE_NONE; role++)
			draw_bar(b, role, line->wait[role]);
		return;
	case AXIS_FOLD:
		draw_fold(b, line);
		return;
	}
}

/* Whether one of the step's outcomes was decided by what stands in the line. */
static bool decides(const struct axis_line *line, const struct player *p)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (line->mark[role] != EVENT_NONE &&
		    p->events.list.at[line->mark[role]].row == player_row(p))
			return true;
	return false;
}

/* The line that the step shown is about: what decided its outcome, or what came first in it. */
static size_t newest(const struct axis *axis, const struct player *p)
{
	size_t first = SIZE_MAX;

	for (size_t i = axis->lines.n; i-- > 0 && player_row(p) > 0;) {
		const struct axis_line *line = &axis->lines.at[i];

		if (line->kind != AXIS_ITEM)
			continue;
		if (decides(line, p))
			return i;
		if (p->events.list.at[line->event].row == player_row(p))
			first = i;
	}
	return first;
}

static int empty_lines(int room)
{
	int empty = room / 3;

	return empty < EMPTY_LEAST ? EMPTY_LEAST : empty > EMPTY_MOST ? EMPTY_MOST : empty;
}

static void keep_scroll(struct player *p, int most)
{
	if (p->scroll < 0)
		p->scroll = 0;
	if (p->scroll > most)
		p->scroll = most;
}

void axis_draw(struct canvas *c, int x, int y, int w, int h, struct player *p, int64_t now)
{
	struct ladder_columns col = ladder_columns_for(p, x, w);
	int room = h > FRAME ? h - FRAME : 0, most, first;
	struct axis axis;
	size_t mark;

	axis_make(&axis, p, empty_lines(room), now);
	most = (int)axis.lines.n > room ? (int)axis.lines.n - room : 0;
	keep_scroll(p, most);
	first = most - p->scroll;
	mark = newest(&axis, p);
	canvas_box(c, x, y, w, h, _("Timeline in true time"), STYLE_NORMAL);
	ladder_draw_columns(c, &col, y + 1, h - 2);
	for (int i = 0; i < room && first + i < (int)axis.lines.n; i++) {
		struct brush b = {c, &col, p, y + 2 + i};

		draw_line(&b, &axis.lines.at[first + i]);
		if ((size_t)(first + i) == mark)
			canvas_text(c, col.x + 1, b.y, 1, STYLE_ACCENT, "▸");
	}
	ladder_draw_more(c, x, y + h - 1, w, first > 0, first + room < (int)axis.lines.n);
	axis_free(&axis);
}
