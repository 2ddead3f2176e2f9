/*
 * widen.h - short rules under a table's header. Private to the lesson module.
 *
 * One hyphen is enough for most Markdown readers, as in `|-|-|`; md4c 0.4 asks for three.
 */
#ifndef LESSON_WIDEN_H
#define LESSON_WIDEN_H

#include "base/str.h"

/* Lengthen such rules in TEXT. Lines stay where they are; code between fences is left alone. */
void widen_rules(struct str *text);

#endif
