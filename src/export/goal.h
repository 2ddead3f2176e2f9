/*
 * goal.h - what a program did of a lab's goal, for people: as a table and in words.
 */
#ifndef EXPORT_GOAL_H
#define EXPORT_GOAL_H

#include "export/export.h"
#include "timeline/score.h"

struct goal_run {
	struct run run;              /* the goal, as it was run */
	enum role program;           /* whose column the program plays */
	const struct score *score;   /* of that run; borrowed */
	bool ascii;                  /* marks in ASCII */
	size_t columns;              /* of the terminal that it is for; 0: as wide as it gets */
};

/* Append the goal's table, its cells as they are; the last column says of each row whether it
 * holds (✓, ✗, or · for one that was not reached) and what was seen. */
void export_goal(struct str *to, const struct goal_run *g);

/* The same for a terminal, which has no room for the table: its rows with an outcome, a line
 * each. */
void export_goal_list(struct str *to, const struct goal_run *g);

/* Append TEXT, cut where it is wider than COLUMNS (0: nothing is too wide). */
void goal_fit(struct str *to, const char *text, size_t columns);

/* Append TEXT, a paragraph, in lines of at most COLUMNS where its words allow that (0: in one). */
void goal_fold(struct str *to, const char *text, size_t columns);

/* Append what the first row that does not hold wanted, what was seen instead, and the program's
 * last calls until then; nothing when all hold. */
void export_goal_why(struct str *to, const struct goal_run *g);

/* Append the last lines that the program printed, those of its standard error marked; nothing
 * when there are none. */
void export_goal_output(struct str *to, const struct goal_run *g);

/* The mark of a row. */
const char *goal_mark(enum verdict verdict, bool ascii);

/* What a run came to, row by row, kept to be compared with the next. */
struct goal_state {
	enum verdict verdict;
	char *seen;                  /* instead of what the row wants; NULL: it holds, or was not
	                              * reached; owned */
};
struct goal_states {
	VEC(struct goal_state) list; /* one for each row of the score */
};
void goal_states_take(struct goal_states *states, const struct goal_run *g);
void goal_states_free(struct goal_states *states);

/* Append the rows that are not as they were in BEFORE, as a table; nothing when all are. Returns
 * how many there are. */
size_t export_goal_changes(struct str *to, const struct goal_run *g,
			   const struct goal_states *before, const struct goal_states *now);

#endif
