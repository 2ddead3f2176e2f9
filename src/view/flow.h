/*
 * flow.h - styled text broken into lines of a given width.
 *
 * Text is taken in piece by piece, each in one style; a word may go over
 * several pieces. Lines break at spaces, and between characters that are
 * written without spaces (view/breaks.h); a word longer than a line is broken
 * where it must be, never between a character and the marks that combine with
 * it.
 */
#ifndef VIEW_FLOW_H
#define VIEW_FLOW_H

#include "base/vec.h"
#include "view/canvas.h"

/* A piece of a line in one style; owns its text. */
struct run {
	enum style style;
	char *text;
};

struct line {
	VEC(struct run) runs;
	bool glue;          /* better not parted from the line after it */
	bool runs_on;       /* no space parts its end from the beginning of the next */
	int heading;        /* index in layout.headings, or -1 */
	int demo;           /* index in lesson.demos, or -1 */
	int lab;            /* index in lesson.labs: the line under its goal; or -1 */
	bool demo_foot;     /* the line under a demo's table: what Enter does */
	bool page_ends;     /* what follows stands on another page */
	int question;       /* index in layout.questions, of its stem and its answers, or -1 */
	int answer;         /* index in the question's answers, or -1: it is the stem */
	bool answer_head;   /* the first line of an answer: the box stands on it */
	int block;          /* line of the lesson file, where a block begins with this line, or 0 */
};

struct lines {
	VEC(struct line) list;
	bool ascii;         /* flows put ASCII in, so that the columns are right */
};

struct flow;

/* Lines of WIDTH columns (at least 2) go to OUT, which is borrowed until flow_end(). The
 * first line begins with FIRST, the others with REST (borrowed, may be NULL for nothing),
 * in the style PREFIX. */
struct flow *flow_start(struct lines *out, int width, const char *first, const char *rest,
			enum style prefix);

/* More text. White space parts words. */
void flow_text(struct flow *f, enum style style, const char *text);

/* Text kept as it is, spaces too: broken only where it must be. */
void flow_raw(struct flow *f, enum style style, const char *text);

/* A line break. */
void flow_break(struct flow *f);

/* The last line, also when it is empty but for its prefix and nothing came before; frees
 * F. Returns how many lines were made. */
size_t flow_end(struct flow *f);

/* The same for one text in one style. */
size_t flow_all(struct lines *out, int width, enum style style, const char *text);

/* Append an empty line. Returns it; valid until the next is added. */
struct line *lines_add(struct lines *lines);

/* Drop the lines from index N on. */
void lines_cut(struct lines *lines, size_t n);

/* Append a run to LINE; TEXT is copied. */
void line_add(struct line *line, enum style style, const char *text);

/* Append spaces until LINE takes COLUMNS columns. */
void line_pad(struct line *line, int columns);

int line_columns(const struct line *line);

/* The text of a line without styles, appended. */
void line_print(struct str *to, const struct line *line);

/* Draw LINE from X, Y in at most WIDTH columns. Returns the columns it took. */
int line_draw(struct canvas *c, int x, int y, int width, const struct line *line);

/* Draw TEXT in one style from X, Y, in lines of W columns; what needs more than H is left out. */
void flow_draw(struct canvas *c, int x, int y, int w, int h, enum style style, const char *text);

void lines_free(struct lines *lines);

#endif
