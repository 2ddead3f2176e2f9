/*
 * loop.h - the stage process itself.
 */
#ifndef STAGE_LOOP_H
#define STAGE_LOOP_H

#include "stage/actor.h"
#include "stage/sandbox.h"
#include "stage/stage.h"
#include "lesson/demo.h"

/* The first byte that crosses the channel. */
enum { HELLO_READY = 'R', HELLO_BROKEN = 'B', HELLO_FAILED = 'F' };

struct stage_plan {
	const struct demo *demo;
	struct stage_options options; /* its file is the stage's own descriptor */
	actor_main *play[2];
	int channel;
	bool plain;          /* make no namespaces, and turn nobody to his call (tracer.h) */
	const char *path;    /* where a directory may be made */
};

/* Run the stage in the calling process, a fresh child of the tutor, until the tutor
 * hangs up. Does not return. */
_Noreturn void stage_loop(const struct stage_plan *plan);

#endif
