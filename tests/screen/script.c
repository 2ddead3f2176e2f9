#include "script.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/names.h"
#include "base/utf8.h"
#include "mask.h"
#include "needs.h"
#include "place.h"
#include "tty.h"

#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS = 16, QUIET_MS = 300 };

/* One run of a script at one size. */
struct run {
	const struct script_options *options;
	const char *name;
	int line;
	int columns;
	int rows;
	struct tty *tty;
	char *place;          /* what the program keeps, it keeps here */
	bool failed;
	bool skipped;
};

/* What a command is given. */
struct words {
	char *at[WORDS + 1];   /* NULL ends it */
	int n;
	const char *rest;      /* the line behind the command, as it is */
};

static void show_screen(const struct run *r)
{
	struct str s = {0};

	if (!r->tty)
		return;
	tty_text(r->tty, &s);
	printf("    the screen was:\n%s", str_text(&s));
	str_free(&s);
}

__attribute__((format(printf, 2, 3))) static void fail(struct run *r, const char *format, ...)
{
	struct str s = {0};
	va_list ap;

	va_start(ap, format);
	str_addv(&s, format, ap);
	va_end(ap);
	printf("%s.script:%d: at %dx%d: %s\n", r->name, r->line, r->columns, r->rows, str_text(&s));
	str_free(&s);
	show_screen(r);
	r->failed = true;
}

/* Take in what comes until HOLDS says yes. Returns whether it did in time. */
static bool until(struct run *r, bool (*holds)(struct run *, const void *), const void *arg)
{
	int64_t end = clock_now() + r->options->patience * CLOCK_MS;

	while (!holds(r, arg)) {
		int64_t left = end - clock_now();

		if (left <= 0)
			return false;
		tty_take(r->tty, left > 20 * CLOCK_MS ? 20 : (int)(left / CLOCK_MS) + 1);
	}
	return true;
}

static bool shows(struct run *r, const void *text)
{
	struct str s = {0};
	bool found;

	tty_text(r->tty, &s);
	found = strstr(str_text(&s), text) != NULL;
	str_free(&s);
	return found;
}

static bool shows_not(struct run *r, const void *text)
{
	return !shows(r, text);
}

static void masked_screen(const struct run *r, struct str *to)
{
	struct str s = {0};

	tty_text(r->tty, &s);
	mask_text(to, str_text(&s));
	str_free(&s);
}

static bool is_golden(struct run *r, const void *golden)
{
	struct str s = {0};
	bool same;

	masked_screen(r, &s);
	same = strcmp(str_text(&s), golden) == 0;
	str_free(&s);
	return same;
}

/* Wait until the screen, but for what is masked, has not changed for a while: nothing else
 * says that it is finished. */
static void settle(struct run *r, struct str *screen)
{
	int64_t end = clock_now() + r->options->patience * CLOCK_MS;
	int64_t since = clock_now();

	masked_screen(r, screen);
	while (clock_now() - since < QUIET_MS * CLOCK_MS && clock_now() < end) {
		tty_take(r->tty, 20);
		if (is_golden(r, str_text(screen)))
			continue;
		str_cut(screen, 0);
		masked_screen(r, screen);
		since = clock_now();
	}
}

static void record(struct run *r, const char *path)
{
	struct str s = {0};
	FILE *f;

	settle(r, &s);
	f = fopen(path, "w");
	if (!f || fputs(str_text(&s), f) == EOF)
		fail(r, "cannot write %s", path);
	if (f)
		fclose(f);
	str_free(&s);
}

/* Print the lines that differ. */
static void show_difference(struct run *r, const char *golden)
{
	struct str s = {0};
	const char *was;

	masked_screen(r, &s);
	was = str_text(&s);
	for (int y = 1; *golden || *was; y++) {
		size_t a = strcspn(golden, "\n"), b = strcspn(was, "\n");

		if (a != b || strncmp(golden, was, a) != 0)
			printf("    line %d\n      golden: %.*s\n      is:     %.*s\n", y, (int)a,
			       golden, (int)b, was);
		golden += a + (golden[a] == '\n');
		was += b + (was[b] == '\n');
	}
	str_free(&s);
}

