/*
 * The column `Seen`: what was observed while a row went on, in the order of time.
 */
#include "export/export.h"

#include "base/clock.h"
#include "timeline/timeline.h"

struct collector {
	const struct run *run;
	struct str *texts;    /* one a row */
	int64_t start;        /* of row 1 */
	size_t calls[ROLES];  /* the newest CALL, or EVENT_NONE */
	size_t returns[ROLES];/* its RETURN, or EVENT_NONE */
};

static const struct event *event_at(const struct run *run, size_t i)
{
	return &run->events->list.at[i];
}

/* Both columns may act in one row: then each line says whose it is. */
static bool both_act(const struct run *run, int row)
{
	const struct table_row *r = &run->demo->table.rows.at[row - 1];

	return r->cell[ROLE_A].kind != CELL_EMPTY && r->cell[ROLE_B].kind != CELL_EMPTY;
}

static bool whose_is_plain(const struct run *run, int row, enum role role)
{
	const struct table_row *r = &run->demo->table.rows.at[row - 1];

	return role == ROLE_NONE || (!both_act(run, row) && r->cell[role].kind != CELL_EMPTY);
}

static struct str *begin_item(struct collector *c, const struct event *e)
{
	struct str *text = &c->texts[e->row - 1];

	if (text->len)
		str_add(text, "; ");
	if (!whose_is_plain(c->run, e->row, e->role))
		str_addf(text, "%c: ", e->role == ROLE_A ? 'A' : 'B');
	return text;
}

static void end_item(struct collector *c, struct str *text, int64_t ns)
{
	str_add(text, " +");
	clock_print(text, ns > c->start ? ns - c->start : 0);
}

/* The role's newest call and what it returned. */
static void add_return(struct collector *c, const struct event *e)
{
	struct str *text = begin_item(c, e);
	const struct event *ret = event_at(c->run, c->returns[e->role]);
	size_t call = c->calls[e->role];

	if (call != EVENT_NONE)
		str_addf(text, "%s ", event_at(c->run, call)->text);
	timeline_result(text, ret, 200);
	end_item(c, text, ret->ns);
}

static void add_blocked(struct collector *c, const struct event *e)
{
	struct str *text = begin_item(c, e);
	size_t call = c->calls[e->role];

	str_addf(text, "%s sleeps", call == EVENT_NONE ? "it" : event_at(c->run, call)->text);
	end_item(c, text, e->ns);
}

static void add_line(struct collector *c, const struct event *e)
{
	struct str *text = begin_item(c, e);

	timeline_event_line(text, e);
	end_item(c, text, e->ns);
}

static void add_segment(struct collector *c, const struct event *e)
{
	struct str *text = &c->texts[e->row - 1];
	static const char *const ways[] = {"A→B", "B→A", "?"};

	if (!segment_tells(&e->u.segment))
		return;
	if (text->len)
		str_add(text, "; ");
	str_addf(text, "%s ", ways[e->role]);
	timeline_segment_label(text, &e->u.segment);
	if (e->u.segment.lost)
		str_add(text, " lost");
	if (e->u.segment.held)
		str_add(text, " held up");
	if (e->u.segment.late && !e->u.segment.lost)
		str_add(text, " arrives");
	end_item(c, text, e->ns);
}

/* Whether the verdict of the other role in E's row speaks of the same segment: it is told once. */
static bool other_claims(const struct run *run, const struct event *e)
{
	for (const struct event *p = e; p-- > run->events->list.at && p->row == e->row;)
		if (p->kind == EVENT_VERDICT && p->u.verdict.claim == e->u.verdict.claim)
			return true;
	return false;
}

/* A verdict adds what the events of its row do not tell: a segment seen before, a call
 * that still sleeps, what was seen instead, something that cannot be seen. */
