#include "stage/decode_result.h"

#include "base/names.h"
#include "lesson/action.h"
#include "stage/decode_put.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>

/* Up to N bytes of the PARTS, as much as is kept. */
static void keep_parts(struct event *ret, pid_t tid, const struct parts *parts, size_t n)
{
	char kept[DECODE_KEPT_BYTES];
	size_t have = 0;

	if (ret->u.ret.bytes)
		return;
	for (size_t i = 0; i < parts->n && have < sizeof kept && n > 0; i++) {
		size_t want = parts->at[i].iov_len < n ? parts->at[i].iov_len : n;
		size_t fits = want < sizeof kept - have ? want : sizeof kept - have;

		have += follow_read(tid, (unsigned long)parts->at[i].iov_base, kept + have, fits);
		n -= want;
	}
	if (have == 0)
		return;
	ret->u.ret.bytes = mem_alloc(have + 1);
	memcpy(ret->u.ret.bytes, kept, have);
	ret->u.ret.bytes[have] = '\0';
	ret->u.ret.len = have;
}

void result_bytes(const struct returned *r, const unsigned long *a)
{
	struct parts one = {.n = 1};

	one.at[0] = (struct iovec){(void *)a[0], a[1]};
	if (r->result > 0)
		keep_parts(r->ret, r->tid, &one, (size_t)r->result);
}

void result_parts(const struct returned *r, const unsigned long *a)
{
	struct parts parts;

	if (r->result > 0 && put_read_parts(&parts, r->tid, a[0], a[1]))
		keep_parts(r->ret, r->tid, &parts, (size_t)r->result);
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
	struct parts parts;
	struct msghdr m;

	if (!put_read(r->tid, a[0], &m, sizeof m))
		return;
	if (r->result > 0 &&
	    put_read_parts(&parts, r->tid, (unsigned long)m.msg_iov, (unsigned long)m.msg_iovlen))
		keep_parts(r->ret, r->tid, &parts, (size_t)r->result);
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
