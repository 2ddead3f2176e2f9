#include "timeline/conduct.h"

#include "base/clock.h"
#include "timeline/conduct_kinds.h"
#include "timeline/known.h"
#include "timeline/outcome_kind.h"

#include <string.h>

struct conduct_state {
	struct known known;
	int64_t spent;                /* the time until then is spent: an outcome has waited for it */
	bool connects;                /* the outcome found last was that, which takes no bytes */
	size_t end;                   /* an outcome was found with the event before this one, an end */
	size_t closed;                /* `closes` was found with the event before this one */

	/* The search that goes on. */
	const struct outcome *outcome;
	size_t from;
	size_t search;                /* its number */
	size_t next;                  /* events before this one were looked at */
	struct pattern pattern;
	int64_t since;                /* when its time began */
	unsigned task;                /* that had the outcome before it */
	bool task_ended;
	bool killed;                  /* the program */
};

bool conduct_of_program(const struct events *events, enum role role)
{
	for (size_t i = events->list.n; i-- > 0;)
		if (events->list.at[i].role == role && events->list.at[i].kind <= EVENT_END)
			return events->list.at[i].task != 0;
	return false;
}

size_t conduct_from(const struct events *events, enum role role)
{
	for (size_t i = events->list.n; i-- > 0;) {
		const struct event *e = &events->list.at[i];

		if (e->kind == EVENT_VERDICT && e->role == role &&
		    e->u.verdict.verdict == VERDICT_HOLDS)
			return e->u.verdict.with ? e->u.verdict.with + 1 : i + 1;
	}
	return 0;
}

static const struct event *at(const struct events *events, size_t i)
{
	return &events->list.at[i];
}

/*
 * Bytes.
 */

static enum way way_of(const struct outcome *o)
{
	return outcome_spec(o->kind)->did == DID_READ ? WAY_READ : WAY_SENT;
}

/* Give the bytes of event I from FIRST on. Returns whether they make it whole. */
static bool give(struct conduct_state *s, struct matching *m, const struct event *e, enum way way,
		 size_t first, size_t *taken)
{
	size_t n;
	const char *bytes = did_bytes(e, way, &n);
	enum pattern_state state = PATTERN_OPEN;

	if (m->broken || (first && first >= n))
		return false;
	if (bytes)
		state = pattern_feed(&m->walk, &s->pattern, bytes + first, n - first, taken);
	*taken += first;
	/* Bytes that were not kept may be any. */
	if (state == PATTERN_OPEN && (size_t)e->u.ret.result > n) {
		m->broken = !m->walk.any;
		m->walk.matched = 0;
		*taken = 0;
		return !s->outcome->bytes;
	}
	m->broken = state == PATTERN_BROKEN;
	return state == PATTERN_WHOLE;
}

/* What is left for this search of connection C begins there, or nothing is. */
static bool left_from(const struct conduct_state *s, const struct connection *c, enum way way,
		      struct place *place)
{
	*place = c->left[way];
	return c->has_left[way] && (way == WAY_READ || place->event + 1 == s->from);
}

bool conduct_moves(struct conduct_state *s, const struct event *e)
{
	enum way way = way_of(s->outcome);
	size_t i = s->next;
	struct connection *c;
	struct place left;
	size_t taken = 0, n;
	bool whole = false;

	if (!did_move(e, way))
		return false;
	did_bytes(e, way, &n);
	c = known_connection(&s->known, e->u.ret.socket);
	if (c->search != s->search)
		memset(c->matching, 0, sizeof c->matching);
	c->search = s->search;
	if (left_from(s, c, way, &left) && (i > left.event || (i == left.event && left.bytes < n)))
		whole = give(s, &c->matching[START_LEFT], e, way,
			     i == left.event ? left.bytes : 0, &taken);
	if (!whole && i >= s->from)
		whole = give(s, &c->matching[START_FROM], e, way, 0, &taken);
	if (whole) {
		c->has_left[way] = true;
		c->left[way] = (struct place){i, taken};
	}
	return whole;
}

/* Where there may be something left for the outcome that is looked for now. */
static size_t first_left(struct conduct_state *s)
{
	enum way way = way_of(s->outcome);
	size_t first = s->from;
	struct place left;

	for (size_t i = 0; i < s->known.connections.n; i++)
		if (left_from(s, &s->known.connections.at[i], way, &left) && left.event < first)
			first = left.event;
	return first;
}

/*
 * The other outcomes.
 */

/* How long after it what another thread does shows that there is no signal any more, and when that
 * nothing happened shows it. */
#define OTHERS_MAY (100 * CLOCK_MS)
#define ALL_IS_WELL CLOCK_S

bool conduct_survives(struct conduct_state *s, const struct event *e)
{
	bool same = s->task == e->task;

	if (e->kind == EVENT_END && e->u.end.signal && known_is_thread(&s->known, e->task))
		return false; /* the signal is its process's */
	if (e->kind == EVENT_END) {
		s->task_ended = s->task_ended || same;
		s->killed = e->task <= 1 && e->u.end.signal;
		return e->u.end.signal == 0 && (same || e->task <= 1);
	}
	if (s->killed)
		return false;
	if (e->kind == EVENT_READY)
		return true;
	if (e->kind != EVENT_CALL && (same || e->kind != EVENT_RETURN))
		return false;
	return same || s->task_ended || s->from == 0 || e->ns - s->since >= OTHERS_MAY;
}

