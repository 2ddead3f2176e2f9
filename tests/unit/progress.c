/* course/progress: what is known, and what becomes of it on another machine. */
#include "home.h"
#include "suites.h"

#include <string.h>

static void begins_empty(void)
{
	struct progress *p = home_open();

	CHECK(progress_is_first_visit(p));
	CHECK(progress_where(p).lesson == NULL);
	CHECK(!progress_has_seen(p, "sockets", "first"));
	CHECK_NUMBER(progress_prediction(p, "sockets", "first", 2), -1);
	CHECK_NUMBER(progress_question(p, "sockets", 1), -1);
	CHECK(!progress_has_met(p, "sockets", "lab"));
	CHECK(!progress_knows(p, "sockets"));
	progress_close(p);
	CHECK(!home_has("progress.json"));
}

static void keeps_everything(void)
{
	struct progress *p = home_open();

	home_note_everything(p);
	home_knows_everything(p);
	home_save(p);
	home_knows_everything(p);
	progress_close(p);
	p = home_open();
	home_knows_everything(p);
	progress_close(p);
}

static void does_not_save_by_itself(void)
{
	struct progress *p = home_open();

	home_note_everything(p);
	progress_close(p);
	CHECK(!home_has("progress.json"));
}

/* The first prediction counts; a question may be answered again. */
static void first_and_later_answers(void)
{
	struct progress *p = home_open();

	progress_predicted(p, "l", "wrong-first", 1, false);
	progress_predicted(p, "l", "wrong-first", 1, true);
	progress_predicted(p, "l", "right-first", 1, true);
	progress_predicted(p, "l", "right-first", 1, false);
	progress_answered(p, "l", 1, false);
	progress_answered(p, "l", 1, true);
	progress_answered(p, "l", 2, true);
	progress_answered(p, "l", 2, false);
	home_save(p);
	progress_predicted(p, "l", "wrong-first", 1, true);
	progress_answered(p, "l", 2, false);
	CHECK_NUMBER(progress_prediction(p, "l", "wrong-first", 1), 0);
	CHECK_NUMBER(progress_prediction(p, "l", "right-first", 1), 1);
	CHECK_NUMBER(progress_question(p, "l", 1), 1);
	CHECK_NUMBER(progress_question(p, "l", 2), 1);
	progress_close(p);
}

/* The newest place counts, also after one from a clock that was ahead. */
static void places(void)
{
	struct progress *p = home_open();
	struct str why = {0};
	static const char ahead[] = "{\"socktutor-progress\": 1, \"place\": {\"when\": "
				    "9000000000000, \"lesson\": \"ahead\", \"line\": 3}}";

	for (int line = 1; line < 5; line++)
		progress_place(p, "sockets", line);
	CHECK_NUMBER(progress_where(p).line, 4);
	CHECK_NUMBER(progress_import(p, ahead, strlen(ahead), &why), 0);
	CHECK_TEXT(progress_where(p).lesson, "ahead");
	progress_place(p, "sockets", 9);
	CHECK_TEXT(progress_where(p).lesson, "sockets");
	home_save(p);
	CHECK_NUMBER(progress_where(p).line, 9);
	progress_place(p, "sockets", -1);
	CHECK_NUMBER(progress_where(p).line, 0);
	progress_close(p);
	str_free(&why);
}

static void forgets(void)
{
	struct progress *p = home_open();

	home_note_everything(p);
	progress_demo_seen(p, "broken-pipe", "classic");
	home_save(p);
	progress_reset(p, "broken-pipe");
	CHECK(!progress_knows(p, "broken-pipe"));
	CHECK(progress_where(p).lesson == NULL);
	CHECK(progress_has_seen(p, "sockets", "first"));
	progress_demo_seen(p, "broken-pipe", "after");
	home_save(p);
	CHECK(!progress_has_seen(p, "broken-pipe", "classic"));
	CHECK(progress_has_seen(p, "broken-pipe", "after"));
	progress_reset(p, NULL);
	CHECK(progress_is_first_visit(p));
	CHECK(!progress_knows(p, "sockets"));
	home_save(p);
	progress_close(p);
	CHECK(home_has("progress.json"));
	CHECK(!home_was_seen("first"));
}

static const char a_lesson[] =
	"# A lesson\n\n"
	"<!-- demo: id=one -->\n"
	"| Process A | Process B |\n|---|---|\n|  | `close()` |\n| `recv()` | |\n| `EOF` | |\n\n"
	"<!-- demo: id=two -->\n"
	"| Process A | Process B |\n|---|---|\n|  | `close()` |\n| `send()` | |\n| `EPIPE` | |\n\n"
	"What does it get?\n\n- [x] nothing\n- [ ] all\n\n"
	"Who is it?\n\n- [ ] me\n- [x] you\n\n"
	"<!-- lab: id=see-a-reset -->\n\n| Process A | Process B |\n|---|---|\n| `ECONNRESET` | |\n";

