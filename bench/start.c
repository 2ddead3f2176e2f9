/*
 * How long it takes until both processes stand there, connected, and wait for row 1.
 */
#include "bench.h"

#include "base/clock.h"
#include "play.h"

enum { ROUNDS = 40 };

static const struct start {
	const char *open;
	const char *again;
	const char *link;
	double goal;
} starts[] = {
	{"a stage, both processes, set-up: unix", "the same in a kept stage: unix", "unix", 3e6},
	{"a stage, both processes, capture, set-up: tcp", "the same in a kept stage: tcp", "tcp",
	 15e6},
};
enum { STARTS = sizeof starts / sizeof *starts };

struct taking {
	struct play play;
	struct samples open;
	struct samples again;
	bool ok;
};

static bool take(struct taking *t)
{
	int64_t start = clock_now();

	if (!play_open(&t->play))
		return false;
	samples_add(&t->open, (double)(clock_now() - start));
	start = clock_now();
	stage_tell(t->play.stage, STAGE_RESTART, 0);
	if (!play_until(&t->play, EVENT_BEGIN, -1) || !play_until(&t->play, EVENT_ROW_DONE, 0))
		return false;
	samples_add(&t->again, (double)(clock_now() - start));
	play_close(&t->play);
	return true;
}

static void report(struct taking *t, const struct start *start)
{
	if (!t->ok) {
		report_missing(start->open, "the stage cannot carry it out here");
		return;
	}
	report_row(&(struct row){.what = start->open, .here = &t->open, .goal = start->goal,
				 .has_goal = true});
	report_row(&(struct row){.what = start->again, .here = &t->again, .peer = "a new stage",
				 .there = &t->open});
}

void bench_start(const struct bench *bench)
{
	static const char *const calls[2] = {"send()", "recv()"};
	struct taking t[STARTS] = {0};

	(void)bench;
	for (int i = 0; i < STARTS; i++) {
		struct str markdown = {0};

		play_rows(&markdown, starts[i].link, calls, 2);
		t[i].ok = play_parse(&t[i].play, markdown.p);
		str_free(&markdown);
	}
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < STARTS; i++)
			t[i].ok = t[i].ok && take(&t[i]);
	for (int i = 0; i < STARTS; i++) {
		report(&t[i], &starts[i]);
		play_free(&t[i].play);
		samples_free(&t[i].open);
		samples_free(&t[i].again);
	}
}
