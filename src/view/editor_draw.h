/*
 * editor_draw.h - how a table that is changed is drawn, and where. Private to editor.c and
 * editor_draw.c.
 */
#ifndef VIEW_EDITOR_DRAW_H
#define VIEW_EDITOR_DRAW_H

#include "view/editor.h"

/* Draw the panel; see struct panel. */
void editor_draw(struct canvas *c, int x, int y, int w, int h, struct model *m);

/* Choose the cell that was drawn at column X, line Y of the screen, if there is one. */
void editor_click(struct editor *e, int x, int y);

#endif
