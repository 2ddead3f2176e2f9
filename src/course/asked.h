/*
 * asked.h - which outcome of a table can be asked about, and how much it surprises.
 */
#ifndef COURSE_ASKED_H
#define COURSE_ASKED_H

#include "lesson/action.h"
#include "lesson/lesson.h"

/* An outcome cell, and the call that it speaks of. All borrowed from the demo. */
struct asked {
	const struct demo *demo;
	enum role role;
	int row;                        /* of the outcome, from 1 */
	int call_row;                   /* of the call */
	int after;                      /* the newest row above with an outcome of the same call, or 0 */
	const struct action *action;    /* the call, or NULL when a director's deed is meant */
	const struct outcome *truth;    /* as the table says */
};

/* What the outcome cell of ROLE in ROW is about. False when there is none, or none that one could
 * guess: outcomes of the wire, and of calls that the table does not show. */
bool asked_find(struct asked *asked, const struct demo *demo, enum role role, int row);

/* The same for ROW: of two outcomes the one that surprises more. */
bool asked_find_in_row(struct asked *asked, const struct demo *demo, int row);

/* How much it surprises, to compare with others of the demo; 0: not at all. */
int asked_surprise(const struct asked *asked);

/* Whether it speaks of the process (`Terminated`), not of the call's result. */
bool asked_is_fate(const struct outcome *outcome);

#endif
