/*
 * check.h - what can be seen to be wrong in a lesson without running it.
 *
 * The parser has found what is misspelt; this finds what is spelt well and makes no
 * sense: a name that nothing defines, an outcome that its call can never have, an id
 * that is there twice, a link to a lesson that does not exist.
 */
#ifndef LESSON_CHECK_H
#define LESSON_CHECK_H

#include "lesson/lesson.h"

/*
 * Add to ERRS all that is wrong with LESSON, each with its line, and what would be
 * right. SHELF holds the lessons that `after` and links may name; NULL: these are not
 * looked at, nor are demos of other lessons.
 */
void lesson_check(const struct lesson *lesson, struct shelf *shelf, struct errs *errs);

/* The part of it that looks at one demo of FILE. */
void demo_check(const struct demo *demo, const char *file, struct errs *errs);

/* The part of it that looks at one lab. What its tables bring about is seen only when they are
 * played. */
void lab_check(const struct lesson *lesson, const struct lab *lab, struct errs *errs);

#endif
