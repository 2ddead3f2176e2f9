/*
 * A lab that a program of the reader's plays, a run at a time.
 */
#include "plain/walk.h"

#include "base/argv.h"
#include "base/clock.h"
#include "base/text.h"
#include "lesson/action.h"
#include "plain/tell.h"
#include "stage/stage.h"
#include "view/markdown.h"
#include "view/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct program_walk {
	struct plain *p;
	struct lesson *lesson;
	const struct lab *lab;
	const struct demo *goal;
	enum role role;      /* that the program plays */
	size_t hints;        /* how many were given */
	bool solved;         /* and the solution */
};

static void print_blocks(const struct lesson *lesson, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		struct lines lines = {0};

		block_lines(&lines, PLAIN_COLUMNS, lesson, &lesson->blocks.at[i]);
		dialog_lines(&lines);
		lines_free(&lines);
	}
}

void walk_goal(const struct demo *demo)
{
	for (size_t i = 0; i < demo->table.rows.n; i++) {
		const struct table_row *row = &demo->table.rows.at[i];

		for (int r = 0; r < ROLES; r++)
			if (row->cell[r].kind != CELL_EMPTY)
				printf("  %zu  %s: %s\n", i + 1, role_name((enum role)r),
				       row->cell[r].text);
		if (row->note && *row->note)
			printf("     %s\n", row->note);
	}
}

void walk_hint(const struct lesson *lesson, const struct lab *lab, size_t *hints, bool *solved)
{
	size_t first, end;

	if (*hints < lab->hints.n) {
		lab_hint(lesson, lab, (*hints)++, &first, &end);
		print_blocks(lesson, first, end);
		return;
	}
	if (lab->solutions.n == 0)
		dialog_say("%s", _("There are no more hints."));
	*solved = lab->solutions.n > 0;
	for (size_t i = 0; i < lab->solutions.n; i++) {
		dialog_say("%s", i ? _("Another solution") : _("A solution"));
		lab_why(lesson, lab, lab->solutions.at[i], &first, &end);
		print_blocks(lesson, first, end);
		walk_goal(&lesson->lab_tables.at[lab->solutions.at[i]].demo);
	}
}

/* Tell what happens until nothing more will. */
static void watch(struct player *player, struct stage *stage, struct teller *teller)
{
	struct event e;

	while (!player->done && !player->trouble) {
		if (stage_wait(stage, &e, -1) == STAGE_EVENT)
			player_event(player, e, clock_now());
		else
			player_gone(player, stage_end_text(stage));
		tell_news(teller);
	}
	if (teller->calls > TELL_CALLS)
		dialog_say(ngettext("It made %zu call.", "It made %zu calls.", teller->calls),
			   teller->calls);
}

static void tell_result(struct program_walk *w, const struct player *player)
{
	struct str words = {0};
	struct standing standing;

	program_standing(&standing, player);
	standing_words(&words, player, &standing);
	/* TRANSLATORS: rows of the goal that hold, of all */
	dialog_say(_("%1$d of %2$d rows hold."), standing.met, standing.rows);
	dialog_say("%s", str_text(&words));
	if (player->done) {
		progress_lab_tried(w->p->options->progress, w->lesson->id, w->lab->setup.id,
				   (size_t)standing.met, (size_t)standing.rows);
		walk_save(w->p);
	}
	if (standing.row == 0 && player->done) {
		progress_lab_met(w->p->options->progress, w->lesson->id, w->lab->setup.id, w->solved);
		walk_save(w->p);
	}
	str_free(&words);
}

/* All rows, played by the command that was given. */
static void run(struct program_walk *w)
{
	struct stage_options options = {.real_time = w->p->options->real_time, .blind = true};
	char **words = argv_read(w->p->command);
	struct player player;
	struct teller teller = {w->goal, &player, 0, 0};
	struct errs errs = {0};
	struct stage *stage;

	options.program[w->role] = (const char *const *)words;
	stage = stage_open_with(w->goal, &options, &errs);
	if (stage) {
		player_start(&player, w->lesson, w->goal);
		player_program(&player, w->role, w->p->command);
		stage_tell(stage, STAGE_STEP_TO, (int)w->goal->table.rows.n);
		watch(&player, stage, &teller);
		tell_result(w, &player);
		player_free(&player);
		stage_close(stage);
	} else {
		dialog_say("%s", errs.list.n ? errs.list.at[0].text : _("No stage can be started."));
	}
	errs_free(&errs);
	argv_free(words);
}

/* Ask for the command; what was given last is taken by Enter. Returns whether there is one. */
static bool ask_command(struct program_walk *w)
{
	struct plain *p = w->p;
	char *prompt = p->command ? str_make(_("The command that runs it (Enter: %s), q leaves the "
					       "lab:"), p->command)
				  : mem_strdup(_("The command that runs it, q leaves the lab:"));
	const char *answer = dialog_ask(&p->dialog, prompt);
	bool given = *answer != '\0';

	free(prompt);
	if (given) {
		free(p->command);
		p->command = mem_strdup(answer);
	}
	return !p->dialog.leave && p->command;
}

/* One of the numbered choices after a run. Returns whether the lab goes on. */
static bool choose(struct program_walk *w)
{
	struct dialog *d = &w->p->dialog;

	puts(_("1. run it again (it may have been built anew)\n2. another command\n3. a hint\n4. leave "
	       "the lab"));
	switch (dialog_choose(d, 4)) {
	case 1:
		run(w);
		break;
	case 2:
		if (ask_command(w))
			run(w);
		break;
	case 3:
		walk_hint(w->lesson, w->lab, &w->hints, &w->solved);
		progress_lab_hinted(w->p->options->progress, w->lesson->id, w->lab->setup.id,
				    w->hints);
		break;
	default:
		return false;
	}
	return !d->leave;
}

/* What was given on the command line is run at once, once. */
static bool take_given(struct program_walk *w)
{
	const char *const *given = w->p->options->program;

	if (!given || w->p->command)
		return false;
	w->p->command = argv_write(given);
	return true;
}

void walk_program(struct plain *p, struct lesson *lesson, size_t index)
{
	const struct lab *lab = &lesson->labs.at[index];
	struct program_walk w = {.p = p, .lesson = lesson, .lab = lab,
				 .goal = lab_goal(lesson, lab), .role = program_role_of(lab)};

	dialog_say(_("A program of yours is %1$s. It is told where its peer is in %2$s and runs in this "
		     "directory; `socktutor lab %3$s --start c` (or py, go) writes one to begin with."),
		   role_name(w.role), program_told_by(w.goal->link), lab->setup.id);
	if (!take_given(&w) && !ask_command(&w))
		return;
	run(&w);
	while (!p->dialog.leave && choose(&w))
		;
}
