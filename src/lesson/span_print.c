/*
 * span_print.c - spans as Markdown that means the same again.
 *
 * Emphasis is written _so_ and **so**, which never run into each other.
 * Whether a mark opens or closes depends on its neighbours (CommonMark 0.30, 6.2);
 * where they are wrong, an empty comment stands between.
 */
#include "lesson/span.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

static const char separator[] = "<!-- -->";

enum { OPEN_MOST = 4 }; /* emphasis, strong, strike, link */

struct printer {
	struct str *to;
	const struct spans *spans;
	enum span_place place;
	size_t line;                 /* where the line began in `to` */
	unsigned open[OPEN_MOST];    /* SPAN_* marks that are open, outermost first */
	size_t n_open;
	const char *href;            /* of the open link */
};

static bool is_alnum(char c)
{
	return isalnum((unsigned char)c) && (unsigned char)c < 0x80;
}

static bool is_soft(char c)
{
	/* White space or ASCII punctuation: a mark beside it does what it should. */
	return (unsigned char)c < 0x80 && !is_alnum(c);
}

/*
 * Text.
 */

static bool is_wide_space(uint32_t cp)
{
	return cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f ||
	       cp == 0x205f || cp == 0x3000;
}

/* Whether `1.` or `1)` at P would begin a list: then the length of the digits. */
static size_t list_digits(const char *p)
{
	size_t n = strspn(p, "0123456789");

	if (n == 0 || n > 9 || (p[n] != '.' && p[n] != ')'))
		return 0;
	return p[n + 1] == '\0' || p[n + 1] == ' ' ? n : 0;
}

/* Whether the character at P needs a backslash; FIRST: it begins a line. */
static bool needs_escape(const struct printer *pr, const char *text, const char *p, bool first)
{
	if (first && pr->place != PLACE_CELL && strchr("#+-=:>|", *p))
		return true;
	switch (*p) {
	case '\\': case '`': case '*': case '[': case ']': case '<': case '~':
		return true;
	case '_':
		return !(p > text && is_alnum(p[-1]) && is_alnum(p[1]));
	case '&':
		return p[1] == '#' || is_alnum(p[1]) || p[1] == '\0';
	case '!':
		return p[1] == '\0';
	case '|':
		return pr->place == PLACE_CELL;
	case '#':
		return pr->place == PLACE_HEADING && p[1] == '\0';
	}
	return false;
}

static void print_text(struct printer *pr, const char *text)
{
	bool first = pr->to->len == pr->line;
	const char *delimiter = NULL;

	if (first && pr->place != PLACE_CELL && list_digits(text))
		delimiter = text + list_digits(text);
	for (const char *p = text; *p;) {
		uint32_t cp;
		size_t step = utf8_get(p, strlen(p) < 4 ? strlen(p) : 4, &cp);

		if (is_wide_space(cp)) {
			str_addf(pr->to, "&#%u;", (unsigned)cp);
		} else {
			if (p == delimiter || needs_escape(pr, text, p, first && p == text))
				str_addc(pr->to, '\\');
			str_addn(pr->to, p, step);
		}
		p += step;
	}
}

static bool needs_padding(const char *text)
{
	size_t n = strlen(text);

	if (text[0] == '`' || text[n - 1] == '`')
		return true;
	return text[0] == ' ' && text[n - 1] == ' ' && strspn(text, " ") < n;
}

static void print_code(struct printer *pr, const char *text)
{
	size_t fence = span_code_fence(text);
	const char *pad = needs_padding(text) ? " " : "";

	for (size_t i = 0; i < fence; i++)
		str_addc(pr->to, '`');
	str_add(pr->to, pad);
	for (const char *p = text; *p; p++) {
		if (*p == '|' && pr->place == PLACE_CELL)
			str_addc(pr->to, '\\');
		str_addc(pr->to, *p);
	}
	str_add(pr->to, pad);
	for (size_t i = 0; i < fence; i++)
		str_addc(pr->to, '`');
}

static bool any_emphasis(const struct spans *spans)
{
	for (size_t i = 0; i < spans->n; i++)
		if (spans->at[i].style & SPAN_EM)
			return true;
	return false;
}

/* Without < and >, which could begin HTML. What could be a mark of the text is written as a
 * number: a backtick, for one, would begin code. */
static void print_href(struct printer *pr, const char *href)
{
	static const char plain[] = "-./:#?=%+@,$;^{}\"'";
	bool emphasis = any_emphasis(pr->spans);

	if (!*href)
		str_add(pr->to, "<>");
	for (const char *p = href; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c >= 0x80 || is_alnum(*p) || strchr(plain, *p) || (*p == '_' && !emphasis))
			str_addc(pr->to, *p);
		else
			str_addf(pr->to, "&#%d;", *p);
	}
}

