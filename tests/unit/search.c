/* course/search: what is found, in which order, and what is shown of it. */
#include "course/search.h"

#include "base/utf8.h"
#include "suites.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char first[] =
	"---\n"
	"title: Broken pipes\n"
	"summary: A writer that nobody reads.\n"
	"order: 1\n"
	"---\n"
	"# Broken pipes\n"
	"\n"
	"A *pipe* breaks when nobody can read. Straße, ΠΡΟΣΟΧΗ, 日本語.\n"
	"\n"
	"## Nobody listens\n"
	"\n"
	"- one item about sockets\n"
	"- > a quoted item\n"
	"\n"
	"<!-- demo: id=classic title=\"The classic\" -->\n"
	"| Process A | Process B | Note |\n"
	"|-----------|-----------|------|\n"
	"|           | `close()` | It goes away |\n"
	"| `send()`  |           | |\n"
	"| `EPIPE + SIGPIPE` |   | |\n"
	"\n"
	"```c\n"
	"int first;\n"
	"int second = send(sock);\n"
	"```\n"
	"\n"
	"| Word | Meaning |\n"
	"|------|---------|\n"
	"| RST  | reset   |\n"
	"\n"
	"<!-- note: unseen words -->\n";
static const char second[] =
	"---\n"
	"title: Resets\n"
	"order: 2\n"
	"---\n"
	"What breaks a pipe resets nothing, but a broken pipe, and broken pipes, are signs of one.\n";

static struct card card(const char *name, const char *kind, const char *means)
{
	return (struct card){.name = (char *)(uintptr_t)name, .kind = (char *)(uintptr_t)kind,
			     .means = (char *)(uintptr_t)means, .line = 7};
}

/* Two lessons and two cards, and what was found in them. */
struct library {
	struct shelf shelf;
	struct cards cards;
	struct hits hits;
};

static void library_start(struct library *lib)
{
	struct errs errs = {0};

	*lib = (struct library){0};
	vec_push(&lib->shelf.lessons, lesson_parse("broken-pipe.md", first, strlen(first), &errs));
	vec_push(&lib->shelf.lessons, lesson_parse("resets.md", second, strlen(second), &errs));
	CHECK_NUMBER(errs.list.n, 0);
	vec_push(&lib->cards.list, card("EPIPE", "errno", "Nobody will read what was sent."));
	vec_push(&lib->cards.list, card("SIGPIPE", "signal", "Comes with EPIPE."));
	errs_free(&errs);
}

static void library_end(struct library *lib)
{
	hits_free(&lib->hits);
	vec_free(&lib->cards.list);
	shelf_free(&lib->shelf);
}

static void find(struct library *lib, const char *words, size_t most)
{
	search_find(&lib->hits, words, &lib->shelf, &lib->cards, SIZE_MAX, most);
}

/* `L0:1 Broken pipes` a line: kind, lesson (or card), line, and the text with [what matched]. */
static char *described(const struct library *lib)
{
	static const char kinds[] = "LHDTC";
	struct str s = {0};

	for (size_t i = 0; i < lib->hits.list.n; i++) {
		const struct hit *h = &lib->hits.list.at[i];

		CHECK(h->at + h->len <= strlen(h->text));
		str_addf(&s, "%c%zu:%d %.*s[%.*s]%s\n", kinds[h->kind],
			 h->kind == HIT_CARD ? h->card : h->lesson, h->line, (int)h->at, h->text,
			 (int)h->len, h->text + h->at, h->text + h->at + h->len);
	}
	return str_take(&s);
}

