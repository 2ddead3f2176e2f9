/*
 * translation.h - whether a lesson says in another language what its original says.
 *
 * Only words differ: titles, notes, labels and prose. The place in the course, the demos and labs
 * with their set-up, actions and outcomes, the comments that set something up, and the right
 * answers are the same, so that a learner may change the language at any page.
 */
#ifndef COURSE_TRANSLATION_H
#define COURSE_TRANSLATION_H

#include "lesson/lesson.h"

/* Add to ERRS all in which LESSON is no translation of ORIGINAL, each with its line in LESSON and
 * what would be right. Both were read as a whole. */
void translation_check(const struct lesson *lesson, const struct lesson *original,
		       struct errs *errs);

/* Check all translations of the lessons of ORIGINALS, which were read as a whole: the folders of
 * its directory. Each by itself, too; one without an original only so. */
void translations_check(struct shelf *originals, struct errs *errs);

#endif