static void is_tallied(const struct progress *p, const struct lesson *lesson, size_t demos,
		       size_t predictions, size_t questions, size_t labs)
{
	struct tally t = progress_tally(p, lesson);

	CHECK_NUMBER(t.demos, 2);
	CHECK_NUMBER(t.demos_seen, demos);
	CHECK_NUMBER(t.predictions, 2);
	CHECK_NUMBER(t.predictions_right, predictions);
	CHECK_NUMBER(t.questions, 2);
	CHECK_NUMBER(t.questions_right, questions);
	CHECK_NUMBER(t.labs, 1);
	CHECK_NUMBER(t.labs_met, labs);
	CHECK(t.begun == (demos + predictions + questions + labs > 0));
	CHECK(t.done == (demos == 2 && questions == 2));
}

/* Only what the lesson holds now is counted, whatever else is known of it. */
static void tallies(void)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("a.md", a_lesson, strlen(a_lesson), &errs);
	struct progress *p = home_open();

	CHECK_NUMBER(errs.list.n, 0);
	is_tallied(p, lesson, 0, 0, 0, 0);
	progress_demo_seen(p, "a", "one");
	progress_demo_seen(p, "a", "gone");
	progress_demo_seen(p, "b", "two");
	is_tallied(p, lesson, 1, 0, 0, 0);
	progress_predicted(p, "a", "one", 3, true);
	progress_predicted(p, "a", "two", 3, false);
	progress_predicted(p, "a", "gone", 3, true);
	progress_answered(p, "a", 1, true);
	progress_answered(p, "a", 2, false);
	progress_answered(p, "a", 9, true);
	is_tallied(p, lesson, 1, 1, 1, 0);
	progress_demo_seen(p, "a", "two");
	progress_answered(p, "a", 2, true);
	progress_lab_met(p, "a", "see-a-reset", true);
	is_tallied(p, lesson, 2, 1, 2, 1);
	progress_close(p);
	lesson_free(lesson);
	errs_free(&errs);
}

/*
 * From machine to machine.
 */

static void import(struct progress *p, const char *text)
{
	struct str why = {0};

	CHECK_NUMBER(progress_import(p, text, strlen(text), &why), 0);
	CHECK_TEXT(str_text(&why), "");
	str_free(&why);
}

/* What merging TEXTS in this order comes to. */
static void merge(const char *const *texts, const int *order, size_t n, struct str *to)
{
	struct progress *p = home_open();

	for (size_t i = 0; i < n; i++)
		import(p, texts[order[i]]);
	progress_export(p, to);
	progress_close(p);
}

#define BEGIN "{\"socktutor-progress\": 1, "
static const char *const machines[] = {
	BEGIN "\"visited\": true, \"place\": {\"lesson\": \"a\", \"line\": 4, \"when\": 20}, \"x\": 1,"
	      "\"lessons\": {\"a\": {\"demos\": {\"d\": {\"when\": 9}, \"e\": {\"when\": 3}},"
	      "\"predictions\": {\"d\": {\"2\": {\"right\": true, \"when\": 8}}},"
	      "\"questions\": {\"1\": {\"right\": false, \"when\": 1}, \"2\": {\"right\": true, "
	      "\"when\": 9}}}}}",
	BEGIN "\"visited\": false, \"place\": {\"lesson\": \"b\", \"line\": 2, \"when\": 20}, "
	      "\"x\": {\"y\": [1], \"z\": 2}, \"lessons\": {\"a\": {\"demos\": {\"d\": {\"when\": 5, "
	      "\"slow\": true}}, \"predictions\": {\"d\": {\"2\": {\"right\": false, \"when\": 7}}},"
	      "\"questions\": {\"1\": {\"right\": true, \"when\": 4}, \"2\": {\"right\": false, "
	      "\"when\": 2}}, \"tries\": {\"l\": {\"attempts\": 9, \"held\": 3, \"first\": 100}}}, "
	      "\"b\": {\"labs\": {\"l\": {\"when\": 1}}}}}",
	BEGIN "\"x\": {\"y\": [2], \"w\": null}, \"lessons\": {\"a\": {\"predictions\": {\"d\": {\"2\": "
	      "{\"right\": true, \"when\": 7, \"slow\": 1}}, \"e\": {}}, \"tries\": {\"l\": "
	      "{\"attempts\": 10, \"held\": 2, \"first\": 20, \"last\": 20}}, \"demos\": {\"d\": {\"when\": "
	      "5, \"slow\": false}}}}}",
};

