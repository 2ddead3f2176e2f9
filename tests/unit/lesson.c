/* lesson/: Markdown files to records and back. */
#include "lesson/lesson.h"

#include "base/mem.h"
#include "parsing.h"
#include "suites.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct lesson *parse(const char *text)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("dir/some-lesson.md", text, strlen(text), &errs);

	for (size_t i = 0; i < errs.list.n; i++)
		CHECK_TEXT(errs.list.at[i].text, "no error");
	errs_free(&errs);
	return lesson;
}

/* LESSON, printed and parsed, has the same records, and prints the same. */
static void check_round_trip(const struct lesson *lesson)
{
	struct str first = {0}, second = {0}, where = {0};
	struct errs errs = {0};
	struct lesson *again;

	lesson_print(&first, lesson);
	again = lesson_parse(lesson->file, str_text(&first), first.len, &errs);
	if (!lesson_same(lesson, again, &where))
		CHECK_TEXT(str_text(&where), lesson->file);
	lesson_print(&second, again);
	CHECK_TEXT(str_text(&second), str_text(&first));
	lesson_free(again);
	errs_free(&errs);
	str_free(&first);
	str_free(&second);
	str_free(&where);
}

static void check_printed(const char *text, const char *expected)
{
	struct lesson *lesson = parse(text);
	struct str s = {0};

	lesson_print(&s, lesson);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
	check_round_trip(lesson);
	lesson_free(lesson);
}

static void check_file(const char *path, size_t demos)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_read(path, &errs);

	CHECK_NUMBER(errs.list.n, 0);
	for (size_t i = 0; i < errs.list.n; i++)
		CHECK_TEXT(errs.list.at[i].text, path);
	if (CHECK(lesson != NULL)) {
		CHECK(lesson->demos.n >= demos);
		check_round_trip(lesson);
	}
	lesson_free(lesson);
	errs_free(&errs);
}

static void all_lessons_round_trip(void)
{
	DIR *directory = opendir(SOCKTUTOR_SOURCE_DIR "/lessons");
	struct dirent *entry;
	int n = 0;

	while (CHECK(directory != NULL) && (entry = readdir(directory)) != NULL) {
		char *path = str_make(SOCKTUTOR_SOURCE_DIR "/lessons/%s", entry->d_name);

		if (strstr(entry->d_name, ".md")) {
			check_file(path, 1);
			n++;
		}
		free(path);
	}
	CHECK(n >= 4);
	if (directory)
		closedir(directory);
}

static void other_files_round_trip(void)
{
	check_file(SOCKTUTOR_SOURCE_DIR "/tests/unit/data/post.md", 2);
	check_file(SOCKTUTOR_SOURCE_DIR "/tests/unit/data/everything.md", 1);
	check_file(SOCKTUTOR_SOURCE_DIR "/README.md", 0);
	check_file(SOCKTUTOR_SOURCE_DIR "/doc/NOTATION.md", 0);
}

static void front_matter(void)
{
	struct lesson *lesson =
		parse("---\ntitle: \"A: \\\"b\\\"\"\nsummary: >\n  one\n  two\n"
		      "minutes: 7\norder: 2\nafter: [a, 'b']\nlayout: post\n---\n# H\n");

	CHECK_TEXT(lesson->title, "A: \"b\"");
	CHECK_TEXT(lesson->summary, "one two");
	CHECK_NUMBER(lesson->minutes, 7);
	CHECK_NUMBER(lesson->order, 2);
	CHECK_NUMBER(lesson->after.n, 2);
	CHECK_TEXT(lesson->after.at[1], "b");
	CHECK_TEXT(lesson->id, "some-lesson");
	CHECK_NUMBER(lesson->blocks.n, 1);
	CHECK_NUMBER(lesson->blocks.at[0].line, 11);
	check_round_trip(lesson);
	lesson_free(lesson);
	lesson = parse("---\nafter:\n  - a\n  - b\n...\n");
	CHECK_NUMBER(lesson->after.n, 2);
	lesson_free(lesson);
}

static void no_front_matter(void)
{
	static const char *const texts[] = {
		"text\n", "---\n\ntext\n\n---\n", "---\nNote well. This: is text.\n---\n",
		"--- \n", "\n---\ntitle: x\n---\n", "----\ntitle: x\n---\n",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct lesson *lesson = parse(texts[i]);

		CHECK(strcmp(lesson->title, "x") != 0);
		CHECK(lesson->blocks.n > 0);
		check_round_trip(lesson);
		lesson_free(lesson);
	}
}

