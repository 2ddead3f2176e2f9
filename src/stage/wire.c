#include "stage/wire.h"

#include "base/clock.h"
#include "base/text.h"
#include "stage/miss.h"

#include <arpa/inet.h>
#include <string.h>

enum {
	ETHERNET = 14,
	SNAP = 256,
	/* The kernel keeps room for the longest packet in each place of its ring. */
	BUFFER = 1 << 20,
	WHOLE_BUFFER = 1 << 25,
};

static int configure(pcap_t *pcap, bool whole)
{
	if (pcap_set_snaplen(pcap, whole ? PCAP_FILE_SNAP : SNAP) ||
	    pcap_set_immediate_mode(pcap, 1) ||
	    pcap_set_buffer_size(pcap, whole ? WHOLE_BUFFER : BUFFER) ||
	    pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO))
		return -1;
	return pcap_activate(pcap) < 0 ? -1 : 0;
}

int wire_open(struct wire *wire, struct pcap_file *file, struct str *why)
{
	char text[PCAP_ERRBUF_SIZE] = "";

	*wire = (struct wire){.fd = -1, .file = file && file->fd >= 0 ? file : NULL};
	wire->pcap = pcap_create("lo", text);
	if (!wire->pcap) {
		str_addf(why, _("no capture: %s"), text);
		return -1;
	}
	if (configure(wire->pcap, wire->file != NULL) < 0 || pcap_setdirection(wire->pcap, PCAP_D_IN) < 0 ||
	    pcap_setnonblock(wire->pcap, 1, text) < 0) {
		str_addf(why, _("no capture: %s"), pcap_geterr(wire->pcap));
		wire_close(wire);
		return -1;
	}
	wire->fd = pcap_get_selectable_fd(wire->pcap);
	return 0;
}

unsigned wire_missed(const struct wire *wire)
{
	struct pcap_stat stat;

	return wire->pcap && pcap_stats(wire->pcap, &stat) == 0 ? stat.ps_drop : 0;
}

static void drop_packets(struct wire *wire)
{
	for (size_t i = 0; i < wire->packets.n; i++)
		free(wire->packets.at[i].whole);
	wire->packets.n = 0;
}

void wire_close(struct wire *wire)
{
	if (wire->pcap)
		pcap_close(wire->pcap);
	drop_packets(wire);
	vec_free(&wire->endpoints);
	vec_free(&wire->flows);
	vec_free(&wire->packets);
	*wire = (struct wire){.fd = -1};
}

void wire_restart(struct wire *wire)
{
	wire_drain(wire);
	drop_packets(wire);
	wire->endpoints.n = wire->flows.n = 0;
	wire->offset = clock_offset();
}

/* One that was noted before, or NULL. */
static struct endpoint *find_noted(struct wire *wire, const struct endpoint *e)
{
	for (size_t i = 0; i < wire->endpoints.n; i++) {
		struct endpoint *old = &wire->endpoints.at[i];

		if (old->role == e->role && old->fd == e->fd && old->port == e->port &&
		    old->protocol == e->protocol && (old->peer == e->peer || old->peer == 0))
			return old;
	}
	return NULL;
}

bool wire_note(struct wire *wire, enum role role, int fd, const struct probe *probe)
{
	struct endpoint e = {role, probe->protocol, address_port(&probe->local),
			     address_port(&probe->peer), fd, probe->misses, probe->misses, 0};
	struct endpoint *old;

	if (!probe->internet || e.port == 0)
		return false;
	old = find_noted(wire, &e);
	if (!old) {
		vec_push(&wire->endpoints, e);
		return true;
	}
	if (old->misses != e.misses) {
		e.missed = old->misses;
		e.since = clock_now();
	} else {
		e.missed = old->missed;
		e.since = old->since;
	}
	*old = e;
	return false;
}

static void keep_packet(unsigned char *arg, const struct pcap_pkthdr *head,
			const unsigned char *bytes)
{
	struct wire *wire = (struct wire *)(void *)arg;
	struct packet p = {.len = head->len};

	/* With nanosecond precision tv_usec holds nanoseconds. */
	p.ns = (int64_t)head->ts.tv_sec * CLOCK_S + head->ts.tv_usec + wire->offset;
	p.captured = head->caplen < sizeof p.bytes ? head->caplen : sizeof p.bytes;
	memcpy(p.bytes, bytes, p.captured);
	if (wire->file) {
		p.whole = mem_alloc(head->caplen);
		p.whole_len = head->caplen;
		memcpy(p.whole, bytes, head->caplen);
	}
	if (wire->gate)
		p.verdict = gate_judge(wire->gate, p.ns, p.bytes, p.captured, p.len);
	vec_push(&wire->packets, p);
}

