#include "timeline/outcome.h"

#include "base/names.h"
#include "base/text.h"
#include "timeline/conduct.h"
#include "timeline/outcome_kind.h"
#include "timeline/timeline.h"

#include <signal.h>
#include <string.h>

/* What the list says of a role since its newest call. Indexes or EVENT_NONE. */
struct recent {
	size_t call;
	size_t ret;
	size_t blocked;
	size_t end;
	bool at_rest;       /* nothing the role or the director did is still on its way */
};

static const struct event *at(const struct events *events, size_t i)
{
	return &events->list.at[i];
}

/* Events after which a role that was at rest may have something coming. */
static bool stirs(const struct event *e)
{
	return e->kind == EVENT_CALL || e->kind == EVENT_RETURN || e->kind == EVENT_SIGNAL ||
	       (e->kind == EVENT_DIRECTOR && !e->u.director.quiet) || e->kind == EVENT_BLOCKED;
}

/* Whether E says that the role's newest call was not made: outcomes speak of none before it. */
static bool is_unmade(const struct event *e, enum role role)
{
	return (e->kind == EVENT_ROW_DONE && e->u.row.unmade[role]) ||
	       (e->kind == EVENT_REFUSED && e->role == role);
}

static struct recent find_recent(const struct events *events, enum role role)
{
	struct recent r = {EVENT_NONE, EVENT_NONE, EVENT_NONE, EVENT_NONE, false};
	bool stirred = false, unmade = false;

	for (size_t i = events->list.n; i-- > 0;) {
		const struct event *e = at(events, i);

		if (e->row == 0 && e->kind != EVENT_END)
			break;
		unmade = unmade || is_unmade(e, role);
		if (e->role != role || (unmade && e->kind != EVENT_END))
			continue;
		if (e->kind == EVENT_READY && !stirred)
			r.at_rest = true;
		stirred = stirred || stirs(e);
		if (e->kind == EVENT_END && r.end == EVENT_NONE)
			r.end = i;
		else if (e->kind == EVENT_RETURN && r.ret == EVENT_NONE)
			r.ret = i;
		else if (e->kind == EVENT_BLOCKED && r.blocked == EVENT_NONE && r.ret == EVENT_NONE)
			r.blocked = i;
		if (e->kind == EVENT_CALL) {
			r.call = i;
			break;
		}
	}
	if (r.call == EVENT_NONE)
		r.ret = r.blocked = EVENT_NONE;
	return r;
}

/* Whether SIG reached the role since its newest call (0: any signal); the one
 * seen goes to *SEEN. */
static bool signal_seen(const struct events *events, enum role role, const struct recent *r,
			int sig, int *seen)
{
	size_t from = r->call == EVENT_NONE ? 0 : r->call;

	for (size_t i = events->list.n; i-- > from;) {
		const struct event *e = at(events, i);

		if (e->role != role || e->row == 0)
			continue;
		if (e->kind == EVENT_SIGNAL && e->u.signal.fate != FATE_IGNORED &&
		    (sig == 0 || e->u.signal.number == sig)) {
			*seen = e->u.signal.number;
			return true;
		}
		if (e->kind == EVENT_END && e->u.end.signal && (sig == 0 || e->u.end.signal == sig)) {
			*seen = e->u.end.signal;
			return true;
		}
	}
	return false;
}

static bool result_matches(const struct outcome *o, const struct event *ret)
{
	return outcome_spec(o->kind)->matches(o, ret);
}

static enum verdict judge_result(const struct outcome *o, enum role role,
				 const struct events *events, const struct recent *r)
{
	int seen;

	if (r->ret == EVENT_NONE)
		return r->end != EVENT_NONE || r->call == EVENT_NONE ? VERDICT_DIFFERS
								     : VERDICT_PENDING;
	if (!result_matches(o, at(events, r->ret)))
		return VERDICT_DIFFERS;
	if (o->sig == 0 || signal_seen(events, role, r, o->sig, &seen))
		return VERDICT_HOLDS;
	return r->at_rest || r->end != EVENT_NONE ? VERDICT_DIFFERS : VERDICT_PENDING;
}

