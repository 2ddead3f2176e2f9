/*
 * report.h - what one learner has done in labs with programs of their own, as a file to be handed
 * on. doc/PROGRESS.md documents it.
 *
 * It is not the learner's progress: it holds a name, and the labs that it was asked for, and
 * nothing else. Files of others are not trusted: sizes are bounded, and no text of a report holds
 * a control character.
 */
#ifndef COURSE_REPORT_H
#define COURSE_REPORT_H

#include "base/str.h"
#include "base/vec.h"
#include "course/progress.h"

#include <jansson.h>

enum {
	REPORT_VERSION = 1,
	REPORT_MOST_BYTES = 1 << 20,
	REPORT_MOST_NAME = 200,  /* bytes */
	REPORT_MOST_LABS = 1000,
};

struct report_lab {
	char *id;             /* "broken-pipe#survive"; owned */
	bool met;
	size_t attempts, hints;
	size_t held, rows;    /* the most rows of the goal that held, of how many */
	char *first, *last;   /* the first and the last attempt, "2026-01-31T09:00:00Z", or NULL;
	                       * owned */
};

struct report {
	char *name;           /* of the learner; owned */
	VEC(struct report_lab) labs;
};

enum report_found { REPORT_READ, REPORT_MISSING, REPORT_WRONG };

/* Parse TEXT. -1: it is none; WHY gets a few words. */
int report_parse(struct report *report, const char *text, size_t len, struct str *why);

/* Read the file at PATH. REPORT_WRONG: WHY gets a few words. */
enum report_found report_read(struct report *report, const char *path, struct str *why);

/* What TRIES and MET say of the lab ID goes in. What is in it already counts with it: nothing
 * that was done is undone. */
void report_note(struct report *report, const char *id, bool met, const struct lab_tries *tries);

/* What it says of LAB, but for its id; the caller owns it. */
json_t *report_lab_json(const struct report_lab *lab);

/* Append as text. */
void report_print(struct str *to, const struct report *report);

/*
 * Note the lab ID in the file at PATH, of the learner NAME, which is made when it is not there.
 * Whoever reads it, at whatever moment, finds the old text or the new one. 0; -1: it stays as it
 * was, WHY gets a sentence.
 */
int report_update(const char *path, const char *name, const char *id, bool met,
		  const struct lab_tries *tries, struct str *why);

/* Whether that could be done: it is no report, or that of another. The same answers. */
int report_ready(const char *path, const char *name, struct str *why);

void report_free(struct report *report);

#endif
