#include "stage/scene.h"

#include "base/clock.h"
#include "base/text.h"
#include "lesson/call.h"
#include "stage/permit.h"
#include "stage/probe.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/* After this event the kernel may hold something else for a socket. */
static void note_change(struct scene *s, const struct event *e)
{
	if (e->kind == EVENT_BLOCKED || e->kind == EVENT_END || e->kind == EVENT_SEGMENT ||
	    e->kind == EVENT_DIRECTOR)
		s->lens.stale = true;
	if (e->kind == EVENT_START || e->kind == EVENT_END)
		s->lens.shuffled = true;
}

static void add_event(struct scene *s, struct event e)
{
	note_change(s, &e);
	e.row = s->row;
	events_add(&s->events, e);
	if (channel_put(&s->outbox, &e))
		scene_send(s);
}

void scene_send(struct scene *s)
{
	if (s->channel >= 0 && channel_send(s->channel, &s->outbox) < 0)
		s->channel = -1;
	if (s->channel < 0)
		str_cut(&s->outbox.bytes, 0);
}

/* Whether the role's process will have something to do with it. */
static bool disturbs(const struct event *e)
{
	return e->role < ROLE_NONE && e->kind != EVENT_READY && e->kind != EVENT_VERDICT &&
	       !(e->kind == EVENT_DIRECTOR && e->u.director.quiet);
}

void scene_tell_at(struct scene *s, struct event e, int64_t when)
{
	if (disturbs(&e))
		s->cast[e.role].restless = true;
	e.ns = when - s->start;
	add_event(s, e);
}

void scene_tell(struct scene *s, struct event e)
{
	scene_tell_at(s, e, clock_now());
}

void scene_say(struct scene *s, enum event_kind kind, enum role role, const char *format, ...)
{
	struct str text = {0};
	va_list ap;

	va_start(ap, format);
	str_addv(&text, _(format), ap);
	va_end(ap);
	scene_tell(s, (struct event){.kind = kind, .role = role, .text = str_take(&text)});
}

bool scene_busy(const struct scene *s)
{
	for (int r = 0; r < ROLES; r++)
		if (s->tracee[r].hold == HOLD_RUNNING)
			return true;
	return false;
}

/* Once a stage: the reader of the file must not take what is there for all. */
static void tell_file(struct scene *s)
{
	unsigned missed = wire_missed(&s->wire);

	if (s->file_lost || (!s->file.err && missed == 0))
		return;
	s->file_lost = true;
	if (s->file.err)
		scene_tell(s, (struct event){
				      .kind = EVENT_CANNOT, .role = ROLE_NONE,
				      .u.cannot = CANNOT_KEEP,
				      .text = str_make("The capture cannot be written: %s.",
						       strerror(s->file.err))});
	else
		scene_tell(s, (struct event){
				      .kind = EVENT_CANNOT, .role = ROLE_NONE,
				      .u.cannot = CANNOT_WIRE,
				      .text = str_make("The capture lacks %u segments: they came "
						       "faster than they could be taken.",
						       missed)});
}

void scene_wire(struct scene *s)
{
	struct event e;

	wire_drain(&s->wire);
	while (wire_next(&s->wire, scene_busy(s) || programs_join(s), &e)) {
		e.ns -= s->start;
		add_event(s, e);
	}
	if (s->file.fd >= 0)
		tell_file(s);
}

void scene_lens(struct scene *s)
{
	struct lens_place place = {.tracees = s->tracee, .box = &s->box, .now = clock_now()};
	int64_t seen;

	if (s->lens.blind || (!s->lens.stale && place.now < s->lens.look_at))
		return;
	for (int r = 0; r < ROLES; r++)
		place.names[r] = &s->cast[r].names;
	lens_watch_look(&s->lens, &place);
	/* The segments that brought a socket where it was found were captured before it was: they
	 * are told before. */
	if (s->lens.news.n > 0)
		scene_wire(s);
	seen = clock_now() - s->start;
	for (size_t i = 0; i < s->lens.news.n; i++) {
		s->lens.news.at[i].ns = seen;
		add_event(s, s->lens.news.at[i]);
	}
	s->lens.news.n = 0;
}

