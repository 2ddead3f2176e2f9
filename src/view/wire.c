#include "view/wire.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

enum {
	FLAGS = 11,       /* FIN PSH ACK */
	NUMBER_LEAST = 3,
	BYTES = 6,
	WINDOW = 6,
	NOTE_LEAST = 6,
	ARROW_LEAST = 11, /* the two bars included */
	ARROW_MOST = 33,
	ROOMY = 94,       /* columns from which on the time since the segment before is shown */
};

/*
 * What there is to show.
 */

static void add(struct wire_lines *to, struct wire_line line)
{
	vec_push(&to->list, line);
}

/* When the step of event I began: its first call, whose causes are then told from effects, or
 * where it has none the row itself. */
static int64_t step_start(const struct player *p, size_t i)
{
	const struct event *list = p->events.list.at;
	int row = list[i].row;
	size_t first = i;
	int64_t start;

	while (first > 0 && list[first - 1].row == row)
		first--;
	start = list[first].ns;
	for (i = first; row > 0 && i < player_end(p) && list[i].row == row; i++)
		if (list[i].kind == EVENT_CALL)
			return list[i].ns;
	return start;
}

void wire_add_step(struct wire_lines *to, const struct player *p, size_t i)
{
	add(to, (struct wire_line){.kind = WIRE_STEP, .row = p->events.list.at[i].row,
				   .start = step_start(p, i)});
}

static bool same_connection(const struct segment *a, const struct segment *b)
{
	return (a->from == b->from && a->to == b->to) || (a->from == b->to && a->to == b->from);
}

static uint32_t greater(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static void count(struct wire_lines *to, const struct segment *s)
{
	to->segments += !s->late; /* it was counted when it was sent */
	to->lost += s->lost;
	to->again += s->again;
	to->seq_most = greater(to->seq_most, s->seq);
	to->ack_most = greater(to->ack_most, s->ack);
}

/* Whether the segments up to END are of more than one connection. */
static bool many_connections(const struct player *p, size_t end)
{
	const struct segment *first = NULL;

	for (size_t i = 0; i < end; i++) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind != EVENT_SEGMENT)
			continue;
		if (!first)
			first = &e->u.segment;
		else if (!same_connection(first, &e->u.segment))
			return true;
	}
	return false;
}

/* The step that is shown brought nothing about: that is said, too. */
static void add_nothing(struct wire_lines *to, const struct player *p, const char *words)
{
	size_t i = player_end(p);

	while (i > 0 && p->events.list.at[i - 1].row > player_row(p))
		i--;
	if (i == 0 || player_row(p) < 1)
		return;
	wire_add_step(to, p, i - 1);
	add(to, (struct wire_line){.kind = WIRE_WORDS, .words = words});
}

/* The numbers of one direction: one past the highest that was sent. */
struct direction {
	uint16_t from, to;
	uint32_t end;
};

struct directions {
	VEC(struct direction) list;
};

static struct direction *direction_of(struct directions *d, const struct segment *s)
{
	for (size_t i = 0; i < d->list.n; i++)
		if (d->list.at[i].from == s->from && d->list.at[i].to == s->to)
			return &d->list.at[i];
	vec_push(&d->list, (struct direction){s->from, s->to, 0});
	return &d->list.at[d->list.n - 1];
}

/* A bare acknowledgement whose number has been confirmed before: who gets it must answer. */
static bool is_probe(struct directions *d, const struct segment *s)
{
	struct direction *way = direction_of(d, s);
	uint32_t space = s->len + !!(s->flags & SEGMENT_SYN) + !!(s->flags & SEGMENT_FIN);
	bool probe = s->protocol == PROTOCOL_TCP && s->flags == SEGMENT_ACK && space == 0 &&
		     way->end > 0 && s->seq + 1 == way->end;

	if (s->flags & SEGMENT_SYN)
		way->end = 0;
	if (s->seq + space > way->end)
		way->end = s->seq + space;
	return probe;
}

