#include "view/hand.h"

#include "base/text.h"
#include "lesson/action.h"
#include "view/flow.h"
#include "view/offer.h"
#include "view/view.h"

#include <string.h>

enum { TYPED_MOST = 900 };

static const struct request none = {REQUEST_NONE, 0};

static const struct binding keys[] = {
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("do it"), NULL},
	{{INPUT_TAB}, OP_FORWARD, "Tab", N_("complete, other pane"), NULL},
	{{INPUT_DOWN}, OP_DOWN, "↑↓", N_("choose, recall"), NULL},
	{{INPUT_UP}, OP_UP, "", NULL, NULL},
	{{INPUT_BACKTAB}, OP_BACK, "", NULL, NULL},
	{{INPUT_ESC}, OP_NO, "Esc", N_("stop typing"), NULL},
	{{KEYS_ANY}, OP_TYPE, "", NULL, NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

const struct binding *hand_keys(void)
{
	return keys;
}

bool hand_is_on(const struct model *m)
{
	return m->hand.session.demo != NULL;
}

bool hand_has_table(const struct model *m)
{
	const struct lesson *lesson = m->player.lesson;

	for (size_t i = 0; i < lesson->demos.n; i++)
		if (lesson->demos.at[i].table.rows.n > 0)
			return true;
	return false;
}

/*
 * Moves.
 */

static bool has_ended(const struct player *p, enum role role)
{
	for (size_t i = p->events.list.n; i-- > 0;)
		if (p->events.list.at[i].kind == EVENT_END && p->events.list.at[i].role == role)
			return true;
	return false;
}

/* A row, or the set-up, is being carried out: OP is due when that is over. */
static bool is_later(struct model *m, enum op op)
{
	const struct player *p = &m->player;
	bool later = !p->trouble && !p->recorded && (p->finished < 0 || player_busy(p));

	m->hand.later = later ? op : OP_NONE;
	return later;
}

/* Say why ROLE cannot move at all. Returns whether it can. CALL: what it is to do is a call; what
 * is done from outside reaches one who sleeps, too. */
static bool can_move(struct model *m, enum role role, bool call)
{
	const struct player *p = &m->player;
	size_t sleeps = player_blocked(p, role, p->events.list.n);
	char *why = NULL;

	if (p->trouble || p->recorded)
		return false;
	if (has_ended(p, role))
		why = str_make(_("%s has ended: it does nothing more. r starts two new ones."),
			       role_name(role));
	else if (call && sleeps != EVENT_NONE)
		why = str_make(_("%s sleeps in a call: it cannot move before that returns."),
			       role_name(role));
	if (why)
		model_say(m, why);
	free(why);
	return !why;
}

/* The session begins with the rows that were carried out. Who moves by hand is asked nothing. */
static bool begin(struct model *m)
{
	struct hand *h = &m->hand;

	player_look(&m->player, m->player.live.row);
	asking_give_up(&m->asking, &m->player);
	if (h->session.demo)
		return true;
	if (session_start(&h->session, m->reader.lesson, m->player.demo, m->player.finished) < 0)
		return false;
	player_switch(&m->player, h->session.demo);
	return true;
}

static struct request moved(struct model *m)
{
	player_added(&m->player);
	return (struct request){REQUEST_MOVE, 0};
}

/* A session that nothing was added to is none. */
static void end_if_idle(struct model *m)
{
	struct session *s = &m->hand.session;

	/* A lab is one from its beginning. */
	if (!s->demo || s->moves.n > 0 || labs_is_on(m))
		return;
	player_switch(&m->player, s->original);
	session_free(s);
}

struct request hand_move(struct model *m, enum role role)
{
	char *why;

	if (is_later(m, role == ROLE_A ? OP_MOVE_A : OP_MOVE_B) || !can_move(m, role, true) ||
	    !begin(m))
		return none;
	if (session_take(&m->hand.session, role))
		return moved(m);
	end_if_idle(m);
	why = str_make(_("The table has nothing more for %s. e lets you type."), role_name(role));
	model_say(m, why);
	free(why);
	return none;
}

struct request hand_next(struct model *m)
{
	enum role role = session_turn(&m->hand.session);

	if (role != ROLE_NONE)
		return hand_move(m, role);
	model_say(m, _("The table has nothing more. e lets you type, r is back at the table."));
	return none;
}

/* The timeline must not speak of rows that are no more. */
static struct request replay(struct model *m, int row)
{
	player_forget(&m->player);
	return player_replay(&m->player, row);
}

struct request hand_undo(struct model *m)
{
	struct session *s = &m->hand.session;
	int given = s->given;

	if (!s->demo || s->moves.n == 0) {
		model_say(m, _("There is no move of yours to take back; ← looks back."));
		return none;
	}
	if (m->player.trouble || is_later(m, OP_UNDO))
		return none;
	player_forget(&m->player);
	session_cut(s, s->moves.n - 1);
	if (s->moves.n > 0)
		return replay(m, given + (int)s->moves.n);
	end_if_idle(m);
	return replay(m, given);
}

void hand_end(struct model *m)
{
	if (!hand_is_on(m))
		return;
	player_forget(&m->player);
	session_cut(&m->hand.session, 0);
	end_if_idle(m);
}

void hand_cut(struct model *m, int row)
{
	struct session *s = &m->hand.session;

	if (!s->demo)
		return;
	player_forget(&m->player);
	if (row > s->given)
		session_cut(s, (size_t)(row - s->given));
	else
		session_cut(s, 0);
	end_if_idle(m);
}

/*
 * Typing.
 */

static struct entry *entry_now(struct hand *h)
{
	return &h->entry[h->role];
}

static void complete(struct model *m)
{
	struct hand *h = &m->hand;
	const struct demo *demo = m->player.demo;
	struct scope scope = {0};

	scope_add_table(&scope, &demo->prologue, demo->prologue.rows.n, h->role);
	scope_add_table(&scope, &demo->table, demo->table.rows.n, h->role);
	completions_free(&h->could);
	if (entry_now(h)->text.len)
		complete_cell(&h->could, str_text(&entry_now(h)->text), entry_now(h)->at, &scope);
	h->choice = SIZE_MAX;
	free(h->wrong);
	h->wrong = NULL;
	scope_free(&scope);
}

void hand_type(struct model *m, bool open)
{
	m->hand.typing = open;
	if (open)
		complete(m);
}

static void change_pane(struct model *m)
{
	m->hand.role = role_other(m->hand.role);
	complete(m);
}

static void take_completion(struct model *m)
{
	struct hand *h = &m->hand;
	char *common = completions_common(&h->could);
	size_t typed = entry_now(h)->at - h->could.from;
	size_t one = h->choice == SIZE_MAX ? 0 : h->choice;

	if (!common)
		return;
	if (h->choice == SIZE_MAX && strlen(common) > typed)
		entry_replace(entry_now(h), h->could.from, common);
	else
		entry_replace(entry_now(h), h->could.from, h->could.list.at[one].text);
	free(common);
	complete(m);
}

static void choose(struct hand *h, bool down)
{
	size_t n = h->could.list.n;

	if (down)
		h->choice = h->choice == SIZE_MAX ? 0 : (h->choice + 1) % n;
	else
		h->choice = h->choice == SIZE_MAX || h->choice == 0 ? n - 1 : h->choice - 1;
}

/* What was typed before, in this pane. */
static void recall(struct model *m, bool back)
{
	struct hand *h = &m->hand;
	size_t *at = &h->recalled[h->role], n = h->typed[h->role].n;

	if (back ? *at >= n : *at == 0)
		return;
	*at += back ? 1 : (size_t)-1;
	entry_set(entry_now(h), *at ? h->typed[h->role].at[n - *at] : "");
	complete(m);
}

static bool is_call(const char *text)
{
	struct cell cell = {0};
	struct errs errs = {0};
	bool call = cell_parse(&cell, text, NULL, 0, &errs) == 0 && cell.kind == CELL_ACTION &&
		    cell.action->kind == ACTION_CALL;

	cell_free(&cell);
	errs_free(&errs);
	return call;
}

/* Why a lab does not let TEXT be used, or NULL. The caller frees it. */
static char *forbidden(const struct model *m, const char *text)
{
	struct cell cell = {0};
	struct errs errs = {0};
	const char *why = NULL;
	char *words = NULL;

	if (labs_is_on(m) && cell_parse(&cell, text, NULL, 0, &errs) == 0 &&
	    cell.kind == CELL_ACTION)
		why = lab_why_not_do(m->labs.lab, cell.action);
	if (why && cell.action->kind == ACTION_CALL)
		words = str_make("%s(): %s", cell.action->call->name, _(why));
	else if (why)
		words = str_make("%s: %s", text, _(why));
	cell_free(&cell);
	errs_free(&errs);
	return words;
}

/* Carry out what stands in the prompt; what is wrong stays there, and is said. */
static struct request enter(struct model *m)
{
	struct hand *h = &m->hand;
	const char *text = str_text(&entry_now(h)->text);
	struct errs errs = {0};
	int status;

	if (!*text || is_later(m, OP_ENTER) || !can_move(m, h->role, is_call(text)) || !begin(m))
		return none;
	free(h->wrong);
	h->wrong = forbidden(m, text);
	if (h->wrong)
		return none;
	status = session_type(&h->session, h->role, text, &errs);
	free(h->wrong);
	h->wrong = status < 0 && errs.list.n ? mem_strdup(errs.list.at[0].text) : NULL;
	errs_free(&errs);
	if (status < 0) {
		end_if_idle(m);
		return none;
	}
	vec_push(&h->typed[h->role], mem_strdup(text));
	h->recalled[h->role] = 0;
	entry_set(entry_now(h), "");
	complete(m);
	return moved(m);
}

bool hand_due(const struct model *m)
{
	return m->hand.later != OP_NONE && m->player.finished >= 0 && !player_busy(&m->player);
}

struct request hand_tick(struct model *m)
{
	enum op op = m->hand.later;

	m->hand.later = OP_NONE;
	if (op == OP_ENTER)
		return enter(m);
	return op == OP_UNDO ? hand_undo(m) : hand_move(m, op == OP_MOVE_A ? ROLE_A : ROLE_B);
}

struct request hand_handle(struct model *m, enum op op, const struct input *input)
{
	struct hand *h = &m->hand;

	if (op == OP_NO)
		hand_type(m, false);
	else if (op == OP_ENTER && h->choice != SIZE_MAX)
		take_completion(m);
	else if (op == OP_ENTER)
		return enter(m);
	else if (op == OP_BACK || (op == OP_FORWARD && h->could.list.n == 0))
		change_pane(m);
	else if (op == OP_FORWARD)
		take_completion(m);
	else if ((op == OP_DOWN || op == OP_UP) && h->could.list.n > 0)
		choose(h, op == OP_DOWN);
	else if (op == OP_DOWN || op == OP_UP)
		recall(m, op == OP_UP);
	else if (entry_key(entry_now(h), input->key, TYPED_MOST))
		complete(m);
	return none;
}

/*
 * Drawing.
 */

void hand_draw_prompt(struct canvas *c, int x, int y, int w, const struct model *m, enum role role)
{
	const struct hand *h = &m->hand;
	const struct player *p = &m->player;
	bool here = role == h->role;

	x += canvas_text(c, x, y, w, here ? STYLE_KEY : STYLE_DIM, role == ROLE_A ? "A> " : "B> ");
	w -= 3;
	if (here) {
		entry_draw(c, x, y, w, STYLE_NORMAL, &h->entry[role]);
		return;
	}
	canvas_fill(c, x, y, w, 1, STYLE_DIM, " ");
	if (player_blocked(p, role, p->events.list.n) != EVENT_NONE && !h->entry[role].text.len)
		canvas_short(c, x, y, w, STYLE_DIM, _("(sleeps in its call)"));
	else
		canvas_short(c, x, y, w, STYLE_DIM, str_text(&h->entry[role].text));
}

/* The next actions of the table, for those who choose by A and B. */
static void draw_choices(struct canvas *c, int x, int y, int w, int h, const struct model *m)
{
	struct str s = {0};
	const char *next[ROLES];

	for (int r = 0; r < ROLES; r++)
		next[r] = session_next(&m->hand.session, (enum role)r);
	if (next[ROLE_A])
		str_addf(&s, _("A: %s."), next[ROLE_A]);
	if (next[ROLE_A] && next[ROLE_B])
		str_addc(&s, ' ');
	if (next[ROLE_B])
		str_addf(&s, _("B: %s."), next[ROLE_B]);
	if (s.len)
		str_addf(&s, " %s", _("u undoes, e lets you type, r is back at the table."));
	else
		str_add(&s, hand_has_table(m)
			    ? _("The table has nothing more: e lets you type, u undoes, m makes a "
				"table of it, r is back at the lesson's.")
			    : _("e lets you type, u undoes, m makes a table of it, r begins anew."));
	flow_draw(c, x, y, w, h, STYLE_DIM, str_text(&s));
	str_free(&s);
}

bool hand_says_more(const struct model *m)
{
	const struct hand *h = &m->hand;

	return h->typing && (h->wrong || h->entry[h->role].text.len > 0);
}

void hand_draw_foot(struct canvas *c, int x, int y, int w, int h, const struct model *m)
{
	const struct hand *hand = &m->hand;

	if (!hand->typing) {
		draw_choices(c, x, y, w, h, m);
		return;
	}
	if (hand->wrong) {
		flow_draw(c, x, y, w, h, STYLE_BAD, hand->wrong);
		return;
	}
	offer_draw(c, x, y, w, &hand->could, hand->choice);
	if (!hand->entry[hand->role].text.len)
		flow_draw(c, x, y, w, h, STYLE_DIM,
			  _("Type a call, such as send(sock, \"hi\") or recv(), or what is done from "
			    "outside, such as kill -TERM. Tab goes to the other pane."));
}

void hand_free(struct hand *h)
{
	session_free(&h->session);
	completions_free(&h->could);
	for (int r = 0; r < ROLES; r++) {
		entry_free(&h->entry[r]);
		for (size_t i = 0; i < h->typed[r].n; i++)
			free(h->typed[r].at[i]);
		vec_free(&h->typed[r]);
	}
	free(h->wrong);
	*h = (struct hand){0};
}
