/*
 * decode.h - a system call of a program, in the words of C.
 *
 * The calls on sockets and pipes, a row each. At its entry a call is written whole, with the
 * arguments that the program gave: `send(3, "hello", 5, 0)`, `recv(4, buf, 1024, MSG_DONTWAIT)`,
 * `connect(3, "/run/x.sock")`. What the kernel filled in is read when it returned, and becomes
 * the result's bytes and detail. Names are those that a program calls: sendto() without an
 * address is send().
 *
 * Source: the man pages of section 2; ptrace(2).
 */
#ifndef STAGE_DECODE_H
#define STAGE_DECODE_H

#include "stage/follow.h"

enum {
	DECODE_TEXT_BYTES = 32,  /* of a string in the text of a call */
	DECODE_KEPT_BYTES = 256, /* of what was read */
	DECODE_WHOLE_BYTES = 4096, /* the same where it is compared with outcomes; also of what was
				    * sent */
};

struct shape;

/* Which number has which row on this machine. */
struct decoder {
	VEC(struct { long nr; const struct shape *shape; }) rows;
	VEC(unsigned long) apart;  /* inodes of our own standard streams: what the program
	                            * prints is none of its conversation */
	unsigned long pipes;       /* the device of pipes without a name */
	bool whole;                /* more of what was read is kept, and what was sent: the
	                            * owner's to set */
};

/* What a descriptor is. */
enum fd_kind {
	FD_UNKNOWN,  /* not open, or may not be looked at */
	FD_SOCKET,
	FD_FIFO,     /* a pipe that has a name */
	FD_PIPE,     /* one that has none: it is inherited or passed */
	FD_APART,
	FD_OTHER,
};

/* How a call uses its first descriptor. */
enum fd_use {
	USE_OTHER,
	USE_READS,
	USE_WRITES,
	USE_JOINS,      /* connect(), accept() */
	USE_LISTENS,
	USE_MAKES_PIPE, /* it has none yet */
};

/* A call that was entered. */
struct doing {
	const struct shape *shape;
	enum fd_use use;
	int fd;               /* the first descriptor that it is about, or -1 */
	enum fd_kind kind;    /* of that; FD_PIPE too when the call makes one, */
	unsigned long inode;  /* which has no inode yet: 0 */
	bool whole;           /* as the decoder has it */
};

/* The names of all calls that are decoded, NULL ends them. */
const char *const *decode_calls(void);

void decoder_start(struct decoder *d);
void decoder_free(struct decoder *d);

/* What FD, a socket or a pipe of ours, is the other end of counts like a standard stream. */
void decoder_apart(struct decoder *d, int fd);

/* What descriptor FD of the process TID is; *INODE is set for sockets and pipes. */
enum fd_kind decode_fd(const struct decoder *d, pid_t tid, int fd, unsigned long *inode);

/* Append the text of the call that STOP is the entry of. False: it is about no socket and no
 * pipe, or is unknown; TO and DOING are then of no use. */
bool decode_entry(const struct decoder *d, const struct follow_stop *stop, struct str *to,
		  struct doing *doing);

/* What came of it: fills in the result, the bytes that were read, what it did, and the detail, all
 * as EVENT_RETURN has it; of accept() the socket is still the listener. NEW gets the descriptors
 * that the call made (-1: none). */
void decode_exit(const struct doing *doing, const struct follow_stop *stop, struct event *ret,
		 int new[2]);

#endif
