#include "stage/lens_snap.h"

#include "stage/probe.h"
#include "timeline/lens.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* A copy of a descriptor of whoever holds the socket, or -1. */
static int borrow(const struct lens_socket *s, const struct lens_place *place)
{
	for (int r = 0; r < ROLES; r++)
		if (s->fd[r] >= 0) {
			int copy = tracer_borrow(&place->tracees[r], s->fd[r]);

			if (copy >= 0)
				return copy;
		}
	return -1;
}

static bool is_held(const struct lens_socket *s)
{
	return s->fd[ROLE_A] >= 0 || s->fd[ROLE_B] >= 0;
}

/* Without a copy of the descriptor: what /proc says. */
static bool learn_from_tables(struct lens_socket *s, const struct lens_place *place)
{
	enum role role = s->fd[ROLE_A] >= 0 ? ROLE_A : ROLE_B;
	struct probe probe;

	if (!probe_socket(&probe, &place->tracees[role], place->box, s->fd[role]))
		return false;
	s->domain = (uint8_t)probe.local.u.sa.sa_family;
	s->type = probe.datagrams ? SOCK_DGRAM : SOCK_STREAM;
	s->local = probe.local;
	s->peer = probe.peer;
	return true;
}

bool lens_snap_learn(struct lens_socket *s, const struct lens_place *place)
{
	socklen_t len = sizeof(int);
	int copy = borrow(s, place), domain = 0, type = 0;
	bool got;

	if (copy < 0)
		return learn_from_tables(s, place);
	got = getsockopt(copy, SOL_SOCKET, SO_DOMAIN, &domain, &len) == 0 &&
	      getsockopt(copy, SOL_SOCKET, SO_TYPE, &type, &len) == 0;
	s->domain = (uint8_t)domain;
	s->type = (uint8_t)type;
	len = sizeof s->cookie;
	s->has_cookie = getsockopt(copy, SOL_SOCKET, SO_COOKIE, &s->cookie, &len) == 0;
	close(copy);
	return got;
}

/*
 * What the descriptor itself tells.
 */

static void ask_addresses(struct lens_socket *s, int copy)
{
	struct address a = {.len = sizeof a.u};

	if (getsockname(copy, &a.u.sa, &a.len) == 0)
		s->local = a;
	/* One that was reset has no peer any more; it is still worth telling which it had. */
	a.len = sizeof a.u;
	if (getpeername(copy, &a.u.sa, &a.len) == 0)
		s->peer = a;
}

/* Whether an error waits is seen from poll(); asking for it would take it away. */
static void ask_poll(struct lens *now, int copy)
{
	struct pollfd p = {copy, POLLIN, 0};

	if (poll(&p, 1, 0) < 0)
		return;
	now->knows |= LENS_KNOWS_ERROR;
	if (p.revents & POLLERR)
		now->is |= LENS_ERROR;
	if (p.revents & POLLIN)
		now->is |= LENS_READABLE;
}

static void ask_unread(struct lens *now, int copy)
{
	int bytes = 0;

	if (ioctl(copy, SIOCINQ, &bytes) < 0)
		return;
	now->unread = (uint32_t)bytes;
	now->knows |= LENS_KNOWS_UNREAD;
}

/*
 * TCP.
 */

/* FIN and SYN take a sequence number, but are no bytes. */
static bool has_got_fin(unsigned state)
{
	return state == LENS_CLOSE_WAIT || state == LENS_LAST_ACK || state == LENS_CLOSING;
}

static bool has_one_on_its_way(unsigned state)
{
	return state == LENS_SYN_SENT || state == LENS_FIN_WAIT1 || state == LENS_LAST_ACK ||
	       state == LENS_CLOSING;
}

static uint32_t less_one(uint32_t n, bool less)
{
	return n > 0 && less ? n - 1 : n;
}

static void count(struct lens *now, uint32_t received, uint32_t sent, uint32_t unsent)
{
	bool one = has_one_on_its_way(now->state), unsent_has_it = unsent > 0;

	if (unsent > sent)
		unsent = sent;
	now->unread = less_one(received, has_got_fin(now->state));
	now->knows |= LENS_KNOWS_UNREAD;
	if (now->state == LENS_CLOSE)
		return; /* what was not acknowledged never will be */
	now->unsent = less_one(unsent, one && unsent_has_it);
	now->unacked = less_one(sent - unsent, one && !unsent_has_it);
	now->knows |= LENS_KNOWS_UNACKED;
}

static void set_shut(struct lens *now, unsigned shut)
{
	now->knows |= LENS_KNOWS_SHUT;
	now->is |= (uint16_t)((shut & 1 ? LENS_SHUT_READ : 0) | (shut & 2 ? LENS_SHUT_WRITE : 0));
}

