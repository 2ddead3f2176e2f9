#include "plain/walk.h"

#include "base/clock.h"
#include "base/text.h"
#include "course/shorten.h"
#include "course/predict.h"
#include "plain/tell.h"
#include "stage/stage.h"
#include "view/faults.h"
#include "view/player.h"

#include <stdio.h>
#include <stdlib.h>

struct demo_walk {
	struct plain *p;
	struct lesson *lesson;
	const struct demo *demo;
	struct stage *stage;
	struct player player;
	struct teller teller;
	struct prediction prediction;
	bool predicted;              /* an answer was given */
	size_t answer;               /* its index */
};

static const struct event *event_at(const struct demo_walk *w, size_t i)
{
	return &w->player.events.list.at[i];
}

/* Trouble, or why the row went as it did. What happened in it was told event by event. */
static void tell_note(const struct demo_walk *w)
{
	int row = player_row(&w->player);
	const char *note = row > 0 ? w->demo->table.rows.at[row - 1].note : NULL;

	if (w->player.trouble)
		dialog_say("%s", w->player.trouble);
	else if (note && *note)
		dialog_say("%s", note);
}

/* Take in events until ROW is over, or the stage is. */
static void wait_for_row(struct demo_walk *w, int row)
{
	while (w->player.finished < row && !w->player.done && !w->player.trouble) {
		struct event e;

		if (stage_wait(w->stage, &e, -1) == STAGE_EVENT)
			player_event(&w->player, e, clock_now());
		else
			player_gone(&w->player, stage_end_text(w->stage));
	}
}

/*
 * By hand.
 */

/* The stage says what it did, or why it could not. */
static void wait_for_deed(struct demo_walk *w)
{
	bool done = false;

	while (!done && !w->player.trouble) {
		struct event e;

		if (stage_wait(w->stage, &e, -1) != STAGE_EVENT) {
			player_gone(&w->player, stage_end_text(w->stage));
			break;
		}
		done = e.kind == EVENT_CANNOT ||
		       (e.kind == EVENT_DIRECTOR && e.u.director.by_hand);
		player_event(&w->player, e, clock_now());
	}
}

static void put_in(struct demo_walk *w, size_t i, enum role role)
{
	struct request request = player_do(&w->player, role, fault_text(&w->player, i, role));
	const struct by_hand *deed;

	if (request.kind != REQUEST_DEED)
		return;
	deed = &w->player.deeds.at[request.arg];
	if (stage_deed(w->stage, &(struct stage_deed){deed->row, deed->during, deed->role,
						      deed->text}) == 0)
		wait_for_deed(w);
	tell_news(&w->teller);
}

static enum role ask_role(struct demo_walk *w)
{
	size_t chosen;

	dialog_say("%s", _("To whom?"));
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		printf("  %d  %s\n", (int)role + 1, role_name(role));
	chosen = dialog_choose(&w->p->dialog, ROLES);
	return chosen == 0 ? ROLE_NONE : chosen == 1 ? ROLE_A : ROLE_B;
}

/* What can be done is numbered; of the rest it is said why not, once. Returns how many can be,
 * and which. */
static size_t tell_choices(const struct demo_walk *w, enum role role, size_t possible[FAULTS])
{
	struct str said = {0};
	size_t n = 0;

	for (size_t i = 0; i < FAULTS; i++) {
		struct str label = {0}, words = {0};
		bool can = fault_words(&words, &w->player, i, role);

		fault_label(&label, &w->player, i, role);
		if (can) {
			possible[n++] = i;
			printf("  %zu  %s: %s\n", n, str_text(&label), str_text(&words));
		} else if (!str_same(str_text(&said), str_text(&words))) {
			dialog_say("%s: %s", str_text(&label), str_text(&words));
			str_cut(&said, 0);
			str_add(&said, str_text(&words));
		}
		str_free(&label);
		str_free(&words);
	}
	str_free(&said);
	return n;
}

static void ask_fault(struct demo_walk *w)
{
	size_t possible[FAULTS], n, chosen = 0;
	enum role role = ask_role(w);

	if (role == ROLE_NONE)
		return;
	n = tell_choices(w, role, possible);
	if (n > 0)
		chosen = dialog_choose(&w->p->dialog, n);
	if (chosen > 0)
		put_in(w, possible[chosen - 1], role);
}

/*
 * The lens.
 */

/* What has come by itself since: what a segment or a timer changed. */
static void take_news(struct demo_walk *w)
{
	struct event e;

	while (stage_next(w->stage, &e) == STAGE_EVENT)
		player_event(&w->player, e, clock_now());
	tell_news(&w->teller);
}

static void tell_sockets(struct demo_walk *w)
{
	const struct lenses *lenses = &player_timeline(&w->player)->lenses;
	struct str words = {0};
	size_t n = 0;

	take_news(w);
	for (int role = 0; role < ROLES; role++)
		for (size_t i = 0; i < lenses->list.n; i++) {
			size_t newest = lenses->list.at[i].newest;
			const struct event *e;

			if (newest == EVENT_NONE || event_at(w, newest)->role != (enum role)role)
				continue;
			e = event_at(w, newest);
			str_cut(&words, 0);
			lens_words(&words, e, LENS_ALL);
			dialog_say("%s: %s", role_name(e->role), str_text(&words));
			n++;
		}
	if (n == 0)
		dialog_say("%s", _("No process has a socket yet."));
	str_free(&words);
}

