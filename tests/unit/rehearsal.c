/*
 * What `run` showed, kept and read again, and how another run differs from it.
 */
#include "feed.h"
#include "home.h"
#include "suites.h"

#include "course/rehearsal.h"
#include "view/explain.h"
#include "view/ladder.h"
#include "view/pane.h"
#include "view/recall.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

static const struct feed_row rows[] = {
	{NULL, "close()", "B closes first."},
	{"send()", NULL, NULL},
	{NULL, NULL, NULL},
	{"EPIPE + SIGPIPE", NULL, NULL},
	{"Terminated", "RESET", NULL},
};

static struct lesson *lesson;
static struct player player;
static struct str text;

/* A run in which the newest of all kinds of events is; the send gives ERR. */
static void play(struct player *p, int err)
{
	player_start(p, lesson, &lesson->demos.at[0]);
	feed_begin(p);
	feed_begin_row(p, 1000, 1);
	feed_call(p, 1000, ROLE_B, "close(sock)");
	feed_return(p, 2000, ROLE_B, 0, 0, false);
	feed_row_done(p, 3000, 1);
	feed_begin_row(p, 212000, 2);
	feed_call(p, 213000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_blocked(p, 213500, ROLE_A);
	feed_return(p, 214000, ROLE_A, err ? -1 : 5, err, false);
	feed_row_done(p, 215000, 2);
	feed_begin_row(p, 215000, 3);
	feed_row_done(p, 215000, 3);
	feed_begin_row(p, 216000, 4);
	feed_segment(p, 216500, ROLE_B, SEGMENT_RST, "x\n\xff", true);
	feed_signal(p, 216500, ROLE_A, SIGPIPE);
	feed_verdict(p, 217000, ROLE_A, err == EPIPE ? VERDICT_HOLDS : VERDICT_DIFFERS,
		     err == EPIPE ? "EPIPE + SIGPIPE" : err ? "ECONNRESET" : "= 5");
	feed_row_done(p, 218000, 4);
	feed_begin_row(p, 219000, 5);
	feed_end(p, 219000, ROLE_A, SIGPIPE);
	feed_verdict(p, 219000, ROLE_A, VERDICT_HOLDS, "Terminated");
	feed_verdict(p, 219000, ROLE_B, VERDICT_HOLDS, "RESET");
	feed_row_done(p, 220000, 5);
	player_event(p, (struct event){.ns = 220001, .kind = EVENT_DONE, .role = ROLE_NONE,
				       .row = 5}, 220001);
}

static void start(void)
{
	lesson = feed_lesson(LINK_UNIX, rows, sizeof rows / sizeof *rows);
	play(&player, EPIPE);
	player.events.list.at[player.events.list.n - 3].u.verdict.claim =
		player.events.list.n - 10;
}

static void stop(void)
{
	player_free(&player);
	feed_lesson_free(lesson);
	str_free(&text);
}

/* The run as it would be kept. */
static void write_run(void)
{
	struct str digest = {0};

	rehearsal_digest(&digest, &lesson->demos.at[0]);
	str_cut(&text, 0);
	str_addf(&text, "{\"demo\":\"broken-pipe#classic\",\"kind\":\"rehearsal\",\"version\":1,"
			"\"when\":1700000000,\"table\":\"%s\"}\n", str_text(&digest));
	feed_print(&text, lesson, &player.events);
	str_free(&digest);
}

static void replace(const char *from, const char *to)
{
	char *copy = mem_strdup(str_text(&text)), *at = strstr(copy, from);

	if (CHECK(at != NULL)) {
		str_cut(&text, 0);
		str_addf(&text, "%.*s%s%s", (int)(at - copy), copy, to, at + strlen(from));
	}
	free(copy);
}

static void test_comes_back(void)
{
	struct rehearsal r = {0};
	struct str again = {0}, before = {0};
	const struct recording *recording;

	start();
	CHECK_NUMBER(player.events.list.at[player.events.list.n - 10].kind, EVENT_SEGMENT);
	write_run();
	CHECK(rehearsal_parse(&r, lesson, str_text(&text), text.len));
	recording = rehearsal_of(&r, 0);
	CHECK(rehearsal_of(&r, 1) == NULL);
	if (CHECK(recording != NULL)) {
		CHECK_NUMBER(recording->when, 1700000000);
		feed_print(&before, lesson, &player.events);
		feed_print(&again, lesson, &recording->events);
		CHECK_TEXT(str_text(&again), str_text(&before));
		CHECK(!rehearsal_differs(&again, &lesson->demos.at[0], &player.events,
					 &recording->events));
	}
	rehearsal_free(&r);
	str_free(&again);
	str_free(&before);
	stop();
}

/* What later versions add is passed over; the numbers of the lines stay what they were. */
static void test_later_versions(void)
{
	struct rehearsal r = {0};
	char *was, *is;
	size_t n;

	start();
	write_run();
	replace("{\"demo\":\"broken-pipe#classic\",\"ns\":1000,", "{\"kind\":\"omen\"}\n"
		"{\"novel\":[],\"demo\":\"broken-pipe#classic\",\"ns\":1000,");
	CHECK(!rehearsal_parse(&r, lesson, str_text(&text), text.len));
	CHECK_NUMBER(r.list.n, 0);
	n = player.events.list.n - 10;
	was = str_make("\"claim\":%zu,", n);
	is = str_make("\"claim\":%zu,", n + 1);
	replace(was, is);
	CHECK(rehearsal_parse(&r, lesson, str_text(&text), text.len));
	if (CHECK(r.list.n == 1))
		CHECK_NUMBER(r.list.at[0].events.list.at[n + 7].u.verdict.claim, n);
	rehearsal_free(&r);
	free(was);
	free(is);
	write_run();
	replace("\"version\":1", "\"version\":2");
	CHECK(rehearsal_parse(&r, lesson, str_text(&text), text.len));
	CHECK_NUMBER(r.list.n, 0);
	rehearsal_free(&r);
	stop();
}

/* An edited lesson has no recording of what it now says, nor one of its earlier self. */
static void test_own_table_only(void)
{
	struct rehearsal r = {0};
	struct demo *demo;

	start();
	demo = &lesson->demos.at[0];
	write_run();
	free(demo->table.rows.at[0].note);
	demo->table.rows.at[0].note = mem_strdup("Another note.");
	free(demo->title);
	demo->title = mem_strdup("Another title");
	CHECK(rehearsal_parse(&r, lesson, str_text(&text), text.len));
	CHECK_NUMBER(r.list.n, 1);
	rehearsal_free(&r);
	demo->setup[ROLE_A].ignores_sigpipe = true;
	CHECK(rehearsal_parse(&r, lesson, str_text(&text), text.len));
	CHECK_NUMBER(r.list.n, 0);
	demo->setup[ROLE_A].ignores_sigpipe = false;
	demo->table.rows.at[4].cell[ROLE_B].outcome.flag = SEGMENT_FIN;
	CHECK(rehearsal_parse(&r, lesson, str_text(&text), text.len));
	CHECK_NUMBER(r.list.n, 0);
	rehearsal_free(&r);
	stop();
}

static const struct {
	const char *from, *to;
} damages[] = {
	{"\"kind\":\"begin\"", "\"kind\":\"ready\",\"role\":\"A\""},
	{"\"kind\":\"done\"", "\"kind\":\"row\""},
	{"\"kind\":\"rehearsal\",\"version\":1", "\"kind\":\"rehearsal\""},
	{"\"table\":", "\"tables\":"},
	{"\"ns\":1000,", "\"ns\":-1,"},
	{"\"ns\":1000,", "\"ns\":9e9,"},
	{"\"row\":1", "\"row\":77"},
	{"\"row\":4", "\"row\":3"},
	{"\"text\":\"send(", "\"words\":\"send("},
	{"\"result\":-1", "\"result\":\"-1\""},
	{"\"errno\":\"EPIPE\"", "\"errno\":\"EPIP\""},
	{"\"fate\":\"default\"", "\"fate\":\"fault\""},
	{"\"signal\":\"SIGPIPE\"", "\"signal\":4000"},
	{"\"flags\":[\"RST\"]", "\"flags\":[\"RSTS\"]"},
	{"\"flags\":[\"RST\"]", "\"flags\":7"},
	{"\"start\":\"x", "\"start\":\"xxxxxxxxxxxxx"},
	{"\"start\":\"x", "\"start\":\"\\u0100"},
	{"\"claim\":", "\"claim\":9"},
	{"\"claim\":", "\"claim\":-"},
	{"\"verdict\":\"holds\"", "\"verdict\":\"held\""},
	{"\"role\":\"A\"", "\"role\":\"C\""},
	{"\"kind\":\"call\",\"role\":\"B\",", "\"kind\":\"call\","},
	{"\"row\":4,\"verdict\"", "\"row\":1,\"verdict\""},
	{"}\n{", "\n{"},
	{"\n", "\n[]\n"},
};

static void test_damaged(void)
{
	start();
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		struct rehearsal r = {0};

		write_run();
		replace(damages[i].from, damages[i].to);
		if (!CHECK(!rehearsal_parse(&r, lesson, str_text(&text), text.len)) ||
		    !CHECK(r.list.n == 0))
			printf("    %s -> %s\n", damages[i].from, damages[i].to);
		rehearsal_free(&r);
	}
	stop();
}

