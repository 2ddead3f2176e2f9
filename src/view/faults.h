/*
 * faults.h - what can be done to a demo by hand: the choices, and whether each can be done now.
 *
 * All of them are deeds of the notation, so a table can do the same. Adding one is a row of
 * faults.c.
 */
#ifndef VIEW_FAULTS_H
#define VIEW_FAULTS_H

#include "view/player.h"

enum { FAULTS = 10 };

/* What choice I (from 0) does now to ROLE, in the notation: `cut wire`, or `mend wire` while it is
 * cut. A constant, for player_do(). */
const char *fault_text(const struct player *p, size_t i, enum role role);

/* The digit of choice I on the keyboard. */
char fault_digit(size_t i);

/* Append it with whom it is done to: `A: misses FIN`, but `cut wire`. */
void fault_label(struct str *to, const struct player *p, size_t i, enum role role);

/* Append a sentence on it: what it does, or why it cannot be done now. Returns whether it can. */
bool fault_words(struct str *to, const struct player *p, size_t i, enum role role);

#endif
