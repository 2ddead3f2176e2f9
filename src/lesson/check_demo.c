/*
 * check_demo.c - one demo: its rows in their order, as the director will take them.
 */
#include "lesson/check.h"

#include "base/mem.h"
#include "base/near.h"
#include "base/utf8.h"
#include "lesson/action.h"
#include "lesson/check_outcome.h"
#include "timeline/outcome_kind.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 60 }; /* bytes of what is wrong that an error shows */

struct checker {
	const struct demo *demo;
	const char *file;
	struct errs *errs;
	int line;
	VEC(const char *) names[ROLES];       /* defined so far; borrowed from the actions */
	const struct action *newest[ROLES];   /* the call that outcomes speak of */
	bool acted[ROLES];                    /* the table made something happen in that column */
	int ended[ROLES];                     /* line in which the process ended, or 0 */
	bool said;                            /* something in a row is wrong, and was said */
};

/* For "%.*s". */
static int shown(const char *text)
{
	return (int)utf8_fit(text, strlen(text), SHOWN);
}

static char role_letter(int role)
{
	return role == ROLE_A ? 'A' : 'B';
}

/*
 * Names.
 */

static bool is_defined(const struct checker *c, int role, const char *name)
{
	for (size_t i = 0; i < c->names[role].n; i++)
		if (str_same(c->names[role].at[i], name))
			return true;
	return false;
}

static void define(struct checker *c, int role, const struct action *action)
{
	for (size_t i = 0; i < 2; i++)
		if (action->names[i])
			vec_push(&c->names[role], action->names[i]);
}

static void no_name(struct checker *c, int role, const char *name, bool either)
{
	struct near near = near_start(name);

	for (int r = 0; r < ROLES; r++)
		for (size_t i = 0; (r == role || either) && i < c->names[r].n; i++)
			near_offer(&near, c->names[r].at[i]);
	if (!near.best && c->demo->wrong)
		return; /* a cell that could not be read may define it */
	if (near.best)
		errs_add(c->errs, c->file, c->line, "Process %c has no '%s' here (did you mean "
			 "'%s'?)", role_letter(role), name, near.best);
	else
		errs_add(c->errs, c->file, c->line, "Process %c has no '%s' here; a row above must "
			 "define it, as in %s = socket(AF_UNIX)", role_letter(role), name, name);
}

static void check_arg(struct checker *c, int role, const struct arg *arg)
{
	if (arg->kind == ARG_NAME && !is_defined(c, role, arg->text))
		no_name(c, role, arg->text, false);
	if (arg->kind == ARG_ADDR_OF && !is_defined(c, role, arg->text) &&
	    !is_defined(c, !role, arg->text))
		no_name(c, role, arg->text, true);
	for (size_t i = 0; i < arg->n_items; i++)
		check_arg(c, role, &arg->items[i]);
}

/*
 * Addresses.
 */

static bool is_outside(const char *path)
{
	const char *up = strstr(path, "..");

	if (path[0] == '/')
		return true;
	for (; up; up = strstr(up + 1, ".."))
		if ((up == path || up[-1] == '/') && (up[2] == '\0' || up[2] == '/'))
			return true;
	return false;
}

/* Whether TEXT is `1.2.3.4:5` but not on the loopback. */
static bool is_elsewhere(const char *text)
{
	return strspn(text, "0123456789.:") == strlen(text) && strchr(text, ':') &&
	       strchr(text, '.') && strncmp(text, "127.", 4) != 0;
}

static void check_address(struct checker *c, const struct arg *arg)
{
	struct str s = {0};

	if (arg->kind != ARG_STRING)
		return;
	str_add_quoted(&s, arg->bytes, arg->len, SHOWN);
	if (is_outside(arg->bytes))
		errs_add(c->errs, c->file, c->line, "the path \"%s\" leads out of the demo's own "
			 "directory; \"demo.sock\" is in it", str_text(&s));
	else if (is_elsewhere(arg->bytes))
		errs_add(c->errs, c->file, c->line, "the address \"%s\" is not on the loopback; "
			 "\"127.0.0.1:7000\" is", str_text(&s));
	str_free(&s);
}

