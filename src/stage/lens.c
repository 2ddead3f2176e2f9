#include "stage/lens.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/lens_snap.h"
#include "timeline/lens.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Which sockets there are.
 */

static struct lens_socket *by_inode(struct lens_watch *w, uint32_t inode)
{
	for (size_t i = 0; i < w->sockets.n; i++)
		if (!w->sockets.at[i].over && inode && w->sockets.at[i].inode == inode)
			return &w->sockets.at[i];
	return NULL;
}

static struct lens_socket *by_cookie(struct lens_watch *w, const struct diag_cookie *cookie)
{
	for (size_t i = 0; i < w->sockets.n; i++) {
		struct lens_socket *s = &w->sockets.at[i];

		if (s->has_cookie && memcmp(&s->cookie, cookie, sizeof *cookie) == 0)
			return s;
	}
	return NULL;
}

/* A role has a descriptor for a socket that was not seen before, or that waited in a queue. */
static void meet(struct lens_watch *w, const struct lens_place *place, enum role role, int fd,
		 uint32_t inode)
{
	struct lens_socket met = {.inode = inode, .role = role, .fd = {-1, -1},
				  .timer_end = INT64_MAX};
	struct lens_socket *waited;

	met.fd[role] = fd;
	if (!lens_snap_learn(&met, place))
		return;
	waited = met.has_cookie ? by_cookie(w, &met.cookie) : NULL;
	if (waited && !waited->over) {
		waited->inode = inode;
		waited->fd[role] = fd;
	} else if (met.domain == AF_UNIX || met.domain == AF_INET || met.domain == AF_INET6) {
		vec_push(&w->sockets, met);
	}
}

static void hold(struct lens_watch *w, const struct lens_place *place, enum role role, int fd,
		 uint32_t inode)
{
	struct lens_socket *s = by_inode(w, inode);

	if (!s)
		meet(w, place, role, fd, inode);
	else if (s->fd[role] < 0 || fd == s->told.fd[role])
		s->fd[role] = fd;
}

static uint32_t inode_at(int directory, const char *name)
{
	char link[64];
	ssize_t n = readlinkat(directory, name, link, sizeof link - 1);

	if (n <= 0)
		return 0;
	link[n] = '\0';
	return strncmp(link, "socket:[", 8) == 0 ? (uint32_t)strtoul(link + 8, NULL, 10) : 0;
}

