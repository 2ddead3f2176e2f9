/*
 * tempt.h - what people expect a call to do when they do not know: wrong choices that tempt.
 */
#ifndef COURSE_TEMPT_H
#define COURSE_TEMPT_H

#include "course/asked.h"

struct outcomes {
	VEC(struct outcome) list;
};

/* Append to TO, at most MOST, the outcomes that tempt, the most tempting first: each differs
 * from the truth and from the others, and never holds where the truth does, but for `EPIPE` and
 * `EPIPE + SIGPIPE`, of which the one that says more is meant where it holds. */
void tempt_list(struct outcomes *to, const struct asked *asked, size_t most);

/* Whether A and B can hold of the same result, neither saying more than the other about a
 * signal. */
bool tempt_meet(const struct outcome *a, const struct outcome *b);

/* The Ith text of an outcome in the table, "" where there is none, or NULL after the last: for
 * tests. */
const char *tempt_text_at(size_t i);

void outcomes_free(struct outcomes *outcomes);

#endif
