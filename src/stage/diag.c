#include "stage/diag.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/sysmacros.h>

enum {
	ROOM = 4096,
	REQUEST_SOCK = 12, /* enum tcp_state's NEW_SYN_RECV: a SYN that was answered */
	SYN_SENT = 2,
	SYN_RECV = 3,
};

/* The request and its answer, aligned as netlink wants them. */
union packet {
	struct nlmsghdr head;
	char room[ROOM];
};

void diag_close(struct diag *diag)
{
	if (diag->socket)
		mnl_socket_close(diag->socket);
	diag->socket = NULL;
}

static enum diag_answer refused(struct diag *diag, int err)
{
	diag->err = err;
	return DIAG_REFUSED;
}

/* Send PACKET, a request; the answer takes its place. The kernel has answered when the call that
 * sends is over. */
static enum diag_answer ask(struct diag *diag, union packet *packet, size_t *len)
{
	ssize_t n;

	if (!diag->socket)
		return DIAG_REFUSED;
	packet->head.nlmsg_seq = ++diag->seq;
	if (mnl_socket_sendto(diag->socket, packet, packet->head.nlmsg_len) < 0)
		return refused(diag, errno);
	do
		n = mnl_socket_recvfrom(diag->socket, packet, sizeof *packet);
	while (n > 0 && mnl_nlmsg_ok(&packet->head, (int)n) &&
	       packet->head.nlmsg_seq != diag->seq);
	if (n < 0 || !mnl_nlmsg_ok(&packet->head, (int)n))
		return refused(diag, n < 0 ? errno : EPROTO);
	*len = (size_t)n;
	return DIAG_FOUND;
}

/* Whether PACKET is an answer with PAYLOAD bytes at least; else what its error means. */
static enum diag_answer judge(struct diag *diag, const union packet *packet, size_t payload)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(&packet->head);

	if (packet->head.nlmsg_type != NLMSG_ERROR)
		return mnl_nlmsg_get_payload_len(&packet->head) >= payload ? DIAG_FOUND
									   : refused(diag, EPROTO);
	/* ESTALE: another socket has the addresses by now. */
	if (error->error == -ENOENT || error->error == -ESTALE)
		return DIAG_NONE;
	return refused(diag, -error->error);
}

static struct nlmsghdr *start(union packet *packet)
{
	struct nlmsghdr *head = mnl_nlmsg_put_header(packet);

	head->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	head->nlmsg_flags = NLM_F_REQUEST;
	return head;
}

static uint16_t put_address(uint32_t words[4], const struct address *a)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (!a || a->len == 0)
		return 0;
	if (a->u.sa.sa_family == AF_INET) {
		memcpy(&in, &a->u, sizeof in);
		words[0] = in.sin_addr.s_addr;
		return in.sin_port;
	}
	memcpy(&in6, &a->u, sizeof in6);
	memcpy(words, &in6.sin6_addr, sizeof in6.sin6_addr);
	return in6.sin6_port;
}

static void put_identity(struct inet_diag_sockid *id, const struct address *local,
			 const struct address *peer, const struct diag_cookie *cookie)
{
	id->idiag_sport = put_address(id->idiag_src, local);
	id->idiag_dport = put_address(id->idiag_dst, peer);
	for (int i = 0; i < 2; i++)
		id->idiag_cookie[i] = cookie ? cookie->half[i] : INET_DIAG_NOCOOKIE;
}

/* Of a newer or older kernel's structure there may be more or less. */
static void read_info(struct diag_inet *got, const struct nlattr *attr)
{
	const char *info = mnl_attr_get_payload(attr);
	size_t n = mnl_attr_get_payload_len(attr);

	if (n < offsetof(struct tcp_info, tcpi_notsent_bytes) + sizeof got->unsent)
		return;
	memcpy(&got->unsent, info + offsetof(struct tcp_info, tcpi_notsent_bytes),
	       sizeof got->unsent);
	memcpy(&got->again, info + offsetof(struct tcp_info, tcpi_total_retrans),
	       sizeof got->again);
	got->has_info = true;
}

static int read_inet_attr(const struct nlattr *attr, void *arg)
{
	struct diag_inet *got = arg;

	if (mnl_attr_get_type(attr) == INET_DIAG_INFO) {
		read_info(got, attr);
	} else if (mnl_attr_get_type(attr) == INET_DIAG_SHUTDOWN &&
		   mnl_attr_get_payload_len(attr) >= 1) {
		got->has_shut = true;
		got->shut = mnl_attr_get_u8(attr);
	}
	return MNL_CB_OK;
}

