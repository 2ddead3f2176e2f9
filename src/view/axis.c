#include "view/axis.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

/* What is nearer is told apart by its order only: times are shown in microseconds. */
enum { LEAST_NS = 1000 };

/* Who waits long enough for it to be shown while it goes on. */
#define WAIT_SHOWN (50 * CLOCK_MS)

/* Something that happened. */
struct item {
	int64_t ns;
	size_t event;
	size_t result;
	size_t mark[ROLES];
	bool blocked;        /* a call: the kernel said that the role slept in it */
};

struct items {
	VEC(struct item) list;
};

/* What is known of a role while its events are read. */
struct reading {
	size_t newest[ROLES]; /* index of the role's newest item, or SIZE_MAX */
	size_t call[ROLES];   /* of its newest call */
};

/*
 * What happened.
 */

static void add_item(struct items *items, struct reading *r, const struct event *e, size_t i)
{
	struct item item = {e->ns, i, EVENT_NONE, {EVENT_NONE, EVENT_NONE}, false};

	if (e->role < ROLE_NONE && e->kind != EVENT_SEGMENT)
		r->newest[e->role] = items->list.n;
	if (e->kind == EVENT_CALL)
		r->call[e->role] = items->list.n;
	vec_push(&items->list, item);
}

/* A call that returned before anything else happened takes one line. */
static void add_return(struct items *items, struct reading *r, const struct event *e, size_t i)
{
	size_t call = r->call[e->role];
	struct item *c = call == SIZE_MAX ? NULL : &items->list.at[call];

	if (c && call + 1 == items->list.n && !c->blocked)
		c->result = i;
	else
		add_item(items, r, e, i);
}

static void add_mark(struct items *items, const struct reading *r, const struct event *e, size_t i)
{
	size_t at = r->newest[e->role];

	/* A segment that nobody could see is not the newest call. */
	if (e->u.verdict.claim == EVENT_NONE && e->u.verdict.verdict == VERDICT_UNSEEN)
		return;
	if (e->u.verdict.claim != EVENT_NONE)
		for (at = items->list.n; at-- > 0 && items->list.at[at].event != e->u.verdict.claim;)
			;
	if (at < items->list.n)
		items->list.at[at].mark[e->role] = i;
}

static void read_event(struct items *items, struct reading *r, const struct event *e, size_t i)
{
	switch (e->kind) {
	case EVENT_CALL:
	case EVENT_END:
	case EVENT_DIRECTOR:
	case EVENT_REFUSED:
		add_item(items, r, e, i);
		break;
	case EVENT_CANNOT:
		if (e->row > 0)
			add_item(items, r, e, i);
		break;
	case EVENT_RETURN:
		add_return(items, r, e, i);
		break;
	case EVENT_BLOCKED:
		if (r->call[e->role] < items->list.n)
			items->list.at[r->call[e->role]].blocked = true;
		break;
	case EVENT_SIGNAL:
		if (e->u.signal.fate != FATE_IGNORED)
			add_item(items, r, e, i);
		break;
	case EVENT_SEGMENT:
		if (segment_tells(&e->u.segment))
			add_item(items, r, e, i);
		break;
	case EVENT_VERDICT:
		if (e->role < ROLE_NONE)
			add_mark(items, r, e, i);
		break;
	case EVENT_BEGIN:
	case EVENT_START:
	case EVENT_ROW:
	case EVENT_READY:
	case EVENT_ROW_DONE:
	case EVENT_DONE:
	case EVENT_LENS:
	case EVENT_OUTPUT:
		break;
	}
}

static int by_time(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? -1 : 1;
	return x->event < y->event ? -1 : x->event > y->event;
}

static void read_events(struct items *items, const struct player *p)
{
	struct reading r = {{SIZE_MAX, SIZE_MAX}, {SIZE_MAX, SIZE_MAX}};

	for (size_t i = 0; i < player_end(p); i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->row > 0 || (p->setup_open && e->kind != EVENT_DIRECTOR))
			read_event(items, &r, e, i);
	}
	/* A segment is told when it is taken out of the capture. */
	if (items->list.n)
		qsort(items->list.at, items->list.n, sizeof *items->list.at, by_time);
}

/*
 * Stretches.
 */

static int64_t gap_before(const struct items *items, size_t i)
{
	int64_t gap = items->list.at[i].ns - items->list.at[i - 1].ns;

	return gap > LEAST_NS ? gap : LEAST_NS;
}

/* The greatest of 1, 2, 5, 10, 20 … that is not more than NS. */
static int64_t round_down(int64_t ns)
{
	static const int steps[] = {5, 2, 1};
	int64_t unit = 1;

	while (unit <= ns / 10)
		unit *= 10;
	for (size_t i = 0; i < 3; i++)
		if (unit * steps[i] <= ns)
			return unit * steps[i];
	return 1;
}

/* From item FIRST on, as many as one scale fits: no two on one line, and no more than EMPTY lines
 * between them. Returns one past the last. */
