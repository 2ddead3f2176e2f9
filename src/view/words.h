/*
 * words.h - the names on the screen that have a card, one after the other.
 *
 * What a view has drawn is looked at, so this is the same for every view: an errno, a signal, a
 * flag or a state wherever it stands, a call with its parenthesis, all else where it is set as code.
 */
#ifndef VIEW_WORDS_H
#define VIEW_WORDS_H

#include "view/card.h"

/* A name on the screen. */
struct word {
	int x;
	int y;
	int columns;
	const struct card *card; /* borrowed from the cards */
};

struct words {
	VEC(struct word) list;
};

/* Find those of C, each card once, from the newest row of a timeline on, or from the top; the
 * first and the last line of the screen have none. CARDS may be NULL. */
void words_find(struct words *words, const struct cards *cards, const struct canvas *c);

/* The index of CARD, or SIZE_MAX. */
size_t words_index(const struct words *words, const struct card *card);

void words_free(struct words *words);

/* The keys while one is marked. */
const struct binding *words_keys(void);

#endif
