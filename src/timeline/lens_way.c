#include "timeline/lens_way.h"

#include "timeline/lens.h"

#include <string.h>

const struct lens_arrow_ends lens_arrows[LENS_ARROWS] = {
	[ARROW_LISTEN] = {LENS_CLOSE, LENS_LISTEN},
	[ARROW_CONNECT] = {LENS_CLOSE, LENS_SYN_SENT},
	[ARROW_CALLED] = {LENS_LISTEN, LENS_SYN_RECV},
	[ARROW_BOTH_CALL] = {LENS_SYN_SENT, LENS_SYN_RECV},
	[ARROW_ANSWERED] = {LENS_SYN_SENT, LENS_ESTABLISHED},
	[ARROW_ACCEPTED] = {LENS_SYN_RECV, LENS_ESTABLISHED},
	[ARROW_CLOSE_EARLY] = {LENS_SYN_RECV, LENS_FIN_WAIT1},
	[ARROW_CLOSE] = {LENS_ESTABLISHED, LENS_FIN_WAIT1},
	[ARROW_CLOSED_BY] = {LENS_ESTABLISHED, LENS_CLOSE_WAIT},
	[ARROW_FIN_ACKED] = {LENS_FIN_WAIT1, LENS_FIN_WAIT2},
	[ARROW_BOTH_CLOSE] = {LENS_FIN_WAIT1, LENS_CLOSING},
	[ARROW_BOTH_ACKED] = {LENS_FIN_WAIT1, LENS_TIME_WAIT},
	[ARROW_LAST_FIN] = {LENS_FIN_WAIT2, LENS_TIME_WAIT},
	[ARROW_CLOSING_ACKED] = {LENS_CLOSING, LENS_TIME_WAIT},
	[ARROW_CLOSE_TOO] = {LENS_CLOSE_WAIT, LENS_LAST_ACK},
	[ARROW_LAST_ACKED] = {LENS_LAST_ACK, LENS_GONE},
	[ARROW_TIME_UP] = {LENS_TIME_WAIT, LENS_GONE},
	[ARROW_UNLISTEN] = {LENS_LISTEN, LENS_GONE},
	[ARROW_GIVE_UP] = {LENS_SYN_SENT, LENS_GONE},
};

/* No way is longer than that. */
enum { FAR = 3 * LENS_STATES };

/*
 * What the captured segments of a connection say of its way, where states were not seen.
 */

/* How a socket that had sent its FIN came to know that this one had arrived, and of the other's. */
enum ending {
	ENDING_UNKNOWN,
	ENDING_ACK_FIRST, /* its FIN was acknowledged, and then the other's came */
	ENDING_FIN_FIRST, /* the other's FIN came, and did not acknowledge its own */
	ENDING_AT_ONCE,   /* the other's FIN acknowledged its own, which nothing had before */
};

struct heard {
	bool any;         /* there are segments */
	bool called;      /* it has sent a SYN of its own */
	bool both_call;   /* and then heard one that was no answer */
	bool closed;      /* it has sent a FIN: */
	uint32_t fin_end; /* with what that is acknowledged */
	bool acked;       /* and so it was */
	uint32_t next;    /* the sequence number that it waits for */
	enum ending ending;
};

static bool has_come(uint32_t number, uint32_t other)
{
	return (int32_t)(number - other) >= 0;
}

/* A segment that it sent. */
static void hear_sent(struct heard *h, const struct segment *s)
{
	if ((s->flags & (SEGMENT_SYN | SEGMENT_ACK)) == SEGMENT_SYN && !s->again)
		*h = (struct heard){.any = true, .called = true};
	if (s->flags & SEGMENT_FIN) {
		h->closed = true;
		h->fin_end = s->seq + s->len + 1;
	}
}

