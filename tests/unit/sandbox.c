/* stage/sandbox, stage/permit: tried from inside, one forbidden thing at a time. */
#include "play.h"
#include "suites.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define NONE "<!-- demo: id=t link=none -->\n| Process A | Process B |\n|---|---|\n| | `getpid()` |\n"
#define BOTH "<!-- demo: id=t link=none -->\n| Process A | Process B |\n|---|---|\n" \
	     "| `getpid()` | `getpid()` |\n| | `getpid()` |\n"

/* What Process A does instead of its part. It ends with status 42 if nobody stops it. */
enum { UNSTOPPED = 42 };

/* It may seem to return: before a call that does not, AddressSanitizer makes system calls of
 * its own. */
static void leave(int status)
{
	syscall(SYS_exit_group, status);
}

static void opens_passwd(struct mailbox *box)
{
	(void)box;
	syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
	leave(UNSTOPPED);
}

static void internet_address(struct sockaddr_in *in)
{
	*in = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(53)};
	in->sin_addr.s_addr = htonl(0x08080808);
}

static void connects_elsewhere(struct mailbox *box)
{
	int fd = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in in;

	(void)box;
	internet_address(&in);
	syscall(SYS_connect, fd, &in, sizeof in);
	leave(UNSTOPPED);
}

static void sends_elsewhere(struct mailbox *box)
{
	int fd = (int)syscall(SYS_socket, AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in in;

	(void)box;
	internet_address(&in);
	syscall(SYS_sendto, fd, "x", 1, 0, &in, sizeof in);
	leave(UNSTOPPED);
}

static void forks(struct mailbox *box)
{
	(void)box;
	syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	leave(UNSTOPPED);
}

static void executes(struct mailbox *box)
{
	char *argv[] = {NULL};

	(void)box;
	syscall(SYS_execve, "/bin/true", argv, argv);
	leave(UNSTOPPED);
}

static void traces(struct mailbox *box)
{
	(void)box;
	syscall(SYS_ptrace, PTRACE_ATTACH, 1, 0, 0);
	leave(UNSTOPPED);
}

static void kills(struct mailbox *box)
{
	(void)box;
	syscall(SYS_kill, -1, SIGTERM);
	leave(UNSTOPPED);
}

static void maps_memory(struct mailbox *box)
{
	(void)box;
	syscall(SYS_munmap, box, 0);
	leave(UNSTOPPED);
}

static void binds_above(struct mailbox *box)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "../above.sock"};
	int fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);

	(void)box;
	syscall(SYS_bind, fd, &un, sizeof un);
	leave(UNSTOPPED);
}

static void unlinks_root(struct mailbox *box)
{
	(void)box;
	syscall(SYS_unlinkat, AT_FDCWD, "/etc/passwd", 0);
	leave(UNSTOPPED);
}

static void unlinks_elsewhere(struct mailbox *box)
{
	(void)box;
	syscall(SYS_unlinkat, 0, "x", 0);
	leave(UNSTOPPED);
}

static void opens_netlink(struct mailbox *box)
{
	(void)box;
	syscall(SYS_socket, AF_NETLINK, SOCK_RAW, 0);
	leave(UNSTOPPED);
}

static void owns_signals(struct mailbox *box)
{
	(void)box;
	syscall(SYS_fcntl, 0, F_SETOWN, 1);
	leave(UNSTOPPED);
}

static void unshares(struct mailbox *box)
{
	(void)box;
	syscall(SYS_unshare, CLONE_NEWUSER);
	leave(UNSTOPPED);
}

static void check_refused(actor_main *play, const char *name, bool plain)
{
	struct play p;
	size_t refused, end;

	play_open_with(&p, NONE, play, plain);
	play_all(&p);
	refused = play_find(&p, EVENT_REFUSED, ROLE_A, 0);
	end = play_find(&p, EVENT_END, ROLE_A, 0);
	if (!CHECK(refused != EVENT_NONE && end != EVENT_NONE)) {
		printf("    %s was not refused\n", name);
	} else {
		if (!CHECK(strstr(p.events.list.at[refused].text, name) != NULL))
			printf("    %s: %s\n", name, p.events.list.at[refused].text);
		CHECK_NUMBER(p.events.list.at[end].u.end.signal, SIGKILL);
	}
	/* B's part goes on. */
	CHECK(play_find(&p, EVENT_RETURN, ROLE_B, 0) != EVENT_NONE);
	play_close(&p);
}

static void forbidden_calls(void)
{
	static const struct {
		actor_main *play;
		const char *name;
	} deeds[] = {
		{opens_passwd, "openat"},     {connects_elsewhere, "connect"},
		{sends_elsewhere, "send"},    {forks, "clone"},
		{executes, "execve"},         {traces, "ptrace"},
		{kills, "kill"},              {maps_memory, "munmap"},
		{binds_above, "bind"},        {unlinks_root, "unlink"},
		{unlinks_elsewhere, "unlink"}, {opens_netlink, "socket"},
		{owns_signals, "fcntl"},      {unshares, "unshare"},
	};

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		check_refused(deeds[i].play, deeds[i].name, false);
		check_refused(deeds[i].play, deeds[i].name, true);
	}
}

/* What is allowed is not refused: the check above can tell. */
static void behaves(struct mailbox *box)
{
	(void)box;
	syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	leave(UNSTOPPED);
}

