/*
 * Two runs beside each other, as a Markdown table and as JSON lines (doc/EVENTS.md).
 */
#include "export/export.h"

#include "base/text.h"
#include "lesson/grid.h"

#include <jansson.h>
#include <string.h>

enum { COLUMN_ROW, COLUMN_RUNS, COLUMN_MARK = COLUMN_RUNS + RUNS * ROLES, COLUMNS };

static size_t column_of(int run, enum role role)
{
	return (size_t)(COLUMN_RUNS + run * ROLES) + role;
}

static const struct cell *cell_of(const struct compared *c, const struct compare_row *row, int run,
				  enum role role)
{
	return row->row[run] ? &c->run[run].table->rows.at[row->row[run] - 1].cell[role] : NULL;
}

static void fill_header(struct grid *grid, const struct compared *c)
{
	*grid_cell(grid, 0, COLUMN_ROW) = grid_text(_("Row"), false);
	for (int run = 0; run < RUNS; run++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			bool link = str_same(c->key, "link");
			char *head = str_make("%s · %s%s%s", role == ROLE_A ? "A" : "B",
					      link ? "" : c->key, link ? "" : "=",
					      c->value[run]);

			*grid_cell(grid, 0, column_of(run, role)) = grid_text(head, false);
			free(head);
		}
}

/* `send()` → `EPIPE`; an outcome cell is what was seen in its place. */
static char *cell_text(const struct cell *cell, const struct sight *sight)
{
	struct str s = {0}, words = {0};
	char *part;

	if (cell->kind == CELL_ACTION) {
		part = grid_text(cell->text, true);
		str_add(&s, part);
		free(part);
	}
	sight_words(&words, sight, cell);
	if (words.len) {
		part = grid_text(str_text(&words), sight->kind == SIGHT_SEEN);
		str_addf(&s, "%s%s", s.len ? " → " : "", part);
		free(part);
	}
	if (sight->wire)
		str_addf(&s, "%s%s", s.len ? " · " : "", sight->wire);
	str_free(&words);
	return str_take(&s);
}

static char *mark_text(const struct compared *c, size_t i)
{
	const struct compare_row *row = &c->comparison->rows.at[i];

	if (i == c->comparison->first)
		return str_make("**%s**", _("here the two part"));
	if (row->differs[ROLE_A] || row->differs[ROLE_B])
		return mem_strdup(_("differs"));
	if (!row->row[0] || !row->row[1])
		return mem_strdup(_("only in one"));
	return mem_strdup("");
}

static void fill_row(struct grid *grid, const struct compared *c, size_t i)
{
	const struct compare_row *row = &c->comparison->rows.at[i];

	*grid_cell(grid, i + 1, COLUMN_ROW) =
		row->row[0] ? str_make("%d", row->row[0]) : mem_strdup("+");
	for (int run = 0; run < RUNS; run++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			const struct cell *cell = cell_of(c, row, run, role);

			if (cell)
				*grid_cell(grid, i + 1, column_of(run, role)) =
					cell_text(cell, &row->sight[run][role]);
		}
	*grid_cell(grid, i + 1, COLUMN_MARK) = mark_text(c, i);
}

void export_compare(struct str *to, const struct compared *c)
{
	struct grid grid;

	grid_start(&grid, c->comparison->rows.n + 1, COLUMNS);
	fill_header(&grid, c);
	for (size_t i = 0; i < c->comparison->rows.n; i++)
		fill_row(&grid, c, i);
	str_addf(to, "%s: %s=%s | %s=%s\n\n", c->name, c->key, c->value[0], c->key, c->value[1]);
	grid_print(to, &grid);
	str_addf(to, "\n%s\n", c->words);
	grid_free(&grid);
}

/*
 * JSON.
 */

static const char *kind_name(enum sight_kind kind)
{
	switch (kind) {
	case SIGHT_NONE:
		break;
	case SIGHT_AHEAD:
		return "ahead";
	case SIGHT_SEEN:
		return "seen";
	case SIGHT_NOTHING:
		return "nothing";
	case SIGHT_UNSEEN:
		return "unseen";
	case SIGHT_UNMADE:
		return "unmade";
	}
	return "none";
}

static json_t *sight_json(const struct cell *cell, const struct sight *sight)
{
	json_t *o = json_object();

	json_object_set_new(o, "cell", json_string(cell->text));
	json_object_set_new(o, "kind", json_string(kind_name(sight->kind)));
	if (sight->saw)
		json_object_set_new(o, "saw", json_string(sight->saw));
	if (sight->wire)
		json_object_set_new(o, "wire", json_string(sight->wire));
	return o;
}

static json_t *run_json(const struct compared *c, const struct compare_row *row, int run)
{
	static const char *const names[ROLES] = {"a", "b"};
	json_t *o = json_object();

	json_object_set_new(o, c->key, json_string(c->value[run]));
	if (row->row[run])
		json_object_set_new(o, "row", json_integer(row->row[run]));
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		const struct cell *cell = cell_of(c, row, run, role);

		if (cell && (cell->kind != CELL_EMPTY || row->sight[run][role].wire))
			json_object_set_new(o, names[role],
					    sight_json(cell, &row->sight[run][role]));
	}
	return o;
}

static void add_line(struct str *to, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT);

	str_addf(to, "%s\n", text);
	free(text);
	json_decref(o);
}

static void add_row(struct str *to, const struct compared *c, size_t i)
{
	const struct compare_row *row = &c->comparison->rows.at[i];
	json_t *o = json_object(), *runs = json_array();

	json_object_set_new(o, "kind", json_string("row"));
	for (int run = 0; run < RUNS; run++)
		json_array_append_new(runs, run_json(c, row, run));
	json_object_set_new(o, "runs", runs);
	json_object_set_new(o, "differs", json_boolean(row->differs[ROLE_A] ||
						       row->differs[ROLE_B]));
	add_line(to, o);
}

void export_compare_json(struct str *to, const struct compared *c)
{
	json_t *o = json_object();

	for (size_t i = 0; i < c->comparison->rows.n; i++)
		add_row(to, c, i);
	json_object_set_new(o, "kind", json_string("comparison"));
	json_object_set_new(o, "demo", json_string(c->name));
	json_object_set_new(o, "differences", json_integer((json_int_t)c->comparison->differences));
	if (c->comparison->first != SIZE_MAX)
		json_object_set_new(o, "first", json_integer((json_int_t)c->comparison->first + 1));
	json_object_set_new(o, "words", json_string(c->words));
	add_line(to, o);
}
