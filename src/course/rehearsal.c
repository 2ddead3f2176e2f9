#include "course/rehearsal.h"

#include "base/text.h"
#include "course/keep.h"
#include "course/recorded.h"
#include "lesson/action.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REHEARSAL_VERSION = 1 };

/*
 * What a recording is of.
 */

static void digest_table(struct str *to, const struct table *table)
{
	for (size_t i = 0; i < table->rows.n; i++)
		for (int role = 0; role < ROLES; role++) {
			const struct cell *cell = &table->rows.at[i].cell[role];

			str_addf(to, "\n%zu%c ", i, "AB"[role]);
			if (cell->kind == CELL_ACTION)
				action_print_short(to, cell->action);
			else if (cell->kind == CELL_OUTCOME)
				outcome_print(to, &cell->outcome);
		}
}

void rehearsal_digest(struct str *to, const struct demo *demo)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	struct str s = {0};

	str_add(&s, link_spec(demo->link)->name);
	for (int role = 0; role < ROLES; role++)
		str_addf(&s, " %u %d", demo->setup[role].misses,
			 demo->setup[role].ignores_sigpipe);
	digest_table(&s, &demo->table);
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	str_addf(to, "%016llx", (unsigned long long)hash);
	str_free(&s);
}

static bool same_table(const struct demo *demo, const char *digest)
{
	struct str s = {0};
	bool same;

	rehearsal_digest(&s, demo);
	same = str_same(str_text(&s), digest);
	str_free(&s);
	return same;
}

/*
 * Reading.
 */

struct reader {
	struct rehearsal *rehearsal;
	const struct lesson *lesson;
	const struct demo *demo;     /* whose recording comes; NULL: it is passed over */
	struct recording now;
	VEC(size_t) lines;           /* of the recording: the event of each, or EVENT_NONE */
	int row;                     /* the newest that has begun, or -1 */
	bool wrong;                  /* something was */
};

static void drop(struct reader *r)
{
	events_free(&r->now.events);
	vec_free(&r->lines);
	r->demo = NULL;
}

static void put(struct rehearsal *rehearsal, struct recording recording)
{
	for (size_t i = 0; i < rehearsal->list.n; i++)
		if (rehearsal->list.at[i].demo == recording.demo) {
			events_free(&rehearsal->list.at[i].events);
			rehearsal->list.at[i] = recording;
			return;
		}
	vec_push(&rehearsal->list, recording);
}

/* What was read so far is a recording if it is one to its end. */
static void end_recording(struct reader *r)
{
	size_t n = r->now.events.list.n;

	if (r->demo && n > 0 && r->now.events.list.at[n - 1].kind == EVENT_DONE) {
		put(r->rehearsal, r->now);
		r->now.events = (struct events){0};
	} else if (r->demo) {
		r->wrong = true;
	}
	drop(r);
}

/* `LESSON#DEMO`, or NULL. */
static struct demo *demo_named(const struct lesson *lesson, const char *name)
{
	const char *hash = name ? strrchr(name, '#') : NULL;

	return hash ? lesson_demo((struct lesson *)(size_t)lesson, hash + 1) : NULL;
}

static bool is_head(const json_t *line)
{
	return str_same(json_string_value(json_object_get(line, "kind")), "rehearsal");
}

static const char *text_of(const json_t *line, const char *key)
{
	return json_string_value(json_object_get(line, key));
}

static void read_head(struct reader *r, const json_t *line)
{
	const json_t *version = json_object_get(line, "version");
	const json_t *when = json_object_get(line, "when");
	const struct demo *demo = demo_named(r->lesson, text_of(line, "demo"));

	end_recording(r);
	if (!text_of(line, "demo") || !text_of(line, "table") || !json_is_integer(when) ||
	    !json_is_integer(version)) {
		r->wrong = true;
		return;
	}
	if (!demo || json_integer_value(version) != REHEARSAL_VERSION ||
	    !same_table(demo, text_of(line, "table")))
		return;
	r->demo = demo;
	r->row = -1;
	r->now = (struct recording){.demo = (size_t)(demo - r->lesson->demos.at),
				    .when = json_integer_value(when)};
}

