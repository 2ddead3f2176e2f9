#include "view/rung.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

/* What one rung is made from. */
struct maker {
	struct rung *rung;
	const struct player *p;
	const struct timeline *t;
	const struct ladder_columns *columns;
	enum style style;
	bool ascii;
};

static size_t setup_end(const struct timeline *t)
{
	return t->setup_end ? t->setup_end : t->fed;
}

/* Calls of the set-up. */
static size_t setup_calls(const struct timeline *t)
{
	size_t n = 0;

	for (size_t i = t->setup_first; i < setup_end(t); i++)
		n += t->events->list.at[i].kind == EVENT_CALL;
	return n;
}

/* The set-up's row; only what this machine cannot do stands before it. The number of rows when
 * there is none yet. */
static size_t setup_row(const struct timeline *t)
{
	size_t i = 0;

	while (i < t->rows.n && t->rows.at[i].kind == TROW_EVENT)
		i++;
	return i < t->rows.n && t->rows.at[i].kind == TROW_SETUP ? i : t->rows.n;
}

/* How many rungs an opened set-up has: one for each call. 0: it is folded, or has none. */
static size_t setup_rungs(const struct player *p)
{
	const struct timeline *t = player_timeline(p);

	return p->setup_open && setup_row(t) < t->rows.n ? setup_calls(t) : 0;
}

/* How many rungs an opened set-up has more than a folded one. */
static size_t unfolded(const struct player *p)
{
	size_t rungs = setup_rungs(p);

	return rungs > 0 ? rungs - 1 : 0;
}

bool rung_is_setup(const struct player *p, size_t i)
{
	size_t row = setup_row(player_timeline(p));

	return row < player_timeline(p)->rows.n && i >= row && i <= row + unfolded(p);
}

size_t rung_count(const struct player *p)
{
	const struct timeline *t = player_timeline(p);
	size_t to_come = p->demo->table.rows.n - (size_t)(t->row > 0 ? t->row : 0);

	return t->rows.n + unfolded(p) + to_come;
}

size_t rung_last(const struct player *p)
{
	const struct timeline *t = player_timeline(p);

	return t->rows.n ? t->rows.n + unfolded(p) - 1 : 0;
}

static size_t newest_row(const struct timeline *t)
{
	for (size_t i = t->rows.n; i-- > 0;)
		if (t->rows.at[i].kind == TROW_TABLE)
			return i;
	return 0;
}

size_t rung_newest(const struct player *p)
{
	size_t row = newest_row(player_timeline(p));

	return row ? row + unfolded(p) : 0;
}

static const struct event *event_at(const struct maker *m, size_t i)
{
	return &m->t->events->list.at[i];
}

/* Text in ROLE's column; room for the mark is left in all lines. */
static void add_cell(struct maker *m, enum role role, enum style style, const char *text)
{
	flow_all(&m->rung->cell[role], m->columns->cell[role] - 2, style, text);
}

/* Text behind what stands in ROLE's cell, or under it when it does not fit. */
static void add_beside(struct maker *m, enum role role, enum style style, const char *text)
{
	struct lines *cell = &m->rung->cell[role];
	struct line *last = cell->list.n ? &cell->list.at[cell->list.n - 1] : NULL;
	int width = m->columns->cell[role] - 2;
	const char *indent;
	struct flow *f;

	if (last && line_columns(last) + 1 + (int)utf8_columns(text) <= width) {
		line_add(last, STYLE_NORMAL, " ");
		line_add(last, style, text);
		return;
	}
	indent = (int)utf8_columns(text) + 2 <= width ? "  " : "";
	f = flow_start(cell, width, indent, indent, STYLE_NORMAL);
	flow_text(f, style, text);
	flow_end(f);
}

void rung_result_words(struct str *to, const struct event *ret)
{
	const char *name = errno_name(ret->u.ret.err);

	if (name)
		str_addf(to, "= -1 %s", name);
	else
		timeline_result(to, ret, 16);
}

static void action_cell(struct maker *m, enum role role, const struct tcell *tc, const char *text)
{
	struct str s = {0};

	add_cell(m, role, m->style, text);
	if (tc->result != EVENT_NONE) {
		rung_result_words(&s, event_at(m, tc->result));
		add_beside(m, role, STYLE_DIM, str_text(&s));
	} else if (tc->call != EVENT_NONE &&
		   player_blocked(m->p, role, player_end(m->p)) == tc->call) {
		add_beside(m, role, STYLE_ACCENT, _("▒ blocked"));
	}
	str_free(&s);
}

