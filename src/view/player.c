#include "view/player.h"

#include "base/clock.h"

enum { AUTOMATIC_REST_MS = 1200, BAR_EVERY_MS = 100 };

void player_start(struct player *p, const struct lesson *lesson, const struct demo *demo)
{
	*p = (struct player){.lesson = lesson, .demo = demo, .looking = -1, .finished = -1};
	timeline_start(&p->live, &demo->table, &p->events);
	timeline_start(&p->past, &demo->table, &p->events);
}

void player_program(struct player *p, enum role role, const char *line)
{
	p->program[role] = line;
	p->live.rows_only = p->past.rows_only = true;
}

void player_real_time(struct player *p, bool real_time)
{
	p->real_time = real_time;
	if (settings_any(&p->demo->settings))
		settings_read(&p->own);
}

/* A timeline of nothing yet, in T's place. */
static void start_again(struct player *p, struct timeline *t)
{
	bool rows_only = t->rows_only;

	timeline_free(t);
	timeline_start(t, &p->demo->table, &p->events);
	t->rows_only = rows_only;
}

void player_forget(struct player *p)
{
	events_free(&p->events);
	start_again(p, &p->live);
	start_again(p, &p->past);
	p->looking = -1;
	p->finished = -1;
	p->scroll = 0;
}

/* The run before is over. */
static void begin(struct player *p, int64_t now)
{
	player_forget(p);
	p->began = now;
	p->tasks[ROLE_A] = p->tasks[ROLE_B] = 0;
	p->restarting = false;
	p->done = false;
}

static void row_over(struct player *p, int row, int64_t now)
{
	if (row > p->finished)
		p->finished = row;
	if (p->automatic)
		p->automatic_at = now + AUTOMATIC_REST_MS * CLOCK_MS;
	if (player_next_row(p, row) == 0)
		p->automatic = false;
}

void player_event(struct player *p, struct event event, int64_t now)
{
	if (event.kind == EVENT_BEGIN) {
		begin(p, now);
	} else if (p->restarting) {
		event_clear(&event);
		return;
	}
	events_add(&p->events, event);
	if (event.role < ROLE_NONE && event.task > p->tasks[event.role])
		p->tasks[event.role] = event.task;
	if (event.kind == EVENT_ROW_DONE)
		row_over(p, event.row, now);
	if (event.kind == EVENT_DONE)
		p->done = true;
	timeline_feed(&p->live, p->events.list.n);
}

void player_recall(struct player *p, const struct lesson *lesson, const struct demo *demo,
		   const struct events *events)
{
	player_start(p, lesson, demo);
	p->recorded = true;
	for (size_t i = 0; i < events->list.n; i++)
		player_event(p, event_copy(&events->list.at[i]), 0);
}

void player_gone(struct player *p, const char *why)
{
	free(p->trouble);
	p->trouble = mem_strdup(why);
	p->automatic = false;
}

static bool row_holds(const struct player *p, int row)
{
	const struct table_row *r = &p->demo->table.rows.at[row - 1];

	return r->cell[ROLE_A].kind != CELL_EMPTY || r->cell[ROLE_B].kind != CELL_EMPTY;
}

int player_next_row(const struct player *p, int row)
{
	return demo_next_step(p->demo, row);
}

/* The row before ROW, or 0: the set-up. Looking back goes row by row, also where rows are one
 * step: each has its note. */
static int previous_row(const struct player *p, int row)
{
	for (row--; row > 0; row--)
		if (row_holds(p, row))
			return row;
	return 0;
}

int player_step_number(const struct player *p, int row)
{
	int number = 0;

	for (int end = player_next_row(p, 0); end && end <= row; end = player_next_row(p, end))
		number++;
	return number;
}

int player_steps(const struct player *p)
{
	return player_step_number(p, (int)p->demo->table.rows.n);
}

bool player_hides(const struct player *p, enum role role, int row)
{
	return p->hidden && predict_hides(p->hidden, p->demo, role, row);
}

bool player_busy(const struct player *p)
{
	return !p->trouble && (p->restarting || p->finished < p->asked);
}

static bool can_step(const struct player *p)
{
	return !p->trouble && p->finished >= 0 && !player_busy(p);
}

/* What was done by hand after ROW is of a future that will be another. */
static void forget_deeds_after(struct player *p, int row)
{
	while (p->deeds.n > 0 && p->deeds.at[p->deeds.n - 1].row > row)
		p->deeds.n--;
}

struct request player_step(struct player *p)
{
	bool automatic = p->automatic;
	struct request request;
	int row;

	p->scroll = 0;
	p->queued = false;
	if (p->looking >= 0 && !p->trouble) {
		forget_deeds_after(p, p->looking);
		request = player_replay(p, player_next_row(p, p->looking));
		p->automatic = automatic;
		return request;
	}
	row = player_next_row(p, p->asked);
	if (!can_step(p) || row == 0) {
		p->queued = row != 0 && !p->trouble;
		return (struct request){REQUEST_NONE, 0};
	}
	p->asked = row;
	return (struct request){REQUEST_STEP_TO, row};
}

struct request player_step_to(struct player *p, int row)
{
	if (p->trouble || row <= p->asked)
		return (struct request){REQUEST_NONE, 0};
	p->asked = row;
	return (struct request){REQUEST_STEP_TO, row};
}

/* Show the run as of the end of ROW. */
static void look(struct player *p, int row)
{
	start_again(p, &p->past);
	timeline_feed(&p->past, timeline_step_end(&p->events, row));
	p->looking = row;
	p->queued = false;
	p->scroll = 0;
}

void player_switch(struct player *p, const struct demo *demo)
{
	p->demo = demo;
	p->live.table = p->past.table = &demo->table;
}

