/* lesson/: what lint finds, and what it lets pass. */
#include "lesson/check.h"

#include "suites.h"

#include <string.h>

#define TABLE "| Process A | Process B |\n|---|---|\n"
#define TCP "<!-- demo: link=tcp -->\n" TABLE
#define NONE "<!-- demo: link=none -->\n" TABLE

static void collect(const char *text, struct shelf *shelf, struct errs *errs)
{
	struct lesson *lesson = lesson_parse("x.md", text, strlen(text), errs);

	lesson_check(lesson, shelf, errs);
	lesson_free(lesson);
}

static void check_right(const char *text)
{
	struct errs errs = {0};

	collect(text, NULL, &errs);
	CHECK_NUMBER(errs.list.n, 0);
	for (size_t i = 0; i < errs.list.n; i++)
		CHECK_TEXT(errs.list.at[i].text, text);
	errs_free(&errs);
}

/* TEXT has one mistake, in LINE. */
static void check_wrong(const char *text, int line, const char *says)
{
	struct errs errs = {0};

	collect(text, NULL, &errs);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n) {
		CHECK_NUMBER(errs.list.at[0].line, line);
		if (!strstr(errs.list.at[0].text, says))
			CHECK_TEXT(errs.list.at[0].text, says);
	}
	errs_free(&errs);
}

static void names_are_defined(void)
{
	check_right(TABLE "| send(sock, \"x\") | close() |\n");
	check_right("<!-- demo: link=pair -->\n" TABLE "| send() | recv() |\n");
	check_right(TABLE
		    "| fds = pipe() | |\n| close(fds[1]) | r, w = pipe() |\n| | close(w) |\n");
	check_right(NONE "| | l = socket() |\n| s = socket() | bind(l, \"demo.sock\") |\n"
			 "| connect(s, addr(l)) | |\n| close(s) | |\n");
	check_wrong(TABLE "| send(sokc) | |\n", 3, "did you mean 'sock'?");
	check_wrong(NONE "| close() | |\n", 4, "a row above must define it");
	check_wrong(TABLE "| close(fds[0]) | |\n", 3, "no 'fds[0]'");
	check_wrong(TABLE "| close(w) | r, w = pipe() |\n", 3, "Process A has no 'w'");
	check_wrong(TABLE "| | close(listenr) |\n", 3, "did you mean 'listener'?");
	check_wrong(TABLE "| poll({{sock, POLLIN}, {othr, POLLIN}}) | |\n", 3, "'othr'");
}

static void addresses_name_either_role(void)
{
	check_right(TABLE "| c = socket() | |\n| connect(c, addr(listener)) | |\n");
	check_right("<!-- demo: link=udp -->\n" TABLE
		    "| sendto(sock, \"x\", addr(sock)) | |\n");
	check_wrong(TABLE "| connect(sock, addr(lisener)) | |\n", 3, "did you mean 'listener'?");
}

static void addresses_stay_inside(void)
{
	check_right(TABLE "| unlink(\"demo.sock\") | unlink(\"..x\") |\n");
	check_right(TABLE "| connect(sock, \"@name\") | connect(sock, \"127.9.9.9:1\") |\n");
	check_wrong(TABLE "| unlink(\"/etc/passwd\") | |\n", 3, "leads out");
	check_wrong(TABLE "| chmod(\"a/../../b\", 0600) | |\n", 3, "leads out");
	check_wrong(TABLE "| connect(sock, \"10.0.0.1:80\") | |\n", 3, "not on the loopback");
}

/* What a string stands for may not reach the terminal. */
static void errors_are_safe(void)
{
	static const char text[] = TABLE "| unlink(\"/\\033[31m\") | |\n";
	struct errs errs = {0};

	collect(text, NULL, &errs);
	if (CHECK(errs.list.n == 1)) {
		CHECK(strchr(errs.list.at[0].text, '\033') == NULL);
		CHECK(strstr(errs.list.at[0].text, "/\\033[31m") != NULL);
	}
	errs_free(&errs);
}

