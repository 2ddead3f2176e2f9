/*
 * builder.h - blocks in the making, while md4c tells what it finds. Private to the lesson
 * module.
 *
 * Blocks are built on a stack and tidied when they are closed, so that what
 * is added to their parent has its one form already.
 */
#ifndef LESSON_BUILDER_H
#define LESSON_BUILDER_H

#include "lesson/markdown.h"

enum { BUILDER_STYLES = 6 }; /* SPAN_EM to SPAN_STRIKE */

struct builder {
	const struct source *source;
	struct errs *errs;
	struct blocks *done;          /* blocks of the document */
	struct blocks open;           /* those being built, outermost first */
	struct blocks held;           /* comments inside a paragraph, which come after it */
	VEC(const char *) starts;     /* of the lines */
	int line;                     /* the newest that is known */
	int depth;                    /* open lists and quotes */
	int skipped;                  /* those that are nested too deeply */
	int styles[BUILDER_STYLES];   /* how many spans of each style are open */
	char *href;                   /* of the open link or image; owned */
	bool named;                   /* that has text */
	size_t hrefs;                 /* bytes of all so far */
	bool stopped;                 /* something is too big: the rest is left out */
	struct str html;              /* raw HTML being collected */
	bool implicit;                /* the newest open block is a paragraph md4c left out */
};

/* Find the lines of the source. */
void builder_find_lines(struct builder *b);

/* See that P comes now: the line is known when P is in the source. Some of what md4c
 * hands out is its own text. */
void builder_see(struct builder *b, const char *p);

/* The newest open block, or NULL; valid until another is opened. */
struct block *builder_top(struct builder *b);

/* Open a block; close the newest; close the paragraph that md4c left out, if one is open. */
void builder_open(struct builder *b, enum block_kind kind);
void builder_close(struct builder *b);
void builder_close_implicit(struct builder *b);

/* Comments that stood inside a paragraph or a table come after it: add those that can. */
void builder_release_held(struct builder *b);

/* Add text in the styles that are open, in a paragraph of its own where none is open. */
void builder_text(struct builder *b, const char *p, size_t n);

/* The HTML that was collected becomes comments and text. */
void builder_flush_html(struct builder *b);

/* The newest open block is a block of HTML: put its comments and paragraphs in its place. */
void builder_close_html(struct builder *b);

/* Free what the builder owns but the blocks that are done. */
void builder_free(struct builder *b);

#endif
