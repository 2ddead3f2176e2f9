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

#include <stdlib.h>
#include <string.h>

/*
 * What follows a word.
 */

static bool scan_exited(struct scan *scan, struct outcome *outcome)
{
	if (!scan_number(scan, &outcome->number) || outcome->number < 0 || outcome->number > 255)
		return scan_fail(scan, "exited needs the status, 0 to 255: exited 0");
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

static bool scan_how_long(struct scan *scan, struct outcome *outcome)
{
	enum { MOST_MINUTES = 10 };
	size_t len;
	int64_t ns;

	scan_peek(scan);
	len = strcspn(scan->p, " \t(+");
	if (!duration_parse(scan->p, len, &ns) || ns <= 0 || ns > MOST_MINUTES * 60 * CLOCK_S)
		return scan_fail(scan, "waits needs a time, at most %dm: waits 200ms, waits 2s",
				 MOST_MINUTES);
	outcome->number = (long)ns;
	scan->p += len;
	return true;
}

/* The words of their own; the first of a kind is the one to write. */
static const struct outcome_word {
	const char *text;
	enum outcome_kind kind;
	uint8_t flag;
	bool (*rest)(struct scan *scan, struct outcome *outcome); /* NULL: nothing follows */
} words[] = {
	{"EOF", OUTCOME_EOF, 0, NULL},
	{"blocks", OUTCOME_BLOCKS, 0, NULL},
	{"Terminated", OUTCOME_TERMINATED, 0, NULL},
	{"Killed", OUTCOME_TERMINATED, 0, NULL},
	{"exited", OUTCOME_EXITED, 0, scan_exited},
	{"RESET", OUTCOME_SENT, SEGMENT_RST, NULL},
	{"RST", OUTCOME_SENT, SEGMENT_RST, NULL},
	{"FIN", OUTCOME_SENT, SEGMENT_FIN, NULL},
	{"GotRST", OUTCOME_GOT, SEGMENT_RST, NULL},
	{"GotRESET", OUTCOME_GOT, SEGMENT_RST, NULL},
	{"GotFIN", OUTCOME_GOT, SEGMENT_FIN, NULL},
	{"listens", OUTCOME_LISTENS, 0, NULL},
	{"connects", OUTCOME_CONNECTS, 0, NULL},
	{"accepts", OUTCOME_ACCEPTS, 0, NULL},
	{"sends", OUTCOME_SENDS, 0, scan_what},
	{"reads", OUTCOME_READS, 0, scan_what},
	{"closes", OUTCOME_CLOSES, 0, NULL},
	{"survives", OUTCOME_SURVIVES, 0, NULL},
	{"waits", OUTCOME_WAITS, 0, scan_how_long},
};

enum { N_WORDS = sizeof words / sizeof *words };

const char *outcome_word_at(size_t i)
{
	return i < N_WORDS ? words[i].text : NULL;
}

static const struct outcome_word *find_word(struct word word)
{
	for (size_t i = 0; i < N_WORDS; i++)
		if (word_is_any(word, words[i].text))
			return &words[i];
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
	struct word word;

	if (scan_peek(&ahead) == '=')
		return true;
	if (!scan_word(&ahead, &word) || (ahead.p < ahead.end && *ahead.p == '('))
		return false;
	if (find_word(word))
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
	const struct outcome_word *row;
	struct scan ahead = scan_ahead(scan);
	struct word word = {0};

	scan_word(&ahead, &word);
	row = find_word(word);
	if (row) {
		outcome->kind = row->kind;
		outcome->flag = row->flag;
		scan->p = ahead.p;
		return !row->rest || row->rest(scan, outcome);
	}
	if (!looks_like(word, "SIG"))
		return scan_errno(scan, outcome);
	outcome->kind = OUTCOME_SIGNAL;
	return scan_signal(scan, &outcome->sig);
}

static bool takes_signal(const struct outcome *outcome)
{
	switch (outcome->kind) {
	case OUTCOME_RETURNS:
	case OUTCOME_BYTES:
	case OUTCOME_EOF:
	case OUTCOME_FAILS:
		return true;
	case OUTCOME_BLOCKS:
	case OUTCOME_SIGNAL:
	case OUTCOME_TERMINATED:
	case OUTCOME_EXITED:
	case OUTCOME_SENT:
	case OUTCOME_GOT:
	case OUTCOME_LISTENS:
	case OUTCOME_CONNECTS:
	case OUTCOME_ACCEPTS:
	case OUTCOME_SENDS:
	case OUTCOME_READS:
	case OUTCOME_CLOSES:
	case OUTCOME_SURVIVES:
	case OUTCOME_WAITS:
		break;
	}
	return false;
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

	if (!(scan_take(scan, '=') ? scan_result : scan_plain)(scan, outcome))
		return false;
	scan_comment(scan, &comment);
	if (scan_take(scan, '+')) {
		if (!takes_signal(outcome))
			return scan_fail(scan,
					 "+ joins a result and a signal, as in EPIPE + SIGPIPE; "
					 "anything else has a row of its own");
		if (!scan_signal(scan, &outcome->sig))
			return false;
		scan_comment(scan, &comment);
	}
	if (!scan->bad && takes_signal(outcome) && signal_follows(scan))
		return scan_fail(scan, "a result and its signal are joined by +: EPIPE + SIGPIPE");
	return !scan->bad;
}
