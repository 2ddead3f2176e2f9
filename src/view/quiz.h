/*
 * quiz.h - a question of a lesson being answered: right or wrong, and why.
 *
 * The reason for an answer is told once it has been chosen, in a box that
 * leaves the question readable; one tries again until the answer is right.
 */
#ifndef VIEW_QUIZ_H
#define VIEW_QUIZ_H

#include "course/progress.h"
#include "view/canvas.h"
#include "view/keys.h"
#include "view/markdown.h"

/* What was chosen of a question since the lesson was opened. */
struct tries {
	unsigned tried;     /* bit I: answer I */
	bool right;         /* the right one was among them, now or on another day */
};

struct quiz {
	const struct lesson *lesson; /* borrowed */
	VEC(struct tries) tries;     /* one for each question */
	int question;                /* whose answer's reason is told, its index, or -1 */
	int answer;
};

/* Ready for LESSON with N questions; what PROGRESS (may be NULL) knows is answered. */
void quiz_open(struct quiz *quiz, const struct lesson *lesson, size_t n,
	       const struct progress *progress);

/* Choose ANSWER of QUESTION, both from LAYOUT's: its reason is then told. Noted in PROGRESS
 * (NULL: nowhere). */
void quiz_choose(struct quiz *quiz, const struct layout *layout, int question, int answer,
		 struct progress *progress);

/* Whether a reason is told, and has the keys; they go with quiz_close(). */
bool quiz_tells(const struct quiz *quiz);
const struct binding *quiz_keys(void);
void quiz_close(struct quiz *quiz);

/* Whether QUESTION of the layout has been answered right. */
bool quiz_right(const struct quiz *quiz, int question);

/* Over LINE of LAYOUT, drawn from X, Y: fill its box, and put ✓ beside a question that was
 * answered right. */
void quiz_mark(struct canvas *c, const struct quiz *quiz, const struct layout *layout, size_t line,
	       int x, int y);

/* Draw the reason, W columns wide, from X. The question takes the lines FROM to END (one past
 * the last); the box stands below it or, where there is more room, above, in lines TOP to
 * BOTTOM (one past the last). */
struct quiz_place {
	int x, w, from, end, top, bottom;
};
void quiz_draw(struct canvas *c, const struct quiz *quiz, const struct layout *layout,
	       const struct quiz_place *place);

void quiz_free(struct quiz *quiz);

#endif
