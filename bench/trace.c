/*
 * What following a program costs it: a call that is shown, one that is looked at and let go, and one
 * that is none of trace's business, beside strace on the same program.
 */
#include "bench.h"

#include "job.h"

#include <stdio.h>

enum { ROUNDS = 11, CALLS = 4000 };

enum way { WAY_PLAIN, WAY_TRACE, WAY_STRACE, WAYS };

/* strace is asked for the calls that are measured: for those that trace shows, no more. */
static const struct kind {
	const char *what;
	const char *filter;
	const char *peer;
} kinds[TWIN_KINDS] = {
	[TWIN_PAIR] = {"trace: a call that is shown: send(), recv()", "trace=network",
		       "strace -f --seccomp-bpf -e network"},
	[TWIN_GETPID] = {"trace: a call that is not: getpid()", "trace=network",
			 "strace -f --seccomp-bpf -e network"},
	[TWIN_FILE] = {"trace: read() of a file, not shown", "trace=network,read,write",
		       "strace that shows read()"},
};

struct taking {
	const struct bench *bench;
	enum twin_kind kind;
	struct str strace;      /* its path, or empty */
	struct samples way[WAYS];
};

static void take(struct taking *t, enum way way)
{
	struct str command = {0}, out = {0};
	const char *argv[12];
	char count[16];
	size_t n = 0;

	snprintf(count, sizeof count, "%d", CALLS);
	if (way == WAY_TRACE) {
		str_addf(&command, "'%s' --twin %s %s", t->bench->self, twin_name(t->kind), count);
		argv[n++] = t->bench->program;
		argv[n++] = "trace";
		argv[n++] = "-o/dev/null";
		argv[n++] = str_text(&command);
		argv[n++] = "true";
	} else {
		if (way == WAY_STRACE) {
			argv[n++] = str_text(&t->strace);
			argv[n++] = "-f";
			argv[n++] = "-o/dev/null";
			argv[n++] = "--seccomp-bpf";
			argv[n++] = "-e";
			argv[n++] = kinds[t->kind].filter;
		}
		argv[n++] = t->bench->self;
		argv[n++] = "--twin";
		argv[n++] = twin_name(t->kind);
		argv[n++] = count;
	}
	argv[n] = NULL;
	if (job_run(&out, argv, false) == 0 && out.len > 0)
		samples_add(&t->way[way], strtod(out.p, NULL));
	str_free(&out);
	str_free(&command);
}

static void report(struct taking *t)
{
	const char *what = kinds[t->kind].what;

	if (t->way[WAY_TRACE].list.n == 0) {
		report_missing(what, "no process can be traced here");
		return;
	}
	report_row(&(struct row){.what = what, .here = &t->way[WAY_TRACE], .peer = "not traced",
				 .there = &t->way[WAY_PLAIN]});
	if (t->way[WAY_STRACE].list.n)
		report_row(&(struct row){.what = what, .here = &t->way[WAY_TRACE],
					 .peer = kinds[t->kind].peer,
					 .there = &t->way[WAY_STRACE], .goal = 1, .has_goal = true});
	else
		report_missing(what, "strace is not installed");
}

void bench_trace(const struct bench *bench)
{
	struct taking t = {.bench = bench};

	job_find(&t.strace, "strace");
	for (int kind = 0; kind < TWIN_KINDS; kind++) {
		t.kind = (enum twin_kind)kind;
		for (int round = 0; round < ROUNDS; round++)
			for (int way = 0; way < WAYS; way++)
				if (way != WAY_STRACE || t.strace.len)
					take(&t, (enum way)way);
		report(&t);
		for (int way = 0; way < WAYS; way++)
			samples_free(&t.way[way]);
	}
	str_free(&t.strace);
}
