/*
 * home.h - what the list of lessons knows of the learner's progress.
 */
#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "course/progress.h"

/* What is to be forgotten, once the learner has said yes. */
enum home_asks { HOME_ASKS_NOTHING, HOME_ASKS_ONE, HOME_ASKS_ALL };

struct home {
	size_t chosen;              /* index in the shelf */
	enum home_asks asks;
	bool counted;               /* the tallies are those of now */
	VEC(struct tally) tallies;  /* one for each lesson of the shelf */
	size_t left;                /* the lesson where the learner left off, or SIZE_MAX */
	size_t page;                /* its page, from 1, for `columns` and `rows` */
	int columns;
	int rows;
};

struct model;

/* Count what PROGRESS knows, unless it is counted, and find the page where the learner left off.
 * When the chosen lesson turns out to be done, the next that is not is chosen. */
void home_count(struct model *m);

/* Choose the lesson where the learner left off. */
void home_resume(struct model *m);

void home_free(struct home *home);

#endif