static void outcomes_have_a_cause(void)
{
	check_right(TCP "| FIN | close() |\n| GotRST | RESET |\n");
	check_right(TABLE "| kill -9 | |\n| Terminated | |\n");
	check_wrong(TABLE "| | close() |\n| EPIPE | |\n", 4, "has made none above");
	check_wrong(TABLE "| EOF | close() |\n", 3, "has made none above");
	check_wrong(TABLE "| | close() |\n| Terminated | |\n", 4, "nothing above");
	check_wrong(TABLE "| | close() |\n| exited 0 | |\n", 4, "nothing above");
	check_wrong("<!-- demo: link=unix -->\n" TABLE "| RESET | close() |\n", 4,
		    "a segment of TCP");
	check_wrong("<!-- demo: link=udp -->\n" TABLE "| FIN | close() |\n", 4,
		    "a segment of TCP");
}

static void outcomes_can_hold(void)
{
	check_right(TABLE "| send() | recv(sock, 16) |\n| = 5 | = \"hello\" |\n");
	check_right(TABLE "| send() | recv() |\n| = 3 | = 5 |\n| ECONNRESET | EOF |\n");
	check_right(TABLE "| poll(sock) | accept() |\n| = 1 POLLIN | blocks |\n");
	check_right(TABLE "| getsockname() | pipe() |\n| = \"a.sock\" | = {3, 4} |\n");
	check_right(TABLE "| getsockopt() | signal(SIGPIPE, SIG_IGN) |\n"
			  "| = 0 ECONNREFUSED | = 0 SIG_DFL |\n");
	check_right(TABLE "| recv(sock, 4, MSG_TRUNC) | dup() |\n| = 9 | = 7 |\n");
	check_wrong(TABLE "| send() | |\n| EOF | |\n", 4, "does not read");
	check_wrong(TABLE "| send() | |\n| = \"hello\" | |\n", 4, "gives no bytes");
	check_wrong(TABLE "| send() | |\n| = 6 | |\n", 4, "at most 5");
	check_wrong(TABLE "| recv(sock, 4) | |\n| = 5 | |\n", 4, "at most 4");
	check_wrong(TABLE "| recv(sock, 4) | |\n| = \"hello\" | |\n", 4, "at most 4 bytes");
	check_wrong(TABLE "| close() | |\n| = 1 | |\n", 4, "returns 0");
	check_wrong(TABLE "| poll() | |\n| = 2 | |\n", 4, "at most 1");
	check_wrong(TABLE "| getpid() | |\n| blocks | |\n", 4, "returns at once");
	check_wrong(TABLE "| exit() | |\n| = 0 | |\n", 4, "never returns");
	check_wrong(TABLE "| close() | |\n| = 0 POLLIN | |\n", 4, "nothing but a number");
	check_wrong(TABLE "| dup() | |\n| = -2 | |\n", 4, "can never hold");
	check_right(TABLE "| send() | recv() |\n| sends \"he*\" | reads |\n| survives | closes |\n");
	check_right(TABLE "| recv() | getsockopt() |\n| waits 2s | connects |\n");
	check_wrong(TABLE "| send() | |\n| reads \"hello\" | |\n", 4, "recv() does");
	check_wrong(TABLE "| recv() | |\n| connects | |\n", 4, "connect() does");
	check_wrong(TABLE "| close() | |\n| accepts | |\n", 4, "accept() does");
	check_wrong(TABLE "| getpid() | |\n| waits 2s | |\n", 4, "returns at once");
	check_wrong(TABLE "| sends | close() |\n", 3, "speaks of a call");
	check_wrong(TABLE "| survives | close() |\n", 3, "nothing above");
}

/* The sandbox would end the process. */
static void fcntl_is_limited(void)
{
	check_right(TABLE "| me = getpid() | |\n| fcntl(sock, F_SETOWN, me) | |\n");
	check_wrong(TABLE "| fcntl(sock, F_SETSIG, 10) | |\n", 3, "F_SETSIG is not carried out");
	check_wrong(TABLE "| fcntl(sock, F_SETOWN, 1) | |\n", 3, "me = getpid()");
}

