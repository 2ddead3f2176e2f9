#include "course/question.h"

static bool is_question(const struct block *block)
{
	if (block->kind != BLOCK_LIST)
		return false;
	for (size_t i = 0; i < block->children.n; i++)
		if (block->children.at[i].task != TASK_NONE)
			return true;
	return false;
}

/* An item's first paragraph is the answer, the blocks after it say why. Without a text there
 * is nothing to choose. */
static void add_answer(struct question *q, const struct block *item)
{
	const struct blocks *in = &item->children;
	struct answer answer = {.right = item->task == TASK_RIGHT};
	size_t i = 0;

	while (i < in->n && in->at[i].kind != BLOCK_PARAGRAPH)
		i++;
	if (item->task == TASK_NONE || i == in->n)
		return;
	answer.text = &in->at[i];
	answer.n_why = in->n - i - 1;
	if (answer.n_why)
		answer.why = &in->at[i + 1];
	vec_push(&q->answers, answer);
}

/* The question that the list at INDEX of BLOCKS is. Comments do not part it from its stem. */
static struct question read_question(const struct blocks *blocks, size_t index, int number)
{
	const struct block *list = &blocks->at[index];
	struct question q = {.number = number, .line = list->line, .list = list};
	size_t before = index;

	while (before > 0 && blocks->at[before - 1].kind == BLOCK_COMMENT)
		before--;
	if (before > 0 && blocks->at[before - 1].kind == BLOCK_PARAGRAPH) {
		q.stem = &blocks->at[before - 1];
		q.line = q.stem->line;
	}
	for (size_t i = 0; i < list->children.n; i++)
		add_answer(&q, &list->children.at[i]);
	return q;
}

static void find_in(struct questions *questions, const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		int number = (int)questions->list.n + 1;

		if (is_question(&blocks->at[i]))
			vec_push(&questions->list, read_question(blocks, i, number));
		else
			find_in(questions, &blocks->at[i].children);
	}
}

void questions_find(struct questions *questions, const struct lesson *lesson)
{
	*questions = (struct questions){0};
	find_in(questions, &lesson->blocks);
}

void questions_free(struct questions *questions)
{
	for (size_t i = 0; i < questions->list.n; i++)
		vec_free(&questions->list.at[i].answers);
	vec_free(&questions->list);
}
