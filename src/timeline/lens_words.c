/*
 * The words for what the kernel holds.
 */
#include "timeline/lens.h"

#include "base/text.h"

#include <string.h>
#include <sys/socket.h>

/* Parts of a line, with ` · ` between them. */
static void __attribute__((format(printf, 3, 4))) add_part(struct str *to, size_t from,
							   const char *format, ...)
{
	va_list ap;

	if (to->len > from)
		str_add(to, " · ");
	va_start(ap, format);
	str_addv(to, format, ap);
	va_end(ap);
}

static void add_name(struct str *to, const struct event *e)
{
	struct lens_text parts;

	lens_text_split(&parts, e->text);
	if (parts.name_len)
		str_addn(to, parts.name, parts.name_len);
	else if (e->role < ROLE_NONE && e->u.lens.fd[e->role] >= 0)
		str_addf(to, "fd %d", e->u.lens.fd[e->role]);
	else if (e->u.lens.is & LENS_WAITS)
		str_add(to, _("in the queue:"));
	else
		str_addf(to, _("socket %u"), (unsigned)e->u.lens.socket);
}

/* `sock CLOSE_WAIT`, `sock closed · the kernel still holds FIN_WAIT2`. */
static void add_state(struct str *to, const struct event *e, enum lens_much much)
{
	const struct lens *l = &e->u.lens;

	add_name(to, e);
	if (l->is & LENS_UNSEEN)
		str_add(to, _(" closed · what the kernel keeps of it cannot be seen"));
	else if (l->state == LENS_GONE)
		str_add(to, much == LENS_ALL ? _(" closed · gone") : _(" closed"));
	else if (lens_is_held(l) || l->is & (LENS_WAITS | LENS_ON_ITS_WAY))
		str_addf(to, " %s", l->is & LENS_PEER_GONE ? _("peer gone") : lens_state_name(l));
	else if (much >= LENS_MOST)
		str_addf(to, _(" closed · the kernel still holds %s"), lens_state_name(l));
	else if (much == LENS_LESS)
		str_addf(to, _(" closed · kernel: %s"), lens_state_name(l));
	else
		str_addf(to, _(" closed: %s"), lens_state_name(l));
}

/* What a listener has, a stream, a datagram socket. */
static void add_queues(struct str *to, size_t from, const struct lens *l, bool nothing_too)
{
	if (l->knows & LENS_KNOWS_QUEUE && (l->queue || nothing_too))
		add_part(to, from, _("queue %u of %u"), (unsigned)l->queue, (unsigned)l->backlog);
	if (!(l->knows & LENS_KNOWS_UNREAD))
		return;
	if (l->type == SOCK_DGRAM && (l->unread || l->is & LENS_READABLE))
		add_part(to, from, _("next datagram %u"), (unsigned)l->unread);
	else if (l->unread || nothing_too)
		add_part(to, from, _("unread %u"), (unsigned)l->unread);
	if (l->unacked)
		add_part(to, from, _("unacked %u"), (unsigned)l->unacked);
	if (l->unsent)
		add_part(to, from, _("unsent %u"), (unsigned)l->unsent);
}

/* Whether that nothing is unread says something. */
static bool may_read(const struct lens *l)
{
	return lens_is_held(l) && l->state != LENS_CLOSE && l->state != LENS_SYN_SENT;
}

static void add_telling(struct str *to, size_t from, const struct lens *l)
{
	if (l->is & LENS_ERROR)
		add_part(to, from, "%s", _("error pending"));
	if (l->is & LENS_WAITS)
		add_part(to, from, "%s", _("not accepted yet"));
	if (l->is & LENS_ON_ITS_WAY)
		add_part(to, from, "%s", _("on its way in a message"));
}

