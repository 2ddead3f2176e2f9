/*
 * inner.h - what tests need of a stage, and nobody else.
 */
#ifndef STAGE_INNER_H
#define STAGE_INNER_H

#include "stage/actor.h"
#include "stage/stage.h"

/* stage_open() with other code in the roles' processes, and, with PLAIN, without what a machine
 * may lack: namespaces, and turning a parked process to its call (tracer.h). */
struct stage *stage_open_played(const struct demo *demo, actor_main *const play[ROLES], bool plain,
				struct errs *errs);

#endif