static void do_golden(struct run *r, const struct words *w)
{
	char *path = str_make("%s/golden/%s-%s-%dx%d.txt", r->options->directory, r->name,
			      w->at[0], r->columns, r->rows);
	char *golden;

	if (r->options->record) {
		record(r, path);
		free(path);
		return;
	}
	golden = place_read(path);
	if (!golden) {
		fail(r, "there is no %s; `make golden` makes it", path);
	} else if (!until(r, is_golden, golden)) {
		fail(r, "the screen is not %s; `make golden` makes all of them anew", path);
		show_difference(r, golden);
	}
	free(golden);
	free(path);
}

static void do_wait(struct run *r, const struct words *w)
{
	if (!until(r, shows, w->rest))
		fail(r, "the screen never showed '%s'", w->rest);
}

static void do_gone(struct run *r, const struct words *w)
{
	if (!until(r, shows_not, w->rest))
		fail(r, "the screen still shows '%s'", w->rest);
}

static void do_key(struct run *r, const struct words *w)
{
	for (int i = 0; i < w->n; i++)
		if (!tty_key(r->tty, w->at[i]))
			fail(r, "there is no key '%s'", w->at[i]);
}

static void do_type(struct run *r, const struct words *w)
{
	size_t n = strlen(w->rest);

	for (size_t i = 0; i < n;) {
		char key[8] = "";
		uint32_t cp;
		size_t len = utf8_get(w->rest + i, n - i, &cp);

		memcpy(key, w->rest + i, len);
		tty_key(r->tty, strcmp(key, " ") == 0 ? "Space" : key);
		i += len;
	}
}

static void do_click(struct run *r, const struct words *w)
{
	tty_click(r->tty, 1, atoi(w->at[0]), atoi(w->at[1]));
}

static void do_wheel(struct run *r, const struct words *w)
{
	tty_click(r->tty, strcmp(w->at[0], "up") == 0 ? 4 : 5, atoi(w->at[1]), atoi(w->at[2]));
}

static bool parse_size(const char *text, int *columns, int *rows)
{
	return sscanf(text, "%dx%d", columns, rows) == 2 && *columns > 0 && *rows > 0;
}

static void do_resize(struct run *r, const struct words *w)
{
	if (!parse_size(w->at[0], &r->columns, &r->rows)) {
		fail(r, "no size: '%s'", w->at[0]);
		return;
	}
	tty_resize(r->tty, r->columns, r->rows);
}

static int signal_of(struct run *r, const char *name)
{
	int sig = signal_number(name, strlen(name), 1);

	if (sig == 0)
		fail(r, "no signal '%s'", name);
	return sig;
}

static void do_signal(struct run *r, const struct words *w)
{
	static const char *const names[] = {"guard", "tutor", "stage", "other"};
	int sig = signal_of(r, w->at[1]);

	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], w->at[0]) == 0) {
			if (!tty_signal(r->tty, (enum who)i, sig))
				fail(r, "there is no %s to send it to", w->at[0]);
			return;
		}
	fail(r, "nobody is called '%s'", w->at[0]);
}

struct expected_job {
	enum job job;
	int detail;  /* -1: any */
};

static bool job_is(struct run *r, const void *arg)
{
	const struct expected_job *e = arg;
	int detail;

	return tty_job(r->tty, &detail) == e->job && (e->detail < 0 || e->detail == detail);
}

static void do_job(struct run *r, const struct words *w)
{
	static const char *const names[] = {"runs", "stopped", "exited", "killed"};
	struct expected_job e = {JOB_RUNS, -1};
	enum job job;
	int detail;

	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], w->at[0]) == 0)
			e.job = (enum job)i;
	if (w->n > 1)
		e.detail = e.job == JOB_KILLED ? signal_of(r, w->at[1]) : atoi(w->at[1]);
	if (until(r, job_is, &e))
		return;
	job = tty_job(r->tty, &detail);
	fail(r, "the job is %s (%d), not %s", names[job], detail, w->rest);
}

static void do_continue(struct run *r, const struct words *w)
{
	(void)w;
	tty_continue(r->tty);
}

static void do_hang_up(struct run *r, const struct words *w)
{
	(void)w;
	tty_hang_up(r->tty);
}

static bool restored(struct run *r, const void *arg)
{
	(void)arg;
	return tty_not_restored(r->tty) == NULL;
}

static void do_restored(struct run *r, const struct words *w)
{
	(void)w;
	if (!until(r, restored, NULL))
		fail(r, "%s", tty_not_restored(r->tty));
}

/* Cells for which HAS holds. */
static int count_cells(const struct run *r, bool (*has)(const VTermScreenCell *))
{
	int n = 0;

	for (int y = 0; y < tty_rows(r->tty); y++)
		for (int x = 0; x < tty_columns(r->tty); x++) {
			VTermScreenCell cell;

			tty_cell(r->tty, x, y, &cell);
			n += has(&cell);
		}
	return n;
}