static enum verdict judge_blocks(const struct recent *r)
{
	if (r->ret != EVENT_NONE || r->end != EVENT_NONE || r->call == EVENT_NONE)
		return VERDICT_DIFFERS;
	return r->blocked != EVENT_NONE ? VERDICT_HOLDS : VERDICT_PENDING;
}

static enum verdict judge_end(const struct outcome *o, const struct events *events,
			      const struct recent *r)
{
	if (r->end == EVENT_NONE)
		return r->at_rest ? VERDICT_DIFFERS : VERDICT_PENDING;
	return outcome_spec(o->kind)->matches(o, at(events, r->end)) ? VERDICT_HOLDS
								     : VERDICT_DIFFERS;
}

static enum verdict judge_signal(const struct outcome *o, enum role role,
				 const struct events *events, const struct recent *r)
{
	int seen;

	if (signal_seen(events, role, r, o->sig, &seen))
		return VERDICT_HOLDS;
	return r->at_rest || r->end != EVENT_NONE ? VERDICT_DIFFERS : VERDICT_PENDING;
}

static bool cannot(const struct events *events, enum cannot what)
{
	for (size_t i = 0; i < events->list.n; i++)
		if (at(events, i)->kind == EVENT_CANNOT && at(events, i)->u.cannot == what)
			return true;
	return false;
}

static bool claimed(const struct events *events, enum role role, size_t segment)
{
	for (size_t i = segment; i < events->list.n; i++) {
		const struct event *e = at(events, i);

		if (e->kind == EVENT_VERDICT && e->role == role && e->u.verdict.claim == segment)
			return true;
	}
	return false;
}

static bool segment_fits(const struct outcome *o, enum role role, const struct event *e)
{
	const struct segment *s = &e->u.segment;

	if (e->kind != EVENT_SEGMENT || e->row == 0 || s->protocol != PROTOCOL_TCP ||
	    !(s->flags & o->flag))
		return false;
	/* One that is kept on its way is captured twice: when it was sent, when it arrives. */
	return outcome_about(o) == ABOUT_SENT ? e->role == role && !s->late
					      : s->receiver == role && !s->lost && !s->held;
}

static struct judgement judge_segment(const struct outcome *o, enum role role,
				      const struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++)
		if (segment_fits(o, role, at(events, i)) && !claimed(events, role, i))
			return (struct judgement){VERDICT_HOLDS, i, 0};
	if (cannot(events, CANNOT_WIRE))
		return (struct judgement){VERDICT_UNSEEN, EVENT_NONE, 0};
	return (struct judgement){VERDICT_PENDING, EVENT_NONE, 0};
}

/*
 * What was done (timeline/conduct.h), by the newest call.
 */

/* Since when it is asked: the newest call, or row 1. */
static size_t newest_call(const struct events *events, const struct recent *r)
{
	size_t from = 0;

	if (r->call != EVENT_NONE)
		return r->call;
	while (from < events->list.n && at(events, from)->row == 0)
		from++;
	return from;
}

static bool was_done(const struct outcome *o, enum role role, const struct events *events,
		     const struct recent *r)
{
	struct conduct conduct = {0};
	size_t from = newest_call(events, r), found;
	int64_t now = events->list.n ? at(events, events->list.n - 1)->ns : 0;
	bool done = conduct_find(&conduct, o, role, events, from, now, &found);

	conduct_free(&conduct);
	return done;
}

static enum verdict judge_survival(const struct events *events, const struct recent *r)
{
	if (r->end != EVENT_NONE)
		return at(events, r->end)->u.end.signal ? VERDICT_DIFFERS : VERDICT_HOLDS;
	return r->at_rest ? VERDICT_HOLDS : VERDICT_PENDING;
}

