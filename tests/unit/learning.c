/*
 * What is kept of a lesson while it is read: questions answered, the place, and how home shows it.
 */
#include "feed.h"
#include "home.h"
#include "suites.h"

#include "course/fact.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

static const char pipes[] =
	"---\n"
	"title: Pipes\n"
	"order: 1\n"
	"---\n"
	"# Pipes\n"
	"\n"
	"First page.\n"
	"\n"
	"<!-- note -->\n"
	"\n"
	"For who presents.\n"
	"\n"
	"For who listens.\n"
	"\n"
	"## Asked\n"
	"\n"
	"What does it get?\n"
	"\n"
	"- [ ] nothing\n"
	"\n"
	"  Then it would wait.\n"
	"\n"
	"- [x] an error\n"
	"\n"
	"  Nobody reads.\n"
	"\n"
	"Which one?\n"
	"\n"
	"- [x] this\n"
	"- [ ] that\n";

static const char resets[] =
	"---\n"
	"title: Resets\n"
	"order: 2\n"
	"after: [pipes]\n"
	"---\n"
	"# Resets\n"
	"\n"
	"<!-- here: connect-timeout -->\n"
	"\n"
	"<!-- here: no-such-fact -->\n"
	"\n"
	"<!-- demo: id=classic link=unix -->\n"
	"\n"
	"| Process A | Process B |\n"
	"|-----------|-----------|\n"
	"|           | `close()` |\n";

static struct shelf shelf;
static struct model model;
static struct canvas canvas;

static void add(const char *file, const char *text)
{
	struct errs errs = {0};

	vec_push(&shelf.lessons, lesson_parse(file, text, strlen(text), &errs));
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
}

/* A model with what has been kept. */
static void enter(int columns, int rows)
{
	model_start(&model, &shelf);
	model.progress = home_open();
	model.columns = columns;
	model.rows = rows;
	home_resume(&model);
	canvas_start(&canvas, columns, rows, false);
}

static void leave(void)
{
	home_save(model.progress);
	progress_close(model.progress);
	model_free(&model);
	canvas_free(&canvas);
}

static void start(int columns, int rows)
{
	home_new();
	shelf = (struct shelf){0};
	add("pipes.md", pipes);
	add("resets.md", resets);
	enter(columns, rows);
}

static void stop(void)
{
	leave();
	for (size_t i = 0; i < shelf.lessons.n; i++)
		lesson_free(shelf.lessons.at[i]);
	vec_free(&shelf.lessons);
	home_end();
}

static struct request key(uint32_t key)
{
	return model_input(&model, &(struct input){.key = key});
}

static bool shows(const char *text)
{
	char *screen;
	bool found;

	model_draw(&canvas, &model);
	screen = feed_text(&canvas);
	found = strstr(screen, text) != NULL;
	free(screen);
	return found;
}

static void open_lesson(size_t index)
{
	model_open_lesson(&model, index, model_place(&model, index));
	model_draw(&canvas, &model);
}

static void reasons_come_with_the_answer(void)
{
	start(80, 40);
	open_lesson(0);
	CHECK(shows("☐ 1  nothing"));
	CHECK(shows("☐ 2  an error"));
	CHECK(!shows("Nobody reads.") && !shows("Then it would wait."));
	key('1');
	CHECK(shows("✗ No, that is not it"));
	CHECK(shows("Then it would wait.") && !shows("Nobody reads."));
	CHECK(shows("☒ 1  nothing"));
	CHECK_NUMBER(progress_question(model.progress, "pipes", 1), 0);
	/* Another answer at once. */
	key('2');
	CHECK(shows("✓ Right") && shows("Nobody reads."));
	CHECK(shows("☑ 2  an error"));
	CHECK(shows("  ✓ What does it get?"));
	CHECK_NUMBER(progress_question(model.progress, "pipes", 1), 1);
	key('x');
	CHECK(!shows("Nobody reads."));
	stop();
}

