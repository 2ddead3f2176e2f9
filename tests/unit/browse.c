/*
 * What stands beside reading: cards over a screen, the search through everything, and slides;
 * keys in, canvas out, without a stage.
 */
#include "feed.h"
#include "suites.h"

#include "base/utf8.h"
#include "view/labs.h"
#include "view/view.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <string.h>

static const char lesson_text[] =
	"---\n"
	"title: Pipes\n"
	"summary: What breaks.\n"
	"---\n"
	"# Pipes\n"
	"\n"
	"One end, `send()` and `EPIPE`.\n"
	"\n"
	"## Nobody reads\n"
	"\n"
	"<!-- note -->\n"
	"For who presents.\n"
	"\n"
	"For who listens.\n"
	"\n"
	"<!-- demo: id=classic link=unix title=\"The classic\" -->\n"
	"| Process A | Process B |\n"
	"|-----------|-----------|\n"
	"|           | `close()` |\n"
	"| `send()`  |           |\n"
	"| `EPIPE + SIGPIPE` |   |\n"
	"\n"
	"## Asked\n"
	"\n"
	"What does it get?\n"
	"\n"
	"- [ ] nothing\n"
	"- [x] an error\n";

static const char cards_text[] =
	"EPIPE (errno)\nmeans: Nobody can read this.\nwhen: send().\nman: send(2)\n"
	"\n"
	"EAGAIN (errno)\nalso: EWOULDBLOCK\nmeans: It would wait.\nwhen: recv().\nman: recv(2)\n"
	"\n"
	"SIGPIPE (signal)\nmeans: You wrote.\nwhen: With EPIPE.\nman: signal(7)\n"
	"\n"
	"send (call)\nmeans: Hand bytes over.\nwhen: Often.\nman: send(2)\n"
	"\n"
	"MSG_NOSIGNAL (flag)\nmeans: No signal.\nwhen: send().\nman: send(2)\n";

static struct shelf shelf;
static struct cards cards;
static struct model model;
static struct canvas canvas;

static void start(void)
{
	struct errs errs = {0};

	shelf = (struct shelf){0};
	cards = (struct cards){0};
	vec_push(&shelf.lessons,
		 lesson_parse("pipes.md", lesson_text, strlen(lesson_text), &errs));
	cards_parse(&cards, "cards.txt", cards_text, strlen(cards_text), &errs);
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	model_start(&model, &shelf);
	model.cards = &cards;
	model.columns = 80;
	model.rows = 24;
	canvas_start(&canvas, 80, 24, false);
}

static void stop(void)
{
	canvas_free(&canvas);
	model_free(&model);
	cards_free(&cards);
	shelf_free(&shelf);
}

static struct request press(uint32_t key)
{
	return model_input(&model, &(struct input){.key = key});
}

static void type(const char *text)
{
	while (*text)
		press((unsigned char)*text++);
}

/* Whether the screen shows TEXT. */
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

static void names(const char *text, const char *expected)
{
	struct card_box box = {.at = 0};
	struct str found = {0};

	card_box_text(&box, &cards, text);
	for (size_t i = 0; i < box.list.n; i++)
		str_addf(&found, "%s%s", i ? " " : "", box.list.at[i]->name);
	CHECK_TEXT(str_text(&found), expected);
	str_free(&found);
	card_box_clear(&box);
	CHECK(!card_box_shows(&box));
}

static void a_text_names_its_cards(void)
{
	start();
	names("send(sock, \"EPIPE \\\" SIGPIPE\", 5, MSG_NOSIGNAL)", "send MSG_NOSIGNAL");
	names("EPIPE + SIGPIPE, EPIPE", "EPIPE SIGPIPE");
	names("EWOULDBLOCK", "EAGAIN");
	names("Send EPIPES epipe", "");
	names("a string without end: \"EPIPE", "");
	names("", "");
	stop();
}

static void play_to_the_error(void)
{
	model_open_lesson(&model, 0, 0);
	model.no_predictions = true;
	model_open_demo(&model, 0);
	feed_begin(&model.player);
	feed_begin_row(&model.player, 500, 1);
	feed_row_done(&model.player, 600, 1);
	feed_begin_row(&model.player, 1000, 2);
	feed_call(&model.player, 1000, ROLE_A, "send(sock, \"hello\", 5, 0)");
	feed_return(&model.player, 2000, ROLE_A, -1, EPIPE, false);
	feed_signal(&model.player, 3000, ROLE_A, SIGPIPE);
}

