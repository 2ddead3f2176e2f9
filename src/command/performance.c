#include "command/performance.h"

#include "base/clock.h"
#include "base/lang.h"
#include "base/text.h"
#include "command/command.h"
#include "stage/stage.h"
#include "timeline/outcome.h"

#include <stdio.h>
#include <string.h>

struct show {
	const struct performance *how;
	const char *file;
	struct run run;
	struct events events;
	struct stage *stage;
	long number;        /* of this run, from 1 */
	int differs;        /* outcomes that did not hold, rows that could not be carried out */
	int cannot;         /* what cannot be seen or done here */
	int step;           /* the row that the step under way, or due, ends with */
	int64_t due;        /* when that step is told to begin; NEVER: it is under way */
};

#define NEVER INT64_MAX

static int line_of(const struct show *s, int row)
{
	const struct demo *demo = s->run.demo;

	return row >= 1 && (size_t)row <= demo->table.rows.n ? demo->table.rows.at[row - 1].line
							      : demo->line;
}

/* In a run of many the number says which. */
static void say_where(const struct show *s, int row)
{
	fflush(stdout);
	fprintf(stderr, "%s:%d: ", s->file, line_of(s, row));
	if (s->how->repeat > 1)
		fprintf(stderr, _("run %ld: "), s->number);
}

static void say_difference(const struct show *s, const struct event *e)
{
	const struct cell *cell = &s->run.demo->table.rows.at[e->row - 1].cell[e->role];
	struct str seen = {0};

	outcome_seen_words(&seen, &cell->outcome, e->role, &s->events);
	say_where(s, e->row);
	fprintf(stderr, _("%1$s: expected %2$s, saw %3$s\n"), role_name(e->role), cell->text,
		str_text(&seen));
	str_free(&seen);
}

static void say_unseen(const struct show *s, const struct event *e)
{
	say_where(s, e->row);
	fprintf(stderr, _("%1$s: %2$s cannot be checked on this machine\n"), role_name(e->role),
		s->run.demo->table.rows.at[e->row - 1].cell[e->role].text);
}

static void take_verdict(struct show *s, const struct event *e)
{
	if (e->u.verdict.verdict == VERDICT_DIFFERS) {
		s->differs++;
		say_difference(s, e);
	} else if (e->u.verdict.verdict == VERDICT_UNSEEN) {
		s->cannot++;
		if (s->number == 1)
			say_unseen(s, e);
	}
}

/* Without segments there is no capture: that was asked for, and cannot be. */
static void take_limit(struct show *s, const struct event *e)
{
	struct capture *capture = s->how->capture;

	if (!capture)
		return;
	capture->failed |= e->u.cannot == CANNOT_KEEP;
	capture->lacks |= e->u.cannot == CANNOT_WIRE;
	s->cannot += e->u.cannot == CANNOT_WIRE || e->u.cannot == CANNOT_KEEP;
}

static void take_event(struct show *s, const struct event *e)
{
	switch (e->kind) {
	case EVENT_VERDICT:
		take_verdict(s, e);
		break;
	case EVENT_CANNOT:
		take_limit(s, e);
		if (s->number == 1 || e->u.cannot == CANNOT_KEEP) {
			say_where(s, e->row);
			fprintf(stderr, "%s\n", e->text);
		}
		break;
	case EVENT_SEGMENT:
		if (s->how->capture)
			s->how->capture->segments++;
		break;
	case EVENT_REFUSED:
		s->cannot++;
		say_where(s, e->row);
		fprintf(stderr, _("%1$s: refused: %2$s\n"), role_name(e->role), e->text);
		break;
	case EVENT_ROW_DONE:
		if (!e->text)
			break;
		if (e->row == 0)
			s->cannot++;
		else
			s->differs++;
		say_where(s, e->row);
		fprintf(stderr, "%s\n", e->text);
		break;
	case EVENT_BEGIN:
	case EVENT_START:
	case EVENT_ROW:
	case EVENT_CALL:
	case EVENT_RETURN:
	case EVENT_BLOCKED:
	case EVENT_READY:
	case EVENT_SIGNAL:
	case EVENT_END:
	case EVENT_DIRECTOR:
	case EVENT_DONE:
	case EVENT_LENS:
	case EVENT_OUTPUT:
		break;
	}
}

static void export_text(struct str *text)
{
	if (text->len)
		fwrite(text->p, 1, text->len, stdout);
	str_cut(text, 0);
}

