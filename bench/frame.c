/*
 * From the start of the program until the last text of its first screen has reached the
 * terminal, beside a pager on the README.
 */
#include "bench.h"

#include "base/clock.h"
#include "job.h"
#include "pty.h"

enum { ROUNDS = 40 };

static const char what[] = "the first frame of the list of lessons";

/* Start ARGV; LAST is what it draws last; QUIT ends it. */
static bool take(struct samples *to, const char *const *argv, const char *last, const char *quit)
{
	struct pty pty;
	int64_t start = clock_now();
	bool ok;

	if (!pty_open(&pty, argv))
		return false;
	ok = pty_until(&pty, last, 0);
	if (ok && to)
		samples_add(to, (double)(clock_now() - start));
	pty_close(&pty, ok ? quit : NULL);
	return ok;
}

void bench_frame(const struct bench *bench)
{
	/* The end of the key bar; the end of the pager's prompt, which alone is in reverse. */
	static const char ours[] = "quit", theirs[] = "\033[27m";
	struct samples here = {0}, there = {0};
	struct str readme = {0}, less = {0};
	const char *tutor[] = {bench->program, NULL};
	bool has_less = job_find(&less, "less"), ok;

	str_addf(&readme, "%s/README.md", bench->source);
	const char *pager[] = {less.p, readme.p, NULL};

	ok = take(NULL, tutor, ours, "q");
	has_less = has_less && take(NULL, pager, theirs, "q");
	for (int i = 0; ok && i < ROUNDS; i++) {
		ok = take(&here, tutor, ours, "q");
		if (has_less)
			take(&there, pager, theirs, "q");
	}
	if (!ok)
		report_missing(what, "the tutorial does not open here");
	else if (!has_less)
		report_missing(what, "less is not installed");
	else
		report_row(&(struct row){.what = what, .here = &here, .peer = "less README.md",
					 .there = &there, .goal = 1, .has_goal = true});
	samples_free(&here);
	samples_free(&there);
	str_free(&readme);
	str_free(&less);
}
