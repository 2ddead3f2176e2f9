#include "plain/walk.h"

#include "base/text.h"

#include <stdio.h>

static void print_answer(const struct lesson *lesson, const struct answer *answer, size_t number)
{
	(void)lesson;
	printf("  %zu  ", number);
	for (size_t i = 0; i < answer->text->spans.n; i++)
		fputs(answer->text->spans.at[i].text ? answer->text->spans.at[i].text : " ", stdout);
	putchar('\n');
}

void walk_question(struct plain *p, struct lesson *lesson, const struct question *question)
{
	bool right = false;

	printf(_("Question %d.\n"), question->number);
	if (question->stem)
		walk_block(lesson, question->stem);
	for (size_t i = 0; i < question->answers.n; i++)
		print_answer(lesson, &question->answers.at[i], i + 1);
	while (!right && !p->dialog.leave) {
		size_t chosen = dialog_choose(&p->dialog, question->answers.n);
		const struct answer *answer;

		if (chosen == 0)
			return;
		answer = &question->answers.at[chosen - 1];
		right = answer->right;
		dialog_say("%s", right ? _("Right.") : _("No, that is not it."));
		for (size_t i = 0; i < answer->n_why; i++)
			walk_block(lesson, &answer->why[i]);
		progress_answered(p->options->progress, lesson->id, question->number, right);
		walk_save(p);
		if (!right)
			dialog_say("%s", _("Try again."));
	}
}
