#include "timeline/compare.h"

#include "timeline/sight.h"

#include <string.h>

/*
 * Rows, aligned: the fewest rows changed, put in or taken out that make the one table the other.
 */

static bool same_row(const struct table_row *a, const struct table_row *b)
{
	for (int role = 0; role < ROLES; role++)
		if (!str_same(a->cell[role].text, b->cell[role].text))
			return false;
	return true;
}

/* costs[i * (m + 1) + j]: of making the first i rows of the one the first j of the other. */
struct alignment {
	const struct table *table[RUNS];
	size_t n, m;
	unsigned *costs;
};

static unsigned *cost_at(const struct alignment *a, size_t i, size_t j)
{
	return &a->costs[i * (a->m + 1) + j];
}

/* A row that was changed is one of the same kind; else the one went and the other came. */
static unsigned cost_of_pair(const struct alignment *a, size_t i, size_t j)
{
	const struct table_row *one = &a->table[0]->rows.at[i - 1];
	const struct table_row *other = &a->table[1]->rows.at[j - 1];
	unsigned before = *cost_at(a, i - 1, j - 1);

	if (same_row(one, other))
		return before;
	return before + (one->cell[ROLE_A].kind == other->cell[ROLE_A].kind &&
			 one->cell[ROLE_B].kind == other->cell[ROLE_B].kind ? 1 : 3);
}

static void fill_costs(struct alignment *a)
{
	for (size_t i = 0; i <= a->n; i++)
		for (size_t j = 0; j <= a->m; j++) {
			unsigned least = (unsigned)(i + j);

			if (i > 0 && j > 0 && cost_of_pair(a, i, j) < least)
				least = cost_of_pair(a, i, j);
			if (i > 0 && *cost_at(a, i - 1, j) + 1 < least)
				least = *cost_at(a, i - 1, j) + 1;
			if (j > 0 && *cost_at(a, i, j - 1) + 1 < least)
				least = *cost_at(a, i, j - 1) + 1;
			*cost_at(a, i, j) = least;
		}
}

static void add_pair(struct comparison *c, size_t i, size_t j)
{
	vec_push(&c->rows, (struct compare_row){.row = {(int)i, (int)j}});
}

static void turn_round(struct comparison *c)
{
	for (size_t i = 0; i < c->rows.n / 2; i++) {
		struct compare_row row = c->rows.at[i];

		c->rows.at[i] = c->rows.at[c->rows.n - 1 - i];
		c->rows.at[c->rows.n - 1 - i] = row;
	}
}

static void align(struct comparison *c, const struct table *one, const struct table *other)
{
	struct alignment a = {{one, other}, one->rows.n, other->rows.n, NULL};
	size_t i = a.n, j = a.m;

	a.costs = mem_zero((a.n + 1) * (a.m + 1), sizeof *a.costs);
	fill_costs(&a);
	while (i > 0 || j > 0) {
		if (i > 0 && j > 0 && *cost_at(&a, i, j) == cost_of_pair(&a, i, j)) {
			add_pair(c, i--, j--);
		} else if (i > 0 && *cost_at(&a, i, j) == *cost_at(&a, i - 1, j) + 1) {
			add_pair(c, i--, 0);
		} else {
			add_pair(c, 0, j--);
		}
	}
	turn_round(c);
	free(a.costs);
}

/*
 * Cells, compared.
 */

static void take_sights(struct comparison *c, const struct sights sights[RUNS])
{
	for (size_t i = 0; i < c->rows.n; i++) {
		struct compare_row *r = &c->rows.at[i];

		r->over = true;
		for (int run = 0; run < RUNS; run++) {
			for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
				struct sight none = {.call = EVENT_NONE, .result = EVENT_NONE};
				struct sight *from = r->row[run] ? sight_at(&sights[run],
									    r->row[run], role)
								 : &none;

				r->sight[run][role] = *from;
				*from = none;
			}
			r->over = r->over && r->row[run] <= sights[run].over;
		}
	}
}

static bool sight_differs(const struct sight *a, const struct sight *b)
{
	if (a->kind == SIGHT_UNSEEN || b->kind == SIGHT_UNSEEN || a->kind == SIGHT_AHEAD ||
	    b->kind == SIGHT_AHEAD)
		return false;
	return a->kind != b->kind || !str_same(a->same, b->same);
}

static void mark(struct comparison *c, size_t i, enum role role)
{
	c->rows.at[i].differs[role] = true;
	c->differences++;
	if (i >= c->first)
		return;
	c->first = i;
	c->first_role = role;
}

static void compare_cells(struct comparison *c)
{
	for (size_t i = 0; i < c->rows.n; i++) {
		const struct compare_row *r = &c->rows.at[i];

		for (enum role role = ROLE_A; role < ROLE_NONE; role++)
			if (r->over && r->row[0] && r->row[1] &&
			    sight_differs(&r->sight[0][role], &r->sight[1][role]))
				mark(c, i, role);
	}
}

static size_t find_row(const struct comparison *c, int run, int row)
{
	size_t i = 0;

	while (i < c->rows.n && c->rows.at[i].row[run] != row)
		i++;
	return i;
}

/* Whether FIN and RST can be seen: of TCP alone. */
static bool has_flags(const struct compare_run *run)
{
	return run->wired && run->stream;
}

/* When all cells are the same, the segments that no cell speaks of may still not be. In which
 * row they were seen is chance; that they were is known when both runs are over. */
static void compare_wires(struct comparison *c, const struct sights s[RUNS])
{
	for (enum role role = ROLE_A; role < ROLE_NONE && !c->differences; role++) {
		int run = s[0].flag_row[role] ? 0 : 1;

		if (s[0].flags[role] != s[1].flags[role])
			mark(c, find_row(c, run, s[run].flag_row[role]), role);
	}
}

void compare_make(struct comparison *c, const struct compare_run run[RUNS],
		  bool (*varies)(const struct action *))
{
	struct sights sights[RUNS];

	*c = (struct comparison){.first = SIZE_MAX};
	align(c, run[0].table, run[1].table);
	for (int i = 0; i < RUNS; i++)
		sights_make(&sights[i], &run[i], varies);
	take_sights(c, sights);
	compare_cells(c);
	if (has_flags(&run[0]) && has_flags(&run[1]) && sights[0].done && sights[1].done)
		compare_wires(c, sights);
	for (int i = 0; i < RUNS; i++)
		sights_free(&sights[i]);
}

void comparison_free(struct comparison *c)
{
	for (size_t i = 0; i < c->rows.n; i++)
		for (int run = 0; run < RUNS; run++)
			for (int role = 0; role < ROLES; role++)
				sight_clear(&c->rows.at[i].sight[run][role]);
	vec_free(&c->rows);
	*c = (struct comparison){.first = SIZE_MAX};
}
