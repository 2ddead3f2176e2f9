/*
 * A demo being played: two panes, the timeline, what it means.
 */
#include "view/view.h"

#include "view/axis.h"
#include "view/explain.h"
#include "view/ladder.h"
#include "view/mdtable.h"
#include "view/pane.h"

#include <string.h>

enum {
	PANE_LEAST = 6,
	PANE_MOST = 16,
	PANE_SHARE = 4,    /* at least a fourth of the lines, where there are many */
	WORDS_LEAST = 24,  /* columns below which no sentence is begun */
	BEYOND = 4,        /* rows of the timeline that no table speaks of: signals, segments, ends */
	EXPLAIN_LEAST = 2,
	EXPLAIN_PROGRAM = 3,  /* what it did instead is a sentence with a call in it */
	EXPLAIN_SETTINGS = 4, /* what they change is said in two lines */
	SMALL = 20,        /* lines below which the timeline comes first */
	ROOMY = 30,        /* lines from which on a blank line stands above the key bar */
};

static const struct binding keys[] = {
	{{' ', INPUT_ENTER}, OP_STEP, "Space", N_("step"),
	 N_("the next row (also Enter; looking back: replay to here first)")},
	{{INPUT_LEFT, INPUT_BACKSPACE}, OP_BACK, "←", N_("back"), N_("look one step back (also Backspace)")},
	{{INPUT_RIGHT}, OP_FORWARD, "→", NULL, N_("while looking back: one step forward")},
	{{'r'}, OP_RESTART, "r", N_("again"), N_("start anew with two new processes")},
	{{'l'}, OP_LENS, "l", N_("lens"), N_("all sockets, as the kernel sees them")},
	{{'L'}, OP_STATES, "L", NULL, N_("the states of TCP, and where A and B stand")},
	{{'w'}, OP_WIRE, "w", N_("wire"),
	 N_("every segment on the wire; for Unix sockets, what calls moved")},
	{{'c'}, OP_COMPARE, "c", N_("compare"),
	 N_("run it beside itself with one thing changed, such as the link")},
	{{'m'}, OP_EDIT, "m", N_("edit"), N_("change the table and run it again (M: run the lesson's own)")},
	{{'M'}, OP_ORIGINAL, "", NULL, NULL},
	{{'a'}, OP_AUTO, "a", N_("auto"), N_("step by itself; any key stops")},
	{{'f'}, OP_FAULT, "f", N_("fault"),
	 N_("cut the wire, lose segments, kill a role: by hand")},
	{{'A'}, OP_MOVE_A, "A B", NULL, N_("let A or B take its next action, whatever the rows' order")},
	{{'B'}, OP_MOVE_B, "", NULL, NULL},
	{{'e'}, OP_HAND, "e", NULL, N_("type what A and B do (u takes the newest move back)")},
	{{'u'}, OP_UNDO, "", NULL, NULL},
	{{'t'}, OP_TIME, "t", N_("time"),
	 N_("the timeline in true time, where distance is time, or in order")},
	{{'i'}, OP_EXPLAIN, "i", N_("explain"),
	 N_("mark an error, call or state; Enter opens its card (or click it)")},
	{{'o'}, OP_SETUP, "o", N_("set-up"), N_("show or fold the calls of the set-up")},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("scroll"),
	 N_("scroll the timeline (also k j, PgUp PgDn, g G, Home End)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "", NULL, NULL},
	{{'g', INPUT_HOME}, OP_FIRST, "", NULL, NULL},
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in all lessons, demos and cards")},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q', INPUT_ESC}, OP_LEAVE, "q", N_("leave"),
	 N_("end the demo, back to the text (also Esc)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

/* Heights of the parts; they depend on the demo and the screen, not on what has happened, so
 * that nothing moves that has not changed. */
struct parts {
	int panes;
	int ladder;
	int explain;
};

static int at_most(int n, int most)
{
	return n < most ? n : most;
}

static int at_least(int n, int least)
{
	return n > least ? n : least;
}

/* Lines that the longest note takes, and, on a screen that is not SMALL, what is said before
 * the first row. */
static int note_lines(const struct player *p, int width, bool small)
{
	int most = settings_any(&p->demo->settings) ? EXPLAIN_SETTINGS : EXPLAIN_LEAST;

	if (!small)
		most = at_least(most, explain_before(width, p));

	for (size_t i = 0; i < p->demo->table.rows.n; i++) {
		const char *note = p->demo->table.rows.at[i].note;
		struct lines lines = {0};

		if (note)
			most = at_least(most, (int)flow_all(&lines, width, STYLE_NORMAL, note));
		lines_free(&lines);
	}
	return most;
}

static struct parts divide(const struct model *m)
{
	struct parts parts;
	int roomy = m->rows >= ROOMY, left = m->rows - 2 - roomy;
	bool small = m->rows < SMALL;
	int explain = note_lines(&m->player, m->columns - 2, small) + roomy;
	int panes;

	if (program_is_on(m))
		explain = at_least(explain, EXPLAIN_PROGRAM + roomy);
	parts.explain = at_most(explain, m->rows / 5 > 2 ? m->rows / 5 : 2);
	left -= parts.explain;
	/* A short table leaves it half all the same: for what comes about beside the table, what is
	 * done by hand, and the panels that take its place. */
	parts.ladder = at_least(ladder_wants(&m->player, m->columns) + BEYOND, left / 2);
	panes = at_least(small ? PANE_LEAST - 1 : PANE_LEAST, left / PANE_SHARE);
	/* The timeline of a lab has no more rows than its goal; what the program does is in its pane. */
	if (program_is_on(m)) {
		panes = m->program.runs ? at_least(panes, left / 2) : panes;
		parts.ladder = m->program.runs ? ladder_wants(&m->player, m->columns) + 1 : left;
	}
	parts.ladder = at_most(parts.ladder, left - panes);
	parts.panes = at_most(left - parts.ladder, program_is_on(m) ? left : PANE_MOST);
	parts.ladder = left - parts.panes;
	return parts;
}

/* `step 2 of 4 · looking back` */
static void progress_words(struct str *to, const struct model *m)
{
	const struct player *p = &m->player;
	int row = player_row(p);

	if (program_is_on(m)) {
		program_progress(to, m);
		return;
	}
	if (row < 0 || p->finished < 0)
		str_add(to, _("set-up"));
	else if (hand_is_on(m) || !hand_has_table(m))
		str_addf(to, _("move %d"), row);
	else
		str_addf(to, _("step %1$d of %2$d"), player_step_number(p, row), player_steps(p));
	if (hand_is_on(m))
		str_addf(to, " · %s", _("by hand"));
	if (p->looking >= 0)
		str_addf(to, " · %s", _("looking back"));
	else if (p->automatic)
		str_addf(to, " · %s", _("auto"));
}

static void draw_header(struct canvas *c, const struct model *m)
{
	const struct player *p = &m->player;
	struct str s = {0};
	int from, title, x = 1;

	progress_words(&s, m);
	from = canvas_right(c, 0, 0, c->columns - 1,
			    p->looking >= 0 ? STYLE_ACCENT : STYLE_NORMAL, str_text(&s));
	str_cut(&s, 0);
	str_add(&s, " · ");
	if (labs_is_on(m)) {
		labs_title(&s, m);
	} else if (!hand_has_table(m)) {
		str_add(&s, p->demo->title ? p->demo->title : p->demo->id);
	} else {
		str_addf(&s, _("demo %1$d of %2$zu"), p->demo->number, p->lesson->demos.n);
		str_addf(&s, " · %s", p->demo->title ? p->demo->title : p->demo->id);
	}
	if (m->editor.changed)
		str_addf(&s, " · %s", _("changed"));
	/* What the lab is called matters more than where it stands. */
	title = canvas_columns(c, p->lesson->title);
	if (labs_is_on(m) && title + canvas_columns(c, str_text(&s)) > from - x - 2) {
		canvas_short(c, x, 0, from - x - 2, STYLE_HEADING, str_text(&s) + strlen(" · "));
		str_free(&s);
		return;
	}
	x += canvas_short(c, x, 0, from - x - 2, STYLE_HEADING, p->lesson->title);
	canvas_short(c, x, 0, from - x - 2, STYLE_NORMAL, str_text(&s));
	str_free(&s);
}

/* In W columns and H lines. Where that is not enough it is seen that there is more. */
static void draw_explanation(struct canvas *c, const struct player *p, int y, int w, int h)
{
	struct lines lines = {.ascii = c->ascii};
	bool cut;
	int used;

	explain_lines(&lines, w, p);
	explain_end(&lines, w, p);
	cut = (int)lines.list.n > h;
	for (int i = 0; i < (int)lines.list.n && i < h; i++) {
		used = line_draw(c, 1, y + i, cut && i == h - 1 ? w - 2 : w, &lines.list.at[i]);
		if (cut && i == h - 1)
			canvas_text(c, 1 + used, y + i, 2, STYLE_DIM, " …");
	}
	lines_free(&lines);
}

/* The prompt is the last line inside. */
static void draw_pane(struct canvas *c, int x, int y, int w, int h, struct model *m, enum role role)
{
	if (program_is_on(m)) {
		program_draw_pane(c, x, y, w, h, m, role);
		return;
	}
	pane_draw_how(c, x, y, w, h, &(struct pane_how){.left = m->hand.typing}, &m->player, role,
		      m->now);
	if (m->hand.typing)
		hand_draw_prompt(c, x + 2, y + h - 2, w - 4, m, role);
}

static void draw_panel(struct canvas *c, struct model *m, const struct panel *panel,
		       const struct parts *parts)
{
	if (panel->whole)
		panel->draw(c, 0, 1, c->columns, c->rows - 2, m);
	else
		panel->draw(c, 0, 1 + parts->panes, c->columns, parts->ladder, m);
}

static void draw_words(struct canvas *c, const struct model *m, int y, int h)
{
	int w = c->columns - 2;

	/* Beside the prediction; what it tells it tells with the row's own words. */
	if (asking_shows(&m->asking))
		w = asking_left(&m->asking, &m->player, c->columns, c->ascii) - 2;
	if (w < WORDS_LEAST)
		return;
	if (program_is_on(m))
		program_draw_foot(c, 1, y, c->columns - 2, h, m);
	else if (labs_is_on(m) && !hand_says_more(m))
		labs_draw_foot(c, 1, y, c->columns - 2, h, m);
	else if (m->hand.typing || hand_is_on(m))
		hand_draw_foot(c, 1, y, c->columns - 2, h, m);
	else
		draw_explanation(c, &m->player, y, w, h);
}

static void draw(struct canvas *c, struct model *m)
{
	struct player *p = &m->player;
	struct parts parts = divide(m);
	const struct panel *panel = panels_below(&m->panels);
	int left = c->columns / 2, y = 1;

	draw_header(c, m);
	if (!panel || !panel->whole) {
		draw_pane(c, 0, y, left, parts.panes, m, ROLE_A);
		draw_pane(c, left, y, c->columns - left, parts.panes, m, ROLE_B);
	}
	if (panel)
		draw_panel(c, m, panel, &parts);
	else if (p->true_time)
		axis_draw(c, 0, y + parts.panes, c->columns, parts.ladder, p, m->now);
	else
		ladder_draw(c, 0, y + parts.panes, c->columns, parts.ladder, p);
	if (!panel || !panel->whole)
		draw_words(c, m, y + parts.panes + parts.ladder, parts.explain);
	if (m->panels.open && m->panels.open->over)
		m->panels.open->draw(c, 0, 1, c->columns, c->rows - 2, m);
	if (asking_shows(&m->asking))
		asking_draw(c, &m->asking, p, c->rows - 1);
}

/* Opened, the set-up is scrolled into view; folded, the newest row is. */
static void toggle_setup(struct player *p)
{
	p->setup_open = !p->setup_open;
	p->scroll = p->setup_open ? SCROLL_FAR : 0;
}

static void toggle_time(struct player *p)
{
	p->true_time = !p->true_time;
	p->scroll = 0;
}

static struct request click(struct model *m, const struct input *input)
{
	struct parts parts = divide(m);

	if (!m->player.true_time && ladder_is_setup(&m->player, m->columns, parts.ladder, input->y - 1 - parts.panes))
		toggle_setup(&m->player);
	else
		model_explain_word(m, input->x, input->y);
	return (struct request){REQUEST_NONE, 0};
}

/* The timeline scrolls up from its newest row. */
static void scroll(struct player *p, enum op op)
{
	int down = -p->scroll;

	keys_scroll(&down, op);
	p->scroll = -down;
}

static struct request restart(struct model *m)
{
	hand_end(m);
	asking_again(&m->asking, &m->player);
	return player_restart(&m->player);
}

static struct request play_original(struct model *m)
{
	return (struct request){m->editor.changed ? REQUEST_CHANGED : REQUEST_NONE, 0};
}

static struct request step(struct model *m)
{
	struct request request;

	if (asking_stops(&m->asking, &m->player))
		return (struct request){REQUEST_NONE, 0};
	if (hand_is_on(m) && m->player.looking < 0)
		return hand_next(m);
	request = player_step(&m->player);
	if (request.kind == REQUEST_REPLAY)
		hand_cut(m, request.arg);
	return request;
}

/* What is known so far may be looked at before one says what will happen. */
static bool look_around(struct model *m, enum op op, const struct input *input)
{
	const struct panel *panel = m->panels.open;
	struct request none;

	if (op == OP_TIME)
		toggle_time(&m->player);
	else if (op == OP_LENS || op == OP_STATES || op == OP_WIRE)
		panels_toggle(m, op);
	else if (op != OP_PAGE_UP && op != OP_PAGE_DOWN)
		return false;
	else if (!panel || !panel->handle || !panel->handle(m, op, input, &none))
		scroll(&m->player, op);
	return true;
}

/* A key while the prediction is on the screen. */
static struct request answer(struct model *m, enum op op, const struct input *input)
{
	if (m->asking.state == ASKING_NOW && look_around(m, op, input))
		return (struct request){REQUEST_NONE, 0};
	if (asking_handle(&m->asking, &m->player, op, input))
		return player_step(&m->player);
	return (struct request){REQUEST_NONE, 0};
}

/* Esc closes the panel first. So does `q` where the panel's own keys say so; else the bar says that
 * it leaves the demo. */
static struct request leave(struct model *m, const struct input *input)
{
	const struct panel *panel = m->panels.open;
	bool closes = input->key == INPUT_ESC || (panel && panel->keys && panel->keys(m));
	bool closed = closes && panels_close(&m->panels);

	return (struct request){closed ? REQUEST_NONE : REQUEST_CLOSE, 0};
}

/* A prediction that is asked is answered first. */
static bool panel_takes(struct model *m, enum op op, const struct input *input,
			struct request *request)
{
	const struct panel *panel = m->panels.open;

	if (asking_shows(&m->asking))
		return false;
	return (panel && panel->handle && panel->handle(m, op, input, request)) ||
	       panels_toggle(m, op);
}

/* The wheel turns what is under the pointer. */
static void point(struct model *m, const struct input *input)
{
	struct parts parts = divide(m);

	if (input->key != INPUT_WHEEL_UP && input->key != INPUT_WHEEL_DOWN)
		return;
	if (input->y < 1 || input->y > parts.panes)
		m->program.scrolled = ROLE_NONE;
	else
		m->program.scrolled = input->x < m->columns / 2 ? ROLE_A : ROLE_B;
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	struct player *p = &m->player;
	bool automatic = p->automatic;
	struct request request = {REQUEST_NONE, 0};

	player_automatic(p, false, m->now);
	if (m->hand.typing)
		return hand_handle(m, op, input);
	if (program_is_on(m) && m->program.asking)
		return program_handle(m, op, input);
	if (op == OP_LEAVE)
		return leave(m, input);
	if (op == OP_HINT) {
		labs_hint(m);
		return request;
	}
	if (panel_takes(m, op, input, &request))
		return request;
	if (program_is_on(m) && program_takes(op)) {
		point(m, input);
		return program_handle(m, op, input);
	}
	if (op == OP_RESTART)
		return restart(m);
	if (asking_shows(&m->asking))
		return answer(m, op, input);
	if (op == OP_CLICK)
		return click(m, input);
	if (automatic)
		return (struct request){REQUEST_NONE, 0};
	if (op == OP_STEP)
		return step(m);
	if (op == OP_ORIGINAL)
		return play_original(m);
	if (op == OP_MOVE_A || op == OP_MOVE_B)
		return hand_move(m, op == OP_MOVE_A ? ROLE_A : ROLE_B);
	if (op == OP_UNDO)
		return hand_undo(m);
	if (op == OP_HAND) {
		hand_type(m, true);
		return (struct request){REQUEST_NONE, 0};
	}
	if (op == OP_AUTO)
		player_automatic(p, true, m->now);
	else if (op == OP_BACK)
		player_back(p);
	else if (op == OP_FORWARD)
		player_forward(p);
	else if (op == OP_SETUP)
		toggle_setup(p);
	else if (op == OP_TIME)
		toggle_time(p);
	else if (op == OP_EXPLAIN)
		model_mark_word(m, 1);
	else
		scroll(p, op);
	return (struct request){REQUEST_NONE, 0};
}

static const struct binding *keys_now(const struct model *m)
{
	if (asking_shows(&m->asking))
		return asking_keys(&m->asking);
	if (m->hand.typing)
		return hand_keys();
	if (program_is_on(m))
		return program_keys(m);
	if (labs_is_on(m))
		return labs_keys();
	return m->panels.open && m->panels.open->keys ? m->panels.open->keys(m) : NULL;
}

const struct view view_demo = {N_("Playing a demo"), keys, draw, handle, keys_now};
