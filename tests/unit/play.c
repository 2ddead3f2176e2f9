#include "play.h"

#include "base/clock.h"
#include "suites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing in a test may take longer than this. */
#define BOUND (20 * CLOCK_S)

void play_open_with(struct play *p, const char *markdown, actor_main *a, bool plain)
{
	actor_main *const play[ROLES] = {a, actor_script};
	struct errs errs = {0};

	*p = (struct play){.lesson = lesson_parse("test.md", markdown, strlen(markdown), &errs)};
	errs_print(&errs, stderr);
	CHECK(errs.list.n == 0);
	CU_ASSERT_FATAL(p->lesson->demos.n > 0);
	p->demo = &p->lesson->demos.at[0];
	p->stage = stage_open_played(p->demo, play, plain, &errs);
	errs_print(&errs, stderr);
	CU_ASSERT_FATAL(p->stage != NULL);
	errs_free(&errs);
}

void play_open(struct play *p, const char *markdown)
{
	play_open_with(p, markdown, actor_script, false);
}

/* Take in events until one of KIND in ROW (-1: any). */
static void take_until(struct play *p, enum event_kind kind, int row)
{
	struct event e;
	enum stage_news news;

	while ((news = stage_wait(p->stage, &e, BOUND)) == STAGE_EVENT) {
		if (e.kind == EVENT_BEGIN)
			events_free(&p->events);
		events_add(&p->events, e);
		if (e.kind == EVENT_DONE || (e.kind == kind && (row < 0 || e.row == row)))
			return;
	}
	CHECK(news != STAGE_NOTHING);
	p->gone = true;
}

void play_until(struct play *p, enum event_kind kind)
{
	take_until(p, kind, -1);
}

void play_to(struct play *p, int row)
{
	stage_tell(p->stage, STAGE_STEP_TO, row);
	take_until(p, EVENT_ROW_DONE, row);
}

void play_move(struct play *p, int row, enum role role, const char *text)
{
	CHECK_NUMBER(stage_move(p->stage, role, text), 0);
	take_until(p, EVENT_DONE, row);
}

void play_all(struct play *p)
{
	stage_tell(p->stage, STAGE_STEP_TO, (int)p->demo->table.rows.n);
	take_until(p, EVENT_DONE, -1);
}

void play_again(struct play *p)
{
	stage_tell(p->stage, STAGE_RESTART, 0);
	take_until(p, EVENT_BEGIN, -1);
}

int play_count(const struct play *p, enum verdict verdict)
{
	int n = 0;

	for (size_t i = 0; i < p->events.list.n; i++)
		n += p->events.list.at[i].kind == EVENT_VERDICT &&
		     p->events.list.at[i].u.verdict.verdict == verdict;
	return n;
}

size_t play_find(const struct play *p, enum event_kind kind, enum role role, size_t from)
{
	for (size_t i = from; i < p->events.list.n; i++)
		if (p->events.list.at[i].kind == kind &&
		    (role == ROLE_NONE || p->events.list.at[i].role == role))
			return i;
	return EVENT_NONE;
}

const char *play_seen(const struct play *p, enum role role, int row)
{
	for (size_t i = 0; i < p->events.list.n; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_VERDICT && e->role == role && e->row == row)
			return e->text ? e->text : "";
	}
	return "(none)";
}

void play_close(struct play *p)
{
	stage_close(p->stage);
	events_free(&p->events);
	lesson_free(p->lesson);
	*p = (struct play){0};
}

static int count_outcomes(const struct demo *demo)
{
	int n = 0;

	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int r = 0; r < ROLES; r++)
			n += demo->table.rows.at[i].cell[r].kind == CELL_OUTCOME;
	return n;
}

static void print_verdicts(const struct play *p)
{
	for (size_t i = 0; i < p->events.list.n; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_VERDICT && e->u.verdict.verdict != VERDICT_HOLDS)
			printf("    row %d, %s: saw %s\n", e->row, role_name(e->role),
			       e->text && *e->text ? e->text : "nothing");
		else if (e->text && (e->kind == EVENT_ROW_DONE || e->kind == EVENT_REFUSED ||
				     e->kind == EVENT_CANNOT))
			printf("    row %d: %s\n", e->row, e->text);
	}
}

bool play_denied(const struct play *p)
{
	if (play_count(p, VERDICT_UNSEEN) > 0)
		return true;
	for (size_t i = 0; i < p->events.list.n; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_CANNOT &&
		    (e->u.cannot == CANNOT_MISS || e->u.cannot == CANNOT_CUT))
			return true;
	}
	return false;
}

bool play_isolated(void)
{
	struct play p;
	bool isolated = true;

	play_open(&p, "<!-- demo: id=t link=tcp -->\n| Process A | Process B |\n|---|---|\n| `send()` | |\n");
	play_all(&p);
	for (size_t i = 0; i < p.events.list.n; i++)
		if (p.events.list.at[i].kind == EVENT_CANNOT &&
		    p.events.list.at[i].u.cannot == CANNOT_ISOLATE)
			isolated = false;
	play_close(&p);
	return isolated;
}

bool play_holds(const char *markdown)
{
	struct play p;
	bool holds;

	play_open(&p, markdown);
	play_all(&p);
	holds = !p.gone && count_outcomes(p.demo) > 0 &&
		play_count(&p, VERDICT_HOLDS) == count_outcomes(p.demo);
	for (size_t i = 0; i < p.events.list.n; i++)
		if (p.events.list.at[i].kind == EVENT_ROW_DONE && p.events.list.at[i].text)
			holds = false;
	if (!holds && play_denied(&p)) {
		skip_test("the wire cannot be seen or changed here");
		holds = true;
	}
	if (!holds)
		print_verdicts(&p);
	play_close(&p);
	return holds;
}

static pid_t parent_of(const char *pid)
{
	char path[300], line[512];
	FILE *f;
	char *at;
	int parent = 0;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	f = fopen(path, "re");
	if (f && fgets(line, sizeof line, f) && (at = strrchr(line, ')')))
		sscanf(at + 1, " %*c %d", &parent);
	if (f)
		fclose(f);
	return parent;
}

int processes_below(pid_t pid)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;
	int n = 0;

	while (proc && (e = readdir(proc)))
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9' && parent_of(e->d_name) == pid)
			n += 1 + processes_below(atoi(e->d_name));
	if (proc)
		closedir(proc);
	return n;
}
