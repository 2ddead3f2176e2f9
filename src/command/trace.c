/*
 * `socktutor trace`: two programs as they are, as one timeline.
 */
#include "command/command.h"

#include "base/text.h"
#include "export/export.h"
#include "base/utf8.h"
#include "stage/tracing.h"
#include "term/trace.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tracing {
	struct trace_plan plan;
	const char *file;      /* of --output, NULL: standard output */
	bool json;
	bool format;           /* --format was given */
	char *attached[ROLES]; /* of what is attached to: what it is, for who reads */
	FILE *to;
	bool at_once;          /* somebody may be reading: nothing is kept back */
	struct events events;  /* for the table, which is printed when all is over */
};

static void write_line(struct tracing *t, const struct event *e)
{
	struct run run = {.events = &t->events};
	struct str line = {0};

	export_json.event(&line, &run, e);
	fwrite(str_text(&line), 1, line.len, t->to);
	if (t->at_once)
		fflush(t->to);
	str_free(&line);
}

static void take_event(void *data, struct event *e)
{
	struct tracing *t = data;

	if (!t->json) {
		events_add(&t->events, *e);
		return;
	}
	write_line(t, e);
	event_clear(e);
}

static void print_table(struct tracing *t)
{
	struct str table = {0};

	export_trace(&table, &t->events, t->plan.command);
	fwrite(str_text(&table), 1, table.len, t->to);
	str_free(&table);
}

static int open_output(struct tracing *t)
{
	struct stat st;

	t->plan.output = t->file ? -1 : STDERR_FILENO;
	t->to = t->file ? fopen(t->file, "we") : stdout;
	if (!t->to) {
		fprintf(stderr, "socktutor: %s: %s\n", t->file, strerror(errno));
		return -1;
	}
	t->at_once = fstat(fileno(t->to), &st) < 0 || !S_ISREG(st.st_mode);
	return 0;
}

/* Whether all could be written; of standard output that is asked at the end of all. */
static bool close_output(struct tracing *t)
{
	bool fine;

	if (!t->file)
		return true;
	fine = !ferror(t->to) && fflush(t->to) == 0;
	if (!fine)
		fprintf(stderr, "socktutor: %s: %s\n", t->file, strerror(errno));
	fclose(t->to);
	return fine;
}

/* What is attached to is let go by the end of the process that did it. */
static int run_apart(const struct trace_plan *plan, struct str *why)
{
	struct tracing *tracing = tracing_open(plan, false, why);
	bool fine;

	if (!tracing)
		return -1;
	tracing_relay(tracing, plan->tell, plan->data);
	fine = !tracing_why(tracing);
	if (!fine)
		str_add(why, tracing_why(tracing));
	tracing_close(tracing);
	return fine ? 0 : -1;
}

static int trace(struct tracing *t)
{
	bool attaches = t->plan.attach[ROLE_A] || t->plan.attach[ROLE_B];
	struct str why = {0};
	bool fine;

	if (open_output(t) < 0)
		return EXIT_CANNOT;
	t->plan.tell = take_event;
	t->plan.data = t;
	fine = (attaches ? run_apart(&t->plan, &why) : trace_run(&t->plan, &why)) == 0;
	if (!t->json)
		print_table(t);
	if (!close_output(t))
		fine = false;
	if (why.len)
		fprintf(stderr, "socktutor: %s\n", str_text(&why));
	str_free(&why);
	events_free(&t->events);
	return fine ? EXIT_HELD : EXIT_CANNOT;
}

static int take_role(const struct command *command, const char *text, enum role *role)
{
	if (strcmp(text, "A") != 0 && strcmp(text, "B") != 0) {
		command_misused(command, "A or B, not '%s'", text);
		return -1;
	}
	*role = *text == 'A' ? ROLE_A : ROLE_B;
	return 0;
}

static int take_format(const struct command *command, const char *text, bool *json)
{
	*json = strcmp(text, "json") == 0;
	if (*json || strcmp(text, "md") == 0)
		return 0;
	command_misused(command, "no format '%s'; there are md and json", text);
	return -1;
}

/* The command line of a process, as its arguments stand in /proc. */
static char *describe(pid_t pid)
{
	struct str path = {0};
	char bytes[200];
	size_t n = 0;
	FILE *file;

	str_addf(&path, "/proc/%d/cmdline", (int)pid);
	file = fopen(str_text(&path), "re");
	if (file) {
		n = fread(bytes, 1, sizeof bytes, file);
		fclose(file);
	}
	while (n > 0 && bytes[n - 1] == '\0')
		n--;
	for (size_t i = 0; i < n; i++)
		if (bytes[i] == '\0')
			bytes[i] = ' ';
	str_free(&path);
	return utf8_clean(bytes, n);
}

/* A=PID */
static int take_attach(struct tracing *t, const struct command *command, const char *text)
{
	enum role role = *text == 'A' ? ROLE_A : *text == 'B' ? ROLE_B : ROLE_NONE;
	char *end;
	long pid = role != ROLE_NONE && text[1] == '=' ? strtol(text + 2, &end, 10) : 0;

	if (pid <= 0 || pid > INT_MAX || *end) {
		command_misused(command, "A=PID or B=PID, not '%s'", text);
		return -1;
	}
	free(t->attached[role]);
	t->attached[role] = describe((pid_t)pid);
	t->plan.attach[role] = (pid_t)pid;
	t->plan.command[role] = t->attached[role];
	return 0;
}