static void look_at_role(struct lens_watch *w, const struct lens_place *place, enum role role)
{
	const struct tracee *t = &place->tracees[role];
	char path[64];
	struct dirent *entry;
	int directory;
	DIR *d;

	if (t->hold == HOLD_NONE || t->hold == HOLD_ENDED)
		return;
	snprintf(path, sizeof path, "%d/fd", (int)t->pid);
	directory = openat(place->box->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	d = directory < 0 ? NULL : fdopendir(directory);
	if (!d) {
		if (directory >= 0)
			close(directory);
		return;
	}
	while ((entry = readdir(d))) {
		uint32_t inode = entry->d_name[0] == '.' ? 0 : inode_at(directory, entry->d_name);

		if (inode)
			hold(w, place, role, atoi(entry->d_name), inode);
	}
	closedir(d);
}

/* Who holds it, what it is called there, and whose it is. */
static void name_socket(struct lens_socket *s, const struct lens_place *place)
{
	for (int r = 0; r < ROLES; r++) {
		const char *name;

		if (s->fd[r] < 0)
			continue;
		s->was_held = true;
		if (s->fd[s->role] < 0)
			s->role = (enum role)r;
		name = names_of(place->names[r], s->fd[r]);
		if ((enum role)r != s->role || !name || (s->name && strcmp(s->name, name) == 0))
			continue;
		free(s->name);
		s->name = mem_strdup(name);
	}
}

/*
 * Who is the other end.
 */

static bool same_address(const struct address *a, const struct address *b)
{
	return a->len > 0 && a->len == b->len && memcmp(&a->u, &b->u, a->len) == 0;
}

static bool is_other_end(const struct lens_socket *s, const struct lens_socket *o)
{
	if (s == o || s->domain != o->domain || s->type != o->type)
		return false;
	if (s->domain == AF_UNIX)
		return s->peer_inode && s->peer_inode == o->inode && !o->over;
	return same_address(&s->local, &o->peer) && same_address(&s->peer, &o->local);
}

/* Its number; the newest has it when ports were used again. What was known stays known. */
static uint32_t other_end(const struct lens_watch *w, const struct lens_socket *s)
{
	for (size_t i = w->sockets.n; i-- > 0;)
		if (is_other_end(s, &w->sockets.at[i]))
			return (uint32_t)i + 1;
	return s->told.peer;
}

/*
 * Telling what has changed.
 */

static void write_text(struct str *to, const struct lens_socket *s)
{
	struct str local = {0}, peer = {0};

	if (s->domain == AF_UNIX || address_port(&s->local))
		address_print(&local, &s->local);
	if (s->peer.len)
		address_print(&peer, &s->peer);
	lens_text_make(to, s->name, str_text(&local), str_text(&peer));
	str_free(&local);
	str_free(&peer);
}

static int64_t end_of_timer(const struct lens *now, const struct lens_place *place)
{
	return now->timer ? place->now + now->timer_ms * CLOCK_MS : INT64_MAX;
}

/* The time that is left is no change, unless the timer was wound up anew, for longer or for less. */
static bool same_timer(const struct lens_socket *s, const struct lens *now, int64_t end)
{
	if (s->told.timer != now->timer)
		return false;
	return !now->timer || (end - s->timer_end < CLOCK_S && s->timer_end - end < CLOCK_S);
}

static bool same(const struct lens *a, const struct lens *b)
{
	struct lens c = *a, d = *b;

	c.timer_ms = d.timer_ms = 0;
	c.timer = d.timer = 0;
	return memcmp(&c, &d, sizeof c) == 0;
}

static void tell(struct lens_watch *w, struct lens_socket *s, const struct lens *now)
{
	struct event e = {.kind = EVENT_LENS, .role = s->role};

	s->told = *now;
	e.u.lens = *now;
	e.text = mem_strdup(s->text);
	vec_push(&w->news, e);
}

static void compare(struct lens_watch *w, struct lens_socket *s, const struct lens_place *place)
{
	struct lens *now = &s->now;
	int64_t end = end_of_timer(now, place);
	struct str text = {0};
	bool changed;

	now->socket = (uint32_t)(s - w->sockets.at) + 1;
	now->peer = other_end(w, s);
	write_text(&text, s);
	changed = !s->text || strcmp(s->text, str_text(&text)) != 0 || !same(&s->told, now) ||
		  !same_timer(s, now, end);
	s->late = now->timer && now->timer_ms == 0 ? s->late + 1 : 0;
	if (changed || s->late == 0)
		s->timer_end = end;
	if (now->state == LENS_GONE)
		s->inode = 0; /* another's, soon */
	s->over = now->state == LENS_GONE && !(now->is & LENS_FILE);
	if (changed) {
		free(s->text);
		s->text = str_take(&text);
		tell(w, s, now);
	}
	str_free(&text);
}

/*
 * Connections that no role has accepted yet: the other ends of those that a role made.
 */

static const struct lens_socket *listener_at(const struct lens_watch *w, const struct address *at)
{
	for (size_t i = 0; i < w->sockets.n; i++) {
		const struct lens_socket *s = &w->sockets.at[i];

		if (!s->over && s->now.state == LENS_LISTEN && s->domain == at->u.sa.sa_family &&
		    address_port(&s->local) == address_port(at))
			return s;
	}
	return NULL;
}

static bool wants_other_end(const struct lens_watch *w, const struct lens_socket *s)
{
	return !s->over && s->domain != AF_UNIX && s->type == SOCK_STREAM && s->peer.len > 0 &&
	       s->local.len > 0 && !other_end(w, s);
}

static void find_waiting(struct lens_watch *w, size_t i)
{
	const struct lens_socket *s = &w->sockets.at[i], *listener;
	struct lens_socket met = {.fd = {-1, -1}, .timer_end = INT64_MAX};
	struct diag_inet got;

	if (!wants_other_end(w, s))
		return;
	listener = listener_at(w, &s->peer);
	if (!listener ||
	    diag_inet(&w->diag, IPPROTO_TCP, &s->peer, &s->local, NULL, &got) != DIAG_FOUND ||
	    got.state == LENS_LISTEN || by_cookie(w, &got.cookie))
		return;
	met.role = listener->role;
	met.domain = s->domain;
	met.type = s->type;
	met.local = s->peer;
	met.peer = s->local;
	met.cookie = got.cookie;
	met.has_cookie = true;
	lens_snap_found(&met.now, &met, &got);
	vec_push(&w->sockets, met);
}

/*
 * A kernel timer may be late by an eighth of its time, as the kernel sorts timers roughly
 * (Documentation/timers, "timer wheel"): after its end one looks again a few times, each time
 * after twice as long.
 */
static int64_t next_look(const struct lens_socket *s, int64_t now)
{
	enum { LOOKS = 12 };

	if (s->over || s->timer_end == INT64_MAX || s->late > LOOKS)
		return INT64_MAX;
	if (s->late > 0)
		return now + ((int64_t)2 << s->late) * CLOCK_MS;
	return s->timer_end + CLOCK_MS;
}

static void plan_next(struct lens_watch *w, int64_t now)
{
	w->look_at = INT64_MAX;
	for (size_t i = 0; i < w->sockets.n; i++) {
		int64_t at = next_look(&w->sockets.at[i], now);

		if (at < w->look_at)
			w->look_at = at;
	}
}

static void tell_refused(struct lens_watch *w)
{
	struct event e = {.kind = EVENT_CANNOT, .role = ROLE_NONE, .u.cannot = CANNOT_LENS};

	e.text = str_make(_("The kernel does not tell here what it keeps of a socket that no "
			    "process holds: %s."),
			  strerror(w->diag.err));
	vec_push(&w->news, e);
	w->refused = true;
}

/* Who holds what now. */
static void look_at_roles(struct lens_watch *w, const struct lens_place *place)
{
	for (size_t i = 0; i < w->sockets.n; i++)
		w->sockets.at[i].fd[ROLE_A] = w->sockets.at[i].fd[ROLE_B] = -1;
	for (int r = 0; r < ROLES; r++)
		look_at_role(w, place, (enum role)r);
}

static void look_at_sockets(struct lens_watch *w, const struct lens_place *place)
{
	size_t n = w->sockets.n;

	for (size_t i = 0; i < n; i++) {
		struct lens_socket *s = &w->sockets.at[i];

		if (s->over)
			continue;
		name_socket(s, place);
		lens_snap(&s->now, s, &w->diag, place);
	}
	for (size_t i = 0; i < n; i++)
		find_waiting(w, i);
}

void lens_watch_look(struct lens_watch *w, const struct lens_place *place)
{
	w->stale = false;
	if (!w->tried)
		diag_open(&w->diag);
	w->tried = true;
	if (!w->diag.socket && !w->refused)
		tell_refused(w);
	if (w->shuffled)
		look_at_roles(w, place);
	w->shuffled = false;
	look_at_sockets(w, place);
	for (size_t i = 0; i < w->sockets.n; i++)
		if (!w->sockets.at[i].over)
			compare(w, &w->sockets.at[i], place);
	plan_next(w, place->now);
}

void lens_watch_restart(struct lens_watch *w)
{
	for (size_t i = 0; i < w->sockets.n; i++) {
		free(w->sockets.at[i].text);
		free(w->sockets.at[i].name);
	}
	w->sockets.n = 0;
	w->stale = w->shuffled = w->refused = false;
	w->look_at = INT64_MAX;
}

void lens_watch_move(struct lens_watch *w)
{
	diag_close(&w->diag);
	w->tried = false;
}

void lens_watch_free(struct lens_watch *w)
{
	lens_watch_restart(w);
	lens_watch_move(w);
	for (size_t i = 0; i < w->news.n; i++)
		event_clear(&w->news.at[i]);
	vec_free(&w->news);
	vec_free(&w->sockets);
}
