/*
 * JSON lines: one event a line. The members are documented in doc/EVENTS.md.
 */
#include "export/export.h"

#include "base/names.h"
#include "base/utf8.h"
#include "timeline/lens.h"

#include <jansson.h>
#include <string.h>

static void set_text(json_t *o, const char *key, const char *text)
{
	char *clean;

	if (!text)
		return;
	clean = utf8_clean(text, strlen(text));
	json_object_set_new(o, key, json_string(clean));
	free(clean);
}

/* Bytes are no text: each becomes the code point of its value. */
static void set_bytes(json_t *o, const char *key, const char *p, size_t n)
{
	struct str s = {0};

	for (size_t i = 0; i < n; i++)
		str_addu(&s, (unsigned char)p[i]);
	json_object_set_new(o, key, json_stringn(str_text(&s), s.len));
	str_free(&s);
}

static void set_number(json_t *o, const char *key, long long value)
{
	json_object_set_new(o, key, json_integer(value));
}

static void set_signal(json_t *o, int number)
{
	if (signal_name(number))
		set_text(o, "signal", signal_name(number));
	else
		set_number(o, "signal", number);
}

static void add_return(json_t *o, const struct event *e)
{
	set_number(o, "result", e->u.ret.result);
	if (e->u.ret.err && errno_name(e->u.ret.err))
		set_text(o, "errno", errno_name(e->u.ret.err));
	else if (e->u.ret.err)
		set_number(o, "errno", e->u.ret.err);
	if (e->u.ret.bytes)
		set_bytes(o, "bytes", e->u.ret.bytes, e->u.ret.len);
	if (e->task && e->u.ret.sent)
		set_bytes(o, "sent", e->u.ret.sent, e->u.ret.sent_len);
	if (event_is_eof(e))
		json_object_set_new(o, "eof", json_true());
}

static json_t *flag_names(uint8_t flags)
{
	static const char *const names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
	json_t *list = json_array();

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (flags & 1u << i)
			json_array_append_new(list, json_string(names[i]));
	return list;
}

static void add_segment(json_t *o, const struct segment *s)
{
	static const char *const protocols[] = {"tcp", "udp", "icmp"};
	bool tcp = s->protocol == PROTOCOL_TCP;

	set_text(o, "protocol", protocols[s->protocol]);
	if (tcp)
		json_object_set_new(o, "flags", flag_names(s->flags));
	else if (s->protocol == PROTOCOL_ICMP)
		set_number(o, "code", s->flags);
	set_number(o, "from", s->from);
	set_number(o, "to", s->to);
	if (s->receiver < ROLE_NONE)
		set_text(o, "receiver", s->receiver == ROLE_A ? "A" : "B");
	if (tcp)
		set_number(o, "seq", s->seq);
	if (tcp && s->flags & SEGMENT_ACK)
		set_number(o, "ack", s->ack);
	if (tcp)
		set_number(o, "window", s->window);
	set_number(o, "len", s->len);
	if (s->len)
		set_bytes(o, "start", s->start, s->len < sizeof s->start ? s->len : sizeof s->start);
	if (s->lost)
		json_object_set_new(o, "lost", json_true());
	if (s->held)
		json_object_set_new(o, "held", json_true());
	if (s->late)
		json_object_set_new(o, "late", json_true());
	if (s->again)
		json_object_set_new(o, "again", json_true());
}

static void set_part(json_t *o, const char *key, const char *text, size_t n)
{
	char *part = n ? mem_strndup(text, n) : NULL;

	set_text(o, key, part);
	free(part);
}

/* Who has which descriptor for it, and what it is called. */
static void add_lens_names(json_t *o, const struct event *e)
{
	const struct lens *l = &e->u.lens;
	struct lens_text parts;

	lens_text_split(&parts, e->text);
	set_number(o, "socket", l->socket);
	set_part(o, "name", parts.name, parts.name_len);
	set_text(o, "type", lens_kind_name(l));
	if (l->inode)
		set_number(o, "inode", l->inode);
	if (l->fd[ROLE_A] >= 0)
		set_number(o, "fd_a", l->fd[ROLE_A]);
	if (l->fd[ROLE_B] >= 0)
		set_number(o, "fd_b", l->fd[ROLE_B]);
	set_part(o, "local", parts.local, parts.local_len);
	set_part(o, "remote", parts.peer, parts.peer_len);
	if (l->peer)
		set_number(o, "peer", l->peer);
}

static void add_lens_flags(json_t *o, const struct lens *l)
{
	static const struct {
		unsigned flag;
		const char *key;
	} flags[] = {
		{LENS_ERROR, "error"},       {LENS_READABLE, "readable"},
		{LENS_FILE, "file"},         {LENS_FILE_GONE, "file_gone"},
		{LENS_PEER_GONE, "peer_gone"}, {LENS_WAITS, "waits"},
		{LENS_ON_ITS_WAY, "on_its_way"}, {LENS_UNSEEN, "unseen"},
	};

	if (l->knows & LENS_KNOWS_SHUT) {
		json_object_set_new(o, "shut_read", json_boolean(l->is & LENS_SHUT_READ));
		json_object_set_new(o, "shut_write", json_boolean(l->is & LENS_SHUT_WRITE));
	}
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (l->is & flags[i].flag)
			json_object_set_new(o, flags[i].key, json_true());
}

