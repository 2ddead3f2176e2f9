#include "term/trace.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "export/export.h"
#include "stage/tracing.h"
#include "term/guard.h"
#include "term/loop.h"
#include "term/screen.h"
#include "term/terminfo.h"
#include "view/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Keys of the terminal itself. */
enum { CTRL_C = 3, CTRL_L = 12, CTRL_Z = 26 };

/* However much happens, the screen is drawn at most so often. */
#define FRAME (30 * CLOCK_MS)

/* So many events are taken in until keys are looked at again. */
enum { BATCH = 4096 };

struct watching {
	struct trace_view view;
	struct canvas canvas;
	struct screen *screen;
	struct loop *loop;
	struct guard *guard;
	struct tracing *tracing; /* NULL: it is over */
	int64_t drawn;           /* when, last */
	int end_signal;
	bool failed;
};

static void draw(struct watching *w)
{
	w->view.now = w->drawn = clock_now();
	trace_view_draw(&w->canvas, &w->view);
	screen_show(w->screen, &w->canvas);
	loop_set_timer(w->loop, trace_view_due(&w->view));
}

/* Draw now, or when the next frame is due. */
static void draw_soon(struct watching *w)
{
	int64_t left = w->drawn + FRAME - clock_now();

	if (left <= 0)
		draw(w);
	else
		loop_set_timer(w->loop, left);
}

/*
 * Saving.
 */

static void print_json(struct str *to, const struct events *events)
{
	struct run run = {.events = events};

	for (size_t i = 0; i < events->list.n; i++)
		export_json.event(to, &run, &events->list.at[i]);
}

