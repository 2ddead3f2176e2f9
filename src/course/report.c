#include "course/report.h"

#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define VERSION_KEY "socktutor-report"

/*
 * From JSON.
 */

/* A number from 0 to a million, as there is no reason for more; 0 when it is not there. */
static bool take_number(const json_t *object, const char *key, size_t *to, struct str *why)
{
	const json_t *value = json_object_get(object, key);
	json_int_t n = json_integer_value(value);

	*to = 0;
	if (value && (!json_is_integer(value) || n < 0 || n > 1000000)) {
		str_addf(why, _("\"%s\" is not a number from 0 to 1000000"), key);
		return false;
	}
	*to = (size_t)n;
	return true;
}

/* A text of at most MOST bytes, cleaned; NULL when it is not there. */
static bool take_text(const json_t *object, const char *key, size_t most, char **to,
		      struct str *why)
{
	const json_t *value = json_object_get(object, key);
	size_t n = json_string_length(value);

	*to = NULL;
	if (value && (!json_is_string(value) || n > most)) {
		str_addf(why, _("\"%1$s\" is not a text of at most %2$zu bytes"), key, most);
		return false;
	}
	if (value)
		*to = utf8_clean(json_string_value(value), n);
	return true;
}

static void lab_clear(struct report_lab *lab)
{
	free(lab->id);
	free(lab->first);
	free(lab->last);
}

static bool take_lab(struct report *report, const char *id, const json_t *value, struct str *why)
{
	const json_t *met = json_object_get(value, "met");
	struct report_lab lab = {.id = utf8_clean(id, strlen(id)), .met = json_is_true(met)};
	bool right = json_is_boolean(met) && strlen(id) <= REPORT_MOST_NAME;

	if (!right)
		str_add(why, _("a lab has no \"met\" that is true or false, or too long a name"));
	right = right && take_number(value, "attempts", &lab.attempts, why) &&
		take_number(value, "hints", &lab.hints, why) &&
		take_number(value, "held", &lab.held, why) &&
		take_number(value, "rows", &lab.rows, why) &&
		take_text(value, "first", 40, &lab.first, why) &&
		take_text(value, "last", 40, &lab.last, why);
	if (right)
		vec_push(&report->labs, lab);
	else
		lab_clear(&lab);
	return right;
}

static bool take_labs(struct report *report, const json_t *labs, struct str *why)
{
	const char *id;
	json_t *value;

	if (!json_is_object(labs) || json_object_size(labs) > REPORT_MOST_LABS) {
		str_addf(why, _("\"labs\" is not an object with at most %d labs"), REPORT_MOST_LABS);
		return false;
	}
	json_object_foreach((json_t *)(uintptr_t)labs, id, value)
		if (!take_lab(report, id, value, why))
			return false;
	return true;
}

static bool take_all(struct report *report, const json_t *root, struct str *why)
{
	json_int_t version = json_integer_value(json_object_get(root, VERSION_KEY));

	if (version != REPORT_VERSION) {
		if (version > REPORT_VERSION)
			str_add(why, _("a later socktutor wrote it"));
		else
			str_add(why, _("it is no report"));
		return false;
	}
	if (!take_text(root, "name", REPORT_MOST_NAME, &report->name, why))
		return false;
	if (!report->name || !*report->name) {
		str_add(why, _("it has no \"name\""));
		return false;
	}
	return take_labs(report, json_object_get(root, "labs"), why);
}

int report_parse(struct report *report, const char *text, size_t len, struct str *why)
{
	json_error_t error;
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	bool right;

	*report = (struct report){0};
	if (!root) {
		str_addf(why, _("line %1$d: %2$s"), error.line, error.text);
		return -1;
	}
	right = take_all(report, root, why);
	json_decref(root);
	if (!right)
		report_free(report);
	return right ? 0 : -1;
}

/* 0; -1 with errno, 0 there when it is too big. */
static int read_all(int fd, struct str *text)
{
	char buffer[8192];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		str_addn(text, buffer, (size_t)n);
		errno = 0;
		if (text->len > REPORT_MOST_BYTES)
			return -1;
	}
	return 0;
}

