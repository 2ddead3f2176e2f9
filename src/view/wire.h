/*
 * wire.h - the lines of the wire panel: what there is to show, and one line of it drawn.
 *
 * Where segments were captured these are shown, all of them. Unix sockets have no wire: there
 * the calls that moved bytes into a queue of the kernel or out of it are shown, with what they
 * returned, and said to be that.
 */
#ifndef VIEW_WIRE_H
#define VIEW_WIRE_H

#include "view/canvas.h"
#include "view/player.h"

enum wire_line_kind {
	WIRE_STEP,       /* a step begins: `row` */
	WIRE_CONNECTION, /* what follows is about other ports: `event`, a segment */
	WIRE_SEGMENT,    /* `event` */
	WIRE_MOVE,       /* a call that moves bytes: `event`, its CALL; `result` */
	WIRE_WORDS,      /* a sentence: `words` */
};

struct wire_line {
	enum wire_line_kind kind;
	int row;
	size_t event;
	size_t result;          /* index of the RETURN, or EVENT_NONE: it sleeps */
	int64_t ns;             /* a move: when */
	int64_t start;          /* when its step began: the first call in it, or the row itself */
	bool probe;             /* a segment: it only asks whether somebody is there */
	int64_t before;         /* a segment: when the one before it was captured, or -1 */
	uint64_t queued[ROLES]; /* a move: bytes that lie in the kernel for the role after it: the
				 * kernel said so, or calls sent them and none has read them */
	const char *words;      /* translated; borrowed */
};

/* All-zero is empty. */
struct wire_lines {
	VEC(struct wire_line) list;
	bool moves;        /* no segments: what calls moved */
	bool asked;        /* the kernel said what lies in between, after each step */
	size_t segments;
	size_t lost;
	size_t again;
	uint32_t seq_most; /* the greatest numbers, for the columns' widths */
	uint32_t ack_most;
};

/* What there is to show of P as of now or of the step looked back at. */
void wire_lines_make(struct wire_lines *to, const struct player *p);
void wire_lines_free(struct wire_lines *lines);

/* The line with which ROW begins, whose first event is at index I. */
void wire_add_step(struct wire_lines *to, const struct player *p, size_t i);

/* The same where no segments are: the calls. */
void wire_moves_make(struct wire_lines *to, const struct player *p);

enum { WIRE_TIME = 11 }; /* the longest time is `+2 min 07 s` */

/* A time, with SIGN before it, that ends where the column of times at X does. */
void wire_draw_time(struct canvas *c, int x, int y, const char *sign, int64_t ns);

/* Draw the heading, and line I, in W columns. */
void wire_draw_heading(struct canvas *c, int x, int y, int w, const struct wire_lines *lines);
void wire_draw_line(struct canvas *c, int x, int y, int w, const struct wire_lines *lines, size_t i,
		    const struct player *p);
void wire_draw_moves_heading(struct canvas *c, int x, int y, int w);
void wire_draw_move(struct canvas *c, int x, int y, int w, const struct wire_line *line,
		    const struct player *p);

#endif
