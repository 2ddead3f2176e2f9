#include "course/tempt.h"

#include "course/sort.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { TEMPTING = 6 };

/*
 * Who expects what. The first row that fits is taken: CALLS names the call, SORTS are the
 * descriptors it may be about (0: any), TRUTH is what really happens (NULL: anything).
 *
 * `=all` stands for as many bytes as the call sends, `=sent` for what the other side has sent,
 * `=asked` for the events that poll() waits for.
 */
static const struct temptation {
	const char *calls;
	unsigned sorts;
	const char *truth;
	const char *outcomes[TEMPTING];
} temptations[] = {
	{"send sendto write sendfd", SORT_TCP, "ETIMEDOUT",
	 {"=all", "ECONNRESET", "EPIPE + SIGPIPE"}},
	{"send sendto write sendfd", SORT_UDP | SORT_UNIX_DGRAM, "EMSGSIZE",
	 {"=all", "blocks", "ENOBUFS"}},
	{"send sendto write sendfd", SORT_UDP, NULL,
	 {"=all", "ECONNREFUSED", "ETIMEDOUT", "EPIPE + SIGPIPE"}},
	{"send sendto write sendfd", 0, "EAGAIN", {"blocks", "=all", "EPIPE + SIGPIPE"}},
	{"send sendto write sendfd", 0, "blocks", {"=all", "EAGAIN", "EPIPE + SIGPIPE"}},
	{"send sendto write sendfd", SORT_UNIX_DGRAM, NULL,
	 {"=all", "ECONNREFUSED", "EPIPE + SIGPIPE", "ENOTCONN", "blocks"}},
	{"send sendto write sendfd", SORT_PIPE, NULL,
	 {"=all", "EPIPE + SIGPIPE", "blocks", "EPIPE", "EBADF"}},
	{"send sendto write sendfd", 0, NULL,
	 {"=all", "EPIPE + SIGPIPE", "ECONNRESET", "EPIPE", "blocks"}},

	{"recv recvfrom read recvfd", SORT_UDP | SORT_UNIX_DGRAM, "ECONNREFUSED",
	 {"blocks", "EOF", "ECONNRESET"}},
	{"recv recvfrom read recvfd", 0, "EAGAIN", {"blocks", "EOF", "=sent", "ECONNRESET"}},
	{"recv recvfrom read recvfd", 0, "ETIMEDOUT", {"ECONNRESET", "EOF", "EAGAIN"}},
	{"recv recvfrom read recvfd", 0, "EHOSTUNREACH", {"ECONNRESET", "EOF", "ETIMEDOUT"}},
	{"recv recvfrom read recvfd", 0, "blocks", {"EOF", "=sent", "EAGAIN", "ECONNRESET"}},
	{"recv recvfrom read recvfd", SORT_UDP | SORT_UNIX_DGRAM, NULL,
	 {"=sent", "blocks", "EOF", "ECONNREFUSED"}},
	{"recv recvfrom read recvfd", SORT_PIPE, NULL,
	 {"EOF", "=sent", "blocks", "EPIPE", "EAGAIN"}},
	{"recv recvfrom read recvfd", 0, NULL,
	 {"EOF", "ECONNRESET", "=sent", "blocks", "EPIPE", "ETIMEDOUT"}},

	{"connect", SORT_TCP, "ETIMEDOUT", {"ECONNREFUSED", "= 0", "EHOSTUNREACH"}},
	{"connect", 0, "EINPROGRESS", {"= 0", "blocks", "EAGAIN"}},
	{"connect", SORT_TCP, NULL, {"= 0", "ECONNREFUSED", "blocks", "ETIMEDOUT", "ECONNRESET"}},
	{"connect", SORT_UDP, NULL, {"= 0", "ECONNREFUSED", "ETIMEDOUT", "blocks"}},
	{"connect", 0, "EAGAIN", {"blocks", "ECONNREFUSED", "= 0"}},
	{"connect", 0, NULL, {"= 0", "ECONNREFUSED", "blocks", "ENOENT", "EACCES"}},

	{"bind", SORT_TCP | SORT_UDP, NULL, {"= 0", "EADDRINUSE", "EADDRNOTAVAIL", "EACCES"}},
	{"bind", 0, NULL, {"= 0", "EADDRINUSE", "EEXIST", "ENOENT"}},
	{"listen", 0, NULL, {"= 0", "EADDRINUSE", "EINVAL", "ECONNREFUSED"}},
	{"accept accept4", 0, NULL, {"blocks", "EAGAIN", "ECONNABORTED", "EINVAL"}},
	{"poll", 0, NULL, {"=asked", "= 0", "= 1 POLLIN|POLLHUP", "= 1 POLLHUP", "blocks"}},
	{"SO_ERROR", 0, NULL, {"= 0 0", "= 0 ECONNRESET", "= 0 EPIPE", "= 0 ECONNREFUSED"}},
	{"setsockopt", 0, NULL, {"= 0", "EINVAL", "ENOPROTOOPT", "EISCONN"}},
	{"shutdown", 0, NULL, {"= 0", "ENOTCONN", "EPIPE", "ECONNRESET"}},
	{"close", 0, NULL, {"= 0", "EBADF", "ECONNRESET", "EPIPE"}},
	{"getpeername", 0, NULL, {"ENOTCONN", "EINVAL", "ECONNRESET", "ENOENT"}},
	{"unlink", 0, NULL, {"= 0", "ENOENT", "EBUSY", "EADDRINUSE"}},
	{"chmod", 0, NULL, {"= 0", "EPERM", "ENOENT", "EACCES"}},
	{NULL, 0, NULL, {"= 0", "EBADF", "EINVAL", "EPERM"}},
};

