#include "base/str.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void str_grow(struct str *s, size_t more)
{
	size_t cap = s->cap ? s->cap : 32;

	if (s->cap && s->len + more < s->cap)
		return;
	while (cap <= s->len + more)
		cap *= 2;
	s->p = mem_resize(s->p, cap, 1);
	s->cap = cap;
}

void str_addn(struct str *s, const char *p, size_t n)
{
	str_grow(s, n);
	if (n)
		memcpy(s->p + s->len, p, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
	str_addn(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
	str_addn(s, &c, 1);
}

void str_addu(struct str *s, uint32_t cp)
{
	char bytes[4];

	str_addn(s, bytes, utf8_put(cp, bytes));
}

void str_addv(struct str *s, const char *format, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, ap);
	if (n > 0) {
		str_grow(s, (size_t)n + 1);
		vsnprintf(s->p + s->len, (size_t)n + 1, format, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	str_addv(s, format, ap);
	va_end(ap);
}

static void add_escape(struct str *s, unsigned char c, int digit_follows)
{
	static const char plain[] = "\n\t\r\a\b\f\v\"\\";
	static const char names[] = "ntrabfv\"\\";
	const char *at = c ? strchr(plain, c) : NULL;

	if (at)
		str_addf(s, "\\%c", names[at - plain]);
	else if (c == 0 && !digit_follows)
		str_add(s, "\\0");
	else
		str_addf(s, "\\%03o", c);
}

int str_add_quoted(struct str *s, const char *p, size_t n, size_t most)
{
	size_t show = most && n > most ? most : n;
	size_t i = 0;

	while (i < show) {
		uint32_t cp;
		size_t step = utf8_get(p + i, n - i, &cp);
		unsigned char c = (unsigned char)p[i];

		if (step > 1 && utf8_printable(cp)) {
			str_addn(s, p + i, step);
			i += step;
			continue;
		}
		if (c >= ' ' && c < 0x7f && c != '"' && c != '\\')
			str_addc(s, (char)c);
		else
			add_escape(s, c, i + 1 < n && p[i + 1] >= '0' && p[i + 1] <= '9');
		i++;
	}
	return show == n;
}

void str_cut(struct str *s, size_t len)
{
	s->len = len;
	if (s->p)
		s->p[len] = '\0';
}

const char *str_text(const struct str *s)
{
	return s->p ? s->p : "";
}

char *str_take(struct str *s)
{
	char *p = s->p ? s->p : mem_strdup("");

	*s = (struct str){0};
	return p;
}

void str_free(struct str *s)
{
	free(s->p);
	*s = (struct str){0};
}

char *str_make(const char *format, ...)
{
	struct str s = {0};
	va_list ap;

	va_start(ap, format);
	str_addv(&s, format, ap);
	va_end(ap);
	return str_take(&s);
}

int str_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}
