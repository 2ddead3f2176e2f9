#include "plain/plain.h"

#include "base/text.h"
#include "course/search.h"
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

static void print_menu(const struct plain *p)
{
	struct place place = progress_where(p->options->progress);
	const struct lesson *left = place.lesson ? shelf_find(p->options->shelf, place.lesson) : NULL;

	printf("\n%s\n", _("The lessons:"));
	for (size_t i = 0; i < p->options->shelf->lessons.n; i++)
		print_lesson(p, i);
	if (left)
		dialog_say(_("Enter goes on in the lesson “%s”, where you left off."), left->title);
	dialog_say(_("A number opens a lesson, / and a word searches, q quits."));
}

static void first_visit(struct plain *p)
{
	if (!progress_is_first_visit(p->options->progress))
		return;
	dialog_say(_("Welcome. This tutorial shows two live processes, A and B, that talk through "
		     "sockets. In a demo you carry out one step after the other and hear what "
		     "each call returned and what crossed the wire."));
	dialog_say(_("Enter goes on. A number chooses. s skips. q leaves, Q quits at once."));
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
	struct cards none = {0};
	struct hits hits = {0};
	size_t chosen;

	search_find(&hits, words, p->options->shelf, &none, SIZE_MAX, 9);
	for (size_t i = 0; i < hits.list.n; i++)
		print_hit(p, &hits.list.at[i], i + 1);
	if (hits.list.n == 0)
		dialog_say(_("Nothing was found."));
	chosen = hits.list.n ? dialog_choose(&p->dialog, hits.list.n) : 0;
	if (chosen) {
		const struct hit *hit = &hits.list.at[chosen - 1];

		walk_lesson(p, p->options->shelf->lessons.at[hit->lesson], hit->line);
	}
	hits_free(&hits);
}

static void go_on(struct plain *p)
{
	struct place place = progress_where(p->options->progress);
	struct lesson *lesson = place.lesson ? shelf_find(p->options->shelf, place.lesson) : NULL;

	if (lesson)
		walk_lesson(p, lesson, place.line);
	else if (p->options->shelf->lessons.n)
		walk_lesson(p, p->options->shelf->lessons.at[0], 0);
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

	puts(_("socktutor: sockets, seen from inside"));
	if (!options->by_hand)
		first_visit(&p);
	if (options->by_hand)
		walk_by_hand(&p, shelf_find(options->shelf, options->lesson), 0);
	else if (options->lesson)
		open_lesson(&p);
	if (!p.dialog.over && !options->by_hand)
		menu(&p);
	dialog_free(&p.dialog);
	free(p.command);
	return 0;
}