void wire_drain(struct wire *wire)
{
	if (wire->pcap)
		pcap_dispatch(wire->pcap, -1, keep_packet, (unsigned char *)wire);
}

/* A transport header inside a packet. */
struct header {
	enum protocol protocol;
	const unsigned char *p;
	size_t captured;
	size_t len;          /* of header and payload on the wire */
};

static unsigned get16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint32_t get32(const unsigned char *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static bool protocol_of(unsigned number, enum protocol *protocol)
{
	static const struct {
		unsigned number;
		enum protocol protocol;
	} known[] = {{6, PROTOCOL_TCP}, {17, PROTOCOL_UDP}, {1, PROTOCOL_ICMP}, {58, PROTOCOL_ICMP}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].number == number) {
			*protocol = known[i].protocol;
			return true;
		}
	return false;
}

/* The header that follows the IP header at P; N bytes of it were captured. */
static bool find_header(const unsigned char *p, size_t n, struct header *h)
{
	size_t skip, total;
	unsigned number;

	if (n < 40 && (n < 20 || p[0] >> 4 != 4))
		return false;
	if (p[0] >> 4 == 4) {
		skip = (size_t)(p[0] & 15) * 4;
		total = get16(p + 2);
		number = p[9];
	} else {
		skip = 40;
		total = get16(p + 4) + skip;
		number = p[6];
	}
	if (!protocol_of(number, &h->protocol) || skip > n || total < skip + 8 || n < skip + 8)
		return false;
	h->p = p + skip;
	h->len = total - skip;
	h->captured = n - skip < h->len ? n - skip : h->len;
	return true;
}

static const struct endpoint *find_endpoint(const struct wire *wire, enum protocol protocol,
					    uint16_t port, uint16_t peer)
{
	const struct endpoint *listener = NULL;

	for (size_t i = wire->endpoints.n; i-- > 0;) {
		const struct endpoint *e = &wire->endpoints.at[i];

		if (e->protocol != protocol || e->port != port)
			continue;
		if (e->peer == peer)
			return e;
		if (!listener && (e->peer == 0 || protocol == PROTOCOL_UDP))
			listener = e;
	}
	return listener;
}

static struct flow *find_flow(struct wire *wire, const struct segment *s, uint32_t seq)
{
	struct flow *found = NULL;
	uint32_t first;

	for (size_t i = 0; i < wire->flows.n && !found; i++)
		if (wire->flows.at[i].from == s->from && wire->flows.at[i].to == s->to)
			found = &wire->flows.at[i];
	/* One that does not begin has a beginning that was not seen; others count so, too. */
	if (!found) {
		first = s->flags & SEGMENT_SYN ? seq : seq - 1;
		vec_push(&wire->flows, (struct flow){s->from, s->to, first, 0});
		return &wire->flows.at[wire->flows.n - 1];
	}
	if ((s->flags & SEGMENT_SYN) && seq != found->first)
		*found = (struct flow){s->from, s->to, seq, 0};
	return found;
}

static void number(struct wire *wire, struct segment *s, uint32_t seq, uint32_t ack)
{
	struct flow *flow = find_flow(wire, s, seq);
	uint32_t space = s->len + ((s->flags & SEGMENT_SYN) ? 1 : 0) +
			 ((s->flags & SEGMENT_FIN) ? 1 : 0);

	s->seq = seq - flow->first;
	s->again = space > 0 && flow->end > 0 && (int32_t)(s->seq + space - flow->end) <= 0 &&
		   !s->late;
	if ((int32_t)(s->seq + space - flow->end) > 0)
		flow->end = s->seq + space;
	if (!(s->flags & SEGMENT_ACK))
		return;
	for (size_t i = 0; i < wire->flows.n; i++)
		if (wire->flows.at[i].from == s->to && wire->flows.at[i].to == s->from)
			s->ack = ack - wire->flows.at[i].first;
}

static void read_start(struct segment *s, const struct header *h, size_t skip)
{
	size_t n = h->captured > skip ? h->captured - skip : 0;

	memcpy(s->start, h->p + skip, n < sizeof s->start ? n : sizeof s->start);
}

static bool read_tcp(struct wire *wire, const struct header *h, struct segment *s)
{
	size_t skip;

	if (h->captured < 20)
		return false;
	skip = (size_t)(h->p[12] >> 4) * 4;
	if (skip < 20 || skip > h->len)
		return false;
	s->flags = h->p[13];
	s->window = (uint16_t)get16(h->p + 14);
	s->len = (uint32_t)(h->len - skip);
	read_start(s, h, skip);
	number(wire, s, get32(h->p + 4), get32(h->p + 8));
	return true;
}

