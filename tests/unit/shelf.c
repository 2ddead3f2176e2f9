/* lesson/: where the lessons are. */
#include "lesson/lesson.h"

#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char directory[] = "/tmp/unit-shelf-XXXXXX";

static const char *const names[] = {"b.md", "a.md", "last.md", "wrong.md", "notes.txt", ".x.md"};

static void write_file(const char *name, const char *text)
{
	char *path = str_make("%s/%s", directory, name);
	FILE *to = fopen(path, "w");

	if (CHECK(to != NULL)) {
		fputs(text, to);
		fclose(to);
	}
	free(path);
}

static int start(void)
{
	if (!mkdtemp(directory))
		return -1;
	return setenv("SOCKTUTOR_LESSONS", directory, 1);
}

static int end(void)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = str_make("%s/%s", directory, names[i]);

		unlink(path);
		free(path);
	}
	unsetenv("SOCKTUTOR_LESSONS");
	return rmdir(directory);
}

static void sorts_and_finds(void)
{
	struct shelf shelf;
	struct errs errs = {0};

	write_file("b.md", "---\norder: 1\n---\n# B\n");
	write_file("a.md", "---\norder: 2\n---\n# A\n");
	write_file("last.md", "# Last\n");
	write_file("wrong.md", "| Process A | Process B |\n|---|---|\n| sned() | |\n");
	write_file("notes.txt", "not a lesson\n");
	write_file(".x.md", "hidden\n");
	CHECK_NUMBER(shelf_open(&shelf, &errs), 0);
	CHECK_TEXT(shelf.directory, directory);
	if (CHECK(shelf.lessons.n == 3)) {
		CHECK_TEXT(shelf.lessons.at[0]->id, "b");
		CHECK_TEXT(shelf.lessons.at[1]->id, "a");
		CHECK_TEXT(shelf.lessons.at[2]->id, "last");
		CHECK(shelf_find(&shelf, "a") == shelf.lessons.at[1]);
	}
	CHECK(shelf_find(&shelf, "wrong") == NULL);
	CHECK(shelf_find(&shelf, "") == NULL);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n)
		CHECK_NUMBER(errs.list.at[0].line, 3);
	errs_free(&errs);
	shelf_free(&shelf);
	CHECK(shelf.directory == NULL);
	shelf_free(&shelf);
}

static void says_what_is_missing(void)
{
	struct shelf shelf;
	struct errs errs = {0};

	setenv("SOCKTUTOR_LESSONS", "/nonexistent", 1);
	CHECK_NUMBER(shelf_open(&shelf, &errs), -1);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n)
		CHECK(strstr(errs.list.at[0].text, "SOCKTUTOR_LESSONS") != NULL);
	errs_free(&errs);
	shelf_free(&shelf);
	setenv("SOCKTUTOR_LESSONS", directory, 1);
}

static const struct test tests[] = {
	{"sorts-and-finds", sorts_and_finds},
	{"says-what-is-missing", says_what_is_missing},
	{NULL, NULL},
};

const struct suite suite_shelf = {"shelf", start, end, tests};
