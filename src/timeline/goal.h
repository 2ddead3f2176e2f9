/*
 * goal.h - whether a run has brought about what a lab wants, whatever calls led there.
 *
 * A goal is a table of outcomes. It is met by every run in which they occur in its order;
 * other things may occur in between. The outcomes of one row may occur in either order.
 *
 * Pure: a table and an event list go in, where each outcome occurred comes out.
 */
#ifndef TIMELINE_GOAL_H
#define TIMELINE_GOAL_H

#include "timeline/event.h"
#include "timeline/table.h"

struct goal_row {
	int row;                 /* of the table, from 1 */
	size_t at[ROLES];        /* index of the event with which the role's outcome occurred, or
	                          * EVENT_NONE: not yet, or that cell is none */
	bool met;                /* all of its outcomes occurred, and those of the rows before */
};

struct goal {
	VEC(struct goal_row) rows; /* those that hold an outcome */
	size_t met;                /* how many of them, from the first on */
	enum verdict verdict;      /* HOLDS: all; UNSEEN: this machine cannot show what the first
	                            * that is not met wants; else PENDING */
};

/* Look how far the goal of TABLE is met by EVENTS, those of the set-up apart. GOAL is all-zero
 * or of an earlier look; the caller frees it. */
void goal_look(struct goal *goal, const struct table *table, const struct events *events);

void goal_free(struct goal *goal);

#endif
