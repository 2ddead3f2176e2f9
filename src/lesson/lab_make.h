/*
 * lab_make.h - from a `lab:` comment and what follows it to a lab. Private to the lesson module.
 */
#ifndef LESSON_LAB_MAKE_H
#define LESSON_LAB_MAKE_H

#include "lesson/lesson.h"

/* Find the labs of LESSON and take their tables, before demo_make_all() would. */
void lab_make_all(struct lesson *lesson, struct errs *errs);

/* Note where in the lesson's blocks the parts of its labs stand, after demo_make_all(), which
 * takes the directives of demos out. */
void lab_place_all(struct lesson *lesson);

#endif
