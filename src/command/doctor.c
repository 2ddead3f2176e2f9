#include "command/command.h"

#include "base/lang.h"
#include "base/text.h"
#include "base/utf8.h"
#include "stage/stage.h"

#include <getopt.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { STATE = 6, NAME = 28 /* columns */ };

static const char *const words[] = {
	[CHECK_YES] = N_("yes"), [CHECK_PARTLY] = N_("partly"), [CHECK_NO] = N_("no"),
};

/* TEXT, and a gap up to COLUMNS. */
static void print_padded(const char *text, int columns)
{
	int left = columns - (int)utf8_columns(text);

	printf("%s%*s", text, left > 0 ? left : 0, "");
}

static void print_check(const struct check *check)
{
	print_padded(_(words[check->state]), STATE);
	fputs("  ", stdout);
	print_padded(_(check->name), NAME);
	printf(" %s\n", check->why);
	if (check->remedy)
		printf("%*s → %s\n", STATE + 2 + NAME, "", check->remedy);
}

/* What concerns the screen is known here; the stage is asked for the rest. */
static void check_terminal(struct checks *checks)
{
	struct check c = {.name = N_("a terminal")};
	struct winsize size;
	const char *term = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		c.state = CHECK_PARTLY;
		c.why = mem_strdup(_("standard input or output is none: `run` works, the screen does "
				     "not"));
	} else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
		   (size.ws_col < 80 || size.ws_row < 24)) {
		c.state = CHECK_PARTLY;
		c.why = str_make("%s, %u×%u", term ? term : _("TERM is not set"), size.ws_col,
				 size.ws_row);
		c.remedy = mem_strdup(_("make the window 80×24 or larger"));
	} else {
		c.why = mem_strdup(term ? term : _("TERM is not set"));
	}
	vec_push(&checks->list, c);
}

static void check_charset(struct checks *checks)
{
	const char *codeset = nl_langinfo(CODESET), *lang = getenv("LC_ALL");
	bool utf8;

	if (!lang || !*lang)
		lang = getenv("LC_CTYPE");
	if (!lang || !*lang)
		lang = getenv("LANG");
	utf8 = lang && (strstr(lang, "UTF-8") || strstr(lang, "utf8"));
	vec_push(&checks->list,
		 (struct check){N_("line drawing and wide text"),
				utf8 ? CHECK_YES : CHECK_PARTLY,
				str_make("%s (%s)", lang && *lang ? lang : _("no locale is set"),
					 codeset),
				utf8 ? NULL
				     : mem_strdup(_("set LANG=C.UTF-8; until then the screen is "
						    "drawn in ASCII"))});
}

static void check_kernel(struct checks *checks)
{
	struct utsname name;

	if (uname(&name) < 0)
		return;
	vec_push(&checks->list, (struct check){N_("the kernel"), CHECK_YES,
					       str_make("%s %s, %s", name.sysname, name.release,
							name.machine),
					       NULL});
}

static void check_lessons(struct checks *checks)
{
	struct shelf shelf = {0};
	struct errs errs = {0};
	bool found = shelf_open(&shelf, NULL, &errs) == 0 && shelf.lessons.n > 0;

	vec_push(&checks->list,
		 (struct check){N_("the lessons"), found ? CHECK_YES : CHECK_NO,
				found ? str_make(_("%1$zu in %2$s"), shelf.lessons.n,
						 shelf.directory)
				      : mem_strdup(_("none found")),
				found ? NULL
				      : mem_strdup(_("set SOCKTUTOR_LESSONS to their "
						     "directory"))});
	errs_free(&errs);
	shelf_free(&shelf);
}

/* The language that was asked for, and whether the words are in it. */
static void check_language(struct checks *checks, const struct tutorial_options *options)
{
	bool spoken = strcmp(lang_now(), options->lang) == 0;
	const char *name = lang_name(options->lang);

	vec_push(&checks->list,
		 (struct check){N_("the language"), spoken ? CHECK_YES : CHECK_PARTLY,
				spoken ? mem_strdup(name)
				       : str_make(_("the words of the interface cannot be had in "
						    "%s and are English"),
						  name),
				spoken ? NULL
				       : mem_strdup(_("install the package gettext, build anew, and "
						      "have a UTF-8 locale, such as C.UTF-8"))});
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	struct tutorial_options options = *given;
	struct checks checks = {0};
	int status = EXIT_HELD, c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", common_longs, NULL)) != -1)
		if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	if (optind < argc)
		return command_misused(command, "doctor takes no '%s'", argv[optind]);
	check_kernel(&checks);
	check_terminal(&checks);
	check_charset(&checks);
	check_language(&checks, &options);
	check_lessons(&checks);
	stage_check(&checks);
	for (size_t i = 0; i < checks.list.n; i++) {
		print_check(&checks.list.at[i]);
		if (checks.list.at[i].state == CHECK_NO)
			status = EXIT_DIFFERS;
	}
	checks_free(&checks);
	return status;
}

const struct command command_doctor = {
	.name = "doctor",
	.usage = "",
	.summary =
		N_("Say what this machine allows, found by trying, and what to do about the rest."),
	.help = HELP(
		N_("Exit status: 0 all or nearly all works, 1 something is missing.\n")),
	.run = run,
};
