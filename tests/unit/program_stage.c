/* stage/program: a role that a program plays; what it talks is for tests/programs.sh. */
#include "lesson/lab.h"
#include "lesson/lesson.h"
#include "play.h"
#include "suites.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define LAB(keys) "<!-- lab: id=t " keys " -->\n\n| Process A | Process B |\n|---|---|\n"

struct show {
	struct play play;    /* its lesson is of the lab, its demo the goal */
	const char *words[4];
};

/* Its words are Process A of the first lab in MARKDOWN. */
static void open_words(struct show *s, const char *markdown)
{
	struct errs errs = {0};
	struct stage_options options = {.blind = true, .program = {s->words, NULL}};

	s->play.lesson = lesson_parse("test", markdown, strlen(markdown), &errs);
	s->play.demo = &s->play.lesson->lab_tables.at[s->play.lesson->labs.at[0].goal].demo;
	s->play.stage = stage_open_with(s->play.demo, &options, &errs);
	CHECK(s->play.stage != NULL);
	errs_free(&errs);
}

/* `sh -c TEXT` is. */
static void open_show(struct show *s, const char *markdown, const char *text)
{
	*s = (struct show){.words = {"/bin/sh", "-c", text, NULL}};
	open_words(s, markdown);
}

static void run_show(struct show *s, const char *markdown, const char *text)
{
	open_show(s, markdown, text);
	play_all(&s->play);
}

/* The first line that was printed on FD, or "(none)". */
static const char *printed(const struct show *s, int fd)
{
	for (size_t i = 0; i < s->play.events.list.n; i++) {
		const struct event *e = &s->play.events.list.at[i];

		if (e->kind == EVENT_OUTPUT && e->u.output.fd == fd)
			return e->text;
	}
	return "(none)";
}

static const struct event *first(const struct show *s, enum event_kind kind, enum role role)
{
	size_t i = play_find(&s->play, kind, role, 0);

	return i == EVENT_NONE ? NULL : &s->play.events.list.at[i];
}

static bool refused(const struct show *s, const char *words)
{
	const struct event *e = first(s, EVENT_REFUSED, ROLE_A);

	return e && strstr(e->text, words);
}

static void runs_and_ends(void)
{
	struct show s;

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	run_show(&s, LAB("a=program") "| exited 3 | |\n", "echo one; echo two >&2; exit 3");
	CHECK_TEXT(printed(&s, 1), "one");
	CHECK_TEXT(printed(&s, 2), "two");
	CHECK(play_count(&s.play, VERDICT_HOLDS) == 1);
	CHECK(first(&s, EVENT_START, ROLE_A) && first(&s, EVENT_START, ROLE_A)->task == 1);
	play_close(&s.play);

	run_show(&s, LAB("a=program") "| exited 3 | |\n| | `getpid()` |\n", "exit 4");
	CHECK(play_count(&s.play, VERDICT_DIFFERS) == 1);
	CHECK(first(&s, EVENT_CALL, ROLE_B)->row == 0); /* the first that differs ends it */
	play_close(&s.play);
}

/* It is ended when the table is, and each run has one of its own. */
static void each_run_has_one(void)
{
	struct show s;
	int pid;

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	run_show(&s, LAB("a=program") "| | `getpid()` |\n", "echo up; while :; do sleep 100; done");
	CHECK(first(&s, EVENT_END, ROLE_A)->u.end.signal == SIGTERM);
	pid = first(&s, EVENT_START, ROLE_A)->u.pid;
	play_again(&s.play);
	play_all(&s.play);
	CHECK(first(&s, EVENT_START, ROLE_A)->u.pid != pid);
	CHECK(first(&s, EVENT_END, ROLE_A)->u.end.signal == SIGTERM);
	play_close(&s.play);
}

static void is_told_where(void)
{
	struct show s;
	const char *say = "echo \"$SOCKTUTOR_SOCKET $SOCKTUTOR_HOST\"; echo \"$SOCKTUTOR_PORT\" >&2";

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	run_show(&s, LAB("a=program") "| exited 0 | |\n", say);
	CHECK(strstr(printed(&s, 1), "/demo.sock ") != NULL);
	CHECK_TEXT(printed(&s, 2), "");
	play_close(&s.play);
	run_show(&s, LAB("a=program link=tcp") "| exited 0 | |\n", say);
	CHECK_TEXT(printed(&s, 1), " 127.0.0.1");
	CHECK(atoi(printed(&s, 2)) > 1023);
	play_close(&s.play);
	run_show(&s, LAB("a=program link=none") "| exited 0 | |\n", say);
	CHECK_TEXT(printed(&s, 2), "7000");
	play_close(&s.play);
}

/* Files can be read, and written in one place alone, which is empty again in the next run. */
static void changes_nothing(void)
{
	struct show s;

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	run_show(&s, LAB("a=program") "| exited 0 | |\n",
		 "cat /dev/null && mkdir -p \"$TMPDIR/a/b\" && echo x >\"$TMPDIR/a/b/c\" &&"
		 " ! (: >./socktutor-was-here) 2>/dev/null && ls \"$TMPDIR\"");
	CHECK_TEXT(printed(&s, 1), "a");
	CHECK(play_count(&s.play, VERDICT_HOLDS) == 1);
	play_again(&s.play);
	CHECK(play_find(&s.play, EVENT_OUTPUT, ROLE_A, 0) == EVENT_NONE);
	play_all(&s.play);
	CHECK(play_count(&s.play, VERDICT_HOLDS) == 1);
	play_close(&s.play);
}

static void cannot_be_found(void)
{
	struct show s = {.words = {"no-such-program", NULL}};

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	open_words(&s, LAB("a=program") "| exited 0 | |\n");
	play_all(&s.play);
	CHECK(refused(&s, "no program 'no-such-program'"));
	CHECK(play_count(&s.play, VERDICT_DIFFERS) == 1);
	play_close(&s.play);
}

static void prints_too_much(void)
{
	struct show s;
	size_t bytes = 0, cut = 0;

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	run_show(&s, LAB("a=program patience=30s") "| exited 0 | |\n",
		 "i=0; while [ $i -lt 9000 ]; do echo and so on and so on and so on; i=$((i + 1)); done");
	for (size_t i = 0; i < s.play.events.list.n; i++) {
		const struct event *e = &s.play.events.list.at[i];

		bytes += e->kind == EVENT_OUTPUT ? strlen(e->text) + 1 : 0;
		cut += e->kind == EVENT_OUTPUT && e->u.output.cut;
	}
	CHECK(bytes > 60000 && bytes < 70000 && cut == 1);
	play_close(&s.play);
}

static void makes_too_many(void)
{
	struct show s;

	if (!play_isolated()) {
		skip_test("programs need namespaces");
		return;
	}
	run_show(&s, LAB("a=program") "| exited 0 | |\n", "f() { f & f & }; f; wait");
	CHECK(refused(&s, "processes and threads"));
	play_close(&s.play);
}

static const struct test tests[] = {
	{"runs_and_ends", runs_and_ends},
	{"each_run_has_one", each_run_has_one},
	{"is_told_where", is_told_where},
	{"changes_nothing", changes_nothing},
	{"cannot_be_found", cannot_be_found},
	{"prints_too_much", prints_too_much},
	{"makes_too_many", makes_too_many},
	{NULL, NULL},
};

const struct suite suite_program_stage = {"program-stage", NULL, NULL, tests};
