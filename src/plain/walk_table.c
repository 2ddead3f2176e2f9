#include "plain/walk.h"

#include "view/mdtable.h"

static bool is_empty(const struct block *cell)
{
	return cell->spans.n == 0;
}

/* TEXT after the heading of its column, if that has one. */
static void add_cell(struct lines *out, const char *first, const char *rest,
		     const struct block *head, const struct block *text)
{
	struct flow *f = flow_start(out, PLAIN_COLUMNS, first, rest, STYLE_NORMAL);
	struct links links = {0};

	if (head && !is_empty(head)) {
		spans_flow(f, head, STYLE_NORMAL, &links);
		flow_text(f, STYLE_NORMAL, ": ");
	}
	spans_flow(f, text, STYLE_NORMAL, &links);
	flow_end(f);
	vec_free(&links.list);
}

void walk_table(const struct block *table)
{
	const struct block *head = &table->children.at[0];
	struct lines lines = {0};

	for (size_t r = 1; r < table->children.n; r++) {
		const struct block *row = &table->children.at[r];

		for (size_t i = 0; i < row->children.n && i < head->children.n; i++) {
			const struct block *cell = &row->children.at[i];

			if (!is_empty(cell))
				add_cell(&lines, i ? "    " : "• ", i ? "      " : "  ",
					 &head->children.at[i], cell);
		}
	}
	dialog_lines(&lines);
	lines_free(&lines);
}
