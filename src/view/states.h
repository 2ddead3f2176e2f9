/*
 * states.h - the state diagram of TCP, with where the roles stand and the way they came.
 *
 * Redrawn from RFC 9293, figure 5, so that it fits into 78 columns of 18 lines: CLOSED, where a
 * connection begins, is at the top, and CLOSED, where it ends, once more at the bottom.
 */
#ifndef VIEW_STATES_H
#define VIEW_STATES_H

#include "timeline/lens_way.h"
#include "view/canvas.h"

enum { STATES_COLUMNS = 78, STATES_ROWS = 18 };

/* Draw it from X, Y. WAYS has one for each role, or NULL: that role has no TCP socket. */
void states_draw(struct canvas *c, int x, int y, const struct lens_way *const ways[ROLES]);

/* The name of NODE as the diagram has it. */
const char *states_name(lens_node node);

/* Append `cut off in CLOSE_WAIT by a reset`, or nothing when WAY was not cut off. */
void states_cut_words(struct str *to, const struct lens_way *way);

#endif
