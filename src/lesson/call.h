/*
 * call.h - the functions of the notation: one row each in call.c.
 *
 * A row says how the call is written (its parameters, their defaults), which
 * system call carries it out, and what its result means. The parser, the
 * printer, the stage and the help all read this row; adding a function is
 * adding a row (doc/HOWTO-call.md).
 *
 * System calls are those that every architecture has (sendto, not send;
 * ppoll, not poll; unlinkat, not unlink). Source: their man pages, section 2.
 */
#ifndef LESSON_CALL_H
#define LESSON_CALL_H

#include "timeline/event.h"

#include <stdbool.h>
#include <stddef.h>

/* How a parameter is written, and what it becomes for the kernel (the "→"). */
enum param_kind {
	PARAM_END,      /* no more */
	PARAM_FD,       /* a name or number → the descriptor */
	PARAM_PAIR,     /* a name that the call defines as NAME[0] and NAME[1] → int[2] */
	PARAM_BYTES,    /* a string to send → pointer */
	PARAM_BUFFER,   /* the word `buf`; may be left out before its length → pointer */
	PARAM_LENGTH,   /* of the bytes or buffer before it: a number or a name → number. The default
	                 * for bytes is their length; a length beyond the string repeats it */
	PARAM_INT,      /* number, flags or name → number */
	PARAM_ADDRESS,  /* an address → pointer, length */
	PARAM_NULL,     /* `NULL`, printed, → 0 */
	PARAM_OPTVAL,   /* setsockopt's number, {struct} or string → pointer, length */
	PARAM_PATH,     /* a file of the stage's directory → AT_FDCWD, pointer */
	PARAM_POLLFDS,  /* FD, EVENTS or {FD, EVENTS} or {{FD, EVENTS}, …}, N → pointer, count */
	PARAM_TIMEOUT,  /* milliseconds, -1: none → timespec pointer or NULL, NULL, 8 */
	PARAM_HANDLER,  /* SIG_IGN, SIG_DFL, handler → number (enum handler) */
	PARAM_PASS_FD,  /* sendfd's descriptor → msghdr pointer with it */
	/* Not written, only passed: out-parameters that C would name. */
	PARAM_OUT_FD,   /* → msghdr pointer with room for a descriptor */
	PARAM_OUT_ADDR, /* → pointer to address, pointer to length */
	PARAM_OUT_OPT,  /* → pointer to value, pointer to length */
	PARAM_ZERO,     /* → 0 */
};

enum handler { HANDLER_DEFAULT, HANDLER_IGNORE, HANDLER_RUN };

struct param {
	enum param_kind kind;
	const char *name;    /* as in the man page: "sockfd", "flags"; NULL when not written */
	const char *fallback;/* the default, in the notation; NULL: must be given */
};

enum result_kind {
	RESULT_ZERO,     /* 0 */
	RESULT_FD,       /* a new descriptor */
	RESULT_PAIR,     /* 0, and two descriptors; detail `{3, 4}` */
	RESULT_COUNT,    /* bytes taken */
	RESULT_BYTES,    /* bytes given: a read */
	RESULT_BYTES_FROM, /* the same, and who sent them: detail `"127.0.0.1:7000"` when there is one */
	RESULT_EVENTS,   /* poll's count; detail `POLLIN|POLLHUP`, one for each descriptor, by `, ` */
	RESULT_ADDRESS,  /* 0; detail `"127.0.0.1:7000"` */
	RESULT_OPTION,   /* 0; detail: the option's value: `0`, `{1, 0}`, `ECONNREFUSED` */
	RESULT_NUMBER,   /* a number (pid); fcntl's F_GETFL, F_GETFD: detail with the flags */
	RESULT_HANDLER,  /* 0; detail: what was there before, `SIG_DFL` */
	RESULT_GIVEN_FD, /* recvfd's descriptor; a read: 0 is the end of the stream */
	RESULT_NEVER,    /* it does not return */
};

enum { CALL_PARAMS = 9 };

struct call {
	const char *name;
	long nr;                  /* SYS_… */
	struct param params[CALL_PARAMS];
	enum result_kind result;
	enum did did;             /* what it does for a conversation, whichever call does that */
	const char *defines;      /* name the result goes to when none is written, or NULL: accept's "sock" */
	const char *summary;      /* one line for help: "send bytes on a connected socket" */
};

/* The row of the function NAME (LEN bytes), or NULL. */
const struct call *call_find(const char *name, size_t len);

/* The Ith row, or NULL after the last. */
const struct call *call_at(size_t i);

/* Whether it reads: then a result of 0 is the end of the stream. */
bool call_reads(const struct call *call);

/* Whether fcntl() with this CMD is carried out: what has signals sent to others is not. */
bool call_fcntl_is_fine(long cmd);

/* Those commands as a list, for errors. */
#define CALL_FCNTL "F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETOWN, " \
	"F_SETOWN, F_GETPIPE_SZ and F_SETPIPE_SZ"

#endif
