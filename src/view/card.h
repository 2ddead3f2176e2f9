/*
 * card.h - cards over a view: what a name that stands on the screen means.
 *
 * A box holds the cards of the names that were met, one of which is shown. Esc
 * closes it, as every key does that it has no other use for.
 */
#ifndef VIEW_CARD_H
#define VIEW_CARD_H

#include "base/vec.h"
#include "course/card.h"
#include "view/canvas.h"
#include "view/flow.h"
#include "view/keys.h"
#include "view/player.h"

struct card_box {
	VEC(const struct card *) list; /* borrowed from the cards; none: the box is closed */
	size_t at;                     /* the one that is shown */
	int scroll;                    /* lines scrolled down */
};

/* Put CARD in, once. */
void card_box_add(struct card_box *box, const struct card *card);

/* Put in the card of each name in TEXT, written as the card has it; what stands in quotes is no
 * name. CARDS may be NULL, here as below: then there is none. */
void card_box_text(struct card_box *box, const struct cards *cards, const char *text);

/* Put in the cards of what the step that P shows has brought, and of each role's newest call:
 * errors and signals first, the newest first among its like. */
void card_box_step(struct card_box *box, const struct cards *cards, const struct player *p);

/* Put in the card of the word that stands at X, Y of C, whatever its case. */
void card_box_word(struct card_box *box, const struct cards *cards, const struct canvas *c, int x,
		   int y);

bool card_box_shows(const struct card_box *box);

/* The keys while it shows, and OP, one of those. */
const struct binding *card_box_keys(const struct card_box *box);
void card_box_handle(struct card_box *box, enum op op);

/* Append its heading: `ECONNRESET · error 104 · Connection reset by peer`. */
void card_title(struct str *to, const struct card *card);

/* Append CARD in lines of WIDTH columns. SHELF (may be NULL): where the demos that show it are. */
void card_lines(struct lines *out, int width, const struct card *card, const struct shelf *shelf);

/* Draw it in the middle, above the last line; its scroll is kept within what there is. */
void card_box_draw(struct canvas *c, struct card_box *box, const struct shelf *shelf);

/* Close it. */
void card_box_clear(struct card_box *box);

#endif
