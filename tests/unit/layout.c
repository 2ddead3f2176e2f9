/*
 * A lesson's Markdown set as lines of text, and the pages made of them.
 */
#include "suites.h"

#include "base/utf8.h"
#include "view/markdown.h"
#include "view/mdtable.h"

#include <string.h>

static struct lesson *lesson;
static struct layout layout;

static void set(const char *text, int width, bool ascii)
{
	struct errs errs = {0};

	lesson = lesson_parse("layout.md", text, strlen(text), &errs);
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	layout_make(&layout, lesson, width, width, ascii);
}

static void drop(void)
{
	layout_free(&layout);
	lesson_free(lesson);
}

/* Set TEXT and compare all lines; spaces at their ends do not count. */
static void sets(const char *text, int width, bool ascii, const char *expected)
{
	struct str s = {0};

	set(text, width, ascii);
	for (size_t i = 0; i < layout.lines.list.n; i++) {
		line_print(&s, &layout.lines.list.at[i]);
		while (s.len && s.p[s.len - 1] == ' ')
			str_cut(&s, s.len - 1);
		str_addc(&s, '\n');
		CHECK(line_columns(&layout.lines.list.at[i]) <= width);
	}
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
	drop();
}

static void paragraphs_wrap(void)
{
	sets("one two three four five\nsix\n", 20, false, "one two three four\nfive six\n");
	sets("a\n\nb\n", 20, false, "a\n\nb\n");
	sets("hard  \nbreak\n", 20, false, "hard\nbreak\n");
	sets("", 20, false, "");
}

static void long_words_are_broken(void)
{
	sets("x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa y\n", 20, false,
	     "x\naaaaaaaaaaaaaaaaaaaa\naaaaaaaaaa y\n");
	/* The names of flags stay whole. */
	sets("= 1 POLLIN|POLLERR|POLLHUP\n", 20, false, "= 1\nPOLLIN|POLLERR|\nPOLLHUP\n");
	sets("`POLLIN|POLLERR|POLLHUP`.\n", 10, false, "POLLIN|\nPOLLERR|\nPOLLHUP.\n");
}

static void styles_do_not_part_words(void)
{
	set("**bold**, *em*(`code`)x ~~gone~~\n", 40, false);
	CHECK_NUMBER(layout.lines.list.n, 1);
	CHECK_NUMBER(layout.lines.list.at[0].runs.at[0].style, STYLE_BOLD);
	CHECK_TEXT(layout.lines.list.at[0].runs.at[0].text, "bold");
	CHECK_TEXT(layout.lines.list.at[0].runs.at[1].text, ", ");
	CHECK_NUMBER(layout.lines.list.at[0].runs.at[2].style, STYLE_EM);
	CHECK_NUMBER(layout.lines.list.at[0].runs.at[4].style, STYLE_CODE);
	drop();
	sets("aaaa bbbb **cccc**dd\n", 20, false, "aaaa bbbb cccc" "dd\n");
	sets("aaaa bbbb c **ccccc**dddd\n", 20, false, "aaaa bbbb c\ncccccdddd\n");
}

static void wide_characters_break_anywhere(void)
{
	sets("日本語の文章は空白がなくても折り返される\n", 20, false,
	     "日本語の文章は空白が\nなくても折り返される\n");
	/* An odd width leaves a column, never half a character. */
	sets("日本語の文章は空白がなくても折り返される\n", 21, false,
	     "日本語の文章は空白が\nなくても折り返される\n");
}

/* Korean has spaces: what is written without one stays together, code and particle, too. */
static void korean_breaks_at_spaces(void)
{
	sets("커널이 오류를 적어 둡니다. `recv()`는 다음에 듣습니다.\n", 20, false,
	     "커널이 오류를 적어\n둡니다. recv()는\n다음에 듣습니다.\n");
	sets("**소켓**을 닫은 서버(프로세스)에게\n", 20, false, "소켓을 닫은\n서버(프로세스)에게\n");
	/* A word longer than a line is broken in it, as any. */
	sets("가나다라마바사아자차카타파하\n", 20, false, "가나다라마바사아자차\n카타파하\n");
	sets("가나다라마바사아자차.\n", 20, false, "가나다라마바사아자\n차.\n");
	/* Letters one by one: three of them, one syllable. */
	sets("가나다라마바사아자\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x92\xe1\x85\xa1\n", 20, false,
	     "가나다라마바사아자\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\n\xe1\x84\x92\xe1\x85\xa1\n");
}

static void lines_begin_with_nothing_that_closes(void)
{
	/* The comma would be the eleventh: the character before it goes with it. */
	sets("一二三四五六七八九十、一二\n", 20, false, "一二三四五六七八九\n十、一二\n");
	sets("一二三四五六七八九「十」。\n", 20, false, "一二三四五六七八九\n「十」。\n");
	sets("一二三四五六七八九ソケット\n", 20, false, "一二三四五六七八九ソ\nケット\n");
	sets("一二三四五六七八`recv()`で読む\n", 20, false, "一二三四五六七八\nrecv()で読む\n");
	sets("一二三四五六七八九**十**。\n", 20, false, "一二三四五六七八九\n十。\n");
}

