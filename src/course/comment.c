#include "course/comment.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char space[] = " \t\n";

const char *comment_after(const char *text, const char *name)
{
	size_t n = strlen(name);

	text += strspn(text, space);
	return strncmp(text, name, n) == 0 && text[n] == ':' ? text + n + 1 : NULL;
}

/* Returns what follows the closing quote, or NULL when there is none. */
static const char *read_quoted(const char *p, struct str *to)
{
	for (; *p && *p != '"'; p++) {
		if (*p == '\\' && p[1])
			p++;
		str_addc(to, *p == '\n' ? ' ' : *p);
	}
	return *p ? p + 1 : NULL;
}

static const char *read_value(const char *p, struct comment_pair *pair)
{
	struct str value = {0};
	size_t n = strcspn(p, space);

	if (*p == '"') {
		p = read_quoted(p + 1, &value);
	} else {
		str_addn(&value, p, n);
		p += n;
	}
	pair->value = str_take(&value);
	return p;
}

bool comment_next(const char **p, struct comment_pair *pair)
{
	const char *at = *p + strspn(*p, space);
	size_t n = strcspn(at, "= \t\n");

	*pair = (struct comment_pair){0};
	*p = at;
	if (!*at)
		return false;
	pair->key = mem_strndup(at, n);
	at += n;
	*p = *at == '=' ? read_value(at + 1, pair) : at;
	if (*p)
		return true;
	comment_pair_free(pair);
	return false;
}

void comment_pair_free(struct comment_pair *pair)
{
	free(pair->key);
	free(pair->value);
	*pair = (struct comment_pair){0};
}
