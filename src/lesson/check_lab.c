/*
 * check_lab.c - what can be seen to be wrong in a lab without playing it.
 */
#include "lesson/check.h"

#include "base/duration.h"
#include "lesson/action.h"

#include <stdlib.h>

static void check_cell(const struct lab *lab, const struct table_row *row, enum role role,
		       const char *what, const char *file, struct errs *errs)
{
	const struct cell *cell = &row->cell[role];

	if (cell->kind == CELL_ACTION && lab_why_not_do(lab, cell->action))
		errs_add(errs, file, row->line, "%s uses %s, which the lab does not allow", what,
			 cell->text);
}

/* Only actions that are allowed, of roles that the learner plays. */
static void check_allowed(const struct lesson *lesson, const struct lab *lab,
			  const struct demo *demo, const char *what, struct errs *errs)
{
	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int r = 0; r < ROLES; r++)
			if (lab_plays(lesson, lab, (enum role)r))
				check_cell(lab, &demo->table.rows.at[i], (enum role)r, what,
					   lesson->file, errs);
}

/* The next action of ROLE's column from row *I on; *I goes on behind it. NULL: there is none. */
static const struct table_row *next_action(const struct table *table, enum role role, size_t *i)
{
	while (*i < table->rows.n) {
		const struct table_row *row = &table->rows.at[(*i)++];

		if (row->cell[role].kind == CELL_ACTION)
			return row;
	}
	return NULL;
}

/* A role that plays by the goal's table does the same in every table of the lab, up to where that
 * ends. */
static void check_script(const struct lesson *lesson, const struct demo *goal,
			 const struct demo *demo, enum role role, struct errs *errs)
{
	const struct table_row *row, *wanted;
	size_t here = 0, there = 0;

	while ((row = next_action(&demo->table, role, &here))) {
		wanted = next_action(&goal->table, role, &there);
		if (wanted && action_same(row->cell[role].action, wanted->cell[role].action))
			continue;
		errs_add(errs, lesson->file, row->line,
			 "%s plays by the goal's table: %s would be right, not %s", role_name(role),
			 wanted ? wanted->cell[role].text : "nothing more", row->cell[role].text);
		return;
	}
}

static void check_scripts(const struct lesson *lesson, const struct lab *lab,
			  const struct demo *demo, struct errs *errs)
{
	const struct demo *goal = lab_goal(lesson, lab);

	for (int r = 0; goal && r < ROLES; r++)
		if (!lab_plays(lesson, lab, (enum role)r) && !lab->program[r])
			check_script(lesson, goal, demo, (enum role)r, errs);
}

static bool has_outcome(const struct demo *goal)
{
	for (size_t i = 0; i < goal->table.rows.n; i++)
		for (int r = 0; r < ROLES; r++)
			if (goal->table.rows.at[i].cell[r].kind == CELL_OUTCOME)
				return true;
	return false;
}

static void check_id(const struct lesson *lesson, const struct lab *lab, struct errs *errs)
{
	const char *id = lab->setup.id;

	for (size_t i = 0; id && i < lesson->demos.n; i++)
		if (str_same(lesson->demos.at[i].id, id))
			errs_add(errs, lesson->file, lab->line, "the id '%s' is a demo's already", id);
	for (const struct lab *other = lesson->labs.at; id && other < lab; other++)
		if (str_same(other->setup.id, id))
			errs_add(errs, lesson->file, lab->line, "the id '%s' is another lab's already",
				 id);
}

static size_t count_cells(const struct demo *demo, enum role role, enum cell_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < demo->table.rows.n; i++)
		n += demo->table.rows.at[i].cell[role].kind == kind;
	return n;
}

/* A row is not waited for as long as it asks to be. */
static void check_waits(const struct lesson *lesson, const struct demo *goal, enum role role,
			struct errs *errs)
{
	struct str patience = {0};

