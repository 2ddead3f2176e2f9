#include "view/pane.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"
#include "view/flow.h"
#include "view/lens_line.h"

#include <string.h>

enum { BAR_MOST = 24, TIME_LEAST = 18 /* columns for how long */ };

/* What a pane is drawn from. */
struct pane {
	const struct player *p;
	enum role role;
	size_t end;         /* events */
	int row;            /* the step that is shown: its lines are the newest */
	int width;
	int64_t now;
	struct lines lines;
};

static const char *state_word(const struct player *p, enum role role, size_t end)
{
	for (size_t i = end; i-- > 0;)
		if (p->events.list.at[i].kind == EVENT_START && p->events.list.at[i].role == role)
			return player_blocked(p, role, end) == EVENT_NONE ? _("running")
									    : _("blocked");
	return _("not started");
}

static const struct event *last_of(const struct player *p, enum role role, size_t end,
				   enum event_kind kind)
{
	for (size_t i = end; i-- > 0;)
		if (p->events.list.at[i].kind == kind && p->events.list.at[i].role == role)
			return &p->events.list.at[i];
	return NULL;
}

void pane_state(struct str *to, const struct player *p, enum role role, size_t end)
{
	const struct event *over = last_of(p, role, end, EVENT_END);
	const char *name = over ? signal_name(over->u.end.signal) : NULL;

	if (!over)
		str_add(to, state_word(p, role, end));
	else if (!over->u.end.signal)
		str_addf(to, _("exited %d"), over->u.end.status);
	else if (name)
		str_addf(to, _("killed by %s"), name);
	else
		str_addf(to, _("killed by signal %d"), over->u.end.signal);
}

/* What a title may say, from all of it to the least. */
enum { SAYS_PROCESS = 1, SAYS_LABEL = 2, SAYS_PID = 4 };

static void title_with(struct str *to, const struct player *p, enum role role, unsigned says)
{
	size_t end = player_end(p);
	const struct event *start = last_of(p, role, end, EVENT_START);
	const char *label = p->demo->setup[role].label;

	str_add(to, role_name(role) + (says & SAYS_PROCESS ? 0 : strlen("Process ")));
	if (label && (says & SAYS_LABEL))
		str_addf(to, " (%s)", label);
	if (p->recorded)
		str_addf(to, " · %s", _("recorded"));
	else if (start && (says & SAYS_PID))
		str_addf(to, " · pid %d", start->u.pid);
	str_add(to, " · ");
	pane_state(to, p, role, end);
}

void pane_title(struct str *to, const struct player *p, enum role role, int width)
{
	static const unsigned says[] = {
		SAYS_PROCESS | SAYS_LABEL | SAYS_PID, SAYS_LABEL | SAYS_PID,
		SAYS_PROCESS | SAYS_PID, SAYS_PROCESS | SAYS_LABEL, SAYS_PROCESS, 0,
	};

	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		size_t before = to->len;

		title_with(to, p, role, says[i]);
		if ((int)utf8_columns(str_text(to) + before) <= width || says[i] == 0)
			return;
		str_cut(to, before);
	}
}

static enum style event_style(const struct pane *pane, const struct event *e)
{
	if (e->row == pane->row && e->row > 0)
		return STYLE_BOLD;
	return e->row > 0 ? STYLE_NORMAL : STYLE_DIM;
}

static void add_text(struct pane *pane, const char *first, enum style style, const char *text)
{
	struct flow *f = flow_start(&pane->lines, pane->width, first, "    ", style);

	flow_text(f, style, text);
	flow_end(f);
}

static const struct event *return_of(const struct pane *pane, size_t call)
{
	const struct event *e = &pane->p->events.list.at[call];

	for (size_t i = call + 1; i < pane->end; i++) {
		const struct event *r = &pane->p->events.list.at[i];

		if (r->kind == EVENT_RETURN && r->role == e->role && r->call == e->call)
			return r;
	}
	return NULL;
}

/* When the kernel said that the call sleeps, or when it was entered. */
static int64_t waiting_since(const struct pane *pane, const struct event *call)
{
	const struct event *blocked = last_of(pane->p, call->role, pane->end, EVENT_BLOCKED);

	return blocked && blocked->call == call->call ? blocked->ns : call->ns;
}

static int at_least(int n, int least)
{
	return n > least ? n : least;
}

