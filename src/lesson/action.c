#include "lesson/action.h"

#include "base/mem.h"
#include "lesson/arg.h"
#include "lesson/demo.h"
#include "lesson/parse.h"

#include <stdlib.h>
#include <string.h>

/* Index of the parameter that ARGS[i] belongs to. */
static const struct param *param_of(const struct call *call, size_t i)
{
	for (const struct param *p = call->params; p->kind != PARAM_END; p++)
		if (p->name && i-- == 0)
			return p;
	return NULL;
}

const struct arg *action_arg(const struct action *action, enum param_kind kind)
{
	for (size_t i = 0; i < action->n_args; i++)
		if (param_of(action->call, i)->kind == kind)
			return &action->args[i];
	return NULL;
}

/* Whether `r, w = pipe()` named both descriptors itself. */
static bool names_both(const struct action *action)
{
	const char *first = action->names[0];
	const char *pair = action->args[action->n_args - 1].text;
	size_t len = strlen(pair);

	return strncmp(first, pair, len) != 0 || strcmp(first + len, "[0]") != 0 ||
	       strncmp(action->names[1], pair, len) != 0 ||
	       strcmp(action->names[1] + len, "[1]") != 0;
}

static void print_names(struct str *to, const struct action *action, bool shortly)
{
	const struct call *call = action->call;

	if (call->result == RESULT_PAIR) {
		if (names_both(action))
			str_addf(to, "%s, %s = ", action->names[0], action->names[1]);
	} else if (action->names[0] && !(shortly && str_same(action->names[0], call->defines))) {
		str_addf(to, "%s = ", action->names[0]);
	}
}

/* `{sock, POLLIN}, 1`: one is written without the outer braces. */
static void print_pollfds(struct str *to, const struct arg *fds)
{
	arg_print(to, fds->n_items == 1 ? &fds->items[0] : fds);
	str_addf(to, ", %zu", fds->n_items);
}

void action_print(struct str *to, const struct action *action)
{
	const char *comma = "";

	if (action->kind != ACTION_CALL) {
		deed_print(to, action);
		return;
	}
	print_names(to, action, false);
	str_addf(to, "%s(", action->call->name);
	for (size_t i = 0; i < action->n_args; i++) {
		const struct param *param = param_of(action->call, i);

		if (param->kind == PARAM_PAIR && names_both(action))
			continue;
		str_add(to, comma);
		comma = ", ";
		if (param->kind == PARAM_POLLFDS)
			print_pollfds(to, &action->args[i]);
		else
			arg_print(to, &action->args[i]);
	}
	str_addc(to, ')');
}

/* Whether what is left out would be filled in with the same. */
static bool is_default(const struct action *action, size_t i)
{
	const struct param *param = param_of(action->call, i);
	const struct arg *arg = &action->args[i];
	struct arg fallback;
	struct scan scan;
	bool same;

	if (!param->fallback)
		return param->kind == PARAM_LENGTH && arg->kind == ARG_NUMBER &&
		       arg->number == (long)arg[-1].len;
	if (param->kind == PARAM_POLLFDS && arg->n_items == 1)
		arg = &arg->items[0];
	if (param->kind == PARAM_PAIR && names_both(action))
		return true;
	scan = scan_start(param->fallback);
	same = arg_scan(&scan, &fallback) && arg_same(arg, &fallback);
	str_free(&scan.wrong);
	arg_free(&fallback);
	return same;
}

/* An address that jumps over the length and flags before it: sendto(sock, "hi", addr(b)). */
static bool jumped_over(const struct action *action, size_t i)
{
	const struct param *param = param_of(action->call, i);

	if (param->kind != PARAM_LENGTH && param->kind != PARAM_INT)
		return false;
	for (; i < action->n_args && param_of(action->call, i)->kind != PARAM_ADDRESS; i++)
		if (!is_default(action, i))
			return false;
	return i < action->n_args && action->args[i].kind != ARG_WORD;
}

static void print_pollfds_short(struct str *to, const struct arg *fds)
{
	if (fds->n_items == 1) {
		arg_print(to, &fds->items[0].items[0]);
		str_add(to, ", ");
		fds = &fds->items[0].items[1];
	}
	arg_print(to, fds);
}

void action_print_short(struct str *to, const struct action *action)
{
	size_t n = action->n_args;
	const char *comma = "";

	if (action->kind != ACTION_CALL) {
		deed_print(to, action);
		return;
	}
	print_names(to, action, true);
	while (n > 0 && is_default(action, n - 1))
		n--;
	str_addf(to, "%s(", action->call->name);
	for (size_t i = 0; i < n; i++) {
		const struct param *param = param_of(action->call, i);

		if (param->kind == PARAM_BUFFER || jumped_over(action, i))
			continue;
		str_add(to, comma);
		comma = ", ";
		if (param->kind == PARAM_POLLFDS)
			print_pollfds_short(to, &action->args[i]);
		else
			arg_print(to, &action->args[i]);
	}
	str_addc(to, ')');
}

bool action_same(const struct action *a, const struct action *b)
{
	if (a->kind != b->kind || a->call != b->call || a->n_args != b->n_args ||
	    a->deed != b->deed || a->signal != b->signal || a->ns != b->ns ||
	    a->misses != b->misses ||
	    !str_same(a->names[0], b->names[0]) || !str_same(a->names[1], b->names[1]))
		return false;
	for (size_t i = 0; i < a->n_args; i++)
		if (!arg_same(&a->args[i], &b->args[i]))
			return false;
	return true;
}

void action_free(struct action *action)
{
	if (!action)
		return;
	for (size_t i = 0; i < CALL_PARAMS; i++)
		arg_free(&action->args[i]);
	free(action->names[0]);
	free(action->names[1]);
	free(action);
}