/* What was seen instead, as of the verdict. */
static void seen_words(struct str *to, const struct maker *m, enum role role, size_t verdict,
		       const struct outcome *outcome)
{
	struct events until = {.list = {m->t->events->list.at, verdict + 1, verdict + 1}};

	outcome_seen_words(to, outcome, role, &until);
	if (to->len == 0)
		str_add(to, _("nothing"));
}

static void differs(struct maker *m, enum role role, size_t verdict, const struct cell *cell)
{
	struct str s = {0}, expected = {0};

	/* Of a program it is a sentence, which stands elsewhere. */
	if (m->t->rows_only) {
		add_cell(m, role, STYLE_BAD, cell->text);
	} else {
		seen_words(&s, m, role, verdict, &cell->outcome);
		add_cell(m, role, STYLE_BAD, str_text(&s));
		str_addf(&expected, _("expected %s"), cell->text);
		add_beside(m, role, STYLE_DIM, str_text(&expected));
	}
	m->rung->mark[role] = "✗";
	m->rung->mark_style[role] = STYLE_BAD;
	str_free(&s);
	str_free(&expected);
}

static void outcome_cell(struct maker *m, enum role role, const struct tcell *tc,
			 const struct cell *cell)
{
	enum verdict verdict = tc->verdict == EVENT_NONE
				       ? VERDICT_PENDING
				       : event_at(m, tc->verdict)->u.verdict.verdict;

	switch (verdict) {
	case VERDICT_PENDING:
		add_cell(m, role, STYLE_DIM, cell->text);
		m->rung->mark[role] = "…";
		m->rung->mark_style[role] = STYLE_DIM;
		return;
	case VERDICT_HOLDS:
		add_cell(m, role, m->style, cell->text);
		m->rung->mark[role] = "✓";
		m->rung->mark_style[role] = STYLE_GOOD;
		return;
	case VERDICT_DIFFERS:
		differs(m, role, tc->verdict, cell);
		return;
	case VERDICT_UNSEEN:
		add_cell(m, role, STYLE_DIM, cell->text);
		add_beside(m, role, STYLE_DIM, _("cannot be seen here"));
		m->rung->mark[role] = "?";
		m->rung->mark_style[role] = STYLE_DIM;
		return;
	}
}

static void add_arrow(struct maker *m, const struct trow *row)
{
	if (row->wire == EVENT_NONE || m->columns->wire < 5)
		return;
	timeline_arrows(&m->rung->wire, event_at(m, row->wire), row->times,
			(size_t)m->columns->wire, m->ascii);
}

/* The row before I that began with a call, or NULL. */
static const struct trow *call_before(const struct timeline *t, size_t i)
{
	while (i-- > 0) {
		const struct trow *r = &t->rows.at[i];

		if (r->kind == TROW_TABLE && (r->cell[ROLE_A].call != EVENT_NONE ||
					      r->cell[ROLE_B].call != EVENT_NONE))
			return r;
	}
	return NULL;
}

/* Whether the row is what the director does, and no call. */
static bool is_deed(const struct maker *m, const struct trow *row)
{
	const struct table_row *table;

	if (row->kind != TROW_TABLE)
		return false;
	table = &m->t->table->rows.at[row->row - 1];
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (table->cell[role].kind == CELL_ACTION && row->cell[role].call == EVENT_NONE)
			return true;
	return false;
}

void rung_time(struct str *to, const char *sign, int64_t ns)
{
	enum { MOST = 8 };
	size_t before = to->len;

	ns = ns > 0 ? ns : 0;
	str_add(to, sign);
	clock_print(to, ns);
	if (utf8_columns(str_text(to) + before) <= MOST)
		return;
	str_cut(to, before);
	str_addf(to, _("%1$s%2$dm%3$02ds"), sign, (int)(ns / (60 * CLOCK_S)),
		 (int)(ns / CLOCK_S % 60));
}

/* When the first row of the table began. */
static int64_t first_row(const struct timeline *t)
{
	for (size_t i = 0; i < t->rows.n; i++)
		if (t->rows.at[i].kind == TROW_TABLE)
			return t->rows.at[i].ns;
	return 0;
}

/* Rows that go on by themselves are timed from the first of them: when what they say came about. */
static void add_time_of_run(struct maker *m, const struct trow *row)
{
	int64_t ns = row->ns;
	bool decided = false;

	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		size_t verdict = row->cell[role].verdict;

		if (verdict == EVENT_NONE || row->kind != TROW_TABLE)
			continue;
		decided = true;
		if (event_at(m, verdict)->ns > ns)
			ns = event_at(m, verdict)->ns;
	}
	if (row->kind == TROW_TABLE && !decided && !is_deed(m, row) &&
	    row->cell[ROLE_A].call == EVENT_NONE && row->cell[ROLE_B].call == EVENT_NONE)
		return;
	rung_time(&m->rung->time, "", ns - first_row(m->t));
	rung_time(&m->rung->start, "", ns);
}

