/*
 * Cells: what is drawn where, and what is cut.
 */
#include "feed.h"
#include "suites.h"

#include "view/ascii.h"

#include <string.h>

static void check_canvas(const struct canvas *c, const char *expected)
{
	char *text = feed_text(c);

	CHECK_TEXT(text, expected);
	free(text);
}

static void text_is_cut_at_its_width(void)
{
	struct canvas c;

	canvas_start(&c, 10, 2, false);
	CHECK_NUMBER(canvas_text(&c, 0, 0, 4, STYLE_NORMAL, "hello"), 4);
	CHECK_NUMBER(canvas_text(&c, 8, 1, 10, STYLE_NORMAL, "wide"), 4);
	check_canvas(&c, "hell\n        wi\n");
	canvas_free(&c);
}

static void text_outside_is_no_error(void)
{
	struct canvas c;

	canvas_start(&c, 3, 1, false);
	canvas_text(&c, -2, 0, 9, STYLE_NORMAL, "abcd");
	canvas_text(&c, 0, -1, 9, STYLE_NORMAL, "x");
	canvas_text(&c, 0, 7, 9, STYLE_NORMAL, "x");
	canvas_fill(&c, -5, -5, 3, 3, STYLE_NORMAL, "x");
	check_canvas(&c, "cd\n");
	CHECK(canvas_at(&c, 3, 0) == NULL);
	canvas_free(&c);
}

static void short_text_ends_in_an_ellipsis(void)
{
	struct canvas c;

	canvas_start(&c, 20, 2, false);
	canvas_short(&c, 0, 0, 5, STYLE_NORMAL, "abcdef");
	canvas_short(&c, 0, 1, 6, STYLE_NORMAL, "abcdef");
	check_canvas(&c, "abcd…\nabcdef\n");
	canvas_free(&c);
}

static void wide_characters_take_two_cells(void)
{
	struct canvas c;

	canvas_start(&c, 6, 1, false);
	CHECK_NUMBER(canvas_text(&c, 0, 0, 5, STYLE_NORMAL, "日本語"), 4);
	CHECK_NUMBER(canvas_at(&c, 0, 0)->width, 2);
	CHECK_NUMBER(canvas_at(&c, 1, 0)->width, 0);
	check_canvas(&c, "日本\n");
	/* Half of one drawn over is no character any more. */
	canvas_text(&c, 1, 0, 1, STYLE_NORMAL, "x");
	check_canvas(&c, " x本\n");
	canvas_text(&c, 2, 0, 1, STYLE_NORMAL, "y");
	check_canvas(&c, " xy\n");
	canvas_free(&c);
}

/* Half a wide character is none: not at the canvas's edge, and not where the width ends. */
static void wide_characters_are_whole_or_not_there(void)
{
	struct canvas c;

	canvas_start(&c, 6, 2, false);
	CHECK_NUMBER(canvas_text(&c, 0, 0, 3, STYLE_NORMAL, "한국"), 2);
	check_canvas(&c, "한\n\n");
	/* The last column has no room for it, and the first only for its right half. */
	canvas_text(&c, 0, 1, 6, STYLE_NORMAL, "abcdef");
	canvas_text(&c, 5, 1, 4, STYLE_NORMAL, "한");
	check_canvas(&c, "한\nabcde\n");
	canvas_text(&c, -1, 1, 6, STYLE_NORMAL, "한국");
	check_canvas(&c, "한\n 국de\n");
	CHECK_NUMBER(canvas_at(&c, 0, 1)->width, 1);
	canvas_free(&c);
}

/* Whichever half of what is there is met, the other goes, too. */
static void wide_characters_drawn_over_go_whole(void)
{
	struct canvas c;

	canvas_start(&c, 8, 1, false);
	canvas_text(&c, 0, 0, 8, STYLE_NORMAL, "한국소켓");
	canvas_text(&c, 1, 0, 4, STYLE_NORMAL, "日本");
	check_canvas(&c, " 日本 켓\n");
	for (int x = 0; x < 8; x++)
		CHECK(canvas_at(&c, x, 0)->width != 0 || canvas_at(&c, x - 1, 0)->width == 2);
	canvas_fill(&c, 2, 0, 1, 1, STYLE_DIM, "│");
	check_canvas(&c, "  │本 켓\n");
	canvas_free(&c);
}

