/*
 * welcome.h - the first visit: what the parts of the screen are, and the keys that matter.
 */
#ifndef VIEW_WELCOME_H
#define VIEW_WELCOME_H

#include "view/canvas.h"
#include "view/keys.h"

/* Its keys: whatever key it is, it goes on. */
const struct binding *welcome_keys(void);

/* Draw it over what is there, above the last line. */
void welcome_draw(struct canvas *c);

#endif
