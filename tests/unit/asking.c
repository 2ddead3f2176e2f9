/*
 * A demo that asks before the row that surprises: when it asks, what it hides, which answer counts.
 */
#include "feed.h"
#include "home.h"
#include "suites.h"

#include "view/view.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static const char lesson_text[] =
	"# Pipes\n"
	"\n"
	"<!-- predict: row=3 choices=\"EPIPE + SIGPIPE; = 5; ECONNRESET; blocks\" -->\n"
	"\n"
	"<!-- demo: id=classic link=unix title=\"The classic\" -->\n"
	"\n"
	"| Process A | Process B | Why |\n"
	"|-----------|-----------|-----|\n"
	"|           | `close()` | B closes first. |\n"
	"| `send()`  |           | |\n"
	"| `EPIPE + SIGPIPE` |   | Nobody reads. |\n"
	"| `Terminated` |        | |\n";

static struct shelf shelf;
static struct model model;
static struct canvas canvas;

static void start_with(const char *text)
{
	struct errs errs = {0};

	home_new();
	shelf = (struct shelf){0};
	vec_push(&shelf.lessons, lesson_parse("pipes.md", text, strlen(text), &errs));
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	model_start(&model, &shelf);
	model.progress = home_open();
	model.columns = 80;
	model.rows = 24;
	canvas_start(&canvas, 80, 24, false);
	model_open_lesson(&model, 0, 0);
	model_open_demo(&model, 0);
	feed_begin(&model.player);
}

static void start(void)
{
	start_with(lesson_text);
}

static void stop(void)
{
	progress_close(model.progress);
	model_free(&model);
	canvas_free(&canvas);
	lesson_free(shelf.lessons.at[0]);
	vec_free(&shelf.lessons);
	home_end();
}

static struct request key(uint32_t key)
{
	return model_input(&model, &(struct input){.key = key});
}

static void key_steps(uint32_t code, int row)
{
	struct request request = key(code);

	CHECK_NUMBER(request.kind, REQUEST_STEP_TO);
	CHECK_NUMBER(request.arg, row);
}

static void key_waits(uint32_t code)
{
	CHECK_NUMBER(key(code).kind, REQUEST_NONE);
}

static bool shows(const char *text)
{
	char *screen;
	bool found;

	model_draw(&canvas, &model);
	screen = feed_text(&canvas);
	found = strstr(screen, text) != NULL;
	free(screen);
	return found;
}

static void happened(void)
{
	asking_happened(&model.asking, &model.player, model.progress);
}

/* Row 1 as the stage would tell it. */
static void play_close(void)
{
	feed_begin_row(&model.player, 10, 1);
	feed_call(&model.player, 10, ROLE_B, "close(sock)");
	feed_return(&model.player, 11, ROLE_B, 0, 0, false);
	feed_row_done(&model.player, 12, 1);
	happened();
}

