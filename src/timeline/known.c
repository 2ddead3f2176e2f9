#include "timeline/known.h"

#include <errno.h>

/*
 * One return.
 */

bool did_well(const struct event *e, enum did did)
{
	return e->kind == EVENT_RETURN && e->u.ret.did == did && e->u.ret.err == 0;
}

bool did_in_vain(const struct event *e)
{
	switch (e->kind == EVENT_RETURN ? e->u.ret.err : 0) {
	case EAGAIN:
	case EINTR:
	case EINPROGRESS:
	case EALREADY:
		return true;
	default:
		return false;
	}
}

bool did_act(const struct event *e)
{
	if (e->kind != EVENT_RETURN || did_in_vain(e))
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
	case DID_ELSEWHERE:
	case DID_WAIT:
	case DID_CONFIRM:
		break;
	}
	return false;
}

bool did_move(const struct event *e, enum way way)
{
	return did_well(e, way == WAY_READ ? DID_READ : DID_SEND) && e->u.ret.result > 0;
}

const char *did_bytes(const struct event *e, enum way way, size_t *n)
{
	const char *bytes = way == WAY_READ ? e->u.ret.bytes : e->u.ret.sent;

	*n = !bytes ? 0 : way == WAY_READ ? e->u.ret.len : e->u.ret.sent_len;
	return bytes;
}

static bool moves_bytes(const struct event *e)
{
	return did_move(e, WAY_SENT) || did_move(e, WAY_READ);
}

static bool has_no_error(const struct event *e)
{
	return did_well(e, DID_CONFIRM) && str_same(e->text, "0");
}

/* Whether a connect() has not waited for what comes of it. */
static bool goes_on(const struct event *e)
{
	return e->u.ret.err == EINPROGRESS || e->u.ret.err == EALREADY || e->u.ret.err == EINTR;
}

/*
 * Connections.
 */

/* Those that are closed and have nothing left; the others stay. */
static void forget(struct known *k)
{
	enum { FEW = 64 };
	size_t kept = 0;

	for (size_t i = 0; i < k->connections.n; i++) {
		const struct connection *c = &k->connections.at[i];

		if (!c->closed || c->has_left[WAY_READ])
			k->connections.at[kept++] = *c;
	}
	k->connections.n = kept;
	k->newest = 0;
	k->crowded = kept * 2 > FEW ? kept * 2 : FEW;
}

struct connection *known_find(struct known *k, unsigned long id)
{
	if (k->newest < k->connections.n && k->connections.at[k->newest].id == id)
		return &k->connections.at[k->newest];
	for (size_t i = k->connections.n; i-- > 0;)
		if (k->connections.at[i].id == id) {
			k->newest = i;
			return &k->connections.at[i];
		}
	return NULL;
}

struct connection *known_connection(struct known *k, unsigned long id)
{
	struct connection *c = known_find(k, id);

	if (c)
		return c;
	if (k->connections.n >= k->crowded)
		forget(k);
	vec_push(&k->connections, (struct connection){.id = id});
	k->newest = k->connections.n - 1;
	return &k->connections.at[k->newest];
}

/* C, NULL when it is not known, is what E is about. */
static bool connects(const struct known *k, const struct connection *c, const struct event *e)
{
	if (did_well(e, DID_CONNECT))
		return true;
	if (!c || !c->connecting)
		return false;
	if (e->u.ret.did == DID_CONNECT)
		return e->u.ret.err == EISCONN;
	return moves_bytes(e) || (k->waits > c->waits && has_no_error(e));
}

bool known_connects(struct known *k, const struct event *e)
{
	return e->kind == EVENT_RETURN && connects(k, known_find(k, e->u.ret.socket), e);
}

/* Whether the end E of a process closes connection C: of the program itself, or of a child that
 * used it last. */
static bool ends(const struct connection *c, const struct event *e)
{
	return c->connected && !c->closed && (e->task <= 1 || c->task == e->task);
}

bool known_closes(struct known *k, const struct event *e)
{
	const struct connection *c;

	if (e->kind == EVENT_END && !known_is_thread(k, e->task))
		for (size_t i = 0; i < k->connections.n; i++)
			if (ends(&k->connections.at[i], e))
				return true;
	if (!did_well(e, DID_CLOSE))
		return false;
	c = known_find(k, e->u.ret.socket);
	/* A scripted role has what its link gave it. */
	return c ? c->connected && !c->closed : e->task == 0;
}

/*
 * Events.
 */

bool known_is_thread(const struct known *k, unsigned task)
{
	return task < k->threads.n && k->threads.at[task];
}

static void take_start(struct known *k, const struct event *e)
{
	bool thread = str_same(e->text, "thread");

	while (k->threads.n <= e->task)
		vec_push(&k->threads, false);
	k->threads.at[e->task] = thread;
	k->alive += !thread;
}

static void take_end(struct known *k, const struct event *e)
{
	if (known_is_thread(k, e->task))
		return;
	k->alive -= k->alive > 0;
	k->gone = k->alive == 0;
	for (size_t i = 0; i < k->connections.n; i++)
		if (ends(&k->connections.at[i], e))
			k->connections.at[i].closed = true;
}

/* The number that a script's descriptor had may be given out again. */
static void take_close(struct known *k, const struct event *e)
{
	struct connection *c = known_find(k, e->u.ret.socket);

	if (!c)
		return;
	c->closed = true;
	c->connecting = false;
	if (e->task == 0)
		c->id = 0;
}

static void take_return(struct known *k, const struct event *e)
{
	enum did did = e->u.ret.did;
	struct connection *c;

	k->waits += did == DID_WAIT && e->u.ret.result > 0;
	if (did == DID_CLOSE)
		take_close(k, e);
	if (did < DID_CONNECT || did == DID_CLOSE || !e->u.ret.socket)
		return;
	c = known_connection(k, e->u.ret.socket);
	c->task = e->task;
	if (connects(k, c, e) || moves_bytes(e) || did_well(e, DID_ACCEPT)) {
		c->connected = true;
		c->connecting = false;
	} else if (did == DID_CONNECT) {
		c->waits = c->connecting ? c->waits : k->waits;
		c->connecting = goes_on(e);
	}
}

void known_take(struct known *k, enum role role, const struct events *events, size_t end)
{
	for (; k->end < end; k->end++) {
		const struct event *e = &events->list.at[k->end];

		if (e->role != role)
			continue;
		if (e->kind == EVENT_START || e->kind == EVENT_CALL)
			k->scripted = e->task == 0;
		if (e->kind == EVENT_CALL || e->kind == EVENT_RETURN)
			k->in_call = e->kind == EVENT_CALL;
		if (e->kind == EVENT_START)
			take_start(k, e);
		else if (e->kind == EVENT_END)
			take_end(k, e);
		else if (e->kind == EVENT_RETURN)
			take_return(k, e);
	}
}

void known_free(struct known *k)
{
	vec_free(&k->connections);
	vec_free(&k->threads);
}
