/*
 * The lens: all sockets of both roles, as the kernel sees them.
 */
#include "view/view.h"

#include "base/text.h"
#include "base/utf8.h"
#include "view/states.h"

#include <string.h>
#include <sys/socket.h>

enum {
	NAME_MOST = 12,
	NUMBER = 8,      /* columns of a number */
};

/* Widths of the table's columns, of what they hold in any row. */
struct columns {
	int name;
	int type;
	int state;
};

struct lens_row {
	const struct event *now;
	const struct event *before; /* as of the step before, or NULL: it is new */
	bool changed;
};

static bool make_row(struct lens_row *row, const struct player *p, size_t i)
{
	const struct lens_now *at = &player_timeline(p)->lenses.list.at[i];

	if (at->newest == EVENT_NONE)
		return false;
	row->now = &p->events.list.at[at->newest];
	row->before = at->before == EVENT_NONE ? NULL : &p->events.list.at[at->before];
	/* Before the first step nothing has changed: all is as the set-up left it. */
	row->changed = player_row(p) > 0 && at->newest != at->before &&
		       (!row->before || lens_differs(&row->now->u.lens, &row->before->u.lens));
	return true;
}

static int longer(int most, size_t columns)
{
	return (int)columns > most ? (int)columns : most;
}

static struct columns measure(const struct player *p)
{
	const struct lenses *lenses = &player_timeline(p)->lenses;
	/* The states of TCP are as wide as the widest of them, so that no column moves from step
	 * to step. */
	struct columns widths = {4, 4, (int)strlen("ESTABLISHED")};

	for (size_t i = 0; i < lenses->list.n; i++) {
		struct lens_row row;
		struct lens_text parts;

		if (!make_row(&row, p, i))
			continue;
		lens_text_split(&parts, row.now->text);
		widths.name = longer(widths.name, parts.name_len);
		widths.type = longer(widths.type, strlen(lens_kind_name(&row.now->u.lens)));
		widths.state = longer(widths.state, strlen(lens_state_name(&row.now->u.lens)));
	}
	if (widths.name > NAME_MOST)
		widths.name = NAME_MOST;
	return widths;
}

/*
 * One row. What has changed in the step that is shown is bold, and marked.
 */

static enum style style_of(const struct lens_row *row, bool changed)
{
	if (changed)
		return STYLE_BOLD;
	return row->now->u.lens.state == LENS_GONE ? STYLE_DIM : STYLE_NORMAL;
}

/* Append TEXT, marked when CHANGED, and spaces up to COLUMNS from where the line began. */
static void add_cell(struct line *line, const struct lens_row *row, bool changed, const char *text,
		     int columns)
{
	line_add(line, STYLE_BOLD, changed ? "*" : " ");
	line_add(line, style_of(row, changed), text);
	line_pad(line, columns);
}

static void add_number(struct line *line, const struct lens_row *row, bool known, uint32_t now,
		       uint32_t before)
{
	bool changed = row->changed && row->before && known && now != before;
	char text[16] = "-";

	if (known)
		snprintf(text, sizeof text, "%u", (unsigned)now);
	line_pad(line, line_columns(line) + NUMBER - 2 - (int)strlen(text));
	add_cell(line, row, changed, text, 0);
	line_add(line, STYLE_NORMAL, " ");
}

static void add_fd(struct line *line, const struct lens_row *row)
{
	const struct lens *l = &row->now->u.lens;
	enum role role = row->now->role;
	int fd = role < ROLE_NONE ? l->fd[role] : -1;
	bool changed = row->changed && row->before && role < ROLE_NONE &&
		       row->before->u.lens.fd[role] != l->fd[role];
	char text[16] = "-";

	if (fd >= 0)
		snprintf(text, sizeof text, "%d", fd);
	line_pad(line, line_columns(line) + 3 - (int)strlen(text));
	add_cell(line, row, changed, text, 0);
}

static void add_columns(struct line *line, const struct lens_row *row,
			const struct columns *widths)
{
	const struct lens *l = &row->now->u.lens, *b = row->before ? &row->before->u.lens : l;
	struct lens_text parts;
	char *name;

	lens_text_split(&parts, row->now->text);
	name = mem_strndup(parts.name, utf8_fit(parts.name, parts.name_len, NAME_MOST));
	line_add(line, STYLE_BOLD, !row->changed ? "  " : row->before ? "* " : "+ ");
	line_add(line, style_of(row, false), row->now->role == ROLE_A ? "A" : "B");
	add_fd(line, row);
	line_add(line, STYLE_NORMAL, "  ");
	line_add(line, style_of(row, false), name);
	line_pad(line, 10 + widths->name);
	line_add(line, style_of(row, false), lens_kind_name(l));
	line_pad(line, 12 + widths->name + widths->type - 1);
	add_cell(line, row, row->changed && row->before && l->state != b->state,
		 lens_state_name(l), 12 + widths->name + widths->type + widths->state + 1);
	add_number(line, row, l->knows & LENS_KNOWS_UNREAD, l->unread, b->unread);
	add_number(line, row, l->knows & LENS_KNOWS_UNACKED, l->unacked, b->unacked);
	free(name);
}

static void add_more(struct str *to, const char *words)
{
	if (to->len && *words)
		str_add(to, " · ");
	str_add(to, words);
}

/* The state in which the connection was when a reset or a time limit ended it: what its calls
 * return from then on hangs on that. */
static void write_cut(struct str *to, const struct player *p, const struct lens *l)
{
	struct lens_way way;

	if (l->domain == AF_UNIX || l->type != SOCK_STREAM ||
	    (l->state != LENS_CLOSE && l->state != LENS_GONE))
		return;
	lens_way_find(&way, &p->events, player_end(p), l->socket);
	states_cut_words(to, &way);
}

