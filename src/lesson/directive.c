#include "lesson/directive.h"

#include "base/clock.h"
#include "base/duration.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MOST_S = 600 };
enum { SHOWN = 40 }; /* columns of a value that an error shows */

#define SPACE " \t\r\n"

/* One `key=value` of the comment being read. */
struct pair {
	struct str key;
	struct str value;
	int line;          /* a directive may take several lines */
};

/*
 * Keys: one row each. A setter returns NULL, or what would be right.
 */

static const char *set_text(char **to, const char *value)
{
	free(*to);
	*to = mem_strdup(value);
	return NULL;
}

bool directive_id_is_right(const char *text)
{
	size_t n = strlen(text);

	if (n == 0 || n > 64 || text[0] == '-' || text[n - 1] == '-')
		return false;
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static const char *set_id(struct demo *demo, const char *value)
{
	if (!directive_id_is_right(value))
		return "lower-case words joined by hyphens, such as vanished-peer";
	return set_text(&demo->id, value);
}

static const char *set_title(struct demo *demo, const char *value)
{
	return *value ? set_text(&demo->title, value) : "some text";
}

static const char *set_link(struct demo *demo, const char *value)
{
	if (link_find(value, strlen(value), &demo->link))
		return NULL;
	return "unix, unix-dgram, unix-seqpacket, pair, tcp, tcp6, udp or none";
}

static const char *set_misses(struct demo *demo, enum role role, const char *value)
{
	if (misses_parse(value, strlen(value), &demo->setup[role].misses))
		return NULL;
	return "FIN, RST, data or all, joined by commas";
}

static const char *set_a_misses(struct demo *demo, const char *value)
{
	return set_misses(demo, ROLE_A, value);
}

static const char *set_b_misses(struct demo *demo, const char *value)
{
	return set_misses(demo, ROLE_B, value);
}

static const char *set_sigpipe(struct demo *demo, enum role role, const char *value)
{
	bool ignore = strcmp(value, "ignore") == 0;

	if (!ignore && strcmp(value, "default") != 0)
		return "default or ignore";
	demo->setup[role].ignores_sigpipe = ignore;
	return NULL;
}

static const char *set_a_sigpipe(struct demo *demo, const char *value)
{
	return set_sigpipe(demo, ROLE_A, value);
}

static const char *set_b_sigpipe(struct demo *demo, const char *value)
{
	return set_sigpipe(demo, ROLE_B, value);
}

static const char *set_patience(struct demo *demo, const char *value)
{
	int64_t ns;

	if (!duration_parse(value, strlen(value), &ns) || ns > PATIENCE_MOST_S * CLOCK_S)
		return "a time such as 500ms or 10s, at most 10m";
	demo->patience = ns;
	return NULL;
}

/* Digits at *P into a row's number, 0 if there are none; *P goes on behind them. */
static int read_row(const char **p)
{
	int row = 0;

	for (; **p >= '0' && **p <= '9' && row < 1000; ++*p)
		row = row * 10 + (**p - '0');
	return row;
}

static const char *set_at_once(struct demo *demo, const char *value)
{
	const char *p = value;

	demo->at_once.first = read_row(&p);
	if (*p++ == '-')
		demo->at_once.last = read_row(&p);
	if (demo->at_once.first > 0 && demo->at_once.last > demo->at_once.first && !*p)
		return NULL;
	demo->at_once.first = demo->at_once.last = 0;
	return "the first and the last of some rows, such as 8-11";
}

static const char *set_settings(struct demo *demo, const char *value)
{
	if (settings_parse(value, &demo->settings, NULL))
		return NULL;
	return "one or more such as tcp_syn_retries=1, joined by commas";
}

static const struct {
	const char *name;
	const char *(*set)(struct demo *demo, const char *value);
} keys[] = {
	[KEY_ID] = {"id", set_id},
	[KEY_LINK] = {"link", set_link},
	[KEY_A_MISSES] = {"a-misses", set_a_misses},
	[KEY_B_MISSES] = {"b-misses", set_b_misses},
	[KEY_A_SIGPIPE] = {"a-sigpipe", set_a_sigpipe},
	[KEY_B_SIGPIPE] = {"b-sigpipe", set_b_sigpipe},
	[KEY_PATIENCE] = {"patience", set_patience},
	[KEY_AT_ONCE] = {"at-once", set_at_once},
	[KEY_SETTINGS] = {"settings", set_settings},
	[KEY_TITLE] = {"title", set_title},
};

enum { N_KEYS = sizeof keys / sizeof *keys };

const char *directive_key_name(enum demo_key key)
{
	return keys[key].name;
}

const char *directive_set(struct demo *demo, enum demo_key key, const char *value)
{
	return keys[key].set(demo, value);
}

/*
 * The comment.
 */

static const char *skip_space(const char *p, int *line)
{
	for (; *p && isspace((unsigned char)*p); p++)
		if (*p == '\n')
			++*line;
	return p;
}

/* Whether one of the pairs in TEXT has a key of a directive. */
static bool has_pair(const char *text)
{
	static const char *const others[] = {"allow", "forbid", "row", "choices"};
	size_t n;

	for (const char *p = text; *(p += strspn(p, SPACE)); p += n) {
		n = strcspn(p, "= \t\r\n");
		for (size_t i = 0; p[n] == '=' && i < N_KEYS; i++)
			if (strlen(keys[i].name) == n && memcmp(keys[i].name, p, n) == 0)
				return true;
		for (size_t i = 0; p[n] == '=' && i < sizeof others / sizeof *others; i++)
			if (strlen(others[i]) == n && memcmp(others[i], p, n) == 0)
				return true;
		n = p[n] == '=' ? n + 1 : n + (n == 0);
	}
	return false;
}

const char *directive_slip(const char *comment)
{
	static const char *const words[] = {"demo", "lab", "predict"};
	const char *p = comment + strspn(comment, SPACE);
	size_t n = strcspn(p, "=: \t\r\n");
	char *word = mem_strndup(p, n);
	struct near near = near_start(word);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		near_offer(&near, words[i]);
	if (near.best && near.distance == 0 && p[n] == ':' && strcmp(word, near.best) == 0)
		near.best = NULL; /* it is the directive */
	else if (!near.best && p[n] == '=')
		near.best = words[0];
	free(word);
	return near.best && has_pair(comment) ? near.best : NULL;
}

bool directive_is(const char *comment)
{
	int line = 0;

	return strncmp(skip_space(comment, &line), "demo:", 5) == 0;
}

/* The value after `=`: a bare word, or "text" in which \ takes the next character as it is. */
static const char *read_value(const char *p, struct str *value)
{
	if (*p != '"') {
		size_t n = strcspn(p, " \t\n");

		str_addn(value, p, n);
		return p + n;
	}
	for (p++; *p && *p != '"'; p++) {
		if (*p == '\\' && p[1])
			p++;
		str_addc(value, *p == '\n' ? ' ' : *p);
	}
	return *p ? p + 1 : NULL;
}

/* A directive being read. */
struct reader {
	struct demo *demo;
	const struct directive_key *more; /* keys of its own, or NULL */
	void *to;                         /* what those set */
	unsigned given;                   /* which of those were given, bit by bit */
	const char *file;
	struct errs *errs;
};

static void add_unknown_key(const struct reader *r, const struct pair *pair)
{
	const char *file = r->file;
	struct errs *errs = r->errs;
	struct near near = near_start(str_text(&pair->key));

	for (size_t i = 0; i < N_KEYS; i++)
		near_offer(&near, keys[i].name);
	for (const struct directive_key *key = r->more; key && key->name; key++)
		near_offer(&near, key->name);
	if (near.best)
		errs_add(errs, file, pair->line, "no key '%s' in a directive (did you mean '%s'?)",
			 str_text(&pair->key), near.best);
	else
		errs_add(errs, file, pair->line,
			 "no key '%s' in a directive; there are id, link, a-misses, b-misses, "
			 "a-sigpipe, b-sigpipe, patience, at-once, settings and title", str_text(&pair->key));
}

/* Which of them, and what it may be. */
static void say_wrong_settings(const struct pair *pair, const char *file, struct errs *errs)
{
	struct settings settings;
	struct str why = {0};

	settings_parse(str_text(&pair->value), &settings, &why);
	errs_add(errs, file, pair->line, "%s", str_text(&why));
	str_free(&why);
}

static void say_wrong_value(const struct pair *pair, const char *right, const char *file,
			    struct errs *errs)
{
	struct near near = near_start(str_text(&pair->value));

	if (strcmp(str_text(&pair->key), "link") == 0)
		for (int link = 0; link < LINKS; link++)
			near_offer(&near, link_spec((enum link)link)->name);
	if (near.best)
		errs_add(errs, file, pair->line, "no link '%s' (did you mean '%s'?)",
			 str_text(&pair->value), near.best);
	else
		errs_add(errs, file, pair->line, "%s=%s is wrong; it is %s",
			 str_text(&pair->key), str_text(&pair->value), right);
}

/* Whether this is the first time that KEY is given, which is otherwise said. */
static bool is_first(const struct reader *r, const struct pair *pair, bool given)
{
	if (given)
		errs_add(r->errs, r->file, pair->line, "%s is given twice; once is right",
			 str_text(&pair->key));
	return !given;
}

/* Returns whether it was one of the directive's own keys. */
static bool set_more(struct reader *r, const struct pair *pair)
{
	for (unsigned i = 0; r->more && r->more[i].name; i++) {
		const char *right;

		if (strcmp(str_text(&pair->key), r->more[i].name) != 0)
			continue;
		if (!is_first(r, pair, r->given & 1u << i))
			return true;
		right = r->more[i].set(r->to, str_text(&pair->value));
		if (right)
			say_wrong_value(pair, right, r->file, r->errs);
		r->given |= 1u << i;
		return true;
	}
	return false;
}

static void set_pair(struct reader *r, const struct pair *pair)
{
	struct demo *demo = r->demo;

	if (set_more(r, pair))
		return;
	for (size_t i = 0; i < N_KEYS; i++) {
		const char *right;

		if (strcmp(str_text(&pair->key), keys[i].name) != 0)
			continue;
		if (!is_first(r, pair, demo->given[i]))
			return;
		right = keys[i].set(demo, str_text(&pair->value));
		if (right && i == KEY_SETTINGS)
			say_wrong_settings(pair, r->file, r->errs);
		else if (right)
			say_wrong_value(pair, right, r->file, r->errs);
		else
			demo->given[i] = true;
		return;
	}
	add_unknown_key(r, pair);
}

/* Keys whose values may have spaces in them. */
static bool takes_text(const char *key)
{
	static const char *const names[] = {"title", "settings", "a-misses", "b-misses", "allow",
					    "forbid"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], key) == 0)
			return true;
	return false;
}

