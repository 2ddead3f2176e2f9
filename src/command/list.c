#include "command/command.h"

#include "base/text.h"
#include "course/rehearsal.h"

#include <getopt.h>

static void print_demo(const struct lesson *lesson, const struct demo *demo, bool rehearsed)
{
	size_t n = demo->table.rows.n;

	printf("    %s#%s  %s  (", lesson->id, demo->id, demo->title);
	printf(ngettext("link %1$s, %2$zu row", "link %1$s, %2$zu rows", n),
	       link_spec(demo->link)->name, n);
	printf(rehearsed ? ", %s)\n" : ")\n", _("rehearsed"));
}

static void print_lab(const struct lesson *lesson, const struct lab *lab)
{
	bool program = lab->program[ROLE_A] || lab->program[ROLE_B];

	printf("    %s#%s  %s  (%s)\n", lesson->id, lab->setup.id,
	       lab->setup.title ? lab->setup.title : lab->setup.id,
	       program ? _("lab for a program of yours") : _("lab"));
}

static void print_lesson(const struct lesson *lesson)
{
	struct rehearsal rehearsal;
	struct str why = {0};

	/* What is wrong with it is said to who presents the lesson. */
	rehearsal_open(&rehearsal, lesson, &why);
	printf("%s  %s", lesson->id, lesson->title);
	if (lesson->minutes)
		printf(_("  (%d min)"), lesson->minutes);
	putchar('\n');
	for (size_t i = 0; i < lesson->demos.n; i++)
		print_demo(lesson, &lesson->demos.at[i], rehearsal_of(&rehearsal, i) != NULL);
	for (size_t i = 0; i < lesson->labs.n; i++)
		print_lab(lesson, &lesson->labs.at[i]);
	rehearsal_free(&rehearsal);
	str_free(&why);
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	struct tutorial_options options = *given;
	struct shelf shelf = {0};
	struct errs errs = {0};
	int c, status;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", common_longs, NULL)) != -1)
		if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	if (optind < argc)
		return command_misused(command, "list takes no '%s'", argv[optind]);
	status = shelf_open(&shelf, options.lang, &errs) == 0 ? EXIT_HELD : EXIT_CANNOT;
	for (size_t i = 0; i < shelf.lessons.n; i++)
		print_lesson(shelf.lessons.at[i]);
	errs_print(&errs, stderr);
	if (errs.list.n > 0)
		status = EXIT_CANNOT;
	errs_free(&errs);
	shelf_free(&shelf);
	return status;
}

const struct command command_list = {
	.name = "list",
	.usage = "",
	.summary =
		N_("List the lessons, their demos and labs with the names to give to `open` and `run`."),
	.help = HELP(
		N_("`rehearsed` stands beside a demo of which `run` has kept a good run.\n")),
	.run = run,
};