static void read_inet(struct diag_inet *got, const struct inet_diag_msg *m)
{
	got->state = m->idiag_state == REQUEST_SOCK ? SYN_RECV : m->idiag_state;
	got->timer = m->idiag_timer;
	got->timer_ms = m->idiag_timer ? m->idiag_expires : 0;
	got->received = m->idiag_rqueue;
	got->sent = m->idiag_wqueue;
	got->inode = m->idiag_inode;
	memcpy(got->cookie.half, m->id.idiag_cookie, sizeof got->cookie.half);
}

enum diag_answer diag_inet(struct diag *diag, int protocol, const struct address *local,
			   const struct address *peer, const struct diag_cookie *cookie,
			   struct diag_inet *got)
{
	union packet packet;
	struct nlmsghdr *head = start(&packet);
	struct inet_diag_req_v2 *request = mnl_nlmsg_put_extra_header(head, sizeof *request);
	bool udp = protocol == IPPROTO_UDP;
	enum diag_answer answer;
	size_t len;

	request->sdiag_family = (uint8_t)local->u.sa.sa_family;
	request->sdiag_protocol = (uint8_t)protocol;
	request->idiag_ext = 1 << (INET_DIAG_INFO - 1) | 1 << (INET_DIAG_SHUTDOWN - 1);
	request->idiag_states = ~0u;
	/* Of UDP sockets the kernel takes the two ends the other way round (net/ipv4/udp_diag.c). */
	put_identity(&request->id, udp ? peer : local, udp ? local : peer, cookie);
	*got = (struct diag_inet){0};
	if (!diag->has_inet)
		return DIAG_REFUSED;
	answer = ask(diag, &packet, &len);
	if (answer == DIAG_FOUND)
		answer = judge(diag, &packet, sizeof(struct inet_diag_msg));
	if (answer != DIAG_FOUND)
		return answer;
	read_inet(got, mnl_nlmsg_get_payload(&packet.head));
	mnl_attr_parse(&packet.head, sizeof(struct inet_diag_msg), read_inet_attr, got);
	return DIAG_FOUND;
}

static void read_peer(struct address *peer, const struct inet_diag_msg *m)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = m->id.idiag_dport,
				 .sin_addr.s_addr = m->id.idiag_dst[0]};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = m->id.idiag_dport};

	memcpy(&in6.sin6_addr, m->id.idiag_dst, sizeof in6.sin6_addr);
	memset(peer, 0, sizeof *peer);
	if (m->idiag_family == AF_INET) {
		memcpy(&peer->u, &in, sizeof in);
		peer->len = sizeof in;
	} else {
		memcpy(&peer->u, &in6, sizeof in6);
		peer->len = sizeof in6;
	}
}

/* One packet of a list; the last of them ends it. Returns whether there is more to come. */
static bool read_list(const union packet *packet, size_t len, struct address *peer)
{
	const struct nlmsghdr *head = &packet->head;
	int left = (int)len;

	for (; mnl_nlmsg_ok(head, left); head = mnl_nlmsg_next(head, &left)) {
		if (head->nlmsg_type == NLMSG_DONE || head->nlmsg_type == NLMSG_ERROR)
			return false;
		if (mnl_nlmsg_get_payload_len(head) >= sizeof(struct inet_diag_msg))
			read_peer(peer, mnl_nlmsg_get_payload(head));
	}
	return true;
}

enum diag_answer diag_called(struct diag *diag, const struct address *local, struct address *peer)
{
	union packet packet;
	struct nlmsghdr *head = start(&packet);
	struct inet_diag_req_v2 *request = mnl_nlmsg_put_extra_header(head, sizeof *request);
	enum diag_answer answer;
	size_t len;
	ssize_t n;

	head->nlmsg_flags |= NLM_F_DUMP;
	request->sdiag_family = (uint8_t)local->u.sa.sa_family;
	request->sdiag_protocol = IPPROTO_TCP;
	request->idiag_states = 1u << SYN_SENT;
	put_identity(&request->id, local, NULL, NULL);
	peer->len = 0;
	if (!diag->has_inet)
		return DIAG_REFUSED;
	answer = ask(diag, &packet, &len);
	n = (ssize_t)len;
	while (answer == DIAG_FOUND && n > 0 && read_list(&packet, (size_t)n, peer))
		n = mnl_socket_recvfrom(diag->socket, &packet, sizeof packet);
	return answer == DIAG_FOUND && peer->len == 0 ? DIAG_NONE : answer;
}

/* The name has no NUL at its end; an abstract one begins with NUL. */
static void read_name(struct diag_unix *got, const struct nlattr *attr)
{
	size_t n = mnl_attr_get_payload_len(attr);

	if (n == 0 || n > sizeof got->name.u.un.sun_path)
		return;
	got->name.u.un.sun_family = AF_UNIX;
	memcpy(got->name.u.un.sun_path, mnl_attr_get_payload(attr), n);
	got->name.len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
}

