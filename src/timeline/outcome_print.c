/*
 * outcome_print.c - an outcome as the cell that says it.
 */
#include "timeline/outcome.h"

#include "base/duration.h"
#include "base/names.h"
#include "timeline/pattern.h"

#include <stdlib.h>
#include <string.h>

static void print_quoted(struct str *to, const char *p, size_t n)
{
	str_addc(to, '"');
	str_add_quoted(to, p, n, 0);
	str_addc(to, '"');
}

static void print_segment(struct str *to, const struct outcome *o)
{
	bool rst = o->flag == SEGMENT_RST;

	if (o->kind == OUTCOME_SENT)
		str_add(to, rst ? "RESET" : "FIN");
	else
		str_add(to, rst ? "GotRST" : "GotFIN");
}

static void print_what(struct str *to, const struct outcome *o)
{
	if (!o->bytes)
		return;
	str_add(to, " \"");
	pattern_print(to, o->bytes, o->len);
	str_addc(to, '"');
}

void outcome_print(struct str *to, const struct outcome *o)
{
	switch (o->kind) {
	case OUTCOME_RETURNS:
		str_addf(to, "= %ld", o->number);
		if (o->detail)
			str_addf(to, " %s", o->detail);
		break;
	case OUTCOME_BYTES:
		str_add(to, "= ");
		print_quoted(to, o->bytes, o->len);
		if (o->detail)
			str_addf(to, " %s", o->detail);
		break;
	case OUTCOME_EOF:
		str_add(to, "EOF");
		break;
	case OUTCOME_FAILS:
		str_add(to, errno_name(o->err));
		break;
	case OUTCOME_BLOCKS:
		str_add(to, "blocks");
		break;
	case OUTCOME_SIGNAL:
		str_add(to, signal_name(o->sig));
		return;
	case OUTCOME_TERMINATED:
		str_add(to, "Terminated");
		break;
	case OUTCOME_EXITED:
		str_addf(to, "exited %ld", o->number);
		break;
	case OUTCOME_SENT:
	case OUTCOME_GOT:
		print_segment(to, o);
		break;
	case OUTCOME_LISTENS:
		str_add(to, "listens");
		break;
	case OUTCOME_CONNECTS:
		str_add(to, "connects");
		break;
	case OUTCOME_ACCEPTS:
		str_add(to, "accepts");
		break;
	case OUTCOME_SENDS:
		str_add(to, "sends");
		print_what(to, o);
		break;
	case OUTCOME_READS:
		str_add(to, "reads");
		print_what(to, o);
		break;
	case OUTCOME_CLOSES:
		str_add(to, "closes");
		break;
	case OUTCOME_SURVIVES:
		str_add(to, "survives");
		break;
	case OUTCOME_WAITS:
		str_add(to, "waits ");
		duration_print(to, o->number);
		break;
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

bool outcome_needs_wire(const struct outcome *outcome)
{
	return outcome->kind == OUTCOME_SENT || outcome->kind == OUTCOME_GOT;
}

void outcome_free(struct outcome *outcome)
{
	free(outcome->bytes);
	free(outcome->detail);
	*outcome = (struct outcome){0};
}
