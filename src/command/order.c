#include "command/order.h"

#include "base/lang.h"
#include "base/text.h"
#include "command/command.h"
#include "lesson/action.h"
#include "lesson/session.h"
#include "stage/stage.h"

#include <stdio.h>
#include <string.h>

struct show {
	const struct performance *how;
	const struct lesson *lesson;
	struct session session;
	struct run run;
	struct events events;
	struct stage *stage;
	int status;
};

bool order_is_right(const char *text)
{
	return *text && text[strspn(text, "ABab")] == '\0';
}

static void export_event(struct show *s, const struct event *e)
{
	struct str text = {0};

	if (s->how->exporter->event)
		s->how->exporter->event(&text, &s->run, e);
	fputs(str_text(&text), stdout);
	str_free(&text);
}

/* What the stage could not do is said. */
static void take_trouble(struct show *s, const struct event *e)
{
	bool refused = e->kind == EVENT_REFUSED, cannot = e->kind == EVENT_CANNOT;

	if (!refused && !cannot && !(e->kind == EVENT_ROW_DONE && e->text))
		return;
	fprintf(stderr, "%s:%d: %s\n", s->lesson->file, s->session.original->line, e->text);
	if (!cannot)
		s->status = EXIT_CANNOT;
}

/* All that happens until both roles have come to rest. Returns whether they did. */
static bool wait_for_rest(struct show *s)
{
	struct event e;

	while (stage_wait(s->stage, &e, -1) == STAGE_EVENT) {
		events_add(&s->events, e);
		export_event(s, &e);
		take_trouble(s, &e);
		if (e.kind == EVENT_DONE)
			return s->status == EXIT_HELD;
	}
	if (s->status == EXIT_HELD)
		fprintf(stderr, "%s\n", stage_end_text(s->stage));
	s->status = EXIT_CANNOT;
	return false;
}

/* The text of the call that ROLE sleeps in, or NULL. */
static const char *sleeps_in(const struct show *s, enum role role)
{
	const char *call = NULL;

	for (size_t i = 0; i < s->events.list.n; i++) {
		const struct event *e = &s->events.list.at[i];

		if (e->role != role)
			continue;
		if (e->kind == EVENT_CALL)
			call = e->text;
		else if (e->kind == EVENT_RETURN || e->kind == EVENT_END)
			call = NULL;
	}
	return call;
}

static bool has_ended(const struct show *s, enum role role)
{
	for (size_t i = 0; i < s->events.list.n; i++)
		if (s->events.list.at[i].kind == EVENT_END && s->events.list.at[i].role == role)
			return true;
	return false;
}

/* Only what is done from outside reaches one who sleeps. */
static const char *why_not(const struct show *s, enum role role)
{
	const struct table_row *row = &s->session.demo->table.rows.at[s->session.moves.n - 1];
	bool call = row->cell[role].action->kind == ACTION_CALL;

	if (has_ended(s, role))
		return _("its process has ended");
	if (call && sleeps_in(s, role))
		return _("it sleeps in a call that has not returned");
	return NULL;
}

/* Returns whether the role could move. */
static bool move(struct show *s, enum role role, size_t number)
{
	const char *why = NULL;

	if (!session_take(&s->session, role))
		why = _("its column has no further action");
	else
		why = why_not(s, role);
	if (why) {
		fprintf(stderr, _("%1$s: move %2$zu: %3$s cannot move: %4$s\n"), s->run.name, number,
			role_name(role), why);
		s->status = EXIT_CANNOT;
		return false;
	}
	stage_move(s->stage, role, session_newest(&s->session)->text);
	return wait_for_rest(s);
}

static void print_table(struct show *s)
{
	struct draft draft;
	struct errs errs = {0};
	struct str text = {0};
	struct lesson *lesson;

	session_record(&draft, &s->session, &s->events);
	lesson = draft_lesson(&draft, &errs);
	if (lesson)
		demo_print(&text, &lesson->demos.at[0], NULL);
	printf("%s\n", str_text(&text));
	str_free(&text);
	lesson_free(lesson);
	errs_free(&errs);
	draft_free(&draft);
}

static void perform(struct show *s, const char *order)
{
	size_t number = 1;

	if (s->session.demo->table.rows.n == 0)
		stage_tell(s->stage, STAGE_STEP_TO, 0);
	if (!wait_for_rest(s))
		return;
	for (const char *p = order; *p; p++, number++)
		if (!move(s, *p == 'A' || *p == 'a' ? ROLE_A : ROLE_B, number))
			return;
}

int order_run(const struct performance *how, const struct lesson *lesson, const struct demo *demo,
	      const char *name, const char *order)
{
	struct show s = {.how = how, .lesson = lesson};
	const char *lang = lang_now();
	struct errs errs = {0};

	if (session_start(&s.session, lesson, demo, 0) < 0)
		return EXIT_CANNOT;
	s.run = (struct run){name, s.session.demo, &s.events};
	lang_set(LANG_SOURCE);
	s.stage = stage_open(s.session.demo, &errs);
	lang_set(lang);
	errs_print(&errs, stderr);
	errs_free(&errs);
	if (s.stage) {
		perform(&s, order);
		if (s.status == EXIT_HELD && !how->exporter->event)
			print_table(&s);
		stage_close(s.stage);
	} else {
		s.status = EXIT_CANNOT;
	}
	events_free(&s.events);
	session_free(&s.session);
	return s.status;
}
