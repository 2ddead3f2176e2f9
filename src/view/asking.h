/*
 * asking.h - a prediction: asked before a row is carried out, answered by the live run.
 *
 * It opens over the lower right corner of a demo and leaves the timeline
 * readable. What is asked is not shown among the rows still to come. Each run
 * of the demo asks again; the first answer is the one that counts.
 */
#ifndef VIEW_ASKING_H
#define VIEW_ASKING_H

#include "course/predict.h"
#include "course/progress.h"
#include "view/canvas.h"
#include "view/keys.h"
#include "view/player.h"

enum asking_state {
	ASKING_NOTHING, /* there is nothing to ask, it was skipped, or all is said */
	ASKING_LATER,   /* the row is still to come */
	ASKING_NOW,     /* the choices are on the screen */
	ASKING_SEEING,  /* a choice was made; the row is being carried out */
	ASKING_TOLD,    /* what was said and what the kernel said are on the screen */
};

struct asking {
	struct prediction prediction; /* owned; n is 0 when there is none */
	enum asking_state state;
	size_t marked;  /* the choice that Enter takes, or SIZE_MAX: none yet, so that who steps
			 * with Enter does not choose unawares */
	size_t answer;  /* the choice that was made */
	int truth;      /* the one that the run bore out, or -1: none of them */
};

/* Ready for demo number DEMO (its index) of LESSON, or (OFF) for none; P then hides what will
 * be asked. What was in A before is freed. */
void asking_open(struct asking *a, struct player *p, const struct lesson *lesson, size_t demo,
		 bool off);

/* Nothing is asked or hidden any more: the learner has looked at the table. */
void asking_give_up(struct asking *a, struct player *p);

/* A new run of the demo begins: it asks again. */
void asking_again(struct asking *a, struct player *p);

/* The next step is wanted. Returns whether the question has to be answered first: then it is
 * on the screen. */
bool asking_stops(struct asking *a, const struct player *p);

/* Something happened in P. Returns whether the answer is known since: then it is on the screen,
 * and noted in PROGRESS (NULL: nowhere). */
bool asking_happened(struct asking *a, struct player *p, struct progress *progress);

/* Whether it is on the screen, and has the keys. */
bool asking_shows(const struct asking *a);

/* The keys of what is on the screen. */
const struct binding *asking_keys(const struct asking *a);

/* OP, one of those keys, came by INPUT. Returns whether the step may now be carried out. */
bool asking_handle(struct asking *a, struct player *p, enum op op, const struct input *input);

/* The column where it begins, on a screen of COLUMNS. ASCII: it is drawn in ASCII. */
int asking_left(const struct asking *a, const struct player *p, int columns, bool ascii);

/* Draw it in the lower right corner of what is above line BOTTOM. */
void asking_draw(struct canvas *c, const struct asking *a, const struct player *p, int bottom);

void asking_free(struct asking *a);

#endif
