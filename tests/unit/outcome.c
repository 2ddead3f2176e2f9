/* timeline/: the table of the kinds of outcomes. */
#include "timeline/outcome_kind.h"

#include "lesson/action.h"

#include "suites.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define RETURN(n) {.kind = EVENT_RETURN, .u.ret = {.result = (n)}}
#define READ(n) {.kind = EVENT_RETURN, .u.ret = {.result = (n), .reads = true}}
#define ERROR(e) {.kind = EVENT_RETURN, .u.ret = {.result = -1, .err = (e)}}
#define END(sig, code) {.kind = EVENT_END, .u.end = {(sig), (code)}}

static char hello[] = "hello";

/* Each kind as a cell and, where its row says by itself what a return or an end must be, one with
 * which it holds and one with which it does not. */
static const struct {
	enum outcome_kind kind;
	const char *cell;
	struct event right, wrong;
} examples[] = {
	{OUTCOME_RETURNS, "= 5", RETURN(5), RETURN(4)},
	{OUTCOME_BYTES, "= \"hello\"",
	 {.kind = EVENT_RETURN, .u.ret = {.result = 5, .bytes = hello, .len = 5}},
	 {.kind = EVENT_RETURN, .u.ret = {.result = 4, .bytes = hello, .len = 4}}},
	{OUTCOME_EOF, "EOF", READ(0), RETURN(0)},
	{OUTCOME_FAILS, "EPIPE + SIGPIPE", ERROR(EPIPE), ERROR(ECONNRESET)},
	{OUTCOME_BLOCKS, "blocks", {0}, {0}},
	{OUTCOME_SIGNAL, "SIGPIPE", {0}, {0}},
	{OUTCOME_TERMINATED, "Terminated", END(SIGPIPE, 0), END(0, 0)},
	{OUTCOME_EXITED, "exited 3", END(0, 3), END(0, 4)},
	{OUTCOME_SENT, "RESET", {0}, {0}},
	{OUTCOME_GOT, "GotFIN", {0}, {0}},
	{OUTCOME_LISTENS, "listens", {0}, {0}},
	{OUTCOME_CONNECTS, "connects", {0}, {0}},
	{OUTCOME_ACCEPTS, "accepts", {0}, {0}},
	{OUTCOME_SENDS, "sends \"GET*\\n\"", {0}, {0}},
	{OUTCOME_READS, "reads \"OK\"", {0}, {0}},
	{OUTCOME_CLOSES, "closes", {0}, {0}},
	{OUTCOME_SURVIVES, "survives", {0}, {0}},
	{OUTCOME_WAITS, "waits 200ms", {0}, {0}},
};

enum { EXAMPLES = sizeof examples / sizeof *examples };

/* Returns whether it is an outcome. */
static bool parse(struct cell *cell, const char *text)
{
	struct errs errs = {0};
	int status = cell_parse(cell, text, "x.md", 1, &errs);

	errs_free(&errs);
	return status == 0 && cell->kind == CELL_OUTCOME;
}

static void all_are_written(void)
{
	CHECK_NUMBER(EXAMPLES, OUTCOME_KINDS);
	for (size_t i = 0; i < EXAMPLES; i++) {
		struct cell cell = {0};
		struct str s = {0};

		CHECK_NUMBER(examples[i].kind, i);
		if (!parse(&cell, examples[i].cell)) {
			CHECK_TEXT("no outcome", examples[i].cell);
			continue;
		}
		CHECK_NUMBER(cell.outcome.kind, examples[i].kind);
		outcome_print(&s, &cell.outcome);
		CHECK_TEXT(str_text(&s), examples[i].cell);
		str_free(&s);
		cell_free(&cell);
	}
}

/* Whether cells of this form begin with a word of their kind. */
static bool has_word(enum outcome_form form)
{
	switch (form) {
	case FORM_WORD:
	case FORM_STATUS:
	case FORM_PATTERN:
	case FORM_TIME:
		return true;
	case FORM_NUMBER:
	case FORM_BYTES:
	case FORM_ERROR:
	case FORM_SIGNAL:
		break;
	}
	return false;
}

static void words_go_with_the_form(void)
{
	for (enum outcome_kind kind = 0; (int)kind < OUTCOME_KINDS; kind++) {
		const struct outcome_spec *spec = outcome_spec(kind);
		bool segment = spec->about == ABOUT_SENT || spec->about == ABOUT_GOT;

		CHECK(has_word(spec->form) == (spec->words->text != NULL));
		CHECK(!spec->words[OUTCOME_WORDS].text);
		for (const struct outcome_word *word = spec->words; word->text; word++)
			CHECK(segment == (word->flag != 0));
	}
}

/* A word belongs to one kind, and comes back as one of its words. */
static void words_are_unique(void)
{
	enum outcome_kind kind, other;
	const struct outcome_word *word, *again;

	for (size_t i = 0; (word = outcome_word(i, &kind)) != NULL; i++) {
		for (size_t k = 0; k < i; k++) {
			again = outcome_word(k, &other);
			CHECK(strcmp(word->text, again->text) != 0);
		}
		CHECK(word >= outcome_spec(kind)->words &&
		      word < outcome_spec(kind)->words + OUTCOME_WORDS);
	}
}

static void all_are_matched(void)
{
	for (enum outcome_kind kind = 0; (int)kind < OUTCOME_KINDS; kind++) {
		const struct outcome_spec *spec = outcome_spec(kind);
		bool by_event = spec->about == ABOUT_RESULT || spec->about == ABOUT_END;

		CHECK(by_event == (spec->matches != NULL));
		CHECK((spec->about == ABOUT_DOING) == (spec->comes != NULL));
	}
}

/* lint says which call would do what another does not. */
static void calls_can_be_named(void)
{
	for (enum outcome_kind kind = 0; (int)kind < OUTCOME_KINDS; kind++) {
		const struct outcome_spec *spec = outcome_spec(kind);
		bool named = spec->about == ABOUT_DOING && spec->cause == CAUSE_CALL &&
			     spec->did != DID_OTHER;
		const struct call *call = spec->call ? call_find(spec->call, strlen(spec->call)) : NULL;

		CHECK(named == (spec->call != NULL));
		CHECK(named == (call && call->did == spec->did));
		if (spec->about == ABOUT_DOING && spec->did != DID_OTHER)
			CHECK(outcome_doing(spec->did) == spec);
	}
	CHECK(!outcome_doing(DID_OTHER));
	CHECK(!outcome_doing(DID_WAIT));
}

static void right_and_wrong(void)
{
	for (size_t i = 0; i < EXAMPLES; i++) {
		const struct outcome_spec *spec = outcome_spec(examples[i].kind);
		struct cell cell = {0};

		if (!spec->matches || !parse(&cell, examples[i].cell))
			continue;
		CHECK(spec->matches(&cell.outcome, &examples[i].right));
		CHECK(!spec->matches(&cell.outcome, &examples[i].wrong));
		cell_free(&cell);
	}
}

static const struct test tests[] = {
	{"all-are-written", all_are_written},
	{"words-go-with-the-form", words_go_with_the_form},
	{"words-are-unique", words_are_unique},
	{"all-are-matched", all_are_matched},
	{"calls-can-be-named", calls_can_be_named},
	{"right-and-wrong", right_and_wrong},
	{NULL, NULL},
};

const struct suite suite_outcome = {"outcome", NULL, NULL, tests};
