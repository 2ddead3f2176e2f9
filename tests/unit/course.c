/* course/course: what lint --course finds, in lessons that are right but for one thing. */
#include "course/course.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

/* A lesson in pieces, so that each can be another one. NULL: as it should be. */
struct pieces {
	const char *front;
	const char *end;
	const char *prose;
	const char *predict;
	const char *demos;
	const char *questions;
};

#define FRONT(order, after) \
	"---\ntitle: T\nsummary: S.\nminutes: 8\norder: " order "\nafter: [" after "]\n---\n\n"
#define END "After this lesson you can say:\n\n- that it works.\n\n"
#define PROSE "Call `send()`, `recv(sock, 3)` and **`close()`**.\n\n"
#define PREDICT "<!-- predict: row=3 -->\n"
#define DEMO(id, call) \
	"<!-- demo: id=" id " link=unix -->\n\n| Process A | Process B |\n|---|---|\n" \
	"| | `close()` |\n| `" call "()` | |\n| `EPIPE` | |\n\n"
#define DEMOS DEMO("a", "send") DEMO("b", "send") DEMO("c", "send")
#define QUESTION \
	"Why?\n\n- [x] So.\n\n  It is right.\n\n- [ ] Not so.\n\n  It is wrong.\n\nText.\n\n"
#define QUESTIONS QUESTION QUESTION QUESTION

static const struct pieces right = {FRONT("1", ""), END, PROSE, PREDICT, DEMOS, QUESTIONS};

static void add_lesson(struct shelf *shelf, const char *file, const struct pieces *p)
{
	struct errs errs = {0};
	char *text = str_make("%s# T\n\n%s%s%s%s%s", p->front ? p->front : right.front,
			      p->end ? p->end : right.end, p->prose ? p->prose : right.prose,
			      p->predict ? p->predict : right.predict,
			      p->demos ? p->demos : right.demos,
			      p->questions ? p->questions : right.questions);

	vec_push(&shelf->lessons, lesson_parse(file, text, strlen(text), &errs));
	errs_print(&errs, stderr);
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	free(text);
}

/* Asserts what the course of these lessons is told: `FILE:LINE: text` lines. */
static void check_told(struct shelf *shelf, const char *expected)
{
	struct errs errs = {0};
	struct str told = {0};

	shelf->directory = mem_strdup("lessons");
	course_check(shelf, &errs);
	for (size_t i = 0; i < errs.list.n; i++)
		str_addf(&told, "%s:%d: %s\n", errs.list.at[i].file, errs.list.at[i].line,
			 errs.list.at[i].text);
	CHECK_TEXT(str_text(&told), expected);
	str_free(&told);
	errs_free(&errs);
	shelf_free(shelf);
}

/* The same for a course of one lesson. */
static void check_lesson(const struct pieces *pieces, const char *expected)
{
	struct shelf shelf = {0};

	add_lesson(&shelf, "l.md", pieces);
	check_told(&shelf, expected);
}

static void right_course(void)
{
	struct shelf shelf = {0};

	add_lesson(&shelf, "one.md", &(struct pieces){0});
	add_lesson(&shelf, "two.md", &(struct pieces){.front = FRONT("2", "one")});
	add_lesson(&shelf, "three-3.md", &(struct pieces){.front = FRONT("3", "one, two"),
							  .prose = "Nothing new.\n\n"});
	check_told(&shelf, "");
	check_told(&(struct shelf){0}, "lessons:0: there are no lessons here\n");
}

static void ids(void)
{
	struct shelf shelf = {0};

	add_lesson(&shelf, "Half_close.md", &(struct pieces){0});
	check_told(&shelf, "Half_close.md:0: a lesson's file is called by lower-case words joined "
			   "by hyphens, as in half-close.md\n");
	add_lesson(&shelf, "l-.md", &(struct pieces){0});
	check_told(&shelf, "l-.md:0: a lesson's file is called by lower-case words joined by "
			   "hyphens, as in half-close.md\n");
}

