/*
 * guard.h - a small process that waits, so that the terminal is always restored.
 *
 * The program forks. The parent, the guard, does nothing but wait; the child
 * draws. However the child ends, a crash and kill -9 included, the guard puts
 * the terminal's modes and screen back as they were and ends in the same way.
 * The guard passes on what is sent to it; when the guard itself is killed, the
 * kernel tells the child (SIGTERM), which restores the terminal and leaves.
 * When the child stops (Ctrl-Z), so does the guard, so that the shell sees the
 * whole job stop; when the shell wakes the guard, the child goes on too.
 */
#ifndef TERM_GUARD_H
#define TERM_GUARD_H

#include <stdbool.h>

struct guard;

/* Fork. The child gets its end of the guard, which it never frees. The guard itself returns
 * only when the child is over, with NULL and the exit status in *STATUS; if a signal ended
 * the child, it dies of the same. RESCUE writes what leaves the tutorial's screen; it is
 * called in the guard, when the child could not do it. */
struct guard *guard_start(void (*rescue)(void), int *status);

/* In the child: whether the terminal is set up for drawing, and needs restoring. */
void guard_drawing(struct guard *guard, bool on);

#endif
