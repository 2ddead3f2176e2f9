/* course/predict: which row is asked, between what, and what the kernel says to it. */
#include "course/predict.h"
#include "course/tempt.h"
#include "play.h"
#include "suites.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "| Process A | Process B |\n|---|---|\n"

static struct lesson *parse(const char *text)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("test.md", text, strlen(text), &errs);

	errs_print(&errs, stderr);
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	CU_ASSERT_FATAL(lesson->demos.n > 0);
	return lesson;
}

/* The outcomes of the choices in some order that does not depend on the seed, by ` / `. */
static char *outcomes_text(const struct prediction *p)
{
	char *texts[PREDICT_MOST];
	struct str all = {0};

	for (size_t i = 0; i < p->n; i++) {
		struct str one = {0};

		outcome_print(&one, &p->choices[i].outcome);
		texts[i] = str_take(&one);
		for (size_t k = i; k > 0 && strcmp(texts[k - 1], texts[k]) > 0; k--) {
			char *swap = texts[k];

			texts[k] = texts[k - 1];
			texts[k - 1] = swap;
		}
	}
	for (size_t i = 0; i < p->n; i++) {
		str_addf(&all, "%s%s", i ? " / " : "", texts[i]);
		free(texts[i]);
	}
	return str_take(&all);
}

/* Asserts that the first demo of TEXT asks about ROW, between CHOICES, with QUESTION. */
static void check_asks(const char *text, int row, int before, const char *question,
		       const char *choices)
{
	struct lesson *lesson = parse(text);
	struct prediction p;
	char *outcomes;

	CHECK(predict_find(&p, lesson, 0, 7, NULL));
	CHECK_NUMBER(p.row, row);
	CHECK_NUMBER(p.asked_before, before);
	CHECK_TEXT(p.question, question);
	outcomes = outcomes_text(&p);
	CHECK_TEXT(outcomes, choices);
	free(outcomes);
	predict_free(&p);
	lesson_free(lesson);
}

/*
 * What is derived.
 */

static void derives_errors(void)
{
	check_asks(HEAD "| | `close()` |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n"
			"| `Terminated` | |\n",
		   3, 2, "Process A calls send(). What does it get?",
		   "= 5 / ECONNRESET / EPIPE / EPIPE + SIGPIPE");
	check_asks("<!-- demo: link=tcp a-misses=FIN -->\n\n" HEAD
		   "| | `close()` |\n| `send()` | |\n| | `RESET` |\n| `GotRST` | |\n"
		   "| `recv()` | |\n| `ECONNRESET` | |\n",
		   6, 5, "Process A calls recv(). What does it get?",
		   "ECONNRESET / EOF / EPIPE / blocks");
	check_asks("<!-- demo: link=none -->\n\n" HEAD
		   "| `sock = socket(AF_UNIX)` | |\n| `connect(sock, \"demo.sock\")` | |\n"
		   "| `ENOENT` | |\n",
		   3, 2, "Process A calls connect(). What does it get?",
		   "= 0 / ECONNREFUSED / ENOENT / blocks");
	check_asks("<!-- demo: link=none -->\n\n" HEAD
		   "| `sock = socket(AF_INET)` | |\n| `connect(sock, \"127.0.0.1:7\")` | |\n"
		   "| `ECONNREFUSED` | |\n",
		   3, 2, "Process A calls connect(sock, \"127.0.0.1:7\"). What does it get?",
		   "= 0 / ECONNREFUSED / ETIMEDOUT / blocks");
	check_asks("<!-- demo: link=udp -->\n\n" HEAD
		   "| | `close()` |\n| `send()` | |\n| `recv()` | |\n| `ECONNREFUSED` | |\n",
		   4, 3, "Process A calls recv(). What does it get?",
		   "ECONNREFUSED / ECONNRESET / EOF / blocks");
	check_asks(HEAD "| `poll(sock, POLLOUT, 100)` | |\n| `blocks` | |\n",
		   2, 1, "Process A calls poll(sock, POLLOUT, 100). What does it get?",
		   "= 0 / = 1 POLLIN|POLLHUP / = 1 POLLOUT / blocks");
	check_asks("<!-- demo: link=none -->\n\n" HEAD
		   "| `pipe(p)` | |\n| `close(p[1])` | |\n| `read(p[0])` | |\n| `EOF` | |\n",
		   4, 3, "Process A calls read(p[0]). What does it get?",
		   "EAGAIN / EOF / EPIPE / blocks");
	check_asks("<!-- demo: link=unix -->\n\n" HEAD
		   "| `getsockopt(sock, SOL_SOCKET, SO_ERROR)` | |\n| `= 0 EPIPE` | |\n",
		   2, 1, "Process A calls getsockopt(). What does it get?",
		   "= 0 0 / = 0 ECONNREFUSED / = 0 ECONNRESET / = 0 EPIPE");
}