static void wrong_front_matter(void)
{
	parsing_error("---\nminutes: many\n---\n", 2, "minutes is a number");
	parsing_error("---\ntitle: x\norder: -1\n---\n", 3, "order is a number");
	parsing_error("---\nafter: [a b]\n---\n", 2, "by their id");
	parsing_error("---\ntitel: x\n---\n", 2, "did you mean 'title'?");
	parsing_error("---\ntitle: x\n", 1, "has no end");
}

static void titles(void)
{
	struct lesson *lesson = parse("text\n\n## The *first* `heading`\n\n# Other\n");

	CHECK_TEXT(lesson->title, "The first heading");
	lesson_free(lesson);
	lesson = parse("");
	CHECK_TEXT(lesson->title, "some-lesson");
	lesson_free(lesson);
}

static void blocks_have_lines(void)
{
	struct lesson *lesson = parse("# One\n\ntext\nmore\n\n- a\n\n  b\n\n```\ncode\n```\n\n"
				      "| a |\n|---|\n| |\n| b |\n\n<!-- c -->\n\n&amp;\n");
	static const int lines[] = {1, 3, 6, 10, 14, 19, 21};

	CHECK_NUMBER(lesson->blocks.n, 7);
	for (size_t i = 0; i < lesson->blocks.n && i < 7; i++)
		CHECK_NUMBER(lesson->blocks.at[i].line, lines[i]);
	CHECK_NUMBER(lesson->blocks.at[2].children.at[0].children.at[1].line, 8);
	CHECK_NUMBER(lesson->blocks.at[4].children.at[2].line, 17);
	lesson_free(lesson);
}

static void prints_in_one_form(void)
{
	check_printed("Head\n====\n", "# Head\n");
	check_printed("* a\n* b\n", "- a\n- b\n");
	check_printed("a\nb\n", "a b\n");
	check_printed("a  \nb\\\nc\n", "a\\\nb\\\nc\n");
	check_printed("*a* __b__ ***c***\n", "_a_ **b _c_**\n");
	check_printed("x*y*z\n", "x<!-- -->_y_<!-- -->z\n");
	check_printed("---\n", "***\n");
	check_printed("    code\n", "```\ncode\n```\n");
	check_printed("~~~ `x`\n```\n~~~\n", "~~~`x`\n```\n~~~\n");
	check_printed("- [X] a\n- [ ] b\n", "- [x] a\n- [ ] b\n");
	check_printed("3) a\n7) b\n", "3. a\n4. b\n");
	check_printed("- a\n\n+ b\n", "- a\n\n+ b\n");
	check_printed("- a\n\n  b\n- c\n", "- a\n\n  b\n\n- c\n");
	check_printed("> a\nb\n", "> a b\n");
	check_printed("a <!-- x --> b\n", "a b\n\n<!-- x -->\n");
	check_printed("<!--x--> y\n", "<!-- x -->\n\ny\n");
	check_printed("<b>x</b>\n", "\\<b>x\\</b>\n");
	check_printed("[a](<b c>)\n", "[a](b&#32;c)\n");
	check_printed("<http://a/b>\n", "[http://a/b](http://a/b)\n");
	check_printed("[](u)\n", "[u](u)\n");
	check_printed("| a |\n|--:|\n| `b\\|c` |\n", "| a |\n|--:|\n| `b\\|c` |\n");
}

static void escapes_what_would_mean_more(void)
{
	static const char *const lines[] = {
		"\\# no heading", "\\- no item", "1\\. no item", "\\+ no item", "\\> no quote",
		"\\_no emphasis\\_", "\\*no\\*", "\\`no code\\`", "\\[no\\](link)", "\\<b>",
		"\\&amp;", "\\~no\\~", "a \\\\ b", "snake_case", "\\=", "1986\\) text",
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char *text = str_make("%s\n", lines[i]);

		check_printed(text, text);
		free(text);
	}
}

static void text_is_made_safe(void)
{
	struct lesson *lesson = parse("a\033[31mb\x01\x7f \xff\xe2\x80\xae\xc2\x9b\n");
	struct str s = {0};

	lesson_print(&s, lesson);
	CHECK_TEXT(str_text(&s), "a\xef\xbf\xbd\\[31mb\xef\xbf\xbd\xef\xbf\xbd "
				 "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n");
	str_free(&s);
	lesson_free(lesson);
	lesson = lesson_parse("x.md", "a\0b\r\nc\rd", 8, &(struct errs){0});
	CHECK_TEXT(lesson->blocks.at[0].spans.at[0].text, "a\xef\xbf\xbd" "b c d");
	lesson_free(lesson);
}

