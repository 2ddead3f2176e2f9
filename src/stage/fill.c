#include "stage/fill.h"

#include "base/clock.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PIECE = 16 << 10,
	MESSAGE = 1 << 10,
	BYTES_MOST = 256 << 20,         /* nothing holds so much */
	WINDOW_AT = 228,                /* tcpi_snd_wnd in struct tcp_info, since Linux 5.4 */
};

static const int64_t settle_most = 1000 * CLOCK_MS;

/* Until the kernel takes no more now. */
static void put_all(int fd, struct filled *f, const char *bytes, size_t piece)
{
	ssize_t n;

	do {
		n = send(fd, bytes, piece, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0) {
			f->bytes += (size_t)n;
			f->messages++;
		}
	} while (n >= 0 && f->bytes < BYTES_MOST);
	f->err = n < 0 ? errno : EAGAIN;
}

/* Whether the other side's window is closed, as far as this kernel says. One that is open a little
 * is filled by the next probe, a fifth of a second later. */
static bool is_shut(int fd)
{
	unsigned char info[WINDOW_AT + sizeof(uint32_t)];
	socklen_t len = sizeof info;
	uint32_t window;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &len) < 0 || len < sizeof info)
		return true;
	memcpy(&window, info + WINDOW_AT, sizeof window);
	return window == 0;
}

/* Whether all that was sent so far has been acknowledged, and what is left does not fit into the
 * other side's window. Other sockets know nothing under way. Source: tcp(7). */
static bool is_settled(int fd)
{
	int not_acknowledged, not_sent;

	return ioctl(fd, SIOCOUTQ, &not_acknowledged) < 0 ||
	       ioctl(fd, SIOCOUTQNSD, &not_sent) < 0 ||
	       (not_acknowledged == not_sent && is_shut(fd));
}

/* What makes room is a segment that comes back. It has done so when its capture wakes this process:
 * both are the work of one processor, see ARCHITECTURE.md. Without a capture nothing tells of a
 * little room: then one looks again soon. */
static void await_room(int fd, struct wire *wire, int64_t until)
{
	enum { SOON_MS = 10 };
	struct pollfd fds[] = {{wire->fd, POLLIN, 0}, {fd, POLLOUT, 0}};
	int64_t left = (until - clock_now()) / CLOCK_MS;

	wire_drain(wire);
	poll(fds, 2, wire->fd < 0 ? SOON_MS : left > 0 ? (int)left : 0);
}

static bool has_error(int fd)
{
	struct pollfd p = {fd, POLLOUT, 0};

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLERR | POLLHUP));
}

static void fill(int fd, struct wire *wire, struct filled *f)
{
	int type = SOCK_STREAM;
	socklen_t len = sizeof type;
	int64_t until = clock_now() + settle_most;
	char bytes[PIECE];
	bool full;

	getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len);
	memset(bytes, FILL_BYTE, sizeof bytes);
	do {
		bool settled = is_settled(fd);
		size_t before = f->bytes;

		/* Full it is once nothing is under way, and it takes nothing even so. */
		put_all(fd, f, bytes, type == SOCK_STREAM ? PIECE : MESSAGE);
		full = settled && f->bytes == before;
		if (f->err == EAGAIN && !settled)
			await_room(fd, wire, until);
	} while (f->err == EAGAIN && !full && clock_now() < until);
	if (type == SOCK_STREAM)
		f->messages = 0;
}

int fill_socket(const struct tracee *t, int fd, struct wire *wire, struct filled *filled)
{
	int copy = tracer_borrow(t, fd);

	*filled = (struct filled){0};
	if (copy < 0)
		return -1;
	if (!has_error(copy))
		fill(copy, wire, filled);
	close(copy);
	return 0;
}
