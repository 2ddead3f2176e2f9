/*
 * From the key that chooses what is to be changed until both runs stand side by side: first
 * the frame, then the whole second run, which is brought to the row where the first is.
 */
#include "bench.h"

#include "base/clock.h"
#include "tutor.h"

enum { ROUNDS = 30, STEPS = 4 };

static const char *const whats[] = {"a compare of two runs: the first frame",
				    "the same, and the second run at its end"};
static const char *const lasts[] = {"Two runs,", "Here the two part"};
static const double goals[] = {50 * CLOCK_MS, 0};
enum { WAYS = sizeof whats / sizeof *whats };

/* Open the menu, choose its first line, and go back to the demo. */
static bool take(struct pty *p, struct samples *samples)
{
	size_t from = p->out.len;
	int64_t start;

	pty_type(p, "c");
	if (!pty_until(p, "What is to be changed?", from))
		return false;
	pty_rest(p);
	from = p->out.len;
	start = clock_now();
	pty_type(p, "\r");
	for (int way = 0; way < WAYS; way++) {
		if (!pty_until(p, lasts[way], from))
			return false;
		samples_add(&samples[way], (double)(clock_now() - start));
	}
	pty_rest(p);
	from = p->out.len;
	pty_type(p, "c");
	if (!pty_until(p, "Timeline", from))
		return false;
	pty_rest(p);
	return true;
}

void bench_compare(const struct bench *bench)
{
	struct samples samples[WAYS] = {0};
	struct pty pty;
	bool ok = true;

	if (!tutor_demo(&pty, bench, "broken-pipe#classic")) {
		report_missing(whats[0], "the demo does not open here");
		return;
	}
	for (int i = 0; i < STEPS; i++)
		tutor_step(&pty);
	/* The first round warms up. */
	for (int i = 0; ok && i <= ROUNDS; i++) {
		for (int way = 0; i == 1 && way < WAYS; way++)
			samples_free(&samples[way]);
		ok = take(&pty, samples);
	}
	for (int way = 0; way < WAYS; way++) {
		if (ok)
			report_row(&(struct row){.what = whats[way], .here = &samples[way],
						 .goal = goals[way], .has_goal = goals[way] > 0});
		else
			report_missing(whats[way], "what is waited for does not come here");
		samples_free(&samples[way]);
	}
	pty_close(&pty, ok ? "qqq" : NULL);
}
