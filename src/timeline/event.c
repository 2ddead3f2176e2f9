#include "timeline/event.h"

#include "base/text.h"

#include <stdlib.h>

enum role role_other(enum role role)
{
	return role == ROLE_A ? ROLE_B : role == ROLE_B ? ROLE_A : ROLE_NONE;
}

const char *role_name(enum role role)
{
	static const char *const names[] = {"Process A", "Process B", N_("the director")};

	return role == ROLE_NONE ? _(names[role]) : names[role];
}

void events_add(struct events *events, struct event e)
{
	vec_push(&events->list, e);
}

struct event event_copy(const struct event *e)
{
	struct event copy = *e;

	copy.text = mem_strdup(e->text);
	if (e->kind == EVENT_RETURN && e->u.ret.bytes)
		copy.u.ret.bytes = mem_strndup(e->u.ret.bytes, e->u.ret.len);
	if (e->kind == EVENT_RETURN && e->u.ret.sent)
		copy.u.ret.sent = mem_strndup(e->u.ret.sent, e->u.ret.sent_len);
	return copy;
}

void event_clear(struct event *e)
{
	free(e->text);
	e->text = NULL;
	if (e->kind == EVENT_RETURN) {
		free(e->u.ret.bytes);
		free(e->u.ret.sent);
		e->u.ret.bytes = e->u.ret.sent = NULL;
	}
}

void events_free(struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++)
		event_clear(&events->list.at[i]);
	vec_free(&events->list);
}

const char *event_kind_name(enum event_kind kind)
{
	static const char *const names[] = {
		[EVENT_BEGIN] = "begin",       [EVENT_START] = "start",
		[EVENT_ROW] = "row",           [EVENT_CALL] = "call",
		[EVENT_RETURN] = "return",     [EVENT_BLOCKED] = "blocked",
		[EVENT_READY] = "ready",       [EVENT_SIGNAL] = "signal",
		[EVENT_END] = "end",           [EVENT_SEGMENT] = "segment",
		[EVENT_DIRECTOR] = "director", [EVENT_REFUSED] = "refused",
		[EVENT_CANNOT] = "cannot",     [EVENT_VERDICT] = "verdict",
		[EVENT_ROW_DONE] = "row-done", [EVENT_DONE] = "done",
		[EVENT_LENS] = "lens",         [EVENT_OUTPUT] = "output",
	};

	return names[kind];
}

bool event_is_eof(const struct event *ret)
{
	return ret->u.ret.reads && ret->u.ret.err == 0 && ret->u.ret.result == 0;
}

bool segment_tells(const struct segment *segment)
{
	return segment->protocol != PROTOCOL_TCP || segment->len > 0 ||
	       (segment->flags & (SEGMENT_SYN | SEGMENT_FIN | SEGMENT_RST)) != 0;
}
