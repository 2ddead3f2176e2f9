#include "timeline/sight.h"

#include "timeline/outcome_kind.h"
#include "timeline/tale.h"

#include <string.h>

/* What is going on in a role's column. */
struct column {
	int row;             /* of the newest action that was carried out, or 0 */
	int call_row;        /* the same, but of calls alone: a signal from outside is none */
	size_t call;         /* that CALL */
	size_t asleep;       /* its BLOCKED, while it has not returned */
	bool overtaken;      /* since it fell asleep the other role has acted */
};

struct reader {
	const struct compare_run *run;
	struct sights *sights;
	struct tale *tales;  /* as the sights are */
	struct column column[ROLES];
	int reached;         /* the newest row that began */
	const char **why;    /* why row N could not be carried out: [N - 1], or NULL */
	bool (*varies)(const struct action *);
};

static const struct event *event_at(const struct reader *r, size_t i)
{
	return &r->run->events->list.at[i];
}

static size_t index_of(int row, enum role role)
{
	return (size_t)(row - 1) * ROLES + role;
}

static struct tale *tale_at(const struct reader *r, int row, enum role role)
{
	return &r->tales[index_of(row, role)];
}

static const struct cell *cell_at(const struct reader *r, int row, enum role role)
{
	return &r->run->table->rows.at[row - 1].cell[role];
}

static int last_row(const struct reader *r)
{
	return (int)r->run->table->rows.n;
}

/*
 * Which cell tells what.
 */

static bool tells_result(const struct outcome *o)
{
	return outcome_about(o) == ABOUT_RESULT;
}

static bool tells_blocks(const struct outcome *o)
{
	return outcome_about(o) == ABOUT_SLEEP;
}

static bool tells_signal(const struct outcome *o)
{
	return outcome_about(o) == ABOUT_SIGNAL || o->sig != 0;
}

static bool tells_end(const struct outcome *o)
{
	return outcome_about(o) == ABOUT_END;
}

/* A call, and not something done from outside, which leaves the newest call what it is. */
static bool is_call(const struct cell *cell)
{
	return cell->kind == CELL_ACTION && strchr(cell->text, '(');
}

/* The first outcome cell that TELLS about the action in ROW: it stands below it, above the
 * column's next call. 0: there is none. */
static int telling_row(const struct reader *r, int row, enum role role,
		       bool (*tells)(const struct outcome *))
{
	for (int i = row + 1; i <= last_row(r); i++) {
		const struct cell *cell = cell_at(r, i, role);

		if (is_call(cell))
			break;
		if (cell->kind == CELL_OUTCOME && tells(&cell->outcome))
			return i;
	}
	return 0;
}

static int first_of(int a, int b)
{
	return a ? a : b;
}

/* The same: the first that is not decided yet or, with DECIDED, the last that is. */
static int open_row(const struct reader *r, int row, enum role role,
		    bool (*tells)(const struct outcome *), bool decided)
{
	int found = 0, next = telling_row(r, row, role, tells);

	for (; next; next = telling_row(r, next, role, tells)) {
		if ((tale_at(r, next, role)->verdict != EVENT_NONE) != decided)
			continue;
		found = next;
		if (!decided)
			break;
	}
	return found;
}

/* Where a call was to sleep and did not, that is where its result is told. One that comes after
 * all was decided is told by the last cell, which says what it did until then. */
static int result_row(const struct reader *r, enum role role)
{
	const struct column *c = &r->column[role];
	int told = first_of(open_row(r, c->row, role, tells_result, false),
			    open_row(r, c->row, role, tells_blocks, false));

	told = first_of(told, open_row(r, c->row, role, tells_result, true));
	told = first_of(told, open_row(r, c->row, role, tells_blocks, true));
	return first_of(told, c->call_row);
}

static int signal_row(const struct reader *r, enum role role)
{
	int row = r->column[role].row;

	return first_of(first_of(telling_row(r, row, role, tells_signal),
				 telling_row(r, row, role, tells_result)), row);
}

static int end_row(const struct reader *r, enum role role)
{
	return first_of(telling_row(r, r->column[role].row, role, tells_end),
			signal_row(r, role));
}

/*
 * Events, one after the other.
 */

/* The other role's call has slept long enough to see this one act. */
static void overtake(struct reader *r, enum role actor)
{
	struct column *other = &r->column[role_other(actor)];

	other->overtaken = other->overtaken || other->asleep != EVENT_NONE;
}