/* A new file, `trace.md`, else `trace-2.md` and so on; NAME gets its name. -1 with errno. */
static int open_new(char *name, size_t n, const char *ending)
{
	enum { MOST = 1000 };

	for (int i = 1; i < MOST; i++) {
		int fd;

		if (i == 1)
			snprintf(name, n, "trace.%s", ending);
		else
			snprintf(name, n, "trace-%d.%s", i, ending);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static void save(struct watching *w, bool json)
{
	const char *const command[ROLES] = {w->view.who[ROLE_A].command,
					    w->view.who[ROLE_B].command};
	struct str text = {0}, says = {0};
	char name[32];
	int fd = open_new(name, sizeof name, json ? "json" : "md");

	if (fd >= 0 && json)
		print_json(&text, &w->view.events);
	else if (fd >= 0)
		export_trace(&text, &w->view.events, command);
	if (fd < 0 || file_write(fd, &text) < 0)
		str_addf(&says, _("%1$s could not be written: %2$s"), name, strerror(errno));
	else
		str_addf(&says, _("Saved as %s."), name);
	if (fd >= 0)
		close(fd);
	trace_view_say(&w->view, str_text(&says));
	str_free(&text);
	str_free(&says);
}

/*
 * What happens.
 */

static void end_by(struct watching *w, int sig)
{
	w->end_signal = sig;
	loop_stop(w->loop);
}

static void resize(struct watching *w)
{
	screen_size(&w->view.columns, &w->view.rows);
	screen_resize(w->screen, w->view.columns, w->view.rows);
	draw(w);
}

static void resume(struct watching *w)
{
	screen_resume(w->screen);
	guard_drawing(w->guard, true);
	screen_size(&w->view.columns, &w->view.rows);
	draw(w);
}

/* Ctrl-Z: see term/app.c. The programs go on meanwhile. */
static void suspend(struct watching *w)
{
	struct sigaction stop = {.sa_handler = SIG_DFL}, before;

	screen_pause(w->screen);
	guard_drawing(w->guard, false);
	sigaction(SIGTSTP, &stop, &before);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &before, NULL);
	resume(w);
}

/* The programs first; who means it twice leaves. */
static void interrupt(struct watching *w)
{
	if (!w->tracing) {
		end_by(w, SIGINT);
		return;
	}
	tracing_tell(w->tracing, TRACE_END, ROLE_NONE);
	trace_view_say(&w->view, _("What was started is ended; q leaves."));
}

static void grant(struct watching *w, enum trace_wish wish)
{
	switch (wish) {
	case WISH_NOTHING:
		return;
	case WISH_STEP:
		if (w->tracing)
			tracing_tell(w->tracing, TRACE_STEP, w->view.role);
		return;
	case WISH_HOLD:
	case WISH_LET_GO:
		if (w->tracing)
			tracing_tell(w->tracing, wish == WISH_HOLD ? TRACE_HOLD : TRACE_LET_GO,
				     ROLE_NONE);
		return;
	case WISH_MARKDOWN:
	case WISH_JSON:
		save(w, wish == WISH_JSON);
		return;
	case WISH_LEAVE:
		loop_stop(w->loop);
		return;
	}
}

static void take_key(struct watching *w, const struct input *input)
{
	w->view.now = clock_now();
	if (input->key == CTRL_C)
		interrupt(w);
	else if (input->key == CTRL_Z)
		suspend(w);
	else if (input->key == CTRL_L)
		resize(w);
	else
		grant(w, trace_view_input(&w->view, input));
}

static void on_input(void *context)
{
	struct watching *w = context;
	struct input input;
	bool any = false;

	while (screen_input(w->screen, &input)) {
		take_key(w, &input);
		any = true;
	}
	if (!any && screen_lost())
		end_by(w, SIGHUP);
	else
		draw(w);
}

/* One that has not told its end says why in the view. */
static void trace_over(struct watching *w)
{
	const char *why = tracing_why(w->tracing);

	w->failed = why != NULL;
	if (!w->view.over)
		trace_view_event(&w->view, (struct event){.kind = EVENT_DONE, .role = ROLE_NONE,
							  .text = mem_strdup(why)});
	loop_watch(w->loop, 0, -1);
	tracing_close(w->tracing);
	w->tracing = NULL;
}

static void on_events(void *context, size_t which)
{
	struct watching *w = context;
	struct event e;

	(void)which;
	w->view.now = clock_now();
	for (int i = 0; w->tracing && i < BATCH; i++) {
		enum tracing_news news = tracing_next(w->tracing, &e);

		if (news == TRACING_NOTHING)
			break;
		if (news == TRACING_OVER)
			trace_over(w);
		else
			trace_view_event(&w->view, e);
	}
	draw_soon(w);
}

static void on_visit(void *context)
{
	(void)context;
}

static void on_timer(void *context)
{
	draw(context);
}

static void on_signal(void *context, int sig)
{
	struct watching *w = context;

	if (sig == SIGWINCH)
		resize(w);
	else if (sig == SIGTSTP)
		suspend(w);
	else if (sig == SIGCONT)
		resume(w);
	else
		end_by(w, sig);
}

static const struct loop_calls calls = {on_input, on_events, on_visit, on_timer, on_signal};

/*
 * Beginning and end.
 */

static bool only_ascii(const struct term_options *options)
{
	return options->only_ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

static bool open_screen(struct watching *w, const struct term_options *options)
{
	const char *no_color = getenv("NO_COLOR"), *why;
	struct screen_options how = {
		.only_ascii = only_ascii(options),
		.mouse = !options->no_mouse,
		.color = !options->no_color && !(no_color && *no_color),
	};

	w->screen = screen_open(&how, &why);
	if (!w->screen) {
		fprintf(stderr, _("socktutor: the terminal cannot be drawn on: %s\n"), why);
		return false;
	}
	guard_drawing(w->guard, true);
	return true;
}

static void start_view(struct watching *w, const struct trace_plan *plan,
		       const struct term_options *options)
{
	trace_view_start(&w->view);
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		w->view.who[r].command = plan->command[r];
	w->view.holds = plan->hold;
	w->view.ascii = options->ascii || only_ascii(options);
	screen_size(&w->view.columns, &w->view.rows);
	canvas_start(&w->canvas, w->view.columns, w->view.rows, w->view.ascii);
}

static void close_all(struct watching *w)
{
	/* The terminal may belong to the shell again by now: it is restored all the same. */
	signal(SIGTTOU, SIG_IGN);
	screen_close(w->screen);
	guard_drawing(w->guard, false);
	tracing_close(w->tracing);
	loop_free(w->loop);
	if (w->view.why)
		fprintf(stderr, "socktutor: %s\n", w->view.why);
	trace_view_free(&w->view);
	canvas_free(&w->canvas);
}

static int watch(struct watching *w, const struct trace_plan *plan,
		 const struct term_options *options)
{
	struct str why = {0};

	w->loop = loop_new(&calls, w);
	if (!w->loop) {
		fputs(_("socktutor: the system has no room for an event loop\n"), stderr);
		return 2;
	}
	if (!open_screen(w, options)) {
		loop_free(w->loop);
		return 2;
	}
	start_view(w, plan, options);
	w->tracing = tracing_open(plan, true, &why);
	if (w->tracing) {
		loop_watch(w->loop, 0, tracing_fd(w->tracing));
		draw(w);
		loop_run(w->loop);
	} else {
		w->view.why = str_take(&why);
		w->failed = true;
	}
	str_free(&why);
	close_all(w);
	return w->failed ? 2 : 0;
}

int term_trace(const struct trace_plan *given, const struct term_options *options)
{
	struct trace_plan plan = *given;
	struct watching w = {0};
	int status;

	plan.prints = true;
	plan.output = -1;
	w.guard = guard_start(terminfo_rescue, &status);
	if (!w.guard)
		return status;
	status = watch(&w, &plan, options);
	if (w.end_signal) {
		signal(w.end_signal, SIG_DFL);
		raise(w.end_signal);
	}
	return status;
}