/* Whether ANSWER asked for something beside the next step. */
static bool step_aside(struct demo_walk *w, const char *answer)
{
	if (str_same(answer, "f"))
		ask_fault(w);
	else if (str_same(answer, "l"))
		tell_sockets(w);
	else
		return false;
	return true;
}

static void ask_prediction(struct demo_walk *w)
{
	dialog_say(_("Before you look. %s"), w->prediction.question);
	for (size_t i = 0; i < w->prediction.n; i++)
		printf("  %zu  %s\n", i + 1, w->prediction.choices[i].words);
	w->answer = dialog_choose(&w->p->dialog, w->prediction.n);
	w->predicted = w->answer > 0;
	if (w->predicted)
		w->answer--;
}

/* What was said, and what the kernel said. */
static void tell_prediction(struct demo_walk *w)
{
	int truth = predict_truth(&w->prediction, &w->player.events);
	bool right = truth >= 0 && (size_t)truth == w->answer;

	w->predicted = false;
	dialog_say(_("You said: %s."), w->prediction.choices[w->answer].words);
	if (truth < 0) { /* this machine cannot show it, or it is news to us, too */
		dialog_say("%s", _("The kernel said none of these."));
		return;
	}
	dialog_say(right ? _("The kernel said: %s. You were right.") : _("The kernel said: %s."),
		   w->prediction.choices[truth].words);
	if (player_meddled(&w->player, w->prediction.row))
		return;
	progress_predicted(w->p->options->progress, w->lesson->id, w->demo->id, w->prediction.row,
			   right);
	walk_save(w->p);
}

static bool asks_before(const struct demo_walk *w, int row)
{
	return w->prediction.n > 0 && !w->p->options->no_predictions &&
	       !player_meddled(&w->player, row) &&
	       row >= w->prediction.asked_before && w->player.asked < w->prediction.asked_before;
}

static void walk_row(struct demo_walk *w, int row)
{
	struct request request;

	if (asks_before(w, row))
		ask_prediction(w);
	if (w->p->dialog.leave)
		return;
	printf(_("Step %1$d of %2$d.\n"), player_step_number(&w->player, row), player_steps(&w->player));
	request = player_step(&w->player);
	if (request.kind == REQUEST_STEP_TO)
		stage_tell(w->stage, STAGE_STEP_TO, request.arg);
	wait_for_row(w, row);
	tell_news(&w->teller);
	if (w->predicted && row >= w->prediction.row)
		tell_prediction(w);
	tell_note(w);
}

/* What the demo's settings have changed. */
static void tell_settings(const struct demo_walk *w)
{
	struct str s = {0};

	for (size_t i = 0; shorten_sentence(&s, w->demo, &w->player.own, w->player.real_time, i); i++) {
		dialog_say("%s", str_text(&s));
		str_cut(&s, 0);
	}
	str_free(&s);
}

static const char *ask_step(struct dialog *d)
{
	return dialog_ask_again(d, _("Enter carries out the next step, f puts in a fault, l says what "
				     "the kernel holds for each socket, q leaves the demo:"),
				_("Enter, f, l; q leaves the demo:"));
}

static void walk_rows(struct demo_walk *w)
{
	struct dialog *d = &w->p->dialog;
	int row = 0;

	d->said = NULL;
	wait_for_row(w, 0);
	tell_settings(w);
	tell_news(&w->teller);
	if (w->player.trouble)
		tell_note(w);
	while (!w->player.trouble && (row = player_next_row(&w->player, row)) > 0 && !d->leave) {
		while (step_aside(w, ask_step(d)))
			;
		if (!d->leave)
			walk_row(w, row);
	}
	if (w->player.trouble || d->leave)
		return;
	if (w->player.deeds.n == 0)
		progress_demo_seen(w->p->options->progress, w->lesson->id, w->demo->id);
	walk_save(w->p);
	dialog_say("%s", _("That was the last step of this demo."));
}

void walk_demo(struct plain *p, struct lesson *lesson, size_t index)
{
	struct demo_walk w = {.p = p, .lesson = lesson, .demo = &lesson->demos.at[index]};
	struct stage_options options = {.real_time = p->options->real_time};
	struct errs errs = {0};

	w.stage = stage_open_with(w.demo, &options, &errs);
	if (!w.stage) {
		dialog_say("%s", errs.list.n ? errs.list.at[0].text : _("No stage can be started."));
		errs_free(&errs);
		return;
	}
	predict_find(&w.prediction, lesson, index, (unsigned)clock_now(), NULL);
	player_start(&w.player, lesson, w.demo);
	player_real_time(&w.player, p->options->real_time);
	w.teller = (struct teller){w.demo, &w.player, 0, 0};
	/* TRANSLATORS: how two processes are joined */
	dialog_say(_("Process A and Process B are started. Between them: %s."),
		   _(link_spec(w.demo->link)->summary));
	walk_rows(&w);
	/* Leaving the demo goes back to the lesson. */
	p->dialog.leave = p->dialog.over;
	player_free(&w.player);
	predict_free(&w.prediction);
	stage_close(w.stage);
	errs_free(&errs);
}
