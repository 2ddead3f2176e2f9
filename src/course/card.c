#include "course/card.h"

#include "base/near.h"
#include "base/place.h"
#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifndef SOCKTUTOR_DATA_DIR
#define SOCKTUTOR_DATA_DIR "/usr/local/share/socktutor"
#endif

enum { CARDS_MOST_BYTES = 1 << 20 };

static const struct {
	const char *name;
	const char *title;
} kinds[] = {
	/* The names are the file's; on a card's head they are words. */
	{N_("errno"), N_("Errors")}, {N_("signal"), N_("Signals")},
	{N_("call"), N_("Calls")},   {N_("flag"), N_("Flags and options")},
	{N_("state"), N_("States")}, {N_("word"), N_("Words")},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

const char *card_kind_at(size_t i, const char **title)
{
	if (i >= N_KINDS)
		return NULL;
	if (title)
		*title = kinds[i].title;
	return kinds[i].name;
}

static void card_clear(struct card *card)
{
	for (size_t i = 0; i < card->also.n; i++)
		free(card->also.at[i]);
	vec_free(&card->also);
	free(card->name);
	free(card->kind);
	free(card->means);
	free(card->when);
	free(card->todo);
	free(card->man);
	*card = (struct card){0};
}

/*
 * Parsing.
 */

struct reader {
	struct cards *cards;
	const char *file;
	struct errs *errs;
	bool whole;             /* each card is complete */
	int line;
	struct card card;       /* the one being read; no name: none */
	struct str also;
	struct str *text;       /* what a line that goes on goes on with, or NULL */
	struct str texts[4];    /* means, when, todo, man */
};

static const char *const text_keys[] = {"means", "when", "todo", "man"};

static bool is_kind(const char *word)
{
	for (size_t i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].name, word) == 0)
			return true;
	return false;
}

static char *trimmed(const char *p, size_t n)
{
	while (n && isspace((unsigned char)*p))
		p++, n--;
	while (n && isspace((unsigned char)p[n - 1]))
		n--;
	return utf8_clean(p, n);
}

/* `ECONNRESET (errno)` */
static void read_head(struct reader *r, const char *line, size_t n)
{
	const char *open = memrchr(line, '(', n);
	struct card card = {.line = r->line};

	if (open && line[n - 1] == ')') {
		card.name = trimmed(line, (size_t)(open - line));
		card.kind = mem_strndup(open + 1, (size_t)(line + n - 1 - open - 1));
	}
	if (card.name && *card.name && is_kind(card.kind)) {
		r->card = card;
		return;
	}
	errs_add(r->errs, r->file, r->line, "'%.*s' begins no card; its name and kind do, as in "
		 "ECONNRESET (errno)", n < 60 ? (int)n : 60, line);
	card_clear(&card);
}

static struct str *text_of(struct reader *r, const char *line, size_t n)
{
	if (n == 4 && memcmp(line, "also", n) == 0)
		return &r->also;
	for (size_t i = 0; i < sizeof text_keys / sizeof *text_keys; i++)
		if (strlen(text_keys[i]) == n && memcmp(line, text_keys[i], n) == 0)
			return &r->texts[i];
	return NULL;
}

static void add_text(struct reader *r, const char *p, size_t n)
{
	char *text = trimmed(p, n);

	if (r->text->len && *text)
		str_addc(r->text, ' ');
	str_add(r->text, text);
	free(text);
}

/* `means: …` */
static void read_text(struct reader *r, const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);

	r->text = colon ? text_of(r, line, (size_t)(colon - line)) : NULL;
	if (!r->text) {
		errs_add(r->errs, r->file, r->line, "a line of a card begins with also:, means:, "
			 "when:, todo: or man:, or with white space");
	} else if (r->text->len) {
		errs_add(r->errs, r->file, r->line, "%.*s is given twice; once is right",
			 (int)(colon - line), line);
		r->text = NULL;
	} else {
		add_text(r, colon + 1, (size_t)(line + n - colon - 1));
	}
}