/* What is looked for may begin on one line and end on the next, with a space between or none. */
static void lines_know_whether_they_run_on(void)
{
	set("日本語の文章は空白がなくても折り返される\n", 20, false);
	CHECK(layout.lines.list.at[0].runs_on && !layout.lines.list.at[1].runs_on);
	drop();
	set("커널이 오류를 적어 둡니다\n", 20, false);
	CHECK(!layout.lines.list.at[0].runs_on);
	drop();
	set("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbb\n", 20, false);
	CHECK(layout.lines.list.at[0].runs_on && !layout.lines.list.at[1].runs_on);
	drop();
}

static void marks_stay_with_their_letters(void)
{
	sets("e\xcc\x81" "e\xcc\x81" "e\xcc\x81" "e\xcc\x81 aaaaaaaaaaaaaaaa\n", 20, false,
	     "e\xcc\x81" "e\xcc\x81" "e\xcc\x81" "e\xcc\x81\naaaaaaaaaaaaaaaa\n");
}

static void lists_nest(void)
{
	sets("- one that is too long for a line\n- two\n  - in it\n\n1. first\n2. second\n", 20, false,
	     "• one that is too\n  long for a line\n• two\n  ◦ in it\n\n1. first\n2. second\n");
	sets("9. a\n10. b\n", 20, false, "9. a\n10. b\n");
}

static void quotes_have_a_bar(void)
{
	sets("> one two three four five six\n>\n> seven\n", 20, false,
	     "│ one two three four\n│ five six\n│\n│ seven\n");
}

static void code_keeps_its_spaces(void)
{
	sets("```c\nif (x)\n\treturn;\n\n  y\n```\n", 30, false, "  if (x)\n      return;\n\n    y\n");
}

static void tables_have_columns(void)
{
	sets("| a | Name |\n|--:|:----:|\n| 1 | x |\n| 100 | y and more |\n", 40, false,
	     "  a │    Name\n────┼───────────\n  1 │     x\n100 │ y and more\n");
	sets("| Key | Words |\n|-----|-------|\n| k | one two three four five |\n", 24, false,
	     "Key │ Words\n────┼───────────────────\nk   │ one two three four\n    │ five\n");
}

static void table_widths_are_shared(void)
{
	const int want[] = {4, 50, 60};
	int got[3];

	table_share(want, 3, 44, got);
	CHECK_NUMBER(got[0], 4);
	CHECK_NUMBER(got[1], 20);
	CHECK_NUMBER(got[2], 20);
	table_share(want, 3, 200, got);
	CHECK_NUMBER(got[2], 60);
	table_share(want, 3, 2, got);
	CHECK(got[0] >= 1 && got[1] >= 1 && got[2] >= 1);
}

static void links_have_footnotes(void)
{
	sets("See [the page](https://example.org/x), and <https://example.org>.\n", 60, false,
	     "See the page[1], and https://example.org.\n[1] https://example.org/x\n");
}

static void ascii_is_narrower_or_wider_and_fits(void)
{
	sets("→ → → → → → → → → →\n", 20, true, "-> -> -> -> -> -> ->\n-> -> ->\n");
	sets("- x\n", 20, true, "• x\n");
}

static const char demo_text[] =
	"# Title\n\n## Section\n\n"
	"<!-- demo: id=one link=unix -->\n"
	"| Process A (client) | Process B |\n|---|---|\n"
	"| | `close()` |\n| `send()` | |\n| | |\n| `EPIPE + SIGPIPE` | |\n";

static void a_demo_is_its_table_and_what_enter_does(void)
{
	sets(demo_text, 60, false,
	     "Title\n\nSection\n\n"
	     "Process A (client) │ Process B\n"
	     "───────────────────┼───────────────────\n"
	     "                   │ close()\n"
	     "send()             │\n"
	     "EPIPE + SIGPIPE    │\n"
	     "▶ Enter runs it live · one · link unix · 3 rows\n");
}

static void headings_and_demos_have_their_places(void)
{
	set(demo_text, 60, false);
	CHECK_NUMBER(layout.headings.n, 2);
	CHECK_TEXT(layout.headings.at[1].text, "Section");
	CHECK_NUMBER(layout.headings.at[1].line, 2);
	CHECK_NUMBER(layout_demo_line(&layout, 0), 9);
	CHECK(layout_demo_line(&layout, 1) == SIZE_MAX);
	drop();
}

/* Every line is on a page, but for empty ones between pages, in order, and no page is too long. */
static void check_pages(int height)
{
	size_t at = 0;

	layout_pages(&layout, height);
	for (size_t i = 0; i < layout.pages.n; i++) {
		const struct page *page = &layout.pages.at[i];

		CHECK(page->n >= 1 && page->n <= (size_t)height);
		for (; at < page->first; at++) {
			struct str s = {0};

			line_print(&s, &layout.lines.list.at[at]);
			CHECK_NUMBER(strspn(str_text(&s), " "), s.len);
			str_free(&s);
		}
		at = page->first + page->n;
		CHECK_NUMBER(layout_page_of(&layout, page->first), i);
	}
}

