#include "term/app.h"

#include "base/clock.h"
#include "base/text.h"
#include "course/card.h"
#include "stage/stage.h"
#include "term/loop.h"
#include "term/notes.h"
#include "term/screen.h"
#include "view/view.h"

#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys of the terminal itself, which comes as keys because its modes are raw. */
enum { CTRL_C = 3, CTRL_L = 12, CTRL_Z = 26 };

struct app {
	struct model model;
	struct canvas canvas;
	struct screen *screen;
	struct loop *loop;
	struct guard *guard;
	struct stage *stage[ACTS]; /* NULL: none */
	struct cards cards;
	struct progress *progress;
	struct notes *notes; /* for who presents; NULL when nobody does */
	bool complained;    /* that the progress cannot be kept was said */
	bool only_demo;     /* leaving it ends all */
	int end_signal;
};

/* Write down what was done since. It is all kept in memory when that fails, which is said once. */
static void keep(struct app *a)
{
	struct str why = {0};

	if (!a->progress)
		return;
	progress_save(a->progress, &why);
	if (why.len && !a->complained) {
		model_say(&a->model, str_text(&why));
		a->complained = true;
	}
	str_free(&why);
}

/* While a lesson is presented its notes can be read in a second terminal. */
static void tell_notes(struct app *a)
{
	struct str text = {0};

	if (!a->model.present.lesson) {
		loop_listen(a->loop, -1);
		notes_close(a->notes);
		a->notes = NULL;
		return;
	}
	if (!a->notes && (a->notes = notes_open()))
		loop_listen(a->loop, notes_fd(a->notes));
	if (!a->notes)
		return;
	present_note(&text, &a->model.present);
	notes_tell(a->notes, str_text(&text));
	str_free(&text);
}

static void draw(struct app *a)
{
	model_draw(&a->canvas, &a->model);
	screen_show(a->screen, &a->canvas);
}

/* Draw, and see to it that what moves by itself will be drawn in time. */
static void update(struct app *a)
{
	int64_t due = -1;

	bool complained = a->complained;

	a->model.now = clock_now();
	draw(a);
	keep(a);
	tell_notes(a);
	if (a->complained != complained)
		draw(a);
	if (a->model.view == VIEW_DEMO || a->model.view == VIEW_PRESENT)
		due = model_due(&a->model);
	loop_set_timer(a->loop, due);
}

static void stop_stage(struct app *a, enum act act)
{
	loop_watch(a->loop, act, -1);
	stage_close(a->stage[act]);
	a->stage[act] = NULL;
}

static void stop_other(struct app *a)
{
	stop_stage(a, ACT_OTHER);
	model_alone(&a->model);
}

static void stop_stages(struct app *a)
{
	stop_other(a);
	stop_stage(a, ACT_MAIN);
}

static void start_stage(struct app *a, enum act act)
{
	struct stage_options options = {.real_time = a->model.real_time};
	struct errs errs = {0};
	sigset_t all, before;

	for (int r = 0; r < ROLES && act == ACT_MAIN; r++)
		options.program[r] = program_words(&a->model, (enum role)r);
	/* The stage is born with the tutor's handlers: no signal may meet them there. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	a->stage[act] = stage_open_with(model_player(&a->model, act)->demo, &options, &errs);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (a->stage[act])
		loop_watch(a->loop, act, stage_fd(a->stage[act]));
	else
		model_gone(&a->model, act,
			   errs.list.n ? errs.list.at[0].text : _("No stage can be started."));
	errs_free(&errs);
}

static void tell_stage(struct app *a, enum act act, enum stage_command command, int arg)
{
	/* A stage that is gone says so itself, through its descriptor. */
	if (a->stage[act])
		stage_tell(a->stage[act], command, arg);
}

/* What was done by hand, or is to be now. */
static void tell_deed(struct app *a, enum act act, size_t i)
{
	const struct by_hand *deed = &model_player(&a->model, act)->deeds.at[i];

	if (a->stage[act])
		stage_deed(a->stage[act], &(struct stage_deed){deed->row, deed->during, deed->role,
							       deed->text});
}