static size_t fitting(const struct items *items, size_t first, int empty)
{
	int64_t least = INT64_MAX, most = 0;
	size_t i = first + 1;

	for (; i < items->list.n; i++) {
		int64_t gap = gap_before(items, i);

		least = gap < least ? gap : least;
		most = gap > most ? gap : most;
		if (most > (empty + 1) * round_down(least))
			break;
	}
	return i;
}

/* The stretch that begins with item FIRST. One that is nearer to what follows goes with that.
 * *UNIT is a line's time, 0 for a single item. */
static size_t stretch(const struct items *items, size_t first, int empty, int64_t *unit)
{
	size_t end = fitting(items, first, empty);
	int64_t least = INT64_MAX;

	if (end < items->list.n && end - first > 1 &&
	    gap_before(items, end) < gap_before(items, end - 1))
		end--;
	for (size_t i = first + 1; i < end; i++)
		if (gap_before(items, i) < least)
			least = gap_before(items, i);
	*unit = end - first > 1 ? round_down(least) : 0;
	return end;
}

/*
 * Lines.
 */

/* What is being put together. */
struct maker {
	struct axis *axis;
	const struct player *p;
	const struct items *items;
	enum axis_wait wait[ROLES];
};

static void add_line(struct maker *m, struct axis_line line)
{
	memcpy(line.wait, m->wait, sizeof line.wait);
	vec_push(&m->axis->lines, line);
}

static void add_fold(struct maker *m, int64_t ns, int64_t unit)
{
	add_line(m, (struct axis_line){.kind = AXIS_FOLD, .ns = ns, .unit = unit});
}

/* What the role is in from this item on. */
static void follow(struct maker *m, const struct item *item)
{
	const struct event *e = &m->p->events.list.at[item->event];

	if (e->role >= ROLE_NONE)
		return;
	if (e->kind == EVENT_CALL && item->result == EVENT_NONE)
		m->wait[e->role] = item->blocked ? AXIS_BLOCKED : AXIS_IN_CALL;
	else if (e->kind == EVENT_CALL || e->kind == EVENT_RETURN || e->kind == EVENT_END)
		m->wait[e->role] = AXIS_FREE;
}

static void add_stretch(struct maker *m, size_t first, size_t end, int64_t unit)
{
	int64_t start = m->items->list.at[first].ns, line = 0;

	for (size_t i = first; i < end; i++) {
		const struct item *item = &m->items->list.at[i];
		int64_t since = item->ns - start;
		int64_t at = unit ? (since + unit / 2) / unit : 0;

		for (line++; i > first && line < at; line++)
			add_line(m, (struct axis_line){.kind = AXIS_EMPTY});
		line = i == first ? 0 : line;
		add_line(m, (struct axis_line){.kind = AXIS_ITEM, .event = item->event,
					       .result = item->result,
					       .mark = {item->mark[0], item->mark[1]},
					       .ns = item->ns, .since = since});
		follow(m, item);
	}
}

/* When the last call of the set-up, or what was told last in it, was over. */
static int64_t setup_end(const struct player *p)
{
	int64_t ns = 0;

	for (size_t i = 0; i < player_end(p) && p->events.list.at[i].row == 0; i++)
		ns = p->events.list.at[i].ns;
	return ns;
}

static bool has_setup(const struct player *p)
{
	return player_row(p) >= 0;
}

/* Whoever waits does so until now, or until the end of what is looked at. */
static void add_waiting(struct maker *m, int64_t now)
{
	const struct player *p = m->p;
	size_t end = player_end(p), n = m->items->list.n;
	bool past = p->looking >= 0 || p->recorded;
	int64_t until = past && end ? p->events.list.at[end - 1].ns : now - p->began;

	if (n > 0 && (m->wait[ROLE_A] == AXIS_BLOCKED || m->wait[ROLE_B] == AXIS_BLOCKED) &&
	    until - m->items->list.at[n - 1].ns > WAIT_SHOWN)
		add_fold(m, until - m->items->list.at[n - 1].ns, 0);
}

void axis_make(struct axis *axis, const struct player *p, int empty, int64_t now)
{
	struct items items = {0};
	struct maker m = {.axis = axis, .p = p, .items = &items};
	int64_t last = 0, unit;

	*axis = (struct axis){0};
	read_events(&items, p);
	if (has_setup(p) && !p->setup_open) {
		last = setup_end(p);
		add_line(&m, (struct axis_line){.kind = AXIS_SETUP, .ns = last});
	}
	for (size_t first = 0, end; first < items.list.n; first = end) {
		end = stretch(&items, first, empty, &unit);
		add_fold(&m, items.list.at[first].ns - last, unit);
		add_stretch(&m, first, end, unit);
		last = items.list.at[end - 1].ns;
	}
	add_waiting(&m, now);
	vec_free(&items.list);
}

void axis_free(struct axis *axis)
{
	vec_free(&axis->lines);
}