/* Cut anywhere, and with any byte of it another one. */
static void test_garbled(void)
{
	size_t n;

	start();
	write_run();
	n = text.len;
	for (size_t i = 1; i + 1 < n; i++) {
		struct rehearsal r = {0};

		CHECK(!rehearsal_parse(&r, lesson, str_text(&text), i) || r.list.n == 0);
		rehearsal_free(&r);
		write_run();
		text.p[i] = (char)(text.p[i] ^ (1 << i % 7));
		rehearsal_parse(&r, lesson, str_text(&text), text.len);
		rehearsal_free(&r);
		text.p[i] = (char)(text.p[i] ^ (1 << i % 7));
	}
	stop();
}

/* Draw all there is to see of RECORDING, from its end back to its set-up and on again. */
static void look_at(const struct recording *recording)
{
	struct player p;
	struct canvas c;

	canvas_start(&c, 80, 24, false);
	player_recall(&p, lesson, &lesson->demos.at[0], &recording->events);
	p.setup_open = true;
	do {
		struct lines lines = {0};

		pane_draw(&c, 0, 0, 40, 10, &p, ROLE_A, 0);
		pane_draw(&c, 40, 0, 40, 10, &p, ROLE_B, 0);
		ladder_draw(&c, 0, 10, 80, 12, &p);
		explain_lines(&lines, 78, &p);
		lines_free(&lines);
	} while (player_back(&p));
	while (player_forward(&p))
		ladder_draw(&c, 0, 10, 80, 12, &p);
	CHECK_NUMBER(player_due(&p, 0), -1);
	player_free(&p);
	canvas_free(&c);
}

