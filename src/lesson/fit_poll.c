/*
 * fit_poll.c - poll's list, written in one of three ways.
 */
#include "lesson/parse.h"

#include "base/mem.h"
#include "lesson/arg.h"

/* Move N arguments at ITEMS into a new struct. */
static struct arg make_struct(struct arg *items, size_t n)
{
	struct arg all = {.kind = ARG_STRUCT, .n_items = n};

	all.items = mem_zero(ARG_ITEMS_MOST, sizeof *all.items);
	for (size_t i = 0; i < n; i++) {
		all.items[i] = items[i];
		items[i] = (struct arg){0};
	}
	return all;
}

static bool is_pollfd(const struct arg *arg)
{
	return arg->kind == ARG_STRUCT && arg->n_items == 2 &&
	       (arg->items[0].kind == ARG_NAME || arg->items[0].kind == ARG_NUMBER) &&
	       (arg->items[1].kind == ARG_NUMBER || arg->items[1].kind == ARG_NAME);
}

static bool is_list(const struct arg *arg)
{
	if (arg->kind != ARG_STRUCT || arg->n_items == 0)
		return false;
	for (size_t i = 0; i < arg->n_items; i++)
		if (!is_pollfd(&arg->items[i]))
			return false;
	return true;
}

/* poll({…}, N, timeout): N may be left out, but must be right. */
static bool take_count(struct scan *scan, struct written *written, size_t n)
{
	struct arg *count = &written->args[written->next];

	if (written->n - written->next < 2)
		return true;
	if (count->kind != ARG_NUMBER || count->number != (long)n)
		return scan_fail(scan, "poll() is given %zu descriptor%s, so its second argument "
				 "is %zu (or left out)", n, n == 1 ? "" : "s", n);
	arg_free(count);
	written->next++;
	return true;
}

static bool fit_struct(struct scan *scan, struct written *written, struct arg *pollfds)
{
	struct arg *first = &written->args[written->next];

	if (is_pollfd(first))
		*pollfds = make_struct(first, 1);
	else if (is_list(first))
		*pollfds = *first;
	else
		return scan_fail(scan, "poll() takes {sock, POLLIN} or {{sock, POLLIN}, "
				       "{listener, POLLIN}}");
	*first = (struct arg){0};
	written->next++;
	if (take_count(scan, written, pollfds->n_items))
		return true;
	arg_free(pollfds);
	return false;
}

/* Events are constants; poll(sock, 1000) is meant to wait. */
static bool is_time(const struct arg *events)
{
	return events->kind == ARG_NUMBER && events->number != 0 && !family_is_constant(events);
}

/* poll(sock, POLLIN, timeout): the events may be left out. */
static bool fit_flat(struct scan *scan, struct written *written, struct arg *pollfds)
{
	struct arg pair[2] = {{0}};

	pair[0] = written->args[written->next];
	written->args[written->next++] = (struct arg){0};
	if (written->next < written->n) {
		pair[1] = written->args[written->next];
		written->args[written->next++] = (struct arg){0};
	} else {
		long in = 0;

		constant_value("POLLIN", 6, &in);
		arg_number(&pair[1], in, "POLLIN");
	}
	*pollfds = make_struct(pair, 2);
	if (is_pollfd(pollfds) && !is_time(&pollfds->items[1])) {
		*pollfds = make_struct(pollfds, 1);
		return true;
	}
	arg_free(pollfds);
	return scan_fail(scan, "poll() takes a descriptor and its events: poll(sock, POLLIN, "
			       "1000)");
}

bool fit_pollfds(struct scan *scan, struct written *written, struct arg *pollfds)
{
	if (written->args[written->next].kind == ARG_STRUCT)
		return fit_struct(scan, written, pollfds);
	return fit_flat(scan, written, pollfds);
}
