#include "view/expect.h"

#include "course/fact.h"
#include "course/shorten.h"

#include <string.h>

/* Whether the call is FUNCTION, as in `connect(sock, …)`. */
static bool calls(const struct event *call, const char *function)
{
	size_t n = strlen(function);

	return call->text && strncmp(call->text, function, n) == 0 && call->text[n] == '(';
}

/* An option of the role's own sets another limit: then the settings do not say. */
static bool sets_limit(const struct player *p, enum role role, size_t end)
{
	for (size_t i = 0; i < end; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_CALL && e->role == role && e->text &&
		    (strstr(e->text, "TCP_SYNCNT") || strstr(e->text, "TCP_USER_TIMEOUT") ||
		     strstr(e->text, "TCP_KEEP")))
			return true;
	}
	return false;
}

static bool keeps_alive(const struct player *p, enum role role, size_t end)
{
	for (size_t i = 0; i < end; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_CALL && e->role == role && e->text &&
		    strstr(e->text, "SO_KEEPALIVE, 1"))
			return true;
	}
	return false;
}

static const struct event *segment_at(const struct player *p, size_t i)
{
	const struct event *e = &p->events.list.at[i];

	return e->kind == EVENT_SEGMENT && e->u.segment.protocol == PROTOCOL_TCP ? e : NULL;
}

/* The first segment of ROLE with bytes that was lost, and that nothing reached the role after;
 * *HEARD is when something last did, or when the first segment was seen. */
static const struct event *unanswered(const struct player *p, enum role role, size_t end,
				      int64_t *heard)
{
	const struct event *first = NULL;

	*heard = -1;
	for (size_t i = 0; i < end; i++) {
		const struct event *e = segment_at(p, i);

		if (!e)
			continue;
		if (*heard < 0 || (e->role != role && !e->u.segment.lost))
			*heard = e->ns;
		if (e->role != role && !e->u.segment.lost)
			first = NULL;
		else if (e->role == role && e->u.segment.lost && e->u.segment.len > 0 && !first)
			first = e;
	}
	return first;
}

/* The SYN of the call at index CALL, which nobody answers. */
static const struct event *first_syn(const struct player *p, size_t call, size_t end)
{
	enum role role = p->events.list.at[call].role;

	for (size_t i = call; i < end; i++) {
		const struct event *e = segment_at(p, i);

		if (e && e->role == role && e->u.segment.lost && e->u.segment.flags == SEGMENT_SYN)
			return e;
	}
	return NULL;
}

bool expect_call(const struct player *p, size_t call, size_t end, struct expectation *e)
{
	const struct event *c = &p->events.list.at[call], *first;
	struct settings all;
	int64_t heard;

	if (!settings_any(&p->demo->settings) || sets_limit(p, c->role, end))
		return false;
	all = shorten_settings(p->demo, &p->own, p->real_time);
	if (calls(c, "connect")) {
		first = first_syn(p, call, end);
		*e = (struct expectation){first ? first->ns : -1, fact_connect(&all)};
	} else {
		first = unanswered(p, c->role, end, &heard);
		*e = first ? (struct expectation){first->ns, fact_retransmit(&all)}
			   : (struct expectation){keeps_alive(p, c->role, end) ? heard : -1,
						  fact_keepalive(&all)};
	}
	return e->start >= 0 && e->takes > 0;
}
