/*
 * A lab, played by a program of the learner's own.
 */
#include "command/lab_help.h"
#include "command/lab_job.h"

#include "base/lang.h"
#include "base/text.h"
#include "course/report.h"
#include "stage/stage.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

char *lab_name(const struct lab_job *job)
{
	return str_make("%s#%s", job->lesson->id, job->lab->setup.id);
}

/*
 * Before it.
 */

/* Of its parent's signals it shares all: Ctrl-C ends both. */
int lab_shell(const char *command)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0)
		return -1;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

bool lab_build(const struct lab_job *job)
{
	int status;

	if (!job->build)
		return true;
	fflush(stdout);
	status = lab_shell(job->build);
	if (status == 0)
		return true;
	if (status == -1)
		fprintf(stderr, "socktutor: %s: %s\n", job->build, strerror(errno));
	else
		fprintf(stderr, _("socktutor: nothing is tried: `%s` failed\n"), job->build);
	return false;
}

bool lab_finds(const char *name)
{
	const char *path = getenv("PATH");
	bool found = false;

	if (strchr(name, '/'))
		return access(name, X_OK) == 0;
	for (path = path ? path : "/bin:/usr/bin"; *path && !found; path += *path == ':') {
		size_t n = strcspn(path, ":");
		char *full = str_make("%.*s/%s", (int)n, n ? path : ".", name);

		found = access(full, X_OK) == 0;
		path += n;
		free(full);
	}
	if (!found)
		errno = ENOENT;
	return found;
}

int lab_not_found(const char *name)
{
	fprintf(stderr, _("socktutor: %1$s cannot be run: %2$s\n"), name, strerror(errno));
	return EXIT_CANNOT;
}

/*
 * The run.
 */

static void print_event(const struct lab_job *job, const struct run *run, const struct event *e)
{
	struct str text = {0};

	if (!job->exporter || !job->exporter->event)
		return;
	job->exporter->event(&text, run, e);
	fputs(str_text(&text), stdout);
	str_free(&text);
}

/* What this machine does not allow changes what is seen: it is said. */
static void take_event(const struct lab_job *job, const struct run *run, struct events *events,
		       struct event e)
{
	if (e.kind == EVENT_BEGIN)
		events_free(events);
	events_add(events, e);
	if (e.kind == EVENT_CANNOT)
		fprintf(stderr, "socktutor: %s\n", e.text);
	print_event(job, run, &e);
}

/* Returns whether it came to its end. */
static bool play(const struct lab_job *job, const struct run *run, struct events *events)
{
	struct stage_options options = {.blind = !job->exporter};
	const char *lang = lang_now();
	struct event e = {.kind = EVENT_BEGIN};
	struct errs errs = {0};
	struct stage *stage;

	options.program[job->role] = job->program;
	/* What the stage says goes into what is the same everywhere. */
	lang_set(LANG_SOURCE);
	stage = stage_open_with(job->goal, &options, &errs);
	lang_set(lang);
	errs_print(&errs, stderr);
	errs_free(&errs);
	if (!stage)
		return false;
	stage_tell(stage, STAGE_STEP_TO, (int)job->goal->table.rows.n);
	while (e.kind != EVENT_DONE && stage_wait(stage, &e, -1) == STAGE_EVENT)
		take_event(job, run, events, e);
	if (e.kind != EVENT_DONE)
		fprintf(stderr, "socktutor: %s\n", stage_end_text(stage));
	stage_close(stage);
	return e.kind == EVENT_DONE;
}

/*
 * What came of it.
 */

static void add_count(struct str *to, const struct score *score)
{
	str_addf(to, ngettext("%1$zu of %2$zu row of the goal holds.",
			      "%1$zu of %2$zu rows of the goal hold.", score->rows.n),
		 score->held, score->rows.n);
	if (score->verdict == VERDICT_HOLDS)
		str_addf(to, " %s", _("The goal is met."));
	str_addc(to, '\n');
}

static void add_hints(struct str *to, const struct lab_job *job, size_t taken)
{
	size_t n = job->lab->hints.n;

	if (taken < n)
		str_addf(to, ngettext("There is %1$zu hint: `socktutor lab %2$s --hint` gives it.\n",
				      "There are %1$zu hints: `socktutor lab %2$s --hint` gives the "
				      "next.\n", n - taken), n - taken, job->lab->setup.id);
}