static bool is_colored(const VTermScreenCell *cell)
{
	return !VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

static bool is_not_ascii(const VTermScreenCell *cell)
{
	return cell->chars[0] > 0x7e && cell->chars[0] != UINT32_MAX;
}

static void do_colors(struct run *r, const struct words *w)
{
	bool wanted = strcmp(w->at[0], "yes") == 0;
	int n = count_cells(r, is_colored);

	if (wanted != (n > 0))
		fail(r, "%d cells have a colour", n);
}

static void do_ascii(struct run *r, const struct words *w)
{
	int n = count_cells(r, is_not_ascii);

	(void)w;
	if (n > 0)
		fail(r, "%d cells are not ASCII", n);
}

static void do_env(struct run *r, const struct words *w)
{
	char *name = mem_strdup(w->rest);
	char *value = strchr(name, '=');

	(void)r;
	if (value)
		*value++ = '\0';
	if (value && *value)
		setenv(name, value, 1);
	else
		unsetenv(name);
	free(name);
}

static void do_progress(struct run *r, const struct words *w)
{
	place_progress(r->place, w->rest);
}

static void do_rehearsal(struct run *r, const struct words *w)
{
	if (!place_rehearsal(r->place, r->options->directory, w->at[0]))
		fail(r, "no rehearsal '%s'", w->at[0]);
}

static void do_needs(struct run *r, const struct words *w)
{
	bool lang = strcmp(w->at[0], "lang") == 0 && w->n == 2;
	const char *all = getenv("SOCKTUTOR_TEST_ALL");

	if (!lang && strcmp(w->at[0], "namespaces") != 0)
		fail(r, "nothing is called '%s'", w->rest);
	else if (lang ? needs_lang(r->options->program, w->at[1]) : needs_namespaces())
		return;
	else if (all && *all)
		fail(r, "no %s here, but SOCKTUTOR_TEST_ALL is set", w->rest);
	else
		r->skipped = true;
}

/* A program of the tests, by that name in the place. */
static void do_helper(struct run *r, const struct words *w)
{
	char self[PATH_MAX] = "", *folder, *from, *to;

	if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
		fail(r, "this test does not know where it is");
	folder = mem_strdup(dirname(self));
	from = str_make("%s/../%s", folder, w->at[0]);
	to = str_make("%s/%s", r->place, w->at[0]);
	if (access(from, X_OK) < 0 || symlink(from, to) < 0)
		fail(r, "there is no program '%s'", from);
	free(folder);
	free(from);
	free(to);
}

static void do_run(struct run *r, const struct words *w)
{
	char *argv[WORDS + 2] = {(char *)(size_t)r->options->program};

	for (int i = 0; i < w->n; i++)
		argv[i + 1] = w->at[i][0] == '@' ? str_make("%s/%s", r->options->directory,
							    w->at[i] + 1)
						 : mem_strdup(w->at[i]);
	r->tty = tty_open(r->place, r->columns, r->rows, argv);
	for (int i = 0; i < w->n; i++)
		free(argv[i + 1]);
}

static void do_nothing(struct run *r, const struct words *w)
{
	(void)r;
	(void)w;
}

static const struct command {
	const char *name;
	int words;     /* at least so many */
	bool running;  /* the program must have been started */
	void (*run)(struct run *, const struct words *);
} commands[] = {
	{"sizes", 1, false, do_nothing}, {"env", 1, false, do_env},
	{"needs", 1, false, do_needs},
	{"progress", 0, false, do_progress},
	{"rehearsal", 1, false, do_rehearsal},
	{"helper", 1, false, do_helper},
	{"run", 0, false, do_run},       {"key", 1, true, do_key},
	{"type", 1, true, do_type},      {"click", 2, true, do_click},
	{"wheel", 3, true, do_wheel},    {"wait", 1, true, do_wait},
	{"gone", 1, true, do_gone},      {"golden", 1, true, do_golden},
	{"resize", 1, true, do_resize},  {"signal", 2, true, do_signal},
	{"job", 1, true, do_job},        {"continue", 0, true, do_continue},
	{"hang-up", 0, true, do_hang_up}, {"restored", 0, true, do_restored},
	{"colors", 1, true, do_colors},  {"ascii", 0, true, do_ascii},
};

static void do_line(struct run *r, char *line)
{
	char *copy = mem_strdup(line), *save, *name = strtok_r(copy, " ", &save);
	struct words w = {.rest = ""};
	char *word;

	if (!name || name[0] == '#') {
		free(copy);
		return;
	}
	w.rest = line + strcspn(line, " ");
	w.rest += strspn(w.rest, " ");
	while (w.n < WORDS && (word = strtok_r(NULL, " ", &save)))
		w.at[w.n++] = word;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, name) != 0)
			continue;
		if (w.n < c->words || c->running != (r->tty != NULL))
			fail(r, "'%s' cannot stand so", line);
		else
			c->run(r, &w);
		free(copy);
		return;
	}
	fail(r, "no command '%s'", name);
	free(copy);
}

