/*
 * keys.h - keys, what they do in a view, and the bar and the help made from that.
 *
 * A view has one table of bindings. The key bar, the help and the handling read
 * the same rows, so that none of them can say what the others do not.
 */
#ifndef VIEW_KEYS_H
#define VIEW_KEYS_H

#include "base/text.h"
#include "view/canvas.h"

#include <stdint.h>

/* A key is its code point, or one of these. */
enum {
	INPUT_TAB = '\t',
	INPUT_ENTER = '\r',
	INPUT_ESC = 0x1b,
	INPUT_BACKSPACE = 0x7f,
	INPUT_UP = 0x110000,
	INPUT_DOWN,
	INPUT_LEFT,
	INPUT_RIGHT,
	INPUT_PAGE_UP,
	INPUT_PAGE_DOWN,
	INPUT_HOME,
	INPUT_END,
	INPUT_BACKTAB,
	INPUT_DELETE,
	INPUT_CLICK,      /* at x, y */
	INPUT_WHEEL_UP,
	INPUT_WHEEL_DOWN,
	KEYS_ANY,         /* in a table: whatever key it is */
};

struct input {
	uint32_t key;
	int x;
	int y;
};

/* What a key asks for. What it means is the view's own affair. */
enum op {
	OP_NONE,
	OP_UP, OP_DOWN, OP_PAGE_UP, OP_PAGE_DOWN, OP_FIRST, OP_LAST,
	OP_ENTER, OP_LEAVE, OP_HELP, OP_SEARCH, OP_AGAIN, OP_AGAIN_BACK, OP_CLICK,
	OP_NEXT_DEMO, OP_PREVIOUS_DEMO,
	OP_STEP, OP_BACK, OP_FORWARD, OP_AUTO, OP_RESTART, OP_SETUP,
	OP_CHOOSE, OP_SKIP,
	OP_EXPLAIN, OP_TYPE, OP_PRESENT, OP_RECALL,
	OP_RESET, OP_RESET_ALL, OP_YES, OP_NO,
	OP_FAULT,
	OP_EDIT, OP_ADD, OP_ADD_ABOVE, OP_DELETE, OP_CLEAR, OP_MOVE_DOWN, OP_MOVE_UP, OP_CELL_DOWN,
	OP_TASK, OP_HINT, OP_MOVE_A, OP_MOVE_B, OP_HAND, OP_CELL_UP, OP_SWAP, OP_UNDO, OP_REDO, OP_ORIGINAL, OP_SAVE,
	OP_PROGRAM, OP_NEXT_PART,
	OP_HOLD, OP_SAVE_JSON,
	OP_COMPARE, OP_LENS, OP_STATES, OP_WIRE, OP_TIME,
};

struct binding {
	uint32_t keys[6];   /* ended by 0 */
	enum op op;
	/* What is read is written N_("…"), the names of keys as they stand on them. */
	const char *label;  /* as the learner reads it: "Space", "↑↓" */
	const char *bar;    /* in the key bar: "step"; NULL: not there */
	const char *help;   /* a sentence without its full stop; NULL: not in the help */
};

/* What KEY does by TABLE, which ends with a row without keys. */
enum op keys_find(const struct binding *table, uint32_t key);

enum { SCROLL_PAGE = 5, SCROLL_FAR = 1 << 20 /* farther than anything scrolls */ };

/* OP_UP to OP_LAST: *DOWN is how many lines down one has scrolled, which whoever draws keeps
 * within what there is. Returns whether OP scrolls. */
bool keys_scroll(int *down, enum op op);

/* Draw the key bar in line Y: as many as fit; the last two bindings always. */
void keys_bar(struct canvas *c, int y, const struct binding *table);

/* Draw page PAGE (from 0) of the help for TABLE over what is there. NAME heads it. */
void keys_help(struct canvas *c, const char *name, const struct binding *table, int page);

/* Whether the help for TABLE goes on after PAGE (from 0) on a screen of ROWS lines. */
bool keys_help_goes_on(const struct binding *table, int rows, int page);

#endif
