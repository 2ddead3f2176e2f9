#include "stage/faults.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/miss.h"
#include "stage/probe.h"
#include "stage/scene.h"

#include <errno.h>
#include <string.h>

enum { FD_FIRST = 3, FD_MOST = 64 };

static bool is_there(const struct scene *s, enum role role)
{
	return s->tracee[role].hold != HOLD_ENDED && s->tracee[role].hold != HOLD_NONE;
}

/*
 * The gate.
 */

/* What it is to do now. The caller frees the ports. */
static void make_order(struct gate_order *order, const struct scene *s, bool cut)
{
	*order = (struct gate_order){.cut = cut};
	for (int r = 0; r < ROLES; r++)
		order->late[r] = s->faults.delay[r] > 0;
	for (size_t i = 0; i < s->wire.endpoints.n; i++)
		vec_push(&order->ports[s->wire.endpoints.at[i].role],
			 s->wire.endpoints.at[i].port);
}

/* Nothing of what arrived before is to be judged by the new order. */
static int set_gate(struct scene *s, bool cut, struct str *why)
{
	struct gate_order order;
	int got;

	if (s->box.level != SANDBOX_FULL) {
		str_add(why, _("it needs a network of its own, and there is none"));
		return -1;
	}
	scene_wire(s);
	faults_tick(s);
	make_order(&order, s, cut);
	got = gate_set(&s->faults.gate, &order, why);
	vec_free(&order.ports[ROLE_A]);
	vec_free(&order.ports[ROLE_B]);
	return got;
}

static bool anything_late(const struct scene *s)
{
	return s->faults.delay[ROLE_A] > 0 || s->faults.delay[ROLE_B] > 0;
}

/*
 * The sockets.
 */

/* The descriptor that the role calls `sock`, or -1. */
static int sock_of(const struct scene *s, enum role role)
{
	long fd = -1;

	names_get(&s->cast[role].names, "sock", &fd);
	return (int)fd;
}

enum { AS_IT_IS = -1 };

/* Make the socket FD miss MISSES, and learn its ports. 1: it does; 0: it is no Internet socket;
 * -1 with errno. *FRESH becomes true when its ports were not known. */
static int filter(struct scene *s, enum role role, int fd, int misses, bool *fresh)
{
	struct tracee *t = &s->tracee[role];
	struct probe probe;
	int got = 1, err = 0;

	if (fd < 0 || !probe_socket(&probe, t, &s->box, fd) || !probe.internet)
		return 0;
	if (misses != AS_IT_IS && probe.misses != (unsigned)misses) {
		scene_wire(s);
		got = probe_miss(t, fd, (unsigned)misses, probe.protocol) < 0 ? -1 : 1;
		err = errno;
		probe_socket(&probe, t, &s->box, fd);
	}
	*fresh = wire_note(&s->wire, role, fd, &probe) || *fresh;
	errno = err;
	return got;
}

/* The gate must know the new port to keep what goes there. */
static void learn_port(struct scene *s)
{
	struct str why = {0};

	if (anything_late(s) && !s->faults.cut)
		set_gate(s, false, &why);
	str_free(&why);
}

void faults_ports(struct scene *s, enum role role, const struct tracee *t, int fd)
{
	struct probe probe;

	if (probe_socket(&probe, t, &s->box, fd) && wire_note(&s->wire, role, fd, &probe))
		learn_port(s);
}

void faults_socket(struct scene *s, enum role role, int fd, bool sock)
{
	int misses = sock && s->faults.misses[role] ? (int)s->faults.misses[role] : AS_IT_IS;
	bool fresh = false;

	if (s->faults.on_sockets)
		misses = MISS_ALL;
	if (filter(s, role, fd, misses, &fresh) < 0)
		scene_tell(s, (struct event){
				      .kind = EVENT_CANNOT, .role = role, .u.cannot = CANNOT_MISS,
				      .text = str_make(_("%1$s cannot be made to miss segments "
							 "here: %2$s"),
					       role_name(role), strerror(errno))});
	if (fresh)
		learn_port(s);
}

