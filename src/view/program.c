#include "view/program.h"

#include "base/argv.h"
#include "base/text.h"
#include "timeline/score.h"
#include "view/flow.h"
#include "view/pane.h"
#include "view/view.h"

#include <string.h>

enum { LINE_MOST = 900 };

static const struct request none = {REQUEST_NONE, 0};

static const struct binding keys[] = {
	{{'r'}, OP_RESTART, "r", N_("again"), N_("run the program again, which may have been built anew")},
	{{'p'}, OP_PROGRAM, "p", N_("command"), N_("change the command")},
	{{'T'}, OP_TASK, "T", N_("task"), N_("the task, with hints, or the rows of the goal")},
	{{'H'}, OP_HINT, "H", N_("hint"), N_("the next hint")},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("scroll"),
	 N_("scroll (also k j, PgUp PgDn, g G, Home End)")},
	{{INPUT_TAB}, OP_NEXT_PART, "Tab", NULL,
	 N_("what is scrolled: the program's pane, the other one, the goal")},
	{{'l'}, OP_LENS, "l", N_("lens"), N_("all sockets, as the kernel sees them")},
	{{'L'}, OP_STATES, "L", NULL, N_("the states of TCP, and where A and B stand")},
	{{'w'}, OP_WIRE, "w", N_("wire"),
	 N_("every segment on the wire; for Unix sockets, what calls moved")},
	{{INPUT_LEFT, INPUT_BACKSPACE}, OP_BACK, "←→", NULL, N_("look one row back (also Backspace), and forward again")},
	{{INPUT_RIGHT}, OP_FORWARD, "", NULL, NULL},
	{{'i'}, OP_EXPLAIN, "i", NULL,
	 N_("mark an error, call or state; Enter opens its card (or click it)")},
	{{'o'}, OP_SETUP, "o", NULL, N_("show or fold the calls of the set-up")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "", NULL, NULL},
	{{'g', INPUT_HOME}, OP_FIRST, "", NULL, NULL},
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in all lessons, demos and cards")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q', INPUT_ESC}, OP_LEAVE, "q", N_("leave"),
	 N_("end the lab, back to the text (Esc closes what is open first)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding asking_for_it[] = {
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("run it"), NULL},
	{{INPUT_UP}, OP_UP, "↑↓", N_("what was given before"), NULL},
	{{INPUT_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ESC}, OP_NO, "Esc", N_("stop typing"), NULL},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "PgUp PgDn", N_("read on"), NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{KEYS_ANY}, OP_TYPE, "", NULL, NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

const struct binding *program_keys(const struct model *m)
{
	return m->program.asking ? asking_for_it : keys;
}

enum role program_role_of(const struct lab *lab)
{
	for (int r = 0; r < ROLES; r++)
		if (lab->program[r])
			return (enum role)r;
	return ROLE_NONE;
}

static enum role role_now(const struct model *m)
{
	return program_role_of(m->labs.lab);
}

bool program_is_on(const struct model *m)
{
	return labs_is_on(m) && role_now(m) != ROLE_NONE;
}

static const struct demo *goal_of(const struct model *m)
{
	return lab_goal(m->labs.lesson, m->labs.lab);
}

/* Open the prompt with what was given last. */
static void ask(struct model *m)
{
	struct program *p = &m->program;

	p->asking = true;
	p->recalled = p->given.n > 0;
	entry_set(&p->entry, p->given.n ? p->given.at[p->given.n - 1] : "");
}

static void forget_run(struct program *p)
{
	free(p->line);
	p->line = NULL;
	argv_free(p->words);
	p->words = NULL;
	p->end[ROLE_A] = p->end[ROLE_B] = 0;
}

void program_open(struct model *m)
{
	forget_run(&m->program);
	m->program.runs = m->program.noted = 0;
	m->program.scrolled = role_now(m);
	player_start(&m->player, m->labs.lesson, goal_of(m));
	player_real_time(&m->player, m->real_time);
	ask(m);
}

