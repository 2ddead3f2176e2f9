/*
 * tty.h - the program under test in a terminal of its own.
 *
 * A pty with libvterm at its other end, and in between a shell as small as can
 * be: it runs the program as a job in the foreground, sees it stop, and wakes
 * it again. All that the program leaves running is found, since this process
 * adopts what has lost its parent.
 */
#ifndef SCREEN_TTY_H
#define SCREEN_TTY_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

/* What has become of the job. */
enum job { JOB_RUNS, JOB_STOPPED, JOB_EXITED, JOB_KILLED };

struct tty;

/* Start ARGV (NULL ends it) in DIRECTORY in a terminal of that size, with the environment as it
 * is. Never NULL: what fails ends the test program. */
struct tty *tty_open(const char *directory, int columns, int rows, char *const *argv);

/* Take in what the terminal and the job have to say, waiting up to MS milliseconds for
 * something. Returns whether anything came. */
bool tty_take(struct tty *t, int ms);

/* The screen, a line each, spaces at the ends of lines left out. */
void tty_text(const struct tty *t, struct str *to);

/* The cell at X, Y. */
void tty_cell(const struct tty *t, int x, int y, VTermScreenCell *cell);

int tty_columns(const struct tty *t);
int tty_rows(const struct tty *t);

/* Send a key by its name (`Space`, `Left`, `C-z`, `q`); returns whether there is such a key. */
bool tty_key(struct tty *t, const char *name);

/* Press the button at X, Y: 1 is the left one, 4 and 5 are the wheel. */
void tty_click(struct tty *t, int button, int x, int y);

void tty_resize(struct tty *t, int columns, int rows);

/* Send SIG to the job's first process (the guard), its child (the tutor), that one's child (the
 * stage) or its next (the other stage, while a demo is compared). Returns whether there is such
 * a process. */
enum who { WHO_GUARD, WHO_TUTOR, WHO_STAGE, WHO_OTHER };
bool tty_signal(struct tty *t, enum who who, int sig);

/* Wake the job and give it the terminal. */
void tty_continue(struct tty *t);

/* The job's state; *DETAIL is its exit status or signal. */
enum job tty_job(const struct tty *t, int *detail);

/* Whether the terminal is as it was before the job (or was closed): NULL, or what is not
 * (static). */
const char *tty_not_restored(const struct tty *t);

/* Whether a process of the job still runs. To be asked again while it says yes: leaving takes
 * a moment. */
bool tty_left_over(struct tty *t);

/* Close the terminal, as when its window is closed. */
void tty_hang_up(struct tty *t);

/* End all that runs, free T. NULL is nothing. */
void tty_close(struct tty *t);

#endif