static void split_also(struct card *card, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, ",");
		char *name = trimmed(text, n);

		if (*name)
			vec_push(&card->also, name);
		else
			free(name);
		text += n + (text[n] == ',');
	}
}

static bool is_taken(const struct cards *cards, const char *name)
{
	for (size_t i = 0; i < cards->list.n; i++) {
		const struct card *card = &cards->list.at[i];

		if (str_same(card->name, name))
			return true;
		for (size_t k = 0; k < card->also.n; k++)
			if (str_same(card->also.at[k], name))
				return true;
	}
	return false;
}

static void check_card(struct reader *r)
{
	const struct card *card = &r->card;

	for (size_t i = 0; i < 4 && r->whole; i++)
		if (r->texts[i].len == 0 && strcmp(text_keys[i], "todo") != 0)
			errs_add(r->errs, r->file, card->line, "the card %s does not say %s:",
				 card->name, text_keys[i]);
	if (is_taken(r->cards, card->name))
		errs_add(r->errs, r->file, card->line, "there is another card %s", card->name);
	for (size_t i = 0; i < card->also.n; i++)
		if (is_taken(r->cards, card->also.at[i]))
			errs_add(r->errs, r->file, card->line, "%s is another card's name, too",
				 card->also.at[i]);
}

static void end_card(struct reader *r)
{
	if (r->card.name) {
		split_also(&r->card, str_text(&r->also));
		check_card(r);
		r->card.means = str_take(&r->texts[0]);
		r->card.when = str_take(&r->texts[1]);
		r->card.todo = r->texts[2].len ? str_take(&r->texts[2]) : NULL;
		r->card.man = str_take(&r->texts[3]);
		vec_push(&r->cards->list, r->card);
	}
	r->card = (struct card){0};
	r->text = NULL;
	str_free(&r->also);
	for (size_t i = 0; i < 4; i++)
		str_free(&r->texts[i]);
}

static void read_line(struct reader *r, const char *line, size_t n)
{
	bool indented = n && isspace((unsigned char)*line);

	if (n && *line == '#')
		return;
	while (n && isspace((unsigned char)line[n - 1]))
		n--;
	if (n == 0)
		end_card(r);
	else if (indented && r->text)
		add_text(r, line, n);
	else if (r->card.name)
		read_text(r, line, n);
	else
		read_head(r, line, n);
}

static void parse(struct reader *r, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *next = newline ? newline : end;

		r->line++;
		read_line(r, text, (size_t)(next - text));
		text = newline ? next + 1 : end;
	}
	end_card(r);
}

void cards_parse(struct cards *cards, const char *file, const char *text, size_t len,
		 struct errs *errs)
{
	struct reader r = {.cards = cards, .file = file, .errs = errs, .whole = true};

	parse(&r, text, len);
}

/*
 * Other languages.
 */

/* Part FROM takes the place of TO; empty it does not. */
static void replace(char **to, char **from)
{
	if (!*from || !**from)
		return;
	free(*to);
	*to = *from;
	*from = NULL;
}

static void lay_over(struct card *card, struct card *over)
{
	replace(&card->means, &over->means);
	replace(&card->when, &over->when);
	replace(&card->todo, &over->todo);
	replace(&card->man, &over->man);
	for (size_t i = 0; i < over->also.n; i++)
		vec_push(&card->also, over->also.at[i]);
	over->also.n = 0;
}

/* The card that OVER translates, or NULL: then ERRS says why there is none. */
static struct card *translated(struct cards *cards, const struct card *over, const char *file,
			       struct errs *errs)
{
	struct near near = near_start(over->name);

	for (size_t i = 0; i < cards->list.n; i++) {
		struct card *card = &cards->list.at[i];

		near_offer(&near, card->name);
		if (!str_same(card->name, over->name))
			continue;
		if (str_same(card->kind, over->kind))
			return card;
		errs_add(errs, file, over->line, "%s is no %s; %s (%s) would be right", over->name,
			 over->kind, card->name, card->kind);
		return NULL;
	}
	errs_add(errs, file, over->line, "there is no card %s to translate%s%s%s", over->name,
		 near.best ? " (did you mean '" : "", near.best ? near.best : "",
		 near.best ? "'?)" : "");
	return NULL;
}

