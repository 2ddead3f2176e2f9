/*
 * `socktutor lab`: one lab, with a program of the learner's own.
 */
#include "command/lab_help.h"
#include "command/lab_job.h"

#include "base/near.h"
#include "base/text.h"
#include "course/report.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the command line asked for. */
struct asked {
	struct tutorial_options options;
	const char *target;
	const char *const *program;      /* what follows `--`, or NULL */
	const char *start;               /* a language */
	const char *build;
	const char *report;
	const char *name;
	const struct exporter *exporter; /* NULL: for people */
	bool formatted;                  /* --format was given */
	bool watch;
	bool hint;
};

/*
 * Which lab.
 */

struct found {
	struct shelf shelf;
	struct lesson *own;     /* a file of the learner's, or NULL */
	struct lesson *lesson;
	struct lab *lab;
};

static int no_lab(const struct shelf *shelf, const char *id)
{
	struct near near = near_start(id);

	for (size_t i = 0; i < shelf->lessons.n; i++)
		for (size_t j = 0; j < shelf->lessons.at[i]->labs.n; j++)
			near_offer(&near, shelf->lessons.at[i]->labs.at[j].setup.id);
	if (near.best)
		fprintf(stderr, _("socktutor: no lab '%1$s' (did you mean '%2$s'?)\n"), id, near.best);
	else
		fprintf(stderr, _("socktutor: no lab '%s'; `socktutor list` names them all\n"), id);
	return EXIT_CANNOT;
}

/* The lab ID, whichever lesson has it; two may. */
static int find_anywhere(struct found *f, const char *id)
{
	for (size_t i = 0; i < f->shelf.lessons.n; i++) {
		struct lesson *lesson = f->shelf.lessons.at[i];
		struct lab *lab = lesson_lab(lesson, id);

		if (lab && f->lab) {
			fprintf(stderr, _("socktutor: '%1$s' is a lab of two lessons: %2$s#%1$s, "
					  "%3$s#%1$s\n"), id, f->lesson->id, lesson->id);
			return EXIT_CANNOT;
		}
		if (lab) {
			f->lesson = lesson;
			f->lab = lab;
		}
	}
	return f->lab ? EXIT_HELD : no_lab(&f->shelf, id);
}

/* The lab ID of f->lesson. */
static int find_in(struct found *f, const char *id)
{
	struct shelf one = {0};
	int status;

	f->lab = lesson_lab(f->lesson, id);
	if (f->lab)
		return EXIT_HELD;
	vec_push(&one.lessons, f->lesson);
	status = no_lab(&one, id);
	vec_free(&one.lessons);
	return status;
}

static bool is_file(const char *name)
{
	size_t n = strlen(name);

	return strchr(name, '/') || (n > 3 && strcmp(name + n - 3, ".md") == 0);
}

static int find_in_file(struct found *f, const char *path, const char *id)
{
	struct errs errs = {0};
	bool right;

	f->own = f->lesson = lesson_read(path, &errs);
	right = f->own && errs.list.n == 0;
	errs_print(&errs, stderr);
	errs_free(&errs);
	return right ? find_in(f, id) : EXIT_CANNOT;
}

static int find_on_shelf(struct found *f, const char *lang, const char *lesson, const char *id)
{
	struct errs errs = {0};
	int open = shelf_open(&f->shelf, lang, &errs);

	errs_print(&errs, stderr);
	errs_free(&errs);
	if (open < 0)
		return EXIT_CANNOT;
	if (!lesson)
		return find_anywhere(f, id);
	f->lesson = shelf_find(&f->shelf, lesson);
	return f->lesson ? find_in(f, id) : command_no_lesson(&f->shelf, lesson);
}

/* LAB, LESSON#LAB or FILE#LAB. Returns an exit status; what is wrong was said. */
static int find(struct found *f, const struct asked *a)
{
	char *before, *id;
	int status;

	command_split(a->target, &before, &id);
	if (id && is_file(before))
		status = find_in_file(f, before, id);
	else
		status = find_on_shelf(f, a->options.lang, id ? before : NULL, id ? id : before);
	free(before);
	free(id);
	return status;
}

static void found_free(struct found *f)
{
	lesson_free(f->own);
	shelf_free(&f->shelf);
}

/*
 * What is done with it.
 */

static bool on_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* The tutorial, at the lab. PROGRAM (or NULL) plays at once. */
static int open_tutorial(const struct asked *a, struct found *f, const char *const *program)
{
	struct tutorial_options options = a->options;
	struct shelf own = {0};
	int status;

	options.program = program;
	if (!f->own)
		return command_open_shelf(&options, &f->shelf, f->lesson->id, f->lab->setup.id);
	vec_push(&own.lessons, f->own);
	f->own = NULL;
	status = command_open_shelf(&options, &own, f->lesson->id, f->lab->setup.id);
	shelf_free(&own);
	return status;
}

