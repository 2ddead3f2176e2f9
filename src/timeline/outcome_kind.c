#include "timeline/outcome_kind.h"

#include "base/names.h"
#include "timeline/conduct.h"
#include "timeline/conduct_kinds.h"

#include <string.h>

/*
 * What a return or an end must say.
 */

static bool detail_matches(const char *wanted, const struct event *ret)
{
	return !wanted || str_same(wanted, ret->text);
}

static bool number_matches(const struct outcome *o, const struct event *ret)
{
	return ret->u.ret.result == o->number && detail_matches(o->detail, ret);
}

/* What was read, or an address that the call gave. */
static bool same_bytes(const struct outcome *o, const struct event *ret)
{
	struct str quoted = {0};
	bool same;

	if (ret->u.ret.bytes)
		return ret->u.ret.len == o->len && memcmp(ret->u.ret.bytes, o->bytes, o->len) == 0;
	str_addc(&quoted, '"');
	str_add_quoted(&quoted, o->bytes, o->len, 0);
	str_addc(&quoted, '"');
	same = ret->text && str_same(str_text(&quoted), ret->text);
	str_free(&quoted);
	return same;
}

static bool bytes_match(const struct outcome *o, const struct event *ret)
{
	return ret->u.ret.err == 0 && same_bytes(o, ret) && detail_matches(o->detail, ret);
}

static bool eof_matches(const struct outcome *o, const struct event *ret)
{
	(void)o;
	return event_is_eof(ret);
}

/* A program that does not wait in connect() asks the socket what came of it. */
static bool was_told(const struct outcome *o, const struct event *ret)
{
	return ret->task && ret->u.ret.did == DID_CONFIRM && ret->u.ret.err == 0 &&
	       str_same(ret->text, errno_name(o->err));
}

static bool error_matches(const struct outcome *o, const struct event *ret)
{
	return ret->u.ret.err == o->err || was_told(o, ret);
}

static bool by_signal(const struct outcome *o, const struct event *end)
{
	(void)o;
	return end->u.end.signal != 0;
}

static bool by_itself(const struct outcome *o, const struct event *end)
{
	return !end->u.end.signal && end->u.end.status == o->number;
}

/*
 * The table.
 */

