/*
 * prints.h - what programs print, line by line: their standard output and standard error are pipes
 * that are read here.
 *
 * A line is told without its newline and made safe for a screen; what stands at the end without a
 * newline is a line too. A line that is longer than PRINTS_LINE bytes is told in pieces. Of each
 * program so many bytes are told; the rest is read, so that it goes on, and dropped.
 */
#ifndef STAGE_PRINTS_H
#define STAGE_PRINTS_H

#include "base/str.h"
#include "timeline/event.h"

enum { PRINTS_LINE = 4096, PRINTS_PIPES = 2 * ROLES };

struct prints {
	struct {
		int read, write;   /* -1: closed */
		struct str line;   /* what came without a newline so far */
	} pipes[PRINTS_PIPES];     /* A's output and errors, then B's */
	int input;                 /* nothing to read: /dev/null */
	size_t most;               /* bytes of each program that are told, */
	size_t told[ROLES];        /* and so many have been */
	/* A line: an EVENT_OUTPUT with its role, whose text is the callee's. */
	void (*tell)(void *data, struct event *e);
	void *data;
};

/* Open the pipes; MOST bytes of each program are told. 0, or -1 with errno and all closed. */
int prints_open(struct prints *p, size_t most, void (*tell)(void *data, struct event *e), void *data);

/* In a new process of ROLE: its standard streams are those of P. DATA is P. */
void prints_become(void *p, enum role role);

/* Nobody else is started: only the programs hold the writing ends from now on. */
void prints_started(struct prints *p, enum role role);

/* Read from pipe I some of what is there; never blocks. Whether there may be more. */
bool prints_read(struct prints *p, size_t i);

/* The program of ROLE is gone: read all that is there, and tell what ends without a newline. */
void prints_finish(struct prints *p, enum role role);

void prints_close(struct prints *p);

#endif