static enum verdict judge_done(const struct outcome *o, enum role role,
			       const struct events *events, const struct recent *r)
{
	if (o->kind == OUTCOME_SURVIVES)
		return judge_survival(events, r);
	if (was_done(o, role, events, r))
		return VERDICT_HOLDS;
	if (r->end != EVENT_NONE)
		return VERDICT_DIFFERS;
	if (outcome_spec(o->kind)->cause != CAUSE_CALL)
		return r->at_rest ? VERDICT_DIFFERS : VERDICT_PENDING;
	return r->ret != EVENT_NONE || r->call == EVENT_NONE ? VERDICT_DIFFERS : VERDICT_PENDING;
}

static struct judgement judge(const struct outcome *o, enum role role, const struct events *events)
{
	struct recent r = find_recent(events, role);
	struct judgement j = {VERDICT_PENDING, EVENT_NONE, 0};

	switch (outcome_about(o)) {
	case ABOUT_RESULT:
		j.verdict = judge_result(o, role, events, &r);
		break;
	case ABOUT_SLEEP:
		j.verdict = judge_blocks(&r);
		break;
	case ABOUT_SIGNAL:
		j.verdict = judge_signal(o, role, events, &r);
		break;
	case ABOUT_END:
		j.verdict = judge_end(o, events, &r);
		break;
	case ABOUT_SENT:
	case ABOUT_GOT:
		j = judge_segment(o, role, events);
		break;
	case ABOUT_DOING:
		j.verdict = judge_done(o, role, events, &r);
		break;
	}
	return j;
}

/* The return of the call that the thread of event I has come back from. */
static const struct event *return_before(const struct events *events, size_t i)
{
	const struct event *of = at(events, i);

	while (i-- > 0) {
		const struct event *e = at(events, i);

		if (e->role != of->role || e->task != of->task)
			continue;
		if (e->kind == EVENT_RETURN)
			return e;
		if (e->kind == EVENT_CALL)
			break;
	}
	return NULL;
}

/* The result and, where it speaks of one, the signal that came with it. */
static bool result_occurs(const struct outcome *o, const struct events *events, size_t i)
{
	const struct event *e = at(events, i);

	if (!o->sig)
		return e->kind == EVENT_RETURN && e->u.ret.did != DID_ELSEWHERE &&
		       result_matches(o, e);
	if (e->kind != EVENT_SIGNAL || e->u.signal.fate == FATE_IGNORED ||
	    e->u.signal.number != o->sig)
		return false;
	e = return_before(events, i);
	return e && result_matches(o, e);
}

/* SIGKILL is told by the end that it brings, and by that alone. */
static bool signal_occurs(const struct outcome *o, const struct event *e)
{
	if (e->kind == EVENT_SIGNAL)
		return e->u.signal.fate != FATE_IGNORED && e->u.signal.number == o->sig;
	return o->sig == SIGKILL && e->kind == EVENT_END && e->u.end.signal == o->sig;
}

/* Of a program its own process is meant, not its children. */
static bool end_occurs(const struct outcome *o, const struct event *e)
{
	if (e->kind != EVENT_END || e->task > 1)
		return false;
	return outcome_spec(o->kind)->matches(o, e);
}

bool outcome_occurs(const struct outcome *outcome, enum role role, const struct events *events,
		    size_t i)
{
	const struct event *e = at(events, i);

	if (outcome_needs_wire(outcome))
		return segment_fits(outcome, role, e);
	if (e->role != role || (e->row == 0 && e->task == 0))
		return false;
	switch (outcome_about(outcome)) {
	case ABOUT_RESULT:
		return result_occurs(outcome, events, i);
	case ABOUT_SLEEP:
		return e->kind == EVENT_BLOCKED;
	case ABOUT_SIGNAL:
		return signal_occurs(outcome, e);
	case ABOUT_END:
		return end_occurs(outcome, e);
	case ABOUT_SENT:
	case ABOUT_GOT:
	case ABOUT_DOING:
		break;
	}
	return false;
}

enum verdict outcome_give_up(const struct events *events)
{
	static const enum cannot faults[] = {CANNOT_MISS, CANNOT_CUT, CANNOT_DELAY, CANNOT_FILL,
					     CANNOT_SET,  CANNOT_PROGRAM};

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (cannot(events, faults[i]))
			return VERDICT_UNSEEN;
	return VERDICT_DIFFERS;
}

