/*
 * scratch.h - a directory for what is built, which goes whatever becomes of this process.
 */
#ifndef COMMAND_SCRATCH_H
#define COMMAND_SCRATCH_H

#include <sys/types.h>

struct scratch {
	char *path;   /* owned; NULL: none could be made */
	pid_t keeper; /* the process that removes it */
	int end;      /* of a pipe: the keeper waits until nobody holds it */
};

/* A new directory in TMPDIR, else in /tmp. Returns 0, or -1 with errno. */
int scratch_make(struct scratch *scratch);

/* Remove the directory and all in it. One that was not made is fine. */
void scratch_end(struct scratch *scratch);

#endif
