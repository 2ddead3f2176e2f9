#include "stage/stage.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "stage/channel.h"
#include "stage/descriptors.h"
#include "stage/inner.h"
#include "stage/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct stage {
	pid_t pid;
	int fd;
	struct inbox inbox;
	bool gone;
	bool reaped;
	int status;
	char path[256];
	char text[400];
};

/* A name that nobody else has; made only where there are no namespaces. */
static void choose_path(char *path, size_t n)
{
	const char *base = getenv("TMPDIR");
	uint64_t chance = (uint64_t)clock_now();
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		if (read(fd, &chance, sizeof chance) < 0)
			chance ^= (uint64_t)getpid() << 32;
		close(fd);
	}
	if (!base || base[0] != '/' || strlen(base) > 128 || access(base, W_OK | X_OK) < 0)
		base = "/tmp";
	snprintf(path, n, "%s/socktutor-%ld-%016" PRIx64, base, (long)getpid(), chance);
}

/* The child: nothing of the tutor's stays open but standard error, and its terminal's
 * signals do not come here. What it makes has the modes that it has for everybody. */
static _Noreturn void become_stage(const struct stage_plan *plan)
{
	int keep[] = {STDERR_FILENO, plan->channel,
		      plan->options.capture ? plan->options.file : STDERR_FILENO};
	sigset_t none;

	setsid();
	umask(022);
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	descriptors_close_but(keep, sizeof keep / sizeof *keep);
	stage_loop(plan);
}

static int fork_stage(struct stage *s, struct stage_plan *plan)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	plan->channel = ends[1];
	s->pid = fork();
	if (s->pid == 0) {
		close(ends[0]);
		become_stage(plan);
	}
	close(ends[1]);
	s->fd = ends[0];
	if (s->pid > 0)
		return 0;
	close(s->fd);
	return -1;
}

static char read_hello(const struct stage *s)
{
	char c = HELLO_FAILED;
	ssize_t n;

	do
		n = recv(s->fd, &c, 1, 0);
	while (n < 0 && errno == EINTR);
	return n == 1 ? c : HELLO_FAILED;
}

/* Why it does not stand, up to the end of what it says; else what is there stays. */
static void read_why(struct stage *s)
{
	ssize_t n = recv(s->fd, s->text, sizeof s->text - 1, MSG_WAITALL);

	if (n > 0)
		s->text[n] = '\0';
}

static int start(struct stage *s, struct stage_plan *plan)
{
	char c;

	if (fork_stage(s, plan) < 0) {
		snprintf(s->text, sizeof s->text, "%s", strerror(errno));
		return -1;
	}
	c = read_hello(s);
	if (c == HELLO_READY)
		return 0;
	read_why(s);
	close(s->fd);
	waitpid(s->pid, &s->status, 0);
	if (c != HELLO_BROKEN || plan->plain)
		return -1;
	plan->plain = true;
	return start(s, plan);
}

static struct stage *open_stage(struct stage_plan plan, struct errs *errs)
{
	struct stage *s = mem_zero(1, sizeof *s);

	choose_path(s->path, sizeof s->path);
	plan.path = s->path;
	if (start(s, &plan) == 0)
		return s;
	errs_add(errs, NULL, 0, "no stage can be started here (%s); `socktutor doctor` says why",
		 *s->text ? s->text : _("no process could be made"));
	free(s);
	return NULL;
}

struct stage *stage_open_played(const struct demo *demo, actor_main *const play[ROLES], bool plain,
				struct errs *errs)
{
	return open_stage((struct stage_plan){.demo = demo, .play = {play[0], play[1]},
					      .plain = plain}, errs);
}

struct stage *stage_open_with(const struct demo *demo, const struct stage_options *options,
			      struct errs *errs)
{
	return open_stage((struct stage_plan){.demo = demo, .play = {actor_script, actor_script},
					      .options = *options}, errs);
}

struct stage *stage_open(const struct demo *demo, struct errs *errs)
{
	return stage_open_with(demo, &(struct stage_options){.capture = false}, errs);
}

