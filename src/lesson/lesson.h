/*
 * lesson.h - one Markdown file, parsed once into plain records.
 *
 * Every record carries its line. The file is not trusted: sizes are bounded
 * (LESSON_MOST_*), and no text of the records holds a control character.
 * Printing a lesson and parsing that gives the same records (but for lines).
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include "base/err.h"
#include "lesson/demo.h"
#include "lesson/lab.h"
#include "lesson/span.h"

#include <stdio.h>

enum {
	LESSON_MOST_BYTES = 1 << 20,
	LESSON_MOST_ROWS = 200,
	LESSON_MOST_DEMOS = 64,
	LESSON_MOST_LABS = 64,        /* and as many tables in each of them */
	LESSON_MOST_STRING = 64 << 10,
	LESSON_MOST_DEPTH = 16,       /* nested lists and quotes */
};

enum block_kind {
	BLOCK_HEADING,   /* level; spans */
	BLOCK_PARAGRAPH, /* spans */
	BLOCK_CODE,      /* info: the language or NULL; text */
	BLOCK_LIST,      /* level: the first number of an ordered list, -1 for bullets; children: items */
	BLOCK_ITEM,      /* task; children */
	BLOCK_QUOTE,     /* children */
	BLOCK_RULE,
	BLOCK_TABLE,     /* children: rows; the first is the header */
	BLOCK_ROW,       /* children: cells */
	BLOCK_CELL,      /* align; spans */
	BLOCK_DEMO,      /* demo */
	BLOCK_LAB,       /* a table of a lab; demo: index in lesson.lab_tables */
	BLOCK_COMMENT,   /* an HTML comment that is no directive of ours, kept: text (inside of <!-- -->) */
};

enum task { TASK_NONE, TASK_OPEN, TASK_RIGHT };
enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct blocks {
	struct block *at;        /* owned, as vec.h has it */
	size_t n, cap;
};

struct block {
	enum block_kind kind;
	int line;
	int level;
	enum task task;
	enum align align;
	bool tight;              /* a list without blank lines between its items */
	struct spans spans;
	struct blocks children;
	char *text;
	char *info;
	size_t demo;             /* BLOCK_DEMO: index in lesson.demos; BLOCK_LAB: see there */
	unsigned char extra;     /* of a row: 1: its line has more cells than the table, 2: there is
				  * text in those */
	bool aside;              /* part of a lab that the reader does not show: a hint, a solution,
	                          * a wrong attempt */
};

struct lesson {
	char *file;              /* as given; owned, as all text here */
	char *id;                /* the file's name without directory and .md */
	char *title;             /* of the front matter, else of the first heading, else the id */
	char *summary;           /* or NULL */
	int minutes;             /* 0: not given */
	int order;               /* 0: not given */
	VEC(char *) after;
	int after_line;          /* of that key, or 0; of the two numbers as well */
	int minutes_line;
	int order_line;
	bool glanced;            /* nothing but the above is known yet: no blocks, no demos */
	struct blocks blocks;
	VEC(struct demo) demos;
	VEC(struct lab) labs;
	VEC(struct lab_table) lab_tables;
};

/* Parse the LEN bytes at TEXT as the lesson FILE. Returns the lesson, also when
 * ERRS (which must be given) gained errors; what is wrong is then left out.
 * The caller frees it with lesson_free(). */
struct lesson *lesson_parse(const char *file, const char *text, size_t len, struct errs *errs);

/* Read and parse the file at PATH; "-" is standard input. NULL when it cannot be
 * read or is too big: then ERRS says why. */
struct lesson *lesson_read(const char *path, struct errs *errs);

/* Append what a link to the heading TEXT is called: `way-1-ask-for-no-signal`. Ids of demos
 * are made so too. */
void lesson_anchor(struct str *to, const char *text);

/* The same for its front matter alone, for lists that are to be there at once: reading all
 * of a shelf takes long enough to be noticed. A lesson whose front matter does not give its
 * title is read as a whole. What is wrong in it is said when it is completed. */
struct lesson *lesson_glance(const char *path, struct errs *errs);

/* Read the rest of a glanced LESSON, in place; nothing when it is known already. 0; -1 when
 * there were errors, ERRS says which. */
int lesson_complete(struct lesson *lesson, struct errs *errs);

/* What LESSON is called when its front matter does not say. The caller frees it. */
char *lesson_default_title(const struct lesson *lesson);

/* Append the lesson as Markdown, front matter first. */
void lesson_print(struct str *to, const struct lesson *lesson);

/* Append one demo: directive and table. SEEN, when not NULL, gives for row N (from 1)
 * the text of a last column `Seen`, and cells that replace an outcome (NULL: as it
 * was); both owned by the caller. */
struct seen_row {
	char *seen;
	char *cell[ROLES];
};
void demo_print(struct str *to, const struct demo *demo, const struct seen_row *seen);

/* Whether two lessons hold the same records, lines and file names apart. On a
 * difference WHERE (may be NULL) gets a word about it. */
bool lesson_same(const struct lesson *a, const struct lesson *b, struct str *where);

/* Whether BLOCK is `<!-- note -->`: the paragraph after it is for who presents the lesson. */
bool block_is_note(const struct block *block);

/* The demo called ID, or NULL. */
struct demo *lesson_demo(struct lesson *lesson, const char *id);

/*
 * Find the lesson files: those of $SOCKTUTOR_LESSONS, else of the source tree when the
 * program runs from its build directory, else the installed ones. Sorted by `order`,
 * then id. Lessons with errors are left out and ERRS says why.
 *
 * LANG is the code of a language: a file in the folder of that name (`ko/broken-pipe.md`)
 * stands in for the one without (`broken-pipe.md`), and has its id, so what a learner has done
 * counts in every language. A lesson that is not translated is there as it is, and one that is
 * there only in that language is a lesson, too. NULL, "" and a language without a folder: all
 * as they are.
 */
struct shelf {
	char *directory;
	VEC(struct lesson *) lessons;
};
int shelf_open(struct shelf *shelf, const char *lang, struct errs *errs);

/* The same, but lessons are only glanced at; and reading the rest of them, which leaves those
 * with errors out. Lessons that stay keep their addresses. */
int shelf_glance(struct shelf *shelf, const char *lang, struct errs *errs);
void shelf_complete(struct shelf *shelf, struct errs *errs);

/* Only what is in the folder LANG, nothing when there is none. */
void shelf_open_folder(struct shelf *shelf, const char *lang, struct errs *errs);

/* The languages that SHELF's directory has a folder with lessons for, sorted. The caller frees
 * them with entries_free(). */
struct entries {
	VEC(char *) list;        /* names in a directory; owned */
};
void shelf_langs(struct entries *langs, const struct shelf *shelf);
void entries_free(struct entries *entries);

struct lesson *shelf_find(struct shelf *shelf, const char *id);
void shelf_free(struct shelf *shelf);

void lesson_free(struct lesson *lesson);

#endif
