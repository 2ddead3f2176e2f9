#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * CUnit calls back without a pointer of ours, so what the callbacks share has to
 * stand here. Everything else is asked of CUnit.
 */
static struct {
	unsigned asserts; /* made before the test that runs now */
	unsigned failures;
	unsigned passed;
	unsigned failed;
	unsigned skipped;
	int skips; /* the test that runs now has called skip_test() */
} now;

static unsigned asserts_made(void)
{
	return CU_get_number_of_asserts();
}

static unsigned failures_made(void)
{
	return CU_get_number_of_failure_records();
}

static void test_starts(const CU_pTest test, const CU_pSuite suite)
{
	now.asserts = asserts_made();
	now.failures = failures_made();
	now.skips = 0;
	printf("%s/%s ", suite->pName, test->pName);
	fflush(stdout); /* so that a crash has a name, and a child has nothing to print twice */
}

static void print_failures(const CU_pFailureRecord failures)
{
	for (CU_pFailureRecord f = failures; f; f = f->pNext)
		printf("\n    %s:%u: %s", f->strFileName, f->uiLineNumber, f->strCondition);
}

static void test_ends(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failures)
{
	int silent = asserts_made() == now.asserts && !now.skips;

	(void)test;
	(void)suite;
	if (failures_made() == now.failures && !silent) {
		*(now.skips ? &now.skipped : &now.passed) += 1;
		puts(now.skips ? "skipped" : "ok");
		return;
	}
	now.failed++;
	printf("FAILED");
	if (silent)
		printf("\n    it asserted nothing");
	print_failures(failures); /* the first of this test, and those after it */
	putchar('\n');
}

static void suite_fails(const CU_pSuite suite)
{
	now.failed++;
	printf("%s FAILED\n    it could not be set up or taken down\n", suite->pName);
}

/* Whether ARG (SUITE or SUITE/TEST) means TEST of SUITE; TEST NULL: any of them. */
static int arg_means(const char *arg, const struct suite *suite, const struct test *test)
{
	size_t n = strlen(suite->name);

	if (strncmp(arg, suite->name, n) != 0)
		return 0;
	return arg[n] == '\0' || (arg[n] == '/' && (!test || strcmp(arg + n + 1, test->name) == 0));
}

static int wanted(int argc, char **argv, const struct suite *suite, const struct test *test)
{
	for (int i = 1; i < argc; i++)
		if (arg_means(argv[i], suite, test))
			return 1;
	return argc <= 1;
}

static int exists(const char *arg, const struct suite *const *suites)
{
	for (; *suites; suites++) {
		if (strcmp(arg, (*suites)->name) == 0)
			return 1;
		for (const struct test *t = (*suites)->tests; t->name; t++)
			if (arg_means(arg, *suites, t))
				return 1;
	}
	return 0;
}

static int all_exist(int argc, char **argv, const struct suite *const *suites)
{
	int all = 1;

	for (int i = 1; i < argc; i++)
		if (!exists(argv[i], suites)) {
			fprintf(stderr, "no suite or test '%s' (--list names them)\n", argv[i]);
			all = 0;
		}
	return all;
}

static void list(const struct suite *const *suites)
{
	for (; *suites; suites++)
		for (const struct test *t = (*suites)->tests; t->name; t++)
			printf("%s/%s\n", (*suites)->name, t->name);
}

/* Hand the wanted tests to CUnit; returns how many, or -1 when it refuses one
 * (as it does with two tests of one name). */
static int add_tests(int argc, char **argv, const struct suite *const *suites)
{
	int n = 0;

	for (; *suites; suites++) {
		CU_pSuite suite = NULL;

		for (const struct test *t = (*suites)->tests; t->name; t++) {
			if (!wanted(argc, argv, *suites, t))
				continue;
			if (!suite)
				suite = CU_add_suite((*suites)->name, (*suites)->start,
						     (*suites)->end);
			if (!suite || !CU_add_test(suite, t->name, t->run) ||
			    CU_get_error() != CUE_SUCCESS)
				return -1;
			n++;
		}
	}
	return n;
}

