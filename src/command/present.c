#include "command/command.h"

#include "base/text.h"

#include <getopt.h>

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
	if (argc - optind != 1)
		return command_misused(command, "one lesson is needed");
	/* Slides are a screen: lines and choices have no use for them. */
	options.plain = false;
	options.present = true;
	return command_tutorial(&options, argv[optind]);
}

const struct command command_present = {
	.name = "present",
	.usage = "[--ascii] [--no-mouse] [--no-color] LESSON[#DEMO]|FILE[#DEMO]",
	.summary = N_("Present a lesson: its headings and demos as slides."),
	.help = HELP(
		N_("Space or PgDn carries out the next row of a demo, then shows the next slide; PgUp\n"
		   "goes back, a number jumps, r starts the demo anew. Nothing is asked before a row.\n"),
		N_("  --ascii     draw with ASCII characters only\n"),
		N_("  --no-mouse  leave the mouse to the terminal\n"),
		N_("  --no-color  use no colours (so does NO_COLOR in the environment)\n")),
	.run = run,
};
