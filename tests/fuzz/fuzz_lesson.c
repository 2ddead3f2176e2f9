/*
 * fuzz_lesson.c - any bytes are a lesson file: parsed, printed, parsed again.
 *
 * Whatever the bytes: no error of the sanitizers, no control character in a
 * record, and what was printed holds the same records.
 */
#include "lesson/check.h"
#include "lesson/lesson.h"

#include "base/utf8.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		abort();
	return 0;
}

static _Noreturn void fail(const char *why, const struct str *printed)
{
	fprintf(stderr, "%s\n--- printed:\n%s\n---\n", why, str_text(printed));
	abort();
}

static bool is_safe(const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t step = utf8_get(text + i, n - i, &cp);

		if (cp != '\n' && (cp == 0xfffd ? step == 1 : !utf8_printable(cp)))
			return false;
		i += step;
	}
	return true;
}

static void check_printed(const struct lesson *lesson, const struct str *printed)
{
	struct errs errs = {0};
	struct str where = {0}, again = {0};
	struct lesson *back;

	if (printed->len > LESSON_MOST_BYTES)
		return; /* escapes made it too long to be read back */
	back = lesson_parse("fuzz.md", str_text(printed), printed->len, &errs);
	if (!lesson_same(lesson, back, &where))
		fail(str_text(&where), printed);
	lesson_print(&again, back);
	if (!str_same(str_text(printed), str_text(&again)))
		fail("the second printing differs", printed);
	str_free(&again);
	str_free(&where);
	lesson_free(back);
	errs_free(&errs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("fuzz.md", (const char *)data, size, &errs);
	struct str printed = {0};

	lesson_check(lesson, NULL, &errs);
	for (size_t i = 0; i < errs.list.n; i++)
		if (!is_safe(errs.list.at[i].text))
			fail("an error is not safe to print", &printed);
	lesson_print(&printed, lesson);
	if (!is_safe(str_text(&printed)))
		fail("a control character got through", &printed);
	check_printed(lesson, &printed);
	str_free(&printed);
	lesson_free(lesson);
	errs_free(&errs);
	return 0;
}
