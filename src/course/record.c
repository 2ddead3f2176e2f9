#include "course/record.h"

#include "base/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define VERSION_KEY "socktutor-progress"

enum shape_kind {
	SHAPE_FLAG,
	SHAPE_NUMBER,  /* an integer, not negative */
	SHAPE_TEXT,
	SHAPE_RECORD,  /* inside: its members */
	SHAPE_MAP,     /* inside: what each of its members is */
};

/* Which of two records for the same thing counts. */
enum rule {
	RULE_BOTH,     /* their members, one by one */
	RULE_FIRST,    /* the one with the earlier `when` */
	RULE_RIGHT,    /* the right one, else the earlier */
	RULE_LAST,     /* the one with the later `when` */
	RULE_LEAST,    /* of numbers: the smaller */
	RULE_MOST,     /* of numbers: the greater */
};

struct shape {
	const char *key;           /* NULL ends a list */
	enum shape_kind kind;
	enum rule rule;
	bool needed;
	const struct shape *inside;
};

static const struct shape once_members[] = {
	{.key = "when", .kind = SHAPE_NUMBER, .needed = true}, {0},
};
static const struct shape answer_members[] = {
	{.key = "when", .kind = SHAPE_NUMBER, .needed = true},
	{.key = "right", .kind = SHAPE_FLAG, .needed = true}, {0},
};
static const struct shape place_members[] = {
	{.key = "when", .kind = SHAPE_NUMBER, .needed = true},
	{.key = "lesson", .kind = SHAPE_TEXT, .needed = true},
	{.key = "line", .kind = SHAPE_NUMBER, .needed = true}, {0},
};
static const struct shape once = {.kind = SHAPE_RECORD, .rule = RULE_FIRST, .inside = once_members};
static const struct shape row = {
	.kind = SHAPE_RECORD, .rule = RULE_FIRST, .inside = answer_members,
};
static const struct shape rows = {.kind = SHAPE_MAP, .inside = &row};
static const struct shape question = {
	.kind = SHAPE_RECORD, .rule = RULE_RIGHT, .inside = answer_members,
};
static const struct shape lab_members[] = {
	{.key = "when", .kind = SHAPE_NUMBER, .needed = true},
	{.key = "helped", .kind = SHAPE_FLAG}, {0},
};
static const struct shape lab = {
	.kind = SHAPE_RECORD, .rule = RULE_FIRST, .inside = lab_members,
};
static const struct shape tries_members[] = {
	{.key = "attempts", .kind = SHAPE_NUMBER, .rule = RULE_MOST},
	{.key = "hints", .kind = SHAPE_NUMBER, .rule = RULE_MOST},
	{.key = "held", .kind = SHAPE_NUMBER, .rule = RULE_MOST},
	{.key = "rows", .kind = SHAPE_NUMBER, .rule = RULE_MOST},
	{.key = "first", .kind = SHAPE_NUMBER, .rule = RULE_LEAST},
	{.key = "last", .kind = SHAPE_NUMBER, .rule = RULE_MOST}, {0},
};
static const struct shape tries = {.kind = SHAPE_RECORD, .inside = tries_members};
static const struct shape lesson_members[] = {
	{.key = "demos", .kind = SHAPE_MAP, .inside = &once},
	{.key = "predictions", .kind = SHAPE_MAP, .inside = &rows},
	{.key = "questions", .kind = SHAPE_MAP, .inside = &question},
	{.key = "labs", .kind = SHAPE_MAP, .inside = &lab},
	{.key = "tries", .kind = SHAPE_MAP, .inside = &tries}, {0},
};
static const struct shape lesson = {.kind = SHAPE_RECORD, .inside = lesson_members};
static const struct shape progress_members[] = {
	{.key = VERSION_KEY, .kind = SHAPE_NUMBER, .needed = true},
	{.key = "visited", .kind = SHAPE_FLAG},
	{.key = "place", .kind = SHAPE_RECORD, .rule = RULE_LAST, .inside = place_members},
	{.key = "lessons", .kind = SHAPE_MAP, .inside = &lesson}, {0},
};
static const struct shape whole = {.kind = SHAPE_RECORD, .inside = progress_members};

