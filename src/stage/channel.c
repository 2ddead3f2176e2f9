#include "stage/channel.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

struct frame {
	struct event event;
	size_t text;  /* bytes of text and its NUL, 0: NULL */
	size_t bytes; /* bytes that were read */
	size_t sent;  /* bytes that were sent */
	bool has_bytes, has_sent;
};

bool channel_put(struct outbox *outbox, const struct event *e)
{
	enum { ENOUGH = 32 << 10 };
	struct frame frame;

	memset(&frame, 0, sizeof frame);
	frame.event = *e;
	frame.text = e->text ? strlen(e->text) + 1 : 0;
	frame.has_bytes = e->kind == EVENT_RETURN && e->u.ret.bytes;
	frame.bytes = frame.has_bytes ? e->u.ret.len : 0;
	frame.has_sent = e->kind == EVENT_RETURN && e->u.ret.sent;
	frame.sent = frame.has_sent ? e->u.ret.sent_len : 0;
	str_addn(&outbox->bytes, (const char *)&frame, sizeof frame);
	str_addn(&outbox->bytes, e->text, frame.text);
	str_addn(&outbox->bytes, frame.bytes ? e->u.ret.bytes : NULL, frame.bytes);
	str_addn(&outbox->bytes, frame.sent ? e->u.ret.sent : NULL, frame.sent);
	return outbox->bytes.len >= ENOUGH;
}

int channel_send(int fd, struct outbox *outbox)
{
	const char *at = outbox->bytes.p;
	size_t left = outbox->bytes.len;

	while (left > 0) {
		ssize_t sent = send(fd, at, left, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return -1;
		at += sent;
		left -= (size_t)sent;
	}
	str_cut(&outbox->bytes, 0);
	return 0;
}

static void make_room(struct inbox *inbox, size_t n)
{
	if (inbox->taken) {
		memmove(inbox->at, inbox->at + inbox->taken, inbox->n - inbox->taken);
		inbox->n -= inbox->taken;
		inbox->taken = 0;
	}
	while (inbox->cap < inbox->n + n) {
		inbox->cap = inbox->cap ? inbox->cap * 2 : 4096;
		inbox->at = mem_resize(inbox->at, inbox->cap, 1);
	}
}

int channel_fill(int fd, struct inbox *inbox)
{
	enum { CHUNK = 4096 };
	ssize_t got;

	make_room(inbox, CHUNK);
	got = recv(fd, inbox->at + inbox->n, CHUNK, MSG_DONTWAIT);
	if (got > 0) {
		inbox->n += (size_t)got;
		return 1;
	}
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	return -1;
}

bool channel_take(struct inbox *inbox, struct event *e)
{
	const unsigned char *p;
	size_t have = inbox->n - inbox->taken;
	struct frame frame;

	if (have < sizeof frame)
		return false;
	p = inbox->at + inbox->taken;
	memcpy(&frame, p, sizeof frame);
	if (have < sizeof frame + frame.text + frame.bytes + frame.sent)
		return false;
	p += sizeof frame;
	*e = frame.event;
	e->text = frame.text ? mem_strndup((const char *)p, frame.text - 1) : NULL;
	if (frame.has_bytes)
		e->u.ret.bytes = mem_strndup((const char *)p + frame.text, frame.bytes);
	if (frame.has_sent)
		e->u.ret.sent = mem_strndup((const char *)p + frame.text + frame.bytes, frame.sent);
	inbox->taken += sizeof frame + frame.text + frame.bytes + frame.sent;
	return true;
}

void channel_free(struct inbox *inbox)
{
	free(inbox->at);
	*inbox = (struct inbox){0};
}
