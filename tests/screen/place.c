#include "place.h"

#include "base/str.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

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
