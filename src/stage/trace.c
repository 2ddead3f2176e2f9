#include "stage/trace.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/calls.h"
#include "stage/proc.h"
#include "stage/trace_live.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/* How long what was asked to end has until it is killed. */
#define GRACE CLOCK_S

/* How long a call takes until it is looked whether its task sleeps. */
#define DOZE (100 * CLOCK_MS)

/* How many stops are taken in until it is looked what else there is. */
enum { BATCH = 64 };

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
	bool ending;         /* it was asked for */
	bool holds;          /* calls are held at their entry: */
	VEC(struct follow_stop) held; /* these, the first one first */
	struct trace_live live;
};

static void tell(struct trace *t, struct event e)
{
	if (t->plan->live)
		live_tell(&t->live, &e);
	else
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

static int start_program(struct trace *t, enum role role)
{
	struct follow_plan plan = {.command = t->plan->command[role], .calls = decode_calls(),
				   .output = t->plan->output};
	int got;

	if (t->plan->attach[role])
		return follow_attach(t->follow, role, t->plan->attach[role], plan.calls, t->why);
	if (!plan.command)
		return 0;
	if (t->plan->prints) {
		plan.prepare = prints_become;
		plan.data = &t->live.prints;
	}
	got = follow_start(t->follow, role, &plan, t->why);
	if (t->plan->prints)
		prints_started(&t->live.prints, role);
	return got;
}

static void start(struct trace *t, enum role role)
{
	t->started[role] = true;
	if (start_program(t, role) == 0)
		return;
	t->failed = t->ending = true;
	follow_signal(t->follow, ROLE_NONE, SIGKILL);
}

/*
 * Calls that are held.
 */

/* The Ith goes on. */
static void let_go(struct trace *t, size_t i)
{
	struct follow_stop stop = t->held.at[i];
	struct event e = {.ns = clock_now() - t->begin, .kind = EVENT_ROW, .role = stop.role,
			  .task = stop.task};
	struct calls_pending *p;

	memmove(&t->held.at[i], &t->held.at[i + 1], (t->held.n - i - 1) * sizeof stop);
	t->held.n--;
	for (size_t k = 0; (p = calls_at(t->calls, k)); k++)
		if (p->tid == stop.tid) {
			p->since = t->begin + e.ns;
			e.call = p->call;
			e.row = p->row;
		}
	tell(t, e);
	follow_go(t->follow, &stop, false);
}

static void let_all_go(struct trace *t)
{
	t->holds = false;
	while (t->held.n)
		let_go(t, 0);
}

static void let_one_go(struct trace *t, enum role role)
{
	for (size_t i = 0; i < t->held.n; i++)
		if (role == ROLE_NONE || t->held.at[i].role == role) {
			let_go(t, i);
			return;
		}
}

static bool is_held(const struct trace *t, pid_t tid)
{
	for (size_t i = 0; i < t->held.n; i++)
		if (t->held.at[i].tid == tid)
			return true;
	return false;
}

/* The task is gone, and what it was about with it. */
static void forget(struct trace *t, pid_t tid)
{
	calls_forget(t->calls, tid);
	for (size_t i = t->held.n; i-- > 0;)
		if (t->held.at[i].tid == tid) {
			memmove(&t->held.at[i], &t->held.at[i + 1],
				(t->held.n - i - 1) * sizeof t->held.at[0]);
			t->held.n--;
		}
}

/* SIG goes to the processes of ROLE, by us; they have a while to end. */
static void end(struct trace *t, enum role role, int sig)
{
	t->ending = true;
	let_all_go(t);
	for (enum role r = ROLE_A; r < ROLE_NONE; r++) {
		struct event e = {.ns = clock_now() - t->begin, .kind = EVENT_DIRECTOR, .role = r,
				  .task = 1, .row = ++t->rows};

		if ((role != ROLE_NONE && role != r) || follow_started(t->follow, r) == 0) {
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

/* Whether STOP stays where it is: the call was told, and calls are held. */
static bool stays(struct trace *t, const struct follow_stop *stop, bool told)
{
	if (!told || !t->holds)
		return false;
	vec_push(&t->held, *stop);
	tell(t, (struct event){.ns = clock_now() - t->begin, .kind = EVENT_READY,
			       .role = stop->role, .task = stop->task, .call = t->n_calls,
			       .row = t->rows});
	return true;
}

static void on_end(struct trace *t, const struct follow_stop *stop)
{
	struct event e = event_of(t, stop, EVENT_END);
	enum role other = role_other(stop->role);

	forget(t, stop->tid);
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

	forget(t, stop->tid);
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

	if (t->plan->live && (stop->kind == FOLLOW_ENTRY || stop->kind == FOLLOW_END))
		live_hear(&t->live);
	switch (stop->kind) {
	case FOLLOW_START:
		on_start(t, stop);
		break;
	case FOLLOW_EXEC:
		on_exec(t, stop);
		break;
	case FOLLOW_ENTRY:
		pass = !calls_enter(t->calls, stop);
		if (stays(t, stop, !pass))
			return;
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
	t->ending = true;
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

/*
 * With a channel.
 */

/* Nothing is left, or nothing but what goes on without us. */
static bool over(const struct trace *t)
{
	return !follow_any(t->follow) ||
	       (t->ending && follow_started(t->follow, ROLE_A) == 0 &&
		follow_started(t->follow, ROLE_B) == 0);
}

static void tell_blocked(struct trace *t, const struct calls_pending *p)
{
	tell(t, (struct event){.ns = clock_now() - t->begin, .kind = EVENT_BLOCKED,
			       .role = p->role, .task = p->task, .call = p->call, .row = p->row});
}

/* Tell of the calls that the kernel says their tasks sleep in, once each. Returns when to look
 * again, in ns; -1: there is nothing to look for. */
static int64_t look_for_sleepers(struct trace *t)
{
	int64_t now = clock_now(), due = -1;
	struct calls_pending *p;

	for (size_t i = 0; (p = calls_at(t->calls, i)); i++) {
		if (p->look_at < 0 || is_held(t, p->tid))
			continue;
		if (p->look_at < p->since + DOZE)
			p->look_at = p->since + DOZE;
		if (p->look_at <= now && proc_sleeps(p->tid)) {
			p->look_at = -1; /* it is told once */
			tell_blocked(t, p);
			continue;
		}
		if (p->look_at <= now)
			p->look_at = now + DOZE;
		if (due < 0 || p->look_at - now < due)
			due = p->look_at - now;
	}
	return due;
}

static void obey(struct trace *t, const struct trace_command *command)
{
	switch (command->word) {
	case TRACE_STEP:
		let_one_go(t, command->role);
		return;
	case TRACE_HOLD:
		t->holds = !t->ending;
		return;
	case TRACE_LET_GO:
		let_all_go(t);
		return;
	case TRACE_END:
		end(t, ROLE_NONE, t->ending ? SIGKILL : SIGTERM);
		return;
	}
}

/* Take in the stops that are there, but not endlessly. Returns whether there may be more. */
static bool take_stops(struct trace *t)
{
	struct follow_stop stop;

	for (int i = 0; i < BATCH; i++) {
		if (!follow_look(t->follow, &stop))
			return false;
		on_stop(t, &stop);
	}
	return true;
}

static void take_news(struct trace *t, int64_t wait)
{
	struct trace_command command;
	struct follow_stop caught;

	live_wait(&t->live, wait);
	while (live_command(&t->live, &command))
		obey(t, &command);
	while (live_signal(&t->live, &caught))
		on_caught(t, &caught);
	if (t->live.hung_up && !t->ending)
		end(t, ROLE_NONE, SIGTERM);
}

static void run_live(struct trace *t)
{
	for (;;) {
		bool more = take_stops(t);
		int64_t wait = more ? 0 : look_for_sleepers(t);
		int64_t left = t->deadline - clock_now();

		if (over(t))
			return;
		if (t->deadline && left <= 0)
			end(t, ROLE_NONE, SIGKILL);
		else if (t->deadline && (wait < 0 || left < wait))
			wait = left;
		take_news(t, wait);
	}
}

/* What we are attached to goes on when this process ends, which is now. */
static void tell_detached(struct trace *t)
{
	for (enum role r = ROLE_A; r < ROLE_NONE; r++)
		if (follow_left(t->follow, r) > 0)
			tell(t, (struct event){.ns = clock_now() - t->begin,
					       .kind = EVENT_DIRECTOR, .role = r, .task = 1,
					       .row = ++t->rows, .text = mem_strdup("detach")});
}

static void tell_output(void *data, struct event *e)
{
	struct trace *t = data;

	e->ns = clock_now() - t->begin;
	tell(t, *e);
}

static int open_live(struct trace *t)
{
	if (live_open(&t->live, t->plan->channel, t->plan->prints, tell_output, t) < 0) {
		str_addf(t->why, _("no process can be made: %s"), strerror(errno));
		return -1;
	}
	for (size_t i = 0; t->plan->prints && i < PRINTS_PIPES; i++)
		calls_apart(t->calls, t->live.prints.pipes[i].read);
	t->holds = t->plan->hold;
	return 0;
}

static void close_live(struct trace *t)
{
	live_flush(&t->live);
	live_close(&t->live);
}

/* A server that runs already listens already. */
static bool starts_at_once(const struct trace_plan *plan, enum role role)
{
	return plan->server == ROLE_NONE || plan->server == role || plan->attach[plan->server];
}

static void run_all(struct trace *t)
{
	tell(t, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	/* What runs already is attached to before others come and talk to it. */
	for (enum role r = ROLE_A; r < ROLE_NONE && !t->failed; r++)
		if (t->plan->attach[r] && starts_at_once(t->plan, r))
			start(t, r);
	for (enum role r = ROLE_A; r < ROLE_NONE && !t->failed; r++)
		if (!t->plan->attach[r] && starts_at_once(t->plan, r))
			start(t, r);
	if (!t->plan->live) {
		run(t);
	} else {
		run_live(t);
		tell_detached(t);
		if (t->plan->prints)
			for (enum role r = ROLE_A; r < ROLE_NONE; r++)
				prints_finish(&t->live.prints, r);
	}
	tell(t, (struct event){.ns = clock_now() - t->begin, .kind = EVENT_DONE, .role = ROLE_NONE,
			       .row = t->rows,
			       .text = t->failed ? mem_strdup(str_text(t->why)) : NULL});
}

int trace_run(const struct trace_plan *plan, struct str *why)
{
	struct trace t = {.plan = plan, .why = why, .begin = clock_now()};

	t.calls = calls_open(&(struct calls_plan){.pipes = plan->pipes, .tell = tell_call, .data = &t});
	t.follow = follow_open();
	if (plan->live && open_live(&t) < 0)
		t.failed = true;
	else
		run_all(&t);
	if (plan->live)
		close_live(&t);
	follow_close(t.follow);
	calls_close(t.calls);
	vec_free(&t.held);
	return t.failed ? -1 : 0;
}
