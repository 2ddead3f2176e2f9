/*
 * What it adds to a step that segments are captured, and that they are written to a file.
 */
#include "bench.h"

#include "base/clock.h"
#include "play.h"

#include <stdlib.h>
#include <unistd.h>

enum { ROUNDS = 12, ROWS = LESSON_MOST_ROWS, GOAL_NS = 300000 };

static const struct kind {
	const char *what;
	const char *rows[2];
	bool file;           /* a capture file is compared with none, not the wire */
} kinds[] = {
	{"what the wire adds to a step", {"send(sock, \"hello\", 5, 0)", "recv(sock, 16)"}, false},
	{"what --pcap adds to a step", {"send(sock, \"hello\", 5, 0)", "recv(sock, 16)"}, true},
	{"what --pcap adds to a step of 32 KiB",
	 {"send(sock, \"x\", 32768)", "recv(sock, 32768)"}, true},
};

/* A sample is the mean of a run's rows. Returns false when it cannot be carried out. */
static bool take(struct play *play, const struct stage_options *options, double *mean)
{
	int64_t start;
	bool ok;

	play->options = *options;
	ok = play_open(play);
	start = clock_now();
	if (ok) {
		stage_tell(play->stage, STAGE_STEP_TO, ROWS);
		ok = play_until(play, EVENT_ROW_DONE, ROWS);
	}
	*mean = (double)(clock_now() - start) / ROWS;
	play_close(play);
	return ok;
}

/* FD is an empty file, or -1. */
static bool measure(const struct kind *kind, int fd, struct samples *added)
{
	struct stage_options without = {.blind = true, .deaf = !kind->file}, with = {.blind = true};
	struct play play = {0};
	struct str markdown = {0};
	double a = 0, b = 0;
	bool ok;

	if (kind->file)
		with = (struct stage_options){.blind = true, .capture = true, .file = fd};
	play_rows(&markdown, "tcp", kind->rows, ROWS);
	ok = play_parse(&play, str_text(&markdown)) && (!kind->file || fd >= 0);
	for (int round = 0; ok && round < ROUNDS; round++) {
		ok = take(&play, &without, &a) && take(&play, &with, &b);
		if (ok)
			samples_add(added, b - a);
	}
	play_free(&play);
	str_free(&markdown);
	return ok;
}

void bench_wire(const struct bench *bench)
{
	(void)bench;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char name[] = "/tmp/socktutor-bench-XXXXXX";
		int fd = kinds[i].file ? mkstemp(name) : -1;
		struct samples added = {0};

		if (fd >= 0)
			unlink(name);
		if (measure(&kinds[i], fd, &added))
			report_row(&(struct row){.what = kinds[i].what, .here = &added,
						 .goal = GOAL_NS, .has_goal = true});
		else
			report_missing(kinds[i].what, "the stage cannot carry it out here");
		samples_free(&added);
		if (fd >= 0)
			close(fd);
	}
}
