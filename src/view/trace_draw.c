/*
 * The screen of two programs that are traced, drawn.
 */
#include "base/clock.h"
#include "base/names.h"
#include "base/utf8.h"
#include "timeline/timeline.h"
#include "view/flow.h"
#include "view/trace.h"
#include "view/view.h"

#include <string.h>

enum {
	HEADER = 1,
	FOOT = 2,          /* a sentence, the key bar */
	PANE_LEAST = 6,
	TIME = 8,
	PEER = 6,
	GAP = 3,           /* `│ ` between columns */
	BAR_MOST = 24,
};

static int pane_rows(const struct trace_view *v)
{
	int rows = (v->rows - HEADER - FOOT) * 2 / 5;

	return rows > PANE_LEAST ? rows : PANE_LEAST;
}

/* Below the panes, the frame and the heading. */
int trace_view_first(const struct trace_view *v)
{
	return HEADER + pane_rows(v) + 2;
}

int trace_view_room(const struct trace_view *v)
{
	return v->rows - FOOT - 1 - trace_view_first(v);
}

/* The newest row that is looked at. */
static size_t at_of(const struct trace_view *v)
{
	return v->follows && v->list.n ? v->list.n - 1 : v->at;
}

/*
 * Panes.
 */

static bool is_blocked(const struct trace_view *v, enum role role)
{
	for (size_t i = 0; i < v->under_way.n; i++) {
		const struct trace_row *row = &v->list.at[v->under_way.at[i]];

		if (row->blocked && v->events.list.at[row->event].role == role)
			return true;
	}
	return false;
}

static void add_end(struct str *to, const struct event *end)
{
	const char *name = signal_name(end->u.end.signal);

	if (!end->u.end.signal)
		str_addf(to, _("exited %d"), end->u.end.status);
	else if (name)
		str_addf(to, _("killed by %s"), name);
	else
		str_addf(to, _("killed by signal %d"), end->u.end.signal);
}

static void add_state(struct str *to, const struct trace_view *v, enum role role)
{
	const struct trace_who *who = &v->who[role];

	if (who->end != EVENT_NONE)
		add_end(to, &v->events.list.at[who->end]);
	else if (!who->pid)
		str_add(to, _("not started"));
	else if (who->detached)
		str_add(to, _("let go"));
	else if (v->over)
		str_add(to, _("not seen any more"));
	else if (trace_view_held(v, role))
		str_add(to, _("held"));
	else
		str_add(to, is_blocked(v, role) ? _("blocked") : _("running"));
}

/* A program is known by its name, without its directory. */
static const char *short_command(const char *command)
{
	size_t word = strcspn(command, " ");

	for (size_t i = word; i > 0 && *command == '/'; i--)
		if (command[i - 1] == '/')
			return command + i;
	return command;
}

/* `Process A · pid 4711 · running`, or less where there is no room for that. */
static void add_title(struct str *to, const struct trace_view *v, enum role role, int width)
{
	enum { ALL, SHORT, LEAST };

	for (int says = ALL; says <= LEAST; says++) {
		str_cut(to, 0);
		str_add(to, role_name(role) + (says == ALL ? 0 : strlen("Process ")));
		if (v->who[role].pid && says < LEAST)
			str_addf(to, " · pid %d", v->who[role].pid);
		str_add(to, " · ");
		add_state(to, v, role);
		if ((int)utf8_columns(str_text(to)) <= width)
			return;
	}
}

static void draw_title(struct canvas *c, int x, int y, int w, int h, const struct trace_view *v,
		       enum role role)
{
	const struct trace_who *who = &v->who[role];
	struct str title = {0}, command = {0};

	add_title(&title, v, role, w - 4);
	canvas_box(c, x, y, w, h, str_text(&title), STYLE_NORMAL);
	if (who->command) {
		str_addf(&command, " %s ", short_command(who->command));
		canvas_short(c, x + 1, y + h - 1, w - 3, STYLE_DIM, str_text(&command));
	}
	str_free(&title);
	str_free(&command);
}

/* One block each 200 ms, then the bar is full and only the time goes on. */
static void add_bar(struct lines *lines, int width, int64_t waited)
{
	struct line *line = lines_add(lines);
	int blocks = (int)(1 + waited / (200 * CLOCK_MS)), room = width - 4 - 18;
	struct str bar = {0}, time = {0}, words = {0};

	room = room < BAR_MOST ? room : BAR_MOST;
	for (int i = 0; i < blocks && i < room; i++)
		str_add(&bar, "▒");
	if (waited < 60 * CLOCK_S)
		str_addf(&time, _("%1$d.%2$d s"), (int)(waited / CLOCK_S),
			 (int)(waited % CLOCK_S / (100 * CLOCK_MS)));
	else
		clock_print(&time, waited);
	str_addf(&words, _("waiting %s"), str_text(&time));
	line_add(line, STYLE_ACCENT, "    ");
	line_add(line, STYLE_ACCENT, str_text(&bar));
	line_add(line, STYLE_ACCENT, " ");
	line_add(line, STYLE_ACCENT, str_text(&words));
	str_free(&bar);
	str_free(&time);
	str_free(&words);
}

