/*
 * score.h - how far a program came in a lab: which rows of the goal hold.
 *
 * The goal is the table that was run. The verdicts of its outcomes are events like all others;
 * here they are read off, a row at a time. Rows without an outcome are no part of the goal.
 *
 * Pure: a table and an event list go in.
 */
#ifndef TIMELINE_SCORE_H
#define TIMELINE_SCORE_H

#include "timeline/event.h"
#include "timeline/table.h"

struct score_row {
	int row;              /* of the table, from 1 */
	enum verdict verdict; /* HOLDS: all of its outcomes; DIFFERS, UNSEEN: one of them; PENDING:
	                       * not all were decided, the run was over before */
	enum role role;       /* whose outcome it was that does not hold, or is not decided */
	size_t event;         /* the verdict that says so, or EVENT_NONE */
};

struct score {
	VEC(struct score_row) rows;
	size_t held;          /* how many hold */
	size_t first;         /* index of the first that does not; rows.n: all hold */
	enum verdict verdict; /* of the whole: HOLDS; UNSEEN: nothing differs, but not all could be
	                       * seen on this machine; else DIFFERS */
	const char *trouble;  /* why a row could not be carried out, borrowed from its event; or NULL */
	int trouble_row;
};

/* Read off what EVENTS say of TABLE. SCORE is all-zero or of an earlier look; the caller frees
 * it. */
void score_look(struct score *score, const struct table *table, const struct events *events);

void score_free(struct score *score);

#endif
