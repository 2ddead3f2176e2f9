/*
 * check_outcome.h - whether a call can have an outcome at all. Private to the lesson
 * module.
 */
#ifndef LESSON_CHECK_OUTCOME_H
#define LESSON_CHECK_OUTCOME_H

#include "lesson/action.h"

/* False when ACTION (a call) can never have OUTCOME: WHY then gets what would be right. */
bool outcome_can_hold(const struct outcome *outcome, const struct action *action,
		      struct str *why);

#endif
