/*
 * list.c - which lists are tight: those that can be printed without blank lines.
 */
#include "lesson/markdown.h"

static bool begins_empty(const struct block *list)
{
	return list->children.n == 0 || list->children.at[0].children.n == 0;
}

/* Whether B can begin on the line after paragraph A without becoming part of it. */
static bool interrupts(const struct block *b)
{
	switch (b->kind) {
	case BLOCK_HEADING:
	case BLOCK_CODE:
	case BLOCK_QUOTE:
	case BLOCK_COMMENT:
		return true;
	case BLOCK_LIST:
		return (b->level == -1 || b->level == 1) && !begins_empty(b);
	case BLOCK_PARAGRAPH:
	case BLOCK_RULE:
	case BLOCK_TABLE:
	case BLOCK_DEMO:
	case BLOCK_LAB:
	case BLOCK_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		break;
	}
	return false;
}

/* Whether B can follow A in an item without a blank line between. */
static bool follows_tight(const struct block *a, const struct block *b)
{
	switch (a->kind) {
	case BLOCK_HEADING:
	case BLOCK_CODE:
	case BLOCK_COMMENT:
		return true;
	case BLOCK_PARAGRAPH:
		return interrupts(b);
	case BLOCK_LIST:
		return b->kind != BLOCK_LIST && b->kind != BLOCK_QUOTE && interrupts(b);
	case BLOCK_QUOTE:
		return b->kind != BLOCK_QUOTE && interrupts(b);
	case BLOCK_RULE:
	case BLOCK_TABLE:
	case BLOCK_DEMO:
	case BLOCK_LAB:
	case BLOCK_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		break;
	}
	return false;
}

void block_tidy_list(struct block *list)
{
	bool can_be_loose = list->children.n > 1;

	for (size_t i = 0; i < list->children.n; i++) {
		const struct blocks *in = &list->children.at[i].children;

		can_be_loose = can_be_loose || in->n > 1;
		for (size_t k = 1; k < in->n; k++)
			if (!follows_tight(&in->at[k - 1], &in->at[k]))
				list->tight = false;
	}
	if (!can_be_loose)
		list->tight = true;
}
