/*
 * A lab, a move at a time: the reader types who does what. Also what is no lab: two processes and no
 * goal.
 */
#include "plain/walk.h"

#include "base/clock.h"
#include "base/text.h"
#include "lesson/action.h"
#include "lesson/session.h"
#include "plain/tell.h"
#include "stage/stage.h"
#include "timeline/goal.h"
#include "view/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct lab_walk {
	struct plain *p;
	struct lesson *lesson;
	const struct lab *lab;   /* NULL: there is no goal */
	const struct demo *goal; /* or what is played */
	struct session session;
	struct stage *stage;
	struct player player;
	struct teller teller;
	struct goal found;
	size_t hints;        /* how many were given */
	bool solved;         /* and the solution */
};

/* Until both roles have come to rest. */
static void wait_for_rest(struct lab_walk *w)
{
	struct event e;

	w->player.done = false;
	while (!w->player.done && !w->player.trouble) {
		if (stage_wait(w->stage, &e, -1) == STAGE_EVENT)
			player_event(&w->player, e, clock_now());
		else
			player_gone(&w->player, stage_end_text(w->stage));
	}
	tell_news(&w->teller);
}

/* What is met, or what is wanted next and was seen instead. */
static void tell_goal(struct lab_walk *w)
{
	const struct table_row *row;

	if (!w->lab)
		return;
	goal_look(&w->found, &w->goal->table, &w->player.events);
	if (w->found.verdict == VERDICT_HOLDS) {
		dialog_say("%s", _("The goal is met."));
		progress_lab_met(w->p->options->progress, w->lesson->id, w->lab->setup.id,
				 w->solved);
		walk_save(w->p);
		return;
	}
	row = &w->goal->table.rows.at[w->found.rows.at[w->found.met].row - 1];
	for (int r = 0; r < ROLES; r++) {
		const struct cell *cell = &row->cell[r];
		struct str seen = {0};

		if (cell->kind != CELL_OUTCOME || w->found.rows.at[w->found.met].at[r] != EVENT_NONE)
			continue;
		outcome_seen_words(&seen, &cell->outcome, (enum role)r, &w->player.events);
		dialog_say(_("%1$s: %2$s is wanted next; so far: %3$s."), role_name((enum role)r),
			   cell->text, str_text(&seen));
		str_free(&seen);
	}
}

/* The first N moves again, live. */
static void replay(struct lab_walk *w, size_t n)
{
	player_forget(&w->player);
	w->teller.told = 0;
	session_cut(&w->session, n);
	stage_tell(w->stage, STAGE_RESTART, 0);
	wait_for_rest(w);
	for (size_t i = 0; i < n && !w->player.trouble; i++) {
		stage_move(w->stage, w->session.moves.at[i].role, w->session.moves.at[i].text);
		wait_for_rest(w);
	}
	tell_goal(w);
}

static bool has_ended(const struct lab_walk *w, enum role role)
{
	for (size_t i = 0; i < w->player.events.list.n; i++)
		if (w->player.events.list.at[i].kind == EVENT_END &&
		    w->player.events.list.at[i].role == role)
			return true;
	return false;
}

/* Why the newest move cannot be carried out, or NULL. */
static const char *why_not(const struct lab_walk *w, enum role role)
{
	const struct table *table = &w->session.demo->table;
	const struct action *action = table->rows.at[table->rows.n - 1].cell[role].action;

	if (w->lab && lab_plays(w->lesson, w->lab, role) && lab_why_not_do(w->lab, action))
		return _(lab_why_not_do(w->lab, action));
	if (has_ended(w, role))
		return _("Its process has ended.");
	if (action->kind == ACTION_CALL &&
	    player_blocked(&w->player, role, w->player.events.list.n) != EVENT_NONE)
		return _("It sleeps in a call that has not returned.");
	return NULL;
}

/* ROLE does TEXT, or (empty) its table's next action. */
static void move(struct lab_walk *w, enum role role, const char *text)
{
	struct errs errs = {0};
	const char *why = NULL;
	bool added = *text ? session_type(&w->session, role, text, &errs) == 0 :
			     session_take(&w->session, role);

	if (!added)
		why = errs.list.n ? errs.list.at[0].text : _("Its table has nothing more; type a call.");
	else
		why = why_not(w, role);
	if (why)
		dialog_say("%s: %s", role_name(role), why);
	if (why && added)
		session_cut(&w->session, w->session.moves.n - 1);
	errs_free(&errs);
	if (why)
		return;
	player_added(&w->player);
	stage_move(w->stage, role, session_newest(&w->session)->text);
	wait_for_rest(w);
	tell_goal(w);
}