static void comments_are_kept(void)
{
	struct lesson *lesson = parse("<!-- hint -->\n\n<!-- a\n     b -->\n\n- x\n  <!-- y -->\n");

	CHECK_NUMBER(lesson->blocks.n, 3);
	CHECK_TEXT(lesson->blocks.at[0].text, "hint");
	CHECK_TEXT(lesson->blocks.at[1].text, "a\n     b");
	CHECK_NUMBER(lesson->blocks.at[2].children.at[0].children.n, 2);
	check_round_trip(lesson);
	lesson_free(lesson);
	parsing_error("x\n\n<!-- open\n", 3, "no end");
}

/* md4c 0.4.8 takes some offsets for an empty item: what follows would fall out of the list. */
static void items_hold_at_every_offset(void)
{
	struct str s = {0};

	for (int shift = 0; shift < 300; shift++) {
		struct lesson *lesson;

		str_cut(&s, 0);
		for (int i = 0; i < shift; i++)
			str_addc(&s, 'x');
		str_add(&s, "\n\n- a\n\n  ***\n\n  b\n");
		lesson = parse(str_text(&s));
		CHECK_NUMBER(lesson->blocks.n, shift ? 2 : 1);
		lesson_free(lesson);
	}
	str_free(&s);
}

static void rules_may_be_short(void)
{
	static const char *const rules[] = {"|-|-|", "-|-", "|:-|-:|", "|:-:|--|", "| - | - |"};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		char *text = str_make("| a | b |\n%s\n| - | - |\n", rules[i]);
		struct lesson *lesson = parse(text);

		CHECK_NUMBER(lesson->blocks.at[0].kind, BLOCK_TABLE);
		CHECK_NUMBER(lesson->blocks.at[0].children.n, 2);
		CHECK_TEXT(lesson->blocks.at[0].children.at[1].children.at[0].spans.at[0].text,
			   "-");
		lesson_free(lesson);
		free(text);
	}
	check_printed("```\n| a |\n|-|\n```\n", "```\n| a |\n|-|\n```\n");
}

static void depth_is_bounded(void)
{
	struct str s = {0};
	struct lesson *lesson;

	for (int i = 0; i < LESSON_MOST_DEPTH; i++)
		str_add(&s, "> ");
	str_add(&s, "x\n");
	lesson = parse(str_text(&s));
	check_round_trip(lesson);
	lesson_free(lesson);
	str_cut(&s, 0);
	for (int i = 0; i < 2000; i++)
		str_add(&s, "> ");
	str_add(&s, "x\n");
	parsing_error(str_text(&s), 1, "nested more than 16");
	str_free(&s);
}

static void size_is_bounded(void)
{
	size_t n = LESSON_MOST_BYTES + 1;
	char *text = mem_alloc(n);
	struct errs errs = {0};
	struct lesson *lesson;

	memset(text, 'x', n);
	lesson = lesson_parse("x.md", text, n - 1, &errs);
	CHECK_NUMBER(errs.list.n, 0);
	lesson_free(lesson);
	lesson = lesson_parse("x.md", text, n, &errs);
	CHECK_NUMBER(errs.list.n, 1);
	CHECK_NUMBER(lesson->blocks.n, 0);
	lesson_free(lesson);
	errs_free(&errs);
	free(text);
}

/* Short rows are filled up and references repeat: small files must not grow without end. */
static void growth_is_bounded(void)
{
	struct str s = {0};
	struct errs errs = {0};
	struct lesson *lesson;

	for (int i = 0; i < 2; i++) {
		for (int k = 0; k < 5000; k++)
			str_add(&s, i ? "---|" : "a|");
		str_addc(&s, '\n');
	}
	for (int i = 0; i < 5000; i++)
		str_add(&s, "|\n");
	lesson = lesson_parse("x.md", str_text(&s), s.len, &errs);
	CHECK_NUMBER(errs.list.n, 1);
	lesson_free(lesson);
	errs_free(&errs);
	str_cut(&s, 0);
	for (int i = 0; i < 20000; i++)
		str_add(&s, "[a] ");
	str_add(&s, "\n\n[a]: ");
	for (int i = 0; i < 20000; i++)
		str_addc(&s, 'x');
	lesson = lesson_parse("x.md", str_text(&s), s.len, &errs);
	CHECK_NUMBER(errs.list.n, 1);
	lesson_free(lesson);
	errs_free(&errs);
	str_free(&s);
}

