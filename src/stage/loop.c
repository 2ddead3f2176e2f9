#include "stage/loop.h"

#include "base/clock.h"
#include "course/shorten.h"
#include "base/text.h"
#include "lesson/action.h"
#include "stage/channel.h"
#include "stage/director.h"
#include "stage/settings.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

struct loop {
	struct scene scene;
	struct director director;
	int channel;
	int children;      /* signalfd: a child stopped or ended */
	bool told;         /* it said so since all children were asked */
	unsigned patience; /* how often in a row nobody had anything to tell */
};

/* All on one processor: the kernel then carries segments in the order in which they
 * were sent, before the call that sent them returns, and a switch between tracer and
 * tracee costs the least. */
static void stay_here(cpu_set_t *before)
{
	int here = sched_getcpu();
	cpu_set_t one;

	sched_getaffinity(0, sizeof *before, before);
	if (here < 0)
		return;
	CPU_ZERO(&one);
	CPU_SET((size_t)here, &one);
	sched_setaffinity(0, sizeof one, &one);
}

/* Whether a role listens at a port that the table names: a new run wants it again. */
static bool names_ports(const struct demo *demo)
{
	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int r = 0; r < ROLES; r++) {
			const struct cell *cell = &demo->table.rows.at[i].cell[r];
			const struct action *a = cell->action;
			struct address address;

			if (cell->kind == CELL_ACTION && a->kind == ACTION_CALL &&
			    strcmp(a->call->name, "bind") == 0 && a->n_args > 1 &&
			    a->args[1].kind == ARG_STRING &&
			    address_parse(&address, a->args[1].bytes, a->args[1].len) &&
			    address_port(&address) != 0)
				return true;
		}
	return false;
}

static void open_wire(struct scene *s)
{
	s->wire = (struct wire){.fd = -1};
	if (!s->wired)
		return;
	if (s->deaf)
		str_add(&s->wire_why, "nobody asked for them");
	else if (s->box.level == SANDBOX_FULL)
		wire_open(&s->wire, &s->file, &s->wire_why);
	else
		str_addf(&s->wire_why, _("there is no network of its own to capture in; %s"),
			 str_text(&s->box.why));
}

/* Settings hold in the network that the stage has now. */
static void make_settings(struct scene *s)
{
	struct settings all = shorten_settings(s->demo, &s->own, s->real_time);

	str_cut(&s->set_why, 0);
	if (s->wired && settings_any(&s->demo->settings) &&
	    !(s->real_time && s->box.level != SANDBOX_FULL))
		settings_make(&s->box, &all, &s->demo->settings, &s->set_why);
}

/* A reader that is gone, or a limit on files, is an error like others. */
static void open_file(struct scene *s, const struct stage_options *options)
{
	s->file.fd = options->capture ? options->file : -1;
	if (!options->capture)
		return;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (!options->begun)
		pcap_file_begin(&s->file, DLT_EN10MB);
}

