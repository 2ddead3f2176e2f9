/*
 * screen.c - the screen tests: the real program in a terminal, keys sent, screens compared.
 *
 *     screen             every script
 *     screen NAME…       those
 *
 * Exit status 0 when something ran and all of it passed, else 1. In the environment:
 *     SOCKTUTOR          the program
 *     SCREEN_DIRECTORY   of scripts/, golden/, lessons/ and files/, else tests/screen of $srcdir
 *     SCREEN_RECORD      set: write the golden screens anew (`make golden`)
 *     SCREEN_PATIENCE    ms that anything is waited for, else 20000
 */
#include "script.h"

#include "base/mem.h"
#include "base/str.h"

#include <dirent.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_script(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 7 && strcmp(entry->d_name + n - 7, ".script") == 0;
}

struct count {
	int ran;
	int failed;
	int skipped;
};

static void run(const struct script_options *options, const char *name, struct count *count)
{
	enum script_result result = script_run(options, name);

	count->ran++;
	count->failed += result == SCRIPT_FAILED;
	count->skipped += result == SCRIPT_SKIPPED;
}

/* Run all scripts of the directory. */
static void run_all(const struct script_options *options, struct count *count)
{
	char *path = str_make("%s/scripts", options->directory);
	struct dirent **list;
	int n = scandir(path, &list, is_script, alphasort);

	for (int i = 0; i < n; i++) {
		char *name = mem_strndup(list[i]->d_name, strlen(list[i]->d_name) - 7);

		run(options, name, count);
		free(name);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	free(path);
}

static int report(const struct count *count)
{
	printf("%d scripts, %d failed", count->ran, count->failed);
	if (count->skipped)
		printf(", %d skipped", count->skipped);
	putchar('\n');
	return count->ran > count->skipped && count->failed == 0 ? 0 : 1;
}

/* PATH without symbolic links and from the root, or a copy: the job may run elsewhere. */
static char *whole_path(const char *path)
{
	char *whole = realpath(path, NULL);

	return whole ? whole : mem_strdup(path);
}

/* A program built with a sanitizer is to die of its signals as it does without. */
static void leave_signals_alone(void)
{
	const char *before = getenv("ASAN_OPTIONS");
	char *options = str_make("%s%shandle_segv=0:handle_abort=0", before ? before : "",
				 before ? ":" : "");

	setenv("ASAN_OPTIONS", options, 1);
	free(options);
}

int main(int argc, char **argv)
{
	const char *program = getenv("SOCKTUTOR"), *directory = getenv("SCREEN_DIRECTORY");
	const char *patience = getenv("SCREEN_PATIENCE"), *srcdir = getenv("srcdir");
	struct script_options options = {
		.record = getenv("SCREEN_RECORD") != NULL,
		.patience = patience ? atoi(patience) : 20000,
	};
	struct count count = {0};
	char *found;

	setlocale(LC_CTYPE, "C.UTF-8");
	/* A shell that has gone is an answer, not an end. */
	signal(SIGPIPE, SIG_IGN);
	leave_signals_alone();
	found = directory ? mem_strdup(directory)
			  : str_make("%s/tests/screen", srcdir ? srcdir : ".");
	options.directory = whole_path(found);
	options.program = whole_path(program ? program : "./socktutor");
	free(found);
	if (argc < 2)
		run_all(&options, &count);
	for (int i = 1; i < argc; i++)
		run(&options, argv[i], &count);
	free((char *)(size_t)options.directory);
	free((char *)(size_t)options.program);
	return report(&count);
}
