#include "lesson/front.h"

#include "base/mem.h"
#include "base/near.h"
#include "lesson/html.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_MOST = 9999 };

/* One key with its value, as read. */
struct entry {
	struct str key;
	struct str value;
	VEC(char *) items;   /* `- a` lines below it */
	int line;
};

struct reader {
	struct lesson *lesson;
	struct errs *errs;
	struct entry entry;
};

/*
 * Values.
 */

/* The N bytes at P without white space around them; tabs become spaces. */
static char *plain(const char *p, size_t n)
{
	char *text = html_trim(p, n);

	for (char *c = text; *c; c++)
		if (*c == '\t')
			*c = ' ';
	return text;
}

static char *unquote(const char *p, size_t n)
{
	struct str s = {0};
	char quote = n >= 2 && p[0] == p[n - 1] ? p[0] : '\0';

	if (quote != '"' && quote != '\'')
		return html_trim(p, n);
	for (size_t i = 1; i < n - 1; i++) {
		if (quote == '"' && p[i] == '\\' && i + 1 < n - 1)
			i++;
		else if (quote == '\'' && p[i] == '\'' && p[i + 1] == '\'' && i + 1 < n - 1)
			i++;
		str_addc(&s, p[i]);
	}
	return str_take(&s);
}

/* One line of text; NULL when nothing is there. */
static char *text_value(const struct str *value)
{
	char *trimmed = html_trim(str_text(value), value->len);
	char *text = unquote(trimmed, strlen(trimmed));

	free(trimmed);
	if (*text)
		return text;
	free(text);
	return NULL;
}

static void set_text(char **to, struct reader *r)
{
	free(*to);
	*to = text_value(&r->entry.value);
}

static void set_title(struct reader *r)
{
	set_text(&r->lesson->title, r);
}

static void set_summary(struct reader *r)
{
	set_text(&r->lesson->summary, r);
}

static void set_number(int *to, struct reader *r)
{
	char *text = text_value(&r->entry.value), *end = text;
	long value = text ? strtol(text, &end, 10) : -1;

	if (!text || end == text || *end || value < 0 || value > NUMBER_MOST)
		errs_add(r->errs, r->lesson->file, r->entry.line,
			 "%s is a number, 0 to %d, not '%s'", str_text(&r->entry.key),
			 NUMBER_MOST, text ? text : "");
	else
		*to = (int)value;
	free(text);
}

static void set_minutes(struct reader *r)
{
	r->lesson->minutes_line = r->entry.line;
	set_number(&r->lesson->minutes, r);
}

static void set_order(struct reader *r)
{
	r->lesson->order_line = r->entry.line;
	set_number(&r->lesson->order, r);
}

static void add_after(struct reader *r, const char *p, size_t n)
{
	char *trimmed = html_trim(p, n);
	char *id = unquote(trimmed, strlen(trimmed));

	free(trimmed);
	if (!*id || strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "0123456789._-") != strlen(id)) {
		errs_add(r->errs, r->lesson->file, r->entry.line,
			 "after names lessons by their id, such as connection-reset, not '%s'", id);
		free(id);
		return;
	}
	vec_push(&r->lesson->after, id);
}

static void set_after(struct reader *r)
{
	char *text = html_trim(str_text(&r->entry.value), r->entry.value.len);
	size_t n = strlen(text);
	char *p = text;

	r->lesson->after_line = r->entry.line;
	if (n >= 2 && p[0] == '[' && p[n - 1] == ']') {
		p[n - 1] = '\0';
		p++;
	}
	while (*p) {
		size_t len = strcspn(p, ",");

		if (p[len] || strspn(p, " \t") < len)
			add_after(r, p, len);
		p += len + (p[len] == ',');
	}
	for (size_t i = 0; i < r->entry.items.n; i++)
		add_after(r, r->entry.items.at[i], strlen(r->entry.items.at[i]));
	free(text);
}

static const struct {
	const char *name;
	void (*set)(struct reader *r);
} keys[] = {
	{"title", set_title}, {"summary", set_summary}, {"minutes", set_minutes},
	{"order", set_order}, {"after", set_after},
};

enum { N_KEYS = sizeof keys / sizeof *keys };

const char *front_key_at(size_t i)
{
	return i < N_KEYS ? keys[i].name : NULL;
}

/*
 * Lines.
 */

static size_t line_length(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? (size_t)(newline - p) : (size_t)(end - p);
}

static const char *next_line(const char *p, const char *end)
{
	p += line_length(p, end);
	return p < end ? p + 1 : end;
}

static bool is_fence(const char *p, const char *end, const char *fence)
{
	size_t n = line_length(p, end);

	while (n > 3 && (p[n - 1] == ' ' || p[n - 1] == '\t'))
		n--;
	return n == 3 && memcmp(p, fence, 3) == 0;
}

/* The length of the key in `key: value`, or 0. */
static size_t key_length(const char *p, const char *end)
{
	size_t line = line_length(p, end), n = 0;

	while (n < line && (p[n] == '_' || p[n] == '-' || (p[n] >= '0' && p[n] <= '9') ||
			    (p[n] >= 'a' && p[n] <= 'z') || (p[n] >= 'A' && p[n] <= 'Z')))
		n++;
	if (n == 0 || n == line || p[n] != ':' || p[0] == '-')
		return 0;
	return n + 1 == line || p[n + 1] == ' ' || p[n + 1] == '\t' ? n : 0;
}

