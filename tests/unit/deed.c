/* lesson/: what the director does. */
#include "lesson/deed.h"

#include "base/clock.h"
#include "lesson/action.h"
#include "parsing.h"
#include "suites.h"

#include <signal.h>

static void check_director(const char *text, enum deed_kind kind, int sig, int64_t ns,
			   unsigned misses, const char *printed)
{
	struct cell cell = {0};
	struct action *action = parsing_action(text, &cell);
	struct str s = {0};

	if (action) {
		CHECK_NUMBER(action->kind, ACTION_DEED);
		CHECK_NUMBER(action->deed->kind, kind);
		CHECK_NUMBER(action->signal, sig);
		CHECK_NUMBER(action->ns, ns);
		CHECK_NUMBER(action->misses, misses);
		action_print(&s, action);
		CHECK_TEXT(str_text(&s), printed);
		parsing_again(action, str_text(&s));
	}
	str_free(&s);
	cell_free(&cell);
}

/* TEXT prints as it is, and is of KIND (DEEDS: any). */
static void check_director_text(const char *text, enum deed_kind kind)
{
	struct cell cell = {0};
	struct action *action = parsing_action(text, &cell);
	struct str s = {0};

	if (action) {
		CHECK_NUMBER(action->kind, ACTION_DEED);
		CHECK(kind == (enum deed_kind)DEEDS || action->deed->kind == kind);
		action_print(&s, action);
		CHECK_TEXT(str_text(&s), text);
	}
	str_free(&s);
	cell_free(&cell);
}

static void director_has_words(void)
{
	check_director("kill -9", DEED_KILL, SIGKILL, 0, 0, "kill -9");
	check_director("kill -KILL", DEED_KILL, SIGKILL, 0, 0, "kill -9");
	check_director("kill -TERM", DEED_KILL, SIGTERM, 0, 0, "kill -TERM");
	check_director("kill -SIGPIPE", DEED_KILL, SIGPIPE, 0, 0, "kill -PIPE");
	check_director("kill -STOP", DEED_KILL, SIGSTOP, 0, 0, "kill -STOP");
	check_director("cut wire", DEED_CUT, 0, 0, 0, "cut wire");
	check_director("mend  wire", DEED_MEND, 0, 0, 0, "mend wire");
	check_director("wait 200ms", DEED_WAIT, 0, 200 * CLOCK_MS, 0, "wait 200ms");
	check_director("wait 2s", DEED_WAIT, 0, 2 * CLOCK_S, 0, "wait 2s");
	check_director("wait 90s", DEED_WAIT, 0, 90 * CLOCK_S, 0, "wait 90s");
	check_director("misses FIN", DEED_MISSES, 0, 0, MISS_FIN, "misses FIN");
	check_director("misses RST,FIN", DEED_MISSES, 0, 0, MISS_FIN | MISS_RST,
		       "misses FIN,RST");
	check_director("misses data ", DEED_MISSES, 0, 0, MISS_DATA, "misses data");
	check_director("Misses  all", DEED_MISSES, 0, 0, MISS_ALL, "misses all");
	check_director("misses Nothing", DEED_MISSES, 0, 0, 0, "misses nothing");
	check_director("delay 200ms", DEED_DELAY, 0, 200 * CLOCK_MS, 0, "delay 200ms");
	check_director("delay 0ms", DEED_DELAY, 0, 0, 0, "delay 0ms");
	check_director("delay 0s", DEED_DELAY, 0, 0, 0, "delay 0ms");
	check_director("delay 10m", DEED_DELAY, 0, 600 * CLOCK_S, 0, "delay 10m");
	check_director("fill buffer", DEED_FILL, 0, 0, 0, "fill buffer");
	parsing_no_action("kill", "kill -9");
	parsing_no_action("kill 9", "kill -9");
	parsing_no_action("kill -999", "kill -9");
	parsing_no_action("kill -PIP", "did you mean 'PIPE'?");
	parsing_no_action("kill -SIGTREM", "did you mean 'SIGTERM'?");
	parsing_no_action("kill -", "kill -9");
	parsing_no_action("cut rope", "cut wire");
	parsing_no_action("mend", "mend wire");
	parsing_no_action("wait", "wait 200ms");
	parsing_no_action("wait 2", "wait 200ms");
	parsing_no_action("wait 2s more", "wait 200ms");
	parsing_no_action("misses", "misses FIN");
	parsing_no_action("misses SYN", "misses FIN");
	parsing_no_action("misses FIN RST", "misses FIN,RST");
	parsing_no_action("misses FIN,nothing", "misses nothing");
	parsing_no_action("delay", "delay 200ms");
	parsing_no_action("delay 200", "delay 200ms");
	parsing_no_action("delay 11m", "at most 10m");
	parsing_no_action("fill", "fill buffer");
	parsing_no_action("fill glass", "fill buffer");
	parsing_no_action("fill buffer twice", "nothing more");
	parsing_no_action("kill -9 -9", "nothing more");
	parsing_no_action("mises FIN", "did you mean 'misses'?");
	parsing_no_action("fill()", "no function 'fill'");
}

