#include "view/words.h"

#include <ctype.h>
#include <string.h>

enum { MARK_MOST = 4 /* columns from the left in which the newest row is marked */ };

static const struct binding keys[] = {
	{{'i', INPUT_TAB, INPUT_RIGHT, 'l', INPUT_DOWN, 'j'}, OP_DOWN, "i", N_("next name"),
	 N_("the next name that has a card (also →, ↓, Tab)")},
	{{'I', INPUT_BACKTAB, INPUT_LEFT, 'h', INPUT_UP, 'k'}, OP_UP, "←", N_("back"),
	 N_("the one before (also ↑, Shift-Tab)")},
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("what it means"), N_("open its card")},
	{{INPUT_ESC}, OP_LEAVE, "Esc", N_("enough"),
	 N_("no name any more; so does any other key, which then does what it does")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

const struct binding *words_keys(void)
{
	return keys;
}

/* The character of a name at X, Y, or 0. */
static char name_char(const struct canvas *c, int x, int y)
{
	const struct glyph *g = canvas_at(c, x, y);

	if (!g || g->text[0] == '\0' || g->text[1])
		return 0;
	return isalnum((unsigned char)g->text[0]) || g->text[0] == '_' ? g->text[0] : 0;
}

static bool has_capital(const char *name)
{
	while (*name && !isupper((unsigned char)*name))
		name++;
	return *name != '\0';
}

/* Whether NAME, which ends before X, is meant as a name. */
static bool is_meant(const struct canvas *c, const char *name, int x, int y)
{
	const struct glyph *last = canvas_at(c, x - 1, y), *next = canvas_at(c, x, y);

	return has_capital(name) || (next && strcmp(next->text, "(") == 0) ||
	       last->style == STYLE_CODE;
}

static void add(struct words *words, struct word word)
{
	if (word.card && words_index(words, word.card) == SIZE_MAX)
		vec_push(&words->list, word);
}

static void find_in_line(struct words *words, const struct cards *cards, const struct canvas *c,
			 int y)
{
	struct str name = {0};

	for (int x = 0; x < c->columns; x++) {
		int from = x;

		str_cut(&name, 0);
		for (; name_char(c, x, y); x++)
			str_addc(&name, name_char(c, x, y));
		if (name.len && is_meant(c, str_text(&name), x, y))
			add(words, (struct word){from, y, x - from,
						 card_named(cards, str_text(&name))});
	}
	str_free(&name);
}

/* The line of the row that is marked as the newest, or 1. */
static int newest_line(const struct canvas *c)
{
	for (int y = 1; y < c->rows - 1; y++)
		for (int x = 0; x < MARK_MOST; x++) {
			const struct glyph *g = canvas_at(c, x, y);

			if (g->style == STYLE_ACCENT &&
			    (strcmp(g->text, "▸") == 0 || strcmp(g->text, ">") == 0))
				return y;
		}
	return 1;
}

void words_find(struct words *words, const struct cards *cards, const struct canvas *c)
{
	int from = newest_line(c);

	*words = (struct words){.list = {0}};
	for (int y = from; y < c->rows - 1; y++)
		find_in_line(words, cards, c, y);
	for (int y = 1; y < from; y++)
		find_in_line(words, cards, c, y);
}

size_t words_index(const struct words *words, const struct card *card)
{
	for (size_t i = 0; i < words->list.n; i++)
		if (words->list.at[i].card == card)
			return i;
	return SIZE_MAX;
}

void words_free(struct words *words)
{
	vec_free(&words->list);
}