/* LINE is the newest now; nobody is asked to pass the same twice. */
static void remember(struct program *p, const char *line)
{
	size_t n = 0;

	for (size_t i = 0; i < p->given.n; i++) {
		if (strcmp(p->given.at[i], line) == 0)
			free(p->given.at[i]);
		else
			p->given.at[n++] = p->given.at[i];
	}
	p->given.n = n;
	vec_push(&p->given, mem_strdup(line));
	p->recalled = 0;
}

const char *const *program_words(const struct model *m, enum role role)
{
	return program_is_on(m) && role == role_now(m) ? (const char *const *)m->program.words : NULL;
}

/* LINE is to be run; it may be what ran before. */
static struct request run(struct model *m, const char *line)
{
	struct program *p = &m->program;
	char **words = argv_read(line);
	char *own = mem_strdup(line);

	if (!words) {
		free(own);
		return none;
	}
	remember(p, own);
	forget_run(p);
	p->line = own;
	p->words = words;
	p->asking = false;
	/* The run before is shown until the next begins. */
	for (int r = 0; r < ROLES; r++)
		if (m->player.program[r])
			m->player.program[r] = own;
	return (struct request){REQUEST_RUN, (int)goal_of(m)->table.rows.n};
}

struct request program_given(struct model *m, const char *const *words)
{
	char *line = argv_write(words);
	struct request request = run(m, line);

	free(line);
	return request;
}

void program_begin(struct model *m)
{
	struct program *p = &m->program;

	p->runs++;
	p->end[ROLE_A] = p->end[ROLE_B] = 0;
	if (m->panels.open && m->panels.open->op == OP_TASK)
		panels_close(&m->panels);
	goal_free(&m->labs.goal);
	player_free(&m->player);
	player_start(&m->player, m->labs.lesson, goal_of(m));
	player_real_time(&m->player, m->real_time);
	player_program(&m->player, role_now(m), p->line);
	player_step_to(&m->player, (int)goal_of(m)->table.rows.n);
}

/*
 * What came of it.
 */

void program_standing(struct standing *standing, const struct player *p)
{
	struct score score = {0};
	const struct score_row *first;

	score_look(&score, &p->demo->table, &p->events);
	*standing = (struct standing){.met = (int)score.held, .rows = (int)score.rows.n,
				      .role = ROLE_NONE, .verdict = EVENT_NONE,
				      .begun = p->live.row > 0, .over = p->done || p->trouble};
	first = score.first < score.rows.n ? &score.rows.at[score.first] : NULL;
	if (score.trouble && (!first || score.trouble_row <= first->row)) {
		standing->row = score.trouble_row;
		standing->stuck = score.trouble;
	} else if (first) {
		standing->row = first->row;
		standing->role = first->role;
		standing->verdict = first->event;
	}
	score_free(&score);
}

bool program_met(const struct model *m)
{
	struct standing standing;

	if (!m->player.done)
		return false;
	program_standing(&standing, &m->player);
	return standing.row == 0 && standing.rows > 0;
}

void program_progress(struct str *to, const struct model *m)
{
	struct standing standing;

	if (m->program.runs == 0) {
		str_add(to, _("not run yet"));
		return;
	}
	program_standing(&standing, &m->player);
	/* TRANSLATORS: which run of the learner's program it is; rows of the goal that hold, of all */
	str_addf(to, _("run %1$d · %2$d of %3$d hold"), m->program.runs, standing.met, standing.rows);
	if (m->player.looking >= 0)
		str_addf(to, " · %s", _("looking back"));
}

/*
 * Keys.
 */

static void recall(struct program *p, bool back)
{
	if (back ? p->recalled >= p->given.n : p->recalled == 0)
		return;
	p->recalled += back ? 1 : (size_t)-1;
	entry_set(&p->entry, p->recalled ? p->given.at[p->given.n - p->recalled] : "");
}

static struct request type(struct model *m, enum op op, const struct input *input)
{
	struct program *p = &m->program;