static void orders(void)
{
	struct shelf shelf = {0};

	add_lesson(&shelf, "one.md", &(struct pieces){.front = FRONT("2", "")});
	check_told(&shelf, "one.md:0: no lesson has the order 1; this one has 2\n");
	add_lesson(&shelf, "one.md", &(struct pieces){0});
	add_lesson(&shelf, "two.md", &(struct pieces){0});
	check_told(&shelf, "two.md:0: the order 1 is that of the lesson 'one' too\n");
	add_lesson(&shelf, "one.md", &(struct pieces){0});
	add_lesson(&shelf, "two.md", &(struct pieces){.front = FRONT("4", "")});
	check_told(&shelf, "two.md:0: no lesson has the order 2; this one has 4\n");
	add_lesson(&shelf, "one.md", &(struct pieces){0});
	add_lesson(&shelf, "two.md",
		   &(struct pieces){.front = "---\ntitle: T\nsummary: S\nminutes: 5\n---\n\n"});
	check_told(&shelf, "two.md:0: the lesson has no place in the course; give it one: "
			   "order: 2\n");
}

static void afters(void)
{
	struct shelf shelf = {0};

	add_lesson(&shelf, "one.md", &(struct pieces){.front = FRONT("1", "two")});
	add_lesson(&shelf, "two.md", &(struct pieces){.front = FRONT("2", "one")});
	check_told(&shelf, "one.md:6: the lesson comes after 'two', but has the order 1, and that "
			   "one 2\n");
	check_lesson(&(struct pieces){.front = FRONT("1", "nobody")},
		     "l.md:6: no lesson 'nobody'; `socktutor list` shows those there are\n");
	check_lesson(&(struct pieces){.front = FRONT("1", "l")},
		     "l.md:6: the lesson cannot come after itself\n");
}

static void links(void)
{
	check_lesson(&(struct pieces){.end = END "See [there](nowhere.md) and [here](#b).\n\n"},
		     "l.md:15: no lesson 'nowhere'; `socktutor list` shows those there are\n");
}

static void fronts(void)
{
	check_lesson(&(struct pieces){.front = "---\ntitle: T\nminutes: 5\norder: 1\n---\n\n"},
		     "l.md:0: the lesson has no summary; the list of lessons shows it\n");
	check_lesson(&(struct pieces){.front =
		     "---\ntitle: T\nsummary: S\nminutes: 4\norder: 1\n---\n\n"},
		     "l.md:0: a lesson takes 5 to 15 minutes, not 4\n");
	check_lesson(&(struct pieces){.front =
		     "---\ntitle: T\nsummary: S\nminutes: 16\norder: 1\n---\n\n"},
		     "l.md:0: a lesson takes 5 to 15 minutes, not 16\n");
}

static void ends(void)
{
	static const char none[] = "l.md:0: the lesson does not state what its reader can say in "
		"the end: a paragraph 'After this lesson you can say:' and a list\n";

	check_lesson(&(struct pieces){.end = ""}, none);
	check_lesson(&(struct pieces){.end = "After this lesson you can say:\n\nA lot.\n\n"}, none);
	check_lesson(&(struct pieces){.end = "After\nthis lesson you can\ndo more:\n\n- this\n\n"}, "");
}

static void demos(void)
{
	check_lesson(&(struct pieces){.demos = DEMO("a", "send") DEMO("b", "send")},
		     "l.md:0: a lesson has at least 3 demos, not 2\n");
	check_lesson(&(struct pieces){.demos = DEMO("a", "send") DEMO("a", "send") DEMO("c", "send")},
		     "l.md:26: the id 'a' is that of the demo in line 20 too; each demo of a lesson "
		     "has its own\n");
}

