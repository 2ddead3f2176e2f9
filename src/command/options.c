/*
 * The tutorial's own options, for main and for the commands that open it.
 */
#include "command/command.h"

#include <getopt.h>

const struct option tutorial_longs[] = {
	{"ascii", no_argument, NULL, 'a'},
	{"no-mouse", no_argument, NULL, 'm'},
	{"no-color", no_argument, NULL, 'c'},
	{"plain", no_argument, NULL, 'p'},
	{"no-predictions", no_argument, NULL, 'n'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'v'},
	{0},
};

bool tutorial_option(struct tutorial_options *options, int c)
{
	bool *flag = c == 'a'   ? &options->ascii
		     : c == 'm' ? &options->no_mouse
		     : c == 'c' ? &options->no_color
		     : c == 'p' ? &options->plain
		     : c == 'n' ? &options->no_predictions
				: NULL;

	if (flag)
		*flag = true;
	return flag != NULL;
}

int tutorial_no_option(const struct command *command, int c)
{
	if (c == 'h')
		return command_help(command);
	if (c == 'v')
		return command_misused(command, "--version stands alone");
	return EXIT_CANNOT;
}
