#include "view/mdtable.h"

#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

enum { GAP = 3 /* columns of " │ " */ };

void table_share(const int *want, size_t n, int width, int *got)
{
	int left = width;
	size_t open = n;
	bool settled[TABLE_COLUMNS] = {false}, again = true;

	/* Whoever wants no more than an even share gets it; then the shares grow. */
	while (again && open > 0) {
		int share = left / (int)open;

		again = false;
		for (size_t i = 0; i < n; i++) {
			if (settled[i] || want[i] > share)
				continue;
			settled[i] = again = true;
			got[i] = want[i];
			left -= want[i];
			open--;
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (!settled[i]) {
			got[i] = left / (int)open;
			left -= got[i];
			open--;
		}
		if (got[i] < 1)
			got[i] = 1;
	}
}

static enum style span_style(const struct span *span, enum style plain)
{
	if (span->style & SPAN_CODE)
		return STYLE_CODE;
	if (span->style & SPAN_LINK)
		return STYLE_LINK;
	if (span->style & SPAN_STRONG)
		return STYLE_BOLD;
	if (span->style & SPAN_EM)
		return STYLE_EM;
	return span->style & (SPAN_STRIKE | SPAN_IMAGE) ? STYLE_DIM : plain;
}

static void add_footnote(struct flow *f, const struct span *span, struct links *links)
{
	char number[24];

	vec_push(&links->list, span->href);
	snprintf(number, sizeof number, "[%zu]", links->list.n);
	flow_text(f, STYLE_DIM, number);
}

void spans_flow(struct flow *f, const struct block *block, enum style style, struct links *links)
{
	for (size_t i = 0; i < block->spans.n; i++) {
		const struct span *s = &block->spans.at[i];
		const struct span *next = i + 1 < block->spans.n ? s + 1 : NULL;

		if (s->style & SPAN_BREAK) {
			flow_break(f);
			continue;
		}
		if (!s->text)
			continue;
		flow_text(f, span_style(s, style), s->text);
		if (s->href && !str_same(s->href, s->text) &&
		    !(next && str_same(next->href, s->href)))
			add_footnote(f, s, links);
	}
}

/* One row being set: each cell its own lines. */
struct grid {
	size_t n;
	int widths[TABLE_COLUMNS];
	enum align aligns[TABLE_COLUMNS];
	struct lines cells[TABLE_COLUMNS];
};

static void grid_cell_line(struct line *to, const struct grid *g, size_t column, size_t row)
{
	const struct lines *cell = &g->cells[column];
	const struct line *from = row < cell->list.n ? &cell->list.at[row] : NULL;
	int begin = line_columns(to), spare;

	if (from) {
		spare = g->widths[column] - line_columns(from);
		if (g->aligns[column] == ALIGN_RIGHT)
			line_pad(to, begin + spare);
		else if (g->aligns[column] == ALIGN_CENTER)
			line_pad(to, begin + spare / 2);
		for (size_t i = 0; i < from->runs.n; i++)
			line_add(to, from->runs.at[i].style, from->runs.at[i].text);
	}
	if (column + 1 < g->n) {
		line_pad(to, begin + g->widths[column]);
		line_add(to, STYLE_DIM, " │ ");
	}
}

static void grid_start(struct grid *g, size_t n, bool ascii)
{
	*g = (struct grid){.n = n < TABLE_COLUMNS ? n : TABLE_COLUMNS};
	for (size_t i = 0; i < g->n; i++)
		g->cells[i].ascii = ascii;
}

/* Append the row's lines and empty its cells. */
static void grid_row(struct lines *out, struct grid *g, const char *prefix)
{
	size_t height = 1;

	for (size_t i = 0; i < g->n; i++)
		if (g->cells[i].list.n > height)
			height = g->cells[i].list.n;
	for (size_t row = 0; row < height; row++) {
		struct line *line = lines_add(out);

		line->glue = true;
		line_add(line, STYLE_DIM, prefix);
		for (size_t i = 0; i < g->n; i++)
			grid_cell_line(line, g, i, row);
	}
	for (size_t i = 0; i < g->n; i++)
		lines_free(&g->cells[i]);
}

static void grid_rule(struct lines *out, const struct grid *g, const char *prefix)
{
	struct line *line = lines_add(out);

	line->glue = true;
	line_add(line, STYLE_DIM, prefix);
	for (size_t i = 0; i < g->n; i++) {
		for (int k = 0; k < g->widths[i]; k++)
			line_add(line, STYLE_DIM, "─");
		if (i + 1 < g->n)
			line_add(line, STYLE_DIM, "─┼─");
	}
}

/* What the cells of a table would take if nothing were wrapped. */
static void table_wants(const struct block *table, int *want, size_t n)
{
	for (size_t r = 0; r < table->children.n; r++) {
		const struct block *row = &table->children.at[r];

		for (size_t i = 0; i < row->children.n && i < n; i++) {
			const struct block *cell = &row->children.at[i];
			int columns = 0;

			for (size_t k = 0; k < cell->spans.n; k++)
				if (cell->spans.at[k].text)
					columns += (int)utf8_columns(cell->spans.at[k].text) +
						   (cell->spans.at[k].href ? 3 : 0);
			if (columns > want[i])
				want[i] = columns;
		}
	}
}

static void set_cell(struct lines *out, const struct block *cell, int width, bool head,
		     struct links *links)
{
	struct flow *f = flow_start(out, width, NULL, NULL, STYLE_NORMAL);

	spans_flow(f, cell, head ? STYLE_BOLD : STYLE_NORMAL, links);
	flow_end(f);
}

void table_lines(struct lines *out, const struct block *table, int width, const char *prefix,
		 struct links *links)
{
	const struct block *head = table->children.n ? &table->children.at[0] : NULL;
	size_t n = head ? head->children.n : 0;
	struct grid g;
	int want[TABLE_COLUMNS] = {0};

	grid_start(&g, n, out->ascii);
	if (g.n == 0)
		return;
	table_wants(table, want, g.n);
	table_share(want, g.n, width - GAP * (int)(g.n - 1), g.widths);
	for (size_t i = 0; i < g.n; i++)
		g.aligns[i] = head->children.at[i].align;
	for (size_t r = 0; r < table->children.n; r++) {
		const struct block *row = &table->children.at[r];

		for (size_t i = 0; i < row->children.n && i < g.n; i++)
			set_cell(&g.cells[i], &row->children.at[i], g.widths[i], r == 0, links);
		grid_row(out, &g, prefix);
		if (r == 0)
			grid_rule(out, &g, prefix);
	}
	out->list.at[out->list.n - 1].glue = false;
}

static bool row_empty(const struct table_row *row)
{
	return row->cell[ROLE_A].kind == CELL_EMPTY && row->cell[ROLE_B].kind == CELL_EMPTY;
}

int demo_steps(const struct demo *demo)
{
	int steps = 0;

	for (size_t i = 0; i < demo->table.rows.n; i++)
		steps += !row_empty(&demo->table.rows.at[i]);
	return steps;
}

static void head_cell(struct lines *out, const struct demo *demo, enum role role, int width)
{
	const char *label = demo->setup[role].label;
	struct str s = {0};

	str_add(&s, role_name(role));
	if (label)
		str_addf(&s, " (%s)", label);
	flow_all(out, width, STYLE_BOLD, str_text(&s));
	str_free(&s);
}

static int demo_width(const struct demo *demo, int width)
{
	int want = 16;

	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			int columns = (int)utf8_columns(demo->table.rows.at[i].cell[role].text);

			want = columns > want ? columns : want;
		}
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		const char *label = demo->setup[role].label;
		int columns = label ? (int)utf8_columns(label) + 12 : 0;

		want = columns > want ? columns : want;
	}
	return want * 2 + GAP > width ? (width - GAP) / 2 : want;
}