void scene_over(struct scene *s)
{
	s->wire.file = NULL;
	scene_tell(s, (struct event){.kind = EVENT_DONE, .role = ROLE_NONE});
}

/* A program's own port is known at the other end before its connect() has returned. */
static void note_program_port(struct scene *s, enum role role, int fd)
{
	struct address local;
	struct probe probe;

	if (!program_plays(s, role_other(role)) ||
	    !probe_socket(&probe, &s->tracee[role], &s->box, fd) || !probe.internet ||
	    probe.peer.len == 0)
		return;
	local = probe.local;
	probe.local = probe.peer;
	probe.peer = local;
	wire_note(&s->wire, role_other(role), -1, &probe);
}

/* After a call that may have bound a port, or at which one sleeps. */
static void note_ports(struct scene *s, enum role role, const struct member *m, const struct event *ret)
{
	const struct call *call = m->action->call;
	bool new_fd = ret && call->result == RESULT_FD && ret->u.ret.result >= 0;
	bool is_sock = m->action->names[0] && strcmp(m->action->names[0], "sock") == 0;

	if (!s->wired)
		return;
	if (new_fd) {
		faults_socket(s, role, (int)ret->u.ret.result, is_sock && s->row > 0);
		note_program_port(s, role, (int)ret->u.ret.result);
	}
	else if (call->params[0].kind == PARAM_FD && call->nr != SYS_close)
		faults_socket(s, role, (int)s->tracee[role].box->args[0], false);
}

static bool opens(const struct call *call)
{
	return call->result == RESULT_FD || call->result == RESULT_PAIR ||
	       call->result == RESULT_GIVEN_FD;
}

/* What the call may have changed of the sockets. Those that only ask change nothing. */
static void note_call(struct scene *s, struct member *m)
{
	const struct call *call = m->action->call;

	if (call->result == RESULT_ADDRESS || call->result == RESULT_EVENTS ||
	    call->result == RESULT_HANDLER || call->nr == SYS_getpid)
		return;
	s->lens.stale = true;
	m->closed = call->nr == SYS_close;
	if (m->closed || opens(call) || call->nr == SYS_fcntl)
		s->lens.shuffled = true;
}

static void name_result(struct member *m, const long values[2], size_t n)
{
	void (*set)(struct names *, const char *, long) =
		opens(m->action->call) ? names_open : names_set;

	for (size_t i = 0; i < n; i++)
		if (m->action->names[i])
			set(&m->names, m->action->names[i], values[i]);
}

/* A datagram may hold nothing: a read of 0 is then no end of anything. Source: recv(2). */
static bool reads_datagrams(struct scene *s, enum role role)
{
	struct probe probe;

	return probe_socket(&probe, &s->tracee[role], &s->box,
			    (int)s->tracee[role].box->args[0]) &&
	       probe.datagrams;
}

/* The call under way is over: RESULT and ERR as the kernel gave them. */
static void finish_call(struct scene *s, enum role role, long result, int err)
{
	struct member *m = &s->cast[role];
	struct event ret = {.kind = EVENT_RETURN, .role = role, .call = m->call};
	long values[2];
	size_t n;

	marshal_result(&m->parcel, result, err, &ret, values, &n);
	if (ret.u.ret.reads && !err && result == 0 && reads_datagrams(s, role))
		ret.u.ret.reads = false;
	name_result(m, values, n);
	if (m->was && !err) {
		names_closed(&m->names, m->action->args[0].text, m->was);
		m->was = NULL;
	}
	note_ports(s, role, m, &ret);
	note_call(s, m);
	scene_wire(s);
	scene_tell(s, ret);
	m->action = NULL;
	m->given_up = false;
}

static void refused(struct scene *s, enum role role, const char *why)
{
	scene_say(s, EVENT_REFUSED, role, "%s; the process is ended", why);
	kill(s->tracee[role].pid, SIGKILL);
	s->tracee[role].hold = HOLD_RUNNING; /* to its end, which is still to be seen */
}

