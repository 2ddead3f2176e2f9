#include "lesson/lab_make.h"

#include "base/mem.h"
#include "lesson/action.h"
#include "lesson/demo_make.h"
#include "lesson/directive.h"
#include "lesson/markdown.h"

#include <string.h>

/* The lab that is being read. */
struct maker {
	struct lesson *lesson;
	struct errs *errs;
	bool in;             /* there is one: the newest of the lesson */
	enum lab_part part;  /* what its newest comment began */
};

static struct lab *newest(struct maker *m)
{
	return &m->lesson->labs.at[m->lesson->labs.n - 1];
}

static void begin(struct maker *m, size_t at)
{
	const struct block *block = &m->lesson->blocks.at[at];
	struct lab lab;

	if (m->lesson->labs.n == LESSON_MOST_LABS) {
		errs_add(m->errs, m->lesson->file, block->line, "a lesson has at most %d labs",
			 LESSON_MOST_LABS);
		return;
	}
	lab_parse(&lab, block->text, m->lesson->file, block->line, m->errs);
	vec_push(&m->lesson->labs, lab);
	m->in = true;
	m->part = LAB_PART_NONE;
}

/* The set-up of the lab, with the table of FROM. */
static struct demo make_table(struct maker *m, struct block *from)
{
	const struct demo *setup = &newest(m)->setup;
	struct demo demo = {.line = from->line, .directive_line = newest(m)->line,
			    .link = setup->link, .patience = setup->patience,
			    .settings = setup->settings};

	for (int r = 0; r < ROLES; r++) {
		demo.setup[r].misses = setup->setup[r].misses;
		demo.setup[r].program = newest(m)->program[r];
		demo.setup[r].ignores_sigpipe = setup->setup[r].ignores_sigpipe;
	}
	demo.id = mem_strdup(setup->id ? setup->id : "lab");
	if ((newest(m)->program[ROLE_A] || newest(m)->program[ROLE_B]) &&
	    !setup->given[KEY_PATIENCE])
		demo.patience = LAB_PROGRAM_PATIENCE;
	demo.title = mem_strdup(setup->title ? setup->title : demo.id);
	memcpy(demo.given, setup->given, sizeof demo.given);
	demo_fill(&demo, m->lesson, from, m->errs);
	demo.number = (int)m->lesson->labs.n;
	return demo;
}

static enum lab_use use_now(const struct maker *m)
{
	return m->part == LAB_PART_SOLUTION ? LAB_SOLUTION :
	       m->part == LAB_PART_WRONG ? LAB_WRONG : LAB_GOAL;
}

static void note_table(struct maker *m, size_t index, int line)
{
	struct lab *lab = newest(m);

	switch (m->lesson->lab_tables.at[index].use) {
	case LAB_SOLUTION:
		vec_push(&lab->solutions, index);
		return;
	case LAB_WRONG:
		vec_push(&lab->wrong, index);
		return;
	case LAB_GOAL:
		if (lab->goal == SIZE_MAX)
			lab->goal = index;
		else
			errs_add(m->errs, m->lesson->file, line,
				 "a lab has one goal; a table that reaches it stands after "
				 "<!-- solution -->, one that does not after <!-- wrong -->");
		return;
	}
}

static void take_table(struct maker *m, size_t at)
{
	struct block *block = &m->lesson->blocks.at[at];
	struct lab_table table = {.use = use_now(m), .lab = m->lesson->labs.n - 1,
				  .demo = make_table(m, block)};
	int line = block->line;
	bool aside = block->aside;

	if (m->part == LAB_PART_HINT)
		errs_add(m->errs, m->lesson->file, line,
			 "a hint is text; a table stands after <!-- solution --> or <!-- wrong -->");
	block_free(block);
	*block = (struct block){.kind = BLOCK_LAB, .line = line, .aside = aside,
				.demo = m->lesson->lab_tables.n};
	vec_push(&m->lesson->lab_tables, table);
	note_table(m, m->lesson->lab_tables.n - 1, line);
}

/* Whether a lab ends with the block at AT. A directive that stands before no table is no more
 * than a mistake: it is left out, and ends nothing. */
static bool ends_lab(const struct blocks *blocks, size_t at)
{
	const struct block *block = &blocks->at[at];

	if (block->kind == BLOCK_COMMENT && directive_is(block->text))
		return at + 1 < blocks->n && demo_is_table(&blocks->at[at + 1]);
	return block->kind == BLOCK_HEADING || block->kind == BLOCK_DEMO;
}