	duration_print(&patience, goal->patience);
	for (size_t i = 0; i < goal->table.rows.n; i++) {
		const struct table_row *row = &goal->table.rows.at[i];
		const struct cell *cell = &row->cell[role];

		if (cell->kind == CELL_OUTCOME && cell->outcome.kind == OUTCOME_WAITS &&
		    cell->outcome.number >= goal->patience)
			errs_add(errs, lesson->file, row->line,
				 "'%s' can never hold: a row waits for %s, which patience= changes",
				 cell->text, str_text(&patience));
	}
	str_free(&patience);
}

/* What a program is to do is said in outcomes; those that do it are no tables. */
static void check_program(const struct lesson *lesson, const struct lab *lab, enum role role,
			  struct errs *errs)
{
	const struct demo *goal = lab_goal(lesson, lab);

	if (lab->program[role_other(role)] && role == ROLE_B)
		errs_add(errs, lesson->file, lab->line,
			 "one role of a lab is a program, and the other plays by the goal's table");
	if (!goal)
		return;
	/* The two ends of a pair have no name that a program could be told. */
	if (goal->link == LINK_PAIR)
		errs_add(errs, lesson->file, lab->line,
			 "%s is a program, which cannot be given an end of a pair; link=unix gives it "
			 "an address to connect to", role_name(role));
	if (count_cells(goal, role, CELL_ACTION))
		errs_add(errs, lesson->file, goal->line,
			 "%s is a program: its column can hold outcomes alone, such as connects",
			 role_name(role));
	if (count_cells(goal, role, CELL_OUTCOME) == 0)
		errs_add(errs, lesson->file, goal->line,
			 "%s is a program, and the goal wants nothing of it; an outcome such as "
			 "connects says what it is to do", role_name(role));
	check_waits(lesson, goal, role, errs);
	/* The other role's calls are all there, so what they name must be. */
	if (!lab->program[role_other(role)] && count_cells(goal, role, CELL_ACTION) == 0)
		demo_check(goal, lesson->file, errs);
	if (lab->solutions.n || lab->wrong.n)
		errs_add(errs, lesson->file, lab->line,
			 "what meets the goal of a lab for a program, and what does not, are programs: "
			 "programs/%s/good-*, programs/%s/bad-*", lab->setup.id ? lab->setup.id : "LAB",
			 lab->setup.id ? lab->setup.id : "LAB");
}

void lab_check(const struct lesson *lesson, const struct lab *lab, struct errs *errs)
{
	const struct demo *goal = lab_goal(lesson, lab);
	bool program = lab->program[ROLE_A] || lab->program[ROLE_B];

	check_id(lesson, lab, errs);
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		if (lab->program[r])
			check_program(lesson, lab, r, errs);
	if (goal && !has_outcome(goal))
		errs_add(errs, lesson->file, goal->line,
			 "a goal needs an outcome: what is to be seen, such as ECONNRESET");
	if (!program && lab->solutions.n == 0)
		errs_add(errs, lesson->file, lab->line,
			 "a lab needs a table after <!-- solution -->, which meets its goal");
	if (!program && lab->wrong.n == 0)
		errs_add(errs, lesson->file, lab->line,
			 "a lab needs a table after <!-- wrong -->, which does not meet its goal");
	for (size_t i = 0; i < lab->solutions.n; i++) {
		const struct demo *demo = &lesson->lab_tables.at[lab->solutions.at[i]].demo;

		demo_check(demo, lesson->file, errs);
		check_allowed(lesson, lab, demo, "a solution", errs);
		check_scripts(lesson, lab, demo, errs);
	}
	for (size_t i = 0; i < lab->wrong.n; i++) {
		const struct demo *demo = &lesson->lab_tables.at[lab->wrong.at[i]].demo;

		demo_check(demo, lesson->file, errs);
		check_allowed(lesson, lab, demo, "a wrong attempt", errs);
		check_scripts(lesson, lab, demo, errs);
	}
}