/* What was done and what came of it, as a table that can be run. */
static void print_table(const struct lab_walk *w)
{
	struct draft draft = {0};
	struct str text = {0};

	session_record(&draft, &w->session, &w->player.events);
	draft_print(&text, &draft);
	fputs(str_text(&text), stdout);
	draft_free(&draft);
	str_free(&text);
}

/* `A send()`, `b`, `h`, … */
static void obey(struct lab_walk *w, const char *answer)
{
	bool for_role = (answer[0] == 'A' || answer[0] == 'B' || answer[0] == 'a' ||
			 answer[0] == 'b') && (answer[1] == '\0' || answer[1] == ' ');

	if (for_role)
		move(w, answer[0] == 'A' || answer[0] == 'a' ? ROLE_A : ROLE_B,
		     answer + 1 + strspn(answer + 1, " "));
	else if (w->lab && strcmp(answer, "h") == 0)
		walk_hint(w->lesson, w->lab, &w->hints, &w->solved);
	else if (strcmp(answer, "u") == 0 && w->session.moves.n > 0)
		replay(w, w->session.moves.n - 1);
	else if (strcmp(answer, "r") == 0)
		replay(w, 0);
	else if (!w->lab && strcmp(answer, "t") == 0)
		print_table(w);
	else
		dialog_say("%s", _("Say who does what: A send(), or B recv()."));
}

static const char *ask_move(struct dialog *d, bool goal)
{
	if (!goal)
		return dialog_ask_again(d, _("A or B and what it does, u undo, r anew, t the table of it, q "
					     "leaves:"), _("A or B …, u, r, t; q leaves:"));
	return dialog_ask_again(d, _("A or B and what it does (alone: what its table has next), h hint, "
				     "u undo, r anew, q leaves the lab:"),
				_("A or B …, h, u, r; q leaves the lab:"));
}

static void play(struct lab_walk *w)
{
	struct dialog *d = &w->p->dialog;

	d->said = NULL;
	wait_for_rest(w);
	tell_goal(w);
	while (!w->player.trouble && !d->leave) {
		char *answer = mem_strdup(ask_move(d, w->lab));

		if (!d->leave)
			obey(w, answer);
		free(answer);
	}
	if (w->player.trouble)
		dialog_say("%s", w->player.trouble);
}

static bool open_lab(struct lab_walk *w)
{
	struct stage_options options = {.real_time = w->p->options->real_time};
	struct errs errs = {0};

	if (session_start(&w->session, w->lesson, w->goal, 0) < 0)
		return false;
	w->stage = stage_open_with(w->session.demo, &options, &errs);
	if (!w->stage)
		dialog_say("%s", errs.list.n ? errs.list.at[0].text : _("No stage can be started."));
	errs_free(&errs);
	return w->stage != NULL;
}

static void play_session(struct lab_walk *w)
{
	player_start(&w->player, w->lesson, w->session.demo);
	w->teller = (struct teller){w->session.demo, &w->player, 0, 0};
	play(w);
	player_free(&w->player);
	stage_close(w->stage);
}

void walk_by_hand(struct plain *p, struct lesson *lesson, size_t index)
{
	struct lab_walk w = {.p = p, .lesson = lesson, .goal = &lesson->demos.at[index]};

	/* TRANSLATORS: how two processes are joined */
	dialog_say(_("Process A and Process B are started. Between them: %s."),
		   _(link_spec(w.goal->link)->summary));
	if (open_lab(&w))
		play_session(&w);
	session_free(&w.session);
}

void walk_lab(struct plain *p, struct lesson *lesson, size_t index)
{
	struct lab_walk w = {.p = p, .lesson = lesson, .lab = &lesson->labs.at[index]};

	w.goal = lab_goal(lesson, w.lab);
	printf(_("Lab %1$zu of %2$zu: %3$s, link %4$s. The goal:\n"), index + 1, lesson->labs.n,
	       w.goal->title, link_spec(w.goal->link)->name);
	walk_goal(w.goal);
	if (!p->options->program &&
	    (strcmp(dialog_ask(&p->dialog, _("Enter takes it up, s skips it:")), "s") == 0 ||
	     p->dialog.leave))
		return;
	if (program_role_of(w.lab) != ROLE_NONE) {
		walk_program(p, lesson, index);
	} else if (open_lab(&w)) {
		play_session(&w);
	}
	/* Leaving the lab goes back to the lesson. */
	p->dialog.leave = p->dialog.over;
	session_free(&w.session);
	goal_free(&w.found);
}