/* One that reached it. */
static void hear_received(struct heard *h, const struct segment *s)
{
	bool acks = s->flags & SEGMENT_ACK && h->closed && has_come(s->ack, h->fin_end);
	uint32_t syn = s->flags & SEGMENT_SYN ? 1 : 0, fin = s->flags & SEGMENT_FIN ? 1 : 0;

	if (syn && !(s->flags & SEGMENT_ACK) && h->called)
		h->both_call = true;
	/* What comes before its turn changes no state. */
	if (!has_come(h->next, s->seq))
		fin = 0;
	else if (has_come(s->seq + s->len + syn + fin, h->next))
		h->next = s->seq + s->len + syn + fin;
	if (fin && h->closed && h->ending == ENDING_UNKNOWN)
		h->ending = h->acked ? ENDING_ACK_FIRST
			    : acks   ? ENDING_AT_ONCE
				     : ENDING_FIN_FIRST;
	h->acked |= acks;
}

/* All that its connection's segments tell before event END, which is a snapshot of it. */
static struct heard hear(const struct events *events, size_t end)
{
	const struct lens *l = &events->list.at[end].u.lens;
	struct heard h = {.called = false};

	for (size_t i = 0; i < end; i++) {
		const struct event *e = &events->list.at[i];
		const struct segment *s = &e->u.segment;

		if (e->kind != EVENT_SEGMENT || s->protocol != PROTOCOL_TCP || !l->peer_port)
			continue;
		h.any = true;
		if (s->from == l->port && s->to == l->peer_port && !s->late)
			hear_sent(&h, s);
		if (s->to == l->port && s->from == l->peer_port && !s->lost && !s->held)
			hear_received(&h, s);
	}
	return h;
}

/* Arrows that connections rarely take, or that the segments speak against, are long, so that no way
 * is guessed through them. */
static unsigned length_of(size_t arrow, const struct heard *h)
{
	enum { RARE = 2, RARER = 3, AGAINST = 6 };
	bool known = h->ending != ENDING_UNKNOWN;

	switch ((enum lens_arrow)arrow) {
	case ARROW_CLOSE_EARLY:
		return RARER;
	case ARROW_TIME_UP:
		return AGAINST; /* it takes a minute: TIME_WAIT would have been seen */
	case ARROW_BOTH_CALL:
		return h->both_call ? 1 : RARE;
	case ARROW_ANSWERED:
		return h->both_call ? AGAINST : 1;
	case ARROW_FIN_ACKED:
		return known && h->ending != ENDING_ACK_FIRST ? AGAINST : 1;
	case ARROW_BOTH_CLOSE:
		return known && h->ending != ENDING_FIN_FIRST ? AGAINST : 1;
	case ARROW_BOTH_ACKED:
		return known && h->ending != ENDING_AT_ONCE ? AGAINST : 1;
	case ARROW_LISTEN:
		return h->called ? AGAINST : 1;
	case ARROW_CONNECT:
	case ARROW_CALLED:
	case ARROW_ACCEPTED:
	case ARROW_CLOSE:
	case ARROW_CLOSED_BY:
	case ARROW_LAST_FIN:
	case ARROW_CLOSING_ACKED:
	case ARROW_CLOSE_TOO:
	case ARROW_LAST_ACKED:
	case ARROW_UNLISTEN:
	case ARROW_GIVE_UP:
	case LENS_ARROWS:
		break;
	}
	return 1;
}

/* The length of the shortest way from each node to TO. */
static void distances(unsigned to_here[LENS_STATES], lens_node to, const struct heard *h)
{
	bool again = true;

	for (size_t i = 0; i < LENS_STATES; i++)
		to_here[i] = i == to ? 0 : FAR;
	while (again) {
		again = false;
		for (size_t i = 0; i < LENS_ARROWS; i++) {
			const struct lens_arrow_ends *a = &lens_arrows[i];

			if (to_here[a->to] + length_of(i, h) < to_here[a->from]) {
				to_here[a->from] = to_here[a->to] + length_of(i, h);
				again = true;
			}
		}
	}
}

static void raise(uint8_t *how, enum way_how to)
{
	if (*how < to)
		*how = (uint8_t)to;
}

