/*
 * compare_words.c - where two runs part, in sentences.
 *
 * What was seen is said as it was seen; why, only where there is a reason (reason.h).
 */
#include "timeline/compare.h"

#include "base/text.h"
#include "timeline/outcome_kind.h"
#include "timeline/reason.h"
#include "timeline/timeline.h"

#include <string.h>

enum { BYTES_MOST = 24 }; /* that a sentence shows */

static struct side side_at(const struct comparison *c, const struct compare_run run[RUNS], int i)
{
	const struct compare_row *row = &c->rows.at[c->first];
	struct side s = {&run[i], &row->sight[i][c->first_role], NULL, NULL, c->first_role};

	s.cell = &run[i].table->rows.at[row->row[i] - 1].cell[c->first_role];
	if (s.sight->result != EVENT_NONE)
		s.ret = &run[i].events->list.at[s.sight->result];
	return s;
}

/*
 * What was seen.
 */

/* `send()`. */
static void call_name(struct str *to, const struct side *s)
{
	const char *text = s->sight->call == EVENT_NONE
				   ? NULL
				   : s->run->events->list.at[s->sight->call].text;
	const char *equals = text ? strstr(text, " = ") : NULL, *paren;

	if (equals && equals < strchr(text, '('))
		text = equals + 3;
	paren = text ? strchr(text, '(') : NULL;
	if (paren)
		str_addf(to, "%.*s()", (int)(paren - text), text);
	else
		str_add(to, role_name(s->role));
}

/* Of a cell that speaks of a segment. */
static const char *flag_name(const struct side *s)
{
	return s->cell->outcome.flag == SEGMENT_RST ? "RST" : "FIN";
}

static void nothing_words(struct str *to, const struct side *s, const char *call,
			  const struct side *other)
{
	const char *who = role_name(s->role);
	struct str cell = {0};

	if (s->cell->kind == CELL_ACTION && other->sight->kind == SIGHT_UNMADE) {
		str_addf(to, _("%s can be made"), call);
		return;
	}
	if (s->cell->kind == CELL_ACTION) {
		str_addf(to, _("%s does not wait for the other process"), call);
		return;
	}
	if (s->cell->kind == CELL_EMPTY) {
		str_addf(to, _("nothing is seen of %s"), who);
		return;
	}
	switch (outcome_about(&s->cell->outcome)) {
	case ABOUT_SIGNAL:
		str_addf(to, _("no signal reaches %s"), who);
		return;
	case ABOUT_END:
		if (s->sight->call == EVENT_NONE)
			break;
		str_addf(to, _("%s lives on"), who);
		return;
	case ABOUT_SENT:
		str_addf(to, _("%1$s's side sends no %2$s"), who, flag_name(s));
		return;
	case ABOUT_GOT:
		str_addf(to, _("no %1$s reaches %2$s"), flag_name(s), who);
		return;
	case ABOUT_DOING:
		outcome_print(&cell, &s->cell->outcome);
		/* TRANSLATORS: an outcome, such as connects, and who */
		str_addf(to, _("'%1$s' is not seen of %2$s"), str_text(&cell), who);
		str_free(&cell);
		return;
	case ABOUT_RESULT:
		break;
	case ABOUT_SLEEP:
		if (s->sight->call == EVENT_NONE)
			break;
		str_addf(to, _("%s does not block"), call);
		return;
	}
	str_addf(to, _("nothing is seen of %s"), call);
}

/* `send() returns 5`; of many bytes only the first. */
static void returned_words(struct str *to, const struct side *s, const char *call)
{
	struct str result = {0};
	const char *text;

	timeline_result(&result, s->ret, BYTES_MOST);
	text = str_text(&result);
	str_addf(to, _("%1$s returns %2$s"), call, strncmp(text, "= ", 2) ? text : text + 2);
	str_free(&result);
}

