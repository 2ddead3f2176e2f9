#include "stage/director.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/str.h"
#include "base/text.h"
#include "lesson/action.h"
#include "stage/deeds.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* How long a program has to end by itself after the last row. */
#define TO_END (200 * CLOCK_MS)

/* How long what a process did that is gone may be on its way to the other one. */
#define ON_ITS_WAY (200 * CLOCK_MS)

static int last_row(const struct director *d)
{
	return d->given + (int)d->moves.rows.n;
}

static const struct table_row *row_at(const struct director *d, int row)
{
	if (row < 1 || row > last_row(d))
		return NULL;
	if (row <= d->given)
		return &d->demo->table.rows.at[row - 1];
	return &d->moves.rows.at[row - d->given - 1];
}

static struct tracee *tracee(const struct director *d, enum role role)
{
	return &d->scene->tracee[role];
}

static bool ended(const struct director *d, enum role role)
{
	return tracee(d, role)->hold == HOLD_ENDED || tracee(d, role)->hold == HOLD_NONE;
}

/* Whether the next cell in the role's column after the newest row is an outcome. */
static bool outcome_comes(const struct director *d, enum role role)
{
	for (int row = d->row + 1; row <= last_row(d); row++) {
		enum cell_kind kind = row_at(d, row)->cell[role].kind;

		if (kind != CELL_EMPTY)
			return kind == CELL_OUTCOME;
	}
	return false;
}

static bool held(const struct director *d, enum role role)
{
	enum hold hold = tracee(d, role)->hold;

	return hold == HOLD_EXIT || hold == HOLD_SIGNAL;
}

/* The row, or the set-up, cannot be carried out. */
static void __attribute__((format(printf, 2, 3))) fail(struct director *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (!d->failed)
		str_addv(&d->why, _(format), ap);
	va_end(ap);
	d->failed = true;
}

static const char *pending_call(const struct director *d, enum role role)
{
	return d->scene->cast[role].whole ? d->scene->cast[role].whole : _("a call");
}

/* When nobody is left who could make a pending call of ROLE return: nothing but what is on its
 * way. INT64_MAX: somebody is. */
static int64_t alone_since(const struct director *d, enum role role)
{
	const struct programs *programs = &d->scene->programs;
	enum role other = role_other(role);

	if (!program_plays(d->scene, other) || !programs->over[other] ||
	    program_lives(d->scene, other))
		return INT64_MAX;
	return programs->over_at[other];
}

static bool waits_in_vain(const struct director *d, enum role role)
{
	int64_t since = alone_since(d, role);

	return clock_now() >= d->deadline ||
	       (since != INT64_MAX && clock_now() >= since + ON_ITS_WAY);
}

/* The role should begin an action: bring it to its park. True when it is there. */
static bool make_ready(struct director *d, enum role role)
{
	struct member *m = &d->scene->cast[role];

	if (ended(d, role)) {
		fail(d, "%s cannot take this action: it has ended", role_name(role));
		d->over[role] = d->unmade[role] = true;
		return false;
	}
	if (tracee(d, role)->hold == HOLD_PARK)
		return true;
	if (held(d, role))
		scene_release(d->scene, role);
	if (tracee(d, role)->hold == HOLD_STOPPED && clock_now() >= d->deadline) {
		fail(d, "%s cannot take this action: it is stopped", role_name(role));
		d->over[role] = true;
		return false;
	}
	if (m->action && (m->given_up || waits_in_vain(d, role))) {
		fail(d, "%1$s cannot take this action: %2$s has not returned", role_name(role),
		     pending_call(d, role));
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
		fail(d, "%s could not make this call", role_name(role));
		d->over[role] = true;
	}
}

