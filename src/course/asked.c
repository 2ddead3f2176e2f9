#include "course/asked.h"

#include "timeline/conduct.h"
#include "timeline/outcome_kind.h"

/* What comes of itself, or of many calls, is no answer to one. */
static bool cannot_be_asked(const struct outcome *outcome)
{
	return outcome_needs_wire(outcome) || conduct_is(outcome);
}

bool asked_is_fate(const struct outcome *outcome)
{
	enum outcome_about about = outcome_about(outcome);

	return about == ABOUT_SIGNAL || about == ABOUT_END;
}

bool asked_find(struct asked *asked, const struct demo *demo, enum role role, int row)
{
	const struct table *table = &demo->table;
	const struct cell *cell = &table->rows.at[row - 1].cell[role];

	*asked = (struct asked){.demo = demo, .role = role, .row = row, .truth = &cell->outcome};
	if (cell->kind != CELL_OUTCOME || cannot_be_asked(&cell->outcome))
		return false;
	while (--row >= 1) {
		cell = &table->rows.at[row - 1].cell[role];
		if (cell->kind == CELL_OUTCOME && !cannot_be_asked(&cell->outcome) && !asked->after)
			asked->after = row;
		if (cell->kind != CELL_ACTION)
			continue;
		asked->call_row = row;
		asked->action = cell->action->kind == ACTION_CALL ? cell->action : NULL;
		return asked->action || asked_is_fate(asked->truth);
	}
	return false;
}

/*
 * How much a row surprises.
 */

/* What the rows above told the role. */
struct told {
	bool error;      /* a call of it failed */
	bool reset;      /* a reset came to it, or left the other */
};

static struct told told_before(const struct demo *demo, enum role role, int row)
{
	struct told told = {false, false};

	while (--row >= 1)
		for (int r = 0; r < ROLES; r++) {
			const struct cell *cell = &demo->table.rows.at[row - 1].cell[r];

			if (cell->kind != CELL_OUTCOME)
				continue;
			told.error = told.error || ((enum role)r == role &&
						    cell->outcome.kind == OUTCOME_FAILS);
			told.reset = told.reset || (outcome_needs_wire(&cell->outcome) &&
						    cell->outcome.flag == SEGMENT_RST);
		}
	return told;
}

static int error_surprises(const struct asked *asked, struct told told)
{
	return (asked->truth->sig ? 70 : 60) - (told.error ? 15 : 0);
}

/* The end of the stream where one would expect to hear of the reset. */
static int eof_surprises(struct told told)
{
	if (told.error)
		return 20;
	return told.reset ? 80 : 40;
}

/* recv() waits for something every day; that others wait is less known. */
static int block_surprises(const struct asked *asked)
{
	return call_reads(asked->action->call) ? 30 : 50;
}

static int result_surprises(const struct asked *asked)
{
	struct told told = told_before(asked->demo, asked->role, asked->row);
	const struct outcome *truth = asked->truth;

	if (truth->kind == OUTCOME_FAILS)
		return error_surprises(asked, told);
	if (truth->kind == OUTCOME_EOF)
		return eof_surprises(told);
	/* An error that a socket has noted, as getsockopt() tells it. */
	return truth->kind == OUTCOME_RETURNS && truth->detail && *truth->detail == 'E' ? 55 : 0;
}

int asked_surprise(const struct asked *asked)
{
	switch (outcome_about(asked->truth)) {
	case ABOUT_RESULT:
		return result_surprises(asked);
	case ABOUT_SLEEP:
		return block_surprises(asked);
	case ABOUT_SIGNAL:
	case ABOUT_END:
	case ABOUT_SENT:
	case ABOUT_GOT:
	case ABOUT_DOING:
		break;
	}
	return 0;
}

bool asked_find_in_row(struct asked *asked, const struct demo *demo, int row)
{
	struct asked found[ROLES];
	bool has[ROLES];

	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		has[role] = asked_find(&found[role], demo, role, row);
	if (!has[ROLE_A] && !has[ROLE_B])
		return false;
	if (has[ROLE_A] && has[ROLE_B])
		has[ROLE_A] = asked_surprise(&found[ROLE_A]) >= asked_surprise(&found[ROLE_B]);
	*asked = found[has[ROLE_A] ? ROLE_A : ROLE_B];
	return true;
}
