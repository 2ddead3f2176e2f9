/*
 * compare.h - two runs beside each other, row by row, and where they part.
 *
 * Compared is what the learner could see happen: results, errors, what was read,
 * signals, ends, calls that sleep, segments that outcome cells speak of. Not compared
 * is what another run has otherwise in any case: times, process ids, ports, addresses,
 * the numbers of descriptors.
 *
 * Each thing seen is told by one cell: by the outcome cell that speaks of it, else by
 * the cell of the action that brought it about. So a call that returns a moment later in
 * one run than in the other is no difference.
 *
 * Pure: two tables with their events go in, aligned rows come out.
 */
#ifndef TIMELINE_COMPARE_H
#define TIMELINE_COMPARE_H

#include "base/str.h"
#include "timeline/event.h"
#include "timeline/table.h"

enum { RUNS = 2 };

struct compare_run {
	const struct table *table;   /* borrowed */
	const struct events *events; /* borrowed */
	size_t end;                  /* how many of the events count: all, or those of a step */
	bool internet;               /* a wire joins the two */
	bool wired;                  /* and its segments can be seen */
	bool stream;                 /* what joins the two has no boundaries and an end */
	bool ends;                   /* it has an end, with boundaries or without */
};

enum sight_kind {
	SIGHT_NONE,    /* nothing is told here: the cell is empty, or a cell below tells it */
	SIGHT_AHEAD,   /* its row has not been carried out */
	SIGHT_SEEN,    /* saw */
	SIGHT_NOTHING, /* an outcome was waited for, and nothing came */
	SIGHT_UNSEEN,  /* it cannot be seen in this run: there is no wire, or no capture of it */
	SIGHT_UNMADE,  /* the action could not be carried out; saw: why */
};

/* What one run saw in one cell. */
struct sight {
	enum sight_kind kind;
	char *saw;     /* `EPIPE + SIGPIPE`, `= 5`, `blocks`, `Terminated`; owned, or NULL */
	char *same;    /* the same without what need not be equal; owned, or NULL */
	char *wire;    /* `FIN`, `RST`, `RST lost`: what this role's side sent meanwhile that no cell
	                * speaks of; owned, or NULL */
	size_t call;   /* index of the CALL that it is about, or EVENT_NONE */
	size_t result; /* index of that call's RETURN, when this cell tells it, or EVENT_NONE */
};

/* A row of the one table and the row of the other that stands in its place. */
struct compare_row {
	int row[RUNS];                      /* from 1; 0: that table has no such row */
	struct sight sight[RUNS][ROLES];
	bool over;                          /* carried out in both: it counts */
	bool differs[ROLES];
};

struct comparison {
	VEC(struct compare_row) rows;
	size_t first;                       /* index of the first row that differs, or SIZE_MAX */
	enum role first_role;               /* in whose column; A's when both do */
	size_t differences;                 /* cells that differ */
};

/*
 * Compare two runs. Tables that are not the same are aligned: a row that was put in or taken out
 * has no counterpart and is no difference by itself. VARIES says of an action whether the
 * number that its call gives back is only a name for something (a descriptor, a process id)
 * and need not be the same; NULL: none does.
 * Rows that are not over in both do not count yet.
 */
void compare_make(struct comparison *c, const struct compare_run run[RUNS],
		  bool (*varies)(const struct action *));

void comparison_free(struct comparison *c);

/* Append SIGHT, that of CELL, in a few words: `EPIPE + SIGPIPE`, `lives on`, `no signal`, `unseen`;
 * nothing where nothing is told. */
void sight_words(struct str *to, const struct sight *sight, const struct cell *cell);

/* What differs between the two runs by intent. What is said of the first difference
 * depends on it. */
enum change_kind {
	CHANGE_NOTHING, /* the same demo twice, or a recording of it */
	CHANGE_LINK,
	CHANGE_SIGPIPE, /* of `role` */
	CHANGE_MISSES,  /* of `role` */
	CHANGE_UNREAD,  /* what a role leaves unread when it closes */
	CHANGE_TABLE,   /* a cell or a row */
};

struct change {
	enum change_kind kind;
	enum role role;            /* whose, where that is meant; else ROLE_NONE */
	const char *when[RUNS];    /* "over unix", "where A misses FIN,": begins
	                            * what is said of each run */
};

/* Append one or two sentences: where the two part and, where what was seen and what was
 * changed say it, why; or that they are the same so far. Source: the lessons, and the man
 * pages of what they are about. */
void compare_words(struct str *to, const struct comparison *c, const struct compare_run run[RUNS],
		   const struct change *change);

#endif