int stage_fd(const struct stage *stage)
{
	return stage->fd;
}

int stage_pid(const struct stage *stage)
{
	return (int)stage->pid;
}

static void reap(struct stage *s)
{
	if (s->reaped)
		return;
	while (waitpid(s->pid, &s->status, 0) < 0 && errno == EINTR)
		;
	s->reaped = true;
}

static void hang_up(struct stage *s)
{
	const char *name;

	if (s->gone)
		return;
	s->gone = true;
	reap(s);
	name = WIFSIGNALED(s->status) ? signal_name(WTERMSIG(s->status)) : NULL;
	if (name)
		snprintf(s->text, sizeof s->text, _("The stage was ended by %s."), name);
	else
		snprintf(s->text, sizeof s->text, _("The stage has ended."));
	sandbox_remove(s->path);
}

enum stage_news stage_next(struct stage *stage, struct event *event)
{
	for (;;) {
		if (channel_take(&stage->inbox, event))
			return STAGE_EVENT;
		if (stage->gone)
			return STAGE_GONE;
		switch (channel_fill(stage->fd, &stage->inbox)) {
		case 1:
			break;
		case 0:
			return STAGE_NOTHING;
		default:
			hang_up(stage);
		}
	}
}

enum stage_news stage_wait(struct stage *stage, struct event *event, int64_t timeout)
{
	int64_t until = timeout < 0 ? INT64_MAX : clock_now() + timeout;

	for (;;) {
		enum stage_news news = stage_next(stage, event);
		struct pollfd fd = {stage->fd, POLLIN, 0};
		int64_t left = until - clock_now();
		struct timespec t;

		if (news != STAGE_NOTHING || left <= 0)
			return news;
		t = (struct timespec){left / CLOCK_S, left % CLOCK_S};
		ppoll(&fd, 1, timeout < 0 ? NULL : &t, NULL);
	}
}

static int tell(struct stage *stage, const struct message *m)
{
	if (stage->gone)
		return -1;
	return send(stage->fd, m, sizeof *m, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)sizeof *m ? 0
												: -1;
}

int stage_tell(struct stage *stage, enum stage_command command, int arg)
{
	struct message m;

	memset(&m, 0, sizeof m);
	m.command = command;
	m.arg = arg;
	return tell(stage, &m);
}

int stage_move(struct stage *stage, enum role role, const char *text)
{
	struct message m;

	if (strlen(text) > STAGE_MOVE_MOST)
		return -1;
	memset(&m, 0, sizeof m);
	m.command = STAGE_MOVE;
	m.arg = (int)role;
	memcpy(m.text, text, strlen(text));
	return tell(stage, &m);
}

int stage_deed(struct stage *stage, const struct stage_deed *deed)
{
	struct message m;

	if (strlen(deed->text) > STAGE_DEED_MOST)
		return -1;
	memset(&m, 0, sizeof m);
	m.command = STAGE_DEED;
	m.arg = deed->row;
	m.during = deed->during;
	m.role = deed->role;
	memcpy(m.text, deed->text, strlen(deed->text));
	return tell(stage, &m);
}

const char *stage_end_text(const struct stage *stage)
{
	return stage->text;
}

/* It leaves by itself once its channel is closed; one that does not is killed. */
static void wait_or_kill(struct stage *s)
{
#ifdef SYS_pidfd_open
	int fd = (int)syscall(SYS_pidfd_open, s->pid, 0);
	struct pollfd end = {fd, POLLIN, 0};
	struct timespec most = {2, 0};

	if (fd >= 0) {
		if (ppoll(&end, 1, &most, NULL) == 0)
			kill(s->pid, SIGKILL);
		close(fd);
	}
#endif
	reap(s);
}

void stage_close(struct stage *stage)
{
	if (!stage)
		return;
	close(stage->fd);
	if (!stage->gone)
		wait_or_kill(stage);
	sandbox_remove(stage->path);
	channel_free(&stage->inbox);
	free(stage);
}
