#include "course/words.h"

#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"
#include "timeline/outcome_kind.h"

#include <signal.h>
#include <string.h>

enum {
	WORDS_BYTES = 24,   /* of a string that a choice shows */
	WORDS_CALL = 44,    /* columns of a call in a question */
};

/* What ROLE has said about SIGPIPE when the call is made. */
static enum handler sigpipe_plan(const struct asked *asked)
{
	bool ignores = asked->demo->setup[asked->role].ignores_sigpipe;

	for (int row = asked->call_row - 1; row >= 1; row--) {
		const struct cell *cell = &asked->demo->table.rows.at[row - 1].cell[asked->role];

		if (cell->kind == CELL_ACTION && cell->action->kind == ACTION_CALL &&
		    strcmp(cell->action->call->name, "signal") == 0 &&
		    cell->action->args[0].number == SIGPIPE)
			return (enum handler)cell->action->args[1].number;
	}
	return ignores ? HANDLER_IGNORE : HANDLER_DEFAULT;
}

static void fails_words(struct str *to, const struct outcome *o, const struct asked *asked,
			const struct outcome *beside)
{
	const char *err = errno_name(o->err), *sig = o->sig ? signal_name(o->sig) : NULL;

	if (sig && o->sig == SIGPIPE && sigpipe_plan(asked) == HANDLER_RUN)
		/* TRANSLATORS: EPIPE, and SIGPIPE */
		str_addf(to, _("%1$s, and %2$s runs its handler"), err, sig);
	else if (sig)
		str_addf(to, _("%1$s, and %2$s ends it"), err, sig);
	else if (beside && beside->kind == OUTCOME_FAILS)
		str_addf(to, _("%s, and no signal"), err);
	else if (beside)
		str_addf(to, _("it goes on, with %s"), err);
	else
		str_addf(to, "-1 %s", err);
}

static void option_words(struct str *to, const struct outcome *o)
{
	const char *value = o->detail ? o->detail : "";

	if (strcmp(value, "0") == 0)
		str_add(to, _("0: no error is noted"));
	else if (errno_number(value, strlen(value)))
		str_addf(to, _("%s is noted"), value);
	else
		str_addf(to, _("%1$ld, and the value %2$s"), o->number, value);
}

static void count_words(struct str *to, const struct outcome *o, const struct action *action)
{
	const struct arg *length = action_arg(action, PARAM_LENGTH);
	bool part = length && length->kind == ARG_NUMBER && o->number < length->number;

	if (!part)
		str_addf(to, _("%ld, a success"), o->number);
	else if (o->number)
		str_addf(to, _("%ld: a part of the bytes"), o->number);
	else
		str_add(to, _("0: none of the bytes"));
}

static void returns_words(struct str *to, const struct outcome *o, const struct action *action)
{
	switch (action ? action->call->result : RESULT_NUMBER) {
	case RESULT_COUNT:
		count_words(to, o, action);
		return;
	case RESULT_FD:
	case RESULT_GIVEN_FD:
		str_addf(to, _("%ld, a new descriptor"), o->number);
		return;
	case RESULT_EVENTS:
		if (o->number == 0)
			str_add(to, _("0: the time is over"));
		else if (o->detail)
			str_addf(to, _("%1$ld, with %2$s"), o->number, o->detail);
		else
			str_addf(to, "%ld", o->number);
		return;
	case RESULT_OPTION:
		if (!o->detail)
			break;
		option_words(to, o);
		return;
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
		str_addf(to, ngettext("%ld byte", "%ld bytes", (unsigned long)o->number),
			 o->number);
		return;
	case RESULT_ZERO:
	case RESULT_PAIR:
	case RESULT_ADDRESS:
	case RESULT_NUMBER:
	case RESULT_HANDLER:
	case RESULT_NEVER:
		break;
	}
	if (o->detail)
		str_addf(to, "%ld %s", o->number, o->detail);
	else
		str_addf(to, _("%ld, a success"), o->number);
}

static void bytes_words(struct str *to, const struct outcome *o)
{
	struct str bytes = {0};
	bool whole;

	str_addc(&bytes, '"');
	whole = str_add_quoted(&bytes, o->bytes, o->len, WORDS_BYTES);
	str_add(&bytes, whole ? "\"" : "…\"");
	if (o->detail)
		/* TRANSLATORS: bytes that were received, and the sender's address */
		str_addf(to, _("%1$s from %2$s"), str_text(&bytes), o->detail);
	else
		str_add(to, str_text(&bytes));
	str_free(&bytes);
}

static void result_words(struct str *to, const struct outcome *o, const struct asked *asked,
			 const struct outcome *beside)
{
	if (o->kind == OUTCOME_RETURNS)
		returns_words(to, o, asked->action);
	else if (o->kind == OUTCOME_BYTES)
		bytes_words(to, o);
	else if (o->kind == OUTCOME_EOF)
		str_add(to, _("0, the end of the stream"));
	else
		fails_words(to, o, asked, beside);
}

void words_outcome(struct str *to, const struct outcome *o, const struct asked *asked,
		   const struct outcome *beside)
{
	switch (outcome_about(o)) {
	case ABOUT_RESULT:
		result_words(to, o, asked, beside);
		break;
	case ABOUT_SLEEP:
		str_add(to, asked->after ? _("it goes on waiting") : _("it blocks"));
		break;
	case ABOUT_SIGNAL:
		str_addf(to, _("%s reaches it"), signal_name(o->sig));
		break;
	case ABOUT_END:
		if (o->kind == OUTCOME_EXITED)
			str_addf(to, _("it exits by itself, with %ld"), o->number);
		else
			str_add(to, _("a signal ends it"));
		break;
	case ABOUT_SENT:
	case ABOUT_GOT:
	case ABOUT_DOING:
		outcome_print(to, o);
		break;
	}
}

static void call_words(struct str *to, const struct action *action)
{
	struct str call = {0};

	action_print_short(&call, action);
	if (utf8_columns(str_text(&call)) > WORDS_CALL)
		str_addf(to, "%s(…)", action->call->name);
	else
		str_add(to, str_text(&call));
	str_free(&call);
}

void words_question(struct str *to, const struct asked *asked)
{
	struct str call = {0};

	if (asked_is_fate(asked->truth)) {
		str_addf(to, _("What becomes of %s?"), role_name(asked->role));
		return;
	}
	call_words(&call, asked->action);
	/* TRANSLATORS: who, and which call */
	str_addf(to,
		 asked->after ? _("%1$s waits in %2$s. What does it get?")
			      : _("%1$s calls %2$s. What does it get?"),
		 role_name(asked->role), str_text(&call));
	str_free(&call);
}