static bool nothing_left(struct run *r, const void *arg)
{
	(void)arg;
	return !tty_left_over(r->tty);
}

/* End the job, if it has not ended, and see that it was tidy. */
static void finish(struct run *r)
{
	struct expected_job stopped = {JOB_STOPPED, -1}, runs = {JOB_RUNS, -1};

	if (!r->tty)
		return;
	if (job_is(r, &stopped))
		tty_continue(r->tty);
	if (job_is(r, &runs))
		tty_signal(r->tty, WHO_GUARD, SIGTERM);
	if (!r->failed)
		do_restored(r, NULL);
	if (!r->failed) {
		tty_continue(r->tty);
		if (!until(r, nothing_left, NULL))
			fail(r, "a process is left");
	}
	tty_close(r->tty);
}

/* The program's surroundings, the same wherever the tests run. */
static void set_surroundings(const struct script_options *options, const char *place)
{
	static const char *const unset[] = {"NO_COLOR", "ESCDELAY", "COLUMNS", "LINES", "LANG",
					    "LANGUAGE", "ACCESSIBLE", "NCURSES_NO_UTF8_ACS",
					    "POSIXLY_CORRECT", "SOCKTUTOR_LOCALE", "SOCKTUTOR_NOTES"};
	char *lessons = str_make("%s/lessons", options->directory);

	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("SOCKTUTOR_LESSONS", lessons, 1);
	setenv("SOCKTUTOR_DATA", lessons, 1);
	setenv("HOME", place, 1);
	setenv("XDG_STATE_HOME", place, 1);
	setenv("XDG_CONFIG_HOME", place, 1);
	setenv("XDG_RUNTIME_DIR", place, 1);
	free(lessons);
}

static enum script_result run_at(const struct script_options *options, const char *name, const char *text,
		   int columns, int rows)
{
	struct run r = {.options = options, .name = name, .columns = columns, .rows = rows};
	char *copy = mem_strdup(text), *line = copy;

	r.place = place_make();
	set_surroundings(options, r.place);
	place_progress(r.place, "{\"socktutor-progress\": 1, \"visited\": true}");
	while (line && *line && !r.failed && !r.skipped) {
		char *next = strchr(line, '\n');

		if (next)
			*next++ = '\0';
		r.line++;
		do_line(&r, line);
		line = next;
	}
	finish(&r);
	place_remove(r.place);
	printf("%s at %dx%d %s\n", name, columns, rows,
	       r.failed ? "FAILED" : r.skipped ? "skipped" : "ok");
	fflush(stdout);
	free(copy);
	return r.failed ? SCRIPT_FAILED : r.skipped ? SCRIPT_SKIPPED : SCRIPT_WELL;
}

enum script_result script_run(const struct script_options *options, const char *name)
{
	char *path = str_make("%s/scripts/%s.script", options->directory, name);
	char *text = place_read(path), sizes[64] = "80x24", *save, *size;
	enum script_result result = SCRIPT_WELL;
	const char *at;

	free(path);
	if (!text) {
		printf("no script '%s'\n", name);
		return SCRIPT_FAILED;
	}
	at = strstr(text, "\nsizes ");
	if (at)
		snprintf(sizes, sizeof sizes, "%.*s", (int)strcspn(at + 7, "\n"), at + 7);
	for (size = strtok_r(sizes, " ", &save); size; size = strtok_r(NULL, " ", &save)) {
		enum script_result one = SCRIPT_FAILED;
		int columns, rows;

		if (parse_size(size, &columns, &rows))
			one = run_at(options, name, text, columns, rows);
		if (result == SCRIPT_WELL || one == SCRIPT_FAILED)
			result = one;
	}
	free(text);
	return result;
}
