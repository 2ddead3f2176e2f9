#include "stage/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "stage/confine.h"
#include "stage/descriptors.h"
#include "stage/readonly.h"

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n == (ssize_t)strlen(text) ? 0 : -1;
}

/* The same user inside as outside: SO_PEERCRED then shows the real one. */
static int map_user(uid_t uid, gid_t gid)
{
	char map[64];

	write_file("/proc/self/setgroups", "deny");
	snprintf(map, sizeof map, "%u %u 1", (unsigned)uid, (unsigned)uid);
	if (write_file("/proc/self/uid_map", map) < 0)
		return -1;
	snprintf(map, sizeof map, "%u %u 1", (unsigned)gid, (unsigned)gid);
	return write_file("/proc/self/gid_map", map);
}

static int loopback_up(void)
{
	struct ifreq lo = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), got;

	if (fd < 0)
		return -1;
	lo.ifr_flags = IFF_UP | IFF_RUNNING;
	got = ioctl(fd, SIOCSIFFLAGS, &lo);
	close(fd);
	return got;
}

/* New namespaces: as root without a user namespace, else with one. */
static int separate(struct sandbox *box)
{
	int flags = CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID;
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (uid == 0 && unshare(flags) == 0)
		return 0;
	if (unshare(flags | CLONE_NEWUSER) < 0) {
		str_addf(&box->why, _("namespaces are refused here (unshare: %s)"),
			 strerror(errno));
		return -1;
	}
	if (map_user(uid, gid) < 0) {
		box->level = SANDBOX_BROKEN;
		str_addf(&box->why, _("a user namespace is allowed but cannot be set up (%s)"),
			 strerror(errno));
		return -1;
	}
	return 0;
}

/* An empty memory file system becomes the root; it goes with the namespace. */
static bool own_root(void)
{
	static const char *const places[] = {"/tmp", "/run", "/mnt", "/var"};
	size_t i = 0, n = sizeof places / sizeof *places;

	if (mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return false;
	while (i < n && mount("socktutor", places[i], "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
			      "size=16m,nr_inodes=1024,mode=0700") < 0)
		i++;
	if (i == n || chdir(places[i]) < 0)
		return false;
	if (syscall(SYS_pivot_root, ".", ".") == 0)
		umount2(".", MNT_DETACH);
	else if (chroot(".") < 0)
		return false;
	return chdir("/") == 0;
}

/* The first process of a PID namespace takes all others with it when it ends.
 * It ends when the stage does: the other end of its pipe closes then. */
static _Noreturn void be_init(int pipe_end)
{
	char c;

	descriptors_close_but(&pipe_end, 1);
	prctl(PR_SET_NAME, "socktutor-init");
	while (read(pipe_end, &c, 1) < 0 && errno == EINTR)
		;
	_exit(0);
}

static int start_init(struct sandbox *box)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	box->init = fork();
	if (box->init == 0) {
		signal(SIGCHLD, SIG_IGN);
		be_init(ends[0]);
	}
	close(ends[0]);
	box->init_pipe = ends[1];
	return box->init < 0 ? -1 : 0;
}

/* There may be one already: what is not isolated goes on without. */
static void begin_reason(struct sandbox *box)
{
	if (box->why.len)
		str_add(&box->why, "; ");
}

static int make_directory(struct sandbox *box)
{
	if (mkdir(box->path, 0700) < 0 || chdir(box->path) < 0) {
		begin_reason(box);
		str_addf(&box->why, _("no directory to work in: %1$s: %2$s"), box->path,
			 strerror(errno));
		return -1;
	}
	return 0;
}

/* What a program needs to be there, else nothing. */
static void make_root(struct sandbox *box, bool programs)
{
	if (programs) {
		box->from = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
		box->work = readonly_root(&box->why);
		box->readonly = box->from >= 0 && box->work;
	}
	box->mounted = box->work || own_root();
	box->level = SANDBOX_FULL;
}

static int isolate(struct sandbox *box, bool programs)
{
	if (separate(box) < 0)
		return -1;
	if (loopback_up() < 0 || start_init(box) < 0) {
		box->level = SANDBOX_BROKEN;
		str_addf(&box->why, _("namespaces can be made but not used here (%s)"),
			 strerror(errno));
		return -1;
	}
	make_root(box, programs);
	return 0;
}

int sandbox_enter(struct sandbox *box, bool plain, bool programs, const char *path)
{
	*box = (struct sandbox){.level = SANDBOX_PLAIN, .init_pipe = -1, .from = -1};
	snprintf(box->path, sizeof box->path, "%s", path);
	box->proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	box->null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (plain)
		str_add(&box->why, _("namespaces cannot be used here"));
	else if (isolate(box, programs) < 0 && box->level == SANDBOX_BROKEN)
		return -1;
	if (!box->mounted && make_directory(box) < 0)
		return -1;
	box->directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (confine_filter(&box->filter) < 0) {
		begin_reason(box);
		str_addf(&box->why, _("no seccomp filter can be made here: %s"), strerror(errno));
		return -1;
	}
	return 0;
}

int sandbox_renew(struct sandbox *box)
{
	if (box->level != SANDBOX_FULL || unshare(CLONE_NEWNET) < 0)
		return -1;
	return loopback_up();
}

/* DEPTH: how many directories deeper it may go; what lies deeper goes with the file system. */
static void remove_entry(int directory, const char *name, int depth);

static void sweep(int directory, int depth)
{
	int again = directory < 0 ? -1 : openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = again < 0 ? NULL : fdopendir(again);
	struct dirent *e;

	if (!d) {
		if (again >= 0)
			close(again);
		return;
	}
	while ((e = readdir(d)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			remove_entry(dirfd(d), e->d_name, depth);
	closedir(d);
}

static void remove_entry(int directory, const char *name, int depth)
{
	int inner;

	if (unlinkat(directory, name, 0) == 0 || (errno != EISDIR && errno != EPERM) || depth == 0)
		return;
	inner = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (inner < 0)
		return;
	sweep(inner, depth - 1);
	close(inner);
	unlinkat(directory, name, AT_REMOVEDIR);
}

enum { SWEEP_DEPTH = 32 };

/* Within the namespace all processes are everybody that one process can reach. */
void sandbox_empty(const struct sandbox *box)
{
	pid_t pid = box->init > 0 ? fork() : -1;

	if (pid == 0) {
		kill(-1, SIGKILL);
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

void sandbox_sweep(struct sandbox *box)
{
	sweep(box->directory, SWEEP_DEPTH);
}

void sandbox_leave(struct sandbox *box)
{
	sandbox_sweep(box);
	if (!box->mounted)
		rmdir(box->path);
	if (box->init_pipe >= 0)
		close(box->init_pipe);
	if (box->init > 0)
		waitpid(box->init, NULL, 0);
	if (box->null >= 0)
		close(box->null);
	if (box->proc >= 0)
		close(box->proc);
	if (box->from >= 0)
		close(box->from);
	if (box->directory >= 0)
		close(box->directory);
	free(box->filter.filter);
	str_free(&box->why);
}

void sandbox_remove(const char *path)
{
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (directory < 0)
		return;
	sweep(directory, SWEEP_DEPTH);
	close(directory);
	rmdir(path);
}
