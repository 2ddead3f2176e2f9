/* course/keep, through course/progress: nothing is ever lost. */
#include "home.h"
#include "suites.h"

#include "base/mem.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The file.
 */

static mode_t mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

static void is_private(void)
{
	char *file = home_place("progress.json"), *directory = home_place("");

	home_see("first");
	CHECK_NUMBER(mode_of(home_path()), 0700);
	CHECK_NUMBER(mode_of(directory), 0700);
	CHECK_NUMBER(mode_of(file), 0600);
	CHECK(!home_has("progress.json.new"));
	free(file);
	free(directory);
}

/* A relative XDG_STATE_HOME is to be ignored; then it is $HOME/.local/state. */
static void finds_its_place(void)
{
	struct progress *p;
	struct str message = {0};
	char *old_home = mem_strdup(getenv("HOME")), *home = mem_strdup(home_path()), *expected;

	setenv("HOME", home, 1);
	setenv("XDG_STATE_HOME", "relative", 1);
	p = home_open();
	expected = str_make("%s/.local/state/socktutor/progress.json", home);
	CHECK_TEXT(progress_path(p), expected);
	progress_close(p);
	setenv("HOME", "", 1);
	p = progress_open(&message);
	CHECK(progress_path(p) == NULL);
	CHECK(strstr(str_text(&message), "HOME") != NULL);
	home_note_everything(p);
	home_knows_everything(p);
	str_cut(&message, 0);
	CHECK_NUMBER(progress_save(p, &message), -1);
	CHECK(message.len > 0);
	progress_close(p);
	if (old_home)
		setenv("HOME", old_home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	free(old_home);
	free(home);
	free(expected);
	str_free(&message);
}

/* What stands in the way is said, and what was noted lives on. */
static void nowhere_to_write(void)
{
	struct str message = {0};
	struct progress *p;
	char *parent = mem_strdup(home_path());
	FILE *f;

	*strrchr(parent, '/') = '\0';
	f = fopen(parent, "w");
	if (f)
		fclose(f);
	p = progress_open(&message);
	CHECK(strncmp(str_text(&message), "Progress cannot be kept: ", 25) == 0);
	CHECK(strstr(str_text(&message), strerror(ENOTDIR)) != NULL);
	home_note_everything(p);
	str_cut(&message, 0);
	CHECK_NUMBER(progress_save(p, &message), -1);
	CHECK(strncmp(str_text(&message), "Progress cannot be kept: ", 25) == 0);
	CHECK(strstr(str_text(&message), strerror(ENOTDIR)) != NULL);
	home_knows_everything(p);
	CHECK_NUMBER(unlink(parent), 0);
	home_save(p);
	progress_close(p);
	p = home_open();
	home_knows_everything(p);
	progress_close(p);
	free(parent);
	str_free(&message);
}

static void damaged_file(void)
{
	struct str message = {0}, text = {0};

	for (size_t i = 0; home_damage(i); i++) {
		char *aside = str_make("progress.json.damaged-%zu", i + 1);
		struct progress *p;

		home_see("first");
		home_write("progress.json", home_damage(i));
		str_cut(&message, 0);
		p = progress_open(&message);
		CHECK(strstr(str_text(&message), aside) != NULL);
		home_read(aside, &text);
		CHECK_TEXT(str_text(&text), home_damage(i));
		CHECK(!home_has("progress.json"));
		CHECK(!progress_has_seen(p, "sockets", "first"));
		progress_demo_seen(p, "sockets", "second");
		home_save(p);
		progress_close(p);
		CHECK(home_was_seen("second"));
		free(aside);
	}
	str_free(&message);
	str_free(&text);
}

/* What a tutor has read and noted outlives a file that is damaged meanwhile. */
static void damaged_meanwhile(void)
{
	struct str why = {0};
	struct progress *p;

	home_see("first");
	p = home_open();
	progress_demo_seen(p, "sockets", "second");
	home_write("progress.json", "{\"socktutor");
	CHECK_NUMBER(progress_save(p, &why), 0);
	CHECK(strstr(str_text(&why), "progress.json.damaged-1") != NULL);
	progress_close(p);
	CHECK(home_has("progress.json.damaged-1"));
	CHECK(home_was_seen("first"));
	CHECK(home_was_seen("second"));
	str_free(&why);
}

/* A file of a later version is neither damaged nor touched. */
static void later_version(void)
{
	static const char later[] = "{\"socktutor-progress\": 2, \"lessons\": [\"other\"]}";
	struct str message = {0}, text = {0};
	struct progress *p;

	home_see("first");
	home_write("progress.json", later);
	p = progress_open(&message);
	CHECK(strstr(str_text(&message), "later socktutor") != NULL);
	progress_demo_seen(p, "sockets", "second");
	CHECK(progress_has_seen(p, "sockets", "second"));
	CHECK_NUMBER(progress_save(p, &message), -1);
	home_read("progress.json", &text);
	CHECK_TEXT(str_text(&text), later);
	CHECK_NUMBER(progress_import(p, later, strlen(later), &message), -1);
	progress_close(p);
	str_free(&message);
	str_free(&text);
}

/* Members that a later version may add stay, on every level. */
static void unknown_members(void)
{
	static const char *const kept[] = {
		"\"streak\": [\n  1,\n  2.5\n ]", "\"mood\": \"fine\"", "\"how\": \"guessed\"",
		"\"big\": 9007199254740993", "\"note\": \"\\u0000 \\n é\"",
	};
	struct progress *p;
	struct str text = {0};

	home_see("first");
	home_write("progress.json",
		   "{\"socktutor-progress\": 1, \"streak\": [1, 2.5], \"big\": 9007199254740993,\n"
		   " \"lessons\": {\"sockets\": {\"mood\": \"fine\", \"questions\": {\"1\":\n"
		   " {\"right\": false, \"when\": 5, \"how\": \"guessed\"}}},\n"
		   " \"x\": {\"note\": \"\\u0000 \\n é\"}}}");
	p = home_open();
	progress_answered(p, "sockets", 1, true);
	progress_place(p, "sockets", 5);
	home_save(p);
	CHECK_NUMBER(progress_question(p, "sockets", 1), 1);
	home_read("progress.json", &text);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		CHECK(strstr(str_text(&text), kept[i]) != NULL);
	progress_close(p);
	str_free(&text);
}

/* Nothing is written where nothing would change. */
static void leaves_it_alone(void)
{
	char *path = home_place("progress.json");
	struct stat before = {0}, after = {0};
	struct progress *p = home_open();

	progress_demo_seen(p, "sockets", "first");
	progress_visited(p);
	home_save(p);
	CHECK(stat(path, &before) == 0);
	progress_demo_seen(p, "sockets", "first");
	progress_visited(p);
	home_save(p);
	CHECK(stat(path, &after) == 0 && before.st_ino == after.st_ino);
	progress_place(p, "sockets", 2);
	home_save(p);
	CHECK(stat(path, &after) == 0 && before.st_ino != after.st_ino);
	progress_close(p);
	free(path);
}

/* Where the file is a symbolic link, what it leads to is replaced. */
static void symbolic_link(void)
{
	char *path = home_place("progress.json"), *real = home_place("elsewhere.json");
	struct stat st = {0};

	home_see("first");
	CHECK_NUMBER(rename(path, real), 0);
	CHECK_NUMBER(symlink("elsewhere.json", path), 0);
	home_see("second");
	CHECK(lstat(path, &st) == 0 && S_ISLNK(st.st_mode));
	CHECK(home_was_seen("first") && home_was_seen("second"));
	free(path);
	free(real);
}

/*
 * Several at once, and ends that come suddenly.
 */

static void two_tutors(void)
{
	struct progress *a = home_open(), *b = home_open();

	progress_demo_seen(a, "sockets", "first");
	progress_predicted(b, "sockets", "first", 1, false);
	home_save(b);
	progress_predicted(a, "sockets", "first", 1, true);
	home_save(a);
	CHECK_NUMBER(progress_prediction(a, "sockets", "first", 1), 0);
	progress_reset(b, "sockets");
	home_save(b);
	CHECK(!progress_has_seen(b, "sockets", "first"));
	progress_demo_seen(a, "sockets", "second");
	home_save(a);
	CHECK(!progress_has_seen(a, "sockets", "first"));
	CHECK(progress_has_seen(a, "sockets", "second"));
	progress_close(a);
	progress_close(b);
}

enum { WRITERS = 4, SAVES = 25 };

static void write_many(int writer)
{
	struct progress *p = progress_open(&(struct str){0});
	int wrong = 0;

	for (int i = 0; i < SAVES; i++) {
		char *demo = str_make("%d-%d", writer, i);

		progress_demo_seen(p, "sockets", demo);
		wrong += progress_save(p, &(struct str){0}) != 0;
		free(demo);
	}
	progress_close(p);
	_exit(wrong != 0);
}

static void many_writers(void)
{
	int status, missing = 0;

	for (int writer = 0; writer < WRITERS; writer++)
		if (fork() == 0)
			write_many(writer);
	for (int writer = 0; writer < WRITERS; writer++)
		CHECK(wait(&status) > 0 && status == 0);
	struct progress *p = home_open();

	for (int i = 0; i < WRITERS * SAVES; i++) {
		char *demo = str_make("%d-%d", i / SAVES, i % SAVES);

		missing += !progress_has_seen(p, "sockets", demo);
		free(demo);
	}
	CHECK_NUMBER(missing, 0);
	progress_close(p);
}

/* In a child: wait to be traced, then save. */
static void save_traced(void)
{
	struct str why = {0};
	struct progress *p;

	if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
		_exit(2);
	raise(SIGSTOP);
	p = progress_open(&why);
	progress_demo_seen(p, "sockets", "new");
	_exit(progress_save(p, &why) != 0);
}

/* Kill a save at its STOPth entry to or return from the kernel. Returns the exit status, or
 * -1 when it was killed. */
static int save_killed_at(int stop)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		save_traced();
	CHECK_NUMBER(waitpid(pid, &status, 0), pid);
	for (int i = 0; WIFSTOPPED(status) && i < stop; i++) {
		ptrace(PTRACE_SYSCALL, pid, 0, 0);
		waitpid(pid, &status, 0);
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return -1;
}

/* At every moment there is: the old file or the new one. (How many calls a save makes before it
 * renames differs by one or two from child to child: memory comes from the kernel, too.) */
static void killed_at_every_call(void)
{
	int stop = 0, status, old = 0, new = 0;

	home_see("old");
	while ((status = save_killed_at(++stop)) == -1) {
		bool has = home_was_seen("new");

		CHECK(home_was_seen("old"));
		*(has ? &new : &old) += 1;
		if (has) { /* the next one starts from the old file again */
			struct progress *p = home_open();

			progress_reset(p, "sockets");
			progress_demo_seen(p, "sockets", "old");
			home_save(p);
			progress_close(p);
		}
	}
	if (status == 2) {
		skip_test("ptrace is refused here");
		return;
	}
	CHECK_NUMBER(status, 0);
	CHECK(old > 20 && new > 2);
	CHECK(home_was_seen("old") && home_was_seen("new"));
	CHECK(!home_has("progress.json.new"));
}

/* No file may grow: each write fails, as on a full disk. */
static void save_without_room(void)
{
	struct progress *p = progress_open(&(struct str){0});
	struct rlimit none = {0}, before;
	struct str why = {0};
	bool right;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	none.rlim_max = before.rlim_max;
	progress_demo_seen(p, "sockets", "new");
	setrlimit(RLIMIT_FSIZE, &none);
	right = progress_save(p, &why) == -1 && strstr(str_text(&why), strerror(EFBIG)) &&
		progress_has_seen(p, "sockets", "new") && !home_has("progress.json.new");
	setrlimit(RLIMIT_FSIZE, &before);
	right = right && !home_was_seen("new") && home_was_seen("old");
	str_cut(&why, 0);
	right = right && progress_save(p, &why) == 0 && home_was_seen("new");
	_exit(right ? 0 : 1);
}

static void no_room(void)
{
	int status = 1;

	home_see("old");
	if (fork() == 0)
		save_without_room();
	CHECK(wait(&status) > 0 && status == 0);
	CHECK(home_was_seen("old") && home_was_seen("new"));
}

/* Each with a home of its own. */
#define WITH_HOME(test) \
	static void test##_at_home(void) \
	{ \
		home_new(); \
		test(); \
		home_end(); \
	}
#define TESTS(T) \
	T("is-private", is_private) \
	T("finds-its-place", finds_its_place) \
	T("nowhere-to-write", nowhere_to_write) \
	T("damaged-file", damaged_file) \
	T("damaged-meanwhile", damaged_meanwhile) \
	T("later-version", later_version) \
	T("unknown-members", unknown_members) \
	T("leaves-it-alone", leaves_it_alone) \
	T("symbolic-link", symbolic_link) \
	T("two-tutors", two_tutors) \
	T("many-writers", many_writers) \
	T("killed-at-every-call", killed_at_every_call) \
	T("no-room", no_room)
#define DEFINE(name, test) WITH_HOME(test)
#define ROW(name, test) {name, test##_at_home},

TESTS(DEFINE)

static const struct test tests[] = {TESTS(ROW){NULL, NULL}};

const struct suite suite_keeping = {"keeping", NULL, NULL, tests};
