#include "lesson/unread.h"

#include "base/text.h"
#include "lesson/action.h"
#include "lesson/draft.h"

static const struct action *action_of(const struct demo *demo, int row, enum role role)
{
	const struct cell *cell = &demo->table.rows.at[row - 1].cell[role];

	return cell->kind == CELL_ACTION ? cell->action : NULL;
}

/* The call that ROLE makes on `sock` in ROW, or NULL. */
static const struct call *socket_call(const struct demo *demo, int row, enum role role)
{
	const struct action *action = action_of(demo, row, role);
	const struct arg *fd;

	if (!action || action->kind != ACTION_CALL)
		return NULL;
	fd = action_arg(action, PARAM_FD);
	return fd && str_same(fd->text, "sock") ? action->call : NULL;
}

static bool sends(const struct call *call)
{
	return call && call->result == RESULT_COUNT;
}

static bool reads(const struct call *call)
{
	return call && (call->result == RESULT_BYTES || call->result == RESULT_BYTES_FROM);
}

static bool closes(const struct call *call)
{
	return call && (str_same(call->name, "close") || str_same(call->name, "shutdown"));
}

static bool any_before(const struct demo *demo, int row, enum role role,
		       bool (*is)(const struct call *call))
{
	for (int i = 1; i < row; i++)
		if (is(socket_call(demo, i, role)))
			return true;
	return false;
}

/* Whether ROLE can still send before ROW: it neither closed nor was stopped from outside. */
static bool can_send(const struct demo *demo, int row, enum role role)
{
	for (int i = 1; i < row; i++) {
		const struct action *action = action_of(demo, i, role);

		if (closes(socket_call(demo, i, role)) ||
		    (action && (action->kind != ACTION_CALL || action->call->result == RESULT_NEVER)))
			return false;
	}
	return true;
}

static struct unread find_at(const struct demo *demo, int row, enum role role)
{
	struct unread found = {UNREAD_NONE, role, row};
	const struct call *call = socket_call(demo, row, role);
	bool sent = any_before(demo, row, role_other(role), sends);
	bool read = any_before(demo, row, role, reads);

	if (!call || !str_same(call->name, "close") || any_before(demo, row, role, closes))
		return found;
	if (sent && read)
		found.kind = UNREAD_SKIP;
	else if (sent)
		found.kind = UNREAD_READ;
	else if (can_send(demo, row, role_other(role)))
		found.kind = UNREAD_SEND;
	return found;
}

struct unread unread_find(const struct demo *demo)
{
	for (int row = 1; row <= (int)demo->table.rows.n && demo->link != LINK_NONE; row++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			struct unread found = find_at(demo, row, role);

			if (found.kind != UNREAD_NONE)
				return found;
		}
	return (struct unread){UNREAD_NONE, ROLE_NONE, 0};
}

void unread_words(struct str *to, struct unread unread)
{
	const char *who = unread.role == ROLE_B ? "B" : "A";

	switch (unread.kind) {
	case UNREAD_NONE:
		return;
	case UNREAD_SKIP:
		str_addf(to, _("%s does not read before it closes"), who);
		return;
	case UNREAD_READ:
		str_addf(to, _("%s reads before it closes"), who);
		return;
	case UNREAD_SEND:
		str_addf(to, _("%s has bytes unread when it closes"), who);
		return;
	}
}

/* Take the reads of ROLE before ROW out, and what is said of them. */
static void skip_reads(struct draft *draft, const struct demo *demo, int row, enum role role)
{
	bool skipping = false;

	for (int i = 1; i < row; i++) {
		const struct cell *cell = &demo->table.rows.at[i - 1].cell[role];

		if (cell->kind == CELL_ACTION)
			skipping = reads(socket_call(demo, i, role));
		if (skipping && cell->kind != CELL_EMPTY)
			draft_set(draft, (size_t)(i - 1), role, "");
	}
}

static void change(struct draft *draft, const struct demo *demo, struct unread unread)
{
	size_t at = (size_t)(unread.row - 1);

	switch (unread.kind) {
	case UNREAD_NONE:
		return;
	case UNREAD_SKIP:
		skip_reads(draft, demo, unread.row, unread.role);
		return;
	case UNREAD_READ:
		draft_insert(draft, at);
		draft_set(draft, at, unread.role, "recv()");
		return;
	case UNREAD_SEND:
		draft_insert(draft, at);
		draft_set(draft, at, role_other(unread.role), "send()");
		return;
	}
}

struct lesson *unread_make(const struct lesson *lesson, const struct demo *demo,
			   struct unread unread)
{
	struct errs errs = {0};
	struct draft draft;
	struct lesson *made;

	draft_start(&draft, lesson, demo);
	change(&draft, demo, unread);
	made = draft_lesson(&draft, &errs);
	draft_free(&draft);
	errs_free(&errs);
	return made;
}