static int children_fd(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void hello(int channel, char c)
{
	if (send(channel, &c, 1, MSG_NOSIGNAL) != 1)
		_exit(1);
}

static bool has_program(const struct stage_plan *plan)
{
	return plan->options.program[ROLE_A] || plan->options.program[ROLE_B];
}

/* Returns 0 when the stage stands. */
static int set_up(struct loop *l, const struct stage_plan *plan)
{
	struct scene *s = &l->scene;

	/* As long as it is this machine's network. */
	if (settings_any(&plan->demo->settings))
		settings_read(&s->own);
	if (sandbox_enter(&s->box, plan->plain, has_program(plan), plan->path) < 0) {
		hello(plan->channel, s->box.level == SANDBOX_BROKEN ? HELLO_BROKEN : HELLO_FAILED);
		send(plan->channel, str_text(&s->box.why), s->box.why.len, MSG_NOSIGNAL);
		return -1;
	}
	s->demo = plan->demo;
	s->channel = plan->channel;
	s->wired = demo_has_wire(plan->demo);
	s->real_time = plan->options.real_time;
	s->lens.blind = plan->options.blind;
	s->deaf = plan->options.deaf;
	s->patience = shorten_patience(plan->demo, &s->own, s->real_time);
	/* A plain stage does without whatever a machine may lack. */
	s->turns = !plan->plain;
	for (int r = 0; r < ROLES; r++) {
		s->tracee[r].role = (enum role)r;
		s->tracee[r].box = mailbox_new();
		s->cast[r].play = plan->play[r];
		s->programs.words[r] = plan->options.program[r];
		if (!s->tracee[r].box)
			return -1;
	}
	hello(plan->channel, HELLO_READY);
	make_settings(s);
	open_file(s, &plan->options);
	open_wire(s);
	l->channel = plan->channel;
	l->children = children_fd();
	l->director = (struct director){.scene = s, .demo = plan->demo};
	return l->children < 0 ? -1 : 0;
}

static void restart(struct loop *l)
{
	struct scene *s = &l->scene;

	if (names_ports(s->demo)) {
		scene_end(s);
		if (sandbox_renew(&s->box) == 0) {
			faults_renewed(s);
			wire_close(&s->wire);
			make_settings(s);
			open_wire(s);
			lens_watch_move(&s->lens);
		}
	}
	director_begin(&l->director);
}

/* Returns false when the tutor has hung up or says so. */
static bool take_command(struct loop *l)
{
	struct message m;
	ssize_t n = recv(l->channel, &m, sizeof m, MSG_WAITALL);

	if (n != (ssize_t)sizeof m)
		return n < 0 && errno == EINTR;
	switch (m.command) {
	case STAGE_STEP:
		director_step_to(&l->director, l->director.row + 1);
		return true;
	case STAGE_STEP_TO:
		director_step_to(&l->director, m.arg);
		return true;
	case STAGE_RESTART:
		restart(l);
		return true;
	case STAGE_MOVE:
		m.text[sizeof m.text - 1] = '\0';
		if (m.arg == ROLE_A || m.arg == ROLE_B)
			director_move(&l->director, (enum role)m.arg, m.text);
		return true;
	case STAGE_DEED:
		m.text[STAGE_DEED_MOST] = '\0';
		director_order(&l->director,
			       &(struct stage_deed){m.arg, m.during, m.role, m.text});
		return true;
	case STAGE_QUIT:
		return false;
	}
	return false;
}

/* How long to wait for somebody to tell something. A role that was let go will stop or
 * fall asleep in microseconds, and only stopping wakes us: so give way and look again,
 * at first at once, then less and less often. */
static int64_t wait_time(const struct loop *l)
{
	int64_t until = director_deadline(&l->director), due = faults_due(&l->scene);
	int64_t programs = programs_due(&l->scene);
	int64_t now = clock_now(), wait;

	/* No look is made while somebody runs. */
	if (!scene_busy(&l->scene) && l->scene.lens.look_at < until)
		until = l->scene.lens.look_at;
	until = due < until ? due : until;
	until = programs < until ? programs : until;
	wait = until == INT64_MAX ? -1 : until > now ? until - now : 0;
	if (scene_busy(&l->scene)) {
		int64_t soon = l->patience < 200 ? 100000 : l->patience < 400 ? CLOCK_MS
								   : 20 * CLOCK_MS;

		wait = wait < 0 || soon < wait ? soon : wait;
	}
	return wait;
}

static bool wait_for_news(struct loop *l)
{
	struct pollfd fds[4 + PRINTS_PIPES] = {{l->channel, POLLIN, 0},
						{l->children, POLLIN, 0},
						{l->scene.wire.fd, POLLIN, 0},
						{faults_fd(&l->scene), POLLIN, 0}};
	size_t n = 4 + programs_fds(&l->scene, fds + 4);
	int64_t wait = wait_time(l);
	struct timespec t = {wait / CLOCK_S, wait % CLOCK_S};
	struct signalfd_siginfo info;

	if (ppoll(fds, n, wait < 0 ? NULL : &t, NULL) <= 0)
		return true;
	l->told = fds[1].revents != 0;
	while (l->told && read(l->children, &info, sizeof info) > 0)
		;
	return !fds[0].revents || take_command(l);
}

static bool look_around(struct loop *l)
{
	bool seen = false;

	while (scene_watch(&l->scene, l->told))
		seen = true;
	seen = programs_hear(&l->scene) || seen;
	l->told = false;
	/* Asking whether somebody sleeps is dear; one who has not had a turn since does not. */
	if (!seen && l->patience > 0)
		scene_look(&l->scene);
	faults_tick(&l->scene);
	programs_tick(&l->scene);
	scene_wire(&l->scene);
	director_tick(&l->director);
	/* A program is not held: its sockets are looked at when it gives time for that. */
	if (!scene_busy(&l->scene) && !(seen && l->scene.programs.follow))
		scene_lens(&l->scene);
	return seen;
}

_Noreturn void stage_loop(const struct stage_plan *plan)
{
	enum { EAGER = 100 };
	struct loop l = {.channel = plan->channel};
	bool on;

	prctl(PR_SET_NAME, "socktutor-stage");
	stay_here(&l.scene.processors);
	on = set_up(&l, plan) == 0;
	if (on)
		director_begin(&l.director);
	while (on) {
		l.patience = look_around(&l) ? 0 : l.patience + 1;
		if (l.patience > 0 || !scene_busy(&l.scene) || l.scene.lost)
			scene_send(&l.scene);
		if (l.scene.channel < 0 || l.scene.lost)
			break;
		if (scene_busy(&l.scene) && l.patience < EAGER)
			sched_yield();
		else
			on = wait_for_news(&l);
	}
	scene_free(&l.scene);
	director_free(&l.director);
	_exit(0);
}