static const struct {
	const char *words;
	const char *found;
} searches[] = {
	{"broken pipes", "L0:1 [Broken pipes]\n"
			 "T1:5 What breaks a pipe resets nothing, but a broken pipe, and [broken "
			 "pipes], are signs of one.\n"},
	{"PIPES  broken", "L0:1 Broken [pipes]\n"
			  "T1:5 What breaks a pipe resets nothing, but a broken pipe, and broken "
			  "[pipes], are signs of one.\n"},
	{"listens", "H0:10 Nobody [listens]\n"},
	{"nobody", "H0:10 [Nobody] listens\n"
		   "C0:7 EPIPE: [Nobody] will read what was sent.\n"
		   "L0:1 Broken pipes: A writer that [nobody] reads.\n"
		   "T0:8 A pipe breaks when [nobody] can read. Straße, ΠΡΟΣΟΧΗ, 日本語.\n"},
	{"epipe", "C0:7 [EPIPE]: Nobody will read what was sent.\n"
		  "D0:20 The classic: [EPIPE] + SIGPIPE\n"
		  "C1:7 SIGPIPE: Comes with [EPIPE].\n"},
	{"goes away", "D0:18 The classic: It [goes away]\n"},
	{"classic", "D0:16 The [classic]\n"},
	{"close()", "D0:18 The classic: [close()]\n"},
	{"second send", "T0:24 int [second] = send(sock);\n"},
	{"quoted", "T0:13 a [quoted] item\n"},
	{"rst", "T0:29 [RST] · reset\nT0:23 int fi[rst];\n"},
	/* Not the heading first, which has it within a word only. */
	{"listen", "H0:10 Nobody [listen]s\n"},
	{"body", "C0:7 EPIPE: No[body] will read what was sent.\n"
		 "L0:1 Broken pipes: A writer that no[body] reads.\n"
		 "T0:8 A pipe breaks when no[body] can read. Straße, ΠΡΟΣΟΧΗ, 日本語.\n"
		 "H0:10 No[body] listens\n"},
	{"reset", "L1:1 [Reset]s\nT0:29 RST · [reset]\n"
		  "T1:5 What breaks a pipe [reset]s nothing, but a broken pipe, and broken pipes, "
		  "are signs of one.\n"},
	{"προσοχη", "T0:8 A pipe breaks when nobody can read. Straße, [ΠΡΟΣΟΧΗ], 日本語.\n"},
	{"本", "T0:8 A pipe breaks when nobody can read. Straße, ΠΡΟΣΟΧΗ, 日[本]語.\n"},
	{"nobody sockets", ""},
	{"unseen", ""},
	{"signal", "C1:7 SIGPIPE: [signal]\n"},
	{"broken-pipe", "L0:1 Broken pipes: [broken-pipe]\n"},
	{"", ""},
	{" \t ", ""},
};

static void finds(void)
{
	struct library lib;

	library_start(&lib);
	for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
		char *found;

		find(&lib, searches[i].words, 100);
		found = described(&lib);
		CHECK_TEXT(found, searches[i].found);
		free(found);
	}
	library_end(&lib);
}

static void finds_at_most(void)
{
	struct library lib;
	size_t all;

	library_start(&lib);
	find(&lib, "e", 100);
	all = lib.hits.list.n;
	CHECK(all > 8);
	find(&lib, "e", 3);
	CHECK_NUMBER(lib.hits.list.n, 3);
	find(&lib, "e", 0);
	CHECK_NUMBER(lib.hits.list.n, 0);
	find(&lib, "e", all);
	CHECK_NUMBER(lib.hits.list.n, all);
	library_end(&lib);
}

/* Titles, then demos and cards, then text, of what begins a word. */
static void orders(void)
{
	static const int rank[] = {[HIT_LESSON] = 0, [HIT_HEADING] = 0, [HIT_DEMO] = 1,
				   [HIT_CARD] = 1, [HIT_TEXT] = 2};
	struct library lib;
	int last = 0;

	library_start(&lib);
	find(&lib, "s", 100);
	for (size_t i = 0; i < lib.hits.list.n; i++) {
		const struct hit *h = &lib.hits.list.at[i];
		bool summary = h->kind == HIT_LESSON && h->at > 13;
		bool within = h->at > 0 && isalpha((unsigned char)h->text[h->at - 1]);

		if (summary || within)
			continue;
		CHECK(rank[h->kind] >= last);
		last = rank[h->kind];
	}
	CHECK_NUMBER(last, 2);
	library_end(&lib);
}

