/*
 * event.h - one thing that was observed, with its time.
 *
 * All that happens in a demo is a list of events, in the order of their times.
 * The stage makes it, the screen draws it, the exporters print it, outcomes
 * are matched against it. Nothing is in the list that was not observed: calls,
 * returns, signals and ends by the tracer, segments by the capture; what the
 * director did is marked as the director's.
 */
#ifndef TIMELINE_EVENT_H
#define TIMELINE_EVENT_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum role { ROLE_A, ROLE_B, ROLE_NONE };
enum { ROLES = 2 };

enum event_kind {
	EVENT_BEGIN,    /* a run of the demo starts: the list is empty before it */
	EVENT_START,    /* the role's process exists: u.pid */
	EVENT_ROW,      /* the director begins `row`; row 0 is the set-up */
	EVENT_CALL,     /* the role is held at the entry of a call; text: the whole call */
	EVENT_RETURN,   /* that call returned: u.ret; text: its detail, or NULL */
	EVENT_BLOCKED,  /* the kernel says that the role sleeps in the call */
	EVENT_READY,    /* all that the call caused has reached the role: it asks for its next action */
	EVENT_SIGNAL,   /* a signal: u.signal */
	EVENT_END,      /* the process is gone: u.end */
	EVENT_SEGMENT,  /* a segment was captured: u.segment; role: who sent it */
	EVENT_DIRECTOR, /* done from outside, to `role` or (ROLE_NONE) to the wire: u.director;
	                 * text: what */
	EVENT_REFUSED,  /* the sandbox stopped something; text: what and why */
	EVENT_CANNOT,   /* this machine does not allow something: u.cannot; text: one sentence */
	EVENT_VERDICT,  /* the outcome cell of `role` in `row` is decided: u.verdict; text: what was
	                 * seen, written as an outcome cell */
	EVENT_ROW_DONE, /* the row is over: u.row; text: why it could not be carried out, or NULL */
	EVENT_DONE,     /* the last row is over and both roles have come to rest; the learner may add
	                 * another */
	EVENT_OUTPUT,   /* a program printed a line: u.output; text: it, without its newline, as UTF-8
			 * without control characters. None of its conversation */
	EVENT_LENS,     /* what the kernel holds for one socket has changed: u.lens; text: its name
			 * and addresses, see struct lens; role: whose it is or was */
};

/* What a signal met in the process. Source: signal(7), proc_pid_status(5). */
enum signal_fate {
	FATE_DEFAULT, /* the default action, which for most ends the process */
	FATE_HANDLED, /* a handler runs */
	FATE_IGNORED, /* the process ignores it: it never reaches it */
};

enum protocol { PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_ICMP };

/* TCP flags, as in the header's byte 13. Source: RFC 9293, 3.1. */
enum {
	SEGMENT_FIN = 0x01,
	SEGMENT_SYN = 0x02,
	SEGMENT_RST = 0x04,
	SEGMENT_PSH = 0x08,
	SEGMENT_ACK = 0x10,
	SEGMENT_URG = 0x20,
};

struct segment {
	uint8_t protocol;  /* enum protocol */
	uint8_t flags;     /* SEGMENT_*; for ICMP (destination unreachable) its code */
	bool lost;         /* the receiver's socket was made to miss it */
	bool held;         /* it was kept on its way: it has not reached anybody yet */
	bool late;         /* it was kept before, and arrives now */
	bool again;        /* these bytes were captured before: a retransmission */
	uint8_t receiver;  /* enum role: whose socket it was meant for */
	uint16_t window;   /* as sent, not scaled */
	uint16_t from;     /* ports */
	uint16_t to;
	uint32_t seq;      /* relative to the direction's first */
	uint32_t ack;      /* relative, 0 when the flag is not set */
	uint32_t len;      /* bytes of payload */
	char start[12];    /* the first bytes of the payload */
};

/*
 * Where a socket stands. The numbers are the kernel's; those of TCP are the states of RFC 9293,
 * 3.3.2. For datagrams and Unix sockets ESTABLISHED means connected, CLOSE not connected.
 * Source: include/net/tcp_states.h, sock_diag(7).
 */
enum lens_state {
	LENS_GONE,         /* the kernel has no such socket any more */
	LENS_ESTABLISHED,
	LENS_SYN_SENT,
	LENS_SYN_RECV,
	LENS_FIN_WAIT1,
	LENS_FIN_WAIT2,
	LENS_TIME_WAIT,
	LENS_CLOSE,
	LENS_CLOSE_WAIT,
	LENS_LAST_ACK,
	LENS_LISTEN,
	LENS_CLOSING,
};
enum { LENS_STATES = LENS_CLOSING + 1 };

