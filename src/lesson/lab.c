#include "lesson/lab.h"

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "lesson/action.h"
#include "lesson/call.h"
#include "lesson/deed.h"
#include "lesson/directive.h"
#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

/*
 * The directive's own keys.
 */

/* The deed that begins with the N bytes at WORD, or NULL. */
static const struct deed *find_deed(const char *word, size_t n)
{
	const struct deed *deed;

	for (size_t i = 0; (deed = deed_at(i)); i++)
		if (strlen(deed->word) == n && memcmp(deed->word, word, n) == 0)
			return deed;
	return NULL;
}

/* One word of `allow` or `forbid`. */
static bool add_word(struct lab *lab, bool allow, const char *word, size_t n)
{
	const struct call *call = call_find(word, n);
	const struct deed *deed = allow ? find_deed(word, n) : NULL;

	if (call && allow)
		vec_push(&lab->allow, call);
	else if (call)
		vec_push(&lab->forbid, call);
	else if (deed)
		lab->deeds |= 1U << deed->kind;
	return call || deed;
}

/* `send,recv`: each must be a call of the notation, or what can be done from outside. */
static bool add_words(struct lab *lab, bool allow, const char *value)
{
	while (*value) {
		size_t n;

		value += strspn(value, " ");
		n = strcspn(value, ", ");
		if (!add_word(lab, allow, value, n))
			return false;
		value += n + strspn(value + n, " ");
		value += *value == ',';
	}
	return true;
}

static const char *set_allow(void *lab, const char *value)
{
	return *value && add_words(lab, true, value) ? NULL :
	       "functions joined by commas, such as send,recv,close, and what may be done from "
	       "outside: kill, cut, mend, misses, delay, fill";
}

static const char *set_forbid(void *lab, const char *value)
{
	return *value && add_words(lab, false, value) ? NULL :
	       "functions joined by commas, such as signal,exit";
}

static const char *set_player(struct lab *lab, enum role role, const char *value)
{
	if (strcmp(value, "program") != 0)
		return "program, for a role that the learner's own program plays";
	lab->program[role] = true;
	return NULL;
}

static const char *set_a(void *lab, const char *value)
{
	return set_player(lab, ROLE_A, value);
}

static const char *set_b(void *lab, const char *value)
{
	return set_player(lab, ROLE_B, value);
}

static const struct directive_key keys[] = {
	{"allow", set_allow}, {"forbid", set_forbid}, {"a", set_a}, {"b", set_b}, {NULL, NULL},
};

static const char *skip_space(const char *p)
{
	return p + strspn(p, " \t\n");
}

bool lab_is(const char *comment)
{
	return strncmp(skip_space(comment), "lab:", 4) == 0;
}

void lab_parse(struct lab *lab, const char *comment, const char *file, int line,
	       struct errs *errs)
{
	*lab = (struct lab){.line = line, .goal = SIZE_MAX};
	lab->setup.patience = DEMO_PATIENCE;
	directive_parse_more(&lab->setup, "lab:", keys, lab, comment, file, line, errs);
	if (!lab->setup.given[KEY_ID])
		errs_add(errs, file, line, "a lab needs an id: <!-- lab: id=see-a-reset … -->");
}

static const char *const words[] = {
	[LAB_PART_HINT] = "hint", [LAB_PART_SOLUTION] = "solution", [LAB_PART_WRONG] = "wrong",
};

const char *lab_part_slip(const char *comment)
{
	const char *p = skip_space(comment);
	char *word = mem_strndup(p, strcspn(p, " \t\r\n:"));
	struct near near = near_start(word);

	for (int part = LAB_PART_HINT; part <= LAB_PART_WRONG; part++)
		near_offer(&near, words[part]);
	p = skip_space(p + strlen(word));
	free(word);
	return *p == '\0' || (*p == ':' && !*skip_space(p + 1)) ? near.best : NULL;
}

enum lab_part lab_part(const char *comment)
{
	const char *p = skip_space(comment);

	for (int part = LAB_PART_HINT; part <= LAB_PART_WRONG; part++) {
		size_t n = strlen(words[part]);

		if (strncmp(p, words[part], n) == 0 && !*skip_space(p + n))
			return (enum lab_part)part;
	}
	return LAB_PART_NONE;
}

/*
 * Questions about a lab.
 */

struct lab *lesson_lab(struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->labs.n; i++)
		if (str_same(lesson->labs.at[i].setup.id, id))
			return &lesson->labs.at[i];
	return NULL;
}

const struct demo *lab_goal(const struct lesson *lesson, const struct lab *lab)
{
	return lab->goal == SIZE_MAX ? NULL : &lesson->lab_tables.at[lab->goal].demo;
}

static bool begins_part(const struct block *block)
{
	return block->kind == BLOCK_COMMENT && lab_part(block->text) != LAB_PART_NONE;
}

void lab_hint(const struct lesson *lesson, const struct lab *lab, size_t i, size_t *first,
	      size_t *end)
{
	*first = lab->hints.at[i] + 1;
	for (*end = *first; *end < lab->end && !begins_part(&lesson->blocks.at[*end]); ++*end)
		;
}

void lab_why(const struct lesson *lesson, const struct lab *lab, size_t index, size_t *first,
	     size_t *end)
{
	*end = *first = lesson->lab_tables.at[index].block;
	while (*first > lab->first + 1 && !begins_part(&lesson->blocks.at[*first - 1]))
		--*first;
}

bool lab_plays(const struct lesson *lesson, const struct lab *lab, enum role role)
{
	const struct demo *goal = lab_goal(lesson, lab);

	for (size_t i = 0; goal && i < goal->table.rows.n; i++)
		if (goal->table.rows.at[i].cell[role].kind == CELL_ACTION)
			return false;
	return !lab->program[role];
}

const char *lab_why_not(const struct lab *lab, const struct call *call)
{
	bool allowed = lab->allow.n == 0;

	for (size_t i = 0; i < lab->allow.n; i++)
		allowed = allowed || lab->allow.at[i] == call;
	for (size_t i = 0; i < lab->forbid.n; i++)
		allowed = allowed && lab->forbid.at[i] != call;
	return allowed ? NULL : N_("this lab is to be done without it");
}

const char *lab_why_not_do(const struct lab *lab, const struct action *action)
{
	if (action->kind == ACTION_CALL)
		return lab_why_not(lab, action->call);
	if (action->deed->kind == DEED_WAIT || lab->deeds & 1U << action->deed->kind)
		return NULL;
	return lab->deeds ? N_("this lab is to be done without it") :
			    N_("in this lab nothing is done from outside");
}

void lab_free(struct lab *lab)
{
	demo_free(&lab->setup);
	vec_free(&lab->allow);
	vec_free(&lab->forbid);
	vec_free(&lab->solutions);
	vec_free(&lab->wrong);
	vec_free(&lab->hints);
}
