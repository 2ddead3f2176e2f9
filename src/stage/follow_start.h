/*
 * follow_start.h - the beginning of a followed program: held, filtered, let go.
 */
#ifndef STAGE_FOLLOW_START_H
#define STAGE_FOLLOW_START_H

#include "stage/follow.h"

/* Exit statuses of a process that never became sh. */
enum { SPAWN_NOT_RUN = 125, SPAWN_NO_FILTER = 126, SPAWN_NO_SHELL = 127 };

/* What the filter says of a call that is refused, with the role added. */
enum { SPAWN_REFUSED = 16 };

/* Start PLAN's program, seized by ptrace before it does anything, with the signal
 * mask MASK. The filter says ROLE's number with each stop. Returns its process; -1 with WHY. */
pid_t follow_spawn(enum role role, const struct follow_plan *plan, const sigset_t *mask,
		   struct str *why);

#endif
