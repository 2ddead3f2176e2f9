/* course/card: the data file, and that it is complete. */
#include "course/card.h"
#include "base/names.h"
#include "lesson/action.h"
#include "stage/decode.h"
#include "suites.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char two_cards[] =
	"# A comment.\n"
	"EAGAIN (errno)\n"
	"also: EWOULDBLOCK, try again\n"
	"means: It would\n"
	"  have to wait.\n"
	"when: recv()\n"
	"# Another.\n"
	"todo: poll()\n"
	"man: recv(2)\n"
	"\n"
	"\n"
	"listen (call)\n"
	"means: Open the door.\n"
	"when: bind() is done\n"
	"man: listen(2)\n"
	"\n"
	"LISTEN (state)\n"
	"means: It is open.\n"
	"when: after it\n"
	"man: tcp(7)";

static struct cards parse(const char *text, struct errs *errs)
{
	struct cards cards = {0};

	cards_parse(&cards, "cards.txt", text, strlen(text), errs);
	return cards;
}

static void reads_cards(void)
{
	struct errs errs = {0};
	struct cards cards = parse(two_cards, &errs);
	const struct card *card;

	CHECK_NUMBER(errs.list.n, 0);
	CU_ASSERT_FATAL(cards.list.n == 3);
	card = &cards.list.at[0];
	CHECK_TEXT(card->name, "EAGAIN");
	CHECK_TEXT(card->kind, "errno");
	CHECK_NUMBER(card->also.n, 2);
	CHECK_TEXT(card->also.at[1], "try again");
	CHECK_TEXT(card->means, "It would have to wait.");
	CHECK_TEXT(card->when, "recv()");
	CHECK_TEXT(card->todo, "poll()");
	CHECK_TEXT(card->man, "recv(2)");
	CHECK_NUMBER(card->line, 2);
	CHECK(cards.list.at[1].todo == NULL);
	CHECK_TEXT(cards.list.at[2].man, "tcp(7)");
	cards_free(&cards);
	CHECK_NUMBER(cards.list.n, 0);
}

static const char *found(const struct cards *cards, const char *name)
{
	const struct card *card = cards_find(cards, name);

	return card ? card->name : NULL;
}

static void finds_cards(void)
{
	struct errs errs = {0};
	struct cards cards = parse(two_cards, &errs);

	CHECK_TEXT(found(&cards, "EAGAIN"), "EAGAIN");
	CHECK_TEXT(found(&cards, "eagain"), "EAGAIN");
	CHECK_TEXT(found(&cards, "EWOULDBLOCK"), "EAGAIN");
	CHECK_TEXT(found(&cards, "Try Again"), "EAGAIN");
	CHECK_TEXT(found(&cards, "listen"), "listen");
	CHECK_TEXT(found(&cards, "listen()"), "listen");
	CHECK_TEXT(found(&cards, "LISTEN"), "LISTEN");
	CHECK_TEXT(found(&cards, "Listen"), "listen");
	CHECK_TEXT(found(&cards, "()"), NULL);
	CHECK_TEXT(found(&cards, ""), NULL);
	CHECK_TEXT(found(&cards, "EAGIAN"), NULL);
	CHECK_TEXT(cards_nearest(&cards, "EAGIAN"), "EAGAIN");
	CHECK_TEXT(cards_nearest(&cards, "EWOULDBLOK"), "EWOULDBLOCK");
	CHECK_TEXT(cards_nearest(&cards, "something else"), NULL);
	cards_free(&cards);
}

/* Asserts what is wrong with TEXT, which has one mistake. */
static void check_wrong(const char *text, int line, const char *wrong)
{
	struct errs errs = {0};
	struct cards cards = parse(text, &errs);

	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n) {
		CHECK_TEXT(errs.list.at[0].text, wrong);
		CHECK_TEXT(errs.list.at[0].file, "cards.txt");
		CHECK_NUMBER(errs.list.at[0].line, line);
	}
	errs_free(&errs);
	cards_free(&cards);
}

#define CARD(name) name " (errno)\nmeans: m\nwhen: w\nman: x(2)\n\n"

