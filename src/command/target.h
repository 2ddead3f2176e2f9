/*
 * target.h - what a command is to work on: FILE, FILE#DEMO, LESSON or LESSON#DEMO.
 */
#ifndef COMMAND_TARGET_H
#define COMMAND_TARGET_H

#include "lesson/lesson.h"

/* The lessons of the shelf, opened when the first is asked for. All-zero: not yet. */
struct library {
	struct shelf shelf;
	const char *lang;      /* the code of their language; NULL: as they are */
	bool open;
	char *wrong;           /* the file whose errors were told last, or NULL */
};

/* What is done with a lesson: NAME is what it was called, DEMO the demo that was named, or NULL;
 * SHELVED: it is one of the shelf's, no file. Returns an exit status. */
typedef int target_visit(void *context, struct lesson *lesson, const char *name, const char *demo,
			 bool shelved);

/* Find TARGET and visit it; the lesson is there for that long. Where there is none, or it has
 * errors, that is said on standard error. Returns an exit status. */
int target_find(struct library *lib, const char *target, target_visit *visit, void *context);

void library_free(struct library *lib);

#endif