static void add_lens(json_t *o, const struct event *e)
{
	const struct lens *l = &e->u.lens;

	add_lens_names(o, e);
	set_text(o, "state", lens_state_name(l));
	if (l->knows & LENS_KNOWS_UNREAD)
		set_number(o, "unread", l->unread);
	if (l->knows & LENS_KNOWS_UNACKED) {
		set_number(o, "unacked", l->unacked);
		set_number(o, "unsent", l->unsent);
	}
	if (l->knows & LENS_KNOWS_QUEUE) {
		set_number(o, "queue", l->queue);
		set_number(o, "backlog", l->backlog);
	}
	if (l->knows & LENS_KNOWS_AGAIN)
		set_number(o, "again", l->again);
	if (lens_timer_name(l->timer)) {
		set_text(o, "timer", lens_timer_name(l->timer));
		set_number(o, "timer_ms", l->timer_ms);
	}
	add_lens_flags(o, l);
}

/* What a program's call is about, and who has the other end. */
static void add_on(json_t *o, const struct event *e, const struct event_on *on)
{
	if (!e->task || !on->known)
		return;
	set_number(o, "fd", on->fd);
	if (on->peer_role == ROLE_NONE)
		return;
	set_text(o, "peer_role", on->peer_role == ROLE_A ? "A" : "B");
	set_number(o, "peer_task", on->peer_task);
	set_number(o, "peer_fd", on->peer_fd);
}

static void add_signal(json_t *o, const struct event *e)
{
	static const char *const fates[] = {"default", "handled", "ignored"};

	set_signal(o, e->u.signal.number);
	set_text(o, "fate", fates[e->u.signal.fate]);
}

/* What only this kind has. */
static void add_members(json_t *o, const struct event *e)
{
	static const char *const cannots[] = {"isolate", "wire", "miss", "cut", "lens", "keep",
					      "delay", "fill", "link", "set", "follow",
					      "program"};
	static const char *const verdicts[] = {"pending", "holds", "differs", "unseen"};

	switch (e->kind) {
	case EVENT_START:
		set_number(o, "pid", e->u.pid);
		break;
	case EVENT_RETURN:
		add_return(o, e);
		add_on(o, e, &e->u.ret.on);
		break;
	case EVENT_SIGNAL:
		add_signal(o, e);
		break;
	case EVENT_END:
		if (e->u.end.signal)
			set_signal(o, e->u.end.signal);
		else
			set_number(o, "status", e->u.end.status);
		break;
	case EVENT_SEGMENT:
		add_segment(o, &e->u.segment);
		break;
	case EVENT_CANNOT:
		set_text(o, "cannot", cannots[e->u.cannot]);
		break;
	case EVENT_VERDICT:
		set_text(o, "verdict", verdicts[e->u.verdict.verdict]);
		if (e->u.verdict.claim != EVENT_NONE)
			set_number(o, "claim", (long long)e->u.verdict.claim);
		break;
	case EVENT_CALL:
		add_on(o, e, &e->u.on);
		break;
	case EVENT_BEGIN:
	case EVENT_ROW:
	case EVENT_BLOCKED:
	case EVENT_READY:
	case EVENT_DIRECTOR:
	case EVENT_REFUSED:
	case EVENT_ROW_DONE:
	case EVENT_DONE:
		break;
	case EVENT_LENS:
		add_lens(o, e);
		break;
	case EVENT_OUTPUT:
		set_number(o, "fd", e->u.output.fd);
		if (e->u.output.cut)
			json_object_set_new(o, "cut", json_true());
		break;
	}
}

static void write_event(struct str *to, const struct run *run, const struct event *e)
{
	json_t *o = json_object();
	char *line;

	set_text(o, "demo", run->name);
	set_number(o, "ns", e->ns);
	set_text(o, "kind", event_kind_name(e->kind));
	if (e->role < ROLE_NONE)
		set_text(o, "role", e->role == ROLE_A ? "A" : "B");
	if (e->task)
		set_number(o, "task", e->task);
	set_number(o, "row", e->row);
	if (e->call)
		set_number(o, "call", e->call);
	add_members(o, e);
	if (e->kind != EVENT_LENS)
		set_text(o, "text", e->text);
	line = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	if (!line)
		return;
	str_add(to, line);
	str_addc(to, '\n');
	free(line);
}

const struct exporter export_json = {
	.name = "json",
	.summary = "JSON lines, one event a line",
	.event = write_event,
};
