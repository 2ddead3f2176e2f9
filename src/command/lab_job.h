/*
 * lab_job.h - one lab and the learner's program for it: tried once, or whenever a file is saved.
 */
#ifndef COMMAND_LAB_JOB_H
#define COMMAND_LAB_JOB_H

#include "command/command.h"
#include "export/goal.h"

struct lab_job {
	const struct lesson *lesson;
	const struct lab *lab;
	const struct demo *goal;
	enum role role;                /* what the program plays */
	const char *const *program;    /* its words, NULL ends them */
	const char *build;             /* for sh, before each try; or NULL */
	const struct exporter *exporter; /* NULL: for people */
	const char *report;            /* the file to note it in, or NULL */
	const char *learner;           /* with a report: who */
	bool watch;                    /* again whenever a file is saved */
	bool ascii;
	size_t columns;      /* of the terminal that it is printed to; 0: it is none */
};

/* What a try came to. All-zero before the first; lab_tried_free() after the last. */
struct lab_tried {
	struct events events;
	struct score score;
	int status;                    /* an exit status */
};

/* `broken-pipe#survive`; the caller frees it. */
char *lab_name(const struct lab_job *job);

/* Have sh do COMMAND. Returns its wait status; -1 with errno. */
int lab_shell(const char *command);

/* Whether the program NAME is there to be run, as execvp() would look for it; else errno says why. */
bool lab_finds(const char *name);

/* Say that it is not, by errno. Returns EXIT_CANNOT. */
int lab_not_found(const char *name);

/* Build the program, when there is a command for it. Returns whether it is to be tried; what is
 * wrong was said. */
bool lab_build(const struct lab_job *job);

/* Let the program play, print what came of it, and note that. What is wrong was said. */
void lab_try(const struct lab_job *job, struct lab_tried *tried);

void lab_tried_free(struct lab_tried *tried);

/* Try it, and again whenever a file of the current directory was saved. Returns only when there
 * is nothing more to watch: an exit status. */
int lab_watch(const struct lab_job *job);

/* Whether the current directory's file NAME is one that lab_try() writes itself. */
bool lab_writes(const struct lab_job *job, const char *name);

#endif
