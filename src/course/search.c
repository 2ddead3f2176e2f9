#include "course/search.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

/* Which hits come first: by where it was found, then by how well. */
enum place { PLACE_TITLE, PLACE_DEMO, PLACE_TEXT };
enum quality {
	QUALITY_WHOLE,   /* the text is the words, no more */
	QUALITY_PHRASE,  /* they stand together, at the beginning of a word */
	QUALITY_BEGINS,  /* each begins a word */
	QUALITY_WITHIN,  /* they are there */
	QUALITY_NONE,
};

/* Text of more columns is cut on both sides of what matched. */
enum { SHOW_MOST = 120, SHOW_BEFORE = 30 };

struct match {
	enum quality quality;
	size_t at, len;           /* what is marked: the phrase, else the first word */
};

/* A hit and its rank; equal ones stay in their order. */
struct ranked {
	struct hit hit;
	int rank;
	size_t number;
};

struct search {
	char *phrase;             /* the words with one space between; owned */
	VEC(char *) words;        /* owned */
	VEC(struct ranked) found;
	struct hit here;          /* where it looks now: lesson, demo, card */
	bool elsewhere;           /* that is not in the lesson that is open */
};

/*
 * Matching.
 */

static uint32_t fold(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	return (uint32_t)towlower((wint_t)c);
}

static bool is_letter(uint32_t c)
{
	return c < 0x80 ? fold(c) >= 'a' && fold(c) <= 'z' : iswalpha((wint_t)c) != 0;
}

/* How many bytes of TEXT the WORD takes that TEXT begins with; 0: it does not. */
static size_t begins_with(const char *text, size_t n, const char *word)
{
	size_t at = 0, left = strlen(word);

	while (left > 0) {
		uint32_t a, b;
		size_t step;

		if (at == n)
			return 0;
		at += utf8_get(text + at, n - at, &a);
		step = utf8_get(word, left, &b);
		if (fold(a) != fold(b))
			return 0;
		word += step;
		left -= step;
	}
	return at;
}

/* Find WORD, rather where it begins a word of the text. */
static struct match find_word(const char *text, size_t n, const char *word)
{
	struct match found = {QUALITY_NONE, 0, 0};
	bool in_word = false;

	for (size_t at = 0; at < n;) {
		size_t len = begins_with(text + at, n - at, word);
		uint32_t c;

		if (len && !in_word)
			return (struct match){QUALITY_BEGINS, at, len};
		if (len && found.quality == QUALITY_NONE)
			found = (struct match){QUALITY_WITHIN, at, len};
		at += utf8_get(text + at, n - at, &c);
		in_word = is_letter(c);
	}
	return found;
}

static struct match find_words(const struct search *s, const char *text, size_t n)
{
	struct match all = find_word(text, n, s->words.at[0]);

	for (size_t i = 1; i < s->words.n && all.quality != QUALITY_NONE; i++) {
		enum quality q = find_word(text, n, s->words.at[i]).quality;

		all.quality = q > all.quality ? q : all.quality;
	}
	return all;
}

static struct match find(const struct search *s, const char *text)
{
	size_t n = strlen(text);
	struct match phrase = find_word(text, n, s->phrase);

	if (phrase.quality == QUALITY_BEGINS) {
		phrase.quality = phrase.len == n ? QUALITY_WHOLE : QUALITY_PHRASE;
		return phrase;
	}
	return phrase.quality == QUALITY_NONE ? find_words(s, text, n) : phrase;
}

/*
 * What is shown of it.
 */

/* Where to begin so that what matched has some columns before it: at a word's beginning. */
static size_t cut_before(const char *text, const struct match *m)
{
	size_t columns = utf8_columns_n(text, m->at), from = 0, space;

	while (from < m->at && columns > SHOW_BEFORE) {
		uint32_t c;
		size_t step = utf8_get(text + from, m->at - from, &c);

		columns -= (size_t)utf8_width(c);
		from += step;
	}
	if (from == 0)
		return 0;
	space = strcspn(text + from, " ");
	return from + space < m->at ? from + space + 1 : from;
}

/* Where to end what begins at FROM: after a word, but not before the match has ended. */
static size_t cut_after(const char *text, size_t from, const struct match *m)
{
	size_t n = strlen(text), end = from + utf8_fit(text + from, n - from, SHOW_MOST), space;

	if (end == n)
		return n;
	for (space = end; space > m->at + m->len && text[space] != ' ';)
		space--;
	return space > m->at + m->len ? space : end > m->at + m->len ? end : m->at + m->len;
}

