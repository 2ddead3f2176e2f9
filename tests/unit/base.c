/* base/: strings, UTF-8, errors, near misses, times, names, vectors. */
#include "base/clock.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/names.h"
#include "base/near.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "suites.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/*
 * str
 */

static void str_grows(void)
{
	struct str s = {0};

	CHECK_TEXT(str_text(&s), "");
	for (int i = 0; i < 1000; i++) {
		str_addc(&s, 'x');
		CHECK(s.len < s.cap && s.p[s.len] == '\0');
	}
	CHECK_NUMBER(s.len, 1000);
	CHECK_NUMBER(strspn(s.p, "x"), 1000);
	str_cut(&s, 3);
	CHECK_TEXT(str_text(&s), "xxx");
	str_free(&s);
	CHECK(s.p == NULL && s.len == 0 && s.cap == 0);
}

/* Lengths about the sizes at which storage is made and doubled. */
static void str_grows_at_limits(void)
{
	static const size_t lengths[] = {0, 1, 30, 31, 32, 33, 63, 64, 65, 4095, 4096, 4097};
	char text[5000];

	memset(text, 'y', sizeof text);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct str s = {0};

		str_addn(&s, text, lengths[i]);
		CHECK_NUMBER(s.len, lengths[i]);
		CHECK_NUMBER(strlen(s.p), lengths[i]);
		str_addn(&s, text, lengths[i]);
		CHECK_NUMBER(strlen(s.p), 2 * lengths[i]);
		str_free(&s);
	}
}

static void str_formats(void)
{
	struct str s = {0};
	char *made = str_make("%s-%0*d", "a", 100, 7);

	str_add(&s, "begin ");
	str_addf(&s, "%d %s", 5, "words");
	str_addf(&s, "%s", "");
	CHECK_TEXT(str_text(&s), "begin 5 words");
	CHECK_NUMBER(strlen(made), 102);
	CHECK_TEXT(made + 99, "007");
	free(made);
	str_free(&s);
}

static void str_gives(void)
{
	struct str s = {0};
	char *nothing = str_take(&s), *text;

	CHECK_TEXT(nothing, "");
	str_add(&s, "mine");
	text = str_take(&s);
	CHECK_TEXT(text, "mine");
	CHECK(s.p == NULL && s.len == 0);
	free(nothing);
	free(text);
}

static void str_compares(void)
{
	char a[] = "same", b[] = "same";

	CHECK(str_same(a, b));
	CHECK(str_same(NULL, NULL));
	CHECK(!str_same(a, NULL));
	CHECK(!str_same(NULL, ""));
	CHECK(!str_same("a", "A"));
	CHECK(!str_same("a", "ab"));
}

static void str_holds_nul(void)
{
	struct str s = {0};

	str_addn(&s, "a\0b", 3);
	CHECK_NUMBER(s.len, 3);
	CHECK(memcmp(s.p, "a\0b", 4) == 0);
	str_free(&s);
}

static const struct {
	const char *bytes;
	size_t n;
	const char *quoted;
} quotes[] = {
	{"hello", 5, "hello"},
	{"", 0, ""},
	{"a\"b\\c", 5, "a\\\"b\\\\c"},
	{"\n\t\r\a\b\f\v", 7, "\\n\\t\\r\\a\\b\\f\\v"},
	{"\0", 1, "\\0"},
	{"\0z", 2, "\\0z"},
	{"\0"
	 "7",
	 2, "\\0007"}, /* not \07, which would be one byte */
	{"\0"
	 "9",
	 2, "\\0009"},
	{"\x1b[31m", 5, "\\033[31m"},
	{"\x1b"
	 "7",
	 2, "\\0337"},
	{"\x7f", 1, "\\177"},
	{"\xff\xfe", 2, "\\377\\376"},
	{"gr\xc3\xbc\xc3\x9f", 6, "gr\xc3\xbc\xc3\x9f"},
	{"\xc3", 1, "\\303"},                   /* cut in the middle */
	{"\xc2\x85", 2, "\\302\\205"},          /* a C1 control */
	{"\xe2\x80\xae", 3, "\\342\\200\\256"}, /* turns the text around */
	{"%s?", 3, "%s?"},
};