static const struct outcome_spec specs[OUTCOME_KINDS] = {
	[OUTCOME_RETURNS] = {.about = ABOUT_RESULT, .form = FORM_NUMBER, .cause = CAUSE_CALL,
			     .matches = number_matches},
	[OUTCOME_BYTES] = {.about = ABOUT_RESULT, .form = FORM_BYTES, .cause = CAUSE_CALL,
			   .matches = bytes_match},
	[OUTCOME_EOF] = {.words = {{"EOF", 0}}, .about = ABOUT_RESULT, .form = FORM_WORD,
			 .cause = CAUSE_CALL, .did = DID_READ, .matches = eof_matches},
	[OUTCOME_FAILS] = {.about = ABOUT_RESULT, .form = FORM_ERROR, .cause = CAUSE_CALL,
			   .matches = error_matches},
	[OUTCOME_BLOCKS] = {.words = {{"blocks", 0}}, .about = ABOUT_SLEEP, .form = FORM_WORD,
			    .cause = CAUSE_CALL, .sleeps = true},
	[OUTCOME_SIGNAL] = {.about = ABOUT_SIGNAL, .form = FORM_SIGNAL, .cause = CAUSE_ACTION},
	[OUTCOME_TERMINATED] = {.words = {{"Terminated", 0}, {"Killed", 0}}, .about = ABOUT_END,
				.form = FORM_WORD, .cause = CAUSE_ACTION, .matches = by_signal},
	[OUTCOME_EXITED] = {.words = {{"exited", 0}}, .about = ABOUT_END, .form = FORM_STATUS,
			    .cause = CAUSE_ACTION, .matches = by_itself},
	[OUTCOME_SENT] = {.words = {{"RESET", SEGMENT_RST}, {"RST", SEGMENT_RST},
				    {"FIN", SEGMENT_FIN}},
			  .about = ABOUT_SENT, .form = FORM_WORD, .cause = CAUSE_NOTHING},
	[OUTCOME_GOT] = {.words = {{"GotRST", SEGMENT_RST}, {"GotRESET", SEGMENT_RST},
				   {"GotFIN", SEGMENT_FIN}},
			 .about = ABOUT_GOT, .form = FORM_WORD, .cause = CAUSE_NOTHING},
	[OUTCOME_LISTENS] = {.words = {{"listens", 0}}, .about = ABOUT_DOING, .form = FORM_WORD,
			     .cause = CAUSE_CALL, .did = DID_LISTEN, .call = "listen",
			     .comes = conduct_succeeds},
	[OUTCOME_CONNECTS] = {.words = {{"connects", 0}}, .about = ABOUT_DOING, .form = FORM_WORD,
			      .cause = CAUSE_CALL, .did = DID_CONNECT, .also = DID_CONFIRM,
			      .call = "connect", .comes = conduct_connects},
	[OUTCOME_ACCEPTS] = {.words = {{"accepts", 0}}, .about = ABOUT_DOING, .form = FORM_WORD,
			     .cause = CAUSE_CALL, .did = DID_ACCEPT, .call = "accept",
			     .comes = conduct_succeeds},
	[OUTCOME_SENDS] = {.words = {{"sends", 0}}, .about = ABOUT_DOING, .form = FORM_PATTERN,
			   .cause = CAUSE_CALL, .did = DID_SEND, .call = "send",
			   .comes = conduct_moves},
	[OUTCOME_READS] = {.words = {{"reads", 0}}, .about = ABOUT_DOING, .form = FORM_PATTERN,
			   .cause = CAUSE_CALL, .did = DID_READ, .call = "recv",
			   .comes = conduct_moves},
	[OUTCOME_CLOSES] = {.words = {{"closes", 0}}, .about = ABOUT_DOING, .form = FORM_WORD,
			    .cause = CAUSE_ACTION, .did = DID_CLOSE, .comes = conduct_closes},
	[OUTCOME_SURVIVES] = {.words = {{"survives", 0}}, .about = ABOUT_DOING, .form = FORM_WORD,
			      .cause = CAUSE_ACTION, .comes = conduct_survives},
	[OUTCOME_WAITS] = {.words = {{"waits", 0}}, .about = ABOUT_DOING, .form = FORM_TIME,
			   .cause = CAUSE_CALL, .sleeps = true, .comes = conduct_waits},
};

const struct outcome_spec *outcome_spec(enum outcome_kind kind)
{
	return &specs[kind];
}

const struct outcome_word *outcome_word(size_t i, enum outcome_kind *kind)
{
	for (enum outcome_kind k = 0; (int)k < OUTCOME_KINDS; k++)
		for (const struct outcome_word *word = specs[k].words; word->text; word++)
			if (i-- == 0) {
				*kind = k;
				return word;
			}
	return NULL;
}

const struct outcome_spec *outcome_doing(enum did did)
{
	for (size_t i = 0; i < OUTCOME_KINDS; i++)
		if (did != DID_OTHER && specs[i].about == ABOUT_DOING && specs[i].did == did)
			return &specs[i];
	return NULL;
}

enum outcome_about outcome_about(const struct outcome *outcome)
{
	return specs[outcome->kind].about;
}

bool outcome_needs_call(const struct outcome *outcome)
{
	enum outcome_about about = outcome_about(outcome);

	return about == ABOUT_RESULT || about == ABOUT_SLEEP;
}

bool outcome_needs_wire(const struct outcome *outcome)
{
	enum outcome_about about = outcome_about(outcome);

	return about == ABOUT_SENT || about == ABOUT_GOT;
}

bool conduct_is(const struct outcome *outcome)
{
	return outcome_about(outcome) == ABOUT_DOING;
}
