#include "stage/director_parts.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/str.h"
#include "base/text.h"
#include "lesson/action.h"
#include "stage/deeds.h"

#include <stdlib.h>
#include <string.h>

/* How long a program has to end by itself after the last row. */
#define TO_END (200 * CLOCK_MS)

int director_last_row(const struct director *d)
{
	return d->given + (int)d->moves.rows.n;
}

const struct table_row *director_row_at(const struct director *d, int row)
{
	if (row < 1 || row > director_last_row(d))
		return NULL;
	if (row <= d->given)
		return &d->demo->table.rows.at[row - 1];
	return &d->moves.rows.at[row - d->given - 1];
}

/* Whether the next cell in the role's column after the newest row is an outcome. */
static bool outcome_comes(const struct director *d, enum role role)
{
	for (int row = d->row + 1; row <= director_last_row(d); row++) {
		enum cell_kind kind = director_row_at(d, row)->cell[role].kind;

		if (kind != CELL_EMPTY)
			return kind == CELL_OUTCOME;
	}
	return false;
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
	director_begin_cells(d);
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
	d->target = director_last_row(d);
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

	director_fail(d, "the set-up failed: %1$s: %2$s", role_name(failure->role), seen);
	free(seen);
}

/* Every call of the set-up must return, and succeed; without both roles it never will. */
static bool setup_waits(struct director *d, const struct table_row *row)
{
	for (int r = 0; r < ROLES; r++)
		if (row->cell[r].kind == CELL_ACTION && d->over[r] && d->scene->cast[r].action &&
		    !d->failed) {
			if (director_ended(d, role_other((enum role)r)))
				director_fail(d, "the set-up failed: %s has ended",
					      role_name(role_other((enum role)r)));
			else if (clock_now() < d->deadline)
				return true;
			director_fail(d, "the set-up failed: %1$s: %2$s has not returned",
				      role_name((enum role)r), director_pending_call(d, (enum role)r));
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

	if (d->scene->tracee[ROLE_A].hold == HOLD_RUNNING && !d->scene->cast[ROLE_A].action)
		return false;
	if (d->setup == prologue->rows.n) {
		setup_done(d);
		return true;
	}
	director_run_cells(d, &prologue->rows.at[d->setup]);
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
	director_begin_cells(d);
	return true;
}

static bool tick_row(struct director *d)
{
	bool was[ROLES] = {d->over[0], d->over[1]}, begun[ROLES] = {d->begun[0], d->begun[1]};

	director_run_cells(d, director_row_at(d, d->row));
	if (!d->over[ROLE_A] || !d->over[ROLE_B])
		return memcmp(was, d->over, sizeof was) != 0 ||
		       memcmp(begun, d->begun, sizeof begun) != 0;
	end_row(d);
	d->phase = d->row < director_last_row(d) && !director_is_beaten(d) ? PHASE_IDLE : PHASE_CODA;
	d->deadline = clock_now() + d->scene->patience;
	d->enough = clock_now() + TO_END;
	return true;
}

static void release_the_rest(struct director *d)
{
	for (int r = 0; r < ROLES; r++)
		if (director_held(d, (enum role)r) && !outcome_comes(d, (enum role)r))
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
		if (d->scene->tracee[r].hold == HOLD_RUNNING && clock_now() < d->deadline)
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
		if (director_row_at(d, d->row)->cell[r].kind == CELL_ACTION && !d->begun[r] && !d->over[r])
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
	if (director_last_row(d) == 0) {
		d->phase = PHASE_CODA;
		return true;
	}
	if (d->row >= d->target || d->row >= director_last_row(d))
		return false;
	d->row++;
	start_row(d, d->row, PHASE_ROW);
	if (d->row == 1)
		director_start_programs(d);
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
	if (d->phase == PHASE_CODA && director_has_program(d))
		least = sooner(least, d->enough, now);
	for (int r = 0; r < ROLES; r++)
		if (d->phase == PHASE_ROW && d->begun[r] && !d->over[r])
			least = sooner(least, d->wait_until[r], now);
	for (int r = 0; r < ROLES; r++)
		if (d->phase == PHASE_ROW && !d->over[r]) {
			least = sooner(least, director_wait_is_over(d, (enum role)r), now);
			least = sooner(least, director_alone_from(d, (enum role)r), now);
		}
	return least;
}
