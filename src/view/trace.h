/*
 * trace.h - the screen of two programs that are traced: a pane for each, below them the timeline.
 *
 * It has a model of its own, for there is no lesson and no stage. A call is one row, whatever else
 * happens until it returns. Only what is visible is drawn: how much has happened makes no
 * difference.
 */
#ifndef VIEW_TRACE_H
#define VIEW_TRACE_H

#include "timeline/event.h"
#include "view/canvas.h"
#include "view/entry.h"
#include "view/keys.h"

/* A row of the timeline. */
struct trace_row {
	size_t event;    /* what it is about, or EVENT_NONE: not told yet */
	size_t ret;      /* of a call: its RETURN, or EVENT_NONE */
	int64_t since;   /* of a call: when it was made, after it was let go */
	bool held;       /* of a call: it is held at its entry */
	bool blocked;    /* the kernel said that the task sleeps in it */
	bool lost;       /* its task ended in it */
};

/* What is known of a role by now. */
struct trace_who {
	const char *command;  /* borrowed; NULL: there is none */
	int pid;              /* 0: not started */
	size_t end;           /* the END of the program itself, or EVENT_NONE */
	bool detached;
	VEC(size_t) told;     /* the events that its pane shows */
};

/* What is wanted of whoever has the programs and the files. */
enum trace_wish {
	WISH_NOTHING,
	WISH_STEP,      /* let the next call go on, of trace_view.role */
	WISH_HOLD,
	WISH_LET_GO,
	WISH_MARKDOWN,  /* save what there is */
	WISH_JSON,
	WISH_LEAVE,
};

struct trace_view {
	struct trace_who who[ROLES];
	struct events events;
	VEC(struct trace_row) list;  /* row 1 first */
	VEC(size_t) under_way;       /* indexes in `list` of calls that have not returned */
	size_t calls;
	bool holds;            /* it was asked for */
	bool over;
	char *why;             /* it could not be done; owned, or NULL */
	int64_t began;         /* clock_now() at BEGIN */
	size_t at;             /* the row that is looked at, */
	bool follows;          /* which is the newest, whichever that is */
	size_t top;            /* the first that is drawn */
	enum role role;        /* see WISH_STEP */
	bool typing;           /* what is to be found, which is `entry` */
	struct entry entry;
	char *message;         /* until the next key; owned, or NULL */
	int help;              /* page of the help, from 1; 0: it is not open */
	int columns, rows;
	bool ascii;
	int64_t now;
};

void trace_view_start(struct trace_view *v);
void trace_view_free(struct trace_view *v);

/* E happened; its text and bytes are the view's from then on. */
void trace_view_event(struct trace_view *v, struct event e);

/* Say TEXT, which is copied, until the next key; NULL: nothing. */
void trace_view_say(struct trace_view *v, const char *text);

/* A key came. */
enum trace_wish trace_view_input(struct trace_view *v, const struct input *input);

/* How long, in ns, until something moves by itself; -1: never. */
int64_t trace_view_due(const struct trace_view *v);

/* Draw all of the screen, in its size. */
void trace_view_draw(struct canvas *c, struct trace_view *v);

/*
 * What drawing and keys share.
 */

/* The keys that are in force. */
const struct binding *trace_view_keys(const struct trace_view *v);

/* The line of the screen where the timeline's rows begin, and how many there are. */
int trace_view_first(const struct trace_view *v);
int trace_view_room(const struct trace_view *v);

/* The text of a row's event, with its task, and what came of it; "" while nothing has. */
void trace_view_texts(const struct trace_view *v, const struct trace_row *row, struct str *call,
		      struct str *result);

/* The call of ROLE that is held and will go on first, or NULL. */
const struct trace_row *trace_view_held(const struct trace_view *v, enum role role);

/* `A.2`: the second task of A. */
void trace_view_task(struct str *to, enum role role, unsigned task);

#endif
