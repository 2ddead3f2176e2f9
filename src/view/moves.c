/*
 * What the kernel moved between the queues of Unix sockets, by what the calls returned. Nothing
 * here was captured, and nothing claims to be.
 */
#include "view/wire.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "lesson/call.h"

#include <string.h>

enum {
	TIME = 10,
	LANE = 12,         /* between A and the kernel, and between the kernel and B */
	KERNEL_LEAST = 11, /* what lies in the kernel: `◀ 512  5 ▶` */
};

enum move { MOVE_NONE, MOVE_SEND, MOVE_READ };

/* The function's row, from `fd = recvfd(sock)`. */
static const struct call *call_of(const char *text)
{
	const char *end = text ? strchr(text, '(') : NULL, *start = end;

	while (start && start > text && start[-1] != ' ')
		start--;
	return start ? call_find(start, (size_t)(end - start)) : NULL;
}

static enum move move_of(const struct event *e)
{
	const struct call *call = e->kind == EVENT_CALL ? call_of(e->text) : NULL;

	if (!call)
		return MOVE_NONE;
	if (call_reads(call))
		return MOVE_READ;
	return call->result == RESULT_COUNT ? MOVE_SEND : MOVE_NONE;
}

static size_t return_of(const struct player *p, size_t call, size_t end)
{
	const struct event *list = p->events.list.at;

	for (size_t i = call + 1; i < end; i++) {
		if (list[i].role != list[call].role)
			continue;
		if (list[i].kind == EVENT_RETURN && list[i].call == list[call].call)
			return i;
		if (list[i].kind == EVENT_CALL || list[i].kind == EVENT_END)
			break;
	}
	return EVENT_NONE;
}

/* What a call moved: bytes as its result says them; a passed descriptor counts as none. */
static uint64_t moved(const struct player *p, size_t result)
{
	const struct event *e = result == EVENT_NONE ? NULL : &p->events.list.at[result];

	return e && !e->u.ret.err && e->u.ret.result > 0 ? (uint64_t)e->u.ret.result : 0;
}

static bool passes_descriptor(const struct event *call)
{
	const struct call *row = call_of(call->text);

	return row && (row->result == RESULT_GIVEN_FD || strcmp(row->name, "sendfd") == 0);
}

static void account(uint64_t queued[ROLES], const struct player *p, const struct wire_line *line)
{
	const struct event *call = &p->events.list.at[line->event];
	enum role other = role_other(call->role);
	uint64_t n = passes_descriptor(call) ? 0 : moved(p, line->result);

	if (move_of(call) == MOVE_SEND)
		queued[other] += n;
	else
		queued[call->role] -= n < queued[call->role] ? n : queued[call->role];
}

void wire_moves_make(struct wire_lines *to, const struct player *p)
{
	size_t end = player_end(p);
	uint64_t queued[ROLES] = {0};
	int row = -1;

	to->moves = true;
	for (size_t i = 0; i < end; i++) {
		const struct event *e = &p->events.list.at[i];
		struct wire_line line = {.kind = WIRE_MOVE, .event = i, .row = e->row};

		if (move_of(e) == MOVE_NONE)
			continue;
		if (e->row != row)
			vec_push(&to->list, (struct wire_line){.kind = WIRE_STEP, .row = e->row});
		row = e->row;
		line.result = return_of(p, i, end);
		account(queued, p, &line);
		memcpy(line.queued, queued, sizeof queued);
		vec_push(&to->list, line);
	}
}

static int kernel_columns(int w)
{
	return KERNEL_LEAST + (w > 110 ? 6 : 0);
}

void wire_draw_moves_heading(struct canvas *c, int x, int y, int w)
{
	int lane = x + TIME + 2, kernel = kernel_columns(w);

	canvas_right(c, x, y, TIME, STYLE_DIM, _("time"));
	canvas_text(c, lane, y, 1, STYLE_DIM, "A");
	canvas_text(c, lane + LANE + 2, y, kernel, STYLE_DIM, _("in between"));
	canvas_text(c, lane + 2 * LANE + kernel + 2, y, 1, STYLE_DIM, "B");
	canvas_text(c, lane + 2 * LANE + kernel + 4, y, w, STYLE_DIM, _("by call"));
}

