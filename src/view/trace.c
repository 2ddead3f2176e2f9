#include "view/trace.h"

#include "base/clock.h"
#include "timeline/timeline.h"
#include "view/view.h"

#include <string.h>

enum { SHOWN_BYTES = 48, SOUGHT_MOST = 200 };

static const struct binding running_keys[] = {
	{{INPUT_UP, 'k'}, OP_UP, "↑↓", N_("look back"), N_("one row back, one on")},
	{{INPUT_DOWN, 'j'}, OP_DOWN, "↓", NULL, NULL},
	{{INPUT_WHEEL_UP}, OP_BACK, "", NULL, NULL},
	{{INPUT_WHEEL_DOWN}, OP_FORWARD, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "PgUp PgDn", NULL, N_("one screen back, one on")},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "PgDn", NULL, NULL},
	{{'g', INPUT_HOME}, OP_FIRST, "g", NULL, N_("the first row")},
	{{'G', INPUT_END}, OP_LAST, "G", N_("newest"), N_("the newest row, and stay there")},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", N_("search"), N_("find a row by its text")},
	{{'n'}, OP_AGAIN, "n N", NULL, N_("the next that was found, the one before")},
	{{'N'}, OP_AGAIN_BACK, "N", NULL, NULL},
	{{'h'}, OP_HOLD, "h", N_("hold"), N_("hold each call before it is made")},
	{{'x'}, OP_SAVE, "x", N_("save"), N_("save what there is as a Markdown table")},
	{{'X'}, OP_SAVE_JSON, "X", NULL, N_("save it as JSON lines")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help")},
	{{'q'}, OP_LEAVE, "q", N_("leave"), N_("end what was started, and leave")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding holding_keys[] = {
	{{' '}, OP_STEP, "Space", N_("next call"), N_("let the call that came first go on")},
	{{'A', 'a'}, OP_MOVE_A, "A B", N_("of that one"), N_("let the next call of that program go on")},
	{{'B', 'b'}, OP_MOVE_B, "B", NULL, NULL},
	{{'h'}, OP_HOLD, "h", N_("let all go"), N_("let all go on, and hold none any more")},
	{{INPUT_UP, 'k'}, OP_UP, "↑↓", N_("look back"), N_("one row back, one on")},
	{{INPUT_DOWN, 'j'}, OP_DOWN, "↓", NULL, NULL},
	{{INPUT_WHEEL_UP}, OP_BACK, "", NULL, NULL},
	{{INPUT_WHEEL_DOWN}, OP_FORWARD, "", NULL, NULL},
	{{INPUT_PAGE_UP}, OP_PAGE_UP, "PgUp PgDn", NULL, N_("one screen back, one on")},
	{{INPUT_PAGE_DOWN}, OP_PAGE_DOWN, "PgDn", NULL, NULL},
	{{'g', INPUT_HOME}, OP_FIRST, "g", NULL, N_("the first row")},
	{{'G', INPUT_END}, OP_LAST, "G", NULL, N_("the newest row, and stay there")},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", NULL, N_("find a row by its text")},
	{{'n'}, OP_AGAIN, "n N", NULL, N_("the next that was found, the one before")},
	{{'N'}, OP_AGAIN_BACK, "N", NULL, NULL},
	{{'x'}, OP_SAVE, "x", N_("save"), N_("save what there is as a Markdown table")},
	{{'X'}, OP_SAVE_JSON, "X", NULL, N_("save it as JSON lines")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help")},
	{{'q'}, OP_LEAVE, "q", N_("leave"), N_("end what was started, and leave")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding typing_keys[] = {
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("find"), NULL},
	{{INPUT_ESC}, OP_NO, "Esc", N_("find nothing"), NULL},
	{{KEYS_ANY}, OP_TYPE, "", NULL, NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

const struct binding *trace_view_keys(const struct trace_view *v)
{
	if (v->typing)
		return typing_keys;
	return v->holds && !v->over ? holding_keys : running_keys;
}

void trace_view_start(struct trace_view *v)
{
	*v = (struct trace_view){.follows = true};
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		v->who[r].end = EVENT_NONE;
}

void trace_view_free(struct trace_view *v)
{
	events_free(&v->events);
	vec_free(&v->list);
	vec_free(&v->under_way);
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		vec_free(&v->who[r].told);
	entry_free(&v->entry);
	free(v->message);
	free(v->why);
}

void trace_view_say(struct trace_view *v, const char *text)
{
	free(v->message);
	v->message = mem_strdup(text);
}

/*
 * Events.
 */

/* Row NUMBER, from 1, which may be new. */
static struct trace_row *row_of(struct trace_view *v, int number)
{
	struct trace_row none = {.event = EVENT_NONE, .ret = EVENT_NONE};

	while (v->list.n < (size_t)number)
		vec_push(&v->list, none);
	return &v->list.at[number - 1];
}

static void drop_under_way(struct trace_view *v, size_t i)
{
	struct trace_row *row = &v->list.at[v->under_way.at[i]];

	row->held = row->blocked = false;
	memmove(&v->under_way.at[i], &v->under_way.at[i + 1],
		(v->under_way.n - i - 1) * sizeof v->under_way.at[0]);
	v->under_way.n--;
}

static void returned(struct trace_view *v, const struct event *e, size_t index)
{
	row_of(v, e->row)->ret = index;
	for (size_t i = v->under_way.n; i-- > 0;)
		if (v->under_way.at[i] == (size_t)e->row - 1)
			drop_under_way(v, i);
}

/* What a task of ROLE was in never returns; TASK 0: of all its tasks. */
static void lose(struct trace_view *v, enum role role, unsigned task)
{
	for (size_t i = v->under_way.n; i-- > 0;) {
		struct trace_row *row = &v->list.at[v->under_way.at[i]];
		const struct event *call = &v->events.list.at[row->event];

		if (call->role != role || (task && call->task != task))
			continue;
		row->lost = true;
		drop_under_way(v, i);
	}
}

/* E, at INDEX, gets a line in its pane and, with a row, one of the timeline. */
static void tell(struct trace_view *v, const struct event *e, size_t index)
{
	if (e->role == ROLE_NONE)
		return;
	vec_push(&v->who[e->role].told, index);
	if (e->row <= 0)
		return;
	row_of(v, e->row)->event = index;
	row_of(v, e->row)->since = e->ns;
}

static void called(struct trace_view *v, const struct event *e, size_t index)
{
	tell(v, e, index);
	v->calls++;
	vec_push(&v->under_way, (size_t)e->row - 1);
}

static void started(struct trace_view *v, const struct event *e, size_t index)
{
	if (e->task > 1)
		tell(v, e, index);
	else if (e->role != ROLE_NONE)
		v->who[e->role].pid = e->u.pid;
}

static void ended(struct trace_view *v, const struct event *e, size_t index)
{
	if (e->role == ROLE_NONE)
		return;
	lose(v, e->role, e->task);
	tell(v, e, index);
	if (e->task == 1)
		v->who[e->role].end = index;
}

static void done(struct trace_view *v, const struct event *e)
{
	v->over = true;
	free(v->why);
	v->why = mem_strdup(e->text);
	lose(v, ROLE_A, 0);
	lose(v, ROLE_B, 0);
}

void trace_view_event(struct trace_view *v, struct event event)
{
	size_t index = v->events.list.n;
	const struct event *e;

	events_add(&v->events, event);
	e = &v->events.list.at[index];
	switch (e->kind) {
	case EVENT_BEGIN:
		v->began = v->now;
		return;
	case EVENT_START:
		started(v, e, index);
		return;
	case EVENT_CALL:
		called(v, e, index);
		return;
	case EVENT_READY:
		row_of(v, e->row)->held = true;
		trace_view_say(v, NULL); /* that none is held is past */
		return;
	case EVENT_ROW:
		row_of(v, e->row)->held = false;
		row_of(v, e->row)->since = e->ns;
		return;
	case EVENT_BLOCKED:
		row_of(v, e->row)->blocked = true;
		return;
	case EVENT_RETURN:
		returned(v, e, index);
		return;
	case EVENT_END:
		ended(v, e, index);
		return;
	case EVENT_DIRECTOR:
		if (e->role != ROLE_NONE && str_same(e->text, "detach"))
			v->who[e->role].detached = true;
		tell(v, e, index);
		return;
	case EVENT_SIGNAL:
	case EVENT_OUTPUT:
	case EVENT_REFUSED:
	case EVENT_CANNOT:
		tell(v, e, index);
		return;
	case EVENT_DONE:
		done(v, e);
		return;
	case EVENT_SEGMENT:
	case EVENT_VERDICT:
	case EVENT_ROW_DONE:
	case EVENT_LENS:
		return;
	}
}

/*
 * Words.
 */

void trace_view_task(struct str *to, enum role role, unsigned task)
{
	str_add(to, role == ROLE_A ? "A" : "B");
	if (task > 1)
		str_addf(to, ".%u", task);
}

void trace_view_texts(const struct trace_view *v, const struct trace_row *row, struct str *call,
		      struct str *result)
{
	const struct event *e = &v->events.list.at[row->event];

	if (e->task > 1) {
		trace_view_task(call, e->role, e->task);
		str_add(call, ": ");
	}
	if (e->kind == EVENT_CALL)
		str_add(call, e->text ? e->text : "");
	else
		timeline_event_line(call, e);
	if (e->kind != EVENT_CALL)
		return;
	if (row->ret != EVENT_NONE)
		timeline_result(result, &v->events.list.at[row->ret], SHOWN_BYTES);
	else if (row->lost)
		str_add(result, "= ?");
	else if (row->held)
		str_add(result, _("held"));
	else
		str_add(result, row->blocked ? _("waits") : "…");
}

const struct trace_row *trace_view_held(const struct trace_view *v, enum role role)
{
	for (size_t i = 0; i < v->under_way.n; i++) {
		const struct trace_row *row = &v->list.at[v->under_way.at[i]];

		if (row->held && v->events.list.at[row->event].role == role)
			return row;
	}
	return NULL;
}

/*
 * Keys.
 */

static void go_to(struct trace_view *v, size_t row)
{
	v->at = row;
	v->follows = row + 1 >= v->list.n;
}

static void move(struct trace_view *v, int by)
{
	size_t last = v->list.n ? v->list.n - 1 : 0, at = v->follows ? last : v->at;
	size_t far = by < 0 ? (size_t)-by : (size_t)by;

	if (by < 0)
		go_to(v, at > far ? at - far : 0);
	else
		go_to(v, last - at > far ? at + far : last);
}

static bool matches(const struct trace_view *v, size_t i)
{
	const struct trace_row *row = &v->list.at[i];
	struct str call = {0}, result = {0};
	bool found;

	if (row->event == EVENT_NONE)
		return false;
	trace_view_texts(v, row, &call, &result);
	str_addf(&call, " %s", str_text(&result));
	found = strstr(str_text(&call), str_text(&v->entry.text)) != NULL;
	str_free(&call);
	str_free(&result);
	return found;
}

/* To the next row that has what is sought, in the direction BY, beginning with the next one, and
 * around the end. */
static void seek(struct trace_view *v, int by)
{
	size_t n = v->list.n, at = v->follows && n ? n - 1 : v->at;

	if (v->entry.text.len == 0) {
		trace_view_say(v, _("Nothing was searched for yet: / does."));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		at = (at + (by > 0 ? 1 : n - 1)) % n;
		if (matches(v, at)) {
			go_to(v, at);
			return;
		}
	}
	trace_view_say(v, _("No row has that."));
}

static enum trace_wish step(struct trace_view *v, enum role role)
{
	v->role = role;
	v->follows = true;
	if (trace_view_held(v, role == ROLE_NONE ? ROLE_A : role) ||
	    (role == ROLE_NONE && trace_view_held(v, ROLE_B)))
		return WISH_STEP;
	if (role == ROLE_NONE)
		trace_view_say(v, _("No call is held: each program runs, or waits in its call."));
	else if (role == ROLE_A)
		trace_view_say(v, _("No call of A is held: it runs, or waits."));
	else
		trace_view_say(v, _("No call of B is held: it runs, or waits."));
	return WISH_NOTHING;
}

static enum trace_wish hold(struct trace_view *v)
{
	if (v->over) {
		trace_view_say(v, _("All has ended: there is no call to hold."));
		return WISH_NOTHING;
	}
	v->holds = !v->holds;
	return v->holds ? WISH_HOLD : WISH_LET_GO;
}

static void click(struct trace_view *v, const struct input *input)
{
	int line = input->y - trace_view_first(v);
	size_t row = v->top + (size_t)(line > 0 ? line : 0);

	if (line >= 0 && line < trace_view_room(v) && row < v->list.n)
		go_to(v, row);
}

static void type(struct trace_view *v, enum op op, const struct input *input)
{
	if (op == OP_TYPE) {
		entry_key(&v->entry, input->key, SOUGHT_MOST);
		return;
	}
	v->typing = false;
	if (op == OP_ENTER && v->entry.text.len)
		seek(v, 1);
}

static enum trace_wish obey(struct trace_view *v, enum op op, const struct input *input)
{
	int page = trace_view_room(v) - 1, by = 0;

	if (op == OP_STEP)
		return step(v, ROLE_NONE);
	if (op == OP_MOVE_A || op == OP_MOVE_B)
		return step(v, op == OP_MOVE_A ? ROLE_A : ROLE_B);
	if (op == OP_HOLD)
		return hold(v);
	if (op == OP_SAVE || op == OP_SAVE_JSON)
		return op == OP_SAVE ? WISH_MARKDOWN : WISH_JSON;
	if (op == OP_LEAVE)
		return WISH_LEAVE;
	if (op == OP_HELP)
		v->help = 1;
	else if (op == OP_SEARCH)
		v->typing = true;
	else if (op == OP_AGAIN || op == OP_AGAIN_BACK)
		seek(v, op == OP_AGAIN ? 1 : -1);
	else if (op == OP_CLICK)
		click(v, input);
	else if (op == OP_BACK || op == OP_FORWARD)
		move(v, op == OP_BACK ? -3 : 3);
	else if (op == OP_PAGE_UP || op == OP_PAGE_DOWN)
		move(v, op == OP_PAGE_UP ? -page : page);
	else if (keys_scroll(&by, op))
		move(v, by);
	return WISH_NOTHING;
}

enum trace_wish trace_view_input(struct trace_view *v, const struct input *input)
{
	enum op op = keys_find(trace_view_keys(v), input->key);

	if (v->columns < SCREEN_LEAST_COLUMNS || v->rows < SCREEN_LEAST_ROWS)
		return input->key == 'q' ? WISH_LEAVE : WISH_NOTHING;
	free(v->message);
	v->message = NULL;
	if (v->help) {
		bool more = keys_help_goes_on(trace_view_keys(v), v->rows, v->help - 1);

		v->help = more ? v->help + 1 : 0;
		return WISH_NOTHING;
	}
	if (v->typing) {
		type(v, op, input);
		return WISH_NOTHING;
	}
	return obey(v, op, input);
}

int64_t trace_view_due(const struct trace_view *v)
{
	for (size_t i = 0; i < v->under_way.n; i++)
		if (v->list.at[v->under_way.at[i]].blocked)
			return 200 * CLOCK_MS;
	return -1;
}