/* Without a program: where somebody reads, the lab opens; else it is said how to begin. */
static int without_program(const struct asked *a, struct found *f)
{
	bool program = f->lab->program[ROLE_A] || f->lab->program[ROLE_B];

	if (on_terminal() || a->options.plain)
		return open_tutorial(a, f, NULL);
	if (program) {
		lab_say_start(f->lesson, f->lab);
		return EXIT_HELD;
	}
	fprintf(stderr, _("socktutor: %1$s is done by hand: `socktutor open %2$s#%1$s` on a terminal, "
			  "or with --plain\n"), f->lab->setup.id, f->lesson->id);
	return EXIT_CANNOT;
}

/* The role that the program plays; ROLE_NONE: it was said why there is none. */
static enum role find_role(const struct lab *lab)
{
	if (lab->program[ROLE_A] && lab->program[ROLE_B])
		fprintf(stderr, _("socktutor: in %s both roles are programs; one program can be given\n"),
			lab->setup.id);
	else if (lab->program[ROLE_A] || lab->program[ROLE_B])
		return lab->program[ROLE_A] ? ROLE_A : ROLE_B;
	else
		fprintf(stderr, _("socktutor: in %s no role is a program's: it is done by hand\n"),
			lab->setup.id);
	return ROLE_NONE;
}

/* Whose report it is: --name, else the name of the user. The caller frees it; NULL: nobody knows. */
static char *find_learner(const struct asked *a)
{
	const char *user = getenv("USER");
	const struct passwd *entry = a->name || (user && *user) ? NULL : getpwuid(getuid());

	return mem_strdup(a->name ? a->name : user && *user ? user : entry ? entry->pw_name : NULL);
}

/* Nothing is tried when the report could not be written after. Returns an exit status. */
static int check_report(const struct asked *a, const char *learner)
{
	struct str why = {0};
	int status = EXIT_HELD;

	if (!a->report)
		return EXIT_HELD;
	if (!learner || !*learner)
		str_add(&why, _("--report needs --name: who are you?"));
	else if (strlen(learner) > REPORT_MOST_NAME)
		str_addf(&why, _("A name has at most %d bytes."), REPORT_MOST_NAME);
	else
		report_ready(a->report, learner, &why);
	if (why.len) {
		fprintf(stderr, "socktutor: %s\n", str_text(&why));
		status = EXIT_CANNOT;
	}
	str_free(&why);
	return status;
}

static int try(const struct lab_job *job)
{
	struct lab_tried tried = {.status = EXIT_CANNOT};

	if (job->watch)
		return lab_watch(job);
	if (lab_build(job))
		lab_try(job, &tried);
	lab_tried_free(&tried);
	return tried.status;
}

static int with_program(const struct asked *a, const struct found *f)
{
	struct lab_job job = {
		.lesson = f->lesson, .lab = f->lab, .goal = lab_goal(f->lesson, f->lab),
		.role = find_role(f->lab), .program = a->program, .build = a->build,
		.exporter = a->exporter, .report = a->report, .watch = a->watch,
		.ascii = a->options.ascii || a->options.only_ascii,
		.columns = a->formatted ? 0 : command_columns(),
	};
	char *learner = NULL;
	int status = EXIT_CANNOT;

	if (job.role != ROLE_NONE && job.goal) {
		job.learner = learner = find_learner(a);
		status = check_report(a, learner);
		if (status == EXIT_HELD)
			status = try(&job);
	}
	free(learner);
	return status;
}

/* Where somebody looks on and nothing was said of how it is to be printed or kept. */
static bool is_for_screen(const struct asked *a)
{
	return on_terminal() && !a->options.plain && !a->formatted && !a->watch && !a->build &&
	       !a->report;
}

static int on_screen(const struct asked *a, struct found *f)
{
	if (find_role(f->lab) == ROLE_NONE)
		return EXIT_CANNOT;
	if (!lab_finds(a->program[0]))
		return lab_not_found(a->program[0]);
	return open_tutorial(a, f, a->program);
}

/* Where no role is a program's, there is nothing to begin with. */
static int start(const struct asked *a, const struct found *f)
{
	const bool *program = f->lab->program;

	if (!program[ROLE_A] && !program[ROLE_B]) {
		find_role(f->lab);
		return EXIT_CANNOT;
	}
	return lab_start(f->lesson, f->lab, a->start);
}

static int work(const struct asked *a)
{
	struct found f = {0};
	int status = find(&f, a);

	if (status == EXIT_HELD && a->start)
		status = start(a, &f);
	else if (status == EXIT_HELD && a->hint)
		status = lab_print_hint(f.lesson, f.lab);
	else if (status == EXIT_HELD && a->program && is_for_screen(a))
		status = on_screen(a, &f);
	else if (status == EXIT_HELD && a->program)
		status = with_program(a, &f);
	else if (status == EXIT_HELD)
		status = without_program(a, &f);
	found_free(&f);
	return status;
}

