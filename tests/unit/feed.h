/*
 * feed.h - for tests: demos and events written in a few lines, without a stage.
 */
#ifndef UNIT_FEED_H
#define UNIT_FEED_H

#include "lesson/lesson.h"
#include "view/canvas.h"
#include "view/player.h"

/* A row of a table; NULL cells are empty. */
struct feed_row {
	const char *a;
	const char *b;
	const char *note;
};

/* A lesson "Broken pipes" whose one demo has these N rows. Freed by feed_lesson_free(). */
struct lesson *feed_lesson(enum link link, const struct feed_row *rows, size_t n);
void feed_lesson_free(struct lesson *lesson);

/* Events, at NS, given to P. Texts are copied. The number of a call is that of its role's
 * newest. */
void feed_begin(struct player *p);          /* BEGIN, both START, a set-up of one call, over */
void feed_begin_row(struct player *p, int64_t ns, int row);
void feed_row_done(struct player *p, int64_t ns, int row);
void feed_call(struct player *p, int64_t ns, enum role role, const char *text);
void feed_return(struct player *p, int64_t ns, enum role role, long result, int err, bool reads);
void feed_blocked(struct player *p, int64_t ns, enum role role);
void feed_signal(struct player *p, int64_t ns, enum role role, int sig);
void feed_end(struct player *p, int64_t ns, enum role role, int sig);
void feed_segment(struct player *p, int64_t ns, enum role role, uint8_t flags, const char *bytes,
		  bool lost);
void feed_deed(struct player *p, int64_t ns, enum role role, const char *text, bool by_hand);
void feed_verdict(struct player *p, int64_t ns, enum role role, enum verdict verdict,
		  const char *seen);

/* Append EVENTS of LESSON's demo as JSON lines. */
void feed_print(struct str *to, const struct lesson *lesson, const struct events *events);

/* A canvas as text; the caller frees it. */
char *feed_text(const struct canvas *c);

#endif
