/*
 * course.h - what makes a course of single lessons.
 *
 * The lessons have the orders 1, 2, 3 …, and what a lesson comes after is before it. Each says
 * what its reader can say in the end, has demos, a prediction and questions, and uses no call
 * that the text before it has not named.
 */
#ifndef COURSE_COURSE_H
#define COURSE_COURSE_H

#include "lesson/lesson.h"

/* What each lesson has at least, and how long it takes. */
enum {
	COURSE_DEMOS = 3,
	COURSE_PREDICTIONS = 1,   /* that a comment names */
	COURSE_QUESTIONS = 3,
	COURSE_MINUTES_LEAST = 5,
	COURSE_MINUTES_MOST = 15,
};

/*
 * Add to ERRS all that is wrong with the lessons of SHELF, which were read as a whole: each by
 * itself (lesson_check(), predict_check()), and as a course. In the order of the lessons.
 */
void course_check(struct shelf *shelf, struct errs *errs);

/* The calls that the text names before they are used: see introduce.c. Kept from one lesson to
 * the next. */
struct introduced {
	VEC(const struct call *) calls;
};

/* Go through LESSON from its beginning: note each call that its text names, and add to ERRS each
 * that a demo uses before. */
void introduced_check(struct introduced *introduced, const struct lesson *lesson,
		      struct errs *errs);
void introduced_free(struct introduced *introduced);

#endif