/* The words on an arrow: `5 B`, `end`, `EPIPE`, `waits`. */
static void lane_words(struct str *to, const struct event *call, const struct event *ret)
{
	if (!ret)
		str_add(to, _("waits"));
	else if (ret->u.ret.err && errno_name(ret->u.ret.err))
		str_add(to, errno_name(ret->u.ret.err));
	else if (ret->u.ret.err)
		str_add(to, _("error"));
	else if (passes_descriptor(call))
		str_add(to, _("descriptor"));
	else if (ret->u.ret.reads && ret->u.ret.result == 0)
		str_add(to, _("end"));
	else
		str_addf(to, "%ld B", ret->u.ret.result);
}

/* The lane between ROLE and the kernel: bytes that leave the role, or reach it. */
static void draw_lane(struct canvas *c, int x, int y, enum style style, const struct event *call,
		      const struct event *ret, bool sends)
{
	bool failed = !ret || ret->u.ret.err;
	bool right = (call->role == ROLE_A) == sends;
	struct str s = {0};
	int n;

	lane_words(&s, call, ret);
	n = canvas_columns(c, str_text(&s));
	if (!failed) {
		canvas_fill(c, x, y, LANE - 1, 1, style, "─");
		canvas_text(c, right ? x + LANE - 2 : x, y, 1, style, right ? "▶" : "◀");
	}
	canvas_short(c, x + (LANE - 1 - n) / 2, y, LANE - 1, failed ? STYLE_DIM : style, str_text(&s));
	if (failed && ret)
		canvas_text(c, right ? x + LANE - 2 : x, y, 1, STYLE_BAD, "✗");
	str_free(&s);
}

/* `◀ 3  5 ▶`: what was sent to A and to B and not read yet. */
static void draw_kernel(struct canvas *c, int x, int y, int w, const uint64_t queued[ROLES])
{
	struct str s = {0};

	if (queued[ROLE_A]) {
		str_addf(&s, "◀ %llu", (unsigned long long)queued[ROLE_A]);
		canvas_text(c, x, y, w, STYLE_ACCENT, str_text(&s));
	}
	str_cut(&s, 0);
	if (queued[ROLE_B]) {
		str_addf(&s, "%llu ▶", (unsigned long long)queued[ROLE_B]);
		canvas_right(c, x, y, w, STYLE_ACCENT, str_text(&s));
	}
	str_free(&s);
}

static void draw_call(struct canvas *c, int x, int y, int w, enum style style,
		      const struct event *call, const struct event *ret)
{
	struct str s = {0};

	str_add(&s, call->text);
	if (ret) {
		str_addc(&s, ' ');
		timeline_result(&s, ret, 16);
	}
	canvas_short(c, x, y, w, style, str_text(&s));
	str_free(&s);
}

void wire_draw_move(struct canvas *c, int x, int y, int w, const struct wire_line *line,
		    const struct player *p)
{
	const struct event *call = &p->events.list.at[line->event];
	const struct event *ret = line->result == EVENT_NONE ? NULL : &p->events.list.at[line->result];
	enum style style = line->row > 0 && line->row == player_row(p) ? STYLE_BOLD : STYLE_NORMAL;
	int kernel = kernel_columns(w), a = x + TIME + 2, b = a + LANE + kernel + 1;
	struct str s = {0};

	clock_print(&s, ret ? ret->ns : call->ns);
	canvas_right(c, x, y, TIME, STYLE_DIM, str_text(&s));
	str_free(&s);
	canvas_text(c, a, y, 1, STYLE_DIM, "│");
	canvas_text(c, a + LANE, y, 1, STYLE_DIM, "│");
	canvas_text(c, b, y, 1, STYLE_DIM, "│");
	canvas_text(c, b + LANE, y, 1, STYLE_DIM, "│");
	draw_lane(c, (call->role == ROLE_A ? a : b) + 1, y, style, call, ret,
		  move_of(call) == MOVE_SEND);
	draw_kernel(c, a + LANE + 1, y, kernel, line->queued);
	draw_call(c, b + LANE + 2, y, x + w - b - LANE - 2, style, call, ret);
}
