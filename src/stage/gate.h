/*
 * gate.h - the far end of the wire: what a segment meets before the kernel takes it in.
 *
 * A filter on the private loopback, where segments arrive. The capture sees each one first;
 * then this filter lets it pass, drops it or holds it; only then does the kernel look for its
 * socket. So it does not matter whose the segment is: what is dropped reaches no socket, no
 * listener, no TIME_WAIT, and no port without a socket, from which the kernel would answer with
 * RST or "port unreachable".
 *
 * It is one classic BPF program. The kernel runs it (cls_bpf, on the ingress side of clsact), and
 * the same program is run here on what was captured: what is drawn as lost is what was dropped.
 *
 * Source: tc-bpf(8), rtnetlink(7); net/sched/cls_bpf.c, net/core/dev.c (sch_handle_ingress).
 */
#ifndef STAGE_GATE_H
#define STAGE_GATE_H

#include "base/str.h"
#include "base/vec.h"
#include "timeline/event.h"

#include <linux/filter.h>

/* What becomes of a segment. The numbers are those that the kernel wants (TC_ACT_*); both ways
 * of holding are the same to it. */
enum gate_verdict {
	GATE_PASS = 0,
	GATE_DROP = 2,   /* TC_ACT_SHOT */
	GATE_HOLD_A = 4, /* TC_ACT_STOLEN: it was meant for A, and is to come later */
	GATE_HOLD_B = 8, /* TC_ACT_TRAP: for B */
};

/* A segment that was held and is let go again bears this mark, the first two bytes of its
 * sender's hardware address, which on a loopback are 0. It is not held a second time. */
enum { GATE_MARK = 0x0200, GATE_MARK_AT = 6 };

/* What the gate is to do. */
struct gate_order {
	bool cut;                      /* drop all */
	bool late[ROLES];              /* hold what is meant for that role */
	VEC(uint16_t) ports[ROLES];    /* each role's own */
};

struct gate_program {
	VEC(struct sock_filter) steps; /* none: everything passes */
};

struct gate {
	struct gate_program now;
	struct gate_program before;    /* in force until `since` */
	int64_t since;                 /* monotonic ns */
};

/* Make PROGRAM from ORDER; what was in it is replaced. */
void gate_compile(struct gate_program *program, const struct gate_order *order);

/* Put it in force on this network's loopback, which must be private. 0; -1 with WHY, and then
 * nothing has changed. */
int gate_set(struct gate *gate, const struct gate_order *order, struct str *why);

/* What becomes of a packet that arrived at NS (monotonic): CAPTURED bytes of it, the hardware
 * header first, are at P, it was LEN bytes long. */
enum gate_verdict gate_judge(const struct gate *gate, int64_t ns, const unsigned char *p,
			     size_t captured, size_t len);

/* Whether the packet bears the mark. */
bool gate_is_marked(const unsigned char *p, size_t captured);

/* Free what it owns; in the kernel nothing changes. */
void gate_free(struct gate *gate);

#endif
