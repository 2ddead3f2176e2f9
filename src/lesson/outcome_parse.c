/*
 * outcome_parse.c - cells that say what was seen.
 */
#include "lesson/parse.h"

#include "base/clock.h"
#include "base/duration.h"
#include "base/mem.h"
#include "base/names.h"
#include "lesson/arg.h"
#include "lesson/hint.h"
#include "timeline/outcome_kind.h"

#include <stdlib.h>
#include <string.h>

/*
 * What follows a word.
 */

static bool scan_status(struct scan *scan, const char *word, struct outcome *outcome)
{
	if (!scan_number(scan, &outcome->number) || outcome->number < 0 || outcome->number > 255)
		return scan_fail(scan, "%s needs the status, 0 to 255: %s 0", word, word);
	return true;
}

/* `sends "GET\n"`, or `sends` alone. */
static bool scan_what(struct scan *scan, struct outcome *outcome)
{
	struct str pattern = {0};

	if (scan_peek(scan) != '"')
		return true;
	if (scan_pattern(scan, &pattern) && pattern.len == 0)
		scan_fail(scan, "no bytes are in \"\"; without a string it speaks of any");
	outcome->len = pattern.len;
	outcome->bytes = str_take(&pattern);
	return !scan->bad;
}

static bool scan_how_long(struct scan *scan, const char *word, struct outcome *outcome)
{
	enum { MOST_MINUTES = 10 };
	size_t len;
	int64_t ns;

	scan_peek(scan);
	len = strcspn(scan->p, " \t(+");
	if (!duration_parse(scan->p, len, &ns) || ns <= 0 || ns > MOST_MINUTES * 60 * CLOCK_S)
		return scan_fail(scan, "%s needs a time, at most %dm: %s 200ms, %s 2s", word,
				 MOST_MINUTES, word, word);
	outcome->number = (long)ns;
	scan->p += len;
	return true;
}

static bool scan_rest(struct scan *scan, const char *word, struct outcome *outcome)
{
	switch (outcome_spec(outcome->kind)->form) {
	case FORM_STATUS:
		return scan_status(scan, word, outcome);
	case FORM_PATTERN:
		return scan_what(scan, outcome);
	case FORM_TIME:
		return scan_how_long(scan, word, outcome);
	case FORM_WORD:
	case FORM_NUMBER:
	case FORM_BYTES:
	case FORM_ERROR:
	case FORM_SIGNAL:
		break;
	}
	return true;
}

const char *outcome_word_at(size_t i)
{
	enum outcome_kind kind;
	const struct outcome_word *word = outcome_word(i, &kind);

	return word ? word->text : NULL;
}

/* NULL: no outcome has such a word. */
static const struct outcome_word *find_word(struct word word, enum outcome_kind *kind)
{
	const struct outcome_word *found;

	for (size_t i = 0; (found = outcome_word(i, kind)) != NULL; i++)
		if (word_is_any(word, found->text))
			return found;
	return NULL;
}

/* ECONNRESET, ECONNREST: capitals that begin with PREFIX. */
static bool looks_like(struct word word, const char *prefix)
{
	size_t len = strlen(prefix);

	if (word.len <= len || memcmp(word.p, prefix, len) != 0)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if ((word.p[i] < 'A' || word.p[i] > 'Z') && (word.p[i] < '0' || word.p[i] > '9'))
			return false;
	return true;
}

bool outcome_begins(const struct scan *scan)
{
	struct scan ahead = scan_ahead(scan);
	enum outcome_kind kind;
	struct word word;

	if (scan_peek(&ahead) == '=')
		return true;
	if (!scan_word(&ahead, &word) || (ahead.p < ahead.end && *ahead.p == '('))
		return false;
	if (find_word(word, &kind))
		return scan_peek(&ahead) != '='; /* else it is a name */
	return looks_like(word, "E") || looks_like(word, "SIG");
}

static bool no_name(struct scan *scan, struct word word, const char *what,
		    const char *(*name_at)(size_t i))
{
	const char *near = word_nearest(word, name_at);

	if (near)
		return scan_fail(scan, "no %s '%.*s' (did you mean '%s'?)", what, word_show(word),
				 word.p, near);
	return scan_fail(scan, "no %s '%.*s'", what, word_show(word), word.p);
}

/* What a trace adds for people: (Broken pipe). */
static bool scan_comment(struct scan *scan, struct word *comment)
{
	const char *end;

	if (!scan_take(scan, '('))
		return false;
	end = memchr(scan->p, ')', (size_t)(scan->end - scan->p));
	if (!end)
		return scan_fail(scan, "a ( has no closing parenthesis");
	*comment = (struct word){scan->p, (size_t)(end - scan->p)};
	scan->p = end + 1;
	return true;
}

/*
 * Details: `POLLIN|POLLHUP, 0`, `"127.0.0.1:7000"`, `{3, 4}`, `ECONNREFUSED`.
 */

/* Flags come in one order, whatever order they were written in. */
static void add_flags(struct str *to, const char *text, long value)
{
	static const char *const families[] = {"POLL", "O_", "FD_"};

	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strncmp(text, families[i], strlen(families[i])) == 0 && value > 0) {
			constant_flags(to, families[i], (unsigned long)value);
			return;
		}
	str_add(to, text);
}

static bool scan_detail_word(struct scan *scan, struct str *to)
{
	struct scan ahead = scan_ahead(scan);
	struct word word;
	struct arg arg;

	if (scan_word(&ahead, &word) && errno_number(word.p, word.len)) {
		str_addn(to, word.p, word.len);
		scan->p = ahead.p;
		return true;
	}
	if (!arg_scan(scan, &arg))
		return false;
	if (arg.kind == ARG_NAME || arg.kind == ARG_ADDR_OF) {
		arg_free(&arg);
		return scan_fail(scan, "a result is no name; bytes and addresses stand between two "
				       "straight \", as in = \"hello\"");
	}
	if (arg.kind == ARG_NUMBER)
		add_flags(to, arg.text, arg.number);
	else
		arg_print(to, &arg);
	arg_free(&arg);
	return true;
}

