#include "view/faults.h"

#include "base/text.h"
#include "lesson/action.h"

#include <string.h>

/* What it does, or, while that is in force, what takes it back. */
static const struct {
	char digit;
	const char *text;
	const char *back; /* NULL: there is no way back, or it is a row of its own */
} faults[FAULTS] = {
	{'1', "cut wire", "mend wire"},
	{'2', "misses FIN", NULL},
	{'3', "misses RST", NULL},
	{'4', "misses data", NULL},
	{'5', "misses all", NULL},
	{'6', "misses nothing", NULL},
	{'7', "delay 100ms", "delay 0ms"},
	{'8', "fill buffer", NULL},
	{'9', "kill -9", NULL},
	{'0', "kill -STOP", "kill -CONT"},
};

/* Whether the text of an event is this deed; more may stand behind it. */
static bool is_deed(const char *text, const char *deed)
{
	size_t n = strlen(deed);

	return strncmp(text, deed, n) == 0 && (text[n] == '\0' || strncmp(text + n, " (", 2) == 0);
}

/* Whether the newest of the two that was done is TEXT. */
static bool in_force(const struct player *p, enum role role, const char *text, const char *back)
{
	for (size_t i = player_end(p); i-- > 0;) {
		const struct event *e = &p->events.list.at[i];

		if (e->kind != EVENT_DIRECTOR || !e->text || (e->role != role && e->role != ROLE_NONE))
			continue;
		if (is_deed(e->text, text))
			return true;
		if (is_deed(e->text, back))
			return false;
	}
	return false;
}

const char *fault_text(const struct player *p, size_t i, enum role role)
{
	const char *back = faults[i].back;

	return back && in_force(p, role, faults[i].text, back) ? back : faults[i].text;
}

char fault_digit(size_t i)
{
	return faults[i].digit;
}

/* The caller frees CELL, which owns the action. */
static const struct action *parse(struct cell *cell, const char *text)
{
	struct errs errs = {0};

	*cell = (struct cell){0};
	cell_parse(cell, text, NULL, 0, &errs);
	errs_free(&errs);
	return cell->action;
}

void fault_label(struct str *to, const struct player *p, size_t i, enum role role)
{
	const char *text = fault_text(p, i, role);
	struct cell cell;

	if (parse(&cell, text)->deed->on != DEED_ON_WIRE)
		str_addf(to, "%c: ", role == ROLE_A ? 'A' : 'B');
	str_add(to, text);
	cell_free(&cell);
}

/* As of the moment that is looked at. */
static bool has_ended(const struct player *p, enum role role)
{
	for (size_t i = player_end(p); i-- > 0;)
		if (p->events.list.at[i].kind == EVENT_END && p->events.list.at[i].role == role)
			return true;
	return false;
}

static const char *why_not(const struct player *p, const struct action *action, enum role role)
{
	const char *why = deed_why_not(action, p->demo->link);
	bool needs_process = action->deed->on == DEED_ON_PROCESS ||
			     action->deed->on == DEED_ON_SOCKET;

	if (p->recorded)
		return _("this is a recording");
	if (p->trouble)
		return _("there is no stage");
	if (why)
		return why;
	if (needs_process && has_ended(p, role))
		return role == ROLE_A ? _("Process A has ended") : _("Process B has ended");
	return player_may_do(p) ? NULL : _("the two processes are not ready yet");
}

bool fault_words(struct str *to, const struct player *p, size_t i, enum role role)
{
	struct cell cell;
	const struct action *action = parse(&cell, fault_text(p, i, role));
	const char *why = why_not(p, action, role);

	if (why)
		str_addf(to, _("Not here: %s."), why);
	else if (p->looking >= 0)
		/* TRANSLATORS: what a fault does */
		str_addf(to, _("%s (in a replay up to here)."), deed_summary(action));
	else
		str_addf(to, "%s.", deed_summary(action));
	cell_free(&cell);
	return !why;
}
