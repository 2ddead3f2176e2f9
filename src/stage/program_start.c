#include "stage/program_start.h"

#include "base/mem.h"
#include "stage/confine.h"
#include "stage/descriptors.h"
#include "stage/probe.h"
#include "stage/scene.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Where a server listens that is a program. */
enum { SERVER_PORT = 7000 };

/* The port of B, where B is there already. */
static void find_port(struct scene *s, enum role role, struct program_plan *plan)
{
	enum role peer = role_other(role);
	struct probe probe;
	long fd;

	plan->port = SERVER_PORT;
	if (role == ROLE_A &&
	    names_get(&s->cast[peer].names, s->demo->link == LINK_UDP ? "sock" : "listener", &fd) &&
	    probe_socket(&probe, &s->tracee[peer], &s->box, (int)fd) && probe.local.len)
		plan->port = address_port(&probe.local);
}

void program_find_peer(struct scene *s, enum role role, struct program_plan *plan)
{
	enum link link = s->demo->link;
	bool internet = link_spec(link)->internet;

	if (!internet || link == LINK_NONE)
		str_addf(&plan->socket, "%s/%s", s->box.work,
			 link == LINK_UNIX_DGRAM ? "b.sock" : "demo.sock");
	if (!internet)
		return;
	str_add(&plan->host, link == LINK_TCP6 ? "::1" : "127.0.0.1");
	find_port(s, role, plan);
}

const char *const *program_refused(void)
{
	static const char *const names[] = {
		"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp",
		"pidfd_getfd", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns",
		"open_tree", "move_mount", "mount_setattr", "fsopen", "fsconfig", "fsmount",
		"fspick", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key",
		"request_key", "init_module", "finit_module", "delete_module", "kexec_load",
		"kexec_file_load", "reboot", "swapon", "swapoff", "open_by_handle_at", "acct",
		"syslog", "quotactl", "settimeofday", "clock_settime", "adjtimex",
		"clock_adjtime", "sethostname", "setdomainname", NULL,
	};

	return names;
}

/* The type of a resource's name differs between C libraries: hence no table. */
#define LIMIT(what, most) setrlimit(what, &(struct rlimit){most, most})

static void set_limits(void)
{
	LIMIT(RLIMIT_NOFILE, 256);
	LIMIT(RLIMIT_STACK, 8 << 20);
	LIMIT(RLIMIT_FSIZE, 16 << 20);
	LIMIT(RLIMIT_CPU, 10);
	LIMIT(RLIMIT_CORE, 0);
}

/* Where memory is short, it goes first. */
static void be_the_first_to_go(const struct sandbox *box)
{
	int fd = openat(box->proc, "self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "1000", 4) != 4)
		prctl(PR_SET_NAME, "program"); /* nothing is lost by that */
	close(fd);
}

static void set_environment(const struct program_plan *plan, const struct sandbox *box)
{
	char port[16];

	setenv("TMPDIR", box->work, 1);
	setenv("PYTHONUNBUFFERED", "1", 1); /* else what it prints comes with its end */
	unsetenv("SOCKTUTOR_SOCKET");
	unsetenv("SOCKTUTOR_HOST");
	unsetenv("SOCKTUTOR_PORT");
	if (plan->socket.len)
		setenv("SOCKTUTOR_SOCKET", str_text(&plan->socket), 1);
	if (!plan->host.len)
		return;
	snprintf(port, sizeof port, "%u", plan->port);
	setenv("SOCKTUTOR_HOST", str_text(&plan->host), 1);
	setenv("SOCKTUTOR_PORT", port, 1);
}

/* Address space is not memory: some languages reserve much of it. What is written to counts. */
void program_bound_memory(pid_t pid)
{
	prlimit(pid, RLIMIT_DATA, &(struct rlimit){1 << 30, 1 << 30}, NULL);
	prlimit(pid, RLIMIT_AS, &(struct rlimit){(rlim_t)16 << 30, (rlim_t)16 << 30}, NULL);
}

/* As a shell would start it: the stage has its own way with some signals. */
static void reset_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void program_prepare(void *data, enum role role)
{
	const struct program_plan *plan = data;
	const struct sandbox *box = &plan->scene->box;

	setsid();
	reset_signals();
	sched_setaffinity(0, sizeof plan->scene->processors, &plan->scene->processors);
	be_the_first_to_go(box);
	set_environment(plan, box);
	prints_become(plan->prints, role);
	if (fchdir(box->from) < 0)
		_exit(126);
	descriptors_close(STDERR_FILENO + 1, DESCRIPTORS_ALL);
	set_limits();
	confine_drop();
}
