/*
 * rehearsal.h - what `run` showed of a lesson, kept, and how a live run differs from it.
 *
 * One file a lesson, $XDG_STATE_HOME/socktutor/rehearsal/LESSON.jsonl: for each demo a line that
 * says when it was recorded and of which table, then the events of its last good run as
 * `run --format json` prints them (doc/EVENTS.md). A recording of a table that the lesson no
 * longer has is nobody's: it is never shown.
 */
#ifndef COURSE_REHEARSAL_H
#define COURSE_REHEARSAL_H

#include "lesson/lesson.h"

struct recording {
	size_t demo;           /* its index in the lesson */
	int64_t when;          /* seconds since 1970 */
	struct events events;  /* from BEGIN to DONE */
};

struct rehearsal {
	VEC(struct recording) list;
};

/* Read what is kept of LESSON. A file that cannot be read, or not all of it, leaves WHY one
 * sentence; what is right in it is there all the same. None at all is an empty rehearsal. */
void rehearsal_open(struct rehearsal *r, const struct lesson *lesson, struct str *why);

/* The same for a file's TEXT. Returns whether all of it is right. */
bool rehearsal_parse(struct rehearsal *r, const struct lesson *lesson, const char *text,
		     size_t len);

/* The recording of demo number DEMO (its index), or NULL. */
const struct recording *rehearsal_of(const struct rehearsal *r, size_t demo);

/* Keep LINES, a good run of LESSON's demo number DEMO as JSON lines, in the place of the one
 * before. Recordings of demos that are not in the lesson any more go. -1: WHY says why in a
 * sentence, and what was there stays. */
int rehearsal_keep(const struct lesson *lesson, size_t demo, const struct str *lines,
		   struct str *why);

void rehearsal_free(struct rehearsal *r);

/* Append 16 hexadecimal digits that stand for what DEMO does: its link, its roles and its cells,
 * not its title nor its notes. */
void rehearsal_digest(struct str *to, const struct demo *demo);

/* Whether LIVE, the events of DEMO so far, shows something else than REHEARSED did, as
 * timeline/compare.h has it, in a row that is over; the first such thing is appended:
 * `Process A: = 5, rehearsed ECONNRESET`. */
bool rehearsal_differs(struct str *to, const struct demo *demo, const struct events *live,
		       const struct events *rehearsed);

#endif
