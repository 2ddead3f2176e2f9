#include "course/course.h"

#include "course/predict.h"
#include "course/question.h"
#include "lesson/check.h"

#include <string.h>

/*
 * Order.
 */

static void check_id(const struct lesson *lesson, struct errs *errs)
{
	size_t n = strlen(lesson->id);

	if (strspn(lesson->id, "abcdefghijklmnopqrstuvwxyz0123456789-") != n ||
	    lesson->id[0] == '-' || lesson->id[n - 1] == '-')
		errs_add(errs, lesson->file, 0, "a lesson's file is called by lower-case words "
			 "joined by hyphens, as in half-close.md");
}

/* The lessons are sorted by their order; those without one come last. */
static void check_order(const struct shelf *shelf, size_t i, struct errs *errs)
{
	const struct lesson *lesson = shelf->lessons.at[i];
	const struct lesson *before = i ? shelf->lessons.at[i - 1] : NULL;
	int next = before ? before->order + 1 : 1;

	if (lesson->order < 1)
		errs_add(errs, lesson->file, 0, "the lesson has no place in the course; give it "
			 "one: order: %zu", shelf->lessons.n);
	else if (before && lesson->order == before->order)
		errs_add(errs, lesson->file, 0, "the order %d is that of the lesson '%s' too",
			 lesson->order, before->id);
	else if (lesson->order > next)
		errs_add(errs, lesson->file, 0, "no lesson has the order %d; this one has %d", next,
			 lesson->order);
}

/* With orders that rise along each `after`, no lesson can come after itself by a detour. */
static void check_after(const struct lesson *lesson, struct shelf *shelf, struct errs *errs)
{
	for (size_t i = 0; i < lesson->after.n; i++) {
		const struct lesson *other = shelf_find(shelf, lesson->after.at[i]);

		if (other && other != lesson && other->order >= lesson->order)
			errs_add(errs, lesson->file, lesson->after_line, "the lesson comes after "
				 "'%s', but has the order %d, and that one %d", other->id,
				 lesson->order, other->order);
	}
}

/*
 * What each lesson has.
 */

static void check_front(const struct lesson *lesson, struct errs *errs)
{
	if (!lesson->summary)
		errs_add(errs, lesson->file, 0, "the lesson has no summary; the list of lessons "
			 "shows it");
	if (lesson->minutes < COURSE_MINUTES_LEAST || lesson->minutes > COURSE_MINUTES_MOST)
		errs_add(errs, lesson->file, 0, "a lesson takes %d to %d minutes, not %d",
			 COURSE_MINUTES_LEAST, COURSE_MINUTES_MOST, lesson->minutes);
}

/* `After this lesson you can say:` and a list. */
static bool states_end(const struct blocks *blocks)
{
	for (size_t i = 0; i + 1 < blocks->n; i++) {
		struct str text = {0};
		bool found;

		if (blocks->at[i].kind != BLOCK_PARAGRAPH || blocks->at[i + 1].kind != BLOCK_LIST)
			continue;
		spans_text(&text, &blocks->at[i].spans);
		found = strstr(str_text(&text), "After this lesson you can") != NULL;
		str_free(&text);
		if (found)
			return true;
	}
	return false;
}

static void check_end(const struct lesson *lesson, struct errs *errs)
{
	if (!states_end(&lesson->blocks))
		errs_add(errs, lesson->file, 0, "the lesson does not state what its reader can say "
			 "in the end: a paragraph 'After this lesson you can say:' and a list");
}

static void check_demos(const struct lesson *lesson, struct errs *errs)
{
	size_t predictions = 0;

	if (lesson->demos.n < COURSE_DEMOS)
		errs_add(errs, lesson->file, 0, "a lesson has at least %d demos, not %zu",
			 COURSE_DEMOS, lesson->demos.n);
	for (size_t i = 0; i < lesson->demos.n; i++)
		predictions += predict_is_given(lesson, i);
	if (predictions < COURSE_PREDICTIONS)
		errs_add(errs, lesson->file, 0, "no demo of this lesson has a comment such as "
			 "<!-- predict: row=6 --> before it");
}

/* That there is no right answer at all is told by lesson_check(). */
static void check_question(const struct lesson *lesson, const struct question *question,
			   struct errs *errs)
{
	size_t right = 0;

	if (!question->stem)
		errs_add(errs, lesson->file, question->line, "these answers have no question; put "
			 "it in the paragraph before them");
	if (question->answers.n < 2)
		errs_add(errs, lesson->file, question->line, "a question has at least 2 answers, "
			 "not %zu", question->answers.n);
	for (size_t i = 0; i < question->answers.n; i++) {
		const struct answer *answer = &question->answers.at[i];

		right += answer->right;
		if (answer->n_why == 0)
			errs_add(errs, lesson->file, answer->text->line, "this answer does not say "
				 "why it is %s; put a paragraph below it", answer->right ? "right"
									 : "wrong");
	}
	if (right > 1)
		errs_add(errs, lesson->file, question->line, "this question has %zu right answers; "
			 "it has one", right);
}

static void check_questions(const struct lesson *lesson, struct errs *errs)
{
	struct questions questions;

	questions_find(&questions, lesson);
	if (questions.list.n < COURSE_QUESTIONS)
		errs_add(errs, lesson->file, 0, "a lesson has at least %d questions, not %zu; a "
			 "question is a paragraph and a list of boxes, - [ ] and - [x]",
			 COURSE_QUESTIONS, questions.list.n);
	for (size_t i = 0; i < questions.list.n; i++)
		check_question(lesson, &questions.list.at[i], errs);
	questions_free(&questions);
}

void course_check(struct shelf *shelf, struct errs *errs)
{
	struct introduced introduced = {0};

	if (shelf->lessons.n == 0)
		errs_add(errs, shelf->directory, 0, "there are no lessons here");
	for (size_t i = 0; i < shelf->lessons.n; i++) {
		const struct lesson *lesson = shelf->lessons.at[i];

		check_id(lesson, errs);
		check_order(shelf, i, errs);
		check_after(lesson, shelf, errs);
		check_front(lesson, errs);
		check_end(lesson, errs);
		check_demos(lesson, errs);
		check_questions(lesson, errs);
		introduced_check(&introduced, lesson, errs);
		lesson_check(lesson, shelf, errs);
		predict_check(lesson, errs);
	}
	introduced_free(&introduced);
}
