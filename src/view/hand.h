/*
 * hand.h - a demo played by hand: the learner says who moves, and what they do.
 *
 * `A` and `B` let that role take its next action of the table, whatever the rows' order; `e`
 * opens a prompt in each pane, in which calls are typed as in a cell. From the first such move
 * on the demo is a session (lesson/session.h): its rows come about as one goes, nothing is
 * promised, and nothing counts in the learner's progress. `u` takes the newest move back by
 * replaying those before it; `r` is back at the table.
 */
#ifndef VIEW_HAND_H
#define VIEW_HAND_H

#include "lesson/complete.h"
#include "lesson/session.h"
#include "view/canvas.h"
#include "view/entry.h"
#include "view/keys.h"
#include "view/request.h"

struct model;

/* All-zero: the demo is played by its table. */
struct hand {
	struct session session;
	bool typing;                 /* the prompts are open */
	enum role role;              /* whose has the cursor */
	struct entry entry[ROLES];
	struct completions could;    /* at its cursor */
	size_t choice;               /* the completion that is chosen, or SIZE_MAX */
	VEC(char *) typed[ROLES];    /* what was carried out, the newest last; owned */
	size_t recalled[ROLES];      /* how many back from the newest the prompt shows; 0: none */
	enum op later;               /* what was asked for while a row was being carried out: it is
	                              * due when that is over; OP_NONE: nothing */
	char *wrong;                 /* why what was typed is no action, or NULL; owned */
};

/* Whether the lesson has any table, so that there is one to go back to; else all is typed. */
bool hand_has_table(const struct model *m);

/* Whether rows come about by hand now. */
bool hand_is_on(const struct model *m);

/* ROLE takes its next action of the table. */
struct request hand_move(struct model *m, enum role role);

/* The table's next action, whoever's it is; the demo is played by hand. */
struct request hand_next(struct model *m);

/* Take the newest move back. */
struct request hand_undo(struct model *m);

/* Back at the table: the session is over. The player shows nothing until the next run begins. */
void hand_end(struct model *m);

/* The run goes on from ROW, which was looked back at: later moves are forgotten. */
void hand_cut(struct model *m, int row);

/* Whether something is due that was asked for while a row was being carried out, and do it. */
bool hand_due(const struct model *m);
struct request hand_tick(struct model *m);

/* Open the prompts, or close them. */
void hand_type(struct model *m, bool open);

/* The keys while they are open, and what they do. */
const struct binding *hand_keys(void);
struct request hand_handle(struct model *m, enum op op, const struct input *input);

/* Draw the prompt of ROLE in W columns of line Y from X. */
void hand_draw_prompt(struct canvas *c, int x, int y, int w, const struct model *m,
		      enum role role);

/* Whether that is what the learner needs now: something is being typed, or is wrong. */
bool hand_says_more(const struct model *m);

/* Draw in H lines what could be typed, or what moves there are. */
void hand_draw_foot(struct canvas *c, int x, int y, int w, int h, const struct model *m);

/* Free what it owns. */
void hand_free(struct hand *hand);

#endif