/* LABEL (or NULL), a colon, and so much of TEXT as is worth showing; M moves with it. */
static char *shown(const char *label, const char *text, struct match *m)
{
	size_t from = 0, end = strlen(text);
	struct str s = {0};

	if (utf8_columns(text) > SHOW_MOST) {
		from = cut_before(text, m);
		end = cut_after(text, from, m);
	}
	if (label)
		str_addf(&s, "%s: ", label);
	if (from > 0)
		str_add(&s, "…");
	m->at = m->at - from + s.len;
	str_addn(&s, text + from, end - from);
	if (text[end])
		str_add(&s, "…");
	return str_take(&s);
}

/* Letters within a word are not what it is about, in a title neither: `rst` is no part of `first`.
 * Names of cards are made of parts, and who writes without spaces has no beginnings of words. */
static bool is_chance(const struct search *s, enum hit_kind kind, enum quality quality)
{
	return quality == QUALITY_WITHIN && kind != HIT_CARD && (unsigned char)*s->phrase < 0x80;
}

static void hit_add(struct search *s, enum hit_kind kind, enum place place, int line,
		    const char *label, const char *text, struct match m)
{
	struct ranked r = {.hit = s->here, .number = s->found.n};

	if (is_chance(s, kind, m.quality))
		place = PLACE_TEXT;
	r.rank = (int)place * (QUALITY_NONE + 1) + (int)m.quality;
	if (s->elsewhere)
		r.rank += (PLACE_TEXT + 1) * (QUALITY_NONE + 1);
	r.hit.kind = kind;
	r.hit.line = line;
	r.hit.text = shown(label, text, &m);
	r.hit.at = m.at;
	r.hit.len = m.len;
	vec_push(&s->found, r);
}

/* Add a hit when TEXT (or NULL) matches. Returns whether it does. */
static bool look(struct search *s, enum hit_kind kind, enum place place, int line,
		 const char *label, const char *text)
{
	struct match m = text ? find(s, text) : (struct match){.quality = QUALITY_NONE};

	if (m.quality == QUALITY_NONE)
		return false;
	hit_add(s, kind, place, line, label, text, m);
	return true;
}

/*
 * Where it looks.
 */

static bool look_at_row(struct search *s, const struct demo *demo, const struct table_row *row)
{
	for (int role = 0; role < ROLES; role++)
		if (look(s, HIT_DEMO, PLACE_DEMO, row->line, demo->title, row->cell[role].text))
			return true;
	return look(s, HIT_DEMO, PLACE_DEMO, row->line, demo->title, row->note);
}

/* A demo is one hit: its title, its id, or the first row. */
static void look_at_demo(struct search *s, const struct lesson *lesson, size_t index)
{
	const struct demo *demo = &lesson->demos.at[index];

	s->here.demo = index;
	if (!look(s, HIT_DEMO, PLACE_DEMO, demo->line, NULL, demo->title) &&
	    !look(s, HIT_DEMO, PLACE_DEMO, demo->line, demo->title, demo->id))
		for (size_t i = 0; i < demo->table.rows.n; i++)
			if (look_at_row(s, demo, &demo->table.rows.at[i]))
				break;
	s->here.demo = 0;
}

static void look_at_code(struct search *s, const struct block *b)
{
	const char *p = b->text;

	for (int line = b->line + 1; p && *p; line++) {
		size_t n = strcspn(p, "\n");
		char *text = mem_strndup(p, n);

		look(s, HIT_TEXT, PLACE_TEXT, line, NULL, text);
		free(text);
		p += n + (p[n] == '\n');
	}
}

static void look_at_spans(struct search *s, const struct lesson *lesson, const struct block *b)
{
	struct str text = {0};

	spans_text(&text, &b->spans);
	if (b->kind != BLOCK_HEADING)
		look(s, HIT_TEXT, PLACE_TEXT, b->line, NULL, str_text(&text));
	else if (!str_same(str_text(&text), lesson->title)) /* that has been seen */
		look(s, HIT_HEADING, PLACE_TITLE, b->line, NULL, str_text(&text));
	str_free(&text);
}

