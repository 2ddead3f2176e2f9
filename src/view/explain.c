#include "view/explain.h"

#include "base/names.h"
#include "base/text.h"
#include "course/shorten.h"
#include "lesson/action.h"
#include "view/expect.h"

#include <errno.h>
#include <string.h>

static void add(struct lines *out, int width, enum style style, const struct str *s)
{
	if (s->len)
		flow_all(out, width, style, str_text(s));
}

/* "Process A called send(sock, "hello", 5, 0); it failed with EPIPE (Broken pipe)." */
static void result_words(struct str *s, enum role role, const char *call, const struct event *ret)
{
	struct str result = {0};
	const char *text;

	timeline_result(&result, ret, 32);
	text = str_text(&result);
	if (ret->u.ret.err)
		/* TRANSLATORS: who, the call, the error */
		str_addf(s, _("%1$s called %2$s; it failed with %3$s."), role_name(role), call,
			 errno_name(ret->u.ret.err) ? text + strlen("= -1 ") : text + 2);
	else
		/* TRANSLATORS: who, the call, what it returned */
		str_addf(s, _("%1$s called %2$s; it returned %3$s."), role_name(role), call,
			 strncmp(text, "= ", 2) == 0 ? text + 2 : text);
	str_free(&result);
}

static void action_words(struct str *s, const struct player *p, const struct tcell *tc,
			 enum role role)
{
	const struct event *list = p->events.list.at;
	const char *call;

	if (tc->call == EVENT_NONE)
		return;
	call = list[tc->call].text ? list[tc->call].text : "";
	if (s->len)
		str_addc(s, ' ');
	if (tc->result != EVENT_NONE)
		result_words(s, role, call, &list[tc->result]);
	else if (player_blocked(p, role, player_end(p)) == tc->call)
		str_addf(s, _("%1$s called %2$s and sleeps in it until something happens."),
			 role_name(role), call);
	else
		str_addf(s, _("%1$s called %2$s."), role_name(role), call);
}

/* "From outside: cut wire; from now on no segment …": what was done, in the notation, and what that
 * means. What came of a deed to a role stands in parentheses, also that nothing did: that is all then. */
static void deed_words(struct str *s, const struct event *e)
{
	bool told = e->role != ROLE_NONE && strstr(e->text, " (");
	const char *summary = told ? NULL : deed_summary_of(e->text);

	if (s->len)
		str_addc(s, ' ');
	if (e->u.director.by_hand && summary)
		/* TRANSLATORS: what was done, in the notation; what that means */
		str_addf(s, _("By hand: %1$s; %2$s."), e->text, summary);
	else if (e->u.director.by_hand)
		str_addf(s, _("By hand: %s."), e->text);
	else if (summary)
		/* TRANSLATORS: what was done, in the notation; what that means */
		str_addf(s, _("From outside: %1$s; %2$s."), e->text, summary);
	else
		str_addf(s, _("From outside: %s."), e->text);
}

/* What the table let the director do in ROW to ROLE, or to the wire. */
static void director_words(struct str *s, const struct player *p, int row, enum role role,
			   const struct action *action)
{
	size_t n = strlen(action->deed->word);

	for (size_t i = 0; i < player_end(p); i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_DIRECTOR && e->row == row && !e->u.director.by_hand && e->text &&
		    (e->role == role || e->role == ROLE_NONE) &&
		    strncmp(e->text, action->deed->word, n) == 0) {
			deed_words(s, e);
			return;
		}
	}
}

/* The newest thing that was done by hand in ROW, or NULL. */
static const struct event *by_hand(const struct player *p, int row)
{
	for (size_t i = player_end(p); i-- > 0;) {
		const struct event *e = &p->events.list.at[i];

		if (e->row < row)
			return NULL;
		if (e->kind == EVENT_DIRECTOR && e->u.director.by_hand && e->text)
			return e;
	}
	return NULL;
}

static void by_hand_lines(struct lines *out, int width, const struct player *p, int row)
{
	const struct event *e = by_hand(p, row);
	struct str s = {0};

	if (e)
		deed_words(&s, e);
	add(out, width, STYLE_ACCENT, &s);
	str_free(&s);
}

static void outcome_words(struct str *s, const struct player *p, const struct tcell *tc,
			  const struct cell *cell, enum role role)
{
	enum verdict verdict = VERDICT_PENDING;

	if (tc->verdict != EVENT_NONE)
		verdict = p->events.list.at[tc->verdict].u.verdict.verdict;
	if (s->len)
		str_addc(s, ' ');
	switch (verdict) {
	case VERDICT_PENDING:
		str_addf(s, _("%1$s: waiting for %2$s."), role_name(role), cell->text);
		return;
	case VERDICT_HOLDS:
		str_addf(s, _("%1$s: %2$s, as the table says."), role_name(role), cell->text);
		return;
	case VERDICT_DIFFERS:
		return;
	case VERDICT_UNSEEN:
		str_addf(s, _("%1$s: whether %2$s holds cannot be seen on this machine."),
			 role_name(role), cell->text);
		return;
	}
}

