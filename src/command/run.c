/*
 * `socktutor run`: demos without a screen, compared with what their tables say.
 */
#include "command/command.h"

#include "base/clock.h"
#include "base/duration.h"
#include "base/text.h"
#include "command/order.h"
#include "command/target.h"
#include "course/rehearsal.h"
#include "export/export.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct options {
	struct performance how;
	enum link link;
	unsigned misses[ROLES];
	struct demo_changes changes;
	struct capture capture;
	const char *order; /* who moves when, or NULL: as the table says */
	bool no_rehearsal;
	bool complained;   /* that a rehearsal cannot be kept was said */
};

static int worse(int a, int b)
{
	/* What differs is the news; what could not be run comes second. */
	if (a == EXIT_DIFFERS || b == EXIT_DIFFERS)
		return EXIT_DIFFERS;
	return a > b ? a : b;
}

/* A good run is the rehearsal of whoever presents the lesson. */
static void keep(struct options *o, const struct lesson *lesson, const struct demo *demo,
		 const struct str *lines)
{
	struct str why = {0};

	if (rehearsal_keep(lesson, (size_t)(demo - lesson->demos.at), lines, &why) < 0 &&
	    !o->complained) {
		fprintf(stderr, _("socktutor: the rehearsal is not kept: %s\n"), str_text(&why));
		o->complained = true;
	}
	str_free(&why);
}

/* Any file's tables can be run; those of the shelf, as they are, are what is presented. */
static bool is_rehearsal(const struct options *o, bool shelved)
{
	return shelved && !o->no_rehearsal && !o->how.real_time && !o->changes.link && !o->changes.misses[ROLE_A] &&
	       !o->changes.misses[ROLE_B];
}

static int run_demo(struct options *o, const struct lesson *lesson, struct demo *demo,
		    const char *name, bool shelved)
{
	char *full = str_make("%s#%s", name, demo->id);
	struct str lines = {0};
	int status;

	demo_change(demo, &o->changes);
	/* Printed without its heading, the table must say itself what it is. */
	demo->given[KEY_ID] = demo->given[KEY_LINK] = demo->given[KEY_TITLE] = true;
	if (o->order)
		status = order_run(&o->how, lesson, demo, full, o->order);
	else
		status = performance_run(&o->how, lesson->file, demo, full, &lines);
	if (status == EXIT_HELD && !o->order && is_rehearsal(o, shelved))
		keep(o, lesson, demo, &lines);
	str_free(&lines);
	free(full);
	return status;
}

static int run_lesson(void *context, struct lesson *lesson, const char *name, const char *demo,
		      bool shelved)
{
	struct options *o = context;
	int status = EXIT_HELD;

	if (demo) {
		struct demo *one = lesson_demo(lesson, demo);

		return one ? run_demo(o, lesson, one, name, shelved)
			   : command_no_demo(lesson, demo);
	}
	if (lesson->demos.n == 0) {
		fprintf(stderr,
			_("%s: nothing to run; a demo is a table with the columns `Process A` "
			  "and `Process B`\n"),
			lesson->file);
		return EXIT_CANNOT;
	}
	for (size_t i = 0; i < lesson->demos.n; i++)
		status = worse(status, run_demo(o, lesson, &lesson->demos.at[i], name,
						shelved));
	return status;
}

static int take_link(struct options *o, const struct command *command, const char *text)
{
	o->changes.link = &o->link;
	return command_take_link(command, text, &o->link);
}

static int take_misses(struct options *o, const struct command *command, enum role role,
		       const char *text)
{
	o->changes.misses[role] = &o->misses[role];
	if (misses_parse(text, strlen(text), &o->misses[role]))
		return 0;
	command_misused(command, "'%s' cannot be missed; FIN, RST, data, all can, joined by commas",
			text);
	return -1;
}

static int take_repeat(struct options *o, const struct command *command, const char *text)
{
	char *end;

	o->how.repeat = strtol(text, &end, 10);
	if (*text && !*end && o->how.repeat >= 1 && o->how.repeat <= 1000000)
		return 0;
	command_misused(command, "--repeat takes a number from 1 to 1000000, not '%s'", text);
	return -1;
}

static int take_pace(struct options *o, const struct command *command, const char *text)
{
	const int64_t most = 600 * CLOCK_S;

	o->how.pace = 0;
	if (strcmp(text, "0") == 0 ||
	    (duration_parse(text, strlen(text), &o->how.pace) && o->how.pace <= most))
		return 0;
	command_misused(command, "--pace takes a time such as 500ms or 3s, at most 10m, not '%s'",
			text);
	return -1;
}

static int take_format(struct options *o, const struct command *command, const char *text)
{
	o->how.exporter = exporter_find(text);
	if (o->how.exporter)
		return 0;
	command_misused(command, "no format '%s'; md and json are known", text);
	return -1;
}

