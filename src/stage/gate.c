#include "stage/gate.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/rtnl.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/types.h> /* what the next names without including it */
#include <pcap/bpf.h>
#include <string.h>

/*
 * The program.
 */

/* Where things stand in a frame. An IPv4 header has no fixed length: with X. */
enum {
	TYPE_AT = 12,
	HEADER_AT = 14,
	V4_PROTOCOL_AT = HEADER_AT + 9,
	V6_PROTOCOL_AT = HEADER_AT + 6,
	V6_PORTS_AT = HEADER_AT + 40,
	/* An ICMP error quotes the packet that it is about: its header of 8 bytes, then that. */
	V4_QUOTED_PORTS_AT = HEADER_AT + 8 + 20,
	V6_QUOTED_PORTS_AT = V6_PORTS_AT + 8 + 40,
};

/* Scratch memory: the ports that the packet comes from and goes to. */
enum { M_FROM, M_TO };

enum { PORTS_MOST = 200 };

static size_t add_jump(struct gate_program *p, int code, uint32_t k, uint8_t jt, uint8_t jf)
{
	vec_push(&p->steps, (struct sock_filter){(uint16_t)code, jt, jf, k});
	return p->steps.n - 1;
}

static size_t add(struct gate_program *p, int code, uint32_t k)
{
	return add_jump(p, code, k, 0, 0);
}

static void add_return(struct gate_program *p, enum gate_verdict verdict)
{
	add(p, BPF_RET | BPF_K, verdict);
}

/* A forward jump, and where it ends. */
static size_t jump(struct gate_program *p)
{
	return add(p, BPF_JMP | BPF_JA, 0);
}

static void land(struct gate_program *p, size_t from)
{
	p->steps.at[from].k = (uint32_t)(p->steps.n - from - 1);
}

/* The next step is taken when A is K, else it is stepped over. */
static void if_is(struct gate_program *p, uint32_t k)
{
	add_jump(p, BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1);
}

/* The two port numbers at AT. An error is meant for the one that the quoted packet came from. */
static void read_ports(struct gate_program *p, int mode, uint32_t at, bool quoted)
{
	add(p, BPF_LD | BPF_H | mode, at);
	add(p, BPF_ST, quoted ? M_TO : M_FROM);
	add(p, BPF_LD | BPF_H | mode, at + 2);
	add(p, BPF_ST, quoted ? M_FROM : M_TO);
}

/* Both ways end behind it. */
static void read_address(struct gate_program *p, uint32_t protocol_at, uint32_t icmp, int mode,
			 uint32_t ports_at, uint32_t quoted_at)
{
	size_t error, end;

	add(p, BPF_LD | BPF_B | BPF_ABS, protocol_at);
	if_is(p, icmp);
	error = jump(p);
	read_ports(p, mode, ports_at, false);
	end = jump(p);
	land(p, error);
	read_ports(p, mode, quoted_at, true);
	land(p, end);
}

static void read_addresses(struct gate_program *p)
{
	size_t v4, v6, end;

	add(p, BPF_LD | BPF_H | BPF_ABS, TYPE_AT);
	if_is(p, ETH_P_IP);
	v4 = jump(p);
	if_is(p, ETH_P_IPV6);
	v6 = jump(p);
	add_return(p, GATE_PASS);
	land(p, v4);
	add(p, BPF_LDX | BPF_B | BPF_MSH, HEADER_AT);
	read_address(p, V4_PROTOCOL_AT, 1, BPF_IND, HEADER_AT, V4_QUOTED_PORTS_AT);
	end = jump(p);
	land(p, v6);
	read_address(p, V6_PROTOCOL_AT, 58, BPF_ABS, V6_PORTS_AT, V6_QUOTED_PORTS_AT);
	land(p, end);
}

/* The newest of the ports, if there are too many. */
static size_t first_port(const struct gate_order *order, enum role role)
{
	size_t n = order->ports[role].n;

	return n > PORTS_MOST ? n - PORTS_MOST : 0;
}

/* What goes to a port of ROLE, or comes from the other's and goes to nobody's: a connection's
 * own port is not known before connect() has returned. */
static void hold_for(struct gate_program *p, const struct gate_order *order, enum role role)
{
	enum gate_verdict verdict = role == ROLE_A ? GATE_HOLD_A : GATE_HOLD_B;
	enum role other = role_other(role);
	size_t skips[PORTS_MOST], n = 0;

	add(p, BPF_LD | BPF_MEM, M_TO);
	for (size_t i = first_port(order, role); i < order->ports[role].n; i++) {
		if_is(p, order->ports[role].at[i]);
		add_return(p, verdict);
	}
	for (size_t i = first_port(order, other); i < order->ports[other].n; i++) {
		if_is(p, order->ports[other].at[i]);
		skips[n++] = jump(p);
	}
	add(p, BPF_LD | BPF_MEM, M_FROM);
	for (size_t i = first_port(order, other); i < order->ports[other].n; i++) {
		if_is(p, order->ports[other].at[i]);
		add_return(p, verdict);
	}
	while (n > 0)
		land(p, skips[--n]);
}