void faults_after_setup(struct scene *s)
{
	for (int r = 0; r < ROLES; r++)
		if (s->faults.misses[r])
			faults_socket(s, (enum role)r, sock_of(s, (enum role)r), true);
}

/* Every Internet socket of the role misses everything, or what it is to miss anyway. Returns 0, or
 * the first error. */
static int filter_all(struct scene *s, enum role role, bool cut)
{
	int sock = sock_of(s, role), err = 0;
	bool fresh = false;

	for (int fd = FD_FIRST; fd < FD_MOST; fd++) {
		unsigned misses = cut ? MISS_ALL : fd == sock ? s->faults.misses[role] : 0;

		if (filter(s, role, fd, (int)misses, &fresh) < 0 && !err)
			err = errno;
	}
	return err;
}

static int cut_on_sockets(struct scene *s, bool cut, struct str *why)
{
	int err = 0;

	for (int r = 0; r < ROLES && !err; r++)
		if (is_there(s, (enum role)r))
			err = filter_all(s, (enum role)r, cut);
	s->faults.on_sockets = cut && !err;
	if (!err)
		return 0;
	str_add(why, strerror(err));
	return -1;
}

/*
 * What the director does.
 */

int faults_cut(struct scene *s, bool cut, const char **how, struct str *why)
{
	struct str no_gate = {0};
	int got = 0;

	*how = NULL;
	if (s->faults.on_sockets || set_gate(s, cut, &no_gate) < 0) {
		got = s->faults.cut == cut ? 0 : cut_on_sockets(s, cut, why);
		*how = cut ? N_("by a filter on each socket; for one that is gone the kernel "
				"still answers") : NULL;
	}
	if (got == 0)
		s->faults.cut = cut;
	str_free(&no_gate);
	return got;
}

int faults_miss(struct scene *s, enum role role, unsigned misses, const char **how,
		struct str *why)
{
	int got = 1;
	bool fresh = false;

	*how = NULL;
	if (!s->faults.on_sockets && is_there(s, role))
		got = filter(s, role, sock_of(s, role), (int)misses, &fresh);
	if (got < 0) {
		str_add(why, strerror(errno));
		return -1;
	}
	if (!is_there(s, role))
		*how = N_("the process has ended");
	else if (got == 0)
		*how = N_("no Internet socket is called sock now; the next one that is will");
	s->faults.misses[role] = misses;
	return 0;
}

int faults_delay(struct scene *s, enum role role, int64_t ns, struct str *why)
{
	int64_t before = s->faults.delay[role];

	if (ns > 0 && s->box.level == SANDBOX_FULL && late_open(&s->faults.late, why) < 0)
		return -1;
	s->faults.delay[role] = ns;
	if (!s->faults.cut && (ns > 0 || before > 0) && set_gate(s, false, why) < 0) {
		s->faults.delay[role] = before;
		return -1;
	}
	if (ns == 0)
		late_flush(&s->faults.late, role);
	return 0;
}

void faults_tick(struct scene *s)
{
	late_take(&s->faults.late, &s->faults.gate, s->faults.delay);
	late_send(&s->faults.late, clock_now());
}

int64_t faults_due(const struct scene *s)
{
	return late_due(&s->faults.late);
}

int faults_fd(const struct scene *s)
{
	return s->faults.late.open ? s->faults.late.fd : -1;
}

/*
 * A run.
 */

static void forget(struct scene *s)
{
	late_close(&s->faults.late);
	s->faults.cut = s->faults.on_sockets = false;
	for (int r = 0; r < ROLES; r++) {
		s->faults.misses[r] = s->demo->setup[r].misses;
		s->faults.delay[r] = 0;
	}
}

void faults_begin(struct scene *s)
{
	struct gate_order open = {0};
	struct str why = {0};

	forget(s);
	s->wire.gate = &s->faults.gate;
	if (s->box.level == SANDBOX_FULL)
		gate_set(&s->faults.gate, &open, &why);
	str_free(&why);
}

void faults_renewed(struct scene *s)
{
	gate_free(&s->faults.gate);
}

void faults_free(struct scene *s)
{
	late_close(&s->faults.late);
	gate_free(&s->faults.gate);
}
