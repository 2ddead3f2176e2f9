/*
 * pattern.h - bytes in which `*` stands for any.
 *
 * As it is kept, `*` stands for any number of any bytes, as few as possible, `\*` for a star and
 * `\\` for a backslash; every other byte is itself. A `*` at the end stands for whatever else
 * came with the last byte before it.
 *
 * Bytes are given to it piece by piece, as they come.
 */
#ifndef TIMELINE_PATTERN_H
#define TIMELINE_PATTERN_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Taken apart. All-zero: no bytes at all, which is whole at once. */
struct pattern {
	VEC(uint16_t) tokens; /* bytes, or PATTERN_ANY */
};

enum { PATTERN_ANY = 256 };

/* How far a stream of bytes has come in it. All-zero: nothing was given yet. */
struct pattern_walk {
	size_t at;      /* the tokens before this one are done with */
	size_t matched; /* and so many from there on match the newest bytes */
	bool any;       /* any bytes may come before these */
};

enum pattern_state {
	PATTERN_OPEN,   /* it may become whole */
	PATTERN_WHOLE,
	PATTERN_BROKEN, /* it never will */
};

/* Take the LEN bytes at TEXT apart; the caller frees it. */
struct pattern pattern_make(const char *text, size_t len);
void pattern_free(struct pattern *pattern);

/* Give N more bytes, which came together. When that makes it whole, *TAKEN is how many of them it
 * took; else all. */
enum pattern_state pattern_feed(struct pattern_walk *walk, const struct pattern *pattern,
				const char *bytes, size_t n, size_t *taken);

/* Append C to what is kept of a pattern: the byte itself, not what it may stand for. */
void pattern_add_byte(struct str *to, char c);

/* Append the LEN bytes at TEXT as the inside of a C string, in which `\*` is a star. */
void pattern_print(struct str *to, const char *text, size_t len);

#endif
