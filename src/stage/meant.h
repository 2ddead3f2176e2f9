/*
 * meant.h - whom a call of a program is meant for: the stage, or somebody else.
 *
 * Libraries make calls of their own. Without HOME, Python asks the name service's cache who its
 * user is; a name is looked up at port 53; getaddrinfo() connects datagram sockets to sort what it
 * found. Nothing of that is the program's conversation, and it must neither meet a goal nor miss
 * one.
 *
 * To the stage belong abstract names (it has a network of its own), names in a directory that
 * there is inside its working directory, and the loopback, which is all there is of the Internet.
 *
 * Source: unix(7), ip(7), getaddrinfo(3), nscd(8), services(5) ("domain").
 */
#ifndef STAGE_MEANT_H
#define STAGE_MEANT_H

#include "stage/follow.h"

enum meant {
	MEANT_NOBODY,    /* the call names no address */
	MEANT_STAGE,
	MEANT_ELSEWHERE, /* somebody who is not on the stage: nobody is there */
	MEANT_OUTSIDE,   /* somebody's socket that there is, outside the stage */
};

/*
 * STOP is the entry of a call, of a process that has the mounts of this one. WORK is the stage's
 * working directory. Of many addresses (sendmmsg()) the worst counts. Of OUTSIDE, PATH gets the
 * path; else it is left as it is.
 */
enum meant meant_by(const struct follow_stop *stop, const char *work, struct str *path);

#endif
