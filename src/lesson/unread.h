/*
 * unread.h - a demo in which a role closes with other bytes unread than it does.
 *
 * Whether bytes are unread when a socket is closed decides what its peer is told, so it is one
 * of the things that two runs are compared by (variant.h). How a table is changed to that end:
 * where the role reads before it closes it no longer does; where it does not and there is
 * something to read, it does; where there is nothing, the other role sends before.
 */
#ifndef LESSON_UNREAD_H
#define LESSON_UNREAD_H

#include "lesson/lesson.h"

enum unread_kind {
	UNREAD_NONE,  /* no role closes its socket, or nothing can be sent to it before */
	UNREAD_SKIP,  /* what it read before it no longer reads */
	UNREAD_READ,  /* it reads before it closes */
	UNREAD_SEND,  /* it is sent something that it does not read */
};

struct unread {
	enum unread_kind kind;
	enum role role;   /* who closes */
	int row;          /* where, from 1 */
};

/* What can be changed in DEMO: of the first close() that anything can be done about. */
struct unread unread_find(const struct demo *demo);

/* Append what the change does: "B reads before it closes". */
void unread_words(struct str *to, struct unread unread);

/* A lesson of its own with a copy of DEMO that is changed so, which the caller frees; NULL when
 * that cannot be run. */
struct lesson *unread_make(const struct lesson *lesson, const struct demo *demo,
			   struct unread unread);

#endif
