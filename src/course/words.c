#include "course/words.h"

#include "base/names.h"
#include "base/utf8.h"

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
		str_addf(to, "%s, and %s runs its handler", err, sig);
	else if (sig)
		str_addf(to, "%s, and %s ends it", err, sig);
	else if (beside && beside->kind == OUTCOME_FAILS)
		str_addf(to, "%s, and no signal", err);
	else if (beside)
		str_addf(to, "it goes on, with %s", err);
	else
		str_addf(to, "-1 %s", err);
}

static void option_words(struct str *to, const struct outcome *o)
{
	const char *value = o->detail ? o->detail : "";

	if (strcmp(value, "0") == 0)
		str_add(to, "0: no error is noted");
	else if (errno_number(value, strlen(value)))
		str_addf(to, "%s is noted", value);
	else
		str_addf(to, "%ld, and the value %s", o->number, value);
}

static void count_words(struct str *to, const struct outcome *o, const struct action *action)
{
	const struct arg *length = action_arg(action, PARAM_LENGTH);
	bool part = length && length->kind == ARG_NUMBER && o->number < length->number;

	str_addf(to, "%ld%s", o->number, !part ? ", a success" : o->number
					 ? ": a part of the bytes" : ": none of the bytes");
}

static void returns_words(struct str *to, const struct outcome *o, const struct action *action)
{
	switch (action ? action->call->result : RESULT_NUMBER) {
	case RESULT_COUNT:
		count_words(to, o, action);
		return;
	case RESULT_FD:
	case RESULT_GIVEN_FD:
		str_addf(to, "%ld, a new descriptor", o->number);
		return;
	case RESULT_EVENTS:
		str_addf(to, o->number == 0 ? "%ld: the time is over" : "%ld", o->number);
		if (o->number && o->detail)
			str_addf(to, ", with %s", o->detail);
		return;
	case RESULT_OPTION:
		if (!o->detail)
			break;
		option_words(to, o);
		return;
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
		str_addf(to, "%ld bytes", o->number);
		return;
	case RESULT_ZERO:
	case RESULT_PAIR:
	case RESULT_ADDRESS:
	case RESULT_NUMBER:
	case RESULT_HANDLER:
	case RESULT_NEVER:
		break;
	}
	str_addf(to, "%ld%s%s", o->number, o->detail ? " " : ", a success",
		 o->detail ? o->detail : "");
}

static void bytes_words(struct str *to, const struct outcome *o)
{
	bool whole;

	str_addc(to, '"');
	whole = str_add_quoted(to, o->bytes, o->len, WORDS_BYTES);
	str_add(to, whole ? "\"" : "…\"");
	if (o->detail)
		str_addf(to, " from %s", o->detail);
}

void words_outcome(struct str *to, const struct outcome *o, const struct asked *asked,
		   const struct outcome *beside)
{
	switch (o->kind) {
	case OUTCOME_RETURNS:
		returns_words(to, o, asked->action);
		break;
	case OUTCOME_BYTES:
		bytes_words(to, o);
		break;
	case OUTCOME_EOF:
		str_add(to, "0, the end of the stream");
		break;
	case OUTCOME_FAILS:
		fails_words(to, o, asked, beside);
		break;
	case OUTCOME_BLOCKS:
		str_add(to, asked->after ? "it goes on waiting" : "it blocks");
		break;
	case OUTCOME_SIGNAL:
		str_addf(to, "%s reaches it", signal_name(o->sig));
		break;
	case OUTCOME_TERMINATED:
		str_add(to, "a signal ends it");
		break;
	case OUTCOME_EXITED:
		str_addf(to, "it exits by itself, with %ld", o->number);
		break;
	case OUTCOME_SENT:
	case OUTCOME_GOT:
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
	if (asked_is_fate(asked->truth)) {
		str_addf(to, "What becomes of %s?", role_name(asked->role));
		return;
	}
	str_addf(to, "%s %s ", role_name(asked->role), asked->after ? "waits in" : "calls");
	call_words(to, asked->action);
	str_add(to, ". What does it get?");
}
