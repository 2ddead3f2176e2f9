#include "stage/calls.h"

#include "stage/peers.h"

/* A call that was told and has not returned. */
struct pending {
	struct calls_pending known;
	size_t id;           /* of follow.h */
	bool ends;           /* 0 bytes would mean the end */
	struct doing doing;
};

struct calls {
	struct calls_plan plan;
	struct decoder decoder;
	struct peers *peers;
	VEC(struct pending) pending;
	VEC(unsigned long) own;  /* sockets that a program has joined to each other */
};

struct calls *calls_open(const struct calls_plan *plan)
{
	struct calls *c = mem_zero(1, sizeof *c);

	c->plan = *plan;
	decoder_start(&c->decoder);
	c->decoder.whole = plan->whole;
	c->peers = peers_open();
	return c;
}

void calls_close(struct calls *c)
{
	if (!c)
		return;
	peers_close(c->peers);
	decoder_free(&c->decoder);
	vec_free(&c->pending);
	vec_free(&c->own);
	free(c);
}

void calls_apart(struct calls *c, int fd)
{
	decoder_apart(&c->decoder, fd);
}

struct event calls_event(const struct follow_stop *stop, enum event_kind kind)
{
	return (struct event){.ns = stop->ns, .kind = kind, .role = stop->role,
			      .task = stop->task};
}

/* A pipe without a name that only one program has is between its own parts. */
static bool between(struct calls *c, const struct follow_stop *stop, const struct doing *doing)
{
	if (doing->kind != FD_PIPE || c->plan.pipes)
		return true;
	return doing->inode && peers_share(c->peers, stop, doing->inode);
}

bool calls_enter(struct calls *c, const struct follow_stop *stop)
{
	struct event e = calls_event(stop, EVENT_CALL);
	struct pending p = {.known = {stop->tid, stop->role, stop->task, 0, 0, stop->ns, 0, 0},
			    .id = stop->call, .ends = true};
	struct str text = {0};

	if (!decode_entry(&c->decoder, stop, &text, &p.doing) || !between(c, stop, &p.doing)) {
		str_free(&text);
		return false;
	}
	e.text = str_take(&text);
	if (p.doing.fd >= 0)
		p.ends = peers_see(c->peers, stop, p.doing.fd, p.doing.kind, p.doing.inode,
				   p.doing.use, &e.u.on);
	c->plan.tell(c->plan.data, &e);
	p.known.use = p.doing.use;
	p.known.call = e.call;
	p.known.row = e.row;
	vec_push(&c->pending, p);
	return true;
}

/* A descriptor that is new may be somebody's peer from now on. Returns its inode, 0: it is no
 * socket. */
static unsigned long see_new(struct calls *c, const struct follow_stop *stop, int fd,
			     struct event_on *on)
{
	unsigned long inode = 0;
	enum fd_kind kind = decode_fd(&c->decoder, stop->tid, fd, &inode);

	if (fd < 0 || kind != FD_SOCKET)
		return 0;
	peers_see(c->peers, stop, fd, kind, inode, USE_JOINS, on);
	return inode;
}

/* What the parts of a program say to each other is done for no conversation. */
static bool is_own(const struct calls *c, unsigned long inode)
{
	for (size_t i = 0; i < c->own.n; i++)
		if (inode && c->own.at[i] == inode)
			return true;
	return false;
}

static void left(struct calls *c, const struct follow_stop *stop, const struct pending *p)
{
	struct event e = calls_event(stop, EVENT_RETURN);
	unsigned long inode;
	int new[2];

	e.row = p->known.row;
	e.call = p->known.call;
	decode_exit(&p->doing, stop, &e, new);
	e.u.ret.reads = e.u.ret.reads && p->ends;
	for (int i = 0; i < 2; i++) {
		inode = new[i] >= 0 ? see_new(c, stop, new[i], &e.u.ret.on) : 0;
		if (inode && e.u.ret.did == DID_ACCEPT)
			e.u.ret.socket = inode;
		else if (inode && new[1] >= 0 && c->plan.whole)
			vec_push(&c->own, inode);
	}
	if (is_own(c, e.u.ret.socket) && e.u.ret.did != DID_WAIT)
		e.u.ret.did = DID_OTHER;
	if (p->doing.use == USE_JOINS && !stop->err && new[0] < 0)
		see_new(c, stop, p->doing.fd, &e.u.ret.on);
	c->plan.tell(c->plan.data, &e);
}

static struct pending *find(const struct calls *c, const struct follow_stop *stop)
{
	for (size_t i = 0; i < c->pending.n; i++)
		if (c->pending.at[i].id == stop->call)
			return &c->pending.at[i];
	return NULL;
}

const struct doing *calls_doing(const struct calls *c, const struct follow_stop *stop)
{
	const struct pending *p = find(c, stop);

	return p ? &p->doing : NULL;
}

void calls_leave(struct calls *c, const struct follow_stop *stop)
{
	struct pending *p = find(c, stop), was;

	if (!p)
		return;
	was = *p;
	*p = c->pending.at[--c->pending.n];
	left(c, stop, &was);
}

void calls_forget(struct calls *c, pid_t tid)
{
	for (size_t i = c->pending.n; i-- > 0;)
		if (c->pending.at[i].known.tid == tid)
			c->pending.at[i] = c->pending.at[--c->pending.n];
}

struct calls_pending *calls_at(struct calls *c, size_t i)
{
	return i < c->pending.n ? &c->pending.at[i].known : NULL;
}