static void quoting(void)
{
	for (size_t i = 0; i < COUNT(quotes); i++) {
		struct str s = {0};

		CHECK(str_add_quoted(&s, quotes[i].bytes, quotes[i].n, 0));
		CHECK_TEXT(str_text(&s), quotes[i].quoted);
		str_free(&s);
	}
}

static void quoting_at_most(void)
{
	struct str s = {0};

	CHECK(str_add_quoted(&s, "hello", 5, 5));
	CHECK(!str_add_quoted(&s, " world", 6, 3));
	CHECK_TEXT(str_text(&s), "hello wo");
	str_free(&s);
}

/*
 * utf8
 */

static const struct {
	const char *bytes;
	size_t n;
	uint32_t cp;
	size_t length;
	int width;
	int printable;
} points[] = {
	{"a", 1, 'a', 1, 1, 1},
	{"~", 1, '~', 1, 1, 1},
	{"\xc3\xbc", 2, 0xfc, 2, 1, 1},            /* ü */
	{"\xe2\x9c\x93", 3, 0x2713, 3, 1, 1},      /* ✓ */
	{"\xe6\xbc\xa2", 3, 0x6f22, 3, 2, 1},      /* 漢, wide */
	{"\xf0\x9f\x98\x80", 4, 0x1f600, 4, 2, 1}, /* an emoji, wide */
	{"\xcc\x81", 2, 0x301, 2, 0, 1},           /* combining acute accent */
	{"\xe2\x80\x8b", 3, 0x200b, 3, 0, 1},      /* zero width space */
	{"\0", 1, 0, 1, 1, 0},                     /* controls take the place of U+FFFD */
	{"\x1b", 1, 0x1b, 1, 1, 0},
	{"\x7f", 1, 0x7f, 1, 1, 0},
	{"\xc2\x9b", 2, 0x9b, 2, 1, 0},       /* CSI in one character */
	{"\xe2\x80\xae", 3, 0x202e, 3, 1, 0}, /* right-to-left override */
	{"\xe2\x81\xa6", 3, 0x2066, 3, 1, 0},
	{"\xe2\x80\xa8", 3, 0x2028, 3, 1, 0},
	{"\xef\xbb\xbf", 3, 0xfeff, 3, 1, 0}, /* byte order mark */
};

static void utf8_decodes(void)
{
	for (size_t i = 0; i < COUNT(points); i++) {
		uint32_t cp = 0;
		char out[4];

		CHECK_NUMBER(utf8_get(points[i].bytes, points[i].n, &cp), points[i].length);
		CHECK_NUMBER(cp, points[i].cp);
		CHECK_NUMBER(utf8_width(cp), points[i].width);
		CHECK_NUMBER(utf8_printable(cp), points[i].printable);
		CHECK_NUMBER(utf8_put(cp, out), points[i].length);
		CHECK(memcmp(out, points[i].bytes, points[i].length) == 0);
	}
}

static const struct {
	const char *bytes;
	size_t n;
} invalid[] = {
	{"\x80", 1},     /* continues nothing */
	{"\xc0\xaf", 2}, /* a slash, overlong */
	{"\xc1\xbf", 2},
	{"\xe0\x80\xaf", 3},
	{"\xf0\x80\x80\xaf", 4},
	{"\xed\xa0\x80", 3}, /* a surrogate */
	{"\xed\xbf\xbf", 3},
	{"\xf4\x90\x80\x80", 4}, /* beyond U+10FFFF */
	{"\xf5\x80\x80\x80", 4},
	{"\xff", 1},
	{"\xc3", 1}, /* cut off */
	{"\xe2\x9c", 2},
	{"\xf0\x9f\x98", 3},
	{"\xc3\x41", 2}, /* no continuation */
	{"\xe2\x9c\x41", 3},
};

static void utf8_refuses(void)
{
	for (size_t i = 0; i < COUNT(invalid); i++) {
		uint32_t cp = 0;

		CHECK_NUMBER(utf8_get(invalid[i].bytes, invalid[i].n, &cp), 1);
		CHECK_NUMBER(cp, 0xfffd);
	}
}

/* Every code point there is comes back, and none that there is not. */
static void utf8_all_points(void)
{
	unsigned wrong = 0;

	for (uint32_t cp = 0; cp < 0x10ffff; cp++) {
		char bytes[4];
		uint32_t back = 0;
		size_t n = utf8_put(cp, bytes);
		int surrogate = cp >= 0xd800 && cp <= 0xdfff;

		wrong += surrogate == (utf8_get(bytes, n, &back) == n && back == cp);
	}
	CHECK_NUMBER(wrong, 0);
}

