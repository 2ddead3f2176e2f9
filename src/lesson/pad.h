/*
 * pad.h - how many blank lines to put before a text, so that md4c reads it right.
 * Private to the lesson module.
 *
 * When a blank line comes, md4c 0.4.8 asks whether the newest block is an item that is
 * still empty (md_analyze_line()). It looks at the last eight bytes it has stored, which
 * after a heading, a rule or a code block are not a block but the offsets of a line: one
 * that ends in the byte 4 is taken for an empty item, and what follows falls out of its
 * list. Blank lines at the top change nothing but the offsets.
 */
#ifndef LESSON_PAD_H
#define LESSON_PAD_H

#include <stddef.h>

enum { PAD_MOST = 255 };

/* How many newlines to put before the N bytes at TEXT; at most PAD_MOST. */
size_t pad_for(const char *text, size_t n);

#endif
