/*
 * editor.h - a demo's table changed in place, with completion, and run again.
 *
 * The panel of `m`. What is typed is checked and completed as it is typed; a table that can be
 * run is played instead of the lesson's own, which is one key away. Nothing of it counts in
 * the learner's progress: it is no longer the lesson's demo.
 */
#ifndef VIEW_EDITOR_H
#define VIEW_EDITOR_H

#include "base/err.h"
#include "lesson/complete.h"
#include "lesson/draft.h"
#include "view/entry.h"
#include "view/panel.h"

enum editor_mode {
	EDITOR_TABLE,  /* keys move in the table */
	EDITOR_CELL,   /* a cell is being typed */
	EDITOR_SAVE,   /* the name of a file is being typed */
};

/* All-zero: nothing was changed yet. */
struct editor {
	struct draft draft;
	bool started;               /* there is a draft */
	enum editor_mode mode;
	size_t row;                 /* the cell under the cursor */
	enum role role;
	struct entry entry;         /* what is being typed */
	struct completions could;   /* what could stand at its cursor */
	size_t choice;              /* the completion that Tab takes, or SIZE_MAX: none yet */
	struct errs faults;         /* what is wrong with the table as typed; lines are rows */
	bool runs;                  /* it can be run all the same: then these are doubts */
	int top, width, height;     /* where it was drawn last: for clicks */
	struct lesson *next;        /* what is to be played as soon as the stage is gone; owned */
	struct lesson *changed;     /* the lesson that is played instead; owned; NULL: the
	                             * lesson's own demo is played */
};

/* The panel's row. */
extern const struct panel panel_editor;

/* Free the draft and all. To be called when no player plays `changed` any more. */
void editor_free(struct editor *e);

#endif
