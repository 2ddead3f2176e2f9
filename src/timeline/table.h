/*
 * table.h - the rows and cells of a demo, as plain records.
 *
 * The lesson module makes them from Markdown; the director runs them; the
 * timeline shows them beside what was seen.
 */
#ifndef TIMELINE_TABLE_H
#define TIMELINE_TABLE_H

#include "timeline/event.h"
#include "timeline/outcome.h"

enum cell_kind { CELL_EMPTY, CELL_ACTION, CELL_OUTCOME };

struct action; /* lesson/action.h; the timeline never looks inside */

struct cell {
	enum cell_kind kind;
	bool code;              /* it stood in the table as inline code */
	char *text;             /* as written, without the code's backticks; owned; "" when empty */
	struct action *action;  /* CELL_ACTION: owned */
	struct outcome outcome; /* CELL_OUTCOME */
};

struct table_row {
	int line;               /* in the lesson file */
	struct cell cell[ROLES];
	char *note;             /* text of the further columns, or NULL; owned */
};

struct table {
	VEC(struct table_row) rows; /* row N of the demo is at[N - 1] */
};

#endif
