#include "stage/peers.h"

#include "stage/address.h"
#include "stage/diag.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BUCKETS = 1024, MOST_TRIES = 8 };

struct end {
	unsigned long key;    /* of a socket its inode doubled; of a pipe's writing end one more */
	unsigned long peer;   /* the key of the other end, 0: not known */
	int tries;            /* how often the kernel was asked */
	int type;             /* SOCK_*, 0: not known, or a pipe */
	char *from, *to;      /* of an Internet socket that is connected: its addresses */
	enum role role;       /* who used it last, */
	unsigned task;
	pid_t pid;
	int fd;               /* and as what */
	bool used[ROLES];     /* who used it at all */
	struct end *next;
};

struct peers {
	struct diag diag;
	struct end *buckets[BUCKETS];
};

struct peers *peers_open(void)
{
	struct peers *p = mem_zero(1, sizeof *p);

	diag_open(&p->diag); /* what it cannot tell is left out */
	return p;
}

void peers_close(struct peers *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		while (p->buckets[i]) {
			struct end *end = p->buckets[i];

			p->buckets[i] = end->next;
			free(end->from);
			free(end->to);
			free(end);
		}
	diag_close(&p->diag);
	free(p);
}

static struct end *find(struct peers *p, unsigned long key)
{
	struct end *end = key ? p->buckets[key % BUCKETS] : NULL;

	while (end && end->key != key)
		end = end->next;
	return end;
}

static struct end *find_or_add(struct peers *p, unsigned long key)
{
	struct end *end = find(p, key);

	if (end)
		return end;
	end = mem_zero(1, sizeof *end);
	end->key = key;
	end->fd = -1;
	end->next = p->buckets[key % BUCKETS];
	p->buckets[key % BUCKETS] = end;
	return end;
}

/* The end that has the addresses of END the other way round. */
static struct end *find_opposite(struct peers *p, const struct end *end)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct end *e = p->buckets[i]; e; e = e->next)
			if (!e->peer && e->from && e->to && strcmp(e->from, end->to) == 0 &&
			    strcmp(e->to, end->from) == 0)
				return e;
	return NULL;
}

static int borrow(pid_t pid, int fd)
{
#if defined SYS_pidfd_open && defined SYS_pidfd_getfd
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0), copy;

	if (pidfd < 0)
		return -1;
	copy = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	close(pidfd);
	return copy;
#else
	(void)pid;
	(void)fd;
	return -1;
#endif
}

static char *ask_address(int fd, int (*ask)(int, struct sockaddr *, socklen_t *))
{
	struct address a = {.len = sizeof a.u};
	struct str s = {0};

	if (ask(fd, &a.u.sa, &a.len) < 0)
		return NULL;
	address_print(&s, &a);
	return str_take(&s);
}

static void join(struct end *a, struct end *b)
{
	a->peer = b->key;
	b->peer = a->key;
}

static void ask_internet(struct peers *p, struct end *end, int fd)
{
	struct end *other;

	if (!end->from || !end->to) {
		free(end->from);
		free(end->to);
		end->from = ask_address(fd, getsockname);
		end->to = ask_address(fd, getpeername);
	}
	other = end->from && end->to ? find_opposite(p, end) : NULL;
	if (other)
		join(end, other);
}

static void ask_unix(struct peers *p, struct end *end, unsigned long inode)
{
	struct diag_unix got;

	if (diag_unix(&p->diag, (uint32_t)inode, &got) == DIAG_FOUND && got.has_peer && got.peer)
		end->peer = 2ul * got.peer;
}

/* Nothing changes for the program: it is asked through a copy of its descriptor. */
static void ask(struct peers *p, struct end *end, pid_t pid, int fd, unsigned long inode)
{
	int copy = borrow(pid, fd), domain = 0;
	socklen_t len = sizeof(int);

	end->tries++;
	if (copy < 0)
		return;
	getsockopt(copy, SOL_SOCKET, SO_TYPE, &end->type, &len);
	len = sizeof(int);
	getsockopt(copy, SOL_SOCKET, SO_DOMAIN, &domain, &len);
	if (domain == AF_UNIX)
		ask_unix(p, end, inode);
	else if (domain == AF_INET || domain == AF_INET6)
		ask_internet(p, end, copy);
	close(copy);
}

int peers_type(struct peers *p, unsigned long inode)
{
	const struct end *end = find(p, 2 * inode);

	return end ? end->type : 0;
}

bool peers_share(struct peers *p, const struct follow_stop *stop, unsigned long inode)
{
	struct end *end = find_or_add(p, 2 * inode);

	if (stop->role != ROLE_NONE)
		end->used[stop->role] = true;
	return end->used[ROLE_A] && end->used[ROLE_B];
}

/* Whether who used it last has it still: it may be closed, replaced, or gone with its process. */
static bool is_held(const struct end *end)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)end->pid, end->fd);
	return end->fd >= 0 && stat(path, &st) == 0 && (unsigned long)st.st_ino == end->key / 2;
}

bool peers_see(struct peers *p, const struct follow_stop *stop, int fd, enum fd_kind kind,
	       unsigned long inode, enum fd_use use, struct event_on *on)
{
	bool moves = use == USE_READS || use == USE_WRITES;
	bool pipe = kind == FD_PIPE || kind == FD_FIFO;
	struct end *end, *other;

	*on = (struct event_on){.known = true, .fd = fd, .peer_role = ROLE_NONE};
	/* Which end of a pipe it is shows only in what is done with it. */
	if (pipe && !moves)
		return true;
	end = find_or_add(p, 2 * inode + (pipe && use == USE_WRITES));
	end->role = stop->role;
	end->task = stop->task;
	end->pid = stop->pid;
	end->fd = fd;
	if (pipe)
		end->peer = end->key ^ 1;
	else if (!end->peer && (moves || use == USE_JOINS) && end->tries < MOST_TRIES)
		ask(p, end, stop->pid, fd, inode);
	other = find(p, end->peer);
	if (other && is_held(other)) {
		on->peer_role = other->role;
		on->peer_task = other->task;
		on->peer_fd = other->fd;
	}
	return end->type != SOCK_DGRAM;
}
