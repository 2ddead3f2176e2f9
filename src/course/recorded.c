#include "course/recorded.h"

#include "base/names.h"
#include "base/str.h"
#include "base/utf8.h"

#include <limits.h>
#include <string.h>

/* The lens's events, which come after, are passed over: no recording is looked at through it. */
enum { EVENT_KINDS = EVENT_DONE + 1, SIGNAL_MOST = 127, ERRNO_MOST = 4095, MOST_ROWS = 1 << 16 };

/* So far apart that differences of times do not overflow. */
#define NS_MOST (INT64_C(1) << 60)

/* The member KEY when it is a number from LEAST to MOST. */
static bool get_number(const json_t *o, const char *key, long long least, long long most,
		       long long *to)
{
	const json_t *member = json_object_get(o, key);

	*to = json_is_integer(member) ? json_integer_value(member) : 0;
	return json_is_integer(member) && *to >= least && *to <= most;
}

/* The same, but it may be left out: then it is 0. */
static bool may_number(const json_t *o, const char *key, long long least, long long most,
		       long long *to)
{
	*to = 0;
	return !json_object_get(o, key) || get_number(o, key, least, most, to);
}

/* Which of the N WORDS the member KEY is, or -1. */
static int get_word(const json_t *o, const char *key, const char *const *words, int n)
{
	const char *text = json_string_value(json_object_get(o, key));

	for (int i = 0; text && i < n; i++)
		if (strcmp(text, words[i]) == 0)
			return i;
	return -1;
}

/* A member that may be left out. Returns whether it is right. */
static bool get_role(const json_t *o, const char *key, enum role *role)
{
	static const char *const names[] = {"A", "B"};
	int n = get_word(o, key, names, ROLES);

	*role = n < 0 ? ROLE_NONE : (enum role)n;
	return n >= 0 || !json_object_get(o, key);
}

static bool get_text(const json_t *o, struct event *e)
{
	const json_t *text = json_object_get(o, "text");

	if (json_is_string(text))
		e->text = utf8_clean(json_string_value(text), json_string_length(text));
	return !text || json_is_string(text);
}

/* Code points up to U+00FF are the bytes. Returns whether the member, if there is one, is right. */
static bool get_bytes(const json_t *o, const char *key, struct str *to)
{
	const json_t *member = json_object_get(o, key);
	const char *p = json_string_value(member);
	size_t n = json_string_length(member);

	if (!member)
		return true;
	for (size_t at = 0; p && at < n;) {
		uint32_t cp;

		at += utf8_get(p + at, n - at, &cp);
		if (cp > 0xff)
			return false;
		str_addc(to, (char)cp);
	}
	return p != NULL;
}

/* A name, or a number where there is none. */
static bool get_named(const json_t *o, const char *key, bool signal, int *to)
{
	const json_t *member = json_object_get(o, key);
	const char *name = json_string_value(member);
	long long n = 0;

	if (name)
		n = signal ? signal_number(name, strlen(name), 0) : errno_number(name, strlen(name));
	else if (!may_number(o, key, 1, signal ? SIGNAL_MOST : ERRNO_MOST, &n))
		return false;
	*to = (int)n;
	return !member || n > 0;
}

static bool read_return(struct event *e, const json_t *o)
{
	struct str bytes = {0};
	long long result;

	if (!get_number(o, "result", LONG_MIN, LONG_MAX, &result) ||
	    !get_named(o, "errno", false, &e->u.ret.err))
		return false;
	if (!get_bytes(o, "bytes", &bytes)) {
		str_free(&bytes);
		return false;
	}
	e->u.ret.result = (long)result;
	e->u.ret.reads = json_object_get(o, "bytes") || json_is_true(json_object_get(o, "eof"));
	e->u.ret.len = bytes.len;
	if (json_object_get(o, "bytes"))
		e->u.ret.bytes = str_take(&bytes);
	str_free(&bytes);
	return true;
}

static bool get_flags(const json_t *o, uint8_t *flags)
{
	static const char *const names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
	const json_t *list = json_object_get(o, "flags"), *item;
	size_t i;

	json_array_foreach(list, i, item) {
		const char *name = json_string_value(item);
		unsigned bit = 0;

		while (name && bit < sizeof names / sizeof *names && strcmp(name, names[bit]) != 0)
			bit++;
		if (!name || bit == sizeof names / sizeof *names)
			return false;
		*flags = (uint8_t)(*flags | 1u << bit);
	}
	return json_is_array(list);
}

static bool get_start(const json_t *o, struct segment *s)
{
	struct str bytes = {0};
	bool right = get_bytes(o, "start", &bytes) && bytes.len <= sizeof s->start &&
		     bytes.len <= s->len;

	if (right && bytes.len)
		memcpy(s->start, bytes.p, bytes.len);
	str_free(&bytes);
	return right;
}

