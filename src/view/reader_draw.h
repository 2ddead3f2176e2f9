/*
 * reader_draw.h - how a page of a lesson's text is drawn, and where. Private to reader.c and
 * reader_draw.c.
 */
#ifndef VIEW_READER_DRAW_H
#define VIEW_READER_DRAW_H

#include "view/view.h"

enum {
	READER_TOP = 2,     /* header and a blank line */
	READER_BOTTOM = 2,  /* a line for messages, and the key bar */
};

/* The page that is shown, its text being set. */
const struct page *reader_page_now(const struct reader *r);

/* Line I of all pages. */
const struct line *reader_line_at(const struct reader *r, size_t i);

/* What is marked, or NULL. */
const struct line *reader_focus_line(const struct reader *r);

/* The columns of the text, and where they begin: in the middle of what the map leaves. */
int reader_text_width(const struct model *m);
int reader_text_x(const struct model *m);

/* Draw the page that is shown. */
void reader_draw(struct canvas *c, const struct model *m);

#endif
