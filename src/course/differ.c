/*
 * differ.c - how a live run differs from the rehearsed one.
 */
#include "course/rehearsal.h"

#include "base/text.h"
#include "lesson/variant.h"

/* `Process A: = 5, rehearsed ECONNRESET` */
static void difference_words(struct str *to, const struct comparison *c, const struct demo *demo)
{
	const struct compare_row *row = &c->rows.at[c->first];
	enum role role = c->first_role;
	const struct cell *cell = &demo->table.rows.at[row->row[0] - 1].cell[role];
	struct str live = {0}, then = {0};

	sight_words(&live, &row->sight[0][role], cell);
	sight_words(&then, &row->sight[1][role], cell);
	str_addf(to, _("%1$s: %2$s, rehearsed %3$s"), role_name(role), str_text(&live),
		 str_text(&then));
	str_free(&live);
	str_free(&then);
}

bool rehearsal_differs(struct str *to, const struct demo *demo, const struct events *live,
		       const struct events *rehearsed)
{
	const struct compare_run runs[RUNS] = {
		variant_run(demo, live, live->list.n),
		variant_run(demo, rehearsed, rehearsed->list.n),
	};
	struct comparison c;
	bool differs;

	compare_make(&c, runs, variant_number_varies);
	differs = c.first != SIZE_MAX;
	if (differs)
		difference_words(to, &c, demo);
	comparison_free(&c);
	return differs;
}