/* In a lesson with labs, a part of none of them would be shown to everybody. */
static void check_part(struct maker *m, const struct block *block)
{
	const char *word = block->kind == BLOCK_COMMENT ? lab_part_slip(block->text) : NULL;

	if (word && lab_part(block->text) != LAB_PART_NONE && m->lesson->labs.n > 0 &&
	    m->lesson->labs.n < LESSON_MOST_LABS)
		errs_add(m->errs, m->lesson->file, block->line,
			 "<!-- %s --> stands outside a lab, which ends at the next heading, demo or "
			 "lab", word);
}

/* `<!-- Hint -->`: what follows would be shown as the part before it. It is read as what was meant,
 * or the rest of the lab would be wrong as well. */
static void check_slip(struct maker *m, const struct block *block)
{
	const char *word = block->kind == BLOCK_COMMENT ? lab_part_slip(block->text) : NULL;

	if (!word || lab_part(block->text) != LAB_PART_NONE)
		return;
	m->part = lab_part(word);
	errs_add(m->errs, m->lesson->file, block->line,
		 "this comment is no part of a lab (did you mean '<!-- %s -->'?)", word);
}

static void see(struct maker *m, size_t at)
{
	struct block *block = &m->lesson->blocks.at[at];

	if (block->kind == BLOCK_COMMENT && lab_is(block->text)) {
		m->in = false;
		begin(m, at);
		return;
	}
	if (!m->in) {
		check_part(m, block);
		return;
	}
	if (ends_lab(&m->lesson->blocks, at)) {
		m->in = false;
		return;
	}
	check_slip(m, block);
	if (block->kind == BLOCK_COMMENT && lab_part(block->text) != LAB_PART_NONE)
		m->part = lab_part(block->text);
	block->aside = m->part != LAB_PART_NONE;
	if (demo_is_table(block))
		take_table(m, at);
}

/* A lab is one place: its tables have one link and one set-up, whichever is played. The
 * listener stays where any of them speaks of it. */
static void agree(struct lesson *lesson, size_t index)
{
	const struct lab *lab = &lesson->labs.at[index];
	bool keep = false;

	for (size_t i = 0; i < lesson->lab_tables.n; i++)
		if (lesson->lab_tables.at[i].lab == index)
			keep = keep || demo_names(&lesson->lab_tables.at[i].demo, "listener");
	for (size_t i = 0; i < lesson->lab_tables.n; i++) {
		struct demo *demo = &lesson->lab_tables.at[i].demo;

		if (lesson->lab_tables.at[i].lab != index)
			continue;
		if (!lab->setup.given[KEY_LINK] && lab->goal != SIZE_MAX)
			demo->link = demo_default_link(&lesson->lab_tables.at[lab->goal].demo);
		demo->keeps_listener = keep;
		demo_make_prologue(demo);
	}
}

/*
 * Where the parts stand, once the directives of demos are no blocks any more.
 */

static void place(struct lesson *lesson, struct lab *lab, size_t at)
{
	const struct block *block = &lesson->blocks.at[at];

	if (block->kind == BLOCK_COMMENT && lab_part(block->text) == LAB_PART_HINT)
		vec_push(&lab->hints, at);
	if (block->kind == BLOCK_LAB)
		lesson->lab_tables.at[block->demo].block = at;
	lab->end = at + 1;
}

void lab_place_all(struct lesson *lesson)
{
	struct lab *lab = NULL;
	size_t n = 0;

	for (size_t i = 0; i < lesson->blocks.n; i++) {
		const struct block *block = &lesson->blocks.at[i];

		if (block->kind == BLOCK_COMMENT && lab_is(block->text)) {
			lab = n < lesson->labs.n ? &lesson->labs.at[n++] : NULL;
			if (lab)
				lab->first = i;
		} else if (ends_lab(&lesson->blocks, i)) {
			lab = NULL;
		}
		if (lab)
			place(lesson, lab, i);
	}
}

void lab_make_all(struct lesson *lesson, struct errs *errs)
{
	struct maker m = {.lesson = lesson, .errs = errs};

	for (size_t i = 0; i < lesson->blocks.n; i++)
		see(&m, i);
	for (size_t i = 0; i < lesson->labs.n; i++) {
		agree(lesson, i);
		if (lesson->labs.at[i].goal == SIZE_MAX)
			errs_add(errs, lesson->file, lesson->labs.at[i].line,
				 "a lab needs a goal: a table with the columns Process A and "
				 "Process B that says what is to be seen");
	}
}