/* Of a long text a piece is shown, with what matched in it. */
static void shows_a_piece(void)
{
	struct str text = {0};
	struct errs errs = {0};
	struct library lib = {0};

	for (int i = 0; i < 500; i++)
		str_addf(&text, "%s語 ", i == 250 ? "needle and" : "wörter");
	vec_push(&lib.shelf.lessons, lesson_parse("long.md", str_text(&text), text.len, &errs));
	find(&lib, "needle AND", 5);
	if (CHECK_NUMBER(lib.hits.list.n, 1)) {
		const struct hit *h = &lib.hits.list.at[0];

		CHECK(strncmp(h->text + h->at, "needle and", 10) == 0);
		CHECK_NUMBER(h->len, 10);
		CHECK(utf8_columns_n(h->text, h->at) <= 32);
		CHECK(utf8_columns(h->text) <= 124);
		CHECK(strncmp(h->text, "…wörter", strlen("…wörter")) == 0);
		CHECK(strcmp(h->text + strlen(h->text) - strlen("語…"), "語…") == 0);
	}
	errs_free(&errs);
	str_free(&text);
	library_end(&lib);
}

/* One word of no end, matched at its end. */
static void shows_a_piece_without_spaces(void)
{
	char text[4001];
	struct errs errs = {0};
	struct library lib = {0};

	memset(text, 'a', sizeof text - 2);
	text[sizeof text - 2] = 'b';
	text[sizeof text - 1] = '\0';
	vec_push(&lib.shelf.lessons, lesson_parse("long.md", text, strlen(text), &errs));
	find(&lib, "ab", 5);
	if (CHECK_NUMBER(lib.hits.list.n, 1)) {
		CHECK_TEXT(lib.hits.list.at[0].text + lib.hits.list.at[0].at, "ab");
		CHECK(utf8_columns(lib.hits.list.at[0].text) <= 124);
	}
	text[sizeof text - 2] = 'a';
	find(&lib, text, 5);
	CHECK_NUMBER(lib.hits.list.n, 0);
	errs_free(&errs);
	library_end(&lib);
}

/* All of the open lesson before all else. */
static void the_open_lesson_first(void)
{
	struct library lib;

	library_start(&lib);
	for (size_t open = 0; open < 2; open++) {
		bool elsewhere = false;

		search_find(&lib.hits, "pipe", &lib.shelf, &lib.cards, open, 50);
		CHECK(lib.hits.list.n > 2);
		CHECK_NUMBER(lib.hits.list.at[0].lesson, open);
		for (size_t i = 0; i < lib.hits.list.n; i++) {
			const struct hit *h = &lib.hits.list.at[i];
			bool here = h->kind != HIT_CARD && h->lesson == open;

			CHECK(!here || !elsewhere);
			elsewhere = elsewhere || !here;
		}
		CHECK(elsewhere);
	}
	library_end(&lib);
}

static void of_nothing(void)
{
	struct hits hits = {0};

	search_find(&hits, "word", &(struct shelf){0}, &(struct cards){0}, SIZE_MAX, 5);
	CHECK_NUMBER(hits.list.n, 0);
	search_find(&hits, "word", NULL, NULL, SIZE_MAX, 5);
	CHECK_NUMBER(hits.list.n, 0);
	hits_free(&hits);
}

static const struct test tests[] = {
	{"finds", finds},
	{"finds-at-most", finds_at_most},
	{"orders", orders},
	{"shows-a-piece", shows_a_piece},
	{"shows-a-piece-without-spaces", shows_a_piece_without_spaces},
	{"the-open-lesson-first", the_open_lesson_first},
	{"of-nothing", of_nothing},
	{NULL, NULL},
};

const struct suite suite_search = {"search", NULL, NULL, tests};
