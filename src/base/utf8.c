#include "base/utf8.h"

#include "base/str.h"

#include <string.h>
#include <wchar.h>

enum { REPLACEMENT = 0xfffd };

static size_t bad_byte(uint32_t *cp)
{
	*cp = REPLACEMENT;
	return 1;
}

static size_t sequence_length(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

size_t utf8_get(const char *p, size_t n, uint32_t *cp)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char c = (unsigned char)p[0];
	size_t len = sequence_length(c);
	uint32_t value;

	if (len == 0 || len > n)
		return bad_byte(cp);
	value = len == 1 ? c : c & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		unsigned char next = (unsigned char)p[i];

		if ((next & 0xc0) != 0x80)
			return bad_byte(cp);
		value = value << 6 | (next & 0x3f);
	}
	if (value < least[len] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return bad_byte(cp);
	*cp = value;
	return len;
}

size_t utf8_put(uint32_t cp, char out[4])
{
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3f));
		cp >>= 6;
	}
	out[0] = (char)(lead[len] | cp);
	return len;
}

static int is_format_control(uint32_t cp)
{
	return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) ||
	       cp == 0x2028 || cp == 0x2029 || cp == 0xfeff;
}

int utf8_printable(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || is_format_control(cp))
		return 0;
	return cp < 0x7f || wcwidth((wchar_t)cp) >= 0;
}

int utf8_width(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	return utf8_printable(cp) ? wcwidth((wchar_t)cp) : 1;
}

size_t utf8_columns_n(const char *p, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_get(p + i, n - i, &cp);
		columns += (size_t)utf8_width(cp);
	}
	return columns;
}

size_t utf8_columns(const char *s)
{
	return utf8_columns_n(s, strlen(s));
}

size_t utf8_fit(const char *p, size_t n, size_t columns)
{
	size_t used = 0, i = 0;

	while (i < n) {
		uint32_t cp;
		size_t step = utf8_get(p + i, n - i, &cp);

		used += (size_t)utf8_width(cp);
		if (used > columns)
			break;
		i += step;
	}
	return i;
}

char *utf8_clean(const char *p, size_t n)
{
	struct str s = {0};

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t step = utf8_get(p + i, n - i, &cp);

		if (p[i] == '\n' || p[i] == '\t' || p[i] == '\r')
			str_addc(&s, ' ');
		else
			str_addu(&s, utf8_printable(cp) ? cp : REPLACEMENT);
		i += step;
	}
	return str_take(&s);
}