static void add_segments(struct wire_lines *to, const struct player *p)
{
	size_t end = player_end(p), before = EVENT_NONE;
	bool many = many_connections(p, end);
	struct directions directions = {0};
	int64_t start = 0;
	int row = -1;

	for (size_t i = 0; i < end; i++) {
		const struct event *e = &p->events.list.at[i];
		const struct event *last = before == EVENT_NONE ? NULL : &p->events.list.at[before];

		if (e->kind != EVENT_SEGMENT)
			continue;
		if (e->row != row) {
			wire_add_step(to, p, i);
			start = to->list.at[to->list.n - 1].start;
		}
		if (many && (!last || !same_connection(&last->u.segment, &e->u.segment)))
			add(to, (struct wire_line){.kind = WIRE_CONNECTION, .event = i});
		add(to, (struct wire_line){.kind = WIRE_SEGMENT, .event = i, .row = e->row,
					   .start = start, .before = last ? last->ns : -1,
					   .probe = is_probe(&directions, &e->u.segment)});
		count(to, &e->u.segment);
		row = e->row;
		before = i;
	}
	vec_free(&directions.list);
	if (player_row(p) > row)
		add_nothing(to, p, _("nothing crossed the wire"));
}

/* Why no segments can be seen on this machine, or NULL: they can. */
static const char *no_capture(const struct player *p, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (p->events.list.at[i].kind == EVENT_CANNOT &&
		    p->events.list.at[i].u.cannot == CANNOT_WIRE)
			return p->events.list.at[i].text;
	return NULL;
}

static bool any_segment(const struct player *p, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (p->events.list.at[i].kind == EVENT_SEGMENT)
			return true;
	return false;
}

void wire_lines_make(struct wire_lines *to, const struct player *p)
{
	size_t end = player_end(p);
	const char *why = no_capture(p, end);

	*to = (struct wire_lines){0};
	if (!why && (any_segment(p, end) || demo_has_wire(p->demo) || demo_needs_wire(p->demo))) {
		add_segments(to, p);
		return;
	}
	if (why)
		add(to, (struct wire_line){.kind = WIRE_WORDS, .words = why});
	wire_moves_make(to, p);
}

void wire_lines_free(struct wire_lines *lines)
{
	vec_free(&lines->list);
}

/*
 * Drawing.
 */

/* Columns of a line: where each begins, and how wide it is. */
struct columns {
	int time, since, arrow, flags, seq, ack, bytes, window, note;
	int arrow_width, seq_width, ack_width, note_width;
};

static int digits(uint32_t n)
{
	int d = 1;

	while (n >= 10) {
		n /= 10;
		d++;
	}
	return d < NUMBER_LEAST ? NUMBER_LEAST : d;
}

static struct columns columns_for(int x, int w, const struct wire_lines *lines)
{
	struct columns c = {.time = x, .seq_width = digits(lines->seq_most),
			    .ack_width = digits(lines->ack_most)};
	int spare = w - ROOMY;

	x += WIRE_TIME + 2;
	c.since = spare >= 0 ? x : -1;
	if (spare >= 0)
		x += WIRE_TIME + 2;
	c.arrow = x;
	c.arrow_width = ARROW_LEAST + (spare > 0 ? spare / 2 : 0);
	if (c.arrow_width > ARROW_MOST)
		c.arrow_width = ARROW_MOST;
	c.flags = c.arrow + c.arrow_width + 1;
	c.seq = c.flags + FLAGS + 1;
	c.ack = c.seq + c.seq_width + 1;
	c.bytes = c.ack + c.ack_width;
	c.window = c.bytes + BYTES + 1;
	c.note = c.window + WINDOW + 1;
	/* What became of a segment matters more than its window. */
	if (c.time + w - c.note < NOTE_LEAST) {
		c.note = c.window;
		c.window = -1;
	}
	c.note_width = c.time + w - c.note;
	return c;
}

