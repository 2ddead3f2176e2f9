/*
 * sandbox.h - a place of its own for A and B, and walls around each.
 *
 * The stage enters it once; each actor then confines itself before its first
 * action. What it protects: files (an empty memory file system is the root, or
 * else a fresh directory and a check of each path), the network (a private
 * loopback, or else a check of each address), other processes (a private PID
 * namespace, no fork, no exec, no ptrace, no kill), the machine's resources
 * (limits). What it does not: where no namespaces are allowed, a demo can speak
 * to whatever listens on this machine's loopback; and it is no defence against
 * a bug in the kernel's own socket code.
 *
 * Source: namespaces(7), pivot_root(2), capabilities(7), seccomp(2), getrlimit(2).
 */
#ifndef STAGE_SANDBOX_H
#define STAGE_SANDBOX_H

#include "base/str.h"

#include <linux/filter.h>
#include <stdbool.h>
#include <sys/types.h>

enum sandbox_level {
	SANDBOX_FULL,   /* namespaces and a root of its own */
	SANDBOX_PLAIN,  /* no namespaces: the host's loopback, a directory in /tmp */
	SANDBOX_BROKEN, /* namespaces were made but are of no use (AppArmor): start again, plain */
};

struct sandbox {
	enum sandbox_level level;
	bool mounted;         /* it works in a memory file system; else `directory` was made */
	bool readonly;        /* programs can be run: the machine's files are there, to be read */
	const char *work;     /* the stage's directory as a program sees it; static */
	int from;             /* the directory that the stage was started in, for programs; or -1 */
	int proc;             /* the host's /proc, or -1 */
	int null;             /* /dev/null */
	int directory;        /* the stage's directory */
	char path[256];       /* of the directory on the host */
	pid_t init;           /* the PID namespace's first process, or 0 */
	int init_pipe;        /* it lives as long as this end is open */
	struct sock_fprog filter;
	struct str why;       /* why the level is not FULL: one sentence */
};

/*
 * Make the sandbox around the calling process. PLAIN asks for no namespaces, PROGRAMS for the
 * machine's own files, to be read by a program: box->readonly says whether that can be; else
 * why says why not. PATH is where the directory goes if one is needed. Returns 0; -1 when there is
 * no place to work in, or level BROKEN: then why says more.
 */
int sandbox_enter(struct sandbox *box, bool plain, bool programs, const char *path);

/* Move the stage to a new private network, so that no port of the last run is still taken
 * (TIME_WAIT). 0; -1 where there is none of its own. */
int sandbox_renew(struct sandbox *box);

/* Remove what a demo left in the directory. */
void sandbox_sweep(struct sandbox *box);

/* Kill every process there is in it, but for its first one. */
void sandbox_empty(const struct sandbox *box);

/* Remove the directory and end the init process. */
void sandbox_leave(struct sandbox *box);

/* In an actor, after fork(): give up privileges, close every descriptor (0, 1, 2 become
 * /dev/null), set the limits. GIVE, when not -1, stays open as descriptor 3. */
void sandbox_confine(const struct sandbox *box, int give);

/* In an actor, last: from here on only the calls of the notation are possible.
 * Returns 0, or -1 with errno. */
int sandbox_close(const struct sandbox *box);

/* Remove the directory PATH and all in it, as the tutor does for a stage that
 * was killed. Not existing is fine. */
void sandbox_remove(const char *path);

/* What a seccomp stop means: the filter's data. */
enum { SECCOMP_CALL = 1, SECCOMP_PARK = 2 };

#endif
