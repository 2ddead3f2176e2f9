/*
 * soak.c - random keys at random sizes, for a while: nothing crashes, nothing is left.
 *
 *     soak SECONDS [SEED]
 *
 * Each session is a new program in a terminal of a random size: keys, clicks, resizes, as they
 * come. Then it is left by its own keys, so that what it did not free is found where the
 * program is built with sanitizers. The terminal must be restored, no process be left, and no
 * file but the learner's own. With a seed the same keys come again. A failure shows the keys.
 *
 * Exit status 0 when all was well. In the environment: SOCKTUTOR, the program.
 */
#include "place.h"
#include "tty.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"

#include <dirent.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	KEYS = 250,          /* in a session */
	PATIENCE = 20000,    /* ms for what must come */
};

struct soak {
	const char *program;
	unsigned long random;
	struct str keys;     /* of this session */
	const char *tmp;     /* where places are made */
	char *place;
	unsigned long sent;  /* in all */
	int sessions;
};

/* A linear congruential generator: the same everywhere. Source: Knuth, MMIX. */
static unsigned pick(struct soak *s, unsigned n)
{
	s->random = s->random * 6364136223846793005ul + 1442695040888963407ul;
	return (unsigned)(s->random >> 33) % n;
}

/* What leads on comes more often than what leads out. A slash comes only from where no
 * file name is typed: see search(). */
static const char *const keys[] = {
	"Space", "Space", "Space", "Space", "Enter", "Enter", "Enter", "Tab", "Tab", "BackTab",
	"Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Backspace", "Esc",
	"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t",
	"u", "v", "w", "x", "y", "z", "A", "A", "B", "B", "G", "H", "J", "K", "L", "M", "N", "P", "R", "T", "U", "<", ">", "?",
	"0", "1", "2", "3", "4", "5", "(", ")", "\"", "=", "|", ",", "é", "한", "C-u", "C-w", "C-l",
};

static void key(struct soak *s, struct tty *t, const char *name)
{
	str_addf(&s->keys, "%s ", name);
	tty_key(t, name);
	s->sent++;
	while (tty_take(t, 0))
		;
}

/* What random letters hardly ever make, where one types: a whole call, now and then a wrong one. */
static void call(struct soak *s, struct tty *t)
{
	static const char *const calls[] = {
		"send()", "send(sock,\"hi\")", "recv()", "recv(sock,2)", "close()", "shutdown()",
		"poll()", "x=dup(sock)", "close(x)", "connect(sock,addr(listener))", "getpid()",
		"setsockopt(sock,SOL_SOCKET,SO_LINGER,{1,0})", "kill", "exit(3)", "send(", "y=recv()",
	};
	char one[2] = "";

	for (const char *c = calls[pick(s, sizeof calls / sizeof *calls)]; *c; c++) {
		one[0] = *c;
		key(s, t, one);
	}
	key(s, t, "Enter");
}

static void search(struct soak *s, struct tty *t)
{
	for (int i = 0; i < 6; i++)
		key(s, t, "Esc");
	key(s, t, "/");
}

static void resize(struct soak *s, struct tty *t)
{
	int columns = 20 + (int)pick(s, 140), rows = 5 + (int)pick(s, 45);

	str_addf(&s->keys, "%dx%d ", columns, rows);
	tty_resize(t, columns, rows);
}

static void something(struct soak *s, struct tty *t)
{
	unsigned what = pick(s, 100);

	if (what < 2)
		resize(s, t);
	else if (what < 5)
		tty_click(t, pick(s, 4) ? 1 : 4 + (int)pick(s, 2),
			  (int)pick(s, (unsigned)tty_columns(t)), (int)pick(s, (unsigned)tty_rows(t)));
	else if (what < 6)
		search(s, t);
	else if (what < 10)
		call(s, t);
	else
		key(s, t, keys[pick(s, sizeof keys / sizeof *keys)]);
	/* Now and then all that is under way comes to its end first. */
	if (pick(s, 4) == 0)
		tty_take(t, (int)pick(s, 60));
}

/* Until HOLDS, or for as long as it may take. */
static bool until(struct tty *t, bool (*holds)(struct tty *t))
{
	int64_t end = clock_now() + PATIENCE * CLOCK_MS;

	while (!holds(t)) {
		if (clock_now() >= end)
			return false;
		tty_take(t, 20);
	}
	return true;
}

static bool is_over(struct tty *t)
{
	int detail;

	return tty_job(t, &detail) != JOB_RUNS;
}

static bool left_nothing(struct tty *t)
{
	return !tty_left_over(t);
}

