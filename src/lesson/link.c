/*
 * link.c - how A's and B's sockets are joined before row 1: one row each.
 */
#include "lesson/demo.h"

#include "base/mem.h"
#include "base/text.h"
#include "lesson/action.h"

#include <stdlib.h>
#include <string.h>

/* The stage joins a pair itself, before it makes the two processes. */
static const struct link_step no_steps[] = {{ROLE_NONE, false, NULL}};

#define STREAM(socket, bound, connected) { \
	{ROLE_B, true, "listener = " socket}, \
	{ROLE_B, true, "bind(listener, " bound ")"}, \
	{ROLE_B, true, "listen(listener, 16)"}, \
	{ROLE_A, false, "sock = " socket}, \
	{ROLE_A, false, "connect(sock, " connected ")"}, \
	{ROLE_B, false, "sock = accept(listener)"}, \
	{ROLE_B, false, "close(listener)"}, \
	{ROLE_NONE, false, NULL}, \
}
#define DATAGRAM(socket, a, b, to_a, to_b) { \
	{ROLE_A, true, "sock = " socket}, \
	{ROLE_A, true, "bind(sock, " a ")"}, \
	{ROLE_B, true, "sock = " socket}, \
	{ROLE_B, true, "bind(sock, " b ")"}, \
	{ROLE_A, false, "connect(sock, " to_b ")"}, \
	{ROLE_B, false, "connect(sock, " to_a ")"}, \
	{ROLE_NONE, false, NULL}, \
}

static const struct link_step unix_steps[] =
	STREAM("socket(AF_UNIX)", "\"demo.sock\"", "\"demo.sock\"");
static const struct link_step seqpacket_steps[] =
	STREAM("socket(AF_UNIX, SOCK_SEQPACKET)", "\"demo.sock\"", "\"demo.sock\"");
static const struct link_step tcp_steps[] =
	STREAM("socket(AF_INET)", "\"127.0.0.1:0\"", "addr(listener)");
static const struct link_step tcp6_steps[] =
	STREAM("socket(AF_INET6)", "\"[::1]:0\"", "addr(listener)");
static const struct link_step dgram_steps[] =
	DATAGRAM("socket(AF_UNIX, SOCK_DGRAM)", "\"a.sock\"", "\"b.sock\"", "\"a.sock\"",
		 "\"b.sock\"");
static const struct link_step udp_steps[] =
	DATAGRAM("socket(AF_INET, SOCK_DGRAM)", "\"127.0.0.1:0\"", "\"127.0.0.1:0\"",
		 "addr(sock)", "addr(sock)");

static const struct link_spec specs[LINKS] = {
	{LINK_UNIX, "unix", N_("a Unix stream: A is connected to B by the file demo.sock"),
	 false, unix_steps},
	{LINK_UNIX_DGRAM, "unix-dgram",
	 N_("Unix datagram sockets, each bound and connected to the other"), false, dgram_steps},
	{LINK_UNIX_SEQPACKET, "unix-seqpacket",
	 N_("a Unix connection that keeps the bounds of messages"), false, seqpacket_steps},
	{LINK_PAIR, "pair", N_("a socketpair: two ends without a name"), false, no_steps},
	{LINK_TCP, "tcp", N_("a TCP connection over IPv4, within this machine"), true, tcp_steps},
	{LINK_TCP6, "tcp6", N_("a TCP connection over IPv6, within this machine"), true,
	 tcp6_steps},
	{LINK_UDP, "udp", N_("UDP sockets, each bound and connected to the other"), true,
	 udp_steps},
	{LINK_NONE, "none", N_("nothing: the table makes its sockets itself"), true,
	 no_steps},
};

const struct link_spec *link_spec(enum link link)
{
	return &specs[link];
}

bool link_find(const char *name, size_t len, enum link *link)
{
	for (size_t i = 0; i < LINKS; i++)
		if (strlen(specs[i].name) == len && memcmp(specs[i].name, name, len) == 0) {
			*link = specs[i].link;
			return true;
		}
	return false;
}

/*
 * The prologue.
 */

static bool arg_names(const struct arg *arg, const char *name)
{
	if ((arg->kind == ARG_NAME || arg->kind == ARG_ADDR_OF) && str_same(arg->text, name))
		return true;
	for (size_t i = 0; i < arg->n_items; i++)
		if (arg_names(&arg->items[i], name))
			return true;
	return false;
}

/* Whether any cell of the table speaks of NAME. */
static bool table_names(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->rows.n; i++)
		for (int role = 0; role < ROLES; role++) {
			const struct action *action = table->rows.at[i].cell[role].action;

			for (size_t k = 0; action && k < action->n_args; k++)
				if (arg_names(&action->args[k], name))
					return true;
		}
	return false;
}

bool demo_names(const struct demo *demo, const char *name)
{
	return table_names(&demo->table, name);
}

static void add_step(struct table *prologue, const struct link_step *step, int line)
{
	struct table_row row = {.line = line};
	struct cell *cell = &row.cell[step->role];
	struct errs errs = {0};

	if (cell_parse(cell, step->text, NULL, 0, &errs) != 0)
		abort(); /* a row above is wrong: the unit test parses them all */
	errs_free(&errs);
	cell->text = mem_strdup(step->text);
	row.cell[!step->role].text = mem_strdup("");
	vec_push(&prologue->rows, row);
}

/* Where a program plays a role. */
static bool is_done_first(const struct demo *demo, const struct link_step *step)
{
	if (!demo->setup[ROLE_A].program && !demo->setup[ROLE_B].program)
		return true;
	return step->alone && !demo->setup[step->role].program;
}

void demo_make_prologue(struct demo *demo)
{
	bool keep = demo->keeps_listener || demo_names(demo, "listener");

	table_free(&demo->prologue);
	for (const struct link_step *step = specs[demo->link].steps; step->text; step++)
		if (is_done_first(demo, step) &&
		    (!keep || strcmp(step->text, "close(listener)") != 0))
			add_step(&demo->prologue, step, demo->line);
}