/* A new row of the director's table is tested by being there. */
static void every_deed_is_read_and_printed(void)
{
	const struct deed *deed;

	for (size_t i = 0; (deed = deed_at(i)) != NULL; i++) {
		CHECK(deed_of(deed->kind) == deed);
		CHECK(deed->examples[0] != NULL);
		for (size_t k = 0; deed->examples[k]; k++)
			check_director_text(deed->examples[k], deed->kind);
		if (deed->undo)
			check_director_text(deed->undo, (enum deed_kind)DEEDS);
		CHECK(deed->summary && *deed->summary);
	}
}

/* Words of the director may be names all the same. */
static void deeds_may_be_names(void)
{
	struct cell cell = {0};
	struct action *action = parsing_action("delay = dup(sock)", &cell);

	if (action) {
		CHECK_NUMBER(action->kind, ACTION_CALL);
		CHECK_TEXT(action->names[0], "delay");
	}
	cell_free(&cell);
}

static bool can(const char *text, enum link link)
{
	struct cell cell = {0};
	struct action *action = parsing_action(text, &cell);
	bool may = action && !deed_why_not(action, link);

	cell_free(&cell);
	return may;
}

/* Each deed on each link: what must be possible, and what must not. */
static void deeds_know_their_links(void)
{
	static const enum link unix_links[] = {LINK_UNIX, LINK_UNIX_DGRAM, LINK_UNIX_SEQPACKET,
					       LINK_PAIR};
	static const enum link tcp_links[] = {LINK_TCP, LINK_TCP6, LINK_NONE};
	static const char *const wire[] = {"cut wire", "mend wire", "misses FIN", "misses data",
					   "misses nothing", "delay 200ms", "delay 0ms"};

	for (size_t i = 0; i < sizeof wire / sizeof *wire; i++) {
		for (size_t k = 0; k < sizeof unix_links / sizeof *unix_links; k++)
			CHECK(!can(wire[i], unix_links[k]));
		for (size_t k = 0; k < sizeof tcp_links / sizeof *tcp_links; k++)
			CHECK(can(wire[i], tcp_links[k]));
	}
	for (int link = 0; link < LINKS; link++) {
		CHECK(can("kill -9", (enum link)link));
		CHECK(can("wait 1s", (enum link)link));
		CHECK(can("fill buffer", (enum link)link) == (link != LINK_UDP));
	}
	CHECK(can("cut wire", LINK_UDP));
	CHECK(can("delay 200ms", LINK_UDP));
	CHECK(can("misses data", LINK_UDP));
	CHECK(can("misses all", LINK_UDP));
	CHECK(!can("misses FIN", LINK_UDP));
	CHECK(!can("misses RST,data", LINK_UDP));
}

static const struct test tests[] = {
	{"director-has-words", director_has_words},
	{"every-deed-is-read-and-printed", every_deed_is_read_and_printed},
	{"deeds-may-be-names", deeds_may_be_names},
	{"deeds-know-their-links", deeds_know_their_links},
	{NULL, NULL},
};

const struct suite suite_deed = {"deed", NULL, NULL, tests};