static void utf8_counts_columns(void)
{
	CHECK_NUMBER(utf8_columns(""), 0);
	CHECK_NUMBER(utf8_columns("abc"), 3);
	CHECK_NUMBER(utf8_columns("\xe6\xbc\xa2\xe5\xad\x97"), 4);
	CHECK_NUMBER(utf8_columns("e\xcc\x81t\xc3\xa9"), 3);
	CHECK_NUMBER(utf8_columns("\x1b[0m"), 4);
	CHECK_NUMBER(utf8_columns("\xff\xff"), 2);
	CHECK_NUMBER(utf8_columns_n("abcdef", 2), 2);
}

static void utf8_fits(void)
{
	const char *wide = "a\xe6\xbc\xa2z"; /* a漢z: 1 + 2 + 1 columns */
	const char *marked = "e\xcc\x81x";   /* é of two code points, x */

	CHECK_NUMBER(utf8_fit("abc", 3, 0), 0);
	CHECK_NUMBER(utf8_fit("abc", 3, 2), 2);
	CHECK_NUMBER(utf8_fit("abc", 3, 9), 3);
	CHECK_NUMBER(utf8_fit(wide, 5, 1), 1);
	CHECK_NUMBER(utf8_fit(wide, 5, 2), 1); /* half a wide character fits nowhere */
	CHECK_NUMBER(utf8_fit(wide, 5, 3), 4);
	CHECK_NUMBER(utf8_fit(wide, 5, 4), 5);
	CHECK_NUMBER(utf8_fit(marked, 4, 1), 3);
	CHECK_NUMBER(utf8_fit(marked, 4, 2), 4);
}

static void check_clean(const char *bytes, size_t n, const char *expected)
{
	char *clean = utf8_clean(bytes, n);

	CHECK_TEXT(clean, expected);
	free(clean);
}

static void utf8_cleans(void)
{
	check_clean("plain", 5, "plain");
	check_clean("", 0, "");
	check_clean("a\tb\nc\r", 6, "a b c ");
	check_clean("\x1b]0;x\a", 6, "\xef\xbf\xbd]0;x\xef\xbf\xbd");
	check_clean("a\0b", 3,
		    "a\xef\xbf\xbd"
		    "b");
	check_clean("\xc2\x9b", 2, "\xef\xbf\xbd");
	check_clean("\xe2\x80\xae", 3, "\xef\xbf\xbd");
	check_clean("\xc3\x28", 2, "\xef\xbf\xbd(");
	check_clean("\xe6\xbc\xa2", 3, "\xe6\xbc\xa2");
}

/*
 * err
 */

/* What errs_print() writes; the caller frees it. */
static char *printed(struct errs *errs)
{
	char *text = NULL;
	size_t n = 0;
	FILE *to = open_memstream(&text, &n);

	errs_print(errs, to);
	fclose(to);
	return text;
}

static void err_orders(void)
{
	struct errs errs = {0};
	char *text;

	errs_add(&errs, "x.md", 12, "no function '%s'", "sned");
	errs_add(&errs, "x.md", 3, "first");
	errs_add(&errs, "x.md", 12, "second of its line");
	errs_add(&errs, "x.md", 0, "whole file");
	errs_add(&errs, "y.md", 1, "another file stays behind");
	errs_add(&errs, NULL, 0, "no lesson '%s'", "x");
	text = printed(&errs);
	CHECK_TEXT(text, "x.md: whole file\n"
			 "x.md:3: first\n"
			 "x.md:12: no function 'sned'\n"
			 "x.md:12: second of its line\n"
			 "y.md:1: another file stays behind\n"
			 "socktutor: no lesson 'x'\n");
	free(text);
	errs_free(&errs);
	CHECK_NUMBER(errs.list.n, 0);
}

static void err_copies_its_file(void)
{
	struct errs errs = {0};
	char file[] = "x.md", *text;

	errs_add(&errs, file, 1, "wrong");
	file[0] = '!';
	text = printed(&errs);
	CHECK_TEXT(text, "x.md:1: wrong\n");
	free(text);
	errs_free(&errs);
}

