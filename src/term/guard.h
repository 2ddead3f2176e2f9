/*
 * guard.h - a small process that waits, so that the terminal is always restored.
 *
 * The program forks. The parent, the guard, does nothing but wait; the child
 * draws. However the child ends, a crash and kill -9 included, the guard puts
 * the terminal's modes and screen back as they were and ends in the same way.
 * The guard passes on what is sent to it; when the guard itself is killed, the
 * kernel tells the child, which restores the terminal and leaves. When the
 * child stops (Ctrl-Z), so does the guard, so that the shell sees the job stop.
 */
#ifndef TERM_GUARD_H
#define TERM_GUARD_H

#include <stdbool.h>

/* What to write to a terminal to leave the tutorial's screen; NULL: nothing. */
struct guard_strings {
	const char *list[8];
};

/* Fork. In the child returns -1. In the guard returns only when the child is over: its exit
 * status; if a signal ended it, restores the terminal and dies of the same. */
int guard_fork(const struct guard_strings *strings);

/* In the child: whether the terminal is now set up for drawing and needs restoring. */
void guard_drawing(bool on);

#endif
