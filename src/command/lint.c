#include "command/command.h"

#include "lesson/check.h"

#include <getopt.h>
#include <stdlib.h>

/* Returns whether the file has no errors. */
static bool lint_file(const char *path, struct shelf *shelf)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_read(path, &errs);
	bool clean;

	if (lesson)
		lesson_check(lesson, shelf, &errs);
	clean = errs.list.n == 0;
	errs_print(&errs, stderr);
	errs_free(&errs);
	lesson_free(lesson);
	return clean;
}

static int run(const struct command *command, const struct tutorial_options *options, int argc,
	       char **argv)
{
	static const struct option longs[] = {{"help", no_argument, NULL, 'h'}, {0}};
	struct shelf shelf = {0};
	struct errs errs = {0};
	int c, status = EXIT_HELD;

	(void)options;
	optind = 0;
	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1)
		return c == 'h' ? command_help(command) : EXIT_CANNOT;
	if (optind == argc)
		return command_misused(command, "which file?");
	/* Links to other lessons are checked when there are lessons to find. */
	shelf_open(&shelf, &errs);
	for (int i = optind; i < argc; i++)
		if (!lint_file(argv[i], shelf.lessons.n ? &shelf : NULL))
			status = EXIT_CANNOT;
	errs_free(&errs);
	shelf_free(&shelf);
	return status;
}

const struct command command_lint = {
	.name = "lint",
	.usage = "FILE...",
	.summary = "Check lesson files without running them.",
	.help = "Errors go to standard error as `FILE:LINE: what is wrong; what would be right`.\n"
		"Exit status: 0 no errors, 2 errors.\n",
	.run = run,
};
