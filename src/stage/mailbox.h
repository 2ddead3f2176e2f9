/*
 * mailbox.h - the memory that the stage shares with one actor.
 *
 * Between two actions an actor is parked: it makes a harmless call that the
 * tracer always stops (ACTOR_PARK). While it is stopped the stage writes the
 * next action here and lets it go on. So no pipe leads to an actor, it owns
 * no descriptor but those of the demo, and it never sleeps in anything but the
 * demo's own calls.
 */
#ifndef STAGE_MAILBOX_H
#define STAGE_MAILBOX_H

#include <stddef.h>
#include <sys/syscall.h>

/* Traced, never shown: "give me the next action". */
#define ACTOR_PARK SYS_getppid

enum mail {
	MAIL_NONE,   /* nothing: park again. Signals that wait are delivered on the way */
	MAIL_CALL,   /* make the system call `nr` with `args` */
	MAIL_TURNED, /* the park itself has become that call: say what it returned */
	MAIL_SIGNAL, /* signal(2): args[0] the signal, args[1] an enum handler */
};

enum { MAIL_ARENA = (1 << 20) + (256 << 10) };

struct mailbox {
	enum mail mail;
	long nr;
	long args[6];
	long result;     /* set by the actor when the call is over: -1 on failure */
	int err;
	int over;        /* the actor has set result and err */
	int previous;    /* MAIL_SIGNAL: the enum handler there was before, or -1 */
	int pid;         /* set once: getpid() as the process itself sees it */
	int ignore_sigpipe;
	size_t used;     /* of the arena; buffers and structures that args point to */
	_Alignas(max_align_t) unsigned char arena[MAIL_ARENA];
};

/* A mailbox that a child made by fork() shares, at the same address; NULL when
 * there is no memory. */
struct mailbox *mailbox_new(void);
void mailbox_free(struct mailbox *box);

/* N bytes of the arena, aligned for any type, cleared; NULL when it is full. */
void *mailbox_room(struct mailbox *box, size_t n);

#endif