/* The kernel's timer for a socket. Source: sock_diag(7), idiag_timer. */
enum lens_timer {
	LENS_TIMER_NONE,
	LENS_TIMER_AGAIN,     /* what is not acknowledged is then sent again */
	LENS_TIMER_KEEPALIVE, /* SO_KEEPALIVE, or an abandoned FIN_WAIT2 */
	LENS_TIMER_TIME_WAIT, /* the socket then goes */
	LENS_TIMER_PROBE,     /* the other side's window is closed: it is asked again then */
};

enum {
	LENS_SHUT_READ = 1 << 0,   /* nothing more will come */
	LENS_SHUT_WRITE = 1 << 1,  /* nothing more can be sent */
	LENS_ERROR = 1 << 2,       /* an error waits for the next call; which one cannot be asked
				    * without taking it away */
	LENS_READABLE = 1 << 3,    /* a read would not wait */
	LENS_FILE = 1 << 4,        /* Unix: the path it is bound to is still its own */
	LENS_FILE_GONE = 1 << 5,   /* Unix: it is bound to a path that is not, or is another's */
	LENS_PEER_GONE = 1 << 6,   /* Unix: it was connected, and the other end is closed */
	LENS_WAITS = 1 << 7,       /* it is connected, and waits in its listener's queue */
	LENS_ON_ITS_WAY = 1 << 8,  /* no process has a descriptor, but a message has (SCM_RIGHTS) */
	LENS_UNSEEN = 1 << 9,      /* no process has a descriptor, and the kernel does not say more */
};

/* What was asked: a member without its bit is unknown, not 0. */
enum {
	LENS_KNOWS_UNREAD = 1 << 0,
	LENS_KNOWS_UNACKED = 1 << 1,  /* and unsent */
	LENS_KNOWS_SHUT = 1 << 2,
	LENS_KNOWS_AGAIN = 1 << 3,
	LENS_KNOWS_TIMER = 1 << 4,
	LENS_KNOWS_QUEUE = 1 << 5,    /* and backlog */
	LENS_KNOWS_ERROR = 1 << 6,    /* and readable */
};

/*
 * One socket as the kernel sees it. The event's text is its name, a colon, and its addresses:
 * `sock: 127.0.0.1:7000 → 127.0.0.1:40002`, `listener: demo.sock`, `sock:` (neither), `: …` (no
 * name). timeline/lens.h takes it apart.
 */
struct lens {
	uint32_t socket;     /* its number in this run, from 1, whoever holds it */
	uint32_t inode;      /* 0: no process holds it */
	int16_t fd[ROLES];   /* the descriptor of A and of B that it is, or -1 */
	uint8_t domain;      /* AF_* */
	uint8_t type;        /* SOCK_* */
	uint8_t state;       /* enum lens_state */
	uint8_t timer;       /* enum lens_timer */
	uint16_t is;         /* LENS_* */
	uint16_t knows;      /* LENS_KNOWS_* */
	uint16_t port;       /* its own, 0: none */
	uint16_t peer_port;
	uint32_t timer_ms;   /* until it runs out, as of this event */
	uint32_t unread;     /* bytes that were received and not read; of datagrams: of the next */
	uint32_t unacked;    /* bytes that were sent and not acknowledged (SYN and FIN are none) */
	uint32_t unsent;     /* bytes that could not be sent yet */
	uint32_t queue;      /* LISTEN: connections that wait for accept() */
	uint32_t backlog;    /* LISTEN: how many may */
	uint32_t again;      /* segments that were sent again, all told */
	uint32_t peer;       /* the other end's number in this run, 0: unknown, or there is none */
};

enum verdict {
	VERDICT_PENDING, /* not decided yet */
	VERDICT_HOLDS,
	VERDICT_DIFFERS,
	VERDICT_UNSEEN,  /* this machine cannot show it */
};

enum cannot {
	CANNOT_ISOLATE, /* no namespaces: the host's loopback and its names are used */
	CANNOT_WIRE,    /* no capture: segments are not seen */
	CANNOT_MISS,    /* a role cannot be made to miss segments */
	CANNOT_CUT,     /* the wire cannot be cut: there is none, or filters are refused */
	CANNOT_LENS,    /* the kernel does not say what it holds for a socket */
	CANNOT_KEEP,    /* what was captured cannot be written to its file */
	CANNOT_DELAY,   /* segments cannot be kept on their way */
	CANNOT_FILL,    /* no buffer can be filled */
	CANNOT_LINK,    /* no machine could do it: the demo's link has nothing of the kind */
	CANNOT_SET,     /* the demo's settings cannot be made: what it waits for may take longer */
	CANNOT_FOLLOW,  /* a program that is traced became one whose calls cannot be seen */
	CANNOT_PROGRAM, /* no program can play a role: it could not be confined */
};