/* Whatever is in the file, it can be looked at and compared with. */
static void test_looked_at(void)
{
	struct str words = {0};

	start();
	write_run();
	for (size_t i = 1; i < text.len; i += 3) {
		char was = text.p[i];
		struct rehearsal r = {0};

		text.p[i] = (char)('0' + i % 10);
		rehearsal_parse(&r, lesson, str_text(&text), text.len);
		if (r.list.n) {
			look_at(&r.list.at[0]);
			rehearsal_differs(&words, &lesson->demos.at[0], &player.events,
					  &r.list.at[0].events);
		}
		rehearsal_free(&r);
		text.p[i] = was;
	}
	str_free(&words);
	stop();
}

/* A live run, another one, and the recording in between. */
static void test_recalled(void)
{
	struct recall r = {0};
	struct str words = {0};

	start();
	write_run();
	CHECK(rehearsal_parse(&r.rehearsal, lesson, str_text(&text), text.len));
	recall_demo(&r, 0);
	recall_happened(&r, &player);
	recall_words(&words, &r, &player);
	CHECK_TEXT(str_text(&words), "");
	player_look(&player, 2);
	recall_toggle(&r, &player);
	CHECK(r.shows && r.player.recorded);
	CHECK_NUMBER(player_row(&r.player), 2);
	CHECK(player_forward(&r.player));
	CHECK_NUMBER(player_row(&r.player), 4);
	recall_words(&words, &r, &player);
	CHECK(strstr(str_text(&words), "not live") != NULL);
	CHECK_NUMBER(player_row(&player), 2);
	recall_toggle(&r, &player);
	CHECK(!r.shows);
	player_free(&player);
	play(&player, ECONNRESET);
	recall_happened(&r, &player);
	str_cut(&words, 0);
	recall_words(&words, &r, &player);
	CHECK_TEXT(str_text(&words), "Not as rehearsed: Process A: ECONNRESET + SIGPIPE, rehearsed "
				     "EPIPE + SIGPIPE. v shows the recording.");
	recall_demo(&r, 1);
	CHECK(r.of == NULL && r.differs == NULL);
	recall_happened(&r, &player);
	CHECK(r.differs == NULL);
	recall_free(&r);
	str_free(&words);
	stop();
}

