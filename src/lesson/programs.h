/*
 * programs.h - the programs that stand beside a lab: `programs/LAB/` in the lesson's directory.
 *
 *     start.c       what a learner may begin with: it builds, runs, and does not meet the goal
 *     good-poll.c   a program that meets it; as many as there are designs
 *     bad-once.py   one that must not
 *
 * The suffix says the language. Which files there are is read from the directory; a new language
 * is a row of the table in programs.c.
 */
#ifndef LESSON_PROGRAMS_H
#define LESSON_PROGRAMS_H

#include "lesson/lesson.h"

/* How the programs of a language are built and run. In its commands `%` stands for the file and
 * `@` for what is built. */
struct language {
	const char *suffix;   /* "c" */
	const char *name;     /* "C" */
	const char *other;    /* a second name that it goes by ("python"), or NULL */
	const char *tool;     /* what must be there to build or run it: "cc" */
	const char *build;    /* "cc -Wall -o @ % -pthread", or NULL: nothing is built */
	const char *run;      /* "./@" */
};

/* The Ith, or NULL after the last. */
const struct language *language_at(size_t i);

/* The language called NAME, by its suffix or by another of its names, in any case; or NULL. */
const struct language *language_find(const char *name);

/* The language of the file NAME by its suffix, or NULL. */
const struct language *language_of(const char *name);

/* COMMAND of a language with FILE and BUILT put in. The caller frees it. */
char *language_command(const char *command, const char *file, const char *built);

enum program_use { PROGRAM_START, PROGRAM_GOOD, PROGRAM_BAD };

struct program {
	enum program_use use;
	const struct language *language;
	char *name;           /* "good-poll.c" */
	char *path;           /* where it is */
};

struct programs {
	char *directory;      /* where they are, or would be */
	VEC(struct program) list; /* by name; owned */
};

/* Find those of LAB of LESSON; for a translated lesson that has none beside it, those of its
 * original. Nothing is no mistake here. The caller frees them. */
void programs_find(struct programs *programs, const struct lesson *lesson, const struct lab *lab);

/* The one to begin with in LANGUAGE, or NULL. */
const struct program *programs_start(const struct programs *programs,
				     const struct language *language);

/* How many there are for USE. */
size_t programs_count(const struct programs *programs, enum program_use use);

void programs_free(struct programs *programs);

#endif