static void err_of_nothing(void)
{
	struct errs errs = {0};
	char *text = printed(&errs);

	CHECK_TEXT(text, "");
	free(text);
	errs_free(&errs);
}

/*
 * near
 */

static const char *nearest(const char *word)
{
	static const char *const names[] = {"send", "sendto",   "recv",       "recvfrom",
					    "poll", "shutdown", "setsockopt", "getsockopt"};
	struct near near = near_start(word);

	for (size_t i = 0; i < COUNT(names); i++)
		near_offer(&near, names[i]);
	return near.best;
}

static void near_finds(void)
{
	CHECK_TEXT(nearest("sned"), "send");
	CHECK_TEXT(nearest("send"), "send");
	CHECK_TEXT(nearest("SEND"), "send");
	CHECK_TEXT(nearest("rcev"), "recv");
	CHECK_TEXT(nearest("recvform"), "recvfrom");
	CHECK_TEXT(nearest("shutdwn"), "shutdown");
	CHECK_TEXT(nearest("setsockpot"), "setsockopt");
	CHECK_TEXT(nearest("sendt"), "send"); /* the first of two as near */
}

static void near_keeps_silent(void)
{
	CHECK_TEXT(nearest(""), NULL);
	CHECK_TEXT(nearest("x"), NULL);
	CHECK_TEXT(nearest("fork"), NULL);
	CHECK_TEXT(nearest("banana"), NULL);
	CHECK_TEXT(nearest("a-word-of-far-more-than-forty-letters-in-all"), NULL);
}

/*
 * clock
 */

static const struct {
	int64_t ns;
	const char *text;
} times[] = {
	{0, "0 \xc2\xb5s"},          {999, "0 \xc2\xb5s"},         {212345, "212 \xc2\xb5s"},
	{999999, "999 \xc2\xb5s"},   {CLOCK_MS, "1.0 ms"},         {1900000, "1.9 ms"},
	{10 * CLOCK_MS, "10 ms"},    {CLOCK_S - 1, "999 ms"},      {CLOCK_S, "1.00 s"},
	{1200 * CLOCK_MS, "1.20 s"}, {60 * CLOCK_S, "1 min 00 s"}, {127 * CLOCK_S, "2 min 07 s"},
};

static void clock_prints(void)
{
	for (size_t i = 0; i < COUNT(times); i++) {
		struct str s = {0};

		clock_print(&s, times[i].ns);
		CHECK_TEXT(str_text(&s), times[i].text);
		str_free(&s);
	}
}

static void clock_goes_on(void)
{
	int64_t first = clock_now(), second = clock_now();
	struct timespec real;
	int64_t moved;

	CHECK(first > 0 && second >= first);
	clock_gettime(CLOCK_REALTIME, &real);
	moved = (int64_t)real.tv_sec * CLOCK_S + real.tv_nsec + clock_offset();
	CHECK(moved >= second - CLOCK_S && moved <= clock_now() + CLOCK_S);
}

/*
 * names
 */

static void names_of_errnos(void)
{
	CHECK_TEXT(errno_name(EPIPE), "EPIPE");
	CHECK_TEXT(errno_name(ECONNRESET), "ECONNRESET");
	CHECK_TEXT(errno_name(EAGAIN), "EAGAIN"); /* not EWOULDBLOCK */
	CHECK_TEXT(errno_name(0), NULL);
	CHECK_TEXT(errno_name(-EPIPE), NULL);
	CHECK_TEXT(errno_name(100000), NULL);
	CHECK_NUMBER(errno_number("EPIPE", 5), EPIPE);
	CHECK_NUMBER(errno_number("EWOULDBLOCK", 11), EAGAIN);
	CHECK_NUMBER(errno_number("epipe", 5), 0);
	CHECK_NUMBER(errno_number("EPIP", 4), 0);
	CHECK_NUMBER(errno_number("EPIPES", 6), 0);
	CHECK_NUMBER(errno_number("EPIPES", 5), EPIPE); /* LEN counts, not the NUL */
	CHECK_NUMBER(errno_number("", 0), 0);
}

