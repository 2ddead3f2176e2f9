/*
 * markdown.h - Markdown text to blocks, by md4c. Private to the lesson module.
 *
 * Knows nothing of demos: their tables and directives come out as BLOCK_TABLE
 * and BLOCK_COMMENT. Every block has its line. md4c hands out pointers into the
 * text it was given, so a line number is a count of newlines (md4c(3)).
 */
#ifndef LESSON_MARKDOWN_H
#define LESSON_MARKDOWN_H

#include "lesson/lesson.h"

/* What is to be parsed: from TEXT, which is in line LINE of FILE, to END. It is clean: valid
 * UTF-8, no control characters but newline and tab. PAD newlines stand before it. */
struct source {
	const char *file;
	const char *text;
	const char *end;
	int line;
	size_t pad;
};

/* Append the blocks of SOURCE. */
void markdown_parse(struct blocks *blocks, const struct source *source, struct errs *errs);

/* Free what BLOCK owns. */
void block_free(struct block *block);

/*
 * Bring a finished list into the form in which it can be printed: tight only where no
 * blank line is needed, loose only where one is possible.
 */
void block_tidy_list(struct block *list);

#endif
