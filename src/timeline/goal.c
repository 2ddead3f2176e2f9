#include "timeline/goal.h"

/* The first event from FROM on with which OUTCOME occurs. */
static size_t find(const struct outcome *outcome, enum role role, const struct events *events,
		   size_t from)
{
	for (size_t i = from; i < events->list.n; i++)
		if (events->list.at[i].row > 0 && outcome_occurs(outcome, role, events, i))
			return i;
	return EVENT_NONE;
}

/* Whether it will never be seen here. */
static bool is_unseen(const struct table_row *row, const struct goal_row *found,
		      const struct events *events)
{
	for (int r = 0; r < ROLES; r++)
		if (row->cell[r].kind == CELL_OUTCOME && found->at[r] == EVENT_NONE &&
		    outcome_judge(&row->cell[r].outcome, (enum role)r, events).verdict ==
			    VERDICT_UNSEEN)
			return true;
	return false;
}

/* Where the outcomes of ROW occur from FROM on. Returns where those of the next row may begin,
 * or EVENT_NONE. */
static size_t look_at(struct goal_row *found, const struct table_row *row,
		      const struct events *events, size_t from)
{
	size_t next = from;

	for (int r = 0; r < ROLES; r++) {
		found->at[r] = EVENT_NONE;
		if (row->cell[r].kind != CELL_OUTCOME)
			continue;
		found->at[r] = find(&row->cell[r].outcome, (enum role)r, events, from);
		if (found->at[r] == EVENT_NONE)
			next = EVENT_NONE;
		else if (next != EVENT_NONE && found->at[r] + 1 > next)
			next = found->at[r] + 1;
	}
	return next;
}

static bool wants_something(const struct table_row *row)
{
	return row->cell[ROLE_A].kind == CELL_OUTCOME || row->cell[ROLE_B].kind == CELL_OUTCOME;
}

void goal_look(struct goal *goal, const struct table *table, const struct events *events)
{
	size_t from = 0;

	goal_free(goal);
	goal->verdict = VERDICT_HOLDS;
	for (size_t i = 0; i < table->rows.n; i++) {
		const struct table_row *row = &table->rows.at[i];
		struct goal_row found = {.row = (int)i + 1, .at = {EVENT_NONE, EVENT_NONE}};

		if (!wants_something(row))
			continue;
		if (from != EVENT_NONE) {
			from = look_at(&found, row, events, from);
			found.met = from != EVENT_NONE;
			goal->met += found.met;
			if (!found.met)
				goal->verdict = is_unseen(row, &found, events) ? VERDICT_UNSEEN :
										 VERDICT_PENDING;
		}
		vec_push(&goal->rows, found);
	}
}

void goal_free(struct goal *goal)
{
	vec_free(&goal->rows);
	*goal = (struct goal){0};
}