/* Whether a run in which the send gives ERR differs from the kept one, and how. */
static void check_differs(int err, const char *expected)
{
	struct str words = {0};
	struct player other;

	play(&other, err);
	CHECK(rehearsal_differs(&words, &lesson->demos.at[0], &other.events,
				&player.events) == (expected != NULL));
	CHECK_TEXT(str_text(&words), expected ? expected : "");
	player_free(&other);
	str_free(&words);
}

static void test_differs(void)
{
	start();
	check_differs(EPIPE, NULL);
	check_differs(ECONNRESET,
		      "Process A: ECONNRESET + SIGPIPE, rehearsed EPIPE + SIGPIPE");
	check_differs(0, "Process A: = 5 + SIGPIPE, rehearsed EPIPE + SIGPIPE");
	stop();
}

/* One event of the live run is another. */
static void check_other(enum event_kind kind, enum role role, void (*change)(struct event *),
			const char *expected)
{
	struct str words = {0};
	struct player other;

	play(&other, EPIPE);
	for (size_t i = 0; i < other.events.list.n; i++) {
		struct event *e = &other.events.list.at[i];

		if (e->kind == kind && e->role == role && e->row > 0)
			change(e);
	}
	CHECK(rehearsal_differs(&words, &lesson->demos.at[0], &other.events,
				&player.events) == (expected != NULL));
	CHECK_TEXT(str_text(&words), expected ? expected : "");
	player_free(&other);
	str_free(&words);
}

static void other_signal(struct event *e)
{
	e->u.signal.number = SIGTERM;
}

static void no_signal(struct event *e)
{
	e->u.signal.fate = FATE_IGNORED;
}

static void exits(struct event *e)
{
	e->u.end.signal = 0;
	e->u.end.status = 3;
}

static void unseen(struct event *e)
{
	e->u.verdict.verdict = VERDICT_UNSEEN;
}

static void other_ports(struct event *e)
{
	e->u.segment.from++;
	e->u.segment.window++;
	e->ns++;
}

static void fails(struct event *e)
{
	e->u.ret.result = -1;
	e->u.ret.err = EBADF;
}

static void test_what_counts(void)
{
	start();
	check_other(EVENT_SIGNAL, ROLE_A, other_signal,
		    "Process A: EPIPE + SIGTERM, rehearsed EPIPE + SIGPIPE");
	check_other(EVENT_SIGNAL, ROLE_A, no_signal, "Process A: EPIPE, rehearsed EPIPE + SIGPIPE");
	check_other(EVENT_END, ROLE_A, exits, "Process A: exited 3, rehearsed Terminated");
	check_other(EVENT_VERDICT, ROLE_B, unseen, NULL);
	check_other(EVENT_SEGMENT, ROLE_B, other_ports, NULL);
	check_other(EVENT_RETURN, ROLE_B, fails, "Process B: EBADF, rehearsed = 0");
	stop();
}