static int take_option(struct tracing *t, const struct command *command, int c)
{
	switch (c) {
	case 'A':
	case 'B':
		t->plan.attach[c == 'A' ? ROLE_A : ROLE_B] = 0;
		t->plan.command[c == 'A' ? ROLE_A : ROLE_B] = optarg;
		return 0;
	case 'T':
		return take_attach(t, command, optarg);
	case 'H':
		t->plan.hold = true;
		return 0;
	case 'f':
		t->format = true;
		return take_format(command, optarg, &t->json);
	case 'o':
		t->file = optarg;
		return 0;
	case 'P':
		t->plan.pipes = true;
		return 0;
	case 's':
		return take_role(command, optarg, &t->plan.server);
	case 'u':
		return take_role(command, optarg, &t->plan.until);
	default:
		return -1;
	}
}

/* What stands without -A and -B goes where nothing is yet. */
static int take_commands(struct tracing *t, const struct command *command, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		enum role r = t->plan.command[ROLE_A] ? ROLE_B : ROLE_A;

		if (t->plan.command[r]) {
			command_misused(command, "two programs, and '%s' is a third: a command with "
						 "its arguments is one word, in quotes", argv[i]);
			return -1;
		}
		t->plan.command[r] = argv[i];
	}
	if (t->plan.command[ROLE_A] && t->plan.command[ROLE_B])
		return 0;
	command_misused(command, "which two programs?");
	return -1;
}

/* With a terminal there is a screen, unless what is asked for is a text. */
static bool wants_screen(const struct tracing *t, const struct tutorial_options *options)
{
	return !t->format && !t->file && !options->plain && !command_wants_plain() &&
	       isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static int show(struct tracing *t, const struct tutorial_options *options)
{
	if (wants_screen(t, options))
		return term_trace(&t->plan, &(struct term_options){.lang = options->lang,
								   .ascii = options->ascii,
								   .only_ascii = options->only_ascii,
								   .no_mouse = options->no_mouse,
								   .no_color = options->no_color});
	if (!t->plan.hold)
		return trace(t);
	fputs(_("socktutor: --hold needs a screen, where one says which call goes on: a terminal, and "
		"no --format, -o or --plain\n"),
	      stderr);
	return EXIT_CANNOT;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"format", required_argument, NULL, 'f'}, {"output", required_argument, NULL, 'o'},
		{"server", required_argument, NULL, 's'}, {"until", required_argument, NULL, 'u'},
		{"pipes", no_argument, NULL, 'P'}, {"attach", required_argument, NULL, 'T'},
		{"hold", no_argument, NULL, 'H'},
		TUTORIAL_LONGS,
		{0},
	};
	struct tutorial_options options = *given;
	struct tracing t = {.plan = {.server = ROLE_NONE, .until = ROLE_NONE}};
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "hA:B:o:", longs, NULL)) != -1) {
		if (c == 'h' || c == '?' || c == 'v')
			return tutorial_no_option(command, c);
		if (!tutorial_option(&options, c) && take_option(&t, command, c) < 0)
			return EXIT_CANNOT;
	}
	if (take_commands(&t, command, argc - optind, argv + optind) < 0)
		return EXIT_CANNOT;
	c = show(&t, &options);
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		free(t.attached[r]);
	return c;
}

const struct command command_trace = {
	.name = "trace",
	.usage = "[OPTION]... [-A] 'COMMAND' [-B] 'COMMAND'",
	.summary = N_("Watch two programs of yours call by call, on one timeline."),
	.help = HELP(
		N_("Each COMMAND is run by sh as it is, in no sandbox: all that it does, it does. Its calls\n"
		   "on sockets and pipes are shown, those of its threads and children too; all others run\n"
		   "untouched. On a terminal they are shown live, on a screen, with what the programs print;\n"
		   "their standard input is empty there. With --format, -o or --plain, and without a\n"
		   "terminal, the timeline is printed; what the programs print goes to standard error then.\n"),
		N_("  --format md|json  one table (md, the default), or one event a line as it happens\n"),
		N_("  -o, --output FILE the timeline goes there; what the programs print stays where it is\n"),
		N_("  --server A|B      that one is the server: the other starts when it listens\n"),
		N_("  --until A|B       when that one has ended, the other is ended\n"),
		N_("  --pipes           with the pipes between the processes of one program\n"),
		N_("  --attach A=PID    instead of starting a program, follow one that runs already\n"),
		N_("  --hold            on the screen: each call is held until you let it go\n"),
		N_("  --plain           no screen; --ascii, --no-mouse, --no-color: as for open\n"),
		N_("Ctrl-C ends what was started; what was attached to goes on, unharmed. Programs that gain\n"
		   "rights when they are started, such as sudo, do not gain them here.\n"),
		N_("Exit status: 0 both were traced to their ends, 2 it could not be done.\n")),
	.run = run,
};
