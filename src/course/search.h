/*
 * search.h - all lessons, cards and demos, searched as one types.
 */
#ifndef COURSE_SEARCH_H
#define COURSE_SEARCH_H

#include "course/card.h"
#include "lesson/lesson.h"

enum hit_kind { HIT_LESSON, HIT_HEADING, HIT_DEMO, HIT_TEXT, HIT_CARD };

struct hit {
	enum hit_kind kind;
	size_t lesson;      /* index in the shelf; HIT_CARD: none */
	size_t demo;        /* HIT_DEMO: index in the lesson */
	int line;           /* in the lesson */
	size_t card;        /* HIT_CARD: index */
	char *text;         /* the line to show; owned */
	size_t at, len;     /* what matched, in bytes of text */
};

struct hits {
	VEC(struct hit) list;
};

/* Find WORDS (all of them, whatever their case, in one paragraph, row of a table, cell of a demo,
 * or card) and replace HITS with at most MOST hits: those of the lesson that is open (its index;
 * SIZE_MAX: none is) before others, and among these the best first: titles and the card of that
 * very name, then demos and other cards, then text. What has a word only within one of its own is text, but for cards. */
void search_find(struct hits *hits, const char *words, const struct shelf *shelf,
		 const struct cards *cards, size_t open, size_t most);

void hits_free(struct hits *hits);

#endif
