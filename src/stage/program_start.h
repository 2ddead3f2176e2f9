/*
 * program_start.h - what a program finds when it begins, and what it may not do: program.c's own.
 */
#ifndef STAGE_PROGRAM_START_H
#define STAGE_PROGRAM_START_H

#include "stage/follow.h"
#include "stage/prints.h"

struct scene;

/* What a new process needs to become the program. */
struct program_plan {
	const struct scene *scene;
	struct prints *prints; /* become its standard streams */
	struct str socket;   /* its environment: SOCKTUTOR_SOCKET, or empty */
	struct str host;     /* and SOCKTUTOR_HOST, or empty, */
	unsigned port;       /* with SOCKTUTOR_PORT */
};

/* Fill in where the program of ROLE finds its peer, or is to listen. */
void program_find_peer(struct scene *s, enum role role, struct program_plan *plan);

/* Names of the system calls that no program makes here, NULL ends them. */
const char *const *program_refused(void);

/* In the new process (DATA is a struct program_plan): streams, limits, no privileges. */
void program_prepare(void *data, enum role role);

/* Bound the memory of the process, which has just become the program. Not before: what it was
 * then may have more. */
void program_bound_memory(pid_t pid);

#endif
