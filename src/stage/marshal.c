#include "stage/marshal.h"

#include "base/text.h"
#include "lesson/call.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

/* One call being packed. */
struct packing {
	const struct marshal *m;
	struct parcel *parcel;
	struct str *why;
	size_t n;        /* kernel arguments so far */
	size_t bytes_len;/* of the newest PARAM_BYTES */
	unsigned char **bytes_at;
};

static void push(struct packing *p, long value)
{
	if (p->n < 6)
		p->m->box->args[p->n++] = value;
}

static void push_pointer(struct packing *p, const void *pointer)
{
	push(p, (long)(uintptr_t)pointer);
}

static void *room(struct packing *p, size_t n)
{
	void *at = mailbox_room(p->m->box, n);

	if (!at)
		str_add(p->why, _("its buffers are too big: at most 1 MiB in one call"));
	return at;
}

/* A number or a name's value. */
static int value_of(struct packing *p, const struct arg *arg, long *value)
{
	if (arg->kind == ARG_NUMBER) {
		*value = arg->number;
		return 0;
	}
	if (arg->kind == ARG_NAME && names_get(p->m->own, arg->text, value))
		return 0;
	str_addf(p->why, _("`%s` has no value yet; an earlier call of this process must define it"),
		 arg->text ? arg->text : "it");
	return -1;
}

static int pack_int(struct packing *p, const struct arg *arg)
{
	long value;

	if (value_of(p, arg, &value) < 0)
		return -1;
	push(p, value);
	return 0;
}

static int pack_bytes(struct packing *p, const struct arg *arg)
{
	unsigned char *at = room(p, arg->len);

	if (!at)
		return -1;
	if (arg->len)
		memcpy(at, arg->bytes, arg->len);
	p->parcel->buffer = at;
	p->bytes_len = arg->len;
	push_pointer(p, at);
	return 0;
}

/* A length beyond the string repeats it: the way to fill a buffer. */
static int repeat_bytes(struct packing *p, size_t len)
{
	size_t have = p->bytes_len;

	if (len <= have)
		return 0;
	if (!room(p, len - have))
		return -1;
	for (size_t i = have; i < len; i++)
		p->parcel->buffer[i] = have ? p->parcel->buffer[i - have] : 0;
	return 0;
}

static int pack_length(struct packing *p, const struct arg *arg, bool of_bytes)
{
	long len;

	if (value_of(p, arg, &len) < 0)
		return -1;
	if (len < 0 || len > 1 << 20) {
		str_add(p->why, _("a length is from 0 to 1048576"));
		return -1;
	}
	if (of_bytes && repeat_bytes(p, (size_t)len) < 0)
		return -1;
	if (!of_bytes) {
		p->parcel->buffer = room(p, (size_t)len);
		p->parcel->room = (size_t)len;
		if (!p->parcel->buffer)
			return -1;
		p->m->box->args[p->n - 1] = (long)(uintptr_t)p->parcel->buffer;
	}
	push(p, len);
	return 0;
}

static int pack_address(struct packing *p, const struct arg *arg)
{
	struct address a;
	void *at;

	if (arg->kind == ARG_WORD) { /* NULL */
		push(p, 0);
		push(p, 0);
		return 0;
	}
	if (arg->kind != ARG_STRING || !address_parse(&a, arg->bytes, arg->len)) {
		str_add(p->why, _("this is no address: write \"demo.sock\", \"@name\", "
				"\"127.0.0.1:7000\" or addr(NAME)"));
		return -1;
	}
	if (!address_allowed(&a, p->why))
		return -1;
	at = room(p, a.len);
	if (!at)
		return -1;
	memcpy(at, &a.u, a.len);
	push_pointer(p, at);
	push(p, a.len);
	return 0;
}

static int pack_path(struct packing *p, const struct arg *arg)
{
	char *at;

	if (arg->kind != ARG_STRING || !path_allowed(arg->bytes, arg->len, p->why))
		return -1;
	at = room(p, arg->len + 1);
	if (!at)
		return -1;
	memcpy(at, arg->bytes, arg->len);
	push(p, AT_FDCWD);
	push_pointer(p, at);
	return 0;
}

static bool wants_time(long level, long optname)
{
	return level == SOL_SOCKET && (optname == SO_RCVTIMEO || optname == SO_SNDTIMEO);
}