static void refuses_cards(void)
{
	check_wrong(CARD("A") "nonsense\n", 6,
		    "'nonsense' begins no card; its name and kind do, as in ECONNRESET (errno)");
	check_wrong("A (error)\n", 1,
		    "'A (error)' begins no card; its name and kind do, as in ECONNRESET (errno)");
	check_wrong(" (errno)\n", 1,
		    "' (errno)' begins no card; its name and kind do, as in ECONNRESET (errno)");
	check_wrong("A (errno)\nmeans: m\nman: x(2)\n", 1, "the card A does not say when:");
	check_wrong("A (errno)\nmeans:\nwhen: w\nman: x(2)\n", 1, "the card A does not say means:");
	check_wrong("A (errno)\nmeans: m\nwhen: w\nman: x(2)\nmeans: again\n", 5,
		    "means is given twice; once is right");
	check_wrong("A (errno)\nmeans: m\nwhen: w\nman: x(2)\nsays: s\n", 5,
		    "a line of a card begins with also:, means:, when:, todo: or man:, or with "
		    "white space");
	check_wrong(CARD("A") CARD("B") CARD("A"), 11, "there is another card A");
	check_wrong(CARD("A") "B (word)\nalso: A\nmeans: m\nwhen: w\nman: x(2)\n", 6,
		    "A is another card's name, too");
}

/*
 * Another language.
 */

static const char over_cards[] =
	"# 덧씌움.\n"
	"EAGAIN (errno)\n"
	"also: 다시\n"
	"means: 기다려야 합니다.\n"
	"todo: poll()을\n"
	"  부릅니다.\n"
	"\n"
	"LISTEN (state)\n"
	"when: 그 뒤에\n";

static void translates_cards(void)
{
	struct errs errs = {0};
	struct cards cards = parse(two_cards, &errs);
	const struct card *card = &cards.list.at[0];

	cards_translate(&cards, "xx.txt", over_cards, strlen(over_cards), &errs);
	CHECK_NUMBER(errs.list.n, 0);
	CHECK_NUMBER(cards.list.n, 3);
	CHECK_TEXT(card->means, "기다려야 합니다.");
	CHECK_TEXT(card->todo, "poll()을 부릅니다.");
	/* What is not given stays. */
	CHECK_TEXT(card->when, "recv()");
	CHECK_TEXT(card->man, "recv(2)");
	CHECK_TEXT(cards.list.at[1].means, "Open the door.");
	CHECK_TEXT(cards.list.at[2].means, "It is open.");
	CHECK_TEXT(cards.list.at[2].when, "그 뒤에");
	CHECK_TEXT(found(&cards, "다시"), "EAGAIN");
	CHECK_TEXT(found(&cards, "EWOULDBLOCK"), "EAGAIN");
	cards_free(&cards);
}

static void check_wrong_over(const char *text, int line, const char *wrong)
{
	struct errs errs = {0};
	struct cards cards = parse(two_cards, &errs);

	cards_translate(&cards, "xx.txt", text, strlen(text), &errs);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n) {
		CHECK_TEXT(errs.list.at[0].text, wrong);
		CHECK_TEXT(errs.list.at[0].file, "xx.txt");
		CHECK_NUMBER(errs.list.at[0].line, line);
	}
	CHECK_TEXT(cards.list.at[0].means, "It would have to wait.");
	errs_free(&errs);
	cards_free(&cards);
}

static void refuses_translations(void)
{
	check_wrong_over("\nEAGIAN (errno)\nmeans: m\n", 2,
			 "there is no card EAGIAN to translate (did you mean 'EAGAIN'?)");
	check_wrong_over("SIGPIPE (signal)\nmeans: m\n", 1,
			 "there is no card SIGPIPE to translate");
	check_wrong_over("EAGAIN (word)\nmeans: m\n", 1,
			 "EAGAIN is no word; EAGAIN (errno) would be right");
	check_wrong_over("listen (call)\nmeans: m\n\nlisten (call)\nmeans: n\n", 4,
			 "there is another card listen");
	check_wrong_over("listen (call)\nmaens: m\n", 2,
			 "a line of a card begins with also:, means:, when:, todo: or man:, or with "
			 "white space");
}

/*
 * The file itself.
 */

static struct cards open_cards(void)
{
	struct cards cards;
	struct errs errs = {0};

	CHECK_NUMBER(cards_open(&cards, NULL, &errs), 0);
	errs_print(&errs, stderr);
	CHECK_NUMBER(errs.list.n, 0);
	errs_free(&errs);
	CU_ASSERT_FATAL(cards.list.n > 100);
	return cards;
}

