#include "view/quiz.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

static const struct binding keys[] = {
	{{'1', '2', '3', '4', '5', '6'}, OP_CHOOSE, "1 2 …", N_("another answer"), NULL},
	{{KEYS_ANY}, OP_SKIP, N_("any key"), N_("goes on"), NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

void quiz_open(struct quiz *quiz, const struct lesson *lesson, size_t n,
	       const struct progress *progress)
{
	quiz_free(quiz);
	quiz->lesson = lesson;
	for (size_t i = 0; i < n; i++) {
		bool right = progress && progress_question(progress, lesson->id, (int)i + 1) == 1;

		vec_push(&quiz->tries, (struct tries){0, right});
	}
}

static const struct question *question_at(const struct layout *layout, int question)
{
	return &layout->questions.list.at[question];
}

void quiz_choose(struct quiz *quiz, const struct layout *layout, int question, int answer,
		 struct progress *progress)
{
	const struct question *q = question_at(layout, question);
	struct tries *tries = &quiz->tries.at[question];

	if (answer < 0 || (size_t)answer >= q->answers.n)
		return;
	quiz->question = question;
	quiz->answer = answer;
	if (answer < 32)
		tries->tried |= 1U << answer;
	tries->right = tries->right || q->answers.at[answer].right;
	if (progress)
		progress_answered(progress, quiz->lesson->id, q->number,
				  q->answers.at[answer].right);
}

bool quiz_tells(const struct quiz *quiz)
{
	return quiz->lesson && quiz->question >= 0;
}

const struct binding *quiz_keys(void)
{
	return keys;
}

void quiz_close(struct quiz *quiz)
{
	quiz->question = -1;
}

bool quiz_right(const struct quiz *quiz, int question)
{
	return question >= 0 && (size_t)question < quiz->tries.n &&
	       quiz->tries.at[question].right;
}

/*
 * Drawing.
 */

static void mark_stem(struct canvas *c, const struct quiz *quiz, const struct layout *layout,
		      size_t line, int x, int y)
{
	const struct line *l = &layout->lines.list.at[line];
	int question = l->question;

	if (l->answer >= 0 && question_at(layout, question)->stem)
		return;
	if (line > 0 && layout->lines.list.at[line - 1].question == question)
		return;
	if (quiz->tries.at[question].right)
		canvas_text(c, x - 2, y, 1, STYLE_GOOD, "✓");
}

static void mark_box(struct canvas *c, const struct quiz *quiz, const struct layout *layout,
		     const struct line *line, int x, int y)
{
	const struct tries *tries = &quiz->tries.at[line->question];
	const struct question *q = question_at(layout, line->question);
	bool right = q->answers.at[line->answer].right;
	struct str s = {0};
	const char *text, *box;

	line_print(&s, line);
	text = str_text(&s);
	box = strstr(text, layout_box(layout->lines.ascii));
	if (box)
		x += (int)utf8_columns_n(text, (size_t)(box - text));
	if (box && right && tries->right)
		canvas_text(c, x, y, 3, STYLE_GOOD, "☑");
	else if (box && !right && line->answer < 32 && tries->tried >> line->answer & 1)
		canvas_text(c, x, y, 3, STYLE_BAD, c->ascii ? "[-]" : "☒");
	str_free(&s);
}

void quiz_mark(struct canvas *c, const struct quiz *quiz, const struct layout *layout, size_t line,
	       int x, int y)
{
	const struct line *l = &layout->lines.list.at[line];

	if (l->question < 0 || (size_t)l->question >= quiz->tries.n)
		return;
	mark_stem(c, quiz, layout, line, x, y);
	if (l->answer_head)
		mark_box(c, quiz, layout, l, x, y);
}

/* The blocks that say why, set as a lesson of their own, which borrows them. */
static void why_lines(struct layout *why, const struct quiz *quiz, const struct answer *answer,
		      int width, bool ascii)
{
	struct lesson part = *quiz->lesson;

	part.blocks.at = (struct block *)(uintptr_t)answer->why;
	part.blocks.n = part.blocks.cap = answer->n_why;
	layout_make(why, &part, width, width, ascii);
}

static void draw_box(struct canvas *c, const struct quiz_place *place, bool right, bool again,
		     const struct lines *lines)
{
	int below = place->bottom - place->end, above = place->from - place->top;
	int h = (int)lines->list.n + 2, room, y;
	const char *foot = again ? _("any key: try again") : _("any key goes on");

	room = h <= below || below >= above ? below : above;
	if (room < h && room < 5)
		room = place->bottom - place->top;
	h = h < room ? h : room;
	y = h <= below ? place->end : h <= above ? place->from - h : place->bottom - h;
	canvas_fill(c, place->x, y, place->w, h, STYLE_NORMAL, " ");
	canvas_box(c, place->x, y, place->w, h, right ? _("✓ Right") : _("✗ No, that is not it"),
		   right ? STYLE_GOOD : STYLE_BAD);
	for (int i = 0; i < (int)lines->list.n && i < h - 2; i++)
		line_draw(c, place->x + 2, y + 1 + i, place->w - 4, &lines->list.at[i]);
	canvas_text(c, place->x + 1, y + h - 1, 1, STYLE_DIM, " ");
	canvas_text(c, place->x + 2 + canvas_text(c, place->x + 2, y + h - 1, place->w - 4,
						  STYLE_KEY, foot),
		    y + h - 1, 1, STYLE_DIM, " ");
}

void quiz_draw(struct canvas *c, const struct quiz *quiz, const struct layout *layout,
	       const struct quiz_place *place)
{
	const struct answer *answer =
		&question_at(layout, quiz->question)->answers.at[quiz->answer];
	struct layout why = {0};

	why_lines(&why, quiz, answer, place->w - 4, c->ascii);
	if (why.lines.list.n == 0)
		flow_all(&why.lines, place->w - 4, STYLE_NORMAL,
			 answer->right ? _("That is the right answer.")
				       : _("Another answer is right."));
	draw_box(c, place, answer->right, !quiz->tries.at[quiz->question].right, &why.lines);
	layout_free(&why);
}

void quiz_free(struct quiz *quiz)
{
	vec_free(&quiz->tries);
	*quiz = (struct quiz){.question = -1};
}
