#include "timeline/pattern.h"

struct pattern pattern_make(const char *text, size_t len)
{
	struct pattern p = {0};

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\' && i + 1 < len)
			vec_push(&p.tokens, (unsigned char)text[++i]);
		else if (text[i] != '*')
			vec_push(&p.tokens, (unsigned char)text[i]);
		else if (p.tokens.n == 0 || p.tokens.at[p.tokens.n - 1] != PATTERN_ANY)
			vec_push(&p.tokens, PATTERN_ANY);
	}
	return p;
}

void pattern_free(struct pattern *pattern)
{
	vec_free(&pattern->tokens);
}

/* The longest end of the first N tokens, shorter than N, that is their beginning too. */
static size_t border(const uint16_t *tokens, size_t n)
{
	for (size_t len = n; len-- > 1;) {
		size_t same = 0;

		while (same < len && tokens[same] == tokens[n - len + same])
			same++;
		if (same == len)
			return len;
	}
	return 0;
}

/* Go on to the next run of bytes. */
static void enter(struct pattern_walk *w, const struct pattern *p)
{
	w->at += w->matched;
	w->matched = 0;
	w->any = w->at < p->tokens.n && p->tokens.at[w->at] == PATTERN_ANY;
	w->at += w->any;
}

/* Whether the byte C can come next. */
static bool step(struct pattern_walk *w, const struct pattern *p, char c)
{
	const uint16_t *run = p->tokens.at + w->at;
	unsigned char byte = (unsigned char)c;
	size_t next;

	if (run[w->matched] != byte && !w->any)
		return false;
	while (w->matched > 0 && run[w->matched] != byte)
		w->matched = border(run, w->matched);
	w->matched += run[w->matched] == byte;
	next = w->at + w->matched;
	if (w->matched > 0 && (next == p->tokens.n || p->tokens.at[next] == PATTERN_ANY))
		enter(w, p);
	return true;
}

enum pattern_state pattern_feed(struct pattern_walk *walk, const struct pattern *pattern,
				const char *bytes, size_t n, size_t *taken)
{
	size_t tokens = pattern->tokens.n;
	size_t i = 0;

	*taken = n;
	if (walk->at == 0 && walk->matched == 0)
		enter(walk, pattern);
	while (walk->at < tokens && i < n)
		if (!step(walk, pattern, bytes[i++]))
			return PATTERN_BROKEN;
	if (walk->at < tokens || (walk->any && n == 0))
		return PATTERN_OPEN;
	*taken = walk->any ? n : i;
	return PATTERN_WHOLE;
}

void pattern_add_byte(struct str *to, char c)
{
	if (c == '*' || c == '\\')
		str_addc(to, '\\');
	str_addc(to, c);
}

void pattern_print(struct str *to, const char *text, size_t len)
{
	struct str run = {0};

	for (size_t i = 0; i <= len; i++) {
		bool kept = i + 1 < len && text[i] == '\\';

		if (i < len && text[i] != '*' && !(kept && text[i + 1] == '*')) {
			i += kept;
			str_addc(&run, text[i]);
			continue;
		}
		str_add_quoted(to, str_text(&run), run.len, 0);
		str_cut(&run, 0);
		if (i < len)
			str_add(to, kept ? "\\*" : "*");
		i += kept;
	}
	str_free(&run);
}