/* {1, 0}: as many ints as there are items, or a struct timeval. */
static int pack_struct(struct packing *p, const struct arg *arg, bool time)
{
	size_t n = arg->n_items, each = time ? sizeof(long) : sizeof(int);
	unsigned char *at = room(p, n * each);

	if (!at)
		return -1;
	for (size_t i = 0; i < n; i++) {
		long value;
		int small;

		if (value_of(p, &arg->items[i], &value) < 0)
			return -1;
		small = (int)value;
		memcpy(at + i * each, time ? (void *)&value : (void *)&small, each);
	}
	push_pointer(p, at);
	push(p, (long)(n * each));
	return 0;
}

static int pack_option(struct packing *p, const struct arg *arg)
{
	bool time = wants_time(p->m->box->args[1], p->m->box->args[2]);
	struct arg zero = {.kind = ARG_NUMBER}, pair[2];
	struct arg one = {.kind = ARG_STRUCT, .items = pair, .n_items = time ? 2 : 1};

	if (arg->kind == ARG_STRUCT)
		return pack_struct(p, arg, time);
	if (arg->kind == ARG_STRING) {
		if (pack_bytes(p, arg) < 0)
			return -1;
		push(p, (long)arg->len);
		return 0;
	}
	pair[0] = *arg;
	pair[1] = zero;
	return pack_struct(p, &one, time);
}

static int pack_poll_one(struct packing *p, const struct arg *arg, struct pollfd *to)
{
	long fd, events = 0;

	if (arg->kind != ARG_STRUCT || arg->n_items < 1) {
		str_add(p->why, _("poll() wants {FD, EVENTS}"));
		return -1;
	}
	if (value_of(p, &arg->items[0], &fd) < 0 ||
	    (arg->n_items > 1 && value_of(p, &arg->items[1], &events) < 0))
		return -1;
	*to = (struct pollfd){(int)fd, (short)events, 0};
	return 0;
}

static int pack_polls(struct packing *p, const struct arg *arg)
{
	bool many = arg->n_items > 0 && arg->items[0].kind == ARG_STRUCT;
	size_t n = many ? arg->n_items : 1;

	p->parcel->polls = room(p, n * sizeof *p->parcel->polls);
	p->parcel->n_polls = n;
	if (!p->parcel->polls)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (pack_poll_one(p, many ? &arg->items[i] : arg, &p->parcel->polls[i]) < 0)
			return -1;
	push_pointer(p, p->parcel->polls);
	push(p, (long)n);
	return 0;
}

static int pack_timeout(struct packing *p, const struct arg *arg)
{
	struct timespec *t = NULL;
	long ms;

	if (value_of(p, arg, &ms) < 0)
		return -1;
	if (ms >= 0) {
		t = room(p, sizeof *t);
		if (!t)
			return -1;
		t->tv_sec = ms / 1000;
		t->tv_nsec = ms % 1000 * 1000000;
	}
	push_pointer(p, t);
	push(p, 0);
	push(p, _NSIG / 8);
	return 0;
}

/* One byte of payload and room for one descriptor. Source: cmsg(3), unix(7). */
static struct msghdr *new_message(struct packing *p)
{
	struct msghdr *m = room(p, sizeof *m);
	struct iovec *v = room(p, sizeof *v);
	char *byte = room(p, 1);
	void *control = room(p, CMSG_SPACE(sizeof(int)));

	if (!m || !v || !byte || !control)
		return NULL;
	*byte = '!';
	*v = (struct iovec){byte, 1};
	m->msg_iov = v;
	m->msg_iovlen = 1;
	m->msg_control = control;
	m->msg_controllen = CMSG_SPACE(sizeof(int));
	p->parcel->message = m;
	return m;
}