static void demo_foot(struct lines *out, const struct demo *demo, int index, const char *prefix)
{
	struct line *line = lines_add(out);
	int steps = demo_steps(demo);
	struct str s = {0};

	str_addf(&s,
		 ngettext("▶ Enter runs it live · %1$s · link %2$s · %3$d row",
			  "▶ Enter runs it live · %1$s · link %2$s · %3$d rows",
			  (unsigned long)steps),
		 demo->id, link_spec(demo->link)->name, steps);
	line_add(line, STYLE_DIM, prefix);
	line_add(line, STYLE_DIM, str_text(&s));
	line->demo = index;
	line->demo_foot = true;
	str_free(&s);
}

static void demo_cell(struct lines *out, int width, const struct cell *cell, bool hidden)
{
	size_t first = out->list.n, n;

	n = flow_all(out, width, cell->kind == CELL_ACTION ? STYLE_CODE : STYLE_NORMAL, cell->text);
	if (!hidden)
		return;
	lines_cut(out, first);
	flow_all(out, width, STYLE_DIM, "?");
	while (out->list.n < first + n)
		lines_add(out);
}

void lab_foot(struct lines *out, const struct lesson *lesson, size_t lab, const char *prefix)
{
	struct line *line = lines_add(out);
	const struct demo *goal = lab_goal(lesson, &lesson->labs.at[lab]);
	struct str s = {0};

	if (goal->setup[ROLE_A].program || goal->setup[ROLE_B].program)
		str_addf(&s, _("▶ Enter takes it up, with a program of yours · lab %s"), goal->id);
	else
		str_addf(&s, _("▶ Enter takes it up · lab %1$s · link %2$s"), goal->id,
			 link_spec(goal->link)->name);
	line_add(line, STYLE_DIM, prefix);
	line_add(line, STYLE_DIM, str_text(&s));
	line->lab = (int)lab;
	line->demo_foot = true;
	str_free(&s);
}

void demo_lines(struct lines *out, const struct demo *demo, int index, int width,
		const char *prefix, const struct prediction *hidden)
{
	size_t first = out->list.n;
	struct grid g;

	grid_start(&g, ROLES, out->ascii);
	g.widths[0] = g.widths[1] = demo_width(demo, width);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		head_cell(&g.cells[role], demo, role, g.widths[role]);
	grid_row(out, &g, prefix);
	grid_rule(out, &g, prefix);
	for (size_t i = 0; i < demo->table.rows.n; i++) {
		const struct table_row *row = &demo->table.rows.at[i];

		if (row_empty(row))
			continue;
		for (enum role role = ROLE_A; role < ROLE_NONE; role++)
			demo_cell(&g.cells[role], g.widths[role], &row->cell[role],
				  hidden && predict_hides(hidden, demo, role, (int)i + 1));
		grid_row(out, &g, prefix);
	}
	for (size_t i = first; i < out->list.n; i++)
		out->list.at[i].demo = index;
	if (index >= 0)
		demo_foot(out, demo, index, prefix);
}
