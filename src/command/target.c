#include "command/target.h"

#include "base/mem.h"
#include "command/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_library(struct library *lib)
{
	struct errs errs = {0};
	int got = lib->open ? 0 : shelf_open(&lib->shelf, lib->lang, &errs);

	lib->open = true;
	errs_print(&errs, stderr);
	errs_free(&errs);
	return got;
}

/* The errors of a file of which several demos are asked for are told once. */
static void tell_errors(struct library *lib, const char *path, struct errs *errs)
{
	if (errs->list.n == 0 || (lib->wrong && strcmp(lib->wrong, path) == 0))
		return;
	errs_print(errs, stderr);
	free(lib->wrong);
	lib->wrong = mem_strdup(path);
}

static int visit_file(struct library *lib, const char *path, const char *demo, target_visit *visit,
		      void *context)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_read(path, &errs);
	int status = EXIT_CANNOT;

	tell_errors(lib, path, &errs);
	if (lesson && errs.list.n == 0)
		status = visit(context, lesson, path, demo, false);
	lesson_free(lesson);
	errs_free(&errs);
	return status;
}

static int visit_shelved(struct library *lib, const char *id, const char *demo,
			 target_visit *visit, void *context)
{
	struct lesson *lesson;

	if (open_library(lib) < 0)
		return EXIT_CANNOT;
	lesson = shelf_find(&lib->shelf, id);
	return lesson ? visit(context, lesson, id, demo, true) : command_no_lesson(&lib->shelf, id);
}

static bool is_file(const char *path)
{
	size_t n = strlen(path);

	return strcmp(path, "-") == 0 || strchr(path, '/') || access(path, F_OK) == 0 ||
	       (n > 3 && strcmp(path + n - 3, ".md") == 0);
}

int target_find(struct library *lib, const char *target, target_visit *visit, void *context)
{
	char *name, *demo;
	int status;

	command_split(target, &name, &demo);
	if (access(target, F_OK) == 0)
		status = visit_file(lib, target, NULL, visit, context);
	else if (is_file(name))
		status = visit_file(lib, name, demo, visit, context);
	else
		status = visit_shelved(lib, name, demo, visit, context);
	free(name);
	free(demo);
	return status;
}

void library_free(struct library *lib)
{
	shelf_free(&lib->shelf);
	free(lib->wrong);
	lib->wrong = NULL;
	lib->open = false;
}
