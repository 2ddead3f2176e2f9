#include "stage/program.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/follow_start.h"
#include "stage/permit.h"
#include "stage/proc.h"
#include "stage/program_start.h"
#include "stage/scene.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* How long what was asked to end has until it is killed. */
#define GRACE (500 * CLOCK_MS)
/* How long a call goes on before somebody looks whether it sleeps. */
#define A_WHILE (20 * CLOCK_MS)

bool program_plays(const struct scene *s, enum role role)
{
	return s->programs.words[role] != NULL;
}

bool program_lives(const struct scene *s, enum role role)
{
	return s->programs.follow && follow_left(s->programs.follow, role) > 0;
}

bool programs_join(const struct scene *s)
{
	const struct calls_pending *p;

	if (!s->programs.calls)
		return false;
	for (size_t i = 0; (p = calls_at(s->programs.calls, i)); i++)
		if (p->joins)
			return true;
	return false;
}

/*
 * Telling.
 */

static struct program_task *find_task(struct programs *ps, enum role role, unsigned task)
{
	for (size_t i = ps->tasks.n; i-- > 0;)
		if (ps->tasks.at[i].role == role && ps->tasks.at[i].task == task)
			return &ps->tasks.at[i];
	return NULL;
}

/* Tell that there is such a task. */
static void show_task(struct scene *s, struct program_task *t, int64_t when)
{
	struct event e = {.kind = EVENT_START, .role = t->role, .u.pid = (int)t->tid};

	e.task = t->shown = ++s->programs.shown[t->role];
	if (t->shown > 1)
		e.text = mem_strdup(t->thread ? "thread" : "process");
	scene_tell_at(s, e, when);
}

/* Tell E of the task that STOP is about, if that was told. */
static void tell(struct scene *s, const struct follow_stop *stop, struct event e)
{
	const struct program_task *t = find_task(&s->programs, stop->role, stop->task);

	e.role = stop->role;
	e.task = t ? t->shown : 0;
	if (e.task)
		scene_tell_at(s, e, stop->ns);
}

/* What the stage does to it, in the notation. */
static void tell_deed(struct scene *s, enum role role, const char *text)
{
	scene_tell(s, (struct event){.kind = EVENT_DIRECTOR, .role = role,
				     .text = mem_strdup(text)});
}

/* What is left of the role is killed; it is to be seen how it ends. */
static void kill_role(struct scene *s, enum role role)
{
	s->programs.refused[role] = true;
	follow_signal(s->programs.follow, role, SIGKILL);
}

static void __attribute__((format(printf, 3, 4)))
refuse(struct scene *s, enum role role, const char *format, ...)
{
	struct str text = {0};
	va_list ap;

	if (s->programs.refused[role])
		return;
	va_start(ap, format);
	str_addv(&text, _(format), ap);
	va_end(ap);
	scene_tell(s, (struct event){.kind = EVENT_REFUSED, .role = role,
				     .text = str_make(_("%s; the program is ended"),
						      str_text(&text))});
	str_free(&text);
	kill_role(s, role);
}

/* A copy was closed, as a server does that leaves a client to its child: the connection is not. */
static bool is_held(const struct scene *s, enum role role, unsigned long socket)
{
	pid_t pid;

	for (size_t i = 0; socket && (pid = follow_process(s->programs.follow, role, i)); i++)
		if (proc_holds(pid, socket))
			return true;
	return false;
}

static void tell_call(void *data, struct event *e)
{
	struct scene *s = data;
	struct program_task *t = find_task(&s->programs, e->role, e->task);

	if (t && !t->shown)
		show_task(s, t, e->ns);
	e->task = t ? t->shown : 0;
	if (e->kind == EVENT_CALL)
		e->call = ++s->calls;
	if (e->kind == EVENT_RETURN && e->u.ret.did == DID_CLOSE &&
	    is_held(s, e->role, e->u.ret.socket))
		e->u.ret.did = DID_OTHER;
	e->row = s->row;
	scene_tell_at(s, *e, e->ns);
	if (e->kind == EVENT_CALL && ++s->programs.told > PROGRAM_CALLS)
		refuse(s, e->role, N_("more than %d calls on sockets and pipes"), PROGRAM_CALLS);
}

