#include "export/goal.h"

#include "base/clock.h"
#include "base/text.h"
#include "lesson/grid.h"
#include "timeline/conduct.h"
#include "timeline/timeline.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 48, LAST_CALLS = 6, LAST_LINES = 20 };

static const struct event *event_at(const struct goal_run *g, size_t i)
{
	return &g->run.events->list.at[i];
}

static size_t event_count(const struct goal_run *g)
{
	return g->run.events->list.n;
}

static const struct table_row *row_at(const struct goal_run *g, int row)
{
	return &g->run.demo->table.rows.at[row - 1];
}

const char *goal_mark(enum verdict verdict, bool ascii)
{
	switch (verdict) {
	case VERDICT_HOLDS:
		return ascii ? "+" : "✓";
	case VERDICT_DIFFERS:
		return ascii ? "x" : "✗";
	case VERDICT_UNSEEN:
		return "?";
	case VERDICT_PENDING:
		break;
	}
	return ascii ? "." : "·";
}

/*
 * The program's events as lines.
 */

static bool is_program(const struct goal_run *g, const struct event *e)
{
	return e->role == g->program && e->kind != EVENT_VERDICT;
}

/* The CALL that event I, a RETURN or a BLOCKED, belongs to, or NULL. */
static const struct event *call_of(const struct goal_run *g, size_t i)
{
	const struct event *e = event_at(g, i);

	while (i-- > 0)
		if (event_at(g, i)->kind == EVENT_CALL && event_at(g, i)->role == e->role &&
		    event_at(g, i)->call == e->call)
			return event_at(g, i);
	return NULL;
}

/* Whether event I says what the program did: a call when it is over, a signal, an end. */
static bool tells(const struct goal_run *g, size_t i)
{
	const struct event *e = event_at(g, i);

	if (!is_program(g, e) || (e->row == 0 && !e->task))
		return false;
	return e->kind == EVENT_RETURN || e->kind == EVENT_SIGNAL || e->kind == EVENT_END ||
	       e->kind == EVENT_REFUSED;
}

/* `write(3, "GET\n", 4) = 4`; of the second thread or process `A.2: …`. */
static void add_event(struct str *to, const struct goal_run *g, size_t i)
{
	const struct event *e = event_at(g, i), *call;

	if (e->task > 1)
		str_addf(to, "%s.%u: ", e->role == ROLE_A ? "A" : "B", e->task);
	if (e->kind != EVENT_RETURN) {
		timeline_event_line(to, e);
		return;
	}
	call = call_of(g, i);
	if (call)
		str_addf(to, "%s ", call->text);
	timeline_result(to, e, SHOWN_BYTES);
}

/*
 * The table.
 */

/* A list in which the program does nothing: what it does has its own place, wherever its rows
 * are. Only the list is the caller's, what its events hold is not. */
static struct events without_program(const struct goal_run *g)
{
	struct events copy = {0};

	for (size_t i = 0; i < event_count(g); i++) {
		struct event e = *event_at(g, i);

		if (is_program(g, &e))
			e.kind = EVENT_READY;
		vec_push(&copy.list, e);
	}
	return copy;
}

/* What each row's outcome of the program was found in: the index of an event, or EVENT_NONE. The
 * caller frees it. */
static size_t *find_events(const struct goal_run *g)
{
	const struct score *score = g->score;
	size_t *at = mem_zero(score->rows.n + 1, sizeof *at), from = 0;
	struct conduct conduct = {0};

	for (size_t i = 0; i < score->rows.n; i++) {
		const struct cell *cell = &row_at(g, score->rows.at[i].row)->cell[g->program];
		int64_t now = event_count(g) ? event_at(g, event_count(g) - 1)->ns : 0;

		at[i] = EVENT_NONE;
		if (cell->kind != CELL_OUTCOME || score->rows.at[i].verdict != VERDICT_HOLDS ||
		    !conduct_find(&conduct, &cell->outcome, g->program, g->run.events, from, now,
				  &at[i]))
			continue;
		from = at[i] + 1;
	}
	conduct_free(&conduct);
	return at;
}

static int64_t start_of(const struct goal_run *g)
{
	for (size_t i = 0; i < event_count(g); i++)
		if (event_at(g, i)->kind == EVENT_ROW && event_at(g, i)->row == 1)
			return event_at(g, i)->ns;
	return 0;
}

static void add_found(struct str *to, const struct goal_run *g, size_t i)
{
	int64_t ns = event_at(g, i)->ns, start = start_of(g);

	if (!tells(g, i))
		return;
	str_addc(to, ' ');
	add_event(to, g, i);
	str_add(to, " +");
	clock_print(to, ns > start ? ns - start : 0);
}

/* What was seen in the place of a row that does not hold. */
static void add_instead(struct str *to, const struct goal_run *g, const struct score_row *row)
{
	const struct cell *cell;
	struct events until = *g->run.events;

	if (row->event == EVENT_NONE || row->verdict != VERDICT_DIFFERS)
		return;
	cell = &row_at(g, row->row)->cell[row->role];
	until.list.n = row->event + 1;
	outcome_seen_words(to, &cell->outcome, row->role, &until);
}

