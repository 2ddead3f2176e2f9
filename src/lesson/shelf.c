/*
 * shelf.c - where the lessons are.
 */
#include "lesson/lesson.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef SOCKTUTOR_LESSONS_DIR
#define SOCKTUTOR_LESSONS_DIR "/usr/local/share/socktutor/lessons"
#endif
#ifndef SOCKTUTOR_SOURCE_DIR
#define SOCKTUTOR_SOURCE_DIR ""
#endif
#ifndef SOCKTUTOR_BUILD_DIR
#define SOCKTUTOR_BUILD_DIR ""
#endif

/* Whether the running program lies in the directory it was built in. */
static bool runs_from_build(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	size_t len = strlen(SOCKTUTOR_BUILD_DIR);

	if (n <= 0 || len == 0 || (size_t)n <= len)
		return false;
	return memcmp(path, SOCKTUTOR_BUILD_DIR, len) == 0 && path[len] == '/';
}

static char *find_directory(void)
{
	const char *given = getenv("SOCKTUTOR_LESSONS");

	if (given && *given)
		return mem_strdup(given);
	if (runs_from_build())
		return mem_strdup(SOCKTUTOR_SOURCE_DIR "/lessons");
	return mem_strdup(SOCKTUTOR_LESSONS_DIR);
}

static bool is_lesson_name(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && name[0] != '.' && strcmp(name + n - 3, ".md") == 0;
}

/* A lesson with mistakes is not shown: half a demo would teach something wrong. */
static void add_file(struct shelf *shelf, const char *name, struct errs *errs)
{
	char *path = str_make("%s/%s", shelf->directory, name);
	size_t before = errs->list.n;
	struct lesson *lesson = lesson_read(path, errs);

	if (lesson && errs->list.n == before)
		vec_push(&shelf->lessons, lesson);
	else
		lesson_free(lesson);
	free(path);
}

static int by_order(const void *a, const void *b)
{
	const struct lesson *x = *(struct lesson *const *)a, *y = *(struct lesson *const *)b;

	/* Those that name no place come last. */
	if (x->order != y->order)
		return (unsigned)x->order - 1 < (unsigned)y->order - 1 ? -1 : 1;
	return strcmp(x->id, y->id);
}

int shelf_open(struct shelf *shelf, struct errs *errs)
{
	struct dirent *entry;
	DIR *directory;

	*shelf = (struct shelf){.directory = find_directory()};
	directory = opendir(shelf->directory);
	if (!directory) {
		errs_add(errs, shelf->directory, 0,
			 "the lessons cannot be read: %s; set SOCKTUTOR_LESSONS to where they are",
			 strerror(errno));
		return -1;
	}
	while ((entry = readdir(directory)) != NULL)
		if (is_lesson_name(entry->d_name))
			add_file(shelf, entry->d_name, errs);
	closedir(directory);
	if (shelf->lessons.n)
		qsort(shelf->lessons.at, shelf->lessons.n, sizeof *shelf->lessons.at, by_order);
	return 0;
}

struct lesson *shelf_find(struct shelf *shelf, const char *id)
{
	for (size_t i = 0; i < shelf->lessons.n; i++)
		if (str_same(shelf->lessons.at[i]->id, id))
			return shelf->lessons.at[i];
	return NULL;
}

void shelf_free(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->lessons.n; i++)
		lesson_free(shelf->lessons.at[i]);
	vec_free(&shelf->lessons);
	free(shelf->directory);
	*shelf = (struct shelf){0};
}