static bool scan_detail(struct scan *scan, struct outcome *outcome)
{
	struct str detail = {0};
	char c = scan_peek(scan);

	if (c == '\0' || c == '(' || c == '+')
		return true;
	do {
		if (detail.len)
			str_add(&detail, ", ");
		if (!scan_detail_word(scan, &detail)) {
			str_free(&detail);
			return false;
		}
	} while (scan_take(scan, ','));
	outcome->detail = str_take(&detail);
	return true;
}

/*
 * After `=`.
 */

static bool scan_errno(struct scan *scan, struct outcome *outcome)
{
	struct word word;

	if (!scan_word(scan, &word))
		return false;
	outcome->kind = OUTCOME_FAILS;
	outcome->number = 0;
	outcome->err = errno_number(word.p, word.len);
	return outcome->err || no_name(scan, word, "error", errno_name_at);
}

static bool scan_result_number(struct scan *scan, struct outcome *outcome)
{
	struct scan ahead;
	struct word comment;

	outcome->kind = OUTCOME_RETURNS;
	if (outcome->number == -1 && scan_errno(scan, outcome))
		return true;
	if (scan->bad)
		return false;
	ahead = scan_ahead(scan);
	if (outcome->number == 0 && scan_comment(&ahead, &comment) && word_is_any(comment, "EOF"))
		outcome->kind = OUTCOME_EOF;
	str_free(&ahead.wrong);
	return scan_detail(scan, outcome);
}

static bool scan_result_bytes(struct scan *scan, struct outcome *outcome)
{
	struct str bytes = {0};

	outcome->kind = OUTCOME_BYTES;
	if (!scan_string(scan, &bytes)) {
		str_free(&bytes);
		return false;
	}
	outcome->len = bytes.len;
	outcome->bytes = str_take(&bytes);
	return scan_detail(scan, outcome);
}

static bool scan_result_word(struct scan *scan, struct outcome *outcome)
{
	struct scan ahead = scan_ahead(scan);
	struct word word;

	if (hint_is_quote(scan->p))
		return scan_fail(scan, "a string stands between two straight \", as in \"hello\"");
	if (!scan_word(&ahead, &word))
		return scan_fail(scan,
				 "after = a result must follow: = 5, = \"hello\", = -1 EPIPE");
	if (word_is_any(word, "EOF")) {
		outcome->kind = OUTCOME_EOF;
		scan->p = ahead.p;
		return true;
	}
	if (looks_like(word, "E"))
		return scan_errno(scan, outcome);
	outcome->kind = OUTCOME_RETURNS;
	return scan_detail(scan, outcome);
}

static bool scan_result(struct scan *scan, struct outcome *outcome)
{
	char c = scan_peek(scan);

	if (scan_number(scan, &outcome->number))
		return scan_result_number(scan, outcome);
	if (scan->bad)
		return false;
	if (c == '"')
		return scan_result_bytes(scan, outcome);
	outcome->kind = OUTCOME_RETURNS;
	if (c == '{')
		return scan_detail(scan, outcome);
	return scan_result_word(scan, outcome);
}

/*
 * Without `=`.
 */

static bool scan_signal(struct scan *scan, int *sig)
{
	struct word word;

	if (!scan_word(scan, &word))
		return scan_fail(scan, "after + a signal must follow: EPIPE + SIGPIPE");
	*sig = signal_number(word.p, word.len, 0);
	return *sig || no_name(scan, word, "signal", signal_name_at);
}

static bool scan_plain(struct scan *scan, struct outcome *outcome)
{
	const struct outcome_word *found;
	struct scan ahead = scan_ahead(scan);
	struct word word = {0};

	scan_word(&ahead, &word);
	found = find_word(word, &outcome->kind);
	if (found) {
		outcome->flag = found->flag;
		scan->p = ahead.p;
		return scan_rest(scan, found->text, outcome);
	}
	if (!looks_like(word, "SIG"))
		return scan_errno(scan, outcome);
	outcome->kind = OUTCOME_SIGNAL;
	return scan_signal(scan, &outcome->sig);
}

/* `, SIGPIPE`, `and SIGPIPE` */
static bool signal_follows(const struct scan *scan)
{
	struct scan ahead = scan_ahead(scan);
	struct word word;

	if (!scan_take(&ahead, ',') && !scan_take(&ahead, '&') && !scan_take(&ahead, '/') &&
	    !(scan_word(&ahead, &word) && (word_is_any(word, "and") || word_is_any(word, "with"))))
		ahead = scan_ahead(scan);
	return scan_word(&ahead, &word) && looks_like(word, "SIG");
}

bool outcome_scan(struct scan *scan, struct outcome *outcome)
{
	struct word comment;
	bool is_result;

	if (!(scan_take(scan, '=') ? scan_result : scan_plain)(scan, outcome))
		return false;
	is_result = outcome_about(outcome) == ABOUT_RESULT;
	scan_comment(scan, &comment);
	if (scan_take(scan, '+')) {
		if (!is_result)
			return scan_fail(scan,
					 "+ joins a result and a signal, as in EPIPE + SIGPIPE; "
					 "anything else has a row of its own");
		if (!scan_signal(scan, &outcome->sig))
			return false;
		scan_comment(scan, &comment);
	}
	if (!scan->bad && is_result && signal_follows(scan))
		return scan_fail(scan, "a result and its signal are joined by +: EPIPE + SIGPIPE");
	return !scan->bad;
}
