/*
 * app.h - the controller: model, screen, loop and stage brought together.
 */
#ifndef TERM_APP_H
#define TERM_APP_H

#include "term/guard.h"
#include "term/term.h"

#include <stddef.h>

/* What to show first. */
struct app_start {
	size_t lesson;   /* index in the shelf, or SIZE_MAX: the list of lessons */
	size_t demo;     /* index in the lesson, or SIZE_MAX: its text */
	size_t lab;      /* likewise, of a lab */
};

/* Run the tutorial in this process until the learner leaves, or a signal ends it. Returns the
 * exit status; *END_SIGNAL is the signal that ended it, or 0. */
int app_run(const struct term_options *options, const struct app_start *start,
	    struct guard *guard, int *end_signal);

#endif
