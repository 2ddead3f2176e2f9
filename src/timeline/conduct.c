#include "timeline/conduct.h"

#include "base/clock.h"
#include "timeline/pattern.h"

#include <errno.h>
#include <string.h>

/* A place in the bytes of a connection: so many of an event's are behind it. */
struct place {
	size_t event;
	size_t bytes;
};

enum way { WAY_SENT, WAY_READ, WAYS };

/* What is compared with a pattern begins where the last outcome left off, or with FROM. */
enum start { START_LEFT, START_FROM, STARTS };

struct matching {
	struct pattern_walk walk;
	bool broken;
};

/* What is known of a socket or a pipe. */
struct connection {
	unsigned long id;
	unsigned task;           /* that used it last */
	bool connected;          /* or accepted, or bytes went through it */
	bool connecting;         /* connect() did not wait, */
	size_t waits;            /* and so many had by then; see below */
	bool closed;
	bool has_left[WAYS];
	struct place left[WAYS]; /* what an outcome has not taken begins there */
	size_t search;           /* which one these are of: */
	struct matching matching[STARTS];
};

struct conduct_state {
	VEC(struct connection) connections;
	size_t newest;                /* index of the one that was used last */
	size_t crowded;               /* so many are looked through for some to forget */
	VEC(bool) threads;            /* [task]: no process of its own */
	size_t alive;                 /* processes */
	bool scripted, in_call;       /* no program plays the role; it has not come back yet */
	bool gone;                    /* the program has ended, and so have all its children */
	size_t known;                 /* events before this one went into what is known */
	size_t waits;                 /* how often something was waited for, and came */
	int64_t spent;                /* the time until then is spent: an outcome has waited for it */
	bool connects;                /* the outcome found last was that, which takes no bytes */
	size_t end;                   /* `closes` was found with the event before this one, an end */

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

bool conduct_is(const struct outcome *outcome)
{
	return outcome->kind >= OUTCOME_LISTENS;
}

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
 * What is known.
 */

/* Those that are closed and have nothing left; the others stay. */
static void forget(struct conduct_state *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->connections.n; i++) {
		const struct connection *c = &s->connections.at[i];

		if (!c->closed || c->has_left[WAY_READ])
			s->connections.at[kept++] = *c;
	}
	s->connections.n = kept;
	s->newest = 0;
	s->crowded = kept * 2 > 64 ? kept * 2 : 64;
}

static struct connection *find_connection(struct conduct_state *s, unsigned long id)
{
	if (s->newest < s->connections.n && s->connections.at[s->newest].id == id)
		return &s->connections.at[s->newest];
	for (size_t i = s->connections.n; i-- > 0;)
		if (s->connections.at[i].id == id) {
			s->newest = i;
			return &s->connections.at[i];
		}
	return NULL;
}

static struct connection *connection(struct conduct_state *s, unsigned long id)
{
	struct connection *c = find_connection(s, id);

	if (c)
		return c;
	if (s->connections.n >= s->crowded)
		forget(s);
	vec_push(&s->connections, (struct connection){.id = id});
	s->newest = s->connections.n - 1;
	return &s->connections.at[s->newest];
}

/* It failed, and another attempt may be made at once: nothing was done. */
static bool in_vain(const struct event *ret)
{
	switch (ret->u.ret.err) {
	case EAGAIN:
	case EINTR:
	case EINPROGRESS:
	case EALREADY:
		return true;
	default:
		return false;
	}
}

/* Something was done, or tried and refused: what waiting is the opposite of. */
static bool is_act(const struct event *e)
{
	if (e->kind != EVENT_RETURN || in_vain(e))
		return false;
	switch (e->u.ret.did) {
	case DID_LISTEN:
	case DID_CONNECT:
	case DID_ACCEPT:
	case DID_SEND:
	case DID_READ:
	case DID_SHUT:
	case DID_CLOSE:
		return true;
	case DID_OTHER:
	case DID_WAIT:
	case DID_CONFIRM:
		break;
	}
	return false;
}

static bool went_well(const struct event *e, enum did did)
{
	return e->kind == EVENT_RETURN && e->u.ret.did == did && e->u.ret.err == 0;
}

static bool has_no_error(const struct event *e)
{
	return went_well(e, DID_CONFIRM) && str_same(e->text, "0");
}

static bool moves_bytes(const struct event *e)
{
	return (went_well(e, DID_SEND) || went_well(e, DID_READ)) && e->u.ret.result > 0;
}

static bool is_thread(const struct conduct_state *s, unsigned task)
{
	return task < s->threads.n && s->threads.at[task];
}

static void know_start(struct conduct_state *s, const struct event *e)
{
	bool thread = str_same(e->text, "thread");

	while (s->threads.n <= e->task)
		vec_push(&s->threads, false);
	s->threads.at[e->task] = thread;
	s->alive += !thread;
}

