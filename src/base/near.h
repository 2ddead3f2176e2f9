/*
 * near.h - "did you mean …?"
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

/* Keeps the best of the names offered to it. Start with near_start(). */
struct near {
	const char *word;   /* what was typed; borrowed */
	const char *best;   /* the nearest name so far, borrowed, or NULL */
	size_t distance;    /* its distance */
};

/* WORD is borrowed until the search is over. */
struct near near_start(const char *word);

/* Offer one NAME (borrowed). Only names near enough to be a slip are kept:
 * at most one edit for each three letters, a transposition is one edit. */
void near_offer(struct near *near, const char *name);

#endif
