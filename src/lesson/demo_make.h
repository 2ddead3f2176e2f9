/*
 * demo_make.h - from a table with the columns Process A and Process B to a demo.
 * Private to the lesson module.
 */
#ifndef LESSON_DEMO_MAKE_H
#define LESSON_DEMO_MAKE_H

#include "lesson/lesson.h"

/* Whether BLOCK is a table with both columns. */
bool demo_is_table(const struct block *block);

/* Fill in DEMO's table, the labels of its roles and its notes from the table BLOCK, which has
 * both columns; its notes move. */
void demo_fill(struct demo *demo, struct lesson *lesson, struct block *block, struct errs *errs);

/*
 * Turn all such tables of LESSON into demos, with the directives before them.
 * lesson->title must be set: demos above the first heading are called so.
 */
void demo_make_all(struct lesson *lesson, struct errs *errs);

#endif
