#include "base/argv.h"

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <string.h>

struct words {
	VEC(char *) list;
};

/* What means something else to a shell when it is not quoted. */
static bool is_special(char c)
{
	return strchr("|&;<>()$`*?[]{}~#!\n", c) != NULL;
}

static void words_free(struct words *words)
{
	for (size_t i = 0; i < words->list.n; i++)
		free(words->list.at[i]);
	vec_free(&words->list);
}

static char **end_words(struct words *words)
{
	vec_push(&words->list, NULL);
	return words->list.at;
}

/* Append what is between the quotes that begin at *AT, which goes behind them. False: only a shell
 * knows what it is. */
static bool take_quoted(struct str *word, const char **at)
{
	char quote = **at;
	const char *p = *at + 1;

	for (; *p && *p != quote; p++) {
		if (quote == '"' && (*p == '$' || *p == '`'))
			return false;
		if (quote == '"' && *p == '\\' && p[1] && strchr("\"\\", p[1]))
			p++;
		str_addc(word, *p);
	}
	*at = p + 1;
	return *p == quote;
}

/* The word at *AT, which goes behind it. False: likewise. */
static bool take_word(struct str *word, const char **at)
{
	const char *p = *at;

	while (*p && *p != ' ' && *p != '\t') {
		if (*p == '\'' || *p == '"') {
			if (!take_quoted(word, &p))
				return false;
		} else if (*p == '\\' && p[1]) {
			str_addc(word, p[1]);
			p += 2;
		} else if (is_special(*p)) {
			return false;
		} else {
			str_addc(word, *p++);
		}
	}
	*at = p;
	return true;
}

/* NAME=VALUE before a command sets a variable. */
static bool sets_variable(const struct words *words, const char *word)
{
	return words->list.n == 0 && strchr(word, '=');
}

static bool take_words(struct words *words, const char *line)
{
	for (line += strspn(line, " \t"); *line; line += strspn(line, " \t")) {
		struct str word = {0};
		bool taken = take_word(&word, &line) && !sets_variable(words, str_text(&word));

		if (taken)
			vec_push(&words->list, str_take(&word));
		str_free(&word);
		if (!taken)
			return false;
	}
	return true;
}

char **argv_read(const char *line)
{
	struct words words = {0};

	if (!take_words(&words, line)) {
		words_free(&words);
		vec_push(&words.list, mem_strdup("sh"));
		vec_push(&words.list, mem_strdup("-c"));
		vec_push(&words.list, mem_strdup(line));
	}
	return words.list.n ? end_words(&words) : NULL;
}

static bool needs_quotes(const char *word)
{
	if (!*word)
		return true;
	for (; *word; word++)
		if (is_special(*word) || strchr(" \t'\"\\=", *word))
			return true;
	return false;
}

char *argv_write(const char *const *words)
{
	struct str s = {0};

	for (size_t i = 0; words[i]; i++) {
		bool quotes = needs_quotes(words[i]);

		if (i > 0)
			str_addc(&s, ' ');
		if (quotes)
			str_addc(&s, '\'');
		for (const char *p = words[i]; *p; p++)
			if (*p == '\'')
				str_add(&s, "'\\''");
			else
				str_addc(&s, *p);
		if (quotes)
			str_addc(&s, '\'');
	}
	return str_take(&s);
}

void argv_free(char **words)
{
	for (size_t i = 0; words && words[i]; i++)
		free(words[i]);
	free(words);
}
