/*
 * conduct_seen.c - what a program did where something else was expected.
 *
 * For somebody who has to mend it: what came nearest, and how the program stands.
 */
#include "timeline/conduct.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "timeline/known.h"
#include "timeline/outcome_kind.h"
#include "timeline/timeline.h"

#include <string.h>

enum {
	WORDS_BYTES = 48, /* that a sentence shows */
	CELL_BYTES = 64,  /* that a cell shows; the rest is a `*` */
};

/* What the events from there on say of the role. Indexes or EVENT_NONE. */
struct look {
	const struct outcome *outcome;
	enum role role;
	const struct events *events;
	size_t from;
	size_t call;     /* the newest that has not returned, while the program lives */
	size_t ret;      /* the newest that has, */
	size_t telling;  /* and the newest that says why it did not come about */
	size_t end;      /* of the program, whenever that was */
	size_t refused;  /* why it was ended */
	size_t moved;    /* the newest that moved such bytes as the outcome speaks of */
	int64_t longest; /* between two things that it did */
	size_t acts;
};

static const struct event *at(const struct look *l, size_t i)
{
	return &l->events->list.at[i];
}

/* The call that does what the outcome speaks of. */
static enum did did_of(const struct outcome *o)
{
	return outcome_spec(o->kind)->did;
}

/* What the call I, a RETURN, was begun with. */
static const char *text_of(const struct look *l, size_t i)
{
	uint32_t call = at(l, i)->call;

	while (i-- > 0)
		if (at(l, i)->kind == EVENT_CALL && at(l, i)->role == l->role &&
		    at(l, i)->call == call)
			return at(l, i)->text ? at(l, i)->text : "";
	return "";
}

/* It only asked, waited, set up or tidied up. Runtimes do much of that, and take its errors for
 * answers. */
static bool is_small(const struct look *l, size_t i)
{
	static const char *const names[] = {"epoll_ctl(", "fcntl(", "getpeername(", "getsockname(",
					    "getsockopt(", "ioctl(", "setsockopt("};
	enum did did = at(l, i)->u.ret.did;
	const char *text = did == DID_OTHER ? text_of(l, i) : "";

	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		if (strncmp(text, names[k], strlen(names[k])) == 0)
			return true;
	return did == DID_WAIT || did == DID_CLOSE || (did == DID_SHUT && !at(l, i)->u.ret.err);
}

/* Calls that failed say more than calls that did not, and those that were to do it say most. What
 * failed elsewhere may be what a library looks up, but also an address that is wrong. */
enum telling {
	TELLS_LITTLE,
	TELLS_DEED,
	TELLS_WRONG_PLACE,
	TELLS_FAILURE,
	TELLS_MEANT,
	TELLS_MEANT_FAILED,
};

static enum telling telling(const struct look *l, size_t i)
{
	const struct event *ret = at(l, i);
	enum did did = did_of(l->outcome);
	bool failed = ret->u.ret.err && !did_in_vain(ret);

	if (did != DID_OTHER && ret->u.ret.did == did && !did_in_vain(ret))
		return failed ? TELLS_MEANT_FAILED : TELLS_MEANT;
	if (ret->u.ret.did == DID_ELSEWHERE)
		return failed ? TELLS_WRONG_PLACE : TELLS_LITTLE;
	if (is_small(l, i))
		return TELLS_LITTLE;
	return failed ? TELLS_FAILURE : TELLS_DEED;
}

static void look_at_return(struct look *l, size_t i)
{
	const struct event *e = at(l, i);
	enum did did = did_of(l->outcome);

	l->ret = i;
	if (l->telling == EVENT_NONE || telling(l, i) >= telling(l, l->telling))
		l->telling = i;
	if (outcome_spec(l->outcome->kind)->form == FORM_PATTERN &&
	    e->u.ret.did == did && !e->u.ret.err && e->u.ret.result > 0)
		l->moved = i;
}

/* The newest call, whenever it was made, that its thread has not come back from. */
static size_t pending_call(const struct look *l)
{
	bool seen[64] = {false}; /* of so many of its tasks */

	for (size_t i = l->events->list.n; i-- > 0;) {
		const struct event *e = at(l, i);
		bool *of = &seen[e->task % 64];

		if (e->role != l->role || e->task == 0)
			continue;
		if (e->kind == EVENT_CALL && !*of)
			return i;
		*of = *of || e->kind == EVENT_CALL || e->kind == EVENT_RETURN ||
		      e->kind == EVENT_END;
	}
	return EVENT_NONE;
}

