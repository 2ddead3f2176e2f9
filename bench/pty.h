/*
 * pty.h - a program in a terminal of 80 by 24 that takes in what is written and shows nothing.
 */
#ifndef BENCH_PTY_H
#define BENCH_PTY_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct pty {
	int fd;            /* the terminal's side */
	pid_t pid;         /* the program */
	int64_t start;     /* clock_now() when it was started */
	char *home;        /* where it keeps what it keeps; new and empty, removed by pty_close() */
	struct str out;    /* all that came so far */
};

/* Run ARGV (NULL ends it) in a new terminal. Returns false when there is none to be had. */
bool pty_open(struct pty *p, const char *const *argv);

/* Take in output until TEXT has come after the first FROM bytes. False: the program ended, or
 * it did not come in a long time. */
bool pty_until(struct pty *p, const char *text, size_t from);

/* Take in output until none has come for a tenth of a second. For counting, not for timing. */
void pty_rest(struct pty *p);

/* Type KEYS. */
void pty_type(struct pty *p, const char *keys);

/* Type KEYS (NULL: none), which should end the program, and wait for its end; one that stays
 * is killed. */
void pty_close(struct pty *p, const char *keys);

#endif
