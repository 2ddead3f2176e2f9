#include "stage/calls.h"

#include "stage/peers.h"

#include <sys/socket.h>

/* A call that was told and has not returned. */
struct pending {
	struct calls_pending known;
	size_t id;           /* of follow.h */
	bool ends;           /* 0 bytes would mean the end */
	bool elsewhere;      /* it names somebody there */
	struct doing doing;
};

struct calls {
	struct calls_plan plan;
	struct decoder decoder;
	struct peers *peers;
	VEC(struct pending) pending;
	VEC(unsigned long) own;  /* sockets that a program has joined to each other */
	VEC(unsigned long) elsewhere; /* sockets that were to be joined to somebody there */
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
	vec_free(&c->elsewhere);
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

/* A connect() decides for all that comes after it. */
static void note_elsewhere(struct calls *c, struct pending *p)
{
	unsigned long inode = p->doing.inode;

	if (!c->plan.elsewhere || p->doing.kind != FD_SOCKET)
		return;
	p->elsewhere = c->plan.elsewhere(c->plan.data, peers_type(c->peers, inode));
	if (p->doing.use != USE_JOINS)
		return;
	for (size_t i = c->elsewhere.n; i-- > 0;)
		if (c->elsewhere.at[i] == inode)
			c->elsewhere.at[i] = c->elsewhere.at[--c->elsewhere.n];
	if (p->elsewhere)
		vec_push(&c->elsewhere, inode);
}

/* A datagram socket has none until it sends. */
static bool gets_port(const struct calls *c, const struct doing *doing)
{
	return doing->use == USE_JOINS ||
	       (doing->use == USE_WRITES && peers_type(c->peers, doing->inode) == SOCK_DGRAM);
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
	note_elsewhere(c, &p);
	c->plan.tell(c->plan.data, &e);
	p.known.joins = gets_port(c, &p.doing);
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

static bool is_among(const unsigned long *inodes, size_t n, unsigned long inode)
{
	for (size_t i = 0; i < n; i++)
		if (inode && inodes[i] == inode)
			return true;
	return false;
}

/* What the parts of a program say to each other is done for no conversation. */
static enum did did_for(const struct calls *c, const struct pending *p, const struct event *ret)
{
	unsigned long inode = ret->u.ret.socket;

	if (p->elsewhere || is_among(c->elsewhere.at, c->elsewhere.n, inode))
		return DID_ELSEWHERE;
	if (ret->u.ret.did != DID_WAIT && is_among(c->own.at, c->own.n, inode))
		return DID_OTHER;
	return ret->u.ret.did;
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
	e.u.ret.did = did_for(c, p, &e);
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

const struct calls_pending *calls_pending(const struct calls *c, const struct follow_stop *stop)
{
	const struct pending *p = find(c, stop);

	return p ? &p->known : NULL;
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
