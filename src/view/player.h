/*
 * player.h - a demo being played: what was recorded, and which part of it is looked at.
 *
 * The learner's side of a run. Events come in from the stage; keys move either
 * the run (step) or the look at it (back, forward: scrubbing). Nothing here
 * talks to a stage: player_step() and the like say what the stage is to be told.
 *
 * Steps are the rows of the table that hold something; an empty row, which a
 * table may have for its looks, is not one.
 */
#ifndef VIEW_PLAYER_H
#define VIEW_PLAYER_H

#include "course/predict.h"
#include "lesson/lesson.h"
#include "timeline/timeline.h"
#include "view/request.h"

/* What was done by hand, and when: row 0 is the set-up. */
struct by_hand {
	int row;
	bool during;      /* while the row went on; else when it was over */
	enum role role;
	const char *text; /* in the notation; borrowed: a constant */
};

struct player {
	const struct lesson *lesson; /* borrowed */
	const struct demo *demo;     /* borrowed, unchanged while it is played */
	struct events events;        /* all of this run */
	struct timeline live;        /* of all events */
	struct timeline past;        /* as of the end of `looking` */
	int looking;                 /* the row looked back at, or -1: not looking back */
	int asked;                   /* the last row that the stage was told to carry out */
	int finished;                /* the last row that is over; 0 is the set-up; -1: not even that */
	bool restarting;             /* told to start anew: what comes before BEGIN is of the old run */
	bool done;                   /* EVENT_DONE came */
	bool queued;                 /* a step was asked for while a row was being carried out */
	bool automatic;
	int64_t automatic_at;        /* when the next step is due by itself */
	int64_t began;               /* CLOCK_MONOTONIC at EVENT_BEGIN */
	const char *program[ROLES];  /* the command line of the program that plays the role; borrowed;
	                              * NULL: a script does, or nobody yet */
	unsigned tasks[ROLES];       /* how many threads and processes it has had so far */
	bool recorded;               /* a recording: nothing moves by itself, nothing is carried out */
	struct settings own;         /* of this machine, where the demo changes some */
	bool real_time;              /* and where it does not, so that all takes as long as here */
	VEC(struct by_hand) deeds;   /* in their order; a replay does them again */
	bool setup_open;
	bool true_time;              /* the timeline is drawn so that distance is time */
	int scroll;                  /* lines scrolled up from the newest */
	const struct prediction *hidden; /* its outcome is not shown among the rows to come;
	                              * borrowed, or NULL */
	char *trouble;               /* why there is no stage: a sentence; owned, or NULL */
};

/* Ready for DEMO of LESSON; both are borrowed until player_free(). */
void player_start(struct player *p, const struct lesson *lesson, const struct demo *demo);

/* ROLE is played by a program, by its command line LINE (borrowed). To be called before the run
 * begins: its timeline has the rows of the table and no others; segments are on the wire, signals and
 * ends in the panes. */
void player_program(struct player *p, enum role role, const char *line);

/* Whether what the demo's settings would shorten takes its real time. To be called before the run
 * begins. */
void player_real_time(struct player *p, bool real_time);

/* Ready for a recording of it: EVENTS, which are copied. Its end is looked at. */
void player_recall(struct player *p, const struct lesson *lesson, const struct demo *demo,
		   const struct events *events);

/* Take in EVENT, whose text the player owns from then on. NOW: clock_now(). */
void player_event(struct player *p, struct event event, int64_t now);

/* The stage is gone, or could not be made: WHY is copied. */
void player_gone(struct player *p, const char *why);

/* Step: carry out the next row; while looking back, replay up to the row looked at and one
 * more. NONE at the end, and while a row is being carried out: then the step (one, however
 * often it is asked for) is due when that is over. */
struct request player_step(struct player *p);

/* One step back or forward in what was recorded. Returns whether anything changed. */
bool player_back(struct player *p);
bool player_forward(struct player *p);

/* Look at what was recorded as of the end of ROW; all of it when that is the last that has begun. */
void player_look(struct player *p, int row);

/* Whether a row, or the set-up, is being carried out. */
bool player_busy(const struct player *p);

/* Carry out the rows up to ROW, also while the set-up is still going on; NONE when they have been
 * asked for. */
struct request player_step_to(struct player *p, int row);

/* Play DEMO from here on, whose rows up to the newest that has begun are the same. Borrowed. */
void player_switch(struct player *p, const struct demo *demo);

/* Its table has got a row, which the stage is told to carry out. */
void player_added(struct player *p);

/* Show nothing until the next run begins. */
void player_forget(struct player *p);

/* A new run up to ROW. */
struct request player_replay(struct player *p, int row);

/* Start anew, without what was done by hand. */
struct request player_restart(struct player *p);

/* Whether something can be done by hand now. */
bool player_may_do(const struct player *p);

/*
 * Do TEXT, a constant, by hand to ROLE: now; or, while looking back, in a replay up to the row
 * that is looked at, which then is the present. What was done by hand after that row has then
 * not been done.
 */
struct request player_do(struct player *p, enum role role, const char *text);

/* Whether something was done by hand up to ROW, so that what the table says of that row, and of
 * those after it, need not come true. */
bool player_meddled(const struct player *p, int row);

/* Begin or end to step by itself. */
void player_automatic(struct player *p, bool on, int64_t now);

/* How long, in ns, until something moves by itself: 0 is now, -1 never. NOW: clock_now(). */
int64_t player_due(const struct player *p, int64_t now);

/* To be called when player_due() has passed: the step that is due by itself, or NONE. */
struct request player_tick(struct player *p, int64_t now);

/* The timeline to draw, and how many events it is made of. */
const struct timeline *player_timeline(const struct player *p);
size_t player_end(const struct player *p);

/* The row whose step is shown: 0 before the first, -1 before the set-up is over. */
int player_row(const struct player *p);

/* The row's number among the steps, and their number. */
int player_step_number(const struct player *p, int row);
int player_steps(const struct player *p);

/* The row that the step after ROW ends with, or 0: none (demo_next_step()). */
int player_next_row(const struct player *p, int row);

/* Whether the cell of ROLE in ROW, which is still to come, would give away what is hidden. */
bool player_hides(const struct player *p, enum role role, int row);

/* What ROLE's newest call is blocked in, as of END events: the index of its CALL, or
 * EVENT_NONE. Of a program: the one of its threads and processes that was the last to fall
 * asleep. */
size_t player_blocked(const struct player *p, enum role role, size_t end);

void player_free(struct player *p);

#endif