static void read_tcp(struct lens *now, const struct diag_inet *got)
{
	now->state = got->state < LENS_STATES ? got->state : LENS_CLOSE;
	now->inode = got->inode;
	now->timer = got->timer;
	now->timer_ms = got->timer_ms;
	now->knows |= LENS_KNOWS_TIMER;
	if (now->state == LENS_LISTEN) {
		now->queue = got->received;
		now->backlog = got->sent;
		now->knows |= LENS_KNOWS_QUEUE;
	} else {
		count(now, got->received, got->sent, got->has_info ? got->unsent : 0);
	}
	if (got->has_info) {
		now->again = got->again;
		now->knows |= LENS_KNOWS_AGAIN;
	}
	if (got->has_shut)
		set_shut(now, got->shut);
}

/* One that is bound to nothing, or not in the kernel's tables (any more): the descriptor knows. */
static void ask_tcp(struct lens *now, int copy)
{
	struct tcp_info info;
	socklen_t len = sizeof info;
	int received = 0, sent = 0, unsent = 0;

	memset(&info, 0, sizeof info);
	if (getsockopt(copy, IPPROTO_TCP, TCP_INFO, &info, &len) < 0)
		return;
	now->state = info.tcpi_state < LENS_STATES ? info.tcpi_state : LENS_SYN_RECV;
	now->again = info.tcpi_total_retrans;
	now->knows |= LENS_KNOWS_AGAIN;
	if (now->state == LENS_LISTEN) {
		now->queue = info.tcpi_unacked;
		now->backlog = info.tcpi_sacked;
		now->knows |= LENS_KNOWS_QUEUE;
		return;
	}
	if (ioctl(copy, SIOCINQ, &received) < 0 || ioctl(copy, SIOCOUTQ, &sent) < 0 ||
	    ioctl(copy, SIOCOUTQNSD, &unsent) < 0)
		return;
	count(now, 0, (uint32_t)sent, (uint32_t)unsent);
	now->unread = (uint32_t)received; /* this one leaves the FIN out by itself */
}

static void say_who_holds(struct lens *now, const struct lens_socket *s)
{
	if (is_held(s))
		return;
	if (now->inode)
		now->is |= LENS_ON_ITS_WAY;
	else if (!s->was_held && now->state != LENS_SYN_RECV)
		now->is |= LENS_WAITS;
}

/*
 * In TIME_WAIT the kernel's tables have a small stand-in that only waits. What was received and not
 * read has stayed with the socket itself, which only a descriptor leads to.
 */
static void ask_what_stayed(struct lens *now, int copy)
{
	now->knows &= (uint16_t)~LENS_KNOWS_UNREAD;
	if (copy >= 0)
		ask_unread(now, copy);
}

static struct lens blank(const struct lens_socket *s)
{
	return (struct lens){
		.inode = s->inode,
		.fd = {(int16_t)s->fd[ROLE_A], (int16_t)s->fd[ROLE_B]},
		.domain = s->domain,
		.type = s->type,
		.state = LENS_CLOSE,
	};
}

static void set_ports(struct lens *now, const struct lens_socket *s)
{
	now->port = address_port(&s->local);
	now->peer_port = address_port(&s->peer);
}

void lens_snap_found(struct lens *now, const struct lens_socket *s, const struct diag_inet *got)
{
	*now = blank(s);
	read_tcp(now, got);
	set_ports(now, s);
	say_who_holds(now, s);
}

/* Nobody holds it: it is there, or gone, or nobody can say. */
static void set_absent(struct lens *now, enum diag_answer answer)
{
	now->state = LENS_GONE;
	now->inode = 0;
	if (answer == DIAG_REFUSED)
		now->is |= LENS_UNSEEN;
}

/* getpeername() does not say whom a socket calls that nobody has answered yet. */
static void learn_called(struct lens_socket *s, struct diag *diag, int copy)
{
	struct tcp_info info;
	socklen_t len = sizeof info;

	if (copy < 0 || s->peer.len > 0 || !address_port(&s->local) ||
	    getsockopt(copy, IPPROTO_TCP, TCP_INFO, &info, &len) < 0 ||
	    info.tcpi_state != LENS_SYN_SENT)
		return;
	diag_called(diag, &s->local, &s->peer);
}

static void snap_tcp(struct lens *now, struct lens_socket *s, struct diag *diag, int copy)
{
	enum diag_answer answer = DIAG_NONE;
	struct diag_inet got;

	if (copy >= 0)
		ask_addresses(s, copy);
	learn_called(s, diag, copy);
	if (address_port(&s->local))
		answer = diag_inet(diag, IPPROTO_TCP, &s->local, &s->peer,
				   s->has_cookie ? &s->cookie : NULL, &got);
	if (answer == DIAG_FOUND)
		read_tcp(now, &got);
	else if (copy >= 0)
		ask_tcp(now, copy);
	else if (!is_held(s))
		set_absent(now, answer);
	if (now->state == LENS_TIME_WAIT && is_held(s))
		ask_what_stayed(now, copy);
	set_ports(now, s);
	if (now->state != LENS_GONE)
		say_who_holds(now, s);
}

