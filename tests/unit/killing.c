/* Nothing is left behind: kill -9 at random moments, each 50 times. */
#include "base/clock.h"
#include "play.h"
#include "suites.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIMES = 50 };

/* What has not happened by then never will, however busy the machine. */
#define BOUND (60 * CLOCK_S)

#define TEXT "<!-- demo: id=t link=unix -->\n| Process A | Process B |\n|---|---|\n" \
	     "| `recv()` | |\n| | `send()` |\n| `= \"hello\"` | |\n| | `close()` |\n| `send()` | |\n"

/* What the tutor child tells this process: how many stages it has started. */
struct score {
	atomic_int stages;
};

/* Play the demo over and over; when the stage is gone, start another. */
static _Noreturn void be_tutor(struct score *score, bool plain)
{
	static actor_main *const scripted[ROLES] = {actor_script, actor_script};
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("t.md", TEXT, strlen(TEXT), &errs);

	for (;;) {
		struct stage *stage = stage_open_played(&lesson->demos.at[0], scripted, plain, &errs);
		struct event e;

		if (!stage)
			_exit(3);
		atomic_fetch_add(&score->stages, 1);
		stage_tell(stage, STAGE_STEP_TO, 5);
		while (stage_wait(stage, &e, -1) == STAGE_EVENT) {
			if (e.kind == EVENT_DONE) {
				stage_tell(stage, STAGE_RESTART, 0);
				stage_tell(stage, STAGE_STEP_TO, 5);
			}
			event_clear(&e);
		}
		stage_close(stage);
	}
}

static void nap(int64_t ns)
{
	struct timespec t = {ns / CLOCK_S, ns % CLOCK_S};

	nanosleep(&t, NULL);
}

/* The process called NAME below PID, at any depth; 0 when there is none. */
static pid_t find_below(pid_t pid, const char *name)
{
	char path[300], line[512];
	DIR *proc = opendir("/proc");
	struct dirent *e;
	pid_t found = 0;

	while (proc && !found && (e = readdir(proc))) {
		FILE *f;
		char *end;
		int parent = 0;

		snprintf(path, sizeof path, "/proc/%s/stat", e->d_name);
		f = e->d_name[0] >= '1' && e->d_name[0] <= '9' ? fopen(path, "re") : NULL;
		if (!f)
			continue;
		if (fgets(line, sizeof line, f) && (end = strrchr(line, ')')) &&
		    sscanf(end + 1, " %*c %d", &parent) == 1 && parent == pid) {
			found = strstr(line, name) ? atoi(e->d_name)
						   : find_below(atoi(e->d_name), name);
		}
		fclose(f);
	}
	if (proc)
		closedir(proc);
	return found;
}

/* Bounded wait until nothing is left below this process, zombies reaped. */
static int left_over(void)
{
	int64_t until = clock_now() + BOUND;

	do {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
			return 0;
		nap(CLOCK_MS);
	} while (clock_now() < until);
	return processes_below(getpid());
}

static int files_in(const char *directory)
{
	DIR *d = opendir(directory);
	struct dirent *e;
	int n = 0;

	while (d && (e = readdir(d)))
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static bool wait_for_stage(struct score *score, int more_than)
{
	int64_t until = clock_now() + BOUND;

	while (atomic_load(&score->stages) <= more_than && clock_now() < until)
		nap(CLOCK_MS / 10);
	return atomic_load(&score->stages) > more_than;
}

struct scene_of_crime {
	struct score *score;
	char directory[64];
	pid_t tutor;
};

static void set_scene(struct scene_of_crime *c, bool plain)
{
	c->score = mmap(NULL, sizeof *c->score, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			-1, 0);
	strcpy(c->directory, "killing-XXXXXX");
	CU_ASSERT_FATAL(mkdtemp(c->directory) != NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	c->tutor = fork();
	if (c->tutor == 0) {
		char full[4096];

		if (!realpath(c->directory, full))
			_exit(4);
		setenv("TMPDIR", full, 1);
		be_tutor(c->score, plain);
	}
	CHECK(wait_for_stage(c->score, 0));
}

static void clear_scene(struct scene_of_crime *c)
{
	kill(c->tutor, SIGKILL);
	CHECK_NUMBER(left_over(), 0);
	CHECK_NUMBER(files_in(c->directory), 0);
	rmdir(c->directory);
	munmap(c->score, sizeof *c->score);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
}

static void random_moment(void)
{
	nap(rand() % 4000 * 1000);
}

static void kill_tutor(bool plain)
{
	for (int i = 0; i < TIMES; i++) {
		struct scene_of_crime c;

		set_scene(&c, plain);
		random_moment();
		clear_scene(&c);
	}
}

/* The process called NAME that came after BEFORE. 0: none did. */
static pid_t wait_for_another(pid_t tutor, const char *name, pid_t before)
{
	int64_t until = clock_now() + BOUND;
	pid_t pid;

	while ((pid = find_below(tutor, name)) == 0 || pid == before) {
		if (clock_now() >= until)
			return 0;
		nap(CLOCK_MS / 10);
	}
	return pid;
}

/* Kill the process called NAME again and again: the tutor lives on, and each time another
 * one comes to be. How long that takes is the machine's affair, as long as it happens. A
 * stage is not opened when it is killed before it has said so: ENDS_STAGE waits for that. */
static void kill_named(const char *name, bool plain, bool ends_stage)
{
	struct scene_of_crime c;
	pid_t pid = 0;
	int done = 0;

	set_scene(&c, plain);
	while (done < TIMES) {
		int before = atomic_load(&c.score->stages);

		random_moment();
		pid = wait_for_another(c.tutor, name, pid);
		if (!CHECK(pid != 0))
			break;
		if (kill(pid, SIGKILL) < 0)
			continue;
		done++;
		if (ends_stage && !CHECK(wait_for_stage(c.score, before)))
			break;
	}
	CHECK_NUMBER(done, TIMES);
	CHECK(wait_for_another(c.tutor, name, pid) != 0);
	CHECK(waitpid(c.tutor, NULL, WNOHANG) == 0);
	clear_scene(&c);
}

static void tutor(void)
{
	kill_tutor(false);
}

static void stage(void)
{
	kill_named("socktutor-stage", false, true);
}

static void process_a(void)
{
	kill_named("process-A", false, false);
}

static void process_b(void)
{
	kill_named("process-B", false, false);
}

static void init(void)
{
	if (play_isolated())
		kill_named("socktutor-init", false, false);
	else
		skip_test("no process namespace here, so no init of its own");
}

static void tutor_plain(void)
{
	kill_tutor(true);
}

static void stage_plain(void)
{
	kill_named("socktutor-stage", true, true);
}

static const struct test tests[] = {
	{"tutor", tutor},           {"stage", stage},
	{"process_a", process_a},   {"process_b", process_b},
	{"init", init},             {"tutor_plain", tutor_plain},
	{"stage_plain", stage_plain}, {0},
};

const struct suite suite_killing = {"killing", NULL, NULL, tests};
