#include "lesson/check.h"

#include "base/near.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Ids.
 */

static void check_ids(const struct lesson *lesson, struct errs *errs)
{
	for (size_t i = 0; i < lesson->demos.n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct demo *first = &lesson->demos.at[k];
			const struct demo *again = &lesson->demos.at[i];

			if (!str_same(first->id, again->id))
				continue;
			errs_add(errs, lesson->file,
				 again->directive_line ? again->directive_line : again->line,
				 "the id '%s' is that of the demo in line %d too; each demo of a "
				 "lesson has its own", again->id, first->line);
			break;
		}
}

/*
 * Other lessons.
 */

static void no_lesson(const struct lesson *lesson, int line, const char *id,
		      const struct shelf *shelf, struct errs *errs)
{
	struct near near = near_start(id);

	for (size_t i = 0; i < shelf->lessons.n; i++)
		near_offer(&near, shelf->lessons.at[i]->id);
	if (near.best)
		errs_add(errs, lesson->file, line, "no lesson '%s' (did you mean '%s'?)", id,
			 near.best);
	else
		errs_add(errs, lesson->file, line,
			 "no lesson '%s'; `socktutor list` shows those there are", id);
}

static void check_after(const struct lesson *lesson, struct shelf *shelf, struct errs *errs)
{
	for (size_t i = 0; i < lesson->after.n; i++) {
		const char *id = lesson->after.at[i];

		if (str_same(id, lesson->id))
			errs_add(errs, lesson->file, lesson->after_line,
				 "the lesson cannot come after itself");
		else if (shelf && !shelf_find(shelf, id))
			no_lesson(lesson, lesson->after_line, id, shelf, errs);
	}
}

/*
 * Links inside a lesson: `other.md`, `other.md#demo`, `#demo`.
 */

struct linked {
	const struct lesson *lesson;
	struct shelf *shelf;
	struct errs *errs;
};

static bool has_heading(const struct blocks *blocks, const char *anchor)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];
		struct str s = {0}, slug = {0};
		bool same;

		if (b->kind != BLOCK_HEADING) {
			if (has_heading(&b->children, anchor))
				return true;
			continue;
		}
		spans_text(&s, &b->spans);
		lesson_anchor(&slug, str_text(&s));
		same = str_same(str_text(&slug), anchor);
		str_free(&slug);
		str_free(&s);
		if (same)
			return true;
	}
	return false;
}

static void check_anchor(const struct linked *in, const struct lesson *to, const char *anchor,
			 int line)
{
	struct near near = near_start(anchor);

	if (!*anchor || has_heading(&to->blocks, anchor))
		return;
	for (size_t i = 0; i < to->demos.n; i++) {
		if (str_same(to->demos.at[i].id, anchor))
			return;
		near_offer(&near, to->demos.at[i].id);
	}
	if (near.best)
		errs_add(in->errs, in->lesson->file, line,
			 "the lesson '%s' has no demo or heading '#%s' (did you mean '#%s'?)",
			 to->id, anchor, near.best);
	else
		errs_add(in->errs, in->lesson->file, line,
			 "the lesson '%s' has no demo or heading '#%s'", to->id, anchor);
}

/* The id in `other.md`, as long as LEN; 0 when HREF leads elsewhere. */
static size_t linked_id(const char *href)
{
	size_t n = strcspn(href, "#");

	if (n <= 3 || memcmp(href + n - 3, ".md", 3) != 0 || memchr(href, '/', n) ||
	    memchr(href, ':', n))
		return 0;
	return n - 3;
}

/* Whether ID.md lies beside the file: a page of another kind, or a lesson not yet on the
 * shelf. */
static bool lies_beside(const char *file, const char *id)
{
	const char *slash = strrchr(file, '/');
	char *path = str_make("%.*s%s.md", slash ? (int)(slash + 1 - file) : 0, file, id);
	bool found = access(path, F_OK) == 0;

	free(path);
	return found;
}

static void check_href(const struct linked *in, const char *href, int line)
{
	size_t n = linked_id(href);
	const struct lesson *to = NULL;
	struct str id = {0};

	if (*href == '#') {
		check_anchor(in, in->lesson, href + 1, line);
		return;
	}
	if (n == 0 || !in->shelf)
		return;
	str_addn(&id, href, n);
	to = str_same(str_text(&id), in->lesson->id) ? in->lesson
						     : shelf_find(in->shelf, str_text(&id));
	if (!to && !lies_beside(in->lesson->file, str_text(&id)))
		no_lesson(in->lesson, line, str_text(&id), in->shelf, in->errs);
	else if (to && href[n + 3] == '#')
		check_anchor(in, to, href + n + 4, line);
	str_free(&id);
}

/*
 * Blocks.
 */

/* A list of boxes is a question: at least one answer is right. */
static void check_question(const struct linked *in, const struct block *list)
{
	size_t boxes = 0, right = 0;

	for (size_t i = 0; i < list->children.n; i++) {
		boxes += list->children.at[i].task != TASK_NONE;
		right += list->children.at[i].task == TASK_RIGHT;
	}
	if (boxes > 0 && right == 0)
		errs_add(in->errs, in->lesson->file, list->line,
			 "this question has no right answer; mark it with - [x]");
	if (boxes > 0 && boxes < list->children.n)
		errs_add(in->errs, in->lesson->file, list->line,
			 "only some items of this list have boxes; in a question all have, - [ ] "
			 "or - [x]");
}

static void check_blocks(const struct linked *in, const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];

		for (size_t k = 0; k < b->spans.n; k++)
			if (b->spans.at[k].style & SPAN_LINK)
				check_href(in, b->spans.at[k].href, b->line);
		if (b->kind == BLOCK_LIST)
			check_question(in, b);
		check_blocks(in, &b->children);
	}
}

void lesson_check(const struct lesson *lesson, struct shelf *shelf, struct errs *errs)
{
	struct linked in = {lesson, shelf, errs};

	check_after(lesson, shelf, errs);
	check_ids(lesson, errs);
	check_blocks(&in, &lesson->blocks);
	for (size_t i = 0; i < lesson->demos.n; i++)
		demo_check(&lesson->demos.at[i], lesson->file, errs);
	for (size_t i = 0; i < lesson->labs.n; i++)
		lab_check(lesson, &lesson->labs.at[i], errs);
}
