/*
 * runner.h - the test runner: CUnit, with its ways to pass by mistake closed.
 *
 * A suite is one file with one `const struct suite`, and one row in suites.c.
 * A test is a function that makes at least one assertion. Assertions are
 * CUnit's (CU_ASSERT and its kin) and those below, which show what they saw.
 */
#ifndef UNIT_RUNNER_H
#define UNIT_RUNNER_H

#include <CUnit/CUnit.h>

struct test {
	const char *name; /* NULL ends the list */
	void (*run)(void);
};

struct suite {
	const char *name;
	int (*start)(void); /* before the first test; not 0 fails the suite; may be NULL */
	int (*end)(void);   /* after the last test, likewise */
	const struct test *tests;
};

/*
 * Run what ARGV asks for of SUITES (NULL ends them):
 *
 *     PROGRAM                 everything
 *     PROGRAM SUITE           one suite (several arguments: each of them)
 *     PROGRAM SUITE/TEST      one test
 *     PROGRAM --list          the names, run nothing
 *
 * Prints each failed assertion as FILE:LINE, one line a test, and closes with
 * `N passed, N failed`, and `, N skipped` when there were. Returns the exit status: 0 when something ran and all
 * of it passed, else 1, never anything else. These fail too: a name that does
 * not exist, a suite that could not be started or ended, a test that asserts
 * nothing, and nothing to run at all.
 */
int runner_main(int argc, char **argv, const struct suite *const *suites);

/*
 * Say that this machine does not allow what the test, or the rest of it, is
 * about. The test then counts as skipped, if nothing in it failed. Where
 * SOCKTUTOR_TEST_ALL is set, as in CI, it fails: nothing goes unseen there.
 */
void skip_test(const char *why);

/* Assert that the texts are equal; NULL equals only NULL. A failure shows both. */
#define CHECK_TEXT(actual, expected) check_text(actual, expected, #actual, __FILE__, __LINE__)

/* Assert that the numbers are equal. A failure shows both. */
#define CHECK_NUMBER(actual, expected) \
	check_number((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)

/* Assert that it is true; the test goes on. Returns whether it was. */
#define CHECK(condition) check_true(!!(condition), #condition, __FILE__, __LINE__)

int check_text(const char *actual, const char *expected, const char *what, const char *file,
	       int line);
int check_number(long long actual, long long expected, const char *what, const char *file,
		 int line);
int check_true(int holds, const char *what, const char *file, int line);

#endif
