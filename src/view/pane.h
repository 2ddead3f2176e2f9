/*
 * pane.h - one process: its state in the frame, its calls inside, as a trace shows them.
 */
#ifndef VIEW_PANE_H
#define VIEW_PANE_H

#include "view/canvas.h"
#include "view/player.h"

/* Draw the pane of ROLE. NOW: clock_now(), for how long a blocked call has been waiting. */
void pane_draw_above(struct canvas *c, int x, int y, int w, int h, int left, const struct player *p,
		     enum role role, int64_t now);
void pane_draw(struct canvas *c, int x, int y, int w, int h, const struct player *p,
	       enum role role, int64_t now);

/* Append `Process A (client) · pid 4711 · running`; in fewer than its columns, WIDTH, what
 * matters less is left out: `A (client) · pid 4711 · running`, `Process A · running`. */
void pane_title(struct str *to, const struct player *p, enum role role, int width);

/* Append `running`, `blocked`, `killed by SIGPIPE`, `exited 0`, `not started` as of END events. */
void pane_state(struct str *to, const struct player *p, enum role role, size_t end);

#endif
