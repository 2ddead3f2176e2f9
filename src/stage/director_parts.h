/*
 * director_parts.h - what the parts of the director know of each other: the rows one after the
 * other (director.c), the cells of one (director_cell.c), and what is wanted of programs
 * (director_program.c). Private to them.
 */
#ifndef STAGE_DIRECTOR_PARTS_H
#define STAGE_DIRECTOR_PARTS_H

#include "stage/director.h"

/*
 * director.c
 */

/* The last row of those that are in force, from 1; 0: there is none. */
int director_last_row(const struct director *d);

/* Row ROW, from 1; NULL: there is no such row. */
const struct table_row *director_row_at(const struct director *d, int row);

/*
 * director_cell.c
 */

/* Whether the role's process is gone, or was never there. */
bool director_ended(const struct director *d, enum role role);

/* Whether it is held after a call, or before a signal. */
bool director_held(const struct director *d, enum role role);

/* The row, or the set-up, cannot be carried out; only the first reason is kept. */
void director_fail(struct director *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The call that the role has begun, for a sentence; never NULL. */
const char *director_pending_call(const struct director *d, enum role role);

/* A row begins: its cells are neither begun nor over, and its patience starts. */
void director_begin_cells(struct director *d);

/* Take the cells of ROW as far as they go now. */
void director_run_cells(struct director *d, const struct table_row *row);

/* The role's cell is decided: tell J, its verdict. */
void director_decide(struct director *d, enum role role, const struct outcome *outcome,
		     struct judgement j);

/*
 * director_program.c
 */

/* Whether a program plays a role. */
bool director_has_program(const struct director *d);

/* Start those that play one. */
void director_start_programs(struct director *d);

/* Decide OUTCOME, said of a role that a program plays, if that can be done now. */
void director_judge_program(struct director *d, enum role role, const struct outcome *outcome);

/* Whether the newest row was the last of a run with a program: of what follows nothing holds. */
bool director_is_beaten(const struct director *d);

/* When a program has waited long enough for `waits 200ms`, if it does nothing until then
 * (monotonic ns). INT64_MAX: no such outcome of the role is asked for. */
int64_t director_wait_is_over(const struct director *d, enum role role);

/* From when on nobody is left who could make a pending call of ROLE return: the other was a
 * program that is gone, and what it did has had its time to arrive. INT64_MAX: somebody is. */
int64_t director_alone_from(const struct director *d, enum role role);

#endif
