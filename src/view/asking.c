#include "view/asking.h"

#include "base/utf8.h"
#include "view/flow.h"

#include <stdint.h>

enum { WIDE = 58, LEAST_ABOVE = 4 /* lines that stay free above it */ };

static const struct binding choosing[] = {
	{{'1', '2', '3', '4'}, OP_CHOOSE, "1 2 …", N_("choose"),
	 N_("say what you think will happen")},
	{{INPUT_UP, 'k'}, OP_UP, "↑↓", NULL, N_("mark a choice for Enter (also k and j)")},
	{{INPUT_DOWN, 'j'}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ENTER}, OP_ENTER, "Enter", NULL, N_("say the one that is marked")},
	{{INPUT_PAGE_UP, INPUT_WHEEL_UP}, OP_PAGE_UP, "PgUp PgDn", NULL, N_("scroll the timeline")},
	{{INPUT_PAGE_DOWN, INPUT_WHEEL_DOWN}, OP_PAGE_DOWN, "", NULL, NULL},
	{{'s'}, OP_SKIP, "s", N_("skip"), N_("carry out the row without saying anything")},
	{{'l'}, OP_LENS, "l", N_("lens"), N_("all sockets, as the kernel sees them")},
	{{'L'}, OP_STATES, "L", NULL, N_("the states of TCP, and where A and B stand")},
	{{'w'}, OP_WIRE, "w", N_("wire"),
	 N_("every segment on the wire; for Unix sockets, what calls moved")},
	{{'t'}, OP_TIME, "t", NULL,
	 N_("the timeline in true time, where distance is time, or in order")},
	{{'r'}, OP_RESTART, "r", NULL, N_("start anew with two new processes")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q', INPUT_ESC}, OP_LEAVE, "q", N_("leave"),
	 N_("end the demo, back to the text (also Esc)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding told[] = {
	{{KEYS_ANY}, OP_ENTER, N_("any key"), N_("goes on"), NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

/* The same choices in the same order whenever the demo is opened, and another in each demo. */
static unsigned seed_of(const char *text)
{
	unsigned seed = 2166136261U;

	for (; *text; text++)
		seed = (seed ^ (unsigned char)*text) * 16777619U;
	return seed;
}

void asking_open(struct asking *a, struct player *p, const struct lesson *lesson, size_t demo,
		 bool off)
{
	asking_free(a);
	if (!off)
		predict_find(&a->prediction, lesson, demo, seed_of(lesson->demos.at[demo].id),
			     NULL);
	asking_again(a, p);
}

static void change(struct asking *a, struct player *p, enum asking_state state)
{
	bool open = state == ASKING_LATER || state == ASKING_NOW;

	a->state = state;
	p->hidden = open ? &a->prediction : NULL;
}

void asking_again(struct asking *a, struct player *p)
{
	a->marked = SIZE_MAX;
	a->truth = -1;
	change(a, p, a->prediction.n ? ASKING_LATER : ASKING_NOTHING);
}

void asking_give_up(struct asking *a, struct player *p)
{
	asking_free(a);
	p->hidden = NULL;
}

bool asking_stops(struct asking *a, const struct player *p)
{
	int row = player_next_row(p, p->asked);

	/* Looking back, the step is one that was seen before. */
	if (player_meddled(p, row))
		return false;
	if (a->state != ASKING_LATER || p->looking >= 0 || p->trouble || row == 0 ||
	    row < a->prediction.asked_before || p->asked >= a->prediction.row)
		return false;
	if (p->finished < p->asked)
		return false;
	a->state = ASKING_NOW;
	return true;
}

static void note(const struct asking *a, const struct player *p, struct progress *progress)
{
	/* What this machine cannot show, or nobody offered, is nobody's mistake. */
	if (progress && a->truth >= 0 && !player_meddled(p, a->prediction.row))
		progress_predicted(progress, p->lesson->id, p->demo->id, a->prediction.row,
				   (size_t)a->truth == a->answer);
}

bool asking_happened(struct asking *a, struct player *p, struct progress *progress)
{
	if (p->restarting)
		return false;
	if (p->trouble && a->state != ASKING_TOLD)
		change(a, p, ASKING_NOTHING);
	/* By itself, the row has come without anybody being asked. */
	if (a->state == ASKING_LATER && p->finished >= a->prediction.row)
		change(a, p, ASKING_NOTHING);
	if (a->state != ASKING_SEEING || p->finished < a->prediction.row)
		return false;
	a->truth = predict_truth(&a->prediction, &p->events);
	change(a, p, ASKING_TOLD);
	p->automatic = false;
	note(a, p, progress);
	return true;
}

bool asking_shows(const struct asking *a)
{
	return a->state == ASKING_NOW || a->state == ASKING_TOLD;
}

const struct binding *asking_keys(const struct asking *a)
{
	return a->state == ASKING_TOLD ? told : choosing;
}

static bool choose(struct asking *a, struct player *p, size_t choice)
{
	if (choice >= a->prediction.n)
		return false;
	a->answer = choice;
	change(a, p, ASKING_SEEING);
	return true;
}

static void mark(struct asking *a, enum op op)
{
	size_t last = a->prediction.n - 1;

	if (op == OP_UP && a->marked > 0)
		a->marked = a->marked == SIZE_MAX ? last : a->marked - 1;
	if (op == OP_DOWN && a->marked != last)
		a->marked = a->marked == SIZE_MAX ? 0 : a->marked + 1;
}

bool asking_handle(struct asking *a, struct player *p, enum op op, const struct input *input)
{
	if (a->state == ASKING_TOLD) {
		change(a, p, ASKING_NOTHING);
		return false;
	}
	if (op == OP_CHOOSE)
		return choose(a, p, (size_t)(input->key - '1'));
	if (op == OP_ENTER)
		return choose(a, p, a->marked);
	if (op == OP_SKIP) {
		change(a, p, ASKING_NOTHING);
		return true;
	}
	mark(a, op);
	return false;
}

/*
 * Drawing.
 */

static void add_choice(struct lines *out, int width, const struct asking *a, size_t i)
{
	bool marked = i == a->marked;
	char *first = str_make("%s %zu  ", marked ? "▸" : " ", i + 1);
	struct flow *f = flow_start(out, width, first, "     ", marked ? STYLE_ACCENT : STYLE_KEY);

	flow_text(f, marked ? STYLE_BOLD : STYLE_NORMAL, a->prediction.choices[i].words);
	flow_end(f);
	free(first);
}

static void question_lines(struct lines *out, int width, const struct asking *a)
{
	flow_all(out, width, STYLE_NORMAL, a->prediction.question);
	for (size_t i = 0; i < a->prediction.n; i++)
		add_choice(out, width, a, i);
}

/* WHO stands before WHAT in COLUMNS. */
static void add_said(struct lines *out, int width, int columns, const char *who, const char *what)
{
	char *first = str_make("%s%*s", who, columns - (int)utf8_columns(who), "");
	char *rest = str_make("%*s", columns, "");
	struct flow *f = flow_start(out, width, first, rest, STYLE_DIM);

	flow_text(f, STYLE_BOLD, what);
	flow_end(f);
	free(first);
	free(rest);
}

/* What was seen, when none of the choices was. */
static void seen_words(struct str *to, const struct asking *a, const struct player *p)
{
	const struct cell *cell = &p->demo->table.rows.at[a->prediction.row - 1]
					   .cell[a->prediction.role];

	for (size_t i = 0; i < p->events.list.n; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_VERDICT && e->role == a->prediction.role &&
		    e->row == a->prediction.row && e->u.verdict.verdict == VERDICT_UNSEEN) {
			str_add(to, _("nothing that this machine lets us see"));
			return;
		}
	}
	outcome_seen_words(to, &cell->outcome, a->prediction.role, &p->events);
}

static void told_lines(struct lines *out, int width, const struct asking *a,
		       const struct player *p)
{
	const char *note = p->demo->table.rows.at[a->prediction.row - 1].note;
	const char *you = _("You said:"), *kernel = _("The kernel said:");
	int said = (int)(utf8_columns(you) > utf8_columns(kernel) ? utf8_columns(you)
								  : utf8_columns(kernel)) + 1;
	struct str seen = {0};

	if (a->truth < 0)
		seen_words(&seen, a, p);
	else
		str_add(&seen, a->prediction.choices[a->truth].words);
	add_said(out, width, said, you, a->prediction.choices[a->answer].words);
	add_said(out, width, said, kernel, str_text(&seen));
	if (note && *note) {
		lines_add(out);
		flow_all(out, width, STYLE_NORMAL, note);
	}
	str_free(&seen);
}

static const char *title(const struct asking *a, enum style *style)
{
	*style = STYLE_HEADING;
	if (a->state == ASKING_NOW)
		return _("Before you look");
	if (a->truth < 0)
		return _("None of these");
	if ((size_t)a->truth != a->answer) {
		*style = STYLE_BAD;
		return _("✗ Not so");
	}
	*style = STYLE_GOOD;
	return _("✓ You were right");
}

/* Columns of the widest line, at least those of the TITLE and of the line below. */
static int widest(const struct lines *lines, int least)
{
	for (size_t i = 0; i < lines->list.n; i++) {
		int columns = line_columns(&lines->list.at[i]);

		least = columns > least ? columns : least;
	}
	return least;
}

/* What stands in the box on a screen of COLUMNS. Returns the columns of the box. */
static int box_lines(struct lines *lines, const struct asking *a, const struct player *p,
		     int columns)
{
	int w = columns - 8 < WIDE ? columns - 8 : WIDE;

	if (a->state == ASKING_NOW)
		question_lines(lines, w - 4, a);
	else
		told_lines(lines, w - 4, a, p);
	return widest(lines, 30) + 4;
}

int asking_left(const struct asking *a, const struct player *p, int columns, bool ascii)
{
	struct lines lines = {.ascii = ascii};
	int w = box_lines(&lines, a, p, columns);

	lines_free(&lines);
	return columns - w;
}

void asking_draw(struct canvas *c, const struct asking *a, const struct player *p, int bottom)
{
	const char *foot = a->state == ASKING_NOW ? _("1–4 choose · s skip")
						  : _("any key goes on");
	struct lines lines = {.ascii = c->ascii};
	int w = box_lines(&lines, a, p, c->columns), h, x, y;
	enum style style;
	const char *head = title(a, &style);

	if (a->prediction.n == 3 && a->state == ASKING_NOW)
		foot = _("1–3 choose · s skip");
	h = (int)lines.list.n + 2;
	h = h > bottom - LEAST_ABOVE ? bottom - LEAST_ABOVE : h;
	x = c->columns - w;
	y = bottom - h;
	canvas_fill(c, x, y, w, h, STYLE_NORMAL, " ");
	canvas_box(c, x, y, w, h, head, style);
	canvas_text(c, x + 1, y + h - 1, 1, STYLE_DIM, " ");
	canvas_text(c, x + 2 + canvas_text(c, x + 2, y + h - 1, w - 4, STYLE_KEY, foot), y + h - 1,
		    1, STYLE_DIM, " ");
	for (int i = 0; i < (int)lines.list.n && i < h - 2; i++)
		line_draw(c, x + 2, y + 1 + i, w - 4, &lines.list.at[i]);
	lines_free(&lines);
}

void asking_free(struct asking *a)
{
	predict_free(&a->prediction);
	*a = (struct asking){.truth = -1};
}