static enum report_found read_text(const char *path, struct str *text, struct str *why)
{
	/* O_NONBLOCK: a FIFO of that name must not hold us up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum report_found found = REPORT_WRONG;
	struct stat st;

	if (fd < 0 && errno == ENOENT)
		return REPORT_MISSING;
	if (fd < 0)
		str_add(why, strerror(errno));
	else if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		str_add(why, _("it is no file"));
	else if (read_all(fd, text) < 0)
		str_add(why, errno ? strerror(errno) : _("it is too big"));
	else
		found = REPORT_READ;
	if (fd >= 0)
		close(fd);
	return found;
}

enum report_found report_read(struct report *report, const char *path, struct str *why)
{
	struct str text = {0};
	enum report_found found = read_text(path, &text, why);

	*report = (struct report){0};
	if (found == REPORT_READ && report_parse(report, str_text(&text), text.len, why) < 0)
		found = REPORT_WRONG;
	str_free(&text);
	return found;
}

/*
 * To JSON.
 */

json_t *report_lab_json(const struct report_lab *lab)
{
	json_t *o = json_object();

	json_object_set_new(o, "met", json_boolean(lab->met));
	json_object_set_new(o, "attempts", json_integer((json_int_t)lab->attempts));
	json_object_set_new(o, "hints", json_integer((json_int_t)lab->hints));
	json_object_set_new(o, "held", json_integer((json_int_t)lab->held));
	json_object_set_new(o, "rows", json_integer((json_int_t)lab->rows));
	if (lab->first)
		json_object_set_new(o, "first", json_string(lab->first));
	if (lab->last)
		json_object_set_new(o, "last", json_string(lab->last));
	return o;
}

static int add_bytes(const char *bytes, size_t n, void *to)
{
	str_addn(to, bytes, n);
	return 0;
}

void report_print(struct str *to, const struct report *report)
{
	json_t *root = json_object(), *labs = json_object();

	json_object_set_new(root, VERSION_KEY, json_integer(REPORT_VERSION));
	json_object_set_new(root, "name", json_string(report->name));
	for (size_t i = 0; i < report->labs.n; i++)
		json_object_set_new(labs, report->labs.at[i].id,
				    report_lab_json(&report->labs.at[i]));
	json_object_set_new(root, "labs", labs);
	json_dump_callback(root, add_bytes, to, JSON_INDENT(1));
	str_addc(to, '\n');
	json_decref(root);
}

/*
 * What is noted.
 */

static struct report_lab *find_lab(struct report *report, const char *id)
{
	for (size_t i = 0; i < report->labs.n; i++)
		if (strcmp(report->labs.at[i].id, id) == 0)
			return &report->labs.at[i];
	vec_push(&report->labs, (struct report_lab){.id = mem_strdup(id)});
	return &report->labs.at[report->labs.n - 1];
}

static void raise_to(size_t *number, size_t to)
{
	if (to > *number)
		*number = to;
}

/* MS since 1970 in place of *TEXT where it is earlier (SIGN -1) or later (1). Such texts sort as
 * their times do. */
static void move_time(char **text, int64_t ms, int sign)
{
	time_t t = (time_t)(ms / 1000);
	char buffer[40];
	struct tm tm;

	if (ms == 0 || !gmtime_r(&t, &tm) ||
	    strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return;
	if (*text && strcmp(buffer, *text) * sign <= 0)
		return;
	free(*text);
	*text = mem_strdup(buffer);
}

void report_note(struct report *report, const char *id, bool met, const struct lab_tries *tries)
{
	struct report_lab *lab = find_lab(report, id);

	lab->met = lab->met || met;
	raise_to(&lab->attempts, tries->attempts);
	raise_to(&lab->hints, tries->hints);
	raise_to(&lab->held, tries->held);
	raise_to(&lab->rows, tries->rows);
	move_time(&lab->first, tries->first, -1);
	move_time(&lab->last, tries->last, 1);
}

/*
 * The file.
 */

/* Read it, or begin one. 0; -1 with a sentence. */
static int take(struct report *report, const char *path, const char *name, struct str *why)
{
	struct str words = {0};
	enum report_found found = report_read(report, path, &words);
	int got = 0;

	if (found == REPORT_MISSING) {
		report->name = utf8_clean(name, strlen(name));
	} else if (found == REPORT_WRONG) {
		str_addf(why, _("%1$s is left as it is: %2$s."), path, str_text(&words));
		got = -1;
	} else if (strcmp(report->name, name) != 0) {
		str_addf(why, _("%1$s is the report of %2$s, not of %3$s; --name says who you are."),
			 path, report->name, name);
		got = -1;
	}
	str_free(&words);
	if (got < 0)
		report_free(report);
	return got;
}

int report_ready(const char *path, const char *name, struct str *why)
{
	struct report report;
	int got = take(&report, path, name, why);

	report_free(&report);
	return got;
}

/* A new file beside the old one, and then in its place. 0; -1 with errno. */
static int replace(const char *path, const struct str *text)
{
	char *new = str_make("%s.XXXXXX", path);
	mode_t mask = umask(0);
	int fd, got, err;

	umask(mask);
	fd = mkostemp(new, O_CLOEXEC);
	got = fd < 0 ? -1 : file_write(fd, text);
	if (got == 0)
		got = fchmod(fd, 0666 & ~mask);
	if (got == 0)
		got = rename(new, path);
	err = errno;
	if (fd >= 0) {
		close(fd);
		if (got < 0)
			unlink(new);
	}
	free(new);
	errno = err;
	return got;
}

/* Two labs at once may note in one file: its directory is what both can lock, as the file is
 * replaced. Where that cannot be, the later one wins. */
static int lock_directory(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *directory = slash ? mem_strndup(path, (size_t)(slash - path) + 1) : mem_strdup(".");
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (fd >= 0 && flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;
	free(directory);
	return fd;
}

static int update(const char *path, const char *name, const char *id, bool met,
		  const struct lab_tries *tries, struct str *why)
{
	struct report report;
	struct str text = {0};
	int got = take(&report, path, name, why);

	if (got < 0)
		return -1;
	report_note(&report, id, met, tries);
	report_print(&text, &report);
	got = replace(path, &text);
	if (got < 0)
		str_addf(why, _("%1$s cannot be written: %2$s."), path, strerror(errno));
	str_free(&text);
	report_free(&report);
	return got;
}

int report_update(const char *path, const char *name, const char *id, bool met,
		  const struct lab_tries *tries, struct str *why)
{
	/* Where it is a symbolic link, the file that it leads to is replaced. */
	char *real = realpath(path, NULL);
	const char *at = real ? real : path;
	int lock = lock_directory(at), got = update(at, name, id, met, tries, why);

	if (lock >= 0) {
		fsync(lock);
		close(lock);
	}
	free(real);
	return got;
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->labs.n; i++)
		lab_clear(&report->labs.at[i]);
	vec_free(&report->labs);
	free(report->name);
	report->name = NULL;
}
