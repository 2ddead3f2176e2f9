/*
 * lab_help.h - what a learner begins a lab with, the hints on the way, and what is kept of it.
 */
#ifndef COMMAND_LAB_HELP_H
#define COMMAND_LAB_HELP_H

#include "course/progress.h"
#include "lesson/lesson.h"

/* Copy what a learner may begin with in the language NAME into the current directory. Returns an
 * exit status. */
int lab_start(const struct lesson *lesson, const struct lab *lab, const char *name);

/* Say how to begin: the starters that there are. */
void lab_say_start(const struct lesson *lesson, const struct lab *lab);

/* Print the next hint of the lab, and count it. Returns an exit status. */
int lab_print_hint(const struct lesson *lesson, const struct lab *lab);

/* Save what NOTE notes of the lab, which is told what is known so far; TRIES (may be NULL) gets
 * what is known after. Returns whether the lab is met by now. */
bool lab_note(const struct lesson *lesson, const struct lab *lab,
	      void (*note)(struct progress *p, const struct lesson *lesson, const struct lab *lab,
			   void *data),
	      void *data, struct lab_tries *tries);

#endif
