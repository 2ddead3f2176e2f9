/*
 * What the tutorial does while nobody does anything: nothing.
 *
 * Two ways of looking. The kernel counts how often a process left a processor: one that was
 * never put on a processor made no system call, and counting disturbs nobody. And strace is
 * attached to all that are not traced already (A and B are, by the stage); the calls that
 * attaching interrupts are not counted.
 */
#include "bench.h"

#include "base/clock.h"
#include "job.h"
#include "proc.h"
#include "tutor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_S = 10, PLACES = 3 };

struct place {
	const char *ran;
	const char *calls;
	struct pty pty;
	struct pids family;
	bool open;
	long before;
};

static long switches(const struct place *p)
{
	long sum = 0;

	for (size_t i = 0; i < p->family.list.n; i++)
		sum += proc_switches(p->family.list.at[i]);
	return sum;
}

static void report_count(const char *what, double count)
{
	struct samples s = {0};

	samples_add(&s, count);
	report_row(&(struct row){.what = what, .unit = UNIT_COUNT, .here = &s, .has_goal = true});
	samples_free(&s);
}

static void count_runs(struct place *places)
{
	for (int i = 0; i < PLACES; i++)
		places[i].before = switches(&places[i]);
	poll(NULL, 0, WAIT_S * 1000);
	for (int i = 0; i < PLACES; i++)
		if (places[i].open)
			report_count(places[i].ran, (double)(switches(&places[i]) - places[i].before));
}

/* Whether strace may look at PID: nobody else traces it. */
static bool is_free(pid_t pid)
{
	return proc_number(pid, "status", "TracerPid:") == 0;
}

/* strace on all of P that are free, its lines to FILE. */
static pid_t attach(const struct place *p, const char *strace, const char *file)
{
	char numbers[16][16];
	const char *argv[40] = {strace, "-f", "-ttt", "-o", file};
	size_t n = 5, used = 0;
	pid_t pid;

	for (size_t i = 0; i < p->family.list.n && used < 16; i++) {
		if (!is_free(p->family.list.at[i]))
			continue;
		snprintf(numbers[used], sizeof *numbers, "%ld", (long)p->family.list.at[i]);
		argv[n++] = "-p";
		argv[n++] = numbers[used++];
	}
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		dup2(null, STDERR_FILENO);
		execv(strace, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	return pid;
}

/* Until all are traced and asleep again. False: it cannot be done. */
static bool attached(const struct place *p, pid_t strace)
{
	int64_t until = clock_now() + 5 * CLOCK_S;
	bool all = false;

	while (!all && clock_now() < until && waitpid(strace, NULL, WNOHANG) == 0) {
		all = true;
		for (size_t i = 0; i < p->family.list.n; i++) {
			char state = proc_state(p->family.list.at[i]);

			all = all && !is_free(p->family.list.at[i]) &&
			      (state == 'S' || state == 't');
		}
		poll(NULL, 0, 1);
	}
	return all;
}

static double real_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Lines of FILE with calls that began after FROM; `PID TIME call(…`. */
static long count_calls(const char *file, double from)
{
	char line[1024];
	FILE *f = fopen(file, "re");
	long n = 0;
	double at;

	while (f && fgets(line, sizeof line, f))
		n += sscanf(line, "%*d %lf", &at) == 1 && at > from && strchr(line, '(') &&
		     !strstr(line, "resumed>") && !strstr(line, "detached");
	if (f)
		fclose(f);
	return n;
}

static void count_traced(struct place *places, const char *strace)
{
	const char *base = getenv("TMPDIR");
	char files[PLACES][512];
	pid_t pids[PLACES];
	bool ok[PLACES];
	double from;

	for (int i = 0; i < PLACES; i++) {
		snprintf(files[i], sizeof *files, "%s/socktutor-bench-%ld-%d.strace",
			 base && *base ? base : "/tmp", (long)getpid(), i);
		pids[i] = places[i].open ? attach(&places[i], strace, files[i]) : -1;
	}
	for (int i = 0; i < PLACES; i++)
		ok[i] = pids[i] > 0 && attached(&places[i], pids[i]);
	from = real_time();
	poll(NULL, 0, WAIT_S * 1000);
	for (int i = 0; i < PLACES; i++) {
		if (pids[i] > 0)
			kill(pids[i], SIGINT);
		while (pids[i] > 0 && waitpid(pids[i], NULL, 0) < 0 && errno == EINTR)
			;
		if (ok[i])
			report_count(places[i].calls, (double)count_calls(files[i], from));
		else
			report_missing(places[i].calls, "strace may not attach here");
		unlink(files[i]);
	}
}

static void open_place(struct place *p, bool opened)
{
	p->open = opened;
	if (!opened) {
		report_missing(p->ran, "the tutorial does not open here");
		return;
	}
	proc_family(&p->family, p->pty.pid);
}

void bench_waiting(const struct bench *bench)
{
	struct place places[PLACES] = {
		{.ran = "ran in 10 s: at the list of lessons",
		 .calls = "calls in 10 s: at the list of lessons"},
		{.ran = "ran in 10 s: between steps",
		 .calls = "calls in 10 s: between steps"},
		{.ran = "ran in 10 s: between steps, with the wire",
		 .calls = "calls in 10 s: between steps, with the wire"},
	};
	struct str strace = {0};

	open_place(&places[0], tutor_home(&places[0].pty, bench));
	open_place(&places[1], tutor_demo(&places[1].pty, bench, "broken-pipe#classic"));
	if (places[1].open)
		tutor_step(&places[1].pty);
	/* Before its first step: later its kernel sends the FIN again and again, and each time
	 * there is something to show. */
	open_place(&places[2], tutor_demo(&places[2].pty, bench, "connection-reset#classic"));
	count_runs(places);
	if (job_find(&strace, "strace"))
		count_traced(places, strace.p);
	else
		report_missing(places[0].calls, "strace is not installed");
	for (int i = 0; i < PLACES; i++) {
		if (places[i].open)
			pty_close(&places[i].pty, "qqq");
		vec_free(&places[i].family.list);
	}
	str_free(&strace);
}
