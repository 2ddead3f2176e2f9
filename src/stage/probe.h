/*
 * probe.h - looking at a role's socket from outside, for a moment.
 *
 * The stage borrows a copy of the descriptor (pidfd_getfd), asks it what it
 * wants to know, and gives it back at once, so that closing still closes.
 * Where that is refused, what /proc/PID/net says of the socket has to do.
 */
#ifndef STAGE_PROBE_H
#define STAGE_PROBE_H

#include "stage/address.h"
#include "stage/tracer.h"

struct probe {
	bool internet;           /* AF_INET or AF_INET6 */
	bool datagrams;          /* SOCK_DGRAM */
	enum protocol protocol;  /* when internet */
	struct address local;    /* len 0: not bound */
	struct address peer;     /* len 0: not connected */
	unsigned misses;         /* when internet: what it was made to miss, MISS_* */
};

/* Ask about descriptor FD of T. Returns whether it is a socket that could be asked. */
bool probe_socket(struct probe *probe, const struct tracee *t, const struct sandbox *box, int fd);

/* Make the socket FD of T miss MISSES from now on. 0; -1 with errno; an Internet socket only. */
int probe_miss(const struct tracee *t, int fd, unsigned misses, enum protocol protocol);

#endif