static void add_text(struct lines *lines, int width, const char *first, enum style style,
		     const char *text)
{
	struct flow *f = flow_start(lines, width, first, "    ", style);

	flow_text(f, style, text);
	flow_end(f);
}

static void add_call(struct lines *lines, int width, const struct trace_view *v, size_t at)
{
	const struct trace_row *row = &v->list.at[at];
	enum style style = at == at_of(v) ? STYLE_BOLD : STYLE_NORMAL;
	bool waits = row->ret == EVENT_NONE && row->blocked;
	struct str call = {0}, result = {0};
	int columns;

	trace_view_texts(v, row, &call, &result);
	columns = (int)(utf8_columns(str_text(&call)) + utf8_columns(str_text(&result))) + 1;
	if (!waits && columns <= width) {
		str_addf(&call, " %s", str_text(&result));
		str_cut(&result, 0);
	}
	add_text(lines, width, "", row->held ? STYLE_ACCENT : style, str_text(&call));
	if (waits)
		add_bar(lines, width, v->now - v->began - row->since);
	else if (result.len)
		add_text(lines, width, "    ", style, str_text(&result));
	str_free(&call);
	str_free(&result);
}

/* `1│ text`: a line that was printed, to which descriptor. */
static void add_output(struct lines *lines, int width, const struct event *e)
{
	struct line *line = lines_add(lines);
	const char *text = e->text ? e->text : "";
	size_t n = strlen(text), fit = utf8_fit(text, n, (size_t)(width - 3));
	char *shown = mem_strndup(text, fit);
	struct str mark = {0};

	str_addf(&mark, "%d%s ", e->u.output.fd, lines->ascii ? "|" : "│");
	line_add(line, STYLE_DIM, str_text(&mark));
	line_add(line, STYLE_CODE, shown);
	if (e->u.output.cut)
		add_text(lines, width, "", STYLE_DIM, _("It prints more, which is not kept."));
	str_free(&mark);
	free(shown);
}

static void add_told(struct lines *lines, int width, const struct trace_view *v, size_t index)
{
	const struct event *e = &v->events.list.at[index];
	struct str s = {0};

	if (e->kind == EVENT_CALL) {
		add_call(lines, width, v, (size_t)e->row - 1);
		return;
	}
	if (e->kind == EVENT_OUTPUT) {
		add_output(lines, width, e);
		return;
	}
	if (e->task > 1) {
		trace_view_task(&s, e->role, e->task);
		str_add(&s, ": ");
	}
	if (e->kind == EVENT_START && str_same(e->text, "thread"))
		str_addf(&s, _("a thread · pid %d"), e->u.pid);
	else if (e->kind == EVENT_START)
		str_addf(&s, _("a process · pid %d"), e->u.pid);
	else
		timeline_event_line(&s, e);
	add_text(lines, width, "", e->kind == EVENT_START ? STYLE_DIM : STYLE_NORMAL, str_text(&s));
	str_free(&s);
}