	if (op == OP_NO)
		p->asking = false;
	else if (op == OP_ENTER)
		return run(m, str_text(&p->entry.text));
	else if (op == OP_UP || op == OP_DOWN)
		recall(p, op == OP_UP);
	else if (op == OP_PAGE_UP || op == OP_PAGE_DOWN)
		keys_scroll(&m->panels.scroll, op);
	else
		entry_key(&p->entry, input->key, LINE_MOST);
	return none;
}

static struct request again(struct model *m)
{
	if (m->program.line)
		return run(m, m->program.line);
	ask(m);
	return none;
}

/* The program's pane, the other one, the timeline. */
static void next_part(struct model *m)
{
	struct program *p = &m->program;
	enum role mine = role_now(m);

	p->scrolled = p->scrolled == mine ? role_other(mine) : p->scrolled == ROLE_NONE ? mine : ROLE_NONE;
}

static void scroll(struct model *m, enum op op)
{
	struct program *p = &m->program;
	int down = -m->player.scroll;

	if (p->scrolled != ROLE_NONE) {
		pane_scroll(&p->end[p->scrolled], &m->player, p->scrolled, op);
		return;
	}
	keys_scroll(&down, op);
	m->player.scroll = -down;
}

bool program_takes(enum op op)
{
	int down = 0;

	return op == OP_RESTART || op == OP_PROGRAM || op == OP_NEXT_PART || keys_scroll(&down, op);
}

struct request program_handle(struct model *m, enum op op, const struct input *input)
{
	if (m->program.asking)
		return type(m, op, input);
	if (op == OP_RESTART)
		return again(m);
	if (op == OP_PROGRAM)
		ask(m);
	else if (op == OP_NEXT_PART)
		next_part(m);
	else
		scroll(m, op);
	return none;
}

/*
 * Drawing.
 */

/* What a pane says that has nothing to show yet. */
static void draw_invitation(struct canvas *c, int x, int y, int w, int h, const struct model *m,
			    enum role role)
{
	enum role mine = role_now(m);
	char *text;

	if (role == mine)
		text = str_make(_("A program of yours is %s. Type the command that runs it, such as "
				  "./client or python3 client.py."), role_name(role));
	else
		text = str_make(_("%1$s plays by the table, and begins when %2$s does."),
				role_name(role), role_name(mine));
	flow_draw(c, x, y, w, h, role == mine ? STYLE_NORMAL : STYLE_DIM, text);
	free(text);
}

void program_draw_pane(struct canvas *c, int x, int y, int w, int h, struct model *m,
		       enum role role)
{
	struct program *p = &m->program;
	bool asks = p->asking && role == role_now(m);
	struct pane_how how = {.left = asks, .chosen = p->scrolled == role && !p->asking,
			       .end = &p->end[role]};

	pane_draw_how(c, x, y, w, h, &how, &m->player, role, m->now);
	if (p->runs == 0)
		draw_invitation(c, x + 2, y + 1, w - 4, h - 2 - asks, m, role);
	if (asks) {
		canvas_text(c, x + 2, y + h - 2, 2, STYLE_KEY, "$ ");
		entry_draw(c, x + 4, y + h - 2, w - 6, STYLE_NORMAL, &p->entry);
	}
}

const char *program_told_by(enum link link)
{
	switch (link) {
	case LINK_TCP:
	case LINK_TCP6:
	case LINK_UDP:
		return "SOCKTUTOR_HOST, SOCKTUTOR_PORT";
	case LINK_UNIX:
	case LINK_UNIX_DGRAM:
	case LINK_UNIX_SEQPACKET:
	case LINK_PAIR:
		return "SOCKTUTOR_SOCKET";
	case LINK_NONE:
		break;
	}
	return "SOCKTUTOR_SOCKET, SOCKTUTOR_HOST, SOCKTUTOR_PORT";
}

