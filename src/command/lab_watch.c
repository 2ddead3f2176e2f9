/*
 * A lab that is tried again whenever a file of the current directory is saved.
 *
 * Source: inotify(7).
 */
#include "command/lab_job.h"

#include "base/text.h"
#include "lesson/programs.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SETTLE_MS = 100, /* so long nothing more is saved: editors write several files for one */
	SAVED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE,
	OVER = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED,
};

struct watch {
	const struct lab_job *job;
	int fd;
	VEC(char *) saved;  /* names that were saved while nothing was being built */
	bool over;          /* there is no directory any more */
};

static bool was_saved(const struct watch *w, const char *name)
{
	for (size_t i = 0; i < w->saved.n; i++)
		if (strcmp(w->saved.at[i], name) == 0)
			return true;
	return false;
}

/* Editors' own files, and what a try writes itself. */
static bool is_no_matter(const struct watch *w, const char *name)
{
	size_t n = strlen(name);

	return n == 0 || name[0] == '.' || name[n - 1] == '~' || lab_writes(w->job, name);
}

/*
 * Whether an event means that the learner saved something. While it is built, what the build
 * makes cannot be told from what is saved: then a file counts that was saved before, or whose
 * name says that it is written by hand.
 */
static bool is_save(struct watch *w, const struct inotify_event *e, bool building)
{
	const char *name = e->len ? e->name : "";

	if (e->mask & OVER)
		w->over = true;
	if (e->mask & IN_Q_OVERFLOW)
		return true;
	if (!(e->mask & SAVED) || e->mask & IN_ISDIR || is_no_matter(w, name))
		return false;
	if (building)
		return was_saved(w, name) || language_of(name);
	if (!was_saved(w, name))
		vec_push(&w->saved, mem_strdup(name));
	return true;
}

/* That the directory itself was removed is not told as long as a process is in it, as we are. */
static bool is_removed(void)
{
	struct stat st;

	return stat(".", &st) < 0 || st.st_nlink == 0;
}

/* Take in what has happened in the directory; never waits. Returns whether something was saved. */
static bool look(struct watch *w, bool building)
{
	union {
		struct inotify_event event;
		char bytes[4096];
	} buffer;
	bool saved = false;
	ssize_t n;

	while ((n = read(w->fd, &buffer, sizeof buffer)) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *e = (const void *)(buffer.bytes + at);

			saved |= is_save(w, e, building);
			at += (ssize_t)(sizeof *e + e->len);
		}
	w->over |= is_removed();
	return saved;
}

/* Wait up to MS (-1: as long as it takes) until something happens. Returns whether it did. */
static bool wait_for(const struct watch *w, int ms)
{
	struct pollfd p = {.fd = w->fd, .events = POLLIN};
	int got;

	while ((got = poll(&p, 1, ms)) < 0 && errno == EINTR)
		;
	return got > 0;
}

/* Until something was saved, and all that belongs to it. */
static void wait_for_save(struct watch *w)
{
	bool saved = false;

	while (!saved && !w->over && wait_for(w, -1))
		saved = look(w, false);
	while (!w->over && wait_for(w, SETTLE_MS))
		look(w, false);
}

static struct goal_run goal_run(const struct lab_job *job, const struct lab_tried *tried,
				const char *name)
{
	return (struct goal_run){.run = {name, job->goal, &tried->events}, .program = job->role,
				 .score = &tried->score, .ascii = job->ascii,
				 .columns = job->columns};
}

/* What is not as it was at the last try; nothing of the first. */
static void tell_changes(const struct lab_job *job, const struct lab_tried *tried,
			 struct goal_states *before)
{
	char *name = lab_name(job);
	struct goal_run g = goal_run(job, tried, name);
	struct goal_states now = {0};
	struct str text = {0};

	goal_states_take(&now, &g);
	if (before->list.n) {
		if (export_goal_changes(&text, &g, before, &now) == 0)
			printf("\n%s\n", _("Nothing changed since the last try."));
		else
			printf("\n%s\n\n%s", _("What changed since the last try:"),
			       str_text(&text));
	}
	goal_states_free(before);
	*before = now;
	str_free(&text);
	free(name);
}

/* Returns whether something was saved while it was built and tried. */
static bool try_once(struct watch *w, struct lab_tried *tried, struct goal_states *before)
{
	bool built = lab_build(w->job), saved = look(w, true);

	if (built) {
		lab_try(w->job, tried);
		if (tried->score.rows.n && !w->job->exporter)
			tell_changes(w->job, tried, before);
	}
	if (!w->job->exporter)
		printf("\n%s\n", _("--- waits until a file here is saved; Ctrl-C ends it ---"));
	fflush(stdout);
	return look(w, false) || saved;
}

int lab_watch(const struct lab_job *job)
{
	struct watch w = {.job = job, .fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
	struct goal_states before = {0};
	struct lab_tried tried = {0};

	if (w.fd < 0 || inotify_add_watch(w.fd, ".", SAVED | IN_DELETE_SELF | IN_MOVE_SELF |
							     IN_ONLYDIR) < 0) {
		fprintf(stderr, _("socktutor: the current directory cannot be watched: %s\n"),
			strerror(errno));
		w.over = true;
	}
	while (!w.over)
		if (!try_once(&w, &tried, &before) && !w.over)
			wait_for_save(&w);
	for (size_t i = 0; i < w.saved.n; i++)
		free(w.saved.at[i]);
	vec_free(&w.saved);
	goal_states_free(&before);
	lab_tried_free(&tried);
	if (w.fd >= 0)
		close(w.fd);
	return EXIT_CANNOT;
}