/* From the newest row on, then from the top; each card once. */
static void names_on_the_screen_are_marked(void)
{
	start();
	play_to_the_error();
	CHECK_NUMBER(press('i').kind, REQUEST_NONE);
	CHECK(shows("Enter what it means"));
	CHECK_TEXT(model.marked->name, "send");
	press('i');
	CHECK_TEXT(model.marked->name, "EPIPE");
	press(INPUT_RIGHT);
	CHECK_TEXT(model.marked->name, "SIGPIPE");
	press(INPUT_DOWN);
	CHECK_TEXT(model.marked->name, "send");
	press(INPUT_LEFT);
	CHECK_TEXT(model.marked->name, "SIGPIPE");
	model_draw(&canvas, &model);
	CHECK_NUMBER(canvas_at(&canvas, canvas.cursor_x, canvas.cursor_y)->style, STYLE_SELECTED);
	CHECK_TEXT(canvas_at(&canvas, canvas.cursor_x, canvas.cursor_y)->text, "S");
	press(INPUT_ESC);
	CHECK(model.marked == NULL && model.view == VIEW_DEMO);
	/* Any other key does what it does. */
	press('i');
	CHECK_NUMBER(press('q').kind, REQUEST_CLOSE);
	CHECK(model.marked == NULL);
	press('i');
	press('?');
	CHECK(model.help && model.marked == NULL);
	press('x');
	model.cards = NULL;
	press('i');
	CHECK(shows("Nothing on this screen has a card."));
	/* All of a long message, as its end says where. */
	model_say(&model, "The progress file was damaged (line 2: string or '}' expected near end of "
			  "file); it is kept as /home/somebody/.local/state/socktutor/progress.json.");
	CHECK(shows("The progress file was damaged"));
	CHECK(shows("socktutor/progress.json."));
	CHECK(shows("q leave"));
	stop();
}

/* What is found on a screen with LINE on it, one name after the other. */
static void finds(const char *line, enum style style, const char *expected)
{
	static const char text[] =
		"CLOSE_WAIT (state)\nalso: CLOSE-WAIT\nmeans: The peer has closed.\nwhen: TCP.\n"
		"man: tcp(7)\n\n"
		"send (call)\nmeans: Hand bytes over.\nwhen: Often.\nman: send(2)\n\n"
		"SHUT_WR (flag)\nmeans: No more.\nwhen: shutdown().\nman: shutdown(2)\n";
	struct cards some = {.list = {0}};
	struct errs errs = {0};
	struct words words;
	struct str s = {0};
	struct canvas c;

	cards_parse(&some, "cards.txt", text, strlen(text), &errs);
	CHECK_NUMBER(errs.list.n, 0);
	canvas_start(&c, 60, 3, false);
	canvas_text(&c, 1, 1, 58, style, line);
	words_find(&words, &some, &c);
	for (size_t i = 0; i < words.list.n; i++)
		str_addf(&s, "%s%s", i ? " " : "", words.list.at[i].card->name);
	CHECK_TEXT(str_text(&s), expected);
	words_free(&words);
	canvas_free(&c);
	cards_free(&some);
	str_free(&s);
	errs_free(&errs);
}

static void names_are_told_from_words(void)
{
	finds("└ sock CLOSE_WAIT · unread 0 ──────┘", STYLE_NORMAL, "CLOSE_WAIT");
	finds("CLOSE_WAITS, CLOSE_WAIT2, XCLOSE_WAIT", STYLE_NORMAL, "");
	finds("n = send(sock, SHUT_WR|CLOSE_WAIT)", STYLE_NORMAL, "send SHUT_WR CLOSE_WAIT");
	finds("they send what they send", STYLE_NORMAL, "");
	finds("send", STYLE_CODE, "send");
	finds("보내기 send(日本) CLOSE_WAIT 상태", STYLE_NORMAL, "send CLOSE_WAIT");
	finds("", STYLE_NORMAL, "");
}

static void a_marked_name_opens_its_card(void)
{
	start();
	play_to_the_error();
	press('i');
	press('i');
	press(INPUT_ENTER);
	CHECK_NUMBER(model.box.list.n, 3);
	CHECK(shows("┌ EPIPE · error 32 "));
	CHECK(shows(" send  EPIPE  SIGPIPE "));
	press(INPUT_RIGHT);
	CHECK(shows("┌ SIGPIPE · signal 13 "));
	press(INPUT_LEFT);
	press(INPUT_LEFT);
	CHECK(shows("┌ send() · call "));
	press('x');
	CHECK(!shows("send() · call"));
	CHECK_TEXT(model.marked->name, "EPIPE");
	stop();
}