static int last_row(const struct show *s)
{
	return (int)s->run.demo->table.rows.n;
}

/* Row ROW is over. Where it ends a step, the next one is due after a while; rows that only hold
 * a note are not looked at. */
static void plan_next(struct show *s, int row)
{
	if (s->how->pace == 0 || row < s->step || row >= last_row(s))
		return;
	s->step = demo_next_step(s->run.demo, row);
	s->due = clock_now() + (s->step > 0 ? s->how->pace : 0);
	if (s->step == 0)
		s->step = last_row(s);
}

/* What the stage tells until the next step is due. */
static enum stage_news wait_for_news(const struct show *s, struct event *e)
{
	int64_t now = clock_now();

	return stage_wait(s->stage, e, s->due == NEVER ? -1 : s->due > now ? s->due - now : 0);
}

/* Returns whether it was the end of the run. */
static bool take(struct show *s, struct event e)
{
	struct str text = {0};

	if (e.kind == EVENT_BEGIN)
		events_free(&s->events);
	events_add(&s->events, e);
	take_event(s, &e);
	if (s->how->exporter->event)
		s->how->exporter->event(&text, &s->run, &e);
	export_text(&text);
	str_free(&text);
	if (e.kind == EVENT_ROW_DONE)
		plan_next(s, e.row);
	return e.kind == EVENT_DONE;
}

/* One run, from its BEGIN to its DONE. Returns false when the stage is gone. */
static bool perform(struct show *s)
{
	struct event e;

	s->due = NEVER;
	s->step = 0;
	if (s->how->pace == 0)
		stage_tell(s->stage, STAGE_STEP_TO, last_row(s));
	for (;;) {
		switch (wait_for_news(s, &e)) {
		case STAGE_EVENT:
			if (take(s, e))
				return true;
			break;
		case STAGE_NOTHING:
			s->due = NEVER;
			stage_tell(s->stage, STAGE_STEP_TO, s->step);
			break;
		case STAGE_GONE:
			return false;
		}
	}
}

/* All events of the last run, as they would have been printed. */
static void add_lines(struct str *to, const struct show *s)
{
	for (size_t i = 0; i < s->events.list.n; i++)
		export_json.event(to, &s->run, &s->events.list.at[i]);
}

static void finish(struct show *s)
{
	struct str text = {0};

	if (s->how->exporter->finish)
		s->how->exporter->finish(&text, &s->run);
	export_text(&text);
	str_free(&text);
	fflush(stdout);
}

static bool perform_all(struct show *s)
{
	bool alive = true;

	for (s->number = 1; alive; s->number++) {
		alive = perform(s);
		if (s->differs || s->number == s->how->repeat)
			break;
		stage_tell(s->stage, STAGE_RESTART, 0);
	}
	return alive;
}

int performance_run(const struct performance *how, const char *file, const struct demo *demo,
		    const char *name, struct str *lines)
{
	struct show s = {.how = how, .file = file, .run = {.name = name, .demo = demo}};
	struct stage_options options = {0};
	const char *lang = lang_now();
	struct errs errs = {0};

	if (how->capture) {
		options = capture_options(how->capture);
		how->capture->begun = true;
	}
	options.real_time = how->real_time;
	/* Only who prints every event prints what the kernel held. */
	options.blind = !how->exporter->event;
	s.run.events = &s.events;
	/* What the stage says goes into what can be run again, which is the same everywhere. */
	lang_set(LANG_SOURCE);
	s.stage = stage_open_with(demo, &options, &errs);
	lang_set(lang);
	errs_print(&errs, stderr);
	errs_free(&errs);
	if (!s.stage)
		return EXIT_CANNOT;
	if (!perform_all(&s)) {
		fprintf(stderr, "%s:%d: %s\n", file, demo->line, stage_end_text(s.stage));
		s.cannot++;
	} else {
		finish(&s);
		if (lines)
			add_lines(lines, &s);
		if (how->repeat > 1 && !s.differs)
			fprintf(stderr,
				ngettext("%1$s: %2$ld run, no difference\n",
					 "%1$s: %2$ld runs, no difference\n",
					 (unsigned long)how->repeat),
				name, how->repeat);
	}
	stage_close(s.stage);
	events_free(&s.events);
	return s.differs ? EXIT_DIFFERS : s.cannot ? EXIT_CANNOT : EXIT_HELD;
}
