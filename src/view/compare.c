#include "view/compare.h"

#include "base/text.h"
#include "view/view.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct binding menu_keys[] = {
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("choose"),
	 N_("mark what is to be changed (also k and j)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ENTER, ' '}, OP_ENTER, "Enter", N_("compare"),
	 N_("run the demo beside itself with that one thing changed")},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in all lessons, demos and cards")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q', 'c', INPUT_ESC}, OP_LEAVE, "Esc", N_("back to the demo"),
	 N_("back to the demo (also c and q)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding run_keys[] = {
	{{' ', INPUT_ENTER}, OP_STEP, "Space", N_("step both"),
	 N_("carry out the next row in both (looking back: one step forward)")},
	{{INPUT_LEFT, INPUT_BACKSPACE}, OP_BACK, "←", N_("back"),
	 N_("look one step back in both")},
	{{INPUT_RIGHT}, OP_FORWARD, "→", NULL, N_("while looking back: one step forward")},
	{{'r'}, OP_RESTART, "r", N_("both again"), N_("start both anew with new processes")},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("scroll"),
	 N_("scroll both timelines (also k and j, PgUp and PgDn)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "", NULL, NULL},
	{{'i'}, OP_EXPLAIN, "i", N_("explain"),
	 N_("mark an error, call or state; Enter opens its card (or click it)")},
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in all lessons, demos and cards")},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'l', 'L', 'w', 't'}, OP_LENS, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q', 'c', INPUT_ESC}, OP_COMPARE, "Esc", N_("back to the demo"),
	 N_("end the second run, back to the demo (also c and q)")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct request nothing = {REQUEST_NONE, 0};

bool compare_is_on(const struct model *m)
{
	return m->comparing.lesson != NULL;
}

static const struct binding *keys(const struct model *m)
{
	return compare_is_on(m) ? run_keys : menu_keys;
}

/*
 * The menu.
 */

static void forget_ways(struct comparing *c)
{
	for (size_t i = 0; i < c->ways.n; i++) {
		free(c->ways.at[i].value);
		free(c->ways.at[i].label);
	}
	vec_free(&c->ways);
	c->marked = 0;
}

static struct other_way *add_way(struct comparing *c, enum other_kind kind, char *label)
{
	vec_push(&c->ways, (struct other_way){.kind = kind, .label = label});
	return &c->ways.at[c->ways.n - 1];
}

static void add_set(struct comparing *c, enum demo_key key, const char *value, char *label)
{
	struct other_way *way = add_way(c, OTHER_SET, label);

	way->key = key;
	way->value = mem_strdup(value);
}

static void add_link(struct comparing *c, const struct demo *demo, enum link link)
{
	if (link != demo->link)
		add_set(c, KEY_LINK, link_spec(link)->name,
			str_make(_("over %1$s, not %2$s"), link_spec(link)->name,
				 link_spec(demo->link)->name));
}

static bool is_first_link(enum link link)
{
	return link == LINK_UNIX || link == LINK_TCP;
}

/* Unix and TCP are the two that one wants to see; the others come last. */
static void add_links(struct comparing *c, const struct demo *demo, bool first)
{
	for (int link = 0; link < LINK_NONE && demo->link != LINK_NONE; link++)
		if (is_first_link((enum link)link) == first)
			add_link(c, demo, (enum link)link);
}

static void add_sigpipe(struct comparing *c, const struct demo *demo, enum role role)
{
	bool ignores = demo->setup[role].ignores_sigpipe;

	add_set(c, role == ROLE_A ? KEY_A_SIGPIPE : KEY_B_SIGPIPE, ignores ? "default" : "ignore",
		str_make(ignores ? _("with the default SIGPIPE in %s")
				 : _("with SIGPIPE ignored in %s"),
			 role == ROLE_A ? "A" : "B"));
}

/* A demo that makes its sockets itself has a wire when one of them is an Internet socket. */
static bool has_wire(const struct demo *demo)
{
	bool found = false;

	if (demo->link != LINK_NONE)
		return link_spec(demo->link)->internet;
	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int role = 0; role < ROLES; role++)
			found = found || strstr(demo->table.rows.at[i].cell[role].text, "AF_INET");
	return found;
}

static void add_misses(struct comparing *c, const struct demo *demo, enum role role)
{
	bool misses = demo->setup[role].misses != 0;

	if (has_wire(demo))
		add_set(c, role == ROLE_A ? KEY_A_MISSES : KEY_B_MISSES, misses ? "none" : "FIN",
			str_make(misses ? _("where %s misses nothing") : _("where %s misses FIN"),
				 role == ROLE_A ? "A" : "B"));
}

static void add_unread(struct comparing *c, const struct demo *demo)
{
	struct unread unread = unread_find(demo);
	struct str label = {0};

	if (unread.kind == UNREAD_NONE)
		return;
	unread_words(&label, unread);
	add_way(c, OTHER_UNREAD, str_take(&label))->unread = unread;
}

static void open_menu(struct model *m)
{
	struct comparing *c = &m->comparing;
	const struct demo *demo = m->player.demo;

	forget_ways(c);
	if (m->editor.changed)
		add_way(c, OTHER_ORIGINAL, mem_strdup(_("the lesson's own table, not the changed one")));
	add_links(c, demo, true);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		add_sigpipe(c, demo, role);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		add_misses(c, demo, role);
	add_unread(c, demo);
	add_links(c, demo, false);
}

/*
 * The second run.
 */

static bool is_isolated(const struct player *p)
{
	for (size_t i = 0; i < p->events.list.n; i++)
		if (p->events.list.at[i].kind == EVENT_CANNOT &&
		    p->events.list.at[i].u.cannot == CANNOT_ISOLATE)
			return false;
	return true;
}

static struct lesson *make_other(const struct model *m, const struct other_way *way,
				 struct str *why)
{
	const struct player *p = &m->player;
	struct lesson *made = NULL;

	switch (way->kind) {
	case OTHER_SET:
		return variant_make(p->lesson, p->demo, way->key, way->value, why);
	case OTHER_UNREAD:
		made = unread_make(p->lesson, p->demo, way->unread);
		break;
	case OTHER_ORIGINAL:
		made = variant_copy(p->lesson, model_own_demo(m));
		break;
	}
	if (!made)
		str_add(why, _("the changed table cannot be run"));
	return made;
}

static void set_words(struct comparing *c, const struct model *m, const struct other_way *way)
{
	const struct demo *demo[RUNS] = {m->player.demo, &c->lesson->demos.at[0]};

	switch (way->kind) {
	case OTHER_SET:
		c->change = variant_change(way->key);
		for (int i = 0; i < RUNS; i++)
			variant_when(&c->when[i], demo[i], way->key);
		variant_note(&c->note, demo[0], demo[1]);
		break;
	case OTHER_UNREAD:
		c->change = (struct change){.kind = CHANGE_UNREAD, .role = way->unread.role};
		str_add(&c->when[0], _("as the table is,"));
		str_addf(&c->when[1], _("where %s,"), way->label);
		break;
	case OTHER_ORIGINAL:
		c->change = (struct change){.kind = CHANGE_TABLE, .role = ROLE_NONE};
		str_add(&c->when[0], _("in the changed table,"));
		str_add(&c->when[1], _("in the lesson's own,"));
		break;
	}
	for (int i = 0; i < RUNS; i++) {
		c->change.when[i] = str_text(&c->when[i]);
		str_addn(&c->head[i], str_text(&c->when[i]), strcspn(str_text(&c->when[i]), ","));
	}
	if (way->kind == OTHER_UNREAD) {
		str_cut(&c->head[1], 0);
		str_add(&c->head[1], way->label);
	}
}

/* How many aligned rows the main player was told to carry out. */
static size_t carried_out(const struct model *m)
{
	struct compare_run run[RUNS];
	struct comparison c;
	size_t n = 0;

	compare_look(&c, run, m);
	for (size_t i = 0; i < c.rows.n; i++)
		if (c.rows.at[i].row[0] && c.rows.at[i].row[0] <= m->player.asked)
			n = i + 1;
	comparison_free(&c);
	return n;
}

/* The row of run RUN that stands at or before aligned row N (a number, not an index). */
static int row_at(const struct comparison *c, size_t n, int run)
{
	while (n > 0 && c->rows.at[n - 1].row[run] == 0)
		n--;
	return n > 0 ? c->rows.at[n - 1].row[run] : 0;
}

/* Bring both to where `newest` is; what the main one is to be told. */
static struct request bring(struct model *m)
{
	struct comparing *c = &m->comparing;
	struct compare_run run[RUNS];
	struct comparison now;
	struct request request;

	compare_look(&now, run, m);
	request = player_step_to(&m->player, row_at(&now, c->newest, 0));
	c->request = player_step_to(&c->other, row_at(&now, c->newest, 1));
	comparison_free(&now);
	c->at = c->newest;
	c->scroll = 0;
	return request;
}

static struct request begin(struct model *m, const struct other_way *way)
{
	struct comparing *c = &m->comparing;
	struct str why = {0};

	if (hand_is_on(m))
		str_add(&why, _("What is played by hand is no table yet: m makes one of it."));
	else if (!is_isolated(&m->player) && demo_shares_address(m->player.demo))
		str_add(&why, _("Both runs would want one address here: use `socktutor compare`."));
	else
		c->lesson = make_other(m, way, &why);
	if (!c->lesson) {
		model_say(m, str_text(&why));
		str_free(&why);
		return nothing;
	}
	asking_give_up(&m->asking, &m->player);
	player_automatic(&m->player, false, m->now);
	m->player.queued = false;
	player_look(&m->player, INT_MAX);
	player_start(&c->other, c->lesson, &c->lesson->demos.at[0]);
	player_real_time(&c->other, m->real_time);
	set_words(c, m, way);
	c->newest = carried_out(m);
	bring(m);
	return (struct request){REQUEST_COMPARE, 0};
}

void compare_look(struct comparison *c, struct compare_run run[RUNS], const struct model *m)
{
	const struct player *p[RUNS] = {&m->player, &m->comparing.other};

	for (int i = 0; i < RUNS; i++)
		run[i] = variant_run(p[i]->demo, &p[i]->events, player_end(p[i]));
	compare_make(c, run, variant_number_varies);
}

/*
 * Steps of both.
 */

static bool holds_anything(const struct model *m, const struct compare_row *row)
{
	const struct demo *demo[RUNS] = {m->player.demo, m->comparing.other.demo};

	for (int run = 0; run < RUNS; run++)
		for (int role = 0; row->row[run] && role < ROLES; role++)
			if (demo[run]->table.rows.at[row->row[run] - 1].cell[role].kind != CELL_EMPTY)
				return true;
	return false;
}

/* The next aligned row after N that holds anything, or N: there is none. */
static size_t next_row(const struct model *m, const struct comparison *c, size_t n)
{
	for (size_t i = n; i < c->rows.n; i++)
		if (holds_anything(m, &c->rows.at[i]))
			return i + 1;
	return n;
}

static size_t row_before(const struct model *m, const struct comparison *c, size_t n)
{
	for (n = n > 0 ? n - 1 : 0; n > 0; n--)
		if (holds_anything(m, &c->rows.at[n - 1]))
			return n;
	return 0;
}

/* Look at both as they were when aligned row AT was over. */
static void look_at(struct model *m, const struct comparison *now, size_t at)
{
	struct comparing *c = &m->comparing;

	c->at = at;
	c->scroll = 0;
	player_look(&m->player, at < c->newest ? row_at(now, at, 0) : INT_MAX);
	player_look(&c->other, at < c->newest ? row_at(now, at, 1) : INT_MAX);
}

static void go(struct model *m, bool back)
{
	struct comparing *c = &m->comparing;
	struct compare_run run[RUNS];
	struct comparison now;

	compare_look(&now, run, m);
	if (back)
		look_at(m, &now, row_before(m, &now, c->at));
	else if (c->at < c->newest)
		look_at(m, &now, next_row(m, &now, c->at));
	comparison_free(&now);
}

static bool is_ready(const struct model *m)
{
	return !player_busy(&m->player) && !player_busy(&m->comparing.other);
}

static struct request step(struct model *m)
{
	struct comparing *c = &m->comparing;
	struct compare_run run[RUNS];
	struct comparison now;

	if (c->at < c->newest) {
		go(m, false);
		return nothing;
	}
	c->queued = !is_ready(m);
	if (c->queued)
		return nothing;
	compare_look(&now, run, m);
	c->newest = next_row(m, &now, c->newest);
	comparison_free(&now);
	return bring(m);
}

static struct request restart(struct model *m)
{
	struct comparing *c = &m->comparing;

	c->at = c->newest = 0;
	c->queued = false;
	c->scroll = 0;
	c->request = player_restart(&c->other);
	return player_restart(&m->player);
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

int64_t compare_due(const struct model *m)
{
	if (m->comparing.queued && is_ready(m))
		return 0;
	return sooner(player_due(&m->player, m->now), player_due(&m->comparing.other, m->now));
}

struct request compare_tick(struct model *m)
{
	return m->comparing.queued && is_ready(m) ? step(m) : nothing;
}

/*
 * The panel.
 */

static void mark(struct comparing *c, enum op op)
{
	if (op == OP_UP && c->marked > 0)
		c->marked--;
	else if (op == OP_DOWN && c->marked + 1 < c->ways.n)
		c->marked++;
}

static bool handle_menu(struct model *m, enum op op, const struct input *input,
			struct request *request)
{
	struct comparing *c = &m->comparing;
	int line = input->y - COMPARE_MENU_TOP + (int)compare_menu_first(m);
	bool clicked = op == OP_CLICK && line >= 0 && (size_t)line < c->ways.n;

	if (clicked)
		c->marked = (size_t)line;
	if ((op == OP_ENTER || clicked) && c->ways.n)
		*request = begin(m, &c->ways.at[c->marked]);
	mark(c, op);
	return op != OP_COMPARE;
}

/* Both timelines scroll up from their newest rows. */
static void scroll(struct comparing *c, enum op op)
{
	int down = -c->scroll;

	keys_scroll(&down, op);
	c->scroll = -down;
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	if (!compare_is_on(m))
		return handle_menu(m, op, input, request);
	if (op == OP_STEP)
		*request = step(m);
	else if (op == OP_BACK || op == OP_FORWARD)
		go(m, op == OP_BACK);
	else if (op == OP_RESTART)
		*request = restart(m);
	else if (op == OP_COMPARE)
		*request = (struct request){REQUEST_ALONE, 0};
	else if (op == OP_EXPLAIN)
		model_mark_word(m, 1);
	else if (op == OP_CLICK)
		model_explain_word(m, input->x, input->y);
	else if (op == OP_LENS)
		model_say(m, _("Lens, wire and time are the demo's own: Esc goes back to it."));
	else
		scroll(&m->comparing, op);
	return true;
}

static void draw(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	if (compare_is_on(m))
		compare_draw_runs(c, x, y, w, h, m);
	else
		compare_draw_menu(c, x, y, w, h, m);
}

void compare_free(struct comparing *c)
{
	forget_ways(c);
	player_free(&c->other);
	lesson_free(c->lesson);
	for (int i = 0; i < RUNS; i++) {
		str_free(&c->when[i]);
		str_free(&c->head[i]);
	}
	str_free(&c->note);
	*c = (struct comparing){.other = {.looking = -1, .finished = -1}};
}

void compare_end(struct model *m)
{
	compare_free(&m->comparing);
	if (m->panels.open == &panel_compare)
		m->panels.open = NULL;
}

const struct panel panel_compare = {
	.op = OP_COMPARE, .whole = true, .open = open_menu, .draw = draw, .handle = handle, .keys = keys};