/* One sentence, the one that says the cause. */
static void nothing_is_said_twice(void)
{
	check_wrong(TABLE "| = 5 | |\n", 3, "has made none above");
	check_wrong(TABLE "| sned() | |\n| = 5 | |\n", 3, "no function 'sned'");
	check_wrong(NONE "| s = sokcet() | |\n| close(s) | |\n", 4, "no function 'sokcet'");
	check_wrong(TABLE "| send(sock, \"a|b\") | |\n| = 3 | |\n", 3, "more cells");
}

static void ended_is_ended(void)
{
	check_right(TABLE "| exit() | |\n| exited 0 | close() |\n");
	check_wrong(TABLE "| exit() | |\n| close() | |\n", 4, "ended in line 3");
	check_wrong(TABLE "| kill -9 | |\n| send() | |\n", 4, "ended in line 3");
	check_wrong(TABLE "| send() | close() |\n| Terminated | |\n| recv() | |\n", 5,
		    "ended in line 4");
}

static void set_ups_make_sense(void)
{
	check_right("<!-- demo: link=tcp a-misses=FIN -->\n" TABLE "| cut wire | close() |\n");
	check_right("<!-- demo: link=tcp6 settings=tcp_retries2=3 -->\n" TABLE "| close() | |\n");
	check_right("<!-- demo: link=none settings=tcp_retries2=3 -->\n" TABLE
		    "| s = socket(AF_INET) | |\n");
	check_wrong("<!-- demo: link=unix settings=tcp_retries2=3 -->\n" TABLE "| close() | |\n", 1,
		    "settings change nothing");
	check_wrong("<!-- demo: a-misses=FIN -->\n" TABLE "| close() | |\n", 1, "no segments");
	check_wrong(TABLE "| cut wire | |\n", 3, "there is no wire");
	check_wrong(TABLE "| | |\n", 1, "nothing happens");
	check_wrong(TCP "| FIN | |\n", 2, "nothing happens");
	/* What a misspelt action was to be has been asked already. */
	check_wrong(TABLE "| sned() | |\n", 3, "did you mean 'send'?");
}

static void ids_are_unique(void)
{
	check_right("<!-- demo: id=a -->\n" TABLE "| close() | |\n\n<!-- demo: id=b -->\n" TABLE
		    "| close() | |\n");
	check_wrong("<!-- demo: id=a -->\n" TABLE "| close() | |\n\n<!-- demo: id=a -->\n" TABLE
		    "| close() | |\n", 6, "the demo in line 2 too");
}

static void questions_have_answers(void)
{
	check_right("- [x] a\n- [ ] b\n");
	check_right("- a\n- b\n");
	check_wrong("text\n\n- [ ] a\n- [ ] b\n", 3, "no right answer");
	check_wrong("- [x] a\n- b\n", 1, "only some items");
}

static void anchors_lead_somewhere(void)
{
	check_right("# A heading\n\n[x](#a-heading) [y](#) [z](https://a.b/c.md#d)\n");
	check_right("[x](#demo)\n\n" TABLE "| close() | |\n");
	check_right("[x](other.md#there)\n");
	check_wrong("# A heading\n\n[x](#b-heading)\n", 3, "no demo or heading");
	check_wrong("[x](#dmo)\n\n" TABLE "| close() | |\n", 1, "did you mean '#demo'?");
}

static void check_on_shelf(const char *text, const char *says)
{
	struct errs errs = {0}, none = {0};
	static const char other[] = "# Other\n\n" TABLE "| close() | |\n";
	struct lesson *lesson = lesson_parse("other.md", other, sizeof other - 1, &none);
	struct shelf shelf = {0};

	vec_push(&shelf.lessons, lesson);
	collect(text, &shelf, &errs);
	CHECK_NUMBER(errs.list.n, says ? 1 : 0);
	if (errs.list.n && (!says || !strstr(errs.list.at[0].text, says)))
		CHECK_TEXT(errs.list.at[0].text, says);
	errs_free(&errs);
	shelf_free(&shelf);
}

