/*
 * mask.h - what differs from run to run, made the same, in the same width.
 */
#ifndef SCREEN_MASK_H
#define SCREEN_MASK_H

#include "base/str.h"

/*
 * Append TEXT (a screen) with process ids, ports and times replaced:
 *     pid 4711       pid #, and what follows in the frame grows by as much
 *     127.0.0.1:4711 127.0.0.1:####
 *     +212 µs        the timeline's cell of 8 columns becomes ~ ~~
 *     +42 µ│         cut off by a box over it: spaces
 *     waiting 1.3 s  waiting # s, the bar before it one block (`#` in ASCII)
 */
void mask_text(struct str *to, const char *text);

#endif
