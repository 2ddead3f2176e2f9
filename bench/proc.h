/*
 * proc.h - what the kernel says about processes. Source: proc(5).
 */
#ifndef BENCH_PROC_H
#define BENCH_PROC_H

#include "base/vec.h"

#include <sys/types.h>

struct pids {
	VEC(pid_t) list;
};

/* PID and all below it, parents first. */
void proc_family(struct pids *to, pid_t pid);

/* The Ith child of PID, or 0. */
pid_t proc_child(pid_t pid, size_t i);

/* The number behind KEY (`Rss:`) at the beginning of a line of /proc/PID/FILE, or -1. */
long proc_number(pid_t pid, const char *file, const char *key);

/* The letter of its state, `S` for asleep; 0: there is no such process. */
char proc_state(pid_t pid);

/* How often it was taken off a processor: while this stands still it did not run. */
long proc_switches(pid_t pid);

#endif
