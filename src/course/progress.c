#include "course/progress.h"

#include "base/text.h"
#include "course/keep.h"
#include "course/record.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Something that happened since the last save: a small progress to merge, or what to forget. */
struct deed {
	json_t *patch;      /* owned, or NULL */
	char *forget;       /* a lesson, or NULL with patch NULL: all; owned */
};

struct progress {
	struct keep keep;
	json_t *state;      /* what is known, deeds included */
	VEC(struct deed) deeds;
};

/* What a look at the file came to. */
enum look { LOOK_READ, LOOK_NONE, LOOK_DAMAGED, LOOK_FAILED };

static enum look look_at(const struct str *text, const struct keep *keep, json_t **state,
			 struct str *why)
{
	struct str words = {0};
	enum look result = LOOK_FAILED;

	switch (record_parse(state, str_text(text), text->len, &words)) {
	case RECORD_RIGHT:
		result = LOOK_READ;
		break;
	case RECORD_WRONG:
		str_add(why, str_text(&words));
		result = LOOK_DAMAGED;
		break;
	case RECORD_LATER:
		str_addf(why, _("%1$s is left as it is: %2$s."), keep->path, str_text(&words));
		break;
	}
	str_free(&words);
	return result;
}

/* LOOK_READ: *STATE is what it holds. LOOK_DAMAGED: WHY gets a few words, LOOK_FAILED: a
 * sentence. */
static enum look look(const struct keep *keep, json_t **state, struct str *why)
{
	enum look result = LOOK_FAILED;
	struct str text = {0};

	*state = NULL;
	switch (keep_read(keep, &text, why)) {
	case KEEP_READ:
		result = look_at(&text, keep, state, why);
		break;
	case KEEP_MISSING:
		result = LOOK_NONE;
		break;
	case KEEP_TOO_BIG:
		str_add(why, _("it is too big"));
		result = LOOK_DAMAGED;
		break;
	case KEEP_FAILED:
		break;
	}
	str_free(&text);
	return result;
}

/* Rename the damaged file, whose lock is held; DAMAGE says what is wrong with it. */
static int put_aside(const struct keep *keep, const struct str *damage, struct str *message)
{
	char *aside = keep_put_aside(keep, message);

	if (!aside)
		return -1;
	str_addf(message, _("The progress file was damaged (%1$s); it is kept as %2$s."),
		 str_text(damage), aside);
	free(aside);
	return 0;
}

/* Look again with the lock, as another tutor may have seen to it. */
static void mend(struct progress *p, struct str *message)
{
	int lock = keep_lock(&p->keep, message);
	struct str why = {0};
	enum look found;

	if (lock < 0)
		return;
	found = look(&p->keep, &p->state, &why);
	if (found == LOOK_DAMAGED)
		put_aside(&p->keep, &why, message);
	else if (found == LOOK_FAILED)
		str_add(message, str_text(&why));
	close(lock);
	str_free(&why);
}

/* Nothing is written yet, but who cannot save should know from the beginning. */
static void make_ready(const struct keep *keep, struct str *message)
{
	struct str why = {0};

	if (keep_make(keep, &why) < 0)
		str_addf(message, _("Progress cannot be kept: %s"), str_text(&why));
	str_free(&why);
}

struct progress *progress_open(struct str *message)
{
	struct progress *p = mem_zero(1, sizeof *p);
	struct str why = {0};

	json_set_alloc_funcs(mem_alloc, free); /* one policy: it never returns NULL */
	keep_find(&p->keep, "progress.json", &why);
	if (!p->keep.path)
		str_addf(message, _("Progress cannot be kept: %s"), str_text(&why));
	else
		switch (look(&p->keep, &p->state, &why)) {
		case LOOK_READ:
			break;
		case LOOK_NONE:
			make_ready(&p->keep, message);
			break;
		case LOOK_DAMAGED:
			mend(p, message);
			break;
		case LOOK_FAILED:
			str_add(message, str_text(&why));
			break;
		}
	if (!p->state)
		p->state = record_new();
	str_free(&why);
	return p;
}

static void deed_apply(const struct deed *deed, json_t *state)
{
	if (deed->patch)
		record_merge(state, deed->patch);
	else
		record_forget(state, deed->forget);
}

static void deed_done(struct progress *p, struct deed deed)
{
	deed_apply(&deed, p->state);
	vec_push(&p->deeds, deed);
}

static void deeds_free(struct progress *p)
{
	for (size_t i = 0; i < p->deeds.n; i++) {
		json_decref(p->deeds.at[i].patch);
		free(p->deeds.at[i].forget);
	}
	vec_free(&p->deeds);
}

