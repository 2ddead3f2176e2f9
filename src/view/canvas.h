/*
 * canvas.h - a screen in memory: cells, and what is drawn on them.
 *
 * Views draw here and nowhere else; the terminal is somebody else's job
 * (term/screen.h), so a test can look at every screen as text. A cell holds one
 * character with the marks that combine with it; a wide one takes two cells,
 * the second of which is empty. Cells have a style, which says what the text is
 * and not how it looks: no colour is chosen here.
 *
 * Drawing outside the canvas is cut off, never an error. With `ascii` set, lines,
 * arrows and marks are drawn as ASCII that means the same (view/ascii.h).
 */
#ifndef VIEW_CANVAS_H
#define VIEW_CANVAS_H

#include "base/str.h"

#include <stdbool.h>

enum style {
	STYLE_NORMAL,
	STYLE_DIM,      /* past, still to come, or beside the point */
	STYLE_BOLD,     /* what has just happened; strong emphasis */
	STYLE_EM,       /* emphasis */
	STYLE_ACCENT,   /* where the eye should start */
	STYLE_GOOD,     /* ✓ */
	STYLE_BAD,      /* ✗, and what went wrong */
	STYLE_HEADING,
	STYLE_CODE,
	STYLE_LINK,
	STYLE_KEY,      /* a key to press, in the key bar */
	STYLE_SELECTED, /* what Enter will act on */
	STYLE_FOUND,    /* what a search found */
	STYLES
};

enum { GLYPH_BYTES = 14 };

struct glyph {
	char text[GLYPH_BYTES]; /* UTF-8; "" is the right half of a wide character */
	unsigned char width;    /* 1 or 2; 0 for the right half */
	unsigned char style;    /* enum style */
};

struct canvas {
	int columns;
	int rows;
	bool ascii;
	struct glyph *glyphs;   /* rows * columns, line by line; owned */
	int cursor_x;           /* where the cursor shows, or -1: nowhere */
	int cursor_y;
};

/* An empty canvas of that size; both are at least 1. */
void canvas_start(struct canvas *c, int columns, int rows, bool ascii);

/* Another size: the canvas is empty after. */
void canvas_resize(struct canvas *c, int columns, int rows);

void canvas_free(struct canvas *c);

/* Make all of it spaces, and hide the cursor. */
void canvas_clear(struct canvas *c);

/* The cell at X, Y, or NULL outside. */
struct glyph *canvas_at(const struct canvas *c, int x, int y);

/* Draw TEXT (UTF-8; what may not be sent to a terminal is drawn as U+FFFD) from X, in
 * at most WIDTH columns, cut where it does not fit. Returns the columns it took. */
int canvas_text(struct canvas *c, int x, int y, int width, enum style style, const char *text);

/* The same, but text that is cut ends in an ellipsis. */
int canvas_short(struct canvas *c, int x, int y, int width, enum style style, const char *text);

/* Draw TEXT so that it ends at column X + WIDTH. Returns where it begins. */
int canvas_right(struct canvas *c, int x, int y, int width, enum style style, const char *text);

/* Fill W columns of H lines with the one-column character TEXT. */
void canvas_fill(struct canvas *c, int x, int y, int w, int h, enum style style,
		 const char *text);

/* Give the W columns from X, Y another style, and leave their text. */
void canvas_restyle(struct canvas *c, int x, int y, int w, enum style style);

/* A frame of W columns and H lines with TITLE (may be NULL) in its upper border; the
 * inside is left as it is. */
void canvas_box(struct canvas *c, int x, int y, int w, int h, const char *title,
		enum style title_style);

/* Append the canvas as text, a line each, spaces at the ends of lines left out. */
void canvas_print(struct str *to, const struct canvas *c);

/* Columns that TEXT takes when it is drawn on C (ASCII may take more). */
int canvas_columns(const struct canvas *c, const char *text);

#endif