/* Between its calls a role that is no program waits for its script, or for the learner. */
#define NOT_IN_A_CALL INT64_MAX

/* It is over as of E, which is not part of it. */
bool conduct_waits(struct conduct_state *s, const struct event *e)
{
	int64_t since = s->since;

	if ((e->kind == EVENT_START && e->task == 1) || (e->kind == EVENT_CALL && e->task == 0))
		s->since = e->ns;
	if (!did_act(e) && e->kind != EVENT_END && (e->task || e->kind != EVENT_RETURN))
		return false;
	if (e->ns - since >= s->outcome->number)
		return true;
	s->since = e->task ? e->ns : NOT_IN_A_CALL;
	return false;
}

bool conduct_succeeds(struct conduct_state *s, const struct event *e)
{
	return did_well(e, outcome_spec(s->outcome->kind)->did);
}

bool conduct_connects(struct conduct_state *s, const struct event *e)
{
	return known_connects(&s->known, e);
}

bool conduct_closes(struct conduct_state *s, const struct event *e)
{
	return s->closed != s->next + 1 && known_closes(&s->known, e);
}

static bool occurs(struct conduct_state *s, enum role role, const struct events *events, size_t i)
{
	const struct event *e = at(events, i);

	/* What the set-up does is no role's doing. */
	if (e->row == 0 && e->task == 0)
		return false;
	if (!conduct_is(s->outcome))
		return outcome_occurs(s->outcome, role, events, i);
	return e->role == role && outcome_spec(s->outcome->kind)->comes(s, e);
}

/* Whether it holds because nothing has happened until NOW. */
static bool occurs_by_now(const struct conduct_state *s, int64_t now)
{
	if (s->known.gone || s->killed)
		return false;
	if (s->outcome->kind == OUTCOME_WAITS)
		return now - s->since >= s->outcome->number;
	return s->outcome->kind == OUTCOME_SURVIVES && s->from > 0 && !s->task_ended &&
	       now - s->since >= ALL_IS_WELL;
}

/*
 * The search.
 */

/* When the time for the outcome began: with the one before it. */
static void begin_time(struct conduct_state *s, enum role role, const struct events *events)
{
	const struct event *before = s->from > 0 ? at(events, s->from - 1) : NULL;
	bool ours = before && before->role == role;

	s->task = ours ? before->task : 1;
	s->task_ended = ours && before->kind == EVENT_END;
	s->killed = ours && before->kind == EVENT_END && before->task <= 1 && before->u.end.signal;
	s->since = before && before->ns > s->spent ? before->ns : s->spent;
	if (s->outcome->kind == OUTCOME_WAITS && s->known.scripted && !s->known.in_call)
		s->since = NOT_IN_A_CALL;
}

static void begin(struct conduct_state *s, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from)
{
	const struct event *before = from > 0 ? at(events, from - 1) : NULL;

	s->outcome = outcome;
	s->from = s->next = from;
	s->search++;
	known_take(&s->known, role, events, from);
	begin_time(s, role, events);
	pattern_free(&s->pattern);
	/* That a process has ended is told by `exited 0` after `survives` and `closes`. */
	if (s->end && s->end <= from)
		s->next = s->end - 1;
	if (outcome_spec(outcome->kind)->form != FORM_PATTERN)
		return;
	s->pattern = outcome->bytes ? pattern_make(outcome->bytes, outcome->len) :
				      pattern_make("*", 1);
	/* It may have been seen to be connected by its first bytes. */
	for (enum way way = WAY_SENT; before && s->connects && way < WAYS; way++)
		if (did_move(before, way) && before->role == role) {
			struct connection *c = known_connection(&s->known, before->u.ret.socket);

			c->has_left[way] = true;
			c->left[way] = (struct place){from - 1, 0};
		}
	s->next = first_left(s);
}

/* E is event I, or NULL. */
static bool found(struct conduct_state *s, const struct event *e, size_t i, size_t *to)
{
	bool before = i < s->from || (s->outcome->kind == OUTCOME_WAITS && i > 0);

	if (e && e->kind == EVENT_END && conduct_is(s->outcome))
		s->end = i + 1;
	if (s->outcome->kind == OUTCOME_CLOSES)
		s->closed = i + 1;
	*to = !before ? i : i < s->from ? s->from - 1 : i - 1;
	if (s->outcome->kind == OUTCOME_WAITS)
		s->spent = s->since + s->outcome->number;
	s->connects = s->outcome->kind == OUTCOME_CONNECTS;
	s->outcome = NULL;
	return true;
}

bool conduct_find(struct conduct *c, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from, int64_t now, size_t *to)
{
	struct conduct_state *s = c->state;

	if (!s)
		s = c->state = mem_zero(1, sizeof *s);
	if (s->outcome != outcome || s->from != from)
		begin(s, outcome, role, events, from);
	for (; s->next < events->list.n; s->next++) {
		if (occurs(s, role, events, s->next))
			return found(s, at(events, s->next), s->next, to);
		known_take(&s->known, role, events, s->next + 1);
	}
	if (!occurs_by_now(s, now))
		return false;
	found(s, NULL, events->list.n, to);
	*to = events->list.n - 1;
	return true;
}

void conduct_free(struct conduct *c)
{
	if (!c->state)
		return;
	known_free(&c->state->known);
	pattern_free(&c->state->pattern);
	free(c->state);
	c->state = NULL;
}