/*
 * The command line.
 */

static int take_format(struct asked *a, const struct command *command, const char *text)
{
	a->formatted = true;
	a->exporter = strcmp(text, "md") == 0 ? NULL : exporter_find(text);
	if (a->exporter || strcmp(text, "md") == 0)
		return 0;
	command_misused(command, "no format '%s'; md and json are known", text);
	return -1;
}

static int take_option(struct asked *a, const struct command *command, int c)
{
	switch (c) {
	case 'f':
		return take_format(a, command, optarg);
	case 'r':
		a->report = optarg;
		return 0;
	case 'N':
		a->name = optarg;
		return 0;
	case 's':
		a->start = optarg;
		return 0;
	case 'b':
		a->build = optarg;
		return 0;
	case 'w':
		a->watch = true;
		return 0;
	case 'H':
		a->hint = true;
		return 0;
	default:
		return -1;
	}
}

/* What needs a program, and what needs none. Returns an exit status. */
static int check_asked(const struct asked *a, const struct command *command)
{
	const char *needs = a->watch ? "--watch" : a->build ? "--build" : a->report ? "--report" :
			    a->formatted ? "--format" : NULL;

	if (!a->target)
		return command_misused(command, "which lab?");
	if (a->start && a->hint)
		return command_misused(command, "--start or --hint, one at a time");
	if (a->program && (a->start || a->hint))
		return command_misused(command, "%s takes no program", a->start ? "--start" : "--hint");
	if (a->program && !a->program[0])
		return command_misused(command, "which program? It stands behind `--`");
	if (needs && !a->program)
		return command_misused(command, "%s needs a program, behind `--`", needs);
	if (a->name && !a->report)
		return command_misused(command, "--name is for --report");
	return EXIT_HELD;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"format", required_argument, NULL, 'f'}, {"report", required_argument, NULL, 'r'},
		{"name", required_argument, NULL, 'N'},   {"start", required_argument, NULL, 's'},
		{"build", required_argument, NULL, 'b'},  {"watch", no_argument, NULL, 'w'},
		{"hint", no_argument, NULL, 'H'},         TUTORIAL_LONGS,
		{0},
	};
	struct asked a = {.options = *given};
	int c, end;

	/* What follows `--` is not ours to read. */
	for (end = 1; end < argc && strcmp(argv[end], "--") != 0; end++)
		;
	if (end < argc)
		a.program = (const char *const *)(argv + end + 1);
	optind = 0;
	while ((c = getopt_long(end, argv, "h", longs, NULL)) != -1)
		if (!tutorial_option(&a.options, c) && take_option(&a, command, c) < 0)
			return c == 'h' || c == 'v' || c == '?' ? tutorial_no_option(command, c) :
								  EXIT_CANNOT;
	if (optind < end)
		a.target = argv[optind++];
	if (optind < end)
		return command_misused(command, "one lab at a time, and a program behind `--`, not '%s'",
				       argv[optind]);
	c = check_asked(&a, command);
	return c == EXIT_HELD ? work(&a) : c;
}

const struct command command_lab = {
	.name = "lab",
	.usage = "LAB [OPTION]... [-- PROGRAM [ARG]...]",
	.summary = N_("Do a lab with a program of your own, in any language."),
	.help = HELP(
		N_("PROGRAM plays one role of the lab's goal, and what it does is compared with the table, row\n"
		   "by row. It finds its peer by SOCKTUTOR_SOCKET, or SOCKTUTOR_HOST and SOCKTUTOR_PORT. It can\n"
		   "read files but change none, and has no network but the lab's. LAB may be LESSON#LAB.\n"
		   "Without PROGRAM the lab opens on a terminal. With it, it opens there and is played, unless\n"
		   "an option says how else: --plain, --format, --build, --watch or --report.\n"),
		N_("  --start LANG    write LAB.c, LAB.py or LAB.go here, to begin with: c, py, go\n"),
		N_("  --hint          print the next hint\n"),
		N_("  --build CMD     have sh do CMD before each try, outside the sandbox\n"),
		N_("  --watch         try again whenever a file here is saved, and show what changed\n"),
		N_("  --format md|json  the goal as a table with what was seen, and why not (md, the default),\n"
		   "                  or one event a line\n"),
		N_("  --report FILE   note in FILE, for `socktutor report`: your name (--name, else $USER), the\n"
		   "                  lab, whether it is met, attempts, hints, how many rows held, and when the\n"
		   "                  first and the last attempt was; nothing else\n"),
		N_("Exit status: 0 the goal is met, 1 it is not, 2 it could not be tried.\n")),
	.run = run,
};