/* A call is one step when it has returned, sleeps, or has ended the process. */
static void watch_call(struct director *d, enum role role)
{
	const struct member *m = &d->scene->cast[role];

	if (ended(d, role) || !m->action || tracee(d, role)->hold == HOLD_ASLEEP)
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

static void decide(struct director *d, enum role role, const struct outcome *outcome,
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

/*
 * Programs.
 */

static bool has_program(const struct director *d)
{
	return program_plays(d->scene, ROLE_A) || program_plays(d->scene, ROLE_B);
}

static void start_programs(struct director *d)
{
	for (int r = 0; r < ROLES; r++)
		if (program_plays(d->scene, (enum role)r) &&
		    program_start(d->scene, (enum role)r) < 0)
			d->scene->programs.over[r] = d->alone = true;
}

/* Whether nothing more can come: what it put on the wire may still be on its way. */
static bool is_past(const struct director *d, enum role role, const struct outcome *outcome)
{
	return clock_now() >= d->deadline ||
	       (d->scene->programs.over[role] && !program_lives(d->scene, role) &&
		!outcome_needs_wire(outcome));
}

static void judge_program(struct director *d, enum role role, const struct outcome *outcome)
{
	const struct events *events = &d->scene->events;
	struct judgement j = {VERDICT_PENDING, EVENT_NONE, 0};
	bool past = is_past(d, role, outcome);
	size_t at;

	if (conduct_find(&d->conduct[role], outcome, role, events, d->from[role],
			 clock_now() - d->scene->start, &at)) {
		j.verdict = VERDICT_HOLDS;
		j.with = at;
		d->from[role] = at + 1;
	} else if (outcome_needs_wire(outcome) && !d->scene->wire.pcap) {
		j.verdict = VERDICT_UNSEEN;
	} else if (past) {
		j.verdict = outcome_give_up(events);
	}
	if (j.verdict != VERDICT_PENDING)
		decide(d, role, outcome, j);
}

/* Whether the newest row was the last of a run with a program: of what follows nothing holds. */
static bool is_beaten(const struct director *d)
{
	const struct events *events = &d->scene->events;

	if (!has_program(d) || d->alone)
		return d->alone;
	for (size_t i = events->list.n; i-- > 0 && events->list.at[i].row == d->row;)
		if (events->list.at[i].kind == EVENT_VERDICT &&
		    events->list.at[i].u.verdict.verdict == VERDICT_DIFFERS)
			return true;
	return d->failed;
}

static void judge(struct director *d, enum role role, const struct outcome *outcome)
{
	struct judgement j = outcome_judge(outcome, role, &d->scene->events);

	/* Where there is no wire there is nothing to wait for. */
	if (j.verdict == VERDICT_PENDING && outcome_needs_wire(outcome) && !d->scene->wired)
		j.verdict = outcome_give_up(&d->scene->events);
	if (j.verdict == VERDICT_PENDING && held(d, role)) {
		scene_release(d->scene, role);
		return;
	}
	if (j.verdict == VERDICT_PENDING && clock_now() >= d->deadline)
		j.verdict = outcome_give_up(&d->scene->events);
	if (j.verdict != VERDICT_PENDING)
		decide(d, role, outcome, j);
}

static void begin_cells(struct director *d)
{
	memset(d->begun, 0, sizeof d->begun);
	memset(d->over, 0, sizeof d->over);
	memset(d->unmade, 0, sizeof d->unmade);
	memset(d->wait_until, 0, sizeof d->wait_until);
	d->failed = false;
	str_cut(&d->why, 0);
	d->deadline = clock_now() + d->scene->patience;
}

static void run_cells(struct director *d, const struct table_row *row)
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
			judge_program(d, (enum role)r, &cell->outcome);
		else
			judge(d, (enum role)r, &cell->outcome);
	}
}

static void end_row(struct director *d)
{
	char *why = d->failed ? mem_strdup(str_text(&d->why)) : NULL;

	struct event done = {.kind = EVENT_ROW_DONE, .role = ROLE_NONE, .text = why};

	memcpy(done.u.row.unmade, d->unmade, sizeof d->unmade);
	scene_wire(d->scene);
	scene_lens(d->scene);
	scene_tell(d->scene, done);
}

static void start_row(struct director *d, int row, enum phase phase)
{
	d->phase = phase;
	d->scene->row = row;
	begin_cells(d);
	scene_tell(d->scene, (struct event){.kind = EVENT_ROW, .role = ROLE_NONE});
}

static void finish(struct director *d)
{
	d->phase = PHASE_DONE;
	scene_over(d->scene);
}

void director_begin(struct director *d)
{
	scene_end(d->scene);
	table_free(&d->moves);
	d->given = (int)d->demo->table.rows.n;
	orders_clear(&d->orders);
	for (int r = 0; r < ROLES; r++) {
		conduct_free(&d->conduct[r]);
		d->from[r] = 0;
	}
	d->alone = false;
	d->setup = 0;
	d->row = d->target = 0;
	if (scene_begin(d->scene) < 0) {
		finish(d);
		return;
	}
	start_row(d, 0, PHASE_SETUP);
}

void director_step_to(struct director *d, int row)
{
	if (d->phase == PHASE_SETUP || d->phase == PHASE_IDLE)
		d->target = row;
}

/* The role's column of an otherwise empty row. 0; -1: it was told why not. */
static int read_move(struct director *d, struct table_row *row, enum role role, const char *text)
{
	struct errs errs = {0};
	int status = cell_parse(&row->cell[role], text, NULL, 0, &errs);

	for (int r = 0; r < ROLES; r++)
		row->cell[r].text = mem_strdup(r == (int)role ? text : "");
	if (status == 0 && row->cell[role].kind != CELL_ACTION)
		status = -1;
	if (status < 0)
		scene_say(d->scene, EVENT_REFUSED, role, "%s",
			  errs.list.n ? errs.list.at[0].text : _("only an action can be a move"));
	errs_free(&errs);
	return status;
}

