/*
 * shown.c - which demos show what a card is about.
 */
#include "course/card.h"

#include "lesson/action.h"

#include <ctype.h>
#include <string.h>

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether WORD stands in TEXT as a word of its own; a call with its parenthesis. */
static bool has_word(const char *text, const char *word, bool call)
{
	size_t n = strlen(word);

	for (const char *p = strstr(text, word); p; p = strstr(p + 1, word))
		if ((p == text || !is_word_char(p[-1])) && !is_word_char(p[n]) &&
		    (!call || p[n] == '('))
			return true;
	return false;
}

/* What the cell says, in the notation; of a call also the arguments that may be left out, such as
 * SHUT_WR, as the screen shows them. Words of this tutorial are no names of a program's, so for them
 * calls are left out. */
static void add_cell(struct str *to, const struct cell *cell, bool words)
{
	if (cell->kind == CELL_OUTCOME)
		outcome_print(to, &cell->outcome);
	else if (cell->kind == CELL_ACTION && !(words && cell->action->kind == ACTION_CALL))
		action_print(to, cell->action);
	str_addc(to, '\n');
}

static char *demo_text(const struct demo *demo, const struct card *card)
{
	struct str text = {0};
	bool words = strcmp(card->kind, "word") == 0;

	for (size_t i = 0; i < demo->table.rows.n; i++) {
		const struct table_row *row = &demo->table.rows.at[i];

		add_cell(&text, &row->cell[ROLE_A], words);
		add_cell(&text, &row->cell[ROLE_B], words);
		if (strcmp(card->kind, "state") == 0 && row->note)
			str_addf(&text, "%s\n", row->note);
	}
	return str_take(&text);
}

static bool shows(const struct demo *demo, const struct card *card)
{
	bool call = strcmp(card->kind, "call") == 0;
	char *text = demo_text(demo, card);
	bool found = has_word(text, card->name, call);

	for (size_t i = 0; i < card->also.n; i++)
		found = found || has_word(text, card->also.at[i], call);
	free(text);
	return found;
}

struct found {
	size_t lesson, demo;   /* indexes */
	size_t rank;           /* how many of its lesson come before it */
	bool taken;
};

struct founds {
	VEC(struct found) list;
};

static void find_all(struct founds *all, const struct card *card, const struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->lessons.n; i++) {
		const struct lesson *lesson = shelf->lessons.at[i];
		size_t rank = 0;

		for (size_t k = 0; k < lesson->demos.n; k++)
			if (shows(&lesson->demos.at[k], card))
				vec_push(&all->list, (struct found){i, k, rank++, false});
	}
}

/* Mark those to be named: where there are too many, one of each lesson goes before the second of
 * any. Returns how many. */
static size_t take(struct founds *all, size_t most)
{
	size_t n = all->list.n < most ? all->list.n : most, taken = 0;

	for (size_t rank = 0; taken < n; rank++)
		for (size_t i = 0; i < all->list.n && taken < n; i++) {
			struct found *found = &all->list.at[i];

			found->taken = found->taken || found->rank == rank;
			taken += found->rank == rank;
		}
	return n;
}

size_t cards_shown_in(const struct card *card, const struct shelf *shelf, char **to, size_t most)
{
	struct founds all = {0};
	size_t n, put = 0;

	find_all(&all, card, shelf);
	n = take(&all, most);
	for (size_t i = 0; i < all.list.n; i++) {
		const struct lesson *lesson = shelf->lessons.at[all.list.at[i].lesson];

		if (all.list.at[i].taken)
			to[put++] = str_make("%s#%s", lesson->id,
					     lesson->demos.at[all.list.at[i].demo].id);
	}
	vec_free(&all.list);
	return n;
}
