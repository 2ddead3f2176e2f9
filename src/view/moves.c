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

/* How the call at index CALL went on, as of END events. */
struct course {
	size_t result;  /* its RETURN, or EVENT_NONE */
	bool slept;     /* the kernel said so */
};

static struct course course_of(const struct player *p, size_t call, size_t end)
{
	const struct event *list = p->events.list.at;
	struct course c = {EVENT_NONE, false};

	for (size_t i = call + 1; i < end && c.result == EVENT_NONE; i++) {
		if (list[i].role != list[call].role)
			continue;
		if (list[i].kind == EVENT_CALL || list[i].kind == EVENT_END)
			break;
		c.slept |= list[i].kind == EVENT_BLOCKED;
		if (list[i].kind == EVENT_RETURN && list[i].call == list[call].call)
			c.result = i;
	}
	return c;
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

/* The kernel was asked after the newest move: its word is better than a sum. */
static void take_unreads(struct wire_lines *to, uint64_t queued[ROLES], const struct unreads *unreads)
{
	struct wire_line *line = to->list.n ? &to->list.at[to->list.n - 1] : NULL;

	if (unreads->list.n == 0 || !line || line->kind != WIRE_MOVE)
		return;
	memset(queued, 0, ROLES * sizeof *queued);
	for (size_t i = 0; i < unreads->list.n; i++)
		queued[unreads->list.at[i].role] += unreads->list.at[i].bytes;
	memcpy(line->queued, queued, sizeof line->queued);
	to->asked = true;
}

/* A line for the call at index CALL, which stands where event AT does; RESULT: what it moved. */
static void add_move(struct wire_lines *to, const struct player *p, size_t call, size_t at,
		     size_t result, uint64_t queued[ROLES])
{
	const struct event *e = &p->events.list.at[at];
	const struct wire_line *last = to->list.n ? &to->list.at[to->list.n - 1] : NULL;
	struct wire_line line = {.kind = WIRE_MOVE, .event = call, .result = result, .row = e->row,
				 .ns = e->ns};

	if (!last || last->row != e->row)
		wire_add_step(to, p, at);
	line.start = to->list.at[to->list.n - 1].start;
	account(queued, p, &line);
	memcpy(line.queued, queued, sizeof line.queued);
	vec_push(&to->list, line);
}

/*
 * What is sent lies in a queue while the call goes on, what is read has left it when the call
 * returns; in this order they are shown. Who sleeps has a line for that.
 */
static void read_move(struct wire_lines *to, const struct player *p, size_t call, size_t at,
		      uint64_t queued[ROLES])
{
	struct course c = course_of(p, call, player_end(p));
	enum move move = move_of(&p->events.list.at[call]);

	if (move == MOVE_NONE)
		return;
	if (at == call && c.slept)
		add_move(to, p, call, at, EVENT_NONE, queued);
	else if (at == call && (move == MOVE_SEND || c.result == EVENT_NONE))
		add_move(to, p, call, at, c.result, queued);
	else if (at != call && (move == MOVE_READ || c.slept))
		add_move(to, p, call, at, c.result, queued);
}

void wire_moves_make(struct wire_lines *to, const struct player *p)
{
	struct unreads unreads = {0};
	uint64_t queued[ROLES] = {0};
	size_t call[ROLES] = {EVENT_NONE, EVENT_NONE};

	to->moves = true;
	for (size_t i = 0; i < player_end(p); i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind == EVENT_LENS)
			note_unread(&unreads, e);
		if (e->kind == EVENT_CALL)
			call[e->role] = i;
		if (e->kind == EVENT_CALL || (e->kind == EVENT_RETURN && call[e->role] != EVENT_NONE))
			read_move(to, p, call[e->role], i, queued);
		if (e->kind == EVENT_ROW_DONE)
			take_unreads(to, queued, &unreads);
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
	canvas_text(c, lane + 2 * LANE + kernel + 4, y, w - WIRE_TIME - 6 - 2 * LANE - kernel, STYLE_DIM,
		    _("by call"));
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

	wire_draw_time(c, x, y, "+", line->ns - line->start);
	canvas_text(c, a, y, 1, STYLE_DIM, "│");
	canvas_text(c, a + LANE, y, 1, STYLE_DIM, "│");
	canvas_text(c, b, y, 1, STYLE_DIM, "│");
	canvas_text(c, b + LANE, y, 1, STYLE_DIM, "│");
	draw_lane(c, (call->role == ROLE_A ? a : b) + 1, y, style, call, ret,
		  move_of(call) == MOVE_SEND);
	draw_kernel(c, a + LANE + 1, y, kernel, line->queued);
	draw_call(c, b + LANE + 2, y, x + w - b - LANE - 2, style, call, ret);
}