/*
 * What it prints.
 */

static void tell_line(void *scene, struct event *e)
{
	scene_tell(scene, *e);
}

bool programs_hear(struct scene *s)
{
	bool heard = false;

	for (size_t i = 0; s->programs.follow && i < PRINTS_PIPES; i++)
		heard = prints_read(&s->programs.prints, i) || heard;
	return heard;
}

size_t programs_fds(const struct scene *s, struct pollfd *fds)
{
	size_t n = 0;

	for (size_t i = 0; s->programs.follow && i < PRINTS_PIPES; i++)
		if (s->programs.prints.pipes[i].read >= 0)
			fds[n++] = (struct pollfd){s->programs.prints.pipes[i].read, POLLIN, 0};
	return n;
}

/*
 * Beginning.
 */

/* Children of the stage that others know of. */
static bool is_of_the_scene(void *scene, pid_t pid)
{
	const struct scene *s = scene;

	for (int r = 0; r < ROLES; r++)
		if (!s->programs.words[r] && s->tracee[r].pid == pid)
			return true;
	return pid == s->box.init;
}

static int pidfd_of(pid_t pid)
{
#ifdef SYS_pidfd_open
	return (int)syscall(SYS_pidfd_open, pid, 0);
#else
	(void)pid;
	return -1;
#endif
}

/* The lens looks at its first process. */
static void show_process(struct scene *s, enum role role, pid_t pid)
{
	struct tracee *t = &s->tracee[role];

	t->hold = HOLD_FREE;
	t->pid = pid;
	t->pidfd = pidfd_of(pid);
}

static void forget_process(struct scene *s, enum role role)
{
	struct tracee *t = &s->tracee[role];

	if (t->hold == HOLD_FREE && t->pidfd >= 0)
		close(t->pidfd);
	t->pidfd = -1;
	t->hold = HOLD_ENDED;
}

static int start(struct scene *s, enum role role, struct str *why)
{
	struct programs *ps = &s->programs;
	struct program_plan plan = {.scene = s, .prints = &ps->prints};
	struct follow_plan follow = {.words = ps->words[role], .calls = decode_calls(),
				     .refused = program_refused(), .output = -1,
				     .prepare = program_prepare, .data = &plan};
	int got;

	program_find_peer(s, role, &plan);
	got = follow_start(ps->follow, role, &follow, why);
	prints_started(&ps->prints, role);
	if (!program_plays(s, role_other(role)))
		prints_started(&ps->prints, role_other(role));
	str_free(&plan.socket);
	str_free(&plan.host);
	return got;
}

/* A datagram socket of a library is none of a conversation over streams. */
static bool is_elsewhere(void *scene, int type)
{
	const struct scene *s = scene;

	return s->programs.meant == MEANT_ELSEWHERE ||
	       (s->programs.meant == MEANT_STAGE && type == SOCK_DGRAM &&
		!demo_has_datagrams(s->demo));
}

static int open_programs(struct scene *s, struct str *why)
{
	struct programs *ps = &s->programs;

	if (ps->follow)
		return 0;
	if (!s->box.readonly) {
		str_addf(why, _("No program can be run here: %s."), str_text(&s->box.why));
		return -1;
	}
	if (prints_open(&ps->prints, PROGRAM_PRINTS, tell_line, s) < 0) {
		str_addf(why, _("no process can be made: %s"), strerror(errno));
		return -1;
	}
	ps->follow = follow_open_beside(is_of_the_scene, s);
	ps->calls = calls_open(&(struct calls_plan){.whole = true, .elsewhere = is_elsewhere,
						    .tell = tell_call, .data = s});
	return 0;
}

int program_start(struct scene *s, enum role role)
{
	struct str why = {0};
	int got = open_programs(s, &why);

	if (got == 0)
		got = start(s, role, &why);
	if (got < 0)
		scene_tell(s, (struct event){.kind = EVENT_CANNOT, .role = role,
					     .u.cannot = CANNOT_PROGRAM,
					     .text = str_take(&why)});
	return got;
}

/*
 * Stops.
 */