void director_move(struct director *d, enum role role, const char *text)
{
	struct table_row row = {0};

	if (read_move(d, &row, role, text) < 0) {
		cell_free(&row.cell[ROLE_A]);
		cell_free(&row.cell[ROLE_B]);
		return;
	}
	/* What was asked for of the table goes first; a set-up that failed stays failed. */
	if (d->moves.rows.n == 0)
		d->given = d->target > d->row ? d->target : d->row;
	vec_push(&d->moves.rows, row);
	d->target = last_row(d);
	if ((d->phase == PHASE_DONE || d->phase == PHASE_CODA) &&
	    !(d->failed && d->row == 0) && !d->scene->lost)
		d->phase = PHASE_IDLE;
}

void director_free(struct director *d)
{
	table_free(&d->moves);
	orders_clear(&d->orders);
	for (int r = 0; r < ROLES; r++)
		conduct_free(&d->conduct[r]);
	str_free(&d->why);
}

/* The newest RETURN of the set-up that failed, or NULL. */
static const struct event *setup_failure(const struct director *d)
{
	const struct events *events = &d->scene->events;

	for (size_t i = events->list.n; i-- > 0;)
		if (events->list.at[i].kind == EVENT_RETURN && events->list.at[i].u.ret.err)
			return &events->list.at[i];
	return NULL;
}

static void fail_setup(struct director *d, const struct event *failure)
{
	int err = failure->u.ret.err;
	const char *name = errno_name(err);
	char *seen = str_make("%s = -1 %s (%s)", d->scene->cast[failure->role].whole,
			      name ? name : "?", strerror(err));

	fail(d, "the set-up failed: %1$s: %2$s", role_name(failure->role), seen);
	free(seen);
}

/* Every call of the set-up must return, and succeed; without both roles it never will. */
static bool setup_waits(struct director *d, const struct table_row *row)
{
	for (int r = 0; r < ROLES; r++)
		if (row->cell[r].kind == CELL_ACTION && d->over[r] && d->scene->cast[r].action &&
		    !d->failed) {
			if (ended(d, role_other((enum role)r)))
				fail(d, "the set-up failed: %s has ended",
				     role_name(role_other((enum role)r)));
			else if (clock_now() < d->deadline)
				return true;
			fail(d, "the set-up failed: %1$s: %2$s has not returned",
			     role_name((enum role)r), pending_call(d, (enum role)r));
		}
	return false;
}

static void setup_done(struct director *d)
{
	faults_after_setup(d->scene);
	end_row(d);
	d->phase = PHASE_IDLE;
}

static bool tick_setup(struct director *d)
{
	const struct table *prologue = &d->demo->prologue;
	const struct event *failure;

	if (tracee(d, ROLE_A)->hold == HOLD_RUNNING && !d->scene->cast[ROLE_A].action)
		return false;
	if (d->setup == prologue->rows.n) {
		setup_done(d);
		return true;
	}
	run_cells(d, &prologue->rows.at[d->setup]);
	if (!d->over[ROLE_A] || !d->over[ROLE_B] || setup_waits(d, &prologue->rows.at[d->setup]))
		return false;
	failure = setup_failure(d);
	if (failure)
		fail_setup(d, failure);
	if (d->failed) {
		end_row(d);
		finish(d);
		return true;
	}
	d->setup++;
	begin_cells(d);
	return true;
}

static bool tick_row(struct director *d)
{
	bool was[ROLES] = {d->over[0], d->over[1]}, begun[ROLES] = {d->begun[0], d->begun[1]};

	run_cells(d, row_at(d, d->row));
	if (!d->over[ROLE_A] || !d->over[ROLE_B])
		return memcmp(was, d->over, sizeof was) != 0 ||
		       memcmp(begun, d->begun, sizeof begun) != 0;
	end_row(d);
	d->phase = d->row < last_row(d) && !is_beaten(d) ? PHASE_IDLE : PHASE_CODA;
	d->deadline = clock_now() + d->scene->patience;
	d->enough = clock_now() + TO_END;
	return true;
}

static void release_the_rest(struct director *d)
{
	for (int r = 0; r < ROLES; r++)
		if (held(d, (enum role)r) && !outcome_comes(d, (enum role)r))
			scene_release(d->scene, (enum role)r);
}

