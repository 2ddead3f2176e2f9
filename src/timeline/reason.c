/*
 * reason.c - why two runs part: one row for each reason.
 *
 * A row says what must have been observed for its sentence to be true, and for which change it
 * explains anything. Source: the lessons, and the man pages of what they are about.
 */
#include "timeline/reason.h"

#include "base/text.h"
#include "timeline/outcome_kind.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

bool side_failed(const struct side *s)
{
	return s->ret && s->ret->u.ret.err;
}

bool side_at_end(const struct side *s)
{
	return s->ret && event_is_eof(s->ret);
}

bool side_succeeded(const struct side *s)
{
	return s->ret && !s->ret->u.ret.err && !side_at_end(s);
}

bool side_blocks(const struct side *s)
{
	return s->sight->kind == SIGHT_SEEN && s->sight->saw &&
	       strncmp(s->sight->saw, "blocks", 6) == 0;
}

bool side_speaks_of_wire(const struct side *s)
{
	return s->cell->kind == CELL_OUTCOME && outcome_needs_wire(&s->cell->outcome);
}

static bool saw(const struct side *s, const char *words)
{
	return s->sight->saw && strstr(s->sight->saw, words);
}

static bool fails_with(const struct side *s, int err)
{
	return s->ret && s->ret->u.ret.err == err;
}

static bool wrote(const struct side *s)
{
	return side_succeeded(s) && !s->ret->u.ret.reads && s->ret->u.ret.result > 0;
}

static bool read_bytes(const struct side *s)
{
	return side_succeeded(s) && s->ret->u.ret.reads && s->ret->u.ret.bytes;
}

/* Up to which event something may have been the cause of what was seen. */
static size_t causes_end(const struct side *s)
{
	return s->ret ? s->sight->result : s->run->end;
}

/* Whether a segment with FLAGS (0: with bytes) was sent to the side's role; LOST or not. */
static bool was_sent(const struct side *s, unsigned flags, bool lost)
{
	for (size_t i = 0; i < causes_end(s); i++) {
		const struct event *e = &s->run->events->list.at[i];
		const struct segment *segment = &e->u.segment;

		if (e->kind == EVENT_SEGMENT && e->row > 0 && segment->receiver == s->role &&
		    segment->lost == lost && segment->protocol == PROTOCOL_TCP &&
		    (flags ? segment->flags & flags : segment->len > 0))
			return true;
	}
	return false;
}

/* Whether an earlier call of the side's role failed with ERR. */
static bool told_before(const struct side *s, int err)
{
	for (size_t i = 0; i < causes_end(s); i++) {
		const struct event *e = &s->run->events->list.at[i];

		if (e->kind == EVENT_RETURN && e->role == s->role && e->row > 0 &&
		    e->u.ret.err == err)
			return true;
	}
	return false;
}

static bool knows_at_once(const struct side *one, const struct side *other)
{
	return !one->run->internet && other->run->internet && wrote(other) &&
	       (fails_with(one, EPIPE) || fails_with(one, ECONNREFUSED));
}

static bool heard_of_reset(const struct side *one, const struct side *other)
{
	return !one->run->internet && other->run->internet && fails_with(one, EPIPE) &&
	       fails_with(other, ECONNRESET) && was_sent(other, SEGMENT_RST, false);
}

static bool told_once(const struct side *one, const struct side *other)
{
	return fails_with(one, ECONNRESET) && other->ret && !fails_with(other, ECONNRESET) &&
	       told_before(other, ECONNRESET);
}

static bool datagram_refused(const struct side *one, const struct side *other)
{
	return one->run->stream && !other->run->stream && !other->run->internet &&
	       fails_with(one, EPIPE) && fails_with(other, ECONNREFUSED);
}

static bool refused_by_icmp(const struct side *one, const struct side *other)
{
	bool icmp = false;

	for (size_t i = 0; i < causes_end(other); i++) {
		const struct event *e = &other->run->events->list.at[i];

		icmp = icmp || (e->kind == EVENT_SEGMENT &&
				e->u.segment.protocol == PROTOCOL_ICMP);
	}
	return icmp && fails_with(one, ECONNRESET) && fails_with(other, ECONNREFUSED) &&
	       was_sent(one, SEGMENT_RST, false);
}

static bool makes_call(const struct side *s, const char *name)
{
	const char *text = s->sight->call == EVENT_NONE
				   ? ""
				   : s->run->events->list.at[s->sight->call].text;

	return strncmp(text, name, strlen(name)) == 0;
}

static bool has_room(const struct side *one, const struct side *other)
{
	if (!makes_call(one, "send") && !makes_call(one, "write"))
		return false;
	if (wrote(one) && wrote(other))
		return one->ret->u.ret.result < other->ret->u.ret.result;
	return side_blocks(one) && !side_blocks(other) && other->sight->call != EVENT_NONE;
}

static bool only_one_way_ended(const struct side *one, const struct side *other)
{
	return !one->run->internet && other->run->internet && side_succeeded(one) && side_succeeded(other) &&
	       saw(one, "POLLHUP") && !saw(other, "POLLHUP");
}

