#include "stage/trace.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/calls.h"

#include <signal.h>
#include <string.h>

/* How long what was asked to end has until it is killed. */
#define GRACE CLOCK_S

struct trace {
	const struct trace_plan *plan;
	struct follow *follow;
	struct calls *calls;
	struct str *why;
	int64_t begin;
	int64_t deadline;    /* when what is left is killed, or 0 */
	uint32_t n_calls;
	int rows;
	bool started[ROLES];
	bool failed;
};

static void tell(struct trace *t, struct event e)
{
	t->plan->tell(t->plan->data, &e);
}

static struct event event_of(const struct trace *t, const struct follow_stop *stop,
			     enum event_kind kind)
{
	struct event e = calls_event(stop, kind);

	e.ns -= t->begin;
	return e;
}

/* A call and its return have one row. */
static void tell_call(void *data, struct event *e)
{
	struct trace *t = data;

	e->ns -= t->begin;
	if (e->kind == EVENT_CALL) {
		e->call = ++t->n_calls;
		e->row = ++t->rows;
	}
	tell(t, *e);
}

static void start(struct trace *t, enum role role)
{
	struct follow_plan plan = {.command = t->plan->command[role], .calls = decode_calls(),
				   .output = t->plan->output};

	t->started[role] = true;
	if (plan.command && follow_start(t->follow, role, &plan, t->why) < 0) {
		t->failed = true;
		follow_signal(t->follow, ROLE_NONE, SIGKILL);
	}
}

/* SIG goes to the processes of ROLE, by us; they have a while to end. */
static void end(struct trace *t, enum role role, int sig)
{
	for (enum role r = ROLE_A; r < ROLE_NONE; r++) {
		struct event e = {.ns = clock_now() - t->begin, .kind = EVENT_DIRECTOR, .role = r,
				  .task = 1, .row = ++t->rows};

		if ((role != ROLE_NONE && role != r) || follow_left(t->follow, r) == 0) {
			t->rows--;
			continue;
		}
		e.text = str_make("kill -%s", sig == SIGKILL ? "9" : sig == SIGINT ? "INT"
				  : sig == SIGHUP ? "HUP" : "TERM");
		tell(t, e);
	}
	follow_signal(t->follow, role, sig);
	t->deadline = sig == SIGKILL ? 0 : clock_now() + GRACE;
}

/*
 * Stops.
 */

static void on_exit_stop(struct trace *t, const struct follow_stop *stop)
{
	enum role other = role_other(stop->role);
	const struct doing *doing = calls_doing(t->calls, stop);
	bool listens = doing && doing->use == USE_LISTENS && !stop->err;

	calls_leave(t->calls, stop);
	if (listens && t->plan->server == stop->role && !t->started[other])
		start(t, other);
}

static void not_found(struct trace *t, const struct follow_stop *stop)
{
	if (!stop->program || stop->started || stop->signal || t->why->len)
		return;
	/* TRANSLATORS: Process A, its command */
	str_addf(t->why, _("%1$s could not be started: %2$s"), role_name(stop->role),
		 t->plan->command[stop->role]);
	t->failed = true;
}

static void on_end(struct trace *t, const struct follow_stop *stop)
{
	struct event e = event_of(t, stop, EVENT_END);
	enum role other = role_other(stop->role);

	calls_forget(t->calls, stop->tid);
	if (stop->role == ROLE_NONE)
		return;
	e.row = stop->tid == stop->pid ? ++t->rows : 0; /* a thread's end is not drawn */
	e.u.end.signal = stop->signal;
	e.u.end.status = stop->status;
	tell(t, e);
	not_found(t, stop);
	if (t->plan->server == stop->role && !t->started[other] &&
	    follow_left(t->follow, stop->role) == 0)
		start(t, other);
	else if (stop->program && t->plan->until == stop->role && t->started[other])
		end(t, ROLE_NONE, SIGTERM);
}

static void on_start(struct trace *t, const struct follow_stop *stop)
{
	struct event e = event_of(t, stop, EVENT_START);

	e.u.pid = (int)stop->tid;
	if (stop->task > 1)
		e.text = mem_strdup(stop->tid == stop->pid ? "process" : "thread");
	tell(t, e);
}

static void on_signal(struct trace *t, const struct follow_stop *stop)
{
	struct event e = event_of(t, stop, EVENT_SIGNAL);

	e.row = ++t->rows;
	e.u.signal.number = stop->signal;
	e.u.signal.fate = stop->fate;
	tell(t, e);
}

static void on_exec(struct trace *t, const struct follow_stop *stop)
{
	struct event e = event_of(t, stop, EVENT_CANNOT);

	calls_forget(t->calls, stop->tid);
	if (!stop->foreign)
		return;
	e.row = ++t->rows;
	e.u.cannot = CANNOT_FOLLOW;
	e.text = mem_strdup(_("this program is built for another architecture: its calls are not "
			      "seen"));
	tell(t, e);
}

static void on_stop(struct trace *t, const struct follow_stop *stop)
{
	bool pass = false;

	switch (stop->kind) {
	case FOLLOW_START:
		on_start(t, stop);
		break;
	case FOLLOW_EXEC:
		on_exec(t, stop);
		break;
	case FOLLOW_ENTRY:
		pass = !calls_enter(t->calls, stop);
		break;
	case FOLLOW_EXIT:
		on_exit_stop(t, stop);
		break;
	case FOLLOW_SIGNAL:
		on_signal(t, stop);
		break;
	case FOLLOW_REFUSED: /* nothing is, where watching is all */
		break;
	case FOLLOW_END:
		on_end(t, stop);
		break;
	}
	follow_go(t->follow, stop, pass);
}

/* The second time it is meant. What the terminal sent, the programs got themselves. */
static void on_caught(struct trace *t, const struct follow_stop *stop)
{
	if (t->deadline)
		end(t, ROLE_NONE, SIGKILL);
	else if (stop->status && stop->signal == SIGINT)
		t->deadline = clock_now() + GRACE;
	else
		end(t, ROLE_NONE, stop->signal);
}

static void run(struct trace *t)
{
	for (;;) {
		int64_t left = t->deadline ? t->deadline - clock_now() : -1;
		struct follow_stop stop;

		switch (follow_next(t->follow, t->deadline && left < 0 ? 0 : left, &stop)) {
		case FOLLOW_STOPPED:
			on_stop(t, &stop);
			break;
		case FOLLOW_QUIET:
			end(t, ROLE_NONE, SIGKILL);
			break;
		case FOLLOW_CAUGHT:
			on_caught(t, &stop);
			break;
		case FOLLOW_OVER:
			return;
		}
	}
}

int trace_run(const struct trace_plan *plan, struct str *why)
{
	struct trace t = {.plan = plan, .why = why, .begin = clock_now()};

	t.calls = calls_open(&(struct calls_plan){plan->pipes, tell_call, &t});
	t.follow = follow_open();
	tell(&t, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	for (enum role r = ROLE_A; r < ROLE_NONE && !t.failed; r++)
		if (plan->server == ROLE_NONE || plan->server == r)
			start(&t, r);
	run(&t);
	tell(&t, (struct event){.ns = clock_now() - t.begin, .kind = EVENT_DONE,
				.role = ROLE_NONE, .row = t.rows});
	follow_close(t.follow);
	calls_close(t.calls);
	return t.failed ? -1 : 0;
}
