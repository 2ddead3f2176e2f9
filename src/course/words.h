/*
 * words.h - outcomes and questions said in words, as a choice shows them.
 */
#ifndef COURSE_WORDS_H
#define COURSE_WORDS_H

#include "base/str.h"
#include "course/tempt.h"

/* What OUTCOME would mean for the call that is asked about. BESIDE is a choice offered beside it
 * that says the same and more (`EPIPE + SIGPIPE` beside `EPIPE`), or NULL. */
void words_outcome(struct str *to, const struct outcome *outcome, const struct asked *asked,
		   const struct outcome *beside);

/* "Process A calls recv(). What does it get?" */
void words_question(struct str *to, const struct asked *asked);

#endif
