/*
 * introduce.c - no demo uses a call that the text has not named.
 *
 * A call is named as `send()` or `send(sock, "hello")` in code, in any text: a paragraph, a
 * heading, a list, a table that is no demo.
 */
#include "course/course.h"

#include "lesson/action.h"

#include <ctype.h>
#include <string.h>

static bool is_introduced(const struct introduced *in, const struct call *call)
{
	for (size_t i = 0; i < in->calls.n; i++)
		if (in->calls.at[i] == call)
			return true;
	return false;
}

static void introduce(struct introduced *in, const struct call *call)
{
	if (!is_introduced(in, call))
		vec_push(&in->calls, call);
}

/* Each `name(` in TEXT. */
static void read_code(struct introduced *in, const char *text)
{
	for (const char *open = strchr(text, '('); open; open = strchr(open + 1, '(')) {
		const char *start = open;
		const struct call *call;

		while (start > text && (isalnum((unsigned char)start[-1]) || start[-1] == '_'))
			start--;
		call = call_find(start, (size_t)(open - start));
		if (call)
			introduce(in, call);
	}
}

static void read_spans(struct introduced *in, const struct spans *spans)
{
	for (size_t i = 0; i < spans->n; i++)
		if (spans->at[i].style & SPAN_CODE)
			read_code(in, spans->at[i].text);
}

static void check_cell(struct introduced *in, const struct lesson *lesson,
		       const struct table_row *row, enum role role, struct errs *errs)
{
	const struct cell *cell = &row->cell[role];

	if (cell->kind != CELL_ACTION || cell->action->kind != ACTION_CALL ||
	    is_introduced(in, cell->action->call))
		return;
	errs_add(errs, lesson->file, row->line, "%s() is used before the text has named it; write "
		 "`%s()` in the text above, or in an earlier lesson", cell->action->call->name,
		 cell->action->call->name);
	introduce(in, cell->action->call); /* said once */
}

static void check_table(struct introduced *in, const struct lesson *lesson,
			const struct table *table, struct errs *errs)
{
	for (size_t i = 0; i < table->rows.n; i++) {
		check_cell(in, lesson, &table->rows.at[i], ROLE_A, errs);
		check_cell(in, lesson, &table->rows.at[i], ROLE_B, errs);
	}
}

static void check_blocks(struct introduced *in, const struct lesson *lesson,
			 const struct blocks *blocks, struct errs *errs)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];

		if (b->kind == BLOCK_DEMO)
			check_table(in, lesson, &lesson->demos.at[b->demo].table, errs);
		if (b->kind == BLOCK_LAB)
			check_table(in, lesson, &lesson->lab_tables.at[b->demo].demo.table, errs);
		read_spans(in, &b->spans);
		check_blocks(in, lesson, &b->children, errs);
	}
}

void introduced_check(struct introduced *introduced, const struct lesson *lesson,
		      struct errs *errs)
{
	check_blocks(introduced, lesson, &lesson->blocks, errs);
}

void introduced_free(struct introduced *introduced)
{
	vec_free(&introduced->calls);
}