#define EVENT_NONE SIZE_MAX

/* What a call did for a conversation, whichever call it was. What a program says to its own parts,
 * over a socketpair() that it made, is none. */
enum did {
	DID_OTHER,    /* nothing of this kind */
	DID_ELSEWHERE, /* whatever it was: with somebody who is no part of the conversation, as
			* libraries do that look up names. No outcome speaks of it, but for signals and
			* ends */
	DID_WAIT,     /* it waited for something to happen: poll(), select(), epoll_wait() */
	DID_LISTEN,
	DID_CONNECT,  /* also without waiting: then the error is EINPROGRESS */
	DID_CONFIRM,  /* asked a socket for its error (SO_ERROR): the text is that error, `0`: none */
	DID_ACCEPT,
	DID_SEND,
	DID_READ,
	DID_SHUT,     /* no more will be sent */
	DID_CLOSE,    /* a socket or a pipe; on stage the last descriptor of it */
};

/* What a program's call is about: its descriptor, and the other end of that. */
struct event_on {
	bool known;          /* else there is nothing here */
	int fd;
	enum role peer_role; /* ROLE_NONE: not known */
	unsigned peer_task;
	int peer_fd;
};

struct event {
	int64_t ns;           /* since EVENT_BEGIN */
	enum event_kind kind;
	enum role role;       /* ROLE_NONE where no role is meant */
	int row;              /* the table's row during which it was seen, from 1; 0 in the set-up */
	unsigned task;        /* of a program that is traced: which of its processes and threads, 1 is
	                       * the program itself; else 0 */
	uint32_t call;        /* CALL, RETURN, BLOCKED: the call's number in this run, from 1 */
	char *text;           /* owned; see the kinds */
	union {
		int pid;
		struct event_on on; /* CALL, when task is not 0 */
		struct {
			long result;  /* -1 on failure */
			int err;      /* errno, or 0 */
			bool reads;   /* it was a read: a result of 0 is the end of the stream */
			char *bytes;  /* what was read, owned, or NULL */
			size_t len;
			struct event_on on; /* of a program: as of then, of accept() what it gave */
			enum did did;
			unsigned long socket; /* which one, the same for all descriptors of it; of
			                       * accept() the new one; 0: not known */
			char *sent;   /* what was sent, owned, or NULL */
			size_t sent_len;
		} ret;
		struct {
			int number;
			enum signal_fate fate;
		} signal;
		struct {
			int signal;   /* the signal that ended it, or 0 */
			int status;   /* its exit status, when signal is 0 */
		} end;
		struct {
			int fd;       /* 1: its standard output, 2: its standard error */
			bool cut;     /* it prints too much: this line is the last that is kept */
		} output;
		struct {
			bool unmade[ROLES]; /* its call could not be made: the process had ended */
		} row;                /* ROW_DONE */
		struct segment segment;
		struct lens lens;
		enum cannot cannot;
		struct {
			bool by_hand; /* the learner did it, not the table */
			bool quiet;   /* not to the process itself: nothing of it reaches that */
		} director;
		struct {
			enum verdict verdict;
			size_t claim; /* index of the segment that made it hold, or EVENT_NONE */
			size_t with;  /* of a program: of the event with which it came to hold; 0:
				       * not known */
		} verdict;
	} u;
};

struct events {
	VEC(struct event) list;
};

/* The other role; ROLE_NONE has none. */
enum role role_other(enum role role);

/* "Process A", "Process B". */
const char *role_name(enum role role);

/* Append E; the list owns its text and bytes from then on. */
void events_add(struct events *events, struct event e);

/* A copy of E that owns what is its own. */
struct event event_copy(const struct event *e);

/* Free what E owns. (Not event_free: libevent has that name.) */
void event_clear(struct event *e);

/* Free all events; the list is empty after. */
void events_free(struct events *events);

/* The name of a kind as JSON lines have it: "call", "return", … */
const char *event_kind_name(enum event_kind kind);

/* Whether RET, an EVENT_RETURN, says that the stream has ended: a read that gave nothing. */
bool event_is_eof(const struct event *ret);

/* Whether a drawn wire shows it: all but bare acknowledgements. */
bool segment_tells(const struct segment *segment);

#endif
