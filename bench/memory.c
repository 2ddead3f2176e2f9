/*
 * Resident memory of the process that draws; beside it, a pager's.
 */
#include "bench.h"

#include "job.h"
#include "proc.h"
#include "tutor.h"

enum { ROUNDS = 5 };
#define GOAL (8.0 * 1024 * 1024)

struct taking {
	struct samples rss[2];  /* at home, in a demo */
	struct samples pss[2];
	struct samples all;     /* Pss of all processes of a demo */
	struct samples less;
};

static void add(struct samples *to, pid_t pid, const char *key)
{
	long kib = proc_number(pid, "smaps_rollup", key);

	if (kib >= 0)
		samples_add(to, (double)kib * 1024);
}

static void add_family(struct samples *to, pid_t pid)
{
	struct pids family = {0};
	double sum = 0;
	bool known = true;

	proc_family(&family, pid);
	for (size_t i = 0; i < family.list.n; i++) {
		long kib = proc_number(family.list.at[i], "smaps_rollup", "Pss:");

		known = known && kib >= 0;
		sum += (double)kib * 1024;
	}
	vec_free(&family.list);
	if (known)
		samples_add(to, sum);
}

static bool take_tutor(struct taking *t, const struct bench *bench, int place)
{
	struct pty pty;
	pid_t pid;

	if (place == 0 ? !tutor_home(&pty, bench)
		       : !tutor_demo(&pty, bench, "connection-reset#classic"))
		return false;
	for (int i = 0; place == 1 && i < 6; i++)
		tutor_step(&pty);
	pid = tutor_screen(&pty);
	add(&t->rss[place], pid, "Rss:");
	add(&t->pss[place], pid, "Pss:");
	if (place == 1)
		add_family(&t->all, pty.pid);
	pty_close(&pty, "qqq");
	return true;
}

static void take_less(struct taking *t, const char *less, const char *readme)
{
	const char *argv[] = {less, readme, NULL};
	struct pty pty;

	if (!pty_open(&pty, argv))
		return;
	if (pty_until(&pty, "\033[27m", 0))
		add(&t->less, pty.pid, "Rss:");
	pty_close(&pty, "q");
}

static void report_memory(const char *what, struct samples *s, bool has_goal)
{
	if (s->list.n)
		report_row(&(struct row){.what = what, .unit = UNIT_MEMORY, .here = s,
					 .goal = has_goal ? GOAL : 0, .has_goal = has_goal});
	else
		report_missing(what, "cannot be read here");
}

static void report(struct taking *t)
{
	report_memory("resident, at the list of lessons", &t->rss[0], true);
	report_memory("resident, in a demo that has ended", &t->rss[1], true);
	report_memory("its share (Pss), at the list of lessons", &t->pss[0], false);
	report_memory("its share (Pss), in a demo that has ended", &t->pss[1], false);
	report_memory("share of all processes of a demo", &t->all, false);
	if (t->less.list.n)
		report_row(&(struct row){.what = "resident, at the list of lessons",
					 .unit = UNIT_MEMORY, .here = &t->rss[0],
					 .peer = "less README.md", .there = &t->less});
	else
		report_missing("resident, at the list of lessons", "less is not installed");
}

void bench_memory(const struct bench *bench)
{
	struct taking t = {0};
	struct str less = {0}, readme = {0};
	bool ok = true;

	str_addf(&readme, "%s/README.md", bench->source);
	job_find(&less, "less");
	for (int i = 0; ok && i < ROUNDS; i++) {
		ok = take_tutor(&t, bench, 0) && take_tutor(&t, bench, 1);
		if (less.len)
			take_less(&t, less.p, readme.p);
	}
	report(&t);
	for (int i = 0; i < 2; i++) {
		samples_free(&t.rss[i]);
		samples_free(&t.pss[i]);
	}
	samples_free(&t.all);
	samples_free(&t.less);
	str_free(&less);
	str_free(&readme);
}
