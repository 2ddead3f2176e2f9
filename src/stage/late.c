#include "stage/late.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/rtnl.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <linux/virtio_net.h>
#include <libmnl/libmnl.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	FRAME_MOST = (64 << 10) + 256,
	KEPT_MOST = 4096, /* what comes beyond that is lost, as on any wire */
};

/* Only what does not bear the mark: what was let go comes by here again. */
static int ignore_marked(int fd)
{
	struct sock_filter steps[] = {
		{BPF_LD | BPF_H | BPF_ABS, 0, 0, GATE_MARK_AT},
		{BPF_JMP | BPF_JEQ | BPF_K, 1, 0, GATE_MARK},
		{BPF_RET | BPF_K, 0, 0, UINT32_MAX},
		{BPF_RET | BPF_K, 0, 0, 0},
	};
	struct sock_fprog program = {sizeof steps / sizeof *steps, steps};

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

/*
 * What is put on the loopback by hand comes without the route that the kernel's own segments
 * have with them, so that their addresses, 127.0.0.1, are looked at once more: the loopback must
 * be told to take them. IPv6 does not mind.
 * Source: net/ipv4/route.c (ip_route_input_slow), net/ipv4/fib_frontend.c (fib_validate_source).
 */
static int let_local_in(void)
{
	_Alignas(struct nlmsghdr) char room[256] = {0};
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(room);
	struct nlattr *spec, *inet, *conf;
	struct ifinfomsg *link;

	nlh->nlmsg_type = RTM_SETLINK;
	link = mnl_nlmsg_put_extra_header(nlh, sizeof *link);
	link->ifi_index = (int)if_nametoindex("lo");
	spec = mnl_attr_nest_start(nlh, IFLA_AF_SPEC);
	inet = mnl_attr_nest_start(nlh, AF_INET);
	conf = mnl_attr_nest_start(nlh, IFLA_INET_CONF);
	mnl_attr_put_u32(nlh, IPV4_DEVCONF_ACCEPT_LOCAL, 1);
	mnl_attr_put_u32(nlh, IPV4_DEVCONF_ROUTE_LOCALNET, 1);
	mnl_attr_nest_end(nlh, conf);
	mnl_attr_nest_end(nlh, inet);
	mnl_attr_nest_end(nlh, spec);
	return rtnl_ask(nlh);
}

static int set_up(int fd)
{
	struct sockaddr_ll lo = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
				 .sll_ifindex = (int)if_nametoindex("lo")};
	int on = 1, room = 8 << 20;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
	if (setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof on) < 0 ||
	    ignore_marked(fd) < 0 || bind(fd, (struct sockaddr *)&lo, sizeof lo) < 0)
		return -1;
	return let_local_in();
}

int late_open(struct late *late, struct str *why)
{
	if (late->open)
		return 0;
	late->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (late->fd >= 0 && set_up(late->fd) == 0) {
		late->open = true;
		return 0;
	}
	str_addf(why, _("nothing can be put on the loopback by hand (%s)"), strerror(errno));
	if (late->fd >= 0)
		close(late->fd);
	late->fd = -1;
	return -1;
}

/* What goes to the same role is not overtaken. */
static int64_t due_after_others(const struct late *late, enum role to, int64_t due)
{
	for (size_t i = 0; i < late->kept.n; i++)
		if (late->kept.at[i].to == to && late->kept.at[i].due > due)
			due = late->kept.at[i].due;
	return due;
}

static void keep(struct late *late, enum role to, int64_t delay, const unsigned char *bytes,
		 size_t len)
{
	struct late_segment segment = {0, to, len, NULL};

	if (late->kept.n == KEPT_MOST)
		return;
	segment.due = due_after_others(late, to, clock_now() + delay);
	segment.bytes = mem_alloc(len);
	memcpy(segment.bytes, bytes, len);
	vec_push(&late->kept, segment);
}

void late_take(struct late *late, const struct gate *gate, const int64_t delay[ROLES])
{
	enum { HEAD = sizeof(struct virtio_net_hdr) };
	unsigned char *bytes;
	ssize_t n;

	if (!late->open)
		return;
	bytes = mem_alloc(FRAME_MOST);
	for (;;) {
		struct sockaddr_ll from;
		socklen_t from_len = sizeof from;
		enum gate_verdict verdict;
		enum role to;

		n = recvfrom(late->fd, bytes, FRAME_MOST, 0, (struct sockaddr *)&from, &from_len);
		if (n < 0)
			break;
		if (n <= HEAD || from.sll_pkttype == PACKET_OUTGOING)
			continue;
		verdict = gate_judge(gate, INT64_MAX, bytes + HEAD, (size_t)n - HEAD,
				     (size_t)n - HEAD);
		if (verdict != GATE_HOLD_A && verdict != GATE_HOLD_B)
			continue;
		to = verdict == GATE_HOLD_A ? ROLE_A : ROLE_B;
		keep(late, to, delay[to], bytes, (size_t)n);
	}
	free(bytes);
}

/* Put segment I on the wire, marked. */
static void let_go(struct late *late, size_t i)
{
	struct late_segment segment = late->kept.at[i];
	unsigned char *frame = segment.bytes + sizeof(struct virtio_net_hdr);

	frame[GATE_MARK_AT] = GATE_MARK >> 8;
	frame[GATE_MARK_AT + 1] = GATE_MARK & 0xff;
	send(late->fd, segment.bytes, segment.len, 0);
	free(segment.bytes);
	late->kept.n--;
	memmove(late->kept.at + i, late->kept.at + i + 1,
		(late->kept.n - i) * sizeof *late->kept.at);
}

void late_send(struct late *late, int64_t now)
{
	for (size_t i = 0; i < late->kept.n;) {
		if (late->kept.at[i].due <= now)
			let_go(late, i);
		else
			i++;
	}
}

void late_flush(struct late *late, enum role role)
{
	for (size_t i = 0; i < late->kept.n;) {
		if (late->kept.at[i].to == role)
			let_go(late, i);
		else
			i++;
	}
}

int64_t late_due(const struct late *late)
{
	int64_t due = INT64_MAX;

	for (size_t i = 0; i < late->kept.n; i++)
		if (late->kept.at[i].due < due)
			due = late->kept.at[i].due;
	return due;
}

void late_close(struct late *late)
{
	for (size_t i = 0; i < late->kept.n; i++)
		free(late->kept.at[i].bytes);
	vec_free(&late->kept);
	if (late->open)
		close(late->fd);
	late->open = false;
	late->fd = -1;
}
