/*
 * finder.h - all lessons, cards and demos searched as one types.
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
};

void finder_free(struct finder *finder);

#endif