static void on_entry(struct scene *s, const struct follow_stop *stop)
{
	struct str path = {0};
	bool wanted;

	s->programs.meant = meant_by(stop, s->box.work, &path);
	wanted = calls_enter(s->programs.calls, stop);
	if (s->programs.meant == MEANT_OUTSIDE)
		refuse(s, stop->role, N_("%s is a socket outside the stage"), str_text(&path));
	else
		follow_go(s->programs.follow, stop, !wanted);
	str_free(&path);
}

/* What segments will come from and go to. Not only its first process has sockets. */
static void note_ports(struct scene *s, const struct follow_stop *stop)
{
	const struct doing *doing = calls_doing(s->programs.calls, stop);
	struct tracee t = s->tracee[stop->role];

	if (!doing || !s->wired || doing->fd < 0 ||
	    (!calls_pending(s->programs.calls, stop)->joins && doing->use != USE_LISTENS))
		return;
	if (stop->pid != t.pid) {
		t.pid = stop->pid;
		t.pidfd = pidfd_of(stop->pid);
	}
	faults_ports(s, stop->role, &t, doing->fd);
	if (stop->result > 0 && doing->use == USE_JOINS)
		faults_ports(s, stop->role, &t, (int)stop->result);
	if (stop->pid != s->tracee[stop->role].pid && t.pidfd >= 0)
		close(t.pidfd);
}

static void on_exit_stop(struct scene *s, const struct follow_stop *stop)
{
	note_ports(s, stop);
	scene_wire(s);
	calls_leave(s->programs.calls, stop);
	s->lens.stale = s->lens.shuffled = true;
	follow_go(s->programs.follow, stop, false);
}

static void on_start(struct scene *s, const struct follow_stop *stop)
{
	struct program_task t = {stop->role, stop->task, 0, stop->tid, stop->tid != stop->pid};

	if (stop->program) {
		show_process(s, stop->role, stop->tid);
		show_task(s, &t, stop->ns);
	}
	vec_push(&s->programs.tasks, t);
	if (follow_left(s->programs.follow, stop->role) > PROGRAM_TASKS)
		refuse(s, stop->role, N_("more than %d processes and threads at one time"),
		       PROGRAM_TASKS);
	follow_go(s->programs.follow, stop, false);
}

static void not_found(struct scene *s, const struct follow_stop *stop)
{
	if (stop->program && !stop->started && !stop->signal)
		scene_say(s, EVENT_REFUSED, stop->role,
			  stop->status == SPAWN_NOT_RUN ? N_("'%s' is there, but cannot be run") :
							  N_("there is no program '%s'"),
			  s->programs.words[stop->role][0]);
}

static void drop_task(struct programs *ps, const struct follow_stop *stop)
{
	struct program_task *t = find_task(ps, stop->role, stop->task);

	if (t)
		*t = ps->tasks.at[--ps->tasks.n];
}

static void on_end(struct scene *s, struct follow_stop *stop)
{
	calls_forget(s->programs.calls, stop->tid);
	if (stop->role == ROLE_NONE)
		return;
	if (stop->program) {
		prints_finish(&s->programs.prints, stop->role);
		forget_process(s, stop->role);
		s->programs.over[stop->role] = true;
		s->programs.over_at[stop->role] = stop->ns;
	}
	scene_wire(s);
	/* What it had printed was told since. */
	stop->ns = clock_now();
	tell(s, stop, (struct event){.kind = EVENT_END, .u.end = {stop->signal, stop->status}});
	drop_task(&s->programs, stop);
	not_found(s, stop);
}

static void on_signal(struct scene *s, const struct follow_stop *stop)
{
	scene_wire(s);
	/* A child that was not told ends: that is not told either. */
	if (stop->signal != SIGCHLD || s->programs.shown[stop->role] > 1)
		tell(s, stop, (struct event){.kind = EVENT_SIGNAL,
					     .u.signal = {stop->signal, stop->fate}});
	follow_go(s->programs.follow, stop, false);
}

static void on_refused(struct scene *s, const struct follow_stop *stop)
{
	struct str name = {0};

	permit_name(&name, stop->nr);
	refuse(s, stop->role, N_("%s() is not one of the calls a program may make here"),
	       str_text(&name));
	str_free(&name);
}

