/*
 * rung.h - one row of the drawn timeline: what stands in its cells.
 */
#ifndef VIEW_RUNG_H
#define VIEW_RUNG_H

#include "view/flow.h"
#include "view/player.h"

/* Columns of the drawn timeline. */
struct ladder_columns {
	int x;               /* of the frame's inside */
	int start;           /* width of the time since the run began, 0: there is no room for it */
	int time;            /* width of the mark and all times */
	int cell[ROLES];     /* widths of A's and B's columns, the mark included */
	int wire;            /* 0: no wire */
};

enum { RUNG_GAP = 3 }; /* columns of " │ " */

struct rung {
	struct lines cell[ROLES];
	const char *mark[ROLES];     /* ✓ or ✗ in the cell's first line, or NULL */
	enum style mark_style[ROLES];
	bool right[ROLES];           /* the cell's text is set at its right end */
	struct str wire;             /* the arrow, or empty */
	struct str start;            /* when, since the run began */
	struct str time;             /* and since the step */
	struct lines across;         /* text over all columns instead of cells */
	bool newest;                 /* the row that the step shown began with */
	enum style style;            /* of the arrow */
	int height;                  /* lines, at least 1 */
};

/* Rungs of P: those of its timeline, then the rows still to come. An opened set-up has one
 * for each call. Rows that hold nothing are rungs of height 0. */
size_t rung_count(const struct player *p);

/* Whether rung I is of the set-up. */
bool rung_is_setup(const struct player *p, size_t i);

/* Make rung I. The caller frees it with rung_free(). */
void rung_make(struct rung *rung, const struct player *p, size_t i,
	       const struct ladder_columns *columns, bool ascii);

/* The rung of the row that the step shown began with; 0 before the first step. */
size_t rung_newest(const struct player *p);

/* The last rung of what has happened. */
size_t rung_last(const struct player *p);

void rung_free(struct rung *rung);

/*
 * Words that all timelines share.
 */

/* A time in at most 8 columns: `+212 µs`, `2m07s`. */
void rung_time(struct str *to, const char *sign, int64_t ns);

/* `= 5`, `= -1 EPIPE`. */
void rung_result_words(struct str *to, const struct event *ret);

/* `SIGPIPE`, `killed by SIGPIPE`, what the director did, what cannot be. */
void rung_event_words(struct str *to, const struct event *e);

#endif
