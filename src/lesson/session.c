#include "lesson/session.h"

#include "base/text.h"
#include "lesson/action.h"

#include <stdlib.h>
#include <string.h>

int session_start(struct session *s, const struct lesson *of, const struct demo *demo, int given)
{
	struct draft draft;
	struct errs errs = {0};

	*s = (struct session){.of = of, .original = demo, .given = given};
	draft_start(&draft, of, demo);
	while (draft.rows.list.n > (size_t)given && draft_delete(&draft, draft.rows.list.n - 1))
		;
	s->lesson = draft_lesson(&draft, &errs);
	draft_free(&draft);
	errs_free(&errs);
	if (!s->lesson)
		return -1;
	s->demo = &s->lesson->demos.at[0];
	s->demo->number = demo->number;
	s->demo->keeps_listener = demo->keeps_listener;
	demo_make_prologue(s->demo);
	return 0;
}

/*
 * Moves.
 */

static int add(struct session *s, enum role role, const char *text, int from, struct errs *errs)
{
	struct table_row row = {0};
	struct cell *cell = &row.cell[role];
	int status = cell_parse(cell, text, NULL, 0, errs);

	if (status == 0 && cell->kind != CELL_ACTION) {
		errs_add(errs, NULL, 0, "a move is something to do, such as send() or close()");
		status = -1;
	}
	if (status == 0 && s->demo->table.rows.n >= LESSON_MOST_ROWS) {
		errs_add(errs, NULL, 0, "a table has at most %d rows", LESSON_MOST_ROWS);
		status = -1;
	}
	for (int r = 0; r < ROLES; r++)
		row.cell[r].text = mem_strdup(r == (int)role ? text : "");
	cell->code = true;
	if (status == 0) {
		vec_push(&s->demo->table.rows, row);
		vec_push(&s->moves, (struct move){role, mem_strdup(text), from});
		return 0;
	}
	cell_free(&row.cell[ROLE_A]);
	cell_free(&row.cell[ROLE_B]);
	return -1;
}

int session_type(struct session *s, enum role role, const char *text, struct errs *errs)
{
	return add(s, role, text, 0, errs);
}

/* The newest row of the original whose action ROLE has taken. */
static int taken(const struct session *s, enum role role)
{
	for (size_t i = s->moves.n; i-- > 0;)
		if (s->moves.at[i].role == role && s->moves.at[i].from > 0)
			return s->moves.at[i].from;
	return s->given;
}

/* The row of the original with the next action of ROLE, or 0. */
static int next_row(const struct session *s, enum role role)
{
	const struct table *table = &s->original->table;

	for (size_t i = (size_t)taken(s, role); i < table->rows.n; i++)
		if (table->rows.at[i].cell[role].kind == CELL_ACTION)
			return (int)i + 1;
	return 0;
}

const char *session_next(const struct session *s, enum role role)
{
	int row = next_row(s, role);

	return row ? s->original->table.rows.at[row - 1].cell[role].text : NULL;
}

bool session_take(struct session *s, enum role role)
{
	int row = next_row(s, role);
	struct errs errs = {0};
	int status;

	if (!row)
		return false;
	status = add(s, role, session_next(s, role), row, &errs);
	errs_free(&errs);
	return status == 0;
}

enum role session_turn(const struct session *s)
{
	int a = next_row(s, ROLE_A), b = next_row(s, ROLE_B);

	if (!a && !b)
		return ROLE_NONE;
	return !b || (a && a <= b) ? ROLE_A : ROLE_B;
}

const struct move *session_newest(const struct session *s)
{
	return &s->moves.at[s->moves.n - 1];
}

void session_cut(struct session *s, size_t n)
{
	while (s->moves.n > n) {
		struct table *table = &s->demo->table;
		struct table_row *row = &table->rows.at[--table->rows.n];

		for (int r = 0; r < ROLES; r++)
			cell_free(&row->cell[r]);
		free(s->moves.at[--s->moves.n].text);
	}
}

/*
 * What came about, as a table.
 */

/* One past the last event of ROW. */
static size_t row_end(const struct events *events, int row)
{
	size_t end = events->list.n;

	for (size_t i = 0; i < events->list.n; i++)
		if (events->list.at[i].kind == EVENT_ROW && events->list.at[i].row == row + 1)
			end = i;
	return end;
}

/* Whether an event of KIND, of ROLE, is of that row. */
static bool happened(const struct events *events, size_t end, int row, enum role role,
		     enum event_kind kind)
{
	for (size_t i = end; i-- > 0 && events->list.at[i].row == row;)
		if (events->list.at[i].kind == kind && events->list.at[i].role == role)
			return true;
	return false;
}

/* What was seen of ROLE in ROW when an outcome of KIND were asked for; "" for nothing. The
 * caller frees it. */
static char *seen(const struct events *events, size_t end, enum role role, enum outcome_kind kind)
{
	struct events until = *events;
	struct outcome outcome = {.kind = kind};
	struct str s = {0};

	until.list.n = end;
	outcome_seen(&s, &outcome, role, &until);
	str_add(&s, "");
	return str_take(&s);
}

/* Add a row of the draft with what was seen; nothing when that is nothing. */
static void add_seen(struct draft *draft, char *cells[ROLES])
{
	size_t last = draft->rows.list.n;
	bool any = (cells[ROLE_A] && *cells[ROLE_A]) || (cells[ROLE_B] && *cells[ROLE_B]);

	if (any)
		draft_insert(draft, last);
	for (int r = 0; r < ROLES; r++) {
		if (any && cells[r])
			draft_set(draft, last, (enum role)r, cells[r]);
		free(cells[r]);
	}
}

static void record_row(struct draft *draft, const struct events *events, int row)
{
	size_t end = row_end(events, row);
	char *results[ROLES] = {0}, *ends[ROLES] = {0};

	for (int r = 0; r < ROLES; r++) {
		enum role role = (enum role)r;
		bool returned = happened(events, end, row, role, EVENT_RETURN);

		if (returned || happened(events, end, row, role, EVENT_BLOCKED))
			results[r] = seen(events, end, role, OUTCOME_RETURNS);
		if (happened(events, end, row, role, EVENT_END))
			ends[r] = seen(events, end, role, OUTCOME_TERMINATED);
		else if (!returned && happened(events, end, row, role, EVENT_SIGNAL))
			ends[r] = seen(events, end, role, OUTCOME_SIGNAL);
	}
	add_seen(draft, results);
	add_seen(draft, ends);
}

void session_record(struct draft *draft, const struct session *s, const struct events *events)
{
	draft_start(draft, s->of, s->original);
	while (draft->rows.list.n > (size_t)s->given &&
	       draft_delete(draft, draft->rows.list.n - 1))
		;
	for (size_t i = 0; i < s->moves.n; i++) {
		size_t at = draft->rows.list.n;

		draft_insert(draft, at);
		draft_set(draft, at, s->moves.at[i].role, s->moves.at[i].text);
		record_row(draft, events, s->given + (int)i + 1);
	}
	/* A draft always has a row, be it empty. */
	if (s->given == 0 && draft->rows.list.n > 1)
		draft_delete(draft, 0);
}

void session_free(struct session *s)
{
	if (s->demo)
		session_cut(s, 0);
	vec_free(&s->moves);
	lesson_free(s->lesson);
	*s = (struct session){0};
}
