#include "lesson/arg.h"

#include "base/mem.h"
#include "lesson/hint.h"
#include "lesson/lesson.h"

#include <string.h>

/* A word in capitals is a constant, any other a name: so a misspelt constant is found. */
static bool is_capitals(struct word word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.p[i] >= 'a' && word.p[i] <= 'z')
			return false;
	return true;
}

/* The constants, and the words in capitals that may stand for an argument. */
static const char *capitals_at(size_t i)
{
	static const char *const words[] = {"SIG_IGN", "SIG_DFL", "NULL"};
	enum { WORDS = sizeof words / sizeof *words };

	return i < WORDS ? words[i] : constant_at(i - WORDS);
}

bool arg_no_constant(struct scan *scan, struct word word)
{
	const char *near = word_nearest(word, capitals_at);

	if (near)
		return scan_fail(scan, "no constant '%.*s' (did you mean '%s'?)", word_show(word),
				 word.p, near);
	return scan_fail(scan, "no constant '%.*s'; those that the man pages of the calls name "
			       "are known, and names of descriptors are in lower case",
			 word_show(word), word.p);
}

void arg_number(struct arg *arg, long value, const char *text)
{
	*arg = (struct arg){.kind = ARG_NUMBER, .number = value, .text = mem_strdup(text)};
}

static bool scan_arg_string(struct scan *scan, struct arg *arg)
{
	const char *start = scan->p;
	struct str bytes = {0};

	if (!scan_string(scan, &bytes) || bytes.len > LESSON_MOST_STRING) {
		str_free(&bytes);
		return scan_fail(scan, "the string is too long: at most %d bytes; a length beyond "
				       "the string repeats it", LESSON_MOST_STRING);
	}
	*arg = (struct arg){.kind = ARG_STRING, .len = bytes.len};
	arg->text = mem_strndup(start, (size_t)(scan->p - start));
	arg->bytes = str_take(&bytes);
	return true;
}

static bool scan_items(struct scan *scan, struct arg *arg, int depth);

/* `[0]` after a name, appended to it. */
static bool scan_index(struct scan *scan, struct str *name)
{
	long index;

	if (!scan_number(scan, &index) || !scan_take(scan, ']') || index < 0 || index > 1)
		return scan_fail(scan, "after '%s[' 0] or 1] must follow", str_text(name));
	str_addf(name, "[%ld]", index);
	return true;
}

static char *name_rest(struct scan *scan, struct word word)
{
	struct str name = {0};

	str_addn(&name, word.p, word.len);
	if (!scan_take(scan, '[') || scan_index(scan, &name))
		return str_take(&name);
	str_free(&name);
	return NULL;
}

char *arg_scan_name(struct scan *scan)
{
	struct word word;

	if (!scan_word(scan, &word))
		return NULL;
	return name_rest(scan, word);
}

/* addr(NAME): the word `addr` and its parenthesis are taken. */
static bool scan_addr_of(struct scan *scan, struct arg *arg)
{
	char *name = arg_scan_name(scan);

	if (!name)
		return scan_fail(scan, "addr() needs a name: addr(listener)");
	*arg = (struct arg){.kind = ARG_ADDR_OF, .text = name};
	if (scan_take(scan, ')'))
		return true;
	arg_free(arg);
	return scan_fail(scan, "addr( has no closing parenthesis: addr(listener)");
}

static bool is_kept_word(struct word word)
{
	static const char *const kept[] = {"NULL", "buf", "SIG_IGN", "SIG_DFL", "handler"};

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (word_is(word, kept[i]))
			return true;
	return false;
}

/* One number or constant of `A|B`; its text is appended to TEXT. */
static bool scan_flag(struct scan *scan, long *value, struct str *text)
{
	struct word word = {0};
	const char *start;

	scan_peek(scan);
	start = scan->p;
	if (!scan_number(scan, value)) {
		if (!scan_word(scan, &word))
			return scan_fail(scan, "after | a number or a constant must follow");
		if (!constant_value(word.p, word.len, value))
			return arg_no_constant(scan, word);
	}
	str_addn(text, start, (size_t)(scan->p - start));
	return true;
}

static bool scan_flags(struct scan *scan, struct arg *arg)
{
	struct str text = {0};
	long value, all = 0;

	do {
		if (text.len)
			str_addc(&text, '|');
		if (!scan_flag(scan, &value, &text)) {
			str_free(&text);
			return false;
		}
		all |= value;
	} while (scan_take(scan, '|'));
	arg_number(arg, all, str_text(&text));
	str_free(&text);
	return true;
}