/* Rows come one after the other, and what happens is of one that has begun. */
static bool row_is_right(struct reader *r, const struct event *e)
{
	if (e->kind != EVENT_ROW)
		return e->row <= (r->row > 0 ? r->row : 0);
	if (e->row <= r->row || (r->row < 0 && e->row > 0) ||
	    (size_t)e->row > r->demo->table.rows.n)
		return false;
	r->row = e->row;
	return true;
}

/* Its claim becomes the index of the event. */
static bool verdict_is_right(const struct reader *r, struct event *e)
{
	size_t claim = e->u.verdict.claim;

	if (e->row < 1 ||
	    r->demo->table.rows.at[e->row - 1].cell[e->role].kind != CELL_OUTCOME)
		return false;
	if (claim == EVENT_NONE)
		return true;
	if (claim >= r->lines.n || r->lines.at[claim] == EVENT_NONE)
		return false;
	e->u.verdict.claim = r->lines.at[claim];
	return r->now.events.list.at[e->u.verdict.claim].kind == EVENT_SEGMENT;
}

/* Whether E may come after what came before. */
static bool follows(struct reader *r, struct event *e)
{
	const struct events *events = &r->now.events;
	size_t n = events->list.n;

	if ((e->kind == EVENT_BEGIN) != (n == 0) ||
	    (n > 0 && events->list.at[n - 1].kind == EVENT_DONE) || !row_is_right(r, e))
		return false;
	return e->kind != EVENT_VERDICT || verdict_is_right(r, e);
}

static void read_event(struct reader *r, const json_t *line)
{
	enum recorded recorded;
	struct event e;

	if (!r->demo)
		return;
	recorded = recorded_event(&e, line);
	if (recorded == RECORDED_UNKNOWN) {
		vec_push(&r->lines, EVENT_NONE);
		return;
	}
	if (recorded == RECORDED_EVENT && follows(r, &e)) {
		vec_push(&r->lines, r->now.events.list.n);
		events_add(&r->now.events, e);
		return;
	}
	if (recorded == RECORDED_EVENT)
		event_clear(&e);
	r->wrong = true;
	drop(r);
}

static json_t *parse_line(const char *line, size_t n)
{
	json_t *o = json_loadb(line, n, JSON_ALLOW_NUL, NULL);

	if (json_is_object(o))
		return o;
	json_decref(o);
	return NULL;
}

static void read_line(struct reader *r, const char *line, size_t n)
{
	json_t *o = parse_line(line, n);

	if (!o) {
		r->wrong = true;
		drop(r);
	} else if (is_head(o)) {
		read_head(r, o);
	} else {
		read_event(r, o);
	}
	json_decref(o);
}

/* The end of the line at P, which is before END or there. */
static const char *line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline : end;
}

bool rehearsal_parse(struct rehearsal *rehearsal, const struct lesson *lesson, const char *text,
		     size_t len)
{
	struct reader r = {.rehearsal = rehearsal, .lesson = lesson};
	const char *end = text + len;

	json_set_alloc_funcs(mem_alloc, free); /* one policy: it never returns NULL */
	while (text < end) {
		const char *next = line_end(text, end);

		read_line(&r, text, (size_t)(next - text));
		text = next < end ? next + 1 : end;
	}
	end_recording(&r);
	return !r.wrong;
}

static void find_file(struct keep *keep, const struct lesson *lesson, struct str *why)
{
	char *name = str_make("rehearsal/%s.jsonl", lesson->id);

	keep_find(keep, name, why);
	free(name);
}

