#include "stage/tracing.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "stage/channel.h"
#include "stage/descriptors.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct tracing {
	pid_t pid;
	int fd;
	struct inbox inbox;
	bool done;         /* EVENT_DONE came */
	bool reaped;
	int status;
	char *why;
};

/* In the child. */
static _Noreturn void become(struct trace_plan *plan, bool apart)
{
	int keep[] = {STDERR_FILENO, plan->channel};
	struct str why = {0};
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (apart) {
		setsid();
		descriptors_close_but(keep, sizeof keep / sizeof *keep);
	}
	_exit(trace_run(plan, &why) == 0 ? 0 : 1);
}

struct tracing *tracing_open(const struct trace_plan *given, bool apart, struct str *why)
{
	struct tracing *t = mem_zero(1, sizeof *t);
	struct trace_plan plan = *given;
	sigset_t all, before;
	int ends[2];

	plan.live = true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) {
		plan.channel = ends[1];
		t->fd = ends[0];
		/* It is born with our handlers: no signal may meet them there. */
		sigfillset(&all);
		sigprocmask(SIG_BLOCK, &all, &before);
		t->pid = fork();
		if (t->pid == 0) {
			close(ends[0]);
			become(&plan, apart);
		}
		sigprocmask(SIG_SETMASK, &before, NULL);
		close(ends[1]);
		if (t->pid > 0)
			return t;
		close(ends[0]);
	}
	str_addf(why, _("no process can be made: %s"), strerror(errno));
	free(t);
	return NULL;
}

int tracing_fd(const struct tracing *t)
{
	return t->fd;
}

static void reap(struct tracing *t)
{
	while (!t->reaped && waitpid(t->pid, &t->status, 0) < 0 && errno == EINTR)
		;
	t->reaped = true;
}

static void note_done(struct tracing *t, const struct event *e)
{
	t->done = true;
	free(t->why);
	t->why = mem_strdup(e->text);
}

/* It is to end by telling so. */
static void note_end(struct tracing *t)
{
	const char *name;

	if (t->reaped)
		return;
	reap(t);
	name = WIFSIGNALED(t->status) ? signal_name(WTERMSIG(t->status)) : NULL;
	if (t->done)
		return;
	if (name)
		t->why = str_make(_("the tracing was ended by %s"), name);
	else
		t->why = mem_strdup(_("the tracing has ended early"));
}

enum tracing_news tracing_next(struct tracing *t, struct event *e)
{
	for (;;) {
		if (channel_take(&t->inbox, e)) {
			if (e->kind == EVENT_DONE)
				note_done(t, e);
			return TRACING_EVENT;
		}
		if (t->reaped)
			return TRACING_OVER;
		switch (channel_fill(t->fd, &t->inbox)) {
		case 1:
			break;
		case 0:
			return TRACING_NOTHING;
		default:
			note_end(t);
		}
	}
}

/* One that is gone says so itself, through its descriptor. */
void tracing_tell(struct tracing *t, enum trace_word word, enum role role)
{
	struct trace_command command;

	memset(&command, 0, sizeof command);
	command.word = word;
	command.role = role;
	send(t->fd, &command, sizeof command, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* What the terminal sends comes to both of us. */
static void relay_signal(struct tracing *t, int signals)
{
	struct signalfd_siginfo info;

	while (read(signals, &info, sizeof info) == (ssize_t)sizeof info)
		if (info.ssi_code <= 0)
			tracing_tell(t, TRACE_END, ROLE_NONE);
}

void tracing_relay(struct tracing *t, void (*tell)(void *data, struct event *e), void *data)
{
	enum tracing_news news;
	sigset_t set, before;
	struct event e;
	int signals;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, &before);
	signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	while ((news = tracing_next(t, &e)) != TRACING_OVER) {
		struct pollfd fds[] = {{t->fd, POLLIN, 0}, {signals, POLLIN, 0}};

		if (news == TRACING_EVENT)
			tell(data, &e);
		else if (poll(fds, 2, -1) > 0 && fds[1].revents)
			relay_signal(t, signals);
	}
	relay_signal(t, signals);
	close(signals);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

const char *tracing_why(const struct tracing *t)
{
	return t->why;
}

/* It gives what it started a second to end. */
static void wait_or_kill(struct tracing *t)
{
#ifdef SYS_pidfd_open
	int fd = (int)syscall(SYS_pidfd_open, t->pid, 0);
	struct pollfd end = {fd, POLLIN, 0};
	struct timespec most = {5, 0};

	if (fd >= 0) {
		if (ppoll(&end, 1, &most, NULL) == 0)
			kill(t->pid, SIGKILL);
		close(fd);
	}
#endif
	reap(t);
}

void tracing_close(struct tracing *t)
{
	if (!t)
		return;
	close(t->fd);
	if (!t->reaped)
		wait_or_kill(t);
	channel_free(&t->inbox);
	free(t->why);
	free(t);
}