static void on_entry(struct scene *s, struct stop *stop)
{
	enum role role = stop->tracee->role;
	struct member *m = &s->cast[role];
	struct str why = {0};

	if (!permit_call(stop, &why)) {
		refused(s, role, str_text(&why));
		str_free(&why);
		return;
	}
	if (m->action && !m->entered) {
		m->entered = true;
		scene_tell(s, (struct event){.kind = EVENT_CALL, .role = role, .call = m->call,
					     .text = mem_strdup(m->whole)});
	}
	tracer_go(stop->tracee);
}

static void on_exit_stop(struct scene *s, struct stop *stop)
{
	enum role role = stop->tracee->role;
	struct member *m = &s->cast[role];

	/* What signal() returns is known to the actor only a moment later. */
	if (!m->action || m->action->call->result == RESULT_HANDLER)
		tracer_go(stop->tracee);
	else
		finish_call(s, role, stop->result, stop->err);
}

static void on_park(struct scene *s, struct stop *stop)
{
	enum role role = stop->tracee->role;
	struct member *m = &s->cast[role];
	const struct mailbox *box = stop->tracee->box;

	/* Interrupted by a signal with a handler, or signal() itself. */
	if (m->action && m->entered && box->over) {
		bool handler = m->action->call->result == RESULT_HANDLER && !box->err;

		finish_call(s, role, handler ? box->previous : box->result, box->err);
	}
	/* Before Linux 6.6 close() does its work only after it has returned. */
	if (m->closed)
		s->lens.stale = true;
	m->closed = false;
	stop->tracee->in_call = false;
	stop->tracee->box->mail = MAIL_NONE;
	if (m->restless)
		scene_tell(s, (struct event){.kind = EVENT_READY, .role = role});
	m->restless = false;
}

static void on_signal(struct scene *s, struct stop *stop)
{
	scene_wire(s);
	if (stop->signal == SIGCONT)
		s->cast[stop->tracee->role].waking = false;
	scene_tell(s, (struct event){.kind = EVENT_SIGNAL, .role = stop->tracee->role,
				     .u.signal = {stop->signal, stop->fate}});
	if (stop->fate == FATE_IGNORED)
		tracer_go(stop->tracee);
}

static void on_refused(struct scene *s, struct stop *stop)
{
	struct str name = {0}, what = {0};

	permit_name(&name, stop->nr);
	str_addf(&what, _("%s() is not one of the calls a demo may make"), str_text(&name));
	refused(s, stop->tracee->role, str_text(&what));
	str_free(&name);
	str_free(&what);
}

static void on_ended(struct scene *s, struct stop *stop)
{
	struct member *m = &s->cast[stop->tracee->role];

	scene_wire(s);
	scene_tell(s, (struct event){.kind = EVENT_END, .role = stop->tracee->role,
				     .u.end = {stop->signal, stop->status}});
	m->action = NULL;
}

bool scene_watch(struct scene *s, bool all)
{
	struct stop stop;

	if (!tracer_next(s->tracee, ROLES, &s->box, all, &stop))
		return programs_watch(s);
	switch (stop.kind) {
	case STOP_ENTRY:
		on_entry(s, &stop);
		break;
	case STOP_EXIT:
		on_exit_stop(s, &stop);
		break;
	case STOP_INTERRUPT:
		tracer_go(stop.tracee);
		break;
	case STOP_PARK:
		on_park(s, &stop);
		break;
	case STOP_SIGNAL:
		on_signal(s, &stop);
		break;
	case STOP_REFUSED:
		on_refused(s, &stop);
		break;
	case STOP_STOPPED:
		if (s->cast[stop.tracee->role].waking) /* SIGCONT came before this was seen */
			tracer_go(stop.tracee);
		break;
	case STOP_ENDED:
		on_ended(s, &stop);
		break;
	}
	return true;
}

/* Asleep is asleep only if it still is after all others had their turn: the kernel's
 * own work for this processor may be what it waits for. */
static bool sleeps(const struct tracee *t)
{
	for (int i = 0; i < 3; i++) {
		if (!tracer_look(t))
			return false;
		sched_yield();
	}
	return tracer_look(t);
}

