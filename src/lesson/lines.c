#include "lesson/lines.h"

#include <string.h>

struct line line_next(const char **p, const char *end)
{
	const char *newline = memchr(*p, '\n', (size_t)(end - *p));
	struct line line = {*p, (size_t)((newline ? newline : end) - *p)};

	*p = newline ? newline + 1 : end;
	return line;
}

/* The length of a list's mark at the start of LINE, or 0. */
static size_t mark_length(struct line line)
{
	size_t i = 0;

	if (line.n > 0 && strchr("-+*", *line.p)) {
		i = 1;
	} else {
		while (i < line.n && line.p[i] >= '0' && line.p[i] <= '9')
			i++;
		if (i == 0 || i == line.n || (line.p[i] != '.' && line.p[i] != ')'))
			return 0;
		i++;
	}
	return i < line.n && (line.p[i] == ' ' || line.p[i] == '\t') ? i : 0;
}

struct line line_inside(struct line line, bool items, size_t *indent)
{
	size_t spaces = 0;

	while (line.n > 0) {
		bool space = *line.p == ' ' || *line.p == '\t';
		size_t step = space || *line.p == '>' ? 1 : items ? mark_length(line) : 0;

		if (step == 0)
			break;
		spaces = space ? spaces + 1 : 0;
		line.p += step;
		line.n -= step;
	}
	if (indent)
		*indent = spaces;
	return line;
}

struct line line_trimmed(struct line line)
{
	while (line.n > 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
		line.n--;
	return line;
}