/* What becomes of the process: asked where the table speaks of a signal or of the end. */
static const struct temptation fates = {
	NULL, 0, NULL, {"Terminated", "EPIPE", "exited 1", "ECONNRESET", "exited 0"},
};

/*
 * Which row.
 */

static const char *call_called(const struct action *action)
{
	const struct arg *level = &action->args[1], *option = &action->args[2];

	if (strcmp(action->call->name, "getsockopt") == 0 && level->number == SOL_SOCKET &&
	    option->number == SO_ERROR)
		return "SO_ERROR";
	return action->call->name;
}

/* Whether WORD is one of the WORDS, which are parted by spaces. */
static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (len == n && memcmp(p, word, n) == 0)
			return true;
		p += len;
	}
	return false;
}

static const struct temptation *find_row(const struct asked *asked)
{
	const struct temptation *row = temptations;
	enum sort sort = sort_of_action(asked->demo, asked->role, asked->call_row, asked->action);
	struct str truth = {0};

	outcome_print(&truth, asked->truth);
	while (row->calls && !(has_word(row->calls, call_called(asked->action)) &&
			       (row->sorts == 0 || row->sorts & sort) &&
			       (!row->truth || str_same(row->truth, str_text(&truth)))))
		row++;
	str_free(&truth);
	return row;
}

/*
 * Outcomes from the row's words.
 */

static void add_outcome(struct outcomes *to, const char *text)
{
	struct cell cell = {0};
	struct errs errs = {0};

	if (cell_parse(&cell, text, NULL, 0, &errs) != 0 || cell.kind != CELL_OUTCOME)
		abort(); /* a row above is wrong: the unit test parses them all */
	vec_push(&to->list, cell.outcome);
	errs_free(&errs);
}

static void add_all(struct outcomes *to, const struct action *action)
{
	const struct arg *length = action_arg(action, PARAM_LENGTH);
	bool known = length && length->kind == ARG_NUMBER;

	if (known || !length) /* sendfd sends one byte */
		vec_push(&to->list, (struct outcome){.kind = OUTCOME_RETURNS,
						     .number = known ? length->number : 1});
}

static bool sends_bytes(const struct cell *cell, const struct arg **bytes)
{
	if (cell->kind != CELL_ACTION || cell->action->kind != ACTION_CALL)
		return false;
	*bytes = action_arg(cell->action, PARAM_BYTES);
	return *bytes && (*bytes)->kind == ARG_STRING && (*bytes)->len > 0;
}

static void add_bytes(struct outcomes *to, const struct str *bytes)
{
	if (bytes->len)
		vec_push(&to->list, (struct outcome){.kind = OUTCOME_BYTES, .len = bytes->len,
						     .bytes = mem_strndup(bytes->p, bytes->len)});
}

/* What the other side has sent: all of it as one, and its first message. */
static void add_sent(struct outcomes *to, const struct asked *asked)
{
	struct str all = {0}, first = {0};

	for (int row = 1; row < asked->row; row++) {
		const struct table_row *r = &asked->demo->table.rows.at[row - 1];
		const struct arg *bytes;

		if (!sends_bytes(&r->cell[role_other(asked->role)], &bytes))
			continue;
		if (!first.len)
			str_addn(&first, bytes->bytes, bytes->len);
		str_addn(&all, bytes->bytes, bytes->len);
	}
	add_bytes(to, &all);
	add_bytes(to, &first);
	str_free(&all);
	str_free(&first);
}

/* That what the first of the polled descriptors is asked for can be done. */
static void add_asked(struct outcomes *to, const struct action *action)
{
	const struct arg *fds = action_arg(action, PARAM_POLLFDS);
	struct str events = {0};

	if (!fds || !fds->n_items || fds->items[0].n_items < 2)
		return;
	constant_flags(&events, "POLL", (unsigned long)fds->items[0].items[1].number);
	vec_push(&to->list, (struct outcome){.kind = OUTCOME_RETURNS, .number = 1,
					     .detail = str_take(&events)});
}

static void add_words(struct outcomes *to, const struct asked *asked, const char *words)
{
	if (strcmp(words, "=all") == 0)
		add_all(to, asked->action);
	else if (strcmp(words, "=sent") == 0)
		add_sent(to, asked);
	else if (strcmp(words, "=asked") == 0)
		add_asked(to, asked->action);
	else
		add_outcome(to, words);
}

