/*
 * descriptors.h - a new process keeps only the descriptors that it needs.
 */
#ifndef STAGE_DESCRIPTORS_H
#define STAGE_DESCRIPTORS_H

#include <limits.h>
#include <stddef.h>

enum { DESCRIPTORS_ALL = INT_MAX };

/* Close all from FIRST up to and including LAST (DESCRIPTORS_ALL: to the last). One call where
 * the kernel has close_range(2). */
void descriptors_close(int first, int last);

/* Close all but the N in KEEP, some of which may be the same. */
void descriptors_close_but(const int *keep, size_t n);

#endif
