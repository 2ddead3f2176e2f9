/*
 * `socktutor play`: two processes and nothing that they are to do: the learner types it.
 */
#include "command/command.h"

#include "base/text.h"

#include <getopt.h>
#include <string.h>

/* A lesson with one demo without rows. The caller frees it. */
static struct lesson *make_lesson(enum link link, struct errs *errs)
{
	const char *name = link_spec(link)->name;
	char *text = str_make("---\ntitle: %s\n---\n\n"
			      "<!-- demo: id=play link=%s title=\"%s\" -->\n\n"
			      "| Process A | Process B |\n|---|---|\n", _("By hand"), name, name);
	struct lesson *lesson = lesson_parse("play.md", text, strlen(text), errs);

	free(text);
	return lesson;
}

static int play(struct tutorial_options *options, enum link link)
{
	struct shelf shelf = {0};
	struct errs errs = {0};
	int status;

	options->by_hand = options->no_predictions = true;
	vec_push(&shelf.lessons, make_lesson(link, &errs));
	status = command_open_shelf(options, &shelf, "play", "play");
	errs_free(&errs);
	shelf_free(&shelf);
	return status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"link", required_argument, NULL, 'l'}, TUTORIAL_LONGS, {0},
	};
	struct tutorial_options options = *given;
	enum link link = LINK_UNIX;
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (c == 'l' && command_take_link(command, optarg, &link) < 0)
			return EXIT_CANNOT;
		if (c != 'l' && !tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	}
	if (optind < argc)
		return command_misused(command, "it plays no lesson; `socktutor open` does, and there "
						"e lets you type");
	return play(&options, link);
}

const struct command command_play = {
	.name = "play",
	.usage = "[--link LINK]",
	.summary = N_("Type what two processes do, call by call, and see what the kernel does."),
	.help = HELP(
		N_("  --link LINK  how they are joined: unix (the default) unix-dgram unix-seqpacket pair\n"
		   "               tcp tcp6 udp none\n")),
	.run = run,
};