/* Of a FIN_WAIT1 that became TIME_WAIT nobody saw whether it was by one segment or by two. */
static bool is_plain(size_t arrow)
{
	return arrow != ARROW_BOTH_ACKED;
}

/* The arrow from one node to another, or LENS_ARROWS. */
static size_t arrow_between(lens_node from, lens_node to)
{
	size_t i = 0;

	while (i < LENS_ARROWS && (lens_arrows[i].from != from || lens_arrows[i].to != to))
		i++;
	return i;
}

/* One arrow nearer to where TO_HERE is 0. */
static lens_node follow(struct lens_way *way, lens_node from, const unsigned to_here[LENS_STATES],
			const struct heard *h, bool direct)
{
	for (size_t i = 0; i < LENS_ARROWS; i++) {
		const struct lens_arrow_ends *a = &lens_arrows[i];

		if (a->from != from || to_here[a->to] + length_of(i, h) != to_here[from])
			continue;
		raise(&way->arrow[i], direct && is_plain(i) ? WAY_SEEN : WAY_UNSEEN);
		return a->to;
	}
	return from;
}

/* What was seen of a move besides where it led. */
struct move {
	lens_node to;
	bool held;   /* a process still holds the socket */
	bool reset;  /* an RST of this connection was captured on the way */
	int peer;    /* where the other end then was, an enum lens_state, or PEER_UNKNOWN */
	struct heard heard;
};
enum { PEER_UNKNOWN = -1 };

/* Its own FIN was acknowledged; where nothing was captured, the other end waits, as it does then. */
static bool said_goodbye(const struct move *move)
{
	if (move->heard.any)
		return move->heard.closed && move->heard.acked;
	return move->peer == LENS_TIME_WAIT;
}

/* Nothing was captured, and the other end has nothing left either. */
static bool ended_alike(const struct move *move)
{
	return !move->heard.any && (move->peer == LENS_GONE || move->peer == LENS_CLOSE);
}

/*
 * A connection whose end was not seen came to it in order only if the role closed it, or shut it down,
 * after the other side had. Else TIME_WAIT would have been seen, which takes a minute. Then it is the other
 * side that waits so.
 */
static bool is_cut(const struct lens_way *way, const struct move *move, unsigned distance)
{
	if (distance >= FAR)
		return true;
	if (move->to != LENS_GONE || arrow_between(way->at, move->to) < LENS_ARROWS)
		return false;
	return move->reset || (move->held && !said_goodbye(move)) || ended_alike(move) ||
	       (way->at != LENS_ESTABLISHED && way->at != LENS_CLOSE_WAIT);
}

static void go(struct lens_way *way, const struct move *move)
{
	unsigned to_here[LENS_STATES];
	size_t arrow;
	bool direct;

	distances(to_here, move->to, &move->heard);
	arrow = arrow_between(way->at, move->to);
	direct = arrow < LENS_ARROWS && to_here[way->at] == length_of(arrow, &move->heard);
	way->cut = is_cut(way, move, to_here[way->at]);
	way->reset = way->cut && move->reset;
	way->cut_from = way->at;
	while (!way->cut && way->at != move->to) {
		way->at = follow(way, way->at, to_here, &move->heard, direct);
		raise(&way->node[way->at], WAY_UNSEEN);
	}
	way->at = move->to;
}

static bool is_snapshot(const struct event *e, uint32_t socket)
{
	return e->kind == EVENT_LENS && e->u.lens.socket == socket;
}

/* Whether a socket of the same port listened before event END: then this one was accepted. */
static const struct event *find_listener(const struct events *events, size_t end,
					 const struct event *first)
{
	for (size_t i = 0; i < end; i++) {
		const struct event *e = &events->list.at[i];

		if (e->kind == EVENT_LENS && e->role == first->role &&
		    e->u.lens.state == LENS_LISTEN && e->u.lens.port == first->u.lens.port)
			return e;
	}
	return NULL;
}