static void know_end(struct conduct_state *s, const struct event *e)
{
	if (is_thread(s, e->task))
		return;
	s->alive -= s->alive > 0;
	s->gone = s->alive == 0;
	for (size_t i = 0; i < s->connections.n; i++)
		if (e->task <= 1 || s->connections.at[i].task == e->task)
			s->connections.at[i].closed = true;
}

/* Whether CONNECT is one that has not waited for what comes of it. */
static bool goes_on(const struct event *e)
{
	return e->u.ret.err == EINPROGRESS || e->u.ret.err == EALREADY ||
	       (e->u.ret.err == EINTR && e->u.ret.did == DID_CONNECT);
}

/* Whether connection C (NULL: not known) is there as of E. */
static bool connects(const struct conduct_state *s, const struct connection *c,
		     const struct event *e)
{
	if (went_well(e, DID_CONNECT))
		return true;
	if (!c || !c->connecting || c->id != e->u.ret.socket)
		return false;
	if (e->u.ret.did == DID_CONNECT)
		return e->u.ret.err == EISCONN;
	return moves_bytes(e) || (s->waits > c->waits && has_no_error(e));
}

static void know_return(struct conduct_state *s, const struct event *e)
{
	enum did did = e->u.ret.did;
	struct connection *c;

	s->waits += did == DID_WAIT && e->u.ret.result > 0;
	if (did < DID_CONNECT || !e->u.ret.socket)
		return;
	if (did == DID_CLOSE && !find_connection(s, e->u.ret.socket))
		return;
	c = connection(s, e->u.ret.socket);
	if (did == DID_CLOSE) {
		/* What was not connected will not be; a number may be given out again. */
		c->closed = c->closed || c->connected;
		c->connecting = false;
		if (e->task == 0)
			c->id = 0;
		return;
	}
	c->task = e->task;
	if (connects(s, c, e) || moves_bytes(e) || went_well(e, DID_ACCEPT)) {
		c->connected = true;
		c->connecting = false;
	} else if (did == DID_CONNECT) {
		c->waits = c->connecting ? c->waits : s->waits;
		c->connecting = goes_on(e);
	}
}

/* Take in events up to (not including) END. */
static void know(struct conduct_state *s, enum role role, const struct events *events, size_t end)
{
	for (; s->known < end; s->known++) {
		const struct event *e = at(events, s->known);

		if (e->role != role)
			continue;
		if (e->kind == EVENT_START || e->kind == EVENT_CALL)
			s->scripted = e->task == 0;
		if (e->kind == EVENT_CALL || e->kind == EVENT_RETURN)
			s->in_call = e->kind == EVENT_CALL;
		if (e->kind == EVENT_START)
			know_start(s, e);
		else if (e->kind == EVENT_END)
			know_end(s, e);
		else if (e->kind == EVENT_RETURN)
			know_return(s, e);
	}
}

/*
 * Bytes.
 */

static enum way way_of(const struct outcome *o)
{
	return o->kind == OUTCOME_READS ? WAY_READ : WAY_SENT;
}

static const char *bytes_of(const struct event *e, enum way way, size_t *n)
{
	const char *bytes = way == WAY_READ ? e->u.ret.bytes : e->u.ret.sent;

	*n = !bytes ? 0 : way == WAY_READ ? e->u.ret.len : e->u.ret.sent_len;
	return bytes;
}

