/*
 * lab_play.h - the tables of labs, played: solutions must meet the goal, wrong attempts must
 * not; and the programs of labs for programs.
 */
#ifndef COMMAND_LAB_PLAY_H
#define COMMAND_LAB_PLAY_H

#include "lesson/lesson.h"
#include "stage/stage.h"

/* Play the solutions and the wrong attempts of all labs of LESSON, and add to ERRS those that do
 * not do what they are there for. What this machine cannot show is said on standard error and is
 * no mistake. PROGRAMS: those that stand beside its labs are played, too. */
void labs_play(const struct lesson *lesson, bool programs, struct errs *errs);

/* Play the programs that stand beside LAB, when it is one for programs (lesson/programs.h): those
 * that are good must meet its goal, those that are bad and those to begin with must not; there
 * must be one of each. What cannot be built or run here is said on standard error. */
void programs_play(const struct lesson *lesson, const struct lab *lab, struct errs *errs);

/* One table, from its first row to its last. Returns whether it could be played. */
bool table_play(const struct demo *demo, const struct stage_options *options,
		struct events *events, struct errs *errs);

#endif