/* The end of the stream after a reset surprises more than what follows. */
static void derives_the_row(void)
{
	static const char reset[] = "<!-- demo: link=tcp -->\n\n" HEAD
		"| | `close()` |\n| `send()` | |\n| | `RESET` |\n| `GotRST` | |\n| `recv()` | |\n"
		"| `EOF` | |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n";

	check_asks(reset, 6, 5, "Process A calls recv(). What does it get?",
		   "ECONNRESET / EOF / EPIPE / blocks");
	/* Of two errors it is the first. */
	check_asks("<!-- demo: link=unix -->\n\n" HEAD
		   "| `send()` | `signal(SIGPIPE, handler)` |\n| | `close()` |\n| `recv()` | |\n"
		   "| `ECONNRESET` | |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n",
		   4, 3, "Process A calls recv(). What does it get?",
		   "ECONNRESET / EOF / EPIPE / blocks");
}

static void derives_blocks(void)
{
	check_asks(HEAD "| `recv()` | |\n| `blocks` | |\n| | `send()` |\n| `= \"hello\"` | |\n",
		   2, 1, "Process A calls recv(). What does it get?",
		   "EAGAIN / ECONNRESET / EOF / blocks");
	/* The call waits already: asked before something ends that, and waiting on is no choice. */
	check_asks(HEAD "| `recv()` | |\n| `blocks` | |\n| | `close()` |\n| `EOF` | |\n",
		   4, 3, "Process A waits in recv(). What does it get?",
		   "ECONNRESET / EOF / EPIPE / ETIMEDOUT");
	/* What B does meanwhile ends the wait, so that it blocks is true, too. */
	check_asks(HEAD "| `recv()` | |\n| | `close()` |\n| `EOF` | |\n",
		   3, 1, "Process A calls recv(). What does it get?",
		   "ECONNRESET / EOF / EPIPE / ETIMEDOUT");
}

/* Where the table speaks of the signal in a row of its own, both come true. */
static void signals_apart(void)
{
	check_asks(HEAD "| | `close()` |\n| `send()` | |\n| `EPIPE` | |\n| `SIGPIPE` | |\n",
		   3, 2, "Process A calls send(). What does it get?",
		   "= 5 / ECONNRESET / EPIPE / blocks");
	check_asks(HEAD "| | `close()` |\n| `send(sock, \"hi\", 2, MSG_NOSIGNAL)` | |\n| `EPIPE` | |\n",
		   3, 2, "Process A calls send(sock, \"hi\", 2, MSG_NOSIGNAL). What does it get?",
		   "= 2 / ECONNRESET / EPIPE / EPIPE + SIGPIPE");
}

static void derives_nothing(void)
{
	static const char *const texts[] = {
		HEAD "| `send()` | |\n| `= 5` | |\n| | `recv()` |\n| | `= \"hello\"` |\n",
		HEAD "| `send()` | |\n| | `close()` |\n",
		"<!-- demo: link=tcp -->\n\n" HEAD "| `close()` | |\n| `FIN` | |\n| | `GotFIN` |\n",
		HEAD "| | `EPIPE` |\n",
		HEAD "| `kill -9` | |\n| `Terminated` | |\n",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct lesson *lesson = parse(texts[i]);
		struct prediction p;

		CHECK(!predict_find(&p, lesson, 0, 1, NULL));
		CHECK_NUMBER(p.n, 0);
		predict_free(&p);
		lesson_free(lesson);
	}
}

/*
 * Words.
 */

static const char *words_of(const struct prediction *p, const char *outcome)
{
	static struct str text; /* of the newest that was printed */

	for (size_t i = 0; i < p->n; i++) {
		str_cut(&text, 0);
		outcome_print(&text, &p->choices[i].outcome);
		if (str_same(str_text(&text), outcome)) {
			str_free(&text);
			return p->choices[i].words;
		}
	}
	str_free(&text);
	return "(no such choice)";
}