static void allowed_calls(void)
{
	struct play p;
	size_t end, refused;

	play_open_with(&p, NONE, behaves, false);
	play_all(&p);
	refused = play_find(&p, EVENT_REFUSED, ROLE_A, 0);
	if (!CHECK(refused == EVENT_NONE))
		printf("    refused: %s\n", p.events.list.at[refused].text);
	end = play_find(&p, EVENT_END, ROLE_A, 0);
	CU_ASSERT_FATAL(end != EVENT_NONE);
	CHECK_NUMBER(p.events.list.at[end].u.end.status, UNSTOPPED);
	play_close(&p);
}

static void counts_descriptors(struct mailbox *box)
{
	int n = 0;

	(void)box;
	while (n < 200 && syscall(SYS_dup, 0) >= 0)
		n++;
	leave(n);
}

static void descriptors_are_limited(void)
{
	struct play p;
	size_t end;

	play_open_with(&p, NONE, counts_descriptors, false);
	play_all(&p);
	end = play_find(&p, EVENT_END, ROLE_A, 0);
	CU_ASSERT_FATAL(end != EVENT_NONE);
	/* 64 in all; 0, 1 and 2 are /dev/null, and nothing else is open. */
	CHECK_NUMBER(p.events.list.at[end].u.end.status, 61);
	play_close(&p);
}

/* It never stops, parks or sleeps: only its time runs out. */
static void spins(struct mailbox *box)
{
	for (volatile unsigned turns = 1; turns; turns |= 1)
		box->over = 1;
	leave(UNSTOPPED);
}

static void time_is_limited(void)
{
	struct play p;
	size_t end;

	play_open_with(&p, NONE, spins, false);
	play_all(&p);
	end = play_find(&p, EVENT_END, ROLE_A, 0);
	CU_ASSERT_FATAL(end != EVENT_NONE);
	CHECK(p.events.list.at[end].u.end.signal == SIGKILL ||
	      p.events.list.at[end].u.end.signal == SIGXCPU);
	CHECK(play_find(&p, EVENT_RETURN, ROLE_B, 0) != EVENT_NONE); /* B's part goes on */
	play_close(&p);
}

/* Cells that lead outside are refused before any call is made. */
static void forbidden_cells(void)
{
	static const char *const cells[] = {
		"connect(s, \"8.8.8.8:53\")", "bind(s, \"/tmp/above.sock\")", "unlink(\"../x\")",
		"chmod(\"/etc/passwd\", 0777)", "bind(s, \"a/../../b\")",
	};
	char text[400];

	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct play p;
		size_t call;

		snprintf(text, sizeof text,
			 "<!-- demo: id=t link=none -->\n| Process A | Process B |\n|---|---|\n"
			 "| `s = socket(AF_INET)` | |\n| `%s` | |\n", cells[i]);
		play_open(&p, text);
		play_all(&p);
		if (!CHECK(play_find(&p, EVENT_REFUSED, ROLE_A, 0) != EVENT_NONE))
			printf("    %s was carried out\n", cells[i]);
		call = play_find(&p, EVENT_CALL, ROLE_A, 0);
		CHECK(call != EVENT_NONE && play_find(&p, EVENT_CALL, ROLE_A, call + 1) == EVENT_NONE);
		play_close(&p);
	}
}

/* A line of /proc/PID/status of the process called NAME below the stage. */
static bool status_line(int stage, const char *name, const char *line, char *value, size_t n)
{
	char path[300], text[4096];
	DIR *proc = opendir("/proc");
	struct dirent *e;
	bool found = false;

	while (proc && !found && (e = readdir(proc))) {
		FILE *f;
		size_t got;
		char *at, *parent;

		snprintf(path, sizeof path, "/proc/%s/status", e->d_name);
		f = fopen(path, "re");
		got = f ? fread(text, 1, sizeof text - 1, f) : 0;
		text[got] = '\0';
		if (f)
			fclose(f);
		at = strstr(text, line);
		parent = strstr(text, "\nPPid:");
		if (strncmp(text, "Name:\t", 6) != 0 || strncmp(text + 6, name, strlen(name)) != 0 ||
		    !at || !parent || atoi(parent + 6) != stage)
			continue;
		at += strlen(line);
		at[strcspn(at, "\n")] = '\0';
		snprintf(value, n, "%s", at + strspn(at, " \t"));
		found = true;
	}
	if (proc)
		closedir(proc);
	return found;
}

static void roles_have_no_privileges(void)
{
	static const char *const names[] = {"process-A", "process-B"};
	char value[64];
	struct play p;

	play_open(&p, BOTH);
	play_to(&p, 1); /* both have carried out a call, so both have given up what they had */
	for (int i = 0; i < 2; i++) {
		CHECK(status_line(stage_pid(p.stage), names[i], "\nCapEff:", value, sizeof value));
		CHECK_TEXT(value, "0000000000000000");
		CHECK(status_line(stage_pid(p.stage), names[i], "\nCapPrm:", value, sizeof value));
		CHECK_TEXT(value, "0000000000000000");
		CHECK(status_line(stage_pid(p.stage), names[i], "\nNoNewPrivs:", value, sizeof value));
		CHECK_TEXT(value, "1");
		CHECK(status_line(stage_pid(p.stage), names[i], "\nSeccomp:", value, sizeof value));
		CHECK_TEXT(value, "2");
	}
	play_close(&p);
}

static const struct test tests[] = {
	{"forbidden_calls", forbidden_calls},
	{"allowed_calls", allowed_calls},
	{"descriptors_are_limited", descriptors_are_limited},
	{"time_is_limited", time_is_limited},
	{"forbidden_cells", forbidden_cells},
	{"roles_have_no_privileges", roles_have_no_privileges},
	{0},
};

const struct suite suite_sandbox = {"sandbox", NULL, NULL, tests};
