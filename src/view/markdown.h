/*
 * markdown.h - a lesson's blocks set as lines of styled text, and its pages.
 *
 * Text is set in at most 72 columns; what cannot be broken well (code) may use
 * up to 80. A demo stands as its table with one line under it that says what
 * Enter does. Questions (task lists) show their boxes empty: the right answer
 * is not given away.
 */
#ifndef VIEW_MARKDOWN_H
#define VIEW_MARKDOWN_H

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
};

/* Set LESSON's text in WIDTH columns and its code in up to MOST; both are at least 20. */
void layout_make(struct layout *layout, const struct lesson *lesson, int width, int most,
		 bool ascii);

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

void layout_free(struct layout *layout);

#endif