static void open_demo(struct app *a, size_t index)
{
	stop_stages(a);
	model_open_demo(&a->model, index);
	start_stage(a, ACT_MAIN);
}

static void open_lab(struct app *a, size_t index)
{
	stop_stages(a);
	model_open_lab(&a->model, index);
	if (a->model.view == VIEW_DEMO && !program_is_on(&a->model))
		start_stage(a, ACT_MAIN);
}

/* A stage of its own for each run: the command may be another. */
static void run_program(struct app *a, int rows)
{
	stop_stages(a);
	program_begin(&a->model);
	start_stage(a, ACT_MAIN);
	tell_stage(a, ACT_MAIN, STAGE_STEP_TO, rows);
}

static void open_present(struct app *a, size_t index)
{
	struct str why = {0};

	model_open_present(&a->model, index);
	rehearsal_open(&a->model.present.recall.rehearsal, a->model.present.lesson, &why);
	if (why.len)
		model_say(&a->model, str_text(&why));
	str_free(&why);
}

static void close_view(struct app *a)
{
	switch (a->model.view) {
	case VIEW_HOME:
		loop_stop(a->loop);
		return;
	case VIEW_READER:
		model_close_lesson(&a->model);
		return;
	case VIEW_FINDER:
		model_close_finder(&a->model);
		return;
	case VIEW_PRESENT:
		stop_stages(a);
		present_free(&a->model.present);
		a->model.view = VIEW_HOME;
		return;
	case VIEW_DEMO:
		stop_stages(a);
		a->model.view = VIEW_READER;
		if (a->only_demo)
			loop_stop(a->loop);
		return;
	}
}

static void restart(struct app *a, enum act act)
{
	if (a->stage[act])
		tell_stage(a, act, STAGE_RESTART, 0);
	else
		start_stage(a, act);
}

/* The session's moves from number FIRST to before END. */
static void tell_moves(struct app *a, size_t first, size_t end)
{
	const struct session *s = &a->model.hand.session;

	for (size_t i = first; i < end && a->stage[ACT_MAIN]; i++)
		stage_move(a->stage[ACT_MAIN], s->moves.at[i].role, s->moves.at[i].text);
}

/* Up to ROW again: as the table has it, then by hand. */
static void replay(struct app *a, enum act act, int row)
{
	const struct session *s = &a->model.hand.session;
	int given = s->demo && act == ACT_MAIN && row > s->given ? s->given : row;

	tell_stage(a, act, STAGE_STEP_TO, given);
	if (given < row)
		tell_moves(a, 0, (size_t)(row - given));
}

static void carry_out(struct app *a, enum act act, struct request request)
{
	switch (request.kind) {
	case REQUEST_NONE:
		return;
	case REQUEST_LESSON:
		model_open_lesson(&a->model, (size_t)request.arg,
				  model_place(&a->model, (size_t)request.arg));
		return;
	case REQUEST_READ:
		stop_stages(a);
		return;
	case REQUEST_DEMO:
		open_demo(a, (size_t)request.arg);
		return;
	case REQUEST_LAB:
		open_lab(a, (size_t)request.arg);
		return;
	case REQUEST_PRESENT:
		open_present(a, (size_t)request.arg);
		return;
	case REQUEST_CLOSE:
		close_view(a);
		return;
	case REQUEST_QUIT:
		loop_stop(a->loop);
		return;
	case REQUEST_STEP_TO:
		tell_stage(a, act, STAGE_STEP_TO, request.arg);
		return;
	case REQUEST_DEED:
		tell_deed(a, act, (size_t)request.arg);
		return;
	case REQUEST_REPLAY:
		tell_stage(a, act, STAGE_RESTART, 0);
		for (size_t i = 0; i < model_player(&a->model, act)->deeds.n; i++)
			tell_deed(a, act, i);
		replay(a, act, request.arg);
		return;
	case REQUEST_MOVE:
		tell_moves(a, a->model.hand.session.moves.n - 1, a->model.hand.session.moves.n);
		return;
	case REQUEST_CHANGED:
		stop_stages(a);
		model_change_demo(&a->model);
		start_stage(a, ACT_MAIN);
		return;
	case REQUEST_RESTART:
		restart(a, act);
		return;
	case REQUEST_RUN:
		run_program(a, request.arg);
		return;
	case REQUEST_COMPARE:
		start_stage(a, ACT_OTHER);
		return;
	case REQUEST_ALONE:
		stop_other(a);
		return;
	}
}

