#include "stage/names.h"

#include <string.h>

static struct name *find(const struct names *names, const char *text)
{
	for (size_t i = 0; i < names->list.n; i++)
		if (strcmp(names->list.at[i].text, text) == 0)
			return &names->list.at[i];
	return NULL;
}

bool names_get(const struct names *names, const char *text, long *value)
{
	const struct name *name = find(names, text);

	if (name)
		*value = name->value;
	return name;
}

void names_set(struct names *names, const char *text, long value)
{
	struct name *name = find(names, text);

	if (!name) {
		vec_push(&names->list,
			 (struct name){.text = mem_strdup(text), .value = value});
		return;
	}
	name->value = value;
	name->open = false;
	free(name->was);
	name->was = NULL;
}

void names_open(struct names *names, const char *text, long fd)
{
	names_set(names, text, fd);
	for (size_t i = 0; i < names->list.n; i++)
		if (names->list.at[i].value == fd)
			names->list.at[i].open = strcmp(names->list.at[i].text, text) == 0;
}

const char *names_of(const struct names *names, long fd)
{
	for (size_t i = 0; i < names->list.n; i++)
		if (names->list.at[i].open && names->list.at[i].value == fd)
			return names->list.at[i].text;
	return NULL;
}

void names_closed(struct names *names, const char *text, char *was)
{
	struct name *name = find(names, text);

	if (!name) {
		free(was);
		return;
	}
	free(name->was);
	name->was = was;
	name->open = false;
}

const char *names_was(const struct names *names, const char *text)
{
	const struct name *name = find(names, text);

	return name ? name->was : NULL;
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->list.n; i++) {
		free(names->list.at[i].text);
		free(names->list.at[i].was);
	}
	vec_free(&names->list);
}
