/*
 * names.h - what a role's NAMES hold: descriptors and numbers.
 */
#ifndef STAGE_NAMES_H
#define STAGE_NAMES_H

#include "base/vec.h"

#include <stdbool.h>

struct name {
	char *text; /* owned */
	long value;
	bool open;  /* it is a descriptor */
	char *was;  /* the address it had when it was closed; owned; NULL: not closed */
};

struct names {
	VEC(struct name) list;
};

/* Whether TEXT has a value; it goes to *VALUE. */
bool names_get(const struct names *names, const char *text, long *value);

/* TEXT (copied) has VALUE from now on. */
void names_set(struct names *names, const char *text, long value);

/* TEXT (copied) is the descriptor FD from now on, and no other name is. */
void names_open(struct names *names, const char *text, long fd);

/* What the open descriptor FD is called, or NULL. Borrowed. */
const char *names_of(const struct names *names, long fd);

/* The descriptor called TEXT was closed, and its number may soon be another's. WAS is the
 * address it was bound to, "" when to none; given away. */
void names_closed(struct names *names, const char *text, char *was);

/* The address the closed descriptor TEXT was bound to; NULL when it is not closed. Borrowed. */
const char *names_was(const struct names *names, const char *text);

void names_free(struct names *names);

#endif