/* What the member KEY of a SHAPE is, or NULL: not known here. */
static const struct shape *member(const struct shape *shape, const char *key)
{
	if (!shape)
		return NULL;
	if (shape->kind == SHAPE_MAP)
		return shape->inside;
	if (shape->kind == SHAPE_RECORD)
		for (const struct shape *s = shape->inside; s->key; s++)
			if (strcmp(s->key, key) == 0)
				return s;
	return NULL;
}

/*
 * What is right.
 */

static const char *const kind_words[] = {
	[SHAPE_FLAG] = N_("true or false"), [SHAPE_NUMBER] = N_("a number from 0"),
	[SHAPE_TEXT] = N_("a string"),      [SHAPE_RECORD] = N_("an object"),
	[SHAPE_MAP] = N_("an object"),
};

static bool is_kind(const json_t *value, enum shape_kind kind)
{
	switch (kind) {
	case SHAPE_FLAG:
		return json_is_boolean(value);
	case SHAPE_NUMBER:
		return json_is_integer(value) && json_integer_value(value) >= 0;
	case SHAPE_TEXT:
		return json_is_string(value);
	case SHAPE_RECORD:
	case SHAPE_MAP:
		break;
	}
	return json_is_object(value);
}

static bool is_right(const json_t *value, const struct shape *shape, const char *path,
		     struct str *why);

static bool members_are_right(const json_t *value, const struct shape *shape, const char *path,
			      struct str *why)
{
	const char *key;
	json_t *inner;
	bool right = true;

	json_object_foreach((json_t *)(uintptr_t)value, key, inner) {
		const struct shape *s = member(shape, key);
		char *name = str_make("%s%s%s", path, *path ? "." : "", key);

		right = !s || is_right(inner, s, name, why);
		free(name);
		if (!right)
			break;
	}
	return right;
}

static bool is_right(const json_t *value, const struct shape *shape, const char *path,
		     struct str *why)
{
	if (!is_kind(value, shape->kind)) {
		/* TRANSLATORS: a member of the progress file, and what it should be */
		str_addf(why, _("%1$s is not %2$s"), *path ? path : _("it"),
			 _(kind_words[shape->kind]));
		return false;
	}
	if (!json_is_object(value))
		return true;
	if (shape->kind == SHAPE_RECORD)
		for (const struct shape *s = shape->inside; s->key; s++)
			if (s->needed && !json_object_get(value, s->key)) {
				str_addf(why, _("%1$s has no \"%2$s\""), *path ? path : _("it"),
					 s->key);
				return false;
			}
	return members_are_right(value, shape, path, why);
}

json_t *record_new(void)
{
	json_t *progress = json_object();

	json_object_set_new(progress, VERSION_KEY, json_integer(RECORD_VERSION));
	return progress;
}

enum record_found record_parse(json_t **to, const char *text, size_t len, struct str *why)
{
	json_error_t error;
	json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	const json_t *version = json_object_get(value, VERSION_KEY);

	*to = NULL;
	if (!value) {
		str_addf(why, _("line %1$d: %2$s"), error.line, error.text);
		return RECORD_WRONG;
	}
	if (json_integer_value(version) > RECORD_VERSION) {
		str_addf(why, _("a later socktutor wrote it, in version %lld"),
			 (long long)json_integer_value(version));
		json_decref(value);
		return RECORD_LATER;
	}
	if (!is_right(value, &whole, "", why)) {
		json_decref(value);
		return RECORD_WRONG;
	}
	*to = value;
	return RECORD_RIGHT;
}

static int add_bytes(const char *bytes, size_t n, void *to)
{
	str_addn(to, bytes, n);
	return 0;
}

void record_print(struct str *to, const json_t *progress)
{
	json_dump_callback(progress, add_bytes, to, JSON_SORT_KEYS | JSON_INDENT(1));
	str_addc(to, '\n');
}

/*
 * How two become one.
 */

