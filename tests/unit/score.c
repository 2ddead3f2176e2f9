/* timeline/score: which rows of a goal a program's run holds. */
#include "timeline/score.h"

#include "lesson/lesson.h"
#include "suites.h"

#include <string.h>

static const char table[] =
	"| Process A | Process B |\n|---|---|\n"
	"| connects | |\n| | accept() |\n| sends \"x\" | = 4 |\n| closes | |\n";

static void decide(struct events *events, int row, enum role role, enum verdict verdict)
{
	struct event e = {.kind = EVENT_VERDICT, .row = row, .role = role};

	e.u.verdict.verdict = verdict;
	e.u.verdict.claim = EVENT_NONE;
	events_add(events, e);
}

/* WORDS: `1A+ 3B- 4A?`, holds, differs, unseen. How many rows hold, which is the first that does
 * not, and the whole. */
static void check(const char *words, size_t held, size_t first, enum verdict verdict)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("g.md", table, strlen(table), &errs);
	struct events events = {0};
	struct score score = {0};

	for (const char *p = words; *p; p += 3 + (p[3] == ' '))
		decide(&events, p[0] - '0', p[1] == 'A' ? ROLE_A : ROLE_B,
		       p[2] == '+' ? VERDICT_HOLDS : p[2] == '-' ? VERDICT_DIFFERS : VERDICT_UNSEEN);
	CHECK_NUMBER(errs.list.n, 0);
	score_look(&score, &lesson->demos.at[0].table, &events);
	CHECK_NUMBER(score.rows.n, 3);
	if (!CHECK_NUMBER(score.held, held) || !CHECK_NUMBER(score.first, first) ||
	    !CHECK_NUMBER(score.verdict, verdict))
		CHECK_TEXT(words, "the verdicts above");
	score_free(&score);
	events_free(&events);
	lesson_free(lesson);
	errs_free(&errs);
}

static void rows(void)
{
	check("", 0, 0, VERDICT_DIFFERS);
	check("1A-", 0, 0, VERDICT_DIFFERS);
	check("1A+", 1, 1, VERDICT_DIFFERS);
	check("1A+ 3A+", 1, 1, VERDICT_DIFFERS);
	check("1A+ 3A+ 3B-", 1, 1, VERDICT_DIFFERS);
	check("1A+ 3B+ 3A+", 2, 2, VERDICT_DIFFERS);
	check("1A+ 3B+ 3A+ 4A-", 2, 2, VERDICT_DIFFERS);
	check("1A+ 3B+ 3A+ 4A+", 3, 3, VERDICT_HOLDS);
	check("1A+ 3B? 3A+ 4A+", 2, 1, VERDICT_UNSEEN);
	check("1A+ 3B? 3A+ 4A-", 1, 1, VERDICT_DIFFERS);
}

/* Of two outcomes in a row the one that differs is told. */
static void whose(void)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("g.md", table, strlen(table), &errs);
	struct events events = {0};
	struct score score = {0};

	decide(&events, 1, ROLE_A, VERDICT_HOLDS);
	decide(&events, 3, ROLE_A, VERDICT_UNSEEN);
	decide(&events, 3, ROLE_B, VERDICT_DIFFERS);
	events_add(&events, (struct event){.kind = EVENT_ROW_DONE, .row = 3,
					   .text = mem_strdup("it is gone")});
	score_look(&score, &lesson->demos.at[0].table, &events);
	CHECK_NUMBER(score.rows.at[1].row, 3);
	CHECK_NUMBER(score.rows.at[1].role, ROLE_B);
	CHECK_NUMBER(score.rows.at[1].event, 2);
	CHECK_TEXT(score.trouble, "it is gone");
	CHECK_NUMBER(score.trouble_row, 3);
	score_free(&score);
	events_free(&events);
	lesson_free(lesson);
	errs_free(&errs);
}

static const struct test tests[] = {
	{"rows", rows},
	{"whose", whose},
	{NULL, NULL},
};

const struct suite suite_score = {"score", NULL, NULL, tests};
