/*
 * shell.h - a shell as small as can be: one job, in the foreground of its terminal.
 */
#ifndef SCREEN_SHELL_H
#define SCREEN_SHELL_H

#include <sys/types.h>

/* What it says on its descriptor, one record each time. */
struct shell_news {
	pid_t pid;     /* the job's first process */
	int status;    /* as waitpid() has it; -1: it has just been started */
};

/* Be that shell: run ARGV, write news to NEWS, wake the job for each byte read from WAKE. Ends
 * with the job. */
_Noreturn void shell_run(char *const *argv, int news, int wake);

#endif
