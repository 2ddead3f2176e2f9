/*
 * duration.h - how long something takes, as a cell or an option says it.
 */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* The LEN bytes at TEXT, `500ms`, `10s`, `2m`, into nanoseconds. False: they are none. */
bool duration_parse(const char *text, size_t len, int64_t *ns);

/* Append NS, which are whole milliseconds, so that duration_parse() gives them again. */
void duration_print(struct str *to, int64_t ns);

#endif
