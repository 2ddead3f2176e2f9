#include "export/export.h"

/* What the demo's settings have changed, as the director told it before row 1. */
static void add_settings(struct str *to, const struct run *run)
{
	const struct events *events = run->events;

	for (size_t i = 0; i < events->list.n && events->list.at[i].row == 0; i++)
		if (events->list.at[i].kind == EVENT_DIRECTOR && events->list.at[i].role == ROLE_NONE &&
		    events->list.at[i].text)
			str_addf(to, "\n%s\n", events->list.at[i].text);
}

static void finish(struct str *to, const struct run *run)
{
	struct seen seen;

	seen_collect(&seen, run);
	demo_print(to, run->demo, seen.rows);
	if (settings_any(&run->demo->settings))
		add_settings(to, run);
	str_addc(to, '\n');
	seen_free(&seen);
}

const struct exporter export_markdown = {
	.name = "md",
	.summary = "the table it came from, with what was seen; it can be run again",
	.finish = finish,
};