/*
 * UDP.
 */
static void snap_udp(struct lens *now, struct lens_socket *s, struct diag *diag, int copy)
{
	enum diag_answer answer = DIAG_NONE;
	struct diag_inet got;

	if (copy >= 0) {
		s->peer.len = 0; /* it may have been disconnected */
		ask_addresses(s, copy);
		ask_unread(now, copy);
	}
	if (address_port(&s->local))
		answer = diag_inet(diag, IPPROTO_UDP, &s->local, &s->peer,
				   s->has_cookie ? &s->cookie : NULL, &got);
	if (!is_held(s) && (answer != DIAG_FOUND || !got.inode)) {
		set_absent(now, answer);
		return;
	}
	if (answer == DIAG_FOUND && got.has_shut)
		set_shut(now, got.shut);
	if (!is_held(s))
		now->is |= LENS_ON_ITS_WAY;
	now->state = s->peer.len ? LENS_ESTABLISHED : LENS_CLOSE;
	set_ports(now, s);
}

/*
 * Unix.
 */

/* Whether the path that it is bound to still leads to it. */
static void look_for_file(struct lens *now, const struct lens_socket *s,
			  const struct lens_place *place)
{
	char path[sizeof s->local.u.un.sun_path + 1] = "";
	struct stat st;

	if (!s->file || s->local.len == 0)
		return;
	memcpy(path, s->local.u.un.sun_path,
	       s->local.len - offsetof(struct sockaddr_un, sun_path));
	if (fstatat(place->box->directory, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_ino == s->file && st.st_dev == s->device)
		now->is |= LENS_FILE;
	else
		now->is |= LENS_FILE_GONE;
}

/* A stream's peer without an inode: it is closed, or nobody has accepted it yet. */
static void read_unix_peer(struct lens *now, struct lens_socket *s, const struct diag_unix *got)
{
	s->peer_inode = got->has_peer ? got->peer : 0;
	if (!got->has_peer || got->peer)
		return;
	if (now->type == SOCK_DGRAM || (got->shut & 3) == 3)
		now->is |= LENS_PEER_GONE;
	else
		now->is |= LENS_WAITS;
}

static void read_unix(struct lens *now, struct lens_socket *s, const struct diag_unix *got,
		      const struct lens_place *place)
{
	now->state = got->state < LENS_STATES ? got->state : LENS_CLOSE;
	if (got->name.len)
		s->local = got->name;
	if (now->state == LENS_LISTEN) {
		now->queue = got->received;
		now->backlog = got->backlog;
		now->knows |= LENS_KNOWS_QUEUE;
	} else {
		now->unread = got->received;
		now->knows |= LENS_KNOWS_UNREAD;
		set_shut(now, got->shut);
		read_unix_peer(now, s, got);
	}
	if (got->has_file) {
		s->file = got->file;
		s->device = got->device;
	}
	look_for_file(now, s, place);
	if (!is_held(s))
		now->is |= LENS_ON_ITS_WAY;
}

static void ask_unix(struct lens *now, int copy)
{
	socklen_t len = sizeof(int);
	int listens = 0;
	struct address peer = {.len = sizeof peer.u};

	if (getsockopt(copy, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) == 0 && listens)
		now->state = LENS_LISTEN;
	else if (getpeername(copy, &peer.u.sa, &peer.len) == 0)
		now->state = LENS_ESTABLISHED;
	if (now->state != LENS_LISTEN)
		ask_unread(now, copy);
}

static void snap_unix(struct lens *now, struct lens_socket *s, struct diag *diag, int copy,
		      const struct lens_place *place)
{
	struct diag_unix got;
	enum diag_answer answer = s->inode ? diag_unix(diag, s->inode, &got) : DIAG_NONE;

	if (s->type == SOCK_DGRAM)
		s->peer.len = 0; /* it may have been disconnected */
	if (copy >= 0)
		ask_addresses(s, copy);
	if (answer == DIAG_FOUND)
		read_unix(now, s, &got, place);
	else if (copy >= 0)
		ask_unix(now, copy);
	else if (!is_held(s)) {
		set_absent(now, answer);
		/* It stays when the socket goes. That of a connection is its listener's. */
		if (s->type == SOCK_DGRAM || !s->peer_inode)
			look_for_file(now, s, place);
	}
}

void lens_snap(struct lens *now, struct lens_socket *s, struct diag *diag,
	       const struct lens_place *place)
{
	int copy = borrow(s, place);

	*now = blank(s);
	if (s->domain == AF_UNIX)
		snap_unix(now, s, diag, copy, place);
	else if (s->type == SOCK_STREAM)
		snap_tcp(now, s, diag, copy);
	else
		snap_udp(now, s, diag, copy);
	if (copy >= 0) {
		if (now->state != LENS_LISTEN)
			ask_poll(now, copy);
		close(copy);
	}
}
