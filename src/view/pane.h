/*
 * pane.h - one process: its state in the frame, its calls inside, as a trace shows them.
 */
#ifndef VIEW_PANE_H
#define VIEW_PANE_H

#include "view/canvas.h"
#include "view/keys.h"
#include "view/player.h"

/* How a pane is drawn besides. All-zero: the newest lines, and all of it. */
struct pane_how {
	int left;        /* lines at its foot that are somebody else's */
	bool chosen;     /* the keys that scroll are for it */
	size_t *end;     /* what is shown ends before this event; 0: the newest is shown. Kept
	                  * within what there is. NULL: it does not scroll */
};

/* Draw the pane of ROLE. NOW: clock_now(), for how long a blocked call has been waiting. */
void pane_draw_how(struct canvas *c, int x, int y, int w, int h, const struct pane_how *how,
		   const struct player *p, enum role role, int64_t now);
void pane_draw(struct canvas *c, int x, int y, int w, int h, const struct player *p,
	       enum role role, int64_t now);

/* OP scrolls the pane of ROLE, whose lines end before *END. Returns whether it does. */
bool pane_scroll(size_t *end, const struct player *p, enum role role, enum op op);

/* Append `Process A (client) · pid 4711 · running`; in fewer than its columns, WIDTH, what
 * matters less is left out: `A (client) · pid 4711 · running`, `Process A · running`. Of a
 * program: `Process A · ./client · pid 4711 · running`. */
void pane_title(struct str *to, const struct player *p, enum role role, int width);

/* Append `running`, `blocked`, `killed by SIGPIPE`, `exited 0`, `not started` as of END events. */
void pane_state(struct str *to, const struct player *p, enum role role, size_t end);

#endif
