#include "lesson/pad.h"

#include "lesson/lines.h"

#include <stdbool.h>

enum { RESIDUES = PAD_MOST + 1, ITEM = 4 /* MD_BLOCK_LI */ };

/* How often each last byte of an offset occurs that could be mistaken. */
struct residues {
	const char *text;
	unsigned short count[RESIDUES];
};

static void count(struct residues *r, const char *p)
{
	unsigned short *n = &r->count[(size_t)(p - r->text) % RESIDUES];

	if (*n < (unsigned short)-1)
		++*n;
}

/* A line that stands in a list, and that a blank line follows (or a fence and a blank line):
 * its offsets are where its text begins, with and without the hashes of a heading, and its
 * end. */
static void count_line(struct residues *r, struct line line)
{
	struct line in = line_inside(line, true, NULL);

	if (in.p == line.p)
		return;
	count(r, in.p);
	while (in.n > 0 && (*in.p == '#' || *in.p == ' ')) {
		in.p++;
		in.n--;
	}
	count(r, in.p);
	count(r, line.p + line.n);
	count(r, line_trimmed(line).p + line_trimmed(line).n);
}

static bool is_blank(struct line line)
{
	return line_inside(line, false, NULL).n == 0;
}

size_t pad_for(const char *text, size_t n)
{
	struct residues r = {.text = text};
	struct line before[2] = {{text, 0}, {text, 0}};
	const char *p = text, *end = text + n;
	size_t best = 0;

	while (p < end) {
		struct line line = line_next(&p, end);

		if (is_blank(line)) {
			count_line(&r, before[0]);
			count_line(&r, before[1]);
		}
		before[0] = before[1];
		before[1] = line;
	}
	for (size_t pad = 0; pad < RESIDUES; pad++)
		if (r.count[(RESIDUES + ITEM - pad) % RESIDUES] <
		    r.count[(RESIDUES + ITEM - best) % RESIDUES])
			best = pad;
	return best;
}