/* How many of TOLD happened before the event at INDEX or are it. */
static size_t told_until(const struct trace_who *who, size_t index)
{
	size_t low = 0, high = who->told.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (who->told.at[middle] <= index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What a pane shows ends with the row that is looked at. */
static size_t pane_end(const struct trace_view *v, const struct trace_who *who)
{
	size_t event = v->list.n ? v->list.at[at_of(v)].event : EVENT_NONE;

	return v->follows || event == EVENT_NONE ? who->told.n : told_until(who, event);
}

static void draw_pane(struct canvas *c, int x, int y, int w, int h, const struct trace_view *v,
		      enum role role)
{
	const struct trace_who *who = &v->who[role];
	size_t room = (size_t)(h - 2), end = pane_end(v, who), first;
	struct lines lines = {.ascii = c->ascii};

	draw_title(c, x, y, w, h, v, role);
	for (size_t i = end > room ? end - room : 0; i < end; i++)
		add_told(&lines, w - 4, v, who->told.at[i]);
	first = lines.list.n > room ? lines.list.n - room : 0;
	for (size_t i = first; i < lines.list.n; i++)
		line_draw(c, x + 2, y + 1 + (int)(i - first), w - 4, &lines.list.at[i]);
	lines_free(&lines);
}

/*
 * The timeline.
 */

struct columns {
	int time;          /* where each begins */
	int role[ROLES];
	int peer;
	int width;         /* of a role's */
};

static struct columns columns_in(int x, int w)
{
	int inner = w - 4 - 2 - TIME - 2 - GAP - PEER;
	struct columns at = {.time = x + 4, .width = (inner - GAP) / 2};

	at.role[ROLE_A] = at.time + TIME + 2;
	at.role[ROLE_B] = at.role[ROLE_A] + at.width + GAP;
	at.peer = x + w - 2 - PEER;
	return at;
}

/* The call gives way to what came of it. */
static void draw_texts(struct canvas *c, int x, int y, int w, enum style style, const char *call,
		       const char *result)
{
	int need = *result ? canvas_columns(c, result) + 1 : 0;
	int room = canvas_columns(c, call) + need <= w ? w : w - need;

	if (room < w / 3)
		room = w / 3;
	room = canvas_short(c, x, y, room, style, call) + 1;
	if (*result)
		canvas_short(c, x + room, y, w - room, style, result);
}

/* Who had the other end, when the call was made or when it had joined the two. */
static const struct event_on *peer_of(const struct trace_view *v, const struct trace_row *row)
{
	const struct event *e = &v->events.list.at[row->event];
	const struct event_on *on = &e->u.on;

	if (e->kind != EVENT_CALL)
		return NULL;
	if ((!on->known || on->peer_role == ROLE_NONE) && row->ret != EVENT_NONE)
		on = &v->events.list.at[row->ret].u.ret.on;
	return on->known && on->peer_role != ROLE_NONE ? on : NULL;
}

static void draw_peer(struct canvas *c, int x, int y, const struct event_on *on)
{
	struct str s = {0};

	if (!on)
		return;
	trace_view_task(&s, on->peer_role, on->peer_task);
	str_addf(&s, " %d", on->peer_fd);
	canvas_short(c, x, y, PEER, STYLE_DIM, str_text(&s));
	str_free(&s);
}

/* When, or how long after the row before it. */
static void add_time(struct str *to, const struct trace_view *v, size_t i)
{
	size_t before = i > 0 ? v->list.at[i - 1].event : EVENT_NONE;
	int64_t ns = v->events.list.at[v->list.at[i].event].ns;

	if (before != EVENT_NONE) {
		str_addc(to, '+');
		ns -= v->events.list.at[before].ns;
	}
	clock_print(to, ns > 0 ? ns : 0);
}

static void draw_row(struct canvas *c, const struct columns *at, int y, const struct trace_view *v,
		     size_t i)
{
	const struct trace_row *row = &v->list.at[i];
	struct str time = {0}, call = {0}, result = {0};
	const struct event *e;
	enum style style = i == at_of(v) ? STYLE_BOLD : STYLE_NORMAL;
	int room = at->width;

	if (row->event == EVENT_NONE)
		return;
	e = &v->events.list.at[row->event];
	if (e->role == ROLE_B)
		room = at->peer - GAP - at->role[ROLE_B];
	if (row->held)
		style = STYLE_ACCENT;
	if (i == at_of(v))
		canvas_text(c, at->time - 2, y, 1, STYLE_ACCENT, "▸");
	add_time(&time, v, i);
	canvas_right(c, at->time, y, TIME, STYLE_DIM, str_text(&time));
	trace_view_texts(v, row, &call, &result);
	draw_texts(c, at->role[e->role], y, room, style, str_text(&call), str_text(&result));
	draw_peer(c, at->peer, y, peer_of(v, row));
	str_free(&time);
	str_free(&call);
	str_free(&result);
}

static void draw_heading(struct canvas *c, const struct columns *at, int y)
{
	canvas_right(c, at->time, y, TIME, STYLE_DIM, _("time"));
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		canvas_text(c, at->role[r], y, at->width, STYLE_HEADING, role_name(r));
	canvas_text(c, at->peer, y, PEER, STYLE_DIM, _("peer"));
}

/* The row that is looked at is in view. */
static void keep_in_view(struct trace_view *v, size_t room)
{
	size_t at = at_of(v), most = v->list.n > room ? v->list.n - room : 0;

	if (at < v->top)
		v->top = at;
	if (at >= v->top + room)
		v->top = at - room + 1;
	if (v->top > most)
		v->top = most;
}

static void draw_timeline(struct canvas *c, int y, int h, struct trace_view *v)
{
	struct columns at = columns_in(0, c->columns);
	size_t room = (size_t)trace_view_room(v);

	keep_in_view(v, room);
	canvas_box(c, 0, y, c->columns, h, _("Timeline"), STYLE_NORMAL);
	canvas_fill(c, at.role[ROLE_B] - GAP + 1, y + 1, 1, h - 2, STYLE_NORMAL, "│");
	canvas_fill(c, at.peer - GAP + 1, y + 1, 1, h - 2, STYLE_NORMAL, "│");
	draw_heading(c, &at, y + 1);
	for (size_t i = 0; i < room && v->top + i < v->list.n; i++)
		draw_row(c, &at, y + 2 + (int)i, v, v->top + i);
}

/*
 * The rest.
 */

static void draw_header(struct canvas *c, const struct trace_view *v)
{
	struct str s = {0};

	canvas_text(c, 1, 0, c->columns - 2, STYLE_HEADING, _("Trace"));
	str_addf(&s, ngettext("%zu call", "%zu calls", v->calls), v->calls);
	if (!v->follows && v->list.n)
		str_addf(&s, _(" · row %1$zu of %2$zu"), v->at + 1, v->list.n);
	str_add(&s, " · ");
	str_add(&s, v->over ? _("over") : v->holds ? _("calls are held") : _("running"));
	canvas_right(c, 1, 0, c->columns - 2, STYLE_DIM, str_text(&s));
	str_free(&s);
}

/* What each is about to do. */
static void add_next(struct str *to, const struct trace_view *v)
{
	for (enum role r = ROLE_A; r < ROLE_NONE; r++) {
		const struct trace_row *row = trace_view_held(v, r);
		struct str call = {0}, result = {0};

		if (!row)
			continue;
		trace_view_texts(v, row, &call, &result);
		str_add(to, to->len ? " · " : _("Next: "));
		if (v->events.list.at[row->event].task < 2)
			str_addf(to, "%s: ", r == ROLE_A ? "A" : "B");
		str_add(to, str_text(&call));
		str_free(&call);
		str_free(&result);
	}
}

/* Which descriptor is the other end of which. */
static void add_peer(struct str *to, const struct trace_view *v)
{
	const struct trace_row *row = v->list.n ? &v->list.at[at_of(v)] : NULL;
	const struct event_on *on = row && row->event != EVENT_NONE ? peer_of(v, row) : NULL;
	struct str one = {0}, other = {0};
	const struct event *e;

	if (!on)
		return;
	e = &v->events.list.at[row->event];
	trace_view_task(&one, e->role, e->task);
	trace_view_task(&other, on->peer_role, on->peer_task);
	/* TRANSLATORS: A, a descriptor, B.2, a descriptor */
	str_addf(to, _("%1$s's descriptor %2$d and %3$s's %4$d are the two ends."), str_text(&one),
		 on->fd, str_text(&other), on->peer_fd);
	str_free(&one);
	str_free(&other);
}

static void draw_sentence(struct canvas *c, int y, const struct trace_view *v)
{
	struct str s = {0};
	enum style style = STYLE_NORMAL;

	if (v->typing) {
		int x = 1 + canvas_text(c, 1, y, c->columns - 2, STYLE_ACCENT, "/");

		entry_draw(c, x, y, c->columns - x - 1, STYLE_NORMAL, &v->entry);
		return;
	}
	if (v->message || (v->over && v->why)) {
		str_add(&s, v->message ? v->message : v->why);
		style = STYLE_ACCENT;
	} else if (v->holds && !v->over) {
		add_next(&s, v);
	} else {
		add_peer(&s, v);
	}
	canvas_short(c, 1, y, c->columns - 2, style, str_text(&s));
	str_free(&s);
}

void trace_view_draw(struct canvas *c, struct trace_view *v)
{
	int panes = pane_rows(v), half = v->columns / 2;
	int rest = v->rows - HEADER - panes - FOOT;

	if (c->columns != v->columns || c->rows != v->rows)
		canvas_resize(c, v->columns, v->rows);
	else
		canvas_clear(c);
	if (v->columns < SCREEN_LEAST_COLUMNS || v->rows < SCREEN_LEAST_ROWS) {
		view_too_small(c);
		return;
	}
	draw_header(c, v);
	draw_pane(c, 0, HEADER, half, panes, v, ROLE_A);
	draw_pane(c, half, HEADER, v->columns - half, panes, v, ROLE_B);
	draw_timeline(c, HEADER + panes, rest, v);
	draw_sentence(c, v->rows - 2, v);
	keys_bar(c, v->rows - 1, trace_view_keys(v));
	if (v->help)
		keys_help(c, _("Trace"), trace_view_keys(v), v->help - 1);
}