static void check_words(const char *text, const char *outcome, const char *words)
{
	struct lesson *lesson = parse(text);
	struct prediction p;

	CHECK(predict_find(&p, lesson, 0, 1, NULL));
	CHECK_TEXT(words_of(&p, outcome), words);
	predict_free(&p);
	lesson_free(lesson);
}

static void says_it_in_words(void)
{
	static const char broken[] = HEAD "| | `close()` |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n";
	static const char handled[] = HEAD "| `signal(SIGPIPE, handler)` | `close()` |\n"
					   "| `send()` | |\n| `EPIPE + SIGPIPE` | |\n";
	static const char waits[] = HEAD "| `recv()` | |\n| `blocks` | |\n| | `send()` |\n";
	static const char sent[] = "<!-- predict: row=3 -->\n\n" HEAD
		"| | `send()` |\n| `recv()` | |\n| `= \"hello\"` | |\n";
	static const char end[] = "<!-- predict: row=4 -->\n\n" HEAD
		"| | `close()` |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n| `Terminated` | |\n";

	check_words(broken, "EPIPE + SIGPIPE", "EPIPE, and SIGPIPE ends it");
	check_words(broken, "EPIPE", "EPIPE, and no signal");
	check_words(broken, "ECONNRESET", "-1 ECONNRESET");
	check_words(broken, "= 5", "5, a success");
	check_words(handled, "EPIPE + SIGPIPE", "EPIPE, and SIGPIPE runs its handler");
	check_words(waits, "blocks", "it blocks");
	check_words(waits, "EOF", "0, the end of the stream");
	check_words(sent, "= \"hello\"", "\"hello\"");
	check_words(end, "Terminated", "a signal ends it");
	check_words(end, "EPIPE", "it goes on, with EPIPE");
	check_words(end, "exited 1", "it exits by itself, with 1");
	check_words("<!-- predict: row=3 -->\n\n" HEAD
		    "| | `close()` |\n| `poll(sock, POLLIN, 0)` | |\n| `= 1 POLLIN\\|POLLHUP` | |\n",
		    "= 1 POLLIN|POLLHUP", "1, with POLLIN|POLLHUP");
	check_words("<!-- predict: row=2 -->\n\n" HEAD "| `getsockopt(sock)` | |\n| `= 0 0` | |\n",
		    "= 0 0", "0: no error is noted");
}

/*
 * Comments.
 */

#define SENDS HEAD "| `send(sock, \"ab\")` | |\n| `send(sock, \"cd\")` | |\n| `= 2` | |\n" \
		   "| | `recv()` |\n| | `= \"abcd\"` |\n| `recv()` | |\n| `blocks` | |\n"

static void takes_comments(void)
{
	check_asks("<!-- predict: row=5 -->\n\n" SENDS,
		   5, 4, "Process B calls recv(). What does it get?",
		   "= \"ab\" / = \"abcd\" / ECONNRESET / EOF");
	check_asks("<!-- predict: row=5 choices=\"= \\\"abcd\\\"; = \\\"a;b\\\"; blocks\" -->\n"
		   "<!-- demo: link=pair -->\n\n" SENDS,
		   5, 4, "Process B calls recv(). What does it get?",
		   "= \"a;b\" / = \"abcd\" / blocks");
	check_asks("<!-- predict: choices=\"EPIPE;= 2;EPIPE + SIGPIPE;blocks\"\n row=3 -->\n\n"
		   "<!-- note -->\n\n" SENDS,
		   3, 2, "Process A calls send(sock, \"cd\"). What does it get?",
		   "= 2 / EPIPE / EPIPE + SIGPIPE / blocks");
	/* In a quote, as anywhere. */
	check_asks("> <!-- predict: row=2 -->\n>\n> | Process A | Process B |\n> |---|---|\n"
		   "> | `send()` | |\n> | `= 5` | |\n",
		   2, 1, "Process A calls send(). What does it get?",
		   "= 5 / ECONNRESET / EPIPE / EPIPE + SIGPIPE");
}

/* Asserts that lint has ERROR to say of TEXT, and only that. */
static void check_wrong(const char *text, const char *error)
{
	struct lesson *lesson = parse(text);
	struct errs errs = {0};

	predict_check(lesson, &errs);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n > 0)
		CHECK_TEXT(errs.list.at[0].text, error);
	CHECK(!predict_is_given(lesson, 0) || strstr(error, "right before"));
	errs_free(&errs);
	lesson_free(lesson);
}