/* Milliseconds since 1970. */
static json_int_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec < 0 ? 0 : (json_int_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A new record, with its time. */
static json_t *record_now(void)
{
	json_t *record = json_object();

	json_object_set_new(record, "when", json_integer(now()));
	return record;
}

/* Note RECORD (taken over) as the member of LESSON named KIND, then A, then (unless NULL) B. */
static void note(struct progress *p, const char *lesson, const char *kind, const char *a,
		 const char *b, json_t *record)
{
	const char *const names[] = {b, a, kind, lesson, "lessons"};
	json_t *patch = record;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		json_t *outer;

		if (!names[i])
			continue;
		outer = json_object();
		json_object_set_new(outer, names[i], patch);
		patch = outer;
	}
	deed_done(p, (struct deed){.patch = patch});
}

/* What note() noted there, or NULL. */
static const json_t *noted(const struct progress *p, const char *lesson, const char *kind,
			   const char *a, const char *b)
{
	const char *const names[] = {"lessons", lesson, kind, a, b};
	const json_t *at = p->state;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i])
			at = json_object_get(at, names[i]);
	return at;
}

static const char *number_text(char to[16], int number)
{
	snprintf(to, 16, "%d", number);
	return to;
}

static int answer(const json_t *record)
{
	return record ? json_is_true(json_object_get(record, "right")) : -1;
}

void progress_demo_seen(struct progress *p, const char *lesson, const char *demo)
{
	note(p, lesson, "demos", demo, NULL, record_now());
}

void progress_predicted(struct progress *p, const char *lesson, const char *demo, int row,
			bool right)
{
	json_t *record;
	char text[16];

	/* Also when the clock was set back since. */
	if (progress_prediction(p, lesson, demo, row) >= 0)
		return;
	record = record_now();
	json_object_set_new(record, "right", json_boolean(right));
	note(p, lesson, "predictions", demo, number_text(text, row), record);
}

void progress_answered(struct progress *p, const char *lesson, int question, bool right)
{
	json_t *record = record_now();
	char text[16];

	json_object_set_new(record, "right", json_boolean(right));
	note(p, lesson, "questions", number_text(text, question), NULL, record);
}

void progress_lab_met(struct progress *p, const char *lesson, const char *lab, bool helped)
{
	json_t *record;

	if (progress_has_met(p, lesson, lab))
		return;
	record = record_now();
	if (helped)
		json_object_set_new(record, "helped", json_true());
	note(p, lesson, "labs", lab, NULL, record);
}

static void set_number(json_t *record, const char *key, size_t number)
{
	json_object_set_new(record, key, json_integer((json_int_t)number));
}

void progress_lab_tried(struct progress *p, const char *lesson, const char *lab, size_t held,
			size_t rows)
{
	struct lab_tries before = progress_lab_tries(p, lesson, lab);
	json_t *record = json_object();
	json_int_t when = now();

	set_number(record, "attempts", before.attempts + 1);
	set_number(record, "held", held);
	set_number(record, "rows", rows);
	json_object_set_new(record, "first", json_integer(when));
	json_object_set_new(record, "last", json_integer(when));
	note(p, lesson, "tries", lab, NULL, record);
}

void progress_lab_hinted(struct progress *p, const char *lesson, const char *lab, size_t number)
{
	json_t *record = json_object();

	set_number(record, "hints", number);
	note(p, lesson, "tries", lab, NULL, record);
}

void progress_place(struct progress *p, const char *lesson, int line)
{
	json_t *before = json_object_get(p->state, "place"), *patch, *record;
	json_int_t then = json_integer_value(json_object_get(before, "when"));
	struct place place = progress_where(p);

	if (str_same(place.lesson, lesson) && place.line == line)
		return;
	record = record_now();
	/* One from a clock that was ahead must not hold its place for ever. */
	if (now() <= then && then < INT64_MAX)
		json_object_set_new(record, "when", json_integer(then + 1));
	json_object_set_new(record, "lesson", json_string(lesson));
	json_object_set_new(record, "line", json_integer(line < 0 ? 0 : line));
	patch = json_object();
	json_object_set_new(patch, "place", record);
	deed_done(p, (struct deed){.patch = patch});
}

void progress_visited(struct progress *p)
{
	json_t *patch = json_object();

	json_object_set_new(patch, "visited", json_true());
	deed_done(p, (struct deed){.patch = patch});
}

void progress_reset(struct progress *p, const char *lesson)
{
	deed_done(p, (struct deed){.forget = mem_strdup(lesson)});
}

bool progress_is_first_visit(const struct progress *p)
{
	return !json_is_true(json_object_get(p->state, "visited"));
}

struct place progress_where(const struct progress *p)
{
	const json_t *place = json_object_get(p->state, "place");
	json_int_t line = json_integer_value(json_object_get(place, "line"));

