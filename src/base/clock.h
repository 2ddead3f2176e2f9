/*
 * clock.h - times are nanoseconds of CLOCK_MONOTONIC, durations too.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

#include <stdint.h>

#define CLOCK_MS INT64_C(1000000)
#define CLOCK_S INT64_C(1000000000)

int64_t clock_now(void);

/* What to add to a CLOCK_REALTIME time to get the monotonic one, now. */
int64_t clock_offset(void);

/* Append a duration as people read it: `0 µs`, `212 µs`, `1.9 ms`, `1.20 s`,
 * `2 min 07 s`. */
void clock_print(struct str *s, int64_t ns);

#endif