/* Rest: parked, asleep, stopped or gone. */
static bool tick_coda(struct director *d)
{
	release_the_rest(d);
	if (clock_now() >= d->enough)
		programs_end(d->scene);
	for (int r = 0; r < ROLES; r++)
		if (program_lives(d->scene, (enum role)r))
			return false;
	for (int r = 0; r < ROLES; r++)
		if (tracee(d, (enum role)r)->hold == HOLD_RUNNING && clock_now() < d->deadline)
			return false;
	scene_wire(d->scene);
	scene_lens(d->scene);
	finish(d);
	return true;
}

/*
 * By hand.
 */

void director_order(struct director *d, const struct stage_deed *deed)
{
	orders_add(&d->orders, deed);
}

/* Whether the row's actions have begun, and nobody moves. */
static bool is_under_way(const struct director *d)
{
	for (int r = 0; r < ROLES; r++)
		if (row_at(d, d->row)->cell[r].kind == CELL_ACTION && !d->begun[r] && !d->over[r])
			return false;
	return !scene_busy(d->scene);
}

static bool is_due(const struct director *d, const struct order *order)
{
	if (d->phase == PHASE_SETUP || order->row > d->row)
		return false;
	return order->row < d->row || d->phase != PHASE_ROW ||
	       (order->during && is_under_way(d));
}

/* Do what is due. The next row waits until it has reached its process. */
static void carry_out_orders(struct director *d)
{
	const struct order *order;

	while ((order = orders_next(&d->orders)) != NULL) {
		if (!d->orders.going && !is_due(d, order))
			return;
		if (!d->orders.going) {
			deed_begin(d->scene, order->role, order->cell.action, true);
			d->orders.going = true;
			d->orders.until = clock_now() + d->demo->patience;
		}
		if (!deed_settled(d->scene, order->role, order->cell.action) &&
		    clock_now() < d->orders.until)
			return;
		d->orders.going = false;
		d->orders.next++;
	}
}

static bool tick_idle(struct director *d)
{
	release_the_rest(d);
	if (d->orders.going)
		return false;
	if (last_row(d) == 0) {
		d->phase = PHASE_CODA;
		return true;
	}
	if (d->row >= d->target || d->row >= last_row(d))
		return false;
	d->row++;
	start_row(d, d->row, PHASE_ROW);
	if (d->row == 1)
		start_programs(d);
	return true;
}

void director_tick(struct director *d)
{
	bool again = true;

	d->ticked = clock_now();
	while (again) {
		carry_out_orders(d);
		switch (d->phase) {
		case PHASE_SETUP:
			again = tick_setup(d);
			break;
		case PHASE_IDLE:
			again = tick_idle(d);
			break;
		case PHASE_ROW:
			again = tick_row(d);
			break;
		case PHASE_CODA:
			again = tick_coda(d);
			break;
		case PHASE_DONE:
			again = false;
			break;
		}
	}
}

/* When a program has waited long enough for `waits 200ms`, if it does nothing until then. */
static int64_t wait_is_over(const struct director *d, enum role role)
{
	const struct cell *cell = &row_at(d, d->row)->cell[role];
	const struct events *events = &d->scene->events;

	if (cell->kind != CELL_OUTCOME || cell->outcome.kind != OUTCOME_WAITS)
		return INT64_MAX;
	for (size_t i = events->list.n; i-- > 0;)
		if (events->list.at[i].role == role)
			return d->scene->start + events->list.at[i].ns + cell->outcome.number;
	return INT64_MAX;
}

/* What was due when the last tick began is decided; what has become due since is not. */
static int64_t sooner(int64_t a, int64_t b, int64_t now)
{
	return b > now && b < a ? b : a;
}

int64_t director_deadline(const struct director *d)
{
	int64_t now = d->ticked, least;

	least = d->orders.going ? sooner(INT64_MAX, d->orders.until, now) : INT64_MAX;
	if (d->phase == PHASE_IDLE || d->phase == PHASE_DONE)
		return least;
	least = sooner(least, d->deadline, now);
	if (d->phase == PHASE_CODA && has_program(d))
		least = sooner(least, d->enough, now);
	for (int r = 0; r < ROLES; r++)
		if (d->phase == PHASE_ROW && d->begun[r] && !d->over[r])
			least = sooner(least, d->wait_until[r], now);
	for (int r = 0; r < ROLES; r++)
		if (d->phase == PHASE_ROW && !d->over[r]) {
			least = sooner(least, wait_is_over(d, (enum role)r), now);
			if (alone_since(d, (enum role)r) != INT64_MAX)
				least = sooner(least, alone_since(d, (enum role)r) + ON_ITS_WAY,
					       now);
		}
	return least;
}
