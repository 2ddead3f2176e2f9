/*
 * terminfo.h - what the terminal can do, by its description.
 */
#ifndef TERM_TERMINFO_H
#define TERM_TERMINFO_H

#include <stdbool.h>

/* Why the terminal cannot be drawn on: the end of a sentence (static), or NULL. To be asked
 * before there is a screen. */
const char *terminfo_unusable(void);

/* Whether the screen's terminal has the string capability NAME: "cup", "sitm". */
bool terminfo_has(const char *name);

/* Write what shows the cursor. Curses does it before it leaves the alternate screen, and some
 * terminals then bring back a cursor that was saved while it was hidden. */
void terminfo_show_cursor(void);

/* Write what leaves the screen's drawing modes, from a process that has no screen: for the
 * guard. */
void terminfo_rescue(void);

#endif
