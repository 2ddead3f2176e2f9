#include "stage/permit.h"

#include "base/text.h"
#include "lesson/call.h"
#include "stage/address.h"

#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static bool refuse(struct str *why, const struct stop *stop, const char *what)
{
	struct str reason = *why, name = {0};

	*why = (struct str){0};
	permit_name(&name, stop->nr);
	if (*what)
		/* TRANSLATORS: a call, an address, and why it is refused */
		str_addf(why, _("%1$s() to %2$s: %3$s"), str_text(&name), what, str_text(&reason));
	else
		str_addf(why, "%s(): %s", str_text(&name), str_text(&reason));
	str_free(&reason);
	str_free(&name);
	return false;
}

static bool permit_address(const struct stop *stop, unsigned long at, unsigned long len,
			   struct str *why)
{
	struct address a = {0};
	struct str text = {0};
	bool fine;

	if (at == 0 || len == 0)
		return true;
	a.len = (socklen_t)(len < sizeof a.u ? len : sizeof a.u);
	/* What cannot be read here the kernel cannot read either: it answers EFAULT. */
	if (tracer_read(stop->tracee, at, &a.u, a.len) < sizeof(sa_family_t))
		return true;
	fine = address_allowed(&a, why);
	if (!fine) {
		address_print(&text, &a);
		refuse(why, stop, str_text(&text));
	}
	str_free(&text);
	return fine;
}

static bool permit_message(const struct stop *stop, struct str *why)
{
	struct msghdr m;

	if (tracer_read(stop->tracee, stop->args[1], &m, sizeof m) != sizeof m)
		return true;
	return permit_address(stop, (unsigned long)(uintptr_t)m.msg_name, m.msg_namelen, why);
}

static bool permit_path(const struct stop *stop, struct str *why)
{
	char path[512];
	size_t n = tracer_read(stop->tracee, stop->args[1], path, sizeof path);

	if ((int)stop->args[0] != AT_FDCWD) {
		str_add(why, _("paths start in the stage's directory"));
		return refuse(why, stop, "");
	}
	n = strnlen(path, n);
	if (n == sizeof path)
		str_add(why, _("this path is too long"));
	else if (path_allowed(path, n, why))
		return true;
	return refuse(why, stop, "");
}

/* F_SETOWN and F_SETSIG make the kernel send signals: it may send SIGURG to who asked for it. */
static bool permit_fcntl(const struct stop *stop, struct str *why)
{
	int cmd = (int)stop->args[1], owner = (int)stop->args[2];

	if (!call_fcntl_is_fine(cmd)) {
		str_addf(why, _("only %s are carried out"), CALL_FCNTL);
		return refuse(why, stop, "");
	}
	if (cmd != F_SETOWN || owner == 0 || owner == stop->tracee->own)
		return true;
	str_add(why, _("F_SETOWN is carried out for the process itself: me = getpid(), then "
		       "fcntl(sock, F_SETOWN, me)"));
	return refuse(why, stop, "");
}

static bool permit_socket(const struct stop *stop, struct str *why)
{
	int domain = (int)stop->args[0];

	if (domain == AF_UNIX || domain == AF_INET || domain == AF_INET6)
		return true;
	str_add(why, _("only AF_UNIX, AF_INET and AF_INET6 sockets are made"));
	return refuse(why, stop, "");
}

bool permit_call(const struct stop *stop, struct str *why)
{
	const unsigned long *a = stop->args;

	if (stop->nr == SYS_connect || stop->nr == SYS_bind)
		return permit_address(stop, a[1], a[2], why);
	if (stop->nr == SYS_sendto)
		return permit_address(stop, a[4], a[5], why);
	if (stop->nr == SYS_sendmsg)
		return permit_message(stop, why);
	if (stop->nr == SYS_unlinkat || stop->nr == SYS_fchmodat)
		return permit_path(stop, why);
	if (stop->nr == SYS_fcntl)
		return permit_fcntl(stop, why);
	if (stop->nr == SYS_socket)
		return permit_socket(stop, why);
	return true;
}

void permit_name(struct str *to, long nr)
{
	const struct call *call;
	char *name;

	for (size_t i = 0; (call = call_at(i)); i++)
		if (call->nr == nr) {
			str_add(to, call->name);
			return;
		}
	name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, (int)nr);
	if (name)
		str_add(to, name);
	else
		str_addf(to, _("system call %ld"), nr);
	free(name);
}