static void add_verdict(struct collector *c, const struct event *e)
{
	const struct outcome *o =
		&c->run->demo->table.rows.at[e->row - 1].cell[e->role].outcome;
	struct event copy;

	if (e->u.verdict.claim != EVENT_NONE) {
		copy = *event_at(c->run, e->u.verdict.claim);
		if (copy.row == e->row || other_claims(c->run, e))
			return;
		copy.row = e->row;
		add_segment(c, &copy);
	} else if (e->u.verdict.verdict == VERDICT_UNSEEN) {
		struct str *text = begin_item(c, e);

		str_add(text, "cannot be seen here");
	} else if (e->u.verdict.verdict == VERDICT_DIFFERS) {
		if (outcome_needs_call(o) && c->texts[e->row - 1].len == 0 &&
		    c->returns[e->role] != EVENT_NONE)
			add_return(c, e);
	} else if (o->kind == OUTCOME_BLOCKS && e->u.verdict.verdict == VERDICT_HOLDS) {
		struct str *text = begin_item(c, e);

		str_add(text, "asleep in the call");
		end_item(c, text, e->ns);
	}
}

static void add_event(struct collector *c, size_t i)
{
	const struct event *e = event_at(c->run, i);

	switch (e->kind) {
	case EVENT_CALL:
		c->calls[e->role] = i;
		c->returns[e->role] = EVENT_NONE;
		break;
	case EVENT_RETURN:
		c->returns[e->role] = i;
		add_return(c, e);
		break;
	case EVENT_REFUSED:
		if (e->role != ROLE_NONE)
			c->returns[e->role] = EVENT_NONE;
		add_line(c, e);
		break;
	case EVENT_SIGNAL:
	case EVENT_END:
	case EVENT_DIRECTOR:
	case EVENT_CANNOT:
		add_line(c, e);
		break;
	case EVENT_SEGMENT:
		add_segment(c, e);
		break;
	case EVENT_VERDICT:
		add_verdict(c, e);
		break;
	case EVENT_ROW_DONE:
		for (int r = 0; r < ROLES; r++)
			if (e->u.row.unmade[r])
				c->returns[r] = EVENT_NONE;
		if (e->text)
			add_line(c, e);
		break;
	case EVENT_BLOCKED:
		add_blocked(c, e);
		break;
	case EVENT_BEGIN:
	case EVENT_START:
	case EVENT_ROW:
	case EVENT_READY:
	case EVENT_DONE:
	case EVENT_LENS:
	case EVENT_OUTPUT:
		break;
	}
}

/* A cell that did not hold is replaced by what was seen. */
static void replace_cells(struct seen *seen, const struct run *run)
{
	for (size_t i = 0; i < run->events->list.n; i++) {
		const struct event *e = event_at(run, i);

		if (e->kind != EVENT_VERDICT || e->u.verdict.verdict != VERDICT_DIFFERS)
			continue;
		free(seen->rows[e->row - 1].cell[e->role]);
		seen->rows[e->row - 1].cell[e->role] = mem_strdup(e->text ? e->text : "");
	}
}

static int64_t first_row_start(const struct run *run)
{
	for (size_t i = 0; i < run->events->list.n; i++)
		if (event_at(run, i)->kind == EVENT_ROW && event_at(run, i)->row == 1)
			return event_at(run, i)->ns;
	return 0;
}

void seen_collect(struct seen *seen, const struct run *run)
{
	size_t n = run->demo->table.rows.n;
	struct collector c = {run, mem_zero(n, sizeof(struct str)), first_row_start(run),
			      {EVENT_NONE, EVENT_NONE}, {EVENT_NONE, EVENT_NONE}};

	*seen = (struct seen){mem_zero(n, sizeof *seen->rows), n};
	for (size_t i = 0; i < run->events->list.n; i++)
		if (event_at(run, i)->row >= 1 && (size_t)event_at(run, i)->row <= n)
			add_event(&c, i);
	for (size_t i = 0; i < n; i++)
		seen->rows[i].seen = str_take(&c.texts[i]);
	free(c.texts);
	replace_cells(seen, run);
}

void seen_free(struct seen *seen)
{
	for (size_t i = 0; i < seen->n; i++) {
		free(seen->rows[i].seen);
		for (int r = 0; r < ROLES; r++)
			free(seen->rows[i].cell[r]);
	}
	free(seen->rows);
	*seen = (struct seen){0};
}
