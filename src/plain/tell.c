#include "plain/tell.h"

#include "base/names.h"
#include "base/text.h"
#include "lesson/deed.h"
#include "plain/dialog.h"

#include <stdio.h>

static const struct event *event_at(const struct teller *t, size_t i)
{
	return &t->player->events.list.at[i];
}

/* The CALL of this run that RET returned from. */
static const struct event *call_of(const struct teller *t, size_t ret)
{
	for (size_t i = ret; i-- > 0;)
		if (event_at(t, i)->kind == EVENT_CALL &&
		    event_at(t, i)->call == event_at(t, ret)->call)
			return event_at(t, i);
	return NULL;
}

/* `Process A`, and of a further thread or process of a program `Process A.2`. */
static const char *who(struct str *name, const struct event *e)
{
	str_add(name, role_name(e->role));
	if (e->task > 1)
		str_addf(name, ".%u", e->task);
	return str_text(name);
}

static void tell_return(struct teller *t, size_t i)
{
	const struct event *e = event_at(t, i), *call = call_of(t, i);
	struct str result = {0}, name = {0};

	t->calls += e->task != 0;
	if (t->calls == TELL_CALLS + 1 && e->task != 0)
		dialog_say(_("%s: many more calls, which are counted"), role_name(e->role));
	if (t->calls > TELL_CALLS && e->task != 0)
		return;
	timeline_result(&result, e, 64);
	dialog_say("%s: %s %s", who(&name, e), call ? call->text : "", str_text(&result));
	str_free(&result);
	str_free(&name);
}

static void tell_blocked(const struct teller *t, size_t i)
{
	const struct event *e = event_at(t, i), *call = call_of(t, i);
	struct str name = {0};

	if (e->task == 0 || t->calls <= TELL_CALLS)
		dialog_say(_("%1$s sleeps in %2$s."), who(&name, e), call ? call->text : "");
	str_free(&name);
}

/* SIGPIPE, or `signal 40`. */
static const char *put_signal(struct str *to, int number)
{
	if (signal_name(number))
		str_add(to, signal_name(number));
	else
		str_addf(to, _("signal %d"), number);
	return str_text(to);
}

static void tell_signal(const struct event *e)
{
	struct str name = {0}, sig = {0};

	who(&name, e);
	put_signal(&sig, e->u.signal.number);
	switch (e->u.signal.fate) {
	case FATE_DEFAULT:
		/* TRANSLATORS: Process A; SIGPIPE */
		dialog_say(_("%2$s reaches %1$s."), str_text(&name), str_text(&sig));
		break;
	case FATE_HANDLED:
		dialog_say(_("%2$s reaches %1$s, and its handler runs."), str_text(&name),
			   str_text(&sig));
		break;
	case FATE_IGNORED:
		dialog_say(_("%1$s ignores %2$s."), str_text(&name), str_text(&sig));
		break;
	}
	str_free(&name);
	str_free(&sig);
}

static void tell_end(const struct event *e)
{
	struct str name = {0}, sig = {0};

	if (e->u.end.signal)
		/* TRANSLATORS: Process A; SIGPIPE */
		dialog_say(_("%1$s was ended by %2$s."), who(&name, e),
			   put_signal(&sig, e->u.end.signal));
	else
		dialog_say(_("%1$s has exited with status %2$d."), who(&name, e), e->u.end.status);
	str_free(&name);
	str_free(&sig);
}

/* What has a line of its own in a trace. */
static void tell_line(const struct event *e)
{
	struct str line = {0}, name = {0};

	timeline_event_line(&line, e);
	if (e->kind == EVENT_OUTPUT)
		/* TRANSLATORS: Process A; a line that it printed */
		dialog_say(_("%1$s prints: %2$s"), who(&name, e), str_text(&line));
	else
		dialog_say("%s: %s", who(&name, e), str_text(&line));
	if (e->kind == EVENT_OUTPUT && e->u.output.cut)
		dialog_say("%s", _("It prints more, which is not kept."));
	str_free(&line);
	str_free(&name);
}

