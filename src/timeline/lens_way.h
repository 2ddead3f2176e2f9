/*
 * lens_way.h - the way of a TCP socket through the states of RFC 9293, from its snapshots.
 *
 * A snapshot is made after each step, not after each change: within one call the kernel may run
 * through several states. Two snapshots that are one transition apart were seen to follow each
 * other; where there must have been states in between, the way between them that the captured
 * segments tell is taken, without a capture the shortest, and marked as not seen. From where no way
 * leads to where a socket was found, it was cut off: by a reset, or because time was up.
 *
 * Source: RFC 9293, 3.3.2, figure 5.
 */
#ifndef TIMELINE_LENS_WAY_H
#define TIMELINE_LENS_WAY_H

#include "timeline/event.h"

/* A place in the diagram: an enum lens_state, where LENS_CLOSE is CLOSED before there is a
 * connection and LENS_GONE is CLOSED after it. */
typedef uint8_t lens_node;

/* The transitions of the figure; rows of lens_arrows. */
enum lens_arrow {
	ARROW_LISTEN,        /* CLOSED → LISTEN */
	ARROW_CONNECT,       /* CLOSED → SYN_SENT */
	ARROW_CALLED,        /* LISTEN → SYN_RECV */
	ARROW_BOTH_CALL,     /* SYN_SENT → SYN_RECV */
	ARROW_ANSWERED,      /* SYN_SENT → ESTABLISHED */
	ARROW_ACCEPTED,      /* SYN_RECV → ESTABLISHED */
	ARROW_CLOSE_EARLY,   /* SYN_RECV → FIN_WAIT1 */
	ARROW_CLOSE,         /* ESTABLISHED → FIN_WAIT1 */
	ARROW_CLOSED_BY,     /* ESTABLISHED → CLOSE_WAIT */
	ARROW_FIN_ACKED,     /* FIN_WAIT1 → FIN_WAIT2 */
	ARROW_BOTH_CLOSE,    /* FIN_WAIT1 → CLOSING */
	ARROW_BOTH_ACKED,    /* FIN_WAIT1 → TIME_WAIT, by a FIN that acknowledges one's own */
	ARROW_LAST_FIN,      /* FIN_WAIT2 → TIME_WAIT */
	ARROW_CLOSING_ACKED, /* CLOSING → TIME_WAIT */
	ARROW_CLOSE_TOO,     /* CLOSE_WAIT → LAST_ACK */
	ARROW_LAST_ACKED,    /* LAST_ACK → CLOSED */
	ARROW_TIME_UP,       /* TIME_WAIT → CLOSED */
	ARROW_UNLISTEN,      /* LISTEN → CLOSED, by close() */
	ARROW_GIVE_UP,       /* SYN_SENT → CLOSED, by close(), a reset or because time was up */
	LENS_ARROWS
};

struct lens_arrow_ends {
	lens_node from;
	lens_node to;
};
extern const struct lens_arrow_ends lens_arrows[LENS_ARROWS];

enum way_how {
	WAY_NOT,    /* it did not go there */
	WAY_UNSEEN, /* it must have, between two snapshots */
	WAY_SEEN,
};

struct lens_way {
	uint8_t arrow[LENS_ARROWS]; /* enum way_how */
	uint8_t node[LENS_STATES];  /* enum way_how */
	lens_node at;               /* where it is now */
	bool cut;                   /* its last move is no arrow of the figure */
	bool reset;                 /* and an RST was captured that did it */
	lens_node cut_from;
};

/* The way of SOCKET, as of the first END events. A socket that was accepted comes from LISTEN. */
void lens_way_find(struct lens_way *way, const struct events *events, size_t end, uint32_t socket);

#endif
