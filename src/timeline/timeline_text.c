/*
 * The words and arrows that screens and exports share.
 */
#include "timeline/timeline.h"

#include "base/names.h"
#include "base/utf8.h"

#include <string.h>

/* BRIEF: only how many bytes, for arrows that are too short for more. */
static void add_payload(struct str *to, const struct segment *s, bool brief)
{
	size_t most = brief ? 0 : sizeof s->start < s->len ? sizeof s->start : s->len;

	str_add_quoted(to, s->start, most, 0);
	if (most && s->len > most)
		str_add(to, "…");
	str_addf(to, "%s%uB", most ? " " : "", (unsigned)s->len);
}

static void add_flags(struct str *to, const struct segment *s)
{
	static const struct {
		uint8_t flag;
		const char *name;
	} names[] = {{SEGMENT_SYN, "SYN"}, {SEGMENT_FIN, "FIN"}, {SEGMENT_RST, "RST"}};
	size_t before = to->len;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (s->flags & names[i].flag)
			str_addf(to, "%s%s", to->len > before ? "+" : "", names[i].name);
	if (to->len == before && s->len == 0)
		str_add(to, "ACK");
}

static void add_label(struct str *to, const struct segment *segment, bool brief)
{
	size_t before;

	if (segment->protocol == PROTOCOL_ICMP) {
		str_add(to, segment->flags == 3 && !brief ? "port unreachable" : "unreachable");
		return;
	}
	if (segment->again)
		str_add(to, "again ");
	before = to->len;
	if (segment->protocol == PROTOCOL_TCP)
		add_flags(to, segment);
	if (segment->len > 0 || segment->protocol == PROTOCOL_UDP) {
		if (to->len > before)
			str_addc(to, ' ');
		add_payload(to, segment, brief);
	}
}

void timeline_segment_label(struct str *to, const struct segment *segment)
{
	add_label(to, segment, false);
}

/* The part of a way that is not made yet, or was made before, is dotted. */
static void add_dashes(struct str *to, size_t n, bool dotted, bool ascii)
{
	static const char *const dashes[2][2] = {{"─", "-"}, {"┄", "."}};

	while (n-- > 0)
		str_add(to, dashes[dotted][ascii]);
}

static const char *arrow_head(const struct event *e, bool ascii)
{
	if (e->u.segment.lost)
		return ascii ? "x" : "✗";
	if (e->u.segment.held)
		return ascii ? "." : "┄";
	if (e->role == ROLE_B)
		return ascii ? "<" : "◀";
	return ascii ? ">" : "▶";
}

/* The label in COLUMNS: whole, or brief, or cut with an ellipsis. */
static void fit_words(struct str *label, const struct segment *s, size_t columns, bool ascii)
{
	add_label(label, s, false);
	if (utf8_columns(str_text(label)) <= columns)
		return;
	str_cut(label, 0);
	add_label(label, s, true);
	if (utf8_columns(str_text(label)) <= columns)
		return;
	str_cut(label, utf8_fit(str_text(label), label->len, columns > 0 ? columns - 1 : 0));
	str_add(label, ascii ? "~" : "…");
}

/* How often stands behind it, whole or not at all. */
static void fit_label(struct str *label, const struct segment *s, size_t times, size_t columns,
		      bool ascii)
{
	struct str count = {0};

	if (times > 1)
		str_addf(&count, ascii ? " x%zu" : " ×%zu", times);
	if (utf8_columns(str_text(&count)) >= columns)
		str_cut(&count, 0);
	fit_words(label, s, columns - utf8_columns(str_text(&count)), ascii);
	str_add(label, str_text(&count));
	str_free(&count);
}

void timeline_arrow(struct str *to, const struct event *segment, size_t width, bool ascii)
{
	timeline_arrows(to, segment, 1, width, ascii);
}

void timeline_arrows(struct str *to, const struct event *segment, size_t times, size_t width,
		     bool ascii)
{
	struct str label = {0};
	size_t room = width > 4 ? width - 2 : 2, used, line, left;
	bool airy, right = segment->role != ROLE_B;
	bool held = segment->u.segment.held, late = segment->u.segment.late;

	fit_label(&label, &segment->u.segment, times, room, ascii);
	used = utf8_columns(str_text(&label));
	airy = used + 7 <= width;
	line = width - 1 - used - (airy ? 2 : 0);
	left = (line + 1) / 2;
	if (!right)
		str_add(to, arrow_head(segment, ascii));
	add_dashes(to, left, right ? late : held, ascii);
	str_addf(to, "%s%s%s", airy ? " " : "", str_text(&label), airy ? " " : "");
	add_dashes(to, line - left, right ? held : late, ascii);
	if (right)
		str_add(to, arrow_head(segment, ascii));
	str_free(&label);
}

static void add_bytes(struct str *to, const struct event *ret, size_t most)
{
	str_add(to, "= \"");
	if (str_add_quoted(to, ret->u.ret.bytes, ret->u.ret.len, most))
		str_add(to, "\"");
	else
		str_addf(to, "\"… (%ld bytes)", ret->u.ret.result); /* not all were kept */
}

void timeline_result(struct str *to, const struct event *ret, size_t most)
{
	int err = ret->u.ret.err;

	if (err) {
		if (errno_name(err))
			str_addf(to, "= -1 %s (%s)", errno_name(err), errno_words(err));
		else
			str_addf(to, "= -1 errno %d", err);
		return;
	}
	if (ret->u.ret.bytes && ret->u.ret.len > 0)
		add_bytes(to, ret, most);
	else
		str_addf(to, "= %ld", ret->u.ret.result);
	if (ret->text)
		str_addf(to, " %s", ret->text);
	else if (ret->u.ret.reads && ret->u.ret.result == 0)
		str_add(to, " (EOF)");
}

static void signal_line(struct str *to, const struct event *e)
{
	const char *name = signal_name(e->u.signal.number);

	if (name)
		str_addf(to, "--- %s ---", name);
	else
		str_addf(to, "--- signal %d ---", e->u.signal.number);
	if (e->u.signal.fate == FATE_IGNORED)
		str_add(to, " ignored");
	else if (e->u.signal.fate == FATE_HANDLED)
		str_add(to, " handler runs");
}

static void end_line(struct str *to, const struct event *e)
{
	const char *name = signal_name(e->u.end.signal);

	if (!e->u.end.signal)
		str_addf(to, "+++ exited with %d +++", e->u.end.status);
	else if (name)
		str_addf(to, "+++ killed by %s +++", name);
	else
		str_addf(to, "+++ killed by signal %d +++", e->u.end.signal);
}

void timeline_event_line(struct str *to, const struct event *event)
{
	switch (event->kind) {
	case EVENT_SIGNAL:
		signal_line(to, event);
		return;
	case EVENT_END:
		end_line(to, event);
		return;
	case EVENT_RETURN:
		timeline_result(to, event, 64);
		return;
	case EVENT_SEGMENT:
		timeline_segment_label(to, &event->u.segment);
		return;
	case EVENT_START:
		str_addf(to, "pid %d", event->u.pid);
		return;
	case EVENT_BEGIN:
	case EVENT_ROW:
	case EVENT_CALL:
	case EVENT_BLOCKED:
	case EVENT_READY:
	case EVENT_DIRECTOR:
	case EVENT_REFUSED:
	case EVENT_CANNOT:
	case EVENT_VERDICT:
	case EVENT_ROW_DONE:
	case EVENT_DONE:
	case EVENT_LENS:
	case EVENT_OUTPUT:
		str_add(to, event->text ? event->text : event_kind_name(event->kind));
		return;
	}
}
