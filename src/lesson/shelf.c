/*
 * shelf.c - where the lessons are.
 */
#include "lesson/lesson.h"

#include "base/mem.h"
#include "base/place.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#ifndef SOCKTUTOR_LESSONS_DIR
#define SOCKTUTOR_LESSONS_DIR "/usr/local/share/socktutor/lessons"
#endif

static bool is_lesson_name(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && name[0] != '.' && strcmp(name + n - 3, ".md") == 0;
}

/* How a lesson gets on the shelf: lesson_read() or lesson_glance(). */
typedef struct lesson *take_lesson(const char *path, struct errs *errs);

/* A lesson with mistakes is not shown: half a demo would teach something wrong. */
static void add_file(struct shelf *shelf, const char *name, take_lesson *take, struct errs *errs)
{
	char *path = str_make("%s/%s", shelf->directory, name);
	size_t before = errs->list.n;
	struct lesson *lesson = take(path, errs);

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

static int open_with(struct shelf *shelf, take_lesson *take, struct errs *errs)
{
	struct dirent *entry;
	DIR *directory;

	*shelf = (struct shelf){.directory = place_find("SOCKTUTOR_LESSONS", "lessons",
							SOCKTUTOR_LESSONS_DIR)};
	directory = opendir(shelf->directory);
	if (!directory) {
		errs_add(errs, shelf->directory, 0,
			 "the lessons cannot be read: %s; set SOCKTUTOR_LESSONS to where they are",
			 strerror(errno));
		return -1;
	}
	while ((entry = readdir(directory)) != NULL)
		if (is_lesson_name(entry->d_name))
			add_file(shelf, entry->d_name, take, errs);
	closedir(directory);
	if (shelf->lessons.n)
		qsort(shelf->lessons.at, shelf->lessons.n, sizeof *shelf->lessons.at, by_order);
	return 0;
}

int shelf_open(struct shelf *shelf, struct errs *errs)
{
	return open_with(shelf, lesson_read, errs);
}

int shelf_glance(struct shelf *shelf, struct errs *errs)
{
	return open_with(shelf, lesson_glance, errs);
}

void shelf_complete(struct shelf *shelf, struct errs *errs)
{
	size_t kept = 0;

	for (size_t i = 0; i < shelf->lessons.n; i++) {
		struct lesson *lesson = shelf->lessons.at[i];

		if (lesson_complete(lesson, errs) == 0)
			shelf->lessons.at[kept++] = lesson;
		else
			lesson_free(lesson);
	}
	shelf->lessons.n = kept;
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
