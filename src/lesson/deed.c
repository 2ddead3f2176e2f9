#include "lesson/deed.h"

#include "base/duration.h"
#include "base/mem.h"
#include "base/names.h"
#include "base/text.h"
#include "lesson/action.h"
#include "lesson/parse.h"

#include <stdlib.h>
#include <string.h>

/* A word that must come next, or FAIL is said. */
static bool scan_this(struct scan *scan, const char *text, const char *fail)
{
	struct word word;

	if (scan_word(scan, &word) && word_is_any(word, text))
		return true;
	return scan_fail(scan, "%s", fail);
}

/* What is left of the cell, without the white space around it. */
static struct word scan_rest(struct scan *scan)
{
	size_t len;

	scan_peek(scan);
	len = (size_t)(scan->end - scan->p);
	while (len > 0 && (scan->p[len - 1] == ' ' || scan->p[len - 1] == '\t'))
		len--;
	return (struct word){scan->p, len};
}

static bool scan_duration(struct scan *scan, struct action *action, const char *fail)
{
	struct word rest = scan_rest(scan);

	if (!duration_parse(rest.p, rest.len, &action->ns))
		return scan_fail(scan, "%s", fail);
	scan->p += rest.len;
	return true;
}

static void print_duration(struct str *to, const struct action *action)
{
	str_addc(to, ' ');
	duration_print(to, action->ns);
}

/*
 * kill -9
 */

/* The signals as kill takes them: with SIG and without. */
static const char *kill_word_at(size_t i)
{
	const char *name = signal_name_at(i / 2);

	return name ? name + (i % 2 ? strlen("SIG") : 0) : NULL;
}

static bool parse_kill(struct scan *scan, struct action *action)
{
	struct word word = {0};
	const char *near;
	long number;

	if (scan_take(scan, '-')) {
		if (scan_number(scan, &number))
			action->signal = number > 0 && number < 128 ? (int)number : 0;
		else if (scan_word(scan, &word))
			action->signal = signal_number(word.p, word.len, 1);
	}
	near = word.len > 0 && !action->signal ? word_nearest(word, kill_word_at) : NULL;
	if (near)
		return scan_fail(scan, "no signal '%.*s' (did you mean '%s'?)", word_show(word),
				 word.p, near);
	if (!signal_name(action->signal))
		return scan_fail(scan, "kill needs a signal: kill -9, kill -TERM");
	return true;
}

static void print_kill(struct str *to, const struct action *action)
{
	if (action->signal == 9)
		str_add(to, " -9");
	else
		str_addf(to, " -%s", signal_name(action->signal) + strlen("SIG"));
}

/*
 * cut wire, mend wire
 */

static bool parse_cut(struct scan *scan, struct action *action)
{
	(void)action;
	return scan_this(scan, "wire", "only the wire can be cut: cut wire");
}

static bool parse_mend(struct scan *scan, struct action *action)
{
	(void)action;
	return scan_this(scan, "wire", "only the wire can be mended: mend wire");
}

static void print_wire(struct str *to, const struct action *action)
{
	(void)action;
	str_add(to, " wire");
}

static const char *needs_wire(const struct action *action, enum link link)
{
	(void)action;
	return link_spec(link)->internet ? NULL :
	       N_("there is no wire between Unix sockets; both ends are in the same kernel, which "
		  "hands the bytes over itself");
}

/*
 * wait 200ms
 */

static bool parse_wait(struct scan *scan, struct action *action)
{
	return scan_duration(scan, action, "wait needs a time: wait 200ms, wait 2s");
}

/*
 * misses FIN,RST
 */

static bool parse_misses(struct scan *scan, struct action *action)
{
	struct word rest = scan_rest(scan);

	if (!word_is_any(rest, "nothing") && !misses_parse(rest.p, rest.len, &action->misses))
		return scan_fail(scan, "misses needs what never arrives: misses FIN, misses "
				       "FIN,RST, misses data, misses all, misses nothing");
	scan->p += rest.len;
	return true;
}

static void print_misses(struct str *to, const struct action *action)
{
	str_addc(to, ' ');
	if (action->misses)
		misses_print(to, action->misses);
	else
		str_add(to, "nothing");
}

static const char *why_no_miss(const struct action *action, enum link link)
{
	if (!link_spec(link)->internet)
		return N_("there are no segments between Unix sockets; the same kernel holds both ends "
			  "and tells each what the other did");
	if (link == LINK_UDP && (action->misses & (MISS_FIN | MISS_RST)))
		return N_("UDP has no FIN and no RST, only data; nobody says goodbye");
	return NULL;
}

/*
 * delay 200ms
 */

static bool parse_delay(struct scan *scan, struct action *action)
{
	enum { MOST_MINUTES = 10 };

	if (!scan_duration(scan, action, "delay needs a time: delay 200ms, delay 2s, delay 0ms"))
		return false;
	if (action->ns > MOST_MINUTES * 60 * CLOCK_S)
		return scan_fail(scan, "delay takes at most %dm", MOST_MINUTES);
	return true;
}

