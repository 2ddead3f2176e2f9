/*
 * The programs that stand beside a lab, played: what is to teach must do what it is there for.
 */
#include "command/lab_job.h"
#include "command/lab_play.h"
#include "command/scratch.h"

#include "base/text.h"
#include "lesson/programs.h"
#include "timeline/score.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More would take the time from each other that a row waits for. */
enum { AT_ONCE = 4 };

struct flight {
	const struct program *program;
	char *file, *built;   /* owned */
	struct stage *stage;  /* NULL: the place is free */
	struct events events;
};

struct playing {
	const struct lesson *lesson;
	const struct lab *lab;
	const struct demo *goal;
	enum role role;
	const char *directory;  /* for what is built */
	struct errs *errs;
	VEC(struct flight) ready;          /* built, and not played yet */
	struct flight flights[AT_ONCE];
};

/*
 * One program.
 */

/* What it wanted first that is not, for the mistake: `row 3: wanted EOF, seen = 5`. */
static void add_first(struct str *to, const struct playing *p, const struct score *score,
		      const struct events *events)
{
	const struct score_row *row = &score->rows.at[score->first];
	const struct cell *cell = &p->goal->table.rows.at[row->row - 1].cell[row->role];
	struct events until = *events;
	struct str seen = {0};

	if (row->event != EVENT_NONE)
		until.list.n = row->event + 1;
	outcome_seen_words(&seen, &cell->outcome, row->role, &until);
	str_addf(to, "row %d: %s: expected %s, saw %s", row->row, role_name(row->role), cell->text,
		 str_text(&seen));
	str_free(&seen);
}

static void judge(const struct playing *p, const struct program *program,
		  const struct events *events)
{
	struct score score = {0};
	struct str what = {0};

	score_look(&score, &p->goal->table, events);
	if (score.first < score.rows.n)
		add_first(&what, p, &score, events);
	else if (score.trouble)
		str_addf(&what, "row %d: %s", score.trouble_row, score.trouble);
	if (score.verdict == VERDICT_UNSEEN)
		fprintf(stderr, _("%s: whether it meets the goal cannot be seen on this machine\n"),
			program->path);
	else if (program->use == PROGRAM_GOOD && score.verdict != VERDICT_HOLDS)
		errs_add(p->errs, program->path, 0, "it does not meet the goal of %s: %s",
			 p->lab->setup.id, str_text(&what));
	else if (program->use != PROGRAM_GOOD && score.verdict == VERDICT_HOLDS)
		errs_add(p->errs, program->path, 0, "it meets the goal of %s; it must not",
			 p->lab->setup.id);
	score_free(&score);
	str_free(&what);
}

/*
 * Several at once: most of them sleep most of the time.
 */

/* The words of its language's command, in which no other space stands than between them. */
static void start(struct playing *p, struct flight *f)
{
	struct stage_options options = {.blind = true};
	const char *words[8] = {NULL};
	char *run = mem_strdup(f->program->language->run), *save, *word;
	size_t n = 0;

	for (word = strtok_r(run, " ", &save); word && n < 7; word = strtok_r(NULL, " ", &save))
		words[n++] = strcmp(word, "%") == 0 ? f->file : strchr(word, '@') ? f->built : word;
	options.program[p->role] = words;
	f->stage = stage_open_with(p->goal, &options, p->errs);
	if (f->stage)
		stage_tell(f->stage, STAGE_STEP_TO, (int)p->goal->table.rows.n);
	free(run);
}

static void end(struct playing *p, struct flight *f, bool done)
{
	if (f->stage && done)
		judge(p, f->program, &f->events);
	else if (f->stage)
		errs_add(p->errs, f->program->path, 0, "it cannot be played: %s",
			 stage_end_text(f->stage));
	stage_close(f->stage);
	events_free(&f->events);
	unlink(f->built);
	free(f->built);
	free(f->file);
	*f = (struct flight){0};
}

/* What has happened in one of them. */
static void look(struct playing *p, struct flight *f)
{
	struct event e;

	for (;;) {
		switch (stage_next(f->stage, &e)) {
		case STAGE_EVENT:
			events_add(&f->events, e);
			if (e.kind != EVENT_DONE)
				continue;
			end(p, f, true);
			return;
		case STAGE_GONE:
			end(p, f, false);
			return;
		case STAGE_NOTHING:
			return;
		}
	}
}