static void check_differ(const char *a, const char *b)
{
	struct lesson *x = parse(a), *y = parse(b);
	struct str where = {0};

	CHECK(!lesson_same(x, y, &where));
	CHECK(where.len > 0);
	CHECK(!lesson_same(x, y, NULL));
	CHECK(lesson_same(x, x, NULL));
	str_free(&where);
	lesson_free(x);
	lesson_free(y);
}

/* A comparison that finds nothing different would pass every round trip. */
static void differences_are_found(void)
{
#define T "| Process A | Process B | n |\n|---|---|---|\n"
	check_differ("a\n", "b\n");
	check_differ("a\n", "a\n\nb\n");
	check_differ("*a*\n", "a\n");
	check_differ("[a](b)\n", "[a](c)\n");
	check_differ("# a\n", "## a\n");
	check_differ("- a\n", "1. a\n");
	check_differ("- a\n- b\n", "- a\n\n- b\n");
	check_differ("- [x] a\n", "- [ ] a\n");
	check_differ("```\na\n```\n", "```c\na\n```\n");
	check_differ("<!-- a -->\n", "<!-- b -->\n");
	check_differ("| a |\n|---|\n", "| a |\n|:--|\n");
	check_differ("---\norder: 1\n---\n", "---\norder: 2\n---\n");
	check_differ("---\nafter: [a]\n---\n", "---\nafter: [b]\n---\n");
	check_differ(T "| close() | | |\n", T "| | close() | |\n");
	check_differ(T "| close() | | |\n", T "| `close()` | | |\n");
	check_differ(T "| close() | | a |\n", T "| close() | | b |\n");
	check_differ(T "| close() | | a |\n", T "| close() | | *a* |\n");
	check_differ("<!-- demo: id=a -->\n" T "| close() | | |\n", T "| close() | | |\n");
	check_differ("<!-- demo: link=tcp -->\n" T "| close() | | |\n",
		     "<!-- demo: link=udp -->\n" T "| close() | | |\n");
	check_differ("<!-- demo: patience=3s -->\n" T "| close() | | |\n",
		     "<!-- demo: patience=4s -->\n" T "| close() | | |\n");
	check_differ("<!-- demo: link=tcp settings=tcp_retries2=3 -->\n" T "| close() | | |\n",
		     "<!-- demo: link=tcp settings=tcp_retries2=4 -->\n" T "| close() | | |\n");
#undef T
}

static void files_that_cannot_be_read(void)
{
	struct errs errs = {0};

	CHECK(lesson_read("/nonexistent/x.md", &errs) == NULL);
	CHECK(lesson_read("/", &errs) == NULL);
	CHECK(lesson_read("/dev/zero", &errs) == NULL);
	CHECK_NUMBER(errs.list.n, 3);
	errs_free(&errs);
}

static void freeing_nothing_is_fine(void)
{
	lesson_free(NULL);
	CHECK(true);
}

static const struct test tests[] = {
	{"all-lessons-round-trip", all_lessons_round_trip},
	{"other-files-round-trip", other_files_round_trip},
	{"front-matter", front_matter},
	{"no-front-matter", no_front_matter},
	{"wrong-front-matter", wrong_front_matter},
	{"titles", titles},
	{"blocks-have-lines", blocks_have_lines},
	{"prints-in-one-form", prints_in_one_form},
	{"escapes-what-would-mean-more", escapes_what_would_mean_more},
	{"text-is-made-safe", text_is_made_safe},
	{"comments-are-kept", comments_are_kept},
	{"items-hold-at-every-offset", items_hold_at_every_offset},
	{"rules-may-be-short", rules_may_be_short},
	{"depth-is-bounded", depth_is_bounded},
	{"size-is-bounded", size_is_bounded},
	{"growth-is-bounded", growth_is_bounded},
	{"differences-are-found", differences_are_found},
	{"files-that-cannot-be-read", files_that_cannot_be_read},
	{"freeing-nothing-is-fine", freeing_nothing_is_fine},
	{NULL, NULL},
};

const struct suite suite_lesson = {"lesson", NULL, NULL, tests};
