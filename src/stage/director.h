/*
 * director.h - carries a table out, row by row.
 *
 * A state machine that never waits by itself: the stage's loop calls
 * director_tick() whenever something happened or its deadline came, and the
 * director goes as far as it can. One row is one step. Its cells begin
 * together, A's action first; it ends when every action has returned, sleeps
 * or has ended its process, and every outcome is decided.
 *
 * Holding: a role whose call has returned is held at the exit of that call, and
 * one that a signal is about to reach is held before it, as long as the next
 * cell in its column is an outcome; that outcome's row lets it go one stop
 * further each time it needs to know more. So `EPIPE + SIGPIPE` and `Terminated`
 * are two steps of one process that lives in between.
 *
 * A program is started with row 1 and never held. A row with an outcome of it waits for that;
 * the first outcome of any role that does not come about ends a run with a program, and so does
 * the last row.
 */
#ifndef STAGE_DIRECTOR_H
#define STAGE_DIRECTOR_H

#include "stage/orders.h"
#include "stage/scene.h"
#include "timeline/conduct.h"

enum phase {
	PHASE_SETUP,  /* row 0: the link's own calls */
	PHASE_IDLE,   /* between rows */
	PHASE_ROW,
	PHASE_CODA,   /* after the last row: both roles come to rest */
	PHASE_DONE,
};

struct director {
	struct scene *scene;
	const struct demo *demo;
	enum phase phase;
	size_t setup;            /* rows of the prologue done */
	int row;                 /* the newest row that began, from 1 */
	int target;              /* go on until this row is over */
	int given;               /* rows of the demo's table that are in force: all, or those that
	                          * had begun when the learner took over */
	struct table moves;      /* what the learner wanted since: the rows after those */
	int64_t deadline;        /* of the row, or of its `wait`; monotonic */
	int64_t ticked;          /* when the newest tick began: what was due by then is decided */
	int64_t enough;          /* after the last row: programs that have not ended by then are
	                          * asked to */
	bool begun[ROLES];       /* the cell's action was started */
	bool over[ROLES];        /* the cell is decided */
	bool unmade[ROLES];      /* the row's call could not be made: it had ended */
	int64_t wait_until[ROLES]; /* of a `wait` cell */
	bool failed;             /* the row cannot be carried out; why was told */
	struct str why;
	struct orders orders;    /* what is done by hand */
	struct conduct conduct[ROLES]; /* what a program did, as far as rows spoke of it */
	bool alone;              /* a program could not be started: no row is of use */
	size_t from[ROLES];      /* its events before this one belong to rows that are over */
};

/* A new run: new processes, then the set-up. */
void director_begin(struct director *d);

/* Carry out rows up to ROW. Ignored while one is going on. */
void director_step_to(struct director *d, int row);

/* Add a row with TEXT, an action as in a cell, in the column of ROLE, and carry it out after all
 * that is asked for already. With the first one the rest of the demo's table is put aside. One
 * that cannot be read is told as refused. */
void director_move(struct director *d, enum role role, const char *text);

/* The learner wants something done by hand. */
void director_order(struct director *d, const struct stage_deed *deed);

/* Free what it owns but the scene. */
void director_free(struct director *d);

/* Go as far as possible. */
void director_tick(struct director *d);

/* When to tick at the latest (monotonic ns), or INT64_MAX. */
int64_t director_deadline(const struct director *d);

#endif