/* What row I is timed from: the call before it, or where there was none the first deed. NULL: it is
 * the first itself. */
static const struct trow *timed_from(const struct maker *m, size_t i)
{
	const struct trow *call = call_before(m->t, i);

	for (size_t k = 0; !call && k < i; k++)
		if (is_deed(m, &m->t->rows.at[k]))
			return &m->t->rows.at[k];
	return call;
}

/* Calls and deeds are timed from the call before them, all else from the call that led to it. */
static void add_time(struct maker *m, size_t i)
{
	const struct trow *row = &m->t->rows.at[i];
	const struct trow *before = timed_from(m, i);
	int64_t since = before ? row->ns - before->ns : 0;
	bool call = row->kind == TROW_TABLE && (row->cell[ROLE_A].call != EVENT_NONE ||
						row->cell[ROLE_B].call != EVENT_NONE);

	if (m->t->rows_only) {
		add_time_of_run(m, row);
		return;
	}
	if (row->kind == TROW_TABLE && !call && !is_deed(m, row) && row->wire == EVENT_NONE)
		return;
	rung_time(&m->rung->time, (call || is_deed(m, row)) && before ? "+" : "", since);
	rung_time(&m->rung->start, "", row->ns);
}

static void table_rung(struct maker *m, const struct trow *row)
{
	const struct table_row *table = &m->t->table->rows.at[row->row - 1];

	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		const struct cell *cell = &table->cell[role];

		switch (cell->kind) {
		case CELL_EMPTY:
			break;
		case CELL_ACTION:
			action_cell(m, role, &row->cell[role], cell->text);
			break;
		case CELL_OUTCOME:
			outcome_cell(m, role, &row->cell[role], cell);
			break;
		}
	}
	add_arrow(m, row);
}

static void wire_rung(struct maker *m, const struct trow *row)
{
	const struct event *e = event_at(m, row->wire);
	enum role to = e->role == ROLE_A ? ROLE_B : ROLE_A;

	add_arrow(m, row);
	if (e->u.segment.held)
		add_cell(m, to, STYLE_DIM, to == ROLE_A ? _("A gets it later") : _("B gets it later"));
	if (e->u.segment.held)
		m->rung->right[to] = to == ROLE_A;
	if (!e->u.segment.lost)
		return;
	add_cell(m, to, STYLE_DIM, to == ROLE_A ? _("A never hears it") : _("B never hears it"));
	m->rung->right[to] = to == ROLE_A;
}

/* `+++ killed by SIGPIPE +++` without what frames it: the cell frames it already. */
static char *bare_words(const char *text)
{
	size_t n = strlen(text);
	bool framed = n > 8 && (strncmp(text, "+++ ", 4) == 0 || strncmp(text, "--- ", 4) == 0);
	const char *end = framed ? strstr(text + 4, n > 4 && text[0] == '+' ? " +++" : " ---") : NULL;

	if (!end)
		return mem_strdup(text);
	return str_make("%.*s%s", (int)(end - text - 4), text + 4, end + 4);
}

void rung_event_words(struct str *to, const struct event *e)
{
	struct str s = {0};
	char *words;

	timeline_event_line(&s, e);
	words = bare_words(str_text(&s));
	str_add(to, words);
	free(words);
	str_free(&s);
}

static int across_columns(const struct maker *m)
{
	return m->columns->cell[0] + m->columns->cell[1] + RUNG_GAP +
	       (m->columns->wire ? m->columns->wire + RUNG_GAP : 0);
}

/* What this machine cannot do: folded, and opened, with the set-up. */
static void cannot_rung(struct maker *m, const char *words)
{
	int width = across_columns(m);
	struct lines *across = &m->rung->across;
	size_t room = utf8_fit(words, strlen(words), (size_t)(width - 4)), fits = room;
	char *cut;

	if (m->p->setup_open || (int)utf8_columns(words) <= width) {
		flow_all(across, width, STYLE_DIM, words);
		return;
	}
	while (fits > 0 && words[fits] != ' ')
		fits--;
	cut = str_make("%.*s …", (int)(fits ? fits : room), words);
	flow_all(across, width, STYLE_DIM, cut);
	free(cut);
}

static void event_rung(struct maker *m, const struct trow *row)
{
	const struct event *e = event_at(m, row->event);
	bool bad = e->kind == EVENT_ROW_DONE || e->kind == EVENT_REFUSED;
	enum style style = bad ? STYLE_BAD : m->style;
	struct str s = {0};
	char *words;

	timeline_event_line(&s, e);
	words = e->kind == EVENT_DIRECTOR && e->u.director.by_hand
			? str_make(_("by hand: %s"), str_text(&s))
			: bare_words(str_text(&s));
	if (e->kind == EVENT_CANNOT)
		cannot_rung(m, words);
	else if (e->role < ROLE_NONE)
		add_cell(m, e->role, style, words);
	else
		flow_all(&m->rung->across, across_columns(m), style, words);
	free(words);
	str_free(&s);
}

