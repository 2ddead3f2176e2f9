#include "base/near.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 40 };

static int same_letter(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment distance, letters compared without case. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t d[LONGEST + 1][LONGEST + 1];

	for (size_t i = 0; i <= n; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= n; i++)
		for (size_t j = 1; j <= m; j++) {
			size_t change = same_letter(a[i - 1], b[j - 1]) ? 0 : 1;

			d[i][j] = least(d[i - 1][j - 1] + change,
					least(d[i - 1][j], d[i][j - 1]) + 1);
			if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
			    same_letter(a[i - 2], b[j - 1]))
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[n][m];
}

struct near near_start(const char *word)
{
	return (struct near){word, NULL, 0};
}

void near_offer(struct near *near, const char *name)
{
	size_t n = strlen(near->word), m = strlen(name), d;

	if (n == 0 || n > LONGEST || m > LONGEST)
		return;
	d = edit_distance(near->word, n, name, m);
	if (d > (n > m ? n : m) / 3 + 1 || d >= n || (near->best && d >= near->distance))
		return;
	near->best = name;
	near->distance = d;
}
