#include "command/command.h"

#include "base/text.h"
#include "base/utf8.h"
#include "course/progress.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { IMPORT_MOST = 16 << 20 };

/* What a subcommand works on. */
struct work {
	struct progress *progress;
	struct shelf shelf;
	const char *arg;     /* FILE or LESSON, or NULL */
	bool yes;
};

static int complain(const struct str *text)
{
	fprintf(stderr, "socktutor: %s\n", str_text(text));
	return EXIT_CANNOT;
}

/* Save, and say on standard output that it was DONE. */
static int save(struct work *w, const char *done)
{
	struct str why = {0};
	int status = progress_save(w->progress, &why) == 0 ? EXIT_HELD : EXIT_CANNOT;

	if (why.len)
		complain(&why);
	if (status == EXIT_HELD)
		puts(done);
	str_free(&why);
	return status;
}

/*
 * socktutor progress
 */

static size_t widest_id(const struct shelf *shelf)
{
	size_t widest = 0;

	for (size_t i = 0; i < shelf->lessons.n; i++) {
		size_t columns = utf8_columns(shelf->lessons.at[i]->id);

		widest = columns > widest ? columns : widest;
	}
	return widest;
}

/* TEXT, `demos 1/3`, in the room that WIDEST takes; nothing but room where a lesson has none. Both
 * are freed. */
static void add_count(struct str *to, size_t all, char *text, char *widest)
{
	int room = (int)utf8_columns(widest) - (all ? (int)utf8_columns(text) : 0);

	str_addf(to, "  %s%*s", all ? text : "", room, "");
	free(text);
	free(widest);
}

static const size_t most = 99; /* of anything in a lesson: two digits */

static void print_tally(const struct lesson *lesson, const struct tally *t, size_t widest)
{
	struct str line = {0};

	str_addf(&line, "%s%*s", lesson->id, (int)(widest - utf8_columns(lesson->id)), "");
	add_count(&line, t->demos, str_make(_("demos %1$zu/%2$zu"), t->demos_seen, t->demos),
		  str_make(_("demos %1$zu/%2$zu"), most, most));
	add_count(&line, t->predictions,
		  str_make(_("predictions %1$zu/%2$zu"), t->predictions_right, t->predictions),
		  str_make(_("predictions %1$zu/%2$zu"), most, most));
	add_count(&line, t->questions,
		  str_make(_("questions %1$zu/%2$zu"), t->questions_right, t->questions),
		  str_make(_("questions %1$zu/%2$zu"), most, most));
	if (t->labs)
		add_count(&line, t->labs, str_make(_("labs %1$zu/%2$zu"), t->labs_met, t->labs),
			  str_make(_("labs %1$zu/%2$zu"), most, most));
	if (t->done || t->begun)
		str_addf(&line, "  %s", t->done ? _("done") : _("begun"));
	while (line.len && line.p[line.len - 1] == ' ')
		str_cut(&line, line.len - 1);
	puts(str_text(&line));
	str_free(&line);
}

static void print_whole(const struct work *w, size_t begun, size_t done)
{
	struct place place = progress_where(w->progress);

	putchar('\n');
	printf(_("%1$zu of %2$zu lessons begun, %3$zu done\n"), begun, w->shelf.lessons.n, done);
	if (place.lesson) {
		char *lesson = utf8_clean(place.lesson, strlen(place.lesson));

		printf(_("to be continued at %1$s, line %2$d\n"), lesson, place.line);
		free(lesson);
	}
	if (progress_path(w->progress))
		printf(_("kept in %s\n"), progress_path(w->progress));
}

static int print_all(struct work *w)
{
	size_t widest = widest_id(&w->shelf), begun = 0, done = 0;

	for (size_t i = 0; i < w->shelf.lessons.n; i++) {
		const struct lesson *lesson = w->shelf.lessons.at[i];
		struct tally t = progress_tally(w->progress, lesson);

		print_tally(lesson, &t, widest);
		begun += t.begun;
		done += t.done;
	}
	print_whole(w, begun, done);
	return EXIT_HELD;
}

/*
 * socktutor progress export, import
 */

static int file_failed(const char *path, const char *what)
{
	const char *reason = strerror(errno);

	/* TRANSLATORS: a file, what could not be done with it ("written"), and why not */
	fprintf(stderr, _("socktutor: %1$s cannot be %2$s: %3$s\n"), path, _(what), reason);
	return EXIT_CANNOT;
}

static int export_to(FILE *f, const char *path, const struct str *text)
{
	bool written = fwrite(str_text(text), 1, text->len, f) == text->len;

	written = fflush(f) == 0 && written;
	return written ? EXIT_HELD : file_failed(path, N_("written"));
}

/* Of standard output it is asked at the end of all whether it could be written. */
static int export_all(struct work *w)
{
	bool standard = !w->arg || strcmp(w->arg, "-") == 0;
	FILE *f = standard ? stdout : fopen(w->arg, "w");
	struct str text = {0};
	int status = EXIT_HELD;

	if (!f)
		return file_failed(w->arg, N_("written"));
	progress_export(w->progress, &text);
	if (standard)
		fputs(str_text(&text), f);
	else
		status = export_to(f, w->arg, &text);
	if (!standard && fclose(f) != 0 && status == EXIT_HELD)
		status = file_failed(w->arg, N_("written"));
	str_free(&text);
	return status;
}

