#include "plain/walk.h"

#include "base/text.h"
#include "course/fact.h"
#include "course/predict.h"
#include "view/markdown.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* A lesson of one block, which is borrowed: the layout then sets just that block. */
void walk_block(const struct lesson *lesson, const struct block *block)
{
	struct lesson one = *lesson;
	struct layout layout = {0};

	one.blocks.at = (struct block *)(uintptr_t)block;
	one.blocks.n = one.blocks.cap = 1;
	layout_make(&layout, &one, PLAIN_COLUMNS, LAYOUT_MOST, false);
	dialog_lines(&layout.lines);
	layout_free(&layout);
}

void walk_save(struct plain *p)
{
	struct str why = {0};

	progress_save(p->options->progress, &why);
	if (why.len && !p->complained)
		dialog_say("%s", str_text(&why));
	p->complained = p->complained || why.len;
	str_free(&why);
}

/* `<!-- here: NAME -->` */
static bool print_fact(const struct block *block)
{
	struct str text = {0};
	char name[40];

	if (block->kind != BLOCK_COMMENT || sscanf(block->text, " here: %39s", name) != 1 ||
	    !fact_print(&text, name)) {
		str_free(&text);
		return false;
	}
	dialog_say("%s", str_text(&text));
	str_free(&text);
	return true;
}

static const struct question *question_at(const struct questions *questions,
					  const struct block *block)
{
	for (size_t i = 0; i < questions->list.n; i++)
		if (questions->list.at[i].list == block)
			return &questions->list.at[i];
	return NULL;
}

/* A paragraph that asks is printed with its question, not before. */
static bool asks_later(const struct questions *questions, const struct block *block)
{
	for (size_t i = 0; i < questions->list.n; i++)
		if (questions->list.at[i].stem == block)
			return true;
	return false;
}

/* What is still to be guessed is not given away. */
static int first_hidden_row(const struct plain *p, const struct lesson *lesson, size_t demo)
{
	const char *id = lesson->demos.at[demo].id;
	struct prediction prediction = {0};
	int row = INT_MAX;

	if (p->options->no_predictions || progress_has_seen(p->options->progress, lesson->id, id))
		return row;
	if (predict_find(&prediction, lesson, demo, 0, NULL))
		row = prediction.asked_before;
	predict_free(&prediction);
	return row;
}

static void walk_rows_of(struct plain *p, const struct lesson *lesson, size_t index)
{
	const struct demo *demo = &lesson->demos.at[index];
	int hidden = first_hidden_row(p, lesson, index);

	printf(_("Demo %1$zu of %2$zu: %3$s, link %4$s.\n"), index + 1, lesson->demos.n,
	       demo->title, link_spec(demo->link)->name);
	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int r = 0; r < ROLES; r++) {
			const struct cell *cell = &demo->table.rows.at[i].cell[r];

			if (cell->kind == CELL_EMPTY)
				continue;
			printf("  %zu  %s: %s\n", i + 1, role_name((enum role)r),
			       cell->kind == CELL_OUTCOME && (int)i + 1 >= hidden
				       ? _("what will it be?")
				       : cell->text);
		}
}

static void walk_one(struct plain *p, struct lesson *lesson, const struct questions *questions,
		     const struct block *block)
{
	const struct question *question = question_at(questions, block);

	if (block->aside)
		return;
	if (question) {
		walk_question(p, lesson, question);
	} else if (block->kind == BLOCK_DEMO) {
		walk_rows_of(p, lesson, block->demo);
		if (strcmp(dialog_ask(&p->dialog, _("Enter runs this demo live, s skips it:")),
			   "s") != 0 &&
		    !p->dialog.leave)
			walk_demo(p, lesson, block->demo);
	} else if (block->kind == BLOCK_LAB) {
		walk_lab(p, lesson, lesson->lab_tables.at[block->demo].lab);
	} else if (block->kind == BLOCK_COMMENT ? !print_fact(block) : asks_later(questions, block)) {
		return;
	} else if (block->kind == BLOCK_TABLE) {
		walk_table(block);
	} else if (block->kind != BLOCK_COMMENT) {
		walk_block(lesson, block);
	}
	putchar('\n');
}

static bool ends_section(const struct block *block)
{
	return block->kind == BLOCK_HEADING && block->level <= 2;
}

/* The block to begin with: the last that does not begin after LINE. */
static size_t block_at_line(const struct lesson *lesson, int line)
{
	size_t at = 0;

	for (size_t i = 0; i < lesson->blocks.n && lesson->blocks.at[i].line <= line; i++)
		at = i;
	return at;
}

void walk_lesson(struct plain *p, struct lesson *lesson, int line)
{
	struct questions questions = {0};
	size_t first = block_at_line(lesson, line);

	questions_find(&questions, lesson);
	p->dialog.leave = false;
	for (size_t i = first; i < lesson->blocks.n && !p->dialog.leave; i++) {
		const struct block *block = &lesson->blocks.at[i];

		if (i > first && ends_section(block)) {
			progress_place(p->options->progress, lesson->id, block->line);
			walk_save(p);
			dialog_ask(&p->dialog, _("Enter goes on, q leaves the lesson:"));
			if (p->dialog.leave)
				break;
			putchar('\n');
		}
		if (i == 0 || !block_is_note(block - 1))
			walk_one(p, lesson, &questions, block);
	}
	if (!p->dialog.leave) {
		dialog_say("%s", _("That was the last page of this lesson."));
		p->read = lesson;
	}
	questions_free(&questions);
}
