#include "term/guard.h"

#include "base/names.h"
#include "base/text.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* Shared between guard and child. */
struct guard {
	volatile bool drawing;
};

/* What only the guard knows. */
struct watch {
	struct guard *shared;
	void (*rescue)(void);
	struct termios modes;
	pid_t child;
};

void guard_drawing(struct guard *guard, bool on)
{
	guard->drawing = on;
}

/* Put the terminal back as it was, where the child could not. */
static void restore(struct watch *w)
{
	if (!w->shared->drawing)
		return;
	w->rescue();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &w->modes);
	w->shared->drawing = false;
}

/* End by SIG, as the child did; without a second core file. */
static int die_of(int sig)
{
	struct rlimit none = {0, 0};
	sigset_t set;

	setrlimit(RLIMIT_CORE, &none);
	signal(sig, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	kill(getpid(), sig);
	return 128 + sig;
}

static int child_over(struct watch *w, int wait_status)
{
	int sig = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
	bool unclean = w->shared->drawing;

	restore(w);
	if (sig == 0)
		return WEXITSTATUS(wait_status);
	if (unclean)
		fprintf(stderr,
			_("socktutor was ended by %s; the terminal is as it was before.\n"),
			signal_name(sig) ? signal_name(sig) : _("a signal"));
	return die_of(sig);
}

/* Take in what became of the child. Returns whether it is over. */
static bool child_news(struct watch *w, int *status)
{
	int wait_status;

	while (waitpid(w->child, &wait_status, WNOHANG | WUNTRACED) == w->child) {
		if (!WIFSTOPPED(wait_status)) {
			*status = child_over(w, wait_status);
			return true;
		}
		restore(w);
		kill(getpid(), SIGSTOP);
		kill(w->child, SIGCONT);
	}
	return false;
}

/* The signals that the guard takes one at a time instead of dying of them. */
static void watched_signals(sigset_t *set)
{
	static const int list[] = {SIGCHLD, SIGTERM, SIGHUP,  SIGINT,  SIGQUIT, SIGTSTP,
				   SIGCONT, SIGUSR1, SIGUSR2, SIGTTOU, SIGTTIN, SIGPIPE};

	sigemptyset(set);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		sigaddset(set, list[i]);
}

static int wait_for(struct watch *w, const sigset_t *set)
{
	int status = 0;

	while (!child_news(w, &status)) {
		int sig = sigwaitinfo(set, NULL);

		if (sig > 0 && sig != SIGCHLD && sig != SIGTTOU && sig != SIGTTIN)
			kill(w->child, sig);
	}
	return status;
}

/* The child: dies with the guard, and takes signals as before. */
static void become_child(pid_t guard_pid, const sigset_t *before)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != guard_pid)
		_exit(0);
	sigprocmask(SIG_SETMASK, before, NULL);
}

struct guard *guard_start(void (*rescue)(void), int *status)
{
	struct watch w = {.rescue = rescue};
	pid_t guard_pid = getpid();
	sigset_t set, before;

	*status = 2;
	w.shared = mmap(NULL, sizeof *w.shared, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (w.shared == MAP_FAILED || tcgetattr(STDIN_FILENO, &w.modes) < 0) {
		perror(_("socktutor: the terminal cannot be guarded"));
		return NULL;
	}
	fflush(NULL);
	watched_signals(&set);
	sigprocmask(SIG_BLOCK, &set, &before);
	w.child = fork();
	if (w.child == 0) {
		become_child(guard_pid, &before);
		return w.shared;
	}
	if (w.child < 0)
		perror(_("socktutor: no process can be made"));
	else
		*status = wait_for(&w, &set);
	munmap(w.shared, sizeof *w.shared);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return NULL;
}
