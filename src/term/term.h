/*
 * term.h - the tutorial on a terminal.
 */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include "lesson/lesson.h"

struct term_options {
	struct shelf *shelf;   /* borrowed; its demos stay unchanged while the tutorial runs */
	const char *lang;      /* the code of the cards' language (course/card.h) */
	const char *lesson;    /* id of the lesson to open, one of the shelf; NULL: the list of lessons */
	const char *demo;      /* id of its demo or lab to open; NULL: the text */
	bool ascii;            /* draw lines, arrows and marks with ASCII */
	bool only_ascii;       /* the terminal takes nothing but ASCII */
	bool no_mouse;         /* leave the mouse to the terminal */
	bool no_color;         /* no colours, also without NO_COLOR */
	bool by_hand;          /* open `demo` with its prompts; leaving it ends the tutorial */
	const char *const *program; /* what plays in the lab `demo`, at once: its words, NULL ends
				* them; NULL: it is asked for. Leaving the lab ends the tutorial */
	bool present;          /* show `lesson` as slides */
	bool no_predictions;   /* demos do not ask what will happen before it does */
	bool real_time;        /* what a demo's settings would shorten takes its time */
};

/*
 * Run the tutorial until the learner leaves. Returns the exit status: 0, or 2 with a
 * sentence on standard error when there is no terminal or it cannot be used. When the tutorial ends by a signal (its own, or SIGTERM and
 * the like), restores the terminal and ends this process by the same signal.
 *
 * Forks: the caller becomes the guard (term/guard.h), the child draws.
 */
int term_tutorial(const struct term_options *options);

#endif
