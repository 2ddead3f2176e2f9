/*
 * proc.h - what /proc says of a process that runs freely.
 */
#ifndef STAGE_PROC_H
#define STAGE_PROC_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether the process has a descriptor for the socket with inode SOCKET. False: also when it is
 * gone. Source: proc_pid_fd(5). */
bool proc_holds(pid_t pid, unsigned long socket);

/* Whether the thread sleeps in a call. False: also when it is gone. Source: proc_pid_stat(5). */
bool proc_sleeps(pid_t tid);

#endif