static int pack_pass_fd(struct packing *p, const struct arg *arg)
{
	struct msghdr *m = new_message(p);
	struct cmsghdr *c;
	long value;
	int fd;

	if (!m || value_of(p, arg, &value) < 0)
		return -1;
	fd = (int)value;
	c = CMSG_FIRSTHDR(m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	push_pointer(p, m);
	return 0;
}

static int pack_out_fd(struct packing *p)
{
	struct msghdr *m = new_message(p);

	push_pointer(p, m);
	return m ? 0 : -1;
}

static int pack_out_address(struct packing *p)
{
	p->parcel->from = room(p, sizeof *p->parcel->from);
	p->parcel->from_len = room(p, sizeof *p->parcel->from_len);
	if (!p->parcel->from || !p->parcel->from_len)
		return -1;
	*p->parcel->from_len = sizeof *p->parcel->from;
	push_pointer(p, p->parcel->from);
	push_pointer(p, p->parcel->from_len);
	return 0;
}

static int pack_out_option(struct packing *p)
{
	enum { MOST = 256 };

	p->parcel->level = p->m->box->args[1];
	p->parcel->optname = p->m->box->args[2];
	p->parcel->option = room(p, MOST);
	p->parcel->option_len = room(p, sizeof *p->parcel->option_len);
	if (!p->parcel->option || !p->parcel->option_len)
		return -1;
	*p->parcel->option_len = MOST;
	push_pointer(p, p->parcel->option);
	push_pointer(p, p->parcel->option_len);
	return 0;
}

static int pack_pair(struct packing *p)
{
	p->parcel->pair = room(p, 2 * sizeof *p->parcel->pair);
	push_pointer(p, p->parcel->pair);
	return p->parcel->pair ? 0 : -1;
}

/* The kernel arguments of one parameter; ARG is NULL where none is written. */
static int pack(struct packing *p, const struct param *param, const struct arg *arg, bool of_bytes)
{
	switch (param->kind) {
	case PARAM_FD:
	case PARAM_INT:
	case PARAM_HANDLER:
		return pack_int(p, arg);
	case PARAM_PAIR:
		return pack_pair(p);
	case PARAM_BYTES:
		return pack_bytes(p, arg);
	case PARAM_BUFFER:
		push(p, 0); /* the length that follows makes the buffer */
		return 0;
	case PARAM_LENGTH:
		return pack_length(p, arg, of_bytes);
	case PARAM_ADDRESS:
		return pack_address(p, arg);
	case PARAM_OPTVAL:
		return pack_option(p, arg);
	case PARAM_PATH:
		return pack_path(p, arg);
	case PARAM_POLLFDS:
		return pack_polls(p, arg);
	case PARAM_TIMEOUT:
		return pack_timeout(p, arg);
	case PARAM_PASS_FD:
		return pack_pass_fd(p, arg);
	case PARAM_OUT_FD:
		return pack_out_fd(p);
	case PARAM_OUT_ADDR:
		return pack_out_address(p);
	case PARAM_OUT_OPT:
		return pack_out_option(p);
	case PARAM_NULL:
	case PARAM_ZERO:
		push(p, 0);
		return 0;
	case PARAM_END:
		return 0;
	}
	return -1;
}

/* addr(NAME) becomes the address it stands for; the copy owns that one string. */
static int resolve(const struct marshal *m, struct arg *arg, struct str *why)
{
	struct str text = {0}, quoted = {0};

	if (!m->address_of(m->director, arg->text, &text, why)) {
		str_free(&text);
		return -1;
	}
	str_addc(&quoted, '"');
	str_addn(&quoted, str_text(&text), text.len);
	str_addc(&quoted, '"');
	arg->kind = ARG_STRING;
	arg->len = text.len;
	arg->bytes = str_take(&text);
	arg->text = str_take(&quoted);
	return 0;
}

static int pack_all(struct packing *p, const struct action *action)
{
	const struct arg *arg = action->args;
	bool of_bytes = false;

	for (const struct param *param = action->call->params; param->kind != PARAM_END; param++) {
		of_bytes = param->kind == PARAM_BYTES || (of_bytes && param->kind == PARAM_LENGTH);
		if (pack(p, param, param->name ? arg : NULL, of_bytes) < 0)
			return -1;
		if (param->name)
			arg++;
	}
	return 0;
}

static int pack_action(const struct marshal *m, const struct action *action, struct parcel *parcel,
		       struct str *why)
{
	struct packing p = {.m = m, .parcel = parcel, .why = why};
	struct mailbox *box = m->box;

	memset(box->args, 0, sizeof box->args);
	box->used = 0;
	box->over = 0;
	box->nr = action->call->nr;
	if (pack_all(&p, action) < 0)
		return -1;
	box->mail = action->call->result == RESULT_HANDLER ? MAIL_SIGNAL : MAIL_CALL;
	return 0;
}

int marshal_call(const struct marshal *m, const struct action *action, struct parcel *parcel,
		 struct str *whole, struct str *why)
{
	struct action copy = *action;
	int got = 0, resolved = -1;

	*parcel = (struct parcel){.action = action};
	for (size_t i = 0; i < copy.n_args && got == 0; i++)
		if (copy.args[i].kind == ARG_ADDR_OF) {
			got = resolve(m, &copy.args[i], why);
			resolved = got == 0 ? (int)i : -1;
		}
	action_print(whole, &copy);
	if (got == 0)
		got = pack_action(m, &copy, parcel, why);
	memcpy(parcel->args, m->box->args, sizeof parcel->args);
	if (resolved >= 0) {
		free(copy.args[resolved].bytes);
		free(copy.args[resolved].text);
	}
	return got;
}