static void find_end(struct look *l)
{
	for (size_t i = l->events->list.n; i-- > 0;) {
		const struct event *e = at(l, i);

		if (e->role == l->role && e->kind == EVENT_END && e->task == 1)
			l->end = i;
		else if (e->role == l->role && e->kind == EVENT_REFUSED)
			l->refused = i;
	}
}

static struct look look(const struct outcome *outcome, enum role role, const struct events *events,
			size_t from)
{
	struct look l = {outcome, role, events, from, EVENT_NONE, EVENT_NONE, EVENT_NONE,
			 EVENT_NONE, EVENT_NONE, EVENT_NONE, 0, 0};
	int64_t acted = from > 0 && from <= events->list.n ? at(&l, from - 1)->ns : 0;

	for (size_t i = from; i < events->list.n; i++) {
		const struct event *e = at(&l, i);

		if (e->role != role || e->task == 0)
			continue;
		if (e->kind == EVENT_RETURN)
			look_at_return(&l, i);
		else if (e->kind == EVENT_START && e->task == 1)
			acted = e->ns;
		if (!did_act(e))
			continue;
		l.longest = e->ns - acted > l.longest ? e->ns - acted : l.longest;
		acted = e->ns;
		l.acts++;
	}
	find_end(&l);
	l.call = l.end == EVENT_NONE ? pending_call(&l) : EVENT_NONE;
	return l;
}

/* The newest call of the role before it was looked at. */
static size_t return_before(const struct look *l)
{
	for (size_t i = l->from; i-- > 0;)
		if (at(l, i)->role == l->role && at(l, i)->kind == EVENT_RETURN)
			return i;
	return EVENT_NONE;
}

/* What went through the newest of its connections that something did. */
static void moved_bytes(const struct look *l, struct str *to, size_t most)
{
	const struct event *newest = at(l, l->moved);

	for (size_t i = l->from; i <= l->moved && to->len <= most; i++) {
		const struct event *e = at(l, i);
		const char *bytes;
		size_t n;

		if (e->kind != EVENT_RETURN || e->role != l->role ||
		    e->u.ret.did != newest->u.ret.did || e->u.ret.err ||
		    e->u.ret.socket != newest->u.ret.socket)
			continue;
		bytes = did_bytes(e, e->u.ret.did == DID_READ ? WAY_READ : WAY_SENT, &n);
		str_addn(to, bytes ? bytes : "", n);
	}
}

/*
 * As a cell.
 */

static void bytes_cell(struct str *to, const struct look *l)
{
	struct str bytes = {0}, pattern = {0};

	moved_bytes(l, &bytes, CELL_BYTES);
	for (size_t i = 0; i < bytes.len && i < CELL_BYTES; i++)
		pattern_add_byte(&pattern, bytes.p[i]);
	if (bytes.len > CELL_BYTES)
		str_addc(&pattern, '*');
	str_add(to, at(l, l->moved)->u.ret.did == DID_READ ? "reads" : "sends");
	if (pattern.len) {
		str_add(to, " \"");
		pattern_print(to, str_text(&pattern), pattern.len);
		str_addc(to, '"');
	}
	str_free(&bytes);
	str_free(&pattern);
}

static void end_cell(struct str *to, const struct event *end)
{
	if (end->u.end.signal)
		str_add(to, "Terminated");
	else
		str_addf(to, "exited %d", end->u.end.status);
}

static void return_cell(struct str *to, struct look *l)
{
	const struct event *e = at(l, l->telling);
	const struct outcome_spec *spec = outcome_doing(e->u.ret.did);

	/* `ENOENT`, say, would be read as the one that was wanted. */
	if (e->u.ret.did == DID_ELSEWHERE)
		return;
	if (e->u.ret.err) {
		str_add(to, errno_name(e->u.ret.err) ? errno_name(e->u.ret.err) : "");
		return;
	}
	if (!spec)
		return;
	if (spec->form != FORM_PATTERN) {
		str_add(to, spec->words->text);
	} else if (event_is_eof(e)) {
		str_add(to, "EOF");
	} else {
		l->moved = l->telling;
		bytes_cell(to, l);
	}
}

void conduct_seen(struct str *to, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from)
{
	struct look l = look(outcome, role, events, from);

	if (outcome->kind == OUTCOME_WAITS && l.acts > 0 && l.longest >= CLOCK_MS)
		str_addf(to, "waits %lldms", (long long)(l.longest / CLOCK_MS));
	else if (l.moved != EVENT_NONE)
		bytes_cell(to, &l);
	else if (l.end != EVENT_NONE)
		end_cell(to, at(&l, l.end));
	else if (l.telling != EVENT_NONE && (telling(&l, l.telling) > TELLS_DEED || l.call == EVENT_NONE))
		return_cell(to, &l);
	else if (l.call != EVENT_NONE)
		str_add(to, "blocks");
}