static void pages_keep_together_what_belongs_together(void)
{
	set(demo_text, 60, false);
	for (int height = 1; height < 14; height++)
		check_pages(height);
	/* All fits; else the demo with its heading goes to a page of its own. */
	layout_pages(&layout, 10);
	CHECK_NUMBER(layout.pages.n, 1);
	layout_pages(&layout, 9);
	CHECK_NUMBER(layout.pages.n, 2);
	drop();
}

/* An introduction and its table: nine lines that belong together, of which seven are the table. */
static void pages_break_before_a_table_rather_than_through_it(void)
{
	set("Before.\n\nLook:\n\n| one | two |\n|-----|-----|\n| 1 | 2 |\n| 1 | 2 |\n| 1 | 2 |\n"
	    "| 1 | 2 |\n| 1 | 2 |\n\nAfter.\n",
	    40, false);
	layout_pages(&layout, 8);
	CHECK_NUMBER(layout.pages.n, 4);
	CHECK_NUMBER(layout.pages.at[2].first, 4);
	CHECK_NUMBER(layout.pages.at[2].n, 7);
	/* With room for all nine they stay together. */
	layout_pages(&layout, 9);
	CHECK_NUMBER(layout.pages.at[1].first, 2);
	CHECK_NUMBER(layout.pages.at[1].n, 9);
	/* A table that fits on no page is begun at once. */
	layout_pages(&layout, 6);
	CHECK_NUMBER(layout.pages.at[1].first, 2);
	CHECK_NUMBER(layout.pages.at[1].n, 6);
	drop();
	/* It leaves more than a line or two for its next page. */
	set("| one | two |\n|-----|-----|\n| 1 | 2 |\n| 1 | 2 |\n| 1 | 2 |\n| 1 | 2 |\n| 1 | 2 |\n"
	    "| 1 | 2 |\n| 1 | 2 |\n| 1 | 2 |\n| 1 | 2 |\n",
	    40, false);
	layout_pages(&layout, 10);
	CHECK_NUMBER(layout.pages.n, 2);
	CHECK_NUMBER(layout.pages.at[0].n, 7);
	CHECK_NUMBER(layout.pages.at[1].n, 4);
	drop();
}

/* What is written after a table tells how it went; where it is to be guessed that is for later. */
static void a_prediction_ends_its_page(void)
{
	enum { TABLE = 6 /* lines of one, with its foot */ };
	static const char table[] = "<!-- predict: row=2 choices=\"= 5; EPIPE; blocks\" -->\n\n"
				    "|Process A|Process B|\n|-|-|\n|`send()`||\n|`= 5`||\n\n";
	struct str text = {0};

	str_addf(&text, "%sFive, as ever.\n\n%sAgain.\n", table, table);
	set(str_text(&text), 60, false);
	layout_pages(&layout, 40);
	CHECK_NUMBER(layout.pages.n, 3);
	CHECK(layout.lines.list.at[layout.pages.at[0].n - 1].demo_foot);
	CHECK_NUMBER(layout_page_of(&layout, layout_demo_line(&layout, 1)), 1);
	drop();
	/* Only where the lesson says so: else most pages would be half empty. */
	set(strchr(table, '|'), 60, false);
	CHECK(layout.lines.list.n < TABLE);
	CHECK(!layout.lines.list.at[layout.lines.list.n - 1].page_ends);
	drop();
	str_free(&text);
}

static void places_survive_another_width(void)
{
	static const char text[] = "one two three four five six seven eight nine ten\n\n"
				   "eleven twelve thirteen fourteen fifteen sixteen\n";
	size_t weight;

	set(text, 20, false);
	weight = layout_weight(&layout, 4);
	CHECK_NUMBER(layout_at_weight(&layout, weight), 4);
	drop();
	set(text, 60, false);
	CHECK_NUMBER(layout_at_weight(&layout, weight), 2);
	drop();
}

const struct suite suite_layout = {
	"layout", NULL, NULL,
	(const struct test[]){
		{"paragraphs", paragraphs_wrap},
		{"long-words", long_words_are_broken},
		{"styles", styles_do_not_part_words},
		{"wide-characters", wide_characters_break_anywhere},
		{"korean", korean_breaks_at_spaces},
		{"runs-on", lines_know_whether_they_run_on},
		{"nothing-closes-at-the-beginning", lines_begin_with_nothing_that_closes},
		{"marks", marks_stay_with_their_letters},
		{"lists", lists_nest},
		{"quotes", quotes_have_a_bar},
		{"code", code_keeps_its_spaces},
		{"tables", tables_have_columns},
		{"table-widths", table_widths_are_shared},
		{"links", links_have_footnotes},
		{"ascii", ascii_is_narrower_or_wider_and_fits},
		{"demo", a_demo_is_its_table_and_what_enter_does},
		{"places", headings_and_demos_have_their_places},
		{"pages", pages_keep_together_what_belongs_together},
		{"long-pages", pages_break_before_a_table_rather_than_through_it},
		{"prediction-pages", a_prediction_ends_its_page},
		{"other-width", places_survive_another_width},
		{NULL, NULL},
	},
};