static void refuses_comments(void)
{
	check_wrong("<!-- predict: -->\n\n" SENDS,
		    "a predict comment names the row whose outcome is asked: row=6");
	check_wrong("<!-- predict: row=x -->\n\n" SENDS,
		    "a predict comment names the row whose outcome is asked: row=6");
	check_wrong("<!-- predict: row=8 -->\n\n" SENDS, "there is no row 8; this demo has 7");
	check_wrong("<!-- predict: row=0 -->\n\n" SENDS, "there is no row 0; this demo has 7");
	check_wrong("<!-- predict: row=2 -->\n\n" SENDS,
		    "row 2 says nothing of a call's result that one could guess; name the row that "
		    "holds the outcome");
	check_wrong("<!-- predict: row=3 row=5 -->\n\n" SENDS, "row is given twice; once is right");
	check_wrong("<!-- predict: row -->\n\n" SENDS,
		    "'row' in a predict comment needs a value: row=6");
	check_wrong("<!-- predict: line=3 row=3 -->\n\n" SENDS,
		    "no key 'line' in a predict comment; there are row and choices");
	check_wrong("<!-- predict: row=3 choices=\"= 2; -->\n\n" SENDS,
		    "a text in this comment has no closing \"");
	check_wrong("<!-- predict: row=3 choices=\"= 2; EPIPE\" -->\n\n" SENDS,
		    "a prediction has 3 or 4 choices, not 2");
	check_wrong("<!-- predict: row=3 choices=\"= 2; = 1; EPIPE; EAGAIN; EBADF\" -->\n\n" SENDS,
		    "a prediction has 3 or 4 choices, not 5");
	check_wrong("<!-- predict: row=3 choices=\"= 1; EPIPE; EAGAIN\" -->\n\n" SENDS,
		    "what row 3 says, = 2, is not among the choices");
	check_wrong("<!-- predict: row=3 choices=\"= 2; EPIPE; send()\" -->\n\n" SENDS,
		    "' send()' is no outcome; choices are outcomes, parted by ;");
	check_wrong("<!-- predict: row=3 choices=\"= 2; EPIPE; EPIEP\" -->\n\n" SENDS,
		    "a choice is wrong: no error 'EPIEP' (did you mean 'EPIPE'?)");
	check_wrong("<!-- predict: row=5 choices=\"= \\\"abcd\\\"; = 4; EOF\" -->\n\n" SENDS,
		    "the choices '= \"abcd\"' and '= 4' can both be true");
	check_wrong("<!-- predict: row=5 choices=\"= \\\"abcd\\\"; EOF; EOF\" -->\n\n" SENDS,
		    "the choices 'EOF' and 'EOF' can both be true");
	check_wrong("<!-- predict: row=3 -->\n\nText.\n\n" SENDS,
		    "a predict comment stands right before its demo, one for each");
	check_wrong("<!-- predict: row=3 -->\n<!-- predict: row=5 -->\n\n" SENDS,
		    "a predict comment stands right before its demo, one for each");
	check_wrong(SENDS "\n<!-- predict: row=3 -->\n",
		    "a predict comment stands right before its demo, one for each");
}

/* A wrong comment does not take the demo's prediction away. */
static void derives_in_place(void)
{
	check_asks("<!-- predict: row=99 -->\n\n" SENDS,
		   7, 6, "Process A calls recv(). What does it get?",
		   "EAGAIN / ECONNRESET / EOF / blocks");
}

/* Nothing that is seen after the call is shown, by whomever: it would tell what became of it. */
static void hides_what_tells(void)
{
	struct lesson *lesson = parse("<!-- predict: row=3 choices=\"= 5; EPIPE; blocks\" -->\n\n" HEAD
				      "| | `recv(sock, 2)` |\n"
				      "| `send()` | `= \"he\"` |\n"
				      "| `= 5` | |\n"
				      "| | `recv()` |\n"
				      "| `GotFIN` | `= \"llo\"` |\n"
				      "| `recv()` | |\n"
				      "| `EOF` | |\n");
	const struct demo *demo = &lesson->demos.at[0];
	struct prediction p, none = {0};
	struct str hidden = {0};

	CHECK(predict_find(&p, lesson, 0, 7, NULL));
	for (int row = 1; row <= (int)demo->table.rows.n; row++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			CHECK(!predict_hides(&none, demo, role, row));
			if (predict_hides(&p, demo, role, row))
				str_addf(&hidden, " %d%c", row, role == ROLE_A ? 'A' : 'B');
		}
	CHECK_TEXT(str_text(&hidden), " 3A 5A 5B 7A");
	str_free(&hidden);
	predict_free(&p);
	lesson_free(lesson);
}

