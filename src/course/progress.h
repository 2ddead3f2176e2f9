/*
 * progress.h - what a learner has done, kept in one file that can be copied.
 *
 * $XDG_STATE_HOME/socktutor/progress.json (documented in doc/PROGRESS.md). Changes are
 * kept in memory as a list of deeds; saving takes a lock, reads the file again, applies
 * the deeds, writes a temporary file, syncs and renames it. So two tutors at once lose
 * nothing, and a kill at any moment leaves the old file or the new one.
 *
 * Source: XDG Base Directory Specification; flock(2), fsync(2), rename(2).
 */
#ifndef COURSE_PROGRESS_H
#define COURSE_PROGRESS_H

#include "base/str.h"
#include "lesson/lesson.h"

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* How far a lesson is, against what it holds. */
struct tally {
	size_t demos, demos_seen;
	size_t predictions, predictions_right;   /* right at the first time */
	size_t questions, questions_right;       /* answered right, sooner or later */
	size_t labs, labs_met;
	bool begun;
	bool done;                               /* all demos seen and all questions right */
};

/* Where the learner left off. */
struct place {
	const char *lesson; /* id, borrowed from the progress; NULL: nowhere yet */
	int line;           /* of the lesson file, at the top of the page */
};

/* What became of a lab with programs of the learner's own. */
struct lab_tries {
	size_t attempts, hints;
	size_t held, rows;  /* the most rows of the goal that held, of how many */
	int64_t first, last; /* the first and the last attempt, ms since 1970; 0: none */
};

/*
 * Read the learner's file. A missing one is an empty progress; a damaged one is renamed to
 * `progress.json.damaged-N` beside it, and MESSAGE gets one sentence. Never NULL: where there is
 * no place to keep it (MESSAGE says why) the progress lives as long as the program.
 */
struct progress *progress_open(struct str *message);

/* What happened. Each only notes a deed; nothing is written until progress_save(). */
void progress_demo_seen(struct progress *p, const char *lesson, const char *demo);
/* The first answer for this row counts, later ones change nothing. */
void progress_predicted(struct progress *p, const char *lesson, const char *demo, int row,
			bool right);
/* QUESTION counts from 1 in the lesson. */
void progress_answered(struct progress *p, const char *lesson, int question, bool right);
/* HELPED: after its solution was shown. The first time counts. */
void progress_lab_met(struct progress *p, const char *lesson, const char *lab, bool helped);
/* A program was tried in it: HELD of the goal's ROWS rows hold. */
void progress_lab_tried(struct progress *p, const char *lesson, const char *lab, size_t held,
			size_t rows);
/* Its hint NUMBER, from 1, was given. */
void progress_lab_hinted(struct progress *p, const char *lesson, const char *lab, size_t number);
void progress_place(struct progress *p, const char *lesson, int line);
/* The first visit's screen was shown. */
void progress_visited(struct progress *p);
/* Forget LESSON, or (NULL) all. */
void progress_reset(struct progress *p, const char *lesson);

/* What is known. */
bool progress_is_first_visit(const struct progress *p);
struct place progress_where(const struct progress *p);
bool progress_has_seen(const struct progress *p, const char *lesson, const char *demo);
/* -1 not answered, 0 wrong, 1 right at the first time. */
int progress_prediction(const struct progress *p, const char *lesson, const char *demo, int row);
/* -1 not answered, 0 only wrong answers so far, 1 right. */
int progress_question(const struct progress *p, const char *lesson, int question);
bool progress_has_met(const struct progress *p, const char *lesson, const char *lab);
/* All 0: nothing is known of it. */
struct lab_tries progress_lab_tries(const struct progress *p, const char *lesson, const char *lab);
/* Whether anything of LESSON is known, in this course or not. */
bool progress_knows(const struct progress *p, const char *lesson);
struct tally progress_tally(const struct progress *p, const struct lesson *lesson);

/* The file, or NULL where there is no place for one. Borrowed. */
const char *progress_path(const struct progress *p);

/* Write what was noted, if anything was. 0: done; a sentence in WHY then says that the file
 * had been damaged since, and was kept. -1 with one sentence in WHY: then nothing is lost, the
 * next save tries again. It waits for other tutors some seconds at most. */
int progress_save(struct progress *p, struct str *why);

/* All of it as JSON, and merge the JSON of another machine: what was seen or right in one of
 * them is so in both, the earlier first answer counts, the later place wins. -1 with WHY when
 * TEXT is no progress (one of a later version is none either). Saving is another step. */
void progress_export(const struct progress *p, struct str *to);
int progress_import(struct progress *p, const char *text, size_t len, struct str *why);

/* Does not save. */
void progress_close(struct progress *p);

#endif