static const struct event *setup_return(const struct timeline *t, size_t call)
{
	const struct event *list = t->events->list.at;

	for (size_t i = call + 1; i < setup_end(t); i++)
		if (list[i].kind == EVENT_RETURN && list[i].role == list[call].role &&
		    list[i].call == list[call].call)
			return &list[i];
	return NULL;
}

/* The index of call number N (from 0) of the set-up. */
static size_t setup_call(const struct timeline *t, size_t n)
{
	size_t i = t->setup_first;

	while (t->events->list.at[i].kind != EVENT_CALL || n-- > 0)
		i++;
	return i;
}

/* Call number N of the opened set-up. */
static void setup_call_rung(struct maker *m, size_t n)
{
	size_t i = setup_call(m->t, n);
	const struct event *e = event_at(m, i), *ret = setup_return(m->t, i);
	struct str s = {0};

	if (n == 0)
		str_add(&m->rung->time, _("set-up"));
	add_cell(m, e->role, STYLE_DIM, e->text ? e->text : "");
	if (ret) {
		rung_result_words(&s, ret);
		add_beside(m, e->role, STYLE_DIM, str_text(&s));
	}
	str_free(&s);
}

static void setup_rung(struct maker *m)
{
	size_t calls = setup_calls(m->t);
	struct str s = {0};

	str_add(&m->rung->time, _("set-up"));
	str_addf(&s, ngettext("%zu call · o shows it", "%zu calls · o shows them", calls), calls);
	line_add(lines_add(&m->rung->across), STYLE_DIM, calls ? str_text(&s) : _("no calls"));
	str_free(&s);
}

static void coming_rung(struct maker *m, size_t row)
{
	const struct table_row *table = &m->p->demo->table.rows.at[row];

	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (table->cell[role].kind != CELL_EMPTY)
			add_cell(m, role, STYLE_DIM,
				 player_hides(m->p, role, (int)row + 1) ? "?"
									: table->cell[role].text);
}

static bool holds_nothing(const struct rung *r)
{
	return !r->cell[0].list.n && !r->cell[1].list.n && !r->across.list.n && !r->wire.len;
}

static void measure(struct rung *r)
{
	size_t height = holds_nothing(r) ? 0 : 1;

	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (r->cell[role].list.n > height)
			height = r->cell[role].list.n;
	if (r->across.list.n > height)
		height = r->across.list.n;
	r->height = (int)height;
}

static void trow_rung(struct maker *m, size_t i)
{
	const struct trow *row = &m->t->rows.at[i];

	switch (row->kind) {
	case TROW_SETUP:
		setup_rung(m);
		return;
	case TROW_TABLE:
		table_rung(m, row);
		break;
	case TROW_WIRE:
		wire_rung(m, row);
		break;
	case TROW_EVENT:
		event_rung(m, row);
		break;
	}
	add_time(m, i);
}

/* Rung I of an opened set-up, or row I of the timeline, or one still to come. */
static void any_rung(struct maker *m, size_t i)
{
	size_t setup = setup_row(m->t), done = m->t->rows.n;

	if (setup_rungs(m->p) > 0 && rung_is_setup(m->p, i)) {
		setup_call_rung(m, i - setup);
		return;
	}
	if (i > setup)
		i -= unfolded(m->p);
	if (i < done)
		trow_rung(m, i);
	else
		coming_rung(m, (size_t)(m->t->row > 0 ? m->t->row : 0) + i - done);
}

void rung_make(struct rung *rung, const struct player *p, size_t i,
	       const struct ladder_columns *columns, bool ascii)
{
	const struct timeline *t = player_timeline(p);
	size_t newest = rung_newest(p);
	struct maker m = {rung, p, t, columns, STYLE_NORMAL, ascii};

	*rung = (struct rung){.cell = {{.ascii = ascii}, {.ascii = ascii}}, .across.ascii = ascii};
	if (t->row > 0 && i >= newest && i <= rung_last(p))
		m.style = STYLE_BOLD;
	rung->newest = t->row > 0 && i == newest;
	rung->style = m.style;
	any_rung(&m, i);
	measure(rung);
}

void rung_free(struct rung *rung)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		lines_free(&rung->cell[role]);
	lines_free(&rung->across);
	str_free(&rung->wire);
	str_free(&rung->start);
	str_free(&rung->time);
}
