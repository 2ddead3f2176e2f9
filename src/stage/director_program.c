/*
 * director_program.c - what rows want of roles that programs play.
 */
#include "stage/director_parts.h"

#include "base/clock.h"

/* How long what a process did that is gone may be on its way to the other one. */
#define ON_ITS_WAY (200 * CLOCK_MS)

int64_t director_alone_from(const struct director *d, enum role role)
{
	const struct programs *programs = &d->scene->programs;
	enum role other = role_other(role);

	if (!program_plays(d->scene, other) || !programs->over[other] ||
	    program_lives(d->scene, other))
		return INT64_MAX;
	return programs->over_at[other] + ON_ITS_WAY;
}

bool director_has_program(const struct director *d)
{
	return program_plays(d->scene, ROLE_A) || program_plays(d->scene, ROLE_B);
}

void director_start_programs(struct director *d)
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

void director_judge_program(struct director *d, enum role role, const struct outcome *outcome)
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
		director_decide(d, role, outcome, j);
}

bool director_is_beaten(const struct director *d)
{
	const struct events *events = &d->scene->events;

	if (!director_has_program(d) || d->alone)
		return d->alone;
	for (size_t i = events->list.n; i-- > 0 && events->list.at[i].row == d->row;)
		if (events->list.at[i].kind == EVENT_VERDICT &&
		    events->list.at[i].u.verdict.verdict == VERDICT_DIFFERS)
			return true;
	return d->failed;
}

int64_t director_wait_is_over(const struct director *d, enum role role)
{
	const struct cell *cell = &director_row_at(d, d->row)->cell[role];
	const struct events *events = &d->scene->events;

	if (cell->kind != CELL_OUTCOME || cell->outcome.kind != OUTCOME_WAITS)
		return INT64_MAX;
	for (size_t i = events->list.n; i-- > 0;)
		if (events->list.at[i].role == role)
			return d->scene->start + events->list.at[i].ns + cell->outcome.number;
	return INT64_MAX;
}