/* How long the bare value at P is with the words after it that are no pairs; 0 if there are
 * none. */
static size_t loose_length(const char *p)
{
	size_t first = strcspn(p, SPACE), end = first;

	for (;;) {
		const char *word = p + end + strspn(p + end, SPACE);
		size_t n = strcspn(word, "= \t\r\n");

		if (n == 0 || word[n + strspn(word + n, SPACE)] == '=')
			return end > first ? end : 0;
		end = (size_t)(word - p) + n;
	}
}

/* `title=Two words`, `title='Two words'` */
static const char *lacks_quotes(const struct pair *pair, const char *p, size_t n,
				const char *file, struct errs *errs)
{
	size_t in = *p == '\'' && n > 2 && p[n - 1] == '\'' ? 1 : 0;

	errs_add(errs, file, pair->line, "a value with a space in it stands between two \": "
		 "%s=\"%.*s\"", str_text(&pair->key), (int)utf8_fit(p + in, n - 2 * in, SHOWN), p + in);
	return p + n;
}

/* Reads one pair at P; returns what follows, or NULL when it cannot go on. */
static const char *read_pair(const char *p, struct pair *pair, const char *file, struct errs *errs)
{
	size_t n = strcspn(p, "= \t\n");
	const char *next = p + n + strspn(p + n, SPACE);
	enum link link;

	str_addn(&pair->key, p, n);
	if (*next != '=') {
		errs_add(errs, file, pair->line, "'%s' in a directive needs a value: %s%s",
			 str_text(&pair->key), link_find(p, n, &link) ? "link=" : str_text(&pair->key),
			 link_find(p, n, &link) ? str_text(&pair->key) : "=…");
		return p + n;
	}
	next++;
	next += strspn(next, SPACE);
	if (*next != '"' && takes_text(str_text(&pair->key)) && (n = loose_length(next)) > 0)
		return lacks_quotes(pair, next, n, file, errs);
	next = read_value(next, &pair->value);
	if (!next)
		errs_add(errs, file, pair->line, "the text of %s has no closing \"",
			 str_text(&pair->key));
	return next;
}

