/*
 * sort.h - what kind of descriptor a name stands for, as far as a table tells.
 */
#ifndef COURSE_SORT_H
#define COURSE_SORT_H

#include "lesson/lesson.h"

/* Joined by | in masks. */
enum sort {
	SORT_UNKNOWN = 0,
	SORT_TCP = 1,
	SORT_UDP = 2,
	SORT_UNIX = 4,           /* a Unix stream, a pair's too */
	SORT_UNIX_DGRAM = 8,
	SORT_UNIX_SEQPACKET = 16,
	SORT_PIPE = 32,
};

/* What NAME is to ROLE when row BEFORE (from 1) begins: from the call that defined it, in a row
 * above or in the set-up. */
enum sort sort_of(const struct demo *demo, enum role role, int before, const char *name);

/* The same for the descriptor that ACTION, in row ROW, is about. */
enum sort sort_of_action(const struct demo *demo, enum role role, int row,
			 const struct action *action);

#endif