/* Where else it is seen; Enter goes there, to the text. */
static void a_card_leads_to_its_demos(void)
{
	size_t lesson = 9, demo = 9;

	start();
	play_to_the_error();
	press('i');
	press(INPUT_ENTER);
	CHECK(shows("Seen in  pipes#classic"));
	CHECK(!card_box_entry(&model.box, &shelf, &lesson, &demo));
	press(INPUT_DOWN);
	CHECK(card_box_entry(&model.box, &shelf, &lesson, &demo));
	CHECK(lesson == 0 && demo == 0);
	press(INPUT_DOWN);
	CHECK_NUMBER(model.box.entry, 1);
	CHECK_NUMBER(press(INPUT_ENTER).kind, REQUEST_READ);
	CHECK(model.view == VIEW_READER);
	CHECK(shows("Enter runs it live"));
	CHECK(!card_box_shows(&model.box) && model.marked == NULL);
	/* Without a mark Enter closes it. */
	press('i');
	press(INPUT_ENTER);
	CHECK(card_box_shows(&model.box));
	CHECK_NUMBER(press(INPUT_ENTER).kind, REQUEST_NONE);
	CHECK(!card_box_shows(&model.box));
	stop();
}

/* Who follows a card to another lesson comes back to where one was. */
static void another_lesson_leads_back(void)
{
	struct errs errs = {0};

	start();
	vec_push(&shelf.lessons, lesson_parse("tubes.md", lesson_text, strlen(lesson_text), &errs));
	CHECK_NUMBER(errs.list.n, 0);
	model_open_lesson(&model, 0, 9);
	CHECK(shows("page 1"));
	press('i');
	press(INPUT_ENTER);
	press(INPUT_UP);
	CHECK_NUMBER(press(INPUT_ENTER).kind, REQUEST_READ);
	CHECK(model.reader.lesson == shelf.lessons.at[1]);
	CHECK_NUMBER(press('q').kind, REQUEST_CLOSE);
	model_close_lesson(&model);
	CHECK(model.view == VIEW_READER && model.reader.lesson == shelf.lessons.at[0]);
	model_close_lesson(&model);
	CHECK(model.view == VIEW_HOME);
	/* Not while a lesson is presented. */
	model_open_present(&model, 0);
	model_open_demo(&model, 0);
	model.cards = &cards;
	feed_begin(&model.player);
	press('i');
	press(INPUT_ENTER);
	press(INPUT_UP);
	CHECK_NUMBER(press(INPUT_ENTER).kind, REQUEST_NONE);
	CHECK(shows("That is another lesson"));
	CHECK(model.view == VIEW_PRESENT);
	errs_free(&errs);
	stop();
}

static void all_is_found_as_one_types(void)
{
	start();
	press('/');
	CHECK(shows("Type what you look for"));
	type("would");
	CHECK(shows("1 found"));
	CHECK(shows("card    EAGAIN: It would wait."));
	press(INPUT_ENTER);
	CHECK(shows("┌ EAGAIN · error"));
	press(INPUT_ESC);
	press('x');
	CHECK(shows("Nothing has all of these words."));
	for (int i = 0; i < 9; i++)
		press(INPUT_BACKSPACE);
	CHECK(shows("Type what you look for"));
	type("epipe");
	CHECK(shows("▸ card    EPIPE: Nobody can read this."));
	for (int i = 0; i < 5; i++)
		press(INPUT_BACKSPACE);
	type("the classic");
	CHECK_NUMBER(press(INPUT_ENTER).kind, REQUEST_DEMO);
	CHECK(model.reader.lesson == shelf.lessons.at[0]);
	CHECK(model.finder.open);
	stop();
}

static void slides_leave_notes_out(void)
{
	start();
	CHECK_NUMBER(press('P').kind, REQUEST_PRESENT);
	model_open_present(&model, 0);
	CHECK_NUMBER(model.present.slides.n, 4);
	CHECK(shows("slide 1 of 4"));
	CHECK(shows("What breaks."));
	press(' ');
	CHECK(shows("Nobody reads"));
	CHECK(shows("For who listens."));
	CHECK(!shows("For who presents."));
	CHECK_NUMBER(press('4').kind, REQUEST_NONE);
	CHECK(shows("slide 4 of 4"));
	CHECK(!shows("an error"));
	press('9');
	CHECK(shows("slide 4 of 4"));
	CHECK_NUMBER(press(INPUT_PAGE_UP).kind, REQUEST_DEMO);
	stop();
}