/*
 * In words.
 */

/* Take PART as another part of the sentence, which began at START. */
static void add_part(struct str *to, size_t start, struct str *part)
{
	if (part->len)
		str_addf(to, "%s%s", to->len > start ? "; " : "", str_text(part));
	str_cut(part, 0);
}

/* How the bytes stand to the pattern, where they are for the outcome. */
static bool may_go_on(const struct outcome *o, const struct str *bytes)
{
	struct pattern pattern = pattern_make(o->bytes ? o->bytes : "", o->len);
	struct pattern_walk walk = {0};
	size_t taken;
	bool open = o->bytes && pattern_feed(&walk, &pattern, str_text(bytes), bytes->len, &taken) ==
					PATTERN_OPEN;

	pattern_free(&pattern);
	return open;
}

static void bytes_words(struct str *to, const struct look *l)
{
	struct str bytes = {0}, quoted = {0};
	bool read = at(l, l->moved)->u.ret.did == DID_READ, only;

	moved_bytes(l, &bytes, SIZE_MAX - 1);
	only = may_go_on(l->outcome, &bytes);
	str_addc(&quoted, '"');
	str_add_quoted(&quoted, str_text(&bytes), bytes.len, WORDS_BYTES);
	str_add(&quoted, bytes.len > WORDS_BYTES ? "…\"" : "\"");
	if (bytes.len == 0)
		str_add(to, read ? _("it read something") : _("it sent something"));
	else if (only)
		str_addf(to, read ? _("it read only %s") : _("it sent only %s"), str_text(&quoted));
	else
		str_addf(to, read ? _("it read %s") : _("it sent %s"), str_text(&quoted));
	str_free(&bytes);
	str_free(&quoted);
}

/* `connect(3, "demo.sock") = -1 ENOENT (No such file or directory)`. */
static void call_words(struct str *to, const struct look *l, size_t ret)
{
	const char *text = text_of(l, ret);

	if (*text)
		str_addf(to, "%s ", text);
	timeline_result(to, at(l, ret), WORDS_BYTES);
}

static void end_words(struct str *to, const struct event *end)
{
	const char *name = signal_name(end->u.end.signal);

	if (!end->u.end.signal)
		str_addf(to, _("it exited with %d"), end->u.end.status);
	else if (name)
		str_addf(to, _("%s ended it"), name);
	else
		str_addf(to, _("signal %d ended it"), end->u.end.signal);
}

/* What it did last, or does. */
static void last_words(struct str *to, const struct look *l)
{
	struct str call = {0};
	size_t told = l->telling;

	if (l->end != EVENT_NONE && told == EVENT_NONE)
		told = return_before(l);
	if (told != EVENT_NONE && told != l->moved &&
	    (l->call == EVENT_NONE || telling(l, told) > TELLS_DEED)) {
		call_words(&call, l, told);
		if (at(l, told)->u.ret.did == DID_ELSEWHERE)
			str_add(&call, _(", which is none of the stage's addresses"));
		str_addf(to, told == l->ret || told < l->from ? _("its last call: %s") : "%s",
			 str_text(&call));
	}
	str_free(&call);
}

static void wait_words(struct str *to, const struct look *l)
{
	struct str time = {0};

	clock_print(&time, l->longest);
	str_addf(to, _("it never waited longer than %s"), str_text(&time));
	str_free(&time);
}

void conduct_seen_words(struct str *to, const struct outcome *outcome, enum role role,
			const struct events *events, size_t from)
{
	struct look l = look(outcome, role, events, from);
	struct str part = {0};
	size_t start = to->len;

	if (outcome->kind == OUTCOME_WAITS && l.acts > 0)
		wait_words(&part, &l);
	else if (l.moved != EVENT_NONE)
		bytes_words(&part, &l);
	add_part(to, start, &part);
	if (l.refused != EVENT_NONE)
		str_add(&part, at(&l, l.refused)->text);
	else if (l.end != EVENT_NONE)
		end_words(&part, at(&l, l.end));
	add_part(to, start, &part);
	last_words(&part, &l);
	add_part(to, start, &part);
	if (l.call != EVENT_NONE)
		str_addf(&part, _("it is still in %s"), at(&l, l.call)->text ? at(&l, l.call)->text : "");
	else if (to->len == start)
		str_add(&part, _("it made no call"));
	add_part(to, start, &part);
	str_free(&part);
}