static int compare_numbers(json_int_t a, json_int_t b)
{
	return a < b ? -1 : a > b;
}

/* By what they look like: an order, the same for everyone, with objects last; what is not there
 * comes first. */
static int compare_texts(const json_t *a, const json_t *b)
{
	const size_t flags = JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY;
	char *x = a ? json_dumps(a, flags) : NULL, *y = b ? json_dumps(b, flags) : NULL;
	int order = x && y ? strcmp(x, y) : (x != NULL) - (y != NULL);

	free(x);
	free(y);
	return order;
}

static int compare_whens(const json_t *a, const json_t *b)
{
	return compare_numbers(json_integer_value(json_object_get(a, "when")),
			       json_integer_value(json_object_get(b, "when")));
}

/* Of two of the same time: an order of what is known of them; wrong comes before right. */
static int compare_known(const json_t *a, const json_t *b, const struct shape *shape)
{
	int order = 0;

	for (const struct shape *s = shape->inside; s->key && order == 0; s++)
		order = compare_texts(json_object_get(a, s->key), json_object_get(b, s->key));
	return order;
}

/* Whether B counts rather than A. */
static bool counts(const json_t *b, const json_t *a, const struct shape *shape)
{
	bool a_right = json_is_true(json_object_get(a, "right"));
	bool b_right = json_is_true(json_object_get(b, "right"));
	int order = compare_whens(b, a);

	if (order == 0)
		order = compare_known(b, a, shape);
	switch (shape->rule) {
	case RULE_RIGHT:
		if (a_right != b_right)
			return b_right;
		return order < 0;
	case RULE_FIRST:
		return order < 0;
	case RULE_LAST:
		return order > 0;
	case RULE_BOTH:
	case RULE_LEAST:
	case RULE_MOST:
		break;
	}
	return false;
}

static void take_known(json_t *into, const json_t *from, const struct shape *shape)
{
	for (const struct shape *s = shape->inside; s->key; s++) {
		json_object_del(into, s->key);
		json_object_set(into, s->key, json_object_get(from, s->key));
	}
}

static void merge(json_t *into, const json_t *from, const struct shape *shape);

/* Whether VALUE counts rather than MINE; neither is an object. */
static bool replaces(const json_t *value, const json_t *mine, const struct shape *shape)
{
	int order;

	if (!shape || (shape->rule != RULE_LEAST && shape->rule != RULE_MOST))
		return compare_texts(mine, value) < 0; /* true comes after false */
	order = compare_numbers(json_integer_value(value), json_integer_value(mine));
	return shape->rule == RULE_LEAST ? order < 0 : order > 0;
}

/* The member KEY of FROM, which is SHAPE (NULL: not known), goes to INTO. */
static void merge_member(json_t *into, const char *key, json_t *value, const struct shape *shape)
{
	json_t *mine = json_object_get(into, key);

	if (!mine)
		json_object_set_new(into, key, json_deep_copy(value));
	else if (json_is_object(mine) && json_is_object(value))
		merge(mine, value, shape);
	else if (replaces(value, mine, shape))
		json_object_set_new(into, key, json_deep_copy(value));
}

static void merge(json_t *into, const json_t *from, const struct shape *shape)
{
	bool one = shape && shape->rule != RULE_BOTH;
	const char *key;
	json_t *value;

	if (one && counts(from, into, shape))
		take_known(into, from, shape);
	json_object_foreach((json_t *)(uintptr_t)from, key, value) {
		const struct shape *s = member(shape, key);

		if (!one || !s)
			merge_member(into, key, value, s);
	}
}

void record_merge(json_t *into, const json_t *from)
{
	merge(into, from, &whole);
}

void record_forget(json_t *progress, const char *id)
{
	const json_t *place = json_object_get(progress, "place");
	const char *there = json_string_value(json_object_get(place, "lesson"));

	if (!id || str_same(there, id))
		json_object_del(progress, "place");
	if (id) {
		json_object_del(json_object_get(progress, "lessons"), id);
	} else {
		json_object_del(progress, "lessons");
		json_object_del(progress, "visited");
	}
}
