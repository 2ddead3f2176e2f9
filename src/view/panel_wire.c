/*
 * The wire, segment by segment; for Unix sockets, what calls moved.
 */
#include "view/view.h"

#include "base/text.h"
#include "view/wire.h"

enum {
	FRAME = 3,     /* border, heading, border */
};

/* `7 segments, 2 lost, 1 again` */
static void summary(struct str *to, const struct wire_lines *lines)
{
	if (lines->moves || lines->segments == 0)
		return;
	str_addf(to, ngettext("%zu segment", "%zu segments", lines->segments), lines->segments);
	if (lines->lost)
		str_addf(to, _(", %zu lost"), lines->lost);
	if (lines->again)
		str_addf(to, _(", %zu sent again"), lines->again);
}

/* Whether there is a wire that cannot be seen on this machine. */
static bool is_unseen(const struct player *p)
{
	for (size_t i = 0; i < player_end(p); i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_WIRE)
			return true;
	}
	return false;
}

static void draw_frame(struct canvas *c, int x, int y, int w, int h, const struct wire_lines *lines,
		       bool unseen)
{
	struct str s = {0};

	canvas_box(c, x, y, w, h, !lines->moves ? _("Wire")
				  : unseen      ? _("The wire is unseen: what the calls moved")
						: _("No wire: what the calls moved"), STYLE_NORMAL);
	summary(&s, lines);
	if (s.len) {
		char *words = str_make(" %s ", str_text(&s));

		canvas_right(c, x + 1, y, w - 3, STYLE_DIM, words);
		free(words);
	}
	str_free(&s);
}

/* Said in the lower border: what is out of sight, or what the figures are. */
static void draw_foot(struct canvas *c, int x, int y, int w, const struct wire_lines *lines,
		      bool above, bool below)
{
	const char *text = above && below ? _(" more above and below ")
			   : above	  ? _(" more above ")
			   : below	  ? _(" more below ")
					  : "";

	canvas_right(c, x + 1, y, w - 3, STYLE_DIM, text);
	if (lines->moves)
		canvas_short(c, x + 2, y, w - 4 - canvas_columns(c, text), STYLE_DIM,
			     lines->asked
				     ? _(" in between: bytes not read yet, as the kernel said after each step ")
				     : _(" in between: sent and not read, by what calls returned "));
}

static void draw_nothing(struct canvas *c, int x, int y, int w, const struct wire_lines *lines)
{
	canvas_short(c, x, y, w, STYLE_DIM,
		     lines->moves ? _("No call has moved anything yet.")
				  : _("No segment has been seen yet."));
}

static void draw(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	const struct player *p = &m->player;
	struct wire_lines lines;
	size_t room = h > FRAME ? (size_t)(h - FRAME) : 0, most, first, end;

	wire_lines_make(&lines, p);
	most = lines.list.n > room ? lines.list.n - room : 0;
	/* It scrolls up from the newest, so the panel's number is never above 0. */
	if (m->panels.scroll > 0)
		m->panels.scroll = 0;
	if (m->panels.scroll < -(int)most)
		m->panels.scroll = -(int)most;
	first = most - (size_t)-m->panels.scroll;
	end = first + room < lines.list.n ? first + room : lines.list.n;
	draw_frame(c, x, y, w, h, &lines, is_unseen(p));
	if (lines.list.n == 0)
		draw_nothing(c, x + 2, y + 1, w - 4, &lines);
	else
		wire_draw_heading(c, x + 2, y + 1, w - 4, &lines);
	for (size_t i = first; i < end; i++)
		wire_draw_line(c, x + 2, y + 2 + (int)(i - first), w - 4, &lines, i, p);
	draw_foot(c, x, y + h - 1, w, &lines, first > 0, end < lines.list.n);
	wire_lines_free(&lines);
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	(void)input;
	(void)request;
	if (op == OP_STEP || op == OP_BACK || op == OP_FORWARD || op == OP_RESTART)
		m->panels.scroll = 0;
	return keys_scroll(&m->panels.scroll, op);
}

const struct panel panel_wire = {.op = OP_WIRE, .draw = draw, .handle = handle};