/* Until one of them, at least, is over. */
static void wait_for_place(struct playing *p)
{
	struct pollfd fds[AT_ONCE];
	bool over = false;

	while (!over) {
		for (size_t i = 0; i < AT_ONCE; i++)
			fds[i] = (struct pollfd){
				.fd = p->flights[i].stage ? stage_fd(p->flights[i].stage) : -1,
				.events = POLLIN,
			};
		if (poll(fds, AT_ONCE, -1) < 0 && errno != EINTR)
			return;
		for (size_t i = 0; i < AT_ONCE; i++)
			if (fds[i].fd >= 0 && fds[i].revents)
				look(p, &p->flights[i]);
		for (size_t i = 0; i < AT_ONCE; i++)
			over |= !p->flights[i].stage;
	}
}

static struct flight *free_place(struct playing *p)
{
	for (;;) {
		for (size_t i = 0; i < AT_ONCE; i++)
			if (!p->flights[i].stage)
				return &p->flights[i];
		wait_for_place(p);
	}
}

static bool all_over(const struct playing *p)
{
	for (size_t i = 0; i < AT_ONCE; i++)
		if (p->flights[i].stage)
			return false;
	return true;
}

static void finish_all(struct playing *p)
{
	while (!all_over(p)) {
		struct flight *f = p->flights;

		while (!f->stage)
			f++;
		while (f->stage) {
			struct pollfd fd = {.fd = stage_fd(f->stage), .events = POLLIN};

			poll(&fd, 1, -1);
			look(p, f);
		}
	}
}

/* 'TEXT' for sh. */
static char *quoted(const char *text)
{
	struct str s = {0};

	str_addc(&s, '\'');
	for (; *text; text++)
		if (*text == '\'')
			str_add(&s, "'\\''");
		else
			str_addc(&s, *text);
	str_addc(&s, '\'');
	return str_take(&s);
}

static bool build(const struct program *program, const char *file, const char *built)
{
	char *from = quoted(file), *to = quoted(built);
	char *command = language_command(program->language->build, from, to);
	bool done = lab_shell(command) == 0;

	free(command);
	free(from);
	free(to);
	return done;
}

/* Have it ready to be played. What cannot be was said. */
static void prepare(struct playing *p, const struct program *program)
{
	struct flight f = {.program = program, .file = realpath(program->path, NULL),
			   .built = str_make("%s/%s", p->directory, program->name)};

	if (!lab_finds(program->language->tool))
		fprintf(stderr, _("%1$s: not played: %2$s is not here\n"), program->path,
			program->language->tool);
	else if (!f.file)
		errs_add(p->errs, program->path, 0, "it cannot be read");
	else if (program->language->build && !build(program, f.file, f.built))
		errs_add(p->errs, program->path, 0, "it cannot be built");
	else {
		vec_push(&p->ready, f);
		return;
	}
	end(p, &f, false);
}

/* What is built takes much time of the machine, and what is played measures time: so all are
 * built first. */
static void prepare_and_play(struct playing *p, const struct programs *programs)
{
	for (size_t i = 0; i < programs->list.n; i++)
		prepare(p, &programs->list.at[i]);
	for (size_t i = 0; i < p->ready.n; i++) {
		struct flight *place = free_place(p);

		*place = p->ready.at[i];
		start(p, place);
		if (!place->stage)
			end(p, place, false);
	}
	finish_all(p);
	vec_free(&p->ready);
}

/*
 * All of a lab.
 */

static void demand(const struct playing *p, const struct programs *programs, enum program_use use,
		   const char *what)
{
	if (programs_count(programs, use) == 0)
		errs_add(p->errs, p->lesson->file, p->lab->line,
			 "a lab for a program needs %s", what);
}

static void play_all(struct playing *p, const struct programs *programs)
{
	struct scratch scratch;

	if (scratch_make(&scratch) < 0) {
		errs_add(p->errs, p->lesson->file, p->lab->line,
			 "no directory for programs can be made");
		return;
	}
	p->directory = scratch.path;
	prepare_and_play(p, programs);
	scratch_end(&scratch);
}

void programs_play(const struct lesson *lesson, const struct lab *lab, struct errs *errs)
{
	struct playing p = {.lesson = lesson, .lab = lab, .goal = lab_goal(lesson, lab),
			    .role = lab->program[ROLE_A] ? ROLE_A : ROLE_B, .errs = errs};
	struct programs programs;

	if (!p.goal || !lab->program[p.role])
		return;
	programs_find(&programs, lesson, lab);
	demand(&p, &programs, PROGRAM_START, "something to begin with: programs/LAB/start.c");
	demand(&p, &programs, PROGRAM_GOOD, "a program that meets its goal: programs/LAB/good-*.c");
	demand(&p, &programs, PROGRAM_BAD, "a program that does not: programs/LAB/bad-*.c");
	play_all(&p, &programs);
	programs_free(&programs);
}