/* Before it is over, what has not come yet is no difference. */
static void test_unfinished(void)
{
	struct str words = {0};
	struct player other;

	start();
	play(&other, EPIPE);
	for (size_t n = other.events.list.n; n > 0; n--) {
		struct events some = {.list = {other.events.list.at, n, n}};

		CHECK(!rehearsal_differs(&words, &lesson->demos.at[0], &some, &player.events));
	}
	CHECK_TEXT(str_text(&words), "");
	player_free(&other);
	str_free(&words);
	stop();
}

/*
 * The file.
 */

static void keep_run(void)
{
	struct str lines = {0}, why = {0};

	feed_print(&lines, lesson, &player.events);
	CHECK_NUMBER(rehearsal_keep(lesson, 0, &lines, &why), 0);
	CHECK_TEXT(str_text(&why), "");
	str_free(&lines);
	str_free(&why);
}

/* How many recordings there are when the file is read; what is said about it goes to TEXT. */
static size_t kept(void)
{
	struct rehearsal r;
	size_t n;

	str_cut(&text, 0);
	rehearsal_open(&r, lesson, &text);
	n = r.list.n;
	rehearsal_free(&r);
	return n;
}

static void test_kept(void)
{
	struct str file = {0};
	struct demo *demo;

	home_new();
	start();
	CHECK_NUMBER(kept(), 0);
	CHECK_TEXT(str_text(&text), "");
	keep_run();
	keep_run();
	CHECK_NUMBER(kept(), 1);
	home_read("rehearsal/broken-pipe.jsonl", &file);
	CHECK(strstr(strstr(str_text(&file), "rehearsal") + 1, "rehearsal") == NULL);
	home_write("rehearsal/broken-pipe.jsonl", "not JSON\n");
	CHECK_NUMBER(kept(), 0);
	CHECK(strstr(str_text(&text), "is damaged") != NULL);
	keep_run();
	CHECK_NUMBER(kept(), 1);
	CHECK_TEXT(str_text(&text), "");
	/* What the lesson no longer has goes when something is kept. */
	demo = &lesson->demos.at[0];
	free(demo->id);
	demo->id = mem_strdup("modern");
	CHECK_NUMBER(kept(), 0);
	keep_run();
	home_read("rehearsal/broken-pipe.jsonl", &file);
	CHECK(strstr(str_text(&file), "#classic\",\"kind\":\"rehearsal") == NULL);
	str_free(&file);
	stop();
	home_end();
}

static void test_cannot_be_kept(void)
{
	struct str lines = {0}, why = {0};
	char *path;

	home_new();
	start();
	keep_run();
	path = home_place("rehearsal/broken-pipe.jsonl");
	CHECK_NUMBER(remove(path), 0);
	CHECK_NUMBER(mkdir(path, 0700), 0);
	feed_print(&lines, lesson, &player.events);
	CHECK_NUMBER(rehearsal_keep(lesson, 0, &lines, &why), -1);
	CHECK(why.len > 0);
	CHECK_NUMBER(kept(), 0);
	CHECK(text.len > 0);
	free(path);
	str_free(&lines);
	str_free(&why);
	stop();
	home_end();
}

static const struct test tests[] = {
	{"comes-back", test_comes_back},
	{"later-versions", test_later_versions},
	{"own-table-only", test_own_table_only},
	{"damaged", test_damaged},
	{"garbled", test_garbled},
	{"looked-at", test_looked_at},
	{"recalled", test_recalled},
	{"differs", test_differs},
	{"what-counts", test_what_counts},
	{"unfinished", test_unfinished},
	{"kept", test_kept},
	{"cannot-be-kept", test_cannot_be_kept},
	{NULL, NULL},
};

const struct suite suite_rehearsal = {"rehearsal", NULL, NULL, tests};