/* With two on a page, the numbers are the open one's. */
static void numbers_go_to_the_open_question(void)
{
	start(80, 40);
	open_lesson(0);
	key('1');
	key('x');
	key('2');
	CHECK(shows("Nobody reads."));
	/* While the reason is told, they are still those of its question. */
	key('1');
	CHECK(shows("Then it would wait."));
	key('x');
	key('2');
	CHECK(shows("✓ What does it get?") && shows("Another answer is right."));
	key('1');
	CHECK(shows("✓ Which one?"));
	stop();
	/* Another day the first is answered, and the second is not. */
	start(80, 40);
	open_lesson(0);
	key('2');
	leave();
	enter(80, 40);
	open_lesson(0);
	key('1');
	CHECK(shows("✓ Which one?") && !shows("Then it would wait."));
	stop();
}

static void questions_are_stops(void)
{
	start(80, 40);
	open_lesson(0);
	key(INPUT_DOWN);
	key(INPUT_ENTER);
	CHECK(shows("✓ Right"));
	key('x');
	key(INPUT_TAB);
	key(INPUT_DOWN);
	key(INPUT_UP);
	key(INPUT_ENTER);
	CHECK(shows("✓ Right") && shows("That is the right answer."));
	CHECK_NUMBER(progress_question(model.progress, "pipes", 2), 1);
	key('x');
	key(INPUT_BACKTAB);
	key('1');
	CHECK(shows("Then it would wait."));
	/* A number that is no answer changes nothing. */
	key('x');
	key('6');
	CHECK(!shows("any key"));
	/* A click on an answer chooses it. */
	for (int y = 0; y < canvas.rows; y++) {
		const struct glyph *g = canvas_at(&canvas, 9, y);

		if (strcmp(g[-1].text, " ") == 0 && strcmp(g[0].text, "t") == 0 &&
		    strcmp(g[3].text, "t") == 0)
			model_input(&model, &(struct input){INPUT_CLICK, 9, y});
	}
	CHECK(shows("Another answer is right."));
	stop();
}

static void what_was_answered_stays_so(void)
{
	start(80, 40);
	open_lesson(0);
	key('2');
	leave();
	enter(80, 40);
	open_lesson(0);
	CHECK(shows("☑ 2  an error") && shows("✓ What does it get?"));
	CHECK(shows("☐ 1  this"));
	CHECK(!shows("any key goes on"));
	stop();
}

static void notes_are_not_shown_and_facts_are(void)
{
	struct str fact = {0};
	char start_of_it[24];

	start(80, 40);
	open_lesson(0);
	CHECK(!shows("For who presents.") && shows("For who listens."));
	CHECK(fact_print(&fact, "connect-timeout"));
	snprintf(start_of_it, sizeof start_of_it, "%s", str_text(&fact));
	open_lesson(1);
	CHECK(shows(start_of_it));
	CHECK(!shows("no-such-fact"));
	str_free(&fact);
	stop();
}

static void one_returns_to_the_very_page(void)
{
	size_t page;

	start(60, 16);
	CHECK_NUMBER(model.home.chosen, 0);
	open_lesson(0);
	key(' ');
	CHECK(model.reader.page > 0);
	page = model.reader.page;
	model_draw(&canvas, &model);
	leave();
	enter(60, 16);
	CHECK_NUMBER(model.home.chosen, 0);
	CHECK(shows("page 2"));
	open_lesson(0);
	CHECK_NUMBER(model.reader.page, page);
	/* Where there is room for all of it, that is the first. */
	leave();
	enter(80, 50);
	CHECK(shows("continue on page 1"));
	stop();
}

static void every_page_has_a_place(void)
{
	struct layout layout;

	start(60, 16);
	for (size_t i = 0; i < shelf.lessons.n; i++) {
		layout_make(&layout, shelf.lessons.at[i], 40, 40, false);
		for (int height = 4; height < 12; height++) {
			layout_pages(&layout, height);
			for (size_t page = 0; page < layout.pages.n; page++)
				CHECK(layout_page_at(&layout, layout_place(&layout, page)) <=
				      page);
		}
		layout_free(&layout);
	}
	stop();
}

