/*
 * job.h - programs that are measured: found, started, read from.
 */
#ifndef BENCH_JOB_H
#define BENCH_JOB_H

#include "base/str.h"

#include <stdbool.h>
#include <sys/types.h>

/* The path of the program NAME as PATH has it; false: there is none. */
bool job_find(struct str *path, const char *name);

/* Run ARGV (NULL ends it) to its end, its standard output to TO, its errors nowhere. PINNED:
 * on one processor, and all that it starts. Returns its exit status, -1: it did not exit. */
int job_run(struct str *to, const char *const *argv, bool pinned);

#endif
