/*
 * differ.c - how a live run differs from the rehearsed one.
 */
#include "course/rehearsal.h"

#include "base/names.h"
#include "base/text.h"
#include "lesson/action.h"
#include "timeline/timeline.h"

#include <string.h>

/* Two runs of a demo, and the difference of the earliest row so far. */
struct differ {
	const struct demo *demo;
	const struct events *live;
	const struct events *then;
	size_t end;      /* events of the live run that count */
	bool done;       /* its last row is over */
	int row;
	struct str text; /* empty: none yet */
};

__attribute__((format(printf, 3, 4))) static void offer(struct differ *d, int row,
							 const char *format, ...)
{
	va_list ap;

	if (d->text.len && row >= d->row)
		return;
	str_cut(&d->text, 0);
	d->row = row;
	va_start(ap, format);
	str_addv(&d->text, format, ap);
	va_end(ap);
}

static const struct event *at(const struct events *events, size_t i)
{
	return &events->list.at[i];
}

/*
 * Verdicts.
 */

static const struct event *verdict_then(const struct differ *d, const struct event *e)
{
	for (size_t i = 0; i < d->then->list.n; i++) {
		const struct event *then = at(d->then, i);

		if (then->kind == EVENT_VERDICT && then->role == e->role && then->row == e->row)
			return then;
	}
	return NULL;
}

static const char *text_or(const struct event *e, const char *nothing)
{
	return e->text && *e->text ? e->text : nothing;
}

static void see_verdict(struct differ *d, const struct event *e)
{
	const struct event *then = verdict_then(d, e);
	const char *live = text_or(e, _("nothing"));

	if (!then || then->u.verdict.verdict == e->u.verdict.verdict)
		return;
	if (e->u.verdict.verdict == VERDICT_UNSEEN)
		live = _("cannot be seen here");
	offer(d, e->row, _("%s: %s, rehearsed %s"), role_name(e->role), live,
	      text_or(then, _("nothing")));
}

/*
 * Results. Calls of a role are one after the other, so the Nth of one run is the Nth of the other.
 */

/* Whether E is a thing of KIND that ROLE met; what it ignores does not reach it. */
static bool is_of(const struct event *e, enum event_kind kind, enum role role)
{
	return e->kind == kind && e->role == role &&
	       (kind != EVENT_SIGNAL || e->u.signal.fate != FATE_IGNORED);
}

/* Event number N (from 0) of KIND of ROLE among the first END, or EVENT_NONE. */
static size_t nth(const struct events *events, size_t end, enum event_kind kind, enum role role,
		  size_t n)
{
	for (size_t i = 0; i < end; i++)
		if (is_of(at(events, i), kind, role) && n-- == 0)
			return i;
	return EVENT_NONE;
}

static const struct event *return_of(const struct events *events, size_t end, size_t call)
{
	for (size_t i = call; i < end; i++)
		if (is_of(at(events, i), EVENT_RETURN, at(events, call)->role) &&
		    at(events, i)->call == at(events, call)->call)
			return at(events, i);
	return NULL;
}

/* What the call of a row's cell returns; of the set-up's calls only whether they fail counts. */
static enum result_kind result_kind_of(const struct differ *d, const struct event *call)
{
	const struct cell *cell;

	if (call->row < 1 || (size_t)call->row > d->demo->table.rows.n)
		return RESULT_FD;
	cell = &d->demo->table.rows.at[call->row - 1].cell[call->role];
	return cell->kind == CELL_ACTION && cell->action->kind == ACTION_CALL
		       ? cell->action->call->result
		       : RESULT_FD;
}

static bool same_bytes(const struct event *a, const struct event *b)
{
	return a->u.ret.len == b->u.ret.len &&
	       (a->u.ret.len == 0 || memcmp(a->u.ret.bytes, b->u.ret.bytes, a->u.ret.len) == 0);
}

/* Descriptors, pids and addresses are others each time, and say nothing. */
static bool same_result(enum result_kind kind, const struct event *a, const struct event *b)
{
	if (a->u.ret.err != b->u.ret.err)
		return false;
	switch (kind) {
	case RESULT_COUNT:
		return a->u.ret.result == b->u.ret.result;
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
		return a->u.ret.result == b->u.ret.result && same_bytes(a, b);
	case RESULT_EVENTS:
		return a->u.ret.result == b->u.ret.result && str_same(a->text, b->text);
	case RESULT_ZERO:
	case RESULT_FD:
	case RESULT_PAIR:
	case RESULT_ADDRESS:
	case RESULT_OPTION:
	case RESULT_NUMBER:
	case RESULT_HANDLER:
	case RESULT_GIVEN_FD:
	case RESULT_NEVER:
		break;
	}
	return true;
}

