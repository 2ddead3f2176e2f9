/*
 * What the kernel moved between the queues of Unix sockets, by what the calls returned. Nothing
 * here was captured, and nothing claims to be.
 */
#include "view/wire.h"

#include "base/names.h"
#include "base/text.h"
#include "lesson/call.h"

#include <string.h>
#include <sys/socket.h>

enum {
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

/* What the kernel said last of each socket: bytes that wait in it, and for whom. */
struct unread {
	uint32_t socket;
	enum role role;
	uint32_t bytes;
};

struct unreads {
	VEC(struct unread) list;
};

/* Of datagrams the kernel tells the next one's length only: that is not what lies there. */
static void note_unread(struct unreads *unreads, const struct event *e)
{
	const struct lens *lens = &e->u.lens;
	struct unread u = {lens->socket, e->role, lens->state == LENS_GONE ? 0 : lens->unread};

	if (e->role >= ROLE_NONE || lens->type == SOCK_DGRAM ||
	    (lens->state != LENS_GONE && !(lens->knows & LENS_KNOWS_UNREAD)))
		return;
	for (size_t i = 0; i < unreads->list.n; i++)
		if (unreads->list.at[i].socket == u.socket) {
			unreads->list.at[i] = u;
			return;
		}
	vec_push(&unreads->list, u);
}

/* The kernel was asked after the moves from index FIRST on: its word is better than a sum. */
static void take_unreads(struct wire_lines *to, size_t first, const struct unreads *unreads)
{
	uint64_t bytes[ROLES] = {0};

	for (size_t i = 0; i < unreads->list.n; i++)
		bytes[unreads->list.at[i].role] += unreads->list.at[i].bytes;
	for (size_t i = first; i < to->list.n; i++) {
		memcpy(to->list.at[i].queued, bytes, sizeof bytes);
		to->list.at[i].asked = true;
	}
}

static void add_move(struct wire_lines *to, const struct player *p, size_t i, uint64_t queued[ROLES])
{
	const struct event *e = &p->events.list.at[i];
	struct wire_line line = {.kind = WIRE_MOVE, .event = i, .row = e->row};
	const struct wire_line *last = to->list.n ? &to->list.at[to->list.n - 1] : NULL;

	if (!last || last->row != e->row)
		wire_add_step(to, p, i);
	line.start = to->list.at[to->list.n - 1].start;
	line.result = return_of(p, i, player_end(p));
	account(queued, p, &line);
	memcpy(line.queued, queued, ROLES * sizeof *queued);
	vec_push(&to->list, line);
}

void wire_moves_make(struct wire_lines *to, const struct player *p)
{
	struct unreads unreads = {0};
	uint64_t queued[ROLES] = {0};
	size_t newest = 0;

	to->moves = true;
	for (size_t i = 0; i < player_end(p); i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_LENS) {
			note_unread(&unreads, e);
			if (newest < to->list.n)
				take_unreads(to, newest, &unreads);
			to->asked |= unreads.list.n > 0;
		} else if (move_of(e) != MOVE_NONE) {
			add_move(to, p, i, queued);
			newest = to->list.n - 1;
		}
	}
	vec_free(&unreads.list);
}

static int kernel_columns(int w)
{
	return KERNEL_LEAST + (w > 110 ? 6 : 0);
}

void wire_draw_moves_heading(struct canvas *c, int x, int y, int w)
{
	int lane = x + WIRE_TIME + 2, kernel = kernel_columns(w);

	canvas_right(c, x, y, WIRE_TIME, STYLE_DIM, _("time"));
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
	if (failed) {
		/* The head's column is left free, and taken where the call has failed. */
		canvas_short(c, right ? x : x + 1, y, LANE - 2, STYLE_DIM, str_text(&s));
		if (ret)
			canvas_text(c, right ? x + LANE - 2 : x, y, 1, STYLE_BAD, "✗");
	} else {
		canvas_fill(c, x, y, LANE - 1, 1, style, "─");
		canvas_text(c, right ? x + LANE - 2 : x, y, 1, style, right ? "▶" : "◀");
		canvas_short(c, x + (LANE - 1 - n) / 2, y, LANE - 1, style, str_text(&s));
	}
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

/* The step's line has the whole call: `send = 5`, `recv = "hello"`. */
static void draw_call(struct canvas *c, int x, int y, int w, enum style style,
		      const struct event *call, const struct event *ret)
{
	struct str s = {0};

	str_add(&s, call_of(call->text)->name);
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
	int kernel = kernel_columns(w), a = x + WIRE_TIME + 2, b = a + LANE + kernel + 1;

	wire_draw_time(c, x, y, "+", (ret ? ret->ns : call->ns) - line->start);
	canvas_text(c, a, y, 1, STYLE_DIM, "│");
	canvas_text(c, a + LANE, y, 1, STYLE_DIM, "│");
	canvas_text(c, b, y, 1, STYLE_DIM, "│");
	canvas_text(c, b + LANE, y, 1, STYLE_DIM, "│");
	draw_lane(c, (call->role == ROLE_A ? a : b) + 1, y, style, call, ret,
		  move_of(call) == MOVE_SEND);
	draw_kernel(c, a + LANE + 1, y, kernel, line->queued);
	draw_call(c, b + LANE + 2, y, x + w - b - LANE - 2, style, call, ret);
}