void player_added(struct player *p)
{
	p->asked = (int)p->demo->table.rows.n;
	p->looking = -1;
	p->scroll = 0;
	p->done = false;
}

struct request player_replay(struct player *p, int row)
{
	forget_deeds_after(p, row);
	p->asked = row;
	p->restarting = true;
	p->queued = p->automatic = false;
	return (struct request){REQUEST_REPLAY, row};
}

bool player_back(struct player *p)
{
	int row = player_row(p);

	if (row < 1)
		return false;
	look(p, previous_row(p, row));
	return true;
}

void player_look(struct player *p, int row)
{
	if (row < p->live.row) {
		look(p, row);
		return;
	}
	p->looking = -1;
	p->scroll = 0;
}

bool player_forward(struct player *p)
{
	int row;

	if (p->looking < 0)
		return false;
	row = player_next_row(p, p->looking);
	player_look(p, row ? row : p->live.row);
	return true;
}

bool player_may_do(const struct player *p)
{
	return !p->trouble && !p->recorded && !p->restarting && p->finished >= 0;
}

struct request player_do(struct player *p, enum role role, const char *text)
{
	struct by_hand deed = {p->live.row, p->finished < p->live.row, role, text};

	if (!player_may_do(p))
		return (struct request){REQUEST_NONE, 0};
	p->queued = false;
	p->scroll = 0;
	if (p->looking >= 0) {
		forget_deeds_after(p, p->looking);
		deed.row = p->looking;
		deed.during = false;
		vec_push(&p->deeds, deed);
		return player_replay(p, p->looking);
	}
	vec_push(&p->deeds, deed);
	return (struct request){REQUEST_DEED, (int)p->deeds.n - 1};
}

bool player_meddled(const struct player *p, int row)
{
	for (size_t i = 0; i < p->deeds.n; i++)
		if (p->deeds.at[i].row <= row)
			return true;
	return false;
}

struct request player_restart(struct player *p)
{
	p->deeds.n = 0;
	p->asked = 0;
	p->looking = -1;
	p->scroll = 0;
	p->restarting = true;
	p->queued = false;
	p->automatic = false;
	free(p->trouble);
	p->trouble = NULL;
	return (struct request){REQUEST_RESTART, 0};
}

void player_automatic(struct player *p, bool on, int64_t now)
{
	p->automatic = on && !p->trouble &&
		       (p->looking >= 0 || player_next_row(p, p->finished) != 0);
	p->automatic_at = now;
}

size_t player_end(const struct player *p)
{
	return p->looking < 0 ? p->events.list.n : p->past.fed;
}

const struct timeline *player_timeline(const struct player *p)
{
	return p->looking < 0 ? &p->live : &p->past;
}

int player_row(const struct player *p)
{
	if (p->looking >= 0)
		return p->looking;
	return p->live.rows.n ? p->live.row : -1;
}

/* The CALL that the event at BLOCKED is about. */
static size_t call_of(const struct player *p, size_t blocked)
{
	const struct event *b = &p->events.list.at[blocked];

	for (size_t i = blocked; i-- > 0;) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_CALL && e->role == b->role &&
		    (e->task == 0 || e->call == b->call))
			return i;
	}
	return EVENT_NONE;
}

/* Tasks share the bits that there are; one that then seems awake is no great loss. */
static uint64_t task_bit(const struct event *e)
{
	return UINT64_C(1) << (e->task % 64);
}

size_t player_blocked(const struct player *p, enum role role, size_t end)
{
	uint64_t awake = 0;

	for (size_t i = end; i-- > 0;) {
		const struct event *e = &p->events.list.at[i];
		bool acts = e->kind == EVENT_RETURN || e->kind == EVENT_END ||
			    e->kind == EVENT_CALL || e->kind == EVENT_START;

		if (e->role != role)
			continue;
		if (e->kind == EVENT_BLOCKED && !(awake & task_bit(e)))
			return call_of(p, i);
		if (acts && (e->task == 0 || (e->task == 1 && p->tasks[role] <= 1)))
			return EVENT_NONE;
		if (acts)
			awake |= task_bit(e);
	}
	return EVENT_NONE;
}

static bool anything_blocked(const struct player *p)
{
	size_t n = p->events.list.n;

	return player_blocked(p, ROLE_A, n) != EVENT_NONE ||
	       player_blocked(p, ROLE_B, n) != EVENT_NONE;
}

/* Whether a step is due by itself, now or later. */
static bool automatic_goes_on(const struct player *p)
{
	return p->automatic && (p->looking >= 0 || (can_step(p) && player_next_row(p, p->asked)));
}

int64_t player_due(const struct player *p, int64_t now)
{
	int64_t due = -1;

	if (p->recorded)
		return -1;
	if (p->queued && can_step(p))
		return 0;
	if (p->looking < 0 && !p->trouble && anything_blocked(p))
		due = BAR_EVERY_MS * CLOCK_MS;
	if (automatic_goes_on(p)) {
		int64_t left = p->automatic_at > now ? p->automatic_at - now : 0;

		due = due < 0 || left < due ? left : due;
	}
	return due;
}

struct request player_tick(struct player *p, int64_t now)
{
	if ((p->queued && can_step(p)) || (automatic_goes_on(p) && now >= p->automatic_at))
		return player_step(p);
	return (struct request){REQUEST_NONE, 0};
}

void player_free(struct player *p)
{
	timeline_free(&p->live);
	timeline_free(&p->past);
	events_free(&p->events);
	vec_free(&p->deeds);
	free(p->trouble);
	*p = (struct player){.looking = -1, .finished = -1};
}
