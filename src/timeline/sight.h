/*
 * sight.h - what one run saw, cell by cell. Private to the timeline module; others
 * compare two runs (compare.h).
 */
#ifndef TIMELINE_SIGHT_H
#define TIMELINE_SIGHT_H

#include "timeline/compare.h"

struct sights {
	struct sight *at;    /* row N's of ROLE is at[(N - 1) * ROLES + ROLE]; owned */
	size_t rows;
	int over;            /* the last row that is over; 0: none */
	bool done;           /* the run has come to its end */
	/* What each role's side put on the wire that other rows do not tell: SEGMENT_FIN and
	 * SEGMENT_RST, those that were lost shifted by SIGHT_LOST. */
	unsigned flags[ROLES];
	int flag_row[ROLES]; /* where the first of them was seen; 0: none was */
};

enum { SIGHT_LOST = 8 };

/* All that RUN saw as of its end. VARIES is compare_make()'s. */
void sights_make(struct sights *s, const struct compare_run *run,
		 bool (*varies)(const struct action *));

/* The sight of ROLE in ROW (from 1). */
struct sight *sight_at(const struct sights *s, int row, enum role role);

void sight_clear(struct sight *sight);
void sights_free(struct sights *s);

#endif
