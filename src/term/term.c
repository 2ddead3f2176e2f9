#include "term/term.h"

#include "base/text.h"
#include "term/app.h"
#include "term/guard.h"
#include "term/terminfo.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int no_terminal(void)
{
	fputs(_("socktutor: the tutorial needs a terminal, and this is none; "
		"`socktutor run LESSON` works without one\n"),
	      stderr);
	return 2;
}

static size_t find_lesson(const struct shelf *shelf, const char *id)
{
	for (size_t i = 0; i < shelf->lessons.n; i++)
		if (strcmp(shelf->lessons.at[i]->id, id) == 0)
			return i;
	return SIZE_MAX;
}

static size_t find_demo(const struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->demos.n; i++)
		if (strcmp(lesson->demos.at[i].id, id) == 0)
			return i;
	return SIZE_MAX;
}

static size_t find_lab(const struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->labs.n; i++)
		if (str_same(lesson->labs.at[i].setup.id, id))
			return i;
	return SIZE_MAX;
}

static struct app_start find_start(const struct term_options *options)
{
	struct app_start start = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
	const struct lesson *lesson;

	if (!options->lesson)
		return start;
	start.lesson = find_lesson(options->shelf, options->lesson);
	lesson = options->shelf->lessons.at[start.lesson];
	if (options->demo)
		start.demo = find_demo(lesson, options->demo);
	if (options->program)
		start.demo = SIZE_MAX;
	if (options->demo && start.demo == SIZE_MAX)
		start.lab = find_lab(lesson, options->demo);
	return start;
}

int term_tutorial(const struct term_options *options)
{
	struct app_start start = find_start(options);
	struct guard *guard;
	int status, sig = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return no_terminal();
	guard = guard_start(terminfo_rescue, &status);
	if (!guard)
		return status;
	status = app_run(options, &start, guard, &sig);
	if (sig != 0) {
		signal(sig, SIG_DFL);
		raise(sig);
	}
	return status;
}
