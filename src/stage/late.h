/*
 * late.h - segments that are kept for a while before they go on.
 *
 * The gate (gate.h) takes them off the wire when they arrive; the stage, which sees all that
 * is on its private loopback, has a copy of each, and puts that on the wire when its time has
 * come. So the capture shows a segment twice: when it was sent, and when it arrived. No module
 * of the kernel is needed that keeps packets itself (sch_netem), which many have not got.
 *
 * The order of what one role gets stays as it was.
 *
 * Source: packet(7), PACKET_VNET_HDR (checksums that the loopback leaves out stay left out).
 */
#ifndef STAGE_LATE_H
#define STAGE_LATE_H

#include "stage/gate.h"

struct late_segment {
	int64_t due;          /* monotonic ns */
	enum role to;
	size_t len;
	unsigned char *bytes; /* owned: its virtio_net_hdr, then the frame */
};

struct late {
	bool open;
	int fd;               /* readable when something is on the wire; -1 when not open */
	VEC(struct late_segment) kept; /* in no order but that of each role's */
};

/* Begin to see what is on the wire. 0; -1 with WHY. It may be open already. */
int late_open(struct late *late, struct str *why);

/* Take in what the gate holds: it is due DELAY[role] ns from now. Never blocks. */
void late_take(struct late *late, const struct gate *gate, const int64_t delay[ROLES]);

/* Put on the wire what is due at NOW; all that is kept for ROLE when it is one (late_flush). */
void late_send(struct late *late, int64_t now);
void late_flush(struct late *late, enum role role);

/* When the next one is due, or INT64_MAX. */
int64_t late_due(const struct late *late);

/* Forget all that is kept, and see nothing any more. */
void late_close(struct late *late);

#endif