/* What is written in Korean translates, and every sentence of it ends. */
static void korean_translates(void)
{
	struct cards cards, english = open_cards();
	struct errs errs = {0};
	size_t changed = 0;

	CHECK_NUMBER(cards_open(&cards, "ko", &errs), 0);
	errs_print(&errs, stderr);
	CHECK_NUMBER(errs.list.n, 0);
	CU_ASSERT_FATAL(cards.list.n == english.list.n);
	for (size_t i = 0; i < cards.list.n; i++) {
		const struct card *card = &cards.list.at[i], *before = &english.list.at[i];

		if (str_same(card->means, before->means))
			continue;
		changed++;
		/* All of it or nothing: half a card in each language reads badly. */
		if (!CHECK(!str_same(card->when, before->when) && !card->todo == !before->todo &&
			   (!card->todo || !str_same(card->todo, before->todo)) &&
			   strchr(".!?)", card->means[strlen(card->means) - 1])))
			printf("    %s\n", card->name);
	}
	CHECK(changed > 50);
	errs_free(&errs);
	cards_free(&cards);
	cards_free(&english);
}

/* `recv(2), tcp(7)` */
static bool names_manual(const char *man)
{
	while (*man) {
		size_t n = strspn(man, "abcdefghijklmnopqrstuvwxyz_0123456789");

		if (n == 0 || man[n] != '(' || !isdigit((unsigned char)man[n + 1]) ||
		    man[n + 2] != ')')
			return false;
		man += n + 3;
		if (!*man)
			return true;
		if (strncmp(man, ", ", 2) != 0)
			return false;
		man += 2;
	}
	return false;
}

static bool is_sentence(const char *text)
{
	size_t n = strlen(text);

	return n > 5 && strchr(".!?)", text[n - 1]) != NULL;
}

