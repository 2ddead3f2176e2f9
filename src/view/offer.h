/*
 * offer.h - completions drawn: the signature of the call at the cursor, and what could stand
 * there.
 */
#ifndef VIEW_OFFER_H
#define VIEW_OFFER_H

#include "lesson/complete.h"
#include "view/canvas.h"

/* Draw the signature in line Y, W columns from X, and in the next line what could stand at the
 * cursor, side by side, number CHOICE (SIZE_MAX: none) marked and always among what is seen. */
void offer_draw(struct canvas *c, int x, int y, int w, const struct completions *could,
		size_t choice);

#endif