static bool has_no_reset(const struct side *one, const struct side *other)
{
	return !one->run->internet && other->run->internet && side_at_end(one) &&
	       fails_with(other, ECONNRESET) && was_sent(other, SEGMENT_RST, false);
}

static bool option_of_tcp(const struct side *one, const struct side *other)
{
	const char *text = one->sight->call == EVENT_NONE
				   ? ""
				   : one->run->events->list.at[one->sight->call].text;

	return !one->run->internet && side_failed(one) && side_succeeded(other) &&
	       makes_call(one, "setsockopt") && strstr(text, "IPPROTO_TCP");
}

static bool has_no_wire(const struct side *one, const struct side *other)
{
	bool cannot = false;

	for (size_t i = 0; i < causes_end(one); i++)
		cannot = cannot || (one->run->events->list.at[i].kind == EVENT_CANNOT &&
				    one->run->events->list.at[i].u.cannot == CANNOT_LINK);
	return cannot && !one->run->internet && other->run->internet;
}

static bool boundaries(const struct side *one, const struct side *other)
{
	return one->run->stream && !other->run->stream && read_bytes(one) && read_bytes(other) &&
	       one->ret->u.ret.len > other->ret->u.ret.len;
}

static bool stream_signal(const struct side *one, const struct side *other)
{
	return one->run->stream && !other->run->stream && fails_with(one, EPIPE) &&
	       fails_with(other, EPIPE) && saw(one, "SIGPIPE") && !saw(other, "SIGPIPE");
}

static bool no_end(const struct side *one, const struct side *other)
{
	return one->run->stream && !other->run->stream && side_at_end(one) && side_blocks(other);
}

static bool connection_ends(const struct side *one, const struct side *other)
{
	return one->run->ends && !other->run->ends && side_at_end(one) && side_blocks(other);
}

/* What RETURN i of a run gave to the bytes that ROLE has sent, or (READS) read. */
static long moved_by(const struct events *events, size_t i, enum role role, bool reads)
{
	const struct event *ret = &events->list.at[i];

	if (ret->kind != EVENT_RETURN || ret->role != role || ret->row == 0 || ret->u.ret.err ||
	    ret->u.ret.reads != reads)
		return 0;
	while (i > 0 && (events->list.at[i].kind != EVENT_CALL || events->list.at[i].call != ret->call))
		i--;
	if (!reads && (!events->list.at[i].text || (!strstr(events->list.at[i].text, "send(") &&
						    !strstr(events->list.at[i].text, "sendto(") &&
						    !strstr(events->list.at[i].text, "write("))))
		return 0;
	return ret->u.ret.result;
}

/* A call before has read less than the message that it took, and nothing was lost on the way. */
static bool rest_was_thrown_away(const struct side *one, const struct side *other)
{
	const struct events *events = other->run->events;
	long sent = 0, read = 0;

	if (!one->run->stream || other->run->stream || !read_bytes(one) || !side_blocks(other))
		return false;
	for (size_t i = 0; i < causes_end(other); i++) {
		if (events->list.at[i].kind == EVENT_SEGMENT && events->list.at[i].u.segment.lost)
			return false;
		sent += moved_by(events, i, role_other(other->role), false);
		read += moved_by(events, i, other->role, true);
	}
	return read > 0 && sent > read;
}

static bool signal_ignored(const struct side *one, const struct side *other)
{
	return fails_with(one, EPIPE) && fails_with(other, EPIPE) && saw(one, "SIGPIPE") &&
	       !saw(other, "SIGPIPE");
}

static bool ended_by(const struct side *s, int sig)
{
	for (size_t i = 0; i < s->run->end; i++) {
		const struct event *e = &s->run->events->list.at[i];

		if (e->kind == EVENT_END && e->role == s->role)
			return e->u.end.signal == sig;
	}
	return false;
}

static bool lived_on(const struct side *one, const struct side *other)
{
	return saw(one, "Terminated") && ended_by(one, SIGPIPE) &&
	       other->sight->kind == SIGHT_NOTHING;
}

static bool reset_was_news(const struct side *one, const struct side *other)
{
	return side_at_end(one) && fails_with(other, ECONNRESET) && was_sent(one, SEGMENT_FIN, false) &&
	       was_sent(other, SEGMENT_FIN, true) && was_sent(other, SEGMENT_RST, false);
}

static bool reset_after_end(const struct side *one, const struct side *other)
{
	return fails_with(one, EPIPE) && fails_with(other, ECONNRESET) &&
	       was_sent(one, SEGMENT_FIN, false) && was_sent(other, SEGMENT_FIN, true) &&
	       was_sent(other, SEGMENT_RST, false);
}

static bool end_was_lost(const struct side *one, const struct side *other)
{
	return side_at_end(one) && side_blocks(other) && was_sent(other, SEGMENT_FIN, true);
}

static bool bytes_were_lost(const struct side *one, const struct side *other)
{
	return read_bytes(one) && side_blocks(other) && was_sent(other, 0, true);
}