/* Whether the role's newest call before FIRST that gave this descriptor is an accept(). */
static bool was_accepted(const struct events *events, size_t end, const struct event *first)
{
	uint32_t call = 0;

	for (size_t i = 0; i < end; i++) {
		const struct event *e = &events->list.at[i];

		if (e->role != first->role || e->role >= ROLE_NONE)
			continue;
		if (e->kind == EVENT_CALL && e->text && strstr(e->text, "accept"))
			call = e->call;
		if (e->kind == EVENT_RETURN && e->call == call && call && !e->u.ret.err &&
		    e->u.ret.result == first->u.lens.fd[e->role])
			return true;
	}
	return false;
}

/* Before its first snapshot. */
static void begin(struct lens_way *way, const struct events *events, size_t first)
{
	const struct event *e = &events->list.at[first];
	const struct event *listener = find_listener(events, first, e);

	way->at = LENS_CLOSE;
	way->node[LENS_CLOSE] = WAY_UNSEEN;
	if (e->u.lens.state == LENS_CLOSE || e->u.lens.state == LENS_LISTEN ||
	    e->u.lens.state == LENS_SYN_SENT)
		return;
	if (!listener && !(e->u.lens.is & LENS_WAITS) && !was_accepted(events, first, e))
		return;
	way->at = LENS_LISTEN;
	way->node[LENS_LISTEN] = listener ? WAY_SEEN : WAY_UNSEEN;
	way->arrow[ARROW_LISTEN] = listener ? WAY_SEEN : WAY_UNSEEN;
}

/* CLOSE is CLOSED: before there was a connection, or after. */
static lens_node node_of(const struct lens_way *way, const struct lens *l)
{
	if (way->at == LENS_CLOSE && l->state == LENS_GONE)
		return LENS_CLOSE;
	if (way->at != LENS_CLOSE && l->state == LENS_CLOSE)
		return LENS_GONE;
	return l->state;
}

static bool resets(const struct event *e, const struct lens *l)
{
	const struct segment *s = &e->u.segment;

	return e->kind == EVENT_SEGMENT && s->protocol == PROTOCOL_TCP && !s->lost &&
	       s->flags & SEGMENT_RST &&
	       ((s->from == l->port && s->to == l->peer_port) ||
		(s->to == l->port && s->from == l->peer_port));
}

static bool was_reset(const struct events *events, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (resets(&events->list.at[i], &events->list.at[to].u.lens))
			return true;
	return false;
}

/* Where the other end of snapshot AT's socket was, as of the same look. */
static int find_peer(const struct events *events, size_t end, size_t at)
{
	const struct event *e = &events->list.at[at];
	int state = PEER_UNKNOWN;

	for (size_t i = 0; i < end && events->list.at[i].ns <= e->ns && e->u.lens.peer; i++)
		if (is_snapshot(&events->list.at[i], e->u.lens.peer))
			state = events->list.at[i].u.lens.state;
	return state;
}

void lens_way_find(struct lens_way *way, const struct events *events, size_t end, uint32_t socket)
{
	size_t before = EVENT_NONE;

	*way = (struct lens_way){.at = LENS_CLOSE};
	for (size_t i = 0; i < end; i++) {
		const struct event *e = &events->list.at[i];
		struct move move;

		if (!is_snapshot(e, socket))
			continue;
		if (before == EVENT_NONE)
			begin(way, events, i);
		move.to = node_of(way, &e->u.lens);
		move.held = lens_is_held(&e->u.lens);
		move.reset = before != EVENT_NONE && was_reset(events, before, i);
		/* The descriptor was connected once more. */
		if (way->at == LENS_GONE && move.to != LENS_GONE)
			way->at = LENS_CLOSE;
		if (move.to != way->at) {
			move.heard = hear(events, i);
			move.peer = find_peer(events, end, i);
			go(way, &move);
		}
		raise(&way->node[move.to], WAY_SEEN);
		before = i;
	}
}
