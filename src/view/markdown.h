/*
 * markdown.h - a lesson's blocks set as lines of styled text, and its pages.
 *
 * Text is set in at most 72 columns; what cannot be broken well (code) may use
 * up to 80. A demo stands as its table with one line under it that says what
 * Enter does. Questions (task lists) show what is asked and the answers, their
 * boxes empty: neither the right one nor the reasons are given away. Facts of
 * this machine stand where the lesson asks for them; notes for who presents the
 * lesson are left out.
 */
#ifndef VIEW_MARKDOWN_H
#define VIEW_MARKDOWN_H

#include "course/predict.h"
#include "course/question.h"
#include "lesson/lesson.h"
#include "view/flow.h"

enum { LAYOUT_TEXT = 72, LAYOUT_MOST = 80 };

struct heading_place {
	int level;
	char *text;        /* owned */
	size_t line;
};

struct page {
	size_t first;      /* index of its first line */
	size_t n;          /* lines; never more than the height */
};

struct layout {
	struct lines lines;
	VEC(struct heading_place) headings;
	VEC(struct page) pages;
	struct questions questions;
};

/* The box before an answer, as it stands in the lines. */
const char *layout_box(bool ascii);

/* Set LESSON's text in WIDTH columns and its code in up to MOST; both are at least 20. */
void layout_make(struct layout *layout, const struct lesson *lesson, int width, int most,
		 bool ascii);

/* The same, but what HIDDEN[I] (its n may be 0) will ask in demo I is not given away; pages and
 * lines are as they would be. */
void layout_make_hiding(struct layout *layout, const struct lesson *lesson, int width, int most,
			bool ascii, const struct prediction *hidden);

/* Append the block B of LESSON by itself, in WIDTH columns, also one that is aside; a comment is
 * nothing. */
void block_lines(struct lines *out, int width, const struct lesson *lesson, const struct block *b);

/* How much text stands before LINE, and the line that has that much before it: the same
 * place in a layout of another width. */
size_t layout_weight(const struct layout *layout, size_t line);
size_t layout_at_weight(const struct layout *layout, size_t weight);

/* Break the lines into pages of HEIGHT lines (at least 1). A heading stays with what
 * follows it, a table or a demo in one piece where that fits on a page. */
void layout_pages(struct layout *layout, int height);

/* The page that holds LINE. */
size_t layout_page_of(const struct layout *layout, size_t line);

/* The line under demo number DEMO (its index), or SIZE_MAX. */
size_t layout_demo_line(const struct layout *layout, int demo);

/* The line of the lesson file that stands for PAGE: of the first block that begins on it, or, on
 * a page in the middle of a block, of that one. */
int layout_place(const struct layout *layout, size_t page);

/* The page for that line: where the last block begins that does not begin after it. */
size_t layout_page_at(const struct layout *layout, int place);

void layout_free(struct layout *layout);

#endif