static int read_all(FILE *f, const char *path, struct str *text)
{
	char buffer[8192];
	size_t n;

	while ((n = fread(buffer, 1, sizeof buffer, f)) > 0 && text->len <= IMPORT_MOST)
		str_addn(text, buffer, n);
	return ferror(f) ? file_failed(path, N_("read")) : EXIT_HELD;
}

static int import_text(struct work *w, const char *path, const struct str *text)
{
	struct str why = {0};
	char *done = str_make(_("What %s knows is known here now."), path);
	int status = EXIT_CANNOT;

	if (progress_import(w->progress, str_text(text), text->len, &why) == 0)
		status = save(w, done);
	else
		fprintf(stderr, "socktutor: %s: %s\n", path, str_text(&why));
	str_free(&why);
	free(done);
	return status;
}

static int import(struct work *w)
{
	bool standard = strcmp(w->arg, "-") == 0;
	const char *path = standard ? _("standard input") : w->arg;
	FILE *f = standard ? stdin : fopen(path, "r");
	struct str text = {0};
	int status;

	if (!f)
		return file_failed(path, N_("read"));
	status = read_all(f, path, &text);
	if (status == EXIT_HELD)
		status = import_text(w, path, &text);
	if (!standard)
		fclose(f);
	str_free(&text);
	return status;
}

/*
 * socktutor progress reset
 */

static bool ask(const char *lesson)
{
	char answer[16];

	if (lesson)
		printf(_("Forget all that is known of %s? [y/N] "), lesson);
	else
		fputs(_("Forget all that is known of every lesson? [y/N] "), stdout);
	fflush(stdout);
	return fgets(answer, sizeof answer, stdin) && tolower((unsigned char)answer[0]) == 'y';
}

static int reset(struct work *w)
{
	char *done;
	int status;

	if (w->arg && !progress_knows(w->progress, w->arg) && !shelf_find(&w->shelf, w->arg))
		return command_no_lesson(&w->shelf, w->arg);
	if (!w->yes && !(isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))) {
		fputs(_("socktutor: there is no terminal to ask on; `--yes` says that you mean "
			"it\n"),
		      stderr);
		return EXIT_CANNOT;
	}
	if (!w->yes && !ask(w->arg)) {
		puts(_("Nothing was forgotten."));
		return EXIT_DIFFERS;
	}
	progress_reset(w->progress, w->arg);
	done = w->arg ? str_make(_("%s is as if never begun."), w->arg)
		      : mem_strdup(_("Every lesson is as if never begun."));
	status = save(w, done);
	free(done);
	return status;
}

static const struct subcommand {
	const char *name;
	int least, most;     /* arguments */
	int (*run)(struct work *w);
} subcommands[] = {
	{"export", 0, 1, export_all},
	{"import", 1, 1, import},
	{"reset", 0, 1, reset},
};

static const struct subcommand *subcommand_find(const char *name)
{
	for (size_t i = 0; i < sizeof subcommands / sizeof *subcommands; i++)
		if (strcmp(subcommands[i].name, name) == 0)
			return &subcommands[i];
	return NULL;
}

static int work(struct work *w, int (*run)(struct work *w))
{
	struct str message = {0};
	struct errs errs = {0};
	int status;

	w->progress = progress_open(&message);
	if (message.len)
		complain(&message);
	/* Without lessons there is progress all the same; lessons with mistakes are lint's. */
	if (shelf_open(&w->shelf, NULL, &errs) < 0)
		errs_print(&errs, stderr);
	status = run(w);
	shelf_free(&w->shelf);
	errs_free(&errs);
	progress_close(w->progress);
	str_free(&message);
	return status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	static const struct option longs[] = {
		{"yes", no_argument, NULL, 'y'}, COMMON_LONGS, {0},
	};
	struct tutorial_options options = *given;
	const struct subcommand *sub;
	struct work w = {0};
	int c, args;

	optind = 0;
	while ((c = getopt_long(argc, argv, "hy", longs, NULL)) != -1) {
		if (c == 'y')
			w.yes = true;
		else if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	}
	if (optind == argc)
		return work(&w, print_all);
	sub = subcommand_find(argv[optind]);
	if (!sub)
		return command_misused(command, "progress knows no '%s'", argv[optind]);
	args = argc - optind - 1;
	if (args < sub->least)
		return command_misused(command, "%s: which file?", sub->name);
	if (args > sub->most)
		return command_misused(command, "'%s' is one too many", argv[argc - 1]);
	w.arg = args ? argv[optind + 1] : NULL;
	return work(&w, sub->run);
}

const struct command command_progress = {
	.name = "progress",
	.usage = "[export [FILE] | import FILE | reset [LESSON] [--yes]]",
	.summary = N_("Print how far you are, take it to another machine, or begin again."),
	.help = HELP(
		N_("  export [FILE]   all that is known, as JSON (doc/PROGRESS.md); - is standard output\n"),
		N_("  import FILE     add what another machine knows; - is standard input\n"),
		N_("  reset [LESSON]  forget one lesson, or all of them; asks first\n"),
		N_("  --yes           do not ask; needed where there is no terminal\n"),
		N_("Exit status: 0 done, 1 you said no, 2 it could not be done.\n")),
	.run = run,
};
