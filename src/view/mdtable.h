/*
 * mdtable.h - tables set in columns, cells wrapped.
 */
#ifndef VIEW_MDTABLE_H
#define VIEW_MDTABLE_H

#include "course/predict.h"
#include "lesson/lesson.h"
#include "view/flow.h"

/* Shares WIDTH columns among N (at most TABLE_COLUMNS) columns that would like to be
 * WANT[i] wide: narrow ones get what they want, wide ones the same share of the rest.
 * Every column gets at least 1. */
enum { TABLE_COLUMNS = 16 };
void table_share(const int *want, size_t n, int width, int *got);

/* Links that have a footnote, numbered from 1 in their order. */
struct links {
	VEC(const char *) list; /* borrowed */
};

/* The spans of a block into F, in the style STYLE where they have none of their own. Links
 * whose text is not their address get a footnote in LINKS. */
void spans_flow(struct flow *f, const struct block *block, enum style style,
		struct links *links);

/* Append the table BLOCK (BLOCK_TABLE) in WIDTH columns, each line after PREFIX. */
void table_lines(struct lines *out, const struct block *block, int width, const char *prefix,
		 struct links *links);

/* Append the table of DEMO, number INDEX of its lesson (-1: it is none), and the line under it that says what Enter does. What HIDDEN (may be
 * NULL) will ask is a `?` in as many lines. */
void demo_lines(struct lines *out, const struct demo *demo, int index, int width,
		const char *prefix, const struct prediction *hidden);

/* Rows of a demo's table that hold something: its steps. */
int demo_steps(const struct demo *demo);

/* Append the line under the goal of lab number LAB of LESSON: what Enter does. */
void lab_foot(struct lines *out, const struct lesson *lesson, size_t lab, const char *prefix);

#endif