static void seen_words(struct str *to, const struct side *s, const char *call)
{
	const char *text = s->sight->saw;

	if (side_blocks(s) && s->ret)
		str_addf(to, _("%s blocks at first"), call);
	else if (side_failed(s))
		str_addf(to, _("%s fails with %.*s"), call, (int)strcspn(text, ","), text);
	else if (side_at_end(s))
		str_addf(to, _("%s returns 0, the end of the stream"), call);
	else if (side_succeeded(s))
		returned_words(to, s, call);
	else if (side_blocks(s))
		str_addf(to, _("%s blocks"), call);
	else if (side_speaks_of_wire(s) && outcome_about(&s->cell->outcome) == ABOUT_SENT)
		str_addf(to, _("%1$s's side sends a segment with %2$s"), role_name(s->role),
			 flag_name(s));
	else if (side_speaks_of_wire(s))
		str_addf(to, _("a segment with %1$s reaches %2$s"), flag_name(s),
			 role_name(s->role));
	else if (strncmp(text, "Terminated", 10) == 0)
		str_addf(to, _("a signal ends %s"), role_name(s->role));
	else
		str_addf(to, _("%s is seen of %s"), text, role_name(s->role));
}

static void side_words(struct str *to, const struct side *s, const struct side *other,
		       const char *when)
{
	struct str call = {0};

	str_addf(to, "%s ", when);
	call_name(&call, s);
	switch (s->sight->kind) {
	case SIGHT_SEEN:
		seen_words(to, s, str_text(&call));
		break;
	case SIGHT_UNMADE:
		str_add(to, s->sight->saw);
		break;
	case SIGHT_NONE:
	case SIGHT_NOTHING:
	case SIGHT_AHEAD:
	case SIGHT_UNSEEN:
		nothing_words(to, s, str_text(&call), other);
		break;
	}
	str_free(&call);
}

static const char *missing_words(const struct sight *sight, const struct cell *cell)
{
	if (cell->kind != CELL_OUTCOME)
		return "";
	switch (outcome_about(&cell->outcome)) {
	case ABOUT_SIGNAL:
		return _("no signal");
	case ABOUT_END:
		if (sight->call != EVENT_NONE)
			return _("lives on");
		break;
	case ABOUT_RESULT:
	case ABOUT_SENT:
	case ABOUT_GOT:
	case ABOUT_DOING:
		break;
	case ABOUT_SLEEP:
		if (sight->call != EVENT_NONE)
			return _("does not block");
		break;
	}
	return _("nothing");
}

void sight_words(struct str *to, const struct sight *sight, const struct cell *cell)
{
	switch (sight->kind) {
	case SIGHT_NONE:
	case SIGHT_AHEAD:
		break;
	case SIGHT_SEEN:
		str_add(to, sight->saw);
		break;
	case SIGHT_NOTHING:
		str_add(to, missing_words(sight, cell));
		break;
	case SIGHT_UNSEEN:
		str_add(to, cell->kind == CELL_ACTION ? _("not possible") : _("unseen"));
		break;
	case SIGHT_UNMADE:
		str_add(to, _("not made"));
		break;
	}
}

/*
 * All of it.
 */

static void same_words(struct str *to, const struct comparison *c)
{
	size_t over = 0;

	for (size_t i = 0; i < c->rows.n; i++)
		over += c->rows.at[i].over;
	if (over == 0)
		str_add(to, _("Nothing has been carried out yet."));
	else if (over == c->rows.n)
		str_add(to, _("Both runs show the same."));
	else
		str_add(to, _("Up to here both runs show the same."));
}

static bool differs_in_calls(const struct comparison *c)
{
	const struct compare_row *row = &c->rows.at[c->first];
	const struct sight *one = &row->sight[0][c->first_role];
	const struct sight *other = &row->sight[1][c->first_role];

	return row->row[0] && row->row[1] &&
	       (one->kind != other->kind || !str_same(one->same, other->same));
}

void compare_words(struct str *to, const struct comparison *c, const struct compare_run run[RUNS],
		   const struct change *change)
{
	struct str words[RUNS] = {{0}, {0}};
	struct side side[RUNS];

	if (c->first == SIZE_MAX) {
		same_words(to, c);
		return;
	}
	if (!differs_in_calls(c)) {
		str_addf(to, _("The calls do the same in both; what %s's side sends does not."),
			 role_name(c->first_role));
		return;
	}
	for (int i = 0; i < RUNS; i++)
		side[i] = side_at(c, run, i);
	for (int i = 0; i < RUNS; i++)
		side_words(&words[i], &side[i], &side[!i], change->when[i]);
	str_addf(to, _("Here the two part: %s; %s."), str_text(&words[0]), str_text(&words[1]));
	reason_words(to, side, change->kind);
	for (int i = 0; i < RUNS; i++)
		str_free(&words[i]);
}