/* For people: the table, and in words why the first row that does not hold does not. */
static void print_text(const struct lab_job *job, const struct goal_run *g, size_t hints)
{
	struct str text = {0};
	size_t before;

	str_addf(&text, "# %s: %s\n\n", g->run.name, job->goal->title);
	(g->columns ? export_goal_list : export_goal)(&text, g);
	str_addc(&text, '\n');
	export_goal_why(&text, g);
	if (g->score->verdict != VERDICT_HOLDS || g->score->trouble)
		str_addc(&text, '\n');
	before = text.len;
	export_goal_output(&text, g);
	if (text.len > before)
		str_addc(&text, '\n');
	add_count(&text, g->score);
	if (g->score->verdict != VERDICT_HOLDS)
		add_hints(&text, job, hints);
	fputs(str_text(&text), stdout);
	str_free(&text);
}

static int status_of(const struct score *score)
{
	switch (score->verdict) {
	case VERDICT_HOLDS:
		return EXIT_HELD;
	case VERDICT_UNSEEN:
		return EXIT_CANNOT;
	case VERDICT_PENDING:
	case VERDICT_DIFFERS:
		break;
	}
	return EXIT_DIFFERS;
}

/* Whether the table was begun at all: a set-up that fails is not the program's fault. */
static bool began(const struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++)
		if (events->list.at[i].kind == EVENT_ROW && events->list.at[i].row == 1)
			return true;
	return false;
}

bool lab_note(const struct lesson *lesson, const struct lab *lab,
	      void (*note)(struct progress *p, const struct lesson *lesson, const struct lab *lab,
			   void *data),
	      void *data, struct lab_tries *tries)
{
	struct str message = {0};
	struct progress *p = progress_open(&message);
	bool met;

	note(p, lesson, lab, data);
	if (!message.len)
		progress_save(p, &message);
	if (message.len)
		fprintf(stderr, "socktutor: %s\n", str_text(&message));
	met = progress_has_met(p, lesson->id, lab->setup.id);
	if (tries)
		*tries = progress_lab_tries(p, lesson->id, lab->setup.id);
	progress_close(p);
	str_free(&message);
	return met;
}

static void note_try(struct progress *p, const struct lesson *lesson, const struct lab *lab,
		     void *data)
{
	const struct score *score = data;

	progress_lab_tried(p, lesson->id, lab->setup.id, score->held, score->rows.n);
	if (score->verdict == VERDICT_HOLDS)
		progress_lab_met(p, lesson->id, lab->setup.id, false);
}

/* The learner's progress first, as the report says what is in there. Returns how many hints were
 * taken. */
static size_t keep(const struct lab_job *job, struct lab_tried *tried)
{
	struct str why = {0};
	struct lab_tries tries;
	char *name = lab_name(job);
	bool met = lab_note(job->lesson, job->lab, note_try, &tried->score, &tries);

	if (job->report && report_update(job->report, job->learner, name, met, &tries, &why) < 0) {
		fprintf(stderr, "socktutor: %s\n", str_text(&why));
		tried->status = EXIT_CANNOT;
	}
	str_free(&why);
	free(name);
	return tries.hints;
}

bool lab_writes(const struct lab_job *job, const char *name)
{
	const char *slash = job->report ? strrchr(job->report, '/') : NULL;
	const char *file = slash ? slash + 1 : job->report;
	size_t n = file ? strlen(file) : 0;

	if (!file || strncmp(name, file, n) != 0)
		return false;
	/* The file itself, or what becomes it: `FILE.XXXXXX`. */
	return !name[n] || (name[n] == '.' && strlen(name + n) == 7);
}

void lab_try(const struct lab_job *job, struct lab_tried *tried)
{
	char *name = lab_name(job);
	struct goal_run g = {.run = {name, job->goal, &tried->events}, .program = job->role,
			     .score = &tried->score, .ascii = job->ascii,
			     .columns = job->columns};
	size_t hints;

	tried->status = EXIT_CANNOT;
	events_free(&tried->events);
	score_free(&tried->score);
	if (!lab_finds(job->program[0])) {
		lab_not_found(job->program[0]);
	} else if (play(job, &g.run, &tried->events) && began(&tried->events)) {
		score_look(&tried->score, &job->goal->table, &tried->events);
		tried->status = status_of(&tried->score);
		hints = keep(job, tried);
		if (!job->exporter)
			print_text(job, &g, hints);
	}
	fflush(stdout);
	free(name);
}

void lab_tried_free(struct lab_tried *tried)
{
	events_free(&tried->events);
	score_free(&tried->score);
}
