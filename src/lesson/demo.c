#include "lesson/demo.h"

#include "base/mem.h"
#include "lesson/action.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
	const char *name;
	unsigned bit;
} misses[] = {
	{"FIN", MISS_FIN}, {"RST", MISS_RST}, {"data", MISS_DATA}, {"all", MISS_ALL},
};

enum { N_MISSES = sizeof misses / sizeof *misses };

static unsigned miss_bit(const char *text, size_t len)
{
	for (size_t i = 0; i < N_MISSES; i++)
		if (strlen(misses[i].name) == len && memcmp(misses[i].name, text, len) == 0)
			return misses[i].bit;
	return 0;
}

bool misses_parse(const char *text, size_t len, unsigned *to)
{
	unsigned all = 0;

	for (size_t at = 0; at <= len;) {
		const char *comma = memchr(text + at, ',', len - at);
		size_t n = comma ? (size_t)(comma - text) - at : len - at;
		size_t space = at > 0 ? strspn(text + at, " ") : 0;
		unsigned bit = space < n ? miss_bit(text + at + space, n - space) : 0;

		if (!bit)
			return false;
		all |= bit;
		at += n + 1;
	}
	*to = all;
	return true;
}

void misses_print(struct str *to, unsigned which)
{
	size_t start = to->len;

	for (size_t i = 0; i < N_MISSES; i++)
		if (which & misses[i].bit)
			str_addf(to, "%s%s", to->len > start ? "," : "", misses[i].name);
}

static bool cell_needs_wire(const struct cell *cell)
{
	return cell->kind == CELL_OUTCOME && outcome_needs_wire(&cell->outcome);
}

bool demo_needs_wire(const struct demo *demo)
{
	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int role = 0; role < ROLES; role++)
			if (cell_needs_wire(&demo->table.rows.at[i].cell[role]))
				return true;
	return false;
}

int demo_next_step(const struct demo *demo, int row)
{
	int n = (int)demo->table.rows.n;

	for (row = row < 0 ? 1 : row + 1; row <= n; row++) {
		const struct table_row *r = &demo->table.rows.at[row - 1];

		if (r->cell[ROLE_A].kind == CELL_EMPTY && r->cell[ROLE_B].kind == CELL_EMPTY)
			continue;
		if (row < demo->at_once.first || row > demo->at_once.last)
			return row;
		return demo->at_once.last < n ? demo->at_once.last : n;
	}
	return 0;
}

/* The call of CELL, if that makes a socket; else NULL. */
static const struct action *socket_of(const struct cell *cell)
{
	const struct action *a = cell->action;
	bool makes = cell->kind == CELL_ACTION && a->kind == ACTION_CALL &&
		     strcmp(a->call->name, "socket") == 0 && a->n_args > 1;

	return makes ? a : NULL;
}

static bool is_internet(const struct action *socket)
{
	return socket->args[0].number == AF_INET || socket->args[0].number == AF_INET6;
}

static bool is_datagram(const struct action *socket)
{
	return (socket->args[1].number & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) == SOCK_DGRAM;
}

static bool makes_socket(const struct demo *demo, bool (*fits)(const struct action *socket))
{
	const struct action *a;

	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int role = 0; role < ROLES; role++) {
			a = socket_of(&demo->table.rows.at[i].cell[role]);
			if (a && fits(a))
				return true;
		}
	return false;
}

bool demo_has_wire(const struct demo *demo)
{
	return (demo->link != LINK_NONE && link_spec(demo->link)->internet) ||
	       makes_socket(demo, is_internet);
}

bool demo_has_datagrams(const struct demo *demo)
{
	return demo->link == LINK_UNIX_DGRAM || demo->link == LINK_UDP ||
	       makes_socket(demo, is_datagram);
}

static bool is_shared(const struct arg *arg)
{
	size_t n = arg->kind == ARG_STRING ? arg->len : 0;

	if (n == 0)
		return false;
	return arg->bytes[0] == '@' ||
	       (memchr(arg->bytes, ':', n) && (n < 2 || memcmp(arg->bytes + n - 2, ":0", 2) != 0));
}

static bool cell_shares_address(const struct cell *cell)
{
	const struct arg *arg;

	if (cell->kind != CELL_ACTION || cell->action->kind != ACTION_CALL)
		return false;
	arg = action_arg(cell->action, PARAM_ADDRESS);
	return arg && is_shared(arg);
}

bool demo_shares_address(const struct demo *demo)
{
	for (size_t i = 0; i < demo->table.rows.n; i++)
		for (int role = 0; role < ROLES; role++)
			if (cell_shares_address(&demo->table.rows.at[i].cell[role]))
				return true;
	return false;
}

enum link demo_default_link(const struct demo *demo)
{
	return demo_needs_wire(demo) ? LINK_TCP : LINK_UNIX;
}

void demo_change(struct demo *demo, const struct demo_changes *changes)
{
	if (changes->link)
		demo->link = *changes->link;
	for (int role = 0; role < ROLES; role++)
		if (changes->misses[role])
			demo->setup[role].misses = *changes->misses[role];
	demo_make_prologue(demo);
}

void table_free(struct table *table)
{
	for (size_t i = 0; i < table->rows.n; i++) {
		for (int role = 0; role < ROLES; role++)
			cell_free(&table->rows.at[i].cell[role]);
		free(table->rows.at[i].note);
	}
	vec_free(&table->rows);
}

void demo_free(struct demo *demo)
{
	for (size_t i = 0; i < demo->table.rows.n * demo->n_notes; i++)
		spans_free(&demo->notes[i]);
	free(demo->notes);
	table_free(&demo->table);
	table_free(&demo->prologue);
	for (int role = 0; role < ROLES; role++)
		free(demo->setup[role].label);
	for (size_t i = 0; i < demo->n_notes; i++)
		free(demo->note_heads[i]);
	free(demo->note_heads);
	free(demo->id);
	free(demo->title);
	*demo = (struct demo){0};
}
