/*
 * timeline.h - events laid out in rows: A's column, the wire, B's column.
 *
 * A timeline is fed one event after the other and keeps rows that point into
 * the event list; it owns neither the events nor the table. Scrubbing back is
 * a timeline built from the first events of the same list.
 *
 * Which rows there are: one for the set-up, one for each row of the table that
 * has begun, in between one for each segment worth showing, and one for each
 * thing that the table did not speak of (a signal, an end, a refusal, what the
 * director did). A segment that an outcome cell claims is drawn on that cell's
 * row when nothing else came between. Equal segments that are sent again and again, with nothing
 * between them but others of their kind, share the first one's row.
 */
#ifndef TIMELINE_TIMELINE_H
#define TIMELINE_TIMELINE_H

#include "base/str.h"
#include "timeline/event.h"
#include "timeline/lens.h"
#include "timeline/table.h"

enum trow_kind {
	TROW_SETUP, /* the calls before row 1, folded in one line */
	TROW_TABLE, /* a row of the table: `row` */
	TROW_WIRE,  /* a segment: `wire` */
	TROW_EVENT, /* something the table did not speak of: `event` */
};

struct tcell {
	size_t call;          /* the CALL that an action made, or EVENT_NONE */
	size_t result;        /* its RETURN, when it came, or EVENT_NONE */
	size_t verdict;       /* an outcome's VERDICT, or EVENT_NONE */
};

struct trow {
	enum trow_kind kind;
	int row;              /* TROW_TABLE: from 1 */
	int64_t ns;           /* when it was first seen */
	size_t event;         /* index of that event */
	size_t wire;          /* segment drawn in this row, or EVENT_NONE */
	size_t times;         /* how many equal ones that is, all but the first sent later */
	struct tcell cell[ROLES];
};

struct timeline {
	const struct table *table;   /* borrowed; may be NULL */
	const struct events *events; /* borrowed */
	VEC(struct trow) rows;
	bool rows_only;                /* all that is not the table's has none: there may be very
	                              * many segments, and signals */
	size_t fed;                  /* how many events are in */
	size_t setup_first;          /* events of the set-up: first, one past the last */
	size_t setup_end;
	bool done;                   /* EVENT_DONE was fed */
	struct lenses lenses;        /* the sockets as of the last event that was fed */
	int row;                     /* the newest row that has begun */
	size_t current;              /* index in `rows` of the newest TROW_TABLE, or EVENT_NONE */
	size_t called[ROLES];        /* of the newest with a call of that role, or EVENT_NONE */
};

/* A timeline of nothing yet. TABLE and EVENTS are borrowed until
 * timeline_free(). */
void timeline_start(struct timeline *t, const struct table *table, const struct events *events);

/* Take in the list's events up to (not including) index END. Amortised O(1)
 * an event. */
void timeline_feed(struct timeline *t, size_t end);

void timeline_free(struct timeline *t);

/* One past the index of the last event that step ROW brought about: where a
 * timeline scrubbed back to that step ends. Row 0 is the set-up. */
size_t timeline_step_end(const struct events *events, int row);

/*
 * Words that screens and exports share.
 */

/* `hello 5B`, `FIN`, `RST`, `SYN`, `port unreachable`. */
void timeline_segment_label(struct str *to, const struct segment *segment);

/* `──hello 5B──▶`, `◀──RST──`, `──FIN──✗`, in WIDTH columns (at least 5). ASCII draws
 * `--FIN--x`, `<--RST--`. */
void timeline_arrow(struct str *to, const struct event *segment, size_t width, bool ascii);

/* The same for TIMES equal ones: `──again FIN ×4──✗`. */
void timeline_arrows(struct str *to, const struct event *segment, size_t times, size_t width,
		     bool ascii);

/* The result of a call as a trace shows it: `= 5`, `= "hello"`, `= -1 EPIPE (Broken pipe)`,
 * `= 0 (EOF)`, `= 1 POLLIN|POLLHUP`. Bytes beyond MOST are cut with an ellipsis (0: never). */
void timeline_result(struct str *to, const struct event *ret, size_t most);

/* One line for any event: `--- SIGPIPE ---`, `+++ killed by SIGPIPE +++`, `kill -9`, … */
void timeline_event_line(struct str *to, const struct event *event);

#endif