/* What a key or the clock asked for, of both stages. */
static void obey(struct app *a, struct request request)
{
	carry_out(a, ACT_MAIN, request);
	carry_out(a, ACT_OTHER, model_other_request(&a->model));
}

static void end_by(struct app *a, int sig)
{
	a->end_signal = sig;
	loop_stop(a->loop);
}

static void resume(struct app *a)
{
	screen_resume(a->screen);
	guard_drawing(a->guard, true);
	screen_size(&a->model.columns, &a->model.rows);
	update(a);
}

/* Ctrl-Z. Where nobody could wake this process again (no shell with job control), the kernel
 * ignores the signal, and the screen comes back at once. */
static void suspend(struct app *a)
{
	struct sigaction stop = {.sa_handler = SIG_DFL}, before;

	screen_pause(a->screen);
	guard_drawing(a->guard, false);
	sigaction(SIGTSTP, &stop, &before);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &before, NULL);
	resume(a);
}

static void resize(struct app *a)
{
	screen_size(&a->model.columns, &a->model.rows);
	screen_resize(a->screen, a->model.columns, a->model.rows);
	update(a);
}

static void take_key(struct app *a, const struct input *input)
{
	a->model.now = clock_now();
	if (input->key == CTRL_C)
		end_by(a, SIGINT);
	else if (input->key == CTRL_Z)
		suspend(a);
	else if (input->key == CTRL_L)
		resize(a);
	else
		obey(a, model_input(&a->model, input));
}

static void on_input(void *context)
{
	struct app *a = context;
	struct input input;
	bool any = false;

	while (screen_input(a->screen, &input)) {
		take_key(a, &input);
		any = true;
	}
	if (!any && screen_lost())
		end_by(a, SIGHUP);
	else
		update(a);
}

static void stage_gone(struct app *a, enum act act)
{
	model_gone(&a->model, act, stage_end_text(a->stage[act]));
	stop_stage(a, act);
}

static void on_stage(void *context, size_t which)
{
	struct app *a = context;
	enum act act = (enum act)which;
	enum stage_news news = STAGE_NOTHING;
	struct event event;

	a->model.now = clock_now();
	/* Not endlessly: keys are to be heard while much is going on. */
	for (int i = 0; a->stage[act] && i < 4096; i++) {
		news = stage_next(a->stage[act], &event);
		if (news == STAGE_NOTHING)
			break;
		if (news == STAGE_GONE)
			stage_gone(a, act);
		else
			model_event(&a->model, act, event);
	}
	update(a);
}

static void on_visit(void *context)
{
	struct app *a = context;

	if (a->notes)
		notes_visit(a->notes);
}

static void on_timer(void *context)
{
	struct app *a = context;

	a->model.now = clock_now();
	obey(a, model_tick(&a->model));
	update(a);
}

static void on_signal(void *context, int sig)
{
	struct app *a = context;

	if (sig == SIGWINCH)
		resize(a);
	else if (sig == SIGTSTP)
		suspend(a);
	else if (sig == SIGCONT)
		resume(a);
	else
		end_by(a, sig);
}

static const struct loop_calls calls = {on_input, on_stage, on_visit, on_timer, on_signal};

