#include "place.h"

#include "base/str.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

char *place_make(void)
{
	const char *base = getenv("TMPDIR");
	char *path = str_make("%s/socktutor-screen.XXXXXX", base && *base ? base : "/tmp");

	if (!mkdtemp(path)) {
		perror(path);
		exit(1);
	}
	return path;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	(void)info;
	(void)kind;
	(void)at;
	remove(path);
	return 0;
}

void place_remove(char *path)
{
	if (path)
		nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(path);
}

char *place_read(const char *path)
{
	FILE *f = fopen(path, "r");
	struct str s = {0};
	char buffer[4096];
	size_t n;

	if (!f)
		return NULL;
	while ((n = fread(buffer, 1, sizeof buffer, f)) > 0)
		str_addn(&s, buffer, n);
	fclose(f);
	return str_take(&s);
}

void place_progress(const char *place, const char *text)
{
	char *directory = str_make("%s/socktutor", place);
	char *path = str_make("%s/progress.json", directory);
	FILE *f;

	mkdir(directory, 0700);
	f = fopen(path, "w");
	if (f) {
		fputs(text, f);
		fclose(f);
	}
	if (!*text)
		unlink(path);
	free(path);
	free(directory);
}

bool place_rehearsal(const char *place, const char *directory, const char *lesson)
{
	char *from = str_make("%s/rehearsal/%s.jsonl", directory, lesson);
	char *to = str_make("%s/socktutor/rehearsal", place), *path, *text = place_read(from);
	bool well;
	FILE *f;

	mkdir(to, 0700);
	path = str_make("%s/%s.jsonl", to, lesson);
	f = text ? fopen(path, "w") : NULL;
	well = f && fputs(text, f) >= 0;
	if (f)
		fclose(f);
	free(text);
	free(path);
	free(from);
	free(to);
	return well;
}
