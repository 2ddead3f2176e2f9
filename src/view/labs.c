#include "view/labs.h"

#include "base/text.h"
#include "lesson/action.h"
#include "view/flow.h"
#include "view/keys.h"
#include "view/markdown.h"
#include "view/view.h"

#include <string.h>

static const struct binding keys[] = {
	{{'e'}, OP_HAND, "e", N_("type"), N_("type what A and B do")},
	{{'A'}, OP_MOVE_A, "A B", NULL, N_("let a role that plays by a table take its next action")},
	{{'B'}, OP_MOVE_B, "", NULL, NULL},
	{{' ', INPUT_ENTER}, OP_STEP, "Space", NULL, N_("the same, whoever's turn it is (also Enter)")},
	{{'u'}, OP_UNDO, "u", N_("undo"), N_("take the newest move back")},
	{{'r'}, OP_RESTART, "r", N_("again"), N_("begin anew with two new processes")},
	{{'T'}, OP_TASK, "T", N_("task"), N_("the task and how far the goal is met, or the timeline")},
	{{'H'}, OP_HINT, "H", N_("hint"), N_("the next hint; after the last one, the solution")},
	{{'l'}, OP_LENS, "l", N_("lens"), N_("all sockets, as the kernel sees them")},
	{{'L'}, OP_STATES, "L", NULL, N_("the states of TCP, and where A and B stand")},
	{{'w'}, OP_WIRE, "w", N_("wire"),
	 N_("every segment on the wire; for Unix sockets, what calls moved")},
	{{INPUT_LEFT, INPUT_BACKSPACE}, OP_BACK, "←→", NULL, N_("look one step back (also Backspace), and forward again")},
	{{INPUT_RIGHT}, OP_FORWARD, "", NULL, NULL},
	{{'i'}, OP_EXPLAIN, "i", NULL,
	 N_("mark an error, call or state; Enter opens its card (or click it)")},
	{{'o'}, OP_SETUP, "o", NULL, N_("show or fold the calls of the set-up")},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", NULL,
	 N_("scroll (also k j, PgUp PgDn, g G, Home End)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "", NULL, NULL},
	{{'g', INPUT_HOME}, OP_FIRST, "", NULL, NULL},
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in all lessons, demos and cards")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q', INPUT_ESC}, OP_LEAVE, "q", N_("leave"),
	 N_("end the lab, back to the text (also Esc)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

const struct binding *labs_keys(void)
{
	return keys;
}

bool labs_is_on(const struct model *m)
{
	return m->labs.lab != NULL;
}

void model_open_lab(struct model *m, size_t index)
{
	struct labs *l = &m->labs;
	const struct demo *goal;

	m->panels = (struct panels){0};
	player_free(&m->player);
	hand_free(&m->hand);
	labs_free(l);
	asking_free(&m->asking);
	l->lesson = m->reader.lesson;
	l->lab = &l->lesson->labs.at[index];
	goal = lab_goal(l->lesson, l->lab);
	m->view = VIEW_DEMO;
	if (goal && program_is_on(m)) {
		program_open(m);
		panels_toggle(m, OP_TASK);
		return;
	}
	if (!goal || session_start(&m->hand.session, l->lesson, goal, 0) < 0) {
		labs_free(l);
		m->view = VIEW_READER;
		model_say(m, _("This lab cannot be played; socktutor lint says why."));
		return;
	}
	player_start(&m->player, l->lesson, m->hand.session.demo);
	hand_type(m, true);
	panels_toggle(m, OP_TASK);
}

/* A run of a program that came to its end is an attempt. */
static void note_run(struct model *m)
{
	struct standing standing;

	if (!m->player.done || m->program.noted == m->program.runs)
		return;
	m->program.noted = m->program.runs;
	program_standing(&standing, &m->player);
	if (m->progress)
		progress_lab_tried(m->progress, m->labs.lesson->id, m->labs.lab->setup.id,
				   (size_t)standing.met, (size_t)standing.rows);
}

void labs_happened(struct model *m)
{
	struct labs *l = &m->labs;
	const struct demo *goal = labs_is_on(m) ? lab_goal(l->lesson, l->lab) : NULL;

	if (!goal || m->player.restarting)
		return;
	if (program_is_on(m))
		note_run(m);
	else
		goal_look(&l->goal, &goal->table, &m->player.events);
	if (l->met || (program_is_on(m) ? !program_met(m) : l->goal.verdict != VERDICT_HOLDS))
		return;
	l->met = true;
	if (m->progress)
		progress_lab_met(m->progress, l->lesson->id, l->lab->setup.id, l->solved);
}

void labs_hint(struct model *m)
{
	struct labs *l = &m->labs;

	if (l->hints < l->lab->hints.n) {
		l->hints++;
		if (m->progress && program_is_on(m))
			progress_lab_hinted(m->progress, l->lesson->id, l->lab->setup.id, l->hints);
	} else if (l->lab->solutions.n)
		l->solved = true;
	else
		model_say(m, _("There are no more hints."));
	if (!m->panels.open)
		panels_toggle(m, OP_TASK);
	m->panels.scroll = SCROLL_FAR;
}

void labs_title(struct str *to, const struct model *m)
{
	const struct labs *l = &m->labs;

	str_addf(to, _("lab %1$zu of %2$zu"), (size_t)(l->lab - l->lesson->labs.at) + 1,
		 l->lesson->labs.n);
	str_addf(to, " · %s", l->lab->setup.title ? l->lab->setup.title : l->lab->setup.id);
}

/*
 * What is still wanted.
 */

static const struct goal_row *first_unmet(const struct goal *goal)
{
	return goal->met < goal->rows.n ? &goal->rows.at[goal->met] : NULL;
}

/* `Process A: EPIPE + SIGPIPE (seen: = 5)` for each outcome of the row that did not occur. */
static void wanted(struct str *to, const struct model *m, const struct goal_row *unmet)
{
	const struct demo *goal = lab_goal(m->labs.lesson, m->labs.lab);
	const struct table_row *row = &goal->table.rows.at[unmet->row - 1];

	for (int r = 0; r < ROLES; r++) {
		const struct cell *cell = &row->cell[r];
		struct str seen = {0};

		if (cell->kind != CELL_OUTCOME || unmet->at[r] != EVENT_NONE)
			continue;
		outcome_seen_words(&seen, &cell->outcome, (enum role)r, &m->player.events);
		str_addf(to, _("%1$s: %2$s is wanted next; so far: %3$s."), role_name((enum role)r),
			 cell->text, str_text(&seen));
		str_addc(to, ' ');
		str_free(&seen);
	}
}

void labs_draw_foot(struct canvas *c, int x, int y, int w, int h, const struct model *m)
{
	const struct goal_row *unmet = first_unmet(&m->labs.goal);
	struct lines lines = {.ascii = c->ascii};
	struct str s = {0};
	enum style style = STYLE_NORMAL;

	if (m->labs.goal.rows.n == 0) {
		str_add(&s, _("Starting two processes …"));
	} else if (m->labs.goal.verdict == VERDICT_UNSEEN) {
		str_add(&s, _("This machine cannot show what the goal asks for; socktutor doctor says "
			      "why."));
	} else if (!unmet) {
		style = STYLE_GOOD;
		str_add(&s, _("✓ The goal is met. Another way? r begins anew; q goes back to the "
			      "text."));
	} else {
		wanted(&s, m, unmet);
		str_add(&s, m->hand.typing ? _("Esc, then: u undoes, H hints, T shows the task.")
					   : _("e types, u undoes, H hints, T shows the task."));
	}
	flow_all(&lines, w, style, str_text(&s));
	for (size_t i = 0; i < lines.list.n && (int)i < h; i++)
		line_draw(c, x, y + (int)i, w, &lines.list.at[i]);
	lines_free(&lines);
	str_free(&s);
}

/*
 * The panel: the task.
 */

static void add_heading(struct lines *lines, int width, const char *text)
{
	if (lines->list.n)
		lines_add(lines);
	flow_all(lines, width, STYLE_HEADING, text);
}

static void add_blocks(struct lines *lines, int width, const struct lesson *lesson, size_t first,
		       size_t end)
{
	for (size_t i = first; i < end; i++)
		block_lines(lines, width, lesson, &lesson->blocks.at[i]);
}

/* What one cell of the goal says, with how it stands: met, next, or still to come. What a script
 * does is no outcome, and has no mark. */
static void add_goal_cell(struct lines *lines, int width, enum role role, const struct cell *cell,
			  bool met, bool next)
{
	bool outcome = cell->kind == CELL_OUTCOME;
	const char *mark = !outcome ? " " : met ? "✓" : next ? "▸" : "·";
	enum style style = !outcome ? STYLE_DIM : met ? STYLE_GOOD : next ? STYLE_BOLD : STYLE_DIM;
	char *first = str_make("%s %s: ", mark, role_name(role));
	struct flow *f = flow_start(lines, width, first, "    ", style);

	flow_text(f, style, cell->text);
	flow_end(f);
	free(first);
}

/* What is to be seen in the row stands under it. */
static void add_goal_note(struct lines *lines, int width, const char *note)
{
	struct flow *f = flow_start(lines, width, "    ", "    ", STYLE_NORMAL);

	flow_text(f, STYLE_NORMAL, note);
	flow_end(f);
}

/* STATE: of a lab by keyboard. STANDING: of a program's, else NULL. */
static void add_goal_row(struct lines *lines, int width, const struct table_row *row, int number,
			 const struct goal_row *state, const struct standing *standing, bool next)
{
	bool scripts = standing != NULL, any = false;

	for (int r = 0; r < ROLES; r++) {
		const struct cell *cell = &row->cell[r];
		bool met = state && (state->met || state->at[r] != EVENT_NONE);

		if (standing)
			met = standing->begun && (!standing->row || number < standing->row);
		if (cell->kind != CELL_OUTCOME && !(scripts && cell->kind == CELL_ACTION))
			continue;
		add_goal_cell(lines, width, (enum role)r, cell, met, next);
		any = true;
	}
	if (any && row->note && *row->note)
		add_goal_note(lines, width, row->note);
}

static void add_goal(struct lines *lines, int width, const struct model *m)
{
	const struct demo *goal = lab_goal(m->labs.lesson, m->labs.lab);
	const struct goal *found = &m->labs.goal;
	bool program = program_is_on(m);
	struct standing standing;

	if (program)
		program_standing(&standing, &m->player);
	add_heading(lines, width, _("The goal"));
	for (size_t i = 0, k = 0; i < goal->table.rows.n; i++) {
		const struct goal_row *state = NULL;
		int number = (int)i + 1;

		if (k < found->rows.n && found->rows.at[k].row == number)
			state = &found->rows.at[k++];
		add_goal_row(lines, width, &goal->table.rows.at[i], number, state,
			     program ? &standing : NULL,
			     program ? standing.begun && standing.row == number
				     : state && k == found->met + 1);
	}
}

/* What the scripted role will do. */
static void add_script(struct lines *lines, int width, const struct model *m)
{
	for (int r = 0; r < ROLES; r++) {
		char *text;

		if (program_is_on(m) || lab_plays(m->labs.lesson, m->labs.lab, (enum role)r))
			continue;
		lines_add(lines);
		text = str_make(_("%1$s plays by a table: the key %2$c lets it take its next "
				  "action."), role_name((enum role)r), r == ROLE_A ? 'A' : 'B');
		flow_all(lines, width, STYLE_NORMAL, text);
		free(text);
	}
}

static void add_help(struct lines *lines, int width, const struct model *m)
{
	const struct labs *l = &m->labs;
	size_t first, end;

	for (size_t i = 0; i < l->hints; i++) {
		char *text = str_make(_("Hint %1$zu of %2$zu"), i + 1, l->lab->hints.n);

		add_heading(lines, width, text);
		free(text);
		lab_hint(l->lesson, l->lab, i, &first, &end);
		add_blocks(lines, width, l->lesson, first, end);
	}
	for (size_t i = 0; l->solved && i < l->lab->solutions.n; i++) {
		add_heading(lines, width, i ? _("Another solution") : _("A solution"));
		lab_why(l->lesson, l->lab, l->lab->solutions.at[i], &first, &end);
		add_blocks(lines, width, l->lesson, first, end + 1);
	}
}

static void draw_task(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	struct lines lines = {.ascii = c->ascii};
	size_t first, end;
	int most, width = w - 4;

	canvas_box(c, x, y, w, h, _("The task"), STYLE_NORMAL);
	if (labs_is_on(m)) {
		lab_why(m->labs.lesson, m->labs.lab, m->labs.lab->goal, &first, &end);
		add_blocks(&lines, width, m->labs.lesson, first, end);
		add_script(&lines, width, m);
		add_goal(&lines, width, m);
		add_help(&lines, width, m);
	}
	most = (int)lines.list.n - (h - 2);
	if (m->panels.scroll > most)
		m->panels.scroll = most;
	if (m->panels.scroll < 0)
		m->panels.scroll = 0;
	for (int i = 0; i < h - 2 && i + m->panels.scroll < (int)lines.list.n; i++)
		line_draw(c, x + 2, y + 1 + i, width, &lines.list.at[i + m->panels.scroll]);
	lines_free(&lines);
}

static bool handle_task(struct model *m, enum op op, const struct input *input,
			struct request *request)
{
	(void)input;
	*request = (struct request){REQUEST_NONE, 0};
	return keys_scroll(&m->panels.scroll, op);
}

const struct panel panel_task = {.op = OP_TASK, .draw = draw_task, .handle = handle_task};

void labs_free(struct labs *l)
{
	goal_free(&l->goal);
	*l = (struct labs){0};
}
