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

struct card_box {
	VEC(const struct card *) list; /* borrowed from the cards; none: the box is closed */
	size_t at;                     /* the one that is shown */
	int scroll;                    /* lines scrolled down */
	int entry;                     /* which of the demos that show it Enter goes to, from 1; 0: none */
};

/* The card that has this very NAME, whose letters are as the card has them; CARDS may be NULL, as
 * below. */
const struct card *card_named(const struct cards *cards, const char *name);

/* Put CARD in, once. */
void card_box_add(struct card_box *box, const struct card *card);

/* Put in the card of each name in TEXT, written as the card has it; what stands in quotes is no
 * name. */
void card_box_text(struct card_box *box, const struct cards *cards, const char *text);

/* Put in the card of the word that stands at X, Y of C, whatever its case. */
void card_box_word(struct card_box *box, const struct cards *cards, const struct canvas *c, int x,
		   int y);

bool card_box_shows(const struct card_box *box);

/* The keys while it shows, and OP, one of those; SHELF is where the demos that show it are. */
const struct binding *card_box_keys(const struct card_box *box);
void card_box_handle(struct card_box *box, enum op op, const struct shelf *shelf);

/* The demo that is marked in it: the index of its lesson and its own. Returns whether one is. */
bool card_box_entry(const struct card_box *box, const struct shelf *shelf, size_t *lesson,
		    size_t *demo);

/* Append its heading: `ECONNRESET · error 104 · Connection reset by peer`. */
void card_title(struct str *to, const struct card *card);

/* Append CARD in lines of WIDTH columns. SHELF (may be NULL): where the demos that show it are; the
 * one numbered MARKED, from 1, is marked. */
void card_lines(struct lines *out, int width, const struct card *card, const struct shelf *shelf,
		int marked);

/* Draw it in the middle, above the last line; its scroll is kept within what there is, and so that
 * what is marked shows. */
void card_box_draw(struct canvas *c, struct card_box *box, const struct shelf *shelf);

/* Close it. */
void card_box_clear(struct card_box *box);

#endif
