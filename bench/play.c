#include "play.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

/* Nothing here takes as long as this. */
#define BOUND (20 * CLOCK_S)

bool play_parse(struct play *p, const char *markdown)
{
	struct errs errs = {0};
	bool ok;

	*p = (struct play){.lesson = lesson_parse("bench.md", markdown, strlen(markdown), &errs)};
	errs_print(&errs, stderr);
	ok = errs.list.n == 0 && p->lesson->demos.n > 0;
	errs_free(&errs);
	if (ok)
		p->demo = &p->lesson->demos.at[0];
	return ok;
}

bool play_until(struct play *p, enum event_kind kind, int row)
{
	struct event e;
	enum stage_news news;
	bool found = false;

	while (!found && (news = stage_wait(p->stage, &e, BOUND)) == STAGE_EVENT) {
		found = e.kind == kind && (row < 0 || e.row == row);
		if (e.text && (e.kind == EVENT_ROW_DONE || e.kind == EVENT_REFUSED))
			fprintf(stderr, "bench: row %d: %s\n", e.row, e.text);
		event_clear(&e);
	}
	return found;
}

bool play_open(struct play *p)
{
	struct errs errs = {0};

	p->stage = stage_open_with(p->demo, &p->options, &errs);
	errs_print(&errs, stderr);
	errs_free(&errs);
	return p->stage && play_until(p, EVENT_ROW_DONE, 0);
}

void play_close(struct play *p)
{
	stage_close(p->stage);
	p->stage = NULL;
}

void play_free(struct play *p)
{
	play_close(p);
	lesson_free(p->lesson);
	*p = (struct play){0};
}

void play_rows(struct str *to, const char *link, const char *const calls[2], int n)
{
	str_addf(to, "<!-- demo: link=%s -->\n\n| Process A | Process B |\n|---|---|\n", link);
	for (int i = 0; i < n; i++)
		if (calls[1] && i % 2)
			str_addf(to, "| | `%s` |\n", calls[1]);
		else
			str_addf(to, "| `%s` | |\n", calls[0]);
}
