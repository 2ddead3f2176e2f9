/*
 * print.h - the parts of the lesson printer. Private to the lesson module; others call
 * lesson_print() and demo_print() of lesson/lesson.h.
 */
#ifndef LESSON_PRINT_H
#define LESSON_PRINT_H

#include "lesson/lesson.h"

/* Append the table of DEMO alone, columns in line; SEEN as for demo_print(). */
void demo_print_table(struct str *to, const struct demo *demo, const struct seen_row *seen);

#endif