/* "The table expects ECONNRESET of Process A, but what was seen is: = 0 (EOF)." */
static void difference_words(struct str *s, const struct player *p, const struct tcell *tc,
			     const struct cell *cell, enum role role)
{
	struct events until = {.list = {p->events.list.at, tc->verdict + 1, tc->verdict + 1}};
	struct str seen = {0};

	outcome_seen_words(&seen, &cell->outcome, role, &until);
	if (s->len)
		str_addc(s, ' ');
	/* TRANSLATORS: an outcome of the table, who, what was seen */
	str_addf(s, _("The table expects %1$s of %2$s, but what was seen is: %3$s."), cell->text,
		 role_name(role), seen.len ? str_text(&seen) : _("nothing"));
	str_free(&seen);
}

static const struct trow *table_trow(const struct timeline *t, int row)
{
	for (size_t i = t->rows.n; i-- > 0;)
		if (t->rows.at[i].kind == TROW_TABLE && t->rows.at[i].row == row)
			return &t->rows.at[i];
	return NULL;
}

static void row_lines(struct lines *out, int width, const struct player *p, int row)
{
	const struct table_row *table = &p->demo->table.rows.at[row - 1];
	const struct trow *trow = table_trow(player_timeline(p), row);
	struct str different = {0}, said = {0};

	for (enum role role = ROLE_A; trow && role < ROLE_NONE; role++) {
		const struct tcell *tc = &trow->cell[role];
		const struct cell *cell = &table->cell[role];

		if (cell->kind == CELL_ACTION && cell->action->kind == ACTION_DEED)
			director_words(&said, p, row, role, cell->action);
		else if (cell->kind == CELL_ACTION)
			action_words(&said, p, tc, role);
		if (cell->kind == CELL_OUTCOME)
			outcome_words(&said, p, tc, cell, role);
		if (cell->kind == CELL_OUTCOME && tc->verdict != EVENT_NONE &&
		    p->events.list.at[tc->verdict].u.verdict.verdict == VERDICT_DIFFERS)
			difference_words(&different, p, tc, cell, role);
	}
	if (different.len && player_meddled(p, row))
		str_addf(&different, " %s", _("The table knows nothing of what was done by hand."));
	add(out, width, STYLE_BAD, &different);
	if (table->note && *table->note)
		flow_all(out, width, STYLE_NORMAL, table->note);
	else
		add(out, width, STYLE_NORMAL, &said);
	str_free(&different);
	str_free(&said);
}

static void held_words(struct str *to, const struct player *p)
{
	const struct link_spec *link = link_spec(p->demo->link);

	str_addf(to, "%s ", _("Two processes are held before their next call."));
	if (p->demo->link != LINK_NONE) {
		/* TRANSLATORS: how two processes are joined */
		str_addf(to, _("Between them: %s."), _(link->summary));
		str_addc(to, ' ');
	}
	str_add(to, p->recorded ? _("Space shows the first row.")
				: _("Space carries out the first row."));
}

static void before_lines(struct lines *out, int width, const struct player *p)
{
	struct str s = {0};

	if (p->finished < 0)
		str_add(&s, _("Starting two processes …"));
	else
		held_words(&s, p);
	add(out, width, STYLE_NORMAL, &s);
	str_free(&s);
}

int explain_before(int width, const struct player *p)
{
	struct lines lines = {0};
	struct str s = {0};
	int n;

	held_words(&s, p);
	n = (int)flow_all(&lines, width, STYLE_NORMAL, str_text(&s));
	lines_free(&lines);
	str_free(&s);
	return n;
}

/* What is not as elsewhere on this machine: said while one waits for it, and at its end. */
static void settings_lines(struct lines *out, int width, const struct player *p)
{
	struct str s = {0};

	for (size_t i = 0; shorten_sentence(&s, p->demo, &p->own, p->real_time, i); i++) {
		add(out, width, STYLE_DIM, &s);
		str_cut(&s, 0);
	}
	str_free(&s);
}

static bool anybody_waits(const struct player *p)
{
	struct expectation e;

	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		size_t call = player_blocked(p, role, player_end(p));

		if (call != EVENT_NONE && expect_call(p, call, player_end(p), &e))
			return true;
	}
	return false;
}

/* Whether a call of this step has waited in vain. */
static bool has_given_up(const struct player *p, int row)
{
	for (size_t i = player_end(p); i-- > 0 && p->events.list.at[i].row >= row;)
		if (p->events.list.at[i].kind == EVENT_RETURN && p->events.list.at[i].row == row &&
		    p->events.list.at[i].u.ret.err == ETIMEDOUT)
			return true;
	return false;
}

void explain_lines(struct lines *out, int width, const struct player *p)
{
	int row = player_row(p);

	if (p->trouble) {
		struct str s = {0};

		str_addf(&s, "%s %s", p->trouble, _("Press r to start another."));
		add(out, width, STYLE_BAD, &s);
		str_free(&s);
	}
	by_hand_lines(out, width, p, row < 1 ? 0 : row);
	if (row < 1)
		before_lines(out, width, p);
	else
		row_lines(out, width, p, row);
	if (anybody_waits(p) || has_given_up(p, row))
		settings_lines(out, width, p);
}

void explain_end(struct lines *out, int width, const struct player *p)
{
	if (p->looking < 0 && p->done && !p->trouble)
		flow_all(out, width, STYLE_DIM,
			 _("That was the last row: r runs it again, ← looks back, q goes back to "
			   "the text."));
}
