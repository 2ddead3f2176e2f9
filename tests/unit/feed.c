#include "feed.h"

#include "export/export.h"
#include "lesson/action.h"

#include <string.h>

static void set_cell(struct cell *cell, const char *text)
{
	struct errs errs = {0};

	cell_parse(cell, text ? text : "", "feed", 1, &errs);
	free(cell->text);
	cell->text = mem_strdup(text ? text : "");
	errs_free(&errs);
}

struct lesson *feed_lesson(enum link link, const struct feed_row *rows, size_t n)
{
	struct lesson *lesson = mem_zero(1, sizeof *lesson);
	struct demo demo = {.number = 1, .link = link, .patience = 2000000000};

	lesson->file = mem_strdup("broken-pipe.md");
	lesson->id = mem_strdup("broken-pipe");
	lesson->title = mem_strdup("Broken pipes");
	demo.id = mem_strdup("classic");
	demo.title = mem_strdup("Nobody is listening");
	for (size_t i = 0; i < n; i++) {
		struct table_row row = {.line = (int)i + 1, .note = mem_strdup(rows[i].note)};

		set_cell(&row.cell[ROLE_A], rows[i].a);
		set_cell(&row.cell[ROLE_B], rows[i].b);
		vec_push(&demo.table.rows, row);
	}
	vec_push(&lesson->demos, demo);
	return lesson;
}

void feed_lesson_free(struct lesson *lesson)
{
	demo_free(&lesson->demos.at[0]);
	vec_free(&lesson->demos);
	free(lesson->file);
	free(lesson->id);
	free(lesson->title);
	free(lesson);
}

static int row_now(const struct player *p)
{
	return p->events.list.n ? p->events.list.at[p->events.list.n - 1].row : 0;
}

static uint32_t call_now(const struct player *p, enum role role)
{
	for (size_t i = p->events.list.n; i-- > 0;)
		if (p->events.list.at[i].kind == EVENT_CALL && p->events.list.at[i].role == role)
			return p->events.list.at[i].call;
	return 0;
}

static struct event make(const struct player *p, int64_t ns, enum event_kind kind, enum role role)
{
	return (struct event){.ns = ns, .kind = kind, .role = role, .row = row_now(p)};
}

static void give(struct player *p, struct event e)
{
	player_event(p, e, e.ns);
}

static void give_row(struct player *p, int64_t ns, enum event_kind kind, int row)
{
	struct event e = make(p, ns, kind, ROLE_NONE);

	e.row = row;
	give(p, e);
}

void feed_begin_row(struct player *p, int64_t ns, int row)
{
	give_row(p, ns, EVENT_ROW, row);
}

void feed_row_done(struct player *p, int64_t ns, int row)
{
	give_row(p, ns, EVENT_ROW_DONE, row);
}

void feed_call(struct player *p, int64_t ns, enum role role, const char *text)
{
	struct event e = make(p, ns, EVENT_CALL, role);
	uint32_t a = call_now(p, ROLE_A), b = call_now(p, ROLE_B);

	e.call = (a > b ? a : b) + 1;
	e.text = mem_strdup(text);
	give(p, e);
}

void feed_return(struct player *p, int64_t ns, enum role role, long result, int err, bool reads)
{
	struct event e = make(p, ns, EVENT_RETURN, role);

	e.call = call_now(p, role);
	e.u.ret.result = result;
	e.u.ret.err = err;
	e.u.ret.reads = reads;
	give(p, e);
}

void feed_blocked(struct player *p, int64_t ns, enum role role)
{
	struct event e = make(p, ns, EVENT_BLOCKED, role);

	e.call = call_now(p, role);
	give(p, e);
}

void feed_signal(struct player *p, int64_t ns, enum role role, int sig)
{
	struct event e = make(p, ns, EVENT_SIGNAL, role);

	e.u.signal.number = sig;
	give(p, e);
}

void feed_end(struct player *p, int64_t ns, enum role role, int sig)
{
	struct event e = make(p, ns, EVENT_END, role);

	e.u.end.signal = sig;
	give(p, e);
}

void feed_segment(struct player *p, int64_t ns, enum role role, uint8_t flags, const char *bytes,
		  bool lost)
{
	struct event e = make(p, ns, EVENT_SEGMENT, role);
	size_t n = bytes ? strlen(bytes) : 0;

	e.u.segment.protocol = PROTOCOL_TCP;
	e.u.segment.flags = flags;
	e.u.segment.lost = lost;
	e.u.segment.len = (uint32_t)n;
	if (n > 0)
		memcpy(e.u.segment.start, bytes,
		       n < sizeof e.u.segment.start ? n : sizeof e.u.segment.start);
	give(p, e);
}

void feed_deed(struct player *p, int64_t ns, enum role role, const char *text, bool by_hand)
{
	struct event e = make(p, ns, EVENT_DIRECTOR, role);

	e.text = mem_strdup(text);
	e.u.director.by_hand = by_hand;
	give(p, e);
}

void feed_verdict(struct player *p, int64_t ns, enum role role, enum verdict verdict,
		  const char *seen)
{
	struct event e = make(p, ns, EVENT_VERDICT, role);

	e.text = mem_strdup(seen);
	e.u.verdict.verdict = verdict;
	e.u.verdict.claim = EVENT_NONE;
	give(p, e);
}

void feed_begin(struct player *p)
{
	struct event start;

	give(p, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		start = make(p, 0, EVENT_START, role);
		start.u.pid = 4711 + (int)role;
		give(p, start);
	}
	feed_begin_row(p, 0, 0);
	feed_call(p, 0, ROLE_A, "connect(sock, \"demo.sock\")");
	feed_return(p, 0, ROLE_A, 0, 0, false);
	feed_row_done(p, 0, 0);
}

void feed_print(struct str *to, const struct lesson *lesson, const struct events *events)
{
	char *name = str_make("%s#%s", lesson->id, lesson->demos.at[0].id);
	struct run run = {name, &lesson->demos.at[0], events};

	for (size_t i = 0; i < events->list.n; i++)
		export_json.event(to, &run, &events->list.at[i]);
	free(name);
}

char *feed_text(const struct canvas *c)
{
	struct str s = {0};

	canvas_print(&s, c);
	return str_take(&s);
}
