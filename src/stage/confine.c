#include "stage/confine.h"

#include "base/mem.h"
#include "lesson/call.h"
#include "stage/descriptors.h"
#include "stage/mailbox.h"
#include "stage/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int add_rules(scmp_filter_ctx filter)
{
	static const int free_calls[] = {SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall)};
	const struct call *call;

	for (size_t i = 0; (call = call_at(i)); i++) {
		/* Two functions may share a call; the second rule is a duplicate. */
		int got = seccomp_rule_add(filter, SCMP_ACT_TRACE(SECCOMP_CALL), (int)call->nr, 0);

		if (got < 0 && got != -EEXIST)
			return got;
	}
	for (size_t i = 0; i < sizeof free_calls / sizeof *free_calls; i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, free_calls[i], 0) < 0)
			return -1;
	return seccomp_rule_add(filter, SCMP_ACT_TRACE(SECCOMP_PARK), (int)ACTOR_PARK, 0);
}

/* libseccomp writes its program to a descriptor; a pipe holds 64 KiB. */
static int export_program(scmp_filter_ctx filter, struct sock_fprog *out)
{
	enum { MOST = 32 << 10 };
	int ends[2];
	ssize_t n;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	if (seccomp_export_bpf(filter, ends[1]) < 0) {
		close(ends[0]);
		close(ends[1]);
		return -1;
	}
	close(ends[1]);
	out->filter = mem_alloc(MOST);
	n = read(ends[0], out->filter, MOST);
	close(ends[0]);
	if (n <= 0)
		return -1;
	out->len = (unsigned short)((size_t)n / sizeof *out->filter);
	return 0;
}

int confine_filter(struct sock_fprog *filter)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_TRAP);
	int got = -1;

	if (!ctx)
		return -1;
	if (add_rules(ctx) >= 0)
		got = export_program(ctx, filter);
	seccomp_release(ctx);
	return got;
}

/* The type of a resource's name differs between C libraries: hence no table. */
#define LIMIT(what, most) setrlimit(what, &(struct rlimit){most, most})

static void set_limits(void)
{
	LIMIT(RLIMIT_NOFILE, 64);
	LIMIT(RLIMIT_AS, 512 << 20);
	LIMIT(RLIMIT_NPROC, 0);
	LIMIT(RLIMIT_FSIZE, 1 << 20);
	LIMIT(RLIMIT_CPU, 2);
	LIMIT(RLIMIT_CORE, 0);
	LIMIT(RLIMIT_MEMLOCK, 64 << 10);
}

void confine_drop(void)
{
	struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};

	for (unsigned long cap = 0; prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) == 0; cap++)
		;
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	syscall(SYS_capset, &head, none);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static void close_descriptors(int null, int give)
{
	if (give >= 0 && give != 3)
		dup2(give, 3);
	for (int fd = 0; fd <= 2; fd++)
		if (null < 0 || dup2(null, fd) < 0)
			close(fd);
	descriptors_close(give < 0 ? 3 : 4, DESCRIPTORS_ALL);
}

void sandbox_confine(const struct sandbox *box, int give)
{
	close_descriptors(box->null, give);
	set_limits();
	confine_drop();
}

int sandbox_close(const struct sandbox *box)
{
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &box->filter, 0, 0);
}
