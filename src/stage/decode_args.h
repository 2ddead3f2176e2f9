/*
 * decode_args.h - the arguments of system calls, each kind one row: decode.c's own.
 */
#ifndef STAGE_DECODE_ARGS_H
#define STAGE_DECODE_ARGS_H

#include "stage/decode.h"

/* Kinds of arguments; behind each, how many of the system call's it takes. */
enum piece {
	P_END,
	P_FD,        /* 1 */
	P_INT,       /* 1 */
	P_LENGTH,    /* 1 */
	P_IN,        /* 2: bytes and their number */
	P_OUT,       /* 2: room for bytes, and how much */
	P_IN_PARTS,  /* 2: struct iovec */
	P_OUT_PARTS, /* 2 */
	P_IN_MSG,    /* 1: struct msghdr */
	P_OUT_MSG,   /* 1 */
	P_IN_MSGS,   /* 2: struct mmsghdr */
	P_OUT_MSGS,  /* 2 */
	P_MSG_FLAGS, /* 1 */
	P_ADDRESS,   /* 2: an address and its length; NULL is not written */
	P_OUT_ADDRESS, /* 2: room for one; as NULL, NULL is not written by recv() */
	P_OUT_ADDRESS_SHOWN, /* 2 */
	P_DOMAIN, P_TYPE, P_PROTOCOL, P_HOW,  /* 1 each */
	P_SOCK_FLAGS, P_OPEN_FLAGS, P_CLOEXEC, /* 1 each */
	P_OPTION,    /* 4: level, name, value, its length */
	P_OUT_OPTION, /* 4 */
	P_PAIR,      /* 1: room for two descriptors */
	P_POLLS,     /* 2 */
	P_SETS,      /* 4: of select() */
	P_MS, P_TIMESPEC, P_TIMEVAL, /* 1 each */
	P_FCNTL,     /* 2 */
	P_IOCTL,     /* 2 */
	P_EPOLL_OP,  /* 1 */
	P_EPOLL_EVENT, /* 1 */
	P_OUT_EVENTS, /* 2 */
	P_SKIP,      /* 1: what the C library adds by itself */
	P_POINTER,   /* 1: NULL or the address */
};

/* Arguments of PIECE in a call, and whether they are written at all. */
unsigned args_taken(enum piece piece);

/* Append the arguments at A of the process TID as PIECE. Returns whether anything was. */
bool args_put(struct str *to, enum piece piece, pid_t tid, const unsigned long *a);

/* What the kernel filled in for PIECE, or took from it, of a call that succeeded. */
struct returned;
void args_result(const struct returned *r, enum piece piece, const unsigned long *a);

/* Call SEE with each descriptor of PIECE. Returns at the first that it returns true for. */
bool args_each_fd(enum piece piece, pid_t tid, const unsigned long *a,
		  bool (*see)(void *data, int fd), void *data);

#endif