/* A row is one hit with all its cells: one alone is often the very word, and says nothing of it. */
static void look_at_table_row(struct search *s, const struct block *row)
{
	struct str text = {0};

	for (size_t i = 0; i < row->children.n; i++) {
		struct str cell = {0};

		spans_text(&cell, &row->children.at[i].spans);
		if (cell.len)
			str_addf(&text, "%s%s", text.len ? " · " : "", str_text(&cell));
		str_free(&cell);
	}
	look(s, HIT_TEXT, PLACE_TEXT, row->line, NULL, str_text(&text));
	str_free(&text);
}

static void look_at_blocks(struct search *s, const struct lesson *lesson,
			   const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];

		if (b->aside)
			continue;
		switch (b->kind) {
		case BLOCK_HEADING:
		case BLOCK_PARAGRAPH:
			look_at_spans(s, lesson, b);
			break;
		case BLOCK_ROW:
			look_at_table_row(s, b);
			break;
		case BLOCK_CODE:
			look_at_code(s, b);
			break;
		case BLOCK_DEMO:
			look_at_demo(s, lesson, b->demo);
			break;
		case BLOCK_LIST:
		case BLOCK_ITEM:
		case BLOCK_QUOTE:
		case BLOCK_TABLE:
			look_at_blocks(s, lesson, &b->children);
			break;
		case BLOCK_RULE:
		case BLOCK_CELL:
		case BLOCK_LAB:
		case BLOCK_COMMENT:
			break;
		}
	}
}

static void look_at_lesson(struct search *s, const struct lesson *lesson)
{
	if (!look(s, HIT_LESSON, PLACE_TITLE, 1, NULL, lesson->title) &&
	    !look(s, HIT_LESSON, PLACE_TITLE, 1, lesson->title, lesson->id))
		look(s, HIT_LESSON, PLACE_TEXT, 1, lesson->title, lesson->summary);
	look_at_blocks(s, lesson, &lesson->blocks);
}

/* A card whose name it is shows what it means. */
static void look_at_card(struct search *s, const struct card *card)
{
	const char *const texts[] = {card->means, card->when, card->todo, card->kind};
	struct match m = find(s, card->name);

	if (m.quality != QUALITY_NONE) {
		char *text = str_make("%s: %s", card->name, card->means ? card->means : "");

		/* A name that is typed in full is what is looked for. */
		hit_add(s, HIT_CARD, m.quality == QUALITY_WHOLE ? PLACE_TITLE : PLACE_DEMO,
			card->line, NULL, text, m);
		free(text);
		return;
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (look(s, HIT_CARD, PLACE_DEMO, card->line, card->name, texts[i]))
			return;
}

/*
 * The whole.
 */

static void take_words(struct search *s, const char *words)
{
	static const char space[] = " \t\n";
	struct str phrase = {0};

	for (words += strspn(words, space); *words; words += strspn(words, space)) {
		size_t n = strcspn(words, space);

		str_addf(&phrase, "%s%.*s", phrase.len ? " " : "", (int)n, words);
		vec_push(&s->words, mem_strndup(words, n));
		words += n;
	}
	s->phrase = str_take(&phrase);
}

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* Move the best MOST hits to HITS; the search is empty after. */
static void search_end(struct search *s, struct hits *hits, size_t most)
{
	if (s->found.n)
		qsort(s->found.at, s->found.n, sizeof *s->found.at, by_rank);
	for (size_t i = 0; i < s->found.n; i++) {
		if (i < most)
			vec_push(&hits->list, s->found.at[i].hit);
		else
			free(s->found.at[i].hit.text);
	}
	for (size_t i = 0; i < s->words.n; i++)
		free(s->words.at[i]);
	vec_free(&s->words);
	vec_free(&s->found);
	free(s->phrase);
}

void search_find(struct hits *hits, const char *words, const struct shelf *shelf,
		 const struct cards *cards, size_t open, size_t most)
{
	struct search s = {0};

	hits_free(hits);
	take_words(&s, words);
	for (size_t i = 0; s.words.n && shelf && i < shelf->lessons.n; i++) {
		s.here.lesson = i;
		s.elsewhere = i != open;
		look_at_lesson(&s, shelf->lessons.at[i]);
	}
	s.here.lesson = 0;
	s.elsewhere = true;
	for (size_t i = 0; s.words.n && cards && i < cards->list.n; i++) {
		s.here.card = i;
		look_at_card(&s, &cards->list.at[i]);
	}
	search_end(&s, hits, most);
}

void hits_free(struct hits *hits)
{
	for (size_t i = 0; i < hits->list.n; i++)
		free(hits->list.at[i].text);
	vec_free(&hits->list);
}
