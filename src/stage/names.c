#include "stage/names.h"

#include <string.h>

bool names_get(const struct names *names, const char *text, long *value)
{
	for (size_t i = 0; i < names->list.n; i++)
		if (strcmp(names->list.at[i].text, text) == 0) {
			*value = names->list.at[i].value;
			return true;
		}
	return false;
}

void names_set(struct names *names, const char *text, long value)
{
	for (size_t i = 0; i < names->list.n; i++)
		if (strcmp(names->list.at[i].text, text) == 0) {
			names->list.at[i].value = value;
			return;
		}
	vec_push(&names->list, (struct name){mem_strdup(text), value});
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->list.n; i++)
		free(names->list.at[i].text);
	vec_free(&names->list);
}