static void wide_text_is_cut_with_an_ellipsis(void)
{
	struct canvas c;

	canvas_start(&c, 12, 3, false);
	CHECK_NUMBER(canvas_short(&c, 0, 0, 6, STYLE_NORMAL, "연결 재설정"), 6);
	/* Of five columns the ellipsis takes one, 연결 four; of six one stays empty. */
	CHECK_NUMBER(canvas_short(&c, 0, 1, 5, STYLE_NORMAL, "연결재설정"), 5);
	CHECK_NUMBER(canvas_short(&c, 0, 2, 6, STYLE_NORMAL, "연결재설정"), 5);
	check_canvas(&c, "연결 …\n연결…\n연결…\n");
	CHECK_NUMBER(canvas_right(&c, 0, 0, 12, STYLE_NORMAL, "연결"), 8);
	canvas_free(&c);
}

/* A syllable written with its letters one by one is one character of two columns. */
static void jamo_combine(void)
{
	struct canvas c;

	canvas_start(&c, 6, 1, false);
	CHECK_NUMBER(canvas_text(&c, 0, 0, 6, STYLE_NORMAL, "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab" "x"), 3);
	CHECK_TEXT(canvas_at(&c, 0, 0)->text, "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab");
	CHECK_TEXT(canvas_at(&c, 2, 0)->text, "x");
	canvas_free(&c);
}

static void marks_combine_with_what_is_before_them(void)
{
	struct canvas c;

	canvas_start(&c, 6, 1, false);
	CHECK_NUMBER(canvas_text(&c, 0, 0, 6, STYLE_NORMAL, "e\xcc\x81x"), 2);
	CHECK_TEXT(canvas_at(&c, 0, 0)->text, "e\xcc\x81");
	/* A mark with nothing before it, and more marks than a cell holds. */
	canvas_text(&c, 3, 0, 3, STYLE_NORMAL, "\xcc\x81z");
	CHECK_TEXT(canvas_at(&c, 3, 0)->text, "z");
	canvas_text(&c, 0, 0, 1, STYLE_NORMAL,
		    "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81");
	CHECK(strlen(canvas_at(&c, 0, 0)->text) < GLYPH_BYTES);
	canvas_free(&c);
}

static void control_characters_never_reach_a_cell(void)
{
	struct canvas c;

	canvas_start(&c, 8, 1, false);
	canvas_text(&c, 0, 0, 8, STYLE_NORMAL, "a\x1b[2J\x07\xe2\x80\xae");
	check_canvas(&c, "a\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd\n");
	canvas_free(&c);
}

static void a_box_has_its_title_in_the_border(void)
{
	struct canvas c;

	canvas_start(&c, 12, 3, false);
	canvas_box(&c, 0, 0, 12, 3, "Timeline", STYLE_NORMAL);
	check_canvas(&c, "┌ Timeline ┐\n│          │\n└──────────┘\n");
	canvas_free(&c);
}

static void ascii_draws_the_same_in_ascii(void)
{
	struct canvas c;

	canvas_start(&c, 24, 3, true);
	canvas_box(&c, 0, 0, 8, 3, NULL, STYLE_NORMAL);
	canvas_text(&c, 1, 1, 6, STYLE_NORMAL, "12 µs…");
	canvas_text(&c, 9, 1, 14, STYLE_NORMAL, "✓✗ a→b");
	check_canvas(&c, "+------+\n|12 us | vx a->b\n+------+\n");
	/* Text is no drawing. */
	CHECK_NUMBER(canvas_short(&c, 9, 1, 11, STYLE_NORMAL, "한국어 → 소켓"), 10);
	check_canvas(&c, "+------+\n|12 us | 한국어 ...\n+------+\n");
	CHECK_NUMBER(canvas_columns(&c, "a → b"), 6);
	canvas_free(&c);
}

static void ascii_text_is_ascii(void)
{
	char *text = ascii_text("☐ café — “x” … 소켓");

	CHECK_TEXT(text, "[ ] cafe -- \"x\" ... 소켓");
	free(text);
}

const struct suite suite_canvas = {
	"canvas", NULL, NULL,
	(const struct test[]){
		{"text-is-cut-at-its-width", text_is_cut_at_its_width},
		{"text-outside-is-no-error", text_outside_is_no_error},
		{"short-text-ends-in-an-ellipsis", short_text_ends_in_an_ellipsis},
		{"wide-characters-take-two-cells", wide_characters_take_two_cells},
		{"wide-characters-are-whole", wide_characters_are_whole_or_not_there},
		{"wide-characters-go-whole", wide_characters_drawn_over_go_whole},
		{"wide-text-is-cut", wide_text_is_cut_with_an_ellipsis},
		{"jamo-combine", jamo_combine},
		{"marks-combine", marks_combine_with_what_is_before_them},
		{"control-characters", control_characters_never_reach_a_cell},
		{"box", a_box_has_its_title_in_the_border},
		{"ascii", ascii_draws_the_same_in_ascii},
		{"ascii-text", ascii_text_is_ascii},
		{NULL, NULL},
	},
};
