/*
 * What can be done to a demo by hand: a small menu over it. All of it are deeds of the notation,
 * so a table can do the same.
 */
#include "view/view.h"

#include "base/text.h"
#include "lesson/action.h"
#include "view/flow.h"

#include <string.h>

enum {
	WIDE = 46,
	ENTRIES = 10,
	WORDS_MOST = 3, /* lines of explanation */
	FRAME = 2,
	HEAD = 1,       /* the line that says to whom */
};

/* One line: what it does, or, while that is in force, what takes it back. */
static const struct line_of_menu {
	char key;
	const char *text;
	const char *back; /* NULL: there is no way back, or it is a line of its own */
} entries[ENTRIES] = {
	{'1', "cut wire", "mend wire"},
	{'2', "misses FIN", NULL},
	{'3', "misses RST", NULL},
	{'4', "misses data", NULL},
	{'5', "misses all", NULL},
	{'6', "misses nothing", NULL},
	{'7', "delay 200ms", "delay 0ms"},
	{'8', "fill buffer", NULL},
	{'9', "kill -9", NULL},
	{'0', "kill -STOP", "kill -CONT"},
};

static const struct binding keys[] = {
	{{'1', '2', '3', '4', '5', '6'}, OP_CHOOSE, "0–9", N_("do it"), N_("do what the digit stands for")},
	{{'7', '8', '9', '0'}, OP_CHOOSE, "", NULL, NULL},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("mark"), N_("mark one (also k and j)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ENTER, ' '}, OP_ENTER, "Enter", NULL, N_("do the one that is marked (also Space)")},
	{{INPUT_LEFT, 'a', 'A', 'h'}, OP_BACK, "←→", N_("A or B"), N_("to Process A or B (also a and b)")},
	{{INPUT_RIGHT, 'b', 'B', 'l'}, OP_FORWARD, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{INPUT_ESC, 'f', 'q'}, OP_LEAVE, "Esc", N_("close"), N_("do nothing (also f and q)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

/*
 * What is in force.
 */

static bool begins(const char *text, const char *with)
{
	size_t n = strlen(with);

	return strncmp(text, with, n) == 0 && (text[n] == '\0' || text[n] == ':');
}

/* Whether the newest of the two that was done to ROLE is TEXT. */
static bool in_force(const struct player *p, enum role role, const char *text, const char *back)
{
	for (size_t i = p->events.list.n; i-- > 0;) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind != EVENT_DIRECTOR || !e->text || (e->role != role && e->role != ROLE_NONE))
			continue;
		if (begins(e->text, text))
			return true;
		if (begins(e->text, back))
			return false;
	}
	return false;
}

/* What line I stands for now. */
static const char *deed_text(const struct model *m, size_t i)
{
	const struct line_of_menu *e = &entries[i];

	return e->back && in_force(&m->player, m->faults.role, e->text, e->back) ? e->back : e->text;
}

static bool has_ended(const struct player *p, enum role role)
{
	for (size_t i = p->events.list.n; i-- > 0;)
		if (p->events.list.at[i].kind == EVENT_END && p->events.list.at[i].role == role)
			return true;
	return false;
}

/* Why ACTION cannot be done now, or NULL. */
static const char *why_not(const struct model *m, const struct action *action)
{
	const struct player *p = &m->player;
	const char *why = deed_why_not(action, p->demo->link);
	bool needs_process = action->deed->on == DEED_ON_PROCESS ||
			     action->deed->on == DEED_ON_SOCKET;

	if (p->recorded)
		return _("this is a recording");
	if (p->trouble)
		return _("there is no stage");
	if (why)
		return why;
	if (needs_process && p->looking < 0 && has_ended(p, m->faults.role))
		return m->faults.role == ROLE_A ? _("Process A has ended") : _("Process B has ended");
	if (!player_may_do(p))
		return _("the two processes are not ready yet");
	return NULL;
}

/* Parse line I; the caller frees CELL. */
static const struct action *parse(struct cell *cell, const struct model *m, size_t i)
{
	struct errs errs = {0};

	*cell = (struct cell){0};
	cell_parse(cell, deed_text(m, i), NULL, 0, &errs);
	errs_free(&errs);
	return cell->action;
}

/* What marked line says below: what it does, or why it cannot be done. */
static void words_of(struct str *to, const struct model *m, bool *can)
{
	struct cell cell;
	const struct action *action = parse(&cell, m, m->faults.at);
	const char *why = why_not(m, action);

	*can = !why;
	if (why)
		str_addf(to, _("Not here: %s."), why);
	else if (m->player.looking >= 0)
		str_addf(to, _("%s (replayed to the row that is looked at)."),
			 deed_summary(action));
	else
		str_addf(to, "%s.", deed_summary(action));
	cell_free(&cell);
}

/*
 * Drawing.
 */

struct box {
	int x, y, w, h;
	int first, shown; /* lines of the menu */
};

/* In the lower right corner. Where there is little room the empty line goes, then lines of the
 * menu that are far from the marked one: the words below are to be read. */
static struct box place(const struct model *m)
{
	int w = m->columns, h = m->rows - 2, at = (int)m->faults.at;
	struct box b = {.w = w - 8 < WIDE ? w - 8 : WIDE, .h = FRAME + HEAD + ENTRIES + 1 + WORDS_MOST};

	b.h = b.h > h ? h : b.h;
	b.x = w - b.w;
	b.y = 1 + h - b.h;
	b.shown = b.h - FRAME - HEAD - WORDS_MOST;
	b.shown = b.shown > ENTRIES ? ENTRIES : b.shown;
	b.first = at < b.shown ? 0 : at - b.shown + 1;
	return b;
}

static void draw_head(struct canvas *c, const struct box *b, const struct model *m)
{
	int x = b->x + 2;

	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		bool chosen = role == m->faults.role;

		x += canvas_text(c, x, b->y + 1, b->w - 4, chosen ? STYLE_ACCENT : STYLE_DIM,
				 chosen ? "▸ " : "  ");
		x += canvas_text(c, x, b->y + 1, b->w - 4, chosen ? STYLE_BOLD : STYLE_DIM,
				 role_name(role));
		x += 3;
	}
}

/* The line's words with who it is done to: `A misses FIN`, but `cut wire`. */
static void draw_entry(struct canvas *c, const struct box *b, int y, const struct model *m, size_t i)
{
	bool marked = i == m->faults.at, can;
	struct cell cell;
	const struct action *action = parse(&cell, m, i);
	const char *text = deed_text(m, i);
	struct str s = {0};
	int x = b->x + 2;

	can = !why_not(m, action);
	str_addf(&s, "%s %c  ", marked ? "▸" : " ", entries[i].key);
	x += canvas_text(c, x, y, b->w - 4, marked ? STYLE_ACCENT : STYLE_KEY, str_text(&s));
	str_cut(&s, 0);
	if (action->deed->on == DEED_ON_WIRE)
		str_add(&s, text);
	else
		str_addf(&s, "%c: %s", m->faults.role == ROLE_A ? 'A' : 'B', text);
	x += canvas_short(c, x, y, b->x + b->w - 2 - x,
			  !can ? STYLE_DIM : marked ? STYLE_BOLD : STYLE_NORMAL, str_text(&s));
	str_free(&s);
	cell_free(&cell);
}

static void draw_words(struct canvas *c, const struct box *b, const struct model *m)
{
	int y = b->y + b->h - 1 - WORDS_MOST;
	struct lines lines = {.ascii = c->ascii};
	struct str s = {0};
	bool can;

	words_of(&s, m, &can);
	flow_all(&lines, b->w - 4, can ? STYLE_NORMAL : STYLE_ACCENT, str_text(&s));
	for (size_t i = 0; i < lines.list.n && i < WORDS_MOST; i++)
		line_draw(c, b->x + 2, y + (int)i, b->w - 4, &lines.list.at[i]);
	lines_free(&lines);
	str_free(&s);
}

static void draw(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	struct box b = place(m);

	(void)x, (void)y, (void)w, (void)h; /* the whole screen's */
	canvas_fill(c, b.x, b.y, b.w, b.h, STYLE_NORMAL, " ");
	canvas_box(c, b.x, b.y, b.w, b.h, _("Put in by hand"), STYLE_HEADING);
	draw_head(c, &b, m);
	for (int i = 0; i < b.shown; i++)
		draw_entry(c, &b, b.y + 1 + HEAD + i, m, (size_t)(b.first + i));
	draw_words(c, &b, m);
}

/*
 * Keys.
 */

static void open(struct model *m)
{
	m->faults.at = 0;
}

static struct request choose(struct model *m)
{
	struct request request = {REQUEST_NONE, 0};
	struct cell cell;
	const struct action *action = parse(&cell, m, m->faults.at);

	/* Why it cannot be done stands below the lines: this one is the marked one now. */
	if (!why_not(m, action)) {
		request = player_do(&m->player, m->faults.role, deed_text(m, m->faults.at));
		panels_close(&m->panels);
	}
	cell_free(&cell);
	return request;
}

static bool click(struct model *m, const struct input *input)
{
	struct box b = place(m);
	int i = input->y - (b.y + 1 + HEAD);

	if (input->x < b.x || i < 0 || i >= b.shown)
		return false;
	m->faults.at = (size_t)(b.first + i);
	return true;
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	struct faults_menu *menu = &m->faults;

	if (op == OP_UP && menu->at > 0)
		menu->at--;
	else if (op == OP_DOWN && menu->at + 1 < ENTRIES)
		menu->at++;
	else if (op == OP_BACK || op == OP_FORWARD)
		menu->role = op == OP_BACK ? ROLE_A : ROLE_B;
	else if (op == OP_CHOOSE) {
		for (size_t i = 0; i < ENTRIES; i++)
			if ((uint32_t)entries[i].key == input->key)
				menu->at = i;
		*request = choose(m);
	} else if (op == OP_ENTER || (op == OP_CLICK && click(m, input)))
		*request = choose(m);
	return true;
}

static const struct binding *keys_now(const struct model *m)
{
	(void)m;
	return keys;
}

const struct panel panel_faults = {.op = OP_FAULT, .over = true, .open = open, .draw = draw,
				   .handle = handle, .keys = keys_now};
