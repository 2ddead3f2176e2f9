/*
 * tally.c - how far a lesson is.
 */
#include "course/progress.h"

#include "course/predict.h"
#include "course/question.h"

#include <string.h>

static void count_demos(struct tally *tally, const struct progress *p, const struct lesson *lesson)
{
	for (size_t i = 0; i < lesson->demos.n; i++)
		tally->demos_seen += progress_has_seen(p, lesson->id, lesson->demos.at[i].id);
	tally->demos = lesson->demos.n;
}

static void count_predictions(struct tally *tally, const struct progress *p,
			      const struct lesson *lesson)
{
	for (size_t i = 0; i < lesson->demos.n; i++) {
		struct prediction guess = {0};

		if (predict_find(&guess, lesson, i, 0, NULL)) {
			tally->predictions++;
			tally->predictions_right += progress_prediction(p, lesson->id,
									lesson->demos.at[i].id,
									guess.row) == 1;
		}
		predict_free(&guess);
	}
}

static void count_questions(struct tally *tally, const struct progress *p,
			    const struct lesson *lesson)
{
	struct questions questions = {0};

	questions_find(&questions, lesson);
	tally->questions = questions.list.n;
	for (size_t i = 0; i < questions.list.n; i++)
		tally->questions_right += progress_question(p, lesson->id,
							    questions.list.at[i].number) == 1;
	questions_free(&questions);
}

static void count_labs(struct tally *tally, const struct progress *p, const struct lesson *lesson)
{
	tally->labs = lesson->labs.n;
	for (size_t i = 0; i < lesson->labs.n; i++)
		tally->labs_met += progress_has_met(p, lesson->id, lesson->labs.at[i].setup.id);
}

struct tally progress_tally(const struct progress *p, const struct lesson *lesson)
{
	struct tally tally = {.begun = progress_knows(p, lesson->id)};

	count_demos(&tally, p, lesson);
	count_predictions(&tally, p, lesson);
	count_questions(&tally, p, lesson);
	count_labs(&tally, p, lesson);
	tally.done = tally.begun && tally.demos_seen == tally.demos &&
		     tally.questions_right == tally.questions;
	return tally;
}
