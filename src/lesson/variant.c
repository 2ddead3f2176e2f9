#include "lesson/variant.h"

#include "base/text.h"
#include "lesson/action.h"
#include "lesson/directive.h"
#include "lesson/draft.h"

#include <string.h>

static const struct {
	enum demo_key key;
	enum change_kind change;
	enum role role;
} changes[] = {
	{KEY_LINK, CHANGE_LINK, ROLE_NONE},
	{KEY_A_MISSES, CHANGE_MISSES, ROLE_A},
	{KEY_B_MISSES, CHANGE_MISSES, ROLE_B},
	{KEY_A_SIGPIPE, CHANGE_SIGPIPE, ROLE_A},
	{KEY_B_SIGPIPE, CHANGE_SIGPIPE, ROLE_B},
};

enum { N_CHANGES = sizeof changes / sizeof *changes };

struct change variant_change(enum demo_key key)
{
	for (size_t i = 0; i < N_CHANGES; i++)
		if (changes[i].key == key)
			return (struct change){.kind = changes[i].change, .role = changes[i].role};
	return (struct change){.kind = CHANGE_NOTHING, .role = ROLE_NONE};
}

bool variant_can_change(enum demo_key key)
{
	return variant_change(key).kind != CHANGE_NOTHING;
}

void variant_value(struct str *to, const struct demo *demo, enum demo_key key)
{
	size_t start = to->len;

	directive_print_value(to, demo, key);
	if (to->len == start)
		str_add(to, "none");
}

void variant_when(struct str *to, const struct demo *demo, enum demo_key key)
{
	struct change change = variant_change(key);
	const char *who = change.role == ROLE_B ? "B" : "A";
	struct str value = {0};

	variant_value(&value, demo, key);
	switch (change.kind) {
	case CHANGE_LINK:
		str_addf(to, _("over %s"), str_text(&value));
		break;
	case CHANGE_SIGPIPE:
		if (demo->setup[change.role].ignores_sigpipe)
			str_addf(to, _("with SIGPIPE ignored in %s,"), who);
		else
			str_addf(to, _("with the default SIGPIPE in %s,"), who);
		break;
	case CHANGE_MISSES:
		if (demo->setup[change.role].misses)
			str_addf(to, _("where %1$s misses %2$s,"), who, str_text(&value));
		else
			str_addf(to, _("where %s misses nothing,"), who);
		break;
	case CHANGE_NOTHING:
	case CHANGE_UNREAD:
	case CHANGE_TABLE:
		break;
	}
	str_free(&value);
}

static bool has_segments(const struct demo *demo)
{
	return link_spec(demo->link)->internet;
}

/* What the directive does not know: whether this change is one for this demo. */
static bool makes_sense(const struct demo *was, const struct demo *demo, enum demo_key key,
			struct str *why)
{
	enum change_kind kind = variant_change(key).kind;

	if (kind == CHANGE_LINK && was->link != demo->link && was->link == LINK_NONE)
		str_add(why, _("this demo makes its sockets itself (link=none): there is no link "
			       "that could be another"));
	else if (kind == CHANGE_LINK && was->link != demo->link && demo->link == LINK_NONE)
		str_add(why, _("with link=none nobody makes the sockets that this demo uses"));
	else if (kind == CHANGE_MISSES && !has_segments(demo))
		str_addf(why, _("with link=%s no segments can be missed, since there are none; "
				"link=tcp has some"), link_spec(demo->link)->name);
	return why->len == 0;
}

static bool set(struct demo *demo, enum demo_key key, const char *value, struct str *why)
{
	struct change change = variant_change(key);
	const char *right;

	if (change.kind == CHANGE_MISSES && str_same(value, "none")) {
		demo->setup[change.role].misses = 0;
		return true;
	}
	right = directive_set(demo, key, value);
	if (right)
		str_addf(why, _("%s=%s is wrong; it is %s"), directive_key_name(key), value, right);
	return !right;
}

struct lesson *variant_copy(const struct lesson *lesson, const struct demo *demo)
{
	struct errs errs = {0};
	struct draft draft;
	struct lesson *made;

	draft_start(&draft, lesson, demo);
	made = draft_lesson(&draft, &errs);
	draft_free(&draft);
	errs_free(&errs);
	return made;
}

struct lesson *variant_make(const struct lesson *lesson, const struct demo *demo,
			    enum demo_key key, const char *value, struct str *why)
{
	struct lesson *made = variant_copy(lesson, demo);
	struct demo *changed = made ? &made->demos.at[0] : NULL;

	if (!made) {
		str_add(why, _("this demo cannot be copied"));
		return NULL;
	}
	if (value && (!set(changed, key, value, why) || !makes_sense(demo, changed, key, why))) {
		lesson_free(made);
		return NULL;
	}
	if (!has_segments(changed))
		changed->setup[ROLE_A].misses = changed->setup[ROLE_B].misses = 0;
	demo_make_prologue(changed);
	return made;
}

void variant_note(struct str *to, const struct demo *was, const struct demo *demo)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (was->setup[role].misses && !demo->setup[role].misses && !has_segments(demo)) {
			str_addf(to, _("Over %s there are no segments: nothing is missed there."),
				 link_spec(demo->link)->name);
			return;
		}
}

static bool cannot_see_wire(const struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++)
		if (events->list.at[i].kind == EVENT_CANNOT &&
		    events->list.at[i].u.cannot == CANNOT_WIRE)
			return true;
	return false;
}

/* With link=none the table may make sockets of TCP: a segment tells. */
static bool saw_tcp(const struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++)
		if (events->list.at[i].kind == EVENT_SEGMENT &&
		    events->list.at[i].u.segment.protocol == PROTOCOL_TCP)
			return true;
	return false;
}

struct compare_run variant_run(const struct demo *demo, const struct events *events, size_t end)
{
	enum link link = demo->link;
	bool tcp = link == LINK_TCP || link == LINK_TCP6 || saw_tcp(events);

	return (struct compare_run){
		.table = &demo->table,
		.events = events,
		.end = end,
		.internet = has_segments(demo) || tcp,
		.wired = !cannot_see_wire(events) && (has_segments(demo) || tcp),
		.stream = link == LINK_UNIX || link == LINK_PAIR || tcp,
		.ends = link == LINK_UNIX || link == LINK_PAIR || link == LINK_UNIX_SEQPACKET || tcp,
	};
}

bool variant_number_varies(const struct action *action)
{
	if (action->kind != ACTION_CALL)
		return false;
	switch (action->call->result) {
	case RESULT_FD:
	case RESULT_PAIR:
	case RESULT_GIVEN_FD:
		return true;
	case RESULT_NUMBER:
		return str_same(action->call->name, "getpid");
	case RESULT_ZERO:
	case RESULT_COUNT:
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
	case RESULT_EVENTS:
	case RESULT_ADDRESS:
	case RESULT_OPTION:
	case RESULT_HANDLER:
	case RESULT_NEVER:
		break;
	}
	return false;
}