static void print_link_end(struct printer *pr, const char *href)
{
	str_add(pr->to, "](");
	print_href(pr, href);
	str_addc(pr->to, ')');
}

/*
 * Marks.
 */

static const char *mark_text(unsigned bit)
{
	switch (bit) {
	case SPAN_EM:
		return "_";
	case SPAN_STRONG:
		return "**";
	case SPAN_STRIKE:
		return "~~";
	}
	return "[";
}

static bool span_has(const struct span *span, unsigned bit, const char *href)
{
	return span->style & bit && (bit != SPAN_LINK || str_same(span->href, href));
}

/* How many spans from I on have BIT. */
static size_t lasts(const struct printer *pr, size_t i, unsigned bit)
{
	size_t n = 0;
	const char *href = pr->spans->at[i].href;

	while (i + n < pr->spans->n && span_has(&pr->spans->at[i + n], bit, href))
		n++;
	return n;
}

/* The mark of span I that is not open yet and lasts longest, or 0. */
static unsigned next_mark(const struct printer *pr, size_t i)
{
	static const unsigned bits[OPEN_MOST] = {SPAN_LINK, SPAN_STRONG, SPAN_EM, SPAN_STRIKE};
	unsigned best = 0;
	size_t most = 0;

	for (size_t k = 0; k < OPEN_MOST; k++) {
		bool open = false;

		for (size_t j = 0; j < pr->n_open; j++)
			open = open || pr->open[j] == bits[k];
		if (!open && lasts(pr, i, bits[k]) > most) {
			most = lasts(pr, i, bits[k]);
			best = bits[k];
		}
	}
	return best;
}

static bool all_open_last(const struct printer *pr, const struct span *span)
{
	for (size_t i = 0; i < pr->n_open; i++)
		if (!span_has(span, pr->open[i], pr->href))
			return false;
	return true;
}

/* Close from the inside until only marks are open that span I (NULL: the end) has too. */
static bool close_marks(struct printer *pr, const struct span *span)
{
	bool emphasis = false;

	while (pr->n_open > 0 && !(span && all_open_last(pr, span))) {
		unsigned bit = pr->open[--pr->n_open];

		if (bit == SPAN_LINK)
			print_link_end(pr, pr->href);
		else
			str_add(pr->to, mark_text(bit));
		emphasis = bit == SPAN_EM || bit == SPAN_STRONG;
	}
	return emphasis;
}

static bool open_marks(struct printer *pr, size_t i)
{
	unsigned bit;
	bool any = false;

	while ((bit = next_mark(pr, i)) != 0) {
		size_t len = pr->to->len;

		if ((bit == SPAN_EM || bit == SPAN_STRONG) && len > pr->line &&
		    !is_soft(pr->to->p[len - 1]))
			str_add(pr->to, separator);
		if (bit == SPAN_LINK)
			pr->href = pr->spans->at[i].href;
		str_add(pr->to, mark_text(bit));
		pr->open[pr->n_open++] = bit;
		any = true;
	}
	return any;
}

static void print_span(struct printer *pr, size_t i)
{
	const struct span *span = &pr->spans->at[i];
	bool closed = close_marks(pr, span);
	bool opened = open_marks(pr, i);

	if (closed && !opened && !(span->style & (SPAN_CODE | SPAN_IMAGE)) &&
	    !is_soft(span->text[0]))
		str_add(pr->to, separator);
	if (span->style & SPAN_IMAGE) {
		str_add(pr->to, "![");
		print_text(pr, span->text);
		print_link_end(pr, span->href);
	} else if (span->style & SPAN_CODE) {
		print_code(pr, span->text);
	} else {
		/* No mark opens before white space. */
		if (opened && span->text[0] == ' ')
			str_add(pr->to, "&#32;");
		print_text(pr, span->text + (opened && span->text[0] == ' '));
	}
}

void spans_print(struct str *to, const struct spans *spans, enum span_place place,
		 const char *prefix)
{
	struct printer pr = {.to = to, .spans = spans, .place = place, .line = to->len};

	for (size_t i = 0; i < spans->n; i++) {
		if (!(spans->at[i].style & SPAN_BREAK)) {
			print_span(&pr, i);
			continue;
		}
		close_marks(&pr, NULL);
		str_addf(to, "\\\n%s", prefix);
		pr.line = to->len;
	}
	close_marks(&pr, NULL);
}
