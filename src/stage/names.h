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
};

struct names {
	VEC(struct name) list;
};

/* Whether TEXT has a value; it goes to *VALUE. */
bool names_get(const struct names *names, const char *text, long *value);

/* TEXT (copied) has VALUE from now on. */
void names_set(struct names *names, const char *text, long value);

void names_free(struct names *names);

#endif
