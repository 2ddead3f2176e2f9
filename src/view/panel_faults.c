/*
 * What can be done to a demo by hand: a small menu over it.
 */
#include "view/view.h"

#include "base/text.h"
#include "view/faults.h"
#include "view/flow.h"

enum {
	WIDE = 46,
	WORDS = 3, /* lines of explanation */
	FRAME = 2,
	HEAD = 1,  /* the line that says to whom */
};

static const struct binding keys[] = {
	{{'1', '2', '3', '4', '5', '6'}, OP_CHOOSE, "0–9", N_("do it"),
	 N_("do what the digit stands for")},
	{{'7', '8', '9', '0'}, OP_CHOOSE, "", NULL, NULL},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("mark"), N_("mark one (also k and j)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ENTER, ' '}, OP_ENTER, "Enter", NULL, N_("do the one that is marked (also Space)")},
	{{INPUT_LEFT, 'a', 'A', 'h'}, OP_BACK, "←→", N_("A or B"),
	 N_("to Process A or B (also a and b)")},
	{{INPUT_RIGHT, 'b', 'B', 'l'}, OP_FORWARD, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{INPUT_ESC, 'f', 'q'}, OP_LEAVE, "Esc", N_("close"), N_("do nothing (also f and q)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

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
	struct box b = {.w = w - 8 < WIDE ? w - 8 : WIDE, .h = FRAME + HEAD + FAULTS + 1 + WORDS};

	b.h = b.h > h ? h : b.h;
	b.x = w - b.w;
	b.y = 1 + h - b.h;
	b.shown = b.h - FRAME - HEAD - WORDS;
	b.shown = b.shown > FAULTS ? FAULTS : b.shown;
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

static void draw_choice(struct canvas *c, const struct box *b, int y, const struct model *m, size_t i)
{
	bool marked = i == m->faults.at, can;
	struct str s = {0};
	int x = b->x + 2;

	can = fault_words(&s, &m->player, i, m->faults.role);
	str_cut(&s, 0);
	str_addf(&s, "%s %c  ", marked ? "▸" : " ", fault_digit(i));
	x += canvas_text(c, x, y, b->w - 4, marked ? STYLE_ACCENT : STYLE_KEY, str_text(&s));
	str_cut(&s, 0);
	fault_label(&s, &m->player, i, m->faults.role);
	canvas_short(c, x, y, b->x + b->w - 2 - x,
		     !can ? STYLE_DIM : marked ? STYLE_BOLD : STYLE_NORMAL, str_text(&s));
	str_free(&s);
}

/* On the marked one. */
static void draw_words(struct canvas *c, const struct box *b, const struct model *m)
{
	int y = b->y + b->h - 1 - WORDS;
	struct lines lines = {.ascii = c->ascii};
	struct str s = {0};
	bool can = fault_words(&s, &m->player, m->faults.at, m->faults.role);

	flow_all(&lines, b->w - 4, can ? STYLE_NORMAL : STYLE_ACCENT, str_text(&s));
	for (size_t i = 0; i < lines.list.n && i < WORDS; i++)
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
		draw_choice(c, &b, b.y + 1 + HEAD + i, m, (size_t)(b.first + i));
	draw_words(c, &b, m);
}

/*
 * Keys.
 */

static void open(struct model *m)
{
	m->faults.at = 0;
}

/* Why one cannot be done stands below the lines: it stays open, with that one marked. */
static struct request choose(struct model *m)
{
	struct player *p = &m->player;
	struct request request = {REQUEST_NONE, 0};
	struct str words = {0};

	if (fault_words(&words, p, m->faults.at, m->faults.role)) {
		request = player_do(p, m->faults.role, fault_text(p, m->faults.at, m->faults.role));
		panels_close(&m->panels);
	}
	if (request.kind == REQUEST_REPLAY)
		hand_cut(m, request.arg);
	str_free(&words);
	return request;
}

static bool mark_clicked(struct model *m, const struct input *input)
{
	struct box b = place(m);
	int i = input->y - (b.y + 1 + HEAD);

	if (input->x < b.x || i < 0 || i >= b.shown)
		return false;
	m->faults.at = (size_t)(b.first + i);
	return true;
}

static void mark_digit(struct model *m, uint32_t digit)
{
	for (size_t i = 0; i < FAULTS; i++)
		if ((uint32_t)fault_digit(i) == digit)
			m->faults.at = i;
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	struct faults_menu *menu = &m->faults;

	if (op == OP_CHOOSE)
		mark_digit(m, input->key);
	if (op == OP_UP && menu->at > 0)
		menu->at--;
	else if (op == OP_DOWN && menu->at + 1 < FAULTS)
		menu->at++;
	else if (op == OP_BACK || op == OP_FORWARD)
		menu->role = op == OP_BACK ? ROLE_A : ROLE_B;
	else if (op == OP_CHOOSE || op == OP_ENTER || (op == OP_CLICK && mark_clicked(m, input)))
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