/* Of TCP the state says which halves are shut. */
static void add_shut(struct str *to, size_t from, const struct lens *l)
{
	unsigned shut = l->is & (LENS_SHUT_READ | LENS_SHUT_WRITE);

	if (lens_is_tcp(l) || l->is & LENS_PEER_GONE)
		return;
	if (shut == (LENS_SHUT_READ | LENS_SHUT_WRITE))
		add_part(to, from, "%s", _("both halves shut"));
	else if (shut == LENS_SHUT_READ)
		add_part(to, from, "%s", _("reading shut"));
	else if (shut == LENS_SHUT_WRITE)
		add_part(to, from, "%s", _("writing shut"));
}

static void add_time(struct str *to, uint32_t ms)
{
	unsigned tenths = (unsigned)((ms + 50) / 100);

	if (tenths < 10)
		str_addf(to, _("%u ms"), (unsigned)ms);
	else if (tenths >= 100)
		str_addf(to, _("%u s"), (tenths + 5) / 10);
	else
		str_addf(to, _("%u.%u s"), tenths / 10, tenths % 10);
}

static void add_timer(struct str *to, size_t from, const struct lens *l)
{
	struct str time = {0};

	add_time(&time, l->timer_ms);
	switch ((enum lens_timer)l->timer) {
	case LENS_TIMER_NONE:
		break;
	case LENS_TIMER_AGAIN:
		add_part(to, from, _("sends again after %s"), str_text(&time));
		break;
	case LENS_TIMER_KEEPALIVE:
		add_part(to, from, _("asks for a sign of life after %s"), str_text(&time));
		break;
	case LENS_TIMER_TIME_WAIT:
		add_part(to, from, _("goes after %s"), str_text(&time));
		break;
	case LENS_TIMER_PROBE:
		add_part(to, from, _("asks for room after %s"), str_text(&time));
		break;
	}
	str_free(&time);
}

static void add_again(struct str *to, size_t from, const struct lens *l)
{
	if (l->again)
		add_part(to, from, _("sent again %u×"), (unsigned)l->again);
}

static void add_file(struct str *to, size_t from, const struct lens *l)
{
	if (l->state == LENS_GONE && l->is & LENS_FILE)
		add_part(to, from, "%s", _("its file is still there"));
	if (l->is & LENS_FILE_GONE)
		add_part(to, from, "%s", _("its file is gone"));
}

void lens_words(struct str *to, const struct event *e, enum lens_much much)
{
	const struct lens *l = &e->u.lens;
	size_t from = to->len;

	add_state(to, e, much);
	if (much == LENS_LEAST || l->state == LENS_GONE)
		return;
	add_telling(to, from, l);
	add_queues(to, from, l, much == LENS_ALL && may_read(l));
	if (much < LENS_MOST)
		return;
	add_again(to, from, l);
	add_shut(to, from, l);
	if (l->state == LENS_LISTEN)
		add_file(to, from, l);
}

void lens_words_rest(struct str *to, const struct event *e)
{
	const struct lens *l = &e->u.lens;
	size_t from = to->len;

	if (l->is & LENS_UNSEEN)
		add_part(to, from, "%s", _("what the kernel keeps of it cannot be seen here"));
	if (l->state == LENS_GONE) {
		add_file(to, from, l);
		return;
	}
	add_telling(to, from, l);
	if (l->is & LENS_PEER_GONE)
		add_part(to, from, "%s", _("the other end is closed"));
	if (!lens_is_held(l) && !(l->is & (LENS_WAITS | LENS_ON_ITS_WAY)))
		add_part(to, from, "%s", _("no process holds it"));
	if (l->knows & LENS_KNOWS_QUEUE)
		add_part(to, from, _("queue %u of %u"), (unsigned)l->queue, (unsigned)l->backlog);
	if (l->unsent)
		add_part(to, from, _("unsent %u"), (unsigned)l->unsent);
	if (l->type == SOCK_DGRAM && l->unread)
		add_part(to, from, "%s", _("unread: in the next datagram"));
	add_shut(to, from, l);
	add_again(to, from, l);
	add_timer(to, from, l);
	add_file(to, from, l);
}