static bool segment_was_lost(const struct side *one, const struct side *other)
{
	return side_speaks_of_wire(one) && side_speaks_of_wire(other) && one->sight->kind == SIGHT_SEEN &&
	       other->sight->kind == SIGHT_NOTHING && outcome_about(&other->cell->outcome) == ABOUT_GOT &&
	       was_sent(other, other->cell->outcome.flag, true);
}

static bool reset_was_lost(const struct side *one, const struct side *other)
{
	return side_failed(one) && !side_failed(other) && was_sent(one, SEGMENT_RST, false) &&
	       was_sent(other, SEGMENT_RST, true);
}

static bool closed_unread(const struct side *one, const struct side *other)
{
	return !fails_with(one, ECONNRESET) && fails_with(other, ECONNRESET);
}

static const struct reason {
	enum change_kind change;
	bool (*fits)(const struct side *one, const struct side *other);
	const char *words;
} reasons[] = {
	{CHANGE_LINK, knows_at_once,
	 N_("Both ends of a Unix socket are in one kernel, which knows at once that nobody will "
	    "read. Over a wire the call is done when the kernel has taken the bytes; what becomes "
	    "of them it learns later.")},
	{CHANGE_LINK, heard_of_reset,
	 N_("Over the wire an RST had come, and the next call tells it: ECONNRESET. A Unix socket "
	    "has no segments: a call that writes finds that nobody will read, which is EPIPE.")},
	{CHANGE_LINK, told_once,
	 N_("ECONNRESET is told once: where a call before had told it, it is not told again.")},
	{CHANGE_LINK, datagram_refused,
	 N_("A stream is broken, which is EPIPE. A datagram looks for its receiver each time, and "
	    "finds nobody: ECONNREFUSED.")},
	{CHANGE_LINK, refused_by_icmp,
	 N_("TCP answers bytes for nobody with an RST. For a datagram the answer is a message of "
	    "ICMP, which is told as ECONNREFUSED.")},
	{CHANGE_LINK, has_room,
	 N_("A call that sends fills the buffers between the two. How much they hold is not the same "
	    "for every link.")},
	{CHANGE_LINK, only_one_way_ended,
	 N_("When one end of a Unix socket is closed, both ways have ended: that is POLLHUP. A FIN "
	    "ends one way only.")},
	{CHANGE_LINK, option_of_tcp, N_("The option is one of TCP: a Unix socket does not have it.")},
	{CHANGE_LINK, has_no_wire,
	 N_("Between the ends of a Unix socket there is no wire: nothing can be cut, lost or late.")},
	{CHANGE_LINK, has_no_reset,
	 N_("Over the wire an RST had come. A Unix socket has no segments: its stream simply ended.")},
	{CHANGE_LINK, boundaries,
	 N_("A stream keeps no boundaries between what was sent; messages stay apart, and each "
	    "call reads one.")},
	{CHANGE_LINK, stream_signal,
	 N_("Linux raises SIGPIPE for streams; here, where messages stay apart, EPIPE is all that "
	    "there is.")},
	{CHANGE_LINK, no_end,
	 N_("A stream has an end, which the 0 tells. Datagrams have none: the call waits for the "
	    "next one.")},
	{CHANGE_LINK, connection_ends,
	 N_("A connection has an end, which the 0 tells. Datagrams have none: the call waits for the "
	    "next one.")},
	{CHANGE_LINK, rest_was_thrown_away,
	 N_("A stream keeps for the next call what one has not read; of a message it is thrown "
	    "away.")},
	{CHANGE_SIGPIPE, signal_ignored,
	 N_("The error is the same; an ignored signal does not reach the process.")},
	{CHANGE_SIGPIPE, lived_on,
	 N_("The default action of SIGPIPE ends the process; where it is ignored, the call fails "
	    "and the process goes on.")},
	{CHANGE_MISSES, reset_was_news,
	 N_("Once the FIN has come, the stream has ended: the 0 says so, and an RST after it does "
	    "not change that. Where the FIN was lost, the RST is the first news, and it is told as "
	    "ECONNRESET.")},
	{CHANGE_MISSES, reset_after_end,
	 N_("The kernel remembers an RST as EPIPE when the FIN came before it, and as ECONNRESET "
	    "when it did not.")},
	{CHANGE_MISSES, end_was_lost,
	 N_("The FIN was lost: nothing says that the stream has ended, and the call waits for "
	    "more.")},
	{CHANGE_MISSES, bytes_were_lost,
	 N_("The bytes were lost on their way: there is nothing to read, and the call waits.")},
	{CHANGE_MISSES, segment_was_lost, N_("It was sent, and lost on its way.")},
	{CHANGE_MISSES, reset_was_lost,
	 N_("The RST that tells it was lost.")},
	{CHANGE_UNREAD, closed_unread,
	 N_("Who closes while bytes are unread does not end the stream in good order: the other end "
	    "is told ECONNRESET.")},
};

void reason_words(struct str *to, const struct side side[RUNS], enum change_kind change)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		const struct reason *r = &reasons[i];

		if (r->change == change &&
		    (r->fits(&side[0], &side[1]) || r->fits(&side[1], &side[0]))) {
			str_addf(to, " %s", _(r->words));
			return;
		}
	}
}
