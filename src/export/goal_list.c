/*
 * The goal as a list that a terminal has room for: a line for each row of it.
 */
#include "export/goal.h"

#include "base/utf8.h"

#include <string.h>

enum { NOTE_COLUMN = 38 };

/* What a row wants, of both roles where both are meant. */
static void add_wanted(struct str *to, const struct table_row *row)
{
	size_t before = to->len;

	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		if (row->cell[r].kind == CELL_OUTCOME)
			str_addf(to, "%s%s: %s", to->len > before ? "; " : "",
				 r == ROLE_A ? "A" : "B", row->cell[r].text);
}

static void add_note(struct str *line, const char *note)
{
	size_t columns = utf8_columns(str_text(line));

	str_addf(line, "%*s", columns < NOTE_COLUMN - 2 ? (int)(NOTE_COLUMN - columns) : 2, "");
	str_add(line, note);
}

void goal_fit(struct str *to, const char *text, size_t columns)
{
	if (!columns || utf8_columns(text) <= columns) {
		str_add(to, text);
		return;
	}
	str_addn(to, text, utf8_fit(text, strlen(text), columns - 1));
	str_add(to, "…");
}

void goal_fold(struct str *to, const char *text, size_t columns)
{
	size_t used = 0;

	while (*text) {
		size_t n = strcspn(text, " "), width = utf8_columns_n(text, n);

		if (columns && used && used + 1 + width > columns) {
			str_addc(to, '\n');
			used = 0;
		} else if (used) {
			str_addc(to, ' ');
			used++;
		}
		str_addn(to, text, n);
		used += width;
		text += n + (text[n] == ' ');
	}
	str_addc(to, '\n');
}

void export_goal_list(struct str *to, const struct goal_run *g)
{
	for (size_t i = 0; i < g->score->rows.n; i++) {
		const struct score_row *found = &g->score->rows.at[i];
		const struct table_row *row = &g->run.demo->table.rows.at[found->row - 1];
		struct str line = {0};

		str_addf(&line, " %s %2d  ", goal_mark(found->verdict, g->ascii), found->row);
		add_wanted(&line, row);
		if (row->note)
			add_note(&line, row->note);
		goal_fit(to, str_text(&line), g->columns);
		str_addc(to, '\n');
		str_free(&line);
	}
}
