/*
 * peers.h - which descriptor of one program is the other end of whose.
 *
 * Each end is known by its inode from the moment a call on it was seen; the kernel is asked what
 * is at the other side. Both ends of a pipe have one inode and are told apart by who writes.
 *
 * Source: sock_diag(7) (UNIX_DIAG_PEER), getpeername(2), pidfd_getfd(2).
 */
#ifndef STAGE_PEERS_H
#define STAGE_PEERS_H

#include "stage/decode.h"

struct peers;

struct peers *peers_open(void);
void peers_close(struct peers *p);

/* The task of STOP uses descriptor FD, of KIND and INODE, as USE. ON gets the descriptor and, when
 * both are known, who has the other end and as what. Returns whether 0 bytes read from it mean the
 * end: it is no datagram socket. */
bool peers_see(struct peers *p, const struct follow_stop *stop, int fd, enum fd_kind kind,
	       unsigned long inode, enum fd_use use, struct event_on *on);

/* The type of the socket INODE (SOCK_*), once it was seen to read, write or join; 0: not known. */
int peers_type(struct peers *p, unsigned long inode);

/* The task of STOP uses the pipe INODE. Returns whether both programs have used it. */
bool peers_share(struct peers *p, const struct follow_stop *stop, unsigned long inode);

#endif