static void tell_segment(const struct event *e)
{
	static const char *const ways[] = {N_("from A to B"), N_("from B to A"),
					   N_("from nobody here")};
	const struct segment *s = &e->u.segment;
	struct str label = {0};

	if (!segment_tells(&e->u.segment))
		return;
	timeline_segment_label(&label, &e->u.segment);
	/* TRANSLATORS: a way (from A to B), and a segment (FIN, "hello" 5B) */
	dialog_say(s->lost ? _("On the wire, %1$s: %2$s, which never arrives")
		   : s->held ? _("On the wire, %1$s: %2$s, which is held up on its way")
		   : s->late ? _("On the wire, %1$s: %2$s, which was held up and now arrives")
			     : _("On the wire, %1$s: %2$s"),
		   _(ways[e->role]), str_text(&label));
	str_free(&label);
}

static void tell_verdict(const struct teller *t, const struct event *e)
{
	const char *cell = t->demo->table.rows.at[e->row - 1].cell[e->role].text;

	switch (e->u.verdict.verdict) {
	case VERDICT_HOLDS:
		dialog_say(_("%1$s: %2$s, as the table says."), role_name(e->role), cell);
		break;
	case VERDICT_DIFFERS:
		dialog_say(_("%1$s: the table says %2$s; seen: %3$s."), role_name(e->role), cell,
			   e->text && *e->text ? e->text : _("nothing"));
		if (player_meddled(t->player, e->row))
			dialog_say(_("The table knows nothing of what was done by hand."));
		break;
	case VERDICT_UNSEEN:
		dialog_say(_("%1$s: %2$s cannot be seen on this machine."), role_name(e->role),
			   cell);
		break;
	case VERDICT_PENDING:
		break;
	}
}

/* The note of a row that is not the last of its step; the last one's is told with the step. */
static void tell_row_done(const struct teller *t, const struct event *e)
{
	const struct table_row *row = e->row > 0 ? &t->demo->table.rows.at[e->row - 1] : NULL;

	if (e->text)
		dialog_say("%s", e->text);
	if (row && row->note && *row->note && e->row >= t->demo->at_once.first &&
	    e->row < t->demo->at_once.last)
		dialog_say("%s", row->note);
}

static void tell_deed(const struct event *e)
{
	bool by_hand = e->u.director.by_hand;
	const char *summary = deed_summary_of(e->text);

	if (e->role == ROLE_NONE)
		dialog_say(by_hand ? _("By hand: %s.") : _("From outside: %s."), e->text);
	else
		/* TRANSLATORS: Process A; what is done to it, in the notation */
		dialog_say(by_hand ? _("By hand, to %1$s: %2$s.") : _("From outside, to %1$s: %2$s."),
			   role_name(e->role), e->text);
	if (summary)
		/* TRANSLATORS: what was done, in the notation; what that means */
		dialog_say(_("That is: %s."), summary);
}

static void tell_event(struct teller *t, size_t i)
{
	const struct event *e = event_at(t, i);

	switch (e->kind) {
	case EVENT_RETURN:
		tell_return(t, i);
		break;
	case EVENT_BLOCKED:
		tell_blocked(t, i);
		break;
	case EVENT_SEGMENT:
		tell_segment(e);
		break;
	case EVENT_VERDICT:
		tell_verdict(t, e);
		break;
	case EVENT_DIRECTOR:
		tell_deed(e);
		break;
	case EVENT_SIGNAL:
		tell_signal(e);
		break;
	case EVENT_END:
		tell_end(e);
		break;
	case EVENT_REFUSED:
	case EVENT_CANNOT:
	case EVENT_OUTPUT:
		tell_line(e);
		break;
	case EVENT_ROW_DONE:
		tell_row_done(t, e);
		break;
	case EVENT_BEGIN:
	case EVENT_START:
	case EVENT_ROW:
	case EVENT_CALL:
	case EVENT_READY:
	case EVENT_DONE:
	case EVENT_LENS:
		break;
	}
}

/* The calls of the set-up are not told; what comes after them by hand is. */
static bool is_told(const struct event *e)
{
	return e->row > 0 || e->task != 0 || e->kind == EVENT_CANNOT || e->kind == EVENT_SIGNAL ||
	       e->kind == EVENT_END || (e->kind == EVENT_DIRECTOR && e->u.director.by_hand);
}

/* Tell what has happened since. */
void tell_news(struct teller *t)
{
	for (; t->told < t->player->events.list.n; t->told++)
		if (is_told(event_at(t, t->told)))
			tell_event(t, t->told);
}
