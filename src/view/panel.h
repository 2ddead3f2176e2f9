/*
 * panel.h - what can be looked at in a demo besides its timeline: one file and one row each.
 *
 * A panel takes the timeline's place, or with `whole` all but header and key bar, until its key is
 * pressed again or Esc. The demo goes on under it: Space steps, ← looks back, and the panel
 * shows the moment that is looked at.
 *
 * Adding one: its file, its op and its key's row in demo.c, its row in panel.c.
 */
#ifndef VIEW_PANEL_H
#define VIEW_PANEL_H

#include "view/canvas.h"
#include "view/keys.h"
#include "view/request.h"

struct model;

struct panel {
	enum op op;         /* opens it and closes it */
	bool over;          /* it is a box over what is there, which stays; its key, or Esc, brings
			     * back what was open */
	bool whole;         /* it takes the place of the panes and of the sentences below, too */
	void (*open)(struct model *m); /* it is about to show; NULL: nothing to prepare */
	void (*draw)(struct canvas *c, int x, int y, int w, int h, struct model *m);
	/* A key that the demo knows, or one of its own: returns whether it was for the panel; then
	 * *REQUEST is what is to be done. NULL: it takes no keys. */
	bool (*handle)(struct model *m, enum op op, const struct input *input,
		       struct request *request);
	/* The table in force while it is open; NULL, or returning NULL: the demo's own. */
	const struct binding *(*keys)(const struct model *m);
};

/* Rows of the table whose files have no header of their own. */
extern const struct panel panel_faults, panel_lens, panel_states, panel_task, panel_wire;

/* Which panel is open over the demo. All-zero: none. */
struct panels {
	const struct panel *open; /* NULL: none */
	const struct panel *under; /* what an `over` one has opened over, or NULL */
	int scroll;               /* lines scrolled down; the panel keeps it within what there is */
};

/* The panel that is in the timeline's place, or NULL. */
const struct panel *panels_below(const struct panels *panels);

/* Close the one on top. Returns whether there was one. */
bool panels_close(struct panels *panels);

/* The panel that OP opens, or NULL. */
const struct panel *panel_find(enum op op);

/* OP came: open, close or change the panel. Returns whether OP was about a panel. */
bool panels_toggle(struct model *m, enum op op);

/* What a panel of names does with OP: Enter explains those that TAKE_CARDS puts into the model's
 * box, a click the one under it, and the rest scrolls. Returns whether it was one of these. */
bool panel_read(struct model *m, enum op op, const struct input *input,
		void (*take_cards)(struct model *m));

#endif
