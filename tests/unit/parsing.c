#include "parsing.h"

#include "suites.h"

#include <string.h>

struct lesson *parsing(const char *text, size_t errors)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("x.md", text, strlen(text), &errs);

	CHECK_NUMBER(errs.list.n, errors);
	for (size_t i = 0; i < errs.list.n && errors == 0; i++)
		CHECK_TEXT(errs.list.at[i].text, "no error");
	errs_free(&errs);
	return lesson;
}

void parsing_error(const char *text, int line, const char *says)
{
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("x.md", text, strlen(text), &errs);

	if (CHECK(errs.list.n > 0)) {
		CHECK_NUMBER(errs.list.at[0].line, line);
		if (!strstr(errs.list.at[0].text, says))
			CHECK_TEXT(errs.list.at[0].text, says);
	}
	errs_free(&errs);
	lesson_free(lesson);
}
