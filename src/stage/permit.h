/*
 * permit.h - the last look at a call before it begins.
 *
 * The filter lets through only the calls of the notation; whom they reach is
 * checked here, in the arguments that the kernel will use, for any code that
 * may run in a role's process.
 */
#ifndef STAGE_PERMIT_H
#define STAGE_PERMIT_H

#include "stage/tracer.h"

/* Whether the call that STOP (a STOP_ENTRY) is about may begin. When not, WHY gets a
 * sentence: `connect() to 8.8.8.8:53: addresses stay on the loopback: …`. */
bool permit_call(const struct stop *stop, struct str *why);

/* The name of a system call for a message: `fork`, or `system call 57`. */
void permit_name(struct str *to, long nr);

#endif
