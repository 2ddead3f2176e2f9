#include "stage/actor.h"

#include "lesson/call.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* That a handler ran is seen by the tracer; it has nothing to do itself. */
static void run_handler(int sig)
{
	(void)sig;
}

static int handler_kind(void (*handler)(int))
{
	if (handler == SIG_ERR)
		return -1;
	if (handler == SIG_IGN)
		return HANDLER_IGNORE;
	return handler == SIG_DFL ? HANDLER_DEFAULT : HANDLER_RUN;
}

static void do_signal(struct mailbox *box)
{
	static void (*const handlers[])(int) = {
		[HANDLER_DEFAULT] = SIG_DFL, [HANDLER_IGNORE] = SIG_IGN, [HANDLER_RUN] = run_handler,
	};

	box->previous = handler_kind(signal((int)box->args[0], handlers[box->args[1]]));
	box->result = box->previous < 0 ? -1 : 0;
}

/* PARKED is what the park returned. */
static void carry_out(struct mailbox *box, long parked)
{
	const long *a = box->args;

	if (box->mail == MAIL_TURNED) {
		box->result = parked;
	} else if (box->mail == MAIL_SIGNAL) {
		errno = 0;
		do_signal(box);
	} else {
		errno = 0;
		box->result = syscall(box->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
	box->err = box->result == -1 ? errno : 0;
	box->over = 1;
}

void actor_script(struct mailbox *box)
{
	for (;;) {
		long parked = syscall(ACTOR_PARK);

		/* Without its tracer the call fails: the stage is gone. */
		if (parked < 0 && box->mail != MAIL_TURNED)
			_exit(1);
		if (box->mail != MAIL_NONE)
			carry_out(box, parked);
	}
}
