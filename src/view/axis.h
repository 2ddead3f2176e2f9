/*
 * axis.h - the timeline in true time: distance is time.
 *
 * What has happened falls into stretches, in each of which a line is a certain time: the distance
 * of two lines says how far apart they were, to within half of it. Between stretches nothing
 * happened for so long that it would be nothing but empty lines: that is folded into one, which
 * says how long it was and what a line of the next stretch is. So microseconds and minutes fit
 * on one screen, and no distance claims what is not so.
 */
#ifndef VIEW_AXIS_H
#define VIEW_AXIS_H

#include "view/canvas.h"
#include "view/player.h"

enum axis_kind {
	AXIS_SETUP,  /* the calls before row 1, folded */
	AXIS_ITEM,   /* something that happened: `event` */
	AXIS_EMPTY,  /* a line's time in which nothing did */
	AXIS_FOLD,   /* `ns` in which nothing did */
};

/* What a role is in at a line where it has nothing to show. */
enum axis_wait { AXIS_FREE, AXIS_IN_CALL, AXIS_BLOCKED };

struct axis_line {
	enum axis_kind kind;
	size_t event;
	size_t result;       /* a call: its RETURN, which came before anything else, or EVENT_NONE */
	size_t mark[ROLES];  /* the VERDICT that this decided, or EVENT_NONE */
	int64_t ns;          /* when, since BEGIN; a fold: how long */
	int64_t since;       /* since the stretch's first line, 0: this is it */
	int64_t unit;        /* a fold: of the stretch after it, 0: that is one line */
	enum axis_wait wait[ROLES];
};

struct axis {
	VEC(struct axis_line) lines;
};

/*
 * The lines of P as of now or of the step looked back at. EMPTY is how many empty lines may stand
 * between two others, at most; NOW: clock_now(), for who still waits.
 */
void axis_make(struct axis *axis, const struct player *p, int empty, int64_t now);
void axis_free(struct axis *axis);

/* Draw it as the ladder is drawn (ladder.h); p->scroll counts lines. */
void axis_draw(struct canvas *c, int x, int y, int w, int h, struct player *p, int64_t now);

#endif