/* The tale of ROW is about the column's newest call. */
static struct tale *begin_tale(struct reader *r, int row, enum role role)
{
	struct tale *tale = tale_at(r, row, role);

	tale->call = r->column[role].call;
	tale->made = r->column[role].call_row;
	return tale;
}

static void add_call(struct reader *r, const struct event *e, size_t i)
{
	r->column[e->role] = (struct column){e->row, e->row, i, EVENT_NONE, false};
	begin_tale(r, e->row, e->role);
	overtake(r, e->role);
}

static void add_deed(struct reader *r, const struct event *e, size_t i)
{
	r->column[e->role].row = e->row;
	tale_at(r, e->row, e->role)->call = i;
	overtake(r, e->role);
}

/* A call that slept for a moment, as it may at any time, is not told. */
static void add_sleep(struct reader *r, enum role role)
{
	struct column *c = &r->column[role];
	int blocks = telling_row(r, c->row, role, tells_blocks);

	if (c->asleep != EVENT_NONE && c->overtaken && !blocks)
		tale_at(r, c->call_row, role)->blocked = c->asleep;
}

static void add_return(struct reader *r, const struct event *e, size_t i)
{
	int row = r->column[e->role].call_row ? result_row(r, e->role) : 0;

	add_sleep(r, e->role);
	r->column[e->role].asleep = EVENT_NONE;
	if (row)
		begin_tale(r, row, e->role)->ret = i;
}

static void add_signal(struct reader *r, const struct event *e, size_t i)
{
	int row = r->column[e->role].row ? signal_row(r, e->role) : 0;

	if (row && e->u.signal.fate != FATE_IGNORED)
		vec_push(&tale_at(r, row, e->role)->signals, i);
}

static void add_end(struct reader *r, const struct event *e, size_t i)
{
	int row = r->column[e->role].row ? end_row(r, e->role) : 0;

	r->column[e->role].asleep = EVENT_NONE;
	if (row)
		tale_at(r, row, e->role)->end = i;
}

static void add_verdict(struct reader *r, const struct event *e, size_t i)
{
	const struct cell *cell = cell_at(r, e->row, e->role);
	struct tale *tale = begin_tale(r, e->row, e->role);

	tale->verdict = i;
	if (cell->kind == CELL_OUTCOME && outcome_needs_call(&cell->outcome))
		tale->blocked = r->column[e->role].asleep;
}

/* What a row's action could not do; the rest is said of the machine. */
static bool is_of_action(enum cannot cannot)
{
	switch (cannot) {
	case CANNOT_CUT:
	case CANNOT_MISS:
	case CANNOT_DELAY:
	case CANNOT_FILL:
	case CANNOT_LINK:
		return true;
	case CANNOT_ISOLATE:
	case CANNOT_WIRE:
	case CANNOT_LENS:
	case CANNOT_KEEP:
	case CANNOT_SET:
	case CANNOT_FOLLOW:
	case CANNOT_PROGRAM:
		break;
	}
	return false;
}

/* It is about what that row does from outside. */
static void add_cannot(struct reader *r, const struct event *e, size_t i)
{
	for (enum role role = ROLE_A; role < ROLE_NONE && is_of_action(e->u.cannot); role++) {
		const struct cell *cell = cell_at(r, e->row, role);

		if (cell->kind == CELL_ACTION && !is_call(cell))
			tale_at(r, e->row, role)->cannot = i;
	}
}

static bool is_claimed(const struct reader *r, size_t segment)
{
	for (size_t i = segment; i < r->run->end; i++)
		if (event_at(r, i)->kind == EVENT_VERDICT &&
		    event_at(r, i)->u.verdict.claim == segment)
			return true;
	return false;
}

static void add_segment(struct reader *r, const struct event *e, size_t i)
{
	const struct segment *s = &e->u.segment;
	unsigned flags = s->flags & (SEGMENT_FIN | SEGMENT_RST);
	struct tale *tale = tale_at(r, e->row, e->role);

	if (s->protocol != PROTOCOL_TCP || !flags || s->again || s->late)
		return;
	if (!r->sights->flag_row[e->role])
		r->sights->flag_row[e->role] = e->row;
	r->sights->flags[e->role] |= s->lost ? flags << SIGHT_LOST : flags;
	if (!is_claimed(r, i))
		tale_add_wire(tale, flags, s->lost);
}