/*
 * Which of them may stand beside the truth.
 */

static bool counts_bytes(const struct outcome *count, const struct outcome *bytes)
{
	return count->kind == OUTCOME_RETURNS &&
	       ((bytes->kind == OUTCOME_BYTES &&
		 (count->number == 0 || (size_t)count->number == bytes->len)) ||
		(bytes->kind == OUTCOME_EOF && count->number == 0));
}

bool tempt_meet(const struct outcome *a, const struct outcome *b)
{
	if (outcome_same(a, b) || counts_bytes(a, b) || counts_bytes(b, a))
		return true;
	if (a->kind != b->kind)
		return false;
	if (a->kind == OUTCOME_RETURNS)
		return a->number == b->number && (!a->detail || !b->detail);
	return a->kind == OUTCOME_BYTES && a->len == b->len &&
	       memcmp(a->bytes, b->bytes, a->len) == 0 && (!a->detail || !b->detail);
}

/* Whether the other role does anything between the call and its outcome. */
static bool other_acts(const struct asked *asked)
{
	for (int row = asked->call_row; row <= asked->row; row++) {
		const struct cell *cell =
			&asked->demo->table.rows.at[row - 1].cell[role_other(asked->role)];

		if (cell->kind == CELL_ACTION)
			return true;
	}
	return false;
}

/* Whether one could say that the call blocked before it came to the truth. */
static bool blocked_before(const struct asked *asked)
{
	const struct outcome *truth = asked->truth;

	if (truth->kind == OUTCOME_FAILS && (truth->err == ETIMEDOUT || truth->err == EHOSTUNREACH))
		return true;
	if (truth->kind == OUTCOME_RETURNS && truth->number == 0 &&
	    strcmp(asked->action->call->name, "poll") == 0)
		return true;
	return asked->after || other_acts(asked);
}

/* Whether the table speaks of a signal or an end after the outcome, before the next call. */
static bool signal_follows(const struct asked *asked)
{
	const struct table *table = &asked->demo->table;

	for (size_t row = (size_t)asked->row; row < table->rows.n; row++) {
		const struct cell *cell = &table->rows.at[row].cell[asked->role];

		if (cell->kind == CELL_ACTION)
			return false;
		if (cell->kind == CELL_OUTCOME && (cell->outcome.kind == OUTCOME_SIGNAL ||
						   cell->outcome.kind == OUTCOME_TERMINATED))
			return true;
	}
	return false;
}

/* A signal, and the end that comes of it; an error where no call was made. */
static bool beside_the_point(const struct outcome *outcome, const struct asked *asked)
{
	return (asked->truth->kind == OUTCOME_SIGNAL && outcome->kind == OUTCOME_TERMINATED) ||
	       (outcome->kind == OUTCOME_FAILS && !asked->action);
}

static bool may_stand(const struct outcome *outcome, const struct asked *asked)
{
	const struct outcome *truth = asked->truth;

	if (tempt_meet(outcome, truth) || beside_the_point(outcome, asked))
		return false;
	if (outcome->kind == OUTCOME_BLOCKS && blocked_before(asked))
		return false;
	/* Both come true, one after the other. */
	return !(outcome->kind == OUTCOME_FAILS && truth->kind == OUTCOME_FAILS &&
		 outcome->err == truth->err && outcome->sig && signal_follows(asked));
}

static bool meets_any(const struct outcomes *list, size_t from, const struct outcome *outcome)
{
	for (size_t i = from; i < list->list.n; i++)
		if (tempt_meet(&list->list.at[i], outcome))
			return true;
	return false;
}

void tempt_list(struct outcomes *to, const struct asked *asked, size_t most)
{
	const struct temptation *row = asked_is_fate(asked->truth) ? &fates : find_row(asked);
	struct outcomes all = {0};
	size_t start = to->list.n;

	for (size_t i = 0; i < TEMPTING && row->outcomes[i]; i++)
		add_words(&all, asked, row->outcomes[i]);
	for (size_t i = 0; i < all.list.n; i++) {
		struct outcome *outcome = &all.list.at[i];

		if (to->list.n - start == most || !may_stand(outcome, asked) ||
		    meets_any(to, start, outcome)) {
			outcome_free(outcome);
			continue;
		}
		vec_push(&to->list, *outcome);
	}
	vec_free(&all.list);
}

const char *tempt_text_at(size_t i)
{
	enum { ROWS = sizeof temptations / sizeof *temptations };
	const struct temptation *row = i / TEMPTING < ROWS ? &temptations[i / TEMPTING] : &fates;
	const char *text = row->outcomes[i % TEMPTING];

	if (i / TEMPTING > ROWS)
		return NULL;
	return !text || (*text == '=' && text[1] != ' ') ? "" : text;
}

void outcomes_free(struct outcomes *outcomes)
{
	for (size_t i = 0; i < outcomes->list.n; i++)
		outcome_free(&outcomes->list.at[i]);
	vec_free(&outcomes->list);
}
