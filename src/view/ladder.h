/*
 * ladder.h - the timeline drawn as a table: time, A's column, the wire, B's column.
 *
 * First the set-up in one line (or opened), then what has happened, newest
 * marked, then the rows still to come, dim, so that the learner sees the
 * published table fill up. The wire has a column only where segments can be.
 */
#ifndef VIEW_LADDER_H
#define VIEW_LADDER_H

#include "view/canvas.h"
#include "view/player.h"

/* Draw it in W columns and H lines from X, Y, frame and heading included. The newest row
 * is in view unless p->scroll says otherwise; p->scroll is kept within what there is. */
void ladder_draw(struct canvas *c, int x, int y, int w, int h, struct player *p);

/* Lines that it would like to have, frame included, for all rows of the table at a width of W.
 * Does not depend on what has happened so far: the screen stays calm. */
int ladder_wants(const struct player *p, int w);

/* Whether line LINE of the ladder (0 is its upper border), drawn in W columns and H lines, shows
 * the set-up. */
bool ladder_is_setup(struct player *p, int w, int h, int line);

#endif
