/*
 * lens_line.h - what the kernel holds for a role's socket, in the lower border of its pane.
 */
#ifndef VIEW_LENS_LINE_H
#define VIEW_LENS_LINE_H

#include "view/canvas.h"
#include "view/player.h"

/* Draw it over a border of W columns from X, as much as fits: the socket that tells most of ROLE,
 * bold when the step that is shown has changed it. Nothing where there is none. NOW: clock_now(),
 * for what is left of a timer while a call is blocked. */
void lens_line_draw(struct canvas *c, int x, int y, int w, const struct player *p, enum role role,
		    int64_t now);

#endif