static void predictions(void)
{
	static const char none[] = "l.md:0: no demo of this lesson has a comment such as "
				   "<!-- predict: row=6 --> before it\n";
	struct str wrong = {0};

	check_lesson(&(struct pieces){.predict = ""}, none);
	str_addf(&wrong, "%sl.md:17: there is no row 9; this demo has 3\n", none);
	check_lesson(&(struct pieces){.predict = "<!-- predict: row=9 -->\n"}, str_text(&wrong));
	str_free(&wrong);
	str_addf(&wrong, "%sl.md:17: a predict comment stands right before its demo, one for "
			 "each\n", none);
	check_lesson(&(struct pieces){.predict = "<!-- predict: row=3 -->\n\nText.\n\n"},
		     str_text(&wrong));
	str_free(&wrong);
}

static void questions(void)
{
	check_lesson(&(struct pieces){.questions = QUESTION QUESTION},
		     "l.md:0: a lesson has at least 3 questions, not 2; a question is a paragraph "
		     "and a list of boxes, - [ ] and - [x]\n");
	check_lesson(&(struct pieces){.questions = QUESTION QUESTION
		     "Why?\n\n- [x] So.\n\n  Right.\n\n- [x] So, too.\n\n  Right.\n"},
		     "l.md:66: this question has 2 right answers; it has one\n");
	check_lesson(&(struct pieces){.questions = QUESTION QUESTION
		     "Why?\n\n- [ ] So.\n\n  Wrong.\n\n- [ ] So, too.\n\n  Wrong.\n"},
		     "l.md:68: this question has no right answer; mark it with - [x]\n");
	check_lesson(&(struct pieces){.questions = QUESTION QUESTION
		     "Why?\n\n- [x] So.\n\n  Right.\n\n- [ ] Or so.\n"},
		     "l.md:72: this answer does not say why it is wrong; put a paragraph below it\n");
	check_lesson(&(struct pieces){.questions = QUESTION QUESTION "Why?\n\n- [x] So.\n\n  Right.\n"},
		     "l.md:66: a question has at least 2 answers, not 1\n");
	check_lesson(&(struct pieces){.questions = QUESTION QUESTION
		     "## Why\n\n- [x] So.\n\n  Right.\n\n- [ ] Or so.\n\n  Wrong.\n"},
		     "l.md:68: these answers have no question; put it in the paragraph before "
		     "them\n");
}

static void calls(void)
{
	struct shelf shelf = {0};

	/* What is plain text, or of another call, does not name it. */
	check_lesson(&(struct pieces){.prose = "Call close() and `close`, `sendto()`, `xsend()`.\n\n"},
		     "l.md:22: close() is used before the text has named it; write `close()` in the "
		     "text above, or in an earlier lesson\n"
		     "l.md:23: send() is used before the text has named it; write `send()` in the "
		     "text above, or in an earlier lesson\n");
	/* After the demo it is too late; a list, a heading, a table and a quote are text, too. */
	check_lesson(&(struct pieces){.prose = "- `send()`\n\n",
				      .questions = QUESTIONS "Call `close()`.\n"},
		     "l.md:22: close() is used before the text has named it; write `close()` in the "
		     "text above, or in an earlier lesson\n");
	check_lesson(&(struct pieces){.prose = "## `send(sock, \"hi\")`\n\n"
					       "| call |\n|---|\n| `close()` |\n\n"}, "");
	check_lesson(&(struct pieces){.prose = "> `n = send()`, then `close()`\n\n"}, "");
	/* Only earlier lessons count. */
	add_lesson(&shelf, "one.md", &(struct pieces){.prose = "`close()`\n\n"});
	add_lesson(&shelf, "two.md", &(struct pieces){.front = FRONT("2", "one")});
	check_told(&shelf, "one.md:23: send() is used before the text has named it; write `send()` "
			   "in the text above, or in an earlier lesson\n");
}

static const struct test tests[] = {
	{"right_course", right_course},
	{"ids", ids},
	{"orders", orders},
	{"afters", afters},
	{"links", links},
	{"fronts", fronts},
	{"ends", ends},
	{"demos", demos},
	{"predictions", predictions},
	{"questions", questions},
	{"calls", calls},
	{NULL, NULL},
};

const struct suite suite_course = {"course", NULL, NULL, tests};
