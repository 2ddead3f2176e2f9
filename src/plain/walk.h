/*
 * walk.h - the parts of the plain tutorial: a lesson read from top to bottom, a demo, a question.
 */
#ifndef PLAIN_WALK_H
#define PLAIN_WALK_H

#include "course/card.h"
#include "course/question.h"
#include "plain/dialog.h"
#include "plain/plain.h"

struct plain {
	const struct plain_options *options;
	struct dialog dialog;
	struct cards cards;
	const struct lesson *read; /* the one that was read to its end last; borrowed */
	char *command;      /* that was run last in a lab; owned */
	bool complained;    /* that the progress cannot be kept was said */
};

/* Read LESSON from the file's LINE on (0: its beginning), section by section. */
void walk_lesson(struct plain *p, struct lesson *lesson, int line);

/* Carry out demo number INDEX, a row at a time. */
void walk_demo(struct plain *p, struct lesson *lesson, size_t index);

/* Print the goal of lab number INDEX, and play it when the reader wants to. */
void walk_lab(struct plain *p, struct lesson *lesson, size_t index);

/* Let the reader type what A and B do in demo number INDEX, which has no rows. */
void walk_by_hand(struct plain *p, struct lesson *lesson, size_t index);

/* Let a program of the reader's play lab number INDEX. */
void walk_program(struct plain *p, struct lesson *lesson, size_t index);

/* Print the rows of a table one by one, and what is to be seen in each. */
void walk_goal(const struct demo *demo);

/* The next hint of LAB; after the last one its solutions. *HINTS: how many were given; *SOLVED: and
 * the solutions. */
void walk_hint(const struct lesson *lesson, const struct lab *lab, size_t *hints, bool *solved);

/* Ask a question of LESSON until it is answered right or skipped. */
void walk_question(struct plain *p, struct lesson *lesson, const struct question *question);

/* Print one block of LESSON as text. */
void walk_block(const struct lesson *lesson, const struct block *block);

/* Print a table without columns: a line for each cell, after the heading of its column, so that
 * it can be listened to. */
void walk_table(const struct block *table);

/* Write the progress; what goes wrong is said. */
void walk_save(struct plain *p);

#endif