void directive_parse(struct demo *demo, const char *comment, const char *file, int line,
		     struct errs *errs)
{
	directive_parse_more(demo, "demo:", NULL, NULL, comment, file, line, errs);
}

void directive_parse_more(struct demo *demo, const char *word, const struct directive_key *more,
			  void *to, const char *comment, const char *file, int line,
			  struct errs *errs)
{
	struct reader r = {demo, more, to, 0, file, errs};
	const char *p = skip_space(comment, &line) + strlen(word);

	while (p && *(p = skip_space(p, &line))) {
		struct pair pair = {.line = line};
		size_t before = errs->list.n;
		const char *start = p;

		p = read_pair(p, &pair, file, errs);
		for (; p && start < p; start++)
			line += *start == '\n';
		if (errs->list.n == before)
			set_pair(&r, &pair);
		str_free(&pair.key);
		str_free(&pair.value);
	}
}

/*
 * Printing.
 */

/* Quoted when it needs to be; `-->` must not end the comment. */
static void print_text(struct str *to, const char *text)
{
	str_addc(to, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\' || *p == '>')
			str_addc(to, '\\');
		str_addc(to, *p);
	}
	str_addc(to, '"');
}

void directive_print_value(struct str *to, const struct demo *demo, enum demo_key key)
{
	switch (key) {
	case KEY_ID:
		str_add(to, demo->id);
		break;
	case KEY_LINK:
		str_add(to, link_spec(demo->link)->name);
		break;
	case KEY_A_MISSES:
		misses_print(to, demo->setup[ROLE_A].misses);
		break;
	case KEY_B_MISSES:
		misses_print(to, demo->setup[ROLE_B].misses);
		break;
	case KEY_A_SIGPIPE:
		str_add(to, demo->setup[ROLE_A].ignores_sigpipe ? "ignore" : "default");
		break;
	case KEY_B_SIGPIPE:
		str_add(to, demo->setup[ROLE_B].ignores_sigpipe ? "ignore" : "default");
		break;
	case KEY_PATIENCE:
		duration_print(to, demo->patience);
		break;
	case KEY_AT_ONCE:
		str_addf(to, "%d-%d", demo->at_once.first, demo->at_once.last);
		break;
	case KEY_SETTINGS:
		settings_print(to, &demo->settings);
		break;
	case KEY_TITLE:
		print_text(to, demo->title);
		break;
	}
}