/* What is seen of a wait is that nothing happened. */
static bool is_wait(const struct goal_run *g, const struct score_row *row)
{
	return row_at(g, row->row)->cell[g->program].outcome.kind == OUTCOME_WAITS;
}

/* The column `Seen` of one row of the score, before what its script did. */
static void add_seen(struct str *to, const struct goal_run *g, size_t i, size_t found)
{
	const struct score_row *row = &g->score->rows.at[i];

	str_add(to, goal_mark(row->verdict, g->ascii));
	if (row->verdict == VERDICT_DIFFERS) {
		str_addc(to, ' ');
		add_instead(to, g, row);
	} else if (found != EVENT_NONE && !is_wait(g, row)) {
		add_found(to, g, found);
	}
}

/* What the script did in that row. */
static void add_script(struct str *to, const char *seen, bool after)
{
	if (!seen || !*seen)
		return;
	str_add(to, after ? "; " : " ");
	str_add(to, seen);
}

/* The table without a directive: it says how a demo is set up, and this is none. */
static void add_table(struct str *to, const struct goal_run *g, const struct seen *seen)
{
	struct str text = {0};
	const char *table;

	demo_print(&text, g->run.demo, seen->rows);
	table = strchr(str_text(&text), '|');
	str_add(to, table ? table : "");
	str_free(&text);
}

void export_goal(struct str *to, const struct goal_run *g)
{
	struct events events = without_program(g);
	struct run run = g->run;
	size_t *found = find_events(g);
	struct seen seen;

	run.events = &events;
	seen_collect(&seen, &run);
	for (size_t i = 0; i < g->score->rows.n; i++) {
		struct seen_row *row = &seen.rows[g->score->rows.at[i].row - 1];
		struct str text = {0};

		add_seen(&text, g, i, found[i]);
		add_script(&text, row->seen, strchr(str_text(&text), ' ') != NULL);
		free(row->seen);
		row->seen = str_take(&text);
	}
	for (size_t i = 0; i < seen.n; i++)
		for (int r = 0; r < ROLES; r++) {
			free(seen.rows[i].cell[r]);
			seen.rows[i].cell[r] = NULL;
		}
	add_table(to, g, &seen);
	seen_free(&seen);
	vec_free(&events.list);
	free(found);
}

/*
 * Why not.
 */

/* It looked whether something had happened, in passing, and nothing had: event loops do so again and
 * again. */
static bool is_glance(const struct goal_run *g, size_t i)
{
	const struct event *e = event_at(g, i), *call = call_of(g, i);

	return e->kind == EVENT_RETURN && e->u.ret.did == DID_WAIT && e->u.ret.result == 0 && call &&
	       e->ns - call->ns < CLOCK_MS;
}

static bool is_listed(const struct goal_run *g, size_t i)
{
	return tells(g, i) && !is_glance(g, i);
}

/* Where the last LAST_CALLS events before END begin that IS_SHOWN, or END: there is none. */
static size_t first_shown(const struct goal_run *g, size_t end,
			  bool (*is_shown)(const struct goal_run *g, size_t i))
{
	size_t first = end, n = 0;

	for (size_t i = end; i-- > 0 && n < LAST_CALLS;)
		if (is_shown(g, i)) {
			first = i;
			n++;
		}
	return first;
}

/* The last events of the program before END, oldest first. */
static void add_calls(struct str *to, const struct goal_run *g, size_t end)
{
	bool (*is_shown)(const struct goal_run *g, size_t i) = is_listed;
	size_t first = first_shown(g, end, is_shown);

	if (first == end)
		first = first_shown(g, end, is_shown = tells);
	if (first == end) {
		str_addf(to, "\n%s\n", _("The program has made no call on a socket or a pipe until then."));
		return;
	}
	str_addf(to, "\n%s\n\n", _("Its last calls until then:"));
	for (size_t i = first; i < end; i++) {
		if (!is_shown(g, i))
			continue;
		str_add(to, "    ");
		add_event(to, g, i);
		str_addc(to, '\n');
	}
}

static void add_wanted(struct str *to, const struct goal_run *g, const struct score_row *row)
{
	const struct cell *cell = &row_at(g, row->row)->cell[row->role];
	struct str seen = {0}, text = {0};

	add_instead(&seen, g, row);
	if (row->verdict == VERDICT_UNSEEN)
		str_addf(&text, _("Row %1$d cannot be seen on this machine. %2$s: wanted %3$s."),
			 row->row, role_name(row->role), cell->text);
	else if (row->verdict == VERDICT_DIFFERS)
		str_addf(&text, _("Row %1$d does not hold. %2$s: wanted %3$s, seen: %4$s."), row->row,
			 role_name(row->role), cell->text, str_text(&seen));
	else
		str_addf(&text, _("Row %1$d was not reached. %2$s: wanted %3$s."), row->row,
			 role_name(row->role), cell->text);
	goal_fold(to, str_text(&text), g->columns);
	str_free(&text);
	str_free(&seen);
}

