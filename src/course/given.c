#include "course/given.h"

#include "base/text.h"
#include "course/comment.h"

#include <stdlib.h>
#include <string.h>

/* A `predict` comment, read. */
struct given {
	char *row;                   /* owned, as the choices; NULL: not given */
	char *choices;
	bool wrong;
};

/* Where complaints go. */
struct to {
	const char *file;
	int line;
	struct errs *errs;           /* NULL: nowhere */
};

static void __attribute__((format(printf, 2, 3))) complain(const struct to *to, const char *format,
							   ...)
{
	struct str text = {0};
	va_list ap;

	va_start(ap, format);
	str_addv(&text, _(format), ap);
	va_end(ap);
	if (to->errs)
		errs_add(to->errs, to->file, to->line, "%s", str_text(&text));
	str_free(&text);
}

/* The comment that belongs to the demo at INDEX of BLOCKS; other comments may stand between. */
static const struct block *comment_before(const struct blocks *blocks, size_t index)
{
	for (; index > 0 && blocks->at[index - 1].kind == BLOCK_COMMENT; index--)
		if (comment_after(blocks->at[index - 1].text, "predict"))
			return &blocks->at[index - 1];
	return NULL;
}

static const struct block *find_comment(const struct blocks *blocks, size_t demo)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i], *found;

		if (b->kind == BLOCK_DEMO && b->demo == demo)
			return comment_before(blocks, i);
		found = find_comment(&b->children, demo);
		if (found)
			return found;
	}
	return NULL;
}

static void take_pair(struct given *given, struct comment_pair *pair, const struct to *to)
{
	char **place = NULL;

	if (strcmp(pair->key, "row") == 0)
		place = &given->row;
	else if (strcmp(pair->key, "choices") == 0)
		place = &given->choices;
	if (!place || !pair->value || *place) {
		complain(to, !place ? "no key '%s' in a predict comment; there are row and choices"
			     : *place ? "%s is given twice; once is right"
				      : "'%s' in a predict comment needs a value: row=6", pair->key);
		given->wrong = true;
		return;
	}
	*place = pair->value;
	pair->value = NULL;
}

static struct given read_comment(const struct block *comment, const struct to *to)
{
	struct given given = {0};
	const char *p = comment_after(comment->text, "predict");
	struct comment_pair pair;

	while (comment_next(&p, &pair)) {
		take_pair(&given, &pair, to);
		comment_pair_free(&pair);
	}
	if (!p)
		complain(to, "a text in this comment has no closing \"");
	given.wrong = given.wrong || !p;
	return given;
}

static void given_free(struct given *given)
{
	free(given->row);
	free(given->choices);
}

/*
 * Choices.
 */

/* Append the choice at TEXT, up to the next `;` outside of strings, to ONE. Returns what
 * follows. */
static const char *cut_choice(const char *text, struct str *one)
{
	bool quoted = false;

	for (; *text && (*text != ';' || quoted); text++) {
		quoted = quoted != (*text == '"');
		str_addc(one, *text);
		if (quoted && *text == '\\' && text[1])
			str_addc(one, *++text);
	}
	return *text ? text + 1 : text;
}

static bool parse_choice(struct outcomes *to, const char *text, const struct to *where)
{
	struct cell cell = {0};
	struct errs errs = {0};
	bool right = cell_parse(&cell, text, NULL, 0, &errs) == 0 && cell.kind == CELL_OUTCOME;

	if (right)
		vec_push(&to->list, cell.outcome);
	else if (errs.list.n)
		complain(where, "a choice is wrong: %s", errs.list.at[0].text);
	else
		complain(where, "'%.60s' is no outcome; choices are outcomes, parted by ;", text);
	if (!right)
		cell_free(&cell);
	errs_free(&errs);
	return right;
}

/* The outcomes that TEXT names. False when one is wrong. */
static bool parse_choices(struct outcomes *to, const char *text, const struct to *where)
{
	bool right = true;

	while (right && *text) {
		struct str one = {0};

		text = cut_choice(text, &one);
		right = parse_choice(to, str_text(&one), where);
		str_free(&one);
	}
	return right;
}

