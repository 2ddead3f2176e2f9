/*
 * The way back: what the kernel left in the mailbox, in the words of a trace.
 */
#include "stage/marshal.h"

#include "base/names.h"
#include "lesson/call.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/time.h>

/* More than this of what was read is not kept. */
enum { KEPT_BYTES = 64 << 10, SENT_BYTES = 4096 };

static void detail_address(const struct parcel *p, struct str *to)
{
	struct address a = {.len = *p->from_len};

	if (a.len < sizeof(sa_family_t))
		return;
	memcpy(&a.u, p->from, a.len < sizeof *p->from ? a.len : sizeof *p->from);
	str_addc(to, '"');
	address_print(to, &a);
	str_addc(to, '"');
}

static void detail_polls(const struct parcel *p, struct str *to)
{
	for (size_t i = 0; i < p->n_polls; i++) {
		if (i)
			str_add(to, ", ");
		if (p->polls[i].revents || p->n_polls > 1)
			constant_flags(to, "POLL", (unsigned short)p->polls[i].revents);
	}
}

static void print_longs(struct str *to, const unsigned char *at, size_t n, size_t each)
{
	str_addc(to, '{');
	for (size_t i = 0; i < n; i++) {
		long big = 0;
		int small = 0;

		memcpy(each == sizeof big ? (void *)&big : (void *)&small, at + i * each, each);
		str_addf(to, "%s%ld", i ? ", " : "", each == sizeof big ? big : (long)small);
	}
	str_addc(to, '}');
}

static void detail_option(const struct parcel *p, struct str *to)
{
	size_t len = *p->option_len;
	bool socket_level = p->level == SOL_SOCKET;
	int value = 0;

	if (len == sizeof value)
		memcpy(&value, p->option, sizeof value);
	if (socket_level && (p->optname == SO_RCVTIMEO || p->optname == SO_SNDTIMEO))
		print_longs(to, p->option, len / sizeof(long), sizeof(long));
	else if (socket_level && p->optname == SO_ERROR && errno_name(value))
		str_add(to, errno_name(value));
	else if (len == sizeof value)
		str_addf(to, "%d", value);
	else if (len <= 8 * sizeof value && len % sizeof value == 0)
		print_longs(to, p->option, len / sizeof value, sizeof value);
	else
		str_addf(to, "%zu bytes", len);
}

static void detail_fcntl(const struct parcel *p, long result, struct str *to)
{
	long cmd = p->action->n_args > 1 ? p->action->args[1].number : -1;

	if (cmd == F_GETFL) {
		long flags = result & (O_ACCMODE | O_NONBLOCK | O_ASYNC);

		/* O_RDONLY is 0: among others it cannot be told from nothing. */
		if (flags)
			constant_flags(to, "O_", (unsigned long)flags);
		else
			str_add(to, "O_RDONLY");
	} else if (cmd == F_GETFD && result) {
		str_add(to, "FD_CLOEXEC");
	}
}

static void detail_handler(const struct parcel *p, long result, struct str *to)
{
	static const char *const names[] = {
		[HANDLER_DEFAULT] = "SIG_DFL", [HANDLER_IGNORE] = "SIG_IGN", [HANDLER_RUN] = "handler",
	};

	(void)p;
	if (result >= HANDLER_DEFAULT && result <= HANDLER_RUN)
		str_add(to, names[result]);
}

static void keep_bytes(const struct parcel *p, long result, struct event *ret)
{
	size_t n = (size_t)result, kept = n < KEPT_BYTES ? n : KEPT_BYTES;

	if (n > p->room || !p->buffer)
		return;
	ret->u.ret.bytes = mem_strndup((const char *)p->buffer, kept);
	ret->u.ret.len = n < KEPT_BYTES ? n : KEPT_BYTES;
}

static long given_fd(const struct parcel *p)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(p->message);
	int fd;

	if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
		return -1;
	memcpy(&fd, CMSG_DATA(c), sizeof fd);
	return fd;
}

static void succeeded(const struct parcel *p, long result, struct event *ret, struct str *detail)
{
	switch (p->action->call->result) {
	case RESULT_BYTES_FROM:
		detail_address(p, detail);
		keep_bytes(p, result, ret);
		break;
	case RESULT_BYTES:
		keep_bytes(p, result, ret);
		break;
	case RESULT_EVENTS:
		detail_polls(p, detail);
		break;
	case RESULT_ADDRESS:
		detail_address(p, detail);
		break;
	case RESULT_OPTION:
		detail_option(p, detail);
		break;
	case RESULT_PAIR:
		str_addf(detail, "{%d, %d}", p->pair[0], p->pair[1]);
		break;
	case RESULT_NUMBER:
		detail_fcntl(p, result, detail);
		break;
	case RESULT_HANDLER:
		detail_handler(p, result, detail);
		ret->u.ret.result = 0;
		break;
	case RESULT_GIVEN_FD:
		if (result > 0 && given_fd(p) >= 0)
			ret->u.ret.result = given_fd(p);
		break;
	case RESULT_ZERO:
	case RESULT_FD:
	case RESULT_COUNT:
	case RESULT_NEVER:
		break;
	}
}

/* Some calls do it with some arguments only. What is only looked at will be read again. */
static enum did what_it_did(const struct parcel *p)
{
	enum did did = p->action->call->did;

	if (did == DID_READ && !p->message && p->args[3] & MSG_PEEK)
		return DID_WAIT;
	if (did == DID_CONFIRM && (p->level != SOL_SOCKET || p->optname != SO_ERROR))
		return DID_OTHER;
	if (did == DID_SHUT && p->args[1] == SHUT_RD)
		return DID_OTHER;
	return did;
}

static void keep_sent(const struct parcel *p, long result, struct event *ret)
{
	size_t n = (size_t)result;

	if (ret->u.ret.did != DID_SEND || !p->buffer || n == 0 || n > (size_t)p->args[2])
		return;
	ret->u.ret.sent_len = n < SENT_BYTES ? n : SENT_BYTES;
	ret->u.ret.sent = mem_strndup((const char *)p->buffer, ret->u.ret.sent_len);
}

void marshal_result(const struct parcel *parcel, long result, int err, struct event *ret,
		    long values[2], size_t *n)
{
	struct str detail = {0};

	*n = 0;
	ret->u.ret.result = result;
	ret->u.ret.err = err;
	ret->u.ret.reads = call_reads(parcel->action->call);
	ret->u.ret.did = what_it_did(parcel);
	/* What has a number stands for itself here; 0 is none. */
	if (ret->u.ret.did > DID_WAIT)
		ret->u.ret.socket = (unsigned long)parcel->args[0] + 1;
	if (err)
		return;
	if (ret->u.ret.did == DID_ACCEPT)
		ret->u.ret.socket = (unsigned long)result + 1;
	keep_sent(parcel, result, ret);
	succeeded(parcel, result, ret, &detail);
	if (detail.len)
		ret->text = str_take(&detail);
	if (parcel->pair) {
		values[0] = parcel->pair[0];
		values[1] = parcel->pair[1];
		*n = 2;
	} else {
		values[0] = ret->u.ret.result;
		*n = parcel->action->call->result != RESULT_GIVEN_FD || given_fd(parcel) >= 0;
	}
}
