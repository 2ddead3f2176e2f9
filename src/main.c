/*
 * main.c - the command line: finds the command and lets it run.
 */
#include "base/lang.h"
#include "base/stream.h"
#include "base/near.h"
#include "base/text.h"
#include "command/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef PACKAGE_VERSION /* configure.ac has it */
#define PACKAGE_VERSION "unknown"
#endif

static const char *const lines[] = {
	N_("  --ascii     draw with ASCII characters only\n"),
	N_("  --no-mouse  leave the mouse to the terminal\n"),
	N_("  --no-color  use no colours (so does NO_COLOR in the environment)\n"),
	N_("  --plain     lines and numbered choices instead of a screen\n"),
	N_("  --no-predictions  do not ask what will happen before it does\n"),
	N_("  --real-time  let demos take the minutes that their settings would spare\n"),
	N_("  --lang CODE the language of words and lessons: en, ko (else the locale says)\n"),
	N_("  --help      this text; `socktutor COMMAND --help` says more about a command\n"),
	N_("  --version   the version\n"),
	NULL,
};

static int print_help(void)
{
	const struct command *c;

	puts(_("Usage: socktutor [--ascii] [--no-mouse] [--no-color] [--plain] [--lang CODE]\n"
	       "       socktutor COMMAND [ARG]...\n"
	       "\n"
	       "Learn sockets by watching two live processes, step by step.\n"
	       "Without a command the tutorial opens.\n"
	       "\n"
	       "Commands:"));
	for (size_t i = 0; (c = command_at(i)); i++)
		printf("  %-8s %s\n", c->name, _(c->summary));
	printf("\n%s\n", _("Options:"));
	for (size_t i = 0; lines[i]; i++)
		fputs(_(lines[i]), stdout);
	printf("\n%s\n", _("Exit status: 0 all went well, 1 an outcome did not hold, 2 it could not "
			   "be done."));
	return EXIT_HELD;
}

static int unknown_command(const char *name)
{
	struct near near = near_start(name);
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		near_offer(&near, c->name);
	if (near.best)
		fprintf(stderr, _("socktutor: no command '%1$s' (did you mean '%2$s'?)\n"), name,
			near.best);
	else
		fprintf(stderr, _("socktutor: no command '%s'; `socktutor --help` names them all\n"),
			name);
	return EXIT_CANNOT;
}

static int run_command(const struct tutorial_options *options, int argc, char **argv)
{
	const struct command *c = command_find(argv[0]);

	return c ? c->run(c, options, argc, argv) : unknown_command(argv[0]);
}

/* Where the terminal does not take UTF-8, the screen is drawn in ASCII, which has the letters of
 * English alone. */
static void start_lang(struct tutorial_options *options)
{
	options->only_ascii = !lang_start();
	options->lang = options->only_ascii ? LANG_SOURCE : lang_wanted();
	lang_set(options->lang);
}

static int tutor(int argc, char **argv)
{
	struct tutorial_options options = {.plain = command_wants_plain()};
	int c;

	start_lang(&options);

	/* "+": what follows the command is the command's. */
	while ((c = getopt_long(argc, argv, "+hv", tutorial_longs, NULL)) != -1) {
		if (c == 'h')
			return print_help();
		if (c == 'v') {
			puts("socktutor " PACKAGE_VERSION);
			return EXIT_HELD;
		}
		if (!tutorial_option(&options, c))
			return EXIT_CANNOT;
	}
	if (optind < argc)
		return run_command(&options, argc - optind, argv + optind);
	return command_tutorial(&options, NULL);
}

int main(int argc, char **argv)
{
	int status, error;

	stream_open_all();
	status = tutor(argc, argv);
	error = stream_finish();
	if (error == 0)
		return status;
	fprintf(stderr, "socktutor: %s: %s\n", _("standard output"),
		error > 0 ? strerror(error) : _("not all of it could be written"));
	return EXIT_CANNOT;
}
