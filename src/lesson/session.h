/*
 * session.h - a demo whose rows come about as one goes: the learner says who does what.
 *
 * A session begins with the rows of a demo's table that were carried out, perhaps none; each
 * move adds a row with one action. Moves may be the table's own, in another order, or typed.
 * What a session becomes is a table like any other: it can be shown, run, saved and changed.
 */
#ifndef LESSON_SESSION_H
#define LESSON_SESSION_H

#include "lesson/draft.h"

struct move {
	enum role role;
	char *text;      /* as in a cell; owned */
	int from;        /* the row of the original's table that it takes, or 0: typed */
};

/* All-zero: there is none. */
struct session {
	const struct lesson *of;     /* borrowed */
	const struct demo *original; /* borrowed */
	int given;                   /* rows of the original that were carried out as they stand */
	VEC(struct move) moves;
	struct lesson *lesson;       /* of `demo`; owned */
	struct demo *demo;           /* those rows and one for each move; NULL: there is no
	                              * session. It stays where it is. */
};

/* Begin after the first GIVEN rows of DEMO. Both are borrowed. 0; -1 when it cannot be. */
int session_start(struct session *s, const struct lesson *of, const struct demo *demo, int given);

/* Add a move that was typed: TEXT, an action as in a cell, for ROLE. 0; -1: ERRS says what is
 * wrong. */
int session_type(struct session *s, enum role role, const char *text, struct errs *errs);

/* Add the next action that the original's table has for ROLE. False: there is none left. */
bool session_take(struct session *s, enum role role);

/* The next action that the original's table has for ROLE, as it stands there, or NULL. */
const char *session_next(const struct session *s, enum role role);

/* Whose action the original's table has next; ROLE_NONE: all were taken. */
enum role session_turn(const struct session *s);

/* The newest move; there must be one. */
const struct move *session_newest(const struct session *s);

/* Forget the moves from number N (from 0) on. */
void session_cut(struct session *s, size_t n);

/*
 * The session as a draft of its original: each move's row, and after it a row with what was
 * seen of it in EVENTS, so that running it again asserts that. The caller frees it with
 * draft_free().
 */
void session_record(struct draft *draft, const struct session *s, const struct events *events);

/* Free what it owns; there is no session after. */
void session_free(struct session *s);

#endif
