/*
 * same.c - whether two lessons hold the same records.
 */
#include "lesson/lesson.h"

#include "lesson/action.h"

#include <string.h>

/* Keep the innermost place where they differ. Always false. */
static bool differ(struct str *where, const char *what, int line)
{
	if (where && !where->len)
		str_addf(where, "%s, line %d", what, line);
	return false;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	if (a->kind != b->kind || a->code != b->code || !str_same(a->text, b->text))
		return false;
	switch (a->kind) {
	case CELL_EMPTY:
		return true;
	case CELL_ACTION:
		return action_same(a->action, b->action);
	case CELL_OUTCOME:
		return outcome_same(&a->outcome, &b->outcome);
	}
	return false;
}

static bool same_table(const struct table *a, const struct table *b, struct str *where)
{
	if (a->rows.n != b->rows.n)
		return differ(where, "number of rows", a->rows.n ? a->rows.at[0].line : 0);
	for (size_t i = 0; i < a->rows.n; i++) {
		const struct table_row *x = &a->rows.at[i], *y = &b->rows.at[i];

		if (!same_cell(&x->cell[ROLE_A], &y->cell[ROLE_A]) ||
		    !same_cell(&x->cell[ROLE_B], &y->cell[ROLE_B]) ||
		    !str_same(x->note, y->note))
			return differ(where, "row", x->line);
	}
	return true;
}

static bool same_notes(const struct demo *a, const struct demo *b)
{
	if (a->n_notes != b->n_notes)
		return false;
	for (size_t i = 0; i < a->n_notes; i++)
		if (!str_same(a->note_heads[i], b->note_heads[i]))
			return false;
	for (size_t i = 0; i < a->n_notes * a->table.rows.n; i++)
		if (!spans_same(&a->notes[i], &b->notes[i]))
			return false;
	return true;
}

static bool same_setup(const struct demo *a, const struct demo *b)
{
	for (int role = 0; role < ROLES; role++)
		if (!str_same(a->setup[role].label, b->setup[role].label) ||
		    a->setup[role].misses != b->setup[role].misses ||
		    a->setup[role].ignores_sigpipe != b->setup[role].ignores_sigpipe)
			return false;
	for (int id = 0; id < SETTINGS; id++)
		if (a->settings.of[id].given != b->settings.of[id].given ||
		    a->settings.of[id].value != b->settings.of[id].value)
			return false;
	return a->link == b->link && a->patience == b->patience && a->number == b->number &&
	       a->at_once.first == b->at_once.first && a->at_once.last == b->at_once.last;
}

static bool same_demo(const struct demo *a, const struct demo *b, struct str *where)
{
	if (!str_same(a->id, b->id) || !str_same(a->title, b->title))
		return differ(where, "id or title of a demo", a->line);
	if (!same_setup(a, b) || memcmp(a->given, b->given, sizeof a->given) != 0)
		return differ(where, "set-up of a demo", a->line);
	return same_table(&a->table, &b->table, where) &&
	       same_table(&a->prologue, &b->prologue, where) &&
	       (same_notes(a, b) || differ(where, "notes of a demo", a->line));
}

static bool same_blocks(const struct blocks *a, const struct blocks *b, struct str *where);

static bool same_block(const struct block *a, const struct block *b, struct str *where)
{
	if (a->kind != b->kind)
		return differ(where, "kind of block", a->line);
	if (a->level != b->level || a->task != b->task || a->align != b->align ||
	    a->tight != b->tight || a->demo != b->demo || a->aside != b->aside)
		return differ(where, "form of a block", a->line);
	if (!spans_same(&a->spans, &b->spans) || !str_same(a->text, b->text) ||
	    !str_same(a->info, b->info))
		return differ(where, "text of a block", a->line);
	return same_blocks(&a->children, &b->children, where);
}

static bool same_blocks(const struct blocks *a, const struct blocks *b, struct str *where)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (!same_block(&a->at[i], &b->at[i], where))
			return false;
	if (a->n != b->n)
		return differ(where, "number of blocks", a->n ? a->at[a->n - 1].line : 0);
	return true;
}

static bool same_labs(const struct lesson *a, const struct lesson *b, struct str *where)
{
	if (a->labs.n != b->labs.n || a->lab_tables.n != b->lab_tables.n)
		return differ(where, "number of labs or their tables", 0);
	for (size_t i = 0; i < a->lab_tables.n; i++) {
		const struct lab_table *x = &a->lab_tables.at[i], *y = &b->lab_tables.at[i];

		if (x->use != y->use || x->lab != y->lab || x->block != y->block)
			return differ(where, "use of a lab's table", x->demo.line);
		if (!same_demo(&x->demo, &y->demo, where))
			return false;
	}
	return true;
}

static bool same_front(const struct lesson *a, const struct lesson *b)
{
	if (!str_same(a->title, b->title) || !str_same(a->summary, b->summary) ||
	    a->minutes != b->minutes || a->order != b->order || a->after.n != b->after.n)
		return false;
	for (size_t i = 0; i < a->after.n; i++)
		if (!str_same(a->after.at[i], b->after.at[i]))
			return false;
	return true;
}

bool lesson_same(const struct lesson *a, const struct lesson *b, struct str *where)
{
	if (!same_front(a, b))
		return differ(where, "front matter", 1);
	if (!same_blocks(&a->blocks, &b->blocks, where))
		return false;
	if (a->demos.n != b->demos.n)
		return differ(where, "number of demos", 0);
	for (size_t i = 0; i < a->demos.n; i++)
		if (!same_demo(&a->demos.at[i], &b->demos.at[i], where))
			return false;
	return same_labs(a, b, where);
}
