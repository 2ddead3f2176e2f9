#include "lesson/scan.h"

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/utf8.h"
#include "timeline/pattern.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 32 };

struct scan scan_start(const char *text)
{
	return (struct scan){.p = text, .end = text + strlen(text)};
}

struct scan scan_ahead(const struct scan *scan)
{
	return (struct scan){.p = scan->p, .end = scan->end, .bad = scan->bad};
}

bool scan_fail(struct scan *scan, const char *format, ...)
{
	va_list ap;

	if (scan->bad)
		return false;
	va_start(ap, format);
	str_addv(&scan->wrong, _(format), ap);
	va_end(ap);
	scan->bad = true;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* White space at P: also the spaces that are wider, or that no line may end at. */
static size_t space_at(const struct scan *scan)
{
	static const char *const wide[] = {"\u00a0", "\u202f", "\u3000"};

	if (is_space(*scan->p))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (strncmp(scan->p, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

char scan_peek(struct scan *scan)
{
	for (size_t n; scan->p < scan->end && (n = space_at(scan)) > 0;)
		scan->p += n;
	return scan->p < scan->end && !scan->bad ? *scan->p : '\0';
}

bool scan_expected(struct scan *scan, const char *what)
{
	struct word rest;

	scan_peek(scan);
	rest = (struct word){scan->p, (size_t)(scan->end - scan->p)};
	if (rest.len == 0)
		return scan_fail(scan, "expected %s at the end", _(what));
	return scan_fail(scan, "expected %s before '%.*s'", _(what), word_show(rest), rest.p);
}

bool scan_at_end(struct scan *scan)
{
	scan_peek(scan);
	return scan->p == scan->end;
}

bool scan_take(struct scan *scan, char c)
{
	if (scan_peek(scan) != c || scan->p == scan->end)
		return false;
	scan->p++;
	return true;
}

static bool starts_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool scan_word(struct scan *scan, struct word *word)
{
	const char *start;

	if (!starts_word(scan_peek(scan)))
		return false;
	start = scan->p;
	while (scan->p < scan->end &&
	       (starts_word(*scan->p) || (*scan->p >= '0' && *scan->p <= '9')))
		scan->p++;
	*word = (struct word){start, (size_t)(scan->p - start)};
	return true;
}

bool scan_number(struct scan *scan, long *value)
{
	char digits[DIGITS_MOST + 1], *stop;
	size_t n = 0;
	char c = scan_peek(scan);
	const char *start = scan->p;

	if (c == '-' || c == '+')
		digits[n++] = *start;
	if (start + n >= scan->end || !isdigit((unsigned char)start[n]))
		return false;
	while (start + n < scan->end && isalnum((unsigned char)start[n])) {
		if (n == DIGITS_MOST)
			return scan_fail(scan, "the number '%.*s…' is too long", 20, start);
		digits[n] = start[n];
		n++;
	}
	digits[n] = '\0';
	errno = 0;
	*value = strtol(digits, &stop, 0);
	if (*stop)
		return scan_fail(scan, "'%s' is not a number as C writes one: 10, 0x0a or 012",
				 digits);
	if (errno == ERANGE || *value > INT_MAX || *value < INT_MIN)
		return scan_fail(scan, "the number %s is too big: at most %d", digits, INT_MAX);
	scan->p += n;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \x41 takes all the hex digits that follow, as in C. */
static bool scan_hex(struct scan *scan, struct str *bytes)
{
	int value = 0, digits = 0;

	for (; scan->p < scan->end && hex_digit(*scan->p) >= 0; scan->p++, digits++)
		if (value <= 0xff)
			value = value * 16 + hex_digit(*scan->p);
	if (digits == 0 || value > 0xff)
		return scan_fail(scan, "\\x needs hex digits up to \\xff; \\ooo with three octal "
				       "digits ends by itself");
	str_addc(bytes, (char)value);
	return true;
}

static bool scan_octal(struct scan *scan, struct str *bytes)
{
	int value = 0;

	for (int i = 0; i < 3 && scan->p < scan->end && *scan->p >= '0' && *scan->p <= '7'; i++)
		value = value * 8 + (*scan->p++ - '0');
	if (value > 0xff)
		return scan_fail(scan, "\\%o is more than a byte: at most \\377", (unsigned)value);
	str_addc(bytes, (char)value);
	return true;
}

/* What follows a backslash. */
static bool scan_escape(struct scan *scan, struct str *bytes)
{
	static const char names[] = "ntrabfve\"\\'?";
	static const char meant[] = "\n\t\r\a\b\f\v\033\"\\'?";
	const char *at;
	uint32_t cp;
	char c;

	if (scan->p == scan->end)
		return scan_fail(scan, "the string ends in a backslash; \\\\ is one backslash");
	c = *scan->p;
	if (c >= '0' && c <= '7')
		return scan_octal(scan, bytes);
	at = c ? strchr(names, c) : NULL;
	if (!at && c != 'x')
		return scan_fail(scan, "C knows no escape \\%.*s; \\\\ is one backslash",
				 (int)utf8_get(scan->p, (size_t)(scan->end - scan->p), &cp),
				 scan->p);
	scan->p++;
	if (!at)
		return scan_hex(scan, bytes);
	str_addc(bytes, meant[at - names]);
	return true;
}

static bool scan_closing(struct scan *scan)
{
	if (scan->p == scan->end)
		return scan_fail(scan, "a string has no end: it needs a closing \"");
	scan->p++;
	return true;
}

bool scan_string(struct scan *scan, struct str *bytes)
{
	if (!scan_take(scan, '"'))
		return false;
	while (scan->p < scan->end && *scan->p != '"') {
		char c = *scan->p++;

		if (c != '\\')
			str_addc(bytes, c);
		else if (!scan_escape(scan, bytes))
			return false;
	}
	return scan_closing(scan);
}

bool scan_pattern(struct scan *scan, struct str *pattern)
{
	if (!scan_take(scan, '"'))
		return false;
	while (scan->p < scan->end && *scan->p != '"') {
		char c = *scan->p++;
		struct str byte = {0};

		if (c != '\\') {
			str_addc(pattern, c);
		} else if (scan->p < scan->end && *scan->p == '*') {
			pattern_add_byte(pattern, *scan->p++);
		} else {
			if (scan_escape(scan, &byte))
				pattern_add_byte(pattern, *byte.p);
			str_free(&byte);
		}
		if (scan->bad)
			return false;
	}
	return scan_closing(scan);
}

bool word_is(struct word word, const char *text)
{
	return strlen(text) == word.len && memcmp(word.p, text, word.len) == 0;
}

bool word_is_any(struct word word, const char *text)
{
	if (strlen(text) != word.len)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (tolower((unsigned char)word.p[i]) != tolower((unsigned char)text[i]))
			return false;
	return true;
}

int word_show(struct word word)
{
	return (int)utf8_fit(word.p, word.len, 40);
}

char *word_copy(struct word word)
{
	return mem_strndup(word.p, word.len);
}

const char *word_nearest(struct word word, const char *(*name_at)(size_t i))
{
	char *copy = word_copy(word);
	struct near near = near_start(copy);
	const char *name;

	for (size_t i = 0; (name = name_at(i)) != NULL; i++)
		near_offer(&near, name);
	free(copy);
	return near.best;
}
