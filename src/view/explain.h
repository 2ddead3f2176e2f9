/*
 * explain.h - the sentences under the timeline: what the step that is shown means.
 */
#ifndef VIEW_EXPLAIN_H
#define VIEW_EXPLAIN_H

#include "view/flow.h"
#include "view/player.h"

/* Append lines of WIDTH columns: trouble first, then the row's note, or what happened said
 * in a sentence, then what could not be shown on this machine. */
void explain_lines(struct lines *out, int width, const struct player *p);

/* How many lines of WIDTH columns explain_lines() makes before the first row. */
int explain_before(int width, const struct player *p);

/* Append, after the last row, what can be done now. */
void explain_end(struct lines *out, int width, const struct player *p);

#endif
