#include "lesson/action.h"

#include "base/names.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct constant {
	const char *name;
	long value;
};

/* What not every C library or architecture knows is asked for first. */
#define C(name) {#name, name}
static const struct constant constants[] = {
	/* Families, types, protocols: socket(2), unix(7), ip(7) */
	C(AF_UNIX), C(AF_LOCAL), C(AF_INET), C(AF_INET6), C(AF_UNSPEC), C(PF_UNIX), C(PF_LOCAL),
	C(PF_INET), C(PF_INET6), C(SOCK_STREAM), C(SOCK_DGRAM), C(SOCK_SEQPACKET), C(SOCK_RAW),
	C(SOCK_RDM), C(SOCK_NONBLOCK), C(SOCK_CLOEXEC), C(IPPROTO_IP), C(IPPROTO_TCP),
	C(IPPROTO_UDP), C(IPPROTO_ICMP), C(IPPROTO_IPV6),
	/* send(2), recv(2) */
	C(MSG_CONFIRM), C(MSG_CTRUNC), C(MSG_DONTROUTE), C(MSG_DONTWAIT), C(MSG_EOR),
	C(MSG_ERRQUEUE), C(MSG_MORE), C(MSG_NOSIGNAL), C(MSG_OOB), C(MSG_PEEK), C(MSG_TRUNC),
	C(MSG_WAITALL), C(MSG_CMSG_CLOEXEC), C(MSG_FASTOPEN),
#ifdef MSG_ZEROCOPY
	C(MSG_ZEROCOPY),
#endif
	/* shutdown(2), listen(2) */
	C(SHUT_RD), C(SHUT_WR), C(SHUT_RDWR), C(SOMAXCONN),
	/* getsockopt(2), socket(7) */
	C(SOL_SOCKET), C(SOL_TCP), C(SOL_UDP), C(SOL_IP), C(SOL_IPV6), C(SO_ACCEPTCONN),
	C(SO_BINDTODEVICE), C(SO_BROADCAST),
#ifdef SO_BUSY_POLL
	C(SO_BUSY_POLL),
#endif
	C(SO_DEBUG), C(SO_DOMAIN), C(SO_DONTROUTE), C(SO_ERROR),
#ifdef SO_INCOMING_CPU
	C(SO_INCOMING_CPU),
#endif
	C(SO_KEEPALIVE), C(SO_LINGER), C(SO_MARK), C(SO_OOBINLINE), C(SO_PASSCRED),
	C(SO_PASSSEC), C(SO_PEEK_OFF), C(SO_PEERCRED), C(SO_PEERSEC), C(SO_PRIORITY),
	C(SO_PROTOCOL), C(SO_RCVBUF), C(SO_RCVBUFFORCE), C(SO_RCVLOWAT), C(SO_RCVTIMEO),
	C(SO_REUSEADDR), C(SO_REUSEPORT), C(SO_RXQ_OVFL), C(SO_SNDBUF), C(SO_SNDBUFFORCE),
	C(SO_SNDLOWAT), C(SO_SNDTIMEO), C(SO_TIMESTAMP), C(SO_TYPE),
#ifdef SO_ZEROCOPY
	C(SO_ZEROCOPY),
#endif
	C(SCM_RIGHTS), C(SCM_CREDENTIALS),
	/* tcp(7) */
	C(TCP_CONGESTION), C(TCP_CORK), C(TCP_DEFER_ACCEPT), C(TCP_FASTOPEN), C(TCP_INFO),
	C(TCP_KEEPCNT), C(TCP_KEEPIDLE), C(TCP_KEEPINTVL), C(TCP_LINGER2), C(TCP_MAXSEG),
	C(TCP_NODELAY), C(TCP_QUICKACK), C(TCP_SYNCNT), C(TCP_USER_TIMEOUT),
	C(TCP_WINDOW_CLAMP),
#ifdef TCP_NOTSENT_LOWAT
	C(TCP_NOTSENT_LOWAT),
#endif
	C(UDP_CORK),
	/* ip(7), ipv6(7) */
	C(IP_MTU), C(IP_MTU_DISCOVER), C(IP_RECVERR), C(IP_RECVTTL), C(IP_TOS), C(IP_TTL),
	C(IP_FREEBIND), C(IP_TRANSPARENT), C(IPV6_V6ONLY), C(IPV6_RECVERR),
	C(IPV6_UNICAST_HOPS),
	/* poll(2) */
	C(POLLIN), C(POLLPRI), C(POLLOUT), C(POLLRDHUP), C(POLLERR), C(POLLHUP), C(POLLNVAL),
	C(POLLRDNORM), C(POLLRDBAND), C(POLLWRNORM), C(POLLWRBAND),
	/* fcntl(2), open(2): the wider flags first, so that they are printed whole */
	C(F_DUPFD), C(F_DUPFD_CLOEXEC), C(F_GETFD), C(F_SETFD), C(F_GETFL), C(F_SETFL),
	C(F_GETOWN), C(F_SETOWN), C(F_GETSIG), C(F_SETSIG), C(F_GETPIPE_SZ), C(F_SETPIPE_SZ),
	C(FD_CLOEXEC), C(O_RDONLY), C(O_WRONLY), C(O_RDWR), C(O_SYNC), C(O_DSYNC), C(O_APPEND),
	C(O_ASYNC), C(O_CLOEXEC), C(O_DIRECT), C(O_NOATIME), C(O_NONBLOCK), C(O_NDELAY),
	/* chmod(2) */
	C(S_ISUID), C(S_ISGID), C(S_ISVTX), C(S_IRWXU), C(S_IRUSR), C(S_IWUSR), C(S_IXUSR),
	C(S_IRWXG), C(S_IRGRP), C(S_IWGRP), C(S_IXGRP), C(S_IRWXO), C(S_IROTH), C(S_IWOTH),
	C(S_IXOTH),
	/* _exit(2), descriptors that are always there */
	C(EXIT_SUCCESS), C(EXIT_FAILURE), C(STDIN_FILENO), C(STDOUT_FILENO), C(STDERR_FILENO),
};
#undef C

enum { N_CONSTANTS = sizeof constants / sizeof *constants };

bool constant_value(const char *name, size_t len, long *value)
{
	int sig = signal_number(name, len, 0);

	for (size_t i = 0; i < N_CONSTANTS; i++)
		if (strlen(constants[i].name) == len &&
		    memcmp(constants[i].name, name, len) == 0) {
			*value = constants[i].value;
			return true;
		}
	*value = sig;
	return sig != 0;
}

const char *constant_at(size_t i)
{
	return i < N_CONSTANTS ? constants[i].name : signal_name_at(i - N_CONSTANTS);
}

const char *constant_name(const char *prefix, long value)
{
	for (size_t i = 0; i < N_CONSTANTS; i++)
		if (constants[i].value == value &&
		    strncmp(constants[i].name, prefix, strlen(prefix)) == 0)
			return constants[i].name;
	return NULL;
}

void constant_flags(struct str *to, const char *prefix, unsigned long value)
{
	size_t start = to->len;

	for (size_t i = 0; value && i < N_CONSTANTS; i++) {
		unsigned long bits = (unsigned long)constants[i].value;

		if (bits == 0 || (value & bits) != bits ||
		    strncmp(constants[i].name, prefix, strlen(prefix)) != 0)
			continue;
		str_addf(to, "%s%s", to->len > start ? "|" : "", constants[i].name);
		value &= ~bits;
	}
	if (value != 0)
		str_addf(to, "%s%#lx", to->len > start ? "|" : "", value);
	else if (to->len == start)
		str_add(to, "0");
}
