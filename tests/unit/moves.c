/* stage/: the learner decides who does what, instead of the table or after it. */
#include "play.h"
#include "suites.h"
#include "timeline/timeline.h"

#include <stdlib.h>
#include <string.h>

#define HEAD "| Process A | Process B |\n|---|---|\n"

/* The newest thing of KIND that ROLE did, as words. */
static void check_newest(const struct play *p, enum event_kind kind, enum role role,
			 const char *words)
{
	struct str s = {0};

	for (size_t i = p->events.list.n; i-- > 0;) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind != kind || e->role != role)
			continue;
		if (kind == EVENT_RETURN)
			timeline_result(&s, e, 0);
		else
			timeline_event_line(&s, e);
		break;
	}
	CHECK_TEXT(str_text(&s), words);
	str_free(&s);
}

static size_t play_row_done(const struct play *p, int row)
{
	size_t at = 0;

	while ((at = play_find(p, EVENT_ROW_DONE, ROLE_NONE, at)) != EVENT_NONE &&
	       p->events.list.at[at].row != row)
		at++;
	return at;
}

/* A stage without a table, set up. */
static void open_empty(struct play *p, const char *directive)
{
	char *markdown = str_make("%s\n" HEAD, directive);

	play_open(p, markdown);
	play_all(p);
	free(markdown);
}

static void from_nothing(void)
{
	struct play p;

	open_empty(&p, "<!-- demo: link=unix -->");
	play_move(&p, 1, ROLE_A, "send(sock, \"hi\")");
	check_newest(&p, EVENT_RETURN, ROLE_A, "= 2");
	play_move(&p, 2, ROLE_B, "recv()");
	check_newest(&p, EVENT_RETURN, ROLE_B, "= \"hi\"");
	play_move(&p, 3, ROLE_B, "close()");
	play_move(&p, 4, ROLE_A, "send()");
	check_newest(&p, EVENT_RETURN, ROLE_A, "= -1 EPIPE (Broken pipe)");
	play_close(&p);
}

/* The rest of the table is put aside. */
static void after_the_table(void)
{
	struct play p;

	play_open(&p, "<!-- demo: link=unix -->\n" HEAD
		      "| send() | |\n| = 5 | |\n| | close() |\n| | = 0 |\n");
	play_to(&p, 2);
	play_move(&p, 3, ROLE_B, "recv()");
	check_newest(&p, EVENT_RETURN, ROLE_B, "= \"hello\"");
	play_move(&p, 4, ROLE_B, "getpid()");
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 1);
	play_again(&p);
	play_all(&p);
	CHECK_NUMBER(play_count(&p, VERDICT_HOLDS), 2);
	play_move(&p, 5, ROLE_A, "recv()");
	check_newest(&p, EVENT_RETURN, ROLE_A, "= -1 ECONNRESET (Connection reset by peer)");
	play_close(&p);
}

/* Who sleeps in a call cannot move; the other can, and wakes it. */
static void asleep(void)
{
	struct play p;

	open_empty(&p, "<!-- demo: link=pair patience=100ms -->");
	play_move(&p, 1, ROLE_A, "recv()");
	CHECK(play_find(&p, EVENT_BLOCKED, ROLE_A, 0) != EVENT_NONE);
	play_move(&p, 2, ROLE_A, "close()");
	CHECK_TEXT(p.events.list.at[play_row_done(&p, 2)].text,
		   "Process A cannot take this action: recv(sock, buf, 4096, 0) has not returned");
	play_move(&p, 3, ROLE_B, "send()");
	play_move(&p, 4, ROLE_B, "getpid()");
	check_newest(&p, EVENT_RETURN, ROLE_A, "= \"hello\"");
	play_close(&p);
}

/* A signal interrupts it, when there is a handler; else it ends the process. */
static void interrupted(void)
{
	struct play p;

	open_empty(&p, "<!-- demo: link=pair -->");
	play_move(&p, 1, ROLE_A, "signal(SIGTERM, handler)");
	play_move(&p, 2, ROLE_A, "recv()");
	play_move(&p, 3, ROLE_A, "kill -TERM");
	play_move(&p, 4, ROLE_A, "getpid()");
	check_newest(&p, EVENT_SIGNAL, ROLE_A, "--- SIGTERM --- handler runs");
	CHECK(play_find(&p, EVENT_END, ROLE_A, 0) == EVENT_NONE);
	play_move(&p, 5, ROLE_A, "kill -9");
	check_newest(&p, EVENT_END, ROLE_A, "+++ killed by SIGKILL +++");
	play_close(&p);
}

static void refused(void)
{
	struct play p;
	size_t at;

	open_empty(&p, "<!-- demo: link=unix -->");
	stage_move(p.stage, ROLE_A, "sned()");
	play_move(&p, 1, ROLE_A, "send()");
	at = play_find(&p, EVENT_REFUSED, ROLE_A, 0);
	if (CHECK(at != EVENT_NONE))
		CHECK(strstr(p.events.list.at[at].text, "did you mean 'send'"));
	check_newest(&p, EVENT_RETURN, ROLE_A, "= 5");
	stage_move(p.stage, ROLE_B, "= 5");
	play_move(&p, 2, ROLE_B, "recv()");
	check_newest(&p, EVENT_RETURN, ROLE_B, "= \"hello\"");
	play_close(&p);
}

static const struct test tests[] = {
	{"from nothing", from_nothing},
	{"after the table", after_the_table},
	{"asleep", asleep},
	{"interrupted", interrupted},
	{"refused", refused},
	{NULL, NULL},
};

const struct suite suite_moves = {"moves", NULL, NULL, tests};
