#include "stage/decode_result.h"

#include "base/names.h"
#include "lesson/action.h"
#include "stage/decode_put.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>

/* The beginning of the bytes that went through a call. */
struct kept {
	char *bytes;
	size_t len;
	size_t most;
};

static struct kept keep_start(const struct returned *r)
{
	return (struct kept){NULL, 0, r->whole ? DECODE_WHOLE_BYTES : DECODE_KEPT_BYTES};
}

static void keep(struct kept *k, pid_t tid, unsigned long from, size_t n)
{
	size_t fits = n < k->most - k->len ? n : k->most - k->len, got;

	if (fits == 0)
		return;
	k->bytes = mem_resize(k->bytes, k->len + fits + 1, 1);
	got = follow_read(tid, from, k->bytes + k->len, fits);
	k->len += got;
	k->bytes[k->len] = '\0';
	if (got < fits)
		k->most = k->len;
}

/* N bytes of COUNT struct iovec. */
static void keep_parts(struct kept *k, pid_t tid, unsigned long from, size_t count, size_t n)
{
	struct parts parts;

	for (; count > 0 && n > 0 && k->len < k->most; count -= parts.n) {
		if (!put_read_parts(&parts, tid, from, count))
			return;
		for (size_t i = 0; i < parts.n && n > 0; i++) {
			size_t len = parts.at[i].iov_len < n ? parts.at[i].iov_len : n;

			keep(k, tid, (unsigned long)parts.at[i].iov_base, len);
			n -= len;
		}
		from += parts.n * sizeof *parts.at;
	}
}

/* N struct mmsghdr that the kernel has taken or filled. */
static void keep_messages(struct kept *k, pid_t tid, unsigned long from, long n)
{
	struct mmsghdr m;

	for (long i = 0; i < n && put_read(tid, from, &m, sizeof m); i++, from += sizeof m)
		keep_parts(k, tid, (unsigned long)m.msg_hdr.msg_iov,
			   (size_t)m.msg_hdr.msg_iovlen, m.msg_len);
}

static void were_read(const struct returned *r, struct kept *k)
{
	if (r->ret->u.ret.bytes || k->len == 0) {
		free(k->bytes);
		return;
	}
	r->ret->u.ret.bytes = k->bytes;
	r->ret->u.ret.len = k->len;
}

static void were_sent(const struct returned *r, struct kept *k)
{
	if (k->len == 0) {
		free(k->bytes);
		return;
	}
	r->ret->u.ret.sent = k->bytes;
	r->ret->u.ret.sent_len = k->len;
}

void result_bytes(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);

	if (r->result > 0)
		keep(&kept, r->tid, a[0], (size_t)r->result);
	were_read(r, &kept);
}

void result_parts(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);

	if (r->result > 0)
		keep_parts(&kept, r->tid, a[0], a[1], (size_t)r->result);
	were_read(r, &kept);
}

/* Of several messages only who compares bytes wants any. */
void result_messages(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);

	if (r->whole)
		keep_messages(&kept, r->tid, a[0], r->result);
	were_read(r, &kept);
}

void result_sent(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);

	if (r->whole && r->result > 0)
		keep(&kept, r->tid, a[0], (size_t)r->result);
	were_sent(r, &kept);
}

void result_sent_parts(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);

	if (r->whole && r->result > 0)
		keep_parts(&kept, r->tid, a[0], a[1], (size_t)r->result);
	were_sent(r, &kept);
}

void result_sent_message(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);
	struct msghdr m;

	if (r->whole && r->result > 0 && put_read(r->tid, a[0], &m, sizeof m))
		keep_parts(&kept, r->tid, (unsigned long)m.msg_iov, (size_t)m.msg_iovlen,
			   (size_t)r->result);
	were_sent(r, &kept);
}

void result_sent_messages(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);

	if (r->whole)
		keep_messages(&kept, r->tid, a[0], r->result);
	were_sent(r, &kept);
}

void result_address(const struct returned *r, const unsigned long *a)
{
	socklen_t len;
	size_t before = r->detail->len;

	if (!a[0])
		return;
	if (before)
		str_addc(r->detail, ' ');
	/* A Unix socket without a name has nothing to say. */
	if (!put_read(r->tid, a[1], &len, sizeof len) || len <= sizeof(sa_family_t) ||
	    !put_address(r->detail, r->tid, a[0], len))
		str_cut(r->detail, before);
}

void result_message(const struct returned *r, const unsigned long *a)
{
	struct kept kept = keep_start(r);
	struct msghdr m;

	if (!put_read(r->tid, a[0], &m, sizeof m))
		return;
	if (r->result > 0)
		keep_parts(&kept, r->tid, (unsigned long)m.msg_iov, (size_t)m.msg_iovlen,
			   (size_t)r->result);
	were_read(r, &kept);
	if (m.msg_name && m.msg_namelen > sizeof(sa_family_t))
		put_address(r->detail, r->tid, (unsigned long)m.msg_name, m.msg_namelen);
	put_rights(r->detail, r->tid, &m, r->detail->len ? " " : "");
}

void result_pair(const struct returned *r, const unsigned long *a)
{
	int pair[2];

	if (!put_read(r->tid, a[0], pair, sizeof pair))
		return;
	r->new[0] = pair[0];
	r->new[1] = pair[1];
	str_addf(r->detail, "{%d, %d}", pair[0], pair[1]);
}

void result_option(const struct returned *r, const unsigned long *a)
{
	socklen_t len;
	int value;

	if (!put_read(r->tid, a[3], &len, sizeof len))
		return;
	if ((int)a[0] == SOL_SOCKET && (int)a[1] == SO_ERROR && len == sizeof value &&
	    put_read(r->tid, a[2], &value, sizeof value) && errno_name(value))
		str_add(r->detail, errno_name(value));
	else
		put_option_value(r->detail, r->tid, a, len);
}

void result_polls(const struct returned *r, const unsigned long *a)
{
	if (r->result > 0)
		put_polled(r->detail, r->tid, a);
}

void result_sets(const struct returned *r, const unsigned long *a)
{
	if (r->result > 0)
		put_selected(r->detail, r->tid, a);
}

void result_events(const struct returned *r, const unsigned long *a)
{
	put_epolled(r->detail, r->tid, a[0], r->result);
}

void result_fcntl(const struct returned *r, const unsigned long *a)
{
	const long flags = r->result & (O_NONBLOCK | O_APPEND | O_ASYNC);
	int command = (int)a[0];

	if (command == F_GETFL) {
		put_named(r->detail, "O_", r->result & O_ACCMODE);
		if (flags) {
			str_addc(r->detail, '|');
			constant_flags(r->detail, "O_", (unsigned long)flags);
		}
	} else if (command == F_GETFD && r->result) {
		str_add(r->detail, "FD_CLOEXEC");
	} else if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
		r->new[0] = (int)r->result;
	}
}

void result_ioctl(const struct returned *r, const unsigned long *a)
{
	int n;

	if (a[0] == FIONREAD && put_read(r->tid, a[1], &n, sizeof n))
		str_addf(r->detail, "%d", n);
}