/*
 * Order.
 */

static void shuffles(void)
{
	struct lesson *lesson = parse(HEAD "| | `close()` |\n| `send()` | |\n| `EPIPE` | |\n");
	int first[PREDICT_MOST] = {0};
	struct prediction p, again;

	for (unsigned seed = 0; seed < 400; seed++) {
		CHECK(predict_find(&p, lesson, 0, seed, NULL));
		CHECK(predict_find(&again, lesson, 0, seed, NULL));
		CHECK_NUMBER(p.n, 4);
		for (size_t i = 0; i < p.n; i++) {
			CHECK_TEXT(p.choices[i].words, again.choices[i].words);
			if (p.choices[i].outcome.kind == OUTCOME_FAILS &&
			    p.choices[i].outcome.err == EPIPE && !p.choices[i].outcome.sig)
				first[i]++;
		}
		predict_free(&p);
		predict_free(&again);
	}
	for (size_t i = 0; i < PREDICT_MOST; i++)
		CHECK(first[i] > 60 && first[i] < 140);
	lesson_free(lesson);
}

static void table_is_right(void)
{
	const char *text;
	size_t n = 0;

	for (size_t i = 0; (text = tempt_text_at(i)); i++) {
		struct cell cell = {0};
		struct errs errs = {0};

		if (!*text)
			continue;
		CHECK_NUMBER(cell_parse(&cell, text, NULL, 0, &errs), 0);
		CHECK_NUMBER(cell.kind, CELL_OUTCOME);
		errs_free(&errs);
		outcome_free(&cell.outcome);
		n++;
	}
	CHECK(n > 50);
}

/*
 * What the kernel says.
 */

static void check_choice(const struct prediction *p, int which, const char *expected)
{
	struct str text = {0};

	if (which >= 0)
		outcome_print(&text, &p->choices[which].outcome);
	CHECK_TEXT(str_text(&text), expected);
	str_free(&text);
}

/* Run TEXT; the truth must be EARLY at the verdict, and LATE when all is over. */
static void check_truths(const char *text, const char *early, const char *late)
{
	struct prediction p;
	struct play play;

	play_open(&play, text);
	CHECK(predict_find(&p, play.lesson, 0, 3, NULL));
	play_to(&play, p.row);
	check_choice(&p, predict_truth(&p, &play.events), early);
	play_all(&play);
	check_choice(&p, predict_truth(&p, &play.events), late);
	predict_free(&p);
	play_close(&play);
}

static void check_truth(const char *text, const char *expected)
{
	check_truths(text, expected, expected);
}

/* Nobody asks the table: what it says may be wrong. */
static void truth_is_the_kernels(void)
{
	check_truth(HEAD "| | `close()` |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n",
		    "EPIPE + SIGPIPE");
	check_truth(HEAD "| | `close()` |\n| `send(sock, \"hello\", 5, MSG_NOSIGNAL)` | |\n"
			 "| `EPIPE + SIGPIPE` | |\n", "EPIPE");
	check_truth(HEAD "| | `close()` |\n| `send(sock, \"hello\", 5, MSG_NOSIGNAL)` | |\n"
			 "| `EPIPE` | |\n", "EPIPE");
	check_truth(HEAD "| | `close()` |\n| `recv()` | |\n| `ECONNRESET` | |\n", "EOF");
	check_truth("<!-- demo: patience=100ms -->\n\n" HEAD "| `recv()` | |\n| `EOF` | |\n", "blocks");
	check_truth(HEAD "| `recv()` | |\n| `blocks` | |\n| | `send()` |\n| `= \"hello\"` | |\n",
		    "blocks");
	check_truth("<!-- predict: row=3 -->\n\n" HEAD
		    "| | `close()` |\n| `send()` | |\n| `EPIPE` | |\n| `SIGPIPE` | |\n", "EPIPE");
	check_truth("<!-- predict: row=4 -->\n\n" HEAD
		    "| | `close()` |\n| `send()` | |\n| `EPIPE + SIGPIPE` | |\n| `Terminated` | |\n",
		    "Terminated");
	check_truth("<!-- predict: row=4 -->\n\n" HEAD
		    "| `signal(SIGPIPE, handler)` | `close()` |\n| `send()` | |\n"
		    "| `EPIPE + SIGPIPE` | |\n| `Terminated` | |\n", "EPIPE");
}