static void read_file(struct diag_unix *got, const struct nlattr *attr)
{
	struct unix_diag_vfs file;

	memcpy(&file, mnl_attr_get_payload(attr), sizeof file);
	got->has_file = true;
	got->file = file.udiag_vfs_ino;
	/* The kernel's own form of a device number: 12 bits and 20. */
	got->device = makedev(file.udiag_vfs_dev >> 20, file.udiag_vfs_dev & 0xfffff);
}

static void read_queue(struct diag_unix *got, const struct nlattr *attr)
{
	struct unix_diag_rqlen queue;

	memcpy(&queue, mnl_attr_get_payload(attr), sizeof queue);
	got->received = queue.udiag_rqueue;
	got->backlog = queue.udiag_wqueue;
}

static int read_unix_attr(const struct nlattr *attr, void *arg)
{
	struct diag_unix *got = arg;
	size_t n = mnl_attr_get_payload_len(attr);

	switch (mnl_attr_get_type(attr)) {
	case UNIX_DIAG_NAME:
		read_name(got, attr);
		break;
	case UNIX_DIAG_VFS:
		if (n >= sizeof(struct unix_diag_vfs))
			read_file(got, attr);
		break;
	case UNIX_DIAG_PEER:
		got->has_peer = n >= sizeof got->peer;
		got->peer = got->has_peer ? mnl_attr_get_u32(attr) : 0;
		break;
	case UNIX_DIAG_RQLEN:
		if (n >= sizeof(struct unix_diag_rqlen))
			read_queue(got, attr);
		break;
	case UNIX_DIAG_SHUTDOWN:
		got->shut = n >= 1 ? mnl_attr_get_u8(attr) : 0;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

enum diag_answer diag_unix(struct diag *diag, uint32_t inode, struct diag_unix *got)
{
	union packet packet;
	struct nlmsghdr *head = start(&packet);
	struct unix_diag_req *request = mnl_nlmsg_put_extra_header(head, sizeof *request);
	const struct unix_diag_msg *m;
	enum diag_answer answer;
	size_t len;

	request->sdiag_family = AF_UNIX;
	request->udiag_states = ~0u;
	request->udiag_ino = inode;
	request->udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_PEER |
			      UDIAG_SHOW_RQLEN;
	request->udiag_cookie[0] = request->udiag_cookie[1] = INET_DIAG_NOCOOKIE;
	*got = (struct diag_unix){0};
	if (!diag->has_unix)
		return DIAG_REFUSED;
	answer = ask(diag, &packet, &len);
	if (answer == DIAG_FOUND)
		answer = judge(diag, &packet, sizeof *m);
	if (answer != DIAG_FOUND)
		return answer;
	m = mnl_nlmsg_get_payload(&packet.head);
	got->type = m->udiag_type;
	got->state = m->udiag_state;
	mnl_attr_parse(&packet.head, sizeof *m, read_unix_attr, got);
	return DIAG_FOUND;
}

/* Whether the kernel, or a module that it can load, tells of this family at all. Else it says
 * ENOENT, as it does of a socket that is not there; so a list of no sockets is asked for. */
static bool has_family(struct diag *diag, uint8_t family)
{
	union packet packet;
	struct nlmsghdr *head = start(&packet);
	struct inet_diag_req_v2 *inet;
	struct unix_diag_req *local;
	size_t len;

	head->nlmsg_flags |= NLM_F_DUMP;
	if (family == AF_UNIX) {
		local = mnl_nlmsg_put_extra_header(head, sizeof *local);
		local->sdiag_family = family;
	} else {
		inet = mnl_nlmsg_put_extra_header(head, sizeof *inet);
		inet->sdiag_family = family;
		inet->sdiag_protocol = IPPROTO_TCP;
	}
	if (ask(diag, &packet, &len) != DIAG_FOUND)
		return false;
	if (packet.head.nlmsg_type == NLMSG_ERROR)
		diag->err = EPROTONOSUPPORT;
	return packet.head.nlmsg_type != NLMSG_ERROR;
}

int diag_open(struct diag *diag)
{
	*diag = (struct diag){.socket = mnl_socket_open2(NETLINK_SOCK_DIAG,
							 SOCK_CLOEXEC | SOCK_NONBLOCK)};
	if (!diag->socket || mnl_socket_bind(diag->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
		diag->err = errno;
	} else {
		diag->has_inet = has_family(diag, AF_INET);
		diag->has_unix = has_family(diag, AF_UNIX);
	}
	if (diag->has_inet || diag->has_unix)
		return 0;
	diag_close(diag);
	return -1;
}