static bool scan_worded(struct scan *scan, struct arg *arg)
{
	const char *start = scan->p;
	struct word word;
	char *name;
	long value;

	if (!scan_word(scan, &word))
		return false;
	if (word_is(word, "addr") && scan_take(scan, '('))
		return scan_addr_of(scan, arg);
	if (is_kept_word(word)) {
		*arg = (struct arg){.kind = ARG_WORD, .text = word_copy(word)};
		return true;
	}
	if (constant_value(word.p, word.len, &value)) {
		scan->p = start;
		return scan_flags(scan, arg);
	}
	if (is_capitals(word))
		return arg_no_constant(scan, word);
	name = name_rest(scan, word);
	if (!name)
		return false;
	*arg = (struct arg){.kind = ARG_NAME, .text = name};
	return true;
}

static bool scan_any(struct scan *scan, struct arg *arg, int depth)
{
	char c = scan_peek(scan);

	*arg = (struct arg){0};
	if (c == '"')
		return scan_arg_string(scan, arg);
	if (c == '{')
		return scan_items(scan, arg, depth);
	if (c == '-' || c == '+' || (c >= '0' && c <= '9'))
		return scan_flags(scan, arg);
	if (scan_worded(scan, arg))
		return true;
	if (hint_is_quote(scan->p))
		return scan_fail(scan, "a string stands between two straight \", as in \"hello\"");
	return scan_expected(scan, "an argument (a name, a number, constants, a \"string\" or "
				   "a {struct})");
}

/* A {struct} of at most two levels: {1, 0}, {{sock, POLLIN}, {listener, POLLIN}}. */
static bool scan_items(struct scan *scan, struct arg *arg, int depth)
{
	scan_take(scan, '{');
	if (depth == 2)
		return scan_fail(scan, "too many braces: {1, 0} or {{sock, POLLIN}} at most");
	arg->kind = ARG_STRUCT;
	arg->items = mem_zero(ARG_ITEMS_MOST, sizeof *arg->items);
	do {
		if (arg->n_items == ARG_ITEMS_MOST)
			scan_fail(scan, "more than %d items between { and }", ARG_ITEMS_MOST);
		else if (scan_any(scan, &arg->items[arg->n_items], depth + 1))
			arg->n_items++;
	} while (!scan->bad && scan_take(scan, ','));
	if (scan_take(scan, '}'))
		return true;
	arg_free(arg);
	return scan_fail(scan, "a { has no closing }");
}

bool arg_scan(struct scan *scan, struct arg *arg)
{
	return scan_any(scan, arg, 0);
}

void arg_print(struct str *to, const struct arg *arg)
{
	switch (arg->kind) {
	case ARG_NUMBER:
	case ARG_NAME:
	case ARG_WORD:
		str_add(to, arg->text);
		break;
	case ARG_STRING:
		str_addc(to, '"');
		str_add_quoted(to, arg->bytes, arg->len, 0);
		str_addc(to, '"');
		break;
	case ARG_ADDR_OF:
		str_addf(to, "addr(%s)", arg->text);
		break;
	case ARG_STRUCT:
		for (size_t i = 0; i < arg->n_items; i++) {
			str_add(to, i ? ", " : "{");
			arg_print(to, &arg->items[i]);
		}
		str_addc(to, '}');
		break;
	}
}

bool arg_same(const struct arg *a, const struct arg *b)
{
	if (a->kind != b->kind || a->n_items != b->n_items)
		return false;
	switch (a->kind) {
	case ARG_NUMBER:
		return a->number == b->number;
	case ARG_NAME:
	case ARG_WORD:
	case ARG_ADDR_OF:
		return str_same(a->text, b->text);
	case ARG_STRING:
		return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
	case ARG_STRUCT:
		for (size_t i = 0; i < a->n_items; i++)
			if (!arg_same(&a->items[i], &b->items[i]))
				return false;
	}
	return true;
}

const char *arg_kind_words(const struct arg *arg)
{
	switch (arg->kind) {
	case ARG_NUMBER:
		return "a number";
	case ARG_NAME:
		return "a name";
	case ARG_STRING:
		return "a string";
	case ARG_STRUCT:
		return "a struct";
	case ARG_ADDR_OF:
		return "an address";
	case ARG_WORD:
		return "a word";
	}
	return "nothing";
}

void arg_free(struct arg *arg)
{
	for (size_t i = 0; i < arg->n_items; i++)
		arg_free(&arg->items[i]);
	free(arg->items);
	free(arg->text);
	free(arg->bytes);
	*arg = (struct arg){0};
}