/* Rows 2 and 3. */
static void play_send(void)
{
	feed_begin_row(&model.player, 20, 2);
	feed_call(&model.player, 20, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_return(&model.player, 21, ROLE_A, -1, EPIPE, false);
	feed_signal(&model.player, 22, ROLE_A, SIGPIPE);
	feed_row_done(&model.player, 23, 2);
	happened();
}

static void play_verdict(void)
{
	feed_begin_row(&model.player, 30, 3);
	feed_verdict(&model.player, 30, ROLE_A, VERDICT_HOLDS, "EPIPE + SIGPIPE");
	feed_row_done(&model.player, 31, 3);
	happened();
}

/* The key of the choice that is (not) what the kernel will say. */
static uint32_t choice(bool right)
{
	for (size_t i = 0; i < model.asking.prediction.n; i++)
		if (right == (model.asking.prediction.choices[i].outcome.kind == OUTCOME_FAILS &&
			      model.asking.prediction.choices[i].outcome.err == EPIPE))
			return (uint32_t)('1' + i);
	return 0;
}

static int counted(void)
{
	return progress_prediction(model.progress, "pipes", "classic", 3);
}

/* Up to the question. */
static void ask(void)
{
	key_steps(' ', 1);
	play_close();
	key_waits(' ');
	CHECK_NUMBER(model.asking.state, ASKING_NOW);
}

/* From the question to the end. */
static void answer(uint32_t code)
{
	key_steps(code, 2);
	play_send();
	CHECK_NUMBER(model.asking.state, ASKING_SEEING);
	key_steps(' ', 3);
	play_verdict();
	CHECK_NUMBER(model.asking.state, ASKING_TOLD);
}

static void it_asks_before_the_row(void)
{
	start();
	CHECK_NUMBER(model.asking.prediction.n, 4);
	CHECK_NUMBER(model.asking.prediction.asked_before, 2);
	ask();
	CHECK(shows("Before you look"));
	CHECK(shows("1–4 choose · s skip"));
	/* Whoever steps with Enter has not chosen, and no other number is a choice. */
	key_waits(INPUT_ENTER);
	key_waits(' ');
	key_waits('5');
	CHECK_NUMBER(model.asking.state, ASKING_NOW);
	CHECK_NUMBER(counted(), -1);
	stop();
}

static void the_first_answer_counts(void)
{
	start();
	ask();
	answer(choice(false));
	CHECK(shows("✗ Not so"));
	CHECK(shows("You said:"));
	CHECK(shows("Nobody reads."));
	CHECK_NUMBER(counted(), 0);
	key_waits('x');
	CHECK(!shows("You said:"));
	CHECK_NUMBER(key('r').kind, REQUEST_RESTART);
	feed_begin(&model.player);
	ask();
	answer(choice(true));
	CHECK(shows("✓ You were right"));
	CHECK_NUMBER(counted(), 0);
	stop();
}

static void a_marked_choice_is_taken_by_enter(void)
{
	uint32_t right;

	start();
	ask();
	right = choice(true);
	for (uint32_t i = '1'; i <= right; i++)
		key_waits('j');
	answer(INPUT_ENTER);
	CHECK_NUMBER(counted(), 1);
	stop();
}

static void skipping_counts_nothing(void)
{
	start();
	ask();
	key_steps('s', 2);
	play_send();
	key_steps(' ', 3);
	play_verdict();
	CHECK_NUMBER(model.asking.state, ASKING_NOTHING);
	CHECK_NUMBER(counted(), -1);
	stop();
}

static void what_is_asked_is_hidden(void)
{
	start();
	CHECK(player_hides(&model.player, ROLE_A, 3));
	CHECK(player_hides(&model.player, ROLE_A, 4));
	CHECK(!player_hides(&model.player, ROLE_B, 3));
	CHECK(!player_hides(&model.player, ROLE_A, 2));
	CHECK(!shows("EPIPE"));
	ask();
	key_steps(choice(false), 2);
	CHECK(!player_hides(&model.player, ROLE_A, 3));
	CHECK(shows("EPIPE"));
	stop();
}

/* Nor in the lesson's text, until the demo was seen; nothing moves when it then appears. */
static void the_text_hides_it_too(void)
{
	size_t lines, page;

	start();
	model.view = VIEW_READER;
	CHECK(shows("send()") && shows("▶ Enter runs it live"));
	CHECK(!shows("EPIPE") && !shows("Terminated"));
	lines = model.reader.layout.lines.list.n;
	page = model.reader.page;
	progress_demo_seen(model.progress, "pipes", "classic");
	model_open_demo(&model, 0);
	model.view = VIEW_READER;
	CHECK(shows("EPIPE + SIGPIPE") && shows("Terminated"));
	CHECK_NUMBER(model.reader.layout.lines.list.n, lines);
	CHECK_NUMBER(model.reader.page, page);
	stop();
	start();
	model.no_predictions = true;
	model_open_lesson(&model, 0, 0);
	CHECK(shows("EPIPE + SIGPIPE"));
	stop();
}

static void it_can_be_off(void)
{
	start();
	model.no_predictions = true;
	model_open_demo(&model, 0);
	feed_begin(&model.player);
	CHECK(!player_hides(&model.player, ROLE_A, 3));
	key_steps(' ', 1);
	play_close();
	key_steps(' ', 2);
	stop();
}

/* By itself the demo does not ask; a step that waited for the row before does. */
static void automatic_and_queued_steps(void)
{
	struct request request;

	start();
	key_waits('a');
	request = model_tick(&model);
	CHECK_NUMBER(request.arg, 1);
	play_close();
	model.now = model.player.automatic_at;
	request = model_tick(&model);
	CHECK_NUMBER(request.kind, REQUEST_STEP_TO);
	CHECK_NUMBER(request.arg, 2);
	stop();
	start();
	key_steps(' ', 1);
	key_waits(' ');
	CHECK(model.player.queued);
	play_close();
	CHECK_NUMBER(model_tick(&model).kind, REQUEST_NONE);
	CHECK_NUMBER(model.asking.state, ASKING_NOW);
	CHECK(!model.player.queued);
	stop();
}

/* What nobody offered is told, and is nobody's mistake. */
static void none_of_the_choices(void)
{
	start();
	ask();
	key_steps(choice(false), 2);
	feed_begin_row(&model.player, 20, 2);
	feed_call(&model.player, 20, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_return(&model.player, 21, ROLE_A, -1, ENOTCONN, false);
	feed_row_done(&model.player, 23, 2);
	happened();
	key_steps(' ', 3);
	feed_begin_row(&model.player, 30, 3);
	feed_verdict(&model.player, 30, ROLE_A, VERDICT_DIFFERS, "ENOTCONN");
	feed_row_done(&model.player, 31, 3);
	happened();
	CHECK(shows("None of these"));
	CHECK(shows("ENOTCONN"));
	CHECK_NUMBER(counted(), -1);
	stop();
}

static void a_stage_that_goes_ends_it(void)
{
	start();
	ask();
	model_gone(&model, ACT_MAIN, "The stage has gone.");
	CHECK_NUMBER(model.asking.state, ASKING_NOTHING);
	CHECK(!shows("Before you look"));
	stop();
}

static void the_last_row_makes_it_seen(void)
{
	start();
	key_steps(' ', 1);
	play_close();
	play_send();
	play_verdict();
	CHECK(!progress_has_seen(model.progress, "pipes", "classic"));
	model_event(&model, ACT_MAIN, (struct event){.kind = EVENT_ROW, .role = ROLE_NONE, .row = 4});
	model_event(&model, ACT_MAIN, (struct event){.kind = EVENT_ROW_DONE, .role = ROLE_NONE, .row = 4});
	CHECK(progress_has_seen(model.progress, "pipes", "classic"));
	stop();
}

/* The menu of faults: 9 kills the role that is chosen. */
static void kill_by_hand(void)
{
	key_waits('f');
	CHECK(shows("Put in by hand"));
	CHECK_NUMBER(key('9').kind, REQUEST_DEED);
	CHECK(!shows("Put in by hand"));
}

/* What the table says need not come true then: nobody is asked, and nothing counts. */
static void a_fault_by_hand_counts_for_nothing(void)
{
	start();
	kill_by_hand();
	key_steps(' ', 1);
	play_close();
	key_steps(' ', 2);
	play_send();
	key_steps(' ', 3);
	play_verdict();
	CHECK_NUMBER(model.asking.state, ASKING_NOTHING);
	model_event(&model, ACT_MAIN, (struct event){.kind = EVENT_ROW, .role = ROLE_NONE, .row = 4});
	model_event(&model, ACT_MAIN, (struct event){.kind = EVENT_ROW_DONE, .role = ROLE_NONE, .row = 4});
	CHECK(!progress_has_seen(model.progress, "pipes", "classic"));
	CHECK_NUMBER(counted(), -1);
	/* Without it all is as ever. */
	CHECK_NUMBER(key('r').kind, REQUEST_RESTART);
	feed_begin(&model.player);
	ask();
	stop();
}

static void a_fault_after_the_answer_takes_it_back(void)
{
	start();
	ask();
	key_steps(choice(false), 2);
	play_send();
	kill_by_hand();
	key_steps(' ', 3);
	play_verdict();
	CHECK_NUMBER(model.asking.state, ASKING_TOLD);
	CHECK_NUMBER(counted(), -1);
	stop();
}

/* The question has the keys while it is asked; nothing can be done to what is only recorded. */
static void no_fault_while_it_asks(void)
{
	start();
	ask();
	key_waits('f');
	CHECK(!shows("Put in by hand"));
	key_steps('s', 2);
	model.player.recorded = true;
	key_waits('f');
	CHECK(shows("Not here: this is a recording."));
	key_waits('9');
	CHECK(shows("Put in by hand"));
	stop();
}

/* Rows 1 to 3 are one step: the call that is asked about is in it. */
static void a_step_of_several_rows_asks_before_the_first(void)
{
	const char *at = strstr(lesson_text, " title=");
	char *text = str_make("%.*s at-once=1-3%s", (int)(at - lesson_text), lesson_text, at);

	start_with(text);
	key_waits(' ');
	CHECK(shows("Before you look") && shows("step 0 of 2"));
	key_steps('1', 3);
	play_close();
	play_send();
	CHECK(!shows("any key goes on"));
	play_verdict();
	CHECK(shows("any key goes on") && shows("step 1 of 2"));
	key_waits('x');
	key_steps(' ', 4);
	stop();
	free(text);
}

static const struct test tests[] = {
	{"it_asks_before_the_row", it_asks_before_the_row},
	{"the_first_answer_counts", the_first_answer_counts},
	{"a_marked_choice_is_taken_by_enter", a_marked_choice_is_taken_by_enter},
	{"skipping_counts_nothing", skipping_counts_nothing},
	{"what_is_asked_is_hidden", what_is_asked_is_hidden},
	{"the_text_hides_it_too", the_text_hides_it_too},
	{"it_can_be_off", it_can_be_off},
	{"automatic_and_queued_steps", automatic_and_queued_steps},
	{"none_of_the_choices", none_of_the_choices},
	{"a_stage_that_goes_ends_it", a_stage_that_goes_ends_it},
	{"the_last_row_makes_it_seen", the_last_row_makes_it_seen},
	{"a_fault_by_hand_counts_for_nothing", a_fault_by_hand_counts_for_nothing},
	{"a_fault_after_the_answer_takes_it_back", a_fault_after_the_answer_takes_it_back},
	{"no_fault_while_it_asks", no_fault_while_it_asks},
	{"a_step_of_several_rows_asks_before_the_first",
	 a_step_of_several_rows_asks_before_the_first},
	{NULL, NULL},
};

const struct suite suite_asking = {"asking", NULL, NULL, tests};
