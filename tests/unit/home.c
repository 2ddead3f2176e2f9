#include "home.h"

#include "base/mem.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Two directories deep in what was made, neither of which is there yet. */
static const char deep[] = "/a/b";

static void remove_tree(const char *path)
{
	char *command = str_make("chmod -R u+rwx '%s' && rm -rf '%s'", path, path);

	CHECK_NUMBER(system(command), 0);
	free(command);
}

void home_new(void)
{
	const char *tmp = getenv("TMPDIR");
	char *made = str_make("%s/socktutor-unit.XXXXXX", tmp && *tmp ? tmp : "/tmp"), *home;

	if (!CHECK(mkdtemp(made) != NULL))
		exit(1);
	home = str_make("%s%s", made, deep);
	setenv("XDG_STATE_HOME", home, 1);
	free(home);
	free(made);
}

void home_end(void)
{
	const char *home = home_path();
	char *made = mem_strndup(home, strlen(home) - strlen(deep));

	remove_tree(made);
	unsetenv("XDG_STATE_HOME");
	free(made);
}

const char *home_path(void)
{
	return getenv("XDG_STATE_HOME");
}

char *home_place(const char *name)
{
	return str_make("%s/socktutor/%s", home_path(), name);
}

void home_write(const char *name, const char *text)
{
	char *path = home_place(name);
	FILE *f = fopen(path, "w");

	CHECK(f && fputs(text, f) >= 0);
	if (f)
		fclose(f);
	free(path);
}

void home_read(const char *name, struct str *to)
{
	char *path = home_place(name), buffer[4096];
	FILE *f = fopen(path, "r");
	size_t n;

	str_cut(to, 0);
	while (f && (n = fread(buffer, 1, sizeof buffer, f)) > 0)
		str_addn(to, buffer, n);
	if (f)
		fclose(f);
	free(path);
}

bool home_has(const char *name)
{
	char *path = home_place(name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

struct progress *home_open(void)
{
	struct str message = {0};
	struct progress *p = progress_open(&message);

	CHECK_TEXT(str_text(&message), "");
	str_free(&message);
	return p;
}

void home_save(struct progress *p)
{
	struct str why = {0};

	CHECK_NUMBER(progress_save(p, &why), 0);
	CHECK_TEXT(str_text(&why), "");
	str_free(&why);
}

void home_see(const char *demo)
{
	struct progress *p = home_open();

	progress_demo_seen(p, "sockets", demo);
	home_save(p);
	progress_close(p);
}

bool home_was_seen(const char *demo)
{
	struct progress *p = home_open();
	bool seen = progress_has_seen(p, "sockets", demo);

	progress_close(p);
	return seen;
}

void home_note_everything(struct progress *p)
{
	progress_visited(p);
	progress_demo_seen(p, "sockets", "first");
	progress_predicted(p, "sockets", "first", 2, true);
	progress_predicted(p, "sockets", "second", 3, false);
	progress_answered(p, "sockets", 1, false);
	progress_answered(p, "sockets", 2, true);
	progress_lab_met(p, "sockets", "lab", false);
	progress_place(p, "broken-pipe", 57);
}

void home_knows_everything(const struct progress *p)
{
	CHECK(!progress_is_first_visit(p));
	CHECK(progress_has_seen(p, "sockets", "first"));
	CHECK(!progress_has_seen(p, "sockets", "second"));
	CHECK(!progress_has_seen(p, "broken-pipe", "first"));
	CHECK_NUMBER(progress_prediction(p, "sockets", "first", 2), 1);
	CHECK_NUMBER(progress_prediction(p, "sockets", "first", 3), -1);
	CHECK_NUMBER(progress_prediction(p, "sockets", "second", 3), 0);
	CHECK_NUMBER(progress_question(p, "sockets", 1), 0);
	CHECK_NUMBER(progress_question(p, "sockets", 2), 1);
	CHECK(progress_has_met(p, "sockets", "lab"));
	CHECK(progress_knows(p, "sockets"));
	CHECK(progress_knows(p, "broken-pipe"));
	CHECK(!progress_knows(p, "rpc-race"));
	CHECK_TEXT(progress_where(p).lesson, "broken-pipe");
	CHECK_NUMBER(progress_where(p).line, 57);
}

static const char *const damages[] = {
	"", "{", "[]", "null", "{}", "{\"socktutor-progress\": 1", "{\"socktutor-progress\": \"1\"}",
	"{\"socktutor-progress\": 1, \"socktutor-progress\": 1}",
	"{\"socktutor-progress\": 1, \"lessons\": []}",
	"{\"socktutor-progress\": 1, \"lessons\": {\"x\": {\"demos\": {\"y\": 1}}}}",
	"{\"socktutor-progress\": 1, \"lessons\": {\"x\": {\"demos\": {\"y\": {}}}}}",
	"{\"socktutor-progress\": 1, \"lessons\": {\"x\": {\"labs\": {\"y\": {\"when\": -1}}}}}",
	"{\"socktutor-progress\": 1, \"place\": {\"when\": 1, \"line\": 2}}",
	"{\"socktutor-progress\": 1, \"visited\": 1}", "\x80\x81", "{\"socktutor-progress\": 1} x",
};

const char *home_damage(size_t i)
{
	return i < sizeof damages / sizeof *damages ? damages[i] : NULL;
}
