/*
 * lens.h - the sockets of a run as the kernel sees them, at one moment of the event list.
 *
 * A snapshot (EVENT_LENS) is made when something about a socket has changed, so the newest one
 * of each socket says how it is. Sockets stay in the list when they are gone.
 */
#ifndef TIMELINE_LENS_H
#define TIMELINE_LENS_H

#include "base/str.h"
#include "timeline/event.h"

/* One socket: indices in the event list. */
struct lens_now {
	size_t first;   /* its first snapshot */
	size_t newest;  /* its newest */
	size_t before;  /* its newest from before the row that was begun last, or EVENT_NONE */
};

struct lenses {
	VEC(struct lens_now) list; /* socket number N is at[N - 1] */
};

/* Take in event I of EVENTS. Events are taken in order; all but the beginning of a run or of a
 * row and EVENT_LENS change nothing. */
void lenses_take(struct lenses *lenses, const struct events *events, size_t i);

void lenses_free(struct lenses *lenses);

/*
 * The parts of a snapshot's text, each borrowed from it and not ended by NUL.
 */
struct lens_text {
	const char *name;    /* what the role calls it: "sock" */
	size_t name_len;
	const char *local;   /* the address it is bound to */
	size_t local_len;
	const char *peer;    /* the address it is connected to */
	size_t peer_len;
};

/* Take TEXT apart; parts that are not there have length 0. */
void lens_text_split(struct lens_text *parts, const char *text);

/* Append the text of a snapshot. LOCAL and PEER may be NULL or empty. */
void lens_text_make(struct str *to, const char *name, const char *local, const char *peer);

/*
 * Words that screens and exports share.
 */

/* `ESTABLISHED`, `CLOSE_WAIT`; of Unix sockets and datagrams `CONNECTED`, `CONNECTING` (nobody
 * has accepted it yet), `UNCONNECTED`, `LISTEN`; `gone`. The cards have these names, but for
 * the last. */
const char *lens_state_name(const struct lens *lens);

/* "tcp", "tcp6", "udp", "udp6", "unix", "unix-dgram", "unix-seqpacket". */
const char *lens_kind_name(const struct lens *lens);

/* "retransmission", "keepalive", "time-wait", "probe"; NULL for none. */
const char *lens_timer_name(enum lens_timer timer);

/* How much lens_words() says. */
enum lens_much {
	LENS_LEAST,  /* name and state */
	LENS_LESS,   /* and what is most telling */
	LENS_MOST,   /* and all that is not nothing */
	LENS_ALL,    /* and that nothing is unread */
};

/*
 * Append what the snapshot E tells, in one line, in the reader's language:
 *     sock ESTABLISHED · unread 5 · unacked 0
 *     sock closed · the kernel still holds FIN_WAIT2
 *     listener LISTEN · queue 1 of 16
 */
void lens_words(struct str *to, const struct event *e, enum lens_much much);

/* Append all that is worth knowing of the snapshot but for its name, its state and the numbers
 * of bytes, in one line: `error pending · reading shut · sent again 2×`. Times are counted from the
 * snapshot. */
void lens_words_rest(struct str *to, const struct event *e);

/* The socket of ROLE that tells most of it: its `sock`, else one that it holds, else one that the
 * kernel still has; the newest of its like. Its number, or 0: none. */
uint32_t lenses_telling(const struct lenses *lenses, const struct events *events, enum role role);

/* Whether snapshots A and B of a socket differ in what is shown. */
bool lens_differs(const struct lens *a, const struct lens *b);

/* Whether it is a TCP socket: it has the states of RFC 9293. */
bool lens_is_tcp(const struct lens *lens);

/* Whether a process has a descriptor for it. */
bool lens_is_held(const struct lens *lens);

#endif
