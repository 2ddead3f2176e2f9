/*
 * What a learner begins a lab with, and the hints on the way.
 */
#include "command/command.h"
#include "command/lab_help.h"

#include "base/file.h"
#include "base/text.h"
#include "lesson/programs.h"
#include "view/flow.h"
#include "view/markdown.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 76, MOST_BYTES = 1 << 20 };

/*
 * Starters.
 */

/* `c, py`: the languages in which there is one. */
static void add_languages(struct str *to, const struct programs *programs)
{
	const struct language *l;
	size_t n = 0;

	for (size_t i = 0; (l = language_at(i)); i++)
		if (programs_start(programs, l))
			str_addf(to, "%s%s", n++ ? ", " : "", l->suffix);
}

/* Append all of the file at PATH; 0, or -1 with errno. */
static int read_file(struct str *to, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;
	char buffer[4096];
	ssize_t n = -1;

	while (fd >= 0 && to->len < MOST_BYTES && (n = read(fd, buffer, sizeof buffer)) > 0)
		str_addn(to, buffer, (size_t)n);
	err = errno;
	if (fd >= 0)
		close(fd);
	errno = err;
	return n < 0 ? -1 : 0;
}

/* A new file of that name, never over one that is there. 0, or -1 with errno. */
static int write_file(const char *name, const struct str *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), got, err;

	if (fd < 0)
		return -1;
	got = file_write(fd, text);
	err = errno;
	close(fd);
	if (got < 0)
		unlink(name);
	errno = err;
	return got;
}

/* How to go on: a line each. */
static void say_next(const struct language *l, const char *id, const char *file)
{
	char *run = language_command(l->run, file, id);
	char *build = l->build ? language_command(l->build, file, id) : NULL;

	printf(_("%s is yours to mend.\n"), file);
	if (build)
		printf(_("Build it:  %s\n"), build);
	printf(_("Try it:    socktutor lab %1$s -- %2$s\n"), id, run);
	if (build)
		printf(_("Or let it be built and tried whenever you save:\n"
			 "           socktutor lab %1$s --watch --build '%2$s' -- %3$s\n"),
		       id, build, run);
	else
		printf(_("Or let it be tried whenever you save:\n"
			 "           socktutor lab %1$s --watch -- %2$s\n"),
		       id, run);
	free(run);
	free(build);
}

static int copy(const struct program *program, const char *id)
{
	char *file = str_make("%s.%s", id, program->language->suffix);
	struct str text = {0};
	int status = EXIT_CANNOT;

	if (read_file(&text, program->path) < 0)
		fprintf(stderr, "socktutor: %s: %s\n", program->path, strerror(errno));
	else if (write_file(file, &text) == 0)
		status = EXIT_HELD;
	else if (errno == EEXIST)
		fprintf(stderr, _("socktutor: %s is there already, and stays as it is\n"), file);
	else
		fprintf(stderr, "socktutor: %s: %s\n", file, strerror(errno));
	if (status == EXIT_HELD)
		say_next(program->language, id, file);
	str_free(&text);
	free(file);
	return status;
}

/* Where no program can be had in the language NAME. */
static int no_start(const struct programs *programs, const char *id, const char *name)
{
	struct str languages = {0};

	add_languages(&languages, programs);
	if (languages.len)
		fprintf(stderr, _("socktutor: there is nothing to begin %1$s with in '%2$s'; there is: "
				  "%3$s\n"), id, name, str_text(&languages));
	else
		fprintf(stderr, _("socktutor: there is nothing to begin %s with; any program of "
				  "yours will do\n"), id);
	str_free(&languages);
	return EXIT_CANNOT;
}

int lab_start(const struct lesson *lesson, const struct lab *lab, const char *name)
{
	const struct language *language = language_find(name);
	const struct program *start;
	struct programs programs;
	int status;

	programs_find(&programs, lesson, lab);
	start = language ? programs_start(&programs, language) : NULL;
	status = start ? copy(start, lab->setup.id) : no_start(&programs, lab->setup.id, name);
	programs_free(&programs);
	return status;
}

void lab_say_start(const struct lesson *lesson, const struct lab *lab)
{
	const char *id = lab->setup.id;
	struct programs programs;
	const struct language *l;

	programs_find(&programs, lesson, lab);
	printf(_("%1$s: %2$s\nIn this lab a program of your own plays %3$s, in any language.\n"), id,
	       lab->setup.title ? lab->setup.title : id,
	       role_name(lab->program[ROLE_A] ? ROLE_A : ROLE_B));
	if (programs_count(&programs, PROGRAM_START))
		printf("%s\n", _("Something to begin with:"));
	for (size_t i = 0; (l = language_at(i)); i++)
		if (programs_start(&programs, l))
			printf("    socktutor lab %s --start %s\n", id, l->suffix);
	printf(_("Then, or with any other program:\n    socktutor lab %s -- ./PROGRAM\n"), id);
	programs_free(&programs);
}

/*
 * Hints.
 */

static void print_lines(const struct lines *lines)
{
	struct str text = {0};

	for (size_t i = 0; i < lines->list.n; i++) {
		str_cut(&text, 0);
		line_print(&text, &lines->list.at[i]);
		puts(str_text(&text));
	}
	str_free(&text);
}

static void print_hint(const struct lesson *lesson, const struct lab *lab, size_t i)
{
	size_t first, end;

	lab_hint(lesson, lab, i, &first, &end);
	for (; first < end; first++) {
		struct lines lines = {0};

		block_lines(&lines, COLUMNS, lesson, &lesson->blocks.at[first]);
		print_lines(&lines);
		lines_free(&lines);
	}
}

/* The number of the hint that is next, from 1. */
static void note_hint(struct progress *p, const struct lesson *lesson, const struct lab *lab,
		      void *data)
{
	size_t *number = data;

	*number = progress_lab_tries(p, lesson->id, lab->setup.id).hints + 1;
	if (*number <= lab->hints.n)
		progress_lab_hinted(p, lesson->id, lab->setup.id, *number);
}

int lab_print_hint(const struct lesson *lesson, const struct lab *lab)
{
	size_t number, n = lab->hints.n;

	if (n == 0) {
		fprintf(stderr, _("socktutor: %s has no hints\n"), lab->setup.id);
		return EXIT_CANNOT;
	}
	lab_note(lesson, lab, note_hint, &number, NULL);
	if (number > n)
		printf("%s\n", _("There are no more hints; this was the last:"));
	else
		printf(_("Hint %1$zu of %2$zu:\n"), number, n);
	print_hint(lesson, lab, (number > n ? n : number) - 1);
	return EXIT_HELD;
}