bool programs_watch(struct scene *s)
{
	struct follow_stop stop;

	if (!s->programs.follow || !follow_look(s->programs.follow, &stop))
		return false;
	switch (stop.kind) {
	case FOLLOW_START:
		on_start(s, &stop);
		break;
	case FOLLOW_EXEC:
		program_bound_memory(stop.tid);
		calls_forget(s->programs.calls, stop.tid);
		follow_go(s->programs.follow, &stop, false);
		break;
	case FOLLOW_ENTRY:
		/* What it has printed stands before what it does now. */
		if (programs_hear(s))
			stop.ns = clock_now();
		on_entry(s, &stop);
		break;
	case FOLLOW_EXIT:
		on_exit_stop(s, &stop);
		break;
	case FOLLOW_SIGNAL:
		on_signal(s, &stop);
		break;
	case FOLLOW_REFUSED:
		on_refused(s, &stop);
		break;
	case FOLLOW_END:
		on_end(s, &stop);
		break;
	}
	/* A child that was born while all were killed. */
	if (stop.role != ROLE_NONE && s->programs.refused[stop.role] && stop.kind != FOLLOW_END)
		kill(stop.pid, SIGKILL);
	return true;
}

/*
 * Time.
 */

static void look_at_call(struct scene *s, struct calls_pending *p, int64_t now)
{
	const struct program_task *t;

	if (!proc_sleeps(p->tid)) {
		p->look_at = now + A_WHILE;
		return;
	}
	p->look_at = INT64_MAX;
	scene_wire(s);
	t = find_task(&s->programs, p->role, p->task);
	scene_tell(s, (struct event){.kind = EVENT_BLOCKED, .role = p->role,
				     .task = t ? t->shown : 0, .call = p->call});
}

void programs_tick(struct scene *s)
{
	struct programs *ps = &s->programs;
	int64_t now = clock_now();
	struct calls_pending *p;

	if (!ps->follow)
		return;
	for (size_t i = 0; (p = calls_at(ps->calls, i)); i++) {
		if (p->look_at == 0)
			p->look_at = p->since + A_WHILE;
		if (now >= p->look_at)
			look_at_call(s, p, now);
	}
	if (!ps->kill_at || now < ps->kill_at)
		return;
	ps->kill_at = 0;
	for (int r = 0; r < ROLES; r++)
		if (program_lives(s, (enum role)r)) {
			tell_deed(s, (enum role)r, "kill -9");
			kill_role(s, (enum role)r);
		}
}

int64_t programs_due(const struct scene *s)
{
	int64_t due = s->programs.kill_at ? s->programs.kill_at : INT64_MAX;
	const struct calls_pending *p;

	if (!s->programs.follow)
		return INT64_MAX;
	for (size_t i = 0; (p = calls_at(s->programs.calls, i)); i++) {
		int64_t at = p->look_at ? p->look_at : p->since + A_WHILE;

		due = at < due ? at : due;
	}
	return due;
}

/*
 * Ending.
 */

void programs_end(struct scene *s)
{
	if (s->programs.kill_at)
		return;
	for (int r = 0; r < ROLES; r++)
		if (program_lives(s, (enum role)r) && !s->programs.refused[r]) {
			tell_deed(s, (enum role)r, "kill -TERM");
			follow_signal(s->programs.follow, (enum role)r, SIGTERM);
			s->programs.kill_at = clock_now() + GRACE;
		}
}

void programs_close(struct scene *s)
{
	struct programs *ps = &s->programs;

	if (!ps->follow)
		return;
	follow_close(ps->follow);
	sandbox_empty(&s->box);
	calls_close(ps->calls);
	prints_close(&ps->prints);
	vec_free(&ps->tasks);
	for (int r = 0; r < ROLES; r++) {
		if (!ps->words[r])
			continue;
		forget_process(s, (enum role)r);
		s->tracee[r].hold = HOLD_NONE;
	}
	*ps = (struct programs){.words = {ps->words[ROLE_A], ps->words[ROLE_B]}};
}
