/*
 * course/shorten and view/expect: what settings of a demo's own network change, and how long a
 * call will wait.
 */
#include "feed.h"
#include "suites.h"

#include "base/clock.h"
#include "course/fact.h"
#include "course/shorten.h"
#include "view/expect.h"
#include "view/pane.h"

#include <stdlib.h>
#include <string.h>

/* Linux's own defaults. */
static struct settings own_settings(void)
{
	struct settings own = {0};

	if (!settings_parse("tcp_syn_retries=6,tcp_syn_linear_timeouts=4,tcp_retries2=15,"
			    "tcp_keepalive_time=7200,tcp_keepalive_intvl=75,tcp_keepalive_probes=9,"
			    "tcp_fin_timeout=60", &own, NULL))
		CHECK_TEXT("the defaults", "settings");
	return own;
}

static void takes(int64_t (*figure)(const struct settings *), const char *settings, int64_t ms)
{
	struct settings s = {0};

	CHECK(settings_parse(settings, &s, NULL));
	CHECK_NUMBER(figure(&s) / CLOCK_MS, ms);
}

/* Beside the kernel: ip-sysctl.rst for connect(); the others were measured on Linux 6.18. */
static void figures(void)
{
	struct settings none = {0};

	takes(fact_connect, "tcp_syn_retries=6,tcp_syn_linear_timeouts=4", 131000);
	takes(fact_connect, "tcp_syn_retries=6", 127000);
	takes(fact_connect, "tcp_syn_retries=1", 3000);
	takes(fact_retransmit, "tcp_retries2=0", 800);
	takes(fact_retransmit, "tcp_retries2=1", 1600);
	takes(fact_retransmit, "tcp_retries2=3", 6400);
	takes(fact_retransmit, "tcp_retries2=15", 1044800);
	takes(fact_keepalive, "tcp_keepalive_time=1,tcp_keepalive_intvl=2,tcp_keepalive_probes=3",
	      7000);
	CHECK_NUMBER(fact_connect(&none), -1);
	CHECK_NUMBER(fact_retransmit(&none), -1);
	CHECK_NUMBER(fact_keepalive(&none), -1);
}

