/* lesson/lab: tasks, their goals, hints, solutions and wrong attempts. */
#include "lesson/lab.h"

#include "lesson/action.h"
#include "lesson/call.h"
#include "lesson/lesson.h"
#include "parsing.h"
#include "suites.h"

#include <string.h>

#define HEAD "| Process A | Process B |\n|---|---|\n"

static const char text[] =
	"# Resets\n\nSome text.\n\n"
	"<!-- lab: id=see-a-reset link=tcp allow=send,recv,close a-misses=FIN title=\"A reset\" -->\n\n"
	"Make Process A see it.\n\n"
	HEAD "| ECONNRESET | |\n\n"
	"<!-- hint -->\n\nWho is gone?\n\n- a list, too\n\n"
	"<!-- hint -->\n\nIt is B.\n\n"
	"<!-- solution -->\n\n" HEAD "| | close(listener) |\n| recv() | |\n\n"
	"<!-- solution -->\n\n" HEAD "| send() | |\n\n"
	"<!-- wrong -->\n\nNobody closed.\n\n" HEAD "| recv() | |\n\n"
	"## After\n\nMore text.\n\n"
	HEAD "| send() | |\n";

static void parts(void)
{
	struct lesson *lesson = parsing(text, 0);
	const struct lab *lab = lesson_lab(lesson, "see-a-reset");
	size_t first, end;

	CHECK(!lesson_lab(lesson, "see-a"));
	CHECK_NUMBER(lesson->demos.n, 1);
	CHECK_NUMBER(lesson->lab_tables.n, 4);
	if (!CHECK(lab)) {
		lesson_free(lesson);
		return;
	}
	CHECK_TEXT(lab->setup.title, "A reset");
	CHECK_NUMBER(lab->solutions.n, 2);
	CHECK_NUMBER(lab->wrong.n, 1);
	CHECK_NUMBER(lab->hints.n, 2);
	CHECK_NUMBER(lab->allow.n, 3);
	CHECK_NUMBER(lab_goal(lesson, lab)->table.rows.n, 1);
	CHECK_NUMBER(lab_goal(lesson, lab)->link, LINK_TCP);
	CHECK_NUMBER(lab_goal(lesson, lab)->setup[ROLE_A].misses, MISS_FIN);
	lab_hint(lesson, lab, 0, &first, &end);
	CHECK_NUMBER(end - first, 2);
	CHECK_NUMBER(lesson->blocks.at[first].kind, BLOCK_PARAGRAPH);
	lab_hint(lesson, lab, 1, &first, &end);
	CHECK_NUMBER(end - first, 1);
	lab_why(lesson, lab, lab->wrong.at[0], &first, &end);
	CHECK_NUMBER(end - first, 1);
	lab_why(lesson, lab, lab->goal, &first, &end);
	CHECK_NUMBER(end - first, 1);
	CHECK(lab_plays(lesson, lab, ROLE_A) && lab_plays(lesson, lab, ROLE_B));
	lesson_free(lesson);
}

/* What the reader does not see, and where the lab ends. */
static void aside(void)
{
	struct lesson *lesson = parsing(text, 0);
	const struct lab *lab = &lesson->labs.at[0];

	for (size_t i = 0; i < lesson->blocks.n; i++) {
		const struct block *b = &lesson->blocks.at[i];
		bool hidden = i > lab->first + 2 && i < lab->end;

		CHECK_NUMBER(b->aside, hidden);
	}
	CHECK_NUMBER(lesson->blocks.at[lab->end].kind, BLOCK_HEADING);
	lesson_free(lesson);
}

/* A demo's directive is no block of the lesson; labs below it are where they are. */
static void after_demo(void)
{
	struct lesson *lesson = parsing("<!-- demo: id=one -->\n\n" HEAD "| close() | |\n\n"
				      "<!-- lab: id=x -->\n\nGoal.\n\n" HEAD "| EPIPE | |\n\n"
				      "<!-- hint -->\n\nHint.\n\n"
				      "<!-- wrong -->\n\nWhy.\n\n" HEAD "| recv() | |\n\n"
				      "<!-- demo: id=two -->\n\n" HEAD "| close() | |\n\n"
				      "<!-- lab: id=y -->\n\n" HEAD "| EOF | |\n", 0);
	const struct lab *lab = lesson_lab(lesson, "x");
	const struct block *list = lesson->blocks.at;
	size_t first, end;

	CHECK_NUMBER(lesson->demos.n, 2);
	CHECK_TEXT(list[lab->first].text, "lab: id=x");
	CHECK_NUMBER(list[lab->end].kind, BLOCK_DEMO);
	lab_hint(lesson, lab, 0, &first, &end);
	CHECK_NUMBER(end - first, 1);
	CHECK_TEXT(list[first].spans.at[0].text, "Hint.");
	lab_why(lesson, lab, lab->goal, &first, &end);
	CHECK_NUMBER(end - first, 1);
	CHECK_TEXT(list[first].spans.at[0].text, "Goal.");
	lab_why(lesson, lab, lab->wrong.at[0], &first, &end);
	CHECK_NUMBER(end - first, 1);
	CHECK_TEXT(list[first].spans.at[0].text, "Why.");
	lab = lesson_lab(lesson, "y");
	CHECK_TEXT(list[lab->first].text, "lab: id=y");
	CHECK_NUMBER(lab->end, lesson->blocks.n);
	lesson_free(lesson);
}