/* Whether a program's call NAME is shown by its name. */
static bool is_traced(const char *name)
{
	const char *const *names = decode_calls();

	while (*names && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

/* Each says something in sentences, and which kind of thing its name is, is right. */
static void no_card_is_empty(void)
{
	struct cards cards = open_cards();

	for (size_t i = 0; i < cards.list.n; i++) {
		const struct card *card = &cards.list.at[i];
		size_t n = strlen(card->name);
		bool err = errno_number(card->name, n) || *card->name == 'E';
		bool right = is_sentence(card->means) && is_sentence(card->when) &&
			     names_manual(card->man) && (!card->todo || strlen(card->todo) > 10);

		if (strcmp(card->kind, "errno") == 0)
			right = right && err;
		if (strcmp(card->kind, "call") == 0)
			right = right && (call_find(card->name, n) || is_traced(card->name));
		if (strcmp(card->kind, "signal") == 0)
			right = right && strncmp(card->name, "SIG", 3) == 0;
		if (!CHECK(right))
			printf("    cards.txt:%d: %s\n", card->line, card->name);
	}
	cards_free(&cards);
}

static void check_has(const struct cards *cards, const char *name, const char *kind)
{
	const struct card *card = cards_find(cards, name);

	if (!CHECK(card && (!kind || strcmp(card->kind, kind) == 0)))
		printf("    no card for %s\n", name);
}

/* All that the tables can say. */
static void has_every_name(void)
{
	static const char *const states[] = {
		"LISTEN", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2",
		"CLOSE_WAIT", "LAST_ACK", "CLOSING", "TIME_WAIT", "CLOSE", "UNCONNECTED",
		"CONNECTING", "CONNECTED", "DISCONNECTING",
	};
	static const char *const words[] = {
		"lesson", "demo", "role", "action", "outcome", "link", "stage", "actor", "wire",
		"lens", "event", "timeline", "FIN", "RST", "RESET", "GotRST", "GotFIN", "EOF",
		"blocks", "Terminated", "exited", "half-close", "SCM_RIGHTS",
		/* What the wire shows besides, and the calls of programs. */
		"SYN", "ACK", "PSH", "URG", "port unreachable", "unreachable", "ICMP",
		"EPOLLIN", "EPOLLOUT", "EPOLLHUP", "EPOLLET", "EPOLL_CTL_ADD", "EPOLL_CTL_DEL",
		"EPOLL_CTL_MOD", "FIONREAD", "FIONBIO",
	};
	const char *const *traced = decode_calls();
	struct cards cards = open_cards();
	const struct call *call;
	const char *name;

	for (size_t i = 0; (name = errno_name_at(i)); i++)
		check_has(&cards, name, "errno");
	for (size_t i = 0; (name = signal_name_at(i)); i++)
		check_has(&cards, name, "signal");
	for (size_t i = 0; (call = call_at(i)); i++)
		check_has(&cards, call->name, "call");
	for (; *traced; traced++)
		check_has(&cards, *traced, "call");
	for (size_t i = 0; (name = constant_at(i)); i++)
		check_has(&cards, name, NULL);
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		check_has(&cards, states[i], "state");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		check_has(&cards, words[i], NULL);
	CHECK(cards_find(&cards, "ENOSUCHTHING") == NULL);
	cards_free(&cards);
}

/*
 * Which demos show it.
 */

/* Asserts that the demos of SHELF that show the card NAME are EXPECTED, at most MOST of them. */
static void check_most(const struct cards *cards, const struct shelf *shelf, const char *name,
		       size_t most, const char *expected)
{
	const struct card *card = cards_find(cards, name);
	struct str all = {0};
	char *to[8];
	size_t n;

	CU_ASSERT_FATAL(card != NULL);
	n = cards_shown_in(card, shelf, to, most);
	for (size_t i = 0; i < n; i++) {
		str_addf(&all, "%s%s", i ? " " : "", to[i]);
		free(to[i]);
	}
	CHECK_TEXT(str_text(&all), expected);
	str_free(&all);
}

static void check_shown(const struct cards *cards, const struct shelf *shelf, const char *name,
			const char *expected)
{
	check_most(cards, shelf, name, 8, expected);
}

static void shown_in_demos(void)
{
	static const char text[] =
		"<!-- demo: id=one link=unix -->\n\n"
		"| Process A | Process B | Why |\n|---|---|---|\n"
		"| `send(sock, \"recv(\")` | `close()` | |\n"
		"| `EPIPE + SIGPIPE` | | It is in CLOSE_WAIT. |\n\n"
		"<!-- demo: id=two link=tcp -->\n\n"
		"| Process A | Process B |\n|---|---|\n"
		"| `sendto(sock, \"x\", 1, MSG_DONTWAIT, \"127.0.0.1:7\")` | |\n"
		"| `getsockopt(sock)` | `kill -9` |\n| `= 0 EPIPE` | `RESET` |\n"
		"| `again = socket()` | `kill -TERM` |\n| `shutdown()` | |\n";
	struct cards cards = open_cards();
	struct errs errs = {0};
	struct shelf shelf = {0};

	vec_push(&shelf.lessons, lesson_parse("l.md", text, strlen(text), &errs));
	CHECK_NUMBER(errs.list.n, 0);
	check_shown(&cards, &shelf, "EPIPE", "l#one l#two");
	check_shown(&cards, &shelf, "SIGPIPE", "l#one");
	check_shown(&cards, &shelf, "send", "l#one");
	check_shown(&cards, &shelf, "sendto", "l#two");
	check_shown(&cards, &shelf, "MSG_DONTWAIT", "l#two");
	check_shown(&cards, &shelf, "MSG_PEEK", "");
	check_shown(&cards, &shelf, "SHUT_WR", "l#two");      /* an argument that is left out */
	check_shown(&cards, &shelf, "SO_ERROR", "l#two");
	check_shown(&cards, &shelf, "CLOSE_WAIT", "l#one");
	check_shown(&cards, &shelf, "CLOSE", "");
	check_shown(&cards, &shelf, "SIGKILL", "l#two");
	check_shown(&cards, &shelf, "SIGTERM", "l#two");
	check_shown(&cards, &shelf, "RST", "l#two");
	check_shown(&cards, &shelf, "retransmission", "");
	check_shown(&cards, &shelf, "ECONNRESET", "");
	vec_push(&shelf.lessons, lesson_parse("m.md", text, strlen(text), &errs));
	check_most(&cards, &shelf, "EPIPE", 4, "l#one l#two m#one m#two");
	check_most(&cards, &shelf, "EPIPE", 3, "l#one l#two m#one");
	check_most(&cards, &shelf, "EPIPE", 2, "l#one m#one");
	check_most(&cards, &shelf, "EPIPE", 1, "l#one");
	check_most(&cards, &shelf, "EPIPE", 0, "");
	shelf_free(&shelf);
	cards_free(&cards);
}

static const struct test tests[] = {
	{"reads_cards", reads_cards},
	{"finds_cards", finds_cards},
	{"refuses_cards", refuses_cards},
	{"translates_cards", translates_cards},
	{"refuses_translations", refuses_translations},
	{"korean_translates", korean_translates},
	{"no_card_is_empty", no_card_is_empty},
	{"has_every_name", has_every_name},
	{"shown_in_demos", shown_in_demos},
	{NULL, NULL},
};

const struct suite suite_card = {"card", NULL, NULL, tests};
