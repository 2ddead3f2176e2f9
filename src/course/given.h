/*
 * given.h - what a lesson says itself: `<!-- predict: row=6 choices="EOF; ECONNRESET" -->`.
 */
#ifndef COURSE_GIVEN_H
#define COURSE_GIVEN_H

#include "course/tempt.h"
#include "lesson/lesson.h"

enum { CHOICES_FEWEST = 3, CHOICES_MOST = 4 };

/* The comment that belongs to DEMO (index), or NULL. Borrowed. */
const struct block *given_comment(const struct lesson *lesson, size_t demo);

/*
 * Read COMMENT of LESSON, which belongs to DEMO: the outcome that is asked, and the choices that
 * were given (none: they are to be derived). False when something is wrong, which is added to
 * ERRS (may be NULL); CHOICES is then empty.
 */
bool given_read(struct asked *asked, struct outcomes *choices, const struct lesson *lesson,
		size_t demo, const struct block *comment, struct errs *errs);

/* Add to ERRS each comment that no demo follows. */
void given_check_places(const struct lesson *lesson, struct errs *errs);

#endif