/* What has no column: what it was, what is special, where it leads. */
static void write_rest(struct str *to, const struct player *p, const struct lens_row *row)
{
	const struct lens *l = &row->now->u.lens;
	enum role other = role_other(row->now->role);
	struct str more = {0};
	struct lens_text parts;

	if (row->changed && row->before && row->before->u.lens.state != l->state)
		str_addf(to, _("was %s"), lens_state_name(&row->before->u.lens));
	lens_words_rest(&more, row->now);
	add_more(to, str_text(&more));
	str_cut(&more, 0);
	write_cut(&more, p, l);
	add_more(to, str_text(&more));
	str_cut(&more, 0);
	if (other < ROLE_NONE && l->fd[other] >= 0)
		str_addf(&more, _("also fd %d of %s"), l->fd[other], role_name(other));
	add_more(to, str_text(&more));
	str_cut(&more, 0);
	lens_text_split(&parts, row->now->text);
	str_addn(&more, parts.local, parts.local_len);
	if (parts.peer_len)
		str_addf(&more, "%s→ %.*s", more.len ? " " : "", (int)parts.peer_len, parts.peer);
	add_more(to, str_text(&more));
	str_free(&more);
}

/* The rest stands beside the columns when it fits, else below them. */
static void add_row(struct lines *lines, const struct player *p, const struct lens_row *row,
		    const struct columns *widths, int width)
{
	struct line *line = lines_add(lines);
	struct str rest = {0};

	add_columns(line, row, widths);
	write_rest(&rest, p, row);
	if (line_columns(line) + 1 + (int)utf8_columns(str_text(&rest)) <= width) {
		line_add(line, STYLE_NORMAL, " ");
		line_add(line, STYLE_DIM, str_text(&rest));
	} else {
		struct flow *f = flow_start(lines, width, "          ", "          ", STYLE_NORMAL);

		flow_text(f, STYLE_DIM, str_text(&rest));
		flow_end(f);
	}
	str_free(&rest);
}

/* Why something cannot be seen here, if so. */
static void add_cannot(struct lines *lines, const struct player *p, int width)
{
	for (size_t i = 0; i < player_end(p); i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_LENS)
			flow_all(lines, width, STYLE_DIM, e->text);
	}
}

static void make_lines(struct lines *lines, const struct player *p, const struct columns *widths,
		       int width)
{
	const struct lenses *lenses = &player_timeline(p)->lenses;

	for (int role = 0; role < ROLES; role++)
		for (size_t i = 0; i < lenses->list.n; i++) {
			struct lens_row row;

			if (make_row(&row, p, i) && row.now->role == (enum role)role)
				add_row(lines, p, &row, widths, width);
		}
	add_cannot(lines, p, width);
	if (lines->list.n == 0)
		flow_all(lines, width, STYLE_DIM, _("No process has a socket yet."));
}

/* Append TEXT so that it ends before COLUMN. */
static void add_right(struct line *line, const char *text, int column)
{
	line_pad(line, column - (int)utf8_columns(text));
	line_add(line, STYLE_DIM, text);
}

static void draw_heading(struct canvas *c, int x, int y, int w, const struct columns *widths)
{
	struct lines lines = {.ascii = c->ascii};
	struct line *line = lines_add(&lines);
	int numbers = 12 + widths->name + widths->type + widths->state + 1;

	add_right(line, _("fd"), 7);
	line_pad(line, 9);
	line_add(line, STYLE_DIM, _("name"));
	line_pad(line, 10 + widths->name);
	line_add(line, STYLE_DIM, _("type"));
	line_pad(line, 12 + widths->name + widths->type);
	line_add(line, STYLE_DIM, _("state"));
	add_right(line, _("unread"), numbers + NUMBER - 1);
	add_right(line, _("unacked"), numbers + 2 * NUMBER - 1);
	line_draw(c, x, y, w, line);
	lines_free(&lines);
}

static void draw(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	const struct player *p = &m->player;
	struct columns widths = measure(p);
	struct lines lines = {.ascii = c->ascii};
	int room = h > 3 ? h - 3 : 0, most;

	make_lines(&lines, p, &widths, w - 4);
	most = (int)lines.list.n > room ? (int)lines.list.n - room : 0;
	if (m->panels.scroll > most)
		m->panels.scroll = most;
	if (m->panels.scroll < 0)
		m->panels.scroll = 0;
	canvas_box(c, x, y, w, h, _("Sockets, as the kernel sees them"), STYLE_NORMAL);
	canvas_right(c, x + 1, y + h - 1, w - 3, STYLE_DIM,
		     most > 0 ? _(" * changed in this step · + new · ↑↓ more ")
			      : _(" * changed in this step · + new "));
	draw_heading(c, x + 2, y + 1, w - 4, &widths);
	for (int i = 0; i < room && i + m->panels.scroll < (int)lines.list.n; i++)
		line_draw(c, x + 2, y + 2 + i, w - 4, &lines.list.at[i + m->panels.scroll]);
	lines_free(&lines);
}

/* Of the states that are shown. */
static void take_cards(struct model *m)
{
	const struct player *p = &m->player;
	const struct lenses *lenses = &player_timeline(p)->lenses;
	struct lens_row row;

	for (size_t i = 0; i < lenses->list.n; i++)
		if (make_row(&row, p, i))
			card_box_text(&m->box, m->cards, lens_state_name(&row.now->u.lens));
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	(void)request;
	return panel_read(m, op, input, take_cards);
}

const struct panel panel_lens = {.op = OP_LENS, .draw = draw, .handle = handle};
