/*
 * How many bytes the terminal gets for what one step changes on the screen.
 */
#include "bench.h"

#include "tutor.h"

static const struct redraw {
	const char *what;
	const char *target;
	int steps;
	const char *end;       /* what the last step brings about */
} redraws[] = {
	{"a step's redraw: connection reset", "connection-reset#classic", 6, "ECONNRESET"},
	{"a step's redraw: broken pipe", "broken-pipe#classic", 4, "Terminated"},
};
enum { REDRAWS = sizeof redraws / sizeof *redraws };

/* Ctrl-L: all of the screen. */
static size_t whole_screen(struct pty *p)
{
	size_t before = p->out.len;

	pty_type(p, "\014");
	pty_rest(p);
	return p->out.len - before;
}

static void measure(const struct bench *bench, const struct redraw *redraw)
{
	struct samples step = {0}, whole = {0};
	struct pty pty;

	if (!tutor_demo(&pty, bench, redraw->target)) {
		report_missing(redraw->what, "the demo does not open here");
		return;
	}
	for (int i = 0; i < redraw->steps; i++) {
		samples_add(&step, (double)tutor_step(&pty));
		samples_add(&whole, (double)whole_screen(&pty));
	}
	if (pty_until(&pty, redraw->end, 0))
		report_row(&(struct row){.what = redraw->what, .unit = UNIT_BYTES, .here = &step,
					 .peer = "the whole screen", .there = &whole});
	else
		report_missing(redraw->what, "the demo does not go to its end here");
	pty_close(&pty, "qqq");
	samples_free(&step);
	samples_free(&whole);
}

void bench_redraw(const struct bench *bench)
{
	for (int i = 0; i < REDRAWS; i++)
		measure(bench, &redraws[i]);
}