/* "Destination unreachable" quotes the datagram that caused it: its sender is the one told. */
static bool read_icmp(const struct header *h, struct segment *s, enum protocol *quoted)
{
	struct header inner;
	bool v4 = h->p[0] == 3, v6 = h->p[0] == 1;

	if ((!v4 && !v6) || !find_header(h->p + 8, h->captured - 8, &inner))
		return false;
	s->flags = v6 && h->p[1] == 4 ? 3 : h->p[1];
	s->from = (uint16_t)get16(inner.p + 2);
	s->to = (uint16_t)get16(inner.p);
	*quoted = inner.protocol;
	return true;
}

/* Fill S from the header; PORTS_OF is the protocol whose ports it names. */
static bool read_segment(struct wire *wire, const struct header *h, struct segment *s,
			 enum protocol *ports_of)
{
	s->protocol = (uint8_t)h->protocol;
	*ports_of = h->protocol;
	if (h->protocol == PROTOCOL_ICMP)
		return read_icmp(h, s, ports_of);
	s->from = (uint16_t)get16(h->p);
	s->to = (uint16_t)get16(h->p + 2);
	if (h->protocol == PROTOCOL_TCP)
		return read_tcp(wire, h, s);
	s->len = (uint32_t)(h->len - 8);
	read_start(s, h, 8);
	return true;
}

static bool is_known(const struct wire *wire, enum protocol protocol, const unsigned char *from,
		     const unsigned char *to)
{
	return find_endpoint(wire, protocol, (uint16_t)get16(from), (uint16_t)get16(to)) != NULL;
}

/* Whether it is known whose the packet is. A port that begins to talk may be of a call under
 * way; what answers a known port is the other role's, or comes from a port that is nobody's. */
static bool sender_known(const struct wire *wire, const struct packet *p)
{
	struct header h;
	bool begins;

	if (p->captured < ETHERNET ||
	    !find_header(p->bytes + ETHERNET, p->captured - ETHERNET, &h) ||
	    h.protocol == PROTOCOL_ICMP)
		return true;
	begins = h.protocol == PROTOCOL_UDP ||
		 (h.captured > 13 && (h.p[13] & (SEGMENT_SYN | SEGMENT_ACK)) == SEGMENT_SYN);
	return is_known(wire, h.protocol, h.p, h.p + 2) ||
	       (!begins && is_known(wire, h.protocol, h.p + 2, h.p));
}

/* The gate comes before the socket: what it holds has not reached that yet. */
static void meet_gate(const struct packet *p, struct segment *s)
{
	s->held = p->verdict == GATE_HOLD_A || p->verdict == GATE_HOLD_B;
	s->lost = p->verdict == GATE_DROP || (s->lost && !s->held);
}

static bool read_packet(struct wire *wire, const struct packet *p, struct event *event)
{
	const struct endpoint *from, *to;
	enum protocol ports_of;
	struct header h;
	struct segment *s;

	*event = (struct event){.kind = EVENT_SEGMENT, .ns = p->ns};
	s = &event->u.segment;
	s->late = gate_is_marked(p->bytes, p->captured);
	if (p->captured < ETHERNET ||
	    !find_header(p->bytes + ETHERNET, p->captured - ETHERNET, &h) ||
	    !read_segment(wire, &h, s, &ports_of))
		return false;
	from = find_endpoint(wire, ports_of, s->from, s->to);
	to = find_endpoint(wire, ports_of, s->to, s->from);
	event->role = from ? from->role : to ? role_other(to->role) : ROLE_NONE;
	s->receiver = (uint8_t)(to ? to->role : role_other(event->role));
	s->lost = to && miss_eats(p->ns < to->since ? to->missed : to->misses, h.protocol, h.p,
				  h.captured, h.len);
	meet_gate(p, s);
	return true;
}

bool wire_next(struct wire *wire, bool sure, struct event *event)
{
	while (wire->packets.n > 0) {
		struct packet p = wire->packets.at[0];

		if (sure && !sender_known(wire, &p))
			return false;
		wire->packets.n--;
		memmove(wire->packets.at, wire->packets.at + 1,
			wire->packets.n * sizeof *wire->packets.at);
		if (!read_packet(wire, &p, event)) {
			free(p.whole);
			continue;
		}
		if (p.whole && wire->file)
			pcap_file_add(wire->file, p.ns - wire->offset, p.whole, p.whole_len, p.len);
		free(p.whole);
		return true;
	}
	return false;
}
