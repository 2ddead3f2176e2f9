#include "command/command.h"

#include "base/text.h"

#include "plain/plain.h"
#include "term/term.h"

#include <getopt.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool command_wants_plain(void)
{
	const char *accessible = getenv("ACCESSIBLE"), *term = getenv("TERM");

	return (accessible && *accessible) || (term && strcmp(term, "dumb") == 0);
}

size_t command_columns(void)
{
	struct winsize size;

	return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col :
										       0;
}

static int open_plain(const struct tutorial_options *options, struct shelf *shelf, const char *id,
		      const char *demo)
{
	struct str message = {0};
	struct progress *progress = progress_open(&message);
	int status;

	if (message.len)
		fprintf(stderr, "socktutor: %s\n", str_text(&message));
	status = plain_tutorial(&(struct plain_options){.shelf = shelf,
							.progress = progress,
							.lang = options->lang,
							.ascii = options->ascii,
							.only_ascii = options->only_ascii,
							.lesson = id,
							.demo = demo,
							.no_predictions = options->no_predictions,
							.by_hand = options->by_hand,
							.program = options->program,
							.real_time = options->real_time});
	progress_close(progress);
	str_free(&message);
	return status;
}

int command_open_shelf(const struct tutorial_options *options, struct shelf *shelf, const char *id,
		       const char *demo)
{
	struct lesson *lesson = id ? shelf_find(shelf, id) : NULL;
	struct errs errs = {0};
	bool right;

	if (id && !lesson)
		return command_no_lesson(shelf, id);
	right = !lesson || lesson_complete(lesson, &errs) == 0;
	if (options->plain)
		shelf_complete(shelf, &errs);
	errs_print(&errs, stderr);
	errs_free(&errs);
	if (!right)
		return EXIT_CANNOT;
	if (demo && !lesson_demo(lesson, demo) && !lesson_lab(lesson, demo))
		return command_no_demo(lesson, demo);
	if (options->plain)
		return open_plain(options, shelf, id, demo);
	return term_tutorial(&(struct term_options){.shelf = shelf,
						    .lang = options->lang,
						    .lesson = id,
						    .demo = demo,
						    .ascii = options->ascii,
						    .only_ascii = options->only_ascii,
						    .no_mouse = options->no_mouse,
						    .no_color = options->no_color,
						    .no_predictions = options->no_predictions,
						    .real_time = options->real_time,
						    .by_hand = options->by_hand,
						    .program = options->program,
						    .present = options->present});
}

/* A lesson of one's own may be given by its file. */
static int take_file(struct shelf *shelf, const char *path, struct errs *errs)
{
	struct lesson *lesson = lesson_read(path, errs);

	if (!lesson)
		return -1;
	for (size_t i = 0; i < shelf->lessons.n; i++)
		lesson_free(shelf->lessons.at[i]);
	shelf->lessons.n = 0;
	vec_push(&shelf->lessons, lesson);
	return 0;
}

static bool is_file(const char *name)
{
	size_t n = strlen(name);

	return strchr(name, '/') || (n > 3 && strcmp(name + n - 3, ".md") == 0);
}

int command_tutorial(const struct tutorial_options *options, const char *target)
{
	struct shelf shelf = {0};
	struct errs errs = {0};
	char *lesson = NULL, *demo = NULL;
	int status = EXIT_CANNOT;
	bool ready;

	if (target)
		command_split(target, &lesson, &demo);
	if (lesson && is_file(lesson))
		ready = take_file(&shelf, lesson, &errs) == 0 && errs.list.n == 0;
	else
		ready = shelf_glance(&shelf, options->lang, &errs) == 0;
	errs_print(&errs, stderr);
	if (ready && lesson && is_file(lesson))
		status = command_open_shelf(options, &shelf, shelf.lessons.at[0]->id, demo);
	else if (ready)
		status = command_open_shelf(options, &shelf, lesson, demo);
	errs_free(&errs);
	shelf_free(&shelf);
	free(lesson);
	free(demo);
	return status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	struct tutorial_options options = *given;
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", tutorial_longs, NULL)) != -1) {
		if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	}
	if (argc - optind > 1)
		return command_misused(command, "one lesson at a time");
	return command_tutorial(&options, argv[optind]);
}

const struct command command_open = {
	.name = "open",
	.usage = "[--ascii] [--no-mouse] [--no-color] [LESSON[#DEMO]|FILE[#DEMO]]",
	.summary = N_("Open the tutorial at a lesson or at one of its demos."),
	.help = HELP(
		N_("Without a lesson it opens the list of lessons, as `socktutor` alone does.\n"),
		N_("  --ascii     draw with ASCII characters only\n"),
		N_("  --no-mouse  leave the mouse to the terminal\n"),
		N_("  --no-color  use no colours (so does NO_COLOR in the environment)\n"),
		N_("  --plain     lines and numbered choices instead of a screen: for screen readers and\n"
		   "              pipes; also when ACCESSIBLE is set or the terminal is dumb\n"),
		N_("  --no-predictions  do not ask what will happen before it does\n"),
		N_("  --real-time  let demos take the minutes that their settings would spare\n")),
	.run = run,
};
