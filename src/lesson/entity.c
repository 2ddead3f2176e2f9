#include "lesson/entity.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Those that people write by hand. Source: HTML, 13.5 Named character references. */
static const struct {
	const char *name;
	uint32_t cp;
} entities[] = {
	{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xa0},
	{"copy", 0xa9}, {"reg", 0xae}, {"deg", 0xb0}, {"plusmn", 0xb1}, {"micro", 0xb5},
	{"middot", 0xb7}, {"times", 0xd7}, {"ndash", 0x2013}, {"mdash", 0x2014},
	{"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c}, {"rdquo", 0x201d},
	{"bull", 0x2022}, {"hellip", 0x2026}, {"trade", 0x2122}, {"larr", 0x2190},
	{"uarr", 0x2191}, {"rarr", 0x2192}, {"darr", 0x2193}, {"harr", 0x2194},
	{"rArr", 0x21d2}, {"ne", 0x2260}, {"le", 0x2264}, {"ge", 0x2265}, {"check", 0x2713},
	{"vert", '|'}, {"ast", '*'}, {"lowbar", '_'}, {"grave", '`'}, {"lsqb", '['},
	{"rsqb", ']'}, {"num", '#'}, {"Tab", '\t'}, {"NewLine", '\n'},
};

static void add_code_point(struct str *to, uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r')
		str_addc(to, ' ');
	else if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff) || !utf8_printable(cp))
		str_addu(to, 0xfffd);
	else
		str_addu(to, cp);
}

void entity_add(struct str *to, const char *p, size_t n)
{
	char digits[16];

	if (n > 3 && n < sizeof digits && p[1] == '#') {
		int hex = p[2] == 'x' || p[2] == 'X';
		unsigned long value;

		memcpy(digits, p, n);
		digits[n - 1] = '\0';
		value = strtoul(digits + (hex ? 3 : 2), NULL, hex ? 16 : 10);
		add_code_point(to, value > 0x10ffff ? 0 : (uint32_t)value);
		return;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (n == strlen(entities[i].name) + 2 &&
		    memcmp(p + 1, entities[i].name, n - 2) == 0) {
			add_code_point(to, entities[i].cp);
			return;
		}
	str_addn(to, p, n);
}
