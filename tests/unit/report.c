/* course/report, export/report: what learners hand on, and all of it as one table. */
#include "export/report.h"

#include "base/utf8.h"
#include "suites.h"

#include <string.h>

static struct report report(const char *name)
{
	struct report r = {.name = mem_strdup(name)};

	return r;
}

static void tried(struct report *r, const char *id, bool met, size_t attempts, size_t held)
{
	report_note(r, id, met, &(struct lab_tries){.attempts = attempts, .held = held, .rows = 7,
						    .first = 1000, .last = 90000000});
}

/* Printed and read again it is the same. */
static void there_and_back(void)
{
	struct report r = report("Ann \"|\""), again;
	struct str text = {0}, other = {0}, why = {0};

	tried(&r, "a#x", true, 3, 7);
	tried(&r, "b#y", false, 1, 2);
	report_print(&text, &r);
	if (CHECK_NUMBER(report_parse(&again, str_text(&text), text.len, &why), 0)) {
		report_print(&other, &again);
		CHECK_TEXT(str_text(&other), str_text(&text));
		CHECK_TEXT(again.labs.at[0].first, "1970-01-01T00:00:01Z");
		CHECK_TEXT(again.labs.at[0].last, "1970-01-02T01:00:00Z");
		report_free(&again);
	}
	CHECK_NUMBER(report_parse(&again, str_text(&text), text.len - 3, &why), -1);
	report_free(&r);
	str_free(&text);
	str_free(&other);
	str_free(&why);
}

/* Nothing that was done is undone. */
static void only_more(void)
{
	struct report r = report("Ann");

	tried(&r, "a#x", true, 3, 7);
	report_note(&r, "a#x", false, &(struct lab_tries){.attempts = 1, .held = 2, .rows = 7,
							  .first = 5000, .last = 6000});
	CHECK_NUMBER(r.labs.n, 1);
	CHECK(r.labs.at[0].met);
	CHECK_NUMBER(r.labs.at[0].attempts, 3);
	CHECK_NUMBER(r.labs.at[0].held, 7);
	CHECK_TEXT(r.labs.at[0].first, "1970-01-01T00:00:01Z");
	CHECK_TEXT(r.labs.at[0].last, "1970-01-02T01:00:00Z");
	report_free(&r);
}

static size_t widest(const char *text)
{
	size_t most = 0;

	for (; *text == '|' || *text == '\n'; text += strcspn(text, "\n"), text += *text == '\n') {
		size_t n = utf8_columns_n(text, strcspn(text, "\n"));

		most = n > most ? n : most;
	}
	return most;
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

/* One table where there is room; else labs in rows, and as many tables as it takes. */
static void fits(void)
{
	enum { LEARNERS = 9 };
	struct report all[LEARNERS];
	struct str text = {0};

	for (int i = 0; i < LEARNERS; i++) {
		char name[32], id[32];

		snprintf(name, sizeof name, "Learner %d", i + 1);
		all[i] = report(name);
		for (int j = 0; j < 8; j++) {
			snprintf(id, sizeof id, "lesson#a-long-name-%d", j + 1);
			tried(&all[i], id, i < j, 2, 3);
		}
	}
	export_report(&text, all, LEARNERS, 0);
	CHECK_NUMBER(count(str_text(&text), "\n|--"), 1);
	CHECK(strstr(str_text(&text), "| met by    | 0 of 9 ") != NULL);
	str_cut(&text, 0);
	export_report(&text, all, LEARNERS, 79);
	CHECK(widest(str_text(&text)) <= 79);
	CHECK(count(str_text(&text), "\n|--") > 1);
	CHECK_NUMBER(count(str_text(&text), "met by"), 1);
	for (int i = 0; i < LEARNERS; i++)
		CHECK_NUMBER(count(str_text(&text), all[i].name), 1);
	str_cut(&text, 0);
	export_report(&text, all, LEARNERS, 1);
	CHECK_NUMBER(count(str_text(&text), "Learner "), LEARNERS);
	for (int i = 0; i < LEARNERS; i++)
		report_free(&all[i]);
	str_free(&text);
}

static const struct test tests[] = {
	{"there and back", there_and_back},
	{"only more", only_more},
	{"fits", fits},
	{NULL, NULL},
};

const struct suite suite_report = {"report", NULL, NULL, tests};
