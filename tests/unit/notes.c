/* term/notes: the presenter's notes over a Unix socket; view/present_note: which they are. */
#include "lesson/lesson.h"
#include "suites.h"
#include "term/notes.h"
#include "view/present.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *read_note(int fd, char *buffer, size_t n)
{
	ssize_t got = recv(fd, buffer, n - 1, 0);

	buffer[got > 0 ? got : 0] = '\0';
	return got > 0 ? buffer : "(nothing)";
}

/* Not the name of a presentation that goes on meanwhile, in another test or on this machine. */
static int have_a_name(void)
{
	char name[32];

	snprintf(name, sizeof name, "unit-%ld", (long)getpid());
	return setenv("SOCKTUTOR_NOTES", name, 1);
}

static void notes_reach_readers(void)
{
	struct notes *notes = notes_open();
	char buffer[256];
	int early, late;

	CU_ASSERT_FATAL(notes != NULL);
	CHECK(notes_open() == NULL); /* one presentation at a time */
	early = notes_connect();
	CU_ASSERT_FATAL(early >= 0);
	notes_visit(notes);
	notes_tell(notes, "first");
	CHECK_TEXT(read_note(early, buffer, sizeof buffer), "first");
	notes_tell(notes, "first"); /* they have it */
	late = notes_connect();
	CU_ASSERT_FATAL(late >= 0);
	notes_visit(notes);
	CHECK_TEXT(read_note(late, buffer, sizeof buffer), "first");
	notes_tell(notes, "second");
	CHECK_TEXT(read_note(early, buffer, sizeof buffer), "second");
	CHECK_TEXT(read_note(late, buffer, sizeof buffer), "second");
	close(early); /* one who leaves disturbs nobody */
	notes_tell(notes, "third");
	CHECK_TEXT(read_note(late, buffer, sizeof buffer), "third");
	notes_close(notes);
	CHECK_TEXT(read_note(late, buffer, sizeof buffer), "(nothing)");
	close(late);
	CHECK(notes_connect() < 0);
}

/* A reader that does not read is let go; the presentation never waits for it. */
static void a_lazy_reader_is_let_go(void)
{
	struct notes *notes = notes_open();
	char text[4096];
	int lazy;

	CU_ASSERT_FATAL(notes != NULL);
	lazy = notes_connect();
	CU_ASSERT_FATAL(lazy >= 0);
	notes_visit(notes);
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	for (int i = 0; i < 1000; i++) {
		text[0] = (char)('a' + i % 26);
		notes_tell(notes, text);
	}
	CHECK(lazy >= 0);
	notes_close(notes);
	close(lazy);
}

static void notes_of_slides(void)
{
	static const char text[] = "# One\n\n<!-- note -->\n\nSay this first.\n\nShown to all.\n\n"
				   "## Two\n\n<!-- note -->\n\nSay *that* then.\n\n"
				   "| Process A | Process B |\n|---|---|\n| `getpid()` | |\n";
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("x.md", text, sizeof text - 1, &errs);
	struct present present = {0};
	struct str note = {0};

	present_start(&present, lesson);
	CU_ASSERT_FATAL(present.slides.n == 3);
	present_note(&note, &present);
	CHECK_TEXT(str_text(&note), "One, slide 1 of 3\n\nSay this first.\n");
	str_cut(&note, 0);
	present.at = 1;
	present_note(&note, &present);
	CHECK_TEXT(str_text(&note), "One, slide 2 of 3\n\nSay that then.\n");
	str_cut(&note, 0);
	present.at = 2;
	present_note(&note, &present);
	CHECK_TEXT(str_text(&note), "One, slide 3 of 3: Two\n");
	str_free(&note);
	present_free(&present);
	lesson_free(lesson);
	errs_free(&errs);
}

static const struct test tests[] = {
	{"notes_reach_readers", notes_reach_readers},
	{"a_lazy_reader_is_let_go", a_lazy_reader_is_let_go},
	{"notes_of_slides", notes_of_slides},
	{0},
};

const struct suite suite_notes = {"notes", have_a_name, NULL, tests};