/* A suite of no tests is a mistake wherever it stands. */
static int empty_suites(int argc, char **argv, const struct suite *const *suites)
{
	int n = 0;

	for (; *suites; suites++)
		if (!(*suites)->tests->name && wanted(argc, argv, *suites, NULL)) {
			fprintf(stderr, "the suite '%s' has no tests\n", (*suites)->name);
			n++;
		}
	return n;
}

static int run(void)
{
	CU_set_test_start_handler(test_starts);
	CU_set_test_complete_handler(test_ends);
	CU_set_suite_init_failure_handler(suite_fails);
	CU_set_suite_cleanup_failure_handler(suite_fails);
	CU_run_all_tests();
	printf("%u passed, %u failed", now.passed, now.failed);
	if (now.skipped > 0)
		printf(", %u skipped", now.skipped);
	putchar('\n');
	/* Both counts are asked: ours and CUnit's. */
	return now.passed > 0 && now.failed == 0 && CU_get_error() == CUE_SUCCESS &&
	       CU_get_number_of_failures() == 0 && CU_get_number_of_tests_failed() == 0 &&
	       CU_get_number_of_suites_failed() == 0;
}

/* The program's surroundings, the same whoever starts the tests. */
static void set_surroundings(void)
{
	static const char *const unset[] = {
		"LANG", "LANGUAGE", "NO_COLOR", "ACCESSIBLE", "COLUMNS", "LINES", "ESCDELAY",
		"POSIXLY_CORRECT", "SOCKTUTOR_LESSONS", "SOCKTUTOR_DATA", "SOCKTUTOR_LOCALE",
		"SOCKTUTOR_NOTES", "SOCKTUTOR_SOCKET", "SOCKTUTOR_HOST", "SOCKTUTOR_PORT",
	};

	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm-256color", 1);
}

int runner_main(int argc, char **argv, const struct suite *const *suites)
{
	int good = 0, n;

	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		list(suites);
		return 0;
	}
	set_surroundings();
	if (!all_exist(argc, argv, suites) || empty_suites(argc, argv, suites) > 0)
		return 1;
	if (CU_initialize_registry() != CUE_SUCCESS) {
		fprintf(stderr, "CUnit: %s\n", CU_get_error_msg());
		return 1;
	}
	n = add_tests(argc, argv, suites);
	if (n < 0)
		fprintf(stderr, "CUnit: %s\n", CU_get_error_msg());
	else if (n == 0)
		fprintf(stderr, "nothing to run\n");
	else
		good = run();
	CU_cleanup_registry();
	return good ? 0 : 1;
}

void skip_test(const char *why)
{
	const char *all = getenv("SOCKTUTOR_TEST_ALL");

	now.skips = 1;
	printf("(%s) ", why);
	if (all && *all)
		CU_FAIL("skipped, although SOCKTUTOR_TEST_ALL is set");
}

static int report(int holds, const char *text, const char *file, int line)
{
	CU_assertImplementation(holds ? CU_TRUE : CU_FALSE, (unsigned)line, text, file, "",
				CU_FALSE);
	return holds;
}

int check_true(int holds, const char *what, const char *file, int line)
{
	return report(holds, what, file, line);
}

int check_text(const char *actual, const char *expected, const char *what, const char *file,
	       int line)
{
	int same = actual == expected || (actual && expected && strcmp(actual, expected) == 0);
	char text[2048];

	snprintf(text, sizeof text, "%s is \"%s\", expected \"%s\"", what,
		 actual ? actual : "(null)", expected ? expected : "(null)");
	return report(same, text, file, line);
}

int check_number(long long actual, long long expected, const char *what, const char *file, int line)
{
	char text[512];

	snprintf(text, sizeof text, "%s is %lld, expected %lld", what, actual, expected);
	return report(actual == expected, text, file, line);
}
