/*
 * diag.h - asking the kernel what it holds for one socket.
 *
 * By netlink, about the very socket: nothing is listed, so it costs a few microseconds, and no
 * socket of somebody else's is seen. The only user of libmnl.
 *
 * Source: sock_diag(7), netlink(7), linux/inet_diag.h, linux/unix_diag.h, tcp(7).
 */
#ifndef STAGE_DIAG_H
#define STAGE_DIAG_H

#include "stage/address.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct mnl_socket;

struct diag {
	struct mnl_socket *socket; /* NULL: not open */
	unsigned seq;
	bool has_inet;             /* this kernel can tell of Internet sockets */
	bool has_unix;
	int err;                   /* why it cannot be asked: an errno, or 0 */
};

enum diag_answer {
	DIAG_FOUND,
	DIAG_NONE,    /* the kernel has no such socket */
	DIAG_REFUSED, /* it does not answer here: diag.err */
};

/* The kernel's number for a socket, which no other gets. Source: socket(7), SO_COOKIE. */
struct diag_cookie {
	uint32_t half[2];
};

/* What is said of an Internet socket. */
struct diag_inet {
	uint8_t state;       /* enum lens_state */
	uint8_t timer;       /* enum lens_timer */
	uint32_t timer_ms;
	uint32_t received;   /* sequence numbers received and not read; LISTEN: the queue */
	uint32_t sent;       /* sequence numbers not acknowledged; LISTEN: the backlog */
	uint32_t inode;
	struct diag_cookie cookie;
	bool has_shut;
	uint8_t shut;        /* 1: nothing more will be received, 2: sent */
	bool has_info;
	uint32_t unsent;     /* sequence numbers not sent yet */
	uint32_t again;      /* segments that were sent again */
};

/* What is said of a Unix socket. */
struct diag_unix {
	uint8_t type;        /* SOCK_* */
	uint8_t state;       /* ESTABLISHED, LISTEN or CLOSE of enum lens_state */
	uint8_t shut;
	bool has_peer;
	uint32_t peer;       /* the inode of the other end; 0: no process holds that */
	uint32_t received;   /* bytes; LISTEN: connections that wait */
	uint32_t backlog;    /* LISTEN */
	bool has_file;
	ino_t file;          /* what it is bound to */
	dev_t device;
	struct address name; /* len 0: none */
};

/* Open it, in the network namespace that the calling process is in now. Returns 0; -1 when it
 * can tell of nothing: diag.err. */
int diag_open(struct diag *diag);
void diag_close(struct diag *diag);

/* Ask about the socket that is bound to LOCAL and connected to PEER (NULL or len 0: to nobody).
 * COOKIE NULL: whichever has these addresses. PROTOCOL: IPPROTO_TCP or IPPROTO_UDP. */
enum diag_answer diag_inet(struct diag *diag, int protocol, const struct address *local,
			   const struct address *peer, const struct diag_cookie *cookie,
			   struct diag_inet *got);

/* Find whom the socket of LOCAL, which is in SYN_SENT, calls: it goes to *PEER. This one lists
 * sockets, as that address can be asked for in no other way. */
enum diag_answer diag_called(struct diag *diag, const struct address *local, struct address *peer);

/* Ask about the Unix socket INODE. */
enum diag_answer diag_unix(struct diag *diag, uint32_t inode, struct diag_unix *got);

#endif