void export_goal_why(struct str *to, const struct goal_run *g)
{
	const struct score *score = g->score;
	const struct score_row *row;

	if (score->trouble)
		str_addf(to, _("Row %1$d could not be carried out: %2$s\n"), score->trouble_row,
			 score->trouble);
	if (score->first == score->rows.n)
		return;
	row = &score->rows.at[score->first];
	add_wanted(to, g, row);
	add_calls(to, g, row->event == EVENT_NONE ? event_count(g) : row->event);
}

/*
 * What it printed.
 */

void export_goal_output(struct str *to, const struct goal_run *g)
{
	size_t lines = 0, skip = 0;

	for (size_t i = 0; i < event_count(g); i++)
		lines += event_at(g, i)->kind == EVENT_OUTPUT;
	if (lines == 0)
		return;
	if (lines > LAST_LINES)
		skip = lines - LAST_LINES;
	if (skip)
		str_addf(to, _("After %zu more lines it printed (1: standard output, 2: standard "
			       "error):\n\n"), skip);
	else
		str_addf(to, "%s\n\n",
			 _("It printed (1: standard output, 2: standard error):"));
	for (size_t i = 0, n = 0; i < event_count(g); i++) {
		const struct event *e = event_at(g, i);

		if (e->kind != EVENT_OUTPUT || n++ < skip)
			continue;
		str_addf(to, "    %d| %s\n", e->u.output.fd, e->text ? e->text : "");
		if (e->u.output.cut)
			str_addf(to, "    %s\n", _("(it prints too much; no more is kept)"));
	}
}

/*
 * What changed.
 */

void goal_states_take(struct goal_states *states, const struct goal_run *g)
{
	goal_states_free(states);
	for (size_t i = 0; i < g->score->rows.n; i++) {
		const struct score_row *row = &g->score->rows.at[i];
		struct str seen = {0};

		add_instead(&seen, g, row);
		vec_push(&states->list, (struct goal_state){row->verdict,
							    seen.len ? str_take(&seen) : NULL});
	}
}

void goal_states_free(struct goal_states *states)
{
	for (size_t i = 0; i < states->list.n; i++)
		free(states->list.at[i].seen);
	vec_free(&states->list);
}

static bool same_state(const struct goal_state *a, const struct goal_state *b)
{
	return a->verdict == b->verdict && str_same(a->seen, b->seen);
}

/* Two of them stand in a line, beside what the row wants. */
static void narrow(struct str *text, size_t columns)
{
	enum { BESIDE = 36, LEAST = 12 };
	size_t room = columns > BESIDE + 2 * LEAST ? (columns - BESIDE) / 2 : LEAST;
	struct str cut = {0};

	goal_fit(&cut, str_text(text), room);
	str_free(text);
	*text = cut;
}

static char *state_text(const struct goal_run *g, const struct goal_state *state)
{
	const char *mark = goal_mark(state->verdict, g->ascii);
	struct str text = {0};
	char *cell;

	str_add(&text, mark);
	if (state->seen)
		str_addf(&text, " %s", state->seen);
	if (g->columns)
		narrow(&text, g->columns);
	cell = grid_text(str_text(&text), false);
	str_free(&text);
	return cell;
}

/* `Process A: sends "GET\n"`, both outcomes where there are two. */
static char *wanted_text(const struct goal_run *g, int row)
{
	struct str s = {0};

	for (enum role r = ROLE_A; r < ROLE_NONE; r++) {
		const struct cell *cell = &row_at(g, row)->cell[r];
		char *text;

		if (cell->kind != CELL_OUTCOME)
			continue;
		text = grid_text(cell->text, true);
		str_addf(&s, "%s%s: %s", s.len ? "; " : "", r == ROLE_A ? "A" : "B", text);
		free(text);
	}
	return str_take(&s);
}

static size_t count_changes(const struct goal_states *before, const struct goal_states *now)
{
	size_t n = 0;

	for (size_t i = 0; i < now->list.n && i < before->list.n; i++)
		n += !same_state(&before->list.at[i], &now->list.at[i]);
	return n;
}

size_t export_goal_changes(struct str *to, const struct goal_run *g,
			   const struct goal_states *before, const struct goal_states *now)
{
	static const char *const heads[] = {N_("Row"), N_("Wanted"), N_("Before"), N_("Now")};
	size_t n = count_changes(before, now), line = 0;
	struct grid grid;

	if (n == 0)
		return 0;
	grid_start(&grid, n + 1, 4);
	for (size_t c = 0; c < 4; c++)
		*grid_cell(&grid, 0, c) = grid_text(_(heads[c]), false);
	for (size_t i = 0; i < now->list.n && i < before->list.n; i++) {
		if (same_state(&before->list.at[i], &now->list.at[i]))
			continue;
		line++;
		*grid_cell(&grid, line, 0) = str_make("%d", g->score->rows.at[i].row);
		*grid_cell(&grid, line, 1) = wanted_text(g, g->score->rows.at[i].row);
		*grid_cell(&grid, line, 2) = state_text(g, &before->list.at[i]);
		*grid_cell(&grid, line, 3) = state_text(g, &now->list.at[i]);
	}
	grid_print(to, &grid);
	grid_free(&grid);
	return n;
}
