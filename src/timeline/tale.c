#include "timeline/tale.h"

#include "base/names.h"
#include "timeline/timeline.h"

static const struct event *event_at(const struct events *events, size_t i)
{
	return &events->list.at[i];
}

void tale_start(struct tale *tale)
{
	*tale = (struct tale){.call = EVENT_NONE, .blocked = EVENT_NONE, .ret = EVENT_NONE,
			      .end = EVENT_NONE, .verdict = EVENT_NONE, .refused = EVENT_NONE,
			      .cannot = EVENT_NONE};
}

void tale_free(struct tale *tale)
{
	vec_free(&tale->signals);
	str_free(&tale->wire);
}

void tale_end_wire(struct tale *tale)
{
	if (tale->times > 1)
		str_addf(&tale->wire, " ×%d", tale->times);
	tale->times = 0;
}

void tale_add_wire(struct tale *tale, unsigned flags, bool lost)
{
	if (tale->times > 0 && tale->flags == flags && tale->lost == lost) {
		tale->times++;
		return;
	}
	tale_end_wire(tale);
	str_addf(&tale->wire, "%s%s%s", tale->wire.len ? ", " : "",
		 flags & SEGMENT_RST ? "RST" : "FIN", lost ? " lost" : "");
	tale->flags = flags;
	tale->lost = lost;
	tale->times = 1;
}

bool tale_tells(const struct tale *tale)
{
	return tale->blocked != EVENT_NONE || tale->ret != EVENT_NONE || tale->end != EVENT_NONE ||
	       tale->signals.n > 0;
}

static void result_words(struct str *to, const struct event *ret)
{
	if (errno_name(ret->u.ret.err))
		str_add(to, errno_name(ret->u.ret.err));
	else if (event_is_eof(ret))
		str_add(to, "EOF");
	else
		timeline_result(to, ret, 64);
}

/* Without a detail that is an address, and without a number that is only a name. */
static void result_same(struct str *to, const struct event *ret, bool varies)
{
	struct event bare = *ret;

	if (varies && ret->u.ret.err == 0 && !event_is_eof(ret)) {
		str_add(to, "=");
		return;
	}
	if (bare.text && bare.text[0] == '"')
		bare.text = NULL;
	result_words(to, &bare);
}

static void add_signals(struct str *to, const struct events *events,
			const struct tale *tale)
{
	for (size_t i = 0; i < tale->signals.n; i++) {
		int number = event_at(events, tale->signals.at[i])->u.signal.number;

		str_add(to, to->len ? " + " : "");
		if (signal_name(number))
			str_add(to, signal_name(number));
		else
			str_addf(to, "signal %d", number);
	}
}

static void add_end_words(struct str *to, const struct event *e)
{
	const char *name = signal_name(e->u.end.signal);

	str_add(to, to->len ? ", " : "");
	if (!e->u.end.signal)
		str_addf(to, "exited %d", e->u.end.status);
	else if (e->u.end.signal == 9 && name)
		str_addf(to, "Terminated (%s)", name); /* the one that comes without a word */
	else
		str_add(to, "Terminated");
}

char *tale_words(const struct tale *tale, const struct events *events, bool same, bool varies)
{
	struct str s = {0};

	if (tale->blocked != EVENT_NONE)
		str_add(&s, "blocks");
	if (tale->blocked != EVENT_NONE && tale->ret != EVENT_NONE)
		str_add(&s, ", then ");
	if (tale->ret != EVENT_NONE && same)
		result_same(&s, event_at(events, tale->ret), varies);
	else if (tale->ret != EVENT_NONE)
		result_words(&s, event_at(events, tale->ret));
	add_signals(&s, events, tale);
	if (tale->end != EVENT_NONE)
		add_end_words(&s, event_at(events, tale->end));
	return str_take(&s);
}