/* All tables of a lab have one set-up. */
static void one_place(void)
{
	struct lesson *lesson = parsing(text, 0);

	for (size_t i = 0; i < lesson->lab_tables.n; i++) {
		const struct demo *demo = &lesson->lab_tables.at[i].demo;

		CHECK_NUMBER(demo->prologue.rows.n, lesson->lab_tables.at[0].demo.prologue.rows.n);
		CHECK(demo->keeps_listener);
		CHECK_NUMBER(demo->link, LINK_TCP);
	}
	lesson_free(lesson);
	lesson = parsing("<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n<!-- solution -->\n\n" HEAD
		       "| send() | |\n| RESET | |\n", 0);
	CHECK_NUMBER(lesson->lab_tables.at[0].demo.link, LINK_UNIX);
	CHECK_NUMBER(lesson->lab_tables.at[1].demo.link, LINK_UNIX);
	lesson_free(lesson);
}

/* The settings of its network, too. */
static void settings(void)
{
	struct lesson *lesson = parsing("<!-- lab: id=x settings=tcp_syn_retries=1 -->\n\n" HEAD
				      "| ETIMEDOUT | |\n\n<!-- solution -->\n\n" HEAD
				      "| recv() | |\n", 0);

	CHECK_NUMBER(lesson->lab_tables.n, 2);
	for (size_t i = 0; i < lesson->lab_tables.n; i++) {
		const struct settings *s = &lesson->lab_tables.at[i].demo.settings;

		CHECK(s->of[SETTING_SYN_RETRIES].given);
		CHECK_NUMBER(s->of[SETTING_SYN_RETRIES].value, 1);
	}
	lesson_free(lesson);
}

/* What LAB says of the action DOES: NULL, or why not. */
static const char *why_not(const struct lab *lab, const char *does)
{
	struct errs errs = {0};
	struct cell cell = {0};
	const char *why = "it is no action";

	if (CHECK(cell_parse(&cell, does, NULL, 0, &errs) == 0 && cell.kind == CELL_ACTION))
		why = lab_why_not_do(lab, cell.action);
	cell_free(&cell);
	errs_free(&errs);
	return why;
}

/* Only what `allow` names; of calls all are allowed where it names none. */
static void from_outside(void)
{
	struct lesson *lesson = parsing("<!-- lab: id=x link=tcp allow=kill,misses -->\n\n" HEAD
				      "| EPIPE | |\n\n<!-- lab: id=y allow=send -->\n\n" HEAD
				      "| EPIPE | |\n", 0);
	const struct lab *x = &lesson->labs.at[0], *y = &lesson->labs.at[1];

	CHECK(!why_not(x, "kill -9"));
	CHECK(!why_not(x, "misses FIN"));
	CHECK(!why_not(x, "send()"));
	CHECK(!why_not(x, "wait 1s"));
	CHECK_TEXT(why_not(x, "cut wire"), "this lab is to be done without it");
	CHECK_TEXT(why_not(y, "kill -9"), "in this lab nothing is done from outside");
	CHECK_TEXT(why_not(y, "recv()"), "this lab is to be done without it");
	CHECK(!why_not(y, "send()"));
	CHECK(!why_not(y, "wait 1s"));
	lesson_free(lesson);
}