void wire_draw_heading(struct canvas *c, int x, int y, int w, const struct wire_lines *lines)
{
	struct columns col;

	if (lines->moves) {
		wire_draw_moves_heading(c, x, y, w);
		return;
	}
	if (lines->segments == 0)
		return;
	col = columns_for(x, w, lines);
	canvas_right(c, col.time, y, WIRE_TIME, STYLE_DIM, _("time"));
	if (col.since >= 0)
		canvas_right(c, col.since, y, WIRE_TIME, STYLE_DIM, _("apart"));
	canvas_text(c, col.arrow, y, 1, STYLE_DIM, "A");
	canvas_text(c, col.arrow + col.arrow_width - 1, y, 1, STYLE_DIM, "B");
	canvas_text(c, col.flags, y, FLAGS, STYLE_DIM, _("flags"));
	canvas_right(c, col.seq, y, col.seq_width, STYLE_DIM, "seq");
	canvas_right(c, col.ack, y, col.ack_width, STYLE_DIM, "ack");
	canvas_right(c, col.bytes, y, BYTES, STYLE_DIM, _("bytes"));
	if (col.window >= 0)
		canvas_right(c, col.window, y, WINDOW, STYLE_DIM, _("window"));
}

/* From the sender's bar to the other; one that is lost breaks off on its way. */
static void draw_arrow(struct canvas *c, int x, int y, int w, enum style style, const struct event *e)
{
	bool lost = e->u.segment.lost;
	int from = x + 1, room = w - 2, length = lost ? room * 2 / 3 : room;

	canvas_text(c, x, y, 1, STYLE_DIM, "│");
	canvas_text(c, x + w - 1, y, 1, STYLE_DIM, "│");
	if (e->role == ROLE_NONE) {
		canvas_fill(c, from, y, room, 1, style, "─");
		return;
	}
	if (e->role == ROLE_B)
		from += room - length;
	canvas_fill(c, from, y, length, 1, style, "─");
	if (e->u.segment.held || e->u.segment.late)
		canvas_fill(c, from + ((e->role == ROLE_A) == e->u.segment.held ? length / 2 : 0), y,
			    length - length / 2, 1, style, "┄");
	if (e->u.segment.held)
		return;
	canvas_text(c, e->role == ROLE_A ? from + length - 1 : from, y, 1,
		    lost ? STYLE_BAD : style, lost ? "✗" : e->role == ROLE_A ? "▶" : "◀");
}

