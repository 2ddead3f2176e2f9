/*
 * A lab that a program plays, without a stage: the command, what its pane shows, what came of the
 * rows.
 */
#include "feed.h"
#include "parsing.h"
#include "suites.h"

#include "base/argv.h"
#include "base/clock.h"
#include "view/pane.h"
#include "view/program.h"
#include "view/view.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static const char text[] =
	"# Clients\n\nSome text.\n\n"
	"<!-- lab: id=survive link=unix a=program title=\"A client that outlives its server\" -->\n\n"
	"Ask twice.\n\n"
	"| Process A | Process B | To be seen |\n|---|---|---|\n"
	"| | accept() | |\n"
	"| = 4 | | The question goes out |\n"
	"| | close() | |\n"
	"| EPIPE | | Nobody is there |\n"
	"| exited 0 | | |\n";

static struct shelf shelf;
static struct model model;

static void open_lab(void)
{
	shelf = (struct shelf){0};
	vec_push(&shelf.lessons, parsing(text, 0));
	model_start(&model, &shelf);
	model.columns = 80;
	model.rows = 24;
	model_open_lesson(&model, 0, 0);
	model_open_lab(&model, 0);
}

static void close_lab(void)
{
	model_free(&model);
	lesson_free(shelf.lessons.at[0]);
	vec_free(&shelf.lessons);
}

static struct request key(uint32_t code)
{
	return model_input(&model, &(struct input){.key = code});
}

static void type(const char *keys)
{
	for (; *keys; keys++)
		key((unsigned char)*keys);
}

static void tell(struct event e)
{
	e.text = e.text ? mem_strdup(e.text) : NULL;
	model_event(&model, ACT_MAIN, e);
}

/* As the stage tells what a program does. */
static void calls(int64_t ns, unsigned task, uint32_t call, const char *words)
{
	tell((struct event){.ns = ns, .kind = EVENT_CALL, .role = ROLE_A, .row = model.player.live.row,
			    .task = task, .call = call, .text = (char *)(uintptr_t)words});
}

static void returns(int64_t ns, unsigned task, uint32_t call, long result, int err)
{
	tell((struct event){.ns = ns, .kind = EVENT_RETURN, .role = ROLE_A,
			    .row = model.player.live.row, .task = task, .call = call,
			    .u.ret = {.result = result, .err = err}});
}

static void sleeps(int64_t ns, unsigned task, uint32_t call)
{
	tell((struct event){.ns = ns, .kind = EVENT_BLOCKED, .role = ROLE_A,
			    .row = model.player.live.row, .task = task, .call = call});
}

static void ends(int64_t ns, unsigned task, int sig, int status)
{
	tell((struct event){.ns = ns, .kind = EVENT_END, .role = ROLE_A, .row = model.player.live.row,
			    .task = task, .u.end = {sig, status}});
}

static void prints(int64_t ns, int fd, const char *line)
{
	tell((struct event){.ns = ns, .kind = EVENT_OUTPUT, .role = ROLE_A,
			    .row = model.player.live.row, .task = 1,
			    .text = (char *)(uintptr_t)line, .u.output.fd = fd});
}

static void row(int64_t ns, int number)
{
	tell((struct event){.ns = ns, .kind = EVENT_ROW, .role = ROLE_NONE, .row = number});
}

static void verdict(int64_t ns, enum verdict v, const char *seen)
{
	tell((struct event){.ns = ns, .kind = EVENT_VERDICT, .role = ROLE_A,
			    .row = model.player.live.row, .text = (char *)(uintptr_t)seen,
			    .u.verdict = {.verdict = v, .claim = EVENT_NONE}});
}

static void done(void)
{
	tell((struct event){.kind = EVENT_DONE, .role = ROLE_NONE, .row = model.player.live.row});
}

/* Run the command that stands in the prompt; then as far as the set-up goes. */
static void begin_run(void)
{
	struct request request = key(INPUT_ENTER);

	CHECK_NUMBER(request.kind, REQUEST_RUN);
	CHECK_NUMBER(request.arg, 5);
	program_begin(&model);
	feed_begin(&model.player);
	row(1000, 1);
	row(2000, 2);
}

static char *screen(void)
{
	struct canvas c;
	char *s;

	canvas_start(&c, model.columns, model.rows, false);
	model_draw(&c, &model);
	s = feed_text(&c);
	canvas_free(&c);
	return s;
}

static void shows(const char *expected)
{
	char *s = screen();

	if (!CHECK(strstr(s, expected) != NULL))
		CHECK_TEXT(s, expected);
	free(s);
}