static bool differs(const struct demo *demo, enum demo_key key)
{
	switch (key) {
	case KEY_ID:
	case KEY_TITLE:
		break; /* come from the heading unless they are given */
	case KEY_LINK:
		return demo->link != demo_default_link(demo);
	case KEY_A_MISSES:
		return demo->setup[ROLE_A].misses != 0;
	case KEY_B_MISSES:
		return demo->setup[ROLE_B].misses != 0;
	case KEY_A_SIGPIPE:
		return demo->setup[ROLE_A].ignores_sigpipe;
	case KEY_B_SIGPIPE:
		return demo->setup[ROLE_B].ignores_sigpipe;
	case KEY_PATIENCE:
		return demo->patience != DEMO_PATIENCE;
	case KEY_AT_ONCE:
		return demo->at_once.first > 0;
	case KEY_SETTINGS:
		return settings_any(&demo->settings);
	}
	return false;
}

void demo_print_directive(struct str *to, const struct demo *demo)
{
	size_t start = to->len;

	str_add(to, "<!-- demo:");
	for (int key = 0; key < N_KEYS; key++)
		if (demo->given[key] || differs(demo, (enum demo_key)key)) {
			str_addf(to, " %s=", keys[key].name);
			directive_print_value(to, demo, (enum demo_key)key);
		}
	if (str_text(to)[to->len - 1] == ':')
		str_cut(to, start);
	else
		str_add(to, " -->");
}
