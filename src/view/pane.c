#include "view/pane.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"
#include "view/expect.h"
#include "view/flow.h"
#include "view/lens_line.h"

#include <signal.h>
#include <string.h>

enum {
	BAR_MOST = 24,
	BAR_LEAST = 5,   /* where it would be shorter, so are the words beside it */
	TIME_LEAST = 18, /* columns for how long */
};

/* What a pane is drawn from. */
struct pane {
	const struct player *p;
	enum role role;
	size_t end;         /* events */
	size_t stop;        /* lines of those before this one are shown */
	int row;            /* the step that is shown: its lines are the newest */
	int width;
	int64_t now;
	struct lines lines;
};

/* Whether the newest that happened to ROLE is that a signal stopped it. */
static bool is_stopped(const struct player *p, enum role role, size_t end)
{
	for (size_t i = end; i-- > 0;) {
		const struct event *e = &p->events.list.at[i];

		if (e->role != role || e->task > 1)
			continue;
		if (e->kind == EVENT_SIGNAL)
			return e->u.signal.number == SIGSTOP;
		if (e->kind == EVENT_START || e->kind == EVENT_CALL || e->kind == EVENT_RETURN)
			return false;
	}
	return false;
}

static const char *state_word(const struct player *p, enum role role, size_t end)
{
	if (is_stopped(p, role, end))
		return _("stopped");
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
		if (p->events.list.at[i].kind == kind && p->events.list.at[i].role == role &&
		    p->events.list.at[i].task <= 1)
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

/* The command of a program, in at most WIDTH columns. */
static void add_command(struct str *to, const char *line, int width)
{
	size_t fits = utf8_fit(line, strlen(line), (size_t)(width > 1 ? width - 1 : 0));

	if ((int)utf8_columns(line) <= width)
		str_add(to, line);
	else
		str_addf(to, "%.*s%s", (int)fits, line, width > 0 ? "…" : "");
}

static void add_label(struct str *to, const struct player *p, enum role role, int width)
{
	if (p->program[role]) {
		str_add(to, " · ");
		add_command(to, p->program[role], width);
	} else if (p->demo->setup[role].label) {
		str_addf(to, " (%s)", p->demo->setup[role].label);
	}
}

/* Of a command at most COMMAND columns. */
static void title_with(struct str *to, const struct player *p, enum role role, unsigned says,
		       int command)
{
	size_t end = player_end(p);
	const struct event *start = last_of(p, role, end, EVENT_START);

	str_add(to, role_name(role) + (says & SAYS_PROCESS ? 0 : strlen("Process ")));
	if (says & SAYS_LABEL)
		add_label(to, p, role, command);
	if (p->recorded)
		str_addf(to, " · %s", _("recorded"));
	else if (start && (says & SAYS_PID))
		str_addf(to, " · pid %d", start->u.pid);
	str_add(to, " · ");
	pane_state(to, p, role, end);
}

/* The command cut to what is left beside the rest, or left out where that is next to nothing. */
static void title_cut(struct str *to, const struct player *p, enum role role, int width)
{
	enum { LEAST = 6 };
	size_t before = to->len;
	int rest;

	title_with(to, p, role, SAYS_LABEL, 0);
	rest = width - (int)utf8_columns(str_text(to) + before);
	str_cut(to, before);
	title_with(to, p, role, rest < LEAST ? 0 : SAYS_LABEL, rest);
}

void pane_title(struct str *to, const struct player *p, enum role role, int width)
{
	static const unsigned of_script[] = {
		SAYS_PROCESS | SAYS_LABEL | SAYS_PID, SAYS_LABEL | SAYS_PID,
		SAYS_PROCESS | SAYS_PID, SAYS_PROCESS | SAYS_LABEL, SAYS_PROCESS, 0,
	}, of_program[] = {
		SAYS_PROCESS | SAYS_LABEL | SAYS_PID, SAYS_LABEL | SAYS_PID,
		SAYS_PROCESS | SAYS_LABEL, SAYS_LABEL, 0,
	};
	const unsigned *says = p->program[role] ? of_program : of_script;
	size_t before = to->len;

	for (;; says++) {
		title_with(to, p, role, *says, width);
		if ((int)utf8_columns(str_text(to) + before) <= width || !*says)
			break;
		str_cut(to, before);
	}
	if (p->program[role] && !*says) {
		str_cut(to, before);
		title_cut(to, p, role, width);
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

/* When the kernel said that the call at index I sleeps, or when it was entered. */
static int64_t waiting_since(const struct pane *pane, size_t i)
{
	const struct event *list = pane->p->events.list.at;

	for (size_t k = pane->end; k-- > i;)
		if (list[k].kind == EVENT_BLOCKED && list[k].call == list[i].call)
			return list[k].ns;
	return list[i].ns;
}

/* Whether the call at index I, which has not returned, sleeps. */
static bool is_asleep(const struct pane *pane, size_t i)
{
	const struct event *list = pane->p->events.list.at;
	bool blocked = false;

	if (list[i].task == 0)
		return player_blocked(pane->p, pane->role, pane->end) == i;
	for (size_t k = i + 1; k < pane->end; k++) {
		if (list[k].role != list[i].role || list[k].task != list[i].task)
			continue;
		if (list[k].kind == EVENT_END)
			return false;
		blocked |= list[k].kind == EVENT_BLOCKED && list[k].call == list[i].call;
	}
	return blocked;
}

static int at_least(int n, int least)
{
	return n > least ? n : least;
}

/* 1.3 s; minutes as they are printed elsewhere. */
static void add_waited(struct str *to, int64_t ns)
{
	if (ns < 60 * CLOCK_S)
		str_addf(to, _("%1$d.%2$d s"), (int)(ns / CLOCK_S),
			 (int)(ns % CLOCK_S / (100 * CLOCK_MS)));
	else
		clock_print(to, ns);
}

/* Columns for the bar, beside WORDS. */
static int bar_room(const struct pane *pane, const struct str *words)
{
	int room = pane->width - 4 - at_least((int)utf8_columns(str_text(words)) + 1, TIME_LEAST);

	return room > BAR_MOST ? BAR_MOST : room;
}

static void add_bar_line(struct pane *pane, const char *bar, const char *words)
{
	struct line *line = lines_add(&pane->lines);

	line_add(line, STYLE_ACCENT, "    ");
	line_add(line, STYLE_ACCENT, bar);
	line_add(line, STYLE_ACCENT, " ");
	line_add(line, STYLE_ACCENT, words);
}

/* One block each 200 ms, then the bar is full and only the time goes on. */
static void add_endless_bar(struct pane *pane, int64_t waited)
{
	int blocks = (int)(1 + waited / (200 * CLOCK_MS)), room;
	struct str bar = {0}, time = {0}, words = {0};

	add_waited(&time, waited);
	/* TRANSLATORS: how long a call has been waiting: 1.3 s */
	str_addf(&words, _("waiting %s"), str_text(&time));
	room = bar_room(pane, &words);
	for (int i = 0; i < blocks && i < room; i++)
		str_add(&bar, "▒");
	add_bar_line(pane, str_text(&bar), str_text(&words));
	str_free(&bar);
	str_free(&time);
	str_free(&words);
}

/* How much of what it can take is over. */
static void add_expected_bar(struct pane *pane, int64_t waited, int64_t takes)
{
	struct str bar = {0}, time = {0}, all = {0}, words = {0};
	int room, done;

	add_waited(&time, waited);
	add_waited(&all, takes);
	/* TRANSLATORS: how long a call has been waiting, and how long it will: 1.3 s of 3.0 s */
	str_addf(&words, _("waiting %1$s of %2$s"), str_text(&time), str_text(&all));
	if (bar_room(pane, &words) < BAR_LEAST) {
		str_cut(&words, 0);
		/* TRANSLATORS: the same, shorter: 1 min 05 s of 2 min 11 s */
		str_addf(&words, _("%1$s of %2$s"), str_text(&time), str_text(&all));
	}
	room = bar_room(pane, &words);
	done = waited < takes ? (int)((double)waited / (double)takes * room) : room;
	for (int i = 0; i < room; i++)
		str_add(&bar, i < done || i == 0 ? "▒" : "·");
	add_bar_line(pane, str_text(&bar), str_text(&words));
	str_free(&bar);
	str_free(&time);
	str_free(&all);
	str_free(&words);
}

/* The bar that grows under the blocked call at index I. */
static void add_bar(struct pane *pane, size_t i)
{
	const struct player *p = pane->p;
	bool past = p->looking >= 0 || p->recorded;
	int64_t to = past ? p->events.list.at[pane->end - 1].ns : pane->now - p->began;
	int64_t since = waiting_since(pane, i);
	struct expectation e;

	if (expect_call(p, i, pane->end, &e))
		add_expected_bar(pane, to > e.start ? to - e.start : 0, e.takes);
	else
		add_endless_bar(pane, to > since ? to - since : 0);
}

/* `A.2 ` before what a further thread or process of a program does. */
static void add_task(struct str *to, const struct event *e)
{
	if (e->task > 1)
		str_addf(to, "%c.%u: ", e->role == ROLE_A ? 'A' : 'B', e->task);
}

/* What a program prints is marked by the descriptor it goes to, as in a trace: it is none of its
 * calls. */
static void add_output(struct pane *pane, const struct event *e)
{
	const char *mark = e->u.output.fd == 2 ? "2│ " : "1│ ";
	struct flow *f = flow_start(&pane->lines, pane->width, mark, " │ ", STYLE_DIM);

	flow_raw(f, STYLE_CODE, e->text ? e->text : "");
	flow_end(f);
	if (e->u.output.cut)
		add_text(pane, "", STYLE_DIM, _("It prints more, which is not kept."));
}

static void add_call(struct pane *pane, size_t i)
{
	const struct event *e = &pane->p->events.list.at[i];
	const struct event *ret = return_of(pane, i);
	enum style style = event_style(pane, ret && ret->row > e->row ? ret : e);
	struct str s = {0}, result = {0};

	add_task(&s, e);
	str_add(&s, e->text ? e->text : "");
	if (ret) {
		timeline_result(&result, ret, 64);
		str_addf(&s, " %s", str_text(&result));
	}
	if (!ret || (int)utf8_columns(str_text(&s)) <= pane->width) {
		add_text(pane, "", style, str_text(&s));
	} else {
		str_cut(&s, 0);
		add_task(&s, e);
		str_add(&s, e->text);
		add_text(pane, "", style, str_text(&s));
		add_text(pane, "    ", style, str_text(&result));
	}
	if (!ret && is_asleep(pane, i))
		add_bar(pane, i);
	str_free(&s);
	str_free(&result);
}

/* Whether the event has a line of its own in the pane. */
static bool shows(const struct pane *pane, const struct event *e)
{
	return e->role == pane->role &&
	       (e->kind == EVENT_CALL || e->kind == EVENT_SIGNAL || e->kind == EVENT_END ||
		e->kind == EVENT_REFUSED || e->kind == EVENT_DIRECTOR ||
		e->kind == EVENT_OUTPUT);
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
	if (e->kind == EVENT_OUTPUT) {
		add_output(pane, e);
		return;
	}
	add_task(&s, e);
	timeline_event_line(&s, e);
	if (e->kind == EVENT_DIRECTOR) {
		/* TRANSLATORS: what is done to a process, not by it, such as kill -9 */
		char *outside = str_make(e->u.director.by_hand ? _("by hand: %s")
							       : _("from outside: %s"), str_text(&s));

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
	size_t i = pane->stop;

	while (i > 0 && room > 0)
		room -= shows(pane, &pane->p->events.list.at[--i]);
	return i;
}

/* The lines of what is shown, the last ROOM of which matter; near the beginning more than was
 * asked for. */
static void fill(struct pane *pane, size_t room, size_t *end)
{
	size_t i = first_event(pane, room), first, blocked;

	first = i;
	for (; i < pane->stop; i++)
		add_event(pane, i);
	for (; i < pane->end && pane->lines.list.n < room; i++)
		add_event(pane, i);
	if (end)
		*end = i < pane->end ? i : 0;
	pane->stop = i;
	/* Others go on beside it: what sleeps is not lost from sight. */
	blocked = i == pane->end ? player_blocked(pane->p, pane->role, pane->end) : EVENT_NONE;
	if (blocked < first)
		add_event(pane, blocked);
}

bool pane_scroll(size_t *end, const struct player *p, enum role role, enum op op)
{
	struct pane pane = {.p = p, .role = role, .end = player_end(p)};
	size_t i = *end && *end < pane.end ? *end : pane.end;
	int down = 0, by;

	if (!keys_scroll(&down, op))
		return false;
	for (by = down; by < 0 && i > 0; i--)
		by += shows(&pane, &p->events.list.at[i - 1]);
	for (by = down; by > 0 && i < pane.end; i++)
		by -= shows(&pane, &p->events.list.at[i]);
	/* What does not show can be passed over, but 0 would be the newest. */
	*end = i < pane.end ? i + (i == 0) : 0;
	return true;
}

void pane_draw(struct canvas *c, int x, int y, int w, int h, const struct player *p,
	       enum role role, int64_t now)
{
	pane_draw_how(c, x, y, w, h, &(struct pane_how){0}, p, role, now);
}

void pane_draw_how(struct canvas *c, int x, int y, int w, int h, const struct pane_how *how,
		   const struct player *p, enum role role, int64_t now)
{
	size_t end = player_end(p), stop = how->end && *how->end && *how->end < end ? *how->end : end;
	struct pane pane = {p, role, end, stop, player_row(p), w - 4, now, {.ascii = c->ascii}};
	struct str title = {0};
	size_t room = h > 2 + how->left ? (size_t)(h - 2 - how->left) : 0, first;
	int lens = w;

	fill(&pane, room, how->end);
	/* There an ellipsis is three dots. */
	pane_title(&title, p, role, w - 4 - (c->ascii && p->program[role] ? 2 : 0));
	canvas_box(c, x, y, w, h, str_text(&title), how->chosen ? STYLE_ACCENT : STYLE_NORMAL);
	if (pane.stop < pane.end)
		lens -= w - 2 - (canvas_right(c, x, y + h - 1, w - 2, STYLE_DIM, _(" more below ")) - x);
	lens_line_draw(c, x, y + h - 1, lens, p, role, now);
	first = pane.lines.list.n > room ? pane.lines.list.n - room : 0;
	for (size_t i = first; i < pane.lines.list.n; i++)
		line_draw(c, x + 2, y + 1 + (int)(i - first), w - 4, &pane.lines.list.at[i]);
	lines_free(&pane.lines);
	str_free(&title);
}
