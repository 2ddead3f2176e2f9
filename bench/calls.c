/*
 * What a traced call and a step cost, beside strace on a program that makes the same calls.
 */
#include "bench.h"

#include "base/clock.h"
#include "job.h"
#include "play.h"

#include <stdio.h>

enum { ROUNDS = 15, ROWS = LESSON_MOST_ROWS, TWIN_CALLS = 2000 };

/* Who carries the calls out. */
enum way { WAY_PLAIN, WAY_STRACE, WAY_PINNED, WAY_FILTER, WAYS };

static const char *const way_names[WAYS] = {
	"not traced", "strace -f", "strace -f, one processor", "strace -f --seccomp-bpf",
};

static const struct calls {
	const char *what;
	const char *step;
	const char *link;
	const char *rows[2];   /* what the demo's rows hold */
	const char *filter;    /* for strace -e */
} kinds[TWIN_GETPID + 1] = {
	[TWIN_PAIR] = {"a traced call: send(), recv()", "a step: send(), recv()", "pair",
		       {"send(sock, \"hello\", 5, 0)", "recv(sock, 16)"}, "trace=sendto,recvfrom"},
	[TWIN_GETPID] = {"a traced call: getpid()", "a step: getpid()", "pair",
			 {"getpid()", NULL}, "trace=getpid"},
};

struct taking {
	const struct bench *bench;
	const struct calls *calls;
	enum twin_kind kind;
	struct play play;
	struct samples call;
	struct samples step;
	struct samples way[WAYS];
	struct str strace;     /* its path, or empty */
};

static void take_twin(struct taking *t, enum way way)
{
	char count[16];
	const char *argv[16];
	struct str out = {0};
	size_t n = 0;

	if (way != WAY_PLAIN && t->strace.len == 0)
		return;
	snprintf(count, sizeof count, "%d", TWIN_CALLS);
	if (way != WAY_PLAIN) {
		argv[n++] = t->strace.p;
		argv[n++] = "-f";
		argv[n++] = "-o/dev/null";
	}
	if (way == WAY_FILTER) {
		argv[n++] = "--seccomp-bpf";
		argv[n++] = "-e";
		argv[n++] = t->calls->filter;
	}
	argv[n++] = t->bench->self;
	argv[n++] = "--twin";
	argv[n++] = twin_name(t->kind);
	argv[n++] = count;
	argv[n] = NULL;
	if (job_run(&out, argv, way == WAY_PINNED) == 0 && out.len > 0)
		samples_add(&t->way[way], strtod(out.p, NULL));
	str_free(&out);
}

/* All rows at one command: what is left is the call and what the stage tells about it. */
static bool take_calls(struct taking *t)
{
	int64_t start;

	stage_tell(t->play.stage, STAGE_RESTART, 0);
	if (!play_until(&t->play, EVENT_BEGIN, -1) || !play_until(&t->play, EVENT_ROW_DONE, 0))
		return false;
	start = clock_now();
	stage_tell(t->play.stage, STAGE_STEP_TO, ROWS);
	if (!play_until(&t->play, EVENT_ROW_DONE, ROWS))
		return false;
	samples_add(&t->call, (double)(clock_now() - start) / ROWS);
	return true;
}

/* Row by row: from the command until the tutor hears that the row is over. */
static bool take_steps(struct taking *t)
{
	stage_tell(t->play.stage, STAGE_RESTART, 0);
	if (!play_until(&t->play, EVENT_BEGIN, -1) || !play_until(&t->play, EVENT_ROW_DONE, 0))
		return false;
	for (int row = 1; row <= ROWS; row++) {
		int64_t start = clock_now();

		stage_tell(t->play.stage, STAGE_STEP, 0);
		if (!play_until(&t->play, EVENT_ROW_DONE, row))
			return false;
		samples_add(&t->step, (double)(clock_now() - start));
	}
	return true;
}

static void report(struct taking *t)
{
	for (int way = WAY_PLAIN; way < WAYS; way++)
		if (way != WAY_PLAIN && t->strace.len == 0)
			report_missing(t->calls->what, "strace is not installed");
		else if (t->way[way].list.n == 0)
			report_missing(t->calls->what, "%s: cannot be run here", way_names[way]);
		else
			report_row(&(struct row){.what = t->calls->what, .here = &t->call,
						 .peer = way_names[way], .there = &t->way[way],
						 .goal = 1, .has_goal = way != WAY_PLAIN});
	if (t->way[WAY_STRACE].list.n > 0)
		report_row(&(struct row){.what = t->calls->step, .here = &t->step,
					 .peer = "a call under strace -f",
					 .there = &t->way[WAY_STRACE]});
	else
		report_row(&(struct row){.what = t->calls->step, .here = &t->step});
}

static void measure(const struct bench *bench, enum twin_kind kind)
{
	struct taking t = {.bench = bench, .calls = &kinds[kind], .kind = kind};
	struct str markdown = {0};
	bool ok;

	job_find(&t.strace, "strace");
	play_rows(&markdown, t.calls->link, t.calls->rows, ROWS);
	ok = play_parse(&t.play, markdown.p);
	/* strace does not tell what the kernel holds for sockets; lens.c measures that. */
	t.play.options.blind = true;
	ok = ok && play_open(&t.play);
	for (int round = 0; ok && round < ROUNDS; round++) {
		ok = take_calls(&t) && take_steps(&t);
		for (int way = WAY_PLAIN; way < WAYS; way++)
			take_twin(&t, (enum way)way);
	}
	if (ok)
		report(&t);
	else
		report_missing(t.calls->what, "the stage cannot carry it out here");
	play_free(&t.play);
	str_free(&markdown);
	str_free(&t.strace);
	samples_free(&t.call);
	samples_free(&t.step);
	for (int way = 0; way < WAYS; way++)
		samples_free(&t.way[way]);
}

void bench_calls(const struct bench *bench)
{
	for (int kind = 0; kind <= TWIN_GETPID; kind++)
		measure(bench, (enum twin_kind)kind);
}
