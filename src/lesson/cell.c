/*
 * cell.c - one cell: an action, an outcome, or nothing.
 */
#include "lesson/action.h"

#include "base/mem.h"
#include "base/near.h"
#include "base/names.h"
#include "base/text.h"
#include "lesson/hint.h"
#include "lesson/parse.h"

#include <stdlib.h>
#include <string.h>

static const char *call_name_at(size_t i)
{
	const struct call *call = call_at(i);

	return call ? call->name : NULL;
}

/* A word that is neither an action nor an outcome. */
static bool fail_unknown(struct scan *scan)
{
	static const char *(*const lists[])(size_t i) = {
		call_name_at, outcome_word_at, director_word_at, errno_name_at, signal_name_at,
	};
	struct word word = {scan->p, strcspn(scan->p, " \t(=")};
	struct word text = {scan->p, strlen(scan->p)};
	char *copy = word_copy(word), *meant = hint_cell(scan->p);
	struct near near = near_start(copy);
	const char *name;

	near.best = meant;
	for (size_t list = 0; !meant && list < sizeof lists / sizeof *lists; list++)
		for (size_t i = 0; (name = lists[list](i)) != NULL; i++)
			near_offer(&near, name);
	if (near.best && call_find(near.best, strlen(near.best)))
		scan_fail(scan, "'%.*s' is neither an action nor an outcome (did you mean "
				"'%s()'?)", word_show(text), text.p, near.best);
	else if (near.best)
		scan_fail(scan, "'%.*s' is neither an action nor an outcome (did you mean '%s'?)",
			  word_show(text), text.p, near.best);
	else
		scan_fail(scan, "'%.*s' is neither an action, such as send(), nor an outcome, such "
				"as = 5 or EPIPE", word_show(text), text.p);
	free(meant);
	free(copy);
	return false;
}

static bool has_call(const struct scan *scan)
{
	struct scan ahead = scan_ahead(scan);
	struct word word;

	if (strchr(ahead.p, '=') || strchr(ahead.p, '('))
		return true;
	return scan_word(&ahead, &word) && scan_at_end(&ahead) && call_find(word.p, word.len);
}

static bool scan_action(struct scan *scan, struct action *action)
{
	if (action_scan_director(scan, action))
		return !scan->bad;
	if (!has_call(scan))
		return fail_unknown(scan);
	return action_scan_call(scan, action);
}

static bool scan_cell(struct scan *scan, struct cell *cell)
{
	bool right;

	if (outcome_begins(scan)) {
		cell->kind = CELL_OUTCOME;
		right = outcome_scan(scan, &cell->outcome);
	} else {
		cell->kind = CELL_ACTION;
		cell->action = mem_zero(1, sizeof *cell->action);
		right = scan_action(scan, cell->action);
	}
	if (right && !scan_at_end(scan))
		return scan_expected(scan, cell->kind == CELL_OUTCOME
			? N_("nothing more after the outcome (one cell is one outcome)")
			: N_("nothing more after the action (one cell is one action)"));
	return right;
}

static void clear(struct cell *cell)
{
	action_free(cell->action);
	outcome_free(&cell->outcome);
	cell->action = NULL;
	cell->outcome = (struct outcome){0};
	cell->kind = CELL_EMPTY;
}

int cell_parse(struct cell *cell, const char *text, const char *file, int line, struct errs *errs)
{
	struct scan scan = scan_start(text);
	int status = 0;

	clear(cell);
	if (!scan_at_end(&scan) && !scan_cell(&scan, cell)) {
		errs_add(errs, file, line, "%s", str_text(&scan.wrong));
		clear(cell);
		status = -1;
	}
	str_free(&scan.wrong);
	return status;
}

void cell_free(struct cell *cell)
{
	clear(cell);
	free(cell->text);
	*cell = (struct cell){0};
}
