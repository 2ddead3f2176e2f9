/*
 * `socktutor report`: what a workshop has done, as one table.
 */
#include "command/command.h"

#include "base/text.h"
#include "export/report.h"

#include <stdlib.h>
#include <string.h>

struct reports {
	VEC(struct report) list;
	VEC(const char *) files;  /* where each comes from; borrowed */
	int status;
};

/* Files that cannot be read are named, and the others are shown. */
static void read_file(struct reports *reports, const char *path)
{
	struct report report;
	struct str why = {0};

	switch (report_read(&report, path, &why)) {
	case REPORT_READ:
		vec_push(&reports->list, report);
		vec_push(&reports->files, path);
		break;
	case REPORT_MISSING:
		fprintf(stderr, "socktutor: %s: %s\n", path, _("there is no such file"));
		reports->status = EXIT_CANNOT;
		break;
	case REPORT_WRONG:
		fprintf(stderr, "socktutor: %s: %s\n", path, str_text(&why));
		reports->status = EXIT_CANNOT;
		break;
	}
	str_free(&why);
}

/* Two of one name are told apart by their files. */
static void tell_apart(struct reports *reports)
{
	size_t n = reports->list.n;
	bool *twice = mem_zero(n, sizeof *twice);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			twice[i] |= i != j && strcmp(reports->list.at[i].name,
						     reports->list.at[j].name) == 0;
	for (size_t i = 0; i < n; i++) {
		char *name = reports->list.at[i].name;

		if (!twice[i])
			continue;
		reports->list.at[i].name = str_make("%s (%s)", name, reports->files.at[i]);
		free(name);
	}
	free(twice);
}

static void print(const struct reports *reports, bool json)
{
	struct str text = {0};

	if (json)
		export_report_json(&text, reports->list.at, reports->list.n);
	else if (reports->list.n)
		export_report(&text, reports->list.at, reports->list.n, command_columns());
	fputs(str_text(&text), stdout);
	str_free(&text);
}

static int report_files(char **paths, int n, bool json)
{
	struct reports reports = {.status = EXIT_HELD};

	for (int i = 0; i < n; i++)
		read_file(&reports, paths[i]);
	tell_apart(&reports);
	print(&reports, json);
	for (size_t i = 0; i < reports.list.n; i++)
		report_free(&reports.list.at[i]);
	vec_free(&reports.list);
	vec_free(&reports.files);
	return reports.status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"format", required_argument, NULL, 'f'}, COMMON_LONGS, {0},
	};
	struct tutorial_options options = *given;
	bool json = false;
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (c != 'f') {
			if (!tutorial_option(&options, c))
				return tutorial_no_option(command, c);
			continue;
		}
		json = strcmp(optarg, "json") == 0;
		if (!json && strcmp(optarg, "md") != 0)
			return command_misused(command, "no format '%s'; md and json are known",
					       optarg);
	}
	if (optind == argc)
		return command_misused(command, "which files? `lab LAB --report FILE` writes them");
	return report_files(argv + optind, argc - optind, json);
}

const struct command command_report = {
	.name = "report",
	.usage = "[--format md|json] FILE...",
	.summary = N_("Show what many learners have done in labs with their own programs."),
	.help = HELP(
		N_("Each FILE is one learner's, of `socktutor lab LAB --report FILE -- PROGRAM`.\n"),
		N_("  --format md|json  one table (md, the default), or a line for each lab of each learner\n"),
		N_("Exit status: 0 all files are in it, 2 some are not: they are named on standard error.\n")),
	.run = run,
};
