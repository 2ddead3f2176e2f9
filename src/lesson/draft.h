/*
 * draft.h - a demo's table while it is being changed: cells and rows, with undo.
 *
 * A draft holds what is typed, right or wrong. It becomes a demo the way every demo does: it
 * is printed as Markdown and parsed, so that what can be run here is what can be saved, and
 * what is wrong is said in the same words.
 */
#ifndef LESSON_DRAFT_H
#define LESSON_DRAFT_H

#include "lesson/lesson.h"

struct draft_row {
	char *cell[ROLES];       /* as typed; owned; "" when empty */
	size_t from;             /* index of the original's row whose notes it has, or SIZE_MAX */
};

struct draft_rows {
	VEC(struct draft_row) list;
};

struct draft {
	const struct lesson *lesson;   /* of the original; borrowed */
	const struct demo *original;   /* borrowed */
	struct draft_rows rows;
	VEC(struct draft_rows) done;   /* what undo goes back to, the newest last */
	VEC(struct draft_rows) undone; /* what redo goes forward to */
};

/* Begin with the table of DEMO as it is. Both are borrowed until draft_free(). */
void draft_start(struct draft *d, const struct lesson *lesson, const struct demo *demo);

/*
 * Changes. Rows count from 0. Each can be undone; one that changes nothing, or that the limits
 * of a demo do not allow, leaves all as it is and returns false.
 */
bool draft_set(struct draft *d, size_t row, enum role role, const char *text);
bool draft_insert(struct draft *d, size_t row);           /* an empty row before ROW */
bool draft_delete(struct draft *d, size_t row);           /* the last one stays, empty */
bool draft_move(struct draft *d, size_t row, size_t to);  /* the row goes to place TO */
bool draft_swap(struct draft *d, size_t row);             /* A's cell and B's change places */
bool draft_move_cell(struct draft *d, size_t row, enum role role, size_t to); /* the cells of
                                                            * ROLE in the two rows change places */
bool draft_original(struct draft *d);                     /* the table as it was */
bool draft_undo(struct draft *d);
bool draft_redo(struct draft *d);

/* It is of the demo ORIGINAL from now on, which is another one; notes of rows are lost then. */
void draft_rebase(struct draft *d, const struct demo *original);

/* Whether it says what the original says. */
bool draft_unchanged(const struct draft *d);

/* Append it as a lesson file: front matter, directive, table. */
void draft_print(struct str *to, const struct draft *d);

/* Write that to the file PATH, which must not be there yet. 0; -1: WHY gains a sentence, and no
 * file is left. */
int draft_save(const struct draft *d, const char *path, struct str *why);

/*
 * A lesson of its own with the one demo, which the caller frees with lesson_free(); NULL when
 * it cannot be run. ERRS gains what is wrong or, when it can be run, what makes no sense; the
 * line of each is its row, from 1, or 0.
 */
struct lesson *draft_lesson(const struct draft *d, struct errs *errs);

void draft_free(struct draft *d);

#endif
