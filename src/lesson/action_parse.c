/*
 * action_parse.c - `NAME = FUNCTION(ARGS)`.
 */
#include "lesson/parse.h"

#include "base/mem.h"
#include "lesson/arg.h"
#include "lesson/hint.h"

#include <stdlib.h>
#include <string.h>

static const char *call_name_at(size_t i)
{
	const struct call *call = call_at(i);

	return call ? call->name : NULL;
}

static bool no_function(struct scan *scan, struct word word)
{
	const char *near = word_nearest(word, call_name_at);
	char *meant = hint_cell(word.p);

	if (meant)
		scan_fail(scan, "no function '%.*s' (did you mean '%s'?)", word_show(word), word.p,
			  meant);
	free(meant);
	if (near)
		return scan_fail(scan, "no function '%.*s' (did you mean '%s'?)", word_show(word),
				 word.p, near);
	return scan_fail(scan, "no function '%.*s'; the notation has those for sockets, such as "
			       "send(), recv() and close()", word_show(word), word.p);
}

/* Whether a result may be kept under NAME. */
static bool name_is_free(struct scan *scan, const char *name)
{
	static const char *const kept[] = {"buf", "handler", "addr"};

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (str_same(name, kept[i]))
			return scan_fail(scan, "'%s' is a word of the notation; choose another "
					       "name", name);
	for (const char *p = name; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			return true;
	return scan_fail(scan, "the name '%s' needs a lower-case letter, so that it is no "
			       "constant", name);
}

static bool scan_left_name(struct scan *scan, char **name)
{
	*name = arg_scan_name(scan);
	if (!*name)
		return scan_fail(scan, "a name must stand before =");
	return name_is_free(scan, *name);
}

/* `NAME =` or `NAME, NAME =`, when an = comes before the parenthesis. */
static bool scan_left(struct scan *scan, struct action *action)
{
	size_t before = strcspn(scan->p, "=(\"");

	if (scan->p[before] != '=')
		return true;
	if (!scan_left_name(scan, &action->names[0]))
		return false;
	if (scan_take(scan, ',') && !scan_left_name(scan, &action->names[1]))
		return false;
	if (!scan_take(scan, '='))
		return scan_expected(scan, "=, as in fd = dup(sock),");
	return true;
}

static bool scan_written(struct scan *scan, const struct call *call, struct written *written)
{
	if (scan_take(scan, ')'))
		return true;
	do {
		if (written->n == CALL_PARAMS)
			return scan_fail(scan, "too many arguments for %s()", call->name);
		if (!arg_scan(scan, &written->args[written->n]))
			return false;
		written->n++;
	} while (scan_take(scan, ','));
	if (scan_take(scan, ')'))
		return true;
	if (scan_at_end(scan))
		return scan_fail(scan, "%s( has no closing parenthesis", call->name);
	return scan_expected(scan, "a comma or a )");
}

/* pipe(fds) and fds = pipe() both define fds[0] and fds[1]; r, w = pipe() names them itself. */
static void name_pair(struct action *action)
{
	struct arg *pair = &action->args[action->n_args - 1];

	if (action->names[1]) {
		free(pair->text);
		pair->text = mem_strdup("fds");
		return;
	}
	if (action->names[0]) {
		free(pair->text);
		pair->text = action->names[0];
	}
	action->names[0] = str_make("%s[0]", pair->text);
	action->names[1] = str_make("%s[1]", pair->text);
}

static bool set_names(struct scan *scan, struct action *action)
{
	const struct call *call = action->call;
	const char *first = action->names[0];

	if (call->result == RESULT_PAIR) {
		if (first && !action->names[1] && strchr(first, '['))
			return scan_fail(scan, "%s() gives two descriptors; name both: r, w = "
					       "%s()", call->name, call->name);
		if (first && action->names[1] && str_same(first, action->names[1]))
			return scan_fail(scan, "the two names are the same");
		name_pair(action);
		return name_is_free(scan, action->names[0]);
	}
	if (action->names[1])
		return scan_fail(scan, "%s() gives one result; only pipe() and socketpair() give "
				       "two", call->name);
	if (first && call->result == RESULT_NEVER)
		return scan_fail(scan, "%s() never returns, so nothing can be kept of it",
				 call->name);
	if (!first && call->defines)
		action->names[0] = mem_strdup(call->defines);
	return true;
}

bool action_scan_call(struct scan *scan, struct action *action)
{
	struct written written = {0};
	struct word word;
	bool right;

	action->kind = ACTION_CALL;
	if (!scan_left(scan, action))
		return false;
	if (!scan_word(scan, &word))
		return scan_expected(scan, "a function");
	action->call = call_find(word.p, word.len);
	if (!action->call)
		return no_function(scan, word);
	if (!scan_take(scan, '('))
		return scan_fail(scan, "%s needs its parentheses: %s()", action->call->name,
				 action->call->name);
	right = scan_written(scan, action->call, &written) && fit_args(scan, action, &written);
	written_free(&written);
	scan_take(scan, ';');
	return right && set_names(scan, action);
}