static bool read_segment(struct event *e, const json_t *o)
{
	static const char *const protocols[] = {"tcp", "udp", "icmp"};
	struct segment *s = &e->u.segment;
	long long from, to, seq, ack, window, len, code;
	int protocol = get_word(o, "protocol", protocols, 3);
	enum role receiver;

	if (protocol < 0 || !may_number(o, "from", 0, UINT16_MAX, &from) ||
	    !may_number(o, "to", 0, UINT16_MAX, &to) ||
	    !may_number(o, "seq", 0, UINT32_MAX, &seq) ||
	    !may_number(o, "ack", 0, UINT32_MAX, &ack) ||
	    !may_number(o, "window", 0, UINT16_MAX, &window) ||
	    !may_number(o, "len", 0, UINT32_MAX, &len) ||
	    !may_number(o, "code", 0, UINT8_MAX, &code) || !get_role(o, "receiver", &receiver))
		return false;
	*s = (struct segment){
		.protocol = (uint8_t)protocol, .flags = (uint8_t)code,
		.lost = json_is_true(json_object_get(o, "lost")),
		.held = json_is_true(json_object_get(o, "held")),
		.late = json_is_true(json_object_get(o, "late")),
		.again = json_is_true(json_object_get(o, "again")), .receiver = (uint8_t)receiver,
		.window = (uint16_t)window, .from = (uint16_t)from, .to = (uint16_t)to,
		.seq = (uint32_t)seq, .ack = (uint32_t)ack, .len = (uint32_t)len,
	};
	if (protocol == PROTOCOL_TCP && !get_flags(o, &s->flags))
		return false;
	return get_start(o, s);
}

static bool read_signal(struct event *e, const json_t *o)
{
	static const char *const fates[] = {"default", "handled", "ignored"};
	int fate = get_word(o, "fate", fates, 3);

	e->u.signal.fate = fate < 0 ? FATE_DEFAULT : (enum signal_fate)fate;
	return fate >= 0 && get_named(o, "signal", true, &e->u.signal.number) &&
	       e->u.signal.number > 0;
}

static bool read_end(struct event *e, const json_t *o)
{
	long long status;

	if (!get_named(o, "signal", true, &e->u.end.signal) ||
	    !may_number(o, "status", 0, 255, &status))
		return false;
	e->u.end.status = (int)status;
	return true;
}

static bool read_cannot(struct event *e, const json_t *o)
{
	static const char *const names[] = {"isolate", "wire", "miss", "cut", "lens", "keep",
					    "delay", "fill", "link", "set"};
	int n = get_word(o, "cannot", names, 10);

	e->u.cannot = n < 0 ? CANNOT_ISOLATE : (enum cannot)n;
	return n >= 0;
}

static bool read_verdict(struct event *e, const json_t *o)
{
	static const char *const names[] = {"pending", "holds", "differs", "unseen"};
	int n = get_word(o, "verdict", names, 4);
	long long claim;

	if (n < 0 || !may_number(o, "claim", 0, INT_MAX, &claim))
		return false;
	e->u.verdict.verdict = (enum verdict)n;
	e->u.verdict.claim = json_object_get(o, "claim") ? (size_t)claim : EVENT_NONE;
	return true;
}

static bool read_start(struct event *e, const json_t *o)
{
	long long pid;

	if (!get_number(o, "pid", 1, INT_MAX, &pid))
		return false;
	e->u.pid = (int)pid;
	return true;
}

/* What only this kind has. */
static bool read_members(struct event *e, const json_t *o)
{
	bool whose = e->role != ROLE_NONE;

	switch (e->kind) {
	case EVENT_START:
		return whose && read_start(e, o);
	case EVENT_RETURN:
		return whose && read_return(e, o);
	case EVENT_SIGNAL:
		return whose && read_signal(e, o);
	case EVENT_END:
		return whose && read_end(e, o);
	case EVENT_SEGMENT:
		return read_segment(e, o);
	case EVENT_CANNOT:
		return e->text && read_cannot(e, o);
	case EVENT_VERDICT:
		return whose && read_verdict(e, o);
	case EVENT_CALL:
		return whose && e->text;
	case EVENT_BLOCKED:
	case EVENT_READY:
		return whose;
	case EVENT_DIRECTOR:
	case EVENT_REFUSED:
		return e->text;
	case EVENT_LENS: /* is passed over */
	case EVENT_OUTPUT: /* no demo that is recorded has a program */
	case EVENT_BEGIN:
	case EVENT_ROW:
	case EVENT_ROW_DONE:
	case EVENT_DONE:
		return true;
	}
	return false;
}

static int kind_of(const json_t *line)
{
	const char *name = json_string_value(json_object_get(line, "kind"));

	for (int i = 0; name && i < EVENT_KINDS; i++)
		if (strcmp(name, event_kind_name((enum event_kind)i)) == 0)
			return i;
	return -1;
}

enum recorded recorded_event(struct event *e, const json_t *line)
{
	int kind = kind_of(line);
	long long ns, row, call;

	*e = (struct event){.role = ROLE_NONE};
	if (!json_is_string(json_object_get(line, "kind")))
		return RECORDED_WRONG;
	if (kind < 0)
		return RECORDED_UNKNOWN;
	e->kind = (enum event_kind)kind;
	if (get_number(line, "ns", 0, NS_MOST, &ns) && get_number(line, "row", 0, MOST_ROWS, &row) &&
	    may_number(line, "call", 0, UINT32_MAX, &call) && get_role(line, "role", &e->role) &&
	    get_text(line, e)) {
		e->ns = ns;
		e->row = (int)row;
		e->call = (uint32_t)call;
		if (read_members(e, line))
			return RECORDED_EVENT;
	}
	event_clear(e);
	return RECORDED_WRONG;
}
