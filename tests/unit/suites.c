#include "suites.h"

#include <locale.h>
#include <stdio.h>

/* One row a file. */
static const struct suite *const suites[] = {
	&suite_action,
	&suite_asking,
	&suite_axis,
	&suite_base,
	&suite_browse,
	&suite_call,
	&suite_canvas,
	&suite_card,
	&suite_course,
	&suite_cell,
	&suite_check,
	&suite_compare,
	&suite_complete,
	&suite_conduct,
	&suite_decode,
	&suite_deed,
	&suite_demo,
	&suite_draft,
	&suite_fact,
	&suite_goal,
	&suite_keeping,
	&suite_killing,
	&suite_lab,
	&suite_layout,
	&suite_learning,
	&suite_lens,
	&suite_lens_stage,
	&suite_lesson,
	&suite_moves,
	&suite_notation,
	&suite_notes,
	&suite_outcome,
	&suite_player,
	&suite_predict,
	&suite_program,
	&suite_program_stage,
	&suite_progress,
	&suite_question,
	&suite_rehearsal,
	&suite_report,
	&suite_sandbox,
	&suite_score,
	&suite_search,
	&suite_shelf,
	&suite_shorten,
	&suite_stage,
	&suite_faults,
	&suite_timeline,
	&suite_tracing,
	&suite_unread,
	&suite_wire,
	NULL,
};

/* As the program does: widths of characters need a UTF-8 locale. */
static int use_utf8(void)
{
	static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", ""};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (setlocale(LC_CTYPE, names[i]))
			return 1;
	return 0;
}

int main(int argc, char **argv)
{
	if (!use_utf8()) {
		fputs("unit: there is no UTF-8 locale here\n", stderr);
		return 1;
	}
	return runner_main(argc, argv, suites);
}
