/*
 * narrow.h - standard output in ASCII only, for terminals that take nothing else.
 *
 * All that is printed passes through a process that puts what stands for a quotation mark, a
 * bullet or three dots in its place (view/ascii.h). So who prints need not know.
 */
#ifndef PLAIN_NARROW_H
#define PLAIN_NARROW_H

#include <stdbool.h>
#include <sys/types.h>

struct narrow {
	pid_t pid;  /* that passes on what is printed */
	int before; /* where standard output went */
};

/* From now on what is printed comes out so; with ALL also what nothing stands for, as `?`. Where
 * no process can be had it comes out as it is. */
void narrow_start(struct narrow *n, bool all);

/* Print what is left, and give standard output back. Returns 0, or the errno of what could not be
 * printed. */
int narrow_end(struct narrow *n);

#endif