/*
 * Cells.
 */

/* What the sandbox refuses would end the process. */
static void check_fcntl(struct checker *c, const struct action *action)
{
	const struct arg *cmd = &action->args[1], *arg = &action->args[2];

	if (strcmp(action->call->name, "fcntl") != 0 || cmd->kind != ARG_NUMBER)
		return;
	if (!call_fcntl_is_fine(cmd->number))
		errs_add(c->errs, c->file, c->line, "fcntl() with %s is not carried out; %s are",
			 cmd->text, CALL_FCNTL);
	else if (cmd->number == F_SETOWN && arg->kind == ARG_NUMBER && arg->number != 0)
		errs_add(c->errs, c->file, c->line, "F_SETOWN is carried out for the process itself: "
			 "me = getpid(), then fcntl(sock, F_SETOWN, me)");
}

static void check_call(struct checker *c, int role, const struct action *action)
{
	const struct param *param = action->call->params;

	for (size_t i = 0; i < action->n_args; i++, param++) {
		while (!param->name)
			param++;
		if (param->kind != PARAM_PAIR)
			check_arg(c, role, &action->args[i]);
		if (param->kind == PARAM_ADDRESS || param->kind == PARAM_PATH)
			check_address(c, &action->args[i]);
	}
	check_fcntl(c, action);
	define(c, role, action);
	c->newest[role] = action;
	if (action->call->result == RESULT_NEVER)
		c->ended[role] = c->line;
}

static bool has_wire(const struct demo *demo)
{
	return link_spec(demo->link)->internet;
}

static void check_deed(struct checker *c, int role, const struct action *action)
{
	const char *why = deed_why_not(action, c->demo->link);
	struct str words = {0};

	if (why) {
		deed_print(&words, action);
		errs_add(c->errs, c->file, c->line, "'%s' cannot be done with link=%s: %s",
			 str_text(&words), link_spec(c->demo->link)->name, why);
	}
	if (action->deed->kind == DEED_KILL && action->signal == 9)
		c->ended[role] = c->line;
	str_free(&words);
}

/* Whether it needs the process of its column, or what that holds. */
static bool needs_process(const struct action *action)
{
	return action->kind == ACTION_CALL || action->deed->on == DEED_ON_PROCESS ||
	       action->deed->on == DEED_ON_SOCKET;
}

static void check_action(struct checker *c, int role, const struct action *action)
{
	if (c->ended[role] && needs_process(action)) {
		errs_add(c->errs, c->file, c->line,
			 "Process %c ended in line %d; it can do nothing more",
			 role_letter(role), c->ended[role]);
		return;
	}
	switch (action->kind) {
	case ACTION_CALL:
		check_call(c, role, action);
		break;
	case ACTION_DEED:
		check_deed(c, role, action);
		break;
	}
	c->acted[role] = true;
}

/* An outcome for which nothing in its column could have happened. */
static bool lacks_cause(struct checker *c, int role, const struct outcome *outcome,
			const char *text)
{
	switch (outcome_spec(outcome->kind)->cause) {
	case CAUSE_CALL:
		if (c->newest[role])
			return false;
		errs_add(c->errs, c->file, c->line, "'%.*s' speaks of a call of Process %c, which "
			 "has made none above; put the call in its column first", shown(text), text,
			 role_letter(role));
		return true;
	case CAUSE_ACTION:
		if (c->acted[role])
			return false;
		errs_add(c->errs, c->file, c->line,
			 "nothing above in the column of Process %c could have led to '%.*s'",
			 role_letter(role), shown(text), text);
		return true;
	case CAUSE_NOTHING:
		break;
	}
	return false;
}

