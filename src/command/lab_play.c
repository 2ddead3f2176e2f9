#include "command/lab_play.h"

#include "base/lang.h"
#include "base/text.h"
#include "stage/stage.h"
#include "timeline/goal.h"

#include <stdio.h>

bool table_play(const struct demo *demo, const struct stage_options *options,
		struct events *events, struct errs *errs)
{
	struct stage *stage = stage_open_with(demo, options, errs);
	struct event e = {.kind = EVENT_BEGIN};

	if (!stage)
		return false;
	stage_tell(stage, STAGE_STEP_TO, (int)demo->table.rows.n);
	while (e.kind != EVENT_DONE && stage_wait(stage, &e, -1) == STAGE_EVENT)
		events_add(events, e);
	stage_close(stage);
	return e.kind == EVENT_DONE;
}

/* Say of the outcome that E decides what was seen in its place. */
static void difference(struct str *to, const struct demo *demo, const struct events *events,
		       size_t i)
{
	const struct event *e = &events->list.at[i];
	const struct cell *cell = &demo->table.rows.at[e->row - 1].cell[e->role];
	struct events until = *events;
	struct str seen = {0};

	until.list.n = i + 1;
	outcome_seen_words(&seen, &cell->outcome, e->role, &until);
	str_addf(to, "%s: expected %s, saw %s", role_name(e->role), cell->text, str_text(&seen));
	str_free(&seen);
}

/* An outcome that the table itself has and that was not seen, or (of a SOLUTION) a row that could
 * not be carried out: its line, and in WHAT what was seen; or 0. */
static int first_trouble(const struct demo *demo, const struct events *events, bool solution,
			 struct str *what)
{
	for (size_t i = 0; i < events->list.n; i++) {
		const struct event *e = &events->list.at[i];
		bool differs = e->kind == EVENT_VERDICT &&
			       e->u.verdict.verdict == VERDICT_DIFFERS;
		bool stuck = solution && e->kind == EVENT_ROW_DONE && e->text;

		if (!(differs || stuck) || e->row < 1)
			continue;
		if (differs)
			difference(what, demo, events, i);
		else
			str_add(what, e->text);
		return demo->table.rows.at[e->row - 1].line;
	}
	return 0;
}

/* The line of the first row of the goal that was not met. */
static int unmet_line(const struct demo *goal, const struct goal *found)
{
	return goal->table.rows.at[found->rows.at[found->met].row - 1].line;
}

static void judge(const struct lesson *lesson, const struct demo *goal,
		  const struct lab_table *table, const struct events *events, struct errs *errs)
{
	struct goal found = {0};
	bool solution = table->use == LAB_SOLUTION;
	struct str what = {0};
	int trouble = first_trouble(&table->demo, events, solution, &what);

	goal_look(&found, &goal->table, events);
	if (found.verdict == VERDICT_UNSEEN)
		fprintf(stderr, _("%1$s:%2$d: whether this meets the goal cannot be seen on this "
				  "machine\n"), lesson->file, table->demo.line);
	else if (trouble)
		errs_add(errs, lesson->file, trouble, "this row of a %s does not hold: %s",
			 solution ? "solution" : "wrong attempt", str_text(&what));
	else if (solution && found.verdict != VERDICT_HOLDS)
		errs_add(errs, lesson->file, table->demo.line,
			 "this solution does not meet the goal: line %d is not reached",
			 unmet_line(goal, &found));
	else if (!solution && found.verdict == VERDICT_HOLDS)
		errs_add(errs, lesson->file, table->demo.line,
			 "this wrong attempt meets the goal; it must not");
	goal_free(&found);
	str_free(&what);
}

/* Whether its tables are played: of a lab for programs, programs are. */
static bool is_played(const struct lesson *lesson, const struct lab_table *table)
{
	const struct lab *lab = &lesson->labs.at[table->lab];

	return table->use != LAB_GOAL && !lab->program[ROLE_A] && !lab->program[ROLE_B];
}

void labs_play(const struct lesson *lesson, bool programs, struct errs *errs)
{
	const struct stage_options options = {.blind = true};
	const char *lang = lang_now();

	lang_set(LANG_SOURCE);
	for (size_t i = 0; i < lesson->lab_tables.n; i++) {
		const struct lab_table *table = &lesson->lab_tables.at[i];
		const struct demo *goal = lab_goal(lesson, &lesson->labs.at[table->lab]);
		struct events events = {0};

		if (!goal || !is_played(lesson, table))
			continue;
		if (table_play(&table->demo, &options, &events, errs))
			judge(lesson, goal, table, &events, errs);
		events_free(&events);
	}
	for (size_t i = 0; programs && i < lesson->labs.n; i++)
		programs_play(lesson, &lesson->labs.at[i], errs);
	lang_set(lang);
}
