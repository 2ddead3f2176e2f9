/*
 * A timeline of 100,000 events: its memory, and the time to draw it one line further.
 *
 * Two shapes: events spread over all rows of a table, and nearly all of them in one row, where
 * nothing can be found by its row. Each is made in a process of its own, so that the memory it
 * takes is all that it takes.
 */
#include "bench.h"

#include "base/clock.h"
#include "play.h"
#include "proc.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENTS = 100000, SCROLLS = 200, ROUNDS = 5 };

static const struct shape {
	const char *name;
	int columns, rows;     /* of the screen */
	int table;             /* rows of the table */
} shapes[] = {
	{"events over 200 rows, 80×24", 80, 24, LESSON_MOST_ROWS},
	{"events over 200 rows, 200×60", 200, 60, LESSON_MOST_ROWS},
	{"events in one row, 80×24", 80, 24, 1},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* What a child found. */
struct found {
	double memory;         /* bytes an event */
	double feed;           /* ns an event */
	double scroll;         /* ns, the median of its scrolls */
	double slowest;
};

static void give(struct player *p, struct event e)
{
	player_event(p, e, e.ns);
}

/* A segment of data or its acknowledgement, which no row shows. */
static struct event segment(int row, int64_t ns, int i)
{
	struct event e = {.ns = ns, .kind = EVENT_SEGMENT, .role = i % 4 < 2 ? ROLE_A : ROLE_B,
			  .row = row};

	e.u.segment = (struct segment){.protocol = PROTOCOL_TCP, .flags = SEGMENT_ACK,
				       .len = i % 2 ? 0 : 5, .start = "hello"};
	return e;
}

/* Row ROW of the table, N events: a call, what it brought about, its end. */
static void feed_row(struct player *p, int row, int n, int64_t *ns)
{
	struct event e = {.ns = *ns, .kind = EVENT_ROW, .role = ROLE_NONE, .row = row};
	enum role role = row % 2 ? ROLE_A : ROLE_B;

	give(p, e);
	for (int i = 0; i < n - 2; i += 4) {
		e = (struct event){.ns = ++*ns, .kind = EVENT_CALL, .role = role, .row = row,
				   .call = (uint32_t)*ns,
				   .text = mem_strdup("send(sock, \"hello\", 5, 0)")};
		give(p, e);
		give(p, segment(row, *ns, i));
		give(p, segment(row, *ns, i + 1));
		e = (struct event){.ns = ++*ns, .kind = EVENT_RETURN, .role = role, .row = row,
				   .call = e.call, .u.ret.result = 5};
		give(p, e);
	}
	give(p, (struct event){.ns = ++*ns, .kind = EVENT_ROW_DONE, .role = ROLE_NONE, .row = row});
}

static void feed(struct player *p, int rows)
{
	int64_t ns = 0;
	struct event e = {.kind = EVENT_BEGIN, .role = ROLE_NONE};

	give(p, e);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		give(p, (struct event){.kind = EVENT_START, .role = role, .u.pid = 4711});
	give(p, (struct event){.kind = EVENT_ROW, .role = ROLE_NONE});
	give(p, (struct event){.kind = EVENT_ROW_DONE, .role = ROLE_NONE});
	for (int row = 1; row <= rows; row++)
		feed_row(p, row, EVENTS / rows, &ns);
}

static double resident(void)
{
	return (double)proc_number(getpid(), "smaps_rollup", "Rss:") * 1024;
}

/* From the middle, one line up at a time, drawn each time. */
static void scroll(struct found *found, struct model *m)
{
	struct canvas canvas;
	struct samples s = {0};
	struct input up = {INPUT_UP, -1, -1};

	canvas_start(&canvas, m->columns, m->rows, false);
	m->player.scroll = (int)(m->player.live.rows.n / 2);
	for (int i = 0; i < SCROLLS; i++) {
		int64_t start = clock_now();

		model_input(m, &up);
		model_draw(&canvas, m);
		samples_add(&s, (double)(clock_now() - start));
	}
	found->scroll = samples_at(&s, 0.5);
	found->slowest = samples_at(&s, 1);
	samples_free(&s);
	canvas_free(&canvas);
}

static void measure(struct found *found, const struct shape *shape, struct lesson *lesson)
{
	struct shelf shelf = {0};
	struct model m;
	double before;
	int64_t start;

	vec_push(&shelf.lessons, lesson);
	model_start(&m, &shelf);
	m.columns = shape->columns;
	m.rows = shape->rows;
	model_open_lesson(&m, 0, 0);
	model_open_demo(&m, 0);
	before = resident();
	start = clock_now();
	feed(&m.player, shape->table);
	found->feed = (double)(clock_now() - start) / EVENTS;
	found->memory = (resident() - before) / EVENTS;
	scroll(found, &m);
	model_free(&m);
	vec_free(&shelf.lessons);
}

/* Measure in a process of its own. */
static bool take(struct found *found, const struct shape *shape, struct lesson *lesson)
{
	int ends[2], status;
	bool ok;
	pid_t pid;

	if (pipe(ends) < 0)
		return false;
	pid = fork();
	if (pid == 0) {
		measure(found, shape, lesson);
		_exit(write(ends[1], found, sizeof *found) != sizeof *found);
	}
	close(ends[1]);
	ok = read(ends[0], found, sizeof *found) == sizeof *found;
	close(ends[0]);
	return pid > 0 && waitpid(pid, &status, 0) == pid && ok;
}

static struct lesson *make_lesson(int rows)
{
	static const char *const calls[2] = {"send()", "send()"};
	struct play play;
	struct str markdown = {0};

	play_rows(&markdown, "tcp", calls, rows);
	play_parse(&play, markdown.p);
	str_free(&markdown);
	return play.lesson;
}

static void report_one(const struct shape *shape, const char *what, enum unit unit,
		       struct samples *s, double goal)
{
	char *text = str_make("%s: %s", what, shape->name);

	report_row(&(struct row){.what = text, .unit = unit, .here = s, .goal = goal,
				 .has_goal = goal > 0});
	free(text);
}

static void measure_shape(const struct shape *shape)
{
	struct lesson *lesson = make_lesson(shape->table);
	struct samples memory = {0}, feeding = {0}, scrolling = {0}, slowest = {0};

	for (int i = 0; i < ROUNDS; i++) {
		struct found f;

		if (!take(&f, shape, lesson))
			break;
		samples_add(&memory, f.memory);
		samples_add(&feeding, f.feed);
		samples_add(&scrolling, f.scroll);
		samples_add(&slowest, f.slowest);
	}
	report_one(shape, "memory an event", UNIT_MEMORY, &memory, 0);
	report_one(shape, "to take in an event", UNIT_TIME, &feeding, 0);
	report_one(shape, "a scroll", UNIT_TIME, &scrolling, 16e6);
	report_one(shape, "the slowest scroll", UNIT_TIME, &slowest, 16e6);
	samples_free(&memory);
	samples_free(&feeding);
	samples_free(&scrolling);
	samples_free(&slowest);
	lesson_free(lesson);
}

void bench_timeline(const struct bench *bench)
{
	(void)bench;
	for (int i = 0; i < SHAPES; i++)
		measure_shape(&shapes[i]);
}
