/*
 * Suites that are wrong on purpose: tests/runner.sh asks of each that the
 * runner fails it, and of `good` that it passes.
 */
#include "runner.h"

static void passes(void)
{
	CHECK(1);
}

static void fails(void)
{
	CHECK_NUMBER(2 + 2, 5);
}

static void fails_in_cunit(void)
{
	CU_ASSERT(0);
}

static void fails_then_passes(void)
{
	CHECK(0);
	CHECK(1);
}

static void stops(void)
{
	CU_ASSERT_FATAL(0);
}

static void asserts_nothing(void)
{
}

static void wrong_text(void)
{
	CHECK_TEXT("right", "wrong");
}

static void null_text(void)
{
	CHECK_TEXT(NULL, "");
}

static void skips(void)
{
	CHECK(1);
	skip_test("not here");
}

static void skips_at_once(void)
{
	skip_test("not here");
}

static void fails_and_skips(void)
{
	CHECK(0);
	skip_test("not here");
}

static int refuses(void)
{
	return 1;
}

static const struct test good[] = {{"first", passes}, {"second", passes}, {NULL, NULL}};
static const struct test bad[] = {
	{"number", fails},
	{"cunit", fails_in_cunit},
	{"first-of-two", fails_then_passes},
	{"fatal", stops},
	{"text", wrong_text},
	{"null", null_text},
	{"passes", passes},
	{NULL, NULL},
};
static const struct test silent[] = {{"silent", asserts_nothing}, {NULL, NULL}};
static const struct test none[] = {{NULL, NULL}};
static const struct test twice[] = {{"same", passes}, {"same", passes}, {NULL, NULL}};

static const struct test skipping[] = {
	{"rest", skips},
	{"all", skips_at_once},
	{"failed", fails_and_skips},
	{NULL, NULL},
};

static const struct suite suite_good = {"good", NULL, NULL, good};
static const struct suite suite_bad = {"bad", NULL, NULL, bad};
static const struct suite suite_no_start = {"no-start", refuses, NULL, good};
static const struct suite suite_no_end = {"no-end", NULL, refuses, good};
static const struct suite suite_silent = {"silent", NULL, NULL, silent};
static const struct suite suite_none = {"none", NULL, NULL, none};
static const struct suite suite_twice = {"twice", NULL, NULL, twice};
static const struct suite suite_skipping = {"skipping", NULL, NULL, skipping};

int main(int argc, char **argv)
{
	static const struct suite *const suites[] = {
		&suite_good,   &suite_bad,  &suite_no_start, &suite_no_end,
		&suite_silent, &suite_none, &suite_twice,    &suite_skipping,
		NULL,
	};

	return runner_main(argc, argv, suites);
}