static void who_plays(void)
{
	struct lesson *lesson = parsing("<!-- lab: id=x a=program forbid=signal,exit -->\n\n" HEAD
				      "| | close() |\n| EPIPE | |\n", 0);
	const struct lab *lab = &lesson->labs.at[0];

	CHECK(lab->program[ROLE_A] && !lab->program[ROLE_B]);
	CHECK(!lab_plays(lesson, lab, ROLE_A));
	CHECK(!lab_plays(lesson, lab, ROLE_B));
	CHECK(lab_why_not(lab, call_find("signal", 6)) != NULL);
	CHECK(lab_why_not(lab, call_find("send", 4)) == NULL);
	lesson_free(lesson);
	lesson = parsing(text, 0);
	CHECK(lab_why_not(&lesson->labs.at[0], call_find("send", 4)) == NULL);
	CHECK(lab_why_not(&lesson->labs.at[0], call_find("exit", 4)) != NULL);
	lesson_free(lesson);
}

static void again(void)
{
	struct lesson *lesson = parsing(text, 0), *second;
	struct str printed = {0}, where = {0};

	lesson_print(&printed, lesson);
	second = parsing(str_text(&printed), 0);
	if (!CHECK(lesson_same(lesson, second, &where)))
		CHECK_TEXT(str_text(&where), str_text(&printed));
	lesson_free(second);
	str_cut(&printed, 0);
	str_add(&printed, text);
	*strstr(printed.p, "<!-- wrong") = ' ';
	second = parsing(str_text(&printed), 0);
	CHECK(!lesson_same(lesson, second, NULL));
	lesson_free(second);
	lesson_free(lesson);
	str_free(&printed);
	str_free(&where);
}

/* A directive before no table is left out, and ends nothing. */
static void lost_directive(void)
{
	static const char lost[] = "<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n<!-- hint -->\n\nWho?\n\n"
				   "<!-- demo: id=y -->\n\nText.\n\n<!-- solution -->\n\n" HEAD
				   "| send() | |\n";
	struct lesson *lesson = parsing(lost, 1), *second;
	struct str printed = {0}, where = {0};

	CHECK_NUMBER(lesson->labs.at[0].solutions.n, 1);
	lesson_print(&printed, lesson);
	second = parsing(str_text(&printed), 0);
	if (!CHECK(lesson_same(lesson, second, &where)))
		CHECK_TEXT(str_text(&where), str_text(&printed));
	lesson_free(second);
	lesson_free(lesson);
	str_free(&printed);
	str_free(&where);
}

static void wrong(void)
{
	parsing_error("\n<!-- lab: link=tcp -->\n\n" HEAD "| EPIPE | |\n", 2, "needs an id");
	parsing_error("<!-- lab: id=x -->\n\nText.\n", 1, "needs a goal");
	parsing_error("<!-- lab: id=x allow=sned -->\n\n" HEAD "| EPIPE | |\n", 1, "functions joined");
	parsing_error("<!-- lab: id=x forbid=kill -->\n\n" HEAD "| EPIPE | |\n", 1, "such as signal,exit");
	parsing_error("<!-- lab: id=x alow=send -->\n\n" HEAD "| EPIPE | |\n", 1, "did you mean 'allow'");
	parsing_error("<!-- lab: id=x a=robot -->\n\n" HEAD "| EPIPE | |\n", 1, "a=robot is wrong");
	parsing_error("<!-- lab: id=x a=program a=program -->\n\n" HEAD "| EPIPE | |\n", 1, "twice");
	parsing_error("<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n" HEAD "| EPIPE | |\n", 7, "one goal");
	parsing_error("<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n<!-- hint -->\n\n" HEAD "| EPIPE | |\n",
		    9, "a hint is text");
	parsing_error("<!-- lab: id=x -->\n\n" HEAD "| sned() | |\n", 5, "did you mean 'send'");
	parsing_error("<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n<!-- Hint -->\n\nText.\n", 7,
		      "did you mean '<!-- hint -->'?");
	/* Nothing is said of the parts of the lab besides. */
	lesson_free(parsing("<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n<!-- soluton -->\n\n" HEAD
			    "| send() | |\n\n<!-- Wrong -->\n\n" HEAD "| close() | |\n", 2));
	parsing_error("<!-- lab: id=x -->\n\n" HEAD "| EPIPE | |\n\n# End\n\n<!-- wrong -->\n", 9,
		      "stands outside a lab");
	parsing_error("<!-- lab id=x -->\n\n" HEAD "| EPIPE | |\n", 1, "<!-- lab: … -->");
}

static const struct test tests[] = {
	{"parts", parts},
	{"aside", aside},
	{"after a demo", after_demo},
	{"one place", one_place},
	{"settings", settings},
	{"from outside", from_outside},
	{"who plays", who_plays},
	{"again", again},
	{"lost directive", lost_directive},
	{"wrong", wrong},
	{NULL, NULL},
};

const struct suite suite_lab = {"lab", NULL, NULL, tests};
