#include "stage/channel.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

struct frame {
	struct event event;
	size_t text;  /* bytes of text and its NUL, 0: NULL */
	size_t bytes; /* bytes that were read */
	bool has_bytes;
};

static int send_all(int fd, struct iovec *part, size_t n)
{
	struct msghdr m = {.msg_iov = part, .msg_iovlen = n};

	while (m.msg_iovlen > 0) {
		ssize_t sent = sendmsg(fd, &m, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return -1;
		while (m.msg_iovlen > 0 && (size_t)sent >= m.msg_iov->iov_len) {
			sent -= (ssize_t)m.msg_iov->iov_len;
			m.msg_iov++;
			m.msg_iovlen--;
		}
		if (m.msg_iovlen > 0) {
			m.msg_iov->iov_base = (char *)m.msg_iov->iov_base + sent;
			m.msg_iov->iov_len -= (size_t)sent;
		}
	}
	return 0;
}

int channel_send(int fd, const struct event *e)
{
	struct frame frame;
	struct iovec part[3];

	memset(&frame, 0, sizeof frame);
	frame.event = *e;
	frame.text = e->text ? strlen(e->text) + 1 : 0;
	frame.has_bytes = e->kind == EVENT_RETURN && e->u.ret.bytes;
	frame.bytes = frame.has_bytes ? e->u.ret.len : 0;
	part[0] = (struct iovec){&frame, sizeof frame};
	part[1] = (struct iovec){e->text, frame.text};
	part[2] = (struct iovec){frame.bytes ? e->u.ret.bytes : NULL, frame.bytes};
	return send_all(fd, part, 3);
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
	const unsigned char *p = inbox->at + inbox->taken;
	size_t have = inbox->n - inbox->taken;
	struct frame frame;

	if (have < sizeof frame)
		return false;
	memcpy(&frame, p, sizeof frame);
	if (have < sizeof frame + frame.text + frame.bytes)
		return false;
	p += sizeof frame;
	*e = frame.event;
	e->text = frame.text ? mem_strndup((const char *)p, frame.text - 1) : NULL;
	if (frame.has_bytes)
		e->u.ret.bytes = mem_strndup((const char *)p + frame.text, frame.bytes);
	inbox->taken += sizeof frame + frame.text + frame.bytes;
	return true;
}

void channel_free(struct inbox *inbox)
{
	free(inbox->at);
	*inbox = (struct inbox){0};
}