static void add_role_event(struct reader *r, const struct event *e, size_t i)
{
	if (e->kind == EVENT_CALL)
		add_call(r, e, i);
	else if (e->kind == EVENT_DIRECTOR)
		add_deed(r, e, i);
	else if (e->kind == EVENT_BLOCKED)
		r->column[e->role].asleep = i;
	else if (e->kind == EVENT_RETURN)
		add_return(r, e, i);
	else if (e->kind == EVENT_SIGNAL)
		add_signal(r, e, i);
	else if (e->kind == EVENT_END)
		add_end(r, e, i);
	else if (e->kind == EVENT_VERDICT)
		add_verdict(r, e, i);
	else if (e->kind == EVENT_REFUSED)
		tale_at(r, e->row, e->role)->refused = i;
	else if (e->kind == EVENT_SEGMENT)
		add_segment(r, e, i);
}

/* A deed may be done in a row whose cells say nothing of it: then it is the learner's, and no
 * cell's. */
static bool has_cell(const struct reader *r, const struct event *e)
{
	const struct cell *cell = cell_at(r, e->row, e->role);

	return e->kind != EVENT_DIRECTOR || (cell->kind == CELL_ACTION && !is_call(cell));
}

static void add_event(struct reader *r, size_t i)
{
	const struct event *e = event_at(r, i);

	if (e->kind == EVENT_DONE)
		r->sights->done = true;
	if (e->row < 1 || e->row > last_row(r))
		return;
	if (e->kind == EVENT_ROW) {
		r->reached = e->row;
	} else if (e->kind == EVENT_ROW_DONE) {
		r->sights->over = e->row;
		r->why[e->row - 1] = e->text;
	} else if (e->kind == EVENT_CANNOT) {
		add_cannot(r, e, i);
	} else if (e->role < ROLE_NONE && has_cell(r, e)) {
		add_role_event(r, e, i);
	}
}

/* A call that sleeps until now is told by its own cell, unless a cell below tells it or will. */
static void add_sleepers(struct reader *r)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		const struct column *c = &r->column[role];
		int told;

		if (!c->call_row || c->asleep == EVENT_NONE)
			continue;
		told = first_of(telling_row(r, c->row, role, tells_blocks),
				telling_row(r, c->row, role, tells_result));
		if (!told || (c->overtaken && told > r->sights->over))
			tale_at(r, c->call_row, role)->blocked = c->asleep;
	}
}

/*
 * Cells, in words.
 */

static enum verdict verdict_of(const struct reader *r, const struct tale *tale)
{
	return tale->verdict == EVENT_NONE ? VERDICT_PENDING
					   : event_at(r, tale->verdict)->u.verdict.verdict;
}

static void say(struct sight *sight, char *saw, char *same)
{
	sight->saw = saw;
	sight->same = same;
}

/* Whether the action that the outcome in ROW speaks of could not be carried out. */
static bool is_unmade(const struct reader *r, int row, enum role role)
{
	while (row > 1 && !is_call(cell_at(r, row, role)))
		row--;
	return sight_at(r->sights, row, role)->kind == SIGHT_UNMADE;
}

/* Only TCP has segments with FIN and RST. */
static bool has_flags(const struct reader *r)
{
	return r->run->wired && r->run->stream;
}

/* An outcome cell. One that holds although another cell tells what it speaks of says so. */
static void see_outcome(const struct reader *r, int row, enum role role, const struct tale *tale)
{
	const struct outcome *outcome = &cell_at(r, row, role)->outcome;
	struct sight *sight = sight_at(r->sights, row, role);
	struct str s = {0};

	if (is_unmade(r, row, role) && !outcome_needs_wire(outcome)) {
		sight->kind = SIGHT_NOTHING;
		sight->call = EVENT_NONE;
		return;
	}
	if (tale_tells(tale)) {
		sight->kind = SIGHT_SEEN;
		return;
	}
	switch (verdict_of(r, tale)) {
	case VERDICT_HOLDS:
		sight->kind = SIGHT_SEEN;
		outcome_print(&s, outcome);
		say(sight, mem_strdup(str_text(&s)), mem_strdup(str_text(&s)));
		str_free(&s);
		return;
	case VERDICT_UNSEEN:
		sight->kind = SIGHT_UNSEEN;
		return;
	case VERDICT_PENDING:
	case VERDICT_DIFFERS:
		break;
	}
	sight->kind = outcome_needs_wire(outcome) && !has_flags(r) ? SIGHT_UNSEEN : SIGHT_NOTHING;
}