static const char *why_no_delay(const struct action *action, enum link link)
{
	(void)action;
	return link_spec(link)->internet ? NULL :
	       N_("nothing travels between Unix sockets; what one end sends is in the other's "
		  "queue before send() returns");
}

/*
 * fill buffer
 */

static bool parse_fill(struct scan *scan, struct action *action)
{
	(void)action;
	return scan_this(scan, "buffer", "only a buffer can be filled: fill buffer");
}

static void print_fill(struct str *to, const struct action *action)
{
	(void)action;
	str_add(to, " buffer");
}

static const char *why_no_fill(const struct action *action, enum link link)
{
	(void)action;
	return link != LINK_UDP ? NULL :
	       N_("the buffer of a UDP socket does not stay full; what the other side has no room "
		  "for is thrown away");
}

static const struct deed deeds[DEEDS] = {
	{DEED_KILL, DEED_ON_PROCESS, "kill",
	 {"kill -9", "kill -TERM", "kill -STOP", "kill -CONT", NULL}, NULL,
	 N_("the process gets the signal"), NULL, parse_kill, print_kill, NULL},
	{DEED_CUT, DEED_ON_WIRE, "cut", {"cut wire", NULL}, "mend wire",
	 N_("from now on no segment of any role reaches the other"), NULL, parse_cut, print_wire,
	 needs_wire},
	{DEED_MEND, DEED_ON_WIRE, "mend", {"mend wire", NULL}, "cut wire",
	 N_("segments reach the other side again"), NULL, parse_mend, print_wire, needs_wire},
	{DEED_WAIT, DEED_ON_NOBODY, "wait", {"wait 200ms", NULL}, NULL,
	 N_("nothing, for that long"), NULL, parse_wait, print_duration, NULL},
	{DEED_MISSES, DEED_ON_SOCKET, "misses",
	 {"misses FIN", "misses RST", "misses data", "misses all", "misses nothing", NULL},
	 "misses nothing",
	 N_("from now on its socket refuses such segments"),
	 N_("its socket refuses no segment any more"), parse_misses, print_misses, why_no_miss},
	{DEED_DELAY, DEED_ON_WAY, "delay", {"delay 200ms", "delay 0ms", NULL},
	 "delay 0ms",
	 N_("from now on segments reach it that much later"),
	 N_("segments come at once again, also those still on their way"), parse_delay,
	 print_duration, why_no_delay},
	{DEED_FILL, DEED_ON_SOCKET, "fill", {"fill buffer", NULL}, NULL,
	 N_("bytes are put into its socket until the kernel takes no more"), NULL, parse_fill,
	 print_fill, why_no_fill},
};

const struct deed *deed_at(size_t i)
{
	return i < DEEDS ? &deeds[i] : NULL;
}

const struct deed *deed_of(enum deed_kind kind)
{
	return &deeds[kind];
}

const char *deed_why_not(const struct action *action, enum link link)
{
	return action->deed->why_not ? _(action->deed->why_not(action, link)) : NULL;
}

const char *deed_summary(const struct action *action)
{
	const struct deed *deed = action->deed;
	bool ends = deed->ending && action->misses == 0 && action->ns == 0;

	return _(ends ? deed->ending : deed->summary);
}

const char *deed_summary_of(const char *text)
{
	const char *how = strstr(text, " (");
	char *words = mem_strndup(text, how ? (size_t)(how - text) : strlen(text));
	const char *summary = NULL;
	struct cell cell = {0};
	struct errs errs = {0};

	if (cell_parse(&cell, words, NULL, 0, &errs) == 0 && cell.kind == CELL_ACTION &&
	    cell.action->kind == ACTION_DEED)
		summary = deed_summary(cell.action);
	cell_free(&cell);
	errs_free(&errs);
	free(words);
	return summary;
}

void deed_print(struct str *to, const struct action *action)
{
	str_add(to, action->deed->word);
	if (action->deed->print)
		action->deed->print(to, action);
}

const char *director_word_at(size_t i)
{
	return i < DEEDS ? deeds[i].word : NULL;
}

bool action_scan_director(struct scan *scan, struct action *action)
{
	struct scan rest = scan_ahead(scan);
	struct word word;
	char next;

	/* `fill(…)` would be a call, and `delay = dup(sock)` gives a name. */
	if (!scan_word(&rest, &word) || (next = scan_peek(&rest)) == '(' || next == '=')
		return false;
	for (size_t i = 0; i < DEEDS; i++)
		if (word_is_any(word, deeds[i].word)) {
			scan->p = rest.p;
			action->kind = ACTION_DEED;
			action->deed = &deeds[i];
			deeds[i].parse(scan, action);
			return true;
		}
	return false;
}