/* As an outcome cell has it. */
static char *result_words(const struct event *ret)
{
	struct str s = {0};

	if (!ret)
		str_add(&s, _("no result"));
	else if (ret->u.ret.err && errno_name(ret->u.ret.err))
		str_add(&s, errno_name(ret->u.ret.err));
	else if (ret->u.ret.reads && !ret->u.ret.err && ret->u.ret.result == 0)
		str_add(&s, "EOF");
	else
		timeline_result(&s, ret, 16);
	return str_take(&s);
}

/* `send` of `n = send(sock, "hello", 5, 0)`. */
static char *function_of(const struct event *call)
{
	const char *text = call->text ? call->text : "", *from = text;
	size_t n = strcspn(text, "(");

	for (const char *p = text; p < text + n; p++)
		if (*p == ' ')
			from = p + 1;
	return mem_strndup(from, (size_t)(text + n - from));
}

static void see_call(struct differ *d, size_t call, size_t then)
{
	const struct event *e = at(d->live, call);
	const struct event *ret = return_of(d->live, d->end, call);
	const struct event *rehearsed = return_of(d->then, d->then->list.n, then);
	char *name, *words, *before;

	if (!ret && (!d->done || !rehearsed))
		return;
	if (ret && rehearsed && same_result(result_kind_of(d, e), ret, rehearsed))
		return;
	name = function_of(e);
	words = result_words(ret);
	before = result_words(rehearsed);
	offer(d, ret ? ret->row : e->row, _("%s: %s() %s, rehearsed %s"), role_name(e->role), name,
	      words, before);
	free(name);
	free(words);
	free(before);
}

static void see_calls(struct differ *d, enum role role)
{
	for (size_t n = 0;; n++) {
		size_t call = nth(d->live, d->end, EVENT_CALL, role, n);
		size_t then = nth(d->then, d->then->list.n, EVENT_CALL, role, n);

		if (call == EVENT_NONE || then == EVENT_NONE)
			return;
		see_call(d, call, then);
	}
}

/*
 * Signals and ends.
 */

/* `SIGPIPE`, `Terminated`, `exited 0`; what has not come is NULL. */
static void add_happening(struct str *to, const struct event *e, enum event_kind kind)
{
	if (!e)
		str_add(to, kind == EVENT_SIGNAL ? _("no signal") : _("it lived on"));
	else if (kind == EVENT_SIGNAL && signal_name(e->u.signal.number))
		str_add(to, signal_name(e->u.signal.number));
	else if (kind == EVENT_SIGNAL)
		str_addf(to, _("signal %d"), e->u.signal.number);
	else if (e->u.end.signal)
		str_add(to, "Terminated");
	else
		str_addf(to, "exited %d", e->u.end.status);
}

static bool same_happening(const struct event *a, const struct event *b, enum event_kind kind)
{
	if (kind == EVENT_SIGNAL)
		return a->u.signal.number == b->u.signal.number;
	return a->u.end.signal == b->u.end.signal &&
	       (a->u.end.signal || a->u.end.status == b->u.end.status);
}

static void see_happenings(struct differ *d, enum event_kind kind, enum role role)
{
	for (size_t n = 0;; n++) {
		size_t i = nth(d->live, d->end, kind, role, n);
		size_t k = nth(d->then, d->then->list.n, kind, role, n);
		const struct event *live = i == EVENT_NONE ? NULL : at(d->live, i);
		const struct event *then = k == EVENT_NONE ? NULL : at(d->then, k);
		struct str words = {0}, before = {0};

		if ((!live && !then) || (!live && !d->done))
			return;
		if (live && then && same_happening(live, then, kind))
			continue;
		add_happening(&words, live, kind);
		add_happening(&before, then, kind);
		offer(d, live ? live->row : then->row, _("%s: %s, rehearsed %s"), role_name(role),
		      str_text(&words), str_text(&before));
		str_free(&words);
		str_free(&before);
		return;
	}
}

/*
 * All of it.
 */

/* After the last row what comes is the end of the stage. */
static void find_end(struct differ *d)
{
	for (d->end = 0; d->end < d->live->list.n && !d->done; d->end++)
		d->done = at(d->live, d->end)->kind == EVENT_DONE;
}

bool rehearsal_differs(struct str *to, const struct demo *demo, const struct events *live,
		       const struct events *rehearsed)
{
	struct differ d = {.demo = demo, .live = live, .then = rehearsed};
	bool differs;

	find_end(&d);
	for (size_t i = 0; i < d.end; i++) {
		const struct event *e = at(live, i);

		if (e->kind == EVENT_VERDICT)
			see_verdict(&d, e);
		else if (e->kind == EVENT_ROW_DONE && e->text)
			offer(&d, e->row, _("row %d was not carried out, rehearsed it was"), e->row);
	}
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		see_calls(&d, role);
		see_happenings(&d, EVENT_SIGNAL, role);
		see_happenings(&d, EVENT_END, role);
	}
	differs = d.text.len > 0;
	str_add(to, str_text(&d.text));
	str_free(&d.text);
	return differs;
}
