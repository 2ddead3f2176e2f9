/*
 * lab_play.h - the tables of labs, played: solutions must meet the goal, wrong attempts must
 * not.
 */
#ifndef COMMAND_LAB_PLAY_H
#define COMMAND_LAB_PLAY_H

#include "lesson/lesson.h"

/* Play the solutions and the wrong attempts of all labs of LESSON, and add to ERRS those that do
 * not do what they are there for. What this machine cannot show is said on standard error and is
 * no mistake. */
void labs_play(const struct lesson *lesson, struct errs *errs);

#endif
