/*
 * decode_put.h - what stands in a program's memory, written as C has it: decode_args.c's own.
 *
 * TID is the process, AT an address of it. What cannot be read is written as its address. Of a
 * list only the beginning is looked at.
 */
#ifndef STAGE_DECODE_PUT_H
#define STAGE_DECODE_PUT_H

#include "stage/decode.h"

#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>

struct pollfd;

enum { MOST_POLLS = 256, MOST_PARTS = 16 };

struct parts {
	struct iovec at[MOST_PARTS];
	size_t n;
};

/*
 * Reading: whether all of it could be read.
 */
bool put_read(pid_t tid, unsigned long at, void *to, size_t n);
bool put_read_parts(struct parts *parts, pid_t tid, unsigned long at, unsigned long n);

/* The descriptors that poll() with the arguments A is about. Returns how many, at most
 * MOST_POLLS. */
size_t put_read_polls(struct pollfd *polls, pid_t tid, const unsigned long *a);

/* A set of select(), N descriptors wide; false when there is none. */
bool put_read_set(fd_set *set, pid_t tid, unsigned long at, unsigned long n);

/*
 * Values.
 */
void put_pointer(struct str *to, unsigned long at);

/* The constant with this VALUE whose name begins with PREFIX, or the number. */
void put_named(struct str *to, const char *prefix, long value);

/* N bytes in quotes, shortened. */
void put_bytes(struct str *to, pid_t tid, unsigned long at, size_t n);
void put_type(struct str *to, long value);

/* False: there is none, and nothing was written. */
bool put_address(struct str *to, pid_t tid, unsigned long at, unsigned long len);
void put_timespec(struct str *to, pid_t tid, unsigned long at);
void put_timeval(struct str *to, pid_t tid, unsigned long at);

/*
 * Lists. IN: what is in them is the program's, and is written.
 */
void put_parts(struct str *to, pid_t tid, unsigned long at, unsigned long n, bool in);

/* The descriptors that a message carries, `SCM_RIGHTS {5}`, behind BEFORE; or nothing. */
void put_rights(struct str *to, pid_t tid, const struct msghdr *m, const char *before);
void put_message(struct str *to, pid_t tid, unsigned long at, bool in);
void put_messages(struct str *to, pid_t tid, unsigned long at, unsigned long n, bool in);

/* poll()'s and select()'s arguments, and what was found. */
void put_polls(struct str *to, pid_t tid, const unsigned long *a);
void put_polled(struct str *to, pid_t tid, const unsigned long *a);
void put_sets(struct str *to, pid_t tid, const unsigned long *a);
void put_selected(struct str *to, pid_t tid, const unsigned long *a);

/*
 * Options, flags and commands. A: the arguments from the level or the command on.
 */
void put_option_name(struct str *to, const unsigned long *a);
void put_option_value(struct str *to, pid_t tid, const unsigned long *a, size_t len);
void put_fcntl(struct str *to, const unsigned long *a);
void put_ioctl(struct str *to, pid_t tid, const unsigned long *a);
void put_epoll_op(struct str *to, int op);
void put_epoll_event(struct str *to, pid_t tid, unsigned long at);
void put_epolled(struct str *to, pid_t tid, unsigned long at, long n);

#endif