/* Without any UTF-8 locale curses has no other letters either. */
static bool only_ascii(const struct term_options *options)
{
	return options->only_ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

static bool open_screen(struct app *a, const struct term_options *options)
{
	const char *no_color = getenv("NO_COLOR"), *why;
	struct screen_options how = {
		.only_ascii = only_ascii(options),
		.mouse = !options->no_mouse,
		.color = !options->no_color && !(no_color && *no_color),
	};

	a->screen = screen_open(&how, &why);
	if (!a->screen) {
		fprintf(stderr, _("socktutor: the terminal cannot be drawn on: %s\n"), why);
		return false;
	}
	guard_drawing(a->guard, true);
	return true;
}

static void open_progress(struct app *a)
{
	struct str message = {0};

	a->progress = progress_open(&message);
	a->model.progress = a->progress;
	if (message.len) {
		model_say(&a->model, str_text(&message));
		a->complained = true;
	}
	str_free(&message);
}

/* The demo or lab that is shown first stands on the page that one finds behind it. */
static int start_line(const struct term_options *options, const struct app_start *start)
{
	const struct lesson *lesson = options->shelf->lessons.at[start->lesson];

	if (start->demo < lesson->demos.n)
		return lesson->demos.at[start->demo].line;
	return start->lab < lesson->labs.n ? lesson->labs.at[start->lab].line : 0;
}

static void start_model(struct app *a, const struct term_options *options,
			const struct app_start *start)
{
	model_start(&a->model, options->shelf);
	a->model.no_predictions = options->no_predictions;
	a->model.real_time = options->real_time;
	open_progress(a);
	a->model.welcome = !options->present && !options->by_hand && !options->program &&
			   progress_is_first_visit(a->progress);
	home_resume(&a->model);
	a->model.ascii = options->ascii || only_ascii(options);
	screen_size(&a->model.columns, &a->model.rows);
	canvas_start(&a->canvas, a->model.columns, a->model.rows, a->model.ascii);
	if (start->lesson != SIZE_MAX && options->present)
		open_present(a, start->lesson);
	else if (start->lesson != SIZE_MAX)
		model_open_lesson(&a->model, start->lesson, start_line(options, start));
}

/* Without them all works but for the cards. */
static void read_cards(struct app *a, const char *lang)
{
	struct errs errs = {0};

	cards_open(&a->cards, lang, &errs);
	a->model.cards = &a->cards;
	errs_free(&errs);
}

static void close_all(struct app *a)
{
	/* The terminal may belong to the shell again by now: it is restored all the same. */
	signal(SIGTTOU, SIG_IGN);
	screen_close(a->screen);
	guard_drawing(a->guard, false);
	stop_stages(a);
	keep(a);
	loop_free(a->loop);
	notes_close(a->notes);
	model_free(&a->model);
	canvas_free(&a->canvas);
	cards_free(&a->cards);
	if (a->progress)
		progress_close(a->progress);
}

/* What the first frame did without. */
static void read_lessons(struct app *a, struct shelf *shelf)
{
	struct errs errs = {0};
	char *message;

	shelf_complete(shelf, &errs);
	if (errs.list.n) {
		message = str_make(_("left out: %1$s:%2$d: %3$s"), errs.list.at[0].file,
				   errs.list.at[0].line, errs.list.at[0].text);
		model_say(&a->model, message);
		free(message);
	}
	errs_free(&errs);
}

/* The loop first: what it catches curses leaves alone. Else curses would ignore the signal of
 * Ctrl-Z while it writes, and one that comes then would be lost. */
static bool start_screen(struct app *a, const struct term_options *options)
{
	a->loop = loop_new(&calls, a);
	if (!a->loop) {
		fputs(_("socktutor: the system has no room for an event loop\n"), stderr);
		return false;
	}
	if (open_screen(a, options))
		return true;
	loop_free(a->loop);
	return false;
}

int app_run(const struct term_options *options, const struct app_start *start,
	    struct guard *guard, int *end_signal)
{
	struct app a = {.guard = guard};
	sigset_t all, before;

	*end_signal = 0;
	/* The first frame before all else that can wait. Signals can. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	if (!start_screen(&a, options)) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		return 2;
	}
	start_model(&a, options, start);
	draw(&a);
	read_lessons(&a, options->shelf);
	read_cards(&a, options->lang);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (start->demo != SIZE_MAX)
		open_demo(&a, start->demo);
	if (start->lab != SIZE_MAX)
		open_lab(&a, start->lab);
	if (options->program && program_is_on(&a.model))
		obey(&a, program_given(&a.model, options->program));
	a.only_demo = options->by_hand || options->program;
	if (options->by_hand)
		hand_type(&a.model, true);
	update(&a);
	loop_run(a.loop);
	close_all(&a);
	*end_signal = a.end_signal;
	return 0;
}
