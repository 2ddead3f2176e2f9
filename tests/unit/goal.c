/* timeline/goal: how far a run has come, whatever calls led there. */
#include "timeline/goal.h"

#include "lesson/lesson.h"
#include "suites.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Events written as words: `A:call A::bytes A:ready A:=5 A:EPIPE A:SIGPIPE A:killed A:sleeps A:FIN B:RST`; a
 * segment is of who sent it. `set-up` before those that do not count. */
static struct events run(const char *words)
{
	struct events events = {0};
	char *copy = strdup(words), *save, *word;
	int row = 1;

	for (word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		struct event e = {.row = row, .role = word[0] == 'A' ? ROLE_A : ROLE_B, .call = 1};
		const char *what = word + 2;

		if (strcmp(word, "set-up") == 0 || strcmp(word, "begin") == 0) {
			row = word[0] == 'b';
			continue;
		}
		if (strcmp(what, "call") == 0) {
			e.kind = EVENT_CALL;
			e.text = strdup("send()");
		} else if (what[0] == '=') {
			e.kind = EVENT_RETURN;
			e.u.ret.result = atol(what + 1);
		} else if (what[0] == ':') {
			e.kind = EVENT_RETURN;
			e.u.ret.did = DID_SEND;
			e.u.ret.socket = 4;
			e.u.ret.sent = strdup(what + 1);
			e.u.ret.sent_len = strlen(what + 1);
			e.u.ret.result = (long)strlen(what + 1);
		} else if (strcmp(what, "ready") == 0) {
			e.kind = EVENT_READY;
		} else if (strcmp(what, "EPIPE") == 0) {
			e.kind = EVENT_RETURN;
			e.u.ret.result = -1;
			e.u.ret.err = EPIPE;
		} else if (strcmp(what, "SIGPIPE") == 0) {
			e.kind = EVENT_SIGNAL;
			e.u.signal.number = SIGPIPE;
		} else if (strcmp(what, "killed") == 0) {
			e.kind = EVENT_END;
			e.u.end.signal = SIGPIPE;
		} else if (strcmp(what, "sleeps") == 0) {
			e.kind = EVENT_BLOCKED;
		} else {
			e.kind = EVENT_SEGMENT;
			e.u.segment.receiver = e.role == ROLE_A ? ROLE_B : ROLE_A;
			e.u.segment.flags = strcmp(what, "FIN") == 0 ? SEGMENT_FIN : SEGMENT_RST;
		}
		events_add(&events, e);
	}
	free(copy);
	return events;
}

/* How many rows of the goal GOAL (`A cell|B cell` lines) the run meets: N, and whether that is
 * all. */
static void check(const char *rows, const char *words, size_t n, enum verdict verdict)
{
	struct str text = {0};
	struct errs errs = {0};
	struct events events = run(words);
	struct goal goal = {0};
	struct lesson *lesson;

	str_addf(&text, "| Process A | Process B |\n|---|---|\n%s\n", rows);
	lesson = lesson_parse("g.md", str_text(&text), text.len, &errs);
	CHECK_NUMBER(errs.list.n, 0);
	if (CHECK(lesson->demos.n == 1)) {
		goal_look(&goal, &lesson->demos.at[0].table, &events);
		if (!CHECK_NUMBER(goal.met, n) || !CHECK_NUMBER(goal.verdict, verdict))
			CHECK_TEXT(words, "the run above");
	}
	goal_free(&goal);
	events_free(&events);
	errs_free(&errs);
	lesson_free(lesson);
	str_free(&text);
}

static void in_order(void)
{
	const char *pipe = "| = 5 | |\n| EPIPE + SIGPIPE | |\n| Terminated | |";

	check(pipe, "", 0, VERDICT_PENDING);
	check(pipe, "A:call A:=5", 1, VERDICT_PENDING);
	check(pipe, "A:call A:=5 A:call A:EPIPE", 1, VERDICT_PENDING);
	check(pipe, "A:call A:=5 A:call A:EPIPE A:SIGPIPE", 2, VERDICT_PENDING);
	check(pipe, "A:call A:=5 A:call A:EPIPE A:SIGPIPE A:killed", 3, VERDICT_HOLDS);
	check(pipe, "A:call A:=7 B:call B:=5 A:call A:=5 A:call A:=5 A:call A:EPIPE A:SIGPIPE "
		    "A:killed", 3, VERDICT_HOLDS);
	check(pipe, "A:call A:EPIPE A:SIGPIPE A:killed", 0, VERDICT_PENDING);
	check(pipe, "B:call B:=5 B:call B:EPIPE B:SIGPIPE B:killed", 0, VERDICT_PENDING);
}

/* One return is one outcome. */
static void not_twice(void)
{
	check("| = 5 | |\n| = 5 | |", "A:call A:=5 A:FIN", 1, VERDICT_PENDING);
	check("| = 5 | |\n| = 5 | |", "A:call A:=5 A:FIN A:call A:=5", 2, VERDICT_HOLDS);
	check("| FIN | |\n| FIN | |", "A:FIN B:FIN", 1, VERDICT_PENDING);
	check("| FIN | |\n| GotFIN | |", "A:FIN B:FIN", 2, VERDICT_HOLDS);
	check("| FIN | GotFIN |", "A:FIN", 1, VERDICT_HOLDS);
}

/* Both of a row, in either order; then the next. */
static void side_by_side(void)
{
	check("| blocks | blocks |", "B:call B:sleeps A:call A:sleeps", 1, VERDICT_HOLDS);
	check("| blocks | blocks |", "A:call A:sleeps", 0, VERDICT_PENDING);
	check("| blocks | = 5 |\n| = 5 | |", "A:call A:sleeps A:=5 B:call B:=5", 1, VERDICT_PENDING);
	check("| blocks | = 5 |\n| = 5 | |", "A:call A:sleeps B:call B:=5 A:=5", 2, VERDICT_HOLDS);
}

/* What the set-up did is no feat, and given actions are not wanted. */
static void what_counts(void)
{
	check("| = 0 | |", "set-up A:call A:=0 begin", 0, VERDICT_PENDING);
	check("| | close() |\n| RESET | |", "A:RST", 1, VERDICT_HOLDS);
}

/* Whatever calls were made for it. */
static void what_was_done(void)
{
	const char *rows = "| sends \"GET\" | |\n| EPIPE | |\n| survives | |";

	check(rows, "A:call A::GE A:call A::T", 1, VERDICT_PENDING);
	check(rows, "A:call A::GET A:call A:EPIPE A:SIGPIPE A:killed", 2, VERDICT_PENDING);
	check(rows, "A:call A::GET A:call A:EPIPE A:ready", 3, VERDICT_HOLDS);
	check(rows, "A:call A::GOT A:call A:EPIPE A:ready", 0, VERDICT_PENDING);
	check(rows, "set-up A:call A::GET begin A:call A:EPIPE A:ready", 0, VERDICT_PENDING);
	check("| sends \"1\" | sends \"2\" |\n| closes | |", "B:call B::2 A:call A::1 A:killed", 2,
	      VERDICT_HOLDS);
}

static const struct test tests[] = {
	{"in order", in_order},
	{"not twice", not_twice},
	{"side by side", side_by_side},
	{"what counts", what_counts},
	{"what was done", what_was_done},
	{NULL, NULL},
};

const struct suite suite_goal = {"goal", NULL, NULL, tests};
