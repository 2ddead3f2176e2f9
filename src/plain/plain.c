#include "plain/plain.h"

#include "base/text.h"
#include "course/search.h"
#include "plain/aside.h"
#include "plain/narrow.h"
#include "plain/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_lesson(const struct plain *p, size_t i)
{
	const struct lesson *lesson = p->options->shelf->lessons.at[i];
	struct tally t = progress_tally(p->options->progress, lesson);

	printf("  %zu  ", i + 1);
	if (t.done)
		/* TRANSLATORS: the title of a lesson */
		printf(_("%s, done"), lesson->title);
	else if (t.begun)
		printf(_("%1$s, demos %2$zu of %3$zu, questions %4$zu of %5$zu"), lesson->title,
		       t.demos_seen, t.demos, t.questions_right, t.questions);
	else if (lesson->minutes)
		printf(ngettext("%1$s, %2$d minute", "%1$s, %2$d minutes",
				(unsigned long)lesson->minutes),
		       lesson->title, lesson->minutes);
	else
		fputs(lesson->title, stdout);
	putchar('\n');
}

/* The index of LESSON, or SIZE_MAX. */
static size_t index_of(const struct plain *p, const struct lesson *lesson)
{
	const struct shelf *shelf = p->options->shelf;

	for (size_t i = 0; i < shelf->lessons.n; i++)
		if (shelf->lessons.at[i] == lesson)
			return i;
	return SIZE_MAX;
}

static bool is_done(const struct plain *p, size_t i)
{
	const struct lesson *lesson = p->options->shelf->lessons.at[i];

	return progress_tally(p->options->progress, lesson).done;
}

/* The lesson that Enter opens, and the LINE in it: the one that was left or, when that is over,
 * the next that is not done; at first the first. NULL when there is nothing left to do. */
static struct lesson *lesson_due(const struct plain *p, int *line)
{
	struct shelf *shelf = p->options->shelf;
	struct place place = progress_where(p->options->progress);
	struct lesson *left = place.lesson ? shelf_find(shelf, place.lesson) : NULL;
	size_t i = left ? index_of(p, left) : 0;

	*line = 0;
	if (left && left != p->read && !is_done(p, i)) {
		*line = place.line;
		return left;
	}
	for (i += left != NULL; i < shelf->lessons.n; i++)
		if (!is_done(p, i))
			return shelf->lessons.at[i];
	return NULL;
}

static void print_menu(const struct plain *p)
{
	int line;
	const struct lesson *due = lesson_due(p, &line);

	printf("\n%s\n", _("The lessons:"));
	for (size_t i = 0; i < p->options->shelf->lessons.n; i++)
		print_lesson(p, i);
	if (due && line)
		dialog_say(_("Enter goes on in the lesson “%s”, where you left off."), due->title);
	else if (due)
		dialog_say(_("Enter begins the lesson “%s”."), due->title);
	dialog_say(_("A number opens a lesson, / and a word searches, i and a name explains it, q "
		     "quits."));
}

static void first_visit(struct plain *p)
{
	if (!progress_is_first_visit(p->options->progress))
		return;
	dialog_say(_("Welcome. This tutorial shows two live processes, A and B, that talk through "
		     "sockets. In a demo you carry out one step after the other and hear what "
		     "each call returned and what crossed the wire."));
	aside_keys();
	progress_visited(p->options->progress);
	walk_save(p);
}

static void print_hit(const struct plain *p, const struct hit *hit, size_t number)
{
	static const char *const kinds[] = {N_("lesson"), N_("heading"), N_("demo"), N_("text"),
					    N_("card")};
	const struct shelf *shelf = p->options->shelf;

	printf("  %zu  %s: %s", number, _(kinds[hit->kind]), hit->text);
	if (hit->kind != HIT_CARD && hit->kind != HIT_LESSON)
		printf(" (%s)", shelf->lessons.at[hit->lesson]->title);
	putchar('\n');
}

static void search(struct plain *p, const char *words)
{
	struct hits hits = {0};
	size_t chosen;

	search_find(&hits, words, p->options->shelf, &p->cards, SIZE_MAX, 9);
	for (size_t i = 0; i < hits.list.n; i++)
		print_hit(p, &hits.list.at[i], i + 1);
	if (hits.list.n == 0)
		dialog_say(_("Nothing was found."));
	chosen = hits.list.n ? dialog_choose(&p->dialog, hits.list.n) : 0;
	if (chosen) {
		const struct hit *hit = &hits.list.at[chosen - 1];

		if (hit->kind == HIT_CARD)
			aside_card(p, &p->cards.list.at[hit->card]);
		else
			walk_lesson(p, p->options->shelf->lessons.at[hit->lesson], hit->line);
	}
	hits_free(&hits);
}

static void go_on(struct plain *p)
{
	int line;
	struct lesson *due = lesson_due(p, &line);

	if (due)
		walk_lesson(p, due, line);
}

static void menu(struct plain *p)
{
	while (!p->dialog.over) {
		const char *answer;
		char *end;
		size_t number;

		p->dialog.leave = false;
		print_menu(p);
		answer = dialog_ask(&p->dialog, _("Your choice:"));
		if (p->dialog.leave)
			return;
		number = strtoul(answer, &end, 10);
		if (!*answer)
			go_on(p);
		else if (*answer == '/')
			search(p, answer + 1);
		else if (!*end && number >= 1 && number <= p->options->shelf->lessons.n)
			walk_lesson(p, p->options->shelf->lessons.at[number - 1], 0);
		else
			dialog_say(_("There is no choice '%s'."), answer);
	}
}

/* Straight to a lesson, or to one of its demos or labs. */
static void open_lesson(struct plain *p)
{
	struct lesson *lesson = shelf_find(p->options->shelf, p->options->lesson);

	if (!p->options->demo) {
		walk_lesson(p, lesson, 0);
		return;
	}
	for (size_t i = 0; i < lesson->demos.n; i++)
		if (str_same(lesson->demos.at[i].id, p->options->demo))
			walk_demo(p, lesson, i);
	for (size_t i = 0; i < lesson->labs.n; i++)
		if (str_same(lesson->labs.at[i].setup.id, p->options->demo))
			walk_lab(p, lesson, i);
}

int plain_tutorial(const struct plain_options *options)
{
	struct plain p = {.options = options};
	bool narrows = options->ascii || options->only_ascii;
	int error = 0;
	struct narrow narrow;

	if (narrows)
		narrow_start(&narrow, options->only_ascii);
	puts(_("socktutor: sockets, seen from inside"));
	aside_start(&p);
	if (!options->by_hand)
		first_visit(&p);
	if (options->by_hand)
		walk_by_hand(&p, shelf_find(options->shelf, options->lesson), 0);
	else if (options->lesson)
		open_lesson(&p);
	if (!p.dialog.over && !options->by_hand)
		menu(&p);
	aside_end(&p);
	dialog_free(&p.dialog);
	free(p.command);
	if (narrows)
		error = narrow_end(&narrow);
	if (error)
		fprintf(stderr, "socktutor: %s: %s\n", _("standard output"), strerror(error));
	return error ? 2 : 0;
}