/* An action that its row did not carry out. */
static void see_unmade(const struct reader *r, int row, struct sight *sight,
		       const struct tale *tale)
{
	const char *why = r->why[row - 1];

	if (tale->refused != EVENT_NONE)
		why = event_at(r, tale->refused)->text;
	sight->kind = SIGHT_UNMADE;
	say(sight, mem_strdup(why ? why : ""), mem_strdup("unmade"));
}

/* Whether the number that the tale's call gave back is only a name for something. */
static bool tale_varies(const struct reader *r, const struct tale *tale, enum role role)
{
	const struct cell *cell = tale->made ? cell_at(r, tale->made, role) : NULL;

	return r->varies && cell && cell->kind == CELL_ACTION && r->varies(cell->action);
}

static void see_action(const struct reader *r, int row, struct sight *sight,
		       const struct tale *tale)
{
	if (tale->cannot != EVENT_NONE)
		sight->kind = SIGHT_UNSEEN;
	else if (tale->refused != EVENT_NONE || (r->why[row - 1] && tale->call == EVENT_NONE))
		see_unmade(r, row, sight, tale);
}

static void see_cell(const struct reader *r, int row, enum role role)
{
	const struct cell *cell = cell_at(r, row, role);
	struct sight *sight = sight_at(r->sights, row, role);
	struct tale *tale = tale_at(r, row, role);
	bool varies = tale_varies(r, tale, role);

	tale_end_wire(tale);
	sight->call = tale->call;
	sight->result = tale->ret;
	sight->wire = tale->wire.len ? str_take(&tale->wire) : NULL;
	if (row > r->reached || (row > r->sights->over && !tale_tells(tale))) {
		sight->kind = SIGHT_AHEAD;
	} else if (cell->kind == CELL_OUTCOME) {
		see_outcome(r, row, role, tale);
	} else if (tale_tells(tale)) {
		sight->kind = SIGHT_SEEN;
	} else if (cell->kind == CELL_ACTION) {
		see_action(r, row, sight, tale);
	}
	if (sight->kind == SIGHT_SEEN && !sight->saw)
		say(sight, tale_words(tale, r->run->events, false, varies),
		    tale_words(tale, r->run->events, true, varies));
}

struct sight *sight_at(const struct sights *s, int row, enum role role)
{
	return &s->at[index_of(row, role)];
}

static void start(struct reader *r)
{
	size_t n = r->run->table->rows.n;

	*r->sights = (struct sights){mem_zero(n * ROLES, sizeof *r->sights->at), n, 0, false,
				     {0, 0}, {0, 0}};
	r->tales = mem_zero(n * ROLES, sizeof *r->tales);
	r->why = mem_zero(n, sizeof *r->why);
	for (size_t i = 0; i < n * ROLES; i++)
		tale_start(&r->tales[i]);
	for (int role = 0; role < ROLES; role++)
		r->column[role] = (struct column){.call = EVENT_NONE, .asleep = EVENT_NONE};
}

static void end(struct reader *r)
{
	for (size_t i = 0; i < r->sights->rows * ROLES; i++)
		tale_free(&r->tales[i]);
	free(r->tales);
	free(r->why);
}

void sights_make(struct sights *s, const struct compare_run *run,
		 bool (*varies)(const struct action *))
{
	struct reader r = {.run = run, .sights = s, .varies = varies};

	start(&r);
	for (size_t i = 0; i < run->end; i++)
		add_event(&r, i);
	add_sleepers(&r);
	for (int row = 1; row <= last_row(&r); row++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++)
			see_cell(&r, row, role);
	end(&r);
}

void sight_clear(struct sight *sight)
{
	free(sight->saw);
	free(sight->same);
	free(sight->wire);
	*sight = (struct sight){.call = EVENT_NONE, .result = EVENT_NONE};
}

void sights_free(struct sights *s)
{
	for (size_t i = 0; i < s->rows * ROLES; i++)
		sight_clear(&s->at[i]);
	free(s->at);
	*s = (struct sights){0};
}
