/*
 * fuzz_cell.c - any bytes are a cell: an action, an outcome, nothing or an error.
 *
 * Both spellings of an action, and the one of an outcome, mean the same again.
 */
#include "lesson/action.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		abort();
	return 0;
}

static _Noreturn void fail(const char *why, const char *printed)
{
	fprintf(stderr, "%s: %s\n", why, printed);
	abort();
}

/* Whether TEXT is whole UTF-8 that a terminal may be given. */
static bool is_safe(const char *text)
{
	size_t n = strlen(text), step;

	for (size_t i = 0; i < n; i += step) {
		uint32_t cp;

		step = utf8_get(text + i, n - i, &cp);
		if (cp == 0xfffd ? step == 1 : !utf8_printable(cp))
			return false;
	}
	return true;
}

static void check_again(const struct cell *cell, struct str *printed)
{
	struct cell back = {0};
	struct errs errs = {0};

	if (cell_parse(&back, str_text(printed), "fuzz.md", 1, &errs) != 0)
		fail(errs.list.at[0].text, str_text(printed));
	if (back.kind != cell->kind)
		fail("another kind of cell", str_text(printed));
	if (cell->kind == CELL_ACTION && !action_same(cell->action, back.action))
		fail("another action", str_text(printed));
	if (cell->kind == CELL_OUTCOME && !outcome_same(&cell->outcome, &back.outcome))
		fail("another outcome", str_text(printed));
	cell_free(&back);
	errs_free(&errs);
	str_cut(printed, 0);
}

static void check_cell(const struct cell *cell)
{
	struct str printed = {0};

	switch (cell->kind) {
	case CELL_EMPTY:
		break;
	case CELL_ACTION:
		action_print(&printed, cell->action);
		check_again(cell, &printed);
		action_print_short(&printed, cell->action);
		check_again(cell, &printed);
		break;
	case CELL_OUTCOME:
		outcome_print(&printed, &cell->outcome);
		check_again(cell, &printed);
		break;
	}
	str_free(&printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cell cell = {0};
	struct errs errs = {0};
	char *text = utf8_clean((const char *)data, size);
	int status = cell_parse(&cell, text, "fuzz.md", 1, &errs);

	if ((status != 0) != (errs.list.n != 0) || (status != 0 && cell.kind != CELL_EMPTY))
		fail("an error that was not said", text);
	for (size_t i = 0; i < errs.list.n; i++)
		if (!is_safe(errs.list.at[i].text))
			fail("an error is not safe to print", text);
	check_cell(&cell);
	cell_free(&cell);
	errs_free(&errs);
	free(text);
	return 0;
}
