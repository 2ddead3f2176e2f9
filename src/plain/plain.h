/*
 * plain.h - the whole tutorial as appended lines and numbered choices.
 *
 * For screen readers, pipes, and terminals that can do no better: no boxes, no
 * colours, nothing is ever drawn over. Answers are lines of standard input, and
 * its end leaves. It shows the same lessons, runs the same demos, asks the same
 * predictions and questions and keeps the same progress as the screen.
 */
#ifndef PLAIN_PLAIN_H
#define PLAIN_PLAIN_H

#include "course/progress.h"
#include "lesson/lesson.h"

#include <stdbool.h>

struct plain_options {
	struct shelf *shelf;        /* borrowed */
	struct progress *progress;  /* borrowed; saved after everything that is done */
	const char *lang;           /* code of the language, for the cards */
	const char *lesson;         /* id to open, or NULL: the list of lessons */
	const char *demo;           /* id of its demo to begin with, or NULL */
	bool by_hand;               /* `demo` has no rows: the reader types them; that is all */
	const char *const *program; /* what plays in the lab `demo`: its words, NULL ends them; NULL:
				     * it is asked for */
	bool no_predictions;        /* do not ask before a row that surprises */
	bool ascii;                 /* no other characters where ASCII has something like them */
	bool only_ascii;            /* none at all */
	bool real_time;             /* what a demo's settings would shorten takes its time */
};

/* Run until the reader leaves or the input ends. Returns the exit status: 0; 2 when there is no
 * such lesson or demo, or what is said cannot be printed. */
int plain_tutorial(const struct plain_options *options);

#endif
