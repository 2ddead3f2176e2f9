#include "view/welcome.h"

#include "view/flow.h"

enum { WIDE = 76, NARROW_PANE = 14, WIDE_PANE = 18, PANE = 3 /* lines */ };

static const struct binding keys[] = {
	{{KEYS_ANY}, OP_ENTER, N_("any key"), N_("goes on"), NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct {
	const char *key;
	const char *does;
} matter[] = {
	{"Space", N_("the next page, and in a demo the next step")},
	{"Enter", N_("opens a lesson, runs a demo, answers a question")},
	{"?", N_("all keys of the screen that you are on")},
	{"q", N_("back one screen; from the list of lessons, out")},
};

enum { N_MATTER = sizeof matter / sizeof *matter };

const struct binding *welcome_keys(void)
{
	return keys;
}

/* TEXT in lines of W columns from X, Y; returns how many. C may be NULL: then it is only
 * measured. */
static int draw_text(struct canvas *c, int x, int y, int w, const char *text)
{
	struct lines lines = {.ascii = c && c->ascii};
	int n = (int)flow_all(&lines, w, STYLE_NORMAL, text);

	for (int i = 0; c && i < n; i++)
		line_draw(c, x, y + i, w, &lines.list.at[i]);
	lines_free(&lines);
	return n;
}

static void draw_pane(struct canvas *c, int x, int y, int w, const char *title, const char *text)
{
	canvas_box(c, x, y, w, PANE, title, STYLE_NORMAL);
	canvas_short(c, x + 2, y + 1, w - 3, STYLE_DIM, text);
}

/* A demo in small, and beside it what its parts are. */
static int draw_picture(struct canvas *c, int x, int y, int w)
{
	int pane = w >= 70 ? WIDE_PANE : NARROW_PANE, text = x + 2 * pane + 2;

	draw_pane(c, x, y, pane, "Process A", "send() = 5");
	draw_pane(c, x + pane, y, pane, "Process B", "close() = 0");
	draw_text(c, text, y, x + w - text,
		  _("Two live processes: each call they make, and what it returned."));
	y += PANE;
	draw_pane(c, x, y, 2 * pane, _("Timeline"), "send()  ── hello ──▶");
	draw_text(c, text, y, x + w - text,
		  _("All of it in order, the wire between them. Dim: still to come."));
	return 2 * PANE;
}

static void draw_keys(struct canvas *c, int x, int y, int w)
{
	for (int i = 0; i < N_MATTER; i++) {
		canvas_text(c, x, y + i, 6, STYLE_KEY, matter[i].key);
		canvas_short(c, x + 7, y + i, w - 7, STYLE_NORMAL, _(matter[i].does));
	}
}

void welcome_draw(struct canvas *c)
{
	const char *text = _("Sockets, seen from inside. A demo runs two processes, step by step:");
	int w = c->columns - 2 < WIDE ? c->columns - 2 : WIDE, h, x, y;

	h = 2 + draw_text(NULL, 0, 0, w - 4, text) + 2 * PANE + 1 + N_MATTER;
	x = (c->columns - w) / 2;
	y = (c->rows - 1 - h) / 2;
	canvas_fill(c, x, y, w, h, STYLE_NORMAL, " ");
	canvas_box(c, x, y, w, h, _("Welcome"), STYLE_HEADING);
	x += 2;
	y += 1;
	w -= 4;
	y += draw_text(c, x, y, w, text);
	y += draw_picture(c, x, y, w);
	draw_keys(c, x, y + 1, w);
	c->cursor_x = -1;
}
