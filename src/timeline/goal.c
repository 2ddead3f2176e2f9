#include "timeline/goal.h"

#include "timeline/conduct.h"

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
		      const struct events *events, size_t from, struct conduct *conduct)
{
	int64_t now = events->list.n ? events->list.at[events->list.n - 1].ns : 0;
	size_t next = from;

	for (int r = 0; r < ROLES; r++) {
		found->at[r] = EVENT_NONE;
		if (row->cell[r].kind != CELL_OUTCOME)
			continue;
		if (!conduct_find(&conduct[r], &row->cell[r].outcome, (enum role)r, events, from,
				  now, &found->at[r]))
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
	struct conduct conduct[ROLES] = {{0}, {0}};
	size_t from = 0;

	goal_free(goal);
	goal->verdict = VERDICT_HOLDS;
	for (size_t i = 0; i < table->rows.n; i++) {
		const struct table_row *row = &table->rows.at[i];
		struct goal_row found = {.row = (int)i + 1, .at = {EVENT_NONE, EVENT_NONE}};

		if (!wants_something(row))
			continue;
		if (from != EVENT_NONE) {
			from = look_at(&found, row, events, from, conduct);
			found.met = from != EVENT_NONE;
			goal->met += found.met;
			if (!found.met)
				goal->verdict = is_unseen(row, &found, events) ? VERDICT_UNSEEN :
										 VERDICT_PENDING;
		}
		vec_push(&goal->rows, found);
	}
	for (int r = 0; r < ROLES; r++)
		conduct_free(&conduct[r]);
}

void goal_free(struct goal *goal)
{
	vec_free(&goal->rows);
	*goal = (struct goal){0};
}
