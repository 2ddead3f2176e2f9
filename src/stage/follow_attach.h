/*
 * follow_attach.h - a process that runs already comes to be followed: each of its threads.
 *
 * Source: ptrace(2) (PTRACE_SEIZE, PTRACE_INTERRUPT), proc(5) (/proc/PID/task).
 */
#ifndef STAGE_FOLLOW_ATTACH_H
#define STAGE_FOLLOW_ATTACH_H

#include "base/str.h"

#include <sys/types.h>

/* Seize all threads of the process PID, and stop each once, so that from then on its calls are
 * seen. ADD is told each. What is seized goes on when this process
 * ends. 0; -1 with WHY: a sentence that says what to do about it where there is something. */
int attach_all(pid_t pid, void (*add)(void *data, pid_t pid, pid_t tid), void *data,
	       struct str *why);

/* TID stands in the stop that attaching made. Where that has made a call fail with EINTR that
 * would wait still, let it be made again. Other machines than x86-64 do not tell its arguments. */
void attach_mend(pid_t tid);

#endif