/* It may be none of the choices. */
static void truth_may_be_none(void)
{
	check_truth("<!-- predict: row=3 choices=\"= 5; EAGAIN; ECONNRESET\" -->\n\n" HEAD
		    "| | `close()` |\n| `send()` | |\n| `ECONNRESET` | |\n", "");
}

/* The signal reaches the process after the row that did not speak of it. */
static void truth_may_come_later(void)
{
	check_truths(HEAD "| `signal(SIGPIPE, handler)` | `close()` |\n| `send()` | |\n"
			  "| `EPIPE` | |\n| `recv()` | |\n", "EPIPE", "EPIPE + SIGPIPE");
	check_truths(HEAD "| | `close()` |\n| `send()` | |\n| `ECONNRESET` | |\n",
		     "EPIPE", "EPIPE + SIGPIPE");
}

/*
 * The lessons.
 */

/* Whether a choice that the run bore out, asked alone, is the one at TRUTH, or says less of the
 * same: `EPIPE` beside `EPIPE + SIGPIPE`. */
static bool only_one_true(const struct prediction *p, int truth, const struct events *events)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct outcome *o = &p->choices[i].outcome;
		struct prediction one = *p;

		one.n = 1;
		one.choices[0] = p->choices[i];
		if ((int)i != truth && predict_truth(&one, events) == 0 &&
		    !(o->kind == OUTCOME_FAILS && o->err == EPIPE && !o->sig))
			return false;
	}
	return true;
}

static bool seen_at_all(const struct play *play, const struct prediction *p)
{
	for (size_t i = 0; i < play->events.list.n; i++) {
		const struct event *e = &play->events.list.at[i];

		if (e->kind == EVENT_VERDICT && e->row == p->row && e->role == p->role)
			return e->u.verdict.verdict != VERDICT_UNSEEN;
	}
	return false;
}

static void play_prediction(const struct lesson *lesson, size_t demo)
{
	struct str markdown = {0};
	struct prediction p;
	struct play play;
	const struct cell *cell;
	int truth;

	if (!predict_find(&p, lesson, demo, (unsigned)demo, NULL))
		return;
	demo_print(&markdown, &lesson->demos.at[demo], NULL);
	play_open(&play, str_text(&markdown));
	play_all(&play);
	cell = &play.demo->table.rows.at[p.row - 1].cell[p.role];
	truth = predict_truth(&p, &play.events);
	if (!seen_at_all(&play, &p)) {
		CHECK_NUMBER(truth, -1);
	} else if (!CHECK(truth >= 0) ||
		   !CHECK(outcome_same(&p.choices[truth].outcome, &cell->outcome)) ||
		   !CHECK(only_one_true(&p, truth, &play.events))) {
		printf("    %s#%s, row %d\n", lesson->id, lesson->demos.at[demo].id, p.row);
	}
	play_close(&play);
	predict_free(&p);
	str_free(&markdown);
}

static void lessons_hold(void)
{
	struct shelf shelf;
	struct errs errs = {0};

	CHECK_NUMBER(shelf_open(&shelf, NULL, &errs), 0);
	errs_print(&errs, stderr);
	CHECK(shelf.lessons.n > 0);
	for (size_t i = 0; i < shelf.lessons.n; i++)
		for (size_t k = 0; k < shelf.lessons.at[i]->demos.n; k++)
			play_prediction(shelf.lessons.at[i], k);
	errs_free(&errs);
	shelf_free(&shelf);
}

static const struct test tests[] = {
	{"derives_errors", derives_errors},
	{"derives_the_row", derives_the_row},
	{"derives_blocks", derives_blocks},
	{"signals_apart", signals_apart},
	{"derives_nothing", derives_nothing},
	{"says_it_in_words", says_it_in_words},
	{"takes_comments", takes_comments},
	{"refuses_comments", refuses_comments},
	{"derives_in_place", derives_in_place},
	{"hides_what_tells", hides_what_tells},
	{"shuffles", shuffles},
	{"table_is_right", table_is_right},
	{"truth_is_the_kernels", truth_is_the_kernels},
	{"truth_may_be_none", truth_may_be_none},
	{"truth_may_come_later", truth_may_come_later},
	{"lessons_hold", lessons_hold},
	{NULL, NULL},
};

const struct suite suite_predict = {"predict", NULL, NULL, tests};
