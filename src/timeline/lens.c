#include "timeline/lens.h"

#include <string.h>
#include <sys/socket.h>

static void begin_row(struct lenses *lenses)
{
	for (size_t i = 0; i < lenses->list.n; i++)
		lenses->list.at[i].before = lenses->list.at[i].newest;
}

static void take_snapshot(struct lenses *lenses, uint32_t socket, size_t i)
{
	struct lens_now unseen = {EVENT_NONE, EVENT_NONE, EVENT_NONE};
	struct lens_now *now;

	if (socket == 0)
		return;
	while (lenses->list.n < socket)
		vec_push(&lenses->list, unseen);
	now = &lenses->list.at[socket - 1];
	if (now->first == EVENT_NONE)
		now->first = i;
	now->newest = i;
}

void lenses_take(struct lenses *lenses, const struct events *events, size_t i)
{
	const struct event *e = &events->list.at[i];

	if (e->kind == EVENT_BEGIN)
		lenses->list.n = 0;
	else if (e->kind == EVENT_ROW)
		begin_row(lenses);
	else if (e->kind == EVENT_LENS)
		take_snapshot(lenses, e->u.lens.socket, i);
}

void lenses_free(struct lenses *lenses)
{
	vec_free(&lenses->list);
}

/*
 * `NAME: LOCAL → PEER`.
 */
static const char arrow[] = " → ";

void lens_text_split(struct lens_text *parts, const char *text)
{
	const char *colon = text ? strchr(text, ':') : NULL, *address, *to;

	*parts = (struct lens_text){"", 0, "", 0, "", 0};
	if (!colon)
		return;
	parts->name = text;
	parts->name_len = (size_t)(colon - text);
	address = colon[1] == ' ' ? colon + 2 : colon + 1;
	to = strstr(colon, arrow);
	parts->local = address;
	parts->local_len = to ? (to > address ? (size_t)(to - address) : 0) : strlen(address);
	if (to) {
		parts->peer = to + strlen(arrow);
		parts->peer_len = strlen(parts->peer);
	}
}

void lens_text_make(struct str *to, const char *name, const char *local, const char *peer)
{
	str_addf(to, "%s:", name ? name : "");
	if (local && *local)
		str_addf(to, " %s", local);
	if (peer && *peer)
		str_addf(to, "%s%s", arrow, peer);
}

bool lens_is_tcp(const struct lens *lens)
{
	return (lens->domain == AF_INET || lens->domain == AF_INET6) && lens->type == SOCK_STREAM;
}

bool lens_is_held(const struct lens *lens)
{
	return lens->fd[ROLE_A] >= 0 || lens->fd[ROLE_B] >= 0;
}

static const char *other_state_name(const struct lens *lens)
{
	switch ((enum lens_state)lens->state) {
	case LENS_GONE:
		return "gone";
	case LENS_ESTABLISHED:
		return "CONNECTED";
	case LENS_LISTEN:
		return "LISTEN";
	case LENS_SYN_SENT:
		return "CONNECTING";
	case LENS_SYN_RECV:
	case LENS_FIN_WAIT1:
	case LENS_FIN_WAIT2:
	case LENS_TIME_WAIT:
	case LENS_CLOSE:
	case LENS_CLOSE_WAIT:
	case LENS_LAST_ACK:
	case LENS_CLOSING:
		return "UNCONNECTED";
	}
	return "UNCONNECTED";
}

const char *lens_state_name(const struct lens *lens)
{
	static const char *const names[LENS_STATES] = {
		"gone",  "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
		"CLOSE", "CLOSE_WAIT",  "LAST_ACK", "LISTEN",   "CLOSING",
	};

	if (!lens_is_tcp(lens))
		return other_state_name(lens);
	return lens->state < LENS_STATES ? names[lens->state] : "?";
}

const char *lens_kind_name(const struct lens *lens)
{
	if (lens->domain == AF_UNIX)
		return lens->type == SOCK_STREAM  ? "unix"
		       : lens->type == SOCK_DGRAM ? "unix-dgram"
						  : "unix-seqpacket";
	if (lens->type == SOCK_STREAM)
		return lens->domain == AF_INET6 ? "tcp6" : "tcp";
	return lens->domain == AF_INET6 ? "udp6" : "udp";
}

const char *lens_timer_name(enum lens_timer timer)
{
	switch (timer) {
	case LENS_TIMER_NONE:
		return NULL;
	case LENS_TIMER_AGAIN:
		return "retransmission";
	case LENS_TIMER_KEEPALIVE:
		return "keepalive";
	case LENS_TIMER_TIME_WAIT:
		return "time-wait";
	case LENS_TIMER_PROBE:
		return "probe";
	}
	return NULL;
}

bool lens_differs(const struct lens *a, const struct lens *b)
{
	return a->state != b->state || a->is != b->is || a->unread != b->unread ||
	       a->unacked != b->unacked || a->unsent != b->unsent || a->queue != b->queue ||
	       a->backlog != b->backlog || a->again != b->again || a->fd[ROLE_A] != b->fd[ROLE_A] ||
	       a->fd[ROLE_B] != b->fd[ROLE_B] || a->peer_port != b->peer_port || a->port != b->port;
}

/* How much a socket tells of its role: more is better. */
static int telling(const struct event *e)
{
	const struct lens *l = &e->u.lens;
	struct lens_text parts;
	bool named;

	lens_text_split(&parts, e->text);
	named = parts.name_len == 4 && memcmp(parts.name, "sock", 4) == 0;
	if (l->state == LENS_GONE)
		return named ? 1 : 0;
	return named ? 4 : lens_is_held(l) ? 3 : 2;
}

uint32_t lenses_telling(const struct lenses *lenses, const struct events *events, enum role role)
{
	uint32_t best = 0;
	int most = -1;

	for (size_t i = 0; i < lenses->list.n; i++) {
		size_t newest = lenses->list.at[i].newest;
		const struct event *e;

		if (newest == EVENT_NONE)
			continue;
		e = &events->list.at[newest];
		if (e->role == role && telling(e) >= most) {
			most = telling(e);
			best = (uint32_t)i + 1;
		}
	}
	return best;
}
