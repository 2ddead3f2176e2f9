/*
 * lens.h - what the kernel holds for the roles' sockets, kept and compared.
 *
 * Each look asks about every socket that a role holds, and about those that a role held and
 * that the kernel may still have (FIN_WAIT2, TIME_WAIT, ...), and makes a snapshot (EVENT_LENS)
 * of each that has changed since the last look. Nothing is asked while nothing can have changed.
 *
 * A socket is found by the descriptors of the roles' processes; the kernel's own number for it
 * (its cookie) finds it again when no process holds it. Copies of descriptors are closed at once,
 * so that closing still closes, and nothing that a program could read is taken away.
 *
 * Source: sock_diag(7), proc_pid_fd(5), pidfd_getfd(2), tcp(7), udp(7), unix(7).
 */
#ifndef STAGE_LENS_H
#define STAGE_LENS_H

#include "stage/diag.h"
#include "stage/names.h"
#include "stage/tracer.h"
#include "timeline/event.h"

/* One socket of this run. */
struct lens_socket {
	struct lens told;        /* its newest snapshot; told.socket 0: none yet */
	struct lens now;         /* what this look found */
	char *text;              /* of that; owned */
	char *name;              /* what the role calls it; owned, or NULL */
	enum role role;
	bool over;               /* it is gone, or cannot be seen any more */
	bool was_held;           /* by a role, once */
	uint8_t domain;
	uint8_t type;
	uint32_t inode;
	int fd[ROLES];           /* as of this look; -1: the role does not hold it */
	struct address local;
	struct address peer;
	struct diag_cookie cookie;
	bool has_cookie;
	uint32_t peer_inode;     /* Unix: the other end's */
	uint64_t file, device;   /* Unix: the file of its path; file 0: none */
	int64_t timer_end;       /* when the kernel's timer runs out, monotonic; INT64_MAX: none */
	unsigned late;           /* how often it was found still to be there after that */
};

/* All-zero: nothing was looked at yet. */
struct lens_watch {
	struct diag diag;
	bool tried;              /* diag was opened, or cannot be */
	bool refused;            /* so it was told */
	bool blind;              /* nobody wants to know: no look is made */
	bool stale;              /* something may have changed since the last look */
	bool shuffled;           /* and a descriptor may have come or gone */
	VEC(struct lens_socket) sockets;
	VEC(struct event) news;  /* of the last look; whoever takes them owns their text */
	int64_t look_at;         /* when a kernel timer runs out (monotonic), or INT64_MAX */
};

/* Where to look. */
struct lens_place {
	const struct tracee *tracees;  /* ROLES of them */
	const struct names *names[ROLES];
	const struct sandbox *box;
	int64_t now;                   /* monotonic */
};

/* A new run begins: there are no sockets. */
void lens_watch_restart(struct lens_watch *watch);

/* The stage has moved to another network. */
void lens_watch_move(struct lens_watch *watch);

/* Look at all. What has changed is in watch->news, which the caller empties; role, kind, lens and
 * text are filled in. The first time that it cannot be done, news is an EVENT_CANNOT. */
void lens_watch_look(struct lens_watch *watch, const struct lens_place *place);

void lens_watch_free(struct lens_watch *watch);

#endif
