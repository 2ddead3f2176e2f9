/*
 * wire.h - the segments between the roles' Internet sockets, as captured.
 *
 * The only user of libpcap's capture. Segments are seen once, as they arrive on
 * the private loopback, in immediate mode; their time is moved to the
 * monotonic clock. Opened once a stage: activating a capture takes the kernel
 * 5 to 20 ms.
 *
 * Source: pcap(3PCAP), pcap_set_immediate_mode(3PCAP), packet(7); RFC 791, 8200,
 * 9293, 768, 792.
 */
#ifndef STAGE_WIRE_H
#define STAGE_WIRE_H

#include "base/str.h"
#include "stage/gate.h"
#include "stage/pcap_file.h"
#include "stage/probe.h"
#include "timeline/event.h"

#include <pcap/pcap.h>

/* A port that belongs to a role; the newest that fits a segment names its role. */
struct endpoint {
	enum role role;
	enum protocol protocol;
	uint16_t port;
	uint16_t peer;      /* 0: any */
	int fd;
	unsigned misses;    /* what its socket is made to miss now */
	unsigned missed;    /* until `since` */
	int64_t since;
};

/* The numbers of one direction, to make them relative. */
struct flow {
	uint16_t from, to;
	uint32_t first;
	uint32_t end;       /* one past the highest number seen, relative */
};

struct packet {
	int64_t ns;         /* monotonic */
	size_t len;         /* on the wire */
	size_t captured;    /* in `bytes` */
	enum gate_verdict verdict;
	unsigned char bytes[256];
	unsigned char *whole; /* all that was captured, for the file; owned, or NULL */
	size_t whole_len;
};

struct wire {
	pcap_t *pcap;       /* NULL: no capture */
	int fd;             /* readable when there is something to drain, or -1 */
	int64_t offset;     /* from the real-time to the monotonic clock */
	VEC(struct endpoint) endpoints;
	VEC(struct flow) flows;
	VEC(struct packet) packets; /* captured, not yet told */
	struct pcap_file *file; /* what is told is written there too; borrowed, or NULL */
	const struct gate *gate;    /* what stands at its end; borrowed; NULL: nothing */
};

/* Open the capture on `lo`. Where FILE (borrowed, may be NULL) is a file, packets are captured
 * whole and those that are told go there. Returns 0; -1 with WHY. */
int wire_open(struct wire *wire, struct pcap_file *file, struct str *why);

/* How many packets the kernel had no room for since the capture was opened. */
unsigned wire_missed(const struct wire *wire);

/* Forget all ports and segments: a new run begins. What was captured before is dropped. */
void wire_restart(struct wire *wire);

/* Role's descriptor FD is the socket that PROBE describes, as of now. Returns whether that was
 * not known of its ports. */
bool wire_note(struct wire *wire, enum role role, int fd, const struct probe *probe);

/* Take in what was captured; never blocks. */
void wire_drain(struct wire *wire);

/*
 * The next segment as an event (its time is monotonic, the caller moves it). With
 * SURE only one whose sender is known: a connection's own port is not known before
 * connect() has returned. Returns whether there was one.
 */
bool wire_next(struct wire *wire, bool sure, struct event *event);

void wire_close(struct wire *wire);

#endif