static void check_sentence(const char *settings, bool real_time, size_t i, const char *expected)
{
	struct demo demo = {0};
	struct settings own = own_settings();
	struct str s = {0};
	bool there;

	CHECK(settings_parse(settings, &demo.settings, NULL));
	there = shorten_sentence(&s, &demo, &own, real_time, i);
	CHECK(there == (expected != NULL));
	if (expected)
		CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

static void sentences(void)
{
	check_sentence("tcp_syn_retries=1", false, 0,
		       "Shortened: tcp_syn_retries is 1 here, so connect() gives up after about 3 s; "
		       "with this machine's own, 6, it would take 2 min 11 s.");
	check_sentence("tcp_syn_retries=1", false, 1, NULL);
	check_sentence("tcp_syn_retries=1", true, 0,
		       "In real time: tcp_syn_retries is 6, as on this machine, so connect() gives "
		       "up after about 2 min 11 s.");
	check_sentence("tcp_syn_retries=2,tcp_syn_linear_timeouts=0,tcp_retries2=1", false, 0,
		       "Shortened: tcp_syn_retries is 2, tcp_syn_linear_timeouts is 0 here, so "
		       "connect() gives up after about 7 s; with this machine's own, 6, 4, it would "
		       "take 2 min 11 s.");
	check_sentence("tcp_syn_retries=2,tcp_syn_linear_timeouts=0,tcp_retries2=1", false, 1,
		       "Shortened: tcp_retries2 is 1 here, so bytes that nobody confirms are given up "
		       "after about 1.6 s; with this machine's own, 15, it would take 17 min 24 s.");
	check_sentence("tcp_keepalive_time=1,tcp_keepalive_intvl=1,tcp_keepalive_probes=1", false, 0,
		       "Shortened: tcp_keepalive_time is 1, tcp_keepalive_intvl is 1, "
		       "tcp_keepalive_probes is 1 here, so SO_KEEPALIVE gives a silent connection up "
		       "after about 2 s; with this machine's own, 7200, 75, 9, it would take 2 h 11 "
		       "min.");
	/* No shorter, or no figure: only what is so. */
	check_sentence("tcp_syn_retries=7", false, 0,
		       "tcp_syn_retries is 7 here; this machine's own: 6.");
	check_sentence("tcp_fin_timeout=1", false, 0,
		       "tcp_fin_timeout is 1 here; this machine's own: 60.");
	/* A setting that this kernel does not have. */
	check_sentence("tcp_rto_max_ms=1000", false, 0, NULL);
}

static int64_t patience(const char *settings, bool real_time)
{
	struct demo demo = {.patience = 10 * CLOCK_S};
	struct settings own = own_settings();

	CHECK(settings_parse(settings, &demo.settings, NULL));
	return shorten_patience(&demo, &own, real_time);
}

static void patience_grows_with_what_is_waited_for(void)
{
	CHECK_NUMBER(patience("tcp_syn_retries=1", false), 10 * CLOCK_S);
	CHECK(patience("tcp_syn_retries=1", true) >= (10 + 131 - 3) * CLOCK_S);
	CHECK(patience("tcp_retries2=1", true) >= (10 + 1044) * CLOCK_S);
	CHECK(patience("tcp_syn_retries=1,tcp_retries2=1", true) == patience("tcp_retries2=1", true));
	CHECK_NUMBER(patience("tcp_fin_timeout=1", true), 10 * CLOCK_S);
	CHECK_NUMBER(patience("tcp_syn_retries=127", true), 10 * CLOCK_S);
}

/*
 * What a blocked call is to expect.
 */

static const struct feed_row rows[] = {{"connect()", NULL, NULL}, {"ETIMEDOUT", NULL, NULL}};

static struct lesson *lesson;
static struct player player;

static void start(const char *settings, bool real_time)
{
	lesson = feed_lesson(LINK_TCP, rows, 2);
	CHECK(settings_parse(settings, &lesson->demos.at[0].settings, NULL));
	player_start(&player, lesson, &lesson->demos.at[0]);
	player.own = own_settings();
	player.real_time = real_time;
	feed_begin(&player);
	feed_begin_row(&player, CLOCK_S, 1);
}

static void stop(void)
{
	player_free(&player);
	feed_lesson_free(lesson);
}

static bool expects(struct expectation *e)
{
	size_t call = player_blocked(&player, ROLE_A, player_end(&player));

	return call != EVENT_NONE && expect_call(&player, call, player_end(&player), e);
}

static void a_connect_that_nobody_answers(void)
{
	struct expectation e;

	start("tcp_syn_retries=1", false);
	feed_call(&player, CLOCK_S, ROLE_A, "connect(sock, \"127.0.0.1:7000\")");
	feed_blocked(&player, CLOCK_S, ROLE_A);
	CHECK(!expects(&e)); /* nothing was lost yet */
	feed_segment(&player, CLOCK_S + 5, ROLE_A, SEGMENT_SYN, NULL, true);
	feed_segment(&player, 2 * CLOCK_S, ROLE_A, SEGMENT_SYN, NULL, true);
	if (CHECK(expects(&e))) {
		CHECK_NUMBER(e.start, CLOCK_S + 5);
		CHECK_NUMBER(e.takes, 3 * CLOCK_S);
	}
	player.real_time = true;
	if (CHECK(expects(&e)))
		CHECK_NUMBER(e.takes, 131 * CLOCK_S);
	stop();
}

static void bytes_that_nobody_confirms(void)
{
	struct expectation e;

	start("tcp_retries2=1", false);
	feed_segment(&player, 1, ROLE_B, SEGMENT_ACK, NULL, false);
	feed_segment(&player, 2, ROLE_A, SEGMENT_ACK, "abc", true);
	feed_segment(&player, 3, ROLE_B, SEGMENT_ACK, NULL, false); /* it was confirmed after all */
	feed_call(&player, CLOCK_S, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_blocked(&player, CLOCK_S, ROLE_A);
	CHECK(!expects(&e));
	feed_segment(&player, 4, ROLE_A, SEGMENT_ACK, "abc", true);
	feed_segment(&player, 5, ROLE_A, SEGMENT_ACK, "abc", true);
	feed_segment(&player, 6, ROLE_B, SEGMENT_ACK, NULL, true); /* this does not reach it */
	if (CHECK(expects(&e))) {
		CHECK_NUMBER(e.start, 4);
		CHECK_NUMBER(e.takes, 1600 * CLOCK_MS);
	}
	stop();
}

static void a_limit_of_its_own_is_not_known(void)
{
	struct expectation e;

	start("tcp_retries2=1", false);
	feed_call(&player, 1, ROLE_A, "setsockopt(sock, IPPROTO_TCP, TCP_USER_TIMEOUT, 600)");
	feed_return(&player, 1, ROLE_A, 0, 0, false);
	feed_segment(&player, 2, ROLE_A, SEGMENT_ACK, "abc", true);
	feed_call(&player, CLOCK_S, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_blocked(&player, CLOCK_S, ROLE_A);
	CHECK(!expects(&e));
	stop();
}

static void keepalive_counts_from_what_was_heard(void)
{
	struct expectation e;

	start("tcp_keepalive_time=1,tcp_keepalive_intvl=1,tcp_keepalive_probes=1", false);
	feed_segment(&player, 1, ROLE_A, SEGMENT_SYN, NULL, false);
	feed_segment(&player, 2, ROLE_B, SEGMENT_SYN | SEGMENT_ACK, NULL, false);
	feed_call(&player, CLOCK_S, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_blocked(&player, CLOCK_S, ROLE_A);
	CHECK(!expects(&e)); /* nobody asks */
	feed_call(&player, CLOCK_S, ROLE_A, "setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, 1)");
	feed_return(&player, CLOCK_S, ROLE_A, 0, 0, false);
	feed_call(&player, CLOCK_S, ROLE_A, "recv(sock, buf, 4096, 0)");
	feed_blocked(&player, CLOCK_S, ROLE_A);
	if (CHECK(expects(&e))) {
		CHECK_NUMBER(e.start, 2);
		CHECK_NUMBER(e.takes, 2 * CLOCK_S);
	}
	stop();
}

static void check_bar(int64_t now, const char *expected)
{
	struct canvas c;
	char *text;

	canvas_start(&c, 40, 8, false);
	player.began = 0;
	pane_draw(&c, 0, 0, 40, 8, &player, ROLE_A, now);
	text = feed_text(&c);
	if (!CHECK(strstr(text, expected) != NULL))
		CHECK_TEXT(text, expected);
	free(text);
	canvas_free(&c);
}

static void the_bar_shows_how_much_is_over(void)
{
	start("tcp_syn_retries=1", false);
	feed_call(&player, CLOCK_S, ROLE_A, "connect(sock, \"127.0.0.1:7000\")");
	feed_blocked(&player, CLOCK_S, ROLE_A);
	feed_segment(&player, CLOCK_S, ROLE_A, SEGMENT_SYN, NULL, true);
	check_bar(CLOCK_S, "▒········ waiting 0.0 s of 3.0 s");
	check_bar(2 * CLOCK_S, "▒▒▒······ waiting 1.0 s of 3.0 s");
	check_bar(4 * CLOCK_S, "▒▒▒▒▒▒▒▒▒ waiting 3.0 s of 3.0 s");
	player.real_time = true;
	check_bar(66 * CLOCK_S, "▒▒▒···· 1 min 05 s of 2 min 11 s");
	stop();
}

const struct suite suite_shorten = {
	"shorten", NULL, NULL,
	(const struct test[]){
		{"figures", figures},
		{"sentences", sentences},
		{"patience", patience_grows_with_what_is_waited_for},
		{"connect", a_connect_that_nobody_answers},
		{"retransmit", bytes_that_nobody_confirms},
		{"own-limit", a_limit_of_its_own_is_not_known},
		{"keepalive", keepalive_counts_from_what_was_heard},
		{"bar", the_bar_shows_how_much_is_over},
		{NULL, NULL},
	},
};
