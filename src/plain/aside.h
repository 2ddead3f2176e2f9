/*
 * aside.h - what a reader may ask at any prompt: `?`, and `i NAME`.
 */
#ifndef PLAIN_ASIDE_H
#define PLAIN_ASIDE_H

#include "plain/walk.h"

/* What one may always answer. */
void aside_keys(void);

/* Print CARD, and the demos that show it. */
void aside_card(const struct plain *p, const struct card *card);

/* Let the dialog of P take such questions, until aside_end(). Reads the cards; what is wrong with
 * their file goes to standard error, and there are none then. */
void aside_start(struct plain *p);

void aside_end(struct plain *p);

#endif
