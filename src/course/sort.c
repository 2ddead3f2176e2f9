#include "course/sort.h"

#include "lesson/action.h"

#include <string.h>
#include <sys/socket.h>

static enum sort sort_of_type(long domain, long type)
{
	bool local = domain == AF_UNIX;

	switch (type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) {
	case SOCK_STREAM:
		return local ? SORT_UNIX : SORT_TCP;
	case SOCK_DGRAM:
		return local ? SORT_UNIX_DGRAM : SORT_UDP;
	case SOCK_SEQPACKET:
		return local ? SORT_UNIX_SEQPACKET : SORT_UNKNOWN;
	default:
		return SORT_UNKNOWN;
	}
}

/* Calls that give another descriptor of the kind that they are given. */
static bool keeps_sort(const struct call *call)
{
	return strcmp(call->name, "accept") == 0 || strcmp(call->name, "accept4") == 0 ||
	       strcmp(call->name, "dup") == 0;
}

/* What ACTION, which defined a name in row ROW, made. */
static enum sort sort_made(const struct demo *demo, enum role role, int row,
			   const struct action *action)
{
	const char *name = action->call->name;

	if (strcmp(name, "socket") == 0 || strcmp(name, "socketpair") == 0)
		return sort_of_type(action->args[0].number, action->args[1].number);
	if (strcmp(name, "pipe") == 0)
		return SORT_PIPE;
	if (keeps_sort(action->call))
		return sort_of_action(demo, role, row, action);
	return SORT_UNKNOWN;
}

static bool defines(const struct cell *cell, const char *name)
{
	const struct action *action = cell->action;

	return cell->kind == CELL_ACTION && action->kind == ACTION_CALL &&
	       (str_same(action->names[0], name) || str_same(action->names[1], name));
}

enum sort sort_of(const struct demo *demo, enum role role, int before, const char *name)
{
	const struct table *prologue = &demo->prologue;

	for (int row = before - 1; row >= 1; row--) {
		const struct cell *cell = &demo->table.rows.at[row - 1].cell[role];

		if (defines(cell, name))
			return sort_made(demo, role, row, cell->action);
	}
	for (size_t i = prologue->rows.n; i-- > 0;) {
		const struct cell *cell = &prologue->rows.at[i].cell[role];

		/* The set-up's accept() gives what the set-up's connect() was made with. */
		if (defines(cell, name) && keeps_sort(cell->action->call))
			return sort_of(demo, role, 0, "listener");
		if (defines(cell, name))
			return sort_made(demo, role, 0, cell->action);
	}
	return demo->link == LINK_PAIR && strcmp(name, "sock") == 0 ? SORT_UNIX : SORT_UNKNOWN;
}

enum sort sort_of_action(const struct demo *demo, enum role role, int row,
			 const struct action *action)
{
	const struct arg *fd = action_arg(action, PARAM_FD), *fds;

	if (!fd) {
		fds = action_arg(action, PARAM_POLLFDS);
		if (fds && fds->n_items && fds->items[0].n_items)
			fd = &fds->items[0].items[0];
	}
	return fd && fd->kind == ARG_NAME ? sort_of(demo, role, row, fd->text) : SORT_UNKNOWN;
}
