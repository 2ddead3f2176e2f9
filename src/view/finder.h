/*
 * finder.h - all lessons, cards and demos searched as one types, from wherever one is.
 *
 * What is in the lesson that is open comes first. Who presents a lesson finds the places of that
 * one alone, which are slides, and the cards.
 */
#ifndef VIEW_FINDER_H
#define VIEW_FINDER_H

#include "base/str.h"
#include "course/search.h"

struct finder {
	struct str text;      /* what is looked for, as typed so far */
	struct hits hits;
	size_t chosen;
	bool open;            /* closing a lesson leads back to it */
	int from;             /* enum view_id: the view that it was opened from */
	size_t lesson;        /* index of the lesson that was open there, or SIZE_MAX */
	int line;             /* and its line at the top of the page */
	bool left;            /* that view is gone: something that was found took its place */
};

void finder_free(struct finder *finder);

#endif
