#include "lesson/widen.h"

#include "lesson/lines.h"

#include <string.h>

enum { CODE_INDENT = 4, HYPHENS = 3, FENCE = 3 };

/* Where the text is: in code or a comment nothing is a table. */
struct place {
	char fence;        /* '`' or '~' in fenced code, else 0 */
	size_t length;     /* of that fence */
	bool comment;
};

static size_t run_length(struct line line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == line.p[0])
		n++;
	return n;
}

static bool holds(struct line line, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i + n <= line.n; i++)
		if (memcmp(line.p + i, text, n) == 0)
			return true;
	return false;
}

static void open_place(struct place *place, struct line line)
{
	struct line in = line_inside(line, true, NULL);
	size_t run = run_length(in);

	if (in.n >= 4 && memcmp(in.p, "<!--", 4) == 0)
		place->comment = !holds(line, "-->");
	if (run < FENCE || (*in.p != '`' && *in.p != '~') ||
	    (*in.p == '`' && memchr(in.p + run, '`', in.n - run)))
		return;
	place->fence = *in.p;
	place->length = run;
}

static bool closes(const struct place *place, struct line line)
{
	line = line_trimmed(line_inside(line, false, NULL));
	return line.n >= place->length && *line.p == place->fence && run_length(line) == line.n;
}

/* Returns whether LINE is in code or a comment, with their first and last line. */
static bool follow(struct place *place, struct line line)
{
	if (place->comment) {
		place->comment = !holds(line, "-->");
		return true;
	}
	if (place->fence) {
		if (closes(place, line))
			place->fence = '\0';
		return true;
	}
	open_place(place, line);
	return place->comment || place->fence;
}

enum rule { RULE_NONE, RULE_SHORT, RULE_LONG };

/* Whether LINE is the rule of a table, and whether a run of its hyphens is too short. */
static enum rule rule_of(struct line line)
{
	bool bar = false, any = false, too_short = false;
	size_t indent, run = 0;

	line = line_inside(line, false, &indent);
	if (indent >= CODE_INDENT)
		return RULE_NONE;
	for (size_t i = 0; i <= line.n; i++) {
		char c = i < line.n ? line.p[i] : ' ';

		if (!strchr("|:- \t", c))
			return RULE_NONE;
		bar = bar || c == '|';
		any = any || c == '-';
		too_short = too_short || (c != '-' && run > 0 && run < HYPHENS);
		run = c == '-' ? run + 1 : 0;
	}
	if (!bar || !any)
		return RULE_NONE;
	return too_short ? RULE_SHORT : RULE_LONG;
}

static void add_widened(struct str *to, struct line line)
{
	for (size_t i = 0, run = 0; i < line.n; i++) {
		bool last = i + 1 == line.n || line.p[i + 1] != '-';

		str_addc(to, line.p[i]);
		run = line.p[i] == '-' ? run + 1 : 0;
		for (size_t n = run; last && n > 0 && n < HYPHENS; n++)
			str_addc(to, '-');
	}
}

/* Whether LINE, after BEFORE, is a rule that is too short. In a table, up to the next blank
 * line, `| - |` is a row. */
static bool is_short_rule(bool *table, struct line before, struct line line)
{
	enum rule rule = RULE_NONE;

	if (line_inside(line, false, NULL).n == 0)
		*table = false;
	if (!*table && memchr(before.p, '|', before.n))
		rule = rule_of(line);
	*table = *table || rule != RULE_NONE;
	return rule == RULE_SHORT;
}

void widen_rules(struct str *text)
{
	const char *p = str_text(text), *end = p + text->len;
	struct line before = {p, 0};
	struct place place = {0};
	struct str out = {0};
	bool table = false;

	str_addn(&out, "", 0);
	while (p < end) {
		struct line line = line_next(&p, end);

		if (!follow(&place, line) && is_short_rule(&table, before, line))
			add_widened(&out, line);
		else
			str_addn(&out, line.p, line.n);
		if (line.p + line.n < end)
			str_addc(&out, '\n');
		before = line;
	}
	str_free(text);
	*text = out;
}