void rehearsal_open(struct rehearsal *r, const struct lesson *lesson, struct str *why)
{
	struct str text = {0}, unused = {0};
	struct keep keep;

	*r = (struct rehearsal){0};
	/* Where nothing can be kept, nothing is. */
	find_file(&keep, lesson, &unused);
	if (keep.path)
		switch (keep_read(&keep, &text, why)) {
		case KEEP_READ:
			if (!rehearsal_parse(r, lesson, str_text(&text), text.len))
				str_addf(why, _("%s is damaged; what can be read of the rehearsal is "
						"used, `socktutor run %s` makes it anew."),
					 keep.path, lesson->id);
			break;
		case KEEP_TOO_BIG:
			str_addf(why, _("%s is too big for a rehearsal."), keep.path);
			break;
		case KEEP_MISSING:
		case KEEP_FAILED:
			break;
		}
	keep_free(&keep);
	str_free(&text);
	str_free(&unused);
}

const struct recording *rehearsal_of(const struct rehearsal *r, size_t demo)
{
	for (size_t i = 0; i < r->list.n; i++)
		if (r->list.at[i].demo == demo)
			return &r->list.at[i];
	return NULL;
}

void rehearsal_free(struct rehearsal *r)
{
	for (size_t i = 0; i < r->list.n; i++)
		events_free(&r->list.at[i].events);
	vec_free(&r->list);
}

/*
 * Keeping.
 */

/* Append those recordings of TEXT whose demos are in LESSON, but for that of OTHER. */
static void copy_others(struct str *to, const struct str *text, const struct lesson *lesson,
			const struct demo *other)
{
	const char *p = str_text(text), *end = p + text->len;
	bool copies = false;

	while (p < end) {
		const char *next = line_end(p, end);
		json_t *line = parse_line(p, (size_t)(next - p));

		if (line && is_head(line)) {
			const struct demo *demo = demo_named(lesson, text_of(line, "demo"));

			copies = demo && demo != other;
		}
		json_decref(line);
		if (copies) {
			str_addn(to, p, (size_t)(next - p));
			str_addc(to, '\n');
		}
		p = next < end ? next + 1 : end;
	}
}

static void add_head(struct str *to, const struct lesson *lesson, const struct demo *demo)
{
	struct str digest = {0};
	char *name = str_make("%s#%s", lesson->id, demo->id), *line;
	json_t *head;

	rehearsal_digest(&digest, demo);
	head = json_pack("{s:s, s:s, s:i, s:I, s:s}", "demo", name, "kind", "rehearsal", "version",
			 REHEARSAL_VERSION, "when", (json_int_t)time(NULL), "table",
			 str_text(&digest));
	line = head ? json_dumps(head, JSON_COMPACT) : NULL;
	if (line)
		str_addf(to, "%s\n", line);
	json_decref(head);
	free(line);
	free(name);
	str_free(&digest);
}

/* The lock is held. */
static int replace(const struct keep *keep, const struct lesson *lesson, const struct demo *demo,
		   const struct str *lines, struct str *why)
{
	struct str old = {0}, new = {0};
	enum keep_found found = keep_read(keep, &old, why);
	int kept = -1;

	if (found == KEEP_READ)
		copy_others(&new, &old, lesson, demo);
	add_head(&new, lesson, demo);
	str_addn(&new, str_text(lines), lines->len);
	if (new.len > KEEP_MOST)
		str_addf(why, _("It takes more than %d MiB."), KEEP_MOST >> 20);
	else if (found != KEEP_FAILED)
		kept = keep_write(keep, &new, why);
	str_free(&old);
	str_free(&new);
	return kept;
}

int rehearsal_keep(const struct lesson *lesson, size_t demo, const struct str *lines,
		   struct str *why)
{
	struct keep keep;
	int lock = -1, kept = -1;

	json_set_alloc_funcs(mem_alloc, free);
	find_file(&keep, lesson, why);
	if (keep.path)
		lock = keep_lock(&keep, why);
	if (lock >= 0) {
		kept = replace(&keep, lesson, &lesson->demos.at[demo], lines, why);
		close(lock);
	}
	keep_free(&keep);
	return kept;
}
