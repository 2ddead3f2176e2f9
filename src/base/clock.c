#include "base/clock.h"

#include <inttypes.h>
#include <time.h>

static int64_t clock_read(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * CLOCK_S + t.tv_nsec;
}

int64_t clock_now(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

int64_t clock_offset(void)
{
	/* The pair read closest together is the truest. */
	int64_t best = 0, width = INT64_MAX;

	for (int i = 0; i < 3; i++) {
		int64_t before = clock_read(CLOCK_MONOTONIC);
		int64_t real = clock_read(CLOCK_REALTIME);
		int64_t after = clock_read(CLOCK_MONOTONIC);

		if (after - before < width) {
			width = after - before;
			best = before + width / 2 - real;
		}
	}
	return best;
}

/* Cut, not rounded: 9.99 ms is no 10.0 ms, which would read as 10 ms do. */
void clock_print(struct str *s, int64_t ns)
{
	if (ns < CLOCK_MS)
		str_addf(s, "%" PRId64 " µs", ns / 1000);
	else if (ns < 10 * CLOCK_MS)
		str_addf(s, "%" PRId64 ".%d ms", ns / CLOCK_MS, (int)(ns / (CLOCK_MS / 10) % 10));
	else if (ns < CLOCK_S)
		str_addf(s, "%" PRId64 " ms", ns / CLOCK_MS);
	else if (ns < 60 * CLOCK_S)
		str_addf(s, "%" PRId64 ".%02d s", ns / CLOCK_S, (int)(ns / (CLOCK_S / 100) % 100));
	else
		str_addf(s, "%" PRId64 " min %02" PRId64 " s", ns / (60 * CLOCK_S),
			 ns / CLOCK_S % 60);
}
