/*
 * outcome_print.c - an outcome as the cell that says it.
 */
#include "timeline/outcome.h"

#include "base/duration.h"
#include "base/names.h"
#include "timeline/outcome_kind.h"
#include "timeline/pattern.h"

#include <stdlib.h>
#include <string.h>

static void print_quoted(struct str *to, const char *p, size_t n)
{
	str_addc(to, '"');
	str_add_quoted(to, p, n, 0);
	str_addc(to, '"');
}

/* The first of its words that says its segment; NULL: it has none. */
static const char *own_word(const struct outcome *o)
{
	const struct outcome_word *word = outcome_spec(o->kind)->words;

	while (word->text && word->flag != o->flag)
		word++;
	return word->text;
}

static void print_what(struct str *to, const struct outcome *o)
{
	if (!o->bytes)
		return;
	str_add(to, " \"");
	pattern_print(to, o->bytes, o->len);
	str_addc(to, '"');
}

static void print_result(struct str *to, const struct outcome *o)
{
	if (outcome_spec(o->kind)->form == FORM_BYTES) {
		str_add(to, "= ");
		print_quoted(to, o->bytes, o->len);
	} else {
		str_addf(to, "= %ld", o->number);
	}
	if (o->detail)
		str_addf(to, " %s", o->detail);
}

void outcome_print(struct str *to, const struct outcome *o)
{
	const char *word = own_word(o);

	if (word)
		str_add(to, word);
	switch (outcome_spec(o->kind)->form) {
	case FORM_WORD:
		break;
	case FORM_STATUS:
		str_addf(to, " %ld", o->number);
		break;
	case FORM_PATTERN:
		print_what(to, o);
		break;
	case FORM_TIME:
		str_addc(to, ' ');
		duration_print(to, o->number);
		break;
	case FORM_NUMBER:
	case FORM_BYTES:
		print_result(to, o);
		break;
	case FORM_ERROR:
		str_add(to, errno_name(o->err));
		break;
	case FORM_SIGNAL:
		str_add(to, signal_name(o->sig));
		return;
	}
	if (o->sig)
		str_addf(to, " + %s", signal_name(o->sig));
}

bool outcome_same(const struct outcome *a, const struct outcome *b)
{
	return a->kind == b->kind && a->number == b->number && a->err == b->err &&
	       a->sig == b->sig && a->flag == b->flag && a->len == b->len &&
	       (a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0) &&
	       str_same(a->detail, b->detail);
}

void outcome_free(struct outcome *outcome)
{
	free(outcome->bytes);
	free(outcome->detail);
	*outcome = (struct outcome){0};
}
