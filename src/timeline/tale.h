/*
 * tale.h - what one cell tells: the events that belong to it. Private to the timeline module,
 * which makes sights of them (sight.h).
 */
#ifndef TIMELINE_TALE_H
#define TIMELINE_TALE_H

#include "base/str.h"
#include "timeline/event.h"

/* Indexes of events, or EVENT_NONE. */
struct tale {
	size_t call;         /* the CALL that it is about or, of a deed from outside, its DIRECTOR */
	int made;            /* the row of that call's action, or 0 */
	size_t blocked;
	size_t ret;
	size_t end;
	size_t verdict;
	size_t refused;
	size_t cannot;
	VEC(size_t) signals;
	struct str wire;     /* `FIN`, `RST` that no cell speaks of */
	unsigned flags;      /* of the newest of them */
	bool lost;           /* likewise */
	int times;           /* how often it came on end */
};

/* A tale of nothing. */
void tale_start(struct tale *tale);

/* A segment with FLAGS that no cell speaks of. One after the other of the same kind is told
 * once, with how often. */
void tale_add_wire(struct tale *tale, unsigned flags, bool lost);

/* No more of them come: tale->wire is complete. */
void tale_end_wire(struct tale *tale);

/* Whether it tells what a call did or what became of the process. */
bool tale_tells(const struct tale *tale);

/* All that it tells of EVENTS, as an outcome cell would say it; the caller frees it. SAME: without
 * what need not be equal in two runs, which with VARIES is the number that the call gave back. */
char *tale_words(const struct tale *tale, const struct events *events, bool same, bool varies);

void tale_free(struct tale *tale);

#endif
