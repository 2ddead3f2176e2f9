/*
 * director_cell.c - the cells of one row: actions are begun and watched, outcomes judged.
 */
#include "stage/director_parts.h"

#include "base/clock.h"
#include "base/text.h"
#include "lesson/action.h"
#include "stage/deeds.h"

#include <stdarg.h>
#include <string.h>

bool director_ended(const struct director *d, enum role role)
{
	return d->scene->tracee[role].hold == HOLD_ENDED || d->scene->tracee[role].hold == HOLD_NONE;
}

bool director_held(const struct director *d, enum role role)
{
	enum hold hold = d->scene->tracee[role].hold;

	return hold == HOLD_EXIT || hold == HOLD_SIGNAL;
}

void director_fail(struct director *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (!d->failed)
		str_addv(&d->why, _(format), ap);
	va_end(ap);
	d->failed = true;
}

const char *director_pending_call(const struct director *d, enum role role)
{
	return d->scene->cast[role].whole ? d->scene->cast[role].whole : _("a call");
}

static bool waits_in_vain(const struct director *d, enum role role)
{
	int64_t now = clock_now();

	return now >= d->deadline || now >= director_alone_from(d, role);
}

/* The role should begin an action: bring it to its park. True when it is there. */
static bool make_ready(struct director *d, enum role role)
{
	struct member *m = &d->scene->cast[role];

	if (director_ended(d, role)) {
		director_fail(d, "%s cannot take this action: it has ended", role_name(role));
		d->over[role] = d->unmade[role] = true;
		return false;
	}
	if (d->scene->tracee[role].hold == HOLD_PARK)
		return true;
	if (director_held(d, role))
		scene_release(d->scene, role);
	if (d->scene->tracee[role].hold == HOLD_STOPPED && clock_now() >= d->deadline) {
		director_fail(d, "%s cannot take this action: it is stopped", role_name(role));
		d->over[role] = true;
		return false;
	}
	if (m->action && (m->given_up || waits_in_vain(d, role))) {
		director_fail(d, "%1$s cannot take this action: %2$s has not returned",
			      role_name(role), director_pending_call(d, role));
		m->given_up = d->over[role] = true;
	}
	return false;
}

static void begin_call(struct director *d, enum role role, const struct action *action)
{
	if (!make_ready(d, role))
		return;
	d->begun[role] = true;
	if (scene_act(d->scene, role, action) < 0) {
		director_fail(d, "%s could not make this call", role_name(role));
		d->over[role] = true;
	}
}

/* A call is one step when it has returned, sleeps, or has ended the process. */
static void watch_call(struct director *d, enum role role)
{
	const struct member *m = &d->scene->cast[role];

	if (director_ended(d, role) || !m->action || d->scene->tracee[role].hold == HOLD_ASLEEP)
		d->over[role] = true;
}

static void begin_deed(struct director *d, enum role role, const struct action *action)
{
	int64_t lasts = deed_lasts(action);

	d->begun[role] = true;
	deed_begin(d->scene, role, action, false);
	d->wait_until[role] = lasts ? clock_now() + lasts : 0;
}

static void watch_deed(struct director *d, enum role role, const struct action *action)
{
	d->over[role] = clock_now() >= d->wait_until[role] &&
			(deed_settled(d->scene, role, action) || clock_now() >= d->deadline);
}

static void run_action(struct director *d, enum role role, const struct action *action)
{
	if (!d->begun[role]) {
		if (action->kind == ACTION_CALL)
			begin_call(d, role, action);
		else
			begin_deed(d, role, action);
		return;
	}
	if (action->kind == ACTION_CALL)
		watch_call(d, role);
	else
		watch_deed(d, role, action);
}

void director_decide(struct director *d, enum role role, const struct outcome *outcome,
		     struct judgement j)
{
	struct str seen = {0};
	struct event e = {.kind = EVENT_VERDICT, .role = role};

	if (j.verdict == VERDICT_HOLDS)
		outcome_print(&seen, outcome);
	else
		outcome_seen(&seen, outcome, role, &d->scene->events);
	e.u.verdict.verdict = j.verdict;
	e.u.verdict.claim = j.claim;
	e.u.verdict.with = j.with;
	e.text = str_take(&seen);
	scene_tell(d->scene, e);
	d->over[role] = true;
}

static void judge(struct director *d, enum role role, const struct outcome *outcome)
{
	struct judgement j = outcome_judge(outcome, role, &d->scene->events);

	/* Where there is no wire there is nothing to wait for. */
	if (j.verdict == VERDICT_PENDING && outcome_needs_wire(outcome) && !d->scene->wired)
		j.verdict = outcome_give_up(&d->scene->events);
	if (j.verdict == VERDICT_PENDING && director_held(d, role)) {
		scene_release(d->scene, role);
		return;
	}
	if (j.verdict == VERDICT_PENDING && clock_now() >= d->deadline)
		j.verdict = outcome_give_up(&d->scene->events);
	if (j.verdict != VERDICT_PENDING)
		director_decide(d, role, outcome, j);
}

void director_begin_cells(struct director *d)
{
	memset(d->begun, 0, sizeof d->begun);
	memset(d->over, 0, sizeof d->over);
	memset(d->unmade, 0, sizeof d->unmade);
	memset(d->wait_until, 0, sizeof d->wait_until);
	d->failed = false;
	str_cut(&d->why, 0);
	d->deadline = clock_now() + d->scene->patience;
}

void director_run_cells(struct director *d, const struct table_row *row)
{
	for (int r = 0; r < ROLES; r++) {
		const struct cell *cell = &row->cell[r];

		/* Both are started, A first. */
		if (r == ROLE_B && cell->kind == CELL_ACTION && !d->over[ROLE_A] &&
		    row->cell[ROLE_A].kind == CELL_ACTION && !d->begun[r])
			continue;
		if (d->over[r])
			continue;
		if (cell->kind == CELL_EMPTY)
			d->over[r] = true;
		else if (cell->kind == CELL_ACTION)
			run_action(d, (enum role)r, cell->action);
		else if (program_plays(d->scene, (enum role)r))
			director_judge_program(d, (enum role)r, &cell->outcome);
		else
			judge(d, (enum role)r, &cell->outcome);
	}
}
