/*
 * miss.h - making a socket miss segments, and saying which it missed.
 *
 * One classic BPF program does both: the kernel runs it on the socket
 * (SO_ATTACH_FILTER), and the wire runs the same program on what it captured,
 * so that what is drawn as lost is what the socket refused. The program sees a
 * segment from its TCP or UDP header on.
 *
 * Source: socket(7), SO_ATTACH_FILTER; Documentation/networking/filter.rst.
 * TCP sockets want CAP_NET_ADMIN for it since Linux commit 5d39580f68e6.
 */
#ifndef STAGE_MISS_H
#define STAGE_MISS_H

#include "timeline/event.h"

#include <linux/filter.h>

enum { MISS_PROGRAM = 24 };

/* The program for MISSES (MISS_* of lesson/demo.h); returns its length, 0 when there is
 * nothing to miss for this protocol. */
unsigned miss_program(unsigned misses, enum protocol protocol,
		      struct sock_filter program[MISS_PROGRAM]);

/* Put it on the socket FD, or take it off when there is nothing to miss. 0, or -1 with errno. */
int miss_apply(int fd, unsigned misses, enum protocol protocol);

/* What the socket FD was made to miss, as the kernel has it: an accepted socket has what its
 * listener had. Of UDP sockets MISS_ALL stands for MISS_DATA too. */
unsigned miss_asked(int fd, enum protocol protocol);

/* Whether a socket with MISSES refuses this segment: CAPTURED bytes of the header and
 * what follows are at P, it was LEN bytes long. */
bool miss_eats(unsigned misses, enum protocol protocol, const unsigned char *p, size_t captured,
	       size_t len);

#endif