static bool is_other_line(const char *p, const char *end)
{
	size_t n = line_length(p, end);

	return n == 0 || p[0] == ' ' || p[0] == '\t' || p[0] == '#' ||
	       (p[0] == '-' && n > 1 && p[1] == ' ');
}

static bool is_key(const char *p, size_t n)
{
	for (size_t i = 0; i < N_KEYS; i++)
		if (strlen(keys[i].name) == n && memcmp(keys[i].name, p, n) == 0)
			return true;
	return false;
}

/* The line that ends the front matter, or NULL when there is none; *CUT when its lines
 * looked right up to the end of the text, or when they began with a key of a lesson. */
static const char *find_end(const char *p, const char *end, bool *cut)
{
	bool ours = is_key(p, key_length(p, end));

	*cut = false;
	if (!key_length(p, end))
		return NULL;
	for (; p < end; p = next_line(p, end)) {
		if (is_fence(p, end, "---") || is_fence(p, end, "..."))
			return p;
		if (!key_length(p, end) && !is_other_line(p, end)) {
			*cut = ours;
			return NULL;
		}
	}
	*cut = true;
	return NULL;
}

/* Other programs have keys of their own, so only what looks like a slip is an error. */
static void use_entry(struct reader *r)
{
	struct near near = near_start(str_text(&r->entry.key));

	for (size_t i = 0; i < N_KEYS; i++) {
		if (str_same(near.word, keys[i].name)) {
			keys[i].set(r);
			return;
		}
		near_offer(&near, keys[i].name);
	}
	if (near.best && near.distance == 1)
		errs_add(r->errs, r->lesson->file, r->entry.line,
			 "no key '%s' in the front matter (did you mean '%s'?)", near.word,
			 near.best);
}

static void finish_entry(struct reader *r)
{
	struct entry *e = &r->entry;

	use_entry(r);
	str_free(&e->key);
	str_free(&e->value);
	for (size_t i = 0; i < e->items.n; i++)
		free(e->items.at[i]);
	vec_free(&e->items);
}

/* A line below a key: `- item`, or more of its value. `>` and `|` only announce it. */
static void add_line(struct entry *e, const char *p, size_t n)
{
	char *text = plain(p, n);

	if (*text == '#' || !*text) {
		free(text);
		return;
	}
	if (text[0] == '-' && text[1] == ' ') {
		vec_push(&e->items, mem_strdup(text + 2));
		free(text);
		return;
	}
	if (str_same(str_text(&e->value), ">") || str_same(str_text(&e->value), "|"))
		str_cut(&e->value, 0);
	if (e->value.len)
		str_addc(&e->value, ' ');
	str_add(&e->value, text);
	free(text);
}

static void start_entry(struct reader *r, const char *p, size_t key, size_t n, int line)
{
	char *value = plain(p + key + 1, n - key - 1);

	finish_entry(r);
	str_addn(&r->entry.key, p, key);
	str_add(&r->entry.value, value);
	r->entry.line = line;
	free(value);
}

const char *front_parse(struct lesson *lesson, const char *text, size_t len, struct errs *errs)
{
	const char *end = text + len, *p = next_line(text, end), *stop;
	struct reader r = {.lesson = lesson, .errs = errs};
	bool cut;
	int line = 2;

	if (!is_fence(text, end, "---"))
		return text;
	stop = find_end(p, end, &cut);
	if (cut)
		errs_add(errs, lesson->file, 1, "the front matter that begins here has no end; it "
						"needs a line of three hyphens, ---");
	if (!stop)
		return text;
	for (; p < stop; p = next_line(p, end), line++) {
		if (key_length(p, end))
			start_entry(&r, p, key_length(p, end), line_length(p, end), line);
		else
			add_line(&r.entry, p, line_length(p, end));
	}
	finish_entry(&r);
	return next_line(stop, end);
}

/*
 * Printing.
 */

static void print_text(struct str *to, const char *key, const char *text)
{
	size_t n = strlen(text);
	bool bare = !strchr(" \"'[]{}>|#&*!%@`-,?:", text[0]) && text[n - 1] != ' ' &&
		     text[n - 1] != '"' && text[n - 1] != '\'';

	if (bare) {
		str_addf(to, "%s: %s\n", key, text);
		return;
	}
	str_addf(to, "%s: \"", key);
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			str_addc(to, '\\');
		str_addc(to, *p);
	}
	str_add(to, "\"\n");
}

static void print_after(struct str *to, const struct lesson *lesson)
{
	str_add(to, "after: [");
	for (size_t i = 0; i < lesson->after.n; i++)
		str_addf(to, "%s%s", i ? ", " : "", lesson->after.at[i]);
	str_add(to, "]\n");
}

void front_print(struct str *to, const struct lesson *lesson, const char *title)
{
	struct str body = {0};

	if (!str_same(lesson->title, title))
		print_text(&body, "title", lesson->title);
	if (lesson->summary)
		print_text(&body, "summary", lesson->summary);
	if (lesson->minutes)
		str_addf(&body, "minutes: %d\n", lesson->minutes);
	if (lesson->order)
		str_addf(&body, "order: %d\n", lesson->order);
	if (lesson->after.n)
		print_after(&body, lesson);
	if (body.len)
		str_addf(to, "---\n%s---\n\n", str_text(&body));
	str_free(&body);
}
