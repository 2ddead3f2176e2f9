/*
 * predict.h - which row of a demo is worth guessing, and between what.
 *
 * `<!-- predict: row=6 choices="EOF; ECONNRESET; blocks" -->` before a table names the
 * row and, if it likes, the choices. Otherwise both are derived: the row whose outcome
 * surprises (an error, a signal, an end of stream, a block; not a plain success), and
 * the true outcome among those that are tempting for that call on that link. The answer
 * never comes from here: it comes from the live run.
 *
 * Outcomes of the wire (`RESET`, `GotFIN`) are not asked: they are what the kernel does.
 */
#ifndef COURSE_PREDICT_H
#define COURSE_PREDICT_H

#include "lesson/lesson.h"

enum { PREDICT_MOST = 4 };

struct choice {
	struct outcome outcome;  /* owned */
	char *words;             /* for people: `0, the end of the stream`, `it blocks`; owned */
};

struct prediction {
	int row;                 /* of the table, from 1: its outcome cell is asked */
	enum role role;
	int asked_before;        /* ask before this row is carried out: that of the call, or, where the
	                          * call already waits, the first after the outcome that says so */
	char *question;          /* "Process A calls recv(). What does it get?"; owned */
	struct choice choices[PREDICT_MOST];
	size_t n;                /* 3 or 4; 0: there is nothing to predict */
};

/* The prediction of LESSON's demo number DEMO (index). SEED varies the order of the choices.
 * Returns whether there is one. What is wrong with a `predict` comment goes to ERRS (may be
 * NULL); the prediction is then derived. */
bool predict_find(struct prediction *p, const struct lesson *lesson, size_t demo, unsigned seed,
		  struct errs *errs);

/*
 * Which choice the run bore out: its index, or -1 when it was none of them. EVENTS are those up
 * to the verdict on the row, or more: what a later call brought is not looked at. Of two that
 * hold, `EPIPE` and `EPIPE + SIGPIPE`, it is the one that says more. A signal reaches the process
 * after its call has returned, so where the row says only `EPIPE`, events up to the role's next
 * call (or the end of the demo) are what decides.
 */
int predict_truth(const struct prediction *p, const struct events *events);

/* Whether the outcome cell of ROLE in ROW of DEMO would give away what P asks: it is that cell, or
 * one that comes later. What is seen after a call, by either process or on the wire, tells what
 * became of it. */
bool predict_hides(const struct prediction *p, const struct demo *demo, enum role role, int row);

/* Whether a comment before DEMO names a row, rightly. */
bool predict_is_given(const struct lesson *lesson, size_t demo);

/* Add to ERRS what is wrong with the `predict` comments of LESSON: rows and choices that make no
 * sense, and comments that stand before no demo. */
void predict_check(const struct lesson *lesson, struct errs *errs);

void predict_free(struct prediction *p);

#endif
