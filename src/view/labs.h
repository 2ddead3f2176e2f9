/*
 * labs.h - a lab being played: the goal, how far it is met, hints, and the solution.
 *
 * A lab is a session (hand.h) that begins with an empty table. Whatever is done, the events are
 * matched against the goal (timeline/goal.h); no call is asked for literally.
 */
#ifndef VIEW_LABS_H
#define VIEW_LABS_H

#include "lesson/lab.h"
#include "timeline/goal.h"
#include "view/canvas.h"
#include "view/keys.h"
#include "view/request.h"

struct model;

/* All-zero: no lab is played. */
struct labs {
	const struct lesson *lesson; /* borrowed, as the lab */
	const struct lab *lab;
	struct goal goal;            /* of this run, so far */
	size_t hints;                /* how many are shown */
	bool solved;                 /* the solution is shown */
	bool met;                    /* in this visit, once */
};

/* Play lab number INDEX of the reader's lesson; the player is made ready for it. */
void model_open_lab(struct model *m, size_t index);

/* Whether a lab is played. */
bool labs_is_on(const struct model *m);

/* Something happened in its run. Noted in the learner's progress when the goal is met. */
void labs_happened(struct model *m);

/* Show the next hint, after the last one the solution; the task is on the screen then. */
void labs_hint(struct model *m);

/* Draw in H lines what is to be done next: the first row of the goal that is not met, and what
 * was seen instead. */
void labs_draw_foot(struct canvas *c, int x, int y, int w, int h, const struct model *m);

/* The keys of a lab while nothing is typed. */
const struct binding *labs_keys(void);

/* Append `lab 1 of 2 · A reset` for the header. */
void labs_title(struct str *to, const struct model *m);

void labs_free(struct labs *labs);

#endif