/* The bar that grows: one block each 200 ms, then it is full and only the time goes on. */
static void add_bar(struct pane *pane, const struct event *call)
{
	const struct player *p = pane->p;
	bool past = p->looking >= 0 || p->recorded;
	int64_t to = past ? p->events.list.at[pane->end - 1].ns : pane->now - p->began;
	int64_t waited = to - waiting_since(pane, call);
	int room, blocks;
	struct str s = {0}, words = {0};

	if (waited < 0)
		waited = 0;
	/* TRANSLATORS: how long a call has been waiting: 1.3 s */
	str_addf(&words, _("waiting %1$d.%2$d s"), (int)(waited / CLOCK_S),
		 (int)(waited % CLOCK_S / (100 * CLOCK_MS)));
	room = pane->width - 4 - at_least((int)utf8_columns(str_text(&words)) + 1, TIME_LEAST);
	room = room > BAR_MOST ? BAR_MOST : room;
	blocks = (int)(1 + waited / (200 * CLOCK_MS));
	for (int i = 0; i < blocks && i < room; i++)
		str_add(&s, "▒");
	str_addf(&s, " %s", str_text(&words));
	str_free(&words);
	line_add(lines_add(&pane->lines), STYLE_ACCENT, "    ");
	line_add(&pane->lines.list.at[pane->lines.list.n - 1], STYLE_ACCENT, str_text(&s));
	str_free(&s);
}

static void add_call(struct pane *pane, size_t i)
{
	const struct event *e = &pane->p->events.list.at[i];
	const struct event *ret = return_of(pane, i);
	enum style style = event_style(pane, ret && ret->row > e->row ? ret : e);
	struct str s = {0}, result = {0};

	str_add(&s, e->text ? e->text : "");
	if (ret) {
		timeline_result(&result, ret, 64);
		str_addf(&s, " %s", str_text(&result));
	}
	if (!ret || (int)utf8_columns(str_text(&s)) <= pane->width) {
		add_text(pane, "", style, str_text(&s));
	} else {
		add_text(pane, "", style, e->text);
		add_text(pane, "    ", style, str_text(&result));
	}
	if (player_blocked(pane->p, pane->role, pane->end) == i)
		add_bar(pane, e);
	str_free(&s);
	str_free(&result);
}

/* Whether the event has a line of its own in the pane. */
static bool shows(const struct pane *pane, const struct event *e)
{
	return e->role == pane->role &&
	       (e->kind == EVENT_CALL || e->kind == EVENT_SIGNAL || e->kind == EVENT_END ||
		e->kind == EVENT_REFUSED || e->kind == EVENT_DIRECTOR);
}

static void add_event(struct pane *pane, size_t i)
{
	const struct event *e = &pane->p->events.list.at[i];
	struct str s = {0};

	if (!shows(pane, e))
		return;
	if (e->kind == EVENT_CALL) {
		add_call(pane, i);
		return;
	}
	timeline_event_line(&s, e);
	if (e->kind == EVENT_DIRECTOR) {
		/* TRANSLATORS: what is done to a process, not by it, such as kill -9 */
		char *outside = str_make(_("from outside: %s"), str_text(&s));

		add_text(pane, "", event_style(pane, e), outside);
		free(outside);
	} else {
		add_text(pane, "", event_style(pane, e), str_text(&s));
	}
	str_free(&s);
}

/* Where to begin so that ROOM lines are filled: each event that shows takes at least one. */
static size_t first_event(const struct pane *pane, size_t room)
{
	size_t i = pane->end;

	while (i > 0 && room > 0)
		room -= shows(pane, &pane->p->events.list.at[--i]);
	return i;
}

void pane_draw(struct canvas *c, int x, int y, int w, int h, const struct player *p,
	       enum role role, int64_t now)
{
	struct pane pane = {p, role, player_end(p), player_row(p), w - 4, now, {.ascii = c->ascii}};
	struct str title = {0};
	size_t room = h > 2 ? (size_t)(h - 2) : 0, first;

	pane_title(&title, p, role, w - 4);
	canvas_box(c, x, y, w, h, str_text(&title), STYLE_NORMAL);
	lens_line_draw(c, x, y + h - 1, w, p, role, now);
	for (size_t i = first_event(&pane, room); i < pane.end; i++)
		add_event(&pane, i);
	first = pane.lines.list.n > room ? pane.lines.list.n - room : 0;
	for (size_t i = first; i < pane.lines.list.n; i++)
		line_draw(c, x + 2, y + 1 + (int)(i - first), w - 4, &pane.lines.list.at[i]);
	lines_free(&pane.lines);
	str_free(&title);
}