static void flag_words(struct str *to, const struct segment *s)
{
	static const struct {
		uint8_t flag;
		const char *name;
	} names[] = {{SEGMENT_SYN, "SYN"}, {SEGMENT_FIN, "FIN"}, {SEGMENT_RST, "RST"},
		     {SEGMENT_PSH, "PSH"}, {SEGMENT_URG, "URG"}, {SEGMENT_ACK, "ACK"}};

	if (s->protocol == PROTOCOL_UDP) {
		str_add(to, "UDP");
		return;
	}
	if (s->protocol == PROTOCOL_ICMP) {
		str_add(to, "ICMP");
		return;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (s->flags & names[i].flag)
			str_addf(to, "%s%s", to->len ? " " : "", names[i].name);
}

/* BRIEF: that it is lost the arrow says. */
static void note_words(struct str *to, const struct segment *s, bool probe, bool brief)
{
	size_t n = s->len < sizeof s->start ? s->len : sizeof s->start;

	if (s->lost && !brief)
		str_add(to, _("lost"));
	if (s->held || (s->late && !s->lost))
		str_addf(to, "%s%s", to->len ? ", " : "", s->held ? _("held up") : _("arrives"));
	if (s->again)
		str_addf(to, "%s%s", to->len ? ", " : "", _("again"));
	/* TRANSLATORS: a segment that only asks for an answer: is somebody there? */
	if (probe)
		str_addf(to, "%s%s", to->len ? ", " : "", _("probe"));
	if (s->protocol == PROTOCOL_ICMP)
		str_add(to, s->flags == 3 ? _("port unreachable") : _("unreachable"));
	if (n == 0)
		return;
	str_add(to, to->len ? " \"" : "\"");
	str_add_quoted(to, s->start, n, 0);
	str_add(to, s->len > n ? "\"…" : "\"");
}

static void draw_number(struct canvas *c, int x, int y, int w, enum style style, uint32_t n)
{
	struct str s = {0};

	str_addf(&s, "%u", (unsigned)n);
	canvas_right(c, x, y, w, style, str_text(&s));
	str_free(&s);
}

void wire_draw_time(struct canvas *c, int x, int y, const char *sign, int64_t ns)
{
	struct str s = {0};

	str_add(&s, sign);
	clock_print(&s, ns > 0 ? ns : 0);
	canvas_right(c, x, y, WIRE_TIME, STYLE_DIM, str_text(&s));
	str_free(&s);
}

static void draw_segment(struct canvas *c, const struct columns *col, int y,
			 const struct wire_line *line, const struct player *p)
{
	const struct event *e = &p->events.list.at[line->event];
	const struct segment *s = &e->u.segment;
	enum style style = line->row > 0 && line->row == player_row(p) ? STYLE_BOLD : STYLE_NORMAL;
	struct str words = {0};

	wire_draw_time(c, col->time, y, "+", e->ns - line->start);
	if (col->since >= 0 && line->before >= 0)
		wire_draw_time(c, col->since, y, "", e->ns - line->before);
	draw_arrow(c, col->arrow, y, col->arrow_width, style, e);
	flag_words(&words, s);
	canvas_text(c, col->flags, y, FLAGS, style, str_text(&words));
	if (s->protocol == PROTOCOL_TCP) {
		draw_number(c, col->seq, y, col->seq_width, style, s->seq);
		if (s->flags & SEGMENT_ACK)
			draw_number(c, col->ack, y, col->ack_width, style, s->ack);
		if (col->window >= 0)
			draw_number(c, col->window, y, WINDOW, STYLE_DIM, s->window);
	}
	if (s->protocol != PROTOCOL_ICMP)
		draw_number(c, col->bytes, y, BYTES, style, s->len);
	str_cut(&words, 0);
	note_words(&words, s, line->probe, col->window < 0);
	canvas_short(c, col->note, y, col->note_width, s->lost ? STYLE_BAD : style,
		     str_text(&words));
	str_free(&words);
}

/* `step 3 · A send() · B recv()` */
static void step_words(struct str *to, const struct player *p, int row)
{
	const struct table_row *table;

	if (row < 1) {
		str_add(to, _("set-up"));
		return;
	}
	table = &p->demo->table.rows.at[row - 1];
	str_addf(to, _("step %d"), player_step_number(p, row));
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (table->cell[role].kind == CELL_ACTION)
			str_addf(to, " · %c %s", role == ROLE_A ? 'A' : 'B', table->cell[role].text);
}

/* `A's port 40312, B's port 7000` */
static void connection_words(struct str *to, const struct event *e)
{
	const struct segment *s = &e->u.segment;
	bool from_a = e->role != ROLE_B;

	str_addf(to, _("A's port %u, B's port %u"), (unsigned)(from_a ? s->from : s->to),
		 (unsigned)(from_a ? s->to : s->from));
}

void wire_draw_line(struct canvas *c, int x, int y, int w, const struct wire_lines *lines, size_t i,
		    const struct player *p)
{
	const struct wire_line *line = &lines->list.at[i];
	struct columns col = columns_for(x, w, lines);
	struct str s = {0};

	switch (line->kind) {
	case WIRE_STEP:
		wire_draw_time(c, x, y, "", line->start);
		step_words(&s, p, line->row);
		canvas_short(c, x + WIRE_TIME + 2, y, w - WIRE_TIME - 2, STYLE_DIM, str_text(&s));
		break;
	case WIRE_CONNECTION:
		connection_words(&s, &p->events.list.at[line->event]);
		canvas_short(c, col.arrow, y, x + w - col.arrow, STYLE_DIM, str_text(&s));
		break;
	case WIRE_SEGMENT:
		draw_segment(c, &col, y, line, p);
		break;
	case WIRE_MOVE:
		wire_draw_move(c, x, y, w, line, p);
		break;
	case WIRE_WORDS:
		canvas_short(c, x + WIRE_TIME + 2, y, w - WIRE_TIME - 2, STYLE_DIM, line->words);
		break;
	}
	str_free(&s);
}