/* Give the bytes of event I from FIRST on. Returns whether they make it whole. */
static bool give(struct conduct_state *s, struct matching *m, const struct event *e, enum way way,
		 size_t first, size_t *taken)
{
	size_t n;
	const char *bytes = bytes_of(e, way, &n);
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

static bool find_bytes(struct conduct_state *s, const struct event *e, size_t i)
{
	enum way way = way_of(s->outcome);
	struct connection *c;
	struct place left;
	size_t taken = 0, n;
	bool whole = false;

	if (!went_well(e, way == WAY_READ ? DID_READ : DID_SEND) || e->u.ret.result <= 0)
		return false;
	bytes_of(e, way, &n);
	c = connection(s, e->u.ret.socket);
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

	for (size_t i = 0; i < s->connections.n; i++)
		if (left_from(s, &s->connections.at[i], way, &left) && left.event < first)
			first = left.event;
	return first;
}

/*
 * The other outcomes.
 */

/* Whether the end E of a process closes something. */
static bool ends_open(const struct conduct_state *s, const struct event *e)
{
	if (is_thread(s, e->task))
		return false;
	for (size_t i = 0; i < s->connections.n; i++) {
		const struct connection *c = &s->connections.at[i];

		if (c->connected && !c->closed && (e->task <= 1 || c->task == e->task))
			return true;
	}
	return false;
}

static bool closes(struct conduct_state *s, const struct event *e)
{
	const struct connection *c;

	if (e->kind == EVENT_END)
		return ends_open(s, e);
	if (!went_well(e, DID_CLOSE))
		return false;
	c = find_connection(s, e->u.ret.socket);
	/* A scripted role has what its link gave it. */
	return c ? c->connected && !c->closed : e->task == 0;
}

/* How long after it what another thread does shows that there is no signal any more, and when that
 * nothing happened shows it. */
#define OTHERS_MAY (100 * CLOCK_MS)
#define ALL_IS_WELL CLOCK_S

static bool survives(struct conduct_state *s, const struct event *e)
{
	bool same = s->task == e->task;

	if (e->kind == EVENT_END && e->u.end.signal && is_thread(s, e->task))
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

/* Whether a wait for long enough is over as of E, which is not part of it. */
static bool waited(struct conduct_state *s, const struct event *e)
{
	int64_t since = s->since;

	if ((e->kind == EVENT_START && e->task == 1) || (e->kind == EVENT_CALL && e->task == 0))
		s->since = e->ns;
	if (!is_act(e) && e->kind != EVENT_END && (e->task || e->kind != EVENT_RETURN))
		return false;
	if (e->ns - since >= s->outcome->number)
		return true;
	s->since = e->task ? e->ns : NOT_IN_A_CALL;
	return false;
}

static bool occurs(struct conduct_state *s, enum role role, const struct events *events, size_t i)
{
	const struct event *e = at(events, i);

	/* What the set-up does is no role's doing. */
	if (e->row == 0 && e->task == 0)
		return false;
	if (!conduct_is(s->outcome))
		return outcome_occurs(s->outcome, role, events, i);
	if (e->role != role)
		return false;
	switch (s->outcome->kind) {
	case OUTCOME_LISTENS:
		return went_well(e, DID_LISTEN);
	case OUTCOME_CONNECTS:
		return e->kind == EVENT_RETURN && connects(s, find_connection(s, e->u.ret.socket), e);
	case OUTCOME_ACCEPTS:
		return went_well(e, DID_ACCEPT);
	case OUTCOME_SENDS:
	case OUTCOME_READS:
		return find_bytes(s, e, i);
	case OUTCOME_CLOSES:
		return s->end != i + 1 && closes(s, e);
	case OUTCOME_SURVIVES:
		return survives(s, e);
	case OUTCOME_WAITS:
		return waited(s, e);
	case OUTCOME_RETURNS:
	case OUTCOME_BYTES:
	case OUTCOME_EOF:
	case OUTCOME_FAILS:
	case OUTCOME_BLOCKS:
	case OUTCOME_SIGNAL:
	case OUTCOME_TERMINATED:
	case OUTCOME_EXITED:
	case OUTCOME_SENT:
	case OUTCOME_GOT:
		break;
	}
	return false;
}

/* Whether it holds because nothing has happened until NOW. */
static bool occurs_by_now(const struct conduct_state *s, int64_t now)
{
	if (s->gone || s->killed)
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
	if (s->outcome->kind == OUTCOME_WAITS && s->scripted && !s->in_call)
		s->since = NOT_IN_A_CALL;
}

static void begin(struct conduct_state *s, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from)
{
	const struct event *before = from > 0 ? at(events, from - 1) : NULL;
	static const enum way ways[] = {WAY_SENT, WAY_READ};

	s->outcome = outcome;
	s->from = s->next = from;
	s->search++;
	know(s, role, events, from);
	begin_time(s, role, events);
	pattern_free(&s->pattern);
	if (outcome->kind != OUTCOME_SENDS && outcome->kind != OUTCOME_READS)
		return;
	s->pattern = outcome->bytes ? pattern_make(outcome->bytes, outcome->len) :
				      pattern_make("*", 1);
	/* It may have been seen to be connected by its first bytes. */
	for (size_t w = 0; before && s->connects && w < WAYS; w++)
		if (went_well(before, w ? DID_READ : DID_SEND) && before->role == role) {
			struct connection *c = connection(s, before->u.ret.socket);

			c->has_left[ways[w]] = true;
			c->left[ways[w]] = (struct place){from - 1, 0};
		}
	s->next = first_left(s);
}

/* With what an outcome came to hold, when that is there for the next one as well: that a process
 * has ended is told by `exited 0` after `survives` and `closes`. */
static bool is_left(const struct conduct_state *s, const struct event *e)
{
	return s->outcome->kind == OUTCOME_WAITS ||
	       (e && e->kind == EVENT_END && conduct_is(s->outcome));
}

/* E is event I, or NULL. */
static bool found(struct conduct_state *s, const struct event *e, size_t i, size_t *to)
{
	bool before = i < s->from || (i > 0 && is_left(s, e));

	if (s->outcome->kind == OUTCOME_CLOSES && e && e->kind == EVENT_END)
		s->end = i + 1;
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

	if (!s) {
		s = c->state = mem_zero(1, sizeof *s);
		s->crowded = 64;
	}
	if (s->outcome != outcome || s->from != from)
		begin(s, outcome, role, events, from);
	for (; s->next < events->list.n; s->next++) {
		if (occurs(s, role, events, s->next))
			return found(s, at(events, s->next), s->next, to);
		know(s, role, events, s->next + 1);
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
	vec_free(&c->state->connections);
	vec_free(&c->state->threads);
	pattern_free(&c->state->pattern);
	free(c->state);
	c->state = NULL;
}
