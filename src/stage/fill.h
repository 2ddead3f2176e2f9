/*
 * fill.h - filling the buffer of a role's socket, from outside.
 *
 * The director cannot make a process send. It borrows the process's descriptor for a moment
 * (pidfd_getfd) and puts bytes into the socket itself, until the kernel takes no more. The
 * process has called nothing, and finds its socket so; the other one can read the bytes.
 */
#ifndef STAGE_FILL_H
#define STAGE_FILL_H

#include "stage/tracer.h"
#include "stage/wire.h"

/* What is put in, over and over. */
enum { FILL_BYTE = '.' };

struct filled {
	size_t bytes;    /* how many the kernel took */
	size_t messages; /* in how many pieces that stay apart, for sockets that keep them so; else 0 */
	int err;         /* why it took no more: EAGAIN: it is full */
};

/*
 * Fill the socket FD of T. Returns 0 when it was tried, *FILLED says what came of it; -1 with
 * errno when the descriptor cannot be borrowed. An error that waits on the socket is left to the
 * process (err is then 0, bytes too). Waits, for half a second at most, until what is under way
 * inside this kernel has arrived: what arrives makes room. WIRE tells of that, and keeps what it
 * captures meanwhile.
 */
int fill_socket(const struct tracee *t, int fd, struct wire *wire, struct filled *filled);

#endif