static bool contains(const struct outcomes *list, const struct outcome *outcome)
{
	for (size_t i = 0; i < list->list.n; i++)
		if (outcome_same(&list->list.at[i], outcome))
			return true;
	return false;
}

/* Two choices that can both be true at once are no choice. */
static bool all_differ(const struct outcomes *list, const struct to *where)
{
	for (size_t i = 0; i < list->list.n; i++)
		for (size_t k = 0; k < i; k++) {
			struct str a = {0}, b = {0};

			if (!tempt_meet(&list->list.at[i], &list->list.at[k]))
				continue;
			outcome_print(&a, &list->list.at[k]);
			outcome_print(&b, &list->list.at[i]);
			complain(where, "the choices '%s' and '%s' can both be true", str_text(&a),
				 str_text(&b));
			str_free(&a);
			str_free(&b);
			return false;
		}
	return true;
}

/* The choices that a comment gives. False when they are wrong. */
static bool take_choices(struct outcomes *to, const char *text, const struct asked *asked,
			 const struct to *where)
{
	struct str truth = {0};
	bool right = parse_choices(to, text, where);

	if (right && (to->list.n < CHOICES_FEWEST || to->list.n > CHOICES_MOST)) {
		complain(where, "a prediction has %d or %d choices, not %zu", CHOICES_FEWEST, CHOICES_MOST,
			 to->list.n);
		right = false;
	} else if (right && !contains(to, asked->truth)) {
		outcome_print(&truth, asked->truth);
		complain(where, "what row %d says, %s, is not among the choices", asked->row,
			 str_text(&truth));
		str_free(&truth);
		right = false;
	}
	return right && all_differ(to, where);
}

/* The row that a comment names. */
static bool given_row(struct asked *asked, const struct demo *demo, const struct given *given,
		      const struct to *where)
{
	char *end = NULL;
	long row = given->row ? strtol(given->row, &end, 10) : 0;

	if (!given->row || !*given->row || *end)
		complain(where, "a predict comment names the row whose outcome is asked: row=6");
	else if (row < 1 || (size_t)row > demo->table.rows.n)
		complain(where, "there is no row %ld; this demo has %zu", row, demo->table.rows.n);
	else if (!asked_find_in_row(asked, demo, (int)row))
		complain(where, "row %ld says nothing of a call's result that one could guess; name "
			 "the row that holds the outcome", row);
	else
		return true;
	return false;
}

const struct block *given_comment(const struct lesson *lesson, size_t demo)
{
	return find_comment(&lesson->blocks, demo);
}

bool given_read(struct asked *asked, struct outcomes *choices, const struct lesson *lesson,
		size_t demo, const struct block *comment, struct errs *errs)
{
	struct to where = {lesson->file, comment->line, errs};
	struct given given = read_comment(comment, &where);
	bool right = !given.wrong && given_row(asked, &lesson->demos.at[demo], &given, &where);

	if (right && given.choices)
		right = take_choices(choices, given.choices, asked, &where);
	if (!right)
		outcomes_free(choices);
	given_free(&given);
	return right;
}

/* Comments that no demo has taken. */
static void check_places(const struct blocks *blocks, const char *file, struct errs *errs)
{
	const struct block *comment = NULL; /* the newest that waits for its demo */

	for (size_t i = 0; i <= blocks->n; i++) {
		const struct block *b = i < blocks->n ? &blocks->at[i] : NULL;
		bool predicts = b && b->kind == BLOCK_COMMENT && comment_after(b->text, "predict");

		if (comment && (predicts || !b || (b->kind != BLOCK_COMMENT &&
						   b->kind != BLOCK_DEMO)))
			errs_add(errs, file, comment->line,
				 "a predict comment stands right before its demo, one for each");
		if (predicts)
			comment = b;
		else if (!b || b->kind != BLOCK_COMMENT)
			comment = NULL;
		if (b)
			check_places(&b->children, file, errs);
	}
}

void given_check_places(const struct lesson *lesson, struct errs *errs)
{
	check_places(&lesson->blocks, lesson->file, errs);
}
