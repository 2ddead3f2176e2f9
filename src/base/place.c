#include "base/place.h"

#include "base/mem.h"
#include "base/str.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static char *find(const char *variable, const char *tree, const char *name, const char *installed)
{
	const char *given = getenv(variable);

	if (given && *given)
		return mem_strdup(given);
	if (runs_from_build())
		return str_make("%s/%s", tree, name);
	return mem_strdup(installed);
}

char *place_find(const char *variable, const char *name, const char *installed)
{
	return find(variable, SOCKTUTOR_SOURCE_DIR, name, installed);
}

char *place_built(const char *variable, const char *name, const char *installed)
{
	return find(variable, SOCKTUTOR_BUILD_DIR, name, installed);
}
