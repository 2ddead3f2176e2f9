/*
 * marshal.h - an action of the notation becomes a system call's arguments in a
 * mailbox, and what the call left there becomes the result that a trace shows.
 *
 * Both go by the row of call.c alone, so a new function needs nothing here
 * unless it has a parameter of a new kind.
 */
#ifndef STAGE_MARSHAL_H
#define STAGE_MARSHAL_H

#include "lesson/action.h"
#include "stage/address.h"
#include "stage/mailbox.h"
#include "stage/names.h"
#include "timeline/event.h"

#include <poll.h>

/* Where a call under way keeps what the kernel writes; all inside the mailbox. */
struct parcel {
	const struct action *action;
	unsigned char *buffer;
	size_t room;           /* of the buffer */
	struct sockaddr_storage *from;
	socklen_t *from_len;
	unsigned char *option;
	socklen_t *option_len;
	long level;            /* of the option */
	long optname;
	struct pollfd *polls;
	size_t n_polls;
	int *pair;
	struct msghdr *message;
	long args[6];          /* as the kernel gets them */
};

/* How the marshaller learns what it does not know itself. */
struct marshal {
	struct mailbox *box;
	const struct names *own;     /* the role's names */
	void *director;
	/* Append the address that NAME of either role is bound to, as text; false with WHY. */
	bool (*address_of)(void *director, const char *name, struct str *to, struct str *why);
};

/*
 * Fill the mailbox for ACTION (an ACTION_CALL). WHOLE gets the whole call with
 * addresses filled in. Returns 0; -1 with WHY when a name has no value yet, an
 * address or path leads outside, or something does not fit.
 */
int marshal_call(const struct marshal *m, const struct action *action, struct parcel *parcel,
		 struct str *whole, struct str *why);

/* What the call returned: fills RET's u.ret and text (owned by RET), all but what is known of the
 * socket beyond its number. RESULT and ERR are
 * the kernel's. Returns the value the names of the action get: one or, for a pair, two;
 * the count goes to *N (0 when the call gives none). */
void marshal_result(const struct parcel *parcel, long result, int err, struct event *ret,
		    long values[2], size_t *n);

#endif