void cards_translate(struct cards *cards, const char *file, const char *text, size_t len,
		     struct errs *errs)
{
	struct cards over = {0};
	struct reader r = {.cards = &over, .file = file, .errs = errs};

	parse(&r, text, len);
	for (size_t i = 0; i < over.list.n; i++) {
		struct card *card = translated(cards, &over.list.at[i], file, errs);

		if (card)
			lay_over(card, &over.list.at[i]);
	}
	cards_free(&over);
}

/*
 * The data files.
 */

typedef void take_cards(struct cards *cards, const char *file, const char *text, size_t len,
			struct errs *errs);

/* Returns 0, or the errno that says why PATH cannot be read. */
static int read_file(struct cards *cards, const char *path, take_cards *take, struct errs *errs)
{
	FILE *file = fopen(path, "re");
	char *text;
	size_t len;

	if (!file)
		return errno;
	text = mem_alloc(CARDS_MOST_BYTES);
	len = fread(text, 1, CARDS_MOST_BYTES, file);
	fclose(file);
	take(cards, path, text, len, errs);
	free(text);
	return 0;
}

static void read_translation(struct cards *cards, const char *directory, const char *lang,
			     struct errs *errs)
{
	char *path = str_make("%s/%s/cards.txt", directory, lang);

	read_file(cards, path, cards_translate, errs);
	free(path);
}

int cards_open(struct cards *cards, const char *lang, struct errs *errs)
{
	char *directory = place_find("SOCKTUTOR_DATA", "data", SOCKTUTOR_DATA_DIR);
	char *path = str_make("%s/cards.txt", directory);
	int why;

	*cards = (struct cards){0};
	why = read_file(cards, path, cards_parse, errs);
	if (why)
		errs_add(errs, path, 0, "the cards cannot be read: %s; set SOCKTUTOR_DATA to the "
			 "directory they are in", strerror(why));
	else if (lang && *lang && !strchr(lang, '/'))
		read_translation(cards, directory, lang, errs);
	free(path);
	free(directory);
	return why ? -1 : 0;
}

/*
 * Finding.
 */

typedef int compare_names(const char *a, const char *b);

static const struct card *find_by(const struct cards *cards, const char *name,
				  compare_names *compare)
{
	for (size_t i = 0; i < cards->list.n; i++)
		if (compare(cards->list.at[i].name, name) == 0)
			return &cards->list.at[i];
	for (size_t i = 0; i < cards->list.n; i++)
		for (size_t k = 0; k < cards->list.at[i].also.n; k++)
			if (compare(cards->list.at[i].also.at[k], name) == 0)
				return &cards->list.at[i];
	return NULL;
}

const struct card *cards_find(const struct cards *cards, const char *name)
{
	size_t n = strlen(name);
	bool call = n > 2 && strcmp(name + n - 2, "()") == 0;
	char *bare = mem_strndup(name, call ? n - 2 : n);
	const struct card *card = find_by(cards, bare, strcmp);

	if (!card)
		card = find_by(cards, bare, strcasecmp);
	free(bare);
	return card;
}

const char *cards_nearest(const struct cards *cards, const char *name)
{
	struct near near = near_start(name);

	for (size_t i = 0; i < cards->list.n; i++) {
		near_offer(&near, cards->list.at[i].name);
		for (size_t k = 0; k < cards->list.at[i].also.n; k++)
			near_offer(&near, cards->list.at[i].also.at[k]);
	}
	return near.best;
}

void cards_free(struct cards *cards)
{
	for (size_t i = 0; i < cards->list.n; i++)
		card_clear(&cards->list.at[i]);
	vec_free(&cards->list);
}
