/*
 * deeds.h - carrying out what the director does from outside: one row each in deeds.c, in the
 * order of lesson/deed.h.
 *
 * A deed is told as an event of its own, as what the director did, before anything that it
 * leads to; or that it cannot be done here, and why. Nothing else is told: what the kernel
 * makes of it is observed like all else.
 */
#ifndef STAGE_DEEDS_H
#define STAGE_DEEDS_H

#include "lesson/action.h"
#include "stage/scene.h"

/* Do ACTION, a deed, to ROLE. BY_HAND: the learner wants it, not the table. */
void deed_begin(struct scene *s, enum role role, const struct action *action, bool by_hand);

/* For how long, in ns, it lasts whatever happens: a `wait`; 0 for all others. */
int64_t deed_lasts(const struct action *action);

/* Whether all that it does to ROLE at once has been done; asked once deed_lasts() is over. */
bool deed_settled(const struct scene *s, enum role role, const struct action *action);

#endif
