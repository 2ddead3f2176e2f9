/*
 * confine.h - the walls of one actor: privileges, limits, and the filter that
 * lets through only the calls of the notation. Used by sandbox.c and program_start.c alone.
 */
#ifndef STAGE_CONFINE_H
#define STAGE_CONFINE_H

#include <linux/filter.h>

/* Build the seccomp filter: calls of the notation stop for the tracer, the
 * return from a signal handler is free, everything else is a SIGSYS that the
 * tracer reports as refused. Allocates filter->filter. 0, or -1 with errno. */
int confine_filter(struct sock_fprog *filter);

/* In a new process: no privileges, and none to be had. */
void confine_drop(void);

#endif