	return (struct place){json_string_value(json_object_get(place, "lesson")),
			      line > INT_MAX ? INT_MAX : (int)line};
}

bool progress_knows(const struct progress *p, const char *lesson)
{
	return noted(p, lesson, NULL, NULL, NULL) || str_same(progress_where(p).lesson, lesson);
}

bool progress_has_seen(const struct progress *p, const char *lesson, const char *demo)
{
	return noted(p, lesson, "demos", demo, NULL) != NULL;
}

int progress_prediction(const struct progress *p, const char *lesson, const char *demo, int row)
{
	char text[16];

	return answer(noted(p, lesson, "predictions", demo, number_text(text, row)));
}

int progress_question(const struct progress *p, const char *lesson, int question)
{
	char text[16];

	return answer(noted(p, lesson, "questions", number_text(text, question), NULL));
}

bool progress_has_met(const struct progress *p, const char *lesson, const char *lab)
{
	return noted(p, lesson, "labs", lab, NULL) != NULL;
}

static size_t get_number(const json_t *record, const char *key)
{
	return (size_t)json_integer_value(json_object_get(record, key));
}

struct lab_tries progress_lab_tries(const struct progress *p, const char *lesson, const char *lab)
{
	const json_t *tries = noted(p, lesson, "tries", lab, NULL);

	return (struct lab_tries){
		.attempts = get_number(tries, "attempts"),
		.hints = get_number(tries, "hints"),
		.held = get_number(tries, "held"),
		.rows = get_number(tries, "rows"),
		.first = json_integer_value(json_object_get(tries, "first")),
		.last = json_integer_value(json_object_get(tries, "last")),
	};
}

const char *progress_path(const struct progress *p)
{
	return p->keep.path;
}

/* What the file holds, *THERE: whether it does. NULL: it cannot be told, WHY says why. */
static json_t *file_state(const struct progress *p, bool *there, struct str *why)
{
	struct str words = {0};
	json_t *state;

	*there = false;
	switch (look(&p->keep, &state, &words)) {
	case LOOK_READ:
		*there = true;
		break;
	case LOOK_NONE:
		state = record_new();
		break;
	case LOOK_DAMAGED:
		/* What was read before, and all that was done since, is still here. */
		if (put_aside(&p->keep, &words, why) == 0)
			state = json_deep_copy(p->state);
		break;
	case LOOK_FAILED:
		str_add(why, str_text(&words));
		break;
	}
	str_free(&words);
	return state;
}

static int write_state(const struct progress *p, const json_t *state, struct str *why)
{
	struct str text = {0};
	int written;

	record_print(&text, state);
	written = keep_write(&p->keep, &text, why);
	str_free(&text);
	return written;
}

static int save_locked(struct progress *p, struct str *why)
{
	bool there;
	json_t *state = file_state(p, &there, why), *before = there ? json_deep_copy(state) : NULL;
	int saved = state ? 0 : -1;

	for (size_t i = 0; state && i < p->deeds.n; i++)
		deed_apply(&p->deeds.at[i], state);
	if (state && !json_equal(before, state))
		saved = write_state(p, state, why);
	json_decref(before);
	if (saved < 0) {
		json_decref(state);
		return -1;
	}
	json_decref(p->state);
	p->state = state;
	deeds_free(p);
	return 0;
}

int progress_save(struct progress *p, struct str *why)
{
	struct str said = {0};
	int lock = -1, saved = -1;

	if (p->deeds.n == 0)
		return 0;
	if (p->keep.path)
		lock = keep_lock(&p->keep, &said);
	else
		str_add(&said, _("Neither XDG_STATE_HOME nor HOME names a directory."));
	if (lock >= 0) {
		saved = save_locked(p, &said);
		close(lock);
	}
	/* What was wrong with the file, and was mended, is said as well. */
	if (saved < 0)
		str_addf(why, _("Progress cannot be kept: %s"), str_text(&said));
	else
		str_add(why, str_text(&said));
	str_free(&said);
	return saved;
}

void progress_export(const struct progress *p, struct str *to)
{
	record_print(to, p->state);
}

int progress_import(struct progress *p, const char *text, size_t len, struct str *why)
{
	struct str words = {0};
	json_t *patch;
	bool right = record_parse(&patch, text, len, &words) == RECORD_RIGHT;

	if (right)
		deed_done(p, (struct deed){.patch = patch});
	else
		str_addf(why, _("it is no progress of socktutor: %s"), str_text(&words));
	str_free(&words);
	return right ? 0 : -1;
}

void progress_close(struct progress *p)
{
	deeds_free(p);
	json_decref(p->state);
	keep_free(&p->keep);
	free(p);
}