static void lessons_are_on_the_shelf(void)
{
	check_on_shelf("---\nafter: [other]\n---\n", NULL);
	check_on_shelf("[x](other.md) [y](other.md#other) [z](https://a.b/none.md)\n", NULL);
	check_on_shelf("---\nafter: [othr]\n---\n", "did you mean 'other'?");
	check_on_shelf("---\nafter: [x]\n---\n", "after itself");
	check_on_shelf("[x](nowhere-at-all.md)\n", "no lesson 'nowhere-at-all'");
	check_on_shelf("[x](other.md#none)\n", "no demo or heading '#none'");
}

static void steps_end_in_the_table(void)
{
	check_right("<!-- demo: at-once=1-2 -->\n" TABLE "| close() | |\n| | close() |\n");
	check_wrong("<!-- demo: at-once=1-3 -->\n" TABLE "| close() | |\n| | close() |\n", 1,
		    "at-once=1-3: the last row is 2");
}

#define PROGRAM(keys) "<!-- lab: id=x a=program " keys " -->\n\nDo it.\n\n" TABLE

static void programs_are_waited_for(void)
{
	check_right(PROGRAM("") "| connects | |\n| waits 4s | |\n");
	check_right(PROGRAM("patience=6s") "| waits 5s | |\n");
	check_wrong(PROGRAM("") "| connects | |\n| waits 5s | |\n", 8, "can never hold");
	check_wrong(PROGRAM("patience=1s") "| waits 2s | |\n", 7, "a row waits for 1s");
	check_wrong(PROGRAM("") "| close() | |\n| closes | |\n", 5, "outcomes alone");
	check_wrong(PROGRAM("link=pair") "| sends | |\n", 1, "an end of a pair");
	check_right(PROGRAM("link=unix-dgram") "| sends | |\n");
}

static void scripts_beside_programs_have_what_they_name(void)
{
	check_right(PROGRAM("") "| connects | |\n| | accept() |\n| | recv(sock) |\n| exited 0 | |\n");
	check_right(PROGRAM("link=none") "| survives | |\n| exited 0 | |\n");
	check_wrong(PROGRAM("") "| connects | |\n| | recv(sock) |\n", 8, "has no 'sock' here");
	check_wrong(PROGRAM("") "| connects | |\n| | = 5 |\n", 8, "speaks of a call");
	check_wrong(PROGRAM("link=tcp") "| connects | |\n| | c = accept(listner) |\n", 8,
		    "did you mean 'listener'?");
}

static const struct test tests[] = {
	{"names-are-defined", names_are_defined},
	{"steps-end-in-the-table", steps_end_in_the_table},
	{"addresses-name-either-role", addresses_name_either_role},
	{"addresses-stay-inside", addresses_stay_inside},
	{"errors-are-safe", errors_are_safe},
	{"outcomes-have-a-cause", outcomes_have_a_cause},
	{"outcomes-can-hold", outcomes_can_hold},
	{"fcntl-is-limited", fcntl_is_limited},
	{"nothing-is-said-twice", nothing_is_said_twice},
	{"ended-is-ended", ended_is_ended},
	{"programs-are-waited-for", programs_are_waited_for},
	{"scripts-beside-programs-have-what-they-name", scripts_beside_programs_have_what_they_name},
	{"set-ups-make-sense", set_ups_make_sense},
	{"ids-are-unique", ids_are_unique},
	{"questions-have-answers", questions_have_answers},
	{"anchors-lead-somewhere", anchors_lead_somewhere},
	{"lessons-are-on-the-shelf", lessons_are_on_the_shelf},
	{NULL, NULL},
};

const struct suite suite_check = {"check", NULL, NULL, tests};
