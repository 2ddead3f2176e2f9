/*
 * What it adds to a step that the kernel is asked what it holds for each socket.
 */
#include "bench.h"

#include "base/clock.h"
#include "play.h"

enum { ROUNDS = 12, ROWS = LESSON_MOST_ROWS };

static const struct kind {
	const char *what;
	const char *link;
	const char *rows[2];
} kinds[] = {
	{"what the lens adds to a step: TCP", "tcp", {"send(sock, \"hello\", 5, 0)", "recv(sock, 16)"}},
	{"what the lens adds to a step: Unix", "unix",
	 {"send(sock, \"hello\", 5, 0)", "recv(sock, 16)"}},
};

struct taking {
	struct play play;
	struct samples with;
	struct samples without;
};

/* Row by row; a sample is the mean of a run's rows. */
static bool take(struct taking *t, struct samples *to)
{
	int64_t start;

	t->play.options.blind = to == &t->without;
	if (!play_open(&t->play))
		return false;
	start = clock_now();
	stage_tell(t->play.stage, STAGE_STEP_TO, ROWS);
	if (!play_until(&t->play, EVENT_ROW_DONE, ROWS))
		return false;
	samples_add(to, (double)(clock_now() - start) / ROWS);
	play_close(&t->play);
	return true;
}

static void measure(const struct kind *kind)
{
	enum { GOAL_NS = 300000 };
	struct taking t = {.play = {0}};
	struct samples added = {0};
	struct str markdown = {0};
	bool ok;

	play_rows(&markdown, kind->link, kind->rows, ROWS);
	ok = play_parse(&t.play, markdown.p);
	for (int round = 0; ok && round < ROUNDS; round++) {
		ok = take(&t, &t.without) && take(&t, &t.with);
		if (ok)
			samples_add(&added, t.with.list.at[t.with.list.n - 1] -
						    t.without.list.at[t.without.list.n - 1]);
	}
	if (ok)
		report_row(&(struct row){.what = kind->what, .here = &added, .goal = GOAL_NS,
					 .has_goal = true});
	else
		report_missing(kind->what, "the stage cannot carry it out here");
	play_free(&t.play);
	str_free(&markdown);
	samples_free(&t.with);
	samples_free(&t.without);
	samples_free(&added);
}

void bench_lens(const struct bench *bench)
{
	(void)bench;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		measure(&kinds[i]);
}
