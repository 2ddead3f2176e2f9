/*
 * The tutorial's own options, for main and for the commands that open it.
 */
#include "command/command.h"

#include "base/lang.h"
#include "base/near.h"
#include "base/text.h"

#include <getopt.h>
#include <string.h>

const struct option common_longs[] = {COMMON_LONGS, {0}};

const struct option tutorial_longs[] = {TUTORIAL_LONGS, {0}};

static void no_lang(const char *name)
{
	struct str all = {0};

	for (size_t i = 0; lang_code_at(i); i++)
		str_addf(&all, "%s%s (%s)", i ? ", " : "", lang_code_at(i), lang_name_at(i));
	fprintf(stderr, _("socktutor: no language '%s'; there are: %s\n"), name, str_text(&all));
	str_free(&all);
}

static bool take_lang(struct tutorial_options *options, const char *name)
{
	const char *code = lang_find(name);

	if (!code) {
		no_lang(name);
		return false;
	}
	/* Who asks for letters that are not ASCII has a terminal for them. */
	if (strcmp(code, LANG_SOURCE) != 0)
		options->only_ascii = false;
	options->lang = code;
	if (!lang_set(code))
		fprintf(stderr,
			_("socktutor: the words of the interface cannot be had in %s here and stay "
			  "English; `socktutor doctor` says why\n"),
			lang_name(code));
	return true;
}

int command_take_link(const struct command *command, const char *text, enum link *link)
{
	struct near near = near_start(text);

	if (link_find(text, strlen(text), link))
		return 0;
	for (int i = 0; i < LINKS; i++)
		near_offer(&near, link_spec((enum link)i)->name);
	if (near.best)
		command_misused(command, "no link '%1$s' (did you mean '%2$s'?)", text, near.best);
	else
		command_misused(command, "no link '%s'", text);
	return -1;
}

bool tutorial_option(struct tutorial_options *options, int c)
{
	bool *flag = c == 'a'   ? &options->ascii
		     : c == 'm' ? &options->no_mouse
		     : c == 'c' ? &options->no_color
		     : c == 'p' ? &options->plain
		     : c == 'n' ? &options->no_predictions
		     : c == 't' ? &options->real_time
				: NULL;

	if (c == 'L')
		return take_lang(options, optarg);
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
