#include "view/editor_draw.h"

#include "base/text.h"
#include "view/flow.h"
#include "view/offer.h"
#include "view/view.h"

enum {
	FOOT = 4,          /* lines under the table: signature, completions, what is wrong */
	NUMBER = 5,        /* columns of mark and row number */
	GAP = 3,           /* columns between the cells */
};

static const struct err *fault_of(const struct editor *e, size_t row)
{
	for (size_t i = 0; i < e->faults.list.n; i++)
		if (e->faults.list.at[i].line == (int)row + 1)
			return &e->faults.list.at[i];
	return NULL;
}

struct grid {
	struct canvas *c;
	struct editor *e;
	int x, y, w, h;   /* inside the frame */
	int cell;         /* columns of a cell */
	size_t first;     /* the row at the top */
	size_t rows;      /* that have room */
};

/* C may be NULL where nothing is drawn. */
static struct grid grid_in(struct canvas *c, int x, int y, int w, int h, struct editor *e)
{
	struct grid p = {c, e, x + 2, y + 1, w - 4, h - 2, (w - 4 - NUMBER - GAP) / 2, 0, 0};
	size_t n = e->draft.rows.list.n;

	p.rows = h > 2 + 1 + FOOT + 1 ? (size_t)(h - 2 - 1 - FOOT) : 1;
	if (n > p.rows && e->row >= p.rows / 2)
		p.first = e->row - p.rows / 2 + p.rows > n ? n - p.rows : e->row - p.rows / 2;
	return p;
}

static int cell_x(const struct grid *p, enum role role)
{
	return p->x + NUMBER + (role == ROLE_B ? p->cell + GAP : 0);
}

static void draw_cell(struct grid *p, int y, size_t row, enum role role)
{
	struct editor *e = p->e;
	bool here = row == e->row && role == e->role;
	int x = cell_x(p, role);

	if (here && e->mode == EDITOR_CELL) {
		entry_draw(p->c, x, y, p->cell, STYLE_SELECTED, &e->entry);
		return;
	}
	if (here)
		canvas_fill(p->c, x, y, p->cell, 1, STYLE_SELECTED, " ");
	canvas_short(p->c, x, y, p->cell, here ? STYLE_SELECTED : STYLE_NORMAL,
		     e->draft.rows.list.at[row].cell[role]);
}

static void draw_row(struct grid *p, int y, size_t row)
{
	struct str s = {0};

	str_addf(&s, "%3zu", row + 1);
	canvas_text(p->c, p->x, y, NUMBER - 1, STYLE_DIM, str_text(&s));
	if (fault_of(p->e, row))
		canvas_text(p->c, p->x, y, 1, p->e->runs ? STYLE_ACCENT : STYLE_BAD,
			    p->e->runs ? "?" : "!");
	str_free(&s);
	canvas_text(p->c, cell_x(p, ROLE_B) - 2, y, 1, STYLE_DIM, "│");
	for (int r = 0; r < ROLES; r++)
		draw_cell(p, y, row, (enum role)r);
}

static void draw_text(struct grid *p, int y, int h, enum style style, const char *text)
{
	flow_draw(p->c, p->x, y, p->w, h, style, text);
}

/* Of this row before all else. */
static void draw_fault(struct grid *p, int y, int h)
{
	const struct editor *e = p->e;
	const struct err *err = fault_of(e, e->row);
	struct str s = {0};

	if (!err && e->mode == EDITOR_TABLE && e->faults.list.n)
		err = &e->faults.list.at[0];
	if (err && err->line > 0)
		str_addf(&s, _("row %d: %s"), err->line, err->text);
	else if (err)
		str_add(&s, err->text);
	else if (e->mode == EDITOR_TABLE && draft_unchanged(&e->draft))
		str_add(&s, _("This is the lesson's table. Change it as you like: Enter changes a "
			      "cell, Space runs it, and o brings it back."));
	else if (e->mode == EDITOR_TABLE)
		str_add(&s, _("Changed. Space runs it, u undoes, o shows the lesson's table."));
	draw_text(p, y, h, err && !e->runs && e->mode == EDITOR_TABLE ? STYLE_BAD : STYLE_DIM,
		  str_text(&s));
	str_free(&s);
}

static void draw_foot(struct grid *p)
{
	int y = p->y + p->h - FOOT, x;

	if (p->e->mode == EDITOR_SAVE) {
		x = p->x + canvas_text(p->c, p->x, y, p->w, STYLE_NORMAL, _("Save as:")) + 1;
		entry_draw(p->c, x, y, p->x + p->w - x, STYLE_SELECTED, &p->e->entry);
		draw_text(p, y + 1, 2, STYLE_DIM,
			  _("A lesson file with this one table. socktutor run FILE runs it, and any "
			    "text editor changes it."));
		return;
	}
	if (p->e->mode == EDITOR_CELL) {
		offer_draw(p->c, p->x, y, p->w, &p->e->could, p->e->choice);
	}
	draw_fault(p, y + 2, 2);
}

static void draw_heads(struct grid *p)
{
	for (int r = 0; r < ROLES; r++) {
		const char *label = p->e->draft.original->setup[r].label;
		struct str s = {0};

		str_add(&s, role_name((enum role)r));
		if (label)
			str_addf(&s, " (%s)", label);
		canvas_short(p->c, cell_x(p, (enum role)r), p->y, p->cell, STYLE_DIM, str_text(&s));
		str_free(&s);
	}
}

void editor_draw(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	struct editor *e = &m->editor;
	struct grid p = grid_in(c, x, y, w, h, e);

	e->top = y;
	e->width = w;
	e->height = h;
	canvas_box(c, x, y, w, h, draft_unchanged(&e->draft) ? _("The table") :
							       _("The table, changed"), STYLE_NORMAL);
	draw_heads(&p);
	for (size_t i = 0; i < p.rows && p.first + i < e->draft.rows.list.n; i++)
		draw_row(&p, p.y + 1 + (int)i, p.first + i);
	draw_foot(&p);
}

void editor_click(struct editor *e, int x, int y)
{
	struct grid p = grid_in(NULL, 0, e->top, e->width, e->height, e);
	int line = y - p.y - 1;

	if (line < 0 || (size_t)line >= p.rows || p.first + (size_t)line >= e->draft.rows.list.n)
		return;
	e->row = p.first + (size_t)line;
	e->role = x >= cell_x(&p, ROLE_B) - 2 ? ROLE_B : ROLE_A;
}
