/* lesson/: where the lessons are. */
#include "lesson/lesson.h"

#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[] = "/tmp/unit-shelf-XXXXXX";

static const char *const names[] = {"b.md", "a.md", "last.md", "wrong.md", "notes.txt", ".x.md",
				    "xx/a.md", "xx/more.md", "xx/wrong.md", "empty/notes.txt"};

/* Folders of languages; not all hold lessons. */
static const char *const folders[] = {"xx", "empty"};

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
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char *path = str_make("%s/%s", directory, folders[i]);

		mkdir(path, 0700);
		free(path);
	}
	return setenv("SOCKTUTOR_LESSONS", directory, 1);
}

static int end(void)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = str_make("%s/%s", directory, names[i]);

		unlink(path);
		free(path);
	}
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char *path = str_make("%s/%s", directory, folders[i]);

		rmdir(path);
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
	CHECK_NUMBER(shelf_open(&shelf, NULL, &errs), 0);
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

/* A glance knows the front matter, completing makes it what reading at once does. */
static void glances_and_completes(void)
{
	struct shelf shelf, whole;
	struct errs errs = {0}, again = {0};
	struct lesson *b;

	write_file("b.md", "---\ntitle: The B\nsummary: It is.\nminutes: 5\norder: 1\nafter: [a]\n---\n"
		   "# B\n\n| Process A | Process B |\n|---|---|\n| `send()` | |\n");
	write_file("a.md", "---\norder: 2\n---\n# A\n");
	write_file("last.md", "# Last\n");
	write_file("wrong.md", "---\ntitle: Wrong\n---\n| Process A | Process B |\n|---|---|\n| sned() | |\n");
	CHECK_NUMBER(shelf_glance(&shelf, NULL, &errs), 0);
	CHECK_NUMBER(errs.list.n, 0);
	CU_ASSERT_FATAL(shelf.lessons.n == 4);
	b = shelf.lessons.at[0];
	CHECK(b->glanced && b->blocks.n == 0 && b->demos.n == 0);
	CHECK_TEXT(b->title, "The B");
	CHECK_TEXT(b->summary, "It is.");
	CHECK_NUMBER(b->minutes, 5);
	CHECK(b->after.n == 1);
	CHECK(!shelf_find(&shelf, "a")->glanced); /* its title is in its text */
	CHECK_TEXT(shelf_find(&shelf, "a")->title, "A");
	shelf_complete(&shelf, &errs);
	CHECK_NUMBER(errs.list.n, 1);
	CHECK(shelf_find(&shelf, "wrong") == NULL);
	CHECK_NUMBER(shelf_open(&whole, NULL, &again), 0);
	CU_ASSERT_FATAL(shelf.lessons.n == 3 && whole.lessons.n == 3);
	CHECK(shelf.lessons.at[0] == b && !b->glanced && b->demos.n == 1);
	for (size_t i = 0; i < 3; i++)
		CHECK(lesson_same(shelf.lessons.at[i], whole.lessons.at[i], NULL));
	shelf_complete(&shelf, &errs);
	CHECK_NUMBER(shelf.lessons.n, 3);
	errs_free(&errs);
	errs_free(&again);
	shelf_free(&shelf);
	shelf_free(&whole);
}

static void has_titles(const char *lang, const char *first, const char *second, size_t n)
{
	struct shelf shelf, glanced;
	struct errs errs = {0};

	CHECK_NUMBER(shelf_open(&shelf, lang, &errs), 0);
	CHECK_NUMBER(shelf_glance(&glanced, lang, &errs), 0);
	shelf_complete(&glanced, &errs);
	CU_ASSERT_FATAL(shelf.lessons.n == n && glanced.lessons.n == n);
	CHECK_TEXT(shelf.lessons.at[0]->title, first);
	CHECK_TEXT(shelf.lessons.at[1]->title, second);
	CHECK_TEXT(shelf.lessons.at[1]->id, "a");
	for (size_t i = 0; i < n; i++)
		CHECK(lesson_same(shelf.lessons.at[i], glanced.lessons.at[i], NULL));
	errs_free(&errs);
	shelf_free(&shelf);
	shelf_free(&glanced);
}

/* What is in the folder of the language stands in for what is not, under the same id. */
static void translates(void)
{
	struct shelf shelf;
	struct entries langs;
	struct errs errs = {0};

	write_file("b.md", "---\norder: 1\n---\n# B\n");
	write_file("a.md", "---\norder: 2\n---\n# A\n");
	write_file("last.md", "# Last\n");
	write_file("wrong.md", "# Right\n");
	write_file("xx/a.md", "---\norder: 2\n---\n# 가\n");
	write_file("xx/more.md", "# 더\n");
	write_file("empty/notes.txt", "not a lesson\n");
	has_titles(NULL, "B", "A", 4);
	has_titles("", "B", "A", 4);
	has_titles("en", "B", "A", 4);
	has_titles("empty", "B", "A", 4);
	has_titles("../" "xx", "B", "A", 4);
	has_titles("xx", "B", "가", 5);
	/* With a mistake in it the translation is not there, as any lesson. */
	write_file("xx/wrong.md", "| Process A | Process B |\n|---|---|\n| sned() | |\n");
	CHECK_NUMBER(shelf_open(&shelf, "xx", &errs), 0);
	CHECK_NUMBER(errs.list.n, 1);
	CHECK(shelf_find(&shelf, "wrong") == NULL && shelf_find(&shelf, "more") != NULL);
	shelf_langs(&langs, &shelf);
	CHECK_NUMBER(langs.list.n, 1);
	if (langs.list.n)
		CHECK_TEXT(langs.list.at[0], "xx");
	entries_free(&langs);
	shelf_free(&shelf);
	errs_free(&errs);
	shelf_open_folder(&shelf, "xx", &errs);
	CHECK_NUMBER(shelf.lessons.n, 2);
	CHECK_NUMBER(errs.list.n, 1);
	errs_free(&errs);
	shelf_free(&shelf);
}

static void says_what_is_missing(void)
{
	struct shelf shelf;
	struct errs errs = {0};

	setenv("SOCKTUTOR_LESSONS", "/nonexistent", 1);
	CHECK_NUMBER(shelf_open(&shelf, NULL, &errs), -1);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n)
		CHECK(strstr(errs.list.at[0].text, "SOCKTUTOR_LESSONS") != NULL);
	errs_free(&errs);
	shelf_free(&shelf);
	setenv("SOCKTUTOR_LESSONS", directory, 1);
}

static const struct test tests[] = {
	{"sorts-and-finds", sorts_and_finds},
	{"glances-and-completes", glances_and_completes},
	{"translates", translates},
	{"says-what-is-missing", says_what_is_missing},
	{NULL, NULL},
};

const struct suite suite_shelf = {"shelf", start, end, tests};
