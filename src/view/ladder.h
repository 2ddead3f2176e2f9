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
#include "view/rung.h"

/* Draw it in W columns and H lines from X, Y, frame and heading included. The newest row
 * is in view unless p->scroll says otherwise; p->scroll is kept within what there is. */
void ladder_draw(struct canvas *c, int x, int y, int w, int h, struct player *p);

/*
 * What the timeline in true time (axis.h) shares with it.
 */

/* The columns of one that is drawn in W columns from X. */
struct ladder_columns ladder_columns_for(const struct player *p, int x, int w);

/* Where the text of a role's column, and of the wire's, begins. */
int ladder_cell_x(const struct ladder_columns *c, enum role role);
int ladder_wire_x(const struct ladder_columns *c);

/* The heading in line Y, and the bars between the columns in H lines from there. */
void ladder_draw_columns(struct canvas *c, const struct ladder_columns *col, int y, int h);

/* Times in line Y: NS since the run began, SINCE since what comes before, or -1. Where there is
 * room for one, it is the second, if there is one. */
void ladder_draw_time(struct canvas *c, const struct ladder_columns *col, int y, int64_t ns,
		      int64_t since);

/* In the lower border, in line Y, that there is more above or below. */
void ladder_draw_more(struct canvas *c, int x, int y, int w, bool above, bool below);

/* Lines that it would like to have, frame included, for all rows of the table at a width of W.
 * Does not depend on what has happened so far: the screen stays calm. */
int ladder_wants(const struct player *p, int w);

/* Whether line LINE of the ladder (0 is its upper border), drawn in W columns and H lines, shows
 * the set-up. */
bool ladder_is_setup(struct player *p, int w, int h, int line);

#endif
