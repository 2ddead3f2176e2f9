/*
 * Two programs as one Markdown table: a row for each call, in the order in which they were made,
 * with what came of it.
 */
#include "export/export.h"

#include "base/clock.h"
#include "base/text.h"
#include "lesson/grid.h"
#include "timeline/timeline.h"

enum { COLUMN_TIME, COLUMN_ROLE, COLUMN_TOOK = COLUMN_ROLE + ROLES, COLUMN_PEER, COLUMNS };
enum { SHOWN_BYTES = 32 };

/* What a row of the table is made of. */
struct line {
	const struct event *event;
	const struct event *ret;  /* of a call, NULL: it did not return */
	int64_t since;            /* of a call: when it began, after it was let go if it was held */
};

/* `A.2`: the second thread or process of A. */
static void add_task(struct str *to, enum role role, unsigned task)
{
	str_add(to, role == ROLE_A ? "A" : "B");
	if (task > 1)
		str_addf(to, ".%u", task);
}

static void add_line(struct str *to, const struct line *line)
{
	const struct event *e = line->event;

	if (e->task > 1) {
		add_task(to, e->role, e->task);
		str_add(to, ": ");
	}
	if (e->kind != EVENT_CALL) {
		timeline_event_line(to, e);
		return;
	}
	str_addf(to, "%s ", e->text);
	if (line->ret)
		timeline_result(to, line->ret, SHOWN_BYTES);
	else
		str_add(to, "= ?");
}

static char *time_text(int64_t ns)
{
	struct str s = {0};

	clock_print(&s, ns);
	return str_take(&s);
}

/* Who had the other end when the call was made, or when it had joined the two; or NULL. */
static const struct event_on *find_peer(const struct line *line)
{
	const struct event_on *on = &line->event->u.on;

	if (line->event->kind != EVENT_CALL)
		return NULL;
	if (on->known && on->peer_role != ROLE_NONE)
		return on;
	on = line->ret ? &line->ret->u.ret.on : NULL;
	return on && on->known && on->peer_role != ROLE_NONE ? on : NULL;
}

static void fill_row(struct grid *grid, size_t row, const struct line *line)
{
	const struct event *e = line->event;
	const struct event_on *on = find_peer(line);
	struct str s = {0};

	add_line(&s, line);
	*grid_cell(grid, row, COLUMN_TIME) = time_text(e->ns);
	*grid_cell(grid, row, (size_t)COLUMN_ROLE + e->role) = grid_text(str_text(&s), true);
	if (line->ret)
		*grid_cell(grid, row, COLUMN_TOOK) = time_text(line->ret->ns - line->since);
	if (on) {
		str_cut(&s, 0);
		add_task(&s, on->peer_role, on->peer_task);
		*grid_cell(grid, row, COLUMN_PEER) = str_make("%s %d", str_text(&s), on->peer_fd);
	}
	str_free(&s);
}

/* The LINES, one for each row of the table, from 1. What has no row of its own has row 0. */
static void collect(struct line *lines, const struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++) {
		const struct event *e = &events->list.at[i];

		if (e->row == 0 || e->role == ROLE_NONE)
			continue;
		if (e->kind == EVENT_RETURN) {
			lines[e->row].ret = e;
		} else if (e->kind != EVENT_BLOCKED && e->kind != EVENT_READY) {
			lines[e->row].since = e->ns;
			if (e->kind != EVENT_ROW)
				lines[e->row].event = e;
		}
	}
}

static size_t count_rows(const struct events *events)
{
	int most = 0;

	for (size_t i = 0; i < events->list.n; i++)
		if (events->list.at[i].row > most)
			most = events->list.at[i].row;
	return (size_t)most;
}

static void add_heads(struct str *to, struct grid *grid, const char *const command[ROLES])
{
	*grid_cell(grid, 0, COLUMN_TIME) = grid_text(_("Time"), false);
	*grid_cell(grid, 0, COLUMN_TOOK) = grid_text(_("Took"), false);
	*grid_cell(grid, 0, COLUMN_PEER) = grid_text(_("Other end"), false);
	for (enum role r = ROLE_A; r < ROLE_NONE; r++) {
		char *text = command[r] ? grid_text(command[r], true) : NULL;

		*grid_cell(grid, 0, (size_t)COLUMN_ROLE + r) = grid_text(role_name(r), false);
		if (text)
			str_addf(to, "- %s: %s\n", role_name(r), text);
		free(text);
	}
	str_addc(to, '\n');
}

void export_trace(struct str *to, const struct events *events, const char *const command[ROLES])
{
	size_t rows = count_rows(events), used = 0;
	struct line *lines = mem_zero(rows + 1, sizeof *lines);
	struct grid grid;

	grid_start(&grid, rows + 1, COLUMNS);
	collect(lines, events);
	add_heads(to, &grid, command);
	for (size_t i = 1; i <= rows; i++)
		if (lines[i].event)
			fill_row(&grid, ++used, &lines[i]);
	grid_print(to, &grid);
	grid_free(&grid);
	free(lines);
}