static void before_words(struct str *to, const struct model *m)
{
	/* TRANSLATORS: names of environment variables, and of the lab */
	str_addf(to, _("It is told where in %1$s and runs in this directory; `socktutor lab %2$s --start "
		       "c` (or py, go) writes one to begin with."),
		 program_told_by(goal_of(m)->link), m->labs.lab->setup.id);
}

/*
 * What came of a run, in words.
 */

static void seen_words(struct str *to, const struct player *p, const struct standing *standing,
		       const struct cell *cell)
{
	struct events until = p->events;
	const struct event *e = standing->verdict == EVENT_NONE ? NULL
							      : &p->events.list.at[standing->verdict];

	until.list.n = e ? standing->verdict + 1 : until.list.n;
	outcome_seen_words(to, &cell->outcome, standing->role, &until);
	if (to->len == 0)
		str_add(to, e && e->text && *e->text ? e->text : _("nothing"));
}

static void unmet_words(struct str *to, const struct player *p, const struct standing *standing)
{
	const struct cell *cell;
	struct str seen = {0};

	if (standing->role == ROLE_NONE) {
		str_add(to, standing->stuck);
		return;
	}
	cell = &p->demo->table.rows.at[standing->row - 1].cell[standing->role];
	seen_words(&seen, p, standing, cell);
	str_addf(to, standing->verdict == EVENT_NONE && !standing->over
			     ? _("%1$s: %2$s is wanted next; so far: %3$s.")
			     : _("✗ %1$s: %2$s was wanted; seen: %3$s."),
		 role_name(standing->role), cell->text, str_text(&seen));
	str_free(&seen);
}

static bool is_unseen(const struct player *p, const struct standing *standing)
{
	return standing->verdict != EVENT_NONE &&
	       p->events.list.at[standing->verdict].u.verdict.verdict == VERDICT_UNSEEN;
}

enum style standing_words(struct str *to, const struct player *p, const struct standing *standing)
{
	if (p->trouble) {
		str_add(to, p->trouble);
		return STYLE_BAD;
	}
	if (standing->row == 0) {
		str_add(to, p->done ? _("✓ The goal is met.") : _("All rows hold."));
		return p->done ? STYLE_GOOD : STYLE_NORMAL;
	}
	if (is_unseen(p, standing)) {
		str_add(to, _("This machine cannot show what the goal asks for; socktutor doctor says "
			      "why."));
		return STYLE_NORMAL;
	}
	unmet_words(to, p, standing);
	return standing->verdict != EVENT_NONE || standing->over || standing->stuck ? STYLE_BAD
									    : STYLE_NORMAL;
}

static enum style foot_words(struct str *to, const struct model *m)
{
	struct standing standing;
	enum style style;

	program_standing(&standing, &m->player);
	style = standing_words(to, &m->player, &standing);
	if (style == STYLE_GOOD)
		str_addf(to, " %s", _("Another way? p changes the command; q goes back to the text."));
	/* What could not be carried out is no sentence of its own everywhere else. */
	if (style == STYLE_BAD && to->len && str_text(to)[to->len - 1] != '.')
		str_add(to, ".");
	if (style == STYLE_BAD)
		str_addf(to, " %s", _("When it is mended, r runs it again."));
	return style;
}

void program_draw_foot(struct canvas *c, int x, int y, int w, int h, const struct model *m)
{
	struct lines lines = {.ascii = c->ascii};
	struct str s = {0};
	enum style style = STYLE_DIM;

	if (m->program.runs == 0 || m->program.asking) {
		before_words(&s, m);
	} else {
		style = foot_words(&s, m);
	}
	flow_all(&lines, w, style, str_text(&s));
	for (size_t i = 0; i < lines.list.n && (int)i < h; i++)
		line_draw(c, x, y + (int)i, w, &lines.list.at[i]);
	lines_free(&lines);
	str_free(&s);
}

void program_free(struct program *p)
{
	forget_run(p);
	entry_free(&p->entry);
	for (size_t i = 0; i < p->given.n; i++)
		free(p->given.at[i]);
	vec_free(&p->given);
	*p = (struct program){0};
}
