#include "lesson/html.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { TAB = 8 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

char *html_trim(const char *p, size_t n)
{
	while (n > 0 && is_space(*p)) {
		p++;
		n--;
	}
	while (n > 0 && is_space(p[n - 1]))
		n--;
	return mem_strndup(p, n);
}

static void trim_line(struct str *s, size_t start)
{
	while (s->len > start && s->p[s->len - 1] == ' ')
		str_cut(s, s->len - 1);
}

void html_tidy_lines(char **text, bool last)
{
	struct str s = {0};
	size_t start = 0;

	for (const char *p = *text; *p; p++) {
		if (*p == '\t') {
			do
				str_addc(&s, ' ');
			while ((s.len - start) % TAB != 0);
		} else if (*p == '\n') {
			trim_line(&s, start);
			str_addc(&s, '\n');
			start = s.len;
		} else {
			str_addc(&s, *p);
		}
	}
	trim_line(&s, start);
	if (last && s.len > start)
		str_addc(&s, '\n');
	free(*text);
	*text = str_take(&s);
}

static int count_lines(const char *p, const char *end)
{
	int n = 0;

	for (; p < end; p++)
		n += *p == '\n';
	return n;
}

static const char *find(const char *p, const char *end, const char *what)
{
	size_t n = strlen(what);

	for (; (size_t)(end - p) >= n; p++)
		if (memcmp(p, what, n) == 0)
			return p;
	return NULL;
}

static void give_comment(const char *p, const char *end, int line, const struct html_user *user)
{
	char *text = html_trim(p, (size_t)(end - p));

	html_tidy_lines(&text, false);
	user->comment(user->user, text, line);
}

bool html_split(const char *p, size_t n, int line, const struct html_user *user)
{
	const char *end = p + n;

	while (p < end) {
		const char *start = find(p, end, "<!--"), *stop;

		if (start != p)
			user->other(user->user, p, (size_t)((start ? start : end) - p), line);
		if (!start)
			return true;
		line += count_lines(p, start);
		stop = find(start + 2, end, "-->"); /* <!--> is a whole comment */
		p = start + 4;
		if (!stop) {
			give_comment(p, end, line, user);
			return false;
		}
		give_comment(p, stop > p ? stop : p, line, user);
		line += count_lines(start, stop);
		p = stop + 3;
	}
	return true;
}