/* The way out, from wherever it is. */
static bool leave(struct soak *s, struct tty *t)
{
	int64_t end = clock_now() + PATIENCE * CLOCK_MS;

	tty_resize(t, 80, 24);
	while (!is_over(t) && clock_now() < end) {
		key(s, t, "Esc");
		tty_take(t, 100);
		if (!is_over(t))
			key(s, t, "q");
		tty_take(t, 100);
	}
	return is_over(t);
}

/* Returns whether the directory for temporary files is empty. */
static bool tidy(const struct soak *s)
{
	char *path = str_make("%s/tmp", s->place);
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool empty = dir != NULL;

	while (dir && (entry = readdir(dir)) != NULL)
		empty = empty && entry->d_name[0] == '.';
	if (dir)
		closedir(dir);
	free(path);
	return empty;
}

/* NULL, or what was wrong (static). */
static const char *session(struct soak *s, struct tty *t)
{
	int detail = 0;

	for (int i = 0; i < KEYS && !is_over(t); i++)
		something(s, t);
	if (!leave(s, t))
		return "it cannot be left";
	if (tty_job(t, &detail) != JOB_EXITED || detail != 0) {
		printf("%s %d: ", tty_job(t, &detail) == JOB_EXITED ? "exit status" : "signal", detail);
		return "it did not end with exit status 0";
	}
	if (tty_not_restored(t))
		return tty_not_restored(t);
	if (!until(t, left_nothing))
		return "a process is left";
	return tidy(s) ? NULL : "a file is left among the temporary ones";
}

static void set_surroundings(struct soak *s)
{
	char *tmp = str_make("%s/tmp", s->place);

	mkdir(tmp, 0700);
	setenv("TMPDIR", tmp, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("XDG_STATE_HOME", s->place, 1);
	setenv("XDG_CONFIG_HOME", s->place, 1);
	setenv("XDG_RUNTIME_DIR", s->place, 1);
	free(tmp);
}

/* In a directory of its own, where what is saved goes. Returns whether all was well. */
static bool run_session(struct soak *s)
{
	static const char *const ways[][4] = {
		{NULL}, {"--lang=ko", NULL}, {"--ascii", NULL}, {"present", "connection-reset", NULL},
		{"open", "broken-pipe#classic", NULL}, {"play", "--link", "tcp", NULL},
		{"play", "--link", "unix", NULL}, {"open", "connection-reset#see-a-reset", NULL},
		{"open", "sockets#wait-and-end", NULL}, {"open", "errors-at-once#cut", NULL},
	};
	char *argv[6] = {(char *)(uintptr_t)s->program};
	unsigned long seed = s->random;
	unsigned way = pick(s, sizeof ways / sizeof *ways);
	const char *wrong;
	struct tty *t;

	for (int i = 0; i < 4 && ways[way][i]; i++)
		argv[i + 1] = (char *)(uintptr_t)ways[way][i];
	/* The last session's is gone. */
	setenv("TMPDIR", s->tmp, 1);
	s->place = place_make();
	set_surroundings(s);
	str_cut(&s->keys, 0);
	t = tty_open(s->place, 40 + (int)pick(s, 120), 12 + (int)pick(s, 40), argv);
	wrong = session(s, t);
	if (wrong) {
		struct str text = {0};

		tty_text(t, &text);
		printf("%s (soak 1 %lu)\n%s\n%s\n", wrong, seed, str_text(&s->keys), str_text(&text));
		str_free(&text);
	}
	tty_close(t);
	place_remove(s->place);
	s->sessions++;
	return !wrong;
}

int main(int argc, char **argv)
{
	int64_t end = clock_now() + (argc > 1 ? atoi(argv[1]) : 60) * CLOCK_S;
	const char *program = getenv("SOCKTUTOR");
	struct soak s = {.random = argc > 2 ? strtoul(argv[2], NULL, 10) :
					      (unsigned long)clock_now() ^ (unsigned long)getpid()};
	bool well = true;

	s.tmp = mem_strdup(getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!program || !(s.program = realpath(program, NULL))) {
		fputs("soak: SOCKTUTOR must be the program\n", stderr);
		return 1;
	}
	do
		well = run_session(&s);
	while (well && clock_now() < end);
	printf("%d sessions, %lu keys: %s\n", s.sessions, s.sent, well ? "all well" : "FAILED");
	str_free(&s.keys);
	free((char *)(uintptr_t)s.tmp);
	free((char *)(uintptr_t)s.program);
	return !well;
}