void scene_look(struct scene *s)
{
	for (int r = 0; r < ROLES; r++) {
		struct member *m = &s->cast[r];
		struct tracee *t = &s->tracee[r];

		if (t->hold != HOLD_RUNNING || !m->action || !m->entered || !sleeps(t))
			continue;
		t->hold = HOLD_ASLEEP;
		note_ports(s, (enum role)r, m, NULL);
		scene_wire(s);
		if (!m->blocked)
			scene_tell(s, (struct event){.kind = EVENT_BLOCKED, .role = (enum role)r,
						     .call = m->call});
		m->blocked = true;
	}
}

/* addr(NAME): the other role's descriptor of that name, else the role's own. One that was
 * closed is still known by the address it had; its number may be another's by now. */
struct asker {
	struct scene *scene;
	enum role role;
};

static void add_address(struct str *to, struct scene *s, enum role role, int fd)
{
	struct probe probe;

	if (probe_socket(&probe, &s->tracee[role], &s->box, fd) && probe.local.len > 0)
		address_print(to, &probe.local);
}

static bool address_of(void *arg, const char *name, struct str *to, struct str *why)
{
	const struct asker *asker = arg;
	enum role order[ROLES] = {role_other(asker->role), asker->role};

	for (int i = 0; i < ROLES; i++) {
		struct scene *s = asker->scene;
		const char *was = names_was(&s->cast[order[i]].names, name);
		long fd;

		if (was)
			str_add(to, was);
		else if (names_get(&s->cast[order[i]].names, name, &fd))
			add_address(to, s, order[i], (int)fd);
		if (to->len > 0)
			return true;
	}
	str_addf(why, _("addr(%s): no socket of that name is bound to an address yet"), name);
	return false;
}

/* Before ACTION closes a name: what it is bound to. */
static char *address_at_close(struct scene *s, enum role role, const struct action *action)
{
	struct str was = {0};
	long fd;

	if (action->call->nr != SYS_close || action->args[0].kind != ARG_NAME ||
	    !names_get(&s->cast[role].names, action->args[0].text, &fd))
		return NULL;
	add_address(&was, s, role, (int)fd);
	return str_take(&was);
}

/* The mail is written. Most calls need not come to their entry by themselves: it saves a stop. */
static void begin_call(struct scene *s, enum role role)
{
	struct tracee *t = &s->tracee[role];
	struct stop stop;

	if (s->turns && t->box->mail == MAIL_CALL &&
	    tracer_turn(t, t->box->nr, t->box->args, &stop)) {
		t->box->mail = MAIL_TURNED;
		on_entry(s, &stop);
	} else {
		tracer_go(t);
	}
}

int scene_act(struct scene *s, enum role role, const struct action *action)
{
	struct member *m = &s->cast[role];
	struct asker asker = {s, role};
	struct marshal marshal = {s->tracee[role].box, &m->names, &asker, address_of};
	struct str whole = {0}, why = {0};
	int got = marshal_call(&marshal, action, &m->parcel, &whole, &why);

	free(m->whole);
	m->whole = str_take(&whole);
	free(m->was);
	m->was = address_at_close(s, role, action);
	if (got < 0) {
		scene_say(s, EVENT_REFUSED, role, "%s: %s", m->whole, str_text(&why));
		str_free(&why);
		return -1;
	}
	m->action = action;
	m->call = ++s->calls;
	m->entered = m->blocked = false;
	begin_call(s, role);
	return 0;
}

void scene_release(struct scene *s, enum role role)
{
	struct tracee *t = &s->tracee[role];

	if (t->hold == HOLD_EXIT || t->hold == HOLD_SIGNAL || t->hold == HOLD_PARK ||
	    t->hold == HOLD_STOPPED)
		tracer_go(t);
}

void scene_kill(struct scene *s, enum role role, int sig)
{
	struct tracee *t = &s->tracee[role];

	if (t->hold == HOLD_NONE || t->hold == HOLD_ENDED)
		return;
	kill(t->pid, sig);
	if (sig == SIGCONT)
		s->cast[role].waking = true;
	if (sig == SIGKILL || t->hold == HOLD_ASLEEP)
		t->hold = HOLD_RUNNING;
	else if (sig == SIGCONT || t->hold != HOLD_STOPPED) /* others wait until it goes on */
		scene_release(s, role);
}
