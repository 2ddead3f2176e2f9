#include "command/command.h"

#include "base/text.h"
#include "command/lab_play.h"

#include "course/course.h"
#include "course/predict.h"
#include "course/translation.h"
#include "lesson/check.h"

#include <getopt.h>
#include <stdlib.h>

/* Print what is in ERRS. Returns whether there was nothing. */
static bool tell(struct errs *errs)
{
	bool clean = errs->list.n == 0;

	errs_print(errs, stderr);
	errs_free(errs);
	return clean;
}

/* Returns whether the file has no errors. */
static bool lint_file(const char *path, struct shelf *shelf, bool programs)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_read(path, &errs);

	if (lesson) {
		lesson_check(lesson, shelf, &errs);
		predict_check(lesson, &errs);
		if (errs.list.n == 0)
			labs_play(lesson, programs, &errs);
	}
	lesson_free(lesson);
	return tell(&errs);
}

/* All files, each by itself. Links to other lessons are checked when there are lessons to find. */
static int lint_files(char **paths, int n, bool programs)
{
	struct shelf shelf = {0};
	struct errs errs = {0};
	int status = EXIT_HELD;

	shelf_open(&shelf, NULL, &errs);
	for (int i = 0; i < n; i++)
		if (!lint_file(paths[i], shelf.lessons.n ? &shelf : NULL, programs))
			status = EXIT_CANNOT;
	errs_free(&errs);
	shelf_free(&shelf);
	return status;
}

/* All lessons, as a course. */
static int lint_course(bool programs)
{
	struct shelf shelf = {0};
	struct errs errs = {0};

	if (shelf_open(&shelf, NULL, &errs) == 0) {
		course_check(&shelf, &errs);
		translations_check(&shelf, &errs);
		for (size_t i = 0; errs.list.n == 0 && i < shelf.lessons.n; i++)
			labs_play(shelf.lessons.at[i], programs, &errs);
	}
	shelf_free(&shelf);
	return tell(&errs) ? EXIT_HELD : EXIT_CANNOT;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"course", no_argument, NULL, 'c'}, {"no-programs", no_argument, NULL, 'P'},
		COMMON_LONGS, {0},
	};
	struct tutorial_options options = *given;
	bool course = false, programs = true;
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (c == 'c')
			course = true;
		else if (c == 'P')
			programs = false;
		else if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	}
	if (course && optind < argc)
		return command_misused(command, "--course looks at all lessons, not at '%s'",
				       argv[optind]);
	if (course)
		return lint_course(programs);
	if (optind == argc)
		return command_misused(command, "which file?");
	return lint_files(argv + optind, argc - optind, programs);
}

const struct command command_lint = {
	.name = "lint",
	.usage = "[--no-programs] FILE... | --course",
	.summary = N_("Check lesson files; only their labs are played."),
	.help = HELP(
		N_("  --course  check all lessons, and that they are a course: their order, that each says\n"
		   "            what it is for, has demos, a prediction and questions, and uses no call\n"
		   "            that was not named before; and that each translation, lessons/ko/,\n"
		   "            differs from its original in its words alone\n"),
		N_("  --no-programs  do not play the programs that stand beside labs, which takes a while\n"),
		N_("Errors go to standard error as `FILE:LINE: what is wrong; what would be right`.\n"),
		N_("Exit status: 0 no errors, 2 errors.\n")),
	.run = run,
};