static void shows_not(const char *wrong)
{
	char *s = screen();

	if (!CHECK(strstr(s, wrong) == NULL))
		CHECK_TEXT(s, wrong);
	free(s);
}

static void check_words(const char *line, size_t n, const char *const *words)
{
	char **got = argv_read(line);
	size_t i = 0;

	for (; got && got[i]; i++)
		if (i < n)
			CHECK_TEXT(got[i], words[i]);
	CHECK_NUMBER(i, n);
	argv_free(got);
}

#define WORDS(line, ...)                                                                           \
	check_words(line, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),             \
		    (const char *const[]){__VA_ARGS__})

static void command_lines(void)
{
	static const char *const given[] = {"./my client", "it's", "", "a=b", "$x", NULL};
	char *line = argv_write(given);

	WORDS("./client", "./client");
	WORDS("  python3  client.py\t-v ", "python3", "client.py", "-v");
	WORDS("./a 'b c' \"d e\"f g\\ h ''", "./a", "b c", "d ef", "g h", "");
	WORDS("./a x=1", "./a", "x=1");
	WORDS("X=1 ./a", "sh", "-c", "X=1 ./a");
	WORDS("./a | cat", "sh", "-c", "./a | cat");
	WORDS("./a \"$HOME\"", "sh", "-c", "./a \"$HOME\"");
	WORDS("./a 'x", "sh", "-c", "./a 'x");
	WORDS(line, "./my client", "it's", "", "a=b", "$x");
	CHECK(argv_read("  ") == NULL);
	free(line);
}

static void asked_for(void)
{
	open_lab();
	CHECK(model.program.asking);
	shows(" Clients \302\267 lab 1 of 1 \302\267 A client that outlives its server");
	shows("not run yet");
	shows("SOCKTUTOR_SOCKET");
	shows("\302\267 Process A: = 4");
	shows("    The question goes out");
	CHECK_NUMBER(key(INPUT_ENTER).kind, REQUEST_NONE);
	type("./cli");
	shows("$ ./cli");
	begin_run();
	shows("run 1 \302\267 0 of 3 hold");
	CHECK_TEXT(program_words(&model, ROLE_A)[0], "./cli");
	CHECK(program_words(&model, ROLE_B) == NULL);
	CHECK_NUMBER(key('r').kind, REQUEST_RUN);
	key('p');
	shows("$ ./cli");
	type(" -v");
	key(INPUT_ENTER);
	CHECK_NUMBER(model.program.given.n, 2);
	key('p');
	key(INPUT_UP);
	CHECK_TEXT(str_text(&model.program.entry.text), "./cli");
	key(INPUT_ESC);
	CHECK_NUMBER(key('q').kind, REQUEST_CLOSE);
	/* What was given is offered in the next lab, too. */
	model_open_lab(&model, 0);
	CHECK_TEXT(str_text(&model.program.entry.text), "./cli -v");
	close_lab();
}

static void in_its_pane(void)
{
	open_lab();
	type("python3 a-client.py --slowly");
	begin_run();
	calls(3000, 1, 10, "connect(3, \"demo.sock\")");
	returns(4000, 1, 10, 0, 0);
	prints(5000, 1, "hello there");
	prints(5500, 2, "and here");
	calls(6000, 2, 11, "read(3, buf, 100)");
	sleeps(7000, 2, 11);
	shows("\302\267 blocked");
	shows("A.2: read(3, buf, 100)");
	shows("\342\226\222 waiting");
	shows("\342\224\202 1\342\224\202 hello there");
	shows("\342\224\202 2\342\224\202 and here");
	shows("A \302\267 python3 a-c");
	calls(8000, 1, 12, "write(3, \"x\", 1)");
	/* The one sleeps, the other does not. */
	CHECK(player_blocked(&model.player, ROLE_A, model.player.events.list.n) != EVENT_NONE);
	returns(8500, 2, 11, 0, 0);
	CHECK(player_blocked(&model.player, ROLE_A, model.player.events.list.n) == EVENT_NONE);
	ends(8600, 2, 0, 0);
	shows("A.2: +++ exited with 0 +++");
	shows("\302\267 running");
	ends(9000, 1, SIGPIPE, 0);
	shows("killed by SIGPIPE");
	close_lab();
}