/* In whatever order, and twice is as good as once. */
static void merges_alike(void)
{
	static const int orders[][6] = {
		{0, 1, 2, 2, 2, 2}, {0, 2, 1, 0, 2, 1}, {1, 0, 2, 1, 1, 0},
		{1, 2, 0, 0, 1, 2}, {2, 0, 1, 0, 0, 0}, {2, 1, 0, 2, 1, 0},
	};
	struct str first = {0}, other = {0};

	merge(machines, orders[0], 3, &first);
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		for (size_t n = 3; n <= 6; n += 3) {
			str_cut(&other, 0);
			merge(machines, orders[i], n, &other);
			CHECK_TEXT(str_text(&other), str_text(&first));
		}
	}
	str_free(&first);
	str_free(&other);
}

static void merges_right(void)
{
	struct progress *p = home_open();

	import(p, machines[0]);
	import(p, machines[1]);
	CHECK(!progress_is_first_visit(p));
	CHECK_TEXT(progress_where(p).lesson, "b");
	CHECK(progress_has_seen(p, "a", "d") && progress_has_seen(p, "a", "e"));
	CHECK_NUMBER(progress_prediction(p, "a", "d", 2), 0);
	CHECK_NUMBER(progress_question(p, "a", 1), 1);
	CHECK_NUMBER(progress_question(p, "a", 2), 1);
	CHECK(progress_has_met(p, "b", "l"));
	home_save(p);
	progress_close(p);
}

/* Numbers are compared as such: 10 is more than 9. */
static void merges_tries(void)
{
	struct progress *p = home_open();
	struct lab_tries tries;

	import(p, machines[2]);
	import(p, machines[1]);
	tries = progress_lab_tries(p, "a", "l");
	CHECK_NUMBER(tries.attempts, 10);
	CHECK_NUMBER(tries.held, 3);
	CHECK_NUMBER(tries.first, 20);
	CHECK_NUMBER(tries.last, 20);
	CHECK_NUMBER(tries.hints, 0);
	progress_lab_tried(p, "a", "l", 1, 7);
	progress_lab_hinted(p, "a", "l", 1);
	tries = progress_lab_tries(p, "a", "l");
	CHECK_NUMBER(tries.attempts, 11);
	CHECK_NUMBER(tries.held, 3);
	CHECK_NUMBER(tries.rows, 7);
	CHECK_NUMBER(tries.hints, 1);
	CHECK(tries.last > 20);
	progress_close(p);
}

static void exports_what_it_kept(void)
{
	struct progress *p = home_open();
	struct str exported = {0}, text = {0};

	home_note_everything(p);
	home_save(p);
	progress_export(p, &exported);
	home_read("progress.json", &text);
	CHECK_TEXT(str_text(&exported), str_text(&text));
	progress_close(p);
	str_free(&exported);
	str_free(&text);
}

static void refuses_what_is_none(void)
{
	struct progress *p = home_open();
	struct str why = {0}, exported = {0};
	const char *text;

	home_note_everything(p);
	for (size_t i = 0; (text = home_damage(i)); i++) {
		str_cut(&why, 0);
		CHECK_NUMBER(progress_import(p, text, strlen(text), &why), -1);
		CHECK(why.len > 0);
	}
	home_knows_everything(p);
	progress_export(p, &exported);
	import(p, str_text(&exported));
	home_knows_everything(p);
	progress_close(p);
	str_free(&why);
	str_free(&exported);
}

/* Each with a home of its own. */
#define WITH_HOME(test) \
	static void test##_at_home(void) \
	{ \
		home_new(); \
		test(); \
		home_end(); \
	}
#define TESTS(T) \
	T("begins-empty", begins_empty) \
	T("keeps-everything", keeps_everything) \
	T("does-not-save-by-itself", does_not_save_by_itself) \
	T("first-and-later-answers", first_and_later_answers) \
	T("places", places) \
	T("forgets", forgets) \
	T("tallies", tallies) \
	T("merges-alike", merges_alike) \
	T("merges-right", merges_right) \
	T("merges-tries", merges_tries) \
	T("exports-what-it-kept", exports_what_it_kept) \
	T("refuses-what-is-none", refuses_what_is_none)
#define DEFINE(name, test) WITH_HOME(test)
#define ROW(name, test) {name, test##_at_home},

TESTS(DEFINE)

static const struct test tests[] = {TESTS(ROW){NULL, NULL}};

const struct suite suite_progress = {"progress", NULL, NULL, tests};