static void names_of_signals(void)
{
	CHECK_TEXT(signal_name(SIGPIPE), "SIGPIPE");
	CHECK_TEXT(signal_name(SIGKILL), "SIGKILL");
	CHECK_TEXT(signal_name(0), NULL);
	CHECK_TEXT(signal_name(200), NULL);
	CHECK_NUMBER(signal_number("SIGPIPE", 7, 0), SIGPIPE);
	CHECK_NUMBER(signal_number("PIPE", 4, 1), SIGPIPE);
	CHECK_NUMBER(signal_number("PIPE", 4, 0), 0);
	CHECK_NUMBER(signal_number("sigpipe", 7, 1), 0);
	CHECK_NUMBER(signal_number("SIGPIP", 6, 1), 0);
	CHECK_NUMBER(signal_number("SIG", 3, 1), 0);
	CHECK_NUMBER(signal_number("", 0, 1), 0);
}

/* Every name leads to a value whose name leads there again. */
static void names_come_back(void)
{
	size_t n = 0;

	for (const char *name; (name = errno_name_at(n)); n++) {
		int err = errno_number(name, strlen(name));

		CHECK(err > 0 && strchr("E", name[0]));
		CHECK_NUMBER(errno_number(errno_name(err), strlen(errno_name(err))), err);
	}
	CHECK(n > 70);
	CHECK_TEXT(errno_name_at(n + 1), NULL);
	n = 0;
	for (const char *name; (name = signal_name_at(n)); n++) {
		int sig = signal_number(name, strlen(name), 0);

		CHECK(sig > 0);
		CHECK_NUMBER(signal_number(name + 3, strlen(name) - 3, 1), sig);
		CHECK_NUMBER(signal_number(signal_name(sig), strlen(signal_name(sig)), 0), sig);
	}
	CHECK(n > 25);
}

/*
 * mem, vec
 */

static void mem_copies(void)
{
	char *copy = mem_strdup("text"), *part = mem_strndup("text", 2), *zero = mem_zero(3, 4);
	static const char zeros[12];

	CHECK_TEXT(copy, "text");
	CHECK_TEXT(part, "te");
	CHECK(mem_strdup(NULL) == NULL);
	CHECK(memcmp(zero, zeros, sizeof zeros) == 0);
	free(copy);
	free(part);
	free(zero);
}

static void mem_of_nothing(void)
{
	void *none = mem_alloc(0), *zero = mem_zero(0, 8), *resized = mem_resize(NULL, 0, 8);
	char *empty = mem_strndup(NULL, 0);

	CHECK(none && zero && resized);
	CHECK_TEXT(empty, "");
	free(none);
	free(zero);
	free(resized);
	free(empty);
}

static void vec_grows(void)
{
	struct pair {
		int a, b;
	};
	VEC(struct pair) list = {0};

	for (int i = 0; i < 1000; i++)
		vec_push(&list, (struct pair){i, -i});
	CHECK_NUMBER(list.n, 1000);
	CHECK(list.cap >= list.n);
	CHECK(list.at[0].a == 0 && list.at[8].b == -8 && list.at[999].a == 999);
	vec_free(&list);
	CHECK(list.at == NULL && list.n == 0 && list.cap == 0);
}

static const struct test tests[] = {
	{"str-grows", str_grows},
	{"str-grows-at-limits", str_grows_at_limits},
	{"str-formats", str_formats},
	{"str-gives", str_gives},
	{"str-compares", str_compares},
	{"str-holds-nul", str_holds_nul},
	{"quoting", quoting},
	{"quoting-at-most", quoting_at_most},
	{"utf8-decodes", utf8_decodes},
	{"utf8-refuses", utf8_refuses},
	{"utf8-all-points", utf8_all_points},
	{"utf8-counts-columns", utf8_counts_columns},
	{"utf8-fits", utf8_fits},
	{"utf8-cleans", utf8_cleans},
	{"err-orders", err_orders},
	{"err-copies-its-file", err_copies_its_file},
	{"err-of-nothing", err_of_nothing},
	{"near-finds", near_finds},
	{"near-keeps-silent", near_keeps_silent},
	{"clock-prints", clock_prints},
	{"clock-goes-on", clock_goes_on},
	{"names-of-errnos", names_of_errnos},
	{"names-of-signals", names_of_signals},
	{"names-come-back", names_come_back},
	{"mem-copies", mem_copies},
	{"mem-of-nothing", mem_of_nothing},
	{"vec-grows", vec_grows},
	{NULL, NULL},
};

const struct suite suite_base = {"base", NULL, NULL, tests};
