#include "timeline/timeline.h"

#include <string.h>

static struct trow new_row(enum trow_kind kind, int row, const struct event *e, size_t i)
{
	struct tcell none = {EVENT_NONE, EVENT_NONE, EVENT_NONE};

	return (struct trow){kind, row, e->ns, i, EVENT_NONE, 0, {none, none}};
}

void timeline_start(struct timeline *t, const struct table *table, const struct events *events)
{
	*t = (struct timeline){.table = table, .events = events, .current = EVENT_NONE,
			       .called = {EVENT_NONE, EVENT_NONE}};
}

void timeline_free(struct timeline *t)
{
	vec_free(&t->rows);
	lenses_free(&t->lenses);
}

/* The row of the table that is going on, or NULL in the set-up. */
static struct trow *current(struct timeline *t)
{
	return t->current == EVENT_NONE ? NULL : &t->rows.at[t->current];
}

static const struct cell *table_cell(const struct timeline *t, int row, enum role role)
{
	if (!t->table || row < 1 || (size_t)row > t->table->rows.n || role >= ROLE_NONE)
		return NULL;
	return &t->table->rows.at[row - 1].cell[role];
}

/* What is done to the wire stands in either column; how it was done may stand behind it. */
static bool cell_says(const struct cell *cell, const struct event *e)
{
	size_t n = cell && e->text ? strlen(cell->text) : 0;

	return n > 0 && cell->kind == CELL_ACTION && strncmp(cell->text, e->text, n) == 0 &&
	       (e->text[n] == '\0' || strncmp(e->text + n, " (", 2) == 0);
}

/* Whether the cell of the going row says what this event says. */
static bool table_speaks(const struct timeline *t, const struct event *e)
{
	const struct cell *cell = table_cell(t, t->row, e->role);

	if (t->done || (e->kind == EVENT_DIRECTOR && e->u.director.by_hand))
		return false;
	if (e->kind == EVENT_DIRECTOR && e->role == ROLE_NONE)
		return cell_says(table_cell(t, t->row, ROLE_A), e) ||
		       cell_says(table_cell(t, t->row, ROLE_B), e);
	if (!cell)
		return false;
	return e->kind == EVENT_DIRECTOR ? cell->kind == CELL_ACTION : cell->kind == CELL_OUTCOME;
}

static void add_return(struct timeline *t, const struct event *e, size_t i)
{
	struct tcell *cell;

	if (t->called[e->role] == EVENT_NONE)
		return;
	cell = &t->rows.at[t->called[e->role]].cell[e->role];
	if (t->events->list.at[cell->call].call == e->call)
		cell->result = i;
}

/* Take row AT out; those after it move up. */
static void remove_row(struct timeline *t, size_t at)
{
	memmove(&t->rows.at[at], &t->rows.at[at + 1], (t->rows.n - at - 1) * sizeof *t->rows.at);
	t->rows.n--;
	if (t->current != EVENT_NONE && t->current > at)
		t->current--;
	for (int r = 0; r < ROLES; r++)
		if (t->called[r] != EVENT_NONE && t->called[r] > at)
			t->called[r]--;
}

/* A claimed segment moves from its own row to the outcome's, when they touch. */
static void draw_claim(struct timeline *t, struct trow *row, size_t claim)
{
	size_t at = (size_t)(row - t->rows.at);
	struct trow *near = NULL;

	if (at > 0 && row[-1].kind == TROW_WIRE && row[-1].wire == claim)
		near = row - 1;
	else if (at + 1 < t->rows.n && row[1].kind == TROW_WIRE && row[1].wire == claim)
		near = row + 1;
	if (!near || row->wire != EVENT_NONE)
		return;
	row->wire = claim;
	row->times = near->times;
	row->ns = near->ns;
	remove_row(t, (size_t)(near - t->rows.at));
}

static void add_verdict(struct timeline *t, const struct event *e, size_t i)
{
	struct trow *row = current(t);

	if (!row || e->role >= ROLE_NONE)
		return;
	row->cell[e->role].verdict = i;
	if (e->u.verdict.claim != EVENT_NONE)
		draw_claim(t, row, e->u.verdict.claim);
}

