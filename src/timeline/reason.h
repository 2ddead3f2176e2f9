/*
 * reason.h - why two runs part, where what both saw says it. Private to the timeline module;
 * others call compare_words().
 */
#ifndef TIMELINE_REASON_H
#define TIMELINE_REASON_H

#include "timeline/compare.h"

/* One run at the first difference. */
struct side {
	const struct compare_run *run;
	const struct sight *sight;
	const struct cell *cell;
	const struct event *ret;     /* what the call returned, when that is told here; or NULL */
	enum role role;
};

/* What the side's call did, where that is told here. */
bool side_failed(const struct side *s);
bool side_at_end(const struct side *s);
bool side_succeeded(const struct side *s); /* and it was not the end of a stream */
bool side_blocks(const struct side *s);    /* at least at first */

/* Whether its cell speaks of a segment. */
bool side_speaks_of_wire(const struct side *s);

/* Append a space and the first reason that fits, for a CHANGE of that kind; or nothing. */
void reason_words(struct str *to, const struct side side[RUNS], enum change_kind change);

#endif
