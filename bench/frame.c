/*
 * From the start of the program until the last text of its first screen has reached the
 * terminal, beside a pager on the README.
 */
#include "bench.h"

#include "base/clock.h"
#include "job.h"
#include "pty.h"

enum { ROUNDS = 40 };

/* What is waited for: the end of the key bar, and something that is known only when all
 * lessons have been read; the end of the pager's prompt, which alone is in reverse. */
enum way { WAY_FIRST, WAY_ALL, WAY_LESS, WAYS };

static const char *const lasts[WAYS] = {"quit", "begun", "\033[27m"};
static const char *const whats[] = {"the first frame of the list of lessons",
				    "the same, and all lessons read"};

static bool take(struct samples *to, enum way way, const char *const *argv)
{
	struct pty pty;
	bool ok;

	if (!pty_open(&pty, argv))
		return false;
	ok = pty_until(&pty, lasts[way], 0);
	if (ok)
		samples_add(to, (double)(clock_now() - pty.start));
	pty_close(&pty, ok ? "q" : NULL);
	return ok;
}

static void report(struct samples *samples, enum way way, bool ok)
{
	if (!ok) {
		report_missing(whats[way], "what is waited for does not come here");
	} else if (samples[WAY_LESS].list.n == 0) {
		report_row(&(struct row){.what = whats[way], .here = &samples[way]});
		report_missing(whats[way], "less is not installed");
	} else {
		report_row(&(struct row){.what = whats[way], .here = &samples[way],
					 .peer = "less README.md", .there = &samples[WAY_LESS],
					 .goal = 1, .has_goal = way == WAY_FIRST});
	}
}

void bench_frame(const struct bench *bench)
{
	struct samples samples[WAYS] = {0};
	struct str readme = {0}, less = {0};
	const char *tutor[] = {bench->program, NULL}, *pager[] = {NULL, NULL, NULL};
	bool has_less = job_find(&less, "less"), ok = true;

	str_addf(&readme, "%s/README.md", bench->source);
	pager[0] = less.p;
	pager[1] = readme.p;
	/* The first round warms up. */
	for (int i = 0; ok && i <= ROUNDS; i++) {
		for (int way = 0; i == 1 && way < WAYS; way++)
			samples_free(&samples[way]);
		ok = take(&samples[WAY_FIRST], WAY_FIRST, tutor) &&
		     take(&samples[WAY_ALL], WAY_ALL, tutor);
		if (has_less)
			take(&samples[WAY_LESS], WAY_LESS, pager);
	}
	report(samples, WAY_FIRST, ok);
	report(samples, WAY_ALL, ok);
	for (int way = 0; way < WAYS; way++)
		samples_free(&samples[way]);
	str_free(&readme);
	str_free(&less);
}
