/*
 * entry.h - a line of text being typed, with a cursor: arrows, Home, End, Delete, and the keys
 * that shells have (Ctrl-A, E, U, K, W).
 */
#ifndef VIEW_ENTRY_H
#define VIEW_ENTRY_H

#include "base/str.h"
#include "view/canvas.h"
#include "view/keys.h"

/* All-zero is an empty line. */
struct entry {
	struct str text;
	size_t at;       /* the cursor: a byte offset, at the beginning of a character */
};

/* Replace the text; the cursor goes to its end. */
void entry_set(struct entry *e, const char *text);

/* Replace the bytes from FROM to the cursor by TEXT. */
void entry_replace(struct entry *e, size_t from, const char *text);

/* Take a key. Returns whether it was one that an entry knows. At most MOST bytes are held. */
bool entry_key(struct entry *e, uint32_t key, size_t most);

/* Draw it in WIDTH columns (at least 3) from X, scrolled so that the cursor is seen, and put
 * the canvas's cursor there. */
void entry_draw(struct canvas *c, int x, int y, int width, enum style style,
		const struct entry *e);

void entry_free(struct entry *e);

#endif
