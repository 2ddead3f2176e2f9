#include "timeline/score.h"

#include <stdlib.h>

/* The verdicts of a table: which event says what of a role's outcome in a row. */
struct verdicts {
	size_t (*at)[ROLES]; /* [row - 1]; EVENT_NONE: it is not decided */
};

static void collect(struct verdicts *verdicts, size_t rows, const struct events *events)
{
	verdicts->at = mem_zero(rows + 1, sizeof *verdicts->at);
	for (size_t i = 0; i < rows; i++)
		for (int r = 0; r < ROLES; r++)
			verdicts->at[i][r] = EVENT_NONE;
	for (size_t i = events->list.n; i-- > 0;) {
		const struct event *e = &events->list.at[i];

		if (e->kind == EVENT_VERDICT && e->row > 0 && (size_t)e->row <= rows &&
		    e->role < ROLE_NONE)
			verdicts->at[e->row - 1][e->role] = i;
	}
}

/* Of two outcomes in a row the one that differs is the news, then the one that is not decided. */
static int weight(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_HOLDS:
		return 0;
	case VERDICT_UNSEEN:
		return 1;
	case VERDICT_PENDING:
		return 2;
	case VERDICT_DIFFERS:
		break;
	}
	return 3;
}

static void look_at(struct score_row *found, enum role role, const struct verdicts *verdicts,
		    const struct events *events)
{
	size_t at = verdicts->at[found->row - 1][role];
	enum verdict verdict =
		at == EVENT_NONE ? VERDICT_PENDING : events->list.at[at].u.verdict.verdict;

	if (weight(verdict) <= weight(found->verdict))
		return;
	found->verdict = verdict;
	found->role = role;
	found->event = at;
}

static bool wants_something(const struct table_row *row)
{
	return row->cell[ROLE_A].kind == CELL_OUTCOME || row->cell[ROLE_B].kind == CELL_OUTCOME;
}

static void add_row(struct score *score, const struct table_row *row, int number,
		    const struct verdicts *verdicts, const struct events *events)
{
	struct score_row found = {.row = number, .verdict = VERDICT_HOLDS, .role = ROLE_NONE,
				  .event = EVENT_NONE};

	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		if (row->cell[r].kind == CELL_OUTCOME)
			look_at(&found, r, verdicts, events);
	if (found.verdict == VERDICT_HOLDS)
		score->held++;
	else if (score->held == score->rows.n)
		score->first = score->rows.n;
	if (weight(found.verdict) > weight(score->verdict))
		score->verdict = found.verdict;
	vec_push(&score->rows, found);
}

static void find_trouble(struct score *score, const struct events *events)
{
	for (size_t i = 0; i < events->list.n && !score->trouble; i++) {
		const struct event *e = &events->list.at[i];

		if (e->kind != EVENT_ROW_DONE || !e->text)
			continue;
		score->trouble = e->text;
		score->trouble_row = e->row;
	}
}

void score_look(struct score *score, const struct table *table, const struct events *events)
{
	struct verdicts verdicts;

	score_free(score);
	collect(&verdicts, table->rows.n, events);
	score->verdict = VERDICT_HOLDS;
	for (size_t i = 0; i < table->rows.n; i++)
		if (wants_something(&table->rows.at[i]))
			add_row(score, &table->rows.at[i], (int)i + 1, &verdicts, events);
	free(verdicts.at);
	if (score->held == score->rows.n)
		score->first = score->rows.n;
	if (score->verdict == VERDICT_PENDING)
		score->verdict = VERDICT_DIFFERS;
	find_trouble(score, events);
	if (score->trouble)
		score->verdict = VERDICT_DIFFERS;
}

void score_free(struct score *score)
{
	vec_free(&score->rows);
	*score = (struct score){0};
}
