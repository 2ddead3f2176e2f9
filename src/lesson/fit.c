/*
 * fit.c - which written argument belongs to which parameter.
 */
#include "lesson/parse.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "lesson/arg.h"

#include <string.h>

enum { SHOWN = 40 }; /* columns of an argument that an error shows */

void written_free(struct written *written)
{
	for (size_t i = written->next; i < written->n; i++)
		arg_free(&written->args[i]);
	*written = (struct written){0};
}

static struct arg *next_arg(struct written *written)
{
	return written->next < written->n ? &written->args[written->next] : NULL;
}

static void take_arg(struct written *written, struct arg *to)
{
	*to = written->args[written->next];
	written->args[written->next++] = (struct arg){0};
}

static bool is_word(const struct arg *arg, const char *text)
{
	return arg->kind == ARG_WORD && str_same(arg->text, text);
}

/* `SIG_IGN` and its like are words until a handler is asked for. */
static bool make_handler(struct arg *arg)
{
	static const char *const words[] = {"SIG_DFL", "SIG_IGN", "handler"};

	for (enum handler h = HANDLER_DEFAULT; h <= HANDLER_RUN; h++)
		if (is_word(arg, words[h])) {
			arg->kind = ARG_NUMBER;
			arg->number = h;
			return true;
		}
	return false;
}

static bool is_value(const struct arg *arg)
{
	if (arg->kind != ARG_STRUCT)
		return arg->kind == ARG_NUMBER || arg->kind == ARG_STRING || arg->kind == ARG_NAME;
	for (size_t i = 0; i < arg->n_items; i++)
		if (arg->items[i].kind != ARG_NUMBER)
			return false;
	return true;
}

/* Whether ARG can be a parameter of KIND; a handler's word becomes its number. */
static bool fits(enum param_kind kind, struct arg *arg)
{
	switch (kind) {
	case PARAM_FD:
	case PARAM_PASS_FD:
	case PARAM_INT:
	case PARAM_LENGTH:
	case PARAM_TIMEOUT:
		return arg->kind == ARG_NAME || arg->kind == ARG_NUMBER;
	case PARAM_PAIR:
		return arg->kind == ARG_NAME && !strchr(arg->text, '[');
	case PARAM_BYTES:
	case PARAM_PATH:
		return arg->kind == ARG_STRING;
	case PARAM_BUFFER:
		return is_word(arg, "buf");
	case PARAM_ADDRESS:
		return arg->kind == ARG_STRING || arg->kind == ARG_ADDR_OF || is_word(arg, "NULL");
	case PARAM_NULL:
		return is_word(arg, "NULL");
	case PARAM_OPTVAL:
		return is_value(arg);
	case PARAM_HANDLER:
		return make_handler(arg);
	case PARAM_POLLFDS:
	case PARAM_END:
	case PARAM_OUT_FD:
	case PARAM_OUT_ADDR:
	case PARAM_OUT_OPT:
	case PARAM_ZERO:
		break;
	}
	return false;
}

/* What would fit a parameter of KIND, for errors. */
static const char *wanted(enum param_kind kind)
{
	switch (kind) {
	case PARAM_FD:
	case PARAM_PASS_FD:
		return "the name of a descriptor";
	case PARAM_PAIR:
		return "a name for two descriptors";
	case PARAM_INT:
		return "a number or constants";
	case PARAM_BYTES:
		return "a \"string\"";
	case PARAM_PATH:
		return "a path such as \"demo.sock\"";
	case PARAM_BUFFER:
		return "buf";
	case PARAM_LENGTH:
		return "a number of bytes";
	case PARAM_TIMEOUT:
		return "milliseconds, or -1 for ever";
	case PARAM_ADDRESS:
		return "an address such as \"demo.sock\", \"127.0.0.1:7000\" or addr(listener)";
	case PARAM_NULL:
		return "NULL";
	case PARAM_OPTVAL:
		return "a number, a {struct} of numbers or a \"string\"";
	case PARAM_HANDLER:
		return "SIG_IGN, SIG_DFL or handler";
	case PARAM_POLLFDS:
		return "{sock, POLLIN}";
	case PARAM_END:
	case PARAM_OUT_FD:
	case PARAM_OUT_ADDR:
	case PARAM_OUT_OPT:
	case PARAM_ZERO:
		break;
	}
	return "nothing";
}

/* `send(sockfd, buf, len, flags)`, for errors. */
static char *synopsis(const struct call *call)
{
	struct str s = {0};
	const char *comma = "";

	str_addf(&s, "%s(", call->name);
	for (size_t i = 0; i < CALL_PARAMS; i++)
		if (call->params[i].name) {
			str_addf(&s, "%s%s", comma, call->params[i].name);
			comma = ", ";
		}
	str_addc(&s, ')');
	return str_take(&s);
}

/* A constant that belongs to another parameter. */
static void fail_other_family(struct scan *scan, const struct call *call,
			      const struct param *param, const char *text)
{
	char *all = synopsis(call);

	scan_fail(scan, "%s is nothing for the %s of %s(): %s", text, param->name, call->name, all);
	free(all);
}

