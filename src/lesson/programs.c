#include "lesson/programs.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct language languages[] = {
	{"c", "C", NULL, "cc", "cc -Wall -o @ % -pthread", "./@"},
	{"py", "Python", "python3", "python3", NULL, "python3 %"},
	{"go", "Go", "golang", "go", "go build -o @ %", "./@"},
	{"sh", "sh", "shell", "sh", NULL, "sh %"},
};

const struct language *language_at(size_t i)
{
	return i < sizeof languages / sizeof *languages ? &languages[i] : NULL;
}

const struct language *language_find(const char *name)
{
	const struct language *l;

	for (size_t i = 0; (l = language_at(i)); i++)
		if (strcasecmp(name, l->suffix) == 0 || strcasecmp(name, l->name) == 0 ||
		    (l->other && strcasecmp(name, l->other) == 0))
			return l;
	return NULL;
}

const struct language *language_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	const struct language *l;

	for (size_t i = 0; dot && (l = language_at(i)); i++)
		if (strcmp(dot + 1, l->suffix) == 0)
			return l;
	return NULL;
}

char *language_command(const char *command, const char *file, const char *built)
{
	struct str s = {0};

	for (const char *p = command; *p; p++)
		if (*p == '%')
			str_add(&s, file);
		else if (*p == '@')
			str_add(&s, built);
		else
			str_addc(&s, *p);
	return str_take(&s);
}

/* Whether NAME is one of a lab's programs, and what for. */
static bool read_use(const char *name, enum program_use *use)
{
	if (strncmp(name, "start.", 6) == 0)
		*use = PROGRAM_START;
	else if (strncmp(name, "good-", 5) == 0)
		*use = PROGRAM_GOOD;
	else if (strncmp(name, "bad-", 4) == 0)
		*use = PROGRAM_BAD;
	else
		return false;
	return true;
}

static void add(struct programs *programs, const char *name)
{
	struct program p = {.language = language_of(name)};

	if (!p.language || !read_use(name, &p.use))
		return;
	p.name = mem_strdup(name);
	p.path = str_make("%s/%s", programs->directory, name);
	vec_push(&programs->list, p);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct program *)a)->name, ((const struct program *)b)->name);
}

/* Returns whether there is such a directory. */
static bool look_in(struct programs *programs, char *directory)
{
	DIR *open = opendir(directory);
	struct dirent *entry;

	free(programs->directory);
	programs->directory = directory;
	while (open && (entry = readdir(open)) != NULL)
		add(programs, entry->d_name);
	if (open)
		closedir(open);
	if (programs->list.n)
		qsort(programs->list.at, programs->list.n, sizeof *programs->list.at, by_name);
	return open != NULL;
}

void programs_find(struct programs *programs, const struct lesson *lesson, const struct lab *lab)
{
	const char *slash = strrchr(lesson->file, '/');
	char *folder = slash ? mem_strndup(lesson->file, (size_t)(slash - lesson->file)) :
			       mem_strdup(".");
	const char *id = lab->setup.id ? lab->setup.id : "";

	*programs = (struct programs){0};
	/* `lessons/ko/x.md` is a translation of `lessons/x.md`. */
	if (!look_in(programs, str_make("%s/programs/%s", folder, id)) &&
	    !look_in(programs, str_make("%s/../programs/%s", folder, id)))
		look_in(programs, str_make("%s/programs/%s", folder, id));
	free(folder);
}

const struct program *programs_start(const struct programs *programs,
				     const struct language *language)
{
	for (size_t i = 0; i < programs->list.n; i++)
		if (programs->list.at[i].use == PROGRAM_START &&
		    programs->list.at[i].language == language)
			return &programs->list.at[i];
	return NULL;
}

size_t programs_count(const struct programs *programs, enum program_use use)
{
	size_t n = 0;

	for (size_t i = 0; i < programs->list.n; i++)
		n += programs->list.at[i].use == use;
	return n;
}

void programs_free(struct programs *programs)
{
	for (size_t i = 0; i < programs->list.n; i++) {
		free(programs->list.at[i].name);
		free(programs->list.at[i].path);
	}
	vec_free(&programs->list);
	free(programs->directory);
	programs->directory = NULL;
}
