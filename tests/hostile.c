/*
 * hostile WHAT [PATH]...: a program that a learner could bring and that does harm, or tries to.
 * What it got away with it prints as `ESCAPED: …`.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void escaped(const char *how)
{
	printf("ESCAPED: %s\n", how);
	fflush(stdout);
}

static void fork_bomb(char **paths)
{
	(void)paths;
	for (;;)
		fork();
}

static void *spin(void *data)
{
	for (volatile unsigned long n = 0;; n++)
		;
	return data;
}

static void thread_bomb(char **paths)
{
	pthread_t thread;

	(void)paths;
	for (;;)
		pthread_create(&thread, NULL, spin, NULL);
}

static void prints(char **paths)
{
	(void)paths;
	for (;;)
		puts("and so on, and so on, and so on");
}

/* Who moves bytes from a socket to a pipe holds the pipe for as long as none come. */
static void holds(char **paths)
{
	int ends[2];

	(void)paths;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
		return;
	puts("I have it.");
	fflush(stdout);
	if (fork() == 0)
		_exit(sendfile(STDOUT_FILENO, ends[0], NULL, 16) > 0);
	while (splice(ends[0], NULL, STDOUT_FILENO, NULL, 16, 0) > 0)
		;
}

static void stays(char **paths)
{
	(void)paths;
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_IGN);
	for (;;)
		pause();
}

/* Children in sessions of their own, whose parents are gone. */
static void leaves(char **paths)
{
	(void)paths;
	for (int i = 0; i < 5; i++)
		if (fork() == 0) {
			setsid();
			if (fork() == 0)
				stays(NULL);
			_exit(0);
		}
}

static void closes(char **paths)
{
	(void)paths;
	for (int fd = 0; fd < 1024; fd++) {
		shutdown(fd, SHUT_RDWR);
		close(fd);
	}
}

static void traces(char **paths)
{
	(void)paths;
	if (ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0)
		escaped("it traces");
}

static void kills(char **paths)
{
	(void)paths;
	kill(-1, SIGKILL);
	kill(getppid(), SIGKILL);
}

static void reaches_out(char **paths)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(53)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)paths;
	inet_pton(AF_INET, "9.9.9.9", &in.sin_addr);
	if (connect(fd, (struct sockaddr *)&in, sizeof in) == 0 || errno != ENETUNREACH)
		escaped("there is a way to the network");
}

static void knocks(char **paths)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(un.sun_path, sizeof un.sun_path, "%s", paths[0]);
	if (connect(fd, (struct sockaddr *)&un, sizeof un) == 0)
		escaped("a socket outside the stage");
}

static void deletes(char **paths)
{
	static const char *const machine[] = {"/proc/sys/kernel/hostname", "/dev/mem", "/dev/sda",
					      "/dev/vda", "/dev/tty", "/proc/1/mem"};

	for (char **path = paths; *path; path++) {
		char other[4096];
		int fd = open(*path, O_WRONLY | O_APPEND);

		snprintf(other, sizeof other, "%s.gone", *path);
		if (fd >= 0 || unlink(*path) == 0 || rename(*path, other) == 0 ||
		    chmod(*path, 0777) == 0 || truncate(*path, 0) == 0 || mkdir(other, 0700) == 0 ||
		    symlink("x", other) == 0)
			escaped(*path);
	}
	for (size_t i = 0; i < sizeof machine / sizeof *machine; i++)
		if (open(machine[i], O_WRONLY) >= 0)
			escaped(machine[i]);
}

static void mounts(char **paths)
{
	(void)paths;
	if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0)
		escaped("it mounts");
}

static void divides(char **paths)
{
	(void)paths;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
		escaped("it has namespaces");
}

/* The same without a call of its own for that. */
static void divides_with_clone(char **paths)
{
	(void)paths;
	if (syscall(SYS_clone, (unsigned long)CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) >= 0)
		escaped("it has namespaces");
}

static void queues(char **paths)
{
	(void)paths;
#ifdef SYS_io_uring_setup
	char params[256] = {0};

	if (syscall(SYS_io_uring_setup, 4, params) >= 0 || errno != ENOSYS)
		escaped("calls past the filter");
#endif
}

static void eats(char **paths)
{
	(void)paths;
	for (size_t all = 0;; all += 16 << 20) {
		volatile char *more = malloc(16 << 20); /* a compiler may do without what nobody reads */

		if (!more)
			break;
		for (size_t i = 0; i < 16 << 20; i += 1024)
			more[i] = 1;
		if (all > (size_t)2 << 30) {
			escaped("2 GiB of memory");
			break;
		}
	}
}

static void fills(char **paths)
{
	char block[65536] = {1};
	const char *tmp = getenv("TMPDIR");
	size_t all = 0;
	int fd;

	(void)paths;
	signal(SIGXFSZ, SIG_IGN);
	if (!tmp || chdir(tmp) < 0)
		return;
	fd = open("big", O_CREAT | O_WRONLY, 0600);
	while (write(fd, block, sizeof block) == sizeof block)
		all += sizeof block;
	if (all > (size_t)64 << 20)
		escaped("64 MiB of files");
	for (int i = 0; i < 40 && mkdir("deeper", 0700) == 0 && chdir("deeper") == 0; i++)
		;
}

static void calls(char **paths)
{
	(void)paths;
	for (;;) {
		int fd = socket(AF_UNIX, SOCK_STREAM, 0);

		close(fd);
	}
}

static const struct way {
	const char *name;
	void (*go)(char **paths);
} ways[] = {
	{"fork", fork_bomb}, {"threads", thread_bomb}, {"prints", prints}, {"stays", stays},
	{"leaves", leaves}, {"closes", closes}, {"traces", traces}, {"kills", kills},
	{"network", reaches_out}, {"knocks", knocks}, {"deletes", deletes}, {"mounts", mounts},
	{"unshare", divides}, {"clone", divides_with_clone}, {"io_uring", queues}, {"eats", eats},
	{"fills", fills}, {"calls", calls}, {"holds", holds},
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
		if (strcmp(argv[1], ways[i].name) == 0) {
			ways[i].go(argv + 2);
			puts("that is all");
			return 0;
		}
	return 2;
}
