#include "term/term.h"

#include "base/near.h"
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

static int no_lesson(const struct shelf *shelf, const char *id)
{
	struct near near = near_start(id);

	for (size_t i = 0; i < shelf->lessons.n; i++)
		near_offer(&near, shelf->lessons.at[i]->id);
	if (near.best)
		fprintf(stderr, _("socktutor: no lesson '%1$s' (did you mean '%2$s'?)\n"), id,
			near.best);
	else
		fprintf(stderr, _("socktutor: no lesson '%s'; `socktutor list` names them all\n"),
			id);
	return 2;
}

static int no_demo(const struct lesson *lesson, const char *id)
{
	struct near near = near_start(id);

	for (size_t i = 0; i < lesson->demos.n; i++)
		near_offer(&near, lesson->demos.at[i].id);
	if (near.best)
		fprintf(stderr, _("socktutor: no demo '%1$s' (did you mean '%2$s'?)\n"), id,
			near.best);
	else
		fprintf(stderr, _("socktutor: no demo '%s'; `socktutor list` names them all\n"),
			id);
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

/* Where to begin; returns 0, or an exit status after saying what is not there. */
static int find_start(const struct term_options *options, struct app_start *start)
{
	const struct lesson *lesson;

	*start = (struct app_start){SIZE_MAX, SIZE_MAX, SIZE_MAX};
	if (!options->lesson)
		return 0;
	start->lesson = find_lesson(options->shelf, options->lesson);
	if (start->lesson == SIZE_MAX)
		return no_lesson(options->shelf, options->lesson);
	if (!options->demo)
		return 0;
	lesson = options->shelf->lessons.at[start->lesson];
	start->demo = find_demo(lesson, options->demo);
	if (start->demo == SIZE_MAX)
		start->lab = find_lab(lesson, options->demo);
	return start->demo == SIZE_MAX && start->lab == SIZE_MAX ? no_demo(lesson, options->demo) :
								   0;
}

int term_tutorial(const struct term_options *options)
{
	struct app_start start;
	struct guard *guard;
	int status, sig = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return no_terminal();
	status = find_start(options, &start);
	if (status != 0)
		return status;
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
