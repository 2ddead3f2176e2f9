/*
 * action.h - cells that make something happen, and the parser of both kinds of cell.
 */
#ifndef LESSON_ACTION_H
#define LESSON_ACTION_H

#include "base/err.h"
#include "base/str.h"
#include "lesson/call.h"
#include "lesson/deed.h"
#include "timeline/table.h"

enum arg_kind {
	ARG_NUMBER,  /* number; text as written: `0x10`, `POLLIN|POLLHUP`, `SIG_IGN`, `-1` */
	ARG_NAME,    /* text: the name, `sock` or `fds[0]` */
	ARG_STRING,  /* bytes, len; text as written, with quotes */
	ARG_STRUCT,  /* items */
	ARG_ADDR_OF, /* text: the name in addr(NAME) */
	ARG_WORD,    /* `buf`, `NULL`: text */
};

struct arg {
	enum arg_kind kind;
	long number;
	char *text;             /* owned */
	char *bytes;            /* owned; NUL-terminated beyond len */
	size_t len;
	struct arg *items;      /* owned */
	size_t n_items;
};

enum action_kind {
	ACTION_CALL, /* a system call that the role makes */
	ACTION_DEED, /* what the director does from outside: `kill -9`, `cut wire` */
};

struct action {
	enum action_kind kind;
	const struct call *call;           /* ACTION_CALL */
	char *names[2];                    /* what the result goes to; owned; NULL when none; a
	                                    * pair always has both: `fds[0]`, `fds[1]` */
	struct arg args[CALL_PARAMS];      /* one for each written parameter, defaults filled in, in
	                                    * the order of call->params that have a name. What is
	                                    * polled is always {{FD, EVENTS}, …}, a handler always a
	                                    * number (enum handler) */
	size_t n_args;
	const struct deed *deed;           /* ACTION_DEED; which of these it uses the row says: */
	int signal;                        /* `kill -9` */
	int64_t ns;                        /* `wait 200ms`, `delay 200ms` */
	unsigned misses;                   /* `misses FIN,RST`: MISS_* of lesson/demo.h */
};

/*
 * Parse one cell. TEXT is the cell without backticks, trimmed. On success sets
 * the kind and the record (action or outcome) of CELL, leaving its text alone,
 * and returns 0. On an error adds it to ERRS with FILE and LINE and returns
 * -1; CELL is then empty. Text of only white space is CELL_EMPTY.
 */
int cell_parse(struct cell *cell, const char *text, const char *file, int line, struct errs *errs);

/* Free what CELL owns; it is empty after. */
void cell_free(struct cell *cell);

/* The whole call, all arguments in their order: `send(sock, "hello", 5, 0)`,
 * `sock = accept(listener, NULL, NULL)`, or the director's words. */
void action_print(struct str *to, const struct action *action);

/* As written, normalised: the shortest spelling that parses to the same. */
void action_print_short(struct str *to, const struct action *action);

/* One argument. */
void arg_print(struct str *to, const struct arg *arg);

/* The argument of the call ACTION for its first written parameter of KIND, or NULL. */
const struct arg *action_arg(const struct action *action, enum param_kind kind);

/* Whether two actions do the same (names, call, arguments by value). */
bool action_same(const struct action *a, const struct action *b);

/* Free what it owns, and it. NULL is nothing. */
void action_free(struct action *action);

/* A named constant of the man pages: "POLLIN", "SO_LINGER". Returns whether it is
 * one; for completion, constant_at() gives the Ith name or NULL. */
bool constant_value(const char *name, size_t len, long *value);
const char *constant_at(size_t i);

/* The first name that begins with PREFIX and has this VALUE, or NULL: ("SO_", 2) is
 * `SO_REUSEADDR` on most machines. */
const char *constant_name(const char *prefix, long value);

/* Append VALUE as flag names that begin with PREFIX joined by `|`, the rest as a number;
 * `0` when there is none: constant_flags(to, "POLL", 0x11) gives `POLLIN|POLLHUP`. */
void constant_flags(struct str *to, const char *prefix, unsigned long value);

#endif