static bool fail_misfit(struct scan *scan, const struct call *call, const struct param *param,
			const struct arg *arg)
{
	bool constant = family_is_constant(arg);
	const char *level = constant && strcmp(param->name, "level") == 0 ? family_level(arg) : NULL;
	struct str s = {0};

	arg_print(&s, arg);
	str_cut(&s, utf8_fit(str_text(&s), s.len, SHOWN));
	if (param->kind == PARAM_FD && param == call->params &&
	    (constant || arg->kind == ARG_STRING))
		scan_fail(scan, "%s() begins with a descriptor: %s(%s, %s)", call->name,
			  call->name, param->fallback, str_text(&s));
	else if (level)
		scan_fail(scan, "before %s stands its level: %s(%s, %s, %s)", str_text(&s), call->name,
			  call->params[0].fallback, level, str_text(&s));
	else if (constant && param->kind == PARAM_INT)
		fail_other_family(scan, call, param, str_text(&s));
	else
		scan_fail(scan, "the %s of %s() is %s, not %s (%s)", param->name, call->name,
			  wanted(param->kind), constant ? "a constant" : arg_kind_words(arg),
			  str_text(&s));
	str_free(&s);
	return false;
}

static bool fail_missing(struct scan *scan, const struct call *call, const struct param *param)
{
	char *all = synopsis(call);

	scan_fail(scan, "%s() needs its %s, %s: %s", call->name, param->name, wanted(param->kind),
		  all);
	free(all);
	return false;
}

static bool set_default(struct scan *scan, const struct call *call, const struct param *param,
			struct arg *to)
{
	struct scan text;
	bool right;

	if (!param->fallback)
		return fail_missing(scan, call, param);
	text = scan_start(param->fallback);
	right = arg_scan(&text, to);
	str_free(&text.wrong);
	return right;
}

/* The length that was left out is that of the string before it. */
static bool set_length(struct scan *scan, const struct action *action, const struct param *param,
		       struct arg *to)
{
	char digits[24];

	if (param->fallback)
		return set_default(scan, action->call, param, to);
	snprintf(digits, sizeof digits, "%zu", to[-1].len);
	arg_number(to, (long)to[-1].len, digits);
	return true;
}

static bool length_is_right(struct scan *scan, const struct arg *before, const struct arg *length)
{
	if (length->kind == ARG_NAME)
		return true; /* its value is known when the call is made */
	if (length->number < 0 || length->number > LENGTH_MOST)
		return scan_fail(scan, "the length is %ld; it is at least 0 and at most %d",
				 length->number, LENGTH_MOST);
	if (before->kind == ARG_STRING && before->len == 0 && length->number > 0)
		return scan_fail(scan, "an empty string cannot fill a length of %ld",
				 length->number);
	return true;
}

/* Whether ARG is meant for an address further on: sendto(sock, "hi", addr(peer)). */
static bool jumps_on(const struct param *param, struct arg *arg)
{
	if (param->kind != PARAM_LENGTH && param->kind != PARAM_INT)
		return false;
	if (arg->kind != ARG_STRING && arg->kind != ARG_ADDR_OF)
		return false;
	for (; param->kind != PARAM_END; param++)
		if (param->kind == PARAM_ADDRESS)
			return true;
	return false;
}

/* One parameter but poll's first: take the next argument or the default. */
static bool fit_param(struct scan *scan, struct action *action, const struct param *param,
		      struct written *written)
{
	struct arg *to = &action->args[action->n_args];
	struct arg *arg = next_arg(written);

	if (arg && fits(param->kind, arg) && family_fits(param, arg))
		take_arg(written, to);
	else if (arg && param->kind != PARAM_BUFFER && !jumps_on(param, arg))
		return fail_misfit(scan, action->call, param, arg);
	else if (param->kind == PARAM_LENGTH && !set_length(scan, action, param, to))
		return false;
	else if (param->kind != PARAM_LENGTH && !set_default(scan, action->call, param, to))
		return false;
	action->n_args++;
	return param->kind != PARAM_LENGTH || length_is_right(scan, to - 1, to);
}

static bool fit_poll(struct scan *scan, struct action *action, const struct param *param,
		     struct written *written)
{
	struct arg *to = &action->args[action->n_args];
	struct written fallback = {.n = 1};

	if (next_arg(written)) {
		if (!fit_pollfds(scan, written, to))
			return false;
	} else if (!set_default(scan, action->call, param, &fallback.args[0]) ||
		   !fit_pollfds(scan, &fallback, to)) {
		return false;
	}
	action->n_args++;
	return true;
}

bool fit_args(struct scan *scan, struct action *action, struct written *written)
{
	const struct param *param = action->call->params;
	char *all;

	for (; param < action->call->params + CALL_PARAMS; param++) {
		if (!param->name)
			continue;
		if (!(param->kind == PARAM_POLLFDS ? fit_poll : fit_param)(scan, action, param,
									    written))
			return false;
	}
	if (!next_arg(written))
		return true;
	all = synopsis(action->call);
	scan_fail(scan, "too many arguments for %s", all);
	free(all);
	return false;
}