struct judgement outcome_judge(const struct outcome *outcome, enum role role,
			       const struct events *events)
{
	struct judgement j = judge(outcome, role, events);

	if (j.verdict == VERDICT_DIFFERS)
		j.verdict = outcome_give_up(events);
	return j;
}

static void add_signal(struct str *to, enum role role, const struct events *events,
		       const struct recent *r)
{
	int seen;

	if (signal_seen(events, role, r, 0, &seen) && signal_name(seen))
		str_addf(to, " + %s", signal_name(seen));
}

static void seen_end(struct str *to, const struct event *end)
{
	if (end->u.end.signal)
		str_add(to, "Terminated");
	else
		str_addf(to, "exited %d", end->u.end.status);
}

static void seen_result(struct str *to, enum role role, const struct events *events,
			const struct recent *r)
{
	const struct event *ret;

	if (r->ret == EVENT_NONE) {
		if (r->end != EVENT_NONE)
			seen_end(to, at(events, r->end));
		else if (r->blocked != EVENT_NONE)
			str_add(to, "blocks");
		return;
	}
	ret = at(events, r->ret);
	if (ret->u.ret.err && errno_name(ret->u.ret.err))
		str_add(to, errno_name(ret->u.ret.err));
	else if (event_is_eof(ret))
		str_add(to, "EOF");
	else
		timeline_result(to, ret, 0);
	add_signal(to, role, events, r);
}

/* Whether what the newest call gave says most of what was seen instead. */
static bool seen_by_result(const struct outcome *o)
{
	return outcome_needs_call(o) || (conduct_is(o) && o->kind != OUTCOME_SURVIVES);
}

void outcome_seen(struct str *to, const struct outcome *outcome, enum role role,
		  const struct events *events)
{
	struct recent r = find_recent(events, role);
	int seen;

	if (conduct_of_program(events, role) && !outcome_needs_wire(outcome)) {
		conduct_seen(to, outcome, role, events, conduct_from(events, role));
		return;
	}
	if (seen_by_result(outcome)) {
		seen_result(to, role, events, &r);
		return;
	}
	if (outcome_needs_wire(outcome))
		return;
	if (outcome_about(outcome) == ABOUT_SIGNAL && signal_seen(events, role, &r, 0, &seen) &&
	    signal_name(seen))
		str_add(to, signal_name(seen));
	else if (r.end != EVENT_NONE)
		seen_end(to, at(events, r.end));
}

static void words_of_call(struct str *to, enum role role, const struct events *events,
			  const struct recent *r)
{
	if (r->ret != EVENT_NONE) {
		timeline_result(to, at(events, r->ret), 64);
		add_signal(to, role, events, r);
	} else if (r->end != EVENT_NONE) {
		timeline_event_line(to, at(events, r->end));
	} else if (r->call == EVENT_NONE) {
		str_add(to, _("no call"));
	} else {
		str_add(to, r->blocked != EVENT_NONE ? _("it still blocks") : _("nothing yet"));
	}
}

void outcome_seen_words(struct str *to, const struct outcome *outcome, enum role role,
			const struct events *events)
{
	struct recent r = find_recent(events, role);
	int seen;

	if (conduct_of_program(events, role) && !outcome_needs_wire(outcome))
		conduct_seen_words(to, outcome, role, events, conduct_from(events, role));
	else if (seen_by_result(outcome))
		words_of_call(to, role, events, &r);
	else if (outcome_needs_wire(outcome))
		str_addf(to, _("no %s"), outcome->flag == SEGMENT_RST ? "RST" : "FIN");
	else if (outcome_about(outcome) == ABOUT_SIGNAL && signal_seen(events, role, &r, 0, &seen))
		str_addf(to, "%s", signal_name(seen) ? signal_name(seen) : _("another signal"));
	else if (r.end != EVENT_NONE)
		timeline_event_line(to, at(events, r.end));
	else
		str_add(to, outcome_about(outcome) == ABOUT_SIGNAL ? _("no signal") : _("it lives on"));
}
