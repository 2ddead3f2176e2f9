#include "view/keys.h"

enum { BAR_MOST = 24 };

enum op keys_find(const struct binding *table, uint32_t key)
{
	for (; table->keys[0]; table++)
		for (size_t i = 0; i < sizeof table->keys / sizeof *table->keys; i++)
			if (table->keys[i] && (table->keys[i] == key || table->keys[i] == KEYS_ANY))
				return table->op;
	return OP_NONE;
}

bool keys_scroll(int *down, enum op op)
{
	if (op == OP_UP)
		--*down;
	else if (op == OP_DOWN)
		++*down;
	else if (op == OP_PAGE_UP)
		*down -= SCROLL_PAGE;
	else if (op == OP_PAGE_DOWN)
		*down += SCROLL_PAGE;
	else if (op == OP_FIRST)
		*down = -SCROLL_FAR;
	else if (op == OP_LAST)
		*down = SCROLL_FAR;
	else
		return false;
	return true;
}

/* Columns of one entry with the gap after it. */
static int entry_columns(const struct canvas *c, const struct binding *b)
{
	return canvas_columns(c, _(b->label)) + 1 + canvas_columns(c, _(b->bar)) + 2;
}

void keys_bar(struct canvas *c, int y, const struct binding *table)
{
	const struct binding *shown[BAR_MOST];
	size_t n = 0;
	int need = 0, x = 1;

	for (; table->keys[0] && n < BAR_MOST; table++) {
		if (!table->bar)
			continue;
		shown[n++] = table;
		need += entry_columns(c, table);
	}
	/* What does not fit goes, from the third last on: help and leaving stay. */
	while (n > 2 && need > c->columns + 1) {
		need -= entry_columns(c, shown[n - 3]);
		shown[n - 3] = shown[n - 2];
		shown[n - 2] = shown[n - 1];
		n--;
	}
	for (size_t i = 0; i < n; i++) {
		x += canvas_text(c, x, y, c->columns - x, STYLE_KEY, _(shown[i]->label)) + 1;
		x += canvas_text(c, x, y, c->columns - x, STYLE_DIM, _(shown[i]->bar)) + 2;
	}
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

enum { HELP_FRAME = 4 /* lines of the help that are not its rows */ };

/* Rows of the help for TABLE, and how many go on one page of ROWS lines. */
static int help_rows(const struct binding *table)
{
	int n = 0;

	for (const struct binding *b = table; b->keys[0]; b++)
		n += b->help != NULL;
	return n;
}

static int help_page(int rows)
{
	return rows > HELP_FRAME ? rows - HELP_FRAME : 1;
}

bool keys_help_goes_on(const struct binding *table, int rows, int page)
{
	return (page + 1) * help_page(rows) < help_rows(table);
}

/* The widest label and the widest sentence. */
static void help_widths(const struct canvas *c, const struct binding *table, int *label, int *help)
{
	*label = *help = 0;
	for (const struct binding *b = table; b->keys[0]; b++) {
		if (!b->help)
			continue;
		*label = most(*label, canvas_columns(c, _(b->label)));
		*help = most(*help, canvas_columns(c, _(b->help)));
	}
}

void keys_help(struct canvas *c, const char *name, const struct binding *table, int page)
{
	int rows = help_page(c->rows), n = help_rows(table), skip;
	int label, help, w, h, x, y;

	/* The screen may have grown since. */
	while (page > 0 && page * rows >= n)
		page--;
	skip = page * rows;
	help_widths(c, table, &label, &help);
	w = label + help + 8;
	if (w > c->columns - 2)
		w = c->columns - 2;
	h = (n > rows ? rows : n) + HELP_FRAME;
	x = (c->columns - w) / 2;
	y = (c->rows - h) / 2;
	canvas_fill(c, x, y, w, h, STYLE_NORMAL, " ");
	canvas_box(c, x, y, w, h, name, STYLE_HEADING);
	if (keys_help_goes_on(table, c->rows, page))
		canvas_right(c, x, y + h - 1, w - 2, STYLE_DIM, _(" any key: more "));
	y += 2;
	for (const struct binding *b = table; b->keys[0] && rows > 0; b++) {
		if (!b->help || skip-- > 0)
			continue;
		canvas_text(c, x + 3, y, label, STYLE_KEY, _(b->label));
		canvas_short(c, x + 5 + label, y, w - label - 7, STYLE_NORMAL, _(b->help));
		y++;
		rows--;
	}
}
