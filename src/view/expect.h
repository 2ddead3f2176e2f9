/*
 * expect.h - how long a blocked call can take until TCP gives up, where that is known: in a demo
 * with settings, once nobody answers on the wire.
 *
 * Computed from the settings that hold in the demo's network (course/shorten.h).
 */
#ifndef VIEW_EXPECT_H
#define VIEW_EXPECT_H

#include "view/player.h"

struct expectation {
	int64_t start;  /* since when TCP tries, ns since BEGIN */
	int64_t takes;  /* how long it does, ns */
};

/* What is to be expected of the call whose CALL is at index CALL, as of END events. False: it
 * cannot be said. */
bool expect_call(const struct player *p, size_t call, size_t end, struct expectation *e);

#endif