void gate_compile(struct gate_program *p, const struct gate_order *order)
{
	p->steps.n = 0;
	if (order->cut)
		add_return(p, GATE_DROP);
	if (order->cut || (!order->late[ROLE_A] && !order->late[ROLE_B]))
		return;
	add(p, BPF_LD | BPF_H | BPF_ABS, GATE_MARK_AT);
	if_is(p, GATE_MARK);
	add_return(p, GATE_PASS);
	read_addresses(p);
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (order->late[role])
			hold_for(p, order, role);
	add_return(p, GATE_PASS);
}

/*
 * The kernel's side.
 */

enum { PRIORITY = 1, HANDLE = 1, REQUEST_MOST = 64 << 10 };

static struct nlmsghdr *start(void *room, uint16_t type, uint32_t parent, uint32_t handle,
			      uint32_t info, const char *kind)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(room);
	struct tcmsg *tc;

	nlh->nlmsg_type = type;
	tc = mnl_nlmsg_put_extra_header(nlh, sizeof *tc);
	tc->tcm_ifindex = (int)if_nametoindex("lo");
	tc->tcm_parent = parent;
	tc->tcm_handle = handle;
	tc->tcm_info = info;
	mnl_attr_put_strz(nlh, TCA_KIND, kind);
	return nlh;
}

/* The hook that filters hang on. It may be there already. */
static int put_hook(void *room)
{
	struct nlmsghdr *nlh = start(room, RTM_NEWQDISC, TC_H_CLSACT,
				     TC_H_MAKE(TC_H_CLSACT, 0), 0, "clsact");

	nlh->nlmsg_flags = NLM_F_CREATE | NLM_F_EXCL;
	return rtnl_ask(nlh) < 0 && errno != EEXIST ? -1 : 0;
}

static struct nlmsghdr *start_filter(void *room, uint16_t type)
{
	return start(room, type, TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS), HANDLE,
		     TC_H_MAKE((uint32_t)PRIORITY << 16, htons(ETH_P_ALL)), "bpf");
}

/* A filter of that handle is replaced in one go. */
static int put_filter(void *room, const struct gate_program *p)
{
	struct nlmsghdr *nlh = start_filter(room, RTM_NEWTFILTER);
	struct nlattr *nest;

	nlh->nlmsg_flags = NLM_F_CREATE;
	nest = mnl_attr_nest_start(nlh, TCA_OPTIONS);
	mnl_attr_put_u16(nlh, TCA_BPF_OPS_LEN, (uint16_t)p->steps.n);
	mnl_attr_put(nlh, TCA_BPF_OPS, p->steps.n * sizeof *p->steps.at, p->steps.at);
	mnl_attr_put_u32(nlh, TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
	mnl_attr_nest_end(nlh, nest);
	return rtnl_ask(nlh);
}

static int put_in_force(const struct gate_program *p)
{
	void *room = mem_zero(2, REQUEST_MOST);
	int got, err;

	if (p->steps.n == 0)
		got = rtnl_ask(start_filter(room, RTM_DELTFILTER));
	else
		got = put_hook(room) < 0 ? -1 : put_filter((char *)room + REQUEST_MOST, p);
	err = errno;
	free(room);
	errno = err;
	return got;
}

int gate_set(struct gate *gate, const struct gate_order *order, struct str *why)
{
	struct gate_program next = {0};

	gate_compile(&next, order);
	if ((next.steps.n || gate->now.steps.n) && put_in_force(&next) < 0) {
		str_addf(why, _("the loopback takes no filter (%s)"), strerror(errno));
		vec_free(&next.steps);
		return -1;
	}
	vec_free(&gate->before.steps);
	gate->before = gate->now;
	gate->now = next;
	gate->since = clock_now();
	return 0;
}

enum gate_verdict gate_judge(const struct gate *gate, int64_t ns, const unsigned char *p,
			     size_t captured, size_t len)
{
	const struct gate_program *program = ns < gate->since ? &gate->before : &gate->now;
	size_t n = program->steps.n;
	struct bpf_insn *same;
	unsigned verdict;

	if (n == 0)
		return GATE_PASS;
	same = mem_zero(n, sizeof *same);
	for (size_t i = 0; i < n; i++) {
		const struct sock_filter *step = &program->steps.at[i];

		same[i] = (struct bpf_insn){step->code, step->jt, step->jf, step->k};
	}
	verdict = bpf_filter(same, p, (unsigned)len, (unsigned)captured);
	free(same);
	return (enum gate_verdict)verdict;
}

bool gate_is_marked(const unsigned char *p, size_t captured)
{
	return captured > GATE_MARK_AT + 1 && p[GATE_MARK_AT] == GATE_MARK >> 8 &&
	       p[GATE_MARK_AT + 1] == (GATE_MARK & 0xff);
}

void gate_free(struct gate *gate)
{
	vec_free(&gate->now.steps);
	vec_free(&gate->before.steps);
	*gate = (struct gate){0};
}