static bool lacks_wire(struct checker *c, const struct outcome *outcome, const char *text)
{
	enum link link = c->demo->link;

	if (!outcome_needs_wire(outcome) || link == LINK_TCP || link == LINK_TCP6 ||
	    link == LINK_NONE)
		return false;
	errs_add(c->errs, c->file, c->line,
		 "'%s' is a segment of TCP, which link=%s does not have; "
		 "link=tcp has",
		 text, link_spec(link)->name);
	return true;
}

static void check_outcome(struct checker *c, int role, const struct cell *cell)
{
	const struct outcome *outcome = &cell->outcome;
	struct str why = {0};

	/* What a program does has no cause in the table, and what a cell that could not be read would
	 * have done is not known. */
	if (!c->demo->wrong && !c->demo->setup[role].program &&
	    lacks_cause(c, role, outcome, cell->text))
		return;
	if (lacks_wire(c, outcome, cell->text))
		return;
	if (c->newest[role] && !c->demo->wrong && !outcome_can_hold(outcome, c->newest[role], &why))
		errs_add(c->errs, c->file, c->line, "'%.*s' can never hold: %s",
			 shown(cell->text), cell->text, str_text(&why));
	str_free(&why);
	if (outcome_about(outcome) == ABOUT_END)
		c->ended[role] = c->line;
}

/* Where both cells hold an action, A's is started first. */
static void check_row(struct checker *c, const struct table_row *row, bool table)
{
	for (int role = 0; role < ROLES; role++) {
		const struct cell *cell = &row->cell[role];

		switch (cell->kind) {
		case CELL_EMPTY:
			break;
		case CELL_ACTION:
			check_action(c, role, cell->action);
			break;
		case CELL_OUTCOME:
			check_outcome(c, role, cell);
			break;
		}
		if (!table)
			c->newest[role] = NULL; /* outcomes do not speak of the set-up */
	}
}

/*
 * The demo.
 */

static void check_setup(struct checker *c)
{
	const struct demo *demo = c->demo;
	int line = demo->directive_line ? demo->directive_line : demo->line;

	if ((demo->setup[ROLE_A].misses || demo->setup[ROLE_B].misses) && !has_wire(demo))
		errs_add(c->errs, c->file, line, "with link=%s no segments can be missed, since "
			 "there are none; link=tcp has some", link_spec(demo->link)->name);
	if (demo->at_once.last > (int)demo->table.rows.n)
		errs_add(c->errs, c->file, line, "at-once=%d-%d: the last row is %zu",
			 demo->at_once.first, demo->at_once.last, demo->table.rows.n);
	if (settings_any(&demo->settings) && !has_wire(demo))
		errs_add(c->errs, c->file, line, "with link=%s settings change nothing: they are "
			 "TCP's; link=tcp heeds them", link_spec(demo->link)->name);
	/* What a wrong cell was to be is not known, and has been said. */
	if (!c->acted[ROLE_A] && !c->acted[ROLE_B] && !demo->wrong && !c->said)
		errs_add(c->errs, c->file, demo->line,
			 "nothing happens in this demo; it needs a row "
			 "with an action, such as close()");
}

void demo_check(const struct demo *demo, const char *file, struct errs *errs)
{
	struct checker c = {.demo = demo, .file = file, .errs = errs};
	size_t before = errs->list.n;

	for (int role = 0; role < ROLES && demo->link == LINK_PAIR; role++)
		vec_push(&c.names[role], "sock");
	c.line = demo->line;
	for (size_t i = 0; i < demo->prologue.rows.n; i++)
		check_row(&c, &demo->prologue.rows.at[i], false);
	for (int role = 0; role < ROLES; role++)
		c.acted[role] = demo->setup[role].program;
	for (size_t i = 0; i < demo->table.rows.n; i++) {
		c.line = demo->table.rows.at[i].line;
		check_row(&c, &demo->table.rows.at[i], true);
	}
	c.said = errs->list.n > before;
	check_setup(&c);
	vec_free(&c.names[ROLE_A]);
	vec_free(&c.names[ROLE_B]);
}
