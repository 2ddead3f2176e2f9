/*
 * lab.h - a task for the learner: bring about what a table of outcomes says.
 *
 *     <!-- lab: id=see-a-reset link=tcp allow=send,recv,close -->
 *     Make Process A see ECONNRESET.
 *     | Process A | Process B |          the goal: outcomes, in the order in which they must
 *     |---|---|                          occur; actions, where a role plays by the table
 *     | ECONNRESET | |
 *     <!-- hint -->                      text that is shown when it is asked for, one by one
 *     <!-- solution -->                  a table that meets the goal
 *     <!-- wrong -->                     a table that does not, and the text why
 *
 * A lab ends where the next heading, demo directive or lab begins. Its comments stay in the
 * lesson's blocks; its tables become BLOCK_LAB; what is not for the reader's eyes is `aside`.
 */
#ifndef LESSON_LAB_H
#define LESSON_LAB_H

#include "lesson/demo.h"

struct lesson;

/* How long a row waits for a program, unless the directive says otherwise: some take their time
 * to begin. */
#define LAB_PROGRAM_PATIENCE (5 * CLOCK_S)

enum lab_use { LAB_GOAL, LAB_SOLUTION, LAB_WRONG };

/* One table of a lab. */
struct lab_table {
	enum lab_use use;
	size_t lab;               /* index in lesson.labs */
	size_t block;             /* index in lesson.blocks */
	struct demo demo;         /* with the lab's own id, link and set-up */
};

struct lab {
	int line;                 /* of its directive */
	struct demo setup;        /* what the directive says: id, title, link, misses …; no table */
	VEC(const struct call *) allow;  /* empty: all calls */
	VEC(const struct call *) forbid;
	unsigned deeds;           /* what may be done from outside: 1 << enum deed_kind, for each
	                           * that `allow` names */
	bool program[ROLES];      /* the role is a program that the learner brings */
	size_t goal;              /* index in lesson.lab_tables, or SIZE_MAX: there is none */
	VEC(size_t) solutions;    /* likewise */
	VEC(size_t) wrong;
	VEC(size_t) hints;        /* indices in lesson.blocks of the `hint` comments */
	size_t first;             /* blocks of the lesson: the directive … */
	size_t end;               /* … and one past the last that belongs to the lab */
};

/* The lab called ID, or NULL. */
struct lab *lesson_lab(struct lesson *lesson, const char *id);

/* Its goal, or NULL when it has none. */
const struct demo *lab_goal(const struct lesson *lesson, const struct lab *lab);

/* Where the text of hint number I (from 0) begins and ends in the lesson's blocks. */
void lab_hint(const struct lesson *lesson, const struct lab *lab, size_t i, size_t *first,
	      size_t *end);

/* The text before the table at INDEX of lab_tables, since the comment that begins it. */
void lab_why(const struct lesson *lesson, const struct lab *lab, size_t index, size_t *first,
	     size_t *end);

/* Whether the learner plays ROLE: its column has no action and it is no program. */
bool lab_plays(const struct lesson *lesson, const struct lab *lab, enum role role);

/* Why CALL may not be used in it, to stand behind a colon, or NULL when it may; static, to be
 * translated. */
const char *lab_why_not(const struct lab *lab, const struct call *call);

/* The same of an action: a call, or what is done from outside. Of that only what `allow` names
 * may be done; to let time pass is always allowed. */
const char *lab_why_not_do(const struct lab *lab, const struct action *action);

/* What a comment in a lab begins: `hint`, `solution`, `wrong`, or none of them. */
enum lab_part { LAB_PART_NONE, LAB_PART_HINT, LAB_PART_SOLUTION, LAB_PART_WRONG };
enum lab_part lab_part(const char *comment);

/* The part that COMMENT, one word, is or was meant to begin: `Hint`, `soluton`; or NULL. */
const char *lab_part_slip(const char *comment);

/* Read the directive in COMMENT into LAB. Mistakes go to ERRS with FILE and LINE. */
void lab_parse(struct lab *lab, const char *comment, const char *file, int line,
	       struct errs *errs);

/* Whether the inside of a comment is a lab's directive. */
bool lab_is(const char *comment);

/* Free what it owns. */
void lab_free(struct lab *lab);

#endif
