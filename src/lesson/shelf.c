/*
 * shelf.c - where the lessons are, in which language.
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
static void add_file(struct shelf *shelf, const char *folder, const char *name, take_lesson *take,
		     struct errs *errs)
{
	char *path = str_make("%s/%s", folder, name);
	size_t before = errs->list.n;
	struct lesson *lesson = take(path, errs);

	if (lesson && errs->list.n == before)
		vec_push(&shelf->lessons, lesson);
	else
		lesson_free(lesson);
	free(path);
}

static bool has_name(const struct entries *names, const char *name)
{
	for (size_t i = 0; i < names->list.n; i++)
		if (strcmp(names->list.at[i], name) == 0)
			return true;
	return false;
}

void entries_free(struct entries *entries)
{
	for (size_t i = 0; i < entries->list.n; i++)
		free(entries->list.at[i]);
	vec_free(&entries->list);
}

/* The names of the lesson files in FOLDER that are not among EXCEPT's (may be NULL). 0, or the
 * errno that says why they cannot be read. */
static int read_folder(struct entries *names, const char *folder, const struct entries *except)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;

	if (!directory)
		return errno;
	while ((entry = readdir(directory)) != NULL)
		if (is_lesson_name(entry->d_name) && !(except && has_name(except, entry->d_name)))
			vec_push(&names->list, mem_strdup(entry->d_name));
	closedir(directory);
	return 0;
}

/* Add the lessons NAMES of FOLDER; the names are gone after. */
static void add_files(struct shelf *shelf, const char *folder, struct entries *names,
		      take_lesson *take, struct errs *errs)
{
	for (size_t i = 0; i < names->list.n; i++)
		add_file(shelf, folder, names->list.at[i], take, errs);
	entries_free(names);
}

static int by_order(const void *a, const void *b)
{
	const struct lesson *x = *(struct lesson *const *)a, *y = *(struct lesson *const *)b;

	/* Those that name no place come last. */
	if (x->order != y->order)
		return (unsigned)x->order - 1 < (unsigned)y->order - 1 ? -1 : 1;
	return strcmp(x->id, y->id);
}

static void sort(struct shelf *shelf)
{
	if (shelf->lessons.n)
		qsort(shelf->lessons.at, shelf->lessons.n, sizeof *shelf->lessons.at, by_order);
}

/* The folder of LANG in DIRECTORY, or NULL when LANG names none. The caller frees it. */
static char *lang_folder(const char *directory, const char *lang)
{
	if (!lang || !*lang || *lang == '.' || strchr(lang, '/'))
		return NULL;
	return str_make("%s/%s", directory, lang);
}

static int open_with(struct shelf *shelf, const char *lang, take_lesson *take, struct errs *errs)
{
	struct entries names = {0}, translated = {0};
	char *folder;
	int why;

	*shelf = (struct shelf){.directory = place_find("SOCKTUTOR_LESSONS", "lessons",
							SOCKTUTOR_LESSONS_DIR)};
	folder = lang_folder(shelf->directory, lang);
	if (folder)
		read_folder(&translated, folder, NULL);
	why = read_folder(&names, shelf->directory, &translated);
	if (why)
		errs_add(errs, shelf->directory, 0,
			 "the lessons cannot be read: %s; set SOCKTUTOR_LESSONS to where they are",
			 strerror(why));
	else if (folder)
		add_files(shelf, folder, &translated, take, errs);
	entries_free(&translated);
	add_files(shelf, shelf->directory, &names, take, errs);
	sort(shelf);
	free(folder);
	return why ? -1 : 0;
}

int shelf_open(struct shelf *shelf, const char *lang, struct errs *errs)
{
	return open_with(shelf, lang, lesson_read, errs);
}

int shelf_glance(struct shelf *shelf, const char *lang, struct errs *errs)
{
	return open_with(shelf, lang, lesson_glance, errs);
}

/*
 * Translations alone.
 */

void shelf_open_folder(struct shelf *shelf, const char *lang, struct errs *errs)
{
	char *directory = place_find("SOCKTUTOR_LESSONS", "lessons", SOCKTUTOR_LESSONS_DIR);
	struct entries names = {0};

	*shelf = (struct shelf){.directory = lang_folder(directory, lang)};
	if (shelf->directory && read_folder(&names, shelf->directory, NULL) == 0)
		add_files(shelf, shelf->directory, &names, lesson_read, errs);
	sort(shelf);
	free(directory);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool holds_lessons(const char *directory, const char *lang)
{
	char *folder = lang_folder(directory, lang);
	struct entries names = {0};
	bool holds = folder && read_folder(&names, folder, NULL) == 0 && names.list.n > 0;

	entries_free(&names);
	free(folder);
	return holds;
}

void shelf_langs(struct entries *langs, const struct shelf *shelf)
{
	DIR *directory = opendir(shelf->directory);
	struct dirent *entry;

	*langs = (struct entries){0};
	while (directory && (entry = readdir(directory)) != NULL)
		if (holds_lessons(shelf->directory, entry->d_name))
			vec_push(&langs->list, mem_strdup(entry->d_name));
	if (directory)
		closedir(directory);
	if (langs->list.n)
		qsort(langs->list.at, langs->list.n, sizeof *langs->list.at, by_name);
}

/*
 * The rest of what was glanced at.
 */

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
