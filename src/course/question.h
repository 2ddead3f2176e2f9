/*
 * question.h - the questions of a lesson: its task lists.
 *
 * A question is a paragraph directly followed by a task list. Each item's first
 * paragraph is an answer, `[x]` marks the right one; what follows it in the item
 * says why.
 */
#ifndef COURSE_QUESTION_H
#define COURSE_QUESTION_H

#include "lesson/lesson.h"

struct answer {
	const struct block *text;    /* the paragraph, never NULL; borrowed, as all here */
	const struct block *why;     /* the first of the blocks that say why, or NULL */
	size_t n_why;
	bool right;
};

struct question {
	int number;                  /* in the lesson, from 1 */
	int line;
	const struct block *stem;    /* the paragraph that asks, or NULL */
	const struct block *list;    /* the task list */
	VEC(struct answer) answers;
};

struct questions {
	VEC(struct question) list;
};

/* Find the questions of LESSON, which must outlive them. */
void questions_find(struct questions *questions, const struct lesson *lesson);

void questions_free(struct questions *questions);

#endif
