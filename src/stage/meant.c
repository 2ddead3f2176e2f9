#include "stage/meant.h"

#include "stage/address.h"

#include <limits.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>

enum {
	NAME_SERVICE = 53,
	MOST_MESSAGES = 1024, /* UIO_MAXIOV: the kernel takes no more of sendmmsg() */
};

/* Whether REAL, a path without links, lies in the directory WORK. */
static bool lies_in(const char *real, const char *work)
{
	size_t n = strlen(work);

	return strncmp(real, work, n) == 0 && (real[n] == '/' || real[n] == '\0');
}

/* The directory that PATH names a file in, without links; false: there is none. */
static bool real_directory(struct str *path, char real[PATH_MAX])
{
	size_t n = path->len;

	while (n > 0 && path->p[n - 1] != '/')
		n--;
	str_cut(path, n);
	str_addc(path, '.');
	return realpath(str_text(path), real) != NULL;
}

static enum meant of_path(const struct follow_stop *stop, const char *name, const char *work,
			  struct str *outside)
{
	char real[PATH_MAX];
	struct str path = {0};
	enum meant meant = MEANT_ELSEWHERE;
	struct stat st;

	if (name[0] != '/')
		str_addf(&path, "/proc/%d/cwd/", (int)stop->tid);
	str_add(&path, name);
	if (stat(str_text(&path), &st) == 0 && S_ISSOCK(st.st_mode) &&
	    realpath(str_text(&path), real)) {
		meant = lies_in(real, work) ? MEANT_STAGE : MEANT_OUTSIDE;
		if (meant == MEANT_OUTSIDE)
			str_add(outside, real);
	} else if (real_directory(&path, real) && lies_in(real, work)) {
		meant = MEANT_STAGE;
	}
	str_free(&path);
	return meant;
}

/* Names for the loopback: 0.0.0.0, ::, and 127.0.0.1 as IPv6 has it. */
static bool means_loopback(const struct address *a)
{
	static const struct in6_addr mapped = {{{[10] = 0xff, [11] = 0xff, [12] = IN_LOOPBACKNET}}};
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (a->u.sa.sa_family == AF_INET) {
		memcpy(&v4, &a->u, sizeof v4);
		return v4.sin_addr.s_addr == htonl(INADDR_ANY);
	}
	memcpy(&v6, &a->u, sizeof v6);
	return IN6_IS_ADDR_UNSPECIFIED(&v6.sin6_addr) || memcmp(&v6.sin6_addr, &mapped, 13) == 0;
}

static bool is_here(const struct address *a)
{
	return address_port(a) != NAME_SERVICE && (address_is_loopback(a) || means_loopback(a));
}

/* The LEN bytes at AT of the process are an address. */
static enum meant of_address(const struct follow_stop *stop, unsigned long at, unsigned long len,
			     const char *work, struct str *outside)
{
	struct address a = {0};
	const char *path = a.u.raw + offsetof(struct sockaddr_un, sun_path);

	if (!at || len < sizeof a.u.sa.sa_family)
		return MEANT_NOBODY;
	/* The last byte stays 0. */
	follow_read(stop->tid, at, a.u.raw, len < sizeof a.u.raw ? len : sizeof a.u.raw - 1);
	switch (a.u.sa.sa_family) {
	case AF_UNIX:
		return *path ? of_path(stop, path, work, outside) : MEANT_STAGE;
	case AF_INET:
	case AF_INET6:
		return is_here(&a) ? MEANT_STAGE : MEANT_ELSEWHERE;
	default:
		return MEANT_NOBODY;
	}
}

static enum meant of_message(const struct follow_stop *stop, unsigned long at, const char *work,
			     struct str *outside)
{
	struct msghdr m;

	if (follow_read(stop->tid, at, &m, sizeof m) != sizeof m)
		return MEANT_NOBODY;
	return of_address(stop, (unsigned long)(uintptr_t)m.msg_name, m.msg_namelen, work, outside);
}

static enum meant of_messages(const struct follow_stop *stop, const char *work, struct str *outside)
{
	unsigned long at = stop->args[1], n = stop->args[2] & UINT32_MAX;
	enum meant worst = MEANT_NOBODY, meant;

	n = n < MOST_MESSAGES ? n : MOST_MESSAGES;
	for (; n > 0 && worst != MEANT_OUTSIDE; n--, at += sizeof(struct mmsghdr)) {
		meant = of_message(stop, at, work, outside);
		worst = meant > worst ? meant : worst;
	}
	return worst;
}

enum meant meant_by(const struct follow_stop *stop, const char *work, struct str *path)
{
	const unsigned long *a = stop->args;

	switch (stop->nr) {
	case SYS_connect:
		return of_address(stop, a[1], a[2], work, path);
	case SYS_sendto:
		return of_address(stop, a[4], a[5], work, path);
	case SYS_sendmsg:
		return of_message(stop, a[1], work, path);
	case SYS_sendmmsg:
		return of_messages(stop, work, path);
	default:
		return MEANT_NOBODY;
	}
}
