/*
 * refuse CALL[,CALL...] COMMAND [ARG]...: run COMMAND where the kernel refuses these
 * system calls (EPERM), as containers and hardened machines do. `netlink` is socket(AF_NETLINK);
 * `inet6` is socket(AF_INET6), which fails as on a machine that was started without IPv6.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int refuse_call(scmp_filter_ctx filter, const char *name)
{
	const struct scmp_arg_cmp netlink = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = AF_NETLINK};
	const struct scmp_arg_cmp inet6 = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = AF_INET6};
	int nr = seccomp_syscall_resolve_name(name);

	if (strcmp(name, "netlink") == 0)
		return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
					      &netlink);
	if (strcmp(name, "inet6") == 0)
		return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT),
					      SCMP_SYS(socket), 1, &inet6);
	if (nr == __NR_SCMP_ERROR) {
		fprintf(stderr, "refuse: no system call '%s'\n", name);
		return -1;
	}
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), nr, 0);
}

int main(int argc, char **argv)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	char *names;

	if (argc < 3 || !filter) {
		fputs("Usage: refuse CALL[,CALL...] COMMAND [ARG]...\n", stderr);
		return 2;
	}
	names = argv[1];
	for (char *name = strtok(names, ","); name; name = strtok(NULL, ","))
		if (refuse_call(filter, name) < 0)
			return 2;
	if (seccomp_load(filter) < 0) {
		perror("refuse: seccomp");
		return 2;
	}
	seccomp_release(filter);
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