static void a_slide_steps_then_goes_on(void)
{
	start();
	model_open_present(&model, 0);
	CHECK_NUMBER(press('3').kind, REQUEST_DEMO);
	model_open_demo(&model, 0);
	CHECK(model.view == VIEW_PRESENT);
	CHECK(!asking_shows(&model.asking));
	feed_begin(&model.player);
	for (int row = 1; row <= 3; row++) {
		struct request request = press(INPUT_PAGE_DOWN);

		CHECK_NUMBER(request.kind, REQUEST_STEP_TO);
		CHECK_NUMBER(request.arg, row);
		feed_begin_row(&model.player, row * 1000, row);
		feed_row_done(&model.player, row * 1000 + 500, row);
	}
	CHECK(shows("step 3 of 3 · slide 3 of 4"));
	press(INPUT_PAGE_UP);
	CHECK(shows("looking back · step 2 of 3"));
	press(INPUT_PAGE_DOWN);
	CHECK(shows("step 3 of 3"));
	press(INPUT_PAGE_DOWN);
	CHECK(shows("slide 4 of 4"));
	/* Back to the demo as it was left: nothing starts anew. */
	CHECK_NUMBER(press(INPUT_UP).kind, REQUEST_NONE);
	CHECK(shows("step 3 of 3"));
	CHECK_NUMBER(press('r').kind, REQUEST_RESTART);
	CHECK_NUMBER(press('q').kind, REQUEST_CLOSE);
	stop();
}

/*
 * Help.
 */

/* KEY as the help has it; NULL: it need not. */
static const char *key_words(uint32_t key, char letter[2])
{
	static const struct {
		uint32_t key;
		const char *words;
	} names[] = {
		{' ', "Space"}, {INPUT_ENTER, "Enter"}, {INPUT_ESC, "Esc"}, {INPUT_TAB, "Tab"},
		{INPUT_BACKTAB, "Shift-Tab"}, {INPUT_BACKSPACE, "Backspace"}, {INPUT_UP, "↑"},
		{INPUT_DOWN, "↓"}, {INPUT_LEFT, "←"}, {INPUT_RIGHT, "→"}, {INPUT_HOME, "Home"},
		{INPUT_END, "End"}, {INPUT_PAGE_UP, "PgUp"}, {INPUT_PAGE_DOWN, "PgDn"},
		{INPUT_CLICK, "click"}, {INPUT_WHEEL_UP, NULL}, {INPUT_WHEEL_DOWN, NULL},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].key == key)
			return names[i].words;
	letter[0] = key < 0x7f ? (char)key : '\0';
	letter[1] = '\0';
	return key >= '0' && key <= '9' ? NULL : letter;
}

/* Whether WORDS stand in TEXT, and not within a word. */
static bool has_words(const char *text, const char *words)
{
	size_t n = strlen(words);

	for (const char *at = strstr(text, words); at; at = strstr(at + 1, words))
		if (!isalnum((unsigned char)*words) ||
		    ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[n])))
			return true;
	return false;
}

static void check_help(const struct binding *table, const char *name)
{
	struct str text = {0};

	for (const struct binding *b = table; b->keys[0]; b++)
		if (b->help)
			str_addf(&text, "%s %s ", b->label, b->help);
	for (const struct binding *b = table; b->keys[0]; b++)
		for (size_t i = 0; i < sizeof b->keys / sizeof *b->keys && b->keys[i]; i++) {
			char letter[2];
			const char *words = key_words(b->keys[i], letter);

			if (!CHECK(!words || has_words(str_text(&text), words)))
				printf("    %s: %s\n", name, words);
		}
	str_free(&text);
}

/* A key that does something is in the help, and the help fits 80 columns. */
static void every_key_is_in_the_help(void)
{
	const struct view *const views[] = {&view_home, &view_reader, &view_demo, &view_present};

	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		check_help(views[i]->keys, views[i]->name);
		for (const struct binding *b = views[i]->keys; b->keys[0]; b++)
			CHECK(!b->help || utf8_columns(b->help) <= 67);
	}
	check_help(labs_keys(), "labs");
	/* A letter is not named by a word that it is in. */
	CHECK(!has_words("open the lesson (also →)", "l") && has_words("(also → and l)", "l"));
}

static const struct test tests[] = {
	{"a_text_names_its_cards", a_text_names_its_cards},
	{"names_on_the_screen_are_marked", names_on_the_screen_are_marked},
	{"names_are_told_from_words", names_are_told_from_words},
	{"a_marked_name_opens_its_card", a_marked_name_opens_its_card},
	{"a_card_leads_to_its_demos", a_card_leads_to_its_demos},
	{"another_lesson_leads_back", another_lesson_leads_back},
	{"all_is_found_as_one_types", all_is_found_as_one_types},
	{"slides_leave_notes_out", slides_leave_notes_out},
	{"a_slide_steps_then_goes_on", a_slide_steps_then_goes_on},
	{"every_key_is_in_the_help", every_key_is_in_the_help},
	{NULL, NULL},
};

const struct suite suite_browse = {"browse", NULL, NULL, tests};
