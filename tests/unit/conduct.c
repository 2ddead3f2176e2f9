/*
 * What a role did, whatever calls it made for that.
 */
#include "timeline/conduct.h"

#include "suites.h"
#include "timeline/pattern.h"

#include <string.h>

/*
 * Patterns.
 */

/* Give the bytes of TEXT in pieces of SIZE. Returns how many make PATTERN whole; -1: it is open
 * after all of them; -2: it is broken. */
static int walk(const char *kept, const char *text, size_t size)
{
	struct pattern pattern = pattern_make(kept, strlen(kept));
	struct pattern_walk at = {0};
	enum pattern_state state = PATTERN_OPEN;
	size_t len = strlen(text), given = 0, taken = 0;

	while (state == PATTERN_OPEN && given < len) {
		size_t n = len - given < size ? len - given : size;

		state = pattern_feed(&at, &pattern, text + given, n, &taken);
		given += state == PATTERN_WHOLE ? taken : n;
	}
	pattern_free(&pattern);
	return state == PATTERN_WHOLE ? (int)given : state == PATTERN_OPEN ? -1 : -2;
}

static void patterns(void)
{
	static const struct {
		const char *kept, *text;
		int taken;
	} rows[] = {
		{"GET\n", "GET\nGET\n", 4}, {"GET\n", "GET", -1}, {"GET\n", "GOT\n", -2},
		{"*\n", "hello\nmore", 6}, {"*\n", "\n", 1}, {"*\n", "hello", -1},
		{"OK*\n", "OK\n", 3}, {"OK*\n", "OK fine\nOK\n", 8}, {"OK*\n", "KO\n", -2},
		{"*aab", "aaab", 4}, {"*abab", "abaabab!", 7}, {"*a*b*c", "xaybzc.", 6},
		{"**a", "aa", 1}, {"\\*a", "*a", 2}, {"\\*a", "xa", -2}, {"\\\\*", "\\a", 2},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t size = 1; size < 4; size++) {
			/* What a star at the end stands for depends on the pieces. */
			if (rows[i].kept[strlen(rows[i].kept) - 1] == '*' && size == 1)
				continue;
			if (!CHECK_NUMBER(walk(rows[i].kept, rows[i].text, size), rows[i].taken))
				CHECK_TEXT(rows[i].kept, rows[i].text);
		}
}

static void a_star_at_the_end_takes_the_piece(void)
{
	CHECK_NUMBER(walk("OK*", "OK, and more", 64), 12);
	CHECK_NUMBER(walk("OK*", "OK, and more", 3), 3);
	CHECK_NUMBER(walk("*", "hello", 2), 2);
	CHECK_NUMBER(walk("*", "", 2), -1);
}

static const struct test tests[] = {
	{"patterns", patterns},
	{"a-star-at-the-end-takes-the-piece", a_star_at_the_end_takes_the_piece},
	{NULL, NULL},
};

const struct suite suite_conduct = {"conduct", NULL, NULL, tests};