static void what_is_done_leads_to_what_comes_next(void)
{
	start(80, 24);
	open_lesson(0);
	key('2');
	leave();
	enter(80, 24);
	CHECK(shows("▸  1  Pipes"));
	open_lesson(0);
	key('1');
	CHECK(shows("✓ Which one?"));
	key('x');
	CHECK_NUMBER(key('q').kind, REQUEST_CLOSE);
	model.view = VIEW_HOME;
	CHECK(shows("▸  2  Resets"));
	/* Who goes back to it stays there. */
	key(INPUT_UP);
	CHECK(shows("▸  1  Pipes"));
	model.home.counted = false;
	CHECK(shows("▸  1  Pipes"));
	leave();
	enter(80, 24);
	CHECK(shows("▸  2  Resets"));
	stop();
}

static void home_counts(void)
{
	start(80, 24);
	CHECK(shows("0 of 2 lessons begun · 0 %"));
	CHECK(shows("after 1"));
	progress_answered(model.progress, "pipes", 1, true);
	model.home.counted = false;
	CHECK(shows("questions 1/2"));
	CHECK(shows("1 of 2 lessons begun · 33 %"));
	CHECK(shows("after 1"));
	progress_answered(model.progress, "pipes", 2, true);
	progress_demo_seen(model.progress, "resets", "classic");
	model.home.counted = false;
	CHECK(shows("✓"));
	CHECK(!shows("after 1"));
	CHECK(shows("2 of 2 lessons begun · 100 %"));
	stop();
}

static void forgetting_asks_first(void)
{
	start(80, 24);
	progress_answered(model.progress, "pipes", 1, true);
	progress_demo_seen(model.progress, "resets", "classic");
	key('r');
	CHECK(shows("Forget what was done in the lesson “Pipes”?"));
	key('n');
	CHECK(!shows("Forget"));
	CHECK_NUMBER(progress_question(model.progress, "pipes", 1), 1);
	key('r');
	CHECK_NUMBER(key('y').kind, REQUEST_NONE);
	CHECK_NUMBER(progress_question(model.progress, "pipes", 1), -1);
	CHECK(progress_has_seen(model.progress, "resets", "classic"));
	key('R');
	CHECK(shows("in every lesson?"));
	/* Not even q is taken for a yes. */
	CHECK_NUMBER(key('q').kind, REQUEST_NONE);
	CHECK(progress_has_seen(model.progress, "resets", "classic"));
	key('R');
	key('y');
	CHECK(!progress_has_seen(model.progress, "resets", "classic"));
	CHECK(shows("0 of 2 lessons begun"));
	stop();
}

static void the_first_visit_is_one_key(void)
{
	start(80, 24);
	CHECK(progress_is_first_visit(model.progress));
	model.welcome = true;
	CHECK(shows("Welcome") && shows("any key goes on"));
	CHECK_NUMBER(key('q').kind, REQUEST_NONE);
	CHECK(!model.welcome && !shows("Welcome"));
	CHECK(!progress_is_first_visit(model.progress));
	stop();
}

/* Where nothing is kept all else works. */
static void without_progress(void)
{
	struct progress *progress;

	start(80, 40);
	progress = model.progress;
	model.progress = NULL;
	CHECK(!shows("lessons begun") && shows("Pipes"));
	open_lesson(0);
	key('2');
	CHECK(shows("✓ Right") && shows("☑ 2  an error"));
	model.progress = progress;
	stop();
}

static const struct test tests[] = {
	{"reasons_come_with_the_answer", reasons_come_with_the_answer},
	{"numbers_go_to_the_open_question", numbers_go_to_the_open_question},
	{"questions_are_stops", questions_are_stops},
	{"what_was_answered_stays_so", what_was_answered_stays_so},
	{"notes_are_not_shown_and_facts_are", notes_are_not_shown_and_facts_are},
	{"one_returns_to_the_very_page", one_returns_to_the_very_page},
	{"every_page_has_a_place", every_page_has_a_place},
	{"what_is_done_leads_to_what_comes_next", what_is_done_leads_to_what_comes_next},
	{"home_counts", home_counts},
	{"forgetting_asks_first", forgetting_asks_first},
	{"the_first_visit_is_one_key", the_first_visit_is_one_key},
	{"without_progress", without_progress},
	{NULL, NULL},
};

const struct suite suite_learning = {"learning", NULL, NULL, tests};