static void many_calls(void)
{
	open_lab();
	type("./cli");
	begin_run();
	for (uint32_t i = 1; i <= 10000; i++) {
		char *words = str_make("write(3, \"%u\", 1)", i);

		calls(3000 + i, 1, i + 10, words);
		returns(3000 + i, 1, i + 10, 1, 0);
		free(words);
	}
	shows("write(3, \"10000\", 1) = 1");
	key(INPUT_UP);
	shows_not("│ write(3, \"10000\"");
	shows("more below");
	key('g');
	shows("write(3, \"1\", 1) = 1");
	key(INPUT_DOWN);
	key(INPUT_DOWN);
	shows("write(3, \"2\", 1) = 1");
	shows_not("\"1\"");
	key('G');
	shows("write(3, \"10000\", 1) = 1");
	key('g');
	for (uint32_t i = 0; i < 3; i++)
		calls(20000 + i, 1, 20000 + i, "close(3)");
	shows("write(3, \"1\", 1) = 1");
	close_lab();
}

static void what_came_of_it(void)
{
	struct standing standing;

	open_lab();
	type("./cli");
	begin_run();
	program_standing(&standing, &model.player);
	CHECK_NUMBER(standing.rows, 3);
	CHECK_NUMBER(standing.row, 2);
	CHECK(!standing.over);
	shows("Process A: = 4 is wanted next");
	verdict(3000, VERDICT_HOLDS, "= 4");
	row(4000, 3);
	row(5000, 4);
	ends(5500, 1, SIGPIPE, 0);
	verdict(6000, VERDICT_DIFFERS, "SIGPIPE");
	done();
	program_standing(&standing, &model.player);
	CHECK_NUMBER(standing.met, 1);
	CHECK_NUMBER(standing.row, 4);
	CHECK(standing.over && !program_met(&model) && !model.labs.met);
	shows("1 of 3 hold");
	shows("Process A: EPIPE was wanted");
	shows("+++ killed by");
	CHECK_NUMBER(key('r').kind, REQUEST_RUN);
	program_begin(&model);
	feed_begin(&model.player);
	for (int i = 1; i <= 5; i++) {
		row(i * 1000, i);
		if (i == 2 || i == 4 || i == 5)
			verdict(i * 1000 + 1, VERDICT_HOLDS, NULL);
		CHECK(!model.labs.met);
	}
	ends(6500, 1, 0, 0);
	done();
	CHECK(program_met(&model) && model.labs.met);
	shows("run 2 \302\267 3 of 3 hold");
	shows("The goal is met");
	close_lab();
}

/* One part of it sleeps, and others go on: it is still to be seen. The wheel turns what it is over. */
static void sleeps_beside(void)
{
	open_lab();
	type("./cli");
	begin_run();
	calls(3000, 1, 10, "accept(3, NULL, NULL)");
	sleeps(3500, 1, 10);
	for (uint32_t i = 1; i <= 100; i++) {
		calls(4000 + i, 2, i + 10, "write(4, \"x\", 1)");
		returns(4000 + i, 2, i + 10, 1, 0);
	}
	shows("A.2: write(4, \"x\", 1) = 1");
	shows("accept(3, NULL, NULL)");
	shows("\342\226\222 waiting");
	model_input(&model, &(struct input){INPUT_WHEEL_UP, 10, 5});
	CHECK_NUMBER(model.program.scrolled, ROLE_A);
	shows("more below");
	shows_not("\342\226\222 waiting");
	model_input(&model, &(struct input){INPUT_WHEEL_UP, 60, 5});
	CHECK_NUMBER(model.program.scrolled, ROLE_B);
	model_input(&model, &(struct input){INPUT_WHEEL_UP, 10, 18});
	CHECK_NUMBER(model.program.scrolled, ROLE_NONE);
	close_lab();
}

/* A row that could not be carried out is said, and a stage that is gone. */
static void stuck(void)
{
	open_lab();
	type("./cli");
	begin_run();
	tell((struct event){.kind = EVENT_ROW_DONE, .role = ROLE_NONE, .row = 2,
			    .text = (char *)(uintptr_t)"B sleeps."});
	shows("B sleeps.");
	done();
	CHECK(!program_met(&model));
	model_gone(&model, ACT_MAIN, "It is gone.");
	shows("It is gone.");
	close_lab();
}

static const struct test tests[] = {
	{"command-lines", command_lines},
	{"asked-for", asked_for},
	{"in-its-pane", in_its_pane},
	{"many-calls", many_calls},
	{"sleeps-beside", sleeps_beside},
	{"what-came-of-it", what_came_of_it},
	{"stuck", stuck},
	{NULL, NULL},
};

const struct suite suite_program = {"program", NULL, NULL, tests};