static void add_row(struct timeline *t, const struct event *e, size_t i)
{
	t->row = e->row;
	if (e->row == 0)
		t->setup_first = i;
	else if (t->setup_end == 0)
		t->setup_end = i;
	if (e->row > 0)
		t->current = t->rows.n;
	vec_push(&t->rows, new_row(e->row == 0 ? TROW_SETUP : TROW_TABLE, e->row, e, i));
}

static bool same_again(const struct event *a, const struct event *b)
{
	const struct segment *x = &a->u.segment, *y = &b->u.segment;

	return x->again && y->again && a->role == b->role && x->protocol == y->protocol &&
	       x->flags == y->flags && x->lost == y->lost && x->held == y->held && x->from == y->from &&
	       x->to == y->to && x->seq == y->seq && x->len == y->len;
}

/* The row of an equal segment that was sent again, if only such rows follow it. */
static struct trow *find_again(struct timeline *t, const struct event *e)
{
	for (size_t at = t->rows.n; at-- > 0;) {
		struct trow *row = &t->rows.at[at];

		if (row->kind != TROW_WIRE || !t->events->list.at[row->wire].u.segment.again)
			return NULL;
		if (same_again(&t->events->list.at[row->wire], e))
			return row;
	}
	return NULL;
}

static void add_wire(struct timeline *t, const struct event *e, size_t i)
{
	struct trow row = new_row(TROW_WIRE, 0, e, i), *earlier;

	if (e->row == 0 || t->rows_only || !segment_tells(&e->u.segment))
		return;
	earlier = e->u.segment.again ? find_again(t, e) : NULL;
	if (earlier) {
		earlier->times++;
		return;
	}
	row.wire = i;
	row.times = 1;
	vec_push(&t->rows, row);
}

static void add_call(struct timeline *t, const struct event *e, size_t i)
{
	struct trow *row = current(t);

	/* What a program does is not what the row says. */
	if (!row || e->row == 0 || e->task != 0)
		return;
	row->cell[e->role].call = i;
	t->called[e->role] = t->current;
	/* Of two calls the first is the row's: what it sent did not come before the row. */
	if (row->cell[role_other(e->role)].call == EVENT_NONE)
		row->ns = e->ns;
}

static void add_happening(struct timeline *t, const struct event *e, size_t i)
{
	bool ignored = e->kind == EVENT_SIGNAL && e->u.signal.fate == FATE_IGNORED;
	bool quiet = ignored || (t->rows_only && e->kind != EVENT_REFUSED && e->kind != EVENT_CANNOT);

	if (!quiet && !table_speaks(t, e))
		vec_push(&t->rows, new_row(TROW_EVENT, 0, e, i));
}

static void add_event(struct timeline *t, const struct event *e, size_t i)
{
	switch (e->kind) {
	case EVENT_BEGIN:
		t->rows.n = 0;
		t->setup_first = t->setup_end = 0;
		t->done = false;
		t->row = 0;
		t->current = t->called[ROLE_A] = t->called[ROLE_B] = EVENT_NONE;
		break;
	case EVENT_ROW:
		t->done = false;
		add_row(t, e, i);
		break;
	case EVENT_CALL:
		add_call(t, e, i);
		break;
	case EVENT_RETURN:
		add_return(t, e, i);
		break;
	case EVENT_SEGMENT:
		add_wire(t, e, i);
		break;
	case EVENT_VERDICT:
		add_verdict(t, e, i);
		break;
	case EVENT_SIGNAL:
	case EVENT_END:
	case EVENT_DIRECTOR:
	case EVENT_REFUSED:
	case EVENT_CANNOT:
		add_happening(t, e, i);
		break;
	case EVENT_ROW_DONE:
		if (e->text)
			vec_push(&t->rows, new_row(TROW_EVENT, 0, e, i));
		break;
	case EVENT_DONE:
		t->done = true;
		break;
	case EVENT_START:
	case EVENT_BLOCKED:
	case EVENT_READY:
	case EVENT_LENS:
	case EVENT_OUTPUT:
		break;
	}
}

void timeline_feed(struct timeline *t, size_t end)
{
	for (; t->fed < end; t->fed++) {
		lenses_take(&t->lenses, t->events, t->fed);
		add_event(t, &t->events->list.at[t->fed], t->fed);
	}
}

size_t timeline_step_end(const struct events *events, int row)
{
	for (size_t i = 0; i < events->list.n; i++)
		if (events->list.at[i].kind == EVENT_ROW && events->list.at[i].row > row)
			return i;
	return events->list.n;
}