static int take_order(struct options *o, const struct command *command, const char *text)
{
	o->order = text;
	if (order_is_right(text))
		return 0;
	command_misused(command, "--order takes the letters A and B, such as ABBA, not '%s'", text);
	return -1;
}

static int take_option(struct options *o, const struct command *command, int c)
{
	switch (c) {
	case 'f':
		return take_format(o, command, optarg);
	case 'l':
		return take_link(o, command, optarg);
	case 'a':
		return take_misses(o, command, ROLE_A, optarg);
	case 'b':
		return take_misses(o, command, ROLE_B, optarg);
	case 'n':
		o->no_rehearsal = true;
		return 0;
	case 't':
		o->how.real_time = true;
		return 0;
	case 'w':
		o->capture.name = optarg;
		o->how.capture = &o->capture;
		return 0;
	case 'o':
		return take_order(o, command, optarg);
	case 'p':
		return take_pace(o, command, optarg);
	case 'r':
		return take_repeat(o, command, optarg);
	default:
		return -1;
	}
}

static int complain(struct str *why)
{
	fprintf(stderr, "socktutor: %s\n", str_text(why));
	str_free(why);
	return EXIT_CANNOT;
}

static int run_all(struct options *o, const char *lang, int n, char **targets)
{
	struct library lib = {.lang = lang};
	struct str why = {0};
	int status = EXIT_HELD;
	bool bare;

	if (o->how.capture && capture_open(&o->capture, o->capture.name, &why) < 0) {
		capture_close(&o->capture, &why);
		return complain(&why);
	}
	for (int i = 0; i < n; i++)
		status = worse(status, target_find(&lib, targets[i], run_lesson, o));
	library_free(&lib);
	bare = status != EXIT_CANNOT && o->how.capture && o->capture.segments == 0;
	if (bare)
		fprintf(stderr, _("socktutor: no segment was captured: Unix sockets have no wire\n"));
	if (o->how.capture && capture_close(&o->capture, &why) < 0)
		status = worse(status, complain(&why));
	return status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"format", required_argument, NULL, 'f'},   {"link", required_argument, NULL, 'l'},
		{"a-misses", required_argument, NULL, 'a'}, {"b-misses", required_argument, NULL, 'b'},
		{"repeat", required_argument, NULL, 'r'},   {"pace", required_argument, NULL, 'p'},
		{"no-rehearsal", no_argument, NULL, 'n'}, {"pcap", required_argument, NULL, 'w'},
		{"order", required_argument, NULL, 'o'}, {"real-time", no_argument, NULL, 't'},
		COMMON_LONGS,
		{0},
	};
	struct tutorial_options options = *given;
	struct options o = {.how = {.exporter = &export_markdown, .repeat = 1}};
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (c == 'h' || c == 'L') {
			if (!tutorial_option(&options, c))
				return tutorial_no_option(command, c);
		} else if (take_option(&o, command, c) < 0) {
			return EXIT_CANNOT;
		}
	}
	if (optind == argc)
		return command_misused(command, "which lesson or file?");
	return run_all(&o, options.lang, argc - optind, argv + optind);
}

const struct command command_run = {
	.name = "run",
	.usage = "[OPTION]... FILE|LESSON[#DEMO]...",
	.summary =
		N_("Run demos without a screen and compare what the tables say with what was seen."),
	.help = HELP(
		N_("Each table is printed again with what was seen; what differs goes to standard error.\n"),
		N_("A FILE may be any Markdown; `-` is standard input.\n"),
		N_("  --format md|json  the table again (md, the default), or one event a line (json)\n"),
		N_("  --link LINK       another link: unix unix-dgram unix-seqpacket pair tcp tcp6 udp none\n"),
		N_("  --a-misses WHAT   what never reaches A's socket: FIN, RST, data, all, joined by commas\n"),
		N_("  --b-misses WHAT   the same for B\n"),
		N_("  --repeat N        run each demo N times; stop at the first difference\n"),
		N_("  --pace TIME       wait so long before each row, as a learner does: 500ms, 3s\n"),
		N_("  --order LETTERS   who takes its next action, such as ABBA, whatever the rows' order; what\n"
		   "                    came about is printed, as a table that can be run\n"),
		N_("  --pcap FILE       write what is captured to FILE, for Wireshark; all demos and runs go\n"
		   "                    into one file, which replaces FILE when the last is over\n"),
		N_("  --real-time       let demos take the minutes that their settings would spare\n"),
		N_("  --no-rehearsal    do not keep a good run of a LESSON for `present` to compare with\n"),
		N_("Exit status: 0 all held, 1 an outcome did not, 2 not runnable here.\n")),
	.run = run,
};
