/*
 * complete.h - what could stand where the cursor is in a cell that is being typed.
 *
 * Pure: the text, the cursor and the names that are known go in; what could be put in, and the
 * signature of the call that the cursor is in, come out.
 */
#ifndef LESSON_COMPLETE_H
#define LESSON_COMPLETE_H

#include "base/str.h"
#include "base/vec.h"
#include "lesson/demo.h"

struct completion {
	char *text;          /* what replaces the bytes from `from` to the cursor; owned */
	const char *about;   /* one line about it, or NULL; borrowed, static, to be translated */
};

struct completions {
	VEC(struct completion) list; /* in the order in which they are to be offered */
	size_t from;         /* offset in the text where the word at the cursor begins */
	struct str signature;/* `send(sockfd, buf, len, flags)` of the call that the cursor is in,
	                      * or empty */
	size_t part;         /* offset in the signature of the parameter that the cursor is at */
	size_t part_len;     /* 0: at none */
	const char *about;   /* one line about that call, static, to be translated; or NULL */
};

/* Names that a cell may speak of. */
struct scope {
	VEC(char *) names;   /* owned */
};

/* Add the names that the calls of ROLE in TABLE's rows before ROW (from 0) define. */
void scope_add_table(struct scope *scope, const struct table *table, size_t row, enum role role);

/* Add the one that the cell TEXT defines, if it is a call and right. */
void scope_add_cell(struct scope *scope, const char *text);

void scope_free(struct scope *scope);

/* What could stand at CURSOR, a byte offset in TEXT. Only what begins like the word that is
 * there already; nothing is repeated. OUT is all-zero or freed. */
void complete_cell(struct completions *out, const char *text, size_t cursor,
		   const struct scope *scope);

/* The longest text that all completions begin with; the caller frees it. NULL: there are
 * none. */
char *completions_common(const struct completions *c);

void completions_free(struct completions *c);

#endif
